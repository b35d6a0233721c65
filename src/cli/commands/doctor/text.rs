//! The diagnosis for people: what was looked at, then each problem with its remedy below.

use super::Diagnosis;
use super::finding::{Finding, Severity};
use crate::cli::fold::fold_hanging;
use crate::cli::locale::{Value, Words};
use crate::cli::report::Style;

/// Writes the diagnosis; when quiet only what is to be mended, so that a nightly run is silent about the rest.
pub fn render(diagnosis: &Diagnosis, words: &Words, style: &Style) -> String {
    let width = usize::from(style.width);
    let mut text = String::new();
    if !style.quiet {
        push_checks(&mut text, diagnosis, words, width);
    }
    let is_told = |finding: &&Finding| !style.quiet || finding.severity != Severity::Notice;
    let mut follows_count = false;
    for finding in diagnosis.findings().into_iter().filter(is_told) {
        if !(text.is_empty() || follows_count && finding.is_a_count()) {
            text.push('\n');
        }
        follows_count = finding.is_a_count();
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

fn push_checks(text: &mut String, diagnosis: &Diagnosis, words: &Words, width: usize) {
    if let Some((home, origin)) = &diagnosis.home {
        let origin = Value::word(format!("home-from-{}", origin.name()));
        let title = words.say("doctor-home", &[("path", Value::of(home.folder.display())), ("origin", origin)]);
        text.push_str(&format!("{title}\n\n"));
    }
    // What was found is told below: by name stands here what needs no more to be said of.
    for (result, title) in [("fine", "doctor-checks-fine"), ("skipped", "doctor-checks-skipped")] {
        let named = diagnosis.checks.iter().filter(|check| check.result() == result);
        let named: Vec<String> = named.map(|check| words.say(&format!("check-{}", check.name), &[])).collect();
        if !named.is_empty() {
            push_wrapped(text, &words.say(title, &[("names", named.join(", ").into())]), width);
        }
    }
}

fn push_finding(text: &mut String, finding: &Finding, words: &Words, width: usize) {
    let severity = words.say(&format!("finding-severity-{}", finding.severity.name()), &[]);
    let message = format!("{severity} {}", finding.failure.message(words));
    if finding.is_a_count() {
        let hint = finding.failure.hint(words).unwrap_or_default();
        return push_wrapped(
            text,
            &words.say("doctor-count", &[("message", message.into()), ("hint", hint.into())]),
            width,
        );
    }
    push_wrapped(text, &message, width);
    if let Some(hint) = finding.failure.hint(words) {
        let line = format!("{} {hint}", words.say("hint-line", &[]));
        push_wrapped(text, &line, if finding.hint_is_a_command() { usize::MAX } else { width });
    }
}

/// Breaks a line where it is longer than the screen; what goes on below is indented.
fn push_wrapped(text: &mut String, line: &str, width: usize) {
    text.push_str(&fold_hanging(line, width, 2).join("\n  "));
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_neither_in_a_command_nor_before_a_sign() {
        let mut text = String::new();
        push_wrapped(&mut text, "voyez « fuser -v -- /srv/base » ; puis, plus tard : attendez sa fin", 24);
        assert_eq!(text, "voyez\n  « fuser -v -- /srv/base » ;\n  puis, plus tard :\n  attendez sa fin\n");
        let mut text = String::new();
        push_wrapped(&mut text, "run \"cleotp audit verify\", then \"cleotp init\"", 16);
        assert_eq!(text, "run\n  \"cleotp audit verify\",\n  then\n  \"cleotp init\"\n");
    }
}
