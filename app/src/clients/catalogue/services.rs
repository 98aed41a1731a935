//! Services, each with its technologies.

use domain::{CatalogueItem, CatalogueKind, Catalogues};
use leptos::prelude::*;

use super::{
    actions::Actions,
    list::{item_menu, item_table},
};
use crate::ui::{Badge, Button, ButtonSize, Glyph, Section};

/// A section for each service.
pub(super) fn service_sections(services: Vec<CatalogueItem>, catalogues: &Catalogues, actions: Actions) -> AnyView {
    let section = |service: CatalogueItem| {
        let technologies = catalogues.technologies(service.id).cloned().collect();
        view! { <ServiceSection service technologies actions /> }
    };
    services.into_iter().map(section).collect_view().into_any()
}

#[component]
fn ServiceSection(service: CatalogueItem, technologies: Vec<CatalogueItem>, actions: Actions) -> impl IntoView {
    let (title, description) = (service.name.clone(), service.description.clone());
    let content = if technologies.is_empty() {
        view! { <p class="muted">"No technologies yet."</p> }.into_any()
    } else {
        item_table(&format!("Technologies of {title}"), technologies, actions)
    };
    let tools = move || {
        let (service, id) = (service.clone(), service.id);
        view! {
            {service.retired.then(|| view! { <Badge text="Retired" /> })}
            <Button
                size=ButtonSize::Small
                icon=Glyph::Plus
                disabled_because=actions.refused()
                on_click=move || actions.add(CatalogueKind::Technology, Some(id))
            >
                "Add technology"
            </Button>
            {item_menu(service, actions)}
        }
    };
    view! { <Section title description actions=tools>{content}</Section> }
}
