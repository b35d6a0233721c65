//! Users who leave, change establishments, or ask what is known of them: as the counter sees it.

use crate::bad_input::in_both;
use crate::support::World;
use cleotp::Via;
use serde_json::json;

const YEAR: i64 = 365 * 86_400;

fn typed(lines: &[&str]) -> Vec<(i64, String)> {
    lines.iter().map(|line| (0, (*line).to_owned())).collect()
}

fn world(lang: &'static str) -> World {
    let world = World::in_use(lang);
    world.run("establishment add 0750655E 'Lycée Jacquard'").exits(0);
    world.run("user add amartin --name 'Anne Martin' --establishment 0860034V --establishment 0750655E").exits(0);
    world.forget();
    world
}

fn yes(lang: &str) -> &'static str {
    if lang.starts_with("fr") { "o" } else { "y" }
}

#[test]
fn a_leaver_is_removed_when_somebody_means_it_and_his_name_goes_after_a_year() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("emergency new jdupont -o json").exits(0);
        world.forget();
        let before = world.dump();
        world.run("user remove jdupont").exits(64);
        world.run("user remove jdupont --dry-run").exits(0);
        world.sit("user remove jdupont", typed(&["n"])).exits(1);
        world.sit("user remove jdupont", typed(&[yes(lang), "amartin"])).exits(1);
        world.run("user remove jdupont --retire --lost --yes").exits(64);
        assert_eq!(world.dump(), before);
        world.sit("user remove jdupont", typed(&[yes(lang), "JDUPONT"])).exits(0);
        world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
        world.run("user show jdupont").exits(66);
        world.run("key show 103142718").exits(0);
        world.run("user add jdupont --name 'Jules Dupont' --establishment 0860034V").exits(0);
        world.run("audit list --login jdupont").exits(0);
        world.run("audit list --user 1 --limit 4").exits(0);
        world.advance(YEAR);
        world.run("user disable jdupont").exits(0);
        world.advance(86_400);
        world.run("user enable jdupont").exits(0);
        world.run("audit list --user 1 --limit 4").exits(0);
        world.run("audit list --limit 2 -o csv").exits(0);
        world.run("audit verify").exits(0);
        world.story()
    }));
}

#[test]
fn several_leave_at_once_and_keys_are_lost_or_scrapped() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("key assign 103142719 amartin").exits(0);
        world.run("user remove amartin --lost --yes").exits(0);
        world.run("key found 103142719 --restore --reason 'dans un tiroir'").exits(0);
        world.run("user add amartin --name 'Anne Martin' --establishment 0860034V --establishment 0750655E").exits(0);
        world.run("key assign 103142719 amartin").exits(0);
        world.run("user remove jdupont amartin --yes").exits(69);
        world.run("user remove jdupont amartin --to 0750655E --dry-run").exits(0);
        world.sit("user remove jdupont amartin --retire", typed(&[yes(lang), "2"])).exits(0);
        world.run("user list").exits(0);
        world.story()
    }));
}

#[test]
fn users_change_establishments_with_their_keys() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.forget();
        world.run("user move jdupont").exits(64);
        world.run("user move jdupont --leaving 0860034V").exits(69);
        world.run("user move amartin --to 0860034V").exits(69);
        world.run("user move jdupont --to 0860034V").exits(69);
        world.run("user move jdupont --leaving 0750655E --to 0860034V").exits(69);
        world.run("user move jdupont amartin --to 0750656F").exits(66);
        world.run("user move jdupont --to 0750655E").exits(0);
        world.run("user move jdupont --to 0860034V --keep").exits(0);
        world.run("user move amartin --leaving 0750655E").exits(0);
        world.run("user move jdupont --leaving 0750655E -o json").exits(0);
        world.lay("leaving.csv", "identifiant\r\njdupont\r\nnobody\r\n".as_bytes());
        world.run("user move --from TMP/leaving.csv --to 0750655E").exits(65);
        world.lay("leaving.csv", "identifiant\r\njdupont\r\n".as_bytes());
        world.run("user move --from TMP/leaving.csv --to 0750655E --dry-run").exits(0);
        world.run("user move --from TMP/leaving.csv --to 0750655E").exits(0);
        world.run("user remove --from TMP/leaving.csv --yes --dry-run").exits(0);
        world.run("user remove --from TMP/leaving.csv --yes").exits(0);
        world.run("user remove --from TMP/leaving.csv --yes").exits(65);
        world.run("user list").exits(0);
        world.story()
    }));
}

#[test]
fn a_delegate_removes_those_who_are_only_his() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = world(lang);
        world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
        world.call_as("mdupuis", Via::Sudo);
        world.forget();
        world.run("user remove amartin --yes").exits(69);
        world.run("user export amartin").exits(69);
        world.run("user remove jdupont --yes").exits(0);
        world.story()
    }));
}

#[test]
fn somebody_is_given_all_that_is_known_of_him() {
    let world = world("fr_FR.UTF-8");
    world.advance(60);
    world.pipe("check jdupont --source 192.0.2.7", &[&world.passcode(0)]).exits(0);
    let told = world.run("utilisateur exporter JDupont").exits(0).json();
    assert_eq!((&told["schema"], &told["name"]), (&json!("cleotp.user-export/1"), &json!("Jeanne Dupont")));
    assert_eq!((&told["establishments"], &told["removed_at"]), (&json!(["0860034V"]), &json!(null)));
    assert_eq!(told["keys"][0]["serial"], "103142718");
    assert_eq!(told["activations"][0]["state"], "spent");
    let tries = told["attempts"].as_array().unwrap();
    assert_eq!(tries.last().unwrap()["source"], "192.0.2.7");
    let actions: Vec<&str> =
        told["events"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    for action in ["user-add", "key-assign", "activation-new", "activate", "pin-set", "check"] {
        assert!(actions.contains(&action), "{action}");
    }
    let events = world.run("audit list --action user-export -o json").exits(0).json();
    assert_eq!(events["events"][0]["login"], "jdupont");
    world.run("utilisateur supprimer jdupont --yes").exits(0);
    let told = world.run("user export jdupont").exits(0).json();
    assert!(told["erase_at"].is_string() && told["keys"].as_array().unwrap().is_empty());
    world.advance(YEAR);
    world.run("user export jdupont").exits(66);
}

#[test]
fn how_long_names_are_kept_stands_in_the_configuration() {
    let world = world("fr_FR.UTF-8");
    let path = world.home().join("config.toml");
    std::fs::write(&path, "leavers-kept = \"30d\"\n").unwrap();
    let told = world.run("user remove jdupont --yes -o json").exits(0).json();
    let day = |days: i64| {
        let now = world.time_now() + days * 86_400;
        chrono::DateTime::from_timestamp(now, 0).unwrap().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    };
    assert_eq!(told["users"][0]["erase_at"], day(30));
    std::fs::write(&path, "leavers-kept = \"400d\"\n").unwrap();
    world.run("user list").exits(78);
}
