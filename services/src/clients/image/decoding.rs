//! Limits image decoding. A file of a few hundred kilobytes can take hundreds of megabytes of memory, so the pixels decoded at a time and the images
//! waiting per user are limited.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use domain::{Error, IMAGE_TOO_LARGE, MAX_IMAGE_BYTES, UserId};
use tokio::{sync::Semaphore, time::timeout};

use super::{
    picture::{self, Picture},
    refused,
};
use crate::{Fault, Result};

/// Thousands of pixels decoded at a time, over all users: one of the largest images, or many of usual size.
const KILOPIXELS_AT_ONCE: u32 = 60_000;

/// The most images of one user that wait or are being decoded.
const MOST_OF_ONE_USER: usize = 8;

/// How long an image waits for room: half of the time that a request has.
const PATIENCE: Duration = Duration::from_secs(15);

/// The queue of images to decode, one for the whole process.
#[derive(Clone)]
pub(crate) struct Decoding {
    room: Arc<Semaphore>,
    of_users: Arc<Mutex<BTreeMap<UserId, usize>>>,
}

/// A user's place in the queue, until it is dropped.
struct Waiting {
    of_users: Arc<Mutex<BTreeMap<UserId, usize>>>,
    user: UserId,
}

impl Decoding {
    pub(crate) fn new() -> Self {
        Self { room: Arc::new(Semaphore::new(KILOPIXELS_AT_ONCE as usize)), of_users: Arc::default() }
    }

    /// Decodes and re-encodes an image on a blocking thread, when there is room for its pixels.
    ///
    /// # Errors
    /// `Invalid` under `file` for no image or too large a one; `Busy` if too many of the user's images wait, or if there is no room for too long.
    pub(crate) async fn renew(&self, user: UserId, bytes: Bytes) -> Result<Picture> {
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(refused(IMAGE_TOO_LARGE));
        }
        let waiting = self.wait(user)?;
        // The user's place moves along, because the work goes on even if the request is cancelled.
        let (pixels, bytes, waiting) = blocking(move || Ok((picture::pixels(&bytes)?, bytes, waiting))).await?;
        let kilopixels = u32::try_from(pixels.div_ceil(1000)).unwrap_or(u32::MAX).clamp(1, KILOPIXELS_AT_ONCE);
        let closed = |_| Fault::Failed("Images are no longer decoded.".to_owned());
        let room = timeout(PATIENCE, self.room.clone().acquire_many_owned(kilopixels)).await.map_err(|_| Error::Busy)?.map_err(closed)?;
        blocking(move || {
            let picture = picture::renew(&bytes);
            drop((room, waiting));
            picture
        })
        .await
    }

    fn wait(&self, user: UserId) -> Result<Waiting> {
        let mut of_users = self.of_users.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_users.entry(user).or_default();
        if *count >= MOST_OF_ONE_USER {
            return Err(Error::Busy.into());
        }
        *count += 1;
        Ok(Waiting { of_users: self.of_users.clone(), user })
    }
}

/// Runs a decoder on a blocking thread: even the header's metadata can take long.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Failed(format!("An image could not be decoded: {error}")))?
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut of_users = self.of_users.lock().unwrap_or_else(PoisonError::into_inner);
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

    #[tokio::test]
    async fn a_request_that_is_given_up_keeps_its_place_until_the_work_ends() {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(2000, 1500).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let (queue, user) = (Decoding::new(), UserId::new(1));
        let waits = || queue.of_users.lock().unwrap().contains_key(&user);
        let mut given_up = Box::pin(queue.renew(user, bytes.into_inner().into()));
        while queue.room.available_permits() == KILOPIXELS_AT_ONCE as usize {
            assert!(futures::poll!(&mut given_up).is_pending());
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        drop(given_up);
        assert!(waits(), "it is being decoded");
        while waits() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }

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
