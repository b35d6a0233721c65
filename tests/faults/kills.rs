//! `kill -9` at random instants, with a log of our own of all that was acknowledged.

use crate::chance::Chance;
use crate::deeds::{Deed, Ended, Trial, Usual, deeds, judge};
use crate::home::{is_whole, number, open};
use crate::support::{Home, PIN, code_at, feed, login, seed, serial, wanted};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::process::Output;
use std::time::{Duration, Instant};

/// How many kills the suite does in all.
const KILLS: u64 = 500;
/// How many keys with a button the one home has that lives through all its kills.
const KEYS: usize = 6;
/// The counter that such a key begins with.
const FIRST: i64 = 12;

/// Everything that was acknowledged, on the disk before the next thing is done.
struct Acknowledged {
    file: File,
    path: std::path::PathBuf,
}

impl Acknowledged {
    fn new(home: &Home) -> Self {
        let path = home.path("acknowledged");
        Self { file: File::create(&path).unwrap(), path }
    }

    fn note(&mut self, key: usize, counter: i64) {
        writeln!(self.file, "{key} {counter}").unwrap();
        self.file.sync_all().unwrap();
    }

    fn all(&self) -> Vec<(usize, i64)> {
        let text = std::fs::read_to_string(&self.path).unwrap();
        let pair =
            |line: &str| line.split_once(' ').map(|(key, counter)| (key.parse().unwrap(), counter.parse().unwrap()));
        text.lines().filter_map(pair).collect()
    }
}

/// Runs a command line and kills it some time later, unless it has ended before.
fn killed(home: &Home, arguments: &[&str], stdin: &str, after: Duration) -> Output {
    let mut child = home.command(arguments).spawn().unwrap();
    feed(&mut child, stdin);
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait_with_output().unwrap()
}

/// A little longer than a deed takes, at most.
fn instant(chance: &mut Chance, takes: Duration) -> Duration {
    Duration::from_micros(chance.below(takes.as_micros() as u64 * 5 / 4))
}

#[test]
fn h01_a_command_that_is_killed_at_any_instant_is_done_or_not_done_and_never_half() {
    let mut chance = Chance::of("kills");
    let (mut seen, began) = (BTreeMap::<String, u64>::new(), Instant::now());
    let deeds = deeds();
    let each = (wanted("CLEOTP_KILLS").unwrap_or(KILLS) / 2).div_ceil(deeds.len() as u64);
    for deed in &deeds {
        let usual = Usual::of(deed);
        for _ in 0..each {
            let outcome =
                kill_once(deed, &usual, &mut chance).unwrap_or_else(|problem| panic!("{}: {problem}", deed.name));
            *seen.entry(outcome).or_default() += 1;
        }
    }
    assert!(seen.keys().any(|outcome| outcome.starts_with("killed")), "no kill was in time: {seen:?}");
    println!("{} runs of {} commands in {:?}: {seen:?}", each * deeds.len() as u64, deeds.len(), began.elapsed());
}

fn kill_once(deed: &Deed, usual: &Usual, chance: &mut Chance) -> Result<String, String> {
    let trial = Trial::of(deed, usual);
    let after = instant(chance, usual.takes);
    let ended = Ended::from(&killed(&trial.copy, &trial.line.words(), &trial.line.stdin, after));
    let found =
        judge(&trial, &ended, false).map_err(|problem| format!("killed after {after:?}: {problem}: {ended:?}"))?;
    let end = if ended.signal.is_some() { "killed" } else { "ended before" };
    Ok(format!("{end}, {found}"))
}

#[test]
fn h01_one_home_that_lives_through_all_kills_loses_no_acceptance_and_repeats_none() {
    let mut chance = Chance::of("kills of one home");
    let (home, codes) = Home::with_keys(KEYS, &format!("hotp,6,{FIRST}"));
    let home = home.copied();
    let mut next = [FIRST + 1; KEYS];
    for (index, code) in codes.iter().enumerate() {
        home.done(&["activate", &login(index), &serial(index)], &format!("{code}\n"));
        let answer = home.json(&["check", &login(index)], &format!("{}\n", code_at(&seed(index), FIRST)), 10);
        let ticket = answer["ticket"].as_str().unwrap();
        home.done(&["pin", "set", &login(index), "--ticket"], &format!("{ticket}\n{PIN}\n{PIN}\n"));
    }
    let takes = (0..3).map(|_| {
        let began = Instant::now();
        home.done(&["check", &login(0)], &format!("{PIN}{}\n", code_at(&seed(0), next[0])));
        next[0] += 1;
        began.elapsed()
    });
    let takes = takes.min().unwrap();
    let (mut acknowledged, began) = (Acknowledged::new(&home), Instant::now());
    let (mut kills, mut accepted) = (0, 0);
    while kills < wanted("CLEOTP_KILLS").unwrap_or(KILLS) / 2 {
        let key = chance.below(KEYS as u64) as usize;
        let passcode = format!("{PIN}{}\n", code_at(&seed(key), next[key]));
        let output = killed(&home, &["check", &login(key), "-o", "json"], &passcode, instant(&mut chance, takes));
        let ended = Ended::from(&output);
        kills += u64::from(ended.signal.is_some());
        if ended.exit == Some(0) || (ended.has_answered && ended.told.contains("\"accepted\"")) {
            acknowledged.note(key, next[key]);
            let again = home.run(&["check", &login(key)], &passcode);
            assert_eq!(again.status.code(), Some(1), "{} is accepted twice", passcode.trim());
            next[key] += 1;
            accepted += 1;
        } else {
            assert!(ended.exit.is_none_or(|exit| [1, 11].contains(&exit)), "{ended:?}");
            // Nobody was told, and it may be spent: the next one is typed then, as by somebody whose display went on.
            let watermark =
                number(&open(&home), &format!("SELECT watermark FROM keys WHERE serial = '{}'", serial(key)));
            next[key] = next[key].max(watermark + 1);
        }
        // Three that died in a row make the next one wait; the open ones of a minute ago count as wrong.
        if ended.exit.is_some_and(|exit| exit != 0) {
            home.done(&["key", "unlock", &serial(key)], "");
            let sql = "DELETE FROM attempts";
            open(&home).execute_batch(sql).unwrap();
        }
    }
    let all = acknowledged.all();
    assert_eq!(all.len(), accepted);
    let database = open(&home);
    for (key, counter) in &all {
        let spent = format!(
            "SELECT count(*) FROM spent_codes, keys WHERE keys.id = spent_codes.key_id AND serial = '{}' AND step = {counter}",
            serial(*key)
        );
        assert_eq!(number(&database, &spent), 1, "the code {counter} of {} that was accepted is spent", serial(*key));
    }
    let times = number(&database, "SELECT count(*) FROM audit WHERE action = 'check' AND outcome = 'accepted'");
    // Three more were accepted before the first kill.
    assert!(times as usize >= accepted + 3, "{accepted} acknowledged, {times} in the audit");
    drop(database);
    is_whole(&home).unwrap();
    println!(
        "{kills} kills, {accepted} acceptances that were acknowledged, {times} in the audit, {:?}",
        began.elapsed()
    );
}
