//! Devices: lists, changes, what of them is seen, and import.

use domain::{
    Caller, ClientId, CsvReading, Device, DeviceAttribute, DeviceDraft, DeviceFilter, DeviceKind, DeviceQuery, Direction, Error, ExistingDevices,
    InventoryUsage, NameSort, PageAt, RoleDraft, Slice, Total, UserFilter,
};
use sqlx::Row;

use crate::{
    client::fields,
    role::{self, add, exactly},
    support::{World, on_both_engines, refusal},
};

pub(crate) const SLICE: Slice = Slice { offset: 0, limit: 100, direction: Direction::Ascending, sort: NameSort::Name };

/// A device with a host name and a type.
pub(crate) fn draft(host_name: &str, resource_type: &str) -> DeviceDraft {
    DeviceDraft { host_name: Some(host_name.to_owned()), resource_type: Some(resource_type.to_owned()), ..DeviceDraft::default() }
}

pub(crate) async fn device(world: &World, admin: &Caller, client: ClientId, host_name: &str, resource_type: &str) -> Device {
    world.services.device_create(admin, Some(client), draft(host_name, resource_type)).await.unwrap()
}

async fn names(world: &World, caller: &Caller, query: &DeviceQuery) -> Vec<String> {
    world.services.device_list(caller, query).await.unwrap().rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn a_device_is_made_read_changed_and_deleted() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let client = world.client(&admin, "Lab").await;
        assert_eq!(fields(world.services.device_create(&admin, None, draft("", "")).await), ["client", "name"]);
        let made = device(&world, &admin, client, "HYDLPT159", "Laptop").await;
        assert_eq!((made.kind, made.client.name.as_str(), made.version), (DeviceKind::Desktop, "Lab", 1));
        let change = DeviceDraft { resource_type: Some("Switch".into()), tags: Some(vec!["core".into()]), ..Default::default() };
        world.clock.advance_seconds(60);
        let changed = world.services.device_update(&admin, &made.id, Some(1), change.clone()).await.unwrap();
        assert_eq!((changed.kind, changed.details.host_name.as_str(), changed.version), (DeviceKind::Network, "HYDLPT159", 2));
        assert!(changed.updated > made.updated && changed.created == made.created);
        let again = world.services.device_update(&admin, &made.id, None, change.clone()).await.unwrap();
        assert_eq!(again.version, 2, "nothing changed");
        let late = DeviceDraft { make: Some("Cisco".into()), ..Default::default() };
        assert!(matches!(refusal(world.services.device_update(&admin, &made.id, Some(1), late).await), Error::Conflict { .. }));
        assert_eq!(world.services.device_get(&admin, &made.id).await.unwrap(), changed);
        assert_eq!(world.services.device_usage(&admin, &made.id).await.unwrap(), InventoryUsage::default());
        world.services.device_delete(&admin, &made.id).await.unwrap();
        assert_eq!(refusal(world.services.device_get(&admin, &made.id).await), Error::NotFound);
        let audit = world.audit().await;
        for action in ["create", "update", "delete"] {
            assert!(audit.contains(&format!("device.{action} {} partner.administrator", made.id)), "{action}: {audit:?}");
        }
    });
}

#[test]
fn lists_search_filter_page_and_count() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        for (client, host, kind) in [(lab, "pc-b", "Desktop"), (corp, "pc-a", "Desktop"), (lab, "srv", "Linux"), (corp, "sw", "Switch")] {
            device(&world, &admin, client, host, kind).await;
        }
        let all = DeviceQuery::default();
        assert_eq!(names(&world, &admin, &all).await, ["pc-a", "pc-b", "srv", "sw"]);
        assert_eq!(names(&world, &admin, &DeviceQuery { search: "PC".into(), ..all.clone() }).await, ["pc-a", "pc-b"]);
        assert_eq!(names(&world, &admin, &DeviceQuery::from_address("filter=server")).await, ["srv"]);
        let page = world.services.device_list(&admin, &DeviceQuery { at: PageAt::After("pc-b".into(), 1), ..all.clone() }).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (2, Total::Exactly(4)));
        let counts = world.services.device_counts(&admin).await.unwrap();
        assert_eq!(counts.into_iter().map(|(_, count)| count).collect::<Vec<_>>(), [2, 1, 1, 0]);

        let search = async |filter: DeviceFilter| {
            let found = world.services.device_search(&admin, &filter, Slice { limit: 1, ..SLICE }).await.unwrap();
            (found.rows[0].details.host_name.clone(), found.total)
        };
        assert_eq!(search(DeviceFilter::default()).await, ("pc-a".into(), 4));
        assert_eq!(search(DeviceFilter { client: Some(lab), ..Default::default() }).await, ("pc-b".into(), 2));
        assert_eq!(search(DeviceFilter { host_name: "SRV".into(), ..Default::default() }).await, ("srv".into(), 1));
        assert_eq!(search(DeviceFilter { resource_type: "switch".into(), kind: Some(DeviceKind::Network), ..Default::default() }).await.1, 1);

        let within = Caller { within: Some(corp), ..admin.clone() };
        assert_eq!(names(&world, &within, &all).await, ["pc-a", "sw"]);
        let customer = world.caller(partner, Some(lab), "Customer").await;
        assert_eq!(names(&world, &customer, &all).await, ["pc-b", "srv"]);
    });
}

#[test]
fn a_role_that_lists_devices_sees_these_alone() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let lab = world.client(&admin, "Lab").await;
        let [one, two, three] = ["one", "two", "three"].map(|name| name.to_owned());
        let one = device(&world, &admin, lab, &one, "Linux").await;
        let two = device(&world, &admin, lab, &two, "Linux").await;
        let three = device(&world, &admin, lab, &three, "Linux").await;
        let group = world.services.device_group_create(&admin, Some(lab), crate::device_group::draft("Some")).await.unwrap();
        world.services.device_group_devices_add(&admin, &group.id, &[two.id.clone(), one.id.clone()]).await.unwrap();
        let lists = RoleDraft {
            permission_sets: exactly(["12"]),
            all_clients: Some(true),
            devices: exactly([one.id.as_str()]),
            ..role::draft("Lists one", "MSP")
        };
        let lists = world.services.role_create(&admin, lists).await.unwrap();
        let technician = world.caller(partner, None, "Lists one").await;
        assert_eq!(names(&world, &technician, &DeviceQuery::default()).await, ["one"]);
        assert_eq!(refusal(world.services.device_get(&technician, &two.id).await), Error::NotFound);
        assert_eq!(refusal(world.services.device_update(&technician, &three.id, None, draft("x", "")).await), Error::NotFound);
        assert!(matches!(refusal(world.services.device_create(&technician, Some(lab), draft("new", "")).await), Error::Forbidden { .. }));
        let seen = world.services.device_group_get(&technician, &group.id).await.unwrap();
        assert_eq!(seen.devices, Total::Exactly(1), "members are seen as devices are");

        let more = RoleDraft { device_groups: add(&group.id), ..RoleDraft::default() };
        world.services.role_update(&admin, &lists.id, None, more).await.unwrap();
        let technician = world.signed_in("lists.one").await;
        assert_eq!(names(&world, &technician, &DeviceQuery::default()).await, ["one", "two"]);
        let usage = world.services.device_usage(&admin, &one.id).await.unwrap();
        assert_eq!(usage, InventoryUsage { roles: 1, device_groups: 1, devices: 0 });
        let usage = world.services.device_usage(&technician, &one.id).await.unwrap();
        assert_eq!(usage, InventoryUsage { roles: 0, device_groups: 1, devices: 0 }, "who sees no roles isn't told how many there are");
        assert_eq!(world.services.device_get(&technician, &two.id).await.unwrap().groups[0].name, "Some");
        world.services.device_delete(&technician, &one.id).await.unwrap();
        for table in ["role_devices", "device_group_devices WHERE device_id NOT IN (SELECT id FROM devices)"] {
            assert!(world.rows(&format!("SELECT device_id FROM {table}")).await.is_empty(), "{table}");
        }
    });
}

#[test]
fn foreign_clients_devices_do_not_exist() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let there = device(&world, &admin, corp, "srv", "Linux").await;
        let mine = world.caller(partner, Some(lab), "Client Administrator").await;
        let other = world.services.operator().partner_create("Other").await.unwrap();
        world.user_named(other, None, "Partner Administrator", "foreign").await;
        let foreign = world.signed_in("foreign").await;
        for caller in [&mine, &foreign] {
            assert_eq!(refusal(world.services.device_get(caller, &there.id).await), Error::NotFound);
            assert_eq!(refusal(world.services.device_update(caller, &there.id, None, draft("x", "")).await), Error::NotFound);
            assert_eq!(refusal(world.services.device_delete(caller, &there.id).await), Error::NotFound);
            assert_eq!(refusal(world.services.device_create(caller, Some(corp), draft("x", "")).await), Error::NotFound);
            assert!(names(&world, caller, &DeviceQuery::default()).await.is_empty());
        }
        world.caller(partner, Some(corp), "Customer").await;
        let customer = world.signed_in("customer").await;
        assert!(matches!(refusal(world.services.device_delete(&customer, &there.id).await), Error::Forbidden { .. }));
        assert_eq!(world.rows("SELECT id FROM devices").await.len(), 1);
    });
}

#[test]
fn a_file_is_imported_whole_or_not_at_all() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let lab = world.client(&admin, "LeoArt Lab").await;
        for name in ["Twin", "Twin"] {
            world.client(&admin, name).await;
        }
        let wrong =
            "client,host name,ip address,type\nclient_1,a,10.1.2,Linux\nleoart lab,,,\nTwin,b,,\nNobody,c,,\n,d,,\nLeoArt Lab,e,10.1.2.3,Switch\n";
        let mut writing = world.connection().await;
        sqlx::raw_sql(if world.is_sqlite() { "BEGIN IMMEDIATE" } else { "BEGIN" }).execute(&mut writing).await.unwrap();
        let preview =
            world.services.device_import_preview(&admin, wrong.as_bytes(), CsvReading::default()).await.expect("it waits for nobody who writes");
        sqlx::raw_sql("ROLLBACK").execute(&mut writing).await.unwrap();
        let faults: Vec<_> = preview.rows.iter().map(|row| (row.line, row.faults.first().map(|fault| fault.field.as_str()))).collect();
        assert_eq!(faults, [(2, Some("ip_address")), (3, Some("name")), (4, Some("client")), (5, Some("client")), (6, Some("client")), (7, None)]);
        assert_eq!(preview.rows[5].client_id, Some(lab));
        let refused = fields(world.services.device_import(&admin, wrong.as_bytes(), CsvReading::default(), ExistingDevices::Skip).await);
        assert_eq!(refused, ["rows.2.ip_address", "rows.3.name", "rows.4.client", "rows.5.client", "rows.6.client"]);
        assert!(world.rows("SELECT id FROM devices").await.is_empty(), "nothing is half imported");

        let mut right = "Client;Host name;Type\n".to_owned();
        for number in 0..300 {
            right += &format!("client_1;pc-{number:03};Desktop\n");
        }
        assert_eq!(world.services.device_import(&admin, right.as_bytes(), CsvReading::default(), ExistingDevices::Skip).await.unwrap().added, 300);
        let page = world.services.device_list(&admin, &DeviceQuery::default()).await.unwrap();
        assert_eq!((page.total, page.rows[24].name.as_str()), (Total::Exactly(300), "pc-024"));
        let record = world.rows("SELECT changes FROM audit_records WHERE action = 'device.import'").await;
        assert!(record[0].get::<&str, _>(0).contains("300"));

        let nowhere = world.services.device_import_preview(&admin, b"name\nx\ny\n", CsvReading::default()).await.unwrap();
        assert_eq!((nowhere.faults.len(), nowhere.rows.len()), (1, 0), "no client anywhere is one fault");
        let of_lab = world.caller(partner, Some(lab), "Client Administrator").await;
        assert_eq!(
            world.services.device_import(&of_lab, b"name\nmine\n", CsvReading::default(), ExistingDevices::Skip).await.unwrap().added,
            1,
            "the own client needn't be named"
        );
        assert_eq!(
            fields(world.services.device_import(&of_lab, b"name,client\nx,client_2\n", CsvReading::default(), ExistingDevices::Skip).await),
            ["rows.2.client"]
        );
        let customer = world.caller(partner, Some(lab), "Customer").await;
        assert!(matches!(
            refusal(world.services.device_import_preview(&customer, b"name\nx\n", CsvReading::default()).await),
            Error::Forbidden { .. }
        ));
    });
}

#[test]
fn a_row_changes_what_it_says_and_leaves_the_rest() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let lab = world.client(&admin, "Lab").await;
        let services = &world.services;
        let switches = domain::DeviceGroupDraft { search_query: Some("resourceType = Switch".into()), ..crate::device_group::draft("Switches") };
        let switches = services.device_group_create(&admin, Some(lab), switches).await.unwrap();
        let first = b"client,name,ip address,serial number,tags,type\nclient_1,core,10.1.2.3,A1,critical,Server\n";
        services.device_import(&admin, first, CsvReading::default(), ExistingDevices::Skip).await.unwrap();
        let replace = async |file: &str| {
            let done = services.device_import(&admin, file.as_bytes(), CsvReading::default(), ExistingDevices::Replace).await.unwrap();
            (done.added, done.replaced)
        };
        assert_eq!(replace("client,name,ip address,serial number,tags,type\nclient_1,,10.1.2.3,,,Switch\n").await, (0, 1));
        let devices = services.device_search(&admin, &DeviceFilter::default(), SLICE).await.unwrap().rows;
        let [device] = &devices[..] else { panic!("{devices:?}") };
        let details = &device.details;
        assert_eq!((details.name.as_str(), details.serial_number.as_str(), details.resource_type.as_str()), ("core", "A1", "Switch"));
        assert_eq!(details.tags, ["critical"], "an empty cell erases nothing");
        assert_eq!(services.device_group_get(&admin, &switches.id).await.unwrap().devices, Total::Exactly(1), "it is a switch now");

        let other = "client,name,ip address,serial number\nclient_1,core,10.1.2.3,B2\n";
        assert_eq!(replace(other).await, (1, 0), "another serial number is another device");
        assert_eq!(replace(other).await, (0, 1), "and found again by it");
        assert_eq!(replace("client,name,serial number,make\nclient_1,core,a1,Cisco\n").await, (0, 1));
        let found = services.device_get(&admin, &device.id).await.unwrap();
        assert_eq!((found.details.make.as_str(), found.version), ("Cisco", 3));

        replace("client,name\nclient_1,edge\n").await;
        let twins = "client,name,serial number\nclient_1,edge,C3\nclient_1,edge,D4\n";
        assert_eq!(replace(twins).await, (1, 1), "of two rows with its name, one is the device without a serial number");
    });
}

#[test]
fn what_is_searched_for_has_its_limits() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Lab").await;
        let made = device(&world, &admin, client, "here", "Linux").await;
        let search = async |attribute, values: Vec<String>| {
            let filter = DeviceFilter { attributes: vec![(attribute, values)], ..DeviceFilter::default() };
            world.services.device_search(&admin, &filter, SLICE).await
        };
        let many = |last: &str, count: usize| (1..count).map(|at| format!("x{at}")).chain([last.to_owned()]).collect::<Vec<_>>();
        assert_eq!(search(DeviceAttribute::Id, many(made.id.as_str(), 1000)).await.unwrap().total, 1);
        assert_eq!(search(DeviceAttribute::HostName, many("HERE", 200)).await.unwrap().total, 1);
        assert_eq!(fields(search(DeviceAttribute::Id, many("x", 1001)).await), ["id"]);
        assert_eq!(fields(search(DeviceAttribute::Make, many("x", 201)).await), ["make"]);
        assert_eq!(fields(search(DeviceAttribute::Make, vec!["x".repeat(501)]).await), ["make"]);

        let long = "%".repeat(60_000);
        let query = DeviceQuery { search: long.clone(), ..DeviceQuery::default() };
        assert_eq!(names(&world, &admin, &query).await, Vec::<String>::new());
        assert_eq!(world.services.user_list(&admin, &query.with_filter(UserFilter::CURRENT)).await.unwrap().rows.len(), 0);
        let clients = domain::ClientQuery {
            search: long.clone(),
            ..domain::ClientQuery::filtered(domain::ClientFilter { name: long.clone(), ..domain::ClientFilter::default() })
        };
        assert_eq!(world.services.client_list(&admin, &clients).await.unwrap().rows.len(), 0);
        let filter = DeviceFilter { name: long.clone(), host_name: long.clone(), ip_address: long, ..DeviceFilter::default() };
        assert_eq!(world.services.device_search(&admin, &filter, SLICE).await.unwrap().total, 0);
    });
}
