//! Users: made, found, changed, kept out, let go.

use domain::{
    Caller, ClientId, Direction, Error, ImageFormat, Mask, NameSort, NewPassword, Origin, PartnerId, PasswordChangeDraft, Permission, RoleDraft,
    RoleId, Selection, Slice, User, UserDraft, UserFilter, UserQuery, UserRow, UserStatus,
};
use services::NewUser;
use sqlx::Row;

use crate::{
    client::fields,
    grant, role,
    support::{PASSWORD, World, on_both_engines, refusal, sign_in},
};

fn user(partner: PartnerId, client: Option<ClientId>, login: &str, role: &str) -> NewUser {
    NewUser {
        partner,
        client,
        login: login.to_owned(),
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        email: "ada@leoart.example".to_owned(),
        password: NewPassword::parse(PASSWORD).unwrap(),
        role: role.to_owned(),
    }
}

#[test]
fn a_login_name_is_taken_in_any_spelling() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let id = world.services.operator().user_create(user(partner, None, "Ada@LeoArt.example", "Technician")).await.unwrap();
        assert_eq!(id.to_string(), "USR0000000001");
        let taken = world.services.operator().user_create(user(partner, None, " ada@leoart.EXAMPLE", "Technician")).await;
        assert_eq!(refusal(taken), Error::invalid("login", "This login name is taken."));
        assert_eq!(world.signed_in("ada@leoart.example").await.user.login, "Ada@LeoArt.example");
    });
}

#[test]
fn partner_users_get_partner_roles_and_client_users_client_roles() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let cases = [
            (None, "Customer", "There is no role “Customer” for the partner's users."),
            (Some(client), "Technician", "There is no role “Technician” for a client's users."),
            (None, "King", "There is no role “King” for the partner's users."),
        ];
        for (client, role, sentence) in cases {
            let refused = refusal(world.services.operator().user_create(user(partner, client, "ada", role)).await);
            assert_eq!(refused, Error::invalid("role", sentence));
        }
        world.services.operator().user_create(user(partner, Some(client), "ada", "Customer")).await.unwrap();
        let refused = refusal(world.services.operator().user_create(user(partner, None, " ", "Technician")).await);
        assert_eq!(refused, Error::invalid("login", "Enter a login name."));
    });
}

#[test]
fn a_client_of_another_partner_is_not_found() {
    on_both_engines(async |world| {
        let (partner, other) = (world.partner().await, world.partner().await);
        let admin = world.caller(other, None, "Partner Administrator").await;
        let client = world.client(&admin, "LeoArt Lab").await;
        assert_eq!(refusal(world.services.operator().user_create(user(partner, Some(client), "ada", "Customer")).await), Error::NotFound);
    });
}

/// A draft with what is required.
pub(crate) fn draft(login: &str) -> UserDraft {
    let text = |text: &str| Some(text.to_owned());
    UserDraft {
        login: text(login),
        first_name: text("Grace"),
        last_name: text("Hopper"),
        email: text("grace@leoart.example"),
        ..UserDraft::default()
    }
}

impl World {
    /// A full administrator of a new partner.
    pub(crate) async fn admin(&self) -> Caller {
        let partner = self.partner().await;
        self.caller(partner, None, "Partner Administrator").await
    }

    /// The id of a role by its name.
    pub(crate) async fn role_id(&self, partner: PartnerId, name: &str) -> RoleId {
        let rows = self.rows(&format!("SELECT unique_id FROM roles WHERE name = '{name}' AND partner_id = {}", partner.number())).await;
        rows[0].get::<&str, _>(0).parse().unwrap()
    }

    /// A new user with these roles, made by the caller, with a password.
    pub(crate) async fn registered(&self, caller: &Caller, client: Option<ClientId>, login: &str, roles: &[&str]) -> User {
        let mut ids = Vec::new();
        for role in roles {
            ids.push(self.role_id(caller.partner, role).await);
        }
        let draft = UserDraft { password: Some(PASSWORD.to_owned()), roles: Some(Selection::Exactly(ids)), ..draft(login) };
        self.services.user_create(caller, client, draft).await.unwrap().user
    }
}

fn names(rows: &[UserRow]) -> Vec<&str> {
    rows.iter().map(|row| row.profile.login.as_str()).collect()
}

const ALL: Slice = Slice { offset: 0, limit: 100, direction: Direction::Ascending, sort: NameSort::Name };

#[test]
fn a_user_is_made_found_and_changed() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let text = |text: &str| Some(text.to_owned());
        let role = world.role_id(admin.partner, "Technician").await;
        let full = UserDraft {
            designation: text("Rear Admiral"),
            city: text("Arlington"),
            country: text("USA"),
            time_zone: text("America/New_York"),
            account_type: text("BUSINESS"),
            roles: Some(Selection::Exactly(vec![role])),
            ..draft("grace")
        };
        let made = world.services.user_create(&admin, None, full).await.unwrap();
        assert!(made.invitation.is_some() && made.user.row.invited, "without a password it is invited");
        let user = world.services.user_get(&admin, made.user.row.id).await.unwrap();
        assert_eq!(user, made.user);
        assert_eq!((user.row.organization.as_str(), user.row.profile.designation.as_str()), ("LeoArt Inc", "Rear Admiral"));
        assert_eq!(user.roles.iter().map(|role| (role.name.as_str(), role.by_group)).collect::<Vec<_>>(), [("Technician", false)]);
        assert_eq!(user.created_by.as_ref().unwrap().login, admin.user.login);

        let change = UserDraft { city: text("New York"), roles: Some(Selection::default()), ..UserDraft::default() };
        let changed = world.services.user_update(&admin, user.row.id, Some(user.version), change.clone()).await.unwrap();
        assert_eq!((changed.row.profile.city.as_str(), changed.row.profile.designation.as_str()), ("New York", "Rear Admiral"), "the rest stays");
        assert_eq!(changed.roles.len(), 1);
        let conflict = refusal(world.services.user_update(&admin, user.row.id, Some(user.version), change).await);
        assert!(matches!(conflict, Error::Conflict { .. }));
        let taken = refusal(world.services.user_create(&admin, None, draft("GRACE")).await);
        assert_eq!(taken, Error::invalid("login", "This login name is taken."));
    });
}

#[test]
fn users_are_listed_and_searched() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let grace = world.registered(&admin, None, "grace", &["Technician"]).await;
        world.registered(&admin, Some(client), "client.grace", &["Customer"]).await;
        let gone = world.registered(&admin, None, "gone", &[]).await;
        world.services.user_deactivate(&admin, gone.row.id, "left").await.unwrap();

        let list = async |filter: &str, search: &str| {
            let query = UserQuery { search: search.to_owned(), ..UserQuery::from_address(&format!("filter={filter}")) };
            world.services.user_list(&admin, &query).await.unwrap()
        };
        assert_eq!(names(&list("", "").await.rows), [admin.user.login.as_str(), "grace", "client.grace", "gone"]);
        assert_eq!(names(&list("inactive", "").await.rows), ["gone"]);
        assert_eq!(names(&list("active", "HOPPER ada").await.rows), Vec::<&str>::new());
        assert_eq!(names(&list("active", "grace hopper").await.rows), ["grace", "client.grace"]);

        let search = async |filter: UserFilter| world.services.user_search(&admin, &filter, ALL).await.unwrap();
        let found = search(UserFilter { first_name: Some("Grá".into()), status: Some(UserStatus::Active), ..UserFilter::default() }).await;
        assert_eq!((names(&found.rows), found.total), (vec!["grace", "client.grace"], 2));
        assert_eq!(names(&search(UserFilter { last_name: Some("grace".into()), ..UserFilter::default() }).await.rows), Vec::<&str>::new());
        assert_eq!(names(&search(UserFilter { login: Some("client.".into()), ..UserFilter::default() }).await.rows), ["client.grace"]);
        assert_eq!(names(&search(UserFilter { id: Some(grace.row.id), ..UserFilter::default() }).await.rows), ["grace"]);
        let late = UserFilter { created_from: Some(grace.row.created.plus_seconds(1)), ..UserFilter::default() };
        assert_eq!(search(late).await.total, 0);
        assert_eq!(world.services.user_minimal(&admin).await.unwrap().len(), 4);
    });
}

#[test]
fn a_client_s_user_sees_its_own_client_s_users_alone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (client, other) = (world.client(&admin, "LeoArt Lab").await, world.client(&admin, "LeoArt Corp.").await);
        let own = world.registered(&admin, Some(client), "own", &["Customer"]).await;
        let foreign = world.registered(&admin, Some(other), "foreign", &["Customer"]).await;
        let of_client = world.caller(admin.partner, Some(client), "Client Administrator").await;

        let rows = world.services.user_list(&of_client, &UserQuery::default()).await.unwrap().rows;
        assert_eq!(names(&rows), [of_client.user.login.as_str(), "own"]);
        assert_eq!(refusal(world.services.user_get(&of_client, foreign.row.id).await), Error::NotFound);
        let update = async |id| world.services.user_update(&of_client, id, None, UserDraft { city: Some("X".into()), ..UserDraft::default() }).await;
        for id in [foreign.row.id, admin.user.id] {
            assert_eq!(refusal(update(id).await), Error::NotFound);
        }
        assert!(update(own.row.id).await.is_ok());

        let customer = world.signed_in("own").await;
        let refused = refusal(world.services.user_list(&customer, &UserQuery::default()).await);
        assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        assert_eq!(world.services.user_get(&customer, own.row.id).await.unwrap().row.profile.login, "own", "everybody sees himself");
        assert!(matches!(refusal(world.services.user_create(&customer, None, draft("x")).await), Error::Forbidden { .. }));
    });
}

#[test]
fn nobody_gives_more_than_he_has_or_changes_who_has_more() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let plain = world.caller(admin.partner, Some(client), "Client Administrator").await;
        let manager = world.registered(&admin, Some(client), "manager", &["Client Administrator with Client Details"]).await;
        let roles = async |role: &str| Some(Selection::Exactly(vec![world.role_id(admin.partner, role).await]));

        let higher = UserDraft { roles: roles("Client Administrator with Client Details").await, ..draft("x") };
        assert!(matches!(refusal(world.services.user_create(&plain, None, higher).await), Error::Forbidden { .. }));
        let partners = UserDraft { roles: roles("Technician").await, ..draft("x") };
        let refused = refusal(world.services.user_create(&plain, None, partners).await);
        assert_eq!(refused, Error::invalid("roles", "One of the roles doesn't exist: choose another."));
        let own = UserDraft { roles: roles("Customer").await, ..draft("x") };
        assert_eq!(world.services.user_create(&plain, None, own).await.unwrap().user.row.client, Some(client));

        let city = UserDraft { city: Some("X".into()), ..UserDraft::default() };
        assert!(matches!(refusal(world.services.user_update(&plain, manager.row.id, None, city).await), Error::Forbidden { .. }));
        let email = UserDraft { email: Some("mine@leoart.example".into()), ..UserDraft::default() };
        assert!(matches!(refusal(world.services.user_update(&plain, manager.row.id, None, email).await), Error::Forbidden { .. }));
        let password = UserDraft { password: Some("Other#2026x".into()), ..UserDraft::default() };
        assert!(matches!(refusal(world.services.user_update(&plain, manager.row.id, None, password).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(world.services.invitation_create(&plain, manager.row.id).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(world.services.user_deactivate(&plain, manager.row.id, "").await), Error::Forbidden { .. }));
    });
}

#[test]
fn the_last_full_administrator_stays_and_nobody_puts_himself_out() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let second = world.registered(&admin, None, "second", &["Partner Administrator"]).await;
        let sentence = "You can't deactivate yourself: ask another administrator.";
        assert_eq!(refusal(world.services.user_deactivate(&admin, admin.user.id, "").await), Error::forbidden(sentence));

        world.services.user_deactivate(&admin, second.row.id, "").await.unwrap();
        let none = UserDraft { roles: Some(Selection::Exactly(vec![])), ..UserDraft::default() };
        assert!(matches!(refusal(world.services.user_update(&admin, admin.user.id, None, none.clone()).await), Error::Conflict { .. }));
        assert_eq!(world.services.user_get(&admin, admin.user.id).await.unwrap().roles.len(), 1, "refused: nothing changed");
        world.services.user_activate(&admin, second.row.id).await.unwrap();
        let second = world.signed_in("second").await;
        world.services.user_update(&second, admin.user.id, None, none).await.unwrap();
    });
}

#[test]
fn who_is_deactivated_is_out_and_comes_back_and_who_is_terminated_never_does() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &["Technician"]).await.row.id;
        let token = world.services.session_sign_in(sign_in("grace", PASSWORD), &Origin::default()).await.unwrap();
        let resolve = async || world.services.session_resolve(token.expose(), &Origin::default()).await;
        assert!(resolve().await.is_ok());
        assert_eq!(world.services.user_usage(&admin, grace).await.unwrap().sessions, 1);

        let out = world.services.user_deactivate(&admin, grace, " on leave ").await.unwrap();
        assert_eq!((out.row.status, out.reason.as_str()), (UserStatus::Inactive, "on leave"));
        assert_eq!(refusal(resolve().await), Error::Unauthenticated);
        let back = world.services.user_activate(&admin, grace).await.unwrap();
        assert_eq!((back.row.status, back.reason.as_str(), back.roles.len()), (UserStatus::Active, "", 1));
        world.signed_in("grace").await;

        let gone = world.services.user_terminate(&admin, grace, "left", Mask::Full).await.unwrap();
        assert_eq!((gone.row.status, gone.row.profile.name().as_str(), gone.roles.len()), (UserStatus::Terminated, "Terminated User", 0));
        assert!(matches!(refusal(world.services.user_activate(&admin, grace).await), Error::Conflict { .. }));
        let role = RoleDraft { users: role::exactly([grace.to_string().as_str()]), ..role::draft("Late", "MSP") };
        assert!(world.services.role_create(&admin, role).await.is_err(), "nobody gives a role to who is gone");
        let refused = refusal(world.services.session_sign_in(sign_in("grace", PASSWORD), &Origin::default()).await);
        assert_eq!(refused, Error::invalid("password", "The login name or the password is wrong."));
        let query = |filter: &str| UserQuery::from_address(&format!("filter={filter}"));
        assert_eq!(world.services.user_list(&admin, &query("")).await.unwrap().rows.len(), 1);
        assert_eq!(world.services.user_list(&admin, &query("terminated")).await.unwrap().rows.len(), 1);
        world.registered(&admin, None, "grace", &[]).await;
        let audit = world.audit().await;
        for action in ["user.create", "user.deactivate", "user.activate", "user.terminate"] {
            assert!(audit.iter().any(|record| record.starts_with(&format!("{action} {grace} "))), "{action}: {audit:?}");
        }
    });
}

#[test]
fn who_must_change_the_password_can_do_that_alone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let roles = Some(Selection::Exactly(vec![world.role_id(admin.partner, "Partner Administrator").await]));
        let draft = UserDraft { password: Some(PASSWORD.into()), change_password: Some(true), roles, ..draft("grace") };
        world.services.user_create(&admin, None, draft).await.unwrap();
        let grace = world.signed_in("grace").await;
        assert!(grace.must_change_password);
        let refused = refusal(world.services.user_list(&grace, &UserQuery::default()).await);
        assert_eq!(refused, Error::forbidden("Change your password to continue."));
        assert_eq!(refusal(world.services.user_picture_set(&grace, grace.user.id, None).await), refused);

        let new = "Other#2026x".to_owned();
        let change = PasswordChangeDraft { current: PASSWORD.to_owned(), new: new.clone(), confirmation: new };
        let token = world.services.password_change(&grace, change).await.unwrap();
        let grace = world.services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        assert!(world.services.user_list(&grace, &UserQuery::default()).await.is_ok());
    });
}

#[test]
fn an_administrator_changes_a_password_by_the_one_before() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let change = |current: &str| {
            let new = "Other#2026x".to_owned();
            PasswordChangeDraft { current: current.to_owned(), new: new.clone(), confirmation: new }
        };
        let wrong = refusal(world.services.user_password_change(&admin, grace, change("wrong")).await);
        assert_eq!(wrong, Error::invalid("current", "The current password is wrong."));
        world.services.user_password_change(&admin, grace, change(PASSWORD)).await.unwrap();
        assert!(world.services.session_sign_in(sign_in("grace", "Other#2026x"), &Origin::default()).await.is_ok());
    });
}

pub(crate) fn png() -> bytes::Bytes {
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(3, 2).write_to(&mut png, image::ImageFormat::Png).unwrap();
    bytes::Bytes::from(png.into_inner())
}

#[test]
fn a_picture_is_kept_encoded_anew() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let user = world.services.user_picture_set(&admin, admin.user.id, Some(png())).await.unwrap();
        assert!(user.picture.is_some());
        assert_eq!(world.services.user_picture(&admin, admin.user.id).await.unwrap().0, ImageFormat::Png);
        let wrong = world.services.user_picture_set(&admin, admin.user.id, Some("<svg/>".into())).await;
        assert!(matches!(refusal(wrong), Error::Invalid { .. }));
        world.services.user_picture_set(&admin, admin.user.id, None).await.unwrap();
        assert_eq!(refusal(world.services.user_picture(&admin, admin.user.id).await), Error::NotFound);
    });
}

#[test]
fn a_picture_that_is_none_makes_no_user() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let make = async |bytes| world.services.user_create_with_picture(&admin, None, draft("grace"), Some(bytes)).await;
        assert!(matches!(refusal(make("no picture".into()).await), Error::Invalid { .. }));
        assert_eq!(world.rows("SELECT id FROM users WHERE login = 'grace'").await.len(), 0);
        let made = make(png()).await.unwrap().user;
        assert!(world.services.user_picture(&admin, made.row.id).await.is_ok());
    });
}

#[test]
fn a_reason_is_plain_text() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        for reason in ["bell\u{7}", "left\u{202e}right"] {
            assert_eq!(fields(services.user_deactivate(&admin, grace, reason).await), ["reason"], "{reason:?}");
            assert_eq!(fields(services.user_terminate(&admin, grace, reason, Mask::Full).await), ["reason"], "{reason:?}");
        }
        assert_eq!(services.user_get(&admin, grace).await.unwrap().row.status, UserStatus::Active);
        let long = services.user_deactivate(&admin, grace, &"x".repeat(1001)).await.unwrap();
        assert_eq!(long.reason.len(), 1000, "cut");
    });
}

#[test]
fn the_list_says_by_which_roles_and_when_somebody_last_came_in() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.registered(&admin, None, "grace", &["Technician"]).await;
        let found = async |caller: &Caller, login: &str| {
            let page = world.services.user_directory(caller, &UserQuery::default()).await.unwrap();
            page.rows.into_iter().find(|user| user.row.profile.login == login).unwrap()
        };
        let never = found(&admin, "grace").await;
        assert_eq!((never.roles[0].name.as_str(), never.last_sign_in), ("Technician", None));
        world.clock.advance_seconds(60);
        world.signed_in("grace").await;
        let came_in = found(&admin, "grace").await.last_sign_in;
        assert!(came_in.is_some());
        world.clock.advance_seconds(60);
        assert!(world.services.session_sign_in(sign_in("grace", "Wrong#2026"), &Origin::default()).await.is_err());
        assert_eq!(found(&admin, "grace").await.last_sign_in, came_in, "an attempt that failed isn't a sign-in");

        // The login history takes a permission of its own.
        let role = grant::with(&world, &admin, "Users only", "MSP", &[Permission::UserView, Permission::ClientView]).await;
        world.services.role_create(&admin, RoleDraft { all_clients: Some(true), ..role }).await.unwrap();
        let reader = world.caller(admin.partner, None, "Users only").await;
        assert_eq!(found(&reader, "grace").await.last_sign_in, None);
    });
}
