//! Schemas: in a word or two where they are used, and with all fields where they are explained.

use leptos::prelude::*;
use serde_json::Value;

use super::words::{prose, text};

/// A named schema with its fields. The anchor is inside, so that a link to it opens what is folded.
pub(super) fn schema(name: &str, its: &Value) -> AnyView {
    view! {
        <details class="schema">
            <summary><code>{name.to_owned()}</code></summary>
            <div class="stack-small operation-body" id=format!("schema-{name}")>
                {fields(its)}
            </div>
        </details>
    }
    .into_any()
}

/// The description and the fields of an object; of another schema, what it may be.
fn fields(its: &Value) -> AnyView {
    let description = its["description"].as_str().map(|description| view! { <p>{prose(description)}</p> });
    if let Some(parts) = its["allOf"].as_array() {
        let parts =
            parts.iter().map(|part| if part["$ref"].is_string() { view! { <p>"All of "{shape(part)}", and:"</p> }.into_any() } else { fields(part) });
        return view! { {description}{parts.collect_view()} }.into_any();
    }
    let Some(properties) = its["properties"].as_object() else { return view! { {description}<p>{shape(its)}</p> }.into_any() };
    let required = |name: &str| its["required"].as_array().is_some_and(|names| names.iter().any(|other| other == name));
    let rows = properties.iter().map(|(name, property)| {
        view! {
            <div>
                <dt><code>{name.clone()}</code>" "<span class="muted">{shape(property)}{required(name).then_some(", always there")}</span></dt>
                <dd>{prose(&described(property))}{example(property)}</dd>
            </div>
        }
    });
    view! { {description}<dl class="fields">{rows.collect_view()}</dl> }.into_any()
}

/// What a property is for. One that may be null says so of the other that it may be.
fn described(property: &Value) -> String {
    let inner = alternatives(property).find_map(|choice| choice["description"].as_str());
    property["description"].as_str().or(inner).unwrap_or_default().to_owned()
}

fn example(property: &Value) -> Option<AnyView> {
    let example = property.get("example").filter(|example| !example.is_null())?;
    let written = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
    Some(view! { " For example: "<code>{written}</code> }.into_any())
}

/// What a value looks like, in few words; named schemas are links.
pub(super) fn shape(its: &Value) -> AnyView {
    if let Some(reference) = its["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        return view! { <a href=format!("#schema-{name}")>{name.replace("Page_", "Page of ")}</a> }.into_any();
    }
    let choices: Vec<AnyView> =
        alternatives(its).enumerate().map(|(at, choice)| view! { {(at > 0).then_some(" or ")}{shape(choice)} }.into_any()).collect();
    if !choices.is_empty() {
        return choices.collect_view().into_any();
    }
    if let Some(values) = its["enum"].as_array() {
        let values: Vec<String> = values.iter().map(text).collect();
        return format!("one of {}", values.join(", ")).into_any();
    }
    let kinds = its["type"].as_array().into_iter().flatten().chain(its["type"].is_string().then_some(&its["type"]));
    match kinds.filter_map(Value::as_str).find(|kind| *kind != "null") {
        Some("array") => view! { "list of "{shape(&its["items"])} }.into_any(),
        Some("string") => "text".into_any(),
        Some("integer") => "whole number".into_any(),
        Some("number") => "number".into_any(),
        Some("boolean") => "true or false".into_any(),
        Some("object") => "object".into_any(),
        _ => "anything".into_any(),
    }
}

/// What a schema may be, apart from null.
fn alternatives(its: &Value) -> impl Iterator<Item = &Value> {
    ["oneOf", "anyOf"].into_iter().filter_map(|key| its[key].as_array()).flatten().filter(|choice| choice["type"] != "null")
}
