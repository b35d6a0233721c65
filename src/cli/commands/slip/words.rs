//! The words of the paper, in the language of the run.

use crate::cli::escape;
use crate::cli::locale::{Language, Value, Words};
use crate::cli::settings::Settings;
use crate::cli::times;
use crate::clock::UtcTime;
use crate::ops::{Handover, Issued};
use crate::otp::MovedBy;
use crate::slip::{self, Below, Handed, Step};
use zeroize::Zeroizing;

/// The PIN of the guide's example, and more of it for those who ask for longer ones.
const EXAMPLE_PIN: &str = "45760391";
/// What the example's key shows, and more of it for those that show more.
const EXAMPLE_DIGITS: &str = "76895042";

/// The step of who goes on with his PIN.
const KEPT: [&str; 2] = ["slip-pin-kept", "slip-pin-kept-text"];

/// Takes from a handover what is printed of it.
pub fn handed(handover: &Handover) -> Handed {
    let establishment = handover.establishment.as_ref();
    Handed {
        establishment: establishment.map(|one| escape::visible(one.name.as_str())).unwrap_or_default(),
        uai: establishment.map(|one| one.uai.to_string()).unwrap_or_default(),
        holder: escape::visible(handover.user.name.as_str()),
        login: handover.user.login.to_string(),
        serial: handover.key.serial.to_string(),
    }
}

/// Puts a code on paper.
pub fn code(words: &Words, issued: &Issued) -> slip::Code {
    let (date, time) = (date(words, issued.expires_at), times::time_of_day(issued.expires_at));
    let until = words.say("slip-code-until", &[("date", date.into()), ("time", time.into())]);
    slip::Code { symbols: Zeroizing::new(issued.code.expose().to_owned()), until }
}

/// Writes the steps of the guide for a key.
pub fn steps(words: &Words, settings: &Settings, handover: &Handover) -> Vec<Step> {
    let parameters = &handover.key.parameters;
    let digits = parameters.digits.get();
    let seconds = parameters.shown_for().map_or(0, |period| period.seconds());
    let (least, most) = (settings.pin_min_digits, settings.pin_max_digits);
    let bounds = [("least", Value::from(least)), ("most", Value::from(most))];
    let pin = words.say(if least == most { "slip-pin-exactly" } else { "slip-pin-between" }, &bounds);
    let values = [("digits", Value::from(i64::from(digits))), ("seconds", Value::from(seconds)), ("pin", pin.into())];
    let step =
        |title: &str, text: &str, below| Step { title: words.say(title, &[]), text: words.say(text, &values), below };
    let address = match &settings.portal_address {
        Some(address) => Below::Address(address.clone()),
        None => Below::Blank,
    };
    let example = Below::Example(example(words, settings, usize::from(digits)));
    let activate = match &settings.portal_address {
        Some(_) => "slip-activate-text",
        None => "slip-activate-text-by-hand",
    };
    let ([pin, pin_text], first, daily) = match (parameters.moved_by(), handover.keeps_pin) {
        (MovedBy::Clock, false) => (["slip-pin", "slip-pin-text"], "slip-first-text", "slip-daily-text"),
        (MovedBy::Button, false) => {
            (["slip-pin", "slip-pin-text-button"], "slip-first-text-button", "slip-daily-text-button")
        }
        (MovedBy::Clock, true) => (KEPT, "slip-first-text-pin-kept", "slip-daily-text"),
        (MovedBy::Button, true) => (KEPT, "slip-first-text-button-pin-kept", "slip-daily-text-button"),
    };
    vec![
        step("slip-activate", activate, address),
        step(pin, pin_text, Below::Nothing),
        step("slip-first", first, example),
        step("slip-daily", daily, Below::Nothing),
    ]
}

fn example(words: &Words, settings: &Settings, digits: usize) -> [(String, String); 3] {
    let least = usize::try_from(settings.pin_min_digits).unwrap_or(4);
    let pin = EXAMPLE_PIN.get(..least).unwrap_or(EXAMPLE_PIN).to_owned();
    let shown = EXAMPLE_DIGITS.get(..digits).unwrap_or(EXAMPLE_DIGITS).to_owned();
    let whole = format!("{pin}{shown}");
    let say = |id: &str| words.say(id, &[]);
    [(pin, say("slip-example-pin")), (shown, say("slip-example-digits")), (whole, say("slip-example-whole"))]
}

/// Gives the words that all slips have.
pub fn of_slip(words: &Words, settings: &Settings, now: UtcTime) -> slip::Words {
    let say = |id: &str| words.say(id, &[]);
    slip::Words {
        language: tag(words),
        title: say("slip-title"),
        subject: say("slip-subject"),
        establishment: say("slip-establishment"),
        uai: say("slip-uai"),
        holder: say("slip-holder"),
        login: say("slip-login"),
        serial: say("slip-serial"),
        code: say("slip-code"),
        apart: say("slip-apart"),
        scan: say("slip-scan"),
        help: say("slip-help"),
        contact: settings.help_contact.clone(),
        duties: say("slip-duties"),
        duty: vec![say("slip-duty-lend"), say("slip-duty-loss"), say("slip-duty-pin")],
        receipt: say("slip-receipt"),
        date: say("slip-date"),
        delegate: say("slip-delegate"),
        signature: say("slip-signature"),
        secret: say("slip-secret"),
        made: words.say("slip-made", &[("date", date(words, now).into())]),
    }
}

/// Gives the words of the list.
pub fn of_receipts(words: &Words, now: UtcTime) -> slip::ListWords {
    let columns = ["slip-holder", "slip-login", "receipts-serial", "receipts-date", "slip-signature"];
    slip::ListWords {
        language: tag(words),
        title: words.say("receipts-title", &[]),
        columns: columns.map(|id| words.say(id, &[])),
        made: words.say("receipts-made", &[("date", date(words, now).into())]),
    }
}

fn tag(words: &Words) -> &'static str {
    match words.language {
        Language::French => "fr",
        Language::English => "en",
    }
}

/// Writes a day in words, as people do on paper.
fn date(words: &Words, time: UtcTime) -> String {
    let Some((year, month, day)) = times::calendar(time) else {
        return times::for_people(time);
    };
    let month = words.say(&format!("month-{month}"), &[]);
    let values = [("day", Value::from(i64::from(day))), ("month", month.into()), ("year", Value::of(year))];
    words.say("date-in-words", &values)
}
