//! What befalls keys: what it does to their PINs, tickets and codes, and long lives of them against a small model of the diagram.

use super::*;
use crate::audit::{Action, Remark};
use crate::establishment::Uai;
use crate::key::{Key, Life, Serial, State, Transition};
use crate::otp::Step;
use crate::pin;
use proptest::prelude::*;

fn elsewhere() -> Uai {
    "0750655E".parse().unwrap()
}

fn rows(serials: &[&str]) -> Vec<Row<Serial>> {
    serials.iter().map(|text| Row { line: 0, value: serial(text) }).collect()
}

impl House {
    pub(super) fn restore(&self, key: &str) -> Result<Moved, Error> {
        let reason: Remark = "au fond d'un tiroir".parse().unwrap();
        self.does(key, Deed::Restore { reason: &reason })
    }

    fn with_a_second_establishment(self) -> Self {
        self.desk().add_establishment(&NewEstablishment { uai: elsewhere(), name: "Autre".parse().unwrap() }).unwrap();
        self
    }

    pub(super) fn of(&self, key: &str) -> Key {
        self.desk().show_key(&serial(key)).unwrap().key
    }
}

#[test]
fn a_suspended_key_answers_nothing_and_goes_on_with_its_pin() {
    let house = House::in_use();
    let suspended = house.does(KEY, Deed::Suspend).unwrap();
    assert_eq!((suspended.before, suspended.after), (State::Active, State::Suspended));
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "no-active-key");
    assert!(matches!(
        house.does(KEY, Deed::Suspend),
        Err(Error::KeyInState { present: State::Suspended, remedy: Some(crate::key::Remedy::Resume), .. })
    ));
    house.does(KEY, Deed::Resume).unwrap();
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
}

#[test]
fn suspension_loss_return_and_retirement_kill_all_tickets() {
    for stop in [Deed::Suspend, Deed::Lose, Deed::Unassign, Deed::Return { to: None }, Deed::Retire] {
        let house = House::activated();
        let ticket = house.new_pin_ticket("alice");
        house.does(KEY, stop).unwrap();
        assert_eq!(house.rows("tickets"), 0, "{stop:?}");
        match stop {
            Deed::Suspend => drop(house.does(KEY, Deed::Resume).unwrap()),
            Deed::Lose => drop(house.restore(KEY).unwrap()),
            _ => {}
        }
        assert_eq!(house.set_pin("alice", &ticket, PIN, PIN), PinAnswer::Refused, "{stop:?}");
    }
}

#[test]
fn a_lost_key_keeps_its_pin_for_its_user_and_for_nobody_else() {
    let house = House::in_use();
    let watermark = house.key().watermark;
    let lost = house.does(KEY, Deed::Lose).unwrap();
    assert_eq!((lost.after, lost.login.unwrap()), (State::Lost, login("alice")));
    assert_eq!(house.refused("alice", &format!("{PIN}{}", house.shown(0)), None), "no-active-key");
    assert_eq!(house.key().pin, pin::Standing::Set);
    house.restore(KEY).unwrap();
    let record = house.events().into_iter().find(|record| record.event.action == Action::KeyRestore).unwrap();
    assert_eq!(record.event.reason.as_deref(), Some("au fond d'un tiroir"));
    assert!(matches!(house.check("alice", PIN, 0), Answer::Accepted));
    // Lost again, and found without her: nothing of hers opens it, and no code of before.
    house.does(KEY, Deed::Lose).unwrap();
    house.does(KEY, Deed::Find).unwrap();
    let key = house.key();
    assert_eq!((key.state, key.holder.is_none(), key.pin.is_none()), (State::Stock, true, true));
    assert!(key.watermark > watermark);
    house.desk().assign_key(&serial(KEY), &login("bob")).unwrap();
    let issued = house.desk().issue_activation(&login("bob"), None).unwrap();
    assert_eq!(house.activate("bob", KEY, issued.code.expose()), Activated::Yes);
    assert_eq!(house.refused("bob", &house.shown(0), None), "replay");
    house.minutes(1);
    assert_eq!(house.refused("bob", &format!("{PIN}{}", house.shown(0)), None), "no-pin-yet");
}

#[test]
fn a_user_who_has_another_key_does_not_get_the_lost_one_back() {
    let house = House::in_use();
    house.does(KEY, Deed::Lose).unwrap();
    house.desk().assign_key(&serial(OTHER), &login("alice")).unwrap();
    assert!(matches!(house.restore(KEY), Err(Error::UserHasKey { .. })));
    assert_eq!(house.of(KEY).state, State::Lost);
    house.does(KEY, Deed::Find).unwrap();
}

#[test]
fn the_activation_code_of_a_key_dies_with_its_return_its_loss_and_its_retirement() {
    for (end, revival) in
        [(Deed::Unassign, None), (Deed::Return { to: None }, None), (Deed::Lose, Some(())), (Deed::Retire, None)]
    {
        let house = House::furnished();
        house.desk().assign_key(&serial(KEY), &login("alice")).unwrap();
        let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
        house.does(KEY, end).unwrap();
        if revival.is_some() {
            house.restore(KEY).unwrap();
            assert_eq!(house.of(KEY).state, State::Assigned);
        }
        assert_eq!(house.activation_refused("alice", KEY, issued.code.expose()), "activation-code-dead", "{end:?}");
    }
}

#[test]
fn a_key_on_its_way_becomes_nobodys_until_it_has_come_in() {
    let house = House::furnished().with_a_second_establishment();
    house.does(KEY, Deed::Ship { to: Some(&elsewhere()) }).unwrap();
    assert_eq!(house.of(KEY).establishment, Some(uai()));
    let refused = house.desk().assign_key(&serial(KEY), &login("alice"));
    assert!(matches!(refused, Err(Error::KeyOnItsWay { to: Some(to), .. }) if to == elsewhere()));
    let refused = house.desk().issue_activation(&login("alice"), Some(&serial(KEY)));
    assert!(matches!(refused, Err(Error::KeyOnItsWay { .. })));
    let issued = house.desk().issue_activation(&login("alice"), None).unwrap();
    house.activation_refused("alice", KEY, issued.code.expose());
    house.does(KEY, Deed::Receive).unwrap();
    assert_eq!(house.of(KEY).establishment, Some(elsewhere()));
    let refused = house.desk().assign_key(&serial(KEY), &login("alice"));
    assert!(matches!(refused, Err(Error::KeyHeldElsewhere { .. })));
    // And the batch that it came with cannot be taken back any more.
    assert!(matches!(house.desk().undo_batch(1), Err(Error::BatchLeftStock { left: 1, .. })));
}

#[test]
fn a_key_that_somebody_waits_for_is_not_sent_away() {
    let house = House::furnished().with_a_second_establishment();
    house.desk().issue_activation(&login("alice"), Some(&serial(KEY))).unwrap();
    let sent = house.does(KEY, Deed::Ship { to: None });
    assert!(matches!(sent, Err(Error::KeyPromised { login: waiting, .. }) if waiting == login("alice")));
    house.minutes(8 * 24 * 60);
    house.does(KEY, Deed::Ship { to: None }).unwrap();
}

#[test]
fn a_key_comes_back_to_where_its_user_belongs_or_where_somebody_says() {
    let house = House::in_use().with_a_second_establishment();
    // It lies elsewhere by now, and Alice belongs to one establishment.
    house.behind().put_all_keys(Some(2));
    assert_eq!(house.does(KEY, Deed::Return { to: None }).unwrap().establishment, Some(uai()));
    let charlie =
        NewUser { login: login("charlie"), name: "Charlie".parse().unwrap(), establishments: vec![uai(), elsewhere()] };
    house.desk().add_user(&charlie).unwrap();
    house.behind().put_all_keys(None);
    house.desk().assign_key(&serial(KEY), &login("charlie")).unwrap();
    let unclear = house.does(KEY, Deed::Return { to: None });
    assert!(matches!(unclear, Err(Error::SeveralEstablishments { establishments, .. }) if establishments.len() == 2));
    let back = house.does(KEY, Deed::Return { to: Some(&elsewhere()) }).unwrap();
    assert_eq!((back.establishment, back.after), (Some(elsewhere()), State::Stock));
}

#[test]
fn of_several_keys_all_are_taken_or_none_and_a_trial_takes_none() {
    let house = House::in_use();
    house.equip_bob();
    let stop = |keys: &[&str], is_trial| house.desk().move_keys(&rows(keys), Deed::Suspend, is_trial).unwrap();
    let events = house.events().len();
    let tried = stop(&[KEY, OTHER, KEY], true).unwrap();
    assert_eq!(tried.iter().map(|moved| moved.after).collect::<Vec<_>>(), [State::Suspended; 2]);
    let refused = stop(&[KEY, "103142720", OTHER, "7"], false).unwrap_err();
    assert!(matches!(
        refused.iter().map(|row| &row.value).collect::<Vec<_>>()[..],
        [Error::KeyInState { present: State::Stock, .. }, Error::UnknownKey(_)]
    ));
    assert_eq!((house.of(KEY).state, house.events().len()), (State::Active, events));
    assert_eq!(stop(&[KEY, OTHER, KEY], false).unwrap().len(), 2);
    assert_eq!(house.events().len(), events + 2);
}

/// What somebody does to Alice's key, which others may come to have.
#[derive(Clone, Copy, Debug)]
enum Act {
    Assign(&'static str),
    Unassign,
    Activate,
    Return,
    ShipAway,
    ShipToAcademy,
    Receive,
    Suspend,
    Resume,
    Lose,
    Find,
    Restore,
    Retire,
    /// Its user types what it shows.
    Use,
}

const ACTS: [Act; 15] = [
    Act::Assign("alice"),
    Act::Assign("bob"),
    Act::Unassign,
    Act::Activate,
    Act::Return,
    Act::ShipAway,
    Act::ShipToAcademy,
    Act::Receive,
    Act::Suspend,
    Act::Resume,
    Act::Lose,
    Act::Find,
    Act::Restore,
    Act::Retire,
    Act::Use,
];

/// What must be true of the key.
#[derive(Clone, Debug, PartialEq)]
struct Model {
    life: Life,
    holder: Option<&'static str>,
    place: Option<Uai>,
    aim: Option<Uai>,
    has_pin: bool,
}

impl Model {
    fn new() -> Self {
        Self { life: Life::NEW, holder: None, place: Some(uai()), aim: None, has_pin: false }
    }

    fn of(key: &Key) -> Self {
        let names = ["alice", "bob"];
        let holder = key.holder.as_ref().and_then(|holder| names.into_iter().find(|name| login(name) == holder.login));
        Self {
            life: key.life(),
            holder,
            place: key.establishment.clone(),
            aim: key.shipment.as_ref().and_then(|shipment| shipment.to.clone()),
            has_pin: !key.pin.is_none(),
        }
    }

    /// What it becomes; nothing when it must stay as it is.
    fn after(&self, act: Act) -> Option<Self> {
        let transition = match act {
            Act::Assign(_) => Transition::Assign,
            Act::Unassign => Transition::Unassign,
            Act::Activate => Transition::Activate,
            Act::Return => Transition::Return,
            Act::ShipAway | Act::ShipToAcademy => Transition::Ship,
            Act::Receive => Transition::Receive,
            Act::Suspend => Transition::Suspend,
            Act::Resume => Transition::Resume,
            Act::Lose => Transition::Lose,
            Act::Find => Transition::Find,
            Act::Restore => Transition::Restore,
            Act::Retire => Transition::Retire,
            Act::Use => {
                let opens = self.life.state == State::Active;
                return opens.then(|| Self { has_pin: true, ..self.clone() });
            }
        };
        let life = self.life.after(transition).ok()?;
        let nobodys = Self { life, holder: None, has_pin: false, aim: None, ..self.clone() };
        let is_in_reach = self.place.as_ref().is_none_or(|place| *place == uai());
        Some(match act {
            Act::Assign(name) if is_in_reach => Self { holder: Some(name), ..nobodys },
            Act::Assign(_) => return None,
            Act::Activate if self.holder.is_some() => Self { life, ..self.clone() },
            // Nobody has a code for a key in stock here.
            Act::Activate => return None,
            Act::Unassign | Act::Find | Act::Retire => nobodys,
            Act::Return => Self { place: Some(uai()), ..nobodys },
            Act::ShipAway if self.place == Some(elsewhere()) => return None,
            Act::ShipToAcademy if self.place.is_none() => return None,
            Act::ShipAway => Self { life, aim: Some(elsewhere()), ..self.clone() },
            Act::ShipToAcademy => Self { life, aim: None, ..self.clone() },
            Act::Receive => Self { life, place: self.aim.clone(), aim: None, ..self.clone() },
            Act::Lose => Self { life, aim: None, ..self.clone() },
            _ => Self { life, ..self.clone() },
        })
    }
}

/// Does it; tells whether it was done.
fn act(house: &House, act: Act, model: &Model) -> bool {
    let deed = match act {
        Act::Assign(name) => return house.desk().assign_key(&serial(KEY), &login(name)).is_ok(),
        Act::Activate => {
            let Some(holder) = model.holder else { return false };
            let Ok(issued) = house.desk().issue_activation(&login(holder), None) else { return false };
            return house.activate(holder, KEY, issued.code.expose()) == Activated::Yes;
        }
        Act::Use => return use_it(house, model),
        Act::Restore => return house.restore(KEY).is_ok(),
        Act::Unassign => Deed::Unassign,
        Act::Return => Deed::Return { to: None },
        Act::ShipAway => return house.does(KEY, Deed::Ship { to: Some(&elsewhere()) }).is_ok(),
        Act::ShipToAcademy => Deed::Ship { to: None },
        Act::Receive => Deed::Receive,
        Act::Suspend => Deed::Suspend,
        Act::Resume => Deed::Resume,
        Act::Lose => Deed::Lose,
        Act::Find => Deed::Find,
        Act::Retire => Deed::Retire,
    };
    house.does(KEY, deed).is_ok()
}

/// Its user, or Alice when it has none, types what it shows, some minutes after whatever was before.
fn use_it(house: &House, model: &Model) -> bool {
    let name = model.holder.unwrap_or("alice");
    house.minutes(20);
    if model.life.state == State::Active && !model.has_pin {
        house.choose_pin(name, PIN);
        house.minutes(1);
    }
    match house.check(name, PIN, 0) {
        Answer::Accepted => {
            // Once.
            assert!(matches!(house.check(name, PIN, 0), Answer::Refused));
            true
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// Whatever is done to a key, it becomes what the diagram says or stays as it is; its watermark never falls; a change is
    /// told in one event at least, and a refusal of an operator's command in none.
    #[test]
    fn a_key_lives_as_the_diagram_says(acts in prop::collection::vec(prop::sample::select(ACTS.to_vec()), 1..30)) {
        let house = House::furnished().with_a_second_establishment();
        let mut model = Model::new();
        let mut watermark = Step::NEVER;
        for wanted in acts {
            let events = house.events().len();
            let done = act(&house, wanted, &model);
            // Who asks for a code, or types one, is told of either way.
            if !matches!(wanted, Act::Activate | Act::Use) {
                prop_assert_eq!(house.events().len() > events, done, "{:?}", wanted);
            }
            let expected = model.after(wanted);
            prop_assert_eq!(done, expected.is_some(), "{:?} of {:?}", wanted, model);
            model = expected.unwrap_or(model);
            let key = house.of(KEY);
            prop_assert_eq!(&Model::of(&key), &model, "after {:?}", wanted);
            prop_assert!(key.watermark >= watermark);
            watermark = key.watermark;
        }
    }
}
