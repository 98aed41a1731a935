//! The draft of a user from what is sent: roles and groups are looked up, and the picture is checked.

use axum::body::Bytes;
use domain::{ClientId, Draft, Error, Selection, UserDraft, UserId, UserProfile, Violations};
use services::Fault;

use super::{input::UserInput, reference::ReferenceInput};
use crate::{
    picture::{self, NOT_BASE64},
    refusal::Refusal,
    tenant::Tenant,
};

/// The new picture, or an empty one that removes it; none to leave it as it is.
pub(crate) type Picture = Option<Option<Bytes>>;

/// The draft of a user of a client, or else of the partner, with the roles and groups that it refers to, and the picture. Unknown references
/// and a wrong picture are reported together with every other wrong field.
pub(crate) async fn draft(
    tenant: &Tenant,
    user: Option<UserId>,
    client: Option<ClientId>,
    before: Option<&UserProfile>,
    mut input: UserInput,
) -> Result<(UserDraft, Picture), Refusal> {
    let references = |list: Option<Vec<ReferenceInput>>| list.map(ReferenceInput::references);
    let (roles, groups) = (references(input.roles.take()), references(input.user_groups.take()));
    let sent = input.profile_image.take();
    let mut draft = input.into_draft();
    let mut violations = Violations::new();
    let picture = match sent {
        Some(sent) => collect(picture_sent(tenant, &sent).await, &mut violations)?,
        None => None,
    };
    if let Some(roles) = roles {
        let referred = tenant.services.user_roles_referred(&tenant.caller, user, client, &roles).await;
        draft.roles = collect(referred, &mut violations)?.map(Selection::Exactly);
    }
    if let Some(groups) = groups {
        let referred = tenant.services.user_groups_referred(&tenant.caller, user, client, &groups).await;
        draft.user_groups = collect(referred, &mut violations)?.map(Selection::Exactly);
    }
    if !violations.is_empty()
        && let Err(others) = draft.check(before)
    {
        violations.extend(others);
    }
    violations.into_result()?;
    Ok((draft, picture))
}

/// The picture in a text.
async fn picture_sent(tenant: &Tenant, sent: &str) -> Result<Option<Bytes>, Fault> {
    let wrong = |sentence: &str| Error::invalid("profile_image", sentence);
    let bytes = picture::decode(sent).ok_or_else(|| wrong(NOT_BASE64))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let checked = tenant.services.user_picture_check(&tenant.caller, bytes.clone()).await;
    checked.map_err(|fault| match Error::from(fault) {
        Error::Invalid { violations } => wrong(violations.of("file").unwrap_or_default()),
        error => error,
    })?;
    Ok(Some(bytes))
}

/// The outcome, or none if fields are wrong: they are added to the violations.
fn collect<T>(outcome: Result<T, Fault>, violations: &mut Violations) -> Result<Option<T>, Error> {
    match outcome.map_err(Error::from) {
        Ok(found) => Ok(Some(found)),
        Err(Error::Invalid { violations: wrong }) => {
            violations.extend(wrong);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
