//! The commands that change something: what is typed, and what may come of it. A command more is a line more in [`DEEDS`].

use crate::home::{BACKUP, Furniture, Stage, State, is_whole};
use crate::left::{BACKUP_PART, CODES, CODES_PART, INSTALLED, codes_are_found, is_a_whole_backup, predecessor_is_kept};
use crate::support::{Home, PIN, code, feed, login, serial};
use std::os::unix::process::ExitStatusExt;
use std::process::Output;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A command that changes something.
pub struct Deed {
    pub name: &'static str,
    pub furniture: Furniture,
    /// What is typed, in a copy of the furnished home.
    pub line: fn(&Stage, &Home) -> Line,
    /// How it ends when nothing disturbs it, and how when it is done once more.
    pub ends: [i32; 2],
    /// It judges a secret: an attempt is counted before anything is verified.
    pub judges: bool,
    /// What it verifies takes the memory of a PIN, which shows when it begins.
    pub hashes: bool,
    /// It may stop in the middle, at what is then a whole deed: as of what is typed of its input so far.
    pub halfway: Option<fn(&Stage, &Home) -> Line>,
    /// After what it tells of it clears something away that need not be on the disk.
    pub clears_away: bool,
    /// The event by which one is turned away whose input could not be read.
    pub turned_away: &'static str,
    /// What one that did not come to its end may leave, of which the next one tells.
    pub in_the_way: &'static [&'static str],
    /// What must hold of the files that it leaves beside the database, or of which it is told so.
    pub leaves: fn(&Trial<'_>, &Ended, &str) -> Result<(), String>,
}

/// Gives the deeds that are asked for by name, or all.
pub fn deeds() -> Vec<&'static Deed> {
    let names = std::env::var("CLEOTP_DEEDS").ok();
    let is_wanted = |deed: &&Deed| names.as_ref().is_none_or(|names| names.split(',').any(|name| name == deed.name));
    let found: Vec<&Deed> = DEEDS.iter().filter(is_wanted).collect();
    assert!(!found.is_empty(), "CLEOTP_DEEDS={names:?}");
    found
}

/// A command line and what is typed then.
#[derive(Clone, Debug)]
pub struct Line {
    pub arguments: Vec<String>,
    pub stdin: String,
}

fn line(arguments: &[&str], stdin: String) -> Line {
    let arguments = arguments.iter().chain(&["-o", "json"]).map(|word| (*word).to_owned()).collect();
    Line { arguments, stdin }
}

const PLAIN: Deed = Deed {
    name: "",
    furniture: Furniture::Keys,
    line: |_, _| line(&[], String::new()),
    ends: [0, 1],
    judges: false,
    hashes: true,
    halfway: None,
    clears_away: false,
    turned_away: "",
    in_the_way: &[],
    leaves: |_, _, _| Ok(()),
};

const IMPORT: Deed = Deed { ends: [0, 0], turned_away: "import|refused|unreadable|1\n", ..PLAIN };

const DEEDS: &[Deed] = &[
    Deed {
        name: "init",
        furniture: Furniture::Nothing,
        line: |_, _| line(&["init"], String::new()),
        ends: [0, 73],
        in_the_way: &INSTALLED,
        ..PLAIN
    },
    Deed {
        name: "check",
        line: |_, _| line(&["check", &login(0)], format!("{PIN}{}\n", code(0, 1))),
        judges: true,
        ..PLAIN
    },
    Deed {
        name: "check of a wrong passcode",
        line: |_, _| line(&["check", &login(0)], format!("4575{}\n", code(0, 1))),
        ends: [1, 1],
        judges: true,
        ..PLAIN
    },
    Deed {
        name: "activate",
        line: |stage, _| line(&["activate", &login(1), &serial(1)], format!("{}\n", stage.activation)),
        judges: true,
        ..PLAIN
    },
    Deed {
        name: "pin set",
        line: |stage, _| line(&["pin", "set", &login(2), "--ticket"], format!("{}\n{PIN}\n{PIN}\n", stage.ticket)),
        ..PLAIN
    },
    Deed {
        name: "pin change",
        line: |_, _| line(&["pin", "change", &login(0)], format!("{PIN}{}\n8351\n8351\n", code(0, 1))),
        judges: true,
        halfway: Some(|_, _| line(&["pin", "change", &login(0)], format!("{PIN}{}\n", code(0, 1)))),
        ..PLAIN
    },
    Deed {
        name: "key resync",
        line: |_, _| line(&["key", "resync", &login(0)], format!("{}\n{}\n", code(0, 5), code(0, 6))),
        judges: true,
        hashes: false,
        ..PLAIN
    },
    Deed { name: "import", line: |stage, _| import(stage, "few.csv"), ..IMPORT },
    Deed { name: "import in parts", line: |stage, _| import(stage, "many.csv"), ..IMPORT },
    Deed {
        name: "batch undo",
        line: |_, _| line(&["batch", "undo", "2", "--yes"], String::new()),
        ends: [0, 66],
        clears_away: true,
        ..PLAIN
    },
    Deed {
        name: "key retire",
        line: |_, _| line(&["key", "retire", &serial(0), "--yes"], String::new()),
        ends: [0, 69],
        ..PLAIN
    },
    Deed {
        name: "key replace",
        line: |_, _| line(&["key", "replace", &serial(0), &serial(3)], String::new()),
        ends: [0, 69],
        ..PLAIN
    },
    Deed {
        name: "user remove",
        line: |_, _| line(&["user", "remove", &login(0), "--yes"], String::new()),
        ends: [0, 66],
        ..PLAIN
    },
    Deed {
        name: "activation campaign",
        line: |stage, copy| {
            let files = [stage.home.path("invited.csv"), copy.path(CODES)].map(|path| path.display().to_string());
            line(&["activation", "campaign", &files[0], "--reissue", "--output", &files[1]], String::new())
        },
        ends: [0, 73],
        in_the_way: &[CODES_PART],
        leaves: codes_are_found,
        ..PLAIN
    },
    Deed {
        name: "backup",
        line: |_, copy| line(&["backup", copy.path(BACKUP).to_str().unwrap()], String::new()),
        ends: [0, 73],
        in_the_way: &[BACKUP_PART],
        leaves: is_a_whole_backup,
        ..PLAIN
    },
    Deed {
        name: "restore",
        line: |stage, _| line(&["restore", stage.home.path("kept.db").to_str().unwrap(), "--yes"], String::new()),
        ends: [0, 0],
        leaves: predecessor_is_kept,
        ..PLAIN
    },
    Deed {
        name: "vault rotate",
        line: |_, _| line(&["vault", "rotate", "--yes"], String::new()),
        ends: [0, 0],
        ..PLAIN
    },
    Deed {
        name: "audit purge",
        furniture: Furniture::OldEvents,
        line: |_, _| line(&["audit", "purge", "--yes"], String::new()),
        ends: [0, 0],
        halfway: Some(|stage, _| line(&["audit", "purge", "--before", &stage.before_more(), "--yes"], String::new())),
        clears_away: true,
        ..PLAIN
    },
];

fn import(stage: &Stage, name: &str) -> Line {
    line(&["import", stage.home.path(name).to_str().unwrap()], String::new())
}

impl Line {
    pub fn words(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).collect()
    }

    pub fn run(&self, home: &Home) -> Output {
        let mut child = home.command(&self.words()).spawn().unwrap();
        feed(&mut child, &self.stdin);
        child.wait_with_output().unwrap()
    }
}

/// How a process ended, and whether its whole answer was read: then somebody relies upon it.
#[derive(Clone, Debug)]
pub struct Ended {
    pub exit: Option<i32>,
    pub signal: Option<i32>,
    pub has_answered: bool,
    pub told: String,
}

impl From<&Output> for Ended {
    fn from(output: &Output) -> Self {
        let answer = serde_json::from_slice::<serde_json::Value>(&output.stdout);
        Self {
            exit: output.status.code(),
            signal: output.status.signal(),
            has_answered: answer.is_ok(),
            told: format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
        }
    }
}

/// What a deed makes of the furnished home when nothing disturbs it.
pub struct Usual {
    pub before: State,
    pub after: State,
    /// Where it may stop as at a whole deed.
    halfway: Option<State>,
    /// How long it takes.
    pub takes: Duration,
}

impl Usual {
    pub fn of(deed: &Deed) -> Self {
        let stage = Stage::fresh(deed.furniture);
        let done = |line: fn(&Stage, &Home) -> Line| {
            let copy = stage.home.copied();
            let line = line(&stage, &copy);
            let began = Instant::now();
            let ended = Ended::from(&line.run(&copy));
            let takes = began.elapsed();
            (ended, stage.state(&copy), takes)
        };
        let (ended, after, first) = done(deed.line);
        let takes = first.min(done(deed.line).2);
        assert!(ended.exit == Some(deed.ends[0]) && ended.has_answered, "{}: {ended:?}", deed.name);
        let halfway = deed.halfway.map(|line| done(line).1);
        assert!(halfway.as_ref().is_none_or(|halfway| *halfway != after), "{}", deed.name);
        let before = stage.state(&stage.home.copied());
        assert_ne!(before, after, "{}", deed.name);
        Self { before, after, halfway, takes }
    }
}

/// Holds what a disturbed run has left against what it told, does the deed once more, and looks again.
///
/// # Errors
/// With what should not be.
pub fn judge(trial: &Trial<'_>, ended: &Ended, is_verifying: bool) -> Result<&'static str, String> {
    let Trial { deed, usual, stage, line, copy } = trial;
    // FreeRADIUS reads 3, 8 and 9 as success; 70 is a defect of the program.
    let closed = |exit: i32| [0, 1, 10, 11, 64, 65, 66, 69, 71, 73, 74, 75, 77, 78].contains(&exit);
    if !ended.exit.map_or(ended.signal == Some(9), closed) {
        return Err("a status that is none".to_owned());
    }
    let state = stage.state(copy);
    let is_away = ended.exit == Some(65)
        && state.events != usual.before.events
        && State { events: state.events.replace(deed.turned_away, ""), ..state.clone() } == usual.before;
    let found = match &state {
        state if *state == usual.before || is_away => "before",
        state if *state == usual.after => "after",
        state if Some(state) == usual.halfway.as_ref() => "halfway",
        state => return Err(format!("half done: {state:?}")),
    };
    let is_no = is_away || (deed.ends[0] == 0 && ended.told.contains("\"refused\""));
    if (ended.exit == Some(deed.ends[0]) || (ended.has_answered && !is_no)) && found != "after" {
        return Err("what was acknowledged is lost".to_owned());
    }
    if deed.judges && (is_verifying || ended.has_answered || found != "before") && stage.attempts(copy) == 0 {
        return Err("an attempt is not counted".to_owned());
    }
    (deed.leaves)(trial, ended, found)?;
    let goes_on = found == "halfway" && !deed.judges;
    if found == "before" {
        clear_the_way(trial)?;
    }
    let again = Ended::from(&line.run(copy));
    let wanted = if found == "before" || goes_on { deed.ends[0] } else { deed.ends[1] };
    let is_twice = deed.judges && found != "before" && again.exit == Some(0);
    if is_twice {
        return Err("a code is accepted twice".to_owned());
    }
    // What was left to be cleared away is cleared away then.
    let clears = deed.clears_away && again.exit == Some(0);
    if again.exit != Some(wanted) && (found != "halfway" || goes_on) && !clears {
        return Err(format!("{found}, and once more it is answered by {again:?}"));
    }
    let rows = stage.state(copy).rows;
    if rows != usual.after.rows && (found != "halfway" || goes_on || rows != state.rows) {
        return Err(format!("once more it becomes {rows}"));
    }
    is_whole(copy).map(|()| found)
}

/// What a killed process was writing, and what one that failed could not take away, is in nobody's way who was told of it.
fn clear_the_way(trial: &Trial<'_>) -> Result<(), String> {
    for part in trial.deed.in_the_way.iter().map(|name| trial.copy.path(name)).filter(|part| part.exists()) {
        let told = Ended::from(&trial.line.run(&trial.copy));
        if told.exit != Some(73) || !told.told.contains(part.to_str().unwrap()) {
            return Err(format!("{} is left, and not told of: {told:?}", part.display()));
        }
        std::fs::remove_file(part).unwrap();
    }
    Ok(())
}

/// A deed in a copy of the furnished home.
pub struct Trial<'t> {
    pub deed: &'t Deed,
    pub usual: &'t Usual,
    pub stage: Arc<Stage>,
    pub line: Line,
    pub copy: Home,
}

impl<'t> Trial<'t> {
    pub fn of(deed: &'t Deed, usual: &'t Usual) -> Self {
        let stage = Stage::fresh(deed.furniture);
        let copy = stage.home.copied();
        let line = (deed.line)(&stage, &copy);
        Self { deed, usual, stage, line, copy }
    }
}
