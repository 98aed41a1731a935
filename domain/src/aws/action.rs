//! What can be done with an account, and why not. The page and the use cases ask the same.

use super::{AwsAccount, AwsAccountKind, AwsAccountState, AwsStatus};

/// What can be done with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsAction {
    /// Changing its name and how the server signs in.
    Edit,
    /// Associating it with a client.
    Associate,
    /// Removing it from its client.
    Disassociate,
    /// Making a single account a management account.
    Promote,
    /// Making its role, or proving one that was created by hand.
    Onboard,
    /// Removing its role.
    Delink,
    /// Ending the hourly checks of its role.
    StopChecking,
    /// Deleting it here.
    Delete,
}

impl AwsAction {
    /// Whether it takes a role for all clients, also at an account of a client.
    #[must_use]
    pub const fn is_partners(self) -> bool {
        match self {
            Self::Edit | Self::Disassociate | Self::Promote | Self::Delete => true,
            Self::Associate | Self::Onboard | Self::Delink | Self::StopChecking => false,
        }
    }
}

impl AwsAccount {
    /// Why something can't be done with the account as it is, in a sentence; none if it can. Rights are another question.
    #[must_use]
    pub fn refusal(&self, action: AwsAction) -> Option<String> {
        let (name, is_member) = (&self.name, self.kind == AwsAccountKind::Member);
        let busy = || self.job.is_some().then(|| format!("A job is running for {name}. Wait until it finishes."));
        match action {
            AwsAction::Edit if is_member => Some(format!("The name and e-mail address of {name} come from AWS. Change them there.")),
            AwsAction::Edit => None,
            AwsAction::Associate if self.kind == AwsAccountKind::Management => {
                Some(format!("{name} is an MSP account, which belongs to no customer. Associate its members instead."))
            }
            AwsAction::Disassociate if self.client.is_none() => Some(format!("{name} has no customer.")),
            AwsAction::Associate | AwsAction::Disassociate => busy(),
            AwsAction::Promote if self.kind != AwsAccountKind::Single => Some(format!("{name} isn’t a Non-MSP account.")),
            AwsAction::Promote => {
                self.client.is_some().then(|| format!("Remove {name} from its customer first. An MSP account belongs to no customer."))
            }
            AwsAction::Onboard if !is_member => Some(format!("The server signs in at {name} itself. Only members of an MSP account are onboarded.")),
            AwsAction::Onboard => busy().or_else(|| self.has_role()).or_else(|| self.is_inactive()),
            AwsAction::Delink => busy().or_else(|| {
                let has_role = is_member && self.role.as_ref().or(self.awaited.as_ref()).is_some();
                (!has_role).then(|| format!("{name} has no Role ARN."))
            }),
            AwsAction::StopChecking => {
                let is_checked = is_member && matches!(self.state, AwsAccountState::Pending | AwsAccountState::Failed);
                let idle = || (!is_checked).then(|| format!("{name} is neither pending nor failed."));
                busy().or_else(|| self.has_role()).or_else(idle)
            }
            AwsAction::Delete if is_member => Some(format!("{name} is deleted with its MSP account.")),
            AwsAction::Delete => busy(),
        }
    }

    fn has_role(&self) -> Option<String> {
        let name = &self.name;
        match (self.state, &self.role) {
            (AwsAccountState::Onboarded, _) => Some(format!("{name} is already onboarded.")),
            (_, Some(_)) => Some(format!("{name} has a Role ARN. Remove that first.")),
            (_, None) => None,
        }
    }

    fn is_inactive(&self) -> Option<String> {
        match self.status {
            Some(AwsStatus::Active) | None => None,
            Some(status) => Some(format!("{} isn’t active in AWS: {}.", self.name, status.label().to_lowercase())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AwsAccountId, AwsMembers, AwsRefresh, ClientId, ClientSummary, JobId, RoleArn, Timestamp};

    /// A member of a state, with nothing else to it.
    fn member(state: AwsAccountState) -> AwsAccount {
        AwsAccount {
            id: AwsAccountId::new(1),
            number: "012345678901".parse().unwrap(),
            name: "Production".to_owned(),
            email: String::new(),
            kind: AwsAccountKind::Member,
            management: None,
            sign_in: None,
            client: None,
            status: Some(AwsStatus::Active),
            state,
            problem: String::new(),
            role: None,
            awaited: None,
            access: None,
            region: String::new(),
            external_id: String::new(),
            checked: None,
            job: None,
            members: AwsMembers::default(),
            refresh: AwsRefresh { at: None, failure: String::new(), job: None },
            created: Timestamp::default(),
            version: 1,
        }
    }

    #[test]
    fn what_can_be_done_follows_the_state() {
        let refused = |account: &AwsAccount, action| account.refusal(action).unwrap_or_default();
        let discovered = member(AwsAccountState::Discovered);
        for (action, sentence) in [
            (AwsAction::Onboard, ""),
            (AwsAction::Associate, ""),
            (AwsAction::Delink, "Production has no Role ARN."),
            (AwsAction::Disassociate, "Production has no customer."),
            (AwsAction::StopChecking, "Production is neither pending nor failed."),
            (AwsAction::Promote, "Production isn’t a Non-MSP account."),
            (AwsAction::Delete, "Production is deleted with its MSP account."),
            (AwsAction::Edit, "The name and e-mail address of Production come from AWS. Change them there."),
        ] {
            assert_eq!(refused(&discovered, action), sentence, "{action:?}");
        }
        let arn = Some(RoleArn::typed("arn:aws:iam::012345678901:role/Tenantry").unwrap());
        let onboarded = AwsAccount { role: arn.clone(), ..member(AwsAccountState::Onboarded) };
        assert_eq!(refused(&onboarded, AwsAction::Onboard), "Production is already onboarded.");
        assert_eq!(refused(&onboarded, AwsAction::Delink), "");
        let unanswered = AwsAccount { role: arn.clone(), ..member(AwsAccountState::Pending) };
        assert_eq!(refused(&unanswered, AwsAction::StopChecking), "Production has a Role ARN. Remove that first.");
        let pending = AwsAccount { awaited: arn, ..member(AwsAccountState::Pending) };
        for action in [AwsAction::Onboard, AwsAction::Delink, AwsAction::StopChecking] {
            assert_eq!(refused(&pending, action), "", "{action:?}");
        }
        let suspended = AwsAccount { status: Some(AwsStatus::Suspended), ..discovered.clone() };
        assert_eq!(refused(&suspended, AwsAction::Onboard), "Production isn’t active in AWS: suspended.");
    }

    #[test]
    fn while_a_job_runs_nothing_else_begins() {
        let client = Some(ClientSummary { id: ClientId::new(8), name: "Acme".to_owned() });
        let busy = AwsAccount { job: Some(JobId::new(1)), client, ..member(AwsAccountState::Pending) };
        for action in [AwsAction::Associate, AwsAction::Disassociate, AwsAction::Onboard, AwsAction::Delink, AwsAction::StopChecking] {
            assert_eq!(busy.refusal(action).as_deref(), Some("A job is running for Production. Wait until it finishes."), "{action:?}");
        }
    }

    #[test]
    fn where_the_server_signs_in_itself_nothing_is_onboarded() {
        for kind in [AwsAccountKind::Management, AwsAccountKind::Single] {
            let own = AwsAccount { kind, ..member(AwsAccountState::Onboarded) };
            assert!(own.refusal(AwsAction::Onboard).is_some() && own.refusal(AwsAction::Delink).is_some());
            assert_eq!((own.refusal(AwsAction::Edit), own.refusal(AwsAction::Delete)), (None, None));
            assert_eq!(own.refusal(AwsAction::Associate).is_some(), kind == AwsAccountKind::Management);
            assert_eq!(own.refusal(AwsAction::Promote).is_some(), kind == AwsAccountKind::Management);
        }
    }
}
