//! Files that come in OpenPGP messages, with somebody in the place of gpg who answers as it does.

use crate::bad_input::in_both;
use crate::support::World;
use cleotp::{Envelope, Opened, Refusal, Unwrap};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const SEEDS: &str = "fixtures/seeds";
const MESSAGE: &[u8] = b"-----BEGIN PGP MESSAGE-----\n\nnot looked at here\n-----END PGP MESSAGE-----\n";

type Answer = Result<(Vec<u8>, bool), Refusal>;
type Answering = Box<dyn Fn(Option<&[u8]>) -> Answer>;

/// Answers what a test says, and remembers what it was given.
struct Answers {
    answer: RefCell<Answering>,
    runs: Cell<u32>,
}

impl Unwrap for Answers {
    fn open(&self, envelope: Envelope<'_>) -> Result<Opened, Refusal> {
        let mut message = Vec::new();
        envelope.message.read_to_end(&mut message).unwrap();
        assert_eq!(message, MESSAGE);
        self.runs.set(self.runs.get() + 1);
        let (bytes, unverified_signature) = self.answer.borrow()(envelope.passphrase)?;
        Ok(Opened { bytes: bytes.into(), unverified_signature })
    }
}

/// A world in which a message lies, and who opens it.
fn world(lang: &'static str, answer: impl Fn(Option<&[u8]>) -> Answer + 'static) -> (World, Rc<Answers>) {
    let world = World::empty(lang);
    world.run("init").exits(0);
    world.lay("livraison.xml.asc", MESSAGE);
    world.forget();
    let answers = Rc::new(Answers { answer: RefCell::new(Box::new(answer)), runs: Cell::new(0) });
    *world.openpgp.borrow_mut() = Rc::clone(&answers) as Rc<dyn Unwrap>;
    (world, answers)
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{SEEDS}/{name}")).unwrap()
}

/// Gives all that was said, also at a terminal.
fn said(world: &World) -> String {
    let told = world.told.borrow();
    told.iter().map(|told| format!("$ cleotp {}\n{}({})\n", told.line, told.both, told.exit)).collect()
}

#[test]
fn whatever_gpg_refuses_is_told_in_a_sentence_and_nothing_of_it_comes_in() {
    let told = in_both(|lang| {
        let (world, answers) = world(lang, |_| Err(Refusal::Failed));
        let before = world.dump().0;
        for refusal in [
            Refusal::ProgramMissing,
            Refusal::Unreadable,
            Refusal::NoSecretKey { keys: "054B81EFF9AEFF7B, 5465C50BA4F69AAF".to_owned() },
            Refusal::PassphraseNeeded,
            Refusal::WrongPassphrase,
            Refusal::NotEncrypted,
            Refusal::NotProtected,
            Refusal::Altered,
            Refusal::BadSignature,
            Refusal::NoAnswer { seconds: 60 },
            Refusal::TooLarge { most: 256 * 1024 * 1024 },
            Refusal::Failed,
        ] {
            *answers.answer.borrow_mut() = Box::new(move |_| Err(refusal.clone()));
            world.run("import --dry-run TMP/livraison.xml.asc").exits(65);
        }
        assert_eq!(world.dump().0, before, "nothing of them was kept");
        world.story()
    });
    insta::assert_snapshot!(told);
}

#[test]
fn what_was_in_the_message_comes_in_under_the_hash_of_the_message() {
    let told = in_both(|lang| {
        let (world, answers) = world(lang, |_| Ok((fixture("pskc-demo.xml"), true)));
        world.run("import --dry-run TMP/livraison.xml.asc").exits(0);
        let told = world.run("import TMP/livraison.xml.asc -o json").exits(0);
        let sha256 = {
            use sha2::Digest;
            data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(MESSAGE))
        };
        assert_eq!(told.json()["files"][0]["sha256"], sha256.as_str());
        assert_eq!((&told.json()["files"][0]["format"], answers.runs.get()), (&"pskc-1.0".into(), 2));
        // It is known again without being opened.
        world.run("import TMP/livraison.xml.asc").exits(0);
        assert_eq!(answers.runs.get(), 2);
        // The same keys from a pipe, in clear: the same keys.
        world.feed("import -", &fixture("pskc-demo.xml")).exits(0);
        world.feed("import -", MESSAGE).exits(0);
        world.run("batch show 1").exits(0);
        world.story()
    });
    insta::assert_snapshot!(told);
}

#[test]
fn at_a_terminal_what_opens_the_message_and_then_what_opens_the_file_is_asked_for() {
    let told = in_both(|lang| {
        let (world, _) = world(lang, |passphrase| match passphrase {
            None => Err(Refusal::PassphraseNeeded),
            Some(b"de l'enveloppe") => Ok((fixture("pskc-passphrase-sha1.xml"), false)),
            Some(_) => Err(Refusal::WrongPassphrase),
        });
        let typed = |texts: &[&str]| texts.iter().map(|text| (0, (*text).to_owned())).collect();
        world.sit("import TMP/livraison.xml.asc", typed(&["autre"])).exits(65);
        world.sit("import TMP/livraison.xml.asc", typed(&["de l'enveloppe", "autre"])).exits(65);
        let both = ["de l'enveloppe", "Phrase secr\u{e8}te de d\u{e9}monstration"];
        world.sit("import TMP/livraison.xml.asc", typed(&both)).exits(0);
        said(&world)
    });
    assert!(!told.contains("monstration"));
    insta::assert_snapshot!(told);
}

#[test]
fn a_passphrase_from_a_file_opens_the_message_too() {
    let (world, _) = world("en", |passphrase| {
        assert_eq!(passphrase, Some(b"ouvre-toi".as_slice()));
        Ok((fixture("entra-demo.csv"), false))
    });
    world.lay("passphrase", b"\xef\xbb\xbfouvre-toi\r\n");
    world.run("import TMP/livraison.xml.asc --passphrase-file TMP/passphrase").exits(0);
}

#[test]
fn keys_without_serials_are_numbered_under_the_name_that_the_file_had() {
    let (world, _) = world("en", |_| Ok((fixture("pskc-serial-missing.xml"), false)));
    world.run("import TMP/livraison.xml.asc").exits(0);
    assert!(world.run("key list").exits(0).out.contains("livraison#3"));
}

#[test]
fn a_message_that_stays_closed_is_in_the_audit() {
    let (world, _) = world("en", |_| Err(Refusal::Altered));
    let (before, _) = world.dump();
    world.run("import --dry-run TMP/livraison.xml.asc").exits(65);
    assert_eq!(world.dump().0, before, "a trial leaves no trace");
    world.run("import TMP/livraison.xml.asc").exits(65);
    let events = world.run("audit list -o json").exits(0).json();
    let last = events["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["action"], &last["outcome"]), (&"import".into(), &"refused".into()), "{last}");
    assert_eq!(last["reason"], "openpgp-altered", "{last}");
}

#[test]
fn a_message_in_a_message_is_not_opened() {
    let (world, answers) = world("en", |_| Ok((MESSAGE.to_vec(), false)));
    let told = world.run("import TMP/livraison.xml.asc -o json").exits(65);
    assert_eq!(told.json()["findings"][0]["code"], "file-is-encrypted");
    assert_eq!(answers.runs.get(), 1);
}

#[test]
fn a_message_in_a_spool_waits_while_there_is_no_gpg_and_is_kept_when_it_is_in() {
    let (world, answers) = world("C", |_| Err(Refusal::ProgramMissing));
    let spool = world.home().with_file_name("spool");
    std::fs::create_dir(&spool).unwrap();
    crate::support::set_mode(&spool, 0o700);
    let message = spool.join("livraison.xml.asc");
    std::fs::copy(world.home().with_file_name("livraison.xml.asc"), &message).unwrap();
    let told = world.run("import --spool TMP/spool").exits(65);
    assert!(told.err.contains("it stays where it is") && message.exists(), "{}", told.shown());
    *answers.answer.borrow_mut() = Box::new(|_| Ok((fixture("pskc-demo.xml"), false)));
    let file = &world.run("import --spool TMP/spool -o jsonl").exits(0).json()["files"][0];
    assert_eq!((&file["new"], &file["in_clear"]), (&5.into(), &false.into()), "{file}");
    let kept = spool.join(file["moved_to"].as_str().unwrap());
    assert_eq!(std::fs::read(&kept).unwrap(), MESSAGE);
    // The same again is known without anybody opening it.
    let runs = answers.runs.get();
    std::fs::copy(kept, &message).unwrap();
    let file = &world.run("import --spool TMP/spool -o jsonl").exits(0).json()["files"][0];
    assert_eq!((file["already_imported"].as_i64(), &file["in_clear"]), (Some(1), &false.into()), "{file}");
    assert_eq!(answers.runs.get(), runs);
}
