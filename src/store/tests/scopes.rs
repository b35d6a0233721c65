//! What each view finds within a scope: the same things by whatever way they are sought.

use super::*;
use crate::audit::Subject;
use crate::clock::Seconds;
use crate::establishment::Uai;
use crate::key::SerialRange;
use crate::user::{Login, UserId};

const OWN: &str = "0860034V";
const FOREIGN: &str = "0750655E";

/// Keys, by where they are and whose they are, and whether they exist for who answers for the first establishment. Each came
/// with a file of its own.
const KEYS: [(&str, Place, bool); 9] = [
    ("1001", Place::At(None), false),
    ("1002", Place::At(Some(OWN)), true),
    ("1003", Place::At(Some(FOREIGN)), false),
    ("1004", Place::Sent(None, Some(OWN)), true),
    ("1005", Place::Sent(Some(OWN), Some(FOREIGN)), true),
    ("1006", Place::Sent(Some(FOREIGN), None), false),
    ("1007", Place::Of("own"), true),
    ("1008", Place::Of("foreign"), false),
    ("1009", Place::Of("both"), true),
];

const USERS: [(&str, &[&str], bool); 4] =
    [("own", &[OWN], true), ("foreign", &[FOREIGN], false), ("both", &[OWN, FOREIGN], true), ("nowhere", &[], false)];

#[derive(Clone, Copy)]
enum Place {
    At(Option<&'static str>),
    Sent(Option<&'static str>, Option<&'static str>),
    /// In the hands of a user, and held by the other establishment.
    Of(&'static str),
}

fn uai(text: &str) -> Uai {
    text.parse().unwrap()
}

fn login(text: &str) -> Login {
    text.parse().unwrap()
}

fn serial_of(text: &str) -> Serial {
    text.parse().unwrap()
}

fn furnish(change: &Change<'_>) -> Result<(), Error> {
    for text in [OWN, FOREIGN] {
        change.add_establishment(&uai(text), &"Lycée".parse().unwrap(), NOW)?;
    }
    let row = |text: &str| Ok::<_, Error>(change.read().establishment(&uai(text))?.unwrap().id);
    for (name, establishments, _) in USERS {
        let user = change.add_user(&login(name), &"Name".parse().unwrap(), NOW)?;
        for text in establishments {
            change.add_membership(user, row(text)?)?;
        }
        let hash = [u8::try_from(user).unwrap(); 32];
        change.add_activation(&NewActivation { user, key: None, hash, expires_at: NOW, seal: [7; 32] }, NOW)?;
    }
    for (number, (text, place, _)) in (1..).zip(KEYS) {
        let batch = change.open_batch(&NewBatch { sha256: &[number; 32], ..new_batch() }, NOW)?;
        let identity = Identity { key: KeyId([number; 16]), serial: serial_of(text), parameters: parameters() };
        let held = match place {
            Place::At(at) | Place::Sent(at, _) => at,
            Place::Of(_) => Some(FOREIGN),
        };
        change.key_adder()?.add(&NewKey {
            identity: &identity,
            seed: &SealedSeed(vec![number; 48]),
            manufacturer: None,
            model: None,
            validity: Validity::default(),
            drift: Drift::default(),
            watermark: Step::NEVER,
            establishment: held.map(row).transpose()?,
            batch,
            batch_line: 1,
        })?;
        change.close_batch(batch, &COUNTS, NOW)?;
        let key = change.read().key(&serial_of(text))?.unwrap();
        match place {
            Place::At(_) => {}
            Place::Sent(_, to) => change.send_key(key.row, to.map(row).transpose()?, NOW)?,
            Place::Of(name) => {
                let user = change.read().user(&login(name))?.unwrap().id;
                assert!(change.give_key(&key, user, &[7; 32], State::Assigned, NOW)?);
                let expires_at = NOW.plus(Seconds::days(1));
                let list = NewEmergency { user, key: key.row, issued_by: "a", hashes: &[], expires_at };
                change.add_emergency(&list, NOW)?;
            }
        }
    }
    Ok(())
}

/// Gives those of some names that are told to exist.
fn existing<'n>(names: impl IntoIterator<Item = (&'n str, bool)>) -> Vec<&'n str> {
    names.into_iter().filter(|(_, exists)| *exists).map(|(name, _)| name).collect()
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}

/// Seeks keys, and the files that they came with, in every way that there is.
fn seek_keys(view: View<'_>, wanted: &[&str]) {
    let all = KEYS.map(|(text, ..)| text);
    let listed = view.keys(&KeyFilter::default()).unwrap();
    assert_eq!(listed.iter().map(|key| key.serial.as_str()).collect::<Vec<_>>(), wanted);
    assert_eq!(existing(all.map(|text| (text, view.key(&serial_of(text)).unwrap().is_some()))), wanted);
    let by_number = (1..).zip(all).map(|(row, text)| (text, view.key_at(row).unwrap().is_some()));
    assert_eq!(existing(by_number), wanted);
    let serials = |keys: Vec<Key>| keys.into_iter().map(|key| key.serial.to_string()).collect::<Vec<_>>();
    let those = |which: &dyn Fn(&Key) -> bool| {
        listed.iter().filter(|key| which(key)).map(|key| key.serial.to_string()).collect::<Vec<_>>()
    };
    for state in State::all() {
        let found = view.keys(&KeyFilter { state: Some(state), ..KeyFilter::default() }).unwrap();
        assert_eq!(serials(found), those(&|key| key.state == state), "{state:?}");
    }
    let found = view.keys(&KeyFilter { on_their_way: true, ..KeyFilter::default() }).unwrap();
    assert_eq!(serials(found), those(&|key| key.shipment.is_some()), "on their way");
    // What is counted, and what is gone through, finds them by ways of its own.
    assert_eq!(view.key_rows(&KeyFilter::default(), KeyOrder::Batch).unwrap().len(), wanted.len());
    let heaps = view.stock().unwrap();
    assert_eq!(heaps.iter().map(|heap| heap.keys).sum::<i64>(), i64::try_from(wanted.len()).unwrap());
    let range: SerialRange = "1001..1009".parse().unwrap();
    let between = view.serials_between(&range).unwrap();
    assert_eq!(between.iter().map(Serial::as_str).collect::<Vec<_>>(), wanted);
    let batches = (1..).zip(all).map(|(id, text)| (text, view.batch(id).unwrap().is_some()));
    assert_eq!(existing(batches), wanted);
    let numbers: Vec<i64> = view.batches().unwrap().iter().map(|census| census.batch.id).collect();
    let batches = (1..).zip(all).map(|(id, text)| (text, numbers.contains(&id)));
    assert_eq!((existing(batches), numbers.len()), (wanted.to_vec(), wanted.len()));
    // Whatever the scope: a file is compared with all that there is.
    assert!(all.iter().all(|text| view.known_key(&serial_of(text)).unwrap().is_some()));
}

/// Seeks users, their codes, their keys and the events about them.
fn seek_users(view: View<'_>, wanted: &[&str]) {
    let users = USERS.map(|(name, ..)| name);
    assert_eq!(existing(users.map(|name| (name, view.user(&login(name)).unwrap().is_some()))), wanted);
    let wanted = sorted(wanted.iter().map(ToString::to_string));
    let rows = view.user_rows(None).unwrap();
    let listed: Vec<_> = rows.into_iter().map(|row| view.user_at(row).unwrap().unwrap()).collect();
    assert_eq!(sorted(listed.iter().map(|user| user.login.to_string())), wanted);
    assert!(listed.iter().all(|user| user.establishments.iter().all(|uai| view.covers(uai))));
    let codes = view.activation_rows(None).unwrap().into_iter().map(|id| view.activation_at(id).unwrap().unwrap().0);
    assert_eq!(sorted(codes.map(|code| code.login.to_string())), wanted);
    let waiting = view.waiting_activations().unwrap();
    let waiting = waiting.into_iter().map(|id| view.activation_at(id).unwrap().unwrap());
    let waiting: Vec<_> = waiting.inspect(|(_, at)| assert!(at.as_ref().is_none_or(|uai| view.covers(uai)))).collect();
    assert_eq!(sorted(waiting.iter().map(|(code, _)| code.login.to_string())), wanted);
    let events = view.audit(&AuditFilter { action: Some(Action::UserAdd), ..AuditFilter::default() }, NOW).unwrap();
    assert_eq!(sorted(events.iter().filter_map(|record| record.login.as_ref()).map(ToString::to_string)), wanted);
    let mut lists = 1..;
    for (id, name) in (1..).zip(users) {
        let id: UserId = id;
        let is_known = wanted.iter().any(|known| known == name);
        let has_key = name != "nowhere" && is_known;
        assert_eq!(view.key_of_user(id).unwrap().is_some(), has_key, "{name}");
        // By number too: whoever was listed may have left the scope before his turn comes.
        assert_eq!(view.user_at(id).unwrap().is_some(), is_known, "{name}");
        assert_eq!(view.activation_at(id).unwrap().is_some(), is_known, "{name}");
        let list = lists.next().filter(|_| name != "nowhere");
        assert_eq!(list.and_then(|list| view.emergency_at(list).unwrap()).is_some(), has_key, "{name}");
    }
    let lists = view.emergency_rows(None).unwrap().into_iter().map(|list| view.emergency_at(list).unwrap().unwrap());
    let with_key = wanted.into_iter().filter(|name| name != "nowhere");
    assert_eq!(sorted(lists.map(|list| list.login.to_string())), with_key.collect::<Vec<_>>());
}

/// Seeks establishments, and the events about them.
fn seek_establishments(view: View<'_>, wanted: &[&str]) {
    let all = [OWN, FOREIGN];
    assert_eq!(existing(all.map(|text| (text, view.establishment(&uai(text)).unwrap().is_some()))), wanted);
    assert_eq!(existing(all.map(|text| (text, view.census(&uai(text)).unwrap().is_some()))), wanted);
    let listed = sorted(view.censuses().unwrap().iter().map(|census| census.establishment.uai.to_string()));
    assert_eq!(listed, sorted(wanted.iter().map(ToString::to_string)));
    let filter = AuditFilter { action: Some(Action::EstablishmentAdd), ..AuditFilter::default() };
    let events = view.audit(&filter, NOW).unwrap();
    let told = events.iter().filter_map(|record| record.event.subject.establishment.as_ref());
    assert_eq!(sorted(told.map(ToString::to_string)), listed);
}

/// Seeks each of so many events by its number: those that are listed are found, and no other.
fn seek_events(view: View<'_>, all: i64) {
    let listed = view.audit_rows(&AuditFilter::default(), NOW).unwrap();
    let found = (1..=all).filter(|seq| view.event_at(*seq, NOW).unwrap().is_some());
    assert_eq!(found.collect::<Vec<_>>(), listed);
}

#[test]
fn what_lies_out_of_scope_is_found_by_no_way_and_what_lies_within_by_each() {
    let bench = Bench::begun();
    bench.change(furnish);
    let mut store = bench.store();
    let about = |subject, action| Event::new(action, Outcome::Done).about(subject);
    let of_users =
        (1..).zip(USERS).map(|(user, _)| about(Subject { user: Some(user), ..Subject::default() }, Action::UserAdd));
    let of_establishments = [OWN, FOREIGN]
        .map(|text| about(Subject { establishment: Some(uai(text)), ..Subject::default() }, Action::EstablishmentAdd));
    let events = Events::all(of_users.chain(of_establishments).collect());
    store.change::<_, Error>(NOW, |_| Ok(((), events))).unwrap();
    let all = i64::try_from(store.read().audit(&AuditFilter::default(), NOW).unwrap().len()).unwrap();
    for (scope, sees_own, sees_all) in [
        (Scope::All, true, true),
        (Scope::Within(vec![uai(OWN)]), true, false),
        (Scope::Within(Vec::new()), false, false),
    ] {
        store.limit(scope, Via::Sudo);
        let view = store.read();
        assert_eq!(view.sees_all(), sees_all);
        let seen = |exists| sees_all || (sees_own && exists);
        seek_keys(view, &existing(KEYS.map(|(text, _, exists)| (text, seen(exists)))));
        seek_users(view, &existing(USERS.map(|(name, _, exists)| (name, seen(exists)))));
        seek_establishments(view, &existing([(OWN, sees_own), (FOREIGN, sees_all)]));
        seek_events(view, all);
        seek_keys(view.beyond_scope(), &KEYS.map(|(text, ..)| text));
    }
}
