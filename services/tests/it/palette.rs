//! The command palette: the lists' searches side by side, in the order of how well they fit, and nothing that the lists wouldn't show.

use domain::{Caller, PaletteHit, PaletteRank, PaletteTarget, Permission, RoleDraft};

use crate::{
    device,
    role::{self, exactly},
    support::{World, on_both_engines},
};

async fn found(world: &World, caller: &Caller, words: &str) -> Vec<String> {
    let hits = world.services.palette_search(caller, words).await.unwrap();
    hits.into_iter().map(|PaletteHit { target, name, .. }| format!("{} {name}", target.to_string().split('/').next().unwrap())).collect()
}

#[test]
fn what_fits_best_comes_first_whatever_it_is() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let mut clients = Vec::new();
        for name in ["Galileo", "Leo Group", "The Leo House", "Leo", "Acme"] {
            clients.push(world.client(&admin, name).await);
        }
        device::device(&world, &admin, clients[4], "leo-server", "Server").await;
        world.services.role_create(&admin, role::draft("Leo", "MSP")).await.unwrap();
        let all = found(&world, &admin, " LEO ").await;
        // The administrator is found by the e-mail address alone.
        assert_eq!(
            all,
            ["client Leo", "role Leo", "client Leo Group", "device leo-server", "client The Leo House", "client Galileo", "user Ada Lovelace"]
        );
        assert_eq!(found(&world, &admin, "le").await, ["client Leo", "client Leo Group"], "two letters begin the name of a client");
        assert_eq!(found(&world, &admin, &clients[4].to_string()).await, ["client Acme"], "by its unique id");
        assert_eq!(found(&world, &admin, "  ").await, Vec::<String>::new());
        assert_eq!(found(&world, &admin, "no such thing").await, Vec::<String>::new());
        let hits = world.services.palette_search(&admin, "acme").await.unwrap();
        let (_, may) = hits[0].client.unwrap();
        assert!(hits[0].rank == PaletteRank::Same && may.contains(Permission::ClientManage), "{hits:?}");
    });
}

#[test]
fn nobody_finds_more_than_they_see() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Leo Lab").await, world.client(&admin, "Leo Corp").await);
        let (mine, other) =
            (device::device(&world, &admin, lab, "leo-a", "Server").await, device::device(&world, &admin, corp, "leo-b", "Server").await);
        let customer = world.caller(admin.partner, Some(lab), "Client Administrator").await;
        let seen = found(&world, &customer, "leo").await;
        assert!(seen.contains(&"client Leo Lab".to_owned()) && seen.contains(&"device leo-a".to_owned()), "{seen:?}");
        assert!(!seen.iter().any(|hit| hit.ends_with("Leo Corp") || hit.ends_with("leo-b")), "{seen:?}");

        let empty = world.services.role_create(&admin, RoleDraft { permission_sets: exactly([]), ..role::draft("Nothing", "MSP") }).await.unwrap();
        let nobody = world.caller(admin.partner, None, "Nothing").await;
        assert_eq!(found(&world, &nobody, "leo").await, Vec::<String>::new());

        // What was opened once isn't seen for ever.
        let opened = [
            PaletteTarget::Device(other.id.clone()),
            PaletteTarget::Client(corp),
            PaletteTarget::Client(lab),
            PaletteTarget::User(customer.user.id),
            PaletteTarget::Role(empty.id.clone()),
            PaletteTarget::Device(mine.id.clone()),
        ];
        let recent = async |caller| {
            let hits = world.services.palette_recent(caller, &opened).await.unwrap();
            hits.into_iter().map(|hit| hit.name).collect::<Vec<_>>()
        };
        assert_eq!(recent(&admin).await, ["leo-b", "Leo Corp", "Leo Lab", "Ada Lovelace", "Nothing", "leo-a"]);
        assert_eq!(recent(&customer).await, ["Leo Lab", "Ada Lovelace", "leo-a"]);
        assert_eq!(recent(&nobody).await, Vec::<String>::new());
        world.services.device_delete(&admin, &mine.id).await.unwrap();
        assert_eq!(recent(&customer).await, ["Leo Lab", "Ada Lovelace"]);
    });
}
