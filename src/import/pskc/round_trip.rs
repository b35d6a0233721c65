//! Containers with random keys are written as RFC 6030 has them, and read back with nothing lost nor added.

use super::super::{SeedRecord, Unlock};
use super::*;
use crate::clock::UtcTime;
use crate::otp::{Algorithm, Hash};
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeEncrypt, KeyIvInit};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;

/// Hashes, and how a container names them; SHA-1 also not at all.
const HASHES: [(Hash, &str); 4] =
    [(Hash::Sha1, ""), (Hash::Sha1, "HMAC-SHA1"), (Hash::Sha256, "HMAC-SHA256"), (Hash::Sha512, "sha512")];

/// A key that is to be written.
#[derive(Clone, Debug)]
struct Wanted {
    serial: String,
    id: String,
    manufacturer: String,
    model: Option<String>,
    seed: Vec<u8>,
    /// The counter of an event key; the period and drift of any other.
    moved_by: Result<u64, (i64, i64)>,
    hash: (Hash, &'static str),
    digits: u8,
    validity: Option<(i64, i64)>,
    /// Whether its integers are encrypted too, where its seed is.
    hides_integers: bool,
}

fn wanted() -> impl Strategy<Value = Wanted> {
    // What XML, base64 and trimming could spoil.
    let name = "[!-~é€日][ -~é€日\u{a0}]{0,30}";
    let moved_by = prop_oneof![
        (0..1_000_000_000_000_u64).prop_map(Ok),
        (10..=300_i64, -40..=40_i64).prop_map(Err),
        Just(Ok(3_131_313_131)),
        Just(Err((60, 0))),
    ];
    let validity = (0..4_000_000_000_i64, 0..1_000_000_000_i64).prop_map(|(first, length)| (first, first + length));
    let texts = ("[A-Za-z0-9][A-Za-z0-9._:#-]{0,39}", "[!-~]{1,60}", name, proptest::option::of(name));
    // One byte of padding may as well be none: such a seed is refused, and no vendor has one.
    let length = (16..=64_usize).prop_map(|length| if length % 16 == 15 { length + 1 } else { length });
    let seed = (length, any::<bool>()).prop_flat_map(|(length, is_like_padding)| {
        proptest::collection::vec(if is_like_padding { 1..=16 } else { 0..=u8::MAX }, length)
    });
    let numbers =
        (moved_by, proptest::sample::select(&HASHES), 6..=8_u8, proptest::option::of(validity), any::<bool>());
    (texts, seed, numbers).prop_map(|(texts, seed, (moved_by, hash, digits, validity, hides_integers))| {
        let (serial, id, manufacturer, model) = texts;
        Wanted { serial, id, manufacturer, model, seed, moved_by, hash, digits, validity, hides_integers }
    })
}

/// What encrypts and authenticates the values of a container.
#[derive(Clone, Debug)]
struct Sealing {
    key: Vec<u8>,
    mac_key: Vec<u8>,
    mac: &'static str,
    vector: [u8; 16],
}

fn sealing() -> impl Strategy<Value = Sealing> {
    let key = proptest::sample::select(&[16_usize, 24, 32])
        .prop_flat_map(|length| proptest::collection::vec(any::<u8>(), length));
    let mac = proptest::sample::select(&["hmac-sha1", "hmac-sha256", "hmac-sha512"]);
    (key, proptest::collection::vec(any::<u8>(), 16..=64), mac, any::<[u8; 16]>())
        .prop_map(|(key, mac_key, mac, vector)| Sealing { key, mac_key, mac, vector })
}

impl Sealing {
    fn encrypt(&self, text: &[u8]) -> Vec<u8> {
        let (key, vector) = (self.key.as_slice(), self.vector.as_slice());
        let body = match key.len() {
            16 => {
                cbc::Encryptor::<aes::Aes128>::new_from_slices(key, vector).unwrap().encrypt_padded_vec::<Pkcs7>(text)
            }
            24 => {
                cbc::Encryptor::<aes::Aes192>::new_from_slices(key, vector).unwrap().encrypt_padded_vec::<Pkcs7>(text)
            }
            _ => cbc::Encryptor::<aes::Aes256>::new_from_slices(key, vector).unwrap().encrypt_padded_vec::<Pkcs7>(text),
        };
        [vector, &body].concat()
    }

    fn mac(&self, bytes: &[u8]) -> Vec<u8> {
        fn of<M: Mac + KeyInit>(key: &[u8], bytes: &[u8]) -> Vec<u8> {
            <M as KeyInit>::new_from_slice(key).unwrap().chain_update(bytes).finalize().into_bytes().to_vec()
        }
        match self.mac {
            "hmac-sha1" => of::<Hmac<sha1::Sha1>>(&self.mac_key, bytes),
            "hmac-sha256" => of::<Hmac<sha2::Sha256>>(&self.mac_key, bytes),
            _ => of::<Hmac<sha2::Sha512>>(&self.mac_key, bytes),
        }
    }

    fn cipher(&self, bytes: &[u8]) -> String {
        format!(
            "<xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes{}-cbc\"/><xenc:CipherData>\
             <xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData>",
            self.key.len() * 8,
            BASE64.encode(bytes)
        )
    }

    fn declared(&self) -> String {
        format!(
            "<EncryptionKey><ds:KeyName>Lot 1</ds:KeyName></EncryptionKey><MACMethod Algorithm=\"\
             http://www.w3.org/2001/04/xmldsig-more#{}\"><MACKey>{}</MACKey></MACMethod>",
            self.mac,
            self.cipher(&self.encrypt(&self.mac_key))
        )
    }

    fn value(&self, text: &[u8]) -> String {
        let bytes = self.encrypt(text);
        let mac = BASE64.encode(&self.mac(&bytes));
        format!("<EncryptedValue>{}</EncryptedValue><ValueMAC>{mac}</ValueMAC>", self.cipher(&bytes))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&#34;")
}

fn day(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn package(key: &Wanted, sealing: Option<&Sealing>) -> String {
    let integer = |number: i128| match sealing.filter(|_| key.hides_integers) {
        Some(sealing) => sealing.value(number.to_string().as_bytes()),
        None => format!("<PlainValue>{number}</PlainValue>"),
    };
    let secret = match sealing {
        Some(sealing) => sealing.value(&key.seed),
        None => format!("<PlainValue>{}</PlainValue>", BASE64.encode(&key.seed)),
    };
    let (algorithm, moves) = match key.moved_by {
        Ok(counter) => ("hotp", format!("<Counter>{}</Counter>", integer(i128::from(counter)))),
        Err((period, drift)) => {
            let drift = format!("<TimeDrift>{}</TimeDrift>", integer(i128::from(drift)));
            ("totp", format!("<TimeInterval>{}</TimeInterval>{drift}", integer(i128::from(period))))
        }
    };
    let model = key.model.as_ref().map(|model| format!("<Model>{}</Model>", escaped(model))).unwrap_or_default();
    let suite = match key.hash.1 {
        "" => String::new(),
        suite => format!("<Suite>{suite}</Suite>"),
    };
    let policy = key.validity.map(|(first, last)| {
        format!("<Policy><StartDate>{}</StartDate><ExpiryDate>{}</ExpiryDate></Policy>", day(first), day(last))
    });
    format!(
        "<KeyPackage>\n<DeviceInfo><Manufacturer>{}</Manufacturer><SerialNo>{}</SerialNo>{model}</DeviceInfo>\n<Key \
         Id=\"{}\" Algorithm=\"urn:ietf:params:xml:ns:keyprov:pskc:{algorithm}\"><AlgorithmParameters>{suite}\
         <ResponseFormat Length=\"{}\" Encoding=\"DECIMAL\"/></AlgorithmParameters>\n<Data><Secret>{secret}</Secret>\
         {moves}</Data>{}</Key></KeyPackage>\n",
        escaped(&key.manufacturer),
        escaped(&key.serial),
        escaped(&key.id),
        key.digits,
        policy.unwrap_or_default()
    )
}

/// Writes a container, reads it, and compares its keys one by one.
fn compare(wanted: &[Wanted], sealing: Option<&Sealing>) {
    let packages: String = wanted.iter().map(|key| package(key, sealing)).collect();
    let file = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<KeyContainer Version=\"1.0\" \
         xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" \
         xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">\n{}{packages}</KeyContainer>\n",
        sealing.map(Sealing::declared).unwrap_or_default()
    );
    let unlock = sealing.map_or_else(Unlock::none, |sealing| {
        Unlock::pre_shared(data_encoding::HEXLOWER.encode(&sealing.key).into_bytes().into())
    });
    let guidance = Guidance { unlock, ..Guidance::default() };
    let (mut keys, mut findings) = (Vec::new(), Vec::new());
    let result = read(&mut file.as_bytes(), &guidance, &mut |item| match item {
        Item::Key(record) => keys.push(*record),
        Item::Finding(finding) => findings.push(finding),
        Item::Row(_) => {}
    });
    findings.extend(result.err());
    findings.retain(|finding| !matches!(finding.problem, Problem::PeriodUnusual { .. } | Problem::HashAssumed { .. }));
    assert_eq!(findings, [], "{file}");
    assert_eq!(keys.len(), wanted.len(), "{file}");
    wanted.iter().zip(&keys).for_each(|(wanted, key)| wanted.is_read_as(key, sealing.is_some()));
}

impl Wanted {
    fn is_read_as(&self, key: &SeedRecord, is_sealed: bool) {
        assert_eq!((key.serial.as_str(), key.key_id.as_deref()), (self.serial.as_str(), Some(self.id.as_str())));
        assert_eq!(key.manufacturer.as_deref(), Some(self.manufacturer.trim()));
        assert_eq!(key.model.as_deref(), self.model.as_deref().map(str::trim));
        assert_eq!(key.seed.expose(), self.seed.as_slice());
        let found = (key.parameters.algorithm, key.counter, key.drift);
        match self.moved_by {
            Ok(counter) => assert_eq!(found, (Algorithm::Hotp(self.hash.0), Some(counter), 0)),
            Err((period, drift)) => {
                assert_eq!(found, (Algorithm::Totp(self.hash.0), None, drift));
                assert_eq!(key.parameters.period.seconds(), period);
            }
        }
        assert_eq!(key.parameters.digits.get(), self.digits);
        let moments = [key.validity.not_before, key.validity.not_after];
        let expected = self.validity.map_or([None; 2], |(first, last)| [Some(first), Some(last)]);
        assert_eq!(moments.map(|moment| moment.map(UtcTime::epoch_seconds)), expected);
        assert_eq!(key.is_sealed, is_sealed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn plain_keys_are_read_as_they_were_written(wanted in proptest::collection::vec(wanted(), 1..6)) {
        compare(&wanted, None);
    }

    #[test]
    fn encrypted_keys_are_read_as_they_were_written(
        wanted in proptest::collection::vec(wanted(), 1..6),
        sealing in sealing(),
    ) {
        compare(&wanted, Some(&sealing));
    }
}
