//! Onboarding an account, step by step. Each step can be repeated: whatever a server that was killed has done at AWS is found again by our tags.

mod made;
mod step;

use domain::{AwsAccountId, AwsAccountState, Change, Error, Onboarding, RoleArn};
use serde::{Deserialize, Serialize};

use super::{
    check::CHECK_SECONDS,
    job::{Site, still_ours},
    proof::{self, Entered, Refuses},
    store::{Outcome, StoredAccount},
};
use crate::{
    Result, Services,
    kernel::Tx,
    leaving::job::{Next, Work},
};
use step::{Cursor, Stage, Step};

/// What the job has to know.
#[derive(Serialize, Deserialize)]
pub(super) enum Input {
    /// Make a role and prove it.
    Onboard {
        /// Where.
        account: AwsAccountId,
        /// Which role.
        onboarding: Onboarding,
    },
    /// Prove a role that was created by hand.
    Prove {
        /// Where.
        account: AwsAccountId,
        /// Which role.
        arn: RoleArn,
    },
}

/// Which role the account is to have.
enum Wanted {
    Made(Onboarding),
    ByHand(RoleArn),
}

impl Wanted {
    /// The role that is proved, as soon as that is known.
    fn candidate(&self, stored: &StoredAccount) -> Option<RoleArn> {
        match self {
            Self::Made(_) => stored.candidate.clone(),
            Self::ByHand(arn) => Some(arn.clone()),
        }
    }

    /// A role that we made before under another name: it goes first, so that there are never two.
    fn earlier(&self, stored: &StoredAccount) -> Option<RoleArn> {
        stored.made.clone().filter(|made| match self {
            Self::Made(onboarding) => made.name() != onboarding.role_name,
            Self::ByHand(arn) => made != arn,
        })
    }
}

impl Services {
    /// One step of an onboarding.
    pub(crate) async fn aws_onboarding_step(&self, work: &mut Work) -> Result<Next> {
        let (account, wanted) = match serde_json::from_str(&work.input)? {
            Input::Onboard { account, onboarding } => (account, Wanted::Made(onboarding)),
            Input::Prove { account, arn } => (account, Wanted::ByHand(arn)),
        };
        let site = self.aws_site_held(work, account, String::new()).await?;
        let mut cursor: Cursor = match (work.cursor.as_str(), &wanted) {
            ("", Wanted::Made(_)) => Cursor::default(),
            ("", Wanted::ByHand(_)) => Cursor::at(Stage::Prove, ""),
            (cursor, _) => serde_json::from_str(cursor)?,
        };
        let step = self.job_while_held(work, self.aws_onboarding_try(&site, &wanted, &cursor)).await?;

        let mut tx = self.job_begin(work).await?;
        let stored = self.aws_account_of_step(&mut tx, account).await?;
        still_ours(work, &stored)?;
        let candidate = wanted.candidate(&stored);
        let step = cursor.with_patience(step, candidate.as_ref(), tx.now).and(&cursor.left);
        self.aws_onboarding_write(&mut tx, work, &stored, candidate, &step).await?;
        let next = match &step {
            Step::On(stage) | Step::With(stage, _) => {
                cursor = Cursor::at(*stage, &cursor.left);
                Next::Continue
            }
            Step::Cleared(left) => {
                cursor = Cursor::at(cursor.stage, left);
                Next::Continue
            }
            Step::Wait(_) | Step::Again(_) => Next::Soon,
            Step::Pending(sentence, _) => Next::Ended(sentence.clone()),
            Step::Proved(arn) => Next::Ended(format!("The account is onboarded: {arn}. {}", cursor.left).trim_end().to_owned()),
            Step::Failed(_) | Step::Undone(_) => Next::Continue,
        };
        work.progress = cursor.progress(tx.now);
        work.cursor = if step.is_failure() { String::new() } else { serde_json::to_string(&cursor)? };
        self.job_save(tx, work, &next).await?;
        match step {
            // What it found is written; the job fails with the same sentence.
            Step::Failed(sentence) | Step::Undone(sentence) => Err(Error::conflict(sentence).into()),
            _ => Ok(next),
        }
    }

    /// What a stage needs of AWS.
    async fn aws_onboarding_try(&self, site: &Site, wanted: &Wanted, cursor: &Cursor) -> Result<Step> {
        let (aws, number) = (self.aws()?, site.number());
        if let Some(earlier) = wanted.earlier(&site.stored) {
            let removal = self.aws_role_remove(site, earlier.name()).await?;
            return Ok(if removal.is_worth_repeating(cursor.tries) {
                Step::Again(removal.words())
            } else if removal.may_be_there() {
                Step::Cleared(removal.words())
            } else {
                Step::Cleared(cursor.left.clone())
            });
        }
        match (cursor.stage, wanted) {
            (Stage::Enter, Wanted::Made(onboarding)) => return Ok(made::enter(aws, site, onboarding).await),
            (Stage::Role, Wanted::Made(onboarding)) => return Ok(made::role(aws, site, onboarding).await),
            (Stage::Policy, Wanted::Made(onboarding)) => return Ok(made::policy(aws, site, onboarding).await),
            _ => {}
        }
        let Some(arn) = wanted.candidate(&site.stored) else {
            return Ok(Step::Failed(format!("There is no role to prove in account {number}. Onboard the account again.")));
        };
        if cursor.stage != Stage::Refusals {
            return Ok(match proof::enter(aws, &site.base, &arn, site.external_id()).await {
                Entered::Yes => Step::On(Stage::Refusals),
                Entered::Elsewhere(account) => Step::Failed(proof::elsewhere(&account, number)),
                Entered::No(fault) => Step::Wait(made::not_yet(site, &fault)),
            });
        }
        Ok(match proof::refuses(aws, &site.base, &arn, &self.ids.uuid()).await {
            Refuses::Yes => Step::Proved(arn),
            Refuses::Unknown(fault) => Step::Again(fault.sentence(number)),
            Refuses::No => match self.aws_role_close(site, &arn, proof::open_to_all(number)).await? {
                (sentence, true) => Step::Failed(sentence),
                (sentence, false) => Step::Undone(sentence),
            },
        })
    }

    /// Writes what a step came to.
    async fn aws_onboarding_write(&self, tx: &mut Tx, work: &Work, stored: &StoredAccount, candidate: Option<RoleArn>, step: &Step) -> Result<()> {
        let (id, client) = (stored.account.id, stored.account.client_id());
        let is = |state| Outcome { state: Some(state), is_checked: true, ..Outcome::default() };
        let goes_on = |candidate| Outcome { candidate, job: Some(work.id), is_checked: false, ..is(AwsAccountState::Onboarding) };
        let (outcome, action, change) = match step {
            Step::On(_) | Step::Cleared(_) | Step::Wait(_) | Step::Again(_) => (goes_on(candidate), "", None),
            Step::With(_, arn) => (goes_on(Some(arn.clone())), "", None),
            Step::Pending(sentence, arn) => {
                let check_at = Some(tx.now.plus_seconds(CHECK_SECONDS));
                let outcome = Outcome { problem: sentence.clone(), candidate: Some(arn.clone()), check_at, ..is(AwsAccountState::Pending) };
                (outcome, "aws_account.pending", None)
            }
            // The job keeps the account until it is over, so that it can be let run again.
            Step::Failed(sentence) | Step::Undone(sentence) => {
                let outcome = Outcome { problem: sentence.clone(), job: Some(work.id), ..is(AwsAccountState::Failed) };
                (outcome, "aws_account.onboarding_failed", None)
            }
            Step::Proved(arn) => {
                let outcome = Outcome { role: Some(arn.clone()), ..is(AwsAccountState::Onboarded) };
                (outcome, "aws_account.onboarded", Change::of("role_arn", "Role ARN", "", &arn.to_string()))
            }
        };
        tx.aws_account_settle(id, &outcome).await?;
        match step {
            Step::With(_, arn) => tx.aws_made_set(id, Some(arn)).await?,
            Step::Cleared(_) | Step::Undone(_) => tx.aws_made_set(id, None).await?,
            _ => {}
        }
        if !action.is_empty() {
            self.audit(tx, action, id, client, change.as_slice()).await?;
        }
        Ok(())
    }
}
