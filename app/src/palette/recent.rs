//! What was opened lately, for each user of this browser: only which things. Their names are asked for anew, so that nobody reads here what they don't see any more.

use domain::{PaletteTarget, UserId};
use leptos::prelude::*;

use super::things::target;
use crate::storage::{store, stored};

/// How many are remembered.
const MOST: usize = 8;

fn key(user: UserId) -> String {
    format!("recent-{user}")
}

/// Those of a user, the last first.
pub(super) fn recent(user: UserId) -> Vec<PaletteTarget> {
    stored(&key(user)).lines().filter_map(|line| line.parse().ok()).collect()
}

/// Remembers the things whose pages a user opens.
pub(crate) fn remember(user: UserId, path: Memo<String>) {
    Effect::new(move |_| {
        let Some(opened) = path.with(|path| target(path)) else { return };
        let others = recent(user).into_iter().filter(|other| *other != opened);
        let lines: Vec<_> = std::iter::once(opened.clone()).chain(others).take(MOST).map(|target| target.to_string()).collect();
        store(&key(user), &lines.join("\n"));
    });
}
