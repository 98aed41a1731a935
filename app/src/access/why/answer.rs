//! The answer to “why can X see Y?”.

use domain::{AccessKind, AccessReason, AccessSource};
use leptos::prelude::*;

use crate::{
    access::role::sets::permissions,
    paths,
    ui::{Notice, Section, Tone},
};

/// Whether somebody sees a thing, each role that shows it, and what all of them allow together.
pub(super) fn explanation(name: &str, kind: AccessKind, reason: &AccessReason) -> AnyView {
    let AccessReason { thing, visible, sources, permissions: all, obstacles } = reason;
    let (tone, title) =
        if *visible { (Tone::Positive, format!("{name} sees {thing}")) } else { (Tone::Warning, format!("{name} doesn’t see {thing}")) };
    let obstacles = obstacles.iter().map(|obstacle| view! { <p>{obstacle.clone()}</p> }).collect_view();
    let source = |source: &AccessSource| {
        let (description, allowed, role) =
            (format!("{} {}", rules(source, kind), held(name, source)), permissions(source.permissions), paths::role(&source.role));
        view! {
            <Section title=source.name.clone() description>
                {allowed}
                <p><a href=role>"See the role"</a></p>
            </Section>
        }
    };
    let together = (sources.len() > 1).then(|| {
        let all = permissions(*all);
        view! { <Section title="All together" description="Combined access from these roles, by client.">{all}</Section> }
    });
    let sources = sources.iter().map(source).collect_view();
    view! { <Notice tone title>{obstacles}</Notice>{sources}{together} }.into_any()
}

/// By which rules a role shows a thing.
fn rules(source: &AccessSource, kind: AccessKind) -> String {
    let rules: Vec<_> = source.rules.iter().map(|rule| rule.clause(kind)).collect();
    format!("The role {}.", rules.join(", and "))
}

/// Through which groups somebody has a role, if not only directly.
pub(super) fn held_by(source: &AccessSource) -> Option<String> {
    let groups = source.groups.iter().map(|group| format!("“{group}”")).collect::<Vec<_>>().join(", ");
    let noun = if source.groups.len() == 1 { "group" } else { "groups" };
    (!source.groups.is_empty()).then(|| format!("through the {noun} {groups}"))
}

/// How somebody has a role.
fn held(name: &str, source: &AccessSource) -> String {
    let groups = source.groups.iter().map(|group| format!("“{group}”")).collect::<Vec<_>>().join(", ");
    match (source.direct, source.groups.len()) {
        (_, 0) => format!("{name} has it directly."),
        (false, 1) => format!("{name} has it through the group {groups}."),
        (false, _) => format!("{name} has it through the groups {groups}."),
        (true, 1) => format!("{name} has it directly and through the group {groups}."),
        (true, _) => format!("{name} has it directly and through the groups {groups}."),
    }
}

#[cfg(test)]
mod tests {
    use domain::{AccessRule, PermissionBits};

    use super::*;

    #[test]
    fn how_somebody_has_a_role_is_a_sentence() {
        let source = |direct, groups: &[&str]| AccessSource {
            role: "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd".parse().expect("a role's id"),
            name: "Technician".into(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            direct,
            rules: vec![AccessRule::AllClients, AccessRule::ListsThing],
            permissions: PermissionBits::default(),
        };
        assert_eq!(held("Ann", &source(true, &[])), "Ann has it directly.");
        assert_eq!(held("Ann", &source(false, &["Night"])), "Ann has it through the group “Night”.");
        assert_eq!(held("Ann", &source(true, &["Day", "Night"])), "Ann has it directly and through the groups “Day”, “Night”.");
        assert_eq!(rules(&source(true, &[]), AccessKind::Device), "The role sees all clients, and lists this device.");
    }
}
