//! What may happen to a key, and what becomes of it: its whole life as one table.

use super::State;
use State::{Active, Assigned, Lost, Retired, Stock, Suspended};

/// Something that happens to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// It is given to a user.
    Assign,
    /// It is not his any more.
    Unassign,
    /// He activates it: his own, or one out of the stock that his code opens.
    Activate,
    /// It comes back from him.
    Return,
    /// It is sent somewhere.
    Ship,
    /// It has come in there.
    Receive,
    /// It is stopped for a while.
    Suspend,
    /// It goes on.
    Resume,
    /// Nobody knows where it is.
    Lose,
    /// It is there again, for another user.
    Find,
    /// It is there again, and its user goes on with it.
    Restore,
    /// It is put out of use for ever.
    Retire,
}

/// Where a key stands, as far as that decides what may happen to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Its state.
    pub state: State,
    /// The state that it was lost in.
    pub before_loss: Option<State>,
    /// It was sent somewhere and has not come in: it is in no drawer.
    pub is_on_its_way: bool,
}

/// What would have to happen first, or instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Giving it to a user.
    Assign,
    /// Its user's activating it.
    Activate,
    /// Taking it back from its user.
    TakeBack,
    /// Letting it go on.
    Resume,
    /// Finding it.
    Find,
    /// Finding it, with the right to go on.
    Restore,
    /// Its coming in where it was sent.
    Receive,
    /// Sending it.
    Ship,
    /// Nothing: it is in use.
    InUse,
    /// Nothing: it is not lost.
    NotLost,
    /// Taking another key, for this one is out of use for ever.
    AnotherKey,
}

/// The state of a key does not allow what was to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key is {}", .life.state)]
pub struct Refused {
    /// How it stands.
    pub life: Life,
    /// What would help.
    pub remedy: Remedy,
}

impl Life {
    /// The life of a key that nothing has happened to.
    #[cfg(test)]
    pub const NEW: Self = Self { state: Stock, before_loss: None, is_on_its_way: false };

    /// Gives what a key becomes.
    ///
    /// # Errors
    /// [`Refused`] for what has no arrow in the diagram of a key's life.
    pub fn after(self, transition: Transition) -> Result<Self, Refused> {
        use Transition as T;
        let to = |state| Ok(Self { state, before_loss: None, is_on_its_way: false });
        match (transition, self.state) {
            (T::Assign, Stock) if !self.is_on_its_way => to(Assigned),
            (T::Activate, Stock) if !self.is_on_its_way => to(Active),
            (T::Activate, Assigned) => to(Active),
            (T::Unassign | T::Return, Assigned | Active | Suspended) => to(Stock),
            (T::Ship, Stock) if !self.is_on_its_way => Ok(Self { is_on_its_way: true, ..self }),
            (T::Receive, Stock) if self.is_on_its_way => to(Stock),
            (T::Suspend, Active) => to(Suspended),
            (T::Resume, Suspended) => to(Active),
            (T::Lose, Stock | Assigned | Active | Suspended) => {
                Ok(Self { state: Lost, before_loss: Some(self.state), is_on_its_way: false })
            }
            (T::Find, Lost) => to(Stock),
            (T::Restore, Lost) => to(self.before_loss.unwrap_or(Stock)),
            (T::Retire, Stock | Assigned | Active | Suspended | Lost) => to(Retired),
            _ => Err(Refused { life: self, remedy: self.remedy(transition) }),
        }
    }

    /// Names what helps somebody who wanted what may not be.
    const fn remedy(self, wanted: Transition) -> Remedy {
        use Transition as T;
        match (self.state, wanted) {
            (Retired, _) => Remedy::AnotherKey,
            (Lost, T::Activate | T::Resume) => Remedy::Restore,
            (Lost, _) => Remedy::Find,
            (Stock, _) if self.is_on_its_way => Remedy::Receive,
            (_, T::Find | T::Restore) => Remedy::NotLost,
            (Stock, T::Receive) => Remedy::Ship,
            (Stock, _) => Remedy::Assign,
            (Assigned, T::Resume) => Remedy::Activate,
            (Active, T::Activate | T::Resume) => Remedy::InUse,
            (Suspended, T::Activate | T::Suspend) => Remedy::Resume,
            _ => Remedy::TakeBack,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Transition as T;
    use proptest::prelude::*;

    const ALL: [Transition; 12] = [
        T::Assign,
        T::Unassign,
        T::Activate,
        T::Return,
        T::Ship,
        T::Receive,
        T::Suspend,
        T::Resume,
        T::Lose,
        T::Find,
        T::Restore,
        T::Retire,
    ];

    /// The diagram of the contract, arrow by arrow; what is missing is refused, with what helps.
    const DIAGRAM: [(Transition, [Result<State, Remedy>; 6]); 12] = {
        use Remedy::{Activate, AnotherKey, Assign, Find, InUse, NotLost, Restore, Resume, Ship, TakeBack};
        [
            // from:          in stock      assigned       active         suspended      lost          retired
            (T::Assign, [Ok(Assigned), Err(TakeBack), Err(TakeBack), Err(TakeBack), Err(Find), Err(AnotherKey)]),
            (T::Unassign, [Err(Assign), Ok(Stock), Ok(Stock), Ok(Stock), Err(Find), Err(AnotherKey)]),
            (T::Activate, [Ok(Active), Ok(Active), Err(InUse), Err(Resume), Err(Restore), Err(AnotherKey)]),
            (T::Return, [Err(Assign), Ok(Stock), Ok(Stock), Ok(Stock), Err(Find), Err(AnotherKey)]),
            (T::Ship, [Ok(Stock), Err(TakeBack), Err(TakeBack), Err(TakeBack), Err(Find), Err(AnotherKey)]),
            (T::Receive, [Err(Ship), Err(TakeBack), Err(TakeBack), Err(TakeBack), Err(Find), Err(AnotherKey)]),
            (T::Suspend, [Err(Assign), Err(TakeBack), Ok(Suspended), Err(Resume), Err(Find), Err(AnotherKey)]),
            (T::Resume, [Err(Assign), Err(Activate), Err(InUse), Ok(Active), Err(Restore), Err(AnotherKey)]),
            (T::Lose, [Ok(Lost), Ok(Lost), Ok(Lost), Ok(Lost), Err(Find), Err(AnotherKey)]),
            (T::Find, [Err(NotLost), Err(NotLost), Err(NotLost), Err(NotLost), Ok(Stock), Err(AnotherKey)]),
            (T::Restore, [Err(NotLost), Err(NotLost), Err(NotLost), Err(NotLost), Ok(Active), Err(AnotherKey)]),
            (T::Retire, [Ok(Retired), Ok(Retired), Ok(Retired), Ok(Retired), Ok(Retired), Err(AnotherKey)]),
        ]
    };

    fn in_state(state: State) -> Life {
        Life { state, before_loss: (state == Lost).then_some(Active), is_on_its_way: false }
    }

    #[test]
    fn only_the_drawn_arrows_exist_and_every_refusal_names_what_helps() {
        assert_eq!(DIAGRAM.map(|(transition, _)| transition), ALL);
        for (transition, row) in DIAGRAM {
            for (state, drawn) in State::all().zip(row) {
                let after = in_state(state).after(transition);
                let after = after.map(|life| life.state).map_err(|refused| refused.remedy);
                assert_eq!(after, drawn, "{transition:?} of a key that is {state}");
            }
        }
    }

    #[test]
    fn a_key_on_its_way_can_only_come_in_or_be_lost_or_retired() {
        let sent = Life::NEW.after(T::Ship).unwrap();
        assert_eq!(sent, Life { is_on_its_way: true, ..Life::NEW });
        let happens = ALL.into_iter().filter(|transition| sent.after(*transition).is_ok());
        assert_eq!(happens.collect::<Vec<_>>(), [T::Receive, T::Lose, T::Retire]);
        assert_eq!(sent.after(T::Receive), Ok(Life::NEW));
        for refused in ALL.into_iter().filter(|transition| sent.after(*transition).is_err()) {
            assert_eq!(sent.after(refused).unwrap_err().remedy, Remedy::Receive, "{refused:?}");
        }
    }

    #[test]
    fn a_key_that_is_restored_is_what_it_was() {
        for state in [Stock, Assigned, Active, Suspended] {
            let lost = in_state(state).after(T::Lose).unwrap();
            assert_eq!(lost, Life { state: Lost, before_loss: Some(state), is_on_its_way: false });
            assert_eq!(lost.after(T::Restore), Ok(in_state(state)));
            assert_eq!(lost.after(T::Find), Ok(Life::NEW));
        }
    }

    proptest! {
        /// Whatever happens, what is remembered of a loss is remembered of a lost key only, only a key in stock is on its way,
        /// and a retired one stays so.
        #[test]
        fn no_life_leads_out_of_the_diagram(happens in prop::collection::vec(prop::sample::select(ALL.to_vec()), 0..40)) {
            let mut life = Life::NEW;
            for transition in happens {
                let after = life.after(transition).unwrap_or(life);
                prop_assert_eq!(after.state == Lost, after.before_loss.is_some());
                prop_assert!(after.state == Stock || !after.is_on_its_way);
                prop_assert!(life.state != Retired || after == life);
                life = after;
            }
        }
    }
}
