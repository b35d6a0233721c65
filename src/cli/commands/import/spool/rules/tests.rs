use super::*;
use crate::cli::locale::{Language, Words};
use crate::cli::report::Format as Form;

fn rules(text: &str) -> Rules {
    Rules::parse(text)
        .unwrap_or_else(|failure| panic!("{}", failure.render(&Words::of(Language::English), Form::Table)))
}

fn said(text: &str) -> (&'static str, String) {
    let Err(failure) = Rules::parse(text) else { panic!("{text} was understood") };
    assert_eq!(failure.exit(), Exit::Configuration);
    (failure.id(), failure.render(&Words::of(Language::English), Form::Table))
}

#[test]
fn without_a_word_files_rest_ten_seconds_and_plain_ones_are_not_kept() {
    for rules in [Rules::default(), rules("# nothing\n")] {
        assert_eq!((rules.min_age, rules.keep_plain, rules.owners.len()), (Seconds::new(10), false, 0));
        assert!(rules.of(OsStr::new("keys.xml")).is_none());
    }
}

#[test]
fn every_key_is_read() {
    let rules = rules(
        "min-age = \"2min\"\nkeep-plain = true\nowners = [\"root\", 4242]\n\
         [[rule]]\nfiles = \"feitian-*.xml\"\npsk-file = \"secrets/feitian.key\"\ncipher = \"aes128-cbc\"\n\
         accept-unauthenticated = true\nestablishment = \"0860034V\"\n\
         [[rule]]\nfiles = [\"*.csv\", \"list-?.txt\"]\nformat = \"generic-csv\"\ncolumns = \"serial,secret,-,step\"\n\
         secret-encoding = \"hex\"\npad-serial = 9\nallow-weak-seeds = true\npassphrase-file = \"/etc/cleotp/pass\"\n",
    );
    assert_eq!((rules.min_age, rules.keep_plain), (Seconds::minutes(2), true));
    assert_eq!(rules.owners, [0, 4242]);
    let first = rules.of(OsStr::new("Feitian-2026.XML")).unwrap();
    assert_eq!(first.psk_file.as_deref(), Some(std::path::Path::new("secrets/feitian.key")));
    assert_eq!(first.establishment.as_ref().map(Uai::to_string).as_deref(), Some("0860034V"));
    assert!(first.cipher.is_some() && first.accept_unauthenticated && !first.allow_weak_seeds);
    let second = rules.of(OsStr::new("list-7.txt")).unwrap();
    assert_eq!((second.format, second.pad_serial), (Some(Format::GenericCsv), Some(9)));
    assert!(second.columns.is_some() && second.secret_encoding.is_some() && second.allow_weak_seeds);
    assert!(rules.of(OsStr::new("list-77.txt")).is_none());
    assert_eq!(rules.secret_files().count(), 2);
}

#[test]
fn the_first_rule_that_fits_is_the_one() {
    let rules = rules(
        "[[rule]]\nfiles = \"0860034V-*\"\nestablishment = \"0860034V\"\n[[rule]]\nfiles = \"*\"\npad-serial = 9\n",
    );
    assert!(rules.of(OsStr::new("0860034V-keys.csv")).is_some_and(|rule| rule.establishment.is_some()));
    assert!(rules.of(OsStr::new("keys.csv")).is_some_and(|rule| rule.establishment.is_none()));
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_column() {
    let cases = [
        ("min-age = 10", "spool-value", "line 1, column 11"),
        ("min-age = \"2d\"", "spool-value", "line 1, column 11"),
        ("keep-plain = \"yes\"", "spool-value", "true or false"),
        ("owners = \"root\"", "spool-value", "owners"),
        ("owners = [\"nobody-has-this-name\"]", "spool-value", "accounts"),
        ("keep_plain = true", "spool-unknown-key", "line 1, column 1"),
        ("# é\nrule = 3", "spool-value", "line 2, column 8"),
        ("rule = [3]", "spool-value", "line 1, column 9"),
        ("[rule]\nfiles = \"*\"", "spool-value", "[[rule]]"),
        ("[[rule]]\npsk-file = \"a\"", "spool-rule-without-files", "line 1"),
        ("[[rule]]\nfiles = \"*\"\n\n[[rule]]\n", "spool-rule-without-files", "line 4"),
        ("[[rule]]\nfiles = []", "spool-value", "line 2, column 9"),
        ("[[rule]]\nfiles = \"a/b\"", "spool-value", "line 2, column 9"),
        ("[[rule]]\nfiles = \"[\"", "spool-value", "line 2, column 9"),
        ("[[rule]]\nfiles = \"*\"\npsk = \"a\"", "spool-unknown-key", "psk-file"),
        ("[[rule]]\nfiles = \"*\"\npsk-file = \"\"", "spool-value", "line 3, column 12"),
        ("[[rule]]\nfiles = \"*\"\nformat = \"pskc\"", "spool-value", "format"),
        ("[[rule]]\nfiles = \"*\"\ncipher = \"des\"", "spool-value", "cipher"),
        ("[[rule]]\nfiles = \"*\"\nestablishment = \"0860034A\"", "spool-value", "UAI"),
        ("[[rule]]\nfiles = \"*\"\nsecret-encoding = \"utf\"", "spool-value", "base32"),
        ("[[rule]]\nfiles = \"*\"\ncolumns = \"serial\"", "spool-value", "columns"),
        ("[[rule]]\nfiles = \"*\"\npad-serial = 41", "spool-value", "40"),
        ("[[rule]]\nfiles = \"*\"\npad-serial = 99999999999999999999999", "spool-value", "line 3"),
        ("[[rule]]\nfiles = \"*\"\nallow-weak-seeds = 1", "spool-value", "true or false"),
        ("min-age = \"1s\"\nmin-age = \"1s\"", "config-key-twice", "line 2"),
        ("min-age = = 1", "config-syntax", "line 1, column"),
    ];
    for (text, id, part) in cases {
        let (found, message) = said(text);
        assert_eq!(found, id, "{text}: {message}");
        assert!(message.contains(part), "{text}: {message}");
    }
}
