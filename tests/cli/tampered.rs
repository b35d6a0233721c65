//! Rows that no version of the program wrote: a defect or wrong data, told as such, and never a passcode that is only wrong.

use crate::support::World;

/// Does something to the database behind the program's back.
fn behind(world: &World, sql: &str) {
    let database = rusqlite::Connection::open(world.home().join("cleotp.db")).unwrap();
    let open = "PRAGMA ignore_check_constraints = 1; DROP TRIGGER keys_that_were_used_keep_their_seed;";
    database.execute_batch(&format!("{open} {sql}")).unwrap();
}

#[test]
fn a12_a_key_whose_row_is_impossible_accepts_nothing_and_is_no_unknown_user() {
    for change in [
        "digits = 0",
        "digits = 5",
        "digits = 9",
        "digits = 40",
        "digits = 2147483648",
        "period = 0",
        "period = 1",
        "period = 9223372036854775807",
        "period = -60",
        "algorithm = 'md5'",
        "algorithm = ''",
        "drift = 9223372036854775807",
    ] {
        let world = World::in_use("C");
        behind(&world, &format!("UPDATE keys SET {change} WHERE serial = '103142718'"));
        for line in ["check jdupont", "pin change jdupont"] {
            let told = world.pipe(line, &[&world.passcode(0), "8352", "8352"]);
            assert!(matches!(told.exit, 65 | 70), "{change}: {}", told.shown());
            assert!(told.out.is_empty() && told.err.contains("hint: "), "{change}: {}", told.shown());
        }
    }
}

#[test]
fn a12_a_state_that_is_none_answers_no_check() {
    let world = World::in_use("C");
    behind(&world, "UPDATE keys SET state = 'other' WHERE serial = '103142718'");
    world.pipe("check jdupont", &[&world.passcode(0)]).exits(1);
    world.run("key show 103142718").exits(70);
}

#[test]
fn b08_the_seed_of_another_key_in_a_row_is_tampering_and_no_wrong_code() {
    for lang in ["fr_FR.UTF-8", "C"] {
        let world = World::in_use(lang);
        behind(
            &world,
            "UPDATE keys SET seed = (SELECT seed FROM keys WHERE serial = '103142719') WHERE serial = '103142718'",
        );
        let own = world.passcode(0);
        let copied = format!("{}{}", crate::support::PIN, crate::support::code("103142719", world.time_now(), 0));
        for passcode in [copied, own] {
            let told = world.pipe("check jdupont", &[&passcode]).exits(70);
            assert!(told.out.is_empty() && told.err.contains("103142718"), "{}", told.shown());
            world.advance(120);
        }
        let listed = world.run("audit list --outcome alarm -o json").exits(0).json();
        let alarms = listed["events"].as_array().unwrap().iter().filter(|event| event["reason"] == "integrity");
        assert_eq!(alarms.count(), 2);
    }
}

/// Gives a user the login of another, who gets that of nobody.
const LOGIN_TAKEN: &str = "UPDATE users SET login = 'gone', folded = 'gone' WHERE folded = 'cbernard';
    UPDATE users SET login = 'cbernard', folded = 'cbernard' WHERE folded = 'jdupont';";

#[test]
fn a_login_that_somebody_wrote_into_his_own_row_opens_nothing_and_doctor_tells() {
    for (lang, told_as, found_as) in [
        (
            "fr_FR.UTF-8",
            "le détenteur de la clé 103142718 a été changé dans la base sans cleotp",
            "le détenteur d'une clé a été changé",
        ),
        (
            "C",
            "the holder of key 103142718 was changed in the database without cleotp",
            "the holder of one key was changed",
        ),
    ] {
        let world = World::in_use(lang);
        world.run("user add cbernard --name Bernard --establishment 0860034V --yes").exits(0);
        behind(&world, LOGIN_TAKEN);
        let told = world.pipe("check cbernard", &[&world.passcode(0)]).exits(70);
        assert!(told.out.is_empty() && told.err.contains(told_as), "{}", told.shown());
        let listed = world.run("audit list --outcome alarm -o json").exits(0).json();
        assert_eq!(listed["events"][0]["reason"], "integrity", "{listed}");
        let looked = world.run("doctor").exits(1);
        assert!(looked.shown().contains(found_as), "{}", looked.shown());
        let looked = world.run("doctor -o json").exits(1).json();
        let findings = looked["findings"].as_array().unwrap();
        assert!(findings.iter().any(|finding| finding["code"] == "holders-not-vouched"), "{looked}");
        assert!(
            looked["checks"]
                .as_array()
                .unwrap()
                .iter()
                .any(|check| check["name"] == "seals" && check["result"] == "error")
        );
    }
}

#[test]
fn a_role_that_somebody_wrote_for_himself_is_told_by_doctor() {
    for (lang, found_as) in
        [("fr_FR.UTF-8", "un rôle a été changé dans la base sans cleotp"), ("C", "one role was changed")]
    {
        let world = World::in_use(lang);
        behind(
            &world,
            "INSERT INTO operators (uid, name, role, added_at, seal) VALUES (4242, 'mallory', 'admin', 0, zeroblob(32));",
        );
        let looked = world.run("doctor").exits(1);
        assert!(looked.shown().contains(found_as) && looked.shown().contains("mallory"), "{}", looked.shown());
    }
}
