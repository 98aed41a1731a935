//! Onboarding an account, step by step. Each step can be repeated: whatever a server that was killed has done at AWS is found again by our tags.

mod made;

use domain::{
    AwsAccountId, AwsAccountState, Change, Error, JobProgress, Onboarding, Permission, RoleArn, Timestamp,
};
use serde::{Deserialize, Serialize};

use super::{
    check::CHECK_SECONDS,
    job::{Site, TRIES},
    proof::{self, Entered, Refuses},
    store::{Outcome, StoredAccount},
};
use crate::{
    Result, Services,
    kernel::Tx,
    leaving::job::{Next, Work},
};

/// How long AWS may take to know what was just made. After that the account is pending, and is checked every hour.
const PATIENCE_SECONDS: i64 = 60;

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
    /// Prove a role that somebody made by hand.
    Prove {
        /// Where.
        account: AwsAccountId,
    },
    /// Try once whether accounts can be entered.
    Check {
        /// Which ones.
        accounts: Vec<AwsAccountId>,
    },
}

/// What comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    /// Entering the account as its management account.
    #[default]
    Enter,
    /// Making the role, or adopting one of ours.
    Role,
    /// Saying what it may do.
    Policy,
    /// Entering by the role.
    Prove,
    /// Checking that it keeps others out.
    Refusals,
}

/// Where the next step goes on.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    stage: Stage,
    /// How often this stage met a transient fault.
    tries: u32,
    /// When this stage first had to wait.
    since: Option<Timestamp>,
}

/// What a step came to.
enum Step {
    /// The next stage.
    On(Stage),
    /// The next stage: the role is there.
    Made(RoleArn),
    /// AWS may need time to know what was made. With a sentence, and the role, for when it needs too long.
    Wait(String, Option<RoleArn>),
    /// A transient fault: the stage is tried again. With the sentence for when that doesn't help.
    Again(String),
    /// The role doesn't let us in; the hourly check tries again.
    Pending(String, Option<RoleArn>),
    /// A sentence.
    Failed(String),
    /// The role is proved.
    Proved(RoleArn),
}

impl Services {
    /// One step of an onboarding or of a check.
    pub(crate) async fn aws_onboarding_step(&self, work: &mut Work) -> Result<Next> {
        let (account, onboarding) = match serde_json::from_str(&work.input)? {
            Input::Onboard { account, onboarding } => (account, Some(onboarding)),
            Input::Prove { account } => (account, None),
            Input::Check { accounts } => return self.aws_check_step(work, &accounts).await,
        };
        let mut cursor: Cursor = if work.cursor.is_empty() {
            Cursor { stage: if onboarding.is_some() { Stage::Enter } else { Stage::Prove }, ..Cursor::default() }
        } else {
            serde_json::from_str(&work.cursor)?
        };
        let site = self.aws_site(work, account).await?;
        still_ours(work, &site.stored)?;
        let step = self.job_while_held(work, self.aws_onboarding_try(&site, onboarding.as_ref(), cursor.stage)).await?;

        let mut tx = self.job_begin(work).await?;
        let stored = super::read(&mut tx, account).await?;
        self.permit(&mut tx, Permission::AccountManage, stored.account.client_id()).await?;
        still_ours(work, &stored)?;
        let step = with_patience(step, &mut cursor, tx.now);
        let is_failure = matches!(step, Step::Failed(_));
        let next = match &step {
            Step::On(stage) => {
                cursor = Cursor { stage: *stage, ..Cursor::default() };
                Next::Continue
            }
            Step::Made(_) => {
                cursor = Cursor { stage: Stage::Policy, ..Cursor::default() };
                Next::Continue
            }
            Step::Wait(..) | Step::Again(_) => Next::Soon,
            Step::Pending(sentence, _) => Next::Ended(sentence.clone()),
            Step::Proved(arn) => Next::Ended(format!("The account is onboarded: {arn}.")),
            Step::Failed(_) => Next::Continue,
        };
        self.aws_onboarding_write(&mut tx, work, &stored, &step).await?;
        work.progress = cursor.progress(tx.now);
        work.cursor = if is_failure { String::new() } else { serde_json::to_string(&cursor)? };
        self.job_save(tx, work, &next).await?;
        match step {
            // What it found is written; the job fails with the same sentence.
            Step::Failed(sentence) => Err(Error::conflict(sentence).into()),
            _ => Ok(next),
        }
    }

    /// What a stage needs of AWS.
    async fn aws_onboarding_try(&self, site: &Site, onboarding: Option<&Onboarding>, stage: Stage) -> Result<Step> {
        let aws = self.aws()?;
        if let Some(onboarding) = onboarding {
            match stage {
                Stage::Enter => return Ok(made::enter(aws, site, onboarding).await),
                Stage::Role => return Ok(made::role(aws, site, onboarding).await),
                Stage::Policy => return Ok(made::policy(aws, site, onboarding).await),
                Stage::Prove | Stage::Refusals => {}
            }
        }
        let Some(arn) = site.stored.any_role().cloned() else { return Ok(Step::On(Stage::Enter)) };
        if stage != Stage::Refusals {
            return Ok(match proof::enter(aws, &site.base, &arn, site.external_id()).await {
                Entered::Yes => Step::On(Stage::Refusals),
                Entered::Elsewhere(account) => Step::Failed(proof::elsewhere(&account, site.number())),
                Entered::No(fault) => Step::Wait(made::not_yet(site, &fault), Some(arn)),
            });
        }
        Ok(match proof::refuses(aws, &site.base, &arn, &self.ids.uuid()).await {
            Refuses::Yes => Step::Proved(arn),
            Refuses::Unknown(fault) => Step::Again(fault.sentence(site.number())),
            Refuses::No => Step::Failed(match onboarding {
                // A role of ours that lets everybody in must not stay.
                Some(_) => format!("{} {}", proof::open_to_all(site.number()), self.aws_role_remove(site, arn.name()).await?.words()),
                None => proof::open_to_all(site.number()),
            }),
        })
    }

    /// Writes what a step came to.
    async fn aws_onboarding_write(&self, tx: &mut Tx, work: &Work, stored: &StoredAccount, step: &Step) -> Result<()> {
        let (id, client) = (stored.account.id, stored.account.client_id());
        let goes_on = |candidate: Option<RoleArn>| Outcome {
            state: Some(AwsAccountState::Onboarding),
            candidate,
            job: Some(work.id),
            ..Outcome::default()
        };
        let (outcome, action, change) = match step {
            Step::On(_) | Step::Wait(..) | Step::Again(_) => (goes_on(stored.candidate.clone()), "", None),
            Step::Made(arn) => (goes_on(Some(arn.clone())), "", None),
            Step::Pending(sentence, candidate) => {
                let check_at = candidate.is_some().then(|| tx.now.plus_seconds(CHECK_SECONDS));
                let state = Some(AwsAccountState::Pending);
                let outcome = Outcome { state, problem: sentence.clone(), candidate: candidate.clone(), check_at, is_checked: true, ..Outcome::default() };
                (outcome, "aws_account.pending", None)
            }
            Step::Failed(sentence) => {
                let outcome = Outcome { state: Some(AwsAccountState::Failed), problem: sentence.clone(), is_checked: true, ..Outcome::default() };
                (outcome, "aws_account.onboarding_failed", None)
            }
            Step::Proved(arn) => {
                let outcome = Outcome { state: Some(AwsAccountState::Onboarded), role: Some(arn.clone()), is_checked: true, ..Outcome::default() };
                (outcome, "aws_account.onboarded", Change::of("role_arn", "Role ARN", "", &arn.to_string()))
            }
        };
        tx.aws_account_settle(id, &outcome).await?;
        if !action.is_empty() {
            self.audit(tx, action, id, client, change.as_slice()).await?;
        }
        Ok(())
    }
}

/// A job has its account until it is over. One that begins, or is let run again, takes an account that no other has.
fn still_ours(work: &Work, stored: &StoredAccount) -> Result<()> {
    let begins = work.cursor.is_empty() && stored.account.job.is_none() && stored.account.role.is_none();
    if stored.job == work.id.number() || begins {
        return Ok(());
    }
    Err(Error::conflict("Something else was done with this account meanwhile. Onboard it again if it needs it.").into())
}

/// Ends a stage that has waited or been tried for too long.
fn with_patience(step: Step, cursor: &mut Cursor, now: Timestamp) -> Step {
    match step {
        Step::Wait(sentence, role) => {
            let since = *cursor.since.get_or_insert(now);
            match (now >= since.plus_seconds(PATIENCE_SECONDS), role) {
                (false, role) => Step::Wait(sentence, role),
                (true, Some(role)) => Step::Pending(sentence, Some(role)),
                (true, None) => Step::Failed(sentence),
            }
        }
        Step::Again(sentence) => {
            cursor.tries += 1;
            cursor.since.get_or_insert(now);
            if cursor.tries > TRIES { Step::Failed(sentence) } else { Step::Again(sentence) }
        }
        step => step,
    }
}

impl Cursor {
    fn progress(&self, now: Timestamp) -> JobProgress {
        let (done, doing) = match self.stage {
            Stage::Enter => (0, "Entering the account"),
            Stage::Role => (1, "Making the role"),
            Stage::Policy => (2, "Setting what the role may do"),
            Stage::Prove => (3, "Proving that the role lets us in"),
            Stage::Refusals => (4, "Proving that it keeps others out"),
        };
        let doing = match self.since {
            Some(since) => format!("{doing}: waiting for AWS, {} s", (now.millis() - since.millis()) / 1000),
            None => doing.to_owned(),
        };
        JobProgress { done, total: 5, doing }
    }
}
