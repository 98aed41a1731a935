//! What a check makes of an account.

use domain::{AwsAccountState, Timestamp};

use crate::aws::{
    account::{
        proof::Proof,
        store::{Outcome, StoredAccount},
    },
    calls::AwsFault,
};

/// What a check makes of an account, and a sentence for the job.
pub(super) fn outcome(stored: &StoredAccount, proof: Proof, next: Timestamp) -> (Outcome, String) {
    let account = &stored.account;
    // What the account has stays, unless the check says otherwise. At other accounts than members, the role is that of the sign-in.
    let role = match &stored.sign_in {
        Some(sign_in) => sign_in.role().cloned(),
        None => account.role.clone(),
    };
    let stays = Outcome { role, candidate: stored.candidate.clone(), is_checked: true, ..Outcome::default() };
    match proof {
        Proof::Proved => {
            let role = stored.candidate.clone().or_else(|| stays.role.clone());
            let sentence = format!("Account {} can be entered.", account.number);
            (Outcome { state: Some(AwsAccountState::Onboarded), role, candidate: None, ..stays }, sentence)
        }
        Proof::Wrong(problem) => {
            let role = stays.role.filter(|_| stored.sign_in.is_some());
            let outcome = Outcome { state: Some(AwsAccountState::Failed), problem: problem.clone(), role, is_checked: true, ..Outcome::default() };
            (outcome, problem)
        }
        Proof::NotYet(fault) => {
            let problem = fault.sentence(&account.number);
            let (state, is_checked) = match (is_of_server(&fault), &stored.sign_in) {
                // That says nothing of the account.
                (true, _) => (None, false),
                (false, None) => (Some(AwsAccountState::Pending), true),
                // Where the server signs in itself, somebody has to do something first.
                (false, Some(_)) => (Some(AwsAccountState::Failed), true),
            };
            let check_at = (state.unwrap_or(account.state) == AwsAccountState::Pending).then_some(next);
            (Outcome { state, problem: problem.clone(), check_at, is_checked, ..stays }, problem)
        }
    }
}

/// Whether a fault is the server's own, or passes.
const fn is_of_server(fault: &AwsFault) -> bool {
    fault.is_passing() || matches!(fault, AwsFault::NoCredentials(_) | AwsFault::CredentialsRefused(_))
}
