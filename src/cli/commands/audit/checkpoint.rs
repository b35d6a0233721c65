//! `audit checkpoint` tells where the chain stands, for somewhere else than this machine.

use super::document;
use crate::cli::args::{AuditCheckpoint, FileOrStdout};
use crate::cli::escape;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::report::{Report, json};
use crate::cli::session::Session;
use crate::host::files;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; that the machine's log cannot be written is none.
pub fn run(session: &mut Session<'_>, args: AuditCheckpoint) -> Result<Exit, Failure> {
    let AuditCheckpoint { file, append } = args;
    if append && file == FileOrStdout::Stdout {
        return Err(Failure::new(Exit::Usage, "append-to-what"));
    }
    session.at_desk(|desk, session| {
        let sealed = desk.take_checkpoint()?;
        let answer = document::written(&sealed);
        let line = json::document(&Report::Answer(answer.clone()));
        match &file {
            FileOrStdout::Stdout => session.answer(line.as_bytes())?,
            FileOrStdout::File(path) => {
                let write = if append { files::append_private } else { files::create_private };
                write(path, line.as_bytes())?;
                let values = [("seq", sealed.checkpoint.head.seq.into()), ("path", escape::path(path).into())];
                session.report(answer.sentence("checkpoint-written", &values))?;
            }
        }
        let noted = session.host.journal.note(line.trim_end());
        // A cron job of a machine without a log is not to send a mail each hour.
        if let Some(error) = noted.err().filter(|_| !session.options.quiet) {
            session.warn("checkpoint-not-noted", &[("reason", reason(&error))]);
        }
        Ok(Exit::Done)
    })
}

/// Says why the machine's log took nothing: as a rule there is none.
fn reason(error: &std::io::Error) -> Value {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::ConnectionRefused => Value::word("reason-no-journal"),
        _ => Failure::reason(error),
    }
}
