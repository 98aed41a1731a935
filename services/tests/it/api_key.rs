//! API keys and their tokens.

use domain::{
    ApiKeyDraft, ApiKeyQuery, Caller, ClientDraft, Error, KeyRefusal, NewApiKey, Origin, PartnerSettings, Permission, PermissionSetDraft, RoleDraft,
    Scope, UserQuery,
};
use sqlx::Row;

use crate::{
    role::{self, exactly},
    support::{World, at, client_draft, on_both_engines, refusal},
};

impl World {
    async fn key_draft(&self, admin: &Caller, name: &str, role: &str) -> ApiKeyDraft {
        let roles = Some(vec![self.role_id(admin.partner, role).await]);
        ApiKeyDraft { name: Some(name.to_owned()), roles, ..ApiKeyDraft::default() }
    }

    /// A token of a key, or why there is none.
    pub(crate) async fn token(&self, new: &NewApiKey, origin: &Origin) -> Result<String, KeyRefusal> {
        self.services.token_issue(&new.key, &new.secret, origin).await.unwrap().map(|token| token.expose().to_owned())
    }

    async fn by_token(&self, token: &str, origin: &Origin) -> Result<Caller, KeyRefusal> {
        self.services.token_resolve(token, origin).await.unwrap()
    }
}

#[test]
fn the_operator_makes_a_key_that_acts_with_its_role() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let new = world.services.operator().api_key_create(admin.partner.into(), "Terraform", "Technician").await.unwrap();
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        assert!(plain(&new.key) && plain(&new.secret) && (new.key.len(), new.secret.len()) == (32, 64), "{}", new.key);
        assert!(!format!("{new:?}").contains(&new.secret), "a secret doesn't show itself");
        let kept = world.rows("SELECT secret_hash FROM api_keys").await;
        assert_ne!(kept[0].get::<&str, _>(0), new.secret, "only a hash is kept");

        let here = at("192.0.2.1");
        let token = world.token(&new, &here).await.unwrap();
        let caller = world.by_token(&token, &here).await.unwrap();
        assert_eq!((caller.user.login.as_str(), caller.partner, caller.session.as_deref()), ("api-key Terraform", admin.partner, None));
        assert_eq!(caller.can(Permission::ClientView, Scope::Visible), Ok(()));
        assert!(caller.can(Permission::ClientManage, Scope::Visible).is_err());
        assert_eq!(world.services.user_list(&admin, &UserQuery::default()).await.unwrap().rows.len(), 1, "a key is no person");
        assert_eq!(refusal(world.services.user_get(&admin, caller.user.id).await), Error::NotFound);

        let role = refusal(world.services.operator().api_key_create(admin.partner.into(), "Other", "King").await);
        assert_eq!(role, Error::invalid("role", "There is no role “King” for the partner's users."));
        let taken = refusal(world.services.operator().api_key_create(admin.partner.into(), "TERRAFORM", "Technician").await);
        assert_eq!(taken, Error::invalid("name", "Another API key has this name already."));
        assert_eq!(refusal(world.services.operator().api_key_create("msp_9".parse().unwrap(), "X", "Technician").await), Error::NotFound);
        let client = world.client(&admin, "LeoArt Lab").await;
        let new = world.services.operator().api_key_create(client.into(), "Terraform", "Customer").await.unwrap();
        let token = world.token(&new, &here).await.unwrap();
        assert_eq!(world.by_token(&token, &here).await.unwrap().client, Some(client));
    });
}

#[test]
fn every_refusal_has_its_reason_but_only_for_who_has_the_secret() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let here = at("192.0.2.1");
        let draft = ApiKeyDraft {
            allowed_ips: Some("192.0.2.*".into()),
            expires: Some("2026-11-30".into()),
            ..world.key_draft(&admin, "Script", "Technician").await
        };
        let (key, new) = world.services.api_key_create(&admin, &draft).await.unwrap();
        let wrong = NewApiKey { secret: "x".repeat(64), ..new.clone() };
        let unknown = NewApiKey { key: "x".repeat(32), ..new.clone() };
        let elsewhere = at("198.51.100.1");
        assert_eq!(world.token(&wrong, &elsewhere).await, Err(KeyRefusal::Unknown));
        assert_eq!(world.token(&unknown, &here).await, Err(KeyRefusal::Unknown));
        assert_eq!(world.token(&new, &elsewhere).await, Err(KeyRefusal::Address));
        let token = world.token(&new, &here).await.unwrap();
        assert!(world.by_token(&token, &here).await.is_ok());
        assert_eq!(world.by_token(&token, &elsewhere).await.unwrap_err(), KeyRefusal::Address);
        assert_eq!(world.by_token("nonsense", &here).await.unwrap_err(), KeyRefusal::Unknown);

        let settings =
            PartnerSettings { restrict_ips: true, allowed_ips: "127.0.0.1, 198.51.100.0/24".into(), version: 1, ..PartnerSettings::default() };
        let settings = world.services.partner_settings_update(&admin, settings).await.unwrap();
        assert_eq!(world.by_token(&token, &here).await.unwrap_err(), KeyRefusal::Address, "the tenant's own list holds too");
        world.services.partner_settings_update(&admin, PartnerSettings { restrict_ips: false, ..settings }).await.unwrap();

        world.clock.advance_seconds(7200);
        assert_eq!(world.by_token(&token, &here).await.unwrap_err(), KeyRefusal::TokenExpired);
        world.clock.advance_seconds(30 * 24 * 3600);
        assert_eq!(world.token(&new, &here).await, Err(KeyRefusal::KeyExpired));
        let admin = world.signed_in(&admin.user.login).await;
        let longer = ApiKeyDraft { expires: Some(String::new()), ..ApiKeyDraft::default() };
        world.services.api_key_update(&admin, key.id, None, &longer).await.unwrap();
        let token = world.token(&new, &here).await.unwrap();
        world.services.api_key_revoke(&admin, key.id).await.unwrap();
        assert_eq!(world.by_token(&token, &here).await.unwrap_err(), KeyRefusal::Unknown);
        assert_eq!(world.token(&new, &here).await, Err(KeyRefusal::Revoked));
        assert_eq!(Error::from(KeyRefusal::Revoked), Error::Unauthenticated);
        assert!(matches!(Error::from(KeyRefusal::Address), Error::Forbidden { .. }));
    });
}

#[test]
fn a_key_stops_with_its_client_and_with_who_made_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.services.client_create(&admin, ClientDraft { ..client_draft("LeoArt Lab") }).await.unwrap();
        let maker = world.registered(&admin, Some(client), "maker", &["Client Administrator"]).await.row.id;
        let caller = world.signed_in("maker").await;
        let (_, new) = world.services.api_key_create(&caller, &world.key_draft(&admin, "Script", "Customer").await).await.unwrap();
        let here = at("192.0.2.1");
        let token = world.token(&new, &here).await.unwrap();

        world.services.client_suspend(&admin, client).await.unwrap();
        assert_eq!(world.by_token(&token, &here).await.unwrap_err(), KeyRefusal::TenantInactive);
        assert_eq!(world.token(&new, &here).await, Err(KeyRefusal::TenantInactive));
        world.services.client_activate(&admin, client).await.unwrap();
        assert_eq!(world.by_token(&token, &here).await.unwrap_err(), KeyRefusal::TokenExpired, "a token of before doesn't come back");
        let token = world.token(&new, &here).await.unwrap();
        assert_eq!(world.services.user_usage(&admin, maker).await.unwrap().api_keys, 1);
        world.services.user_deactivate(&admin, maker, "").await.unwrap();
        assert_eq!(world.by_token(&token, &here).await.unwrap_err(), KeyRefusal::MakerInactive);
        assert_eq!(world.token(&new, &here).await, Err(KeyRefusal::MakerInactive));
    });
}

#[test]
fn most_uses_write_nothing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (key, new) = world.services.api_key_create(&admin, &world.key_draft(&admin, "Script", "Technician").await).await.unwrap();
        let here = at("192.0.2.1");
        let token = world.token(&new, &here).await.unwrap();
        let used = async || world.services.api_key_get(&admin, key.id).await.unwrap();
        let first = used().await.last_used.unwrap();
        world.clock.advance_seconds(59);
        world.by_token(&token, &at("192.0.2.2")).await.unwrap();
        assert_eq!(used().await.last_used, Some(first));
        world.clock.advance_seconds(1);
        world.by_token(&token, &at("192.0.2.2")).await.unwrap();
        assert_eq!((used().await.last_used, used().await.last_ip.as_str()), (Some(first.plus_seconds(60)), "192.0.2.2"));
    });
}

#[test]
fn keys_are_managed_by_those_who_may_and_give_no_more_than_they_have() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let of_client = world.caller(admin.partner, Some(client), "Client Administrator").await;
        let technician = world.caller(admin.partner, None, "Technician").await;
        let (key, _) = world.services.api_key_create(&admin, &world.key_draft(&admin, "Script", "Partner Administrator").await).await.unwrap();
        assert_eq!(key.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(), ["Partner Administrator"]);
        assert_eq!(key.created_by.as_ref().unwrap().id, admin.user.id);

        let customer = world.key_draft(&admin, "Other", "Customer").await;
        assert!(matches!(refusal(world.services.api_key_create(&technician, &customer).await), Error::Forbidden { .. }));
        let list = async |caller: &Caller| world.services.api_key_list(caller, &ApiKeyQuery::default()).await.unwrap().rows;
        assert_eq!(list(&technician).await, [], "who sees clients' users sees clients' keys, and of the partner's none");
        assert_eq!(refusal(world.services.api_key_get(&technician, key.id).await), Error::NotFound);
        let higher = world.key_draft(&admin, "Other", "Client Administrator with Client Details").await;
        assert!(matches!(refusal(world.services.api_key_create(&of_client, &higher).await), Error::Forbidden { .. }));
        let (own, _) = world.services.api_key_create(&of_client, &customer).await.unwrap();
        assert_eq!(own.client, Some(client));
        assert_eq!(refusal(world.services.api_key_get(&of_client, key.id).await), Error::NotFound);
        assert_eq!(refusal(world.services.api_key_revoke(&of_client, key.id).await), Error::NotFound);

        let named = |keys: Vec<domain::ApiKey>| keys.into_iter().map(|key| format!("{} of {}", key.name, key.organization)).collect::<Vec<_>>();
        assert_eq!(named(list(&admin).await), ["Other of LeoArt Lab", "Script of LeoArt Inc"]);
        assert_eq!(named(list(&technician).await), ["Other of LeoArt Lab"]);
        assert!(matches!(refusal(world.services.api_key_revoke(&technician, own.id).await), Error::Forbidden { .. }));
        let within = Caller { within: Some(client), ..admin.clone() };
        assert_eq!(list(&within).await.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), ["Other"]);

        let rename = ApiKeyDraft { name: Some("Renamed".into()), ..ApiKeyDraft::default() };
        let renamed = world.services.api_key_update(&admin, key.id, Some(key.version), &rename).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.version), ("Renamed", key.version + 1));
        assert!(matches!(refusal(world.services.api_key_update(&admin, key.id, Some(key.version), &rename).await), Error::Conflict { .. }));
        world.services.api_key_revoke(&admin, key.id).await.unwrap();
        assert_eq!(named(list(&admin).await), ["Other of LeoArt Lab"]);
        assert!(world.services.api_key_revoke(&admin, own.id).await.unwrap().revoked.is_some(), "a partner ends the keys of its clients");
        assert_eq!(list(&of_client).await, []);
        assert!(matches!(refusal(world.services.api_key_update(&admin, key.id, None, &rename).await), Error::Conflict { .. }));
        let again = world.key_draft(&admin, "Renamed", "Technician").await;
        assert!(world.services.api_key_create(&admin, &again).await.is_ok(), "the name of a revoked key is free");
    });
}

#[test]
fn who_does_not_see_keys_is_not_told_how_many_a_user_made() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let key = world.key_draft(&admin, "Key", "Auditor View").await;
        services.api_key_create(&admin, &key).await.unwrap();
        let bits = [Permission::ClientView, Permission::UserView].into_iter().collect();
        let set = PermissionSetDraft { name: "Users".into(), scope: "MSP".into(), permissions: bits, ..Default::default() };
        let set = services.permission_set_create(&admin, set).await.unwrap();
        let users = RoleDraft { permission_sets: exactly([set.id.as_str()]), all_clients: Some(true), ..role::draft("Users", "MSP") };
        services.role_create(&admin, users).await.unwrap();
        let blind = world.caller(admin.partner, None, "Users").await;
        for (caller, keys) in [(&admin, 1), (&blind, 0)] {
            assert_eq!(services.user_usage(caller, admin.user.id).await.unwrap().api_keys, keys);
        }
    });
}
