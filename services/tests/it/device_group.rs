//! Device groups.

use domain::{
    Caller, ClientId, DeviceAttribute, DeviceDraft, DeviceFilter, DeviceGroupDraft, DeviceGroupQuery, DeviceId, Error, InventoryUsage, NameQuery,
    Total,
};
use services::DeviceGroupToSave;

use crate::{
    client::fields,
    device::{SLICE, device},
    support::{World, on_both_engines, refusal},
    text::start,
};

pub(crate) fn draft(name: &str) -> DeviceGroupDraft {
    DeviceGroupDraft { name: Some(name.to_owned()), ..DeviceGroupDraft::default() }
}

#[test]
fn a_group_is_made_filled_changed_and_deleted() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let (here, there) = (device(&world, &admin, lab, "here", "Linux").await, device(&world, &admin, corp, "there", "Linux").await);
        let services = &world.services;
        assert_eq!(fields(services.device_group_create(&admin, None, DeviceGroupDraft::default()).await), ["name"]);
        let own = services.device_group_create(&admin, None, draft("Night watch")).await.unwrap();
        assert_eq!(fields(services.device_group_create(&admin, None, draft("night  WATCH")).await), ["name"]);
        let of_lab = services.device_group_create(&admin, Some(lab), draft("Night watch")).await.unwrap();
        assert_eq!((own.client, of_lab.client.clone().unwrap().id), (None, lab), "another tenant, the same name");

        let both = [here.id.clone(), there.id.clone()];
        let filled = services.device_group_devices_add(&admin, &own.id, &both).await.unwrap();
        assert_eq!((filled.devices, filled.version), (Total::Exactly(2), 2));
        assert_eq!(services.device_group_devices_add(&admin, &own.id, &both).await.unwrap().devices, Total::Exactly(2), "again");
        assert_eq!(fields(services.device_group_devices_add(&admin, &of_lab.id, &both).await), ["devices.1"], "of another client");
        let nobody: DeviceId = "2912ca9f-5c62-451f-82a8-8c08ca9c9447".parse().unwrap();
        assert_eq!(fields(services.device_group_devices_add(&admin, &own.id, &[nobody]).await), ["devices.0"]);
        assert_eq!(services.device_group_get(&admin, &of_lab.id).await.unwrap().devices, Total::Exactly(0));

        let page = services.device_group_devices(&admin, &own.id, &NameQuery { search: "her".into(), ..NameQuery::default() }).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["here", "there"]);
        assert_eq!(services.device_group_devices_search(&admin, &own.id, SLICE).await.unwrap().total, 2);
        let fewer = services.device_group_devices_remove(&admin, &own.id, &both[..1]).await.unwrap();
        assert_eq!(fewer.devices, Total::Exactly(1));
        assert_eq!(services.device_group_usage(&admin, &own.id).await.unwrap(), InventoryUsage { devices: 1, ..InventoryUsage::default() });

        let renamed = services.device_group_update(&admin, &own.id, None, draft("Day watch")).await.unwrap();
        let late = services.device_group_update(&admin, &own.id, Some(1), draft("Other")).await;
        assert!(matches!(refusal(late), Error::Conflict { .. }));
        assert_eq!(renamed.details.name, "Day watch");
        services.device_group_delete(&admin, &own.id).await.unwrap();
        assert_eq!(refusal(services.device_group_get(&admin, &own.id).await), Error::NotFound);
        assert_eq!(world.rows("SELECT id FROM devices").await.len(), 2, "the devices stay");
        assert!(world.rows("SELECT device_id FROM device_group_devices").await.is_empty());
    });
}

#[test]
fn a_group_and_its_devices_are_saved_together_or_not_at_all() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let (one, two) = (device(&world, &admin, lab, "one", "Linux").await, device(&world, &admin, lab, "two", "Linux").await);
        let foreign = device(&world, &admin, corp, "foreign", "Linux").await;
        let services = &world.services;
        let group = services.device_group_create(&admin, Some(lab), draft("Night watch")).await.unwrap();
        let edit = async |version, name: &str, add: &[DeviceId], remove: &[DeviceId]| {
            services.device_group_edit(&admin, &group.id, version, draft(name), add, remove).await
        };
        assert_eq!(fields(edit(1, "", &[one.id.clone(), foreign.id.clone()], &[]).await), ["name", "devices"], "every wrong field at once");
        assert_eq!(services.device_group_get(&admin, &group.id).await.unwrap(), group, "nothing changed");
        let saved = edit(1, "Day watch", &[one.id.clone(), two.id.clone()], &[]).await.unwrap();
        assert_eq!((saved.details.name.as_str(), saved.devices, saved.version), ("Day watch", Total::Exactly(2), 2));
        assert!(matches!(refusal(edit(1, "Late", &[], std::slice::from_ref(&one.id)).await), Error::Conflict { .. }));
        assert_eq!(edit(2, "Day watch", &[], &[]).await.unwrap().version, 2, "nothing to save");
        assert_eq!(edit(2, "Day watch", &[], &[one.id]).await.unwrap().devices, Total::Exactly(1));
        let record = world.rows("SELECT changes FROM audit_records WHERE action = 'device_group.update'").await;
        assert_eq!(record.len(), 2);
    });
}

#[test]
fn a_client_sees_its_own_groups_and_the_partner_all() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let own = world.services.device_group_create(&admin, None, draft("Partner's")).await.unwrap();
        for client in [lab, corp] {
            world.services.device_group_create(&admin, Some(client), draft(&format!("Of {client}"))).await.unwrap();
        }
        let names = async |caller: &Caller| {
            let found = world.services.device_group_search(caller, "", SLICE).await.unwrap();
            let listed = world.services.device_group_list(caller, &DeviceGroupQuery::default()).await.unwrap();
            assert_eq!(found.rows, listed.rows);
            found.rows.into_iter().map(|group| group.details.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&admin).await, ["Of client_1", "Of client_2", "Partner's"]);
        assert_eq!(names(&Caller { within: Some(corp), ..admin.clone() }).await, ["Of client_2"]);
        let mine = world.caller(partner, Some(lab), "Client Administrator").await;
        assert_eq!(names(&mine).await, ["Of client_1"]);
        assert_eq!(refusal(world.services.device_group_delete(&mine, &own.id).await), Error::NotFound);
        let made = world.services.device_group_create(&mine, None, draft("Mine")).await.unwrap();
        assert_eq!(made.client.unwrap().id, lab);
        let viewer = world.caller(partner, None, "Auditor View").await;
        assert!(matches!(refusal(world.services.device_group_delete(&viewer, &own.id).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(world.services.device_group_create(&viewer, None, draft("x")).await), Error::Forbidden { .. }));
    });
}

#[test]
fn several_groups_are_saved_or_none() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let services = &world.services;
        let new = |name: &str, client: Option<ClientId>| DeviceGroupToSave { client, draft: draft(name), ..DeviceGroupToSave::default() };
        let saved = services.device_group_save(&admin, vec![new("Ours", None), new("Of Lab", Some(lab))]).await.unwrap();
        let owners: Vec<_> = saved.iter().map(|group| group.client.as_ref().map(|client| client.id)).collect();
        assert_eq!(owners, [None, Some(lab)]);

        let old = |name: &str| DeviceGroupToSave { id: Some(saved[0].id.to_string()), draft: draft(name), ..DeviceGroupToSave::default() };
        let nowhere = DeviceGroupToSave { id: Some("DGP-1".into()), ..new("x", None) };
        let names = async |caller: &Caller| -> Vec<String> {
            services.device_group_names(caller).await.unwrap().into_iter().map(|group| group.name).collect()
        };
        let wrong = vec![old("Renamed"), new("", None), nowhere, new("y", Some(ClientId::new(99))), old("Again")];
        assert_eq!(fields(services.device_group_save(&admin, wrong).await), ["1.name", "2.id", "3.client", "4.id"]);
        assert_eq!(fields(services.device_group_save(&admin, vec![old("Renamed"), new("of lab", Some(lab))]).await), ["1.name"], "taken");
        assert_eq!(names(&admin).await, ["Of Lab", "Ours"], "all or none");
        assert_eq!(services.device_group_save(&admin, vec![old("Renamed")]).await.unwrap()[0].details.name, "Renamed");

        let mine = world.caller(partner, Some(lab), "Client Administrator").await;
        assert_eq!(fields(services.device_group_save(&mine, vec![old("Stolen"), new("x", Some(corp))]).await), ["0.id", "1.client"]);
        assert_eq!(services.device_group_save(&mine, vec![new("Mine", None)]).await.unwrap()[0].client.as_ref().unwrap().id, lab);
        let viewer = world.caller(partner, None, "Auditor View").await;
        assert!(matches!(refusal(services.device_group_save(&viewer, vec![old("x")]).await), Error::Forbidden { .. }));
        assert_eq!(names(&mine).await, ["Mine", "Of Lab"]);
    });
}

/// A device whose names and make have letters beyond ASCII, and a group with a query.
async fn munich(world: &World, admin: &Caller) -> ClientId {
    let lab = world.client(admin, "Lab").await;
    let text = |text: &str| Some(text.to_owned());
    let device = DeviceDraft {
        name: text("MÜNCHEN"),
        host_name: text("MÜNCHEN-1"),
        resource_type: text("Gerät"),
        make: text("MÜNCHEN"),
        serial_number: text("ABC-7"),
        ..DeviceDraft::default()
    };
    world.services.device_create(admin, Some(lab), device).await.unwrap();
    lab
}

#[test]
fn a_query_means_the_same_on_both_engines_whatever_the_letters() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let lab = munich(&world, &admin).await;
        let cases = [
            (r#"name = "münchen""#, 1),
            (r#"name = "munchen""#, 1),
            (r#"name != "münchen""#, 0),
            (r#"name CONTAINS "ÜNCH""#, 1),
            (r#"hostName STARTS WITH "münchen""#, 1),
            (r#"hostName = "münchen""#, 0),
            (r#"resourceType = "GERÄT""#, 1),
            (r#"serialNumber = "abc-7""#, 1),
            (r#"make = "MÜNCHEN""#, 1),
            (r#"make = "mÜnchen""#, 1),
            (r#"make = "münchen""#, 0),
            (r#"make != "münchen""#, 1),
            (r#"make CONTAINS "ünch""#, 0),
            (r#"make CONTAINS "Ünch""#, 1),
        ];
        for (at, (query, members)) in cases.into_iter().enumerate() {
            let group = DeviceGroupDraft { search_query: Some(query.to_owned()), ..draft(&format!("Group {at}")) };
            let group = world.services.device_group_create(&admin, Some(lab), group).await.unwrap();
            assert_eq!(group.devices, Total::Exactly(members), "{query}");
        }
        for (attribute, value, found) in [
            (DeviceAttribute::Name, "münchen", 1),
            (DeviceAttribute::HostName, "münchen", 1),
            (DeviceAttribute::ResourceType, "gerät", 1),
            (DeviceAttribute::Make, "mÜnch", 1),
            (DeviceAttribute::Make, "münch", 0),
        ] {
            let filter = DeviceFilter { attributes: vec![(attribute, vec![value.to_owned(), "other".to_owned()])], ..DeviceFilter::default() };
            assert_eq!(world.services.device_search(&admin, &filter, SLICE).await.unwrap().total, found, "{attribute:?} {value}");
        }
    });
}

#[test]
fn only_so_many_groups_of_a_client_have_a_query() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let query = |name: &str| DeviceGroupDraft { search_query: Some("state = active".to_owned()), ..draft(name) };
        let mut last = None;
        for at in 0..200 {
            last = Some(world.services.device_group_create(&admin, Some(lab), query(&format!("Group {at}"))).await.unwrap());
        }
        let by_hand = world.services.device_group_create(&admin, Some(lab), draft("By hand")).await.unwrap();
        assert_eq!(fields(world.services.device_group_create(&admin, Some(lab), query("More")).await), ["search_query"]);
        assert_eq!(fields(world.services.device_group_update(&admin, &by_hand.id, None, query("By hand")).await), ["search_query"]);
        let other = DeviceGroupDraft { search_query: Some("name = x".to_owned()), ..DeviceGroupDraft::default() };
        assert!(world.services.device_group_update(&admin, &last.unwrap().id, None, other).await.is_ok(), "one that has a query changes it");
        for place in [Some(corp), None] {
            assert!(world.services.device_group_create(&admin, place, query("Another's")).await.is_ok(), "{place:?}");
        }
    });
}

#[test]
fn a_device_is_written_without_reading_the_groups_of_other_clients() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let mut groups = Vec::new();
        for place in [None, Some(lab), Some(corp)] {
            let query = DeviceGroupDraft { search_query: Some("state = active".to_owned()), ..draft("Active") };
            groups.push(world.services.device_group_create(&admin, place, query).await.unwrap().id);
        }
        // A query that can't be read makes every write fail that reads it.
        world.execute("UPDATE device_groups SET search_query = '?' WHERE client_id = 2").await;
        device(&world, &admin, lab, "here", "Linux").await;
        for (id, members) in groups.iter().zip([1, 1, 0]) {
            assert_eq!(world.services.device_group_get(&admin, id).await.unwrap().devices, Total::Exactly(members));
        }
    });
}

#[test]
fn a_start_with_other_comparisons_sets_the_members_again() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let lab = munich(&world, &admin).await;
        let query = DeviceGroupDraft { search_query: Some("name = münchen".to_owned()), ..draft("Munich") };
        let group = world.services.device_group_create(&admin, Some(lab), query).await.unwrap();
        let by_hand = world.services.device_group_create(&admin, Some(lab), draft("By hand")).await.unwrap();
        world.execute("UPDATE device_group_devices SET device_group_id = (SELECT id FROM device_groups WHERE name = 'By hand')").await;
        start(&world).await;
        for id in [group.id, by_hand.id] {
            assert_eq!(world.services.device_group_get(&admin, &id).await.unwrap().devices, Total::Exactly(1));
        }
    });
}
