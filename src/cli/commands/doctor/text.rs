//! The diagnosis for people: what was looked at, then each problem with its remedy below.

use super::Diagnosis;
use super::finding::{Finding, Severity};
use crate::cli::locale::{Value, Words};
use crate::cli::report::Style;

/// Writes the diagnosis; the findings only, when quiet.
pub fn render(diagnosis: &Diagnosis, words: &Words, style: &Style) -> String {
    let width = usize::from(style.width);
    let mut text = String::new();
    if !style.quiet {
        push_checks(&mut text, diagnosis, words);
    }
    for finding in diagnosis.findings() {
        if !text.is_empty() {
            text.push('\n');
        }
        push_finding(&mut text, finding, words, width);
    }
    if !style.quiet {
        let ending = match diagnosis.is_ok() {
            true => words.say("doctor-fine", &[]),
            false => words.say(
                "doctor-found",
                &[
                    ("errors", Value::from(diagnosis.count(Severity::Error))),
                    ("warnings", Value::from(diagnosis.count(Severity::Warning))),
                ],
            ),
        };
        text.push_str(&format!("\n{ending}\n"));
    }
    text
}

fn push_checks(text: &mut String, diagnosis: &Diagnosis, words: &Words) {
    if let Some((home, origin)) = &diagnosis.home {
        let origin = Value::word(format!("home-from-{}", origin.name()));
        let title = words.say("doctor-home", &[("path", Value::of(home.folder.display())), ("origin", origin)]);
        text.push_str(&format!("{title}\n\n"));
    }
    let named = |name: &str| words.say(&format!("check-{name}"), &[]);
    let widest = diagnosis.checks.iter().map(|check| named(check.name).chars().count()).max().unwrap_or_default();
    for check in &diagnosis.checks {
        let (name, result) = (named(check.name), words.say(&format!("check-result-{}", check.result()), &[]));
        text.push_str(&format!("{name:widest$}  {result}\n"));
    }
}

fn push_finding(text: &mut String, finding: &Finding, words: &Words, width: usize) {
    let severity = words.say(&format!("finding-severity-{}", finding.severity.name()), &[]);
    push_wrapped(text, &format!("{severity} {}", finding.failure.message(words)), width);
    if let Some(hint) = finding.failure.hint(words) {
        let line = format!("{} {hint}", words.say("hint-line", &[]));
        push_wrapped(text, &line, if finding.hint_is_a_command() { usize::MAX } else { width });
    }
}

/// Breaks a line between words where it is longer than the screen; what goes on below is indented.
fn push_wrapped(text: &mut String, line: &str, width: usize) {
    let mut used = 0_usize;
    for (index, word) in line.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && used.saturating_add(length) >= width {
            text.push_str("\n  ");
            used = 2;
        } else if index > 0 {
            text.push(' ');
            used = used.saturating_add(1);
        }
        text.push_str(word);
        used = used.saturating_add(length);
    }
    text.push('\n');
}
