//! The demo: a partner, the two clients of the API's examples (docs/spec/rest-api.md, "Role examples"), some two hundred more, and a user for each
//! default role.

use domain::{Catalogues, ClientDraft, ClientId, ClientStatus, Error, ImageFormat, NetworkImageDraft, NewPassword, PartnerId, Timestamp};

use super::{client, drawing};
use crate::{
    Fault, NewUser, Operator, Result, Services,
    clients::image::encode,
    kernel::{Tx, password::Names},
};

/// The password of every demo user. It isn't secret: the demo prints it.
pub const DEMO_PASSWORD: &str = "Demo#2026";

const CLIENTS: i64 = 204;

/// Up to this number, clients have alternate access and providers.
const EQUIPPED: i64 = 24;

/// First name, last name, login, role, and whether it is a user of `client_8`.
const USERS: &[(&str, &str, &str, &str, bool)] = &[
    ("Lea", "Artis", "admin@leoart.example", "Partner Administrator", false),
    ("Viktor", "Arnold", "var.admin@leoart.example", "Var Administrator", false),
    ("Uma", "Vance", "var.user@leoart.example", "VAR User", false),
    ("Max", "Audley", "auditor.manage@leoart.example", "Auditor Manage", false),
    ("Vera", "Auden", "viewer@leoart.example", "Auditor View", false),
    ("Theo", "Nixon", "technician@leoart.example", "Technician", false),
    ("Dina", "Patch", "dispatcher@leoart.example", "Dispatcher", false),
    ("Cleo", "Stone", "client8.customer@leoart.example", "Customer", true),
    ("Aldo", "Lind", "client8.admin@leoart.example", "Client Administrator", true),
    ("Mina", "Lind", "client8.manager@leoart.example", "Client Administrator with Client Details", true),
];

impl Operator<'_> {
    /// Fills an empty database with demo data, all or nothing, and returns login and role of the users. Their password is [`DEMO_PASSWORD`].
    ///
    /// # Errors
    /// `Conflict` if there is data already.
    pub async fn seed_demo(&self) -> Result<Vec<(String, String)>> {
        let password = NewPassword::parse(DEMO_PASSWORD).map_err(Fault::Failed)?;
        // Hashed once for all users, because hashing is slow on purpose.
        let hash = self.0.password_hash(&password, &Names::default(), "password").await?;
        let mut tx = self.0.command("demo data", PartnerId::new(0)).await?;
        if tx.partner_first().await?.is_some() {
            let reason = "The database has data already: demo data is for an empty one.".to_owned();
            return Err(Error::conflict(reason).into());
        }
        let now = tx.now;
        self.0.partner_add(&mut tx, "LeoArt Inc").await?;
        let catalogues = tx.catalogue_list().await?;
        let mut living = Vec::new();
        for number in 1..=CLIENTS {
            if self.0.demo_client(&mut tx, number, now, &catalogues).await? != ClientStatus::Terminated {
                living.push(ClientId::new(number));
            }
        }
        tx.date(now)?;
        for (first_name, last_name, login, role, of_client) in USERS {
            let user = NewUser {
                partner: tx.partner,
                client: of_client.then(|| ClientId::new(8)),
                login: (*login).to_owned(),
                first_name: (*first_name).to_owned(),
                last_name: (*last_name).to_owned(),
                email: (*login).to_owned(),
                password: password.clone(),
                role: (*role).to_owned(),
            };
            self.0.user_add(&mut tx, &user, &hash).await?;
        }
        self.0.demo_directory(&mut tx, &living, &hash).await?;
        self.0.aws_demo(&mut tx).await?;
        tx.commit().await?;
        Ok(USERS.iter().map(|(_, _, login, role, _)| ((*login).to_owned(), (*role).to_owned())).collect())
    }
}

impl Services {
    /// Creates a client at its creation time, suspends or terminates it at its last change, and returns its status.
    async fn demo_client(&self, tx: &mut Tx, number: i64, now: Timestamp, catalogues: &Catalogues) -> Result<ClientStatus> {
        let place = u64::try_from(number - 1).unwrap_or_default();
        let client::Imagined { mut draft, mut status, created, updated } =
            client::Imagined::new(number, place, CLIENTS.unsigned_abs(), now, catalogues);
        if let 8 | 9 = number {
            status = ClientStatus::Active;
            draft = leo_art(draft, number);
        }
        if number <= EQUIPPED && status != ClientStatus::Terminated {
            client::equip(&mut draft, number, catalogues);
        }
        tx.date(created)?;
        if number == 8 {
            draft.images = vec![self.demo_image(tx, "Head office", 3, 4).await?, self.demo_image(tx, "Data center", 5, 3).await?];
        }
        let id = self.client_make(tx, draft).await?;
        tx.date(updated)?;
        if status != ClientStatus::Active {
            tx.client_status_update(id, ClientStatus::Active, status).await?;
            let action = if status == ClientStatus::Suspended { "client.suspend" } else { "client.terminate" };
            let of = (status == ClientStatus::Suspended).then_some(id);
            self.audit(tx, action, id, of, &[]).await?;
        }
        if status == ClientStatus::Terminated {
            self.client_erase_at_once(tx, id).await?;
        }
        Ok(status)
    }

    async fn demo_image(&self, tx: &mut Tx, title: &str, switches: u32, machines: u32) -> Result<NetworkImageDraft> {
        let picture = encode(drawing::network(switches, machines), ImageFormat::Png)?;
        let (image, bytes) = self.image_of(picture)?;
        self.image_store(tx, &image, bytes).await?;
        Ok(NetworkImageDraft { id: image.id, title: title.to_owned() })
    }
}

/// The two clients of the API's examples.
fn leo_art(draft: ClientDraft, number: i64) -> ClientDraft {
    let (name, external_id) = if number == 8 { ("LeoArt Lab", "LEO-LAB") } else { ("LeoArt Corp.", "LEO-CORP") };
    ClientDraft {
        name: name.to_owned(),
        address: "2 Bush Street".to_owned(),
        city: "San Francisco".to_owned(),
        state: "CA".to_owned(),
        zip: "94104".to_owned(),
        country: "USA".to_owned(),
        time_zone: "America/Los_Angeles".to_owned(),
        external_id: external_id.to_owned(),
        restrict_ips: false,
        allowed_ips: String::new(),
        ..draft
    }
}
