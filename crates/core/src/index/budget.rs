//! How many bytes of documents may be under way: read but not yet part of a segment.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that documents under way may take together.
pub(super) struct Budget {
    limit: usize,
    held: Mutex<usize>,
    freed: Condvar,
}

/// Bytes that one document takes while it is under way; given back when this is dropped.
pub struct Held {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            limit,
            held: Mutex::new(0),
            freed: Condvar::new(),
        })
    }

    /// So many bytes, if there is room for them. Where nothing else is under way there always is:
    /// a document larger than the budget goes alone.
    pub(super) fn try_hold(self: &Arc<Self>, bytes: usize) -> Option<Held> {
        self.take(&mut self.lock(), bytes)
    }

    /// So many bytes, as soon as there is room.
    pub(super) fn hold(self: &Arc<Self>, bytes: usize) -> Held {
        let mut held = self.lock();
        loop {
            if let Some(taken) = self.take(&mut held, bytes) {
                return taken;
            }
            held = self
                .freed
                .wait(held)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn held(&self) -> usize {
        *self.lock()
    }

    fn take(self: &Arc<Self>, held: &mut usize, bytes: usize) -> Option<Held> {
        let after = held.saturating_add(bytes);
        (*held == 0 || after <= self.limit).then(|| {
            *held = after;
            Held {
                budget: Arc::clone(self),
                bytes,
            }
        })
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Holds so many bytes from now on, whether there is room for them or not: they are taken
    /// already.
    pub(super) fn resize(&mut self, bytes: usize) {
        let mut held = self.budget.lock();
        *held = (*held - self.bytes).saturating_add(bytes);
        if bytes < self.bytes {
            self.budget.freed.notify_all();
        }
        self.bytes = bytes;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.resize(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn what_is_held_stays_within_the_limit() {
        let budget = Budget::new(100);
        let a = budget.try_hold(60).unwrap();
        assert!(budget.try_hold(60).is_none());
        let mut b = budget.try_hold(40).unwrap();
        assert_eq!(budget.held(), 100);
        b.resize(10);
        assert_eq!(budget.held(), 70);
        drop((a, b));
        assert_eq!(budget.held(), 0);
    }

    #[test]
    fn what_is_larger_than_all_goes_alone() {
        let budget = Budget::new(100);
        let small = budget.hold(1);
        assert!(budget.try_hold(1000).is_none());
        drop(small);
        let large = budget.hold(1000);
        assert!(budget.try_hold(1).is_none());
        drop(large);
    }

    #[test]
    fn who_waits_goes_on_when_there_is_room() {
        let budget = Budget::new(100);
        let first = budget.hold(100);
        let (done, waits) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let second = budget.hold(50);
                done.send(()).unwrap();
                drop(second);
            });
            let timeout = waits.recv_timeout(Duration::from_millis(20));
            assert!(timeout.is_err());
            drop(first);
            waits.recv().unwrap();
        });
    }
}
