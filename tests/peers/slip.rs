//! The handover slip as readers of PDF see it: poppler reads and renders it, zbar reads its code for telephones.

use crate::installed::{Home, code_at, hex, login, seed, serial, text};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const BRANLY: &str = "0860034V";
const OTHER: &str = "0860035W";
const PORTAL: &str = "https://portail-cles.exemple.fr/activation?depuis=bordereau";
const CONTACT: &str = "Assistance académique : 05 49 00 00 00, assistance@exemple.fr";

/// Nothing may stand beyond: points from the upper left corner of A4.
const MARGINS: [f32; 4] = [50.0, 40.0, 546.0, 806.0];

fn are_there(programs: &[&str]) -> bool {
    let missing: Vec<_> = programs.iter().filter(|name| !Path::new("/usr/bin").join(name).is_file()).collect();
    if !missing.is_empty() {
        println!("skipped for want of {missing:?}");
    }
    missing.is_empty()
}

fn peer(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(format!("/usr/bin/{program}")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    assert!(output.stderr.is_empty(), "{program} {arguments:?}: {output:?}");
    text(&output.stdout)
}

/// An installation whose keys, of some kind each, are assigned to users of some names.
fn furnished(people: &[(&str, &str, &str)]) -> Home {
    let home = Home::new();
    let mut keys = String::new();
    for (index, (_, _, kind)) in people.iter().enumerate() {
        writeln!(keys, "{},{},{kind}", serial(index), hex(&seed(index))).unwrap();
    }
    fs::write(home.path("keys.csv"), keys).unwrap();
    home.done(&["import", home.path("keys.csv").to_str().unwrap()], "");
    home.done(&["establishment", "add", BRANLY, "Lycée Édouard-Branly"], "");
    home.done(&["establishment", "add", OTHER, &long_establishment()], "");
    for (index, (name, uai, _)) in people.iter().enumerate() {
        home.done(&["user", "add", &login(index), "--name", name, "--establishment", uai], "");
        home.done(&["key", "assign", &serial(index), &login(index)], "");
    }
    home
}

fn long_establishment() -> String {
    "Établissement régional d’enseignement adapté de l’Élévation ".repeat(4).chars().take(200).collect()
}

fn configure(home: &Home, more: &str) {
    let path = home.root().join("config.toml");
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, format!("{before}\nportal-address = \"{PORTAL}\"\nhelp-contact = \"{CONTACT}\"\n{more}\n"))
        .unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

fn two() -> Home {
    let home = furnished(&[("Zoë Łęcka-Lefèvre", BRANLY, "totp,6,60"), ("Élodie Œuvrard", BRANLY, "hotp,6,0")]);
    configure(&home, "");
    home
}

/// Prints in a language, and gives where the file is.
fn printed(home: &Home, language: &str, arguments: &[&str]) -> PathBuf {
    let output = home.command(&[&["slip", "--lang", language], arguments].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    // Slips are told to be ready, and what to do with them; no name lacks letters.
    let said = String::from_utf8(output.stderr).unwrap();
    let ready = if language == "fr" { "prêt" } else { "ready" };
    let is_silent = arguments.iter().any(|argument| ["--quiet", "--receipts"].contains(argument));
    assert_eq!(said.lines().count(), if is_silent { 0 } else { 2 }, "{arguments:?}: {said}");
    assert!(is_silent || said.lines().next().unwrap().contains(ready), "{arguments:?}: {said}");
    let path = home.path(&format!("{language}{}.pdf", arguments.join("")));
    fs::write(&path, output.stdout).unwrap();
    path
}

fn read(path: &Path) -> String {
    peer("pdftotext", &["-layout", path.to_str().unwrap(), "-"])
}

/// The words of a file without regard to where lines end.
fn words_of(path: &Path) -> String {
    peer("pdftotext", &[path.to_str().unwrap(), "-"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn info(path: &Path, line: &str) -> String {
    let told = peer("pdfinfo", &[path.to_str().unwrap()]);
    let found = told.lines().find_map(|told| told.strip_prefix(line));
    found.unwrap_or_else(|| panic!("no {line} in {told}")).trim().to_owned()
}

/// The words of all pages, with their boxes.
fn boxes(path: &Path) -> Vec<(String, [f32; 4])> {
    let told = peer("pdftotext", &["-bbox", path.to_str().unwrap(), "-"]);
    let value = |line: &str, name: &str| -> f32 {
        line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let words = told.lines().filter(|line| line.contains("<word "));
    words
        .map(|line| {
            let word = line.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
            (word, ["xMin", "yMin", "xMax", "yMax"].map(|name| value(line, name)))
        })
        .collect()
}

#[track_caller]
fn assert_within_margins(path: &Path) {
    let found = boxes(path);
    assert!(found.len() > 20, "{found:?}");
    let [left, top, right, bottom] = MARGINS;
    for (word, [x, y, x_end, y_end]) in found {
        assert!(x >= left && y >= top && x_end <= right && y_end <= bottom, "{word}: {x} {y} {x_end} {y_end}");
    }
}

/// Where a word stands first from above.
fn height_of(found: &[(String, [f32; 4])], word: &str) -> [f32; 4] {
    found.iter().find(|(known, _)| known == word).unwrap_or_else(|| panic!("no {word} in {found:?}")).1
}

fn code_on(path: &Path) -> String {
    let code =
        |word: &&str| word.len() == 8 && word.bytes().all(|byte| b"23456789abcdefghjkmnpqrstuvwxyz".contains(&byte));
    let told = read(path);
    let line = told.lines().find(|line| line.contains(&serial(0))).unwrap();
    line.split_whitespace().find(code).unwrap().to_owned()
}

#[test]
fn a_slip_has_all_that_is_handed_over_in_both_languages() {
    if !are_there(&["pdftotext", "pdfinfo"]) {
        return;
    }
    let home = two();
    let french = printed(&home, "fr", &["user0"]);
    let words = words_of(&french);
    for part in [
        "Bordereau de remise",
        "Lycée Édouard-Branly",
        "0860034V",
        "Zoë Lecka-Lefèvre",
        "user0",
        "900000000",
        "remis séparément",
        "Activez la clé",
        PORTAL,
        "4 à 6 chiffres",
        "clé changent : une minute au plus",
        "+ 768950 = 4576768950",
        "05 49 00 00 00",
        "assistance@exemple.fr",
        "à détruire tout papier sur lequel il est écrit.",
        "Date de la remise",
        "Signature du délégué",
        "Signature du détenteur",
    ] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    let english = words_of(&printed(&home, "en", &["user0"]));
    for part in
        ["Handover slip", "Zoë Lecka-Lefèvre", "given separately", "a minute at most", PORTAL, "Holder’s signature"]
    {
        assert!(english.contains(part), "{part} is not in {english}");
    }
    assert_eq!(info(&french, "Pages:"), "1");
    assert!(info(&french, "Page size:").contains("A4"));
    assert_eq!(info(&french, "Title:"), "Bordereau de remise");
    assert!(words_of(&printed(&home, "fr", &["user1"])).contains("Appuyez de nouveau sur le bouton"));
}

#[test]
fn a_code_is_on_the_slip_only_if_it_is_issued_with_it_and_it_activates_the_key() {
    if !are_there(&["pdftotext"]) {
        return;
    }
    let home = two();
    let former =
        home.json(&["activation", "new", "user0"], "", 0)["activations"][0]["code"].as_str().unwrap().to_owned();
    let without = fs::read(printed(&home, "fr", &["user0"])).unwrap();
    assert!(!String::from_utf8_lossy(&without).contains(&former));
    let issued =
        || home.json(&["audit", "list", "--action", "activation-new"], "", 0)["events"].as_array().unwrap().len();
    assert_eq!(issued(), 1);
    let path = printed(&home, "fr", &["user0", "user0", "--new-code"]);
    assert_eq!(issued(), 2, "a login that is given twice has one slip");
    assert!(words_of(&path).contains("Valable une seule fois, jusqu’au"));
    let code = code_on(&path);
    assert_eq!(home.run(&["activate", "user0", &serial(0)], &former).status.code(), Some(1));
    home.done(&["activate", "user0", &serial(0)], &code);
    let event = &home.json(&["audit", "list", "--action", "activation-new", "--login", "user0"], "", 0)["events"][1];
    assert_eq!((event["serial"].as_str(), event["outcome"].as_str()), (Some("900000000"), Some("done")), "{event}");
    let log = home.run(&["audit", "list", "-o", "json"], "").stdout;
    assert!(!text(&log).contains(&code));
}

#[test]
fn who_goes_on_with_his_pin_is_not_told_to_create_one() {
    if !are_there(&["pdftotext"]) {
        return;
    }
    let home = two();
    let code = home.json(&["activation", "new", "user1"], "", 0)["activations"][0]["code"].as_str().unwrap().to_owned();
    home.done(&["activate", "user1", &serial(1)], &code);
    let shown = |counter| code_at(&seed(1), counter);
    let ticket = home.json(&["check", "user1"], &shown(0), 10)["ticket"].as_str().unwrap().to_owned();
    home.done(&["pin", "set", "user1", "--ticket"], &format!("{ticket}\n4576\n4576\n"));
    home.done(&["check", "user1"], &format!("4576{}", shown(1)));
    fs::write(home.path("more.csv"), format!("{},{},hotp,6,0\n", serial(2), hex(&seed(2)))).unwrap();
    home.done(&["import", home.path("more.csv").to_str().unwrap()], "");
    home.done(&["key", "replace", &serial(1), &serial(2), "--keep-pin"], "");
    let french = words_of(&printed(&home, "fr", &["user1"]));
    for part in ["Gardez votre code PIN", "Appuyez sur le bouton de la nouvelle clé", &serial(2)] {
        assert!(french.contains(part), "{part} is not in {french}");
    }
    assert!(!french.contains("Créez votre code PIN") && !french.contains(&serial(1)), "{french}");
    assert!(words_of(&printed(&home, "en", &["user1"])).contains("Your PIN stays the same"));
}

#[test]
fn codes_are_issued_for_all_or_for_none() {
    if !are_there(&["pdftotext"]) {
        return;
    }
    let home = two();
    let code = code_on(&printed(&home, "fr", &["user0", "--new-code"]));
    home.done(&["activate", "user0", &serial(0)], &code);
    let refused = home.run(&["slip", "user1", "user0", "--new-code"], "");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(69), 0), "{refused:?}");
    let codes = home.json(&["activation", "list", "--login", "user1"], "", 0);
    assert_eq!(codes["activations"].as_array().map(Vec::len), Some(0), "{codes}");
    // Only those who wait: the key of user0 is active.
    let all = printed(&home, "fr", &["--all", "--new-code"]);
    assert!(words_of(&all).contains("user1") && !words_of(&all).contains("user0"));
}

#[test]
fn all_slips_come_by_establishment_and_name_a_page_each() {
    if !are_there(&["pdftotext", "pdfinfo"]) {
        return;
    }
    let people = [
        ("Zoé Abel", BRANLY, "totp,6,60"),
        ("Éric Mas", OTHER, "totp,6,30"),
        ("zacharie Émile", OTHER, "totp,8,30"),
        ("Eva Noir", BRANLY, "hotp,6,0"),
        ("Élise Noir", BRANLY, "totp,6,60"),
    ];
    let home = furnished(&people);
    home.done(&["user", "disable", "user1"], "");
    let path = printed(&home, "fr", &["--all"]);
    assert_eq!(info(&path, "Pages:"), "4");
    let told = read(&path);
    let order: Vec<&str> = told
        .split('\u{c}')
        .filter_map(|page| people.iter().map(|(name, ..)| *name).find(|name| page.contains(name)))
        .collect();
    assert_eq!(order, ["zacharie Émile", "Élise Noir", "Eva Noir", "Zoé Abel"]);
    assert!(told.contains("76895042") && told.contains("30 secondes"));
    assert_within_margins(&path);
    let list = printed(&home, "fr", &["--all", "--receipts"]);
    assert_eq!(info(&list, "Pages:"), "2");
    let told = words_of(&list);
    for part in [
        "Liste des remises",
        "Élise Noir user4 900000004",
        "Signature du détenteur",
        "Remise le",
        "Lycée Édouard-Branly",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_within_margins(&list);
}

#[test]
fn nothing_overflows_with_the_longest_of_everything() {
    if !are_there(&["pdftotext", "pdfinfo"]) {
        return;
    }
    let name = "Wilhelmine Marie-Antoinette de la Tour d’Auvergne-Lauraguais de Hauteclocque".to_owned() + " Élis";
    assert_eq!(name.chars().count(), 81);
    let widest = "W".repeat(200);
    let kind = "hotp,8,0";
    let home = furnished(&[(&name, OTHER, "totp,8,30"), (&widest, OTHER, kind), ("Ÿ", OTHER, kind)]);
    let login = "W".repeat(64);
    home.done(&["user", "add", &login, "--name", &widest, "--establishment", OTHER], "");
    fs::write(home.path("more.csv"), format!("{},{},totp,6,300\n", "W".repeat(40), hex(&seed(7)))).unwrap();
    home.done(&["import", home.path("more.csv").to_str().unwrap()], "");
    home.done(&["key", "assign", &"W".repeat(40), &login], "");
    let config = format!(
        "pin-min-digits = 8\npin-max-digits = 8\nportal-address = \"https://portail.exemple.fr/{}\"\nhelp-contact = \"{}\"\n",
        "W".repeat(173),
        "W".repeat(200)
    );
    fs::write(home.root().join("config.toml"), config).unwrap();
    fs::set_permissions(home.root().join("config.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    for (language, duty, signed) in [("fr", "s’engage", "J’ai"), ("en", "undertakes", "described")] {
        let path = printed(&home, language, &["--all", "--new-code"]);
        assert_eq!(info(&path, "Pages:"), "4");
        assert_within_margins(&path);
        let found = boxes(&path);
        let bullets = height_of(&found, duty)[3] + 40.0;
        assert!(bullets < height_of(&found, signed)[1], "the duties run into the signatures");
        assert!(words_of(&path).contains(&name), "the name of 81 characters is not whole");
        assert!(read(&path).split_whitespace().filter(|word| word.contains('…')).count() == 0, "something was cut");
        assert_within_margins(&printed(&home, language, &["--all", "--receipts"]));
    }
}

#[test]
fn the_code_for_telephones_leads_to_the_portal_and_to_nowhere_without_one() {
    if !are_there(&["pdftoppm", "zbarimg", "pdftotext"]) {
        return;
    }
    let home = two();
    let picture = |path: &Path| {
        let stem = path.with_extension("");
        peer(
            "pdftoppm",
            &["-png", "-gray", "-r", "100", "-singlefile", path.to_str().unwrap(), stem.to_str().unwrap()],
        );
        stem.with_extension("png")
    };
    let with = picture(&printed(&home, "fr", &["user0"]));
    let seen = Command::new("/usr/bin/zbarimg").args(["--quiet", "--raw"]).arg(&with).output().unwrap();
    assert_eq!(text(&seen.stdout).trim_end(), PORTAL);
    fs::remove_file(home.root().join("config.toml")).unwrap();
    let path = printed(&home, "fr", &["user1"]);
    let seen = Command::new("/usr/bin/zbarimg").args(["--quiet", "--raw"]).arg(picture(&path)).output().unwrap();
    assert_eq!(text(&seen.stdout), "");
    assert!(words_of(&path).contains("Adresse du portail :"));
}

fn run(home: &Home, arguments: &[&str]) -> Output {
    home.run(arguments, "")
}

#[test]
fn the_file_is_its_owners_alone_and_never_another_one_and_no_code_is_lost_for_it() {
    let home = two();
    let path = home.path("slip.pdf");
    let output = ["slip", "user0", "--new-code", "--output", path.to_str().unwrap()];
    let told = run(&home, &output);
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7") && bytes.ends_with(b"%%EOF"), "{}", bytes.len());
    let again = run(&home, &output);
    assert_eq!(again.status.code(), Some(73), "{again:?}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let nowhere =
        run(&home, &["slip", "user0", "--new-code", "--output", home.path("none/slip.pdf").to_str().unwrap()]);
    assert_eq!(nowhere.status.code(), Some(73), "{nowhere:?}");
    let codes = home.json(&["activation", "list", "--login", "user0"], "", 0);
    assert_eq!(codes["activations"].as_array().map(Vec::len), Some(1), "{codes}");
    let full = crate::installed::shell(&home, "\"$0\" slip user0 --new-code > /dev/full");
    assert_eq!(full.status.code(), Some(74), "{full:?}");
    assert!(text(&full.stderr).contains("the same command issues others"), "{full:?}");
}
