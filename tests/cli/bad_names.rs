//! Names with what a terminal would obey or not show in them: spelled out for people, escaped for machines, kept as they are.

use crate::support::World;

/// What names may hold: colours, titles of windows, C1 controls, text that turns round, blanks that nobody sees.
const HOSTILE: [&str; 9] = [
    "A\u{1b}[31mB",
    "A\u{1b}]0;title\u{7}B",
    "A\u{9b}2JB",
    "A\u{202e}B\u{2066}C",
    "A\u{200b}B\u{feff}C",
    "A\rB",
    "A\u{85}B\u{2028}C",
    "A\u{e0041}B\u{fe0f}C",
    "=cmd|'/c calc'!A1",
];

/// Lists and sheets in which names appear.
const LISTS: [&str; 8] = [
    "user list",
    "user show jdupont",
    "establishment list",
    "key list",
    "key show 103142718",
    "batch list",
    "batch show 1",
    "audit list",
];

#[track_caller]
fn is_harmless(text: &str, said: &str) {
    let harmful = |letter: char| {
        letter.is_control() && !matches!(letter, '\n' | '\t')
            || matches!(u32::from(letter), 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFE0F | 0xE0000..=0xE0FFF)
    };
    assert!(!text.chars().any(harmful), "{said}: {text:?}");
}

/// Runs every list in every form and looks at each character.
fn look(world: &World, name: &str) {
    for list in LISTS {
        for form in ["table", "json", "jsonl", "csv", "csv --excel"] {
            let told = world.run(&format!("{list} -o {form}")).exits(0);
            let out = told.out.strip_prefix('\u{feff}').unwrap_or(&told.out).replace("\r\n", "\n");
            is_harmless(&format!("{out}{}", told.err), &format!("{name:?} in {list} as {form}"));
            assert!(form == "table" || form == "json" || !out.lines().any(|line| line.contains(",=cmd")), "{out}");
        }
    }
}

#[test]
fn e02_a_vendors_names_move_nobodys_cursor() {
    for name in HOSTILE {
        let world = World::furnished("C");
        let seed = "3132333435363738393031323334353637383941";
        // XML has no other control characters than these, and a table no line ends.
        let xml: String = name.chars().filter(|letter| !letter.is_ascii_control()).collect();
        let pskc = std::fs::read_to_string("fixtures/seeds/pskc-demo.xml").unwrap();
        let pskc = pskc.replace("103142", "203142").replace("<Model>", &format!("<Model>{xml}"));
        world.lay("vendor.xml", pskc.as_bytes());
        let entra = format!(
            "upn,serial number,secret key,time interval,manufacturer,model\n,{name}7,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJB,60,{name},{name}\n"
        );
        world.lay("vendor.csv", entra.as_bytes());
        world.lay("list.csv", format!("{name}9,{seed}\n9{name},{seed}\n").as_bytes());
        world.lay(&format!("{name}.csv").replace('/', "-"), format!("445566,{seed}55\n").as_bytes());
        let file = format!("'TMP/{}.csv'", name.replace('/', "-").replace('\'', ""));
        for line in ["import TMP/vendor.xml", "import TMP/vendor.csv", "import TMP/list.csv", &format!("import {file}")]
        {
            for form in ["table", "json"] {
                let told = world.run(&format!("{line} --allow-weak-seeds -o {form}"));
                assert!(matches!(told.exit, 0 | 65 | 66), "{}", told.shown());
                is_harmless(&told.out, line);
                is_harmless(&told.err, line);
            }
        }
        look(&world, name);
        world.run("audit verify").exits(0);
    }
}

#[test]
fn e02_names_of_people_move_nobodys_cursor() {
    for name in HOSTILE {
        let world = World::activated("fr");
        for line in [
            format!("user add new --name '{}' --establishment 0860034V", name.replace('\'', "")),
            format!("establishment add 0860035W '{}'", name.replace('\'', "")),
            format!("user show '{}'", name.replace('\'', "")),
            format!("key show '{}'", name.replace('\'', "")),
            format!("audit list --operator '{}' --action '{}'", name.replace('\'', ""), name.replace('\'', "")),
        ] {
            let told = world.run(&line);
            assert!(matches!(told.exit, 0 | 64), "{}", told.shown());
            is_harmless(&told.out, &line);
            is_harmless(&told.err, &line);
        }
        let list = format!("login,name,uai,{name}\n\"{name}\",\"{name}\",\"{name}\"\nzoe,\"{name}\",0860034V\n");
        for form in ["table", "json", "csv"] {
            let told = world.feed(&format!("user import - --dry-run -o {form}"), list.as_bytes()).exits(65);
            is_harmless(&told.out, form);
            is_harmless(&told.err, form);
        }
        look(&world, name);
    }
}

#[test]
fn json_keeps_what_it_escapes() {
    let world = World::furnished("C");
    let name = "Lycée \u{202e}Aliénor\u{200d}";
    let told = world.run(&format!("establishment add 0860035W '{name}'"));
    if told.exit == 0 {
        let told = world.run("establishment show 0860035W -o json").exits(0);
        assert!(told.out.contains("\\u202e") && !told.out.contains('\u{202e}'), "{}", told.out);
        assert_eq!(told.json()["establishments"][0]["name"], name);
    } else {
        is_harmless(&told.exits(64).err, "the refusal");
    }
}

#[test]
fn a_login_that_only_looks_like_another_is_none() {
    let world = World::in_use("C");
    for login in
        ["jdupоnt", "jdupont\u{200b}", "ｊdupont", "jdupont\0", "jdupont ", " jdupont", "jdupont\n", "jdu\u{301}pont"]
    {
        let line = format!("{{\"login\":{},\"passcode\":\"{}\"}}\n", serde_json::Value::from(login), world.passcode(0));
        let told = world.feed("check --batch", line.as_bytes()).exits(0);
        let answer = told.json();
        assert!(answer["verdict"] == "refused" || answer["code"] == 65, "{}", told.out);
        is_harmless(&told.out, login);
    }
    world.pipe("check JDUPONT", &[&world.passcode(0)]).exits(0);
}
