//! The procedures in process, over a real database file: what they cost beside the start of a process.
//!
//! `cargo bench --bench procedures`. Clock, randomness and terminal are those of the tests, so that each round has a fresh code.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "a measurement may fail loudly, and uses a part of what the tests are made with"
)]

#[path = "../tests/cli/support.rs"]
mod support;

use divan::Bencher;
use divan::counter::ItemsCount;
use std::fmt::Write as _;
use support::World;

fn main() {
    divan::main();
}

/// Runs something that must be done, and keeps no record of it.
fn done(world: &World, line: &str, typed: &[&str]) {
    world.pipe(line, typed).exits(0);
    world.forget();
}

#[divan::bench]
fn version(bencher: Bencher<'_, '_>) {
    let world = World::empty("C");
    bencher.bench_local(|| done(&world, "--version", &[]));
}

#[divan::bench(args = ["C", "fr_FR.UTF-8"])]
fn help(bencher: Bencher<'_, '_>, language: &'static str) {
    let world = World::empty(language);
    bencher.bench_local(|| done(&world, "--help", &[]));
}

/// An accepted check: two transactions on the disk, and Argon2 between them.
#[divan::bench]
fn check_accepted(bencher: Bencher<'_, '_>) {
    let world = World::in_use("C");
    bencher.bench_local(|| {
        world.advance(60);
        done(&world, "check jdupont", &[&world.passcode(0)]);
    });
}

/// The look for two consecutive codes in +-720 steps.
#[divan::bench]
fn resync_two_codes(bencher: Bencher<'_, '_>) {
    resync(bencher, "key resync jdupont", &[340, 341]);
}

/// The look for three consecutive codes in +-20,000 steps.
#[divan::bench]
fn resync_three_codes(bencher: Bencher<'_, '_>) {
    resync(bencher, "key resync jdupont --three", &[9_400, 9_401, 9_402]);
}

/// Finds a key now ahead, now behind, each time almost a whole window from where it was found last; so much time passes in
/// between that its watermark is not in the way.
fn resync(bencher: Bencher<'_, '_>, line: &str, steps: &[i64]) {
    let world = World::in_use("C");
    let mut side = 1;
    bencher.bench_local(|| {
        side = -side;
        world.advance(60 * 40_000);
        let mut codes: Vec<String> = steps.iter().map(|step| world.display(step * side)).collect();
        if side < 0 {
            codes.reverse();
        }
        done(&world, line, &codes.iter().map(String::as_str).collect::<Vec<_>>());
    });
}

/// A list of 2,000 keys into a new home.
#[divan::bench(sample_count = 20)]
fn import_list(bencher: Bencher<'_, '_>) {
    let list: String = (0..2_000).fold(String::new(), |mut list, number: u64| {
        let seed = (1..=20).map(|byte: u64| (number * 2_654_435_761 / byte) as u8 ^ byte as u8);
        let seed: String = seed.map(|byte| format!("{byte:02x}")).collect();
        writeln!(list, "{},{seed}{number:08x},totp,6,60", 100_000_000 + number).unwrap();
        list
    });
    bencher
        .counter(ItemsCount::new(2_000_usize))
        .with_inputs(|| {
            let world = World::empty("C");
            done(&world, "init", &[]);
            world.lay("keys.csv", list.as_bytes());
            world
        })
        .bench_local_values(|world| {
            done(&world, "import TMP/keys.csv", &[]);
            world
        });
}

/// The chain of 5,000 events, beside the opening of the home.
#[divan::bench(sample_count = 20)]
fn audit_verify(bencher: Bencher<'_, '_>) {
    let world = World::furnished("C");
    let people: String = (0..5_000).fold("login,name,establishment\n".to_owned(), |mut people, number| {
        writeln!(people, "user{number},User,0860034V").unwrap();
        people
    });
    world.feed("user import -", people.as_bytes()).exits(0);
    world.forget();
    bencher.counter(ItemsCount::new(5_000_usize)).bench_local(|| done(&world, "audit verify", &[]));
}
