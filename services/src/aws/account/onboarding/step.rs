//! The stages of an onboarding, and what a step of one comes to.

use domain::{JobProgress, RoleArn, Timestamp};
use serde::{Deserialize, Serialize};

use crate::aws::account::job::TRIES;

/// How long AWS may take to know what was just made. After that the account is pending, and is checked every hour.
const PATIENCE_SECONDS: i64 = 60;

/// What comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
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
pub(super) struct Cursor {
    pub(super) stage: Stage,
    /// How often this stage met a transient fault.
    pub(super) tries: u32,
    /// When this stage first had to wait.
    since: Option<Timestamp>,
    /// What is left of an earlier role at AWS, in a sentence.
    #[serde(default)]
    pub(super) left: String,
}

/// What a step came to.
pub(super) enum Step {
    /// The next stage.
    On(Stage),
    /// The next stage, of which this is the role: it is there, or is about to be made.
    With(Stage, RoleArn),
    /// An earlier role is gone, or what is left of it is said.
    Cleared(String),
    /// AWS may need time to know what was made. With the sentence for when it needs too long.
    Wait(String),
    /// A transient fault: the stage is tried again. With the sentence for when that doesn't help.
    Again(String),
    /// The role doesn't let us in; the hourly check tries again.
    Pending(String, RoleArn),
    /// A sentence. A role that we made is still noted.
    Failed(String),
    /// A sentence. There is no role of ours.
    Undone(String),
    /// The role is proved.
    Proved(RoleArn),
}

impl Step {
    pub(super) const fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Undone(_))
    }

    /// Adds what is left of an earlier role to the last sentence.
    pub(super) fn and(self, left: &str) -> Self {
        let with = |sentence: String| format!("{sentence} {left}").trim_end().to_owned();
        match self {
            Self::Pending(sentence, arn) => Self::Pending(with(sentence), arn),
            Self::Failed(sentence) => Self::Failed(with(sentence)),
            Self::Undone(sentence) => Self::Undone(with(sentence)),
            step => step,
        }
    }
}

impl Cursor {
    /// At the beginning of a stage.
    pub(super) fn at(stage: Stage, left: &str) -> Self {
        Self { stage, left: left.to_owned(), ..Self::default() }
    }

    /// Ends a stage that has waited or been tried for too long. A role that is there is checked every hour from then on.
    pub(super) fn with_patience(&mut self, step: Step, candidate: Option<&RoleArn>, now: Timestamp) -> Step {
        let is_over = match &step {
            Step::Wait(_) => self.since.is_some_and(|since| now >= since.plus_seconds(PATIENCE_SECONDS)),
            Step::Again(_) => {
                self.tries += 1;
                self.tries > TRIES
            }
            _ => return step,
        };
        self.since.get_or_insert(now);
        match (step, candidate) {
            (step, _) if !is_over => step,
            (Step::Wait(sentence) | Step::Again(sentence), Some(arn)) if matches!(self.stage, Stage::Prove | Stage::Refusals) => {
                Step::Pending(sentence, arn.clone())
            }
            (Step::Wait(sentence) | Step::Again(sentence), _) => Step::Failed(sentence),
            (step, _) => step,
        }
    }

    pub(super) fn progress(&self, now: Timestamp) -> JobProgress {
        let (done, doing) = match self.stage {
            Stage::Enter => (0, "Entering the account"),
            Stage::Role => (1, "Making the role"),
            Stage::Policy => (2, "Setting what the role may do"),
            Stage::Prove => (3, "Testing the role"),
            Stage::Refusals => (4, "Testing that it keeps others out"),
        };
        let doing = match self.since {
            Some(since) => format!("{doing}: waiting for AWS, {} s", (now.millis() - since.millis()) / 1000),
            None => doing.to_owned(),
        };
        JobProgress { done, total: 5, doing }
    }
}
