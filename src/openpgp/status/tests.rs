//! What GnuPG 2.2.40 wrote about messages of every kind.

use super::super::Refusal;
use super::Status;

/// A message for a key that is there, as it goes well.
const WELL: &str = "ENC_TO 054B81EFF9AEFF7B 1 0\nBEGIN_DECRYPTION\nDECRYPTION_INFO 2 9 0\nPLAINTEXT 62 1795672731 a.csv\n\
                    PLAINTEXT_LENGTH 18\nDECRYPTION_OKAY\nGOODMDC\nEND_DECRYPTION\n";

fn verdict_of(lines: &str, succeeded: bool, had_passphrase: bool) -> Result<bool, Refusal> {
    let lines: String = lines.lines().map(|line| format!("[GNUPG:] {line}\n")).collect();
    Status::read(lines.as_bytes()).verdict(succeeded, had_passphrase)
}

fn verdict(lines: &str) -> Result<bool, Refusal> {
    verdict_of(lines, false, false)
}

#[test]
fn a_message_that_goes_well_is_open() {
    assert_eq!(verdict_of(WELL, true, false), Ok(false));
    // Authenticated by its mode, as GnuPG 2.3 and later do it.
    let by_mode = WELL.replace("DECRYPTION_INFO 2 9 0", "DECRYPTION_INFO 0 9 2").replace("GOODMDC\n", "");
    assert_eq!(verdict_of(&by_mode, true, false), Ok(false));
    let other_key_too = format!("NO_SECKEY 5465C50BA4F69AAF\nERROR pkdecrypt_failed 67108949\n{WELL}");
    assert_eq!(verdict_of(&other_key_too, true, false), Ok(false));
}

#[test]
fn without_any_one_of_its_lines_nothing_is_open() {
    assert_eq!(verdict(WELL), Err(Refusal::Altered), "the program failed");
    for line in WELL.lines().filter(|line| !line.starts_with("ENC_TO") && !line.starts_with("PLAINTEXT_LENGTH")) {
        let without: String = WELL.lines().filter(|other| *other != line).map(|line| format!("{line}\n")).collect();
        assert!(verdict_of(&without, true, false).is_err(), "{line}");
    }
    for line in ["BADMDC", "DECRYPTION_FAILED", "NODATA 3", "UNEXPECTED 0", "ERROR proc_pkt.plaintext 89_BAD_DATA"] {
        assert!(verdict_of(&format!("{WELL}{line}\n"), true, false).is_err(), "{line}");
        assert!(verdict_of(&WELL.replace("GOODMDC", line), true, false).is_err(), "{line}");
    }
    assert_eq!(verdict_of("", true, false), Err(Refusal::Failed));
    assert_eq!(Status::read(WELL.as_bytes()), Status::default(), "lines without the prefix are none");
}

#[test]
fn only_what_was_encrypted_counts() {
    let outside = "PLAINTEXT 62 0 \nPLAINTEXT_LENGTH 4\n";
    for lines in [format!("{outside}{WELL}"), format!("{WELL}{outside}"), format!("{WELL}{WELL}")] {
        assert_eq!(verdict_of(&lines, true, false), Err(Refusal::Altered), "{lines}");
    }
    let twice = WELL.replace("PLAINTEXT_LENGTH 18\n", "PLAINTEXT 62 0 \n");
    assert_eq!(verdict_of(&twice, true, false), Err(Refusal::Altered));
    assert_eq!(verdict_of(outside, true, false), Err(Refusal::NotEncrypted));
}

#[test]
fn a_key_or_passphrase_that_is_not_there_is_told() {
    let end = "BEGIN_DECRYPTION\nDECRYPTION_FAILED\nEND_DECRYPTION\n";
    let missing = format!("ENC_TO 054B81EFF9AEFF7B 1 0\nNO_SECKEY 054B81EFF9AEFF7B\n{end}");
    assert_eq!(verdict(&missing), Err(Refusal::NoSecretKey { keys: "054B81EFF9AEFF7B".to_owned() }));
    let locked = format!("ENC_TO 5679F558A5DEB3E5 1 0\nERROR pkdecrypt_failed 67108949\n{end}");
    assert_eq!(verdict(&locked), Err(Refusal::PassphraseNeeded));
    assert_eq!(verdict_of(&locked, false, true), Err(Refusal::Failed), "a passphrase was there");
    let symmetric = format!("NEED_PASSPHRASE_SYM 9 3 2\nERROR get_passphrase 85\nCANCELED_BY_USER\n{end}");
    assert_eq!(verdict(&symmetric), Err(Refusal::PassphraseNeeded));
    let either =
        format!("ENC_TO 5679F558A5DEB3E5 1 0\n{}", symmetric.replace("BEGIN", "NO_SECKEY 5679F558A5DEB3E5\nBEGIN"));
    assert_eq!(verdict(&either), Err(Refusal::PassphraseNeeded));
}

#[test]
fn a_wrong_passphrase_is_told() {
    let end = "DECRYPTION_FAILED\nEND_DECRYPTION\n";
    let of_key = format!("ENC_TO 5679F558A5DEB3E5 1 0\nERROR pkdecrypt_failed 67108875\nBEGIN_DECRYPTION\n{end}");
    assert_eq!(verdict_of(&of_key, false, true), Err(Refusal::WrongPassphrase));
    let begin = "NEED_PASSPHRASE_SYM 9 3 2\nBEGIN_DECRYPTION\nDECRYPTION_INFO 2 9 0\n";
    let symmetric = format!("{begin}ERROR symkey_decrypt.maybe_error 11_BAD_PASSPHRASE\n{end}");
    assert_eq!(verdict_of(&symmetric, false, true), Err(Refusal::WrongPassphrase));
    assert_eq!(verdict_of(begin, false, true), Err(Refusal::WrongPassphrase), "it died of what came out");
}

#[test]
fn what_was_altered_or_cut_is_told() {
    let begin = "ENC_TO 054B81EFF9AEFF7B 1 0\nBEGIN_DECRYPTION\nDECRYPTION_INFO 2 9 0\n";
    for lines in [
        format!("{begin}PLAINTEXT 62 0 a\nBADMDC\nDECRYPTION_FAILED\nEND_DECRYPTION\n"),
        format!("{begin}PLAINTEXT 62 0 a\nDECRYPTION_FAILED\nEND_DECRYPTION\n"),
        begin.to_owned(),
    ] {
        assert_eq!(verdict(&lines), Err(Refusal::Altered), "{lines}");
    }
    assert_eq!(verdict_of("NODATA 3\n", true, false), Err(Refusal::Altered));
    let symmetric =
        WELL.replace("ENC_TO 054B81EFF9AEFF7B 1 0", "NEED_PASSPHRASE_SYM 9 3 2").replace("GOODMDC", "BADMDC");
    assert_eq!(verdict_of(&symmetric, false, true), Err(Refusal::Altered));
    let unprotected = begin.replace("INFO 2 9 0", "INFO 0 2 0");
    let lines = format!("{unprotected}PLAINTEXT 62 0 a\nERROR nomdc_with_legacy_cipher 152\nDECRYPTION_FAILED\n");
    assert_eq!(verdict(&lines), Err(Refusal::NotProtected));
    let believed = WELL.replace("INFO 2 9 0", "INFO 0 2 0");
    assert_eq!(verdict_of(&believed, true, false), Err(Refusal::NotProtected), "whatever its configuration ignores");
}

#[test]
fn signatures_are_told_apart() {
    let signed = |line: &str| WELL.replace("DECRYPTION_OKAY", &format!("NEWSIG\n{line}\nDECRYPTION_OKAY"));
    assert_eq!(verdict_of(&signed("GOODSIG 011BD149ABDC388B Vendor"), true, false), Ok(false));
    let unknown = signed("ERRSIG 011BD149ABDC388B 1 10 00 1795672731 9 379D\nNO_PUBKEY 011BD149ABDC388B");
    assert_eq!(verdict(&unknown), Ok(true));
    assert_eq!(verdict_of(&signed("EXPKEYSIG 011BD149ABDC388B Vendor"), true, false), Ok(true));
    assert_eq!(verdict(&signed("BADSIG 011BD149ABDC388B Vendor")), Err(Refusal::BadSignature));
    let both = signed("ERRSIG 011BD149ABDC388B 1 10 00 0 9 379D\nBADSIG 011BD149ABDC388B Vendor");
    assert_eq!(verdict(&both), Err(Refusal::BadSignature));
}
