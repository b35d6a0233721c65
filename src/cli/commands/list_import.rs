//! What the commands that take a list in have in common: telling what came of it.

use crate::cli::args::FileOrStdin;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::people_list::{Finding, Findings, PeopleList};
use crate::cli::report::{Answer, Datum, Format, List};
use crate::cli::session::{Session, list_shown};
use crate::ops::{Planned, Row};

/// How the rows of a list are told.
pub struct Telling<'a, T> {
    /// The schema of the answer.
    pub schema: &'static str,
    /// The columns of a row, before `result`.
    pub columns: &'static [&'static str],
    /// The data of a row, but `line` and `result`.
    pub row: fn(&T) -> Vec<Datum>,
    /// The message that tells what came of it, and the one of a trial.
    pub sentences: [&'static str; 2],
    /// What a row is called that was added, and one that would be: `FAMILY-added`.
    pub added: [&'static str; 2],
    /// The list.
    pub file: &'a FileOrStdin,
    /// Nothing was to be changed.
    pub dry_run: bool,
}

/// What comes of a list whose rows are added: a plan for each row, or the rows that can not be taken.
type Answered<T, P> = Result<Vec<(Row<T>, Planned)>, Vec<P>>;

/// What is said of a list that is added to what there is.
pub const ADDED: [&str; 2] = ["list-taken", "list-would-be-taken"];

/// What its rows are called.
pub const RESULTS: [&str; 2] = ["result", "would-be"];

/// Warns of the columns that nothing is read from.
pub fn warn_of_ignored<T>(session: &mut Session<'_>, list: &PeopleList<T>) {
    for name in &list.ignored {
        session.warn("list-column-ignored", &[("name", name.as_str().into())]);
    }
}

/// Tells what came of a list.
///
/// # Errors
/// A failure when something is wrong with it.
pub fn tell<T, P: Into<Finding>>(
    session: &mut Session<'_>,
    telling: &Telling<'_, T>,
    read: usize,
    mut findings: Findings,
    answer: Answered<T, P>,
) -> Result<Exit, Failure> {
    let planned = match answer {
        Ok(planned) => planned,
        Err(problems) => {
            problems.into_iter().map(P::into).for_each(|finding| findings.push(finding));
            Vec::new()
        }
    };
    let total = findings.total();
    let told = findings.in_order();
    let answer = answer_of(telling, read, total, told, &planned);
    let for_machines = matches!(session.options.output_format, Format::Json | Format::Jsonl);
    if total == 0 {
        let [taken, would_be_taken] = telling.sentences;
        let id = if telling.dry_run { would_be_taken } else { taken };
        let [added, identical] = counts(&planned);
        let values = [("added", Value::from(added)), ("identical", Value::from(identical))];
        let answer = answer.sentence(id, &values);
        let with_rows = telling.dry_run || session.options.output_format != Format::Table;
        session.report(if with_rows { answer.list(rows(telling, &planned)) } else { answer })?;
        return Ok(Exit::Done);
    }
    if for_machines {
        session.report(answer.list(rows(telling, &[])))?;
    } else {
        say_findings(session, &mut findings);
    }
    Err(Failure::new(Exit::Data, "list-refused").with("path", list_shown(telling.file)).with("count", total))
}

/// Tells what is wrong with a list of which nothing was done, and gives how the command ends.
pub fn refuse(
    session: &mut Session<'_>,
    schema: &'static str,
    list: &FileOrStdin,
    mut findings: Findings,
    dry_run: bool,
) -> Failure {
    let total = findings.total();
    if matches!(session.options.output_format, Format::Json | Format::Jsonl) {
        let answer = Answer::new(schema).field("dry_run", dry_run).field("problems", total);
        if let Err(failure) = session.report(answer.field("findings", findings_as_data(findings.in_order()))) {
            return failure;
        }
    } else {
        say_findings(session, &mut findings);
    }
    Failure::new(Exit::Data, "list-refused").with("path", list_shown(list)).with("count", total)
}

/// Says what is wrong with a list, each on its line.
fn say_findings(session: &mut Session<'_>, findings: &mut Findings) {
    let total = findings.total();
    let told = findings.in_order();
    for finding in told {
        let sentence = finding.sentence(&session.words);
        session.host.terminal.say(&format!("{sentence}\n"));
    }
    if total > told.len() {
        let more = Value::from(total.saturating_sub(told.len()));
        let sentence = session.words.say("list-more", &[("count", more)]);
        session.host.terminal.say(&format!("{sentence}\n"));
    }
}

/// Writes what is wrong with a list for machines, in English.
fn findings_as_data(findings: &[Finding]) -> Vec<Datum> {
    let english = Words::of(Language::English);
    let object = |finding: &Finding| {
        Datum::Object(vec![
            ("line", number(finding.line)),
            ("column", finding.column.into()),
            ("code", finding.code.into()),
            ("message", finding.message(&english).into()),
        ])
    };
    findings.iter().map(object).collect()
}

fn counts<T>(planned: &[(Row<T>, Planned)]) -> [usize; 2] {
    [Planned::Added, Planned::Identical].map(|what| planned.iter().filter(|(_, planned)| *planned == what).count())
}

fn answer_of<T>(
    telling: &Telling<'_, T>,
    read: usize,
    problems: usize,
    findings: &[Finding],
    planned: &[(Row<T>, Planned)],
) -> Answer {
    let [added, identical] = counts(planned);
    Answer::new(telling.schema)
        .field("dry_run", telling.dry_run)
        .field("read", read)
        .field("problems", problems)
        .field("added", added)
        .field("identical", identical)
        .field("findings", findings_as_data(findings))
}

fn rows<T>(telling: &Telling<'_, T>, planned: &[(Row<T>, Planned)]) -> List {
    let mut list = List::new("rows", telling.columns);
    let [added, would_be_added] = telling.added;
    for (row, planned) in planned {
        let result = match planned {
            Planned::Added if telling.dry_run => Datum::Word(would_be_added, "added"),
            Planned::Added => Datum::Word(added, "added"),
            Planned::Identical => Datum::Word("result", "identical"),
        };
        let mut data = vec![number(row.line)];
        data.extend((telling.row)(&row.value));
        data.push(result);
        list.row(data);
    }
    list
}

/// Gives the number of a line.
pub fn number(line: u64) -> Datum {
    Datum::Number(i64::try_from(line).unwrap_or(i64::MAX))
}
