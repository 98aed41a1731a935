//! An operation: what it needs and answers, and a form to try it.

use app::ui::{Button, ButtonVariant, TextArea, TextField};
use leptos::prelude::*;
use serde_json::Value;

use super::{
    schema::shape,
    words::{document, pretty, prose, text},
};

pub(super) fn operation(path: &str, method: &str, its: &Value) -> AnyView {
    let method = method.to_uppercase();
    // So that a narrow page breaks an address where its parts end.
    let parts = path.split('/').skip(1).map(|part| view! { <wbr />{format!("/{part}")} }).collect_view();
    view! {
        <details class="operation" data-method=method.clone()>
            <summary>
                <span class="method">{method.clone()}</span>
                <code>{parts}</code>
                <span class="what">{text(&its["summary"])}</span>
            </summary>
            <div class="stack operation-body" id=text(&its["operationId"])>
                {needs(its)}
                {attempt(path, &method, its)}
                {answers(its)}
            </div>
        </details>
    }
    .into_any()
}

fn needs(its: &Value) -> AnyView {
    view! { <p>{prose(&text(&its["description"]))}</p> }.into_any()
}

/// A field for each parameter, and one for the body. The script tells a parameter of the path from one of the query by the path itself.
fn attempt(path: &str, method: &str, its: &Value) -> AnyView {
    let id = text(&its["operationId"]);
    let parameters = its["parameters"].as_array().into_iter().flatten();
    let fields = parameters.map(|parameter| field(&id, parameter)).collect_view();
    let body = its.pointer("/requestBody/content/application~1json").map(|media| {
        let value = RwSignal::new(pretty(&media["example"]));
        view! {
            <div class="stack-small">
                <TextArea name=format!("{id}.body") label="Body" value hint="JSON." />
                <p class="muted">"What can be sent: "{shape(&media["schema"])}</p>
            </div>
        }
    });
    let variant = if method == "DELETE" { ButtonVariant::Danger } else { ButtonVariant::Primary };
    view! {
        <form class="attempt stack-small" data-method=method.to_owned() data-path=path.to_owned()>
            <div class="field-grid">{fields}</div>
            {body}
            <div class="actions" data-needs-script="">
                <Button submit=true variant>"Send"</Button>
                <p class="answer-status" role="status"></p>
            </div>
            <pre class="answer" role="group" tabindex="0" aria-label="Answer" hidden=true></pre>
        </form>
    }
    .into_any()
}

/// What stands in a path is filled in, as it must be given; what stands in a query may be left out.
fn field(operation: &str, parameter: &Value) -> AnyView {
    let name = text(&parameter["name"]);
    let required = parameter["required"] == true;
    let example = match &parameter["example"] {
        Value::Null => String::new(),
        Value::String(example) => example.clone(),
        other => other.to_string(),
    };
    let description = text(&parameter["description"]).replace('`', "");
    let (value, hint) = match (required, example.as_str()) {
        (true, _) => (example, description),
        (false, "") => (String::new(), description),
        (false, example) => (String::new(), format!("{description} For example: {example}")),
    };
    view! { <TextField name=format!("{operation}.{name}") label=name value=RwSignal::new(value) required hint /> }.into_any()
}

fn answers(its: &Value) -> AnyView {
    let answers = its["responses"].as_object().into_iter().flatten();
    let rows = answers.map(|(status, answer)| {
        let media = answer.pointer("/content/application~1json");
        let shown = media.map(|media| {
            view! {
                <p>{shape(&media["schema"])}</p>
                <details><summary>"Example"</summary>{document("Example", &media["example"])}</details>
            }
        });
        view! { <div class="answer-row"><dt>{status.clone()}</dt><dd><p>{text(&answer["description"])}</p>{shown}</dd></div> }
    });
    view! {
        <div class="stack-small">
            <h3>"Answers"</h3>
            <dl class="answers">{rows.collect_view()}</dl>
        </div>
    }
    .into_any()
}
