//! Who decodes when. A picture of 50 megapixels is a few hundred kilobytes of file and some hundred megabytes of memory, so all that is
//! decoded at a time is bounded, and so is what one user may have waiting.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use domain::{Caller, Error, IMAGE_TOO_LARGE, MAX_IMAGE_BYTES, UserId};
use tokio::sync::Semaphore;

use super::{
    picture::{self, Picture},
    refused,
};
use crate::{Fault, Result};

/// So many thousands of pixels are decoded at a time: one of the largest pictures, or many of usual size.
const KILOPIXELS_AT_ONCE: u32 = 60_000;

/// So many pictures of one user are decoded or wait for it.
const MOST_OF_ONE_USER: usize = 8;

/// The queue of pictures to decode, one for the whole process.
#[derive(Clone)]
pub(crate) struct Decoding {
    room: Arc<Semaphore>,
    of_users: Arc<Mutex<BTreeMap<UserId, usize>>>,
}

/// A user's place in the queue, until it is dropped.
struct Waiting<'a> {
    queue: &'a Decoding,
    user: UserId,
}

impl Decoding {
    pub(crate) fn new() -> Self {
        Self { room: Arc::new(Semaphore::new(KILOPIXELS_AT_ONCE as usize)), of_users: Arc::default() }
    }

    /// Decodes and encodes a picture anew, where it is in nobody's way.
    ///
    /// # Errors
    /// `Invalid` under `file` for what is no picture, or too large a one; `Busy` for one who has very many waiting.
    pub(crate) async fn renew(&self, caller: &Caller, bytes: Bytes) -> Result<Picture> {
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(refused(IMAGE_TOO_LARGE));
        }
        let pixels = picture::pixels(&bytes)?;
        let _waiting = self.wait(caller.user.id)?;
        let kilopixels = u32::try_from(pixels.div_ceil(1000)).unwrap_or(u32::MAX).clamp(1, KILOPIXELS_AT_ONCE);
        let closed = |_| Fault::Failed("Images are no longer decoded.".to_owned());
        let room = self.room.clone().acquire_many_owned(kilopixels).await.map_err(closed)?;
        let decoding = tokio::task::spawn_blocking(move || {
            let picture = picture::renew(&bytes);
            // Only now: the work goes on although nobody may wait for it any more.
            drop(room);
            picture
        });
        decoding.await.map_err(|error| Fault::Failed(format!("An image could not be decoded: {error}")))?
    }

    fn wait(&self, user: UserId) -> Result<Waiting<'_>> {
        let mut of_users = self.of_users.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_users.entry(user).or_default();
        if *count >= MOST_OF_ONE_USER {
            return Err(Error::Busy.into());
        }
        *count += 1;
        Ok(Waiting { queue: self, user })
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut of_users = self.queue.of_users.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = of_users.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                of_users.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_user_has_only_so_many_waiting_and_nobody_else_is_kept_out() {
        let queue = Decoding::new();
        let [one, other] = [1, 2].map(UserId::new);
        let mut held: Vec<_> = (0..MOST_OF_ONE_USER).map(|_| queue.wait(one).unwrap()).collect();
        assert!(matches!(queue.wait(one), Err(Fault::Refused(Error::Busy))));
        assert!(queue.wait(other).is_ok());
        held.pop();
        assert!(queue.wait(one).is_ok());
        drop(held);
        assert!(queue.of_users.lock().unwrap().is_empty());
    }
}
