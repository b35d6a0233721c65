//! Tests of the locks, over the fixtures and over containers that are made here.

use super::super::super::tests::{fixture, guidance, names};
use super::super::super::{Guidance, Item, SeedRecord, Unlock};
use super::super::read;
use super::*;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeEncrypt, KeyIvInit};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Digest;
use std::cell::Cell;

thread_local! {
    /// Counts the decryptions of the thread.
    pub(in super::super) static DECRYPTIONS: Cell<u32> = const { Cell::new(0) };
    /// Counts the keys that were derived from a passphrase.
    pub(in super::super) static DERIVATIONS: Cell<u32> = const { Cell::new(0) };
}

fn run(file: &[u8], guidance: &Guidance) -> (Vec<SeedRecord>, Vec<Finding>) {
    let (mut keys, mut findings) = (Vec::new(), Vec::new());
    let result = read(&mut &*file, guidance, &mut |item| match item {
        Item::Key(record) => keys.push(*record),
        Item::Finding(finding) => findings.push(finding),
        Item::Row(_) => {}
    });
    findings.extend(result.err());
    (keys, findings)
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.problem.code()).collect()
}

/// The seed of a fixture's key, made of its serial.
fn seed_of(serial: &str, length: usize) -> Vec<u8> {
    sha2::Sha512::digest(format!("cleotp fixture {serial}"))[..length].to_vec()
}

#[test]
fn every_cipher_mac_and_derivation_gives_the_seeds_that_went_in() {
    let mut opened = 0;
    for name in names().iter().filter(|name| name.starts_with("pskc-")) {
        let (keys, findings) = run(&fixture(name), &guidance(name));
        for key in keys.iter().filter(|key| key.serial.as_str().starts_with("2600777")) {
            let seed = key.seed.expose();
            assert_eq!(seed, seed_of(key.serial.as_str(), seed.len()), "{name}");
            assert_eq!(key.parameters.period.seconds(), 60, "{name}");
            assert!(findings.iter().all(|finding| !finding.is_error()), "{name}: {findings:?}");
            opened += 1;
        }
    }
    assert!(opened > 95, "{opened}");
}

#[test]
fn event_keys_of_the_first_draft_have_their_counters_encrypted_too() {
    let (keys, findings) = run(&fixture("pskc-draft-2006-passphrase.xml"), &guidance("pskc-draft-2006-passphrase.xml"));
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let key = keys.iter().find(|key| key.counter.is_some()).unwrap();
    assert_eq!((key.counter, key.seed.expose()), (Some(837), seed_of(key.serial.as_str(), 20).as_slice()));
}

#[test]
fn the_examples_of_the_drafts_give_what_is_published() {
    for name in ["draft-2006-example.xml", "draft-01-example.xml"] {
        let (keys, findings) = run(&fixture(name), &guidance(name));
        assert!(codes(&findings).ends_with(&["iterations-few", "mac-over-plaintext"]), "{name}: {findings:?}");
        assert_eq!(keys.len(), 1, "{name}");
        let seed = data_encoding::HEXLOWER.encode(keys[0].seed.expose());
        assert_eq!((seed.as_str(), keys[0].counter), ("65670bbe91685cd1c01be971dfe470", Some(100)), "{name}");
    }
    let (keys, _) = run(&fixture("draft-02-figure-4.xml"), &guidance("draft-02-figure-4.xml"));
    assert_eq!(keys[0].seed.expose(), b"12345678901234567890");
    // Figure 5 has a MAC and says nowhere how it is made.
    let (keys, findings) = run(&fixture("bad-draft-02-figure-5.xml"), &guidance("bad-draft-02-figure-5.xml"));
    assert_eq!((keys.len(), codes(&findings)), (0, vec!["mac-method-missing"]));
}

#[test]
fn a_wrong_or_missing_key_of_a_draft_is_one_finding() {
    let with = |name: &str, unlock: Unlock| {
        let mut told = codes(&run(&fixture(name), &Guidance { unlock, ..Guidance::default() }).1);
        told.retain(|code| *code != "pskc-version-missing");
        told
    };
    let mut wrong_passphrase = Unlock::none();
    wrong_passphrase.give_passphrase(b"qwerty".to_vec().into());
    for name in ["pskc-draft-01-passphrase.xml", "pskc-draft-02-passphrase.xml", "pskc-draft-pbes2.xml"] {
        assert_eq!(with(name, Unlock::none()), ["passphrase-needed"], "{name}");
    }
    assert_eq!(with("pskc-draft-2006-passphrase.xml", wrong_passphrase), ["wrong-passphrase"]);
    let wrong_key = || Unlock::pre_shared(fixture("pskc-preshared-wrong.key").into());
    for name in ["pskc-draft-actividentity.xml", "pskc-draft-wrap.xml"] {
        assert_eq!(with(name, Unlock::none()), ["pre-shared-key-needed"], "{name}");
        assert_eq!(with(name, wrong_key()), ["wrong-pre-shared-key"], "{name}");
    }
    // Nothing but the paddings would tell it, and these are looked at only when that is asked for.
    assert_eq!(with("pskc-draft-unauthenticated.xml", wrong_key()), ["mac-absent", "mac-absent"]);
    let guidance = Guidance { unlock: wrong_key(), ..guidance("pskc-draft-unauthenticated.xml") };
    assert!(guidance.accept_unauthenticated);
    let (keys, findings) = run(&fixture("pskc-draft-unauthenticated.xml"), &guidance);
    assert_eq!((keys.len(), codes(&findings)), (0, vec!["padding-unauthenticated"]));
}

#[test]
fn every_cipher_has_its_fixture() {
    for cipher in Cipher::all() {
        let name = format!("pskc-cipher-{cipher}.xml");
        assert!(names().contains(&name), "{name}");
    }
}

#[test]
fn the_key_of_a_passphrase_is_made_once_for_a_file() {
    DERIVATIONS.with(|count| count.set(0));
    let given = guidance("pskc-passphrase-sha256.xml");
    for _ in 0..3 {
        assert_eq!(run(&fixture("pskc-passphrase-sha256.xml"), &given).0.len(), 2);
    }
    assert_eq!(DERIVATIONS.with(Cell::get), 1);
}

#[test]
fn d07_what_a_derivation_may_cost_is_bounded_before_anything_is_derived() {
    let file = String::from_utf8(fixture("pskc-passphrase-sha1.xml")).unwrap();
    let within = |element: &str| {
        let open = format!("<{element}>");
        let from = file.find(&open).unwrap() + open.len();
        from..from + file[from..].find('<').unwrap()
    };
    let told = |element: &str, value: &str| {
        let mut file = file.clone();
        file.replace_range(within(element), value);
        DERIVATIONS.with(|count| count.set(0));
        let codes = codes(&run(file.as_bytes(), &guidance("pskc-passphrase-sha1.xml")).1);
        (codes, DERIVATIONS.with(Cell::get))
    };
    for iterations in ["0", "-1", "2000001", "1000000000", "4294967296", "99999999999999999999", "1e3", ""] {
        assert_eq!(told("IterationCount", iterations), (vec!["iterations-out-of-range"], 0), "{iterations}");
    }
    // Few are told, and of another passphrase than the one that made the file.
    assert_eq!(told("IterationCount", "1"), (vec!["iterations-few", "wrong-passphrase"], 1));
    let few =
        codes(&run(&fixture("pskc-passphrase-few-iterations.xml"), &guidance("pskc-passphrase-few-iterations.xml")).1);
    assert_eq!(few, ["iterations-few"]);
    for length in ["0", "15", "33", "64", "1073741824", "-16"] {
        assert_eq!(told("KeyLength", length), (vec!["key-length-out-of-range"], 0), "{length}");
    }
    let salt = |bytes: usize| BASE64.encode(&vec![7; bytes]);
    for bytes in [0, 1_025, 40_000] {
        assert_eq!(told("Specified", &salt(bytes)), (vec!["salt-malformed"], 0), "{bytes}");
    }
    assert_eq!(told("Specified", &salt(1024 * 1024)).1, 0);
    for bytes in [1, 1_024] {
        assert_eq!(told("Specified", &salt(bytes)), (vec!["wrong-passphrase"], 1), "{bytes}");
    }
    assert_eq!((super::derive::MOST_ITERATIONS, super::derive::FEW_ITERATIONS), (2_000_000, 1_000));
}

#[test]
fn the_vector_of_the_draft_is_derived() {
    let file = "<EncryptionMethod algorithm='PBE-AES128-CBC'><PBESalt>y6TzckeLRQw=</PBESalt>\
                <PBEIterationCount>999</PBEIterationCount></EncryptionMethod>";
    let mut input = file.as_bytes();
    let mut tree = super::super::tree::Tree::new();
    let mut cursor = super::super::xml::Cursor::new(&mut input);
    let root = super::super::xml::root(&mut cursor, &mut tree).unwrap();
    cursor.rest_of(root, &mut tree).unwrap();
    let encryption = Encryption::read(tree.element(root)).unwrap_or_else(|finding| panic!("{finding}"));
    let Source::Passphrase(derivation, _) = encryption.source else { panic!("no passphrase") };
    assert!(derivation.is_weak());
    let key = derivation.derive(b"qwerty", derivation.length_for(16));
    assert_eq!(data_encoding::HEXLOWER.encode(&key), "651f8b1cafafa433d8c46ec996b3a274");
}

#[test]
fn a_wrong_or_missing_passphrase_is_one_finding() {
    let file = fixture("pskc-passphrase-sha1.xml");
    let with = |passphrase: &str| {
        let mut unlock = Unlock::none();
        unlock.give_passphrase(passphrase.as_bytes().to_vec().into());
        codes(&run(&file, &Guidance { unlock, ..Guidance::default() }).1)
    };
    assert_eq!(with("Phrase secr\u{e8}te de d\u{e9}monstration\r\n"), Vec::<&str>::new());
    assert_eq!(with("phrase secr\u{e8}te de d\u{e9}monstration"), ["wrong-passphrase"]);
    assert_eq!(with(""), ["wrong-passphrase"]);
    assert_eq!(codes(&run(&file, &Guidance::default()).1), ["passphrase-needed"]);
    let only_a_key = Unlock::pre_shared(fixture("pskc-preshared-demo.key").into());
    let only_a_key = Guidance { unlock: only_a_key, ..Guidance::default() };
    assert_eq!(codes(&run(&file, &only_a_key).1), ["passphrase-needed"]);
}

#[test]
fn what_no_mac_protects_is_taken_only_when_asked_for_and_every_padding_is_right() {
    let file = fixture("pskc-unauthenticated.xml");
    let mut given = guidance("pskc-unauthenticated.xml");
    let (keys, findings) = run(&file, &given);
    assert_eq!((keys.len(), codes(&findings)), (2, vec!["unauthenticated-accepted"]));
    given.unlock = Unlock::pre_shared(fixture("pskc-preshared-wrong.key").into());
    let (keys, findings) = run(&file, &given);
    assert_eq!((keys.len(), codes(&findings)), (0, vec!["padding-unauthenticated"]));
    given.accept_unauthenticated = false;
    assert_eq!(codes(&run(&file, &given).1), ["mac-absent", "mac-absent"]);
    // The flag opens no way around a MAC that is declared.
    let mut given = guidance("bad-mac-missing.xml");
    given.accept_unauthenticated = true;
    assert!(codes(&run(&fixture("bad-mac-missing.xml"), &given).1).contains(&"mac-missing"));
}

#[test]
fn a_value_that_claims_to_be_plain_is_no_way_around_its_encryption() {
    let file = String::from_utf8(fixture("pskc-mac-sha1.xml")).unwrap();
    let (head, values) = file.split_once("<KeyPackage>").unwrap();
    let plain = format!("{head}<KeyPackage>{}", values.replace("aes128-cbc", "none"));
    let (keys, findings) = run(plain.as_bytes(), &guidance("pskc-mac-sha1.xml"));
    assert_eq!((keys.len(), codes(&findings)), (0, vec!["mac-on-plain-value", "mac-on-plain-value"]));
}

#[test]
fn a_plain_seed_among_encrypted_ones_is_told_where_no_mac_would_refuse_it() {
    for name in ["pskc-cipher-aes128-gcm.xml", "pskc-unauthenticated.xml"] {
        let (file, given) = (String::from_utf8(fixture(name)).unwrap(), guidance(name));
        let mut before = codes(&run(file.as_bytes(), &given).1);
        for algorithm in ["", "<EncryptionMethod Algorithm='none'/>"] {
            let seed = BASE64.encode(&SEED);
            let value = match algorithm {
                "" => format!("<PlainValue>{seed}</PlainValue>"),
                none => format!(
                    "<EncryptedValue>{none}<CipherData><CipherValue>{seed}</CipherValue></CipherData></EncryptedValue>"
                ),
            };
            let plain = format!(
                "<KeyPackage><Key Id='4711' Algorithm='totp'><AlgorithmParameters><ResponseFormat Length='6' \
                 Encoding='DECIMAL'/></AlgorithmParameters><Data><Secret>{value}</Secret><TimeInterval><PlainValue>60\
                 </PlainValue></TimeInterval></Data></Key></KeyPackage>"
            );
            let first = file.replacen("<KeyPackage>", &format!("{plain}<KeyPackage>"), 1);
            let end = file.rfind("</").unwrap();
            let last = format!("{}{plain}{}", &file[..end], &file[end..]);
            // Whether the container says how it is encrypted or each value does.
            let begin = first.find("<EncryptionKey>").unwrap()..first.find("</EncryptionKey>").unwrap() + 16;
            let undeclared = format!("{}{}", &first[..begin.start], &first[begin.end..]);
            for file in [first, last, undeclared] {
                let (keys, findings) = run(file.as_bytes(), &given);
                let told: Vec<_> =
                    findings.iter().filter(|finding| finding.problem.code() == "plain-among-encrypted").collect();
                assert_eq!((keys.len(), told.len()), (3, 1), "{name}: {findings:?}\n{file}");
                assert_eq!(told[0].serial.as_deref(), Some("4711"), "{name}");
                assert!(!told[0].is_error());
                assert_eq!(codes(&findings).len(), before.len() + 1, "{name}: {findings:?}");
            }
        }
        before.retain(|code| *code == "plain-among-encrypted");
        assert!(before.is_empty(), "{name}");
    }
}

/// The key of the containers that are made here.
const KEY: [u8; 16] = *b"0123456789abcdef";
const VECTOR: [u8; 16] = *b"fedcba9876543210";
const SEED: [u8; 20] = *b"a seed of 20 bytes !";

fn encrypted(text: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<aes::Aes128>::new(&KEY.into(), &VECTOR.into()).encrypt_padded_vec::<Pkcs7>(text)
}

fn mac(bytes: &[u8]) -> String {
    BASE64.encode(&Hmac::<sha1::Sha1>::new_from_slice(&KEY).unwrap().chain_update(bytes).finalize().into_bytes())
}

/// Opens a value of a draft: one vector for all, a cipher for all, no key of its own for the MAC.
fn open_draft(declared: &str, value: &[u8], digest: &str) -> (Result<Vec<u8>, &'static str>, Vec<&'static str>) {
    let file = format!(
        "<a><EncryptionMethod algorithm='AES128-CBC'><IV>{}</IV></EncryptionMethod>{declared}\
         <Data><Value>{}</Value><ValueDigest>{digest}</ValueDigest></Data></a>",
        BASE64.encode(&VECTOR),
        BASE64.encode(value)
    );
    let mut input = file.as_bytes();
    let mut tree = super::super::tree::Tree::new();
    let mut cursor = super::super::xml::Cursor::new(&mut input);
    let root = super::super::xml::root(&mut cursor, &mut tree).unwrap();
    cursor.rest_of(root, &mut tree).unwrap();
    let guidance = Guidance { unlock: Unlock::pre_shared(KEY.to_vec().into()), ..Guidance::default() };
    let mut locks = Locks::new(&guidance);
    let children: Vec<Element<'_>> = tree.element(root).children().collect();
    locks.take_encryption_key(children[0]).unwrap();
    assert!(locks.are_declared());
    match children[1].name() {
        "macalgorithm" => locks.take_mac_algorithm(children[1]).unwrap(),
        _ => locks.take_mac_method(children[1]).unwrap(),
    }
    let data: Vec<Element<'_>> = children[2].children().collect();
    let opened = locks.open_draft(children[2], data[0], Some(data[1]));
    let opened = opened.map(|text| text.to_vec()).map_err(|closed| match closed {
        Closed::Value(finding) | Closed::File(finding) => finding.problem.code(),
    });
    (opened, codes(&locks.take_warnings()))
}

#[test]
fn a_draft_may_have_its_mac_over_the_plaintext() {
    let digest = "<DigestMethod algorithm='HMAC-SHA1'/>";
    let value = encrypted(&SEED);
    assert_eq!(open_draft(digest, &value, &mac(&SEED)), (Ok(SEED.to_vec()), vec!["mac-over-plaintext"]));
    assert_eq!(open_draft(digest, &value, &mac(&value)), (Ok(SEED.to_vec()), vec![]));
    assert_eq!(open_draft(digest, &value, &mac(&SEED[1..])), (Err("mac-mismatch"), vec![]));
    let algorithm = "<MACAlgorithm>http://www.w3.org/2000/09/xmldsig#hmac-sha1</MACAlgorithm>";
    assert_eq!(open_draft(algorithm, &value, &mac(&SEED)).0, Ok(SEED.to_vec()));
    assert_eq!(open_draft("<MACMethod Algorithm='hmac-sha1'/>", &value, &mac(&SEED)).0, Err("mac-mismatch"));
}

#[test]
fn a_mac_over_the_plaintext_tells_how_the_value_was_padded() {
    let digest = "<DigestMethod algorithm='HMAC-SHA1'/>";
    let block = |text: &[u8]| encrypted(text)[..text.len()].to_vec();
    let unpadded = *b"thirty-two bytes without padding";
    assert_eq!(open_draft(digest, &block(&unpadded), &mac(&unpadded)).0, Ok(unpadded.to_vec()));
    let at_random = [SEED.as_slice(), b"random rand\x0c"].concat();
    assert_eq!(open_draft(digest, &block(&at_random), &mac(&SEED)).0, Ok(SEED.to_vec()));
}
