use super::*;
use crate::clock::UtcTime;
use crate::key::{Identity, KeyId, Open};
use crate::otp::{Algorithm, Digits, Hash, Parameters, Period, Seed};
use crate::pin::{Owner, Policy, Work};
use std::sync::atomic::{AtomicU8, Ordering};

struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill_with(|| self.0.fetch_add(41, Ordering::Relaxed).wrapping_add(41));
        Ok(())
    }
}

const WORK: Work = Work { memory: 64, passes: 1 };

fn random() -> Counting {
    Counting(AtomicU8::new(3))
}

fn vault() -> (Vault, Envelope, VaultKey) {
    let random = random();
    let key = VaultKey::draw(&random).unwrap();
    let (vault, envelope) = Vault::create(&key, &random).unwrap();
    (vault, envelope, key)
}

fn identity(serial: &str, id: u8) -> Identity {
    let parameters = Parameters { algorithm: Algorithm::Totp(Hash::Sha1), digits: Digits::SIX, period: Period::MINUTE };
    Identity { key: KeyId([id; 16]), serial: serial.parse().unwrap(), parameters }
}

fn login(text: &str) -> Login {
    text.parse().unwrap()
}

#[test]
fn the_vault_key_is_read_back_from_its_file() {
    let (_, envelope, key) = vault();
    let read = VaultKey::parse(key.expose_file().as_bytes()).unwrap();
    assert!(Vault::unlock(&read, &envelope).is_ok());
    assert_eq!(format!("{key:?}"), "VaultKey(…)");
}

#[test]
fn what_is_no_key_file_is_refused() {
    let (_, _, key) = vault();
    let good = key.expose_file();
    for bad in ["", "cleotp-vault-key-1:", "cleotp-vault-key-2:00", &good[..good.len() - 3], &good.to_uppercase()] {
        assert_eq!(VaultKey::parse(bad.as_bytes()).unwrap_err(), MalformedKeyFile);
    }
}

#[test]
fn the_vault_key_of_another_database_is_told_apart_from_a_changed_envelope() {
    let (_, mut envelope, key) = vault();
    let other = VaultKey::draw(&Counting(AtomicU8::new(99))).unwrap();
    let refused = Vault::unlock(&other, &envelope).err();
    assert_eq!(refused, Some(UnlockError::OtherKey { needed: key.id(), given: other.id() }));
    // The name of a key opens nothing: whoever writes his own into the envelope has still the wrong one.
    let renamed = Envelope { vault_key: other.id(), ..envelope.clone() };
    assert_eq!(Vault::unlock(&other, &renamed).err(), Some(UnlockError::Tampered));
    envelope.wrapped[20] ^= 1;
    assert_eq!(Vault::unlock(&key, &envelope).err(), Some(UnlockError::Tampered));
}

#[test]
fn an_envelope_is_bound_to_its_database() {
    let (vault, envelope, key) = vault();
    let moved = Envelope { database: [9; 16], ..envelope };
    assert_eq!(Vault::unlock(&key, &moved).err(), Some(UnlockError::Tampered));
    assert_ne!(vault.database, moved.database);
}

#[test]
fn b08_a_seed_opens_in_its_own_row_only() {
    let (vault, ..) = vault();
    let seed = Seed::new(Zeroizing::new(b"any twenty bytes at all".to_vec())).unwrap();
    let row = identity("103142718", 1);
    let sealed = vault.seal_seed(&seed, &row, &random()).unwrap();
    assert_eq!(vault.open_seed(&sealed, &row).unwrap().expose(), seed.expose());
    assert!(!sealed.0.windows(6).any(|window| seed.expose().starts_with(window)));
    let other_parameters = |change: fn(&mut Parameters)| {
        let mut other = row.clone();
        change(&mut other.parameters);
        other
    };
    let elsewhere = [
        identity("103142718", 2),
        identity("103142719", 1),
        other_parameters(|parameters| parameters.period = Period::HALF_MINUTE),
        other_parameters(|parameters| {
            parameters.period = Period::MINUTE.counted_from(UtcTime::from_epoch(60)).unwrap()
        }),
        other_parameters(|parameters| parameters.digits = Digits::new(8).unwrap()),
        other_parameters(|parameters| parameters.algorithm = Algorithm::Totp(Hash::Sha256)),
    ];
    for other in elsewhere {
        assert!(vault.open_seed(&sealed, &other).is_err(), "{other:?}");
    }
}

#[test]
fn every_changed_byte_of_a_sealed_seed_is_noticed() {
    let (vault, ..) = vault();
    let seed = Seed::new(Zeroizing::new(vec![7, 8, 9])).unwrap();
    let row = identity("1", 1);
    let sealed = vault.seal_seed(&seed, &row, &random()).unwrap();
    for index in 0..sealed.0.len() {
        let mut changed = sealed.clone();
        changed.0[index] ^= 0x40;
        assert!(vault.open_seed(&changed, &row).is_err());
    }
    assert!(vault.open_seed(&crate::key::SealedSeed(Vec::new()), &row).is_err());
}

#[test]
fn b07_a_hashed_pin_fits_its_own_key_and_holder_only() {
    let (vault, ..) = vault();
    let serial = "103142718".parse().unwrap();
    let pin = |text| Policy::default().judge(text, &serial).unwrap();
    let owner = Owner { key: KeyId([1; 16]), user: 7 };
    let mut memory = HashingMemory::default();
    let hashed = vault.hash_pin(&pin("4576"), &owner, WORK, [7; 16], &mut memory).unwrap();
    assert!(vault.verify_pin(&pin("4576"), &owner, &hashed, &mut memory).unwrap());
    assert!(!vault.verify_pin(&pin("4577"), &owner, &hashed, &mut memory).unwrap());
    assert!(!vault.verify_pin(&pin("4576"), &Owner { user: 8, ..owner }, &hashed, &mut memory).unwrap());
    assert!(!vault.verify_pin(&pin("4576"), &Owner { key: KeyId([2; 16]), ..owner }, &hashed, &mut memory).unwrap());
}

#[test]
fn a_hash_is_the_same_in_fresh_and_in_used_memory() {
    let (vault, ..) = vault();
    let pin = crate::pin::Pin::from_digits("4576").unwrap();
    let owner = Owner { key: KeyId([1; 16]), user: 7 };
    let mut memory = HashingMemory::default();
    let mut hash = |work| vault.hash_pin(&pin, &owner, work, [7; 16], &mut memory).unwrap();
    let fresh = hash(WORK);
    let larger = hash(Work { memory: WORK.memory * 2, ..WORK });
    assert_ne!(fresh.hash, larger.hash);
    assert_eq!((hash(WORK), hash(WORK)), (fresh.clone(), fresh));
}

/// How many PINs are tried: all of four digits, or as many as somebody asks for before a release (a million: all of six).
#[allow(clippy::disallowed_methods, reason = "a test takes its size from a variable")]
fn guesses() -> u32 {
    std::env::var("CLEOTP_GUESSES").ok().and_then(|number| number.parse().ok()).unwrap_or(10_000)
}

#[test]
fn b06_without_the_vault_key_no_pin_is_found_from_its_hash() {
    // As little work as Argon2 knows: the thief pays no more than this.
    const LEAST: Work = Work { memory: 8, passes: 1 };
    let (vault, ..) = vault();
    let owner = Owner { key: KeyId([1; 16]), user: 7 };
    let pin = |text: &str| crate::pin::Pin::from_digits(text).unwrap();
    let mut memory = HashingMemory::default();
    let hashed = vault.hash_pin(&pin("4576"), &owner, LEAST, [7; 16], &mut memory).unwrap();
    let thief_key = VaultKey::draw(&Counting(AtomicU8::new(50))).unwrap();
    let (thief, _) = Vault::create(&thief_key, &Counting(AtomicU8::new(51))).unwrap();
    // He has the row, the envelope and the program, and guesses the pepper as he likes.
    let without = Vault { pepper: Zeroizing::new([0; 32]), ..Vault::create(&thief_key, &random()).unwrap().0 };
    let digits = if guesses() > 10_000 { 6 } else { 4 };
    let mut found = |vault: &Vault| -> Vec<String> {
        let all = (0..guesses()).map(|number| format!("{number:0digits$}")).chain(["4576".to_owned()]);
        all.filter(|text| vault.verify_pin(&pin(text), &owner, &hashed, &mut memory).unwrap()).collect()
    };
    assert!(found(&thief).is_empty() && found(&without).is_empty());
    let with_the_key = found(&vault);
    assert!(
        with_the_key.iter().all(|text| text == "4576") && !with_the_key.is_empty(),
        "with the vault key the PIN is found: the limit that the manual tells"
    );
}

#[test]
fn c05_without_the_vault_key_no_activation_code_is_found_from_its_hash() {
    let (vault, ..) = vault();
    let (user, login, code) = (7, login("jdupont"), "6t6k5dm7");
    let stored = vault.hash_activation_code(user, &login, code);
    // A thief who knows the very code can not tell that it is the one: no dictionary can.
    for seed in 0..200 {
        let key = VaultKey::draw(&Counting(AtomicU8::new(seed))).unwrap();
        let (thief, _) = Vault::create(&key, &Counting(AtomicU8::new(seed.wrapping_add(60)))).unwrap();
        assert_ne!(thief.hash_activation_code(user, &login, code), stored);
    }
    use sha2::Digest;
    let plain = sha2::Sha256::digest(code);
    assert_ne!(plain.as_slice(), stored);
    assert_ne!(
        super::authenticate(&[0; 32], &[b"activation", &user.to_be_bytes(), b"jdupont", code.as_bytes()]),
        stored
    );
    // With the vault key a dictionary finds it, and only in its user's row.
    let near = ["6t6k5dm6", "6t6k5dm7", "6t6k5dm8"];
    let hits = near.iter().filter(|code| vault.hash_activation_code(user, &login, code) == stored);
    assert_eq!(hits.collect::<Vec<_>>(), [&code]);
    assert_ne!(vault.hash_activation_code(8, &login, code), stored);
}

#[test]
fn codes_and_tickets_are_hashed_for_one_user_and_purpose() {
    let (vault, ..) = vault();
    let (owner, until) = (Owner { key: KeyId([9; 16]), user: 1 }, UtcTime::from_epoch(1_800_000_000));
    let (elsewhere, anothers) = (Owner { key: KeyId([8; 16]), ..owner }, Owner { user: 2, ..owner });
    let later = UtcTime::from_epoch(1_800_000_001);
    let code = |user, name| vault.hash_activation_code(user, &login(name), "6t605do7");
    assert_eq!(code(1, "jdupont"), code(1, "JDupont"));
    assert_ne!(code(1, "jdupont"), code(2, "jdupont"));
    assert_ne!(
        code(1, "jdupont"),
        code(1, "mmartin"),
        "who is given another login by the database has no code under it"
    );
    let ticket = vault.hash_ticket(&owner, "new-pin", until, b"6t605do7");
    assert_eq!(ticket, vault.hash_ticket(&owner, "new-pin", until, b"6t605do7"));
    for other in [
        code(1, "jdupont"),
        vault.hash_ticket(&elsewhere, "new-pin", until, b"6t605do7"),
        vault.hash_ticket(&anothers, "new-pin", until, b"6t605do7"),
        vault.hash_ticket(&owner, "next-code", until, b"6t605do7"),
        vault.hash_ticket(&owner, "new-pin", later, b"6t605do7"),
        vault.hash_ticket(&owner, "new-pin", until, b"6t605do8"),
    ] {
        assert_ne!(ticket, other);
    }
    let hash = vault.hash_emergency_code(&owner, until, "6t605do7");
    assert_eq!(hash, vault.hash_emergency_code(&owner, until, "6t605do7"));
    for other in [
        code(1, "jdupont"),
        vault.hash_emergency_code(&anothers, until, "6t605do7"),
        vault.hash_emergency_code(&elsewhere, until, "6t605do7"),
        vault.hash_emergency_code(&owner, later, "6t605do7"),
        vault.hash_emergency_code(&owner, until, "6t605do8"),
    ] {
        assert_ne!(hash, other);
    }
}

#[test]
fn a_seal_is_of_one_key_one_user_and_one_login() {
    let (vault, ..) = vault();
    let (owner, until) = (Owner { key: KeyId([9; 16]), user: 1 }, UtcTime::from_epoch(1_800_000_000));
    let (elsewhere, anothers) = (Owner { key: KeyId([8; 16]), ..owner }, Owner { user: 2, ..owner });
    let seal = vault.seal_holder(&owner, &login("jdupont"));
    assert_eq!(seal, vault.seal_holder(&owner, &login("JDUPONT")));
    assert_ne!(seal, vault.seal_holder(&owner, &login("jdupont2")));
    assert_ne!(seal, vault.seal_holder(&elsewhere, &login("jdupont")));
    assert_ne!(seal, vault.seal_holder(&anothers, &login("jdupont")));
    let mode = vault.seal_new_pin_mode(&owner, until);
    assert_ne!(mode, vault.seal_new_pin_mode(&owner, UtcTime::from_epoch(1_800_000_001)));
    assert_ne!(mode, vault.seal_new_pin_mode(&elsewhere, until));
    assert_ne!(mode, vault.seal_new_pin_mode(&anothers, until));
    let (another, _) =
        Vault::create(&VaultKey::draw(&Counting(AtomicU8::new(77))).unwrap(), &Counting(AtomicU8::new(78))).unwrap();
    assert_ne!(seal, another.seal_holder(&owner, &login("jdupont")));
}

#[test]
fn the_terms_of_an_activation_code_are_sealed_for_one_code_one_key_and_one_last_moment() {
    let ((vault, ..), until) = (vault(), UtcTime::from_epoch(1_800_000_000));
    let (hash, key) = (vault.hash_activation_code(1, &login("jdupont"), "6t605do7"), Some(KeyId([9; 16])));
    let seal = vault.seal_activation(&hash, key, until);
    assert_eq!(seal, vault.seal_activation(&hash, key, until));
    for other in [
        vault.seal_activation(&[7; 32], key, until),
        vault.seal_activation(&hash, Some(KeyId([8; 16])), until),
        vault.seal_activation(&hash, None, until),
        vault.seal_activation(&hash, key, UtcTime::from_epoch(1_800_000_001)),
    ] {
        assert_ne!(seal, other);
    }
}

#[test]
fn tickets_unknown_logins_and_events_are_told_apart_by_their_hashes_and_only_with_the_vault() {
    let (vault, envelope, key) = vault();
    let again = Vault::unlock(&key, &envelope).unwrap();
    let other_key = VaultKey::draw(&Counting(AtomicU8::new(50))).unwrap();
    let (other, _) = Vault::create(&other_key, &Counting(AtomicU8::new(51))).unwrap();
    let (owner, until) = (Owner { key: KeyId([9; 16]), user: 1 }, UtcTime::from_epoch(1_800_000_000));
    let of = |vault: &Vault, text: &str| {
        let seal: &dyn audit::Seal = vault;
        (
            vault.hash_ticket(&owner, "new-pin", until, text.as_bytes()),
            vault.hash_unknown_login(text),
            seal.seal(text.as_bytes()),
        )
    };
    let (ticket, login, mac) = of(&vault, "one");
    assert_eq!(of(&again, "one"), (ticket, login, mac));
    for (other_ticket, other_login, other_mac) in [of(&vault, "two"), of(&other, "one")] {
        assert!(ticket != other_ticket && login != other_login && mac != other_mac);
    }
    assert_ne!(ticket[..8], login, "what is hashed for one purpose fits no other");
}

#[test]
fn where_there_is_no_pin_to_verify_one_is_hashed_all_the_same() {
    let (vault, ..) = vault();
    let before = HASHES.get();
    vault.waste_a_verification(WORK, &mut HashingMemory::default()).unwrap();
    assert_eq!(HASHES.get() - before, 1);
}

#[test]
fn a_checksum_is_the_sha_256_of_all_pieces() {
    let mut checksum = Checksum::default();
    ["a", "", "bc"].iter().for_each(|piece| checksum.take(piece.as_bytes()));
    let (bytes, hash) = checksum.finish();
    // FIPS 180-2, appendix B.1.
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!((bytes, data_encoding::HEXLOWER.encode(&hash).as_str()), (3, expected));
}
