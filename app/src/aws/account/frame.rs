//! What stands around the pages of AWS accounts: the breadcrumbs, and the providers with their lists.

use domain::{AwsAccountKind, AwsAccountQuery};
use leptos::prelude::*;

use crate::{
    caller::use_caller,
    lists::ADMINISTRATION,
    paths,
    ui::{Branch, Crumb, Glyph, Tab, TreeNav},
};

/// The kinds that have a list of their own.
const LISTS: [AwsAccountKind; 2] = [AwsAccountKind::Management, AwsAccountKind::Single];

/// The list in which an account of a kind is found.
pub(super) const fn list_of(kind: AwsAccountKind) -> AwsAccountKind {
    match kind {
        AwsAccountKind::Single => AwsAccountKind::Single,
        AwsAccountKind::Management | AwsAccountKind::Member => AwsAccountKind::Management,
    }
}

/// The breadcrumbs of a kind's list, followed by those of the page. The lists are the partner's: a client's users have no link to them.
pub(super) fn crumbs(kind: AwsAccountKind, here: impl IntoIterator<Item = Crumb>) -> Vec<Crumb> {
    let kind = list_of(kind);
    let list = match use_caller().client {
        Some(_) => Crumb::text(kind.label()),
        None => Crumb::link(kind.label(), paths::aws_accounts(kind, &AwsAccountQuery::default())),
    };
    let above = [ADMINISTRATION, "Account Management", "AWS"].map(Crumb::text);
    above.into_iter().chain([list]).chain(here).collect()
}

/// The providers of cloud accounts, each with its lists. Another provider is another branch.
pub(super) fn providers(current: AwsAccountKind) -> AnyView {
    let page = |kind: AwsAccountKind| Tab {
        label: kind.label().to_owned(),
        href: paths::aws_accounts(kind, &AwsAccountQuery::default()),
        current: kind == current,
        ..Tab::default()
    };
    let aws = Branch { label: "AWS".to_owned(), icon: Glyph::Cloud, pages: LISTS.map(page).to_vec() };
    view! { <TreeNav label="Account Management" branches=vec![aws] /> }.into_any()
}
