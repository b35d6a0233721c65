//! Activation codes for whole lists: campaigns, keys assigned by list, codes of an earlier system.

use crate::bad_input::in_both;
use crate::roles::academy;
use crate::support::World;
use cleotp::Via;
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;

/// What a French Excel writes: semicolons, a byte order mark, CR LF, blank lines at the end.
const FROM_EXCEL: &str = "\u{feff}Identifiant;Nom;N° de série\r\njdupont;Jeanne Dupont;\r\nAMartin;Anne Martin;000103142719\r\nzoe;Zoé Ünal;\r\n;;\r\n";

/// Three users, of whom the first has been assigned a key.
fn world(lang: &'static str) -> World {
    let world = World::furnished(lang);
    world.run("user add amartin --name 'Anne Martin' --establishment 0860034V").exits(0);
    world.run("user add zoe --name 'Zoé Ünal' --establishment 0860034V").exits(0);
    world.run("key assign 103142718 jdupont").exits(0);
    world.forget();
    world
}

/// Reads the codes of a result by login.
fn codes(csv: &str) -> Vec<(String, String)> {
    let rows = csv.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.filter(|row| !row[5].is_empty()).map(|row| (row[1].to_owned(), row[5].to_owned())).collect()
}

fn read(world: &World, name: &str) -> String {
    let path = world.beside(name);
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_campaign_is_tried_run_and_run_again() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.lay("liste.csv", FROM_EXCEL.as_bytes());
        let before = world.dump();
        world.run("activation campagne TMP/liste.csv --dry-run").exits(0);
        assert_eq!(world.dump(), before);
        world.run("activation campagne TMP/liste.csv --output TMP/codes.csv").exits(0);
        let issued = codes(&read(&world, "codes.csv"));
        let who: Vec<&str> = issued.iter().map(|(login, _)| login.as_str()).collect();
        assert_eq!(who, ["jdupont", "amartin", "zoe"]);
        // Two of them come to the counter; then the list comes again.
        world.pipe("activate jdupont 103142718", &[&issued[0].1]).exits(0);
        world.pipe("activate amartin 103142719", &[&issued[1].1]).exits(0);
        world.run("activation campaign TMP/liste.csv --output TMP/again.csv").exits(0);
        assert_eq!(codes(&read(&world, "again.csv")), []);
        world.run("activation campaign TMP/liste.csv --reissue --output TMP/other.csv --excel").exits(0);
        world.run("activation list").exits(0);
        world.run("audit list --action activation-campaign").exits(0);
        let files = ["codes.csv", "again.csv", "other.csv"].map(|name| format!("{name}:\n{}", read(&world, name)));
        format!("{}\n{}", world.story(), files.join("\n").replace('\u{feff}', "<BOM>").replace('\r', "<CR>"))
    }));
}

#[test]
fn a_campaign_without_files_answers_with_its_codes() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let told = world.feed("activation campaign -", FROM_EXCEL.as_bytes()).exits(0);
        assert_eq!(codes(&told.out).len(), 3);
        let told = world.feed("activation campaign - --reissue -o json", FROM_EXCEL.as_bytes()).exits(0).json();
        assert_eq!((&told["schema"], &told["reissued"]), (&"cleotp.activation-campaign/1".into(), &3.into()));
        world.feed("activation campaign - --reissue --excel", FROM_EXCEL.as_bytes()).exits(0);
        world.lay("liste.csv", FROM_EXCEL.as_bytes());
        let screen = world.sit("activation campaign TMP/liste.csv --reissue", Vec::new()).exits(0);
        world.sit("activation campaign TMP/liste.csv --slips -", Vec::new()).exits(64);
        format!("{}\n{}", world.story(), screen.both)
    }));
}

#[test]
fn the_slips_of_a_campaign_hold_its_codes_and_need_keys() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let line = "activation campaign - --slips TMP/slips.pdf --output TMP/codes.csv";
        let before = world.dump();
        world.feed(line, FROM_EXCEL.as_bytes()).exits(65);
        assert_eq!(world.dump(), before);
        assert!(!world.beside("slips.pdf").exists() && !world.beside("codes.csv").exists());
        world.run("key assign 103142720 zoe").exits(0);
        world.feed(line, FROM_EXCEL.as_bytes()).exits(0);
        let pdf = std::fs::read(world.beside("slips.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && String::from_utf8_lossy(&pdf).contains("/Count 3"));
        assert_eq!(world.beside("slips.pdf").metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let [(_, first), ..] = &codes(&read(&world, "codes.csv"))[..] else { panic!("no codes") };
        world.pipe("activate jdupont 103142718", &[first]).exits(0);
        // Nobody gets a code any more: nothing is printed, and nothing is overwritten.
        world.feed("activation campaign - --slips TMP/none.pdf", FROM_EXCEL.as_bytes()).exits(0);
        assert!(!world.beside("none.pdf").exists());
        world.feed(line, FROM_EXCEL.as_bytes()).exits(73);
        assert_eq!(std::fs::read(world.beside("slips.pdf")).unwrap(), pdf);
        world.story()
    }));
}

#[test]
fn codes_and_slips_that_are_to_go_to_one_file_are_refused_before_anything_is_issued() {
    for (lang, said) in [("fr", "le même fichier"), ("en", "the same file")] {
        let world = world(lang);
        world.lay("liste.csv", FROM_EXCEL.as_bytes());
        let before = world.dump();
        let line = "activation campaign TMP/liste.csv --output TMP/one --slips TMP/one";
        let told = world.run(line).exits(64);
        assert!(told.err.contains(said), "{}", told.shown());
        let error: serde_json::Value =
            serde_json::from_str(&world.run(&format!("{line} -o json")).exits(64).err).unwrap();
        assert_eq!(error["error"], "campaign-one-file");
        assert!(world.dump() == before && !world.beside("one").exists());
    }
}

#[test]
fn a_list_for_a_campaign_that_is_wrong_is_told_whole_and_issues_nothing() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("establishment add 0750655E 'Lycée Jacquard'").exits(0);
        world.run("user add gone --name Gone --establishment 0860034V").exits(0);
        world.run("user disable gone").exits(0);
        world.run("user add held --name Held --establishment 0750655E").exits(0);
        world.run("activation new zoe 103142722").exits(0);
        world.run("key ship 103142721 --to 0750655E").exits(0);
        world.run("key receive 103142721").exits(0);
        world.forget();
        let before = world.dump();
        let list = "login,serial\njdupont,\nJDupont,\nnobody,\ngone,\njdupont2,x y\n,\namartin,999\n\
            held,103142718\nzoe,103142720\nmore,103142720\n-x,\namartin,103142719,y\n";
        world.feed("activation campaign - --output TMP/codes.csv", list.as_bytes()).exits(65);
        world.feed("activation campaign -", b"login;serial\namartin;103142721\njdupont;103142719\n").exits(65);
        world.feed("activation campaign -", b"").exits(65);
        world.feed("activation campaign -", b"identifiant\n").exits(65);
        world.feed("activation campaign -", b"jdupont\namartin\n").exits(65);
        world.feed("activation campaign - -o json", b"login\nnobody\n").exits(65);
        world.run("activation campaign TMP/nothing.csv").exits(66);
        world.lay("taken.csv", b"");
        world.feed("activation campaign - --output TMP/taken.csv", b"login\njdupont\n").exits(73);
        world.feed("activation campaign - --output TMP/no/codes.csv", b"login\njdupont\n").exits(73);
        assert_eq!(world.dump(), before);
        assert!(!world.beside("codes.csv").exists() && !world.beside("codes.csv.part").exists());
        world.story()
    }));
}

#[test]
fn codes_that_are_written_and_not_made_good_go_away_and_those_that_may_be_good_stay() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        // Another writer has the database, and does not give it back in time.
        let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
        database.execute_batch("BEGIN IMMEDIATE").unwrap();
        world.feed("activation campaign - --output TMP/codes.csv", FROM_EXCEL.as_bytes()).exits(75);
        database.execute_batch("ROLLBACK").unwrap();
        assert!(!world.beside("codes.csv").exists() && !world.beside("codes.csv.part").exists());
        // As a crash leaves it between the change and the name of the file.
        world.lay("codes.csv.part", b"codes");
        world.feed("activation campaign - --output TMP/codes.csv", FROM_EXCEL.as_bytes()).exits(73);
        world.feed("activation campaign - --output TMP/codes.csv --dry-run", FROM_EXCEL.as_bytes()).exits(0);
        assert_eq!(std::fs::read(world.beside("codes.csv.part")).unwrap(), b"codes");
        world.story()
    }));
}

#[test]
fn names_in_windows_1252_are_read_and_written_for_a_french_spreadsheet() {
    let world = World::furnished("fr_FR.UTF-8");
    let people = b"identifiant;nom;\xe9tablissement\r\nzoe;Zo\xe9 C\x9cur;0860034V\r\n";
    world.feed("utilisateur importer -", people).exits(0);
    let list = b"Nom;Identifiant;Num\xe9ro de s\xe9rie\r\nZo\xe9 C\x9cur;zoe;103142718\r\n";
    let told = world.feed("activation campagne - --excel", list).exits(0);
    assert!(told.out.starts_with("\u{feff}line;login;name;") && told.out.contains(";Zoé Cœur;"), "{}", told.shown());
}

#[test]
fn keys_are_assigned_by_list() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let list =
            "\u{feff}Numéro de série;Identifiant\r\n103142718;jdupont\r\n000103142719;amartin\r\n103142720;zoe\r\n";
        let before = world.dump();
        world.feed("cle attribuer --from - --dry-run", list.as_bytes()).exits(0);
        world.run("key assign 103142719 amartin --dry-run").exits(0);
        world.run("key assign 103142718 amartin --dry-run").exits(69);
        assert_eq!(world.dump(), before);
        world.feed("cle attribuer --from -", list.as_bytes()).exits(0);
        world.feed("key assign --from -", list.as_bytes()).exits(0);
        world.feed("key assign --from - -o json", list.as_bytes()).exits(0);
        world.run("audit list --action key-assign").exits(0);
        let before = world.dump();
        let wrong =
            "serial,login\n103142721,jdupont\n103142719,zoe\n103142722,nobody\n7,amartin\n103142721,zoe\n,\n-,x\n";
        world.feed("key assign --from -", wrong.as_bytes()).exits(65);
        world.feed("key assign --from -", b"serial,login\n").exits(65);
        world.run("key assign --from - 103142719").exits(64);
        world.run("key assign 103142719").exits(64);
        assert_eq!(world.dump(), before);
        world.story()
    }));
}

#[test]
fn codes_of_an_earlier_system_come_in_and_activate() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let list = "identifiant;code d’activation;numéro de série;expire le\r\n\
            jdupont;6T60-5do7;;\r\namartin;o0l1i111;103142719;30/11/2026\r\nzoe;aaaa bbbb;;2026-12-01 12:00\r\n";
        let before = world.dump();
        world.feed("activation importer - --dry-run", list.as_bytes()).exits(0);
        assert_eq!(world.dump(), before);
        world.feed("activation importer -", list.as_bytes()).exits(0);
        world.pipe("activate amartin 103142719", &["o0l1i111"]).exits(0);
        world.pipe("activate jdupont 103142718", &["6t605do7"]).exits(0);
        // What was used does not come to life again.
        world.run("key return 103142719 --to 0860034V").exits(0);
        world.feed("activation import -", list.as_bytes()).exits(0);
        world.pipe("activate amartin 103142719", &["o0l1i111"]).exits(1);
        world.run("activation list").exits(0);
        world.run("audit list --action activation-import").exits(0);
        world.story()
    }));
}

#[test]
fn a_wrong_code_of_an_earlier_system_is_told_by_its_line_and_never_repeated() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("activation new zoe").exits(0);
        world.forget();
        let before = world.dump();
        let list = "login,code,serial,expires\njdupont,6t605do,,\namartin,6t605dé7,,2020-01-01\nzoe,9z9z9z9z,,\nnobody,8y8y8y8y,,\n\
            amartin,7x7x7x7x,,31/12/2026\namartin,,,\njdupont,5w5w5w5w,999,demain\n";
        world.feed("activation import -", list.as_bytes()).exits(65);
        let list = "login,code,expires\njdupont,4v4v4v4v,2026-11-01\namartin,3u3u3u3u,2027-01-01\n";
        world.feed("activation import - -o json", list.as_bytes()).exits(65);
        world.feed("activation import -", b"login\njdupont\n").exits(65);
        assert_eq!(world.dump(), before);
        for code in ["6t605d", "9z9z9z9z", "8y8y8y8y", "7x7x7x7x", "5w5w5w5w", "4v4v4v4v", "3u3u3u3u"] {
            assert!(!world.story().contains(code), "{code}");
        }
        world.story()
    }));
}

#[test]
fn a_delegate_reaches_his_own_users_by_stdin_and_nobody_else() {
    let world = academy("en");
    world.call_as("mdupuis", Via::Sudo);
    for line in [
        "activation campaign TMP/list.csv",
        "activation campaign - --output TMP/codes.csv",
        "activation campaign - --slips TMP/slips.pdf",
        "key assign --from TMP/list.csv",
    ] {
        world.run(line).exits(77);
    }
    let problems = |line: &str, list: &str, name: &str| {
        let told = world.feed(line, list.replace("NAME", name).as_bytes()).exits(65);
        told.err.replace(name, "NAME")
    };
    for (line, list, foreign, nowhere) in [
        ("activation campaign -", "login,serial\njdupont,\nNAME,\n", "pmartin", "nobody1"),
        ("activation campaign -", "login,serial\njdupont,NAME\n", "600000001", "700000001"),
        ("key assign --from -", "login,serial\njdupont,NAME\n", "600000001", "700000001"),
        ("key assign --from -", "login,serial\nNAME,500000001\n", "pmartin", "nobody1"),
    ] {
        assert_eq!(problems(line, list, foreign), problems(line, list, nowhere), "{line}");
    }
    let told = world.feed("activation campaign -", b"login,serial\njdupont,500000001\n").exits(0);
    let [(_, code)] = &codes(&told.out)[..] else { panic!("{}", told.shown()) };
    world.feed("activation import -", format!("login,code\njdupont,{code}\n").as_bytes()).exits(77);
    world.call_as("portal", Via::Sudo);
    world.pipe("activate jdupont 500000001", &[code]).exits(0);
}

#[test]
fn no_code_of_a_list_lies_in_the_database_or_the_audit() {
    let world = world("C");
    let told = world.feed("activation campaign -", FROM_EXCEL.as_bytes()).exits(0);
    let mut secrets: Vec<String> = codes(&told.out).into_iter().map(|(_, code)| code).collect();
    world.run("activation revoke zoe").exits(0);
    world.feed("activation import -", b"login,code\nzoe,9z9z9z9z\n").exits(0);
    world.feed("activation import -", b"login,code\nzoe,8y8y8y8y\nzoe,7x7x7x7\n").exits(65);
    secrets.extend(["9z9z9z9z", "8y8y8y8y", "7x7x7x7"].map(str::to_owned));
    assert_eq!(secrets.len(), 6);
    let told = ["audit list -o json", "activation list -o json", "audit list"].map(|line| world.run(line).exits(0).out);
    for name in ["cleotp.db", "cleotp.db-wal"] {
        let Ok(bytes) = std::fs::read(world.home().join(name)) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} in {name}");
            assert!(told.iter().all(|text| !text.contains(secret.as_str())), "{secret}");
        }
    }
    let database = std::fs::read(world.home().join("cleotp.db")).unwrap();
    assert!(String::from_utf8_lossy(&database).contains("jdupont"), "the looking itself finds what is there");
}

#[test]
fn five_thousand_users_get_a_code_each_in_one_change() {
    let world = World::furnished("C");
    let people: String = (0..5_000).map(|n| format!("user{n},Name {n},0860034V\n")).collect();
    world.feed("user import -", format!("login,name,uai\n{people}").as_bytes()).exits(0);
    let list: String = (0..5_000).map(|n| format!("user{n}\n")).collect();
    let told = world.feed("activation campaign -", format!("login\n{list}").as_bytes()).exits(0);
    let issued: BTreeSet<String> = codes(&told.out).into_iter().map(|(_, code)| code).collect();
    assert_eq!(issued.len(), 5_000);
    let again = world.feed("activation campaign -", format!("login\n{list}").as_bytes()).exits(0);
    assert_eq!(codes(&again.out), []);
    let events = world.run("audit list --action activation-campaign -o json").exits(0).json();
    assert_eq!(events["events"].as_array().unwrap().len(), 1);
    assert_eq!(events["events"][0]["count"], 5_000);
    world.run("audit verify").exits(0);
}

#[test]
fn whatever_is_done_to_one_is_done_to_a_list() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("key assign 103142719 amartin").exits(0);
        world.run("key assign 103142720 zoe").exits(0);
        world.forget();
        let people = "identifiant;nom\r\njdupont;Jeanne\r\nAMARTIN;Anne\r\njdupont;encore\r\n".as_bytes();
        let keys = b"serial\n103142718\n103142719\n";
        let before = world.dump();
        for line in ["user disable", "slip --receipts --output TMP/list.pdf", "slip --output TMP/slips.pdf"] {
            let trial = if line.starts_with("slip") { "" } else { " --dry-run" };
            world.feed(&format!("{line} --from -{trial}"), people).exits(0);
        }
        world.feed("key unlock --from - --dry-run", keys).exits(0);
        world.feed("key unassign --from - --dry-run -o csv", keys).exits(0);
        assert_eq!(world.dump(), before);
        world.feed("user disable --from -", people).exits(0);
        world.feed("user enable --from - -o json", people).exits(0);
        world.feed("slip --from - --new-code --output TMP/codes.pdf", people).exits(0);
        world.feed("activation revoke --from -", people).exits(0);
        world.feed("key unlock --from -", keys).exits(0);
        world.run("key unlock 103142718 103142719").exits(0);
        world.run("key unassign --range 103142719..103142720").exits(0);
        world.run("audit list --login amartin").exits(0);
        world.story()
    }));
}

#[test]
fn of_a_list_with_a_wrong_row_nothing_is_done_and_every_wrong_row_is_told() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        let before = world.dump();
        let people = b"login\njdupont\nnobody\namartin\n-x\n";
        for line in
            ["user disable", "user enable", "pin reset", "activation revoke", "slip --new-code --output TMP/slips.pdf"]
        {
            world.feed(&format!("{line} --from -"), people).exits(65);
        }
        for line in ["key unassign", "key unlock"] {
            world.feed(&format!("{line} --from -"), b"serial\n103142718\n103142719\n7\n").exits(65);
        }
        world.feed("pin reset --from - -o json", b"login\njdupont\n").exits(65);
        world.run("pin reset jdupont --from -").exits(64);
        world.run("pin reset").exits(64);
        assert_eq!(world.dump(), before);
        assert!(!world.beside("slips.pdf").exists());
        world.story()
    }));
}

#[test]
fn the_pins_of_a_list_are_reset() {
    let world = World::in_use("en");
    let trial = world.feed("pin reset --from - --dry-run -o json", b"login\njdupont\n").exits(0).json();
    assert_eq!((&trial["dry_run"], &trial["pins"][0]["serial"]), (&true.into(), &"103142718".into()));
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(0);
    let told = world.feed("pin reset --from -", b"login\njdupont\n").exits(0);
    assert!(told.out.starts_with("PINs erased: 1") && told.out.contains("103142718"), "{}", told.shown());
    world.advance(60);
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
}
