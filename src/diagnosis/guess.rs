//! Guesses at what went wrong when a key was imported: other parameters, or its seed read in another base.

use super::{Code, Mechanism, Parameters, Step, UtcTime, find_between};
use crate::key::{Identity, Serial};
use crate::otp::{Algorithm, Digits, Hash, MovedBy, Period, Seed};
use data_encoding::{BASE32, BASE32_NOPAD, BASE64, BASE64_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE, HEXUPPER};
use zeroize::Zeroizing;

/// The periods that keys are sold with, and some that were met.
const PERIODS: [i64; 12] = [10, 15, 20, 30, 40, 45, 60, 90, 120, 180, 240, 300];
/// How far the clock of a key with another usual period is believed to be off, and of one with an unusual one, in seconds.
const DAY: i64 = 86_400;
const TWO_HOURS: i64 = 7_200;
/// How often the button of a key that was imported as another kind is believed to have been pressed.
const PRESSES: i64 = 5_000;
const HASHES: [Hash; 3] = [Hash::Sha1, Hash::Sha256, Hash::Sha512];

/// A way to read a text as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// As it stands.
    Raw,
    /// Hexadecimal.
    Hex,
    /// Base32.
    Base32,
    /// Base64.
    Base64,
}

impl Base {
    const ALL: [Self; 4] = [Self::Raw, Self::Hex, Self::Base32, Self::Base64];

    /// Gives the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Hex => "hex",
            Self::Base32 => "base32",
            Self::Base64 => "base64",
        }
    }

    /// Gives every text that is read as these bytes.
    fn texts(self, bytes: &[u8]) -> Vec<Zeroizing<Vec<u8>>> {
        let texts = match self {
            Self::Raw => return vec![Zeroizing::new(bytes.to_vec())],
            Self::Hex => vec![HEXUPPER.encode(bytes), HEXLOWER.encode(bytes)],
            Self::Base32 => vec![BASE32_NOPAD.encode(bytes), BASE32.encode(bytes)],
            Self::Base64 => vec![BASE64_NOPAD.encode(bytes), BASE64.encode(bytes)],
        };
        texts.into_iter().map(|text| Zeroizing::new(text.into_bytes())).collect()
    }

    fn read(self, text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let unpadded = || {
            let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last.saturating_add(1));
            text.get(..end).unwrap_or_default()
        };
        let read = match self {
            Self::Raw => Some(text.to_vec()),
            Self::Hex => HEXLOWER_PERMISSIVE.decode(text).ok(),
            Self::Base32 => BASE32_NOPAD.decode(&unpadded().to_ascii_uppercase()).ok(),
            Self::Base64 => BASE64_NOPAD.decode(unpadded()).ok(),
        };
        read.map(Zeroizing::new)
    }
}

/// What would make the codes right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// What the key computes.
    pub parameters: Parameters,
    /// How the seed was read, and how it is to be read, if that is it.
    pub read: Option<(Base, Base)>,
    /// Steps that the key would be ahead of our clock; none for an event key.
    pub drift: Option<i64>,
}

/// Tries the same seed with every hash, period, kind and number of digits that keys have.
pub fn other_parameters(own: &Identity, seed: &Seed, digits: Digits, codes: &[Code], now: UtcTime) -> Option<Guess> {
    // Counted from the same moment: that is the format's, and no parameter that somebody mistypes.
    let epoch = own.parameters.period.epoch();
    let period = move |seconds| Period::new(seconds).and_then(|period| period.counted_from(epoch)).ok();
    let tried = HASHES.into_iter().flat_map(move |hash| {
        let by_clock = PERIODS.into_iter().filter_map(period);
        let by_clock = by_clock.map(move |period| (Algorithm::Totp(hash), period));
        by_clock.chain([(Algorithm::Hotp(hash), Period::HALF_MINUTE)])
    });
    // Four codes in a row are the same for either interval: where both fit, the usual one is believed.
    let securid = [Period::MINUTE, Period::HALF_MINUTE].map(|period| (Algorithm::SecurId, period));
    tried
        .chain(securid)
        .map(|(algorithm, period)| Parameters { algorithm, digits, period })
        .filter(|parameters| *parameters != own.parameters)
        .find_map(|parameters| try_with(parameters, &own.serial, seed, None, codes, now))
}

/// Tries the parameters with the seed read from its text in every other base.
pub fn other_readings(own: &Identity, seed: &Seed, digits: Digits, codes: &[Code], now: UtcTime) -> Option<Guess> {
    let parameters = Parameters { digits, ..own.parameters };
    let pairs = Base::ALL.into_iter().flat_map(|was| Base::ALL.into_iter().map(move |is| (was, is)));
    pairs.filter(|(was, is)| was != is).find_map(|(was, is)| {
        let texts = was.texts(seed.expose());
        texts.iter().find_map(|text| {
            let other = Seed::new(is.read(text)?).ok()?;
            try_with(parameters, &own.serial, &other, Some((was, is)), codes, now)
        })
    })
}

fn try_with(
    parameters: Parameters,
    serial: &Serial,
    seed: &Seed,
    read: Option<(Base, Base)>,
    codes: &[Code],
    now: UtcTime,
) -> Option<Guess> {
    let mut mechanism = Mechanism::new(&parameters, serial, seed);
    let (from, to, host) = match parameters.moved_by() {
        MovedBy::Clock => {
            let host = Step::at(now, parameters.period);
            let is_usual = matches!(parameters.period.seconds(), 30 | 60);
            let believed = if is_usual { DAY } else { TWO_HOURS };
            let reach = believed.div_euclid(parameters.period.seconds());
            (host.shifted(reach.saturating_neg()), host.shifted(reach), Some(host))
        }
        MovedBy::Button => (Step::new(0), Step::new(PRESSES), None),
    };
    let places = find_between(&mut mechanism, codes, from, to);
    let off = |place: &&crate::passcode::Place| host.map_or(0, |host| place.last.distance_from(host).saturating_abs());
    let place = places.iter().min_by_key(off)?;
    Some(Guess { parameters, read, drift: host.map(|host| place.last.distance_from(host)) })
}
