//! What the markup promises to people who don't see the page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use leptos::prelude::*;

use super::*;

/// The markup without the marks that hydration needs.
fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    raw(view).replace("<!>", "")
}

fn raw<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| {
        leptos_meta::provide_meta_context();
        view().into_view().to_html()
    })
}

#[track_caller]
fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

/// `leptos_meta` writes a title, and the attributes of `html` and `body`, as they stand.
#[test]
fn nothing_but_the_title_of_the_window_goes_through_leptos_meta() {
    let mut users: Vec<_> = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    users.retain(|file| fs::read_to_string(file).unwrap().contains("leptos_meta"));
    let mut names: Vec<_> =
        users.iter().map(|file| file.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap().to_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["document.rs", "lib.rs", "ui/tests.rs", "ui/title.rs"]);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).flat_map(|entry| if entry.is_dir() { sources(&entry) } else { vec![entry] }).collect()
}

#[test]
fn a_field_belongs_to_its_label_hint_and_fault() {
    let html = html(|| {
        let value = RwSignal::new("a\"b".to_owned());
        view! { <TextField name="contact[0].email" label="Email" value required=true hint="Work address" error=Some("Not an address".to_owned()) /> }
    });
    has(
        &html,
        &[
            r#"<label for="contact-0-email">Email</label>"#,
            r#"id="contact-0-email""#,
            r#"name="contact[0].email""#,
            r#"value="a&quot;b""#,
            r#"aria-describedby="contact-0-email-hint contact-0-email-error""#,
            r#"aria-invalid="true""#,
            r#"id="contact-0-email-error""#,
            "Not an address",
            "required",
        ],
    );
}

#[test]
fn a_right_field_isnt_invalid() {
    let html = html(|| view! { <TextField name="city" label="City" value=RwSignal::new(String::new()) /> });
    assert!(!html.contains("aria-invalid"));
    assert!(!html.contains("aria-hidden=\"true\">required"));
}

#[test]
fn a_text_area_holds_its_text_and_nothing_else() {
    let html = raw(|| view! { <TextArea name="notes" label="Notes" value=RwSignal::new("a < b\nc".to_owned()) /> });
    has(&html, &[">a &lt; b\nc</textarea>"]);
    let empty = raw(|| view! { <TextArea name="notes" label="Notes" value=RwSignal::new(String::new()) /> });
    has(&empty, &["></textarea>"]);
}

#[test]
fn a_password_is_never_sent_to_the_page() {
    let html = html(|| view! { <PasswordField name="password" label="Password" value=RwSignal::new("secret".to_owned()) /> });
    assert!(!html.contains("secret"));
    has(&html, &[r#"type="password""#, r#"autocomplete="current-password""#]);
}

#[test]
fn a_select_shows_the_choice_and_a_combobox_sends_it() {
    let options = || vec![Choice::new("AT", "Austria"), Choice::new("CH", "Switzerland")];
    let select = html(move || view! { <SelectField name="country" label="Country" value=RwSignal::new("CH".to_owned()) options=options() /> });
    has(&select, &[r#"<option value="CH" selected>Switzerland"#]);
    let combobox = html(move || view! { <Combobox name="country" label="Country" value=RwSignal::new("CH".to_owned()) options=options() /> });
    has(
        &combobox,
        &[
            r#"<input type="hidden" name="country" value="CH""#,
            r#"role="combobox""#,
            r#"value="Switzerland""#,
            r#"aria-expanded="false""#,
            r#"aria-controls="country-list""#,
            r#"<label for="country">Country</label>"#,
        ],
    );
}

#[test]
fn a_blocked_button_says_why_and_sends_nothing() {
    let html = html(|| view! { <Button submit=true disabled_because=Some("You may only view clients".to_owned())>"Add"</Button> });
    has(&html, &[r#"aria-disabled="true""#, r#"aria-description="You may only view clients""#, r#"type="button""#]);
}

#[test]
fn a_group_of_choices_has_a_legend() {
    let html =
        html(|| view! { <RadioGroup name="active" label="Active?" value=RwSignal::new("Yes".to_owned()) options=Choice::same(["Yes", "No"]) /> });
    has(&html, &["<fieldset", "<legend", "Active?", r#"type="radio""#, r#"value="Yes""#]);
    assert_eq!(html.matches(" checked").count(), 1);
}

#[test]
fn faults_are_links_to_their_fields() {
    let html = html(|| {
        let faults = vec![Fault { field: "contact[0].email".into(), message: "Not an address".into() }];
        view! { <ErrorSummary faults /> }
    });
    has(&html, &[r##"href="#contact-0-email""##, r#"role="alert""#]);
    assert!(!self::html(|| view! { <ErrorSummary faults=Vec::new() /> }).contains("alert"));
}

#[test]
fn a_sorted_column_says_which_way() {
    let html = html(|| {
        let columns = vec![Column::new("Name").sortable("?sort=-name", Some(SortDirection::Ascending)), Column::quiet("Actions")];
        view! {
            <DataTable caption="Clients" columns>
                <Row><RowHeader>"LeoArt"</RowHeader><Cell label="Status">"Active"</Cell></Row>
            </DataTable>
        }
    });
    has(&html, &[r#"aria-sort="ascending""#, r#"href="?sort=-name""#, r#"data-label="Status""#, r#"scope="row""#, "<caption"]);
}

#[test]
fn a_pager_leads_nowhere_at_its_ends() {
    let html = html(|| view! { <Pager summary="1–25 of 40" first=None previous=None next=Some("?page=2".to_owned()) last=None /> });
    assert_eq!(html.matches(r#"aria-disabled="true""#).count(), 3);
    has(&html, &[r#"href="?page=2""#, r#"rel="next""#]);
}

#[test]
fn the_current_step_is_marked() {
    let html = html(|| {
        let steps = vec![
            Step { label: "Basic".into(), href: Some("?step=1".into()), state: StepState::Done },
            Step { label: "Package".into(), href: Some("?step=2".into()), state: StepState::Todo },
        ];
        view! { <StepTabs label="Add client" steps current=1 /> }
    });
    has(&html, &["Step 2 of 2", r#"aria-current="step""#, ", done"]);
}

#[test]
fn nothing_needs_an_inline_style_or_script() {
    let html = html(|| {
        let open = RwSignal::new(false);
        view! {
            <AppShell navigation=Vec::new() signed_in=SignedIn { name: "Ada Lovelace".into(), organisation: "LeoArt Inc".into(), picture: None }>
                <Page title="Clients"><Skeleton /><TableSkeleton /><Spinner /><ProgressBar label="Upload" percent=Some(40) /></Page>
                <Menu id="row-1" label="Actions"><MenuLink href="/" label="Open" /></Menu>
                <ConfirmDialog id="suspend" title="Suspend?" body="They can't sign in." confirm="Suspend" open on_confirm=|| () />
            </AppShell>
        }
    });
    assert!(!html.contains("style=") && !html.contains("<script") && !html.contains(" onclick"));
    has(&html, &[r##"href="#content""##, r#"id="content""#, ">AL<", r#"aria-labelledby="suspend-title""#]);
}
