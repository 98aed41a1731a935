//! The tab "Network Architecture": images, each with a title, in an order.

use domain::{ImageFormat, limits};
use leptos::{ev::DragEvent, html, prelude::*};

use super::rows::{place_key, placed};
use crate::{
    clients::client::{
        browser::{focus, press},
        form::{ClientForm, ImageSignals, Upload},
    },
    paths,
    ui::{Button, ButtonSize, ButtonVariant, Glyph, Icon, Notice, ProgressBar, Section, TextField, Tone},
};

/// The section.
pub(super) fn section(form: ClientForm) -> AnyView {
    let images = form.fields.images;
    let dragged = RwSignal::new(None::<usize>);
    let over = RwSignal::new(false);
    let description = "Network diagrams help teams find the root cause of alerts.";
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        form.uploads.send_dropped(&event);
    };
    let hold = move |event: DragEvent| {
        // Without this the browser would open the file instead.
        event.prevent_default();
        over.set(dragged.with_untracked(Option::is_none));
    };
    view! {
        <Section id="section-images" title="Network Architecture" description>
            <p class="field-error">{form.errors.of("images")}</p>
            <div class="dropzone" id="images" tabindex="-1" data-over=move || over.get().then_some("") on:dragover=hold on:dragleave=move |_| over.set(false) on:drop=drop>
                <Icon glyph=Glyph::Image />
                <p>"Drop images here, or"</p>
                <div class="actions">
                    {chooser(form, "Choose images", Glyph::Upload, false)}
                    <span class="touch-only">{chooser(form, "Take a photo", Glyph::Camera, true)}</span>
                </div>
                <p class="field-hint">"PNG, JPEG, WebP or GIF, at most 10 MiB and 50 megapixels each, 20 MiB together. Photo metadata is removed."</p>
            </div>
            <div class="stack-small" role="status">{move || form.uploads.list().into_iter().map(|upload| progress(form, upload)).collect_view()}</div>
            <ol class="pictures">
                <For each=placed(images) key=place_key children=move |(at, image)| tile(form, dragged, at, image) />
            </ol>
        </Section>
    }
    .into_any()
}

/// A button with the file input that it presses.
fn chooser(form: ClientForm, words: &'static str, icon: Glyph, camera: bool) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let kinds = ImageFormat::ALL.iter().map(|format| format.media_type()).collect::<Vec<_>>().join(",");
    let accept = if camera { "image/*".to_owned() } else { kinds };
    view! {
        <Button icon on_click=move || press(input)>{words}</Button>
        <input
            type="file"
            hidden=true
            aria-label=words
            accept=accept
            capture=camera.then_some("environment")
            multiple=!camera
            node_ref=input
            on:change=move |event| form.uploads.send_chosen(&event)
        />
    }
    .into_any()
}

/// An image on its way, or why it didn't arrive.
fn progress(form: ClientForm, upload: Upload) -> AnyView {
    let Upload { number, name, percent, fault, note, .. } = upload;
    let name = StoredValue::new(name);
    let notice = move |tone, sentence: String| {
        view! {
            <Notice tone title=name.get_value()>
                <p>{sentence}</p>
                <Button size=ButtonSize::Small on_click=move || form.uploads.dismiss(number)>"Dismiss"</Button>
            </Notice>
        }
        .into_any()
    };
    let view = move || match (fault.get(), note.get()) {
        (Some(sentence), _) => notice(Tone::Danger, sentence),
        (None, Some(sentence)) => notice(Tone::Warning, sentence.to_owned()),
        (None, None) => view! { <ProgressBar label=name.get_value() percent /> }.into_any(),
    };
    IntoAny::into_any(view)
}

/// An image with its title and what can be done with it.
fn tile(form: ClientForm, dragged: RwSignal<Option<usize>>, at: usize, image: ImageSignals) -> AnyView {
    let images = form.fields.images;
    let name = format!("images.{at}.title");
    let go = move |from: usize, to: usize| {
        images.update(|images| {
            if from < images.len() && to < images.len() {
                let image = images.remove(from);
                images.insert(to, image);
            }
        });
    };
    let (up, down) = (
        move || {
            go(at, at - 1);
            focus(format!("images-{}-title", at - 1))
        },
        move || {
            go(at, at + 1);
            focus(format!("images-{}-title", at + 1))
        },
    );
    let remove = move || {
        images.update(|images| {
            if at < images.len() {
                _ = images.remove(at)
            }
        });
        focus("images");
    };
    let drop = move |event: DragEvent| {
        if let Some(from) = dragged.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            dragged.set(None);
            go(from, at);
        }
    };
    let number = at + 1;
    let is_first = (at == 0).then(|| "This is the first image.".to_owned());
    let is_last = move || (at + 1 == images.with(Vec::len)).then(|| "This is the last image.".to_owned());
    let small = ButtonSize::Small;
    let quiet = ButtonVariant::Quiet;
    view! {
        <li class="picture" on:dragover=move |event| if dragged.with_untracked(Option::is_some) { event.prevent_default() } on:drop=drop>
            <img src=paths::image(&image.id.get_untracked()) alt=move || image.title.get() />
            <TextField
                name=name.clone()
                label="Title"
                required=true
                max_length=limits::NAME
                value=image.title
                error=form.errors.of(name.clone())
                on_blur=form.errors.leave(name)
            />
            <div class="actions">
                <span class="handle" draggable="true" title="Drag to another place" aria-hidden="true" on:dragstart=move |_| dragged.set(Some(at)) on:dragend=move |_| dragged.set(None)>
                    <Icon glyph=Glyph::Drag />
                </span>
                <Button size=small variant=quiet icon=Glyph::ArrowUp label=format!("Move image {number} up") disabled_because=is_first on_click=up />
                <Button size=small variant=quiet icon=Glyph::ArrowDown label=format!("Move image {number} down") disabled_because=Signal::derive(is_last) on_click=down />
                <Button size=small variant=quiet icon=Glyph::Trash label=format!("Remove image {number}") on_click=remove />
            </div>
        </li>
    }
    .into_any()
}
