//! The threads that do the slow work.

use super::super::Policy;
use super::super::errand::Examiner;
use super::Turn;
use crate::vault::Vault;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;

/// Threads that work off what they are given, and go home when the crew is dropped.
pub(super) struct Crew<K> {
    work: Sender<Box<Turn<K>>>,
}

impl<K: Send> Crew<K> {
    /// Hires threads; each gives what it has worked on to `done`.
    pub(super) fn hire<'scope, 'env: 'scope>(
        scope: &'scope Scope<'scope, 'env>,
        threads: usize,
        vault: &'env Vault,
        policy: Policy,
        done: impl Fn(Box<Turn<K>>) + Clone + Send + 'scope,
    ) -> Self
    where
        K: 'scope,
    {
        let (work, given) = channel();
        let given = Arc::new(Mutex::new(given));
        for _ in 0..threads.max(1) {
            let (given, done) = (Arc::clone(&given), done.clone());
            scope.spawn(move || {
                let mut examiner = Examiner::new(vault, policy);
                while let Some(mut turn) = next(&given) {
                    let worked = catch_unwind(AssertUnwindSafe(|| turn.task.work(&mut examiner)));
                    turn.is_broken = worked.is_err();
                    done(turn);
                }
            });
        }
        Self { work }
    }
}

impl<K> Crew<K> {
    /// Gives an errand to whoever is free first.
    pub(super) fn give(&self, turn: Box<Turn<K>>) {
        // The threads hold the other end for as long as the crew lives.
        let _ = self.work.send(turn);
    }
}

fn next<K>(given: &Mutex<Receiver<Box<Turn<K>>>>) -> Option<Box<Turn<K>>> {
    given.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
