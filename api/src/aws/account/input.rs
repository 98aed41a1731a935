//! AWS accounts, and what becomes of them, as it is sent (docs/spec/rest-api.md, "AWS account object").

use domain::{AwsAccount, AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsSignIn, ClientId, Error, OnboardingDraft, Violations};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reference::{AwsAccountById, account_ids};
use crate::{body::given, clients::client::reference::ClientOfThing, refusal::Refusal};

/// An account as it is sent: only what is given changes.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct AwsAccountInput {
    /// Twelve digits; spaces and hyphens don't count. Required for a new account. It can't be changed.
    #[schema(example = "0123-4567-8901")]
    #[serde(deserialize_with = "given")]
    account_id: Option<String>,
    /// Required for a new account.
    #[schema(example = "Production")]
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// `management` or `single`. Required for a new account. A single account is promoted by a call of its own.
    #[schema(example = "management")]
    #[serde(deserialize_with = "given")]
    kind: Option<String>,
    /// How the server signs in there; by its own identity, if nothing is said.
    #[serde(deserialize_with = "given")]
    sign_in: Option<SignIn>,
}

/// How the server signs in at an account.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SignIn {
    /// `server` for the server's own identity, `profile`, or `role`.
    #[schema(example = "server")]
    by: String,
    /// The profile's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    profile: String,
    /// The role, in the account itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    role_arn: String,
}

impl Default for SignIn {
    fn default() -> Self {
        Self::from(&AwsSignIn::Server)
    }
}

impl From<&AwsSignIn> for SignIn {
    fn from(sign_in: &AwsSignIn) -> Self {
        let (profile, role_arn) = match sign_in {
            AwsSignIn::Server => (String::new(), String::new()),
            AwsSignIn::Profile { name } => (name.clone(), String::new()),
            AwsSignIn::Role { arn } => (String::new(), arn.to_string()),
        };
        Self { by: sign_in.kind().key().to_owned(), profile, role_arn }
    }
}

impl AwsAccountInput {
    /// The account to add, and its kind; none unless that is `management` or `single`.
    pub(crate) fn new_account(self) -> (Option<AwsAccountKind>, AwsAccountDraft) {
        let kind = self.kind.as_deref().and_then(AwsAccountKind::from_key).filter(|kind| *kind != AwsAccountKind::Member);
        (kind, draft(self.account_id.unwrap_or_default(), self.name.unwrap_or_default(), self.sign_in.unwrap_or_default()))
    }

    /// An account with what is given.
    pub(crate) fn change(self, before: &AwsAccount) -> Result<AwsAccountDraft, Violations> {
        let mut violations = Violations::new();
        if let Some(number) = &self.account_id {
            let is_same = AwsAccountNumber::typed(number).is_ok_and(|number| number == before.number);
            violations.add_if(!is_same, "accountId", "The account ID can’t be changed: add the other account.");
        }
        let is_other = self.kind.is_some_and(|kind| kind != before.kind.key());
        violations.add_if(is_other, "kind", "The kind can’t be changed here. A single account is promoted by a call of its own.");
        let stored = before.sign_in.as_ref().map(SignIn::from);
        let sign_in = self.sign_in.or(stored).unwrap_or_default();
        violations.checked(draft(before.number.to_string(), self.name.unwrap_or_else(|| before.name.clone()), sign_in))
    }
}

fn draft(number: String, name: String, SignIn { by, profile, role_arn }: SignIn) -> AwsAccountDraft {
    AwsAccountDraft { number, name, sign_in: by, profile, role_arn }
}

/// Accounts, and the client to which they go.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct AssociationInput {
    /// The client.
    pub(crate) client: ClientOfThing,
    /// The accounts, at least one.
    #[schema(min_items = 1)]
    pub(crate) accounts: Vec<AwsAccountById>,
}

impl AssociationInput {
    /// The accounts and the client, or everything in the body that can't name one.
    pub(crate) fn read(self) -> Result<(Vec<AwsAccountId>, ClientId), Refusal> {
        let mut violations = Violations::new();
        let accounts = account_ids(&self.accounts).map_err(|wrong| violations.extend(wrong));
        match (accounts, self.client.only_id()) {
            (Ok(accounts), Ok(client)) => Ok((accounts, client)),
            (_, client) => {
                if let Err(Error::Invalid { violations: wrong }) = client {
                    violations.extend(wrong);
                }
                Err(Refusal::Body(violations))
            }
        }
    }
}

/// Accounts.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[schema(example = json!({ "accounts": [{ "id": "aws_2" }] }))]
pub(crate) struct AccountsInput {
    /// The accounts, at least one.
    #[schema(min_items = 1)]
    pub(crate) accounts: Vec<AwsAccountById>,
}

/// Accounts to onboard, and the role that is made in each.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct OnboardingInput {
    /// The accounts, at least one.
    #[schema(min_items = 1)]
    pub(crate) accounts: Vec<AwsAccountById>,
    /// The role.
    #[serde(default)]
    pub(crate) role: RoleToMake,
}

/// For which account and role the policies are.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrustInput {
    /// Twelve digits; spaces and hyphens don't count. The account needn't be added yet.
    #[schema(example = "5678-9012-3456")]
    pub(crate) account_id: String,
    /// The role.
    #[serde(default)]
    pub(crate) role: RoleToMake,
}

/// A role that is to be made.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct RoleToMake {
    /// Its name; `Tenantry` if nothing is said.
    #[schema(example = "Tenantry")]
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// What it may do: `read-only`, if nothing is said, or `administrator`.
    #[schema(example = "read-only")]
    #[serde(deserialize_with = "given")]
    access: Option<String>,
    /// For which region the quick-create link is; `us-east-1` if nothing is said.
    #[schema(example = "eu-central-1")]
    #[serde(deserialize_with = "given")]
    region: Option<String>,
}

impl From<RoleToMake> for OnboardingDraft {
    fn from(role: RoleToMake) -> Self {
        let usual = Self::default();
        Self {
            role_name: role.name.unwrap_or(usual.role_name),
            access: role.access.unwrap_or(usual.access),
            region: role.region.unwrap_or(usual.region),
        }
    }
}

/// The ARN of a role that was created by hand.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleArnInput {
    /// Its ARN.
    #[schema(example = "arn:aws:iam::678901234567:role/Tenantry")]
    pub(crate) role_arn: String,
}
