//! What the reports tell of a small fleet, to people in both languages and to machines.

use crate::bad_input::in_both;
use crate::support::World;
use cleotp::Via;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

const DAY: i64 = 86_400;

const REPORTS: [&str; 10] = [
    "report stock",
    "report activation",
    "report expiry --before 2038-01-01",
    "report expiry --before 2038-01-01 --pairs",
    "report lockouts",
    "report checks",
    "report checks --by-day",
    "report dormant --days 30",
    "report batches",
    "report operators",
];

/// Two schools: keys in use, handed over, waited for, locked, asleep, that end, and some in stock.
fn fleet(lang: &'static str) -> World {
    let world = World::in_use(lang);
    world.run("establishment add 0860035W 'Collège Saint-Exupéry'").exits(0);
    world.run("import fixtures/seeds/pskc-feitian.xml --establishment 0860034V").exits(0);
    world.run("import fixtures/seeds/entra-demo.csv --establishment 0860034V").exits(0);
    world.run("import fixtures/seeds/list-hex.csv --establishment 0860035W").exits(0);
    for (login, name, uai) in [
        ("jean-baptiste.de-la-tour-du-pin@ac-poitiers.fr", "Jean-Baptiste de La Tour", "0860034V"),
        ("ezola", "Émile Zola", "0860034V"),
        ("amartin", "Anaïs Martin", "0860034V"),
        ("pmartin", "Noël Martin", "0860035W"),
    ] {
        world.run(&format!("user add {login} --name '{name}' --establishment {uai}")).exits(0);
    }
    world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    world.run("operator add night --role importer --until 2027-01-31").exits(0);
    world.run("key assign 2600133508267 jean-baptiste.de-la-tour-du-pin@ac-poitiers.fr").exits(0);
    world.run("key assign 1000133508255 ezola").exits(0);
    world.run("activation new ezola").exits(0);
    // In two months Jeanne uses her key no more, the code has expired, and another one is waited for.
    world.advance(60 * DAY);
    world.run("activation new pmartin").exits(0);
    world.run("key assign 2308500101 amartin").exits(0);
    let code = world.run("activation new amartin").exits(0).code();
    world.pipe("activate amartin 2308500101", &[&code]).exits(0);
    for _ in 0..3 {
        world.pipe("check amartin", &["999999"]).exits(1);
    }
    world.pipe("check amartin", &["999999"]).exits(1);
    world.forget();
    world
}

fn widest(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default()
}

#[test]
fn every_report_fits_80_columns_in_both_languages() {
    let said = in_both(|lang| {
        let world = fleet(lang);
        for report in REPORTS {
            let told = world.run(report).exits(0);
            assert!(widest(&told.out) <= 80, "{}", told.shown());
        }
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn every_report_for_machines_is_the_same_in_both_languages() {
    let answers = |lang| {
        let world = fleet(lang);
        let mut out = String::new();
        for form in ["-o json", "-o jsonl", "-o csv", "-o csv --excel"] {
            for report in REPORTS {
                let told = world.run(&format!("{report} {form}")).exits(0);
                if form == "-o json" {
                    let noun = told.json()["schema"].as_str().unwrap().split(['.', '/']).nth(1).unwrap().to_owned();
                    assert!(told.json()[&noun].as_array().is_some_and(|rows| !rows.is_empty()), "{}", told.shown());
                }
                let _ =
                    writeln!(out, "$ {report} {form}\n{}", told.out.replace('\u{feff}', "<BOM>").replace('\r', "<CR>"));
            }
        }
        out
    };
    let (french, english) = (answers("fr_FR.UTF-8"), answers("C"));
    assert_eq!(french, english);
    insta::assert_snapshot!(french);
}

#[test]
fn nothing_out_of_scope_shows_or_counts_in_a_delegates_reports() {
    let world = fleet("en");
    let chief: Vec<usize> =
        REPORTS.iter().map(|report| world.run(&format!("{report} -o jsonl")).exits(0).out.lines().count()).collect();
    world.call_as("mdupuis", Via::Sudo);
    let mut owned = Vec::new();
    for (report, all) in REPORTS.into_iter().zip(chief) {
        if report == "report operators" {
            world.run(report).exits(77);
            continue;
        }
        let told = world.run(&format!("{report} -o json")).exits(0);
        for foreign in ["0860035W", "pmartin", "7700129", "list-hex", "night"] {
            assert!(!told.out.contains(foreign), "{foreign}: {}", told.shown());
        }
        let own = world.run(&format!("{report} -o jsonl")).exits(0).out.lines().count();
        assert!(own <= all, "{}", told.shown());
        owned.push(own);
    }
    assert_eq!(owned, [5, 3, 3, 2, 1, 1, 1, 1, 9], "in the order of the reports; the delegate has 9 keys");
    let stock = world.run("report stock -o json").exits(0).json();
    let counted: i64 = stock["stocks"].as_array().unwrap().iter().map(|heap| heap["keys"].as_i64().unwrap()).sum();
    let listed = world.run("key list -o jsonl").exits(0).out.lines().count();
    assert_eq!((usize::try_from(counted).unwrap(), listed), (9, 9));
    // Of a school where nothing is, nothing is told.
    world.call_as("admin", Via::Direct);
    world.run("establishment add 0860036X Vide").exits(0);
    world.run("operator add guest --role delegate --establishment 0860036X").exits(0);
    world.call_as("guest", Via::Sudo);
    for report in REPORTS.into_iter().filter(|report| *report != "report operators") {
        assert_eq!(world.run(&format!("{report} -o jsonl")).exits(0).out, "");
        assert_eq!(world.run(report).exits(0).out.lines().count(), 1);
    }
}

#[test]
fn what_cannot_be_asked_for_is_refused_with_what_can() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        for (line, exit) in [
            ("report dormant --days 0", 64),
            ("report dormant --days x", 64),
            ("report expiry --before demain", 64),
            ("report checks --since 2026-13-01", 64),
            ("report batches --batch 9", 66),
            ("report stock 0860034V", 64),
        ] {
            world.run(line).exits(exit);
        }
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn the_list_of_pairs_is_taken_by_key_replace_as_it_is() {
    const PAIRS: &str = "report expiry --before 2038-01-01 --pairs -o csv";
    let world = fleet("C");
    // A key that was not activated has no place that another one could take.
    let none = world.run(PAIRS).exits(0);
    assert_eq!(none.out, "old,new\n");
    assert!(none.err.contains("2 keys are left out"), "{}", none.shown());
    let long = "jean-baptiste.de-la-tour-du-pin@ac-poitiers.fr";
    for (serial, login) in [("2600133508267", long), ("1000133508255", "ezola")] {
        let code = world.run(&format!("activation new {login}")).exits(0).code();
        world.pipe(&format!("activate {login} {serial}"), &[&code]).exits(0);
    }
    let list = world.run(PAIRS).exits(0);
    assert!(list.out.starts_with("old,new\n"), "{}", list.out);
    for line in list.out.lines().skip(1) {
        let (old, new) = line.split_once(',').unwrap();
        let state = |serial: &str| world.run(&format!("key show {serial} -o json")).exits(0).json()["keys"][0].clone();
        assert_eq!(state(new)["state"], "stock");
        assert_eq!(state(new)["establishment"], state(old)["establishment"]);
    }
    assert_eq!(list.out.lines().count(), 3);
    // A spreadsheet's is taken too.
    let sheet = world.run(&format!("{PAIRS} --excel")).exits(0);
    world.feed("key replace --from - --dry-run", sheet.out.as_bytes()).exits(0);
    world.feed("key replace --from -", list.out.as_bytes()).exits(0);
    // They are replaced already.
    assert_eq!(world.run(PAIRS).exits(0).out, "old,new\n");
}

/// So many keys, users and events that they are written in parts.
#[test]
fn a_list_that_is_written_in_parts_is_one_list() {
    let world = World::empty("fr");
    world.run("init").exits(0);
    world.run("establishment add 0860034V Lycée").exits(0);
    let mut list = String::new();
    for number in 0..2_500_u32 {
        let hex: String = (1..=16_u32).map(|byte| format!("{:02x}", (number * 31 + byte * byte * 7) % 256)).collect();
        let _ = writeln!(list, "{},{hex}{number:08x},totp,6,60", 50_000_000 + number);
    }
    world.lay("many.csv", list.as_bytes());
    world.run("import TMP/many.csv --allow-weak-seeds").exits(0);
    let people: String = (0..2_500).map(|number| format!("u{number:04},Prénom Nom,0860034V\n")).collect();
    world.feed("user import -", format!("login,name,establishment\n{people}").as_bytes()).exits(0);
    let pairs: String = (0..2_500).map(|number| format!("{},u{number:04}\n", 50_000_000 + number)).collect();
    world.feed("key assign --from -", format!("serial,login\n{pairs}").as_bytes()).exits(0);
    world.feed("activation campaign -", format!("serial,login\n{pairs}").as_bytes()).exits(0);
    let events = "audit list --action user-add";
    for (line, noun, column) in [
        ("key list", "keys", "serial"),
        ("report batches", "provenances", "serial"),
        ("user list", "users", "login"),
        (events, "events", "seq"),
        ("activation list", "activations", "login"),
    ] {
        let document = world.run(&format!("{line} -o json")).exits(0).json();
        let rows = document[noun].as_array().unwrap();
        assert_eq!(rows.len(), 2_500);
        let lines = world.run(&format!("{line} -o jsonl")).exits(0).out;
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&lines, rows);
        for form in ["-o csv", "-o csv --excel"] {
            let table = world.run(&format!("{line} {form}")).exits(0).out;
            assert_eq!(table.lines().count(), 2_501, "one header");
            assert_eq!(table.matches('\u{feff}').count(), usize::from(form.contains("excel")));
            let cells = table.lines().skip(1).map(|line| line.split([',', ';']).next().unwrap());
            assert!(cells.zip(rows).all(|(cell, row)| row[column].to_string().trim_matches('"') == cell), "{line}");
        }
        let mut order: Vec<String> = rows.iter().map(|row| format!("{:0>12}", row[column].to_string())).collect();
        if line == "activation list" {
            order.reverse();
        }
        assert!(order.is_sorted(), "{line}");
        let table = world.run(line).exits(0).out;
        assert!(widest(&table) <= 80);
        // Three headings with their rules, and two blank lines between the parts.
        assert_eq!(table.lines().count(), 2_500 + 3 * 2 + 2, "{line}");
    }
    let whole = world.run("batch show 1 -o json").exits(0);
    assert_eq!(whole.json()["keys"], world.run("key list -o json").exits(0).json()["keys"]);
    assert!(whole.out.starts_with("{\"schema\":\"cleotp.batch/1\",\"id\":1,"), "{}", &whole.out[..99]);
    assert_eq!(world.run("batch show 1 -o jsonl").exits(0).out, whole.out, "one object");
}
