//! Who is signed in. The server writes it into the page; since signing in and out load a new page, it never goes stale, but for the picture.

use domain::{Caller, ImageId, Permission, Scope};
use leptos::{prelude::*, server::SharedValue};

/// The signed-in user, if any.
#[derive(Clone, Debug)]
struct SignedIn(Option<Caller>);

/// Takes the caller from the request or the page; once, at the root.
pub(crate) fn provide_caller() {
    let caller = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::rpc::caller();
        #[cfg(not(feature = "ssr"))]
        return None::<Caller>;
    });
    provide_context(SignedIn(caller.into_inner()));
}

/// The caller's picture, which may change while the page lives: who changes it says so here, and the top bar shows it.
#[derive(Clone, Copy)]
pub(crate) struct OwnPicture(RwSignal<Option<ImageId>>);

impl OwnPicture {
    /// Makes it known to what stands inside.
    pub(crate) fn provide(caller: &Caller) -> Self {
        let own = Self(RwSignal::new(caller.picture.clone()));
        provide_context(own);
        own
    }

    /// As it is now.
    pub(crate) fn get(self) -> Option<ImageId> {
        self.0.get()
    }

    /// It is another.
    pub(crate) fn set(self, picture: Option<ImageId>) {
        self.0.set(picture);
    }
}

/// The signed-in user, if any, for pages that don't require one.
#[must_use]
pub fn caller_if_any() -> Option<Caller> {
    use_context::<SignedIn>().and_then(|SignedIn(caller)| caller)
}

/// The signed-in user, for pages within the private layout of [`pages`](crate::pages), which only signed-in users reach.
#[must_use]
pub fn use_caller() -> Caller {
    expect_context()
}

/// Why the caller can't do it, for a button's `disabled_because`: the sentence with which the server would refuse.
#[must_use]
pub fn refusal(permission: Permission, scope: Scope) -> Option<String> {
    use_caller().can(permission, scope).err().map(|error| error.to_string())
}
