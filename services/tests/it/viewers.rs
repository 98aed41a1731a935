//! Who sees a client, and by what.

use domain::{AccessRule, AccessThing, Caller, ClientId, ClientViewer, ClientViewerQuery, Error, OfClient, RoleDraft, Selection, UserGroupDraft};

use crate::{
    role::{draft, exactly},
    support::{World, on_both_engines, refusal},
};

async fn viewers(world: &World, caller: &Caller, client: ClientId, search: &str) -> Vec<ClientViewer> {
    let query = ClientViewerQuery { search: search.to_owned(), ..ClientViewerQuery::filtered(OfClient::of(client)) };
    world.services.client_viewers(caller, &query).await.unwrap().rows
}

fn logins(viewers: &[ClientViewer]) -> Vec<&str> {
    let mut logins: Vec<_> = viewers.iter().map(|viewer| viewer.user.login.as_str()).collect();
    logins.sort_unstable();
    logins
}

#[test]
fn whoever_sees_a_client_is_listed_with_the_roles_that_show_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let lists = |name: &str, client: ClientId| RoleDraft {
            permission_sets: exactly(["8"]),
            clients: exactly([&client.to_string()]),
            ..draft(name, "MSP")
        };
        let of_lab = services.role_create(&admin, lists("Lists Lab", lab)).await.unwrap();
        services.role_create(&admin, lists("Lists Corp", corp)).await.unwrap();
        let blind = RoleDraft { clients: exactly([&lab.to_string()]), ..draft("Blind", "MSP") };
        services.role_create(&admin, blind).await.unwrap();
        let people: [(&str, Option<ClientId>, &[&str]); 8] = [
            ("a.direct", None, &["Lists Lab"]),
            ("b.grouped", None, &[]),
            ("c.elsewhere", None, &["Lists Corp"]),
            ("d.blind", None, &["Blind"]),
            ("e.customer", Some(lab), &["Customer"]),
            ("f.roleless", Some(lab), &[]),
            ("g.stranger", Some(corp), &["Customer"]),
            ("h.gone", None, &["Lists Lab"]),
        ];
        for (login, client, roles) in people {
            world.registered(&admin, client, login, roles).await;
        }
        let night = world.group(&admin, None, "Night shift").await;
        let of_group = UserGroupDraft { roles: Some(Selection::Exactly(vec![of_lab.id.clone()])), ..UserGroupDraft::default() };
        services.user_group_update(&admin, &night.row.group.id, None, &of_group).await.unwrap();
        let grouped = world.user_id("b.grouped").await.parse().unwrap();
        services.user_group_users_add(&admin, &night.row.group.id, &[grouped]).await.unwrap();
        let gone = world.user_id("h.gone").await.parse().unwrap();
        services.user_deactivate(&admin, gone, "").await.unwrap();

        let seen = viewers(&world, &admin, lab, "").await;
        assert_eq!(logins(&seen), ["a.direct", "b.grouped", "e.customer", "partner.administrator"]);
        let by = |login: &str| {
            let viewer = seen.iter().find(|viewer| viewer.user.login == login).unwrap();
            viewer
                .sources
                .iter()
                .map(|source| (source.name.as_str(), source.rules[0].clone(), source.direct, source.groups.join(", ")))
                .collect::<Vec<_>>()
        };
        assert_eq!(by("a.direct"), [("Lists Lab", AccessRule::ListsClient, true, String::new())]);
        assert_eq!(by("b.grouped"), [("Lists Lab", AccessRule::ListsClient, false, "Night shift".to_owned())]);
        assert_eq!(by("e.customer"), [("Customer", AccessRule::OwnClient, true, String::new())]);
        assert_eq!(by("partner.administrator"), [("Partner Administrator", AccessRule::AllClients, true, String::new())]);
        assert_eq!(logins(&viewers(&world, &admin, lab, "grouped").await), ["b.grouped"]);

        // The list and the explanation are the same decision.
        for row in world.rows("SELECT id, login FROM users WHERE kind = 'person'").await {
            let (id, login): (i64, &str) = (sqlx::Row::get(&row, 0), sqlx::Row::get(&row, 1));
            let why = services.why_visible(&admin, domain::UserId::new(id), &AccessThing::Client(lab)).await.unwrap();
            assert_eq!(why.visible, logins(&seen).contains(&login), "{login}");
        }

        services.client_suspend(&admin, lab).await.unwrap();
        assert_eq!(
            logins(&viewers(&world, &admin, lab, "").await),
            ["a.direct", "b.grouped", "partner.administrator"],
            "a suspended client's users can't sign in"
        );
    });
}

#[test]
fn a_client_s_users_see_only_their_own_people_and_nobody_asks_about_what_they_can_t_see() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let manager = world.caller(admin.partner, Some(lab), "Client Administrator").await;
        world.registered(&admin, Some(lab), "customer", &["Customer"]).await;
        let seen = viewers(&world, &manager, lab, "").await;
        assert!(logins(&seen).iter().all(|login| *login != "partner.administrator") && logins(&seen).contains(&"customer"));
        let of = |client| ClientViewerQuery::filtered(OfClient::of(client));
        assert_eq!(refusal(world.services.client_viewers(&manager, &of(corp)).await), Error::NotFound);
        assert_eq!(refusal(world.services.client_viewers(&admin, &of(ClientId::new(99))).await), Error::NotFound);
        assert_eq!(refusal(world.services.client_viewers(&admin, &ClientViewerQuery::default()).await), Error::NotFound);
        let technician = world.caller(admin.partner, None, "Technician").await;
        assert!(matches!(refusal(world.services.client_viewers(&technician, &of(lab)).await), Error::Forbidden { .. }));
    });
}
