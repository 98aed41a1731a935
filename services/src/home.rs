//! The home page: figures of what the caller sees, and what they can go on with.

use domain::{Attention, Caller, ClientFilter, CountedList, DeviceFilter, DeviceKind, Home, Month, Permission, Scope, Total, api_key_permission};

use crate::{Result, Services, clients::draft, kernel::Tx};

impl Services {
    /// What the home page shows the caller: each figure is that of the list it leads to, and counts what that list would show.
    ///
    /// # Errors
    /// Only failures: what the caller can't see is missing.
    pub async fn home_get(&self, caller: &Caller) -> Result<Home> {
        let mut tx = self.authorize_self_read(caller).await?;
        let at = tx.now;
        let mut home = Home { at, drafts: draft::to_continue(&mut tx).await?, ..Home::default() };
        for attention in Attention::ALL {
            match attention_total(&mut tx, attention.list(at)).await? {
                Total::Exactly(0) => {}
                total => home.attention.push((*attention, total)),
            }
        }
        // A client's user has one client, of which there is nothing to count.
        if tx.only_client.is_none() && sees(&tx, Permission::ClientView)? {
            let months = if tx.sees_all_clients() { Month::of(tx.now).last(Home::MONTHS) } else { Vec::new() };
            let filters: Vec<_> =
                Home::STATUSES.map(ClientFilter::in_states).into_iter().chain(months.iter().copied().map(ClientFilter::created_in)).collect();
            let mut totals = tx.client_totals(&filters).await?.into_iter();
            home.clients = Home::STATUSES.into_iter().zip(totals.by_ref()).collect();
            home.created = months.into_iter().zip(totals).collect();
        }
        if sees(&tx, Permission::DeviceView)? {
            let filters: Vec<_> = DeviceKind::ALL.iter().copied().map(DeviceFilter::of_kind).collect();
            home.devices = DeviceKind::ALL.iter().copied().zip(tx.device_totals(&filters).await?).collect();
        }
        Ok(home)
    }
}

/// Whether the caller sees such things anywhere.
fn sees(tx: &Tx, permission: Permission) -> Result<bool> {
    Ok(tx.caller()?.can(permission, Scope::Visible).is_ok())
}

/// How many things there are of those that want attention; none for who can't see their list.
async fn attention_total(tx: &mut Tx, list: CountedList) -> Result<Total> {
    match list {
        CountedList::Jobs(query) => tx.job_total(query.filter).await,
        CountedList::Users(query) if sees(tx, Permission::UserView)? => tx.user_total(&query.filter).await,
        CountedList::ApiKeys(query) if sees_keys(tx)? => tx.api_key_total(query.filter).await,
        CountedList::Audit(query) if sees(tx, Permission::AuditView)? => tx.audit_total(&query.filter).await,
        CountedList::Clients(query) if tx.only_client.is_none() && sees(tx, Permission::ClientView)? => {
            tx.clients_found("", "", "", &query.filter).await?.total(tx).await
        }
        CountedList::Users(_) | CountedList::ApiKeys(_) | CountedList::Audit(_) | CountedList::Clients(_) => Ok(Total::Exactly(0)),
    }
}

/// Whether the caller sees API keys: the partner's, or a client's.
fn sees_keys(tx: &Tx) -> Result<bool> {
    let caller = tx.caller()?;
    let place = caller.place();
    Ok(caller.can(api_key_permission(place, false), place).is_ok() || sees(tx, Permission::UserView)?)
}
