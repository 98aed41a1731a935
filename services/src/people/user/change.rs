//! Creates and changes users.

use bytes::Bytes;
use domain::{
    Caller, Change, CheckedUser, ClientId, Draft, Error, NewPassword, NewlyMade, PasswordChangeDraft, Permission, Scope, User, UserDraft, UserId,
    UserNotification, UserProfile, UserRow, UserStatus, Violations, country_name,
};

use super::{LOGIN_TAKEN, set_password, withdraw_links};
use crate::{
    Result, Services,
    kernel::{
        Tx, email,
        password::Names,
        proof::{Demand, proved},
        refusal::{duplicate, unseen},
    },
    people::{account::use_current_password, session},
};

/// A draft's check, plus that of e-mail domains, for which only the server has the tables.
fn checked(draft: &UserDraft, before: Option<&UserProfile>) -> std::result::Result<CheckedUser, Violations> {
    let UserDraft { email, alternate_email, notification_email, .. } = draft;
    let addresses =
        [("email", email.as_deref()), ("alternate_email", alternate_email.as_deref()), ("notification_email", notification_email.as_deref())];
    email::checked(draft.check(before), &addresses)
}

impl Services {
    /// Creates a user of the given client, or else of the tenant the caller works in. Without a password the user gets an invitation, which is mailed
    /// if a mail server is configured.
    ///
    /// # Errors
    /// `NotFound` for a client that isn't visible or is terminated; `Forbidden` without the permission, or for roles that grant more than the caller
    /// holds; `Invalid` with every wrong field.
    pub async fn user_create(&self, caller: &Caller, client: Option<ClientId>, draft: UserDraft) -> Result<NewlyMade> {
        self.user_create_with_picture(caller, client, draft, None).await
    }

    /// As [`Services::user_create`], with a picture.
    ///
    /// # Errors
    /// As there, and as [`Services::user_picture_set`].
    pub async fn user_create_with_picture(
        &self,
        caller: &Caller,
        client: Option<ClientId>,
        draft: UserDraft,
        picture: Option<Bytes>,
    ) -> Result<NewlyMade> {
        // Authorized before hashing, which is slow; the writing transaction begins after it.
        let mut tx = self.authorize_at(caller, proved(Permission::UserManage), client).await?;
        let organization = tx.organization_name(tx.only_client).await?;
        drop(tx);
        caller.can(Permission::UserView, Scope::Visible)?;
        let CheckedUser { profile, password } = checked(&draft, None)?;
        let hash = self.hash_of(password.as_ref(), &profile, &organization).await?;
        let picture = match picture {
            Some(bytes) => Some(self.picture_new(caller, bytes).await?),
            None => None,
        };

        let mut tx = self.authorize_at(caller, proved(Permission::UserManage), client).await?;
        let client = tx.only_client;
        self.all_user_groups_check(&mut tx, client, &UserProfile::default(), &profile).await?;
        let id = self.user_write(&mut tx, client, &profile, &hash).await?;
        let mut changes = changes(&UserProfile::default(), &profile);
        changes.extend(self.roles_assign(&mut tx, (id, client), draft.roles.as_ref()).await?);
        changes.extend(self.user_groups_assign(&mut tx, (id, client), &profile, draft.chosen_user_groups().as_ref()).await?);
        self.audit(&mut tx, "user.create", id, client, &changes).await?;
        let invitation = if password.is_none() { Some(self.invite(&mut tx, id, client).await?) } else { None };
        let mut user = tx.user_get(id).await?.ok_or_else(unseen)?;
        if let Some((picture, _)) = &picture {
            tx.user_update(&User { picture: Some(picture.clone()), ..user }).await?;
            user = tx.user_get(id).await?.ok_or_else(unseen)?;
        }
        self.commit_with_picture(tx, picture).await?;
        let invitation = match invitation {
            Some(invitation) => Some(self.invitation_mail(caller, &user.row.profile, invitation).await),
            None => None,
        };
        Ok(NewlyMade { user, invitation })
    }

    /// Changes the fields of a user that the draft names. A new password ends the user's sessions. Where a mail server is configured, the user is told of a
    /// new password or e-mail address, and users change their own address by [`Services::email_change_begin`]. The API passes no version.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission, for roles that grant more than the caller holds, and for a user who holds more than the
    /// caller; `Invalid` with every wrong field; `Conflict` for a terminated user, when the version is not the current one, or when no full
    /// administrator would be left.
    pub async fn user_update(&self, caller: &Caller, id: UserId, version: Option<i64>, draft: UserDraft) -> Result<User> {
        let (tx, user) = self.user_to_change_by(caller, id, proved(Permission::UserManage)).await?;
        let CheckedUser { profile, password } = checked(&draft, Some(&user.row.profile))?;
        if password.is_some() && id == caller.user.id {
            return Err(Error::invalid("password", "Change your own password on your account page.").into());
        }
        drop(tx);
        let hash = self.hash_of(password.as_ref(), &profile, &user.row.organization).await?;

        let (mut tx, before) = self.user_to_change_by(caller, id, proved(Permission::UserManage)).await?;
        let profile = checked(&draft, Some(&before.row.profile))?.profile;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::stale("user").into());
        }
        if id == caller.user.id && self.mailer.is_some() && profile.email != before.row.profile.email {
            return Err(Error::invalid("email", "Change your own e-mail address on your account page.").into());
        }
        let client = before.row.client;
        self.all_user_groups_check(&mut tx, client, &before.row.profile, &profile).await?;
        let mut changes = changes(&before.row.profile, &profile);
        let user = User { row: UserRow { profile: profile.clone(), ..before.row.clone() }, ..before.clone() };
        if !tx.user_update(&user).await.map_err(duplicate("login", LOGIN_TAKEN))? {
            return Err(Error::stale("user").into());
        }
        let roles = self.roles_assign(&mut tx, (id, client), draft.roles.as_ref()).await?;
        let groups = self.user_groups_assign(&mut tx, (id, client), &profile, draft.chosen_user_groups().as_ref()).await?;
        changes.extend(roles.into_iter().chain(groups));
        if profile.email != before.row.profile.email {
            // The links were sent to the old address.
            withdraw_links(&mut tx, id).await?;
        }
        if password.is_some() {
            set_password(&mut tx, id, &hash, profile.change_password).await?;
            session::end_all(&mut tx, id).await?;
            changes.push(Change { field: "password".into(), label: "Password".into(), before: String::new(), after: "changed".into() });
        }
        if changes.is_empty() {
            return Ok(before);
        }
        self.audit(&mut tx, "user.update", id, client, &changes).await?;
        let after = tx.user_get(id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        self.mail_change(&before.row.profile, &after.row, password.is_some());
        Ok(after)
    }

    /// Tells a user that somebody else changed their e-mail address, at both addresses, or their password.
    fn mail_change(&self, before: &UserProfile, user: &UserRow, has_password: bool) {
        let (now, after) = (self.clock.now(), user.summary());
        self.mail_later(|mailer| {
            let password = has_password.then(|| mailer.password_changed(&after, now));
            let is_moved = before.email != after.email;
            let addresses = [&before.email, &after.email].into_iter().filter(|_| is_moved);
            let moved = addresses.map(|to| mailer.email_changed(&after, (&before.email, &after.email), to, now));
            password.into_iter().chain(moved).collect()
        });
    }

    /// Changes the password of a user whom the caller manages, for the API. The current password is optional, but must be right if given. Callers with a
    /// session change their own by [`Services::password_change`].
    ///
    /// # Errors
    /// As [`Services::user_update`]; `Invalid` for a current password that is wrong or a new one that breaks a rule.
    pub async fn user_password_change(&self, caller: &Caller, id: UserId, draft: PasswordChangeDraft) -> Result<()> {
        if id == caller.user.id && caller.session.is_some() {
            return self.password_change(caller, draft).await.map(drop);
        }
        let (tx, user) = self.user_to_change_by(caller, id, proved(Permission::UserManage)).await?;
        drop(tx);
        let new = draft.clone().check(false)?;
        let current = match draft.current.as_str() {
            "" => None,
            current => Some(self.current_password_prove(&user.row.profile.login, current, &caller.origin).await?),
        };
        let names = Names::of_profile(&user.row.profile, &user.row.organization);
        let hash = self.password_hash(&new, &names, "new").await?;
        let (mut tx, user) = self.user_to_change_by(caller, id, proved(Permission::UserManage)).await?;
        if let Some(current) = &current {
            use_current_password(&mut tx, id, current).await?;
        }
        set_password(&mut tx, id, &hash, false).await?;
        session::end_all(&mut tx, id).await?;
        self.audit(&mut tx, "password.change", id, user.row.client, &[]).await?;
        tx.commit().await?;
        self.mail_change(&user.row.profile, &user.row, true);
        Ok(())
    }

    /// Opens a transaction to change a user. Refuses users who hold more than the caller.
    pub(crate) async fn user_to_change(&self, caller: &Caller, id: UserId) -> Result<(Tx, User)> {
        self.user_to_change_by(caller, id, Permission::UserManage).await
    }

    /// As [`Services::user_to_change`], where the change demands more than the permission.
    pub(crate) async fn user_to_change_by(&self, caller: &Caller, id: UserId, demand: impl Into<Demand>) -> Result<(Tx, User)> {
        let find = async |tx: &mut Tx| tx.user_get(id).await;
        let (mut tx, user) = self.authorize_change(caller, (Permission::UserView, demand), find).await?;
        if user.row.status == UserStatus::Terminated {
            return Err(Error::conflict("A terminated user can't be changed.").into());
        }
        self.users_outrank_check(&mut tx, &[id], user.row.client).await?;
        Ok((tx, user))
    }

    async fn hash_of(&self, password: Option<&NewPassword>, user: &UserProfile, organization: &str) -> Result<String> {
        match password {
            Some(password) => self.password_hash(password, &Names::of_profile(user, organization), "password").await,
            None => Ok(String::new()),
        }
    }
}

/// The changes for the audit log.
pub(super) fn changes(before: &UserProfile, after: &UserProfile) -> Vec<Change> {
    let text = |field: &str, label: &str, show: fn(&UserProfile) -> String| Change::of(field, label, &show(before), &show(after));
    let yes_no = |yes: bool| if yes { "Yes" } else { "No" };
    let flag = |field: &str, label: &str, show: fn(&UserProfile) -> bool| Change::of(field, label, yes_no(show(before)), yes_no(show(after)));
    let changes = [
        text("login", "Login Name", |user| user.login.clone()),
        text("first_name", "First Name", |user| user.first_name.clone()),
        text("last_name", "Last Name", |user| user.last_name.clone()),
        text("email", "Email", |user| user.email.clone()),
        text("alternate_email", "Alternate Email", |user| user.alternate_email.clone()),
        text("notification_email", "Notifications Email", |user| user.notification_email.clone()),
        text("notifications", "Notifications", |user| user.notifications.iter().map(UserNotification::title).collect::<Vec<_>>().join("; ")),
        text("designation", "Designation", |user| user.designation.clone()),
        text("address", "Address", |user| user.address.clone()),
        text("city", "City", |user| user.city.clone()),
        text("state", "State", |user| user.state.clone()),
        text("zip", "Zip", |user| user.zip.clone()),
        text("country", "Country", |user| country_name(&user.country).unwrap_or_default().to_owned()),
        text("time_zone", "Time Zone", |user| user.time_zone.clone()),
        text("phone", "Phone Number", |user| user.phone.clone()),
        text("mobile", "Mobile Number", |user| user.mobile.clone()),
        text("account_type", "Account Type", |user| user.account_type.label().to_owned()),
        flag("change_password", "Change password at next sign-in", |user| user.change_password),
        flag("all_user_groups", "All User Groups", |user| user.all_user_groups),
    ];
    changes.into_iter().flatten().collect()
}
