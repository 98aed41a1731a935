//! Recovery codes, shown once.

use domain::RecoveryCodes;
use leptos::prelude::*;

use crate::ui::{Button, ButtonLink, ButtonVariant, Glyph, Notice, Tone};

/// The name of the file that is downloaded.
const FILE: &str = "tenantry-recovery-codes.txt";

/// The codes with what to do with them, and a button that goes on.
#[component]
pub(super) fn NewRecoveryCodes(
    codes: RecoveryCodes,
    /// The reader has stored them.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let RecoveryCodes(codes) = codes;
    let text = format!("Recovery codes for Tenantry. Each works once.\n\n{}\n", codes.join("\n"));
    // A data address needs no request, so the codes are in no log or cache of a server.
    let file = format!("data:text/plain;charset=utf-8,{}", crate::paths::encoded(&text));
    view! {
        <Notice tone=Tone::Warning title="Store your recovery codes now">
            <p>"Each works once instead of a code from your app. We can’t show them again."</p>
        </Notice>
        <ul class="recovery-codes mono" aria-label="Recovery codes">{codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}</ul>
        <div class="actions">
            <ButtonLink href=file icon=Glyph::Download attr:download=FILE>"Download"</ButtonLink>
            <Button icon=Glyph::File on_click=|| _ = window().print()>"Print"</Button>
            <Button variant=ButtonVariant::Primary on_click=move || on_done.run(())>"I’ve stored them"</Button>
        </div>
    }
}
