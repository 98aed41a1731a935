//! The demo's accounts. They are invented, so AWS isn't asked: refreshing or checking one fails with AWS's reason.

use domain::{
    AwsAccess, AwsAccountDetails, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsAccountState, AwsPartition, AwsSignIn, AwsStatus, ClientId,
    JobId, RoleArn,
};

use super::store::Outcome;
use crate::{
    Fault, Result, Services,
    aws::calls::{AwsFault, Member},
    kernel::Tx,
};

/// The management account; its number is the first, so that its id is `aws_1`.
const MANAGEMENT: (&str, &str) = ("123456789012", "LeoArt Group");

/// Accounts by themselves. They come last.
const SINGLE: [(&str, &str); 2] = [("890123456789", "Workshop"), ("901234567890", "Archive")];

/// What the console knows of a member.
struct Known {
    number: &'static str,
    name: &'static str,
    status: AwsStatus,
    /// The client's number; 0 for none.
    client: i64,
    state: AwsAccountState,
}

const fn member(number: &'static str, name: &'static str, client: i64, state: AwsAccountState) -> Known {
    Known { number, name, status: AwsStatus::Active, client, state }
}

/// By number, in which order they get the ids `aws_2` to `aws_7`.
const MEMBERS: [Known; 6] = [
    member("234567890123", "Lab Sandbox", 8, AwsAccountState::Onboarded),
    member("345678901234", "Lab Staging", 8, AwsAccountState::Discovered),
    member("456789012345", "Corp Production", 9, AwsAccountState::Onboarded),
    member("567890123456", "Acquired Shop", 0, AwsAccountState::Pending),
    member("678901234567", "Data Lake", 0, AwsAccountState::Failed),
    Known { status: AwsStatus::Suspended, ..member("789012345678", "Old Website", 0, AwsAccountState::Discovered) },
];

impl Services {
    /// Adds a management account with members in every state, some of them of clients, and two accounts by themselves.
    pub(crate) async fn aws_demo(&self, tx: &mut Tx) -> Result<()> {
        let management = demo_own(tx, AwsAccountKind::Management, MANAGEMENT).await?;
        let mut members = Vec::new();
        for Known { number, name, status, .. } in &MEMBERS {
            let email = format!("{}@leoart.example", name.to_lowercase().replace(' ', "-"));
            members.push(Member { number: demo_number(number)?, name: (*name).to_owned(), email, status: Some(*status) });
        }
        tx.aws_listed_add(management, &members).await?;
        tx.aws_listed_merge(management).await?;
        for Known { number, client, state, .. } in &MEMBERS {
            let number = demo_number(number)?;
            let stored = tx.aws_account_by_number(&number).await?.ok_or_else(|| Fault::Failed(format!("no account {number}")))?;
            let id = stored.account.id;
            if *client != 0 {
                tx.aws_accounts_associate(&[id], Some(ClientId::new(*client))).await?;
            }
            if *state == AwsAccountState::Discovered {
                continue;
            }
            self.aws_external_id(tx, &number).await?;
            tx.aws_onboarding_begin(id, Some(AwsAccess::ReadOnly), "", JobId::new(0)).await?;
            let problem = match state {
                AwsAccountState::Pending => AwsFault::Denied { action: "sts:AssumeRole".to_owned() }.sentence(&number),
                AwsAccountState::Failed => AwsFault::Exists.sentence(&number),
                _ => String::new(),
            };
            let role = (*state == AwsAccountState::Onboarded).then(|| RoleArn::new(AwsPartition::Aws, number, "Tenantry"));
            let outcome = Outcome { state: Some(*state), problem, role, is_checked: true, ..Outcome::default() };
            tx.aws_account_settle(id, &outcome).await?;
        }
        for single in SINGLE {
            demo_own(tx, AwsAccountKind::Single, single).await?;
        }
        Ok(())
    }
}

/// An account at which the server signs in.
async fn demo_own(tx: &mut Tx, kind: AwsAccountKind, (number, name): (&str, &str)) -> Result<AwsAccountId> {
    let details = AwsAccountDetails { number: demo_number(number)?, name: name.to_owned(), sign_in: AwsSignIn::Server };
    tx.aws_account_insert(kind, &details).await
}

fn demo_number(number: &str) -> Result<AwsAccountNumber> {
    number.parse().map_err(Fault::Failed)
}
