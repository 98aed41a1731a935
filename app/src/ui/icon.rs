//! Icons, drawn as strokes on a grid of 24 by 24 in the colour of the text around them.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)*) => {
        /// What an [`Icon`] shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Glyph { $($(#[$doc])* $name,)* }

        impl Glyph {
            /// The outline, in the language of SVG's `d` attribute.
            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

glyphs! {
    /// Move up.
    ArrowUp = "M12 19V5M6 11l6-6 6 6",
    /// Move down.
    ArrowDown = "M12 5v14M6 13l6 6 6-6",
    /// One company.
    Building = "M5 21V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v17M15 9h3a1 1 0 0 1 1 1v11M3 21h18M9 7h2M9 11h2M9 15h2",
    /// Take a photograph.
    Camera = "M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 10a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
    /// Figures, drawn.
    Chart = "M4 4v16h16M9 16v-4M13 16V8M17 16v-6",
    /// Done, right, chosen.
    Check = "M5 12.5l4.5 4.5L19 7.5",
    /// Open downwards.
    ChevronDown = "M6 9l6 6 6-6",
    /// Back, previous.
    ChevronLeft = "M15 6l-6 6 6 6",
    /// Onwards, next.
    ChevronRight = "M9 6l6 6-6 6",
    /// The first page.
    ChevronsLeft = "M12 6l-6 6 6 6M18 6l-6 6 6 6",
    /// The last page.
    ChevronsRight = "M6 6l6 6-6 6M12 6l6 6-6 6",
    /// Open up or down: a list to choose from, a column to sort.
    ChevronsUpDown = "M8 9l4-4 4 4M8 15l4 4 4-4",
    /// Choose columns.
    Columns = "M4 5h16v14H4zM10 5v14M15 5v14",
    /// Time, history.
    Clock = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3.5 2",
    /// Shut, remove.
    Close = "M6 6l12 12M18 6L6 18",
    /// A cloud account.
    Cloud = "M7 18.5a4.5 4.5 0 0 1-.6-8.96A6 6 0 0 1 18 8.6a5 5 0 0 1-.5 9.9z",
    /// Copy to the clipboard.
    Copy = "M9 9h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM5 15H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1",
    /// A place to take hold of and drag.
    Drag = "M9 5a1 1 0 1 0 0 2a1 1 0 1 0 0-2M15 5a1 1 0 1 0 0 2a1 1 0 1 0 0-2M9 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2M15 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2M9 17a1 1 0 1 0 0 2a1 1 0 1 0 0-2M15 17a1 1 0 1 0 0 2a1 1 0 1 0 0-2",
    /// Fetch a file.
    Download = "M12 4v11M7 11l5 5 5-5M4 20h16",
    /// Leads out of here.
    External = "M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5",
    /// Show what is hidden.
    Eye = "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
    /// A document.
    File = "M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4",
    /// Narrow a list.
    Filter = "M4 6h16M7 12h10M10 18h4",
    /// The whole world: address, time zone, network.
    Globe = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c5 5.5 5 12.5 0 18c-5-5.5-5-12.5 0-18",
    /// Where one starts.
    Home = "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
    /// A picture.
    Image = "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM9 7.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3M4 17l5-4 3.5 3 3-2.5L20 17",
    /// Something worth knowing.
    Info = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.5M12 7.5h.01",
    /// A secret, a permission.
    Key = "M8 11a4 4 0 1 0 0 8a4 4 0 1 0 0-8M11 12l9-9M16 7l3 3M19 4l1.5 1.5",
    /// Several of one kind, together.
    Layers = "M12 3.5l9 4.5-9 4.5L3 8zM3.5 12.2L12 16.5l8.5-4.3M3.5 16.4L12 20.7l8.5-4.3",
    /// Only to be read.
    Lock = "M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM8 11V8a4 4 0 0 1 8 0v3",
    /// Mail.
    Mail = "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.5 7l8.5 6 8.5-6",
    /// The navigation.
    Menu = "M4 7h16M4 12h16M4 17h16",
    /// A device.
    Monitor = "M4 4h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM12 16v4M8 20h8",
    /// Dark colours.
    Moon = "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
    /// More actions.
    More = "M5 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2M12 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2M19 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2",
    /// Halt for a while.
    Pause = "M9 5v14M15 5v14",
    /// Edit.
    Pencil = "M4 20l1-4.5L16 4.5a1.4 1.4 0 0 1 2 0l1.5 1.5a1.4 1.4 0 0 1 0 2L8.5 19zM14 6.5l3.5 3.5",
    /// Go on again.
    Play = "M7 5l11 7-11 7z",
    /// Add.
    Plus = "M12 5v14M5 12h14",
    /// Start over, try again.
    Refresh = "M20 5v5h-5M4 19v-5h5M5.5 9a7.5 7.5 0 0 1 13-1.5L20 10M4 14l1.5 2.5a7.5 7.5 0 0 0 13-1.5",
    /// Look for something.
    Search = "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4.5 4.5",
    /// Settings.
    Settings = "M4 8h8M18 8h2M4 16h2M12 16h8M15 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5M9 13.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5",
    /// Roles, protection.
    Shield = "M12 3l8 3v6c0 4.5-3.2 7.5-8 9c-4.8-1.5-8-4.5-8-9V6z",
    /// Leave.
    SignOut = "M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5M15 8l4 4-4 4M19 12H9",
    /// Light colours.
    Sun = "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    /// Delete.
    Trash = "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
    /// Send a file.
    Upload = "M12 16V5M7 9l5-5 5 5M4 20h16",
    /// One person.
    User = "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4.5 20.5c1-3.5 4-5 7.5-5s6.5 1.5 7.5 5",
    /// Several people.
    Users = "M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M2.5 20c.8-3.2 3.3-4.5 6.5-4.5s5.7 1.3 6.5 4.5M16 5.2a3.5 3.5 0 0 1 0 6.6M18 15.8c1.9.6 3 1.9 3.5 4.2",
    /// Caution.
    Warning = "M12 4L2.8 20h18.4zM12 10v4.5M12 17.3h.01",
}

/// An icon beside or instead of words. It is silent to screen readers: the words, or the label of what holds it, must tell the same.
#[component]
pub fn Icon(
    /// What to show.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}
