use super::*;
use crate::operator::Via;
use hmac::{Hmac, KeyInit, Mac as _};

struct TestSeal;

impl Seal for TestSeal {
    fn seal(&self, encoded: &[u8]) -> Mac {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"test").unwrap();
        mac.update(encoded);
        mac.finalize().into_bytes().into()
    }
}

fn record(seq: i64, reason: &str, name: &str) -> Record {
    Record {
        seq,
        at: UtcTime::from_epoch(seq),
        operator: Operator { uid: 1000, name: name.to_owned(), via: Via::Direct, login: None },
        event: Event::new(Action::Check, Outcome::Refused).because(reason),
        login: None,
        has_left: false,
        version: "0".to_owned(),
        mac: GENESIS,
    }
}

fn chain(length: i64) -> Vec<Record> {
    let mut last = GENESIS;
    (1..=length)
        .map(|seq| {
            let mut record = record(seq, "wrong-pin", "a");
            record.mac = TestSeal.seal(&encode(&last, &record));
            last = record.mac;
            record
        })
        .collect()
}

fn verified(records: &[Record]) -> (i64, Option<i64>) {
    let mut verification = Verification::new(&TestSeal);
    for record in records {
        verification.take(record);
    }
    verification.finish()
}

#[test]
fn an_untouched_chain_is_intact() {
    assert_eq!(verified(&chain(20)), (20, None));
}

#[test]
fn j01_an_edit_a_swap_a_gap_and_a_copy_are_named() {
    let mut edited = chain(20);
    edited[6].event.reason = None;
    assert_eq!(verified(&edited).1, Some(7));
    let mut swapped = chain(20);
    swapped.swap(3, 4);
    assert_eq!(verified(&swapped).1, Some(4));
    let mut shortened = chain(20);
    shortened.remove(10);
    assert_eq!(verified(&shortened).1, Some(11));
    let mut doubled = chain(20);
    doubled.insert(5, doubled[4].clone());
    assert_eq!(verified(&doubled).1, Some(5));
    let mut without_the_first = chain(20);
    without_the_first.remove(0);
    assert_eq!(verified(&without_the_first).1, Some(1));
}

#[test]
fn j03_fields_can_not_run_into_one_another() {
    assert_ne!(encode(&GENESIS, &record(1, "b", "a")), encode(&GENESIS, &record(1, "", "ab")));
    let mut without = record(1, "", "a");
    without.event.reason = None;
    assert_ne!(encode(&GENESIS, &record(1, "", "a")), encode(&GENESIS, &without));
}
