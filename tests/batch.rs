//! `check --batch` of the real binary: a process that is kept, and what becomes of it when a side goes away.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs,
    reason = "tests may fail loudly and use the real machine"
)]

mod support;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Child;
use std::time::{Duration, Instant};
use support::{Home, PIN, code, wait_for_room};

fn line(index: usize, steps: i64) -> String {
    json!({"id": index, "login": format!("user{index}"), "passcode": format!("{PIN}{}", code(index, steps))})
        .to_string()
}

/// Asks one thing of a process that is kept, and waits for the answer.
fn ask(child: &mut Child, answers: &mut impl BufRead, line: &str) -> Value {
    let stdin = child.stdin.as_mut().unwrap();
    writeln!(stdin, "{line}").unwrap();
    let mut answer = String::new();
    answers.read_line(&mut answer).unwrap();
    serde_json::from_str(&answer).unwrap()
}

#[test]
fn an_answer_comes_while_more_may_be_asked() {
    wait_for_room(10);
    let home = Home::with_users(2);
    home.set_pin(0);
    let mut child = home.command(&["check", "--batch"]).spawn().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    assert_eq!(ask(&mut child, &mut answers, &line(0, 0))["verdict"], "accepted");
    assert_eq!(ask(&mut child, &mut answers, &line(0, 0))["verdict"], "refused");
    let first = ask(&mut child, &mut answers, &json!({"login": "user1", "passcode": code(1, 0)}).to_string());
    assert_eq!(first["verdict"], "new-pin-required");
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_was_answered_before_a_kill_stays_spent() {
    wait_for_room(10);
    let home = Home::with_users(1);
    home.set_pin(0);
    let mut child = home.command(&["check", "--batch"]).spawn().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    assert_eq!(ask(&mut child, &mut answers, &line(0, 0))["verdict"], "accepted");
    child.kill().unwrap();
    child.wait().unwrap();
    let passcode = format!("{PIN}{}\n", code(0, 0));
    assert_eq!(home.run(&["check", "user0"], &passcode).status.code(), Some(1));
    home.done(&["audit", "verify"], "");
}

#[test]
fn a_process_whose_answers_nobody_reads_ends_though_stdin_stays_open() {
    let home = Home::with_users(1);
    let mut child = home.command(&["check", "--batch"]).spawn().unwrap();
    drop(child.stdout.take());
    let stdin = child.stdin.as_mut().unwrap();
    writeln!(stdin, "{}", line(0, 0)).unwrap();
    let output = {
        let status = child.wait().unwrap();
        let mut said = String::new();
        std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut said).unwrap();
        (status.code(), said)
    };
    assert_eq!(output.0, Some(74), "{}", output.1);
    assert!(output.1.contains("nobody reads the answers") && !output.1.contains("room"), "{}", output.1);
}

#[test]
fn a02_four_kept_processes_accept_a_code_once() {
    wait_for_room(10);
    let home = Home::with_users(8);
    (0..8).for_each(|index| home.set_pin(index));
    let lines: String = (0..8).map(|index| line(index, 0) + "\n").collect();
    let run = || {
        let mut child = home.command(&["check", "--batch"]).spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        (child, stdin)
    };
    let mut children = [run(), run(), run(), run()];
    for (_, stdin) in &mut children {
        stdin.write_all(lines.as_bytes()).unwrap();
    }
    let mut accepted = Vec::new();
    for (child, stdin) in children {
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let answers: Vec<Value> =
            output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
        assert_eq!(answers.len(), 8);
        accepted.extend(
            answers.iter().filter(|answer| answer["verdict"] == "accepted").map(|answer| answer["id"].to_string()),
        );
    }
    accepted.sort();
    assert_eq!(accepted, (0..8).map(|index| index.to_string()).collect::<Vec<_>>());
    home.done(&["audit", "verify"], "");
}

#[test]
fn a_flood_for_one_login_holds_up_no_other_one_and_every_line_is_answered() {
    wait_for_room(20);
    let home = Home::with_users(2);
    home.set_pin(1);
    let started = Instant::now();
    let mut child = home.command(&["check", "--batch"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let flood = json!({"login": "user0", "passcode": "1"}).to_string() + "\n";
    let writer = std::thread::spawn(move || {
        stdin.write_all(flood.repeat(4500).as_bytes()).unwrap();
        writeln!(stdin, "{}", line(1, 0)).unwrap();
    });
    let (mut refused, mut turned_away) = (0, 0);
    for answer in BufReader::new(child.stdout.take().unwrap()).lines() {
        let answer: Value = serde_json::from_str(&answer.unwrap()).unwrap();
        if answer["id"] == 1 {
            assert_eq!(answer["verdict"], "accepted");
            assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        } else if answer["verdict"] == "refused" {
            refused += 1;
        } else {
            assert_eq!((&answer["error"], &answer["code"]), (&json!("too-many-waiting"), &json!(75)));
            turned_away += 1;
        }
    }
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(refused + turned_away, 4500);
    assert!(refused >= 64, "{refused}");
}
