//! Every list and every page about one thing: as tables of 80 columns in both languages, and for machines.

use crate::support::World;
use unicode_width::UnicodeWidthStr;

const LISTS: [&str; 13] = [
    "key list",
    "key show 103142718",
    "key show 103142720 2308500101",
    "user list",
    "user show jdupont",
    "user show ezola",
    "establishment list",
    "establishment show 0860034V",
    "establishment show 0750655E",
    "activation list",
    "batch list",
    "batch show 1",
    "audit list",
];

const FORMS: [&str; 4] = ["-o json", "-o jsonl", "-o csv", "-o csv --excel"];

/// Fills a home with something of every kind: keys in several states, a name that is long, one that a sheet would compute.
fn fleet(lang: &'static str) -> World {
    let world = World::in_use(lang);
    world.run("import fixtures/seeds/entra-demo.csv").exits(0);
    let name = "'Lycée polyvalent régional Jean-Baptiste de La Quintinie et Marie-Madeleine de Scudéry'";
    world.run(&format!("establishment add 0750655E {name}")).exits(0);
    world.run("user add ezola --name '=HYPERLINK(1)' --establishment 0750655E --establishment 0860034V").exits(0);
    world.run("user add amartin --name '愛子 Martin-Ōe' --establishment 0750655E").exits(0);
    world.run("key assign 103142720 ezola").exits(0);
    world.run("activation new ezola").exits(0);
    world.run("user disable amartin").exits(0);
    world.pipe("check jdupont", &["9035000000"]).exits(1);
    world.forget();
    world
}

fn tables(lang: &'static str) -> String {
    let world = fleet(lang);
    for list in LISTS {
        world.run(list).exits(0);
    }
    let story = world.story();
    for told in world.told.borrow().iter() {
        assert!(widest(&told.out) <= 80, "{}", told.shown());
    }
    story
}

/// Counts the columns of the widest line, as a screen would.
fn widest(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default()
}

/// As [`fleet`], with names that are as long, as wide and as accented as they may be.
fn wide_fleet(lang: &'static str) -> World {
    let world = fleet(lang);
    let login = "jean-baptiste.de-la-tour-du-pin-gouvernet-de-la-fayette@ac-x.fr";
    assert_eq!(login.len(), 63);
    let users = [
        (login, "Jean-Baptiste de La Tour du Pin-Gouvernet de La Fayette"),
        ("accents", "E\u{301}le\u{301}onore Lefe\u{300}vre-Nin\u{303}o"),
        ("ideographs", "愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子愛子"),
        ("oneword", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
    ];
    for (login, name) in users {
        world.run(&format!("user add {login} --name '{name}' --establishment 0750655E")).exits(0);
    }
    world.run(&format!("key assign 103142721 {login}")).exits(0);
    world.run(&format!("activation new {login}")).exits(0);
    world.forget();
    world
}

/// Writes every list of a wide fleet on a screen of some columns, of which no line takes more.
fn on_a_screen(lang: &'static str, columns: u16) -> World {
    let world = wide_fleet(lang);
    world.columns.set(columns);
    for list in LISTS {
        world.run(list).exits(0);
    }
    for list in ["key show 103142721", "user show accents", "user show ideographs", "user show oneword"] {
        world.run(list).exits(0);
    }
    for told in world.told.borrow().iter() {
        assert!(widest(&told.out) <= usize::from(columns), "{}", told.shown());
    }
    world
}

#[test]
fn long_wide_and_accented_names_fit_any_screen() {
    for lang in ["fr_FR.UTF-8", "C"] {
        for columns in [40, 60, 80, 120, 200] {
            on_a_screen(lang, columns);
        }
    }
}

#[test]
fn a_wide_screen_shows_each_row_in_one_line() {
    let world = on_a_screen("fr_FR.UTF-8", 200);
    let users = world.run("user list").exits(0).out;
    // Headings, a rule, and seven people; each column begins where its heading does.
    assert_eq!(users.lines().count(), 9, "{users}");
    let name = |line: &str| line.find("Nom").map(|at| line[..at].width());
    let begin = users.lines().next().and_then(name).unwrap();
    for whole in ["愛子愛子", "E\u{301}le\u{301}onore Lefe\u{300}vre", "Donaudampf", "Jean-Baptiste de La Tour"] {
        let (line, at) = users.lines().find_map(|line| line.find(whole).map(|at| (line, at))).unwrap();
        assert_eq!(line[..at].width(), begin, "{users}");
    }
}

#[test]
fn a_screen_too_narrow_for_a_table_shows_one_thing_after_the_other() {
    let world = on_a_screen("fr_FR.UTF-8", 40);
    world.forget();
    world.run("user list").exits(0);
    world.run("key list --login jdupont").exits(0);
    insta::assert_snapshot!(world.story());
}

#[test]
fn every_list_fits_80_columns_in_french() {
    insta::assert_snapshot!(tables("fr_FR.UTF-8"));
}

#[test]
fn every_list_fits_80_columns_in_english() {
    insta::assert_snapshot!(tables("C"));
}

#[test]
fn every_list_for_machines_is_the_same_in_both_languages() {
    let answers = |lang| {
        let world = fleet(lang);
        for form in FORMS {
            for list in LISTS {
                world.run(&format!("{list} {form}")).exits(0);
            }
        }
        world.story()
    };
    let (french, english) = (answers("fr_FR.UTF-8"), answers("C"));
    assert_eq!(french, english);
    insta::assert_snapshot!(french);
}

#[test]
fn a_json_answer_is_one_document_and_jsonl_one_a_line() {
    let world = fleet("C");
    for list in LISTS {
        let told = world.run(&format!("{list} -o json")).exits(0);
        assert!(told.json()["schema"].as_str().unwrap().starts_with("cleotp."), "{}", told.out);
        assert_eq!(told.out.lines().count(), 1, "{}", told.out);
        for line in world.run(&format!("{list} -o jsonl")).exits(0).out.lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).unwrap().is_object(), "{line}");
        }
    }
}

#[test]
fn no_cell_of_a_csv_answer_is_computed_by_a_spreadsheet() {
    let world = fleet("C");
    for form in ["-o csv", "-o csv --excel"] {
        let out = world.run(&format!("user list {form}")).exits(0).out;
        let cells = out.split(['\n', ';', ',', '"']);
        assert!(out.contains("'=HYPERLINK(1)"), "{out}");
        for cell in cells {
            assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell:?} in {out}");
        }
    }
}

#[test]
fn a_name_that_could_move_the_screen_is_refused_or_shown_as_what_it_is() {
    for lang in ["fr_FR.UTF-8", "C"] {
        let world = World::furnished(lang);
        let before = world.dump();
        for trick in ["Je\u{1b}[2Jan", "Je\u{7}an", "Je\nan", "Je\u{9b}an", "Je\u{7f}an"] {
            let told = world.run(&format!("user add trick --name '{trick}' --establishment 0860034V")).exits(64);
            assert!(told.err.contains("hint: ") || told.err.contains("conseil : "), "{}", told.err);
        }
        assert_eq!(world.dump(), before);
        for (login, trick) in [("a", "Je\u{202e}an"), ("b", "Je\u{200f}an"), ("c", "Je\u{2066}an")] {
            world.run(&format!("user add {login} --name '{trick}' --establishment 0860034V")).exits(0);
            world.run(&format!("user show {login}")).exits(0);
        }
        world.run("user list").exits(0);
        for told in world.told.borrow().iter() {
            let heard = format!("{}{}", told.out, told.err);
            for letter in ['\u{1b}', '\u{202e}', '\u{200f}', '\u{7}', '\u{2066}', '\u{9b}', '\u{7f}'] {
                assert!(!heard.contains(letter), "{heard:?}");
            }
        }
    }
}
