//! Where holders go and whom they ask, as an administrator writes it into the configuration for the slip.

use super::escape::is_hidden;

/// The most characters of either: what a slip has room for, and a telephone still reads.
pub const LONGEST: usize = 200;

/// Tells whether a text is a line for people.
pub fn is_line(text: &str) -> bool {
    let text = text.trim();
    (1..=LONGEST).contains(&text.chars().count()) && !text.chars().any(is_hidden)
}

/// Tells whether a text is an address of the web that a telephone opens safely: `https`, a host by its name, perhaps a port, perhaps
/// a path. No name and password before the host, which would hide it.
pub fn is_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").filter(|_| text.len() <= LONGEST) else {
        return false;
    };
    let is_graphic = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    let (place, _) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = place.split_once(':').unwrap_or((place, "443"));
    let is_label = |label: &str| {
        let ends_well = !label.starts_with('-') && !label.ends_with('-');
        ends_well && !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    rest.bytes().all(is_graphic) && host.split('.').all(is_label) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_with_a_host_in_sight() {
        for text in ["https://portail.ac-poitiers.fr", "https://localhost:8443/otp?a=1#b", "https://a.fr/cl%C3%A9"] {
            assert!(is_address(text), "{text}");
        }
        let long = format!("https://a.fr/{}", "a".repeat(200));
        for text in [
            "",
            "portail.example",
            "http://portail.example",
            "https://",
            "https:///x",
            "https://a..fr",
            "https://-a.fr",
            "https://user@evil.example",
            "https://a.fr:0",
            "https://a.fr:99999",
            "https://a.fr:",
            "https://a.fr/é",
            "https://a.fr/ b",
            "https://a.fr/\u{202e}",
            "HTTPS://a.fr",
            &long,
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn a_contact_is_one_visible_line() {
        assert!(is_line("Assistance : 05 49 00 00 00, assistance@ac-poitiers.fr"));
        for text in ["", "  ", "a\nb", "\u{202e}abc", &"é".repeat(201)] {
            assert!(!is_line(text), "{text:?}");
        }
    }
}
