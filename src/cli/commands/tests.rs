//! The counter in process: lists, sheets and changes on a small installation.

use crate::audit::{Action, Outcome};
use crate::cli::exit::Exit;
use crate::cli::locale::{Language, Words};
use crate::clock::{Clock, UtcTime};
use crate::host::files;
use crate::host::{Caller, Environment, Host, Line, Terminal, TerminalError, Via};
use crate::import::Guidance;
use crate::openpgp::Opener;
use crate::ops::{self, Desk, Installation, Policy, SeedFile};
use crate::random::{NoRandomness, Random};
use crate::store::Store;
use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use tempfile::TempDir;

struct Still(AtomicU8);

impl Clock for Still {
    fn now(&self) -> UtcTime {
        UtcTime::from_epoch(1_795_511_520)
    }
    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
    fn sleep(&self, _: Duration) {}
}

impl Random for Still {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        bytes.fill_with(|| self.0.fetch_add(7, Ordering::Relaxed));
        Ok(())
    }
}

struct Paper {
    list: Vec<u8>,
    written: Rc<RefCell<(String, String)>>,
}

impl Terminal for Paper {
    fn interactive(&self) -> bool {
        false
    }
    fn stdout_is_terminal(&self) -> bool {
        false
    }
    fn width(&self) -> Option<u16> {
        Some(80)
    }
    fn read_line(&mut self, _: usize) -> Result<Option<Line>, TerminalError> {
        Ok(None)
    }
    fn read_all(&mut self, _: u64) -> Result<Line, TerminalError> {
        Ok(Line::from(self.list.clone()))
    }

    fn take_input(&mut self) -> Box<dyn io::Read + Send> {
        Box::new(io::Cursor::new(std::mem::take(&mut self.list)))
    }
    fn ask(&mut self, _: &str) -> Result<Option<String>, TerminalError> {
        Err(TerminalError::Interrupted)
    }
    fn ask_secret(&mut self, _: &str) -> Result<Line, TerminalError> {
        Err(TerminalError::Interrupted)
    }
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written.borrow_mut().0.push_str(std::str::from_utf8(bytes).unwrap());
        Ok(())
    }
    fn say(&mut self, text: &str) {
        self.written.borrow_mut().1.push_str(text);
    }
}

struct School(TempDir);

fn caller() -> Caller {
    Caller { uid: 1000, name: "mdupuis".to_owned(), via: Via::Direct, login: None }
}

impl School {
    /// Makes an installation with two keys in stock.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        files::create_private_dir(&home).unwrap();
        let still = Still(AtomicU8::new(1));
        let installation = Installation::draw(&still).unwrap();
        files::create_private(&home.join("vault.key"), installation.key_file.as_bytes()).unwrap();
        let path = home.join("cleotp.db");
        files::create_private(&path, b"").unwrap();
        ops::install(&installation, &path, &caller(), &caller(), &still).unwrap();
        let (database, vault) = ops::open(&path, installation.key_file.as_bytes()).unwrap();
        let store = Store::new(database, &vault, &still, caller());
        let mut desk = Desk {
            store,
            vault: &vault,
            clock: &still,
            random: &still,
            policy: Policy::default(),
            openpgp: Opener::none(),
        };
        let csv = "upn,serial number,secret key,time interval,manufacturer,model\n\
                   ,103142718,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR,60,Feitian,OTP c200\n\
                   ,103142719,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJS,60,Feitian,OTP c200\n";
        let mut source = std::io::Cursor::new(csv);
        let mut file = SeedFile {
            name: "seeds.csv",
            source: &mut source,
            format: None,
            guidance: &Guidance::default(),
            establishment: None,
            allow_weak_seeds: true,
            partial: false,
            replace: false,
            rejects: None,
            watch: &mut |_| {},
            dry_run: false,
        };
        let report = desk.import_file(&mut file).unwrap();
        assert_eq!(report.new, 2, "{report:?}");
        Self(folder)
    }

    fn run(&self, list: &[u8], lang: &str, line: &[&str]) -> (Exit, String, String) {
        let written = Rc::new(RefCell::new((String::new(), String::new())));
        let still = Rc::new(Still(AtomicU8::new(9)));
        let mut host = Host {
            clock: Rc::clone(&still) as Rc<dyn Clock>,
            random: still,
            disks: Rc::new(crate::host::Mounted),
            openpgp: Rc::new(crate::openpgp::NoProgram),
            journal: Rc::new(crate::host::NoJournal),
            accounts: Rc::new(crate::host::NoAccounts),
            terminal: Box::new(Paper { list: list.to_vec(), written: Rc::clone(&written) }),
            environment: Environment {
                lang: Some(lang.to_owned()),
                cleotp_home: Some(self.0.path().join("home")),
                ..Environment::default()
            },
            caller: caller(),
            step_back: || (),
        };
        let args = std::iter::once("cleotp").chain(line.iter().copied()).map(Into::into).collect();
        let exit = crate::cli::run(args, &mut host);
        let (out, err) = written.borrow().clone();
        (exit, out, err)
    }

    /// Runs a French line that must be right, and gives what it writes.
    fn french(&self, line: &str) -> String {
        let (exit, out, err) = self.run(b"", "fr", &line.split(' ').collect::<Vec<_>>());
        assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{line}: {out}");
        out
    }

    /// Runs a French line that shows a table or a sheet, which must fit the screen and have all its words.
    fn screen(&self, line: &str) -> String {
        let out = self.french(line);
        assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
        for raw in ["column-", "label-", "algorithm-", "action-", "outcome-", "state-", "key-", "drift-"] {
            assert!(!out.contains(raw), "{out}");
        }
        out
    }

    fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.french(&format!("{line} -o json"))).unwrap()
    }
}

#[test]
fn a_key_goes_over_the_counter_and_back() {
    let school = School::new();
    let (exit, ..) = school.run(b"", "fr", &["establishment", "add", "0860034V", "Collège Camille-Guérin"]);
    assert_eq!(exit, Exit::Done);
    let added =
        school.run(b"", "fr", &["user", "add", "jdupont", "--name", "Jeanne Dupont", "--establishment", "0860034V"]);
    assert!(added.1.contains("« cleotp cle attribuer NUMÉRO jdupont »"), "{added:?}");
    let assigned = school.french("cle attribuer 103142718 jdupont");
    assert_eq!(
        assigned,
        concat!(
            "La clé 103142718 est attribuée à jdupont.\nImprimez maintenant son bordereau, avec un code d'activation : ",
            "« cleotp bordereau jdupont --new-code > bordereau.pdf »\n",
            "Ou, sans papier, émettez seulement le code : « cleotp activation nouveau jdupont »\n"
        )
    );
    let keys = school.json("key list --state assigned");
    assert_eq!(keys["schema"], "cleotp.keys/1");
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    assert_eq!((&keys["keys"][0]["login"], &keys["keys"][0]["drift"]), (&"jdupont".into(), &0.into()));
    assert_eq!(school.json("key show 103142719")["keys"][0]["state"], "stock");
    let sheet = school.screen("cle montrer 103142718 103142719");
    assert!(sheet.contains("60 secondes") && sheet.contains("à l'heure") && sheet.contains("1, ligne 2"), "{sheet}");
    for noun in ["cle", "lot", "etablissement", "utilisateur", "activation", "audit"] {
        school.screen(&format!("{noun} lister"));
    }
    for line in ["utilisateur montrer jdupont", "etablissement montrer 0860034V", "lot montrer 1"] {
        school.screen(line);
    }
    assert!(school.french("cle debloquer 103142718").contains("n'était pas bloquée"));
    assert!(school.french("cle desattribuer 103142718").contains("de jdupont est de nouveau en stock"));
    school.french("utilisateur desactiver jdupont");
    assert_eq!(school.json("user enable jdupont")["logins"][0], "jdupont");
    let verified = school.json("audit verify");
    assert_eq!((&verified["intact"], &verified["truncation"]), (&true.into(), &"not-excluded".into()));
    assert!(verified["first_bad"].is_null());
    assert_eq!(school.json("audit list --action key-assign")["events"][0]["serial"], "103142718");
    let (exit, _, err) = school.run(b"", "fr", &["audit", "list", "--action", "key.assign"]);
    assert!(exit == Exit::Usage && err.contains("key-assign, "), "{err}");
}

#[test]
fn a_list_is_taken_whole_or_not_at_all() {
    let school = School::new();
    let schools = b"uai;nom\n0860034V;Coll\xe8ge\n";
    let (exit, out, err) = school.run(schools, "fr", &["etablissement", "importer", "-"]);
    assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{out}");
    let wrong = b"login,name,uai\na,A,0860034V\na,B,0860034V\nc,C,0860034A\n";
    let (exit, out, err) = school.run(wrong, "fr", &["utilisateur", "importer", "-"]);
    assert_eq!((exit, out.as_str()), (Exit::Data, ""));
    assert!(err.starts_with("ligne 3 : a est déjà à la ligne 2\nligne 4, colonne « establishment » : "), "{err}");
    assert_eq!(school.french("utilisateur lister"), "Aucun utilisateur.\n");
    let (exit, out, _) = school.run(wrong, "fr", &["user", "import", "-", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((exit, &document["findings"][1]["code"]), (Exit::Data, &"wrong-uai-letter".into()));
    let right = b"login,name,uai\na,A,0860034V\n";
    let (exit, out, _) = school.run(right, "fr", &["user", "import", "-", "--dry-run"]);
    assert!(exit == Exit::Done && out.contains("à ajouter") && out.contains("Rien n'a été changé"), "{out}");
    let (exit, ..) = school.run(right, "fr", &["user", "import", "-"]);
    assert_eq!(exit, Exit::Done);
    let (_, out, _) = school.run(right, "fr", &["user", "import", "-", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&document["schema"], &document["identical"]), (&"cleotp.user-import/1".into(), &1.into()));
    assert_eq!(document["rows"][0]["result"], "identical");
}

#[test]
fn every_action_and_outcome_has_its_words() {
    for words in [Language::French, Language::English].map(Words::of) {
        let ids = Action::all().map(|action| format!("action-{}", action.name()));
        for id in ids.chain(Outcome::all().map(|outcome| format!("outcome-{}", outcome.name()))) {
            assert!(words.find(&id, &[]).is_some(), "{id}");
        }
    }
}
