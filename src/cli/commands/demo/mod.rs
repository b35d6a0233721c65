//! `demo` runs the whole guide on sample keys: each command as one would type it, with its real answer.
//!
//! The commands run in this process, through the same door as any other command line; only what is typed comes from here.

mod display;
mod stage;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::locale::Value;
use crate::cli::session::Session;
use crate::host::files;
use crate::random::draw_bytes;
use data_encoding::HEXLOWER;
use display::Display;
use stage::Stage;
use std::path::{Path, PathBuf};

const PSKC: (&str, &[u8]) = ("pskc-demo.xml", include_bytes!("../../../../fixtures/seeds/pskc-demo.xml"));
const ENTRA: (&str, &[u8]) = ("entra-demo.csv", include_bytes!("../../../../fixtures/seeds/entra-demo.csv"));

const LOGIN: &str = "jdupont";
const SERIAL: &str = "103142718";
const PIN: &str = "4576";
/// How many minutes ahead the key is when it has drifted.
const AHEAD: i64 = 37;

/// Runs the command.
///
/// # Errors
/// [`Failure`]; `demo-failed` when a command does not answer as the guide says.
pub fn run(session: &mut Session<'_>, folder: Option<PathBuf>) -> Result<Exit, Failure> {
    let folder = match folder {
        Some(folder) => folder,
        None => {
            let name = HEXLOWER.encode(&draw_bytes::<4>(session.host.random.as_ref())?);
            PathBuf::from("/tmp").join(format!("cleotp-demo-{name}"))
        }
    };
    if folder.join("cleotp.db").exists() {
        return Err(Failure::new(Exit::CannotCreate, "already-installed").about("path", folder.display()));
    }
    let seeds = folder.join("seeds");
    files::create_private_dir(&seeds)?;
    for (name, contents) in [PSKC, ENTRA] {
        files::create_private(&seeds.join(name), contents)?;
    }
    let shown = folder.display().to_string();
    session.say("demo-begins", &[("path", Value::of(&shown))]);
    let mut stage = Stage::new(session, folder.clone());
    stage.show_setting()?;
    prepare(&mut stage, &seeds)?;
    let display = Display::read(PSKC.1, SERIAL)?;
    follow_the_guide(&mut stage, &display)?;
    help_at_the_counter(&mut stage, &display)?;
    session.say("demo-ends", &[("path", Value::of(&shown))]);
    Ok(Exit::Done)
}

/// The administrator's part: installation, keys, establishment, user.
fn prepare(stage: &mut Stage<'_, '_>, seeds: &Path) -> Result<(), Failure> {
    let file = |name: &str| seeds.join(name).display().to_string();
    stage.tell("demo-install");
    stage.command(&["init"], &[], &[], Exit::Done)?;
    stage.tell("demo-import");
    stage.command(&["import"], &[&file(PSKC.0), &file(ENTRA.0)], &[], Exit::Done)?;
    stage.tell("demo-people");
    stage.command(&["establishment", "add"], &["0860034V", "Lycée Aliénor"], &[], Exit::Done)?;
    stage.command(
        &["user", "add"],
        &[LOGIN, "--name", "Jeanne Dupont", "--establishment", "0860034V"],
        &[],
        Exit::Done,
    )?;
    stage.tell("demo-assign");
    stage.command(&["key", "assign"], &[SERIAL, LOGIN], &[], Exit::Done)?;
    Ok(())
}

/// The user's part: the four steps of the guide.
fn follow_the_guide(stage: &mut Stage<'_, '_>, display: &Display) -> Result<(), Failure> {
    stage.tell("demo-activation-code");
    let answer = stage.command(&["activation", "new"], &[LOGIN, "-o", "json"], &[], Exit::Done)?;
    let code = stage::pointed(&answer, "/activations/0/code")?;
    stage.tell("demo-step-1");
    stage.command(&["activate"], &[LOGIN, SERIAL], &[&code], Exit::Done)?;

    // The codes of this minute and of the next: both stay right if a minute passes meanwhile.
    let now = stage.now();
    let (first, second) = (display.code(now, 0)?, display.code(now, 1)?);
    stage.tell("demo-step-2");
    let answer = stage.command(&["check"], &[LOGIN, "-o", "json"], &[&first], Exit::NewPin)?;
    let ticket = stage::pointed(&answer, "/ticket")?;
    stage.command(&["pin", "set"], &[LOGIN, "--ticket"], &[&ticket, PIN, PIN], Exit::Done)?;
    stage.tell("demo-same-code");
    stage.command(&["check"], &[LOGIN], &[&format!("{PIN}{first}")], Exit::No)?;
    stage.tell("demo-step-3");
    stage.command(&["check"], &[LOGIN], &[&format!("{PIN}{second}")], Exit::Done)?;
    stage.tell("demo-replay");
    stage.command(&["check"], &[LOGIN], &[&format!("{PIN}{second}")], Exit::No)?;
    Ok(())
}

/// The delegate's part: a key that drifted, a forgotten PIN, and the audit of it all.
fn help_at_the_counter(stage: &mut Stage<'_, '_>, display: &Display) -> Result<(), Failure> {
    let now = stage.now();
    let ahead = |minutes: i64| display.code(now, AHEAD.saturating_add(minutes));
    stage.tell("demo-drift");
    stage.command(&["check"], &[LOGIN], &[&format!("{PIN}{}", ahead(-1)?)], Exit::No)?;
    stage.tell("demo-resync");
    stage.command(&["key", "resync"], &[LOGIN], &[&ahead(-1)?, &ahead(0)?], Exit::Done)?;
    stage.command(&["check"], &[LOGIN], &[&format!("{PIN}{}", ahead(1)?)], Exit::Done)?;
    stage.tell("demo-reset");
    stage.command(&["pin", "reset"], &[LOGIN], &[], Exit::Done)?;
    stage.tell("demo-look");
    stage.command(&["key", "list"], &[], &[], Exit::Done)?;
    stage.tell("demo-audit");
    stage.command(&["audit", "verify"], &[], &[], Exit::Done)?;
    Ok(())
}
