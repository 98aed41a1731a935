//! Making users.

use domain::{ClientId, Error, NewPassword, PartnerId};
use services::NewUser;

use crate::support::{PASSWORD, on_both_engines, refusal};

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
        let id = world.services.user_create(user(partner, None, "Ada@LeoArt.example", "Technician")).await.unwrap();
        assert_eq!(id.to_string(), "USR0000000001");
        let taken = world.services.user_create(user(partner, None, " ada@leoart.EXAMPLE", "Technician")).await;
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
            let refused = refusal(world.services.user_create(user(partner, client, "ada", role)).await);
            assert_eq!(refused, Error::invalid("role", sentence));
        }
        world.services.user_create(user(partner, Some(client), "ada", "Customer")).await.unwrap();
        let refused = refusal(world.services.user_create(user(partner, None, " ", "Technician")).await);
        assert_eq!(refused, Error::invalid("login", "Enter a login name."));
    });
}

#[test]
fn a_client_of_another_partner_is_not_found() {
    on_both_engines(async |world| {
        let (partner, other) = (world.partner().await, world.partner().await);
        let admin = world.caller(other, None, "Partner Administrator").await;
        let client = world.client(&admin, "LeoArt Lab").await;
        assert_eq!(refusal(world.services.user_create(user(partner, Some(client), "ada", "Customer")).await), Error::NotFound);
    });
}
