//! Thousands and millions of users, devices and roles, for load tests.

use domain::{ClientId, RoleId, RoleList, RoleScope, RoleSummary, UserProfile};

use super::{
    device,
    dice::Dice,
    words::{GIVEN, SURNAMES},
};
use crate::{
    Fault, Operator, Result,
    kernel::{Tx, authz::NO_PARTNER},
};

/// Rows per transaction.
const BATCH: u64 = 20_000;

impl Operator<'_> {
    /// Adds `count` devices to the first partner's clients, which must exist, or to one of them. Calls `progress` with the number so far.
    ///
    /// # Errors
    /// `Conflict` if there are no clients, or not that one.
    pub async fn seed_devices(&self, count: u64, only: Option<ClientId>, mut progress: impl FnMut(u64)) -> Result<()> {
        let (partner, mut clients) = self.seed_ground().await?;
        clients.retain(|client| only.is_none_or(|only| only == *client));
        if clients.is_empty() {
            return Err(no_client());
        }
        for (done, batch) in batches(count) {
            let mut tx = self.0.command("devices for load tests", partner).await?;
            let first = tx.next_numbers("device", batch).await?;
            let devices: Result<Vec<_>> = (first..first + batch).map(|number| device::imagined(number, pick(number, &clients), tx.now)).collect();
            tx.devices_insert(&devices?).await?;
            tx.commit().await?;
            progress(done);
        }
        Ok(())
    }

    /// Adds `count` users, a fifth of them the partner's, the others its clients'. They have no password and can't sign in.
    ///
    /// # Errors
    /// As [`Operator::seed_devices`].
    pub async fn seed_users(&self, count: u64, mut progress: impl FnMut(u64)) -> Result<()> {
        let (partner, clients) = self.seed_ground().await?;
        for (done, batch) in batches(count) {
            let mut tx = self.0.command("users for load tests", partner).await?;
            let (of_partner, of_client) = (role(&mut tx, "Technician", RoleScope::Msp).await?, role(&mut tx, "Customer", RoleScope::Client).await?);
            for _ in 0..batch {
                let number = tx.next_number("load_user").await?;
                let mut dice = Dice::of(number + 4_000_000_007);
                let client = (!dice.percent(20)).then(|| pick(number, &clients));
                let login = format!("user{number}@load.example");
                let (first_name, last_name) = (dice.pick(GIVEN).to_owned(), dice.pick(SURNAMES).to_owned());
                let profile = UserProfile { first_name, last_name, email: login.clone(), login, ..UserProfile::default() };
                let id = self.0.user_write(&mut tx, client, &profile, "").await?;
                tx.role_user_insert(if client.is_some() { of_client } else { of_partner }, id).await?;
            }
            tx.commit().await?;
            progress(done);
        }
        Ok(())
    }

    /// Adds `count` partner roles, each with up to 200 clients, some users and some devices.
    ///
    /// # Errors
    /// As [`Operator::seed_devices`].
    pub async fn seed_roles(&self, count: u64, mut progress: impl FnMut(u64)) -> Result<()> {
        let (partner, clients) = self.seed_ground().await?;
        let mut tx = self.0.command("roles for load tests", partner).await?;
        let technician = role(&mut tx, "Technician", RoleScope::Msp).await?;
        let set = tx.permission_set_of_role(technician).await?;
        let users = tx.user_numbers_of_partner(10_000).await?;
        for done in 1..=count {
            let number = tx.next_number("role").await?;
            let mut dice = Dice::of(number + 5_000_000_029);
            let role = RoleSummary {
                id: RoleId::of_uuid(&dice.uuid()).map_err(|_| Fault::Failed("an imagined id is wrong".to_owned()))?,
                number,
                client: None,
                name: format!("Technicians {number:05}"),
                description: "For load tests".to_owned(),
                scope: RoleScope::Msp,
                is_default: false,
                all_clients: false,
                all_devices: dice.percent(50),
                all_credentials: dice.percent(50),
                created: tx.now,
                updated: tx.now,
                version: 1,
            };
            tx.role_insert(&role).await?;
            tx.role_list_insert(number, RoleList::PermissionSets, &[set]).await?;
            let clients = some(&mut dice, &clients, 200);
            let clients: Vec<_> = clients.into_iter().map(ClientId::number).collect();
            tx.role_list_insert(number, RoleList::Clients, &clients).await?;
            tx.role_list_insert(number, RoleList::Users, &some(&mut dice, &users, 50)).await?;
            if !role.all_devices {
                let devices = tx.device_numbers_of(&clients, 20).await?;
                tx.role_list_insert(number, RoleList::Devices, &devices).await?;
            }
            if done.is_multiple_of(BATCH) || done == count {
                progress(done);
            }
        }
        tx.commit().await
    }

    /// The first partner and its clients, except terminated ones.
    async fn seed_ground(&self) -> Result<(domain::PartnerId, Vec<ClientId>)> {
        let mut tx = self.0.system_read("load tests start from existing clients", NO_PARTNER).await?;
        let partner = tx.partner_first().await?.ok_or_else(no_client)?;
        tx.enter(partner).await?;
        let clients = tx.client_numbers().await?;
        if clients.is_empty() { Err(no_client()) } else { Ok((partner, clients)) }
    }
}

fn no_client() -> Fault {
    domain::Error::conflict("There are no clients yet: seed them first.").into()
}

async fn role(tx: &mut Tx, name: &str, scope: RoleScope) -> Result<i64> {
    tx.role_by_name(name, scope).await?.ok_or_else(|| Fault::Failed(format!("there is no role {name}")))
}

/// For each batch: the total afterwards, and its size.
fn batches(count: u64) -> impl Iterator<Item = (u64, i64)> {
    (0..count.div_ceil(BATCH)).map(move |batch| {
        let (begin, end) = (batch * BATCH, count.min((batch + 1) * BATCH));
        (end, i64::try_from(end - begin).unwrap_or_default())
    })
}

/// The client of a number, always the same.
fn pick(number: i64, clients: &[ClientId]) -> ClientId {
    let at = Dice::of(number + 6_000_000_011).below(clients.len() as u64);
    usize::try_from(at).ok().and_then(|at| clients.get(at)).copied().unwrap_or(ClientId::new(0))
}

/// Up to `most` of them, without duplicates, in order.
fn some<T: Copy + Ord>(dice: &mut Dice, of: &[T], most: u64) -> Vec<T> {
    let mut some: Vec<T> =
        (0..1 + dice.below(most)).filter_map(|_| usize::try_from(dice.below(of.len() as u64)).ok().and_then(|at| of.get(at)).copied()).collect();
    some.sort_unstable();
    some.dedup();
    some
}
