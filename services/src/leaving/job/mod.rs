//! Jobs: long work that goes on when its page is closed and its server restarts. [`work`] runs them.

mod owner;
mod store;
mod work;

use domain::{Caller, ClientId, Error, Job, JobId, JobKind, JobQuery, JobState, ListPage, Scope};

use crate::{
    Result, Services,
    kernel::{Tx, proof::Proof},
};
pub(crate) use work::{Next, Work, owner_is_gone};

/// The most jobs that a page follows at a time.
const FOLLOWED: u32 = 100;

/// A job to do.
pub(crate) struct NewJob {
    pub(crate) kind: JobKind,
    /// The client that it is about; none for the partner.
    pub(crate) client: Option<ClientId>,
    /// What it is about, for people.
    pub(crate) subject: String,
    /// What its kind needs to know, as JSON.
    pub(crate) input: String,
    /// How many items there are to do; 0 if that isn't known yet.
    pub(crate) total: u64,
}

impl Services {
    /// A page of the jobs that the caller sees: their own, and those that they could have asked for.
    ///
    /// # Errors
    /// Only failures.
    pub async fn job_list(&self, caller: &Caller, query: &JobQuery) -> Result<ListPage<Job>> {
        self.authorize_self_read(caller).await?.job_list(query).await
    }

    /// One job.
    ///
    /// # Errors
    /// `NotFound` for a job that doesn't exist or isn't visible.
    pub async fn job_get(&self, caller: &Caller, id: JobId) -> Result<Job> {
        let mut tx = self.authorize_self_read(caller).await?;
        Ok(tx.job_get(id).await?.ok_or(Error::NotFound)?)
    }

    /// The visible jobs that are not over, and of others those among `followed`, to learn what became of them.
    ///
    /// # Errors
    /// Only failures.
    pub async fn job_follow(&self, caller: &Caller, followed: &[JobId]) -> Result<Vec<Job>> {
        let followed = followed.get(..FOLLOWED as usize).unwrap_or(followed);
        self.authorize_self_read(caller).await?.job_follow(followed, FOLLOWED).await
    }

    /// Cancels a job. One that is running stops after its present step.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for a job that is over, or can't stop without leaving something half done.
    pub async fn job_cancel(&self, caller: &Caller, id: JobId) -> Result<Job> {
        let mut tx = self.authorize_self(caller).await?;
        let job = tx.job_get(id).await?.ok_or(Error::NotFound)?;
        if job.state.is_over() {
            return Err(Error::conflict("The job is over already.").into());
        }
        if !job.kind.is_cancellable() {
            return Err(Error::conflict(format!("{} can't be cancelled.", job.kind.one())).into());
        }
        tx.job_cancel(id).await?;
        self.job_changed(tx, "job.cancel", &job).await
    }

    /// Lets a job that failed or was cancelled run again, in the caller's name.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for who couldn't ask for such a job now; `Unproved` where asking can take a proof; `Conflict` for a job that isn't over or did all that it was to do.
    pub async fn job_repeat(&self, caller: &Caller, id: JobId) -> Result<Job> {
        let mut tx = self.authorize_self(caller).await?;
        let job = tx.job_get(id).await?.ok_or(Error::NotFound)?;
        if !matches!(job.state, JobState::Failed | JobState::Cancelled) {
            return Err(Error::conflict("Only a job that failed or was cancelled can run again.").into());
        }
        self.decide(&mut tx, job.kind.permission(), job.client.map_or(Scope::Partner(caller.partner), Scope::Client)).await?;
        self.proof_demand(&mut tx, if job.kind.takes_proof() { Proof::Recent } else { Proof::None }).await?;
        tx.job_repeat(id).await?;
        self.job_changed(tx, "job.repeat", &job).await
    }

    async fn job_changed(&self, mut tx: Tx, action: &str, job: &Job) -> Result<Job> {
        self.audit(&mut tx, action, job.id, None, &[]).await?;
        let after = tx.job_get(job.id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(after)
    }

    /// Asks for a job, in the transaction of the use case that wants it. Servers find it once that is committed.
    pub(crate) async fn job_create(&self, tx: &mut Tx, job: &NewJob) -> Result<JobId> {
        let id = JobId::new(tx.next_number("job").await?);
        tx.job_insert(id, job).await?;
        Ok(id)
    }
}
