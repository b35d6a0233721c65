use super::super::tests::{fixture, run, told};
use super::super::{Format, Guidance};
use super::*;

#[test]
fn a_file_of_a_closed_format_that_looks_like_nothing_is_explained_by_its_name() {
    let codes = |extension: &str| {
        let guidance = Guidance { extension: extension.to_owned(), ..Guidance::default() };
        told(&run(b"0123 nothing that anybody knows\n", &guidance, false))
    };
    assert_eq!(codes("txt"), "0 keys; 1 format-unknown");
    assert_eq!(codes("DPX"), "0 keys; 1 closed-digipass");
    assert_eq!(codes("imp"), "0 keys; 1 closed-check-point");
    assert_eq!(codes("sds"), "0 keys; 1 closed-activid");
    // A name makes no format of what is known.
    let guidance = Guidance { extension: "dpx".to_owned(), ..Guidance::default() };
    assert_eq!(run(&fixture("entra-demo.csv"), &guidance, false).format, Some(Format::EntraCsv));
}

#[test]
fn closed_formats_are_known_by_what_they_say_of_themselves() {
    assert_eq!(by_words(b"TYPE=GO6\r\nVENDOR=DIGIPASS\r\n"), Some(Problem::ClosedDigipass));
    assert_eq!(by_words(b"\x01\x02FortiToken-200CD"), Some(Problem::ClosedFortiToken));
    assert_eq!(by_words(b"serial,secret\n"), None);
    assert_eq!(by_words(&[vec![b' '; WITHIN], b"digipass".to_vec()].concat()), None);
    assert_eq!(by_root("serverhello"), Some(Problem::ClosedCtKip));
    assert_eq!(by_root("keycontainer"), None);
    assert_eq!(by_extension("SDS"), Some(Problem::ClosedActivId));
    assert_eq!(by_extension("csv"), None);
}
