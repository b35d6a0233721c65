//! `import` among others who work on the same home.

use crate::bad_input::in_both;
use crate::support::World;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_second_import_waits_a_little_and_is_told_that_another_one_is_on_its_way() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        world.lay("list.csv", b"550001,00112233445566778899aabbccddeeff00112234,totp,6,60\n");
        let other = File::open(world.home()).unwrap();
        other.try_lock().unwrap();
        world.forget();
        world.run("import TMP/list.csv").exits(75);
        world.run("import --dry-run TMP/list.csv").exits(0);
        drop(other);
        world.run("import TMP/list.csv").exits(0);
        world.story()
    }));
}

/// A list with a seed that is too short, one that is none, and a key that is known with another seed.
const MIXED: &str = "550000001,00112233445566778899aabbccddeeff00112234,totp,6,60\n\
                     550000002,0011223344556677,totp,6,60\n\
                     550000003,zz112233445566778899aabbccddeeff00112234,totp,6,60\n\
                     103142719,00112233445566778899aabbccddeeff00112235,totp,6,60\n";

#[test]
fn the_right_keys_of_a_file_come_in_and_the_others_are_left_out_as_often_as_it_comes() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        world.lay("list.csv", MIXED.as_bytes());
        world.forget();
        world.run("import TMP/list.csv").exits(65);
        world.run("import --partial --dry-run TMP/list.csv").exits(1);
        world.run("import --partial TMP/list.csv").exits(1);
        world.run("import --partial -o json TMP/list.csv").exits(1);
        world.run("batch show 2").exits(0);
        world.run("audit list --action import").exits(0);
        world.story()
    }));
}

#[test]
fn another_seed_for_a_key_is_taken_when_it_was_never_given_out() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let row =
            |serial: &str, seed: &str| format!("{serial},00112233445566778899aabbccddeeff001122{seed},totp,6,30\n");
        world.lay("one.csv", row("103142719", "35").as_bytes());
        world.lay("two.csv", (row("103142719", "36") + &row("103142718", "37")).as_bytes());
        world.run("key assign 103142718 jdupont").exits(0);
        world.forget();
        world.run("import TMP/one.csv").exits(65);
        world.run("import --replace --dry-run TMP/one.csv").exits(0);
        world.run("import --replace TMP/one.csv").exits(0);
        world.run("import --replace TMP/two.csv").exits(65);
        world.run("import --replace --partial TMP/two.csv").exits(1);
        world.run("key show 103142719").exits(0);
        world.run("audit list --serial 103142719").exits(0);
        world.story()
    }));
}

#[test]
fn keys_that_are_left_out_go_to_a_file_to_be_corrected_and_imported() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::furnished(lang);
        let text = format!(
            "\u{feff}Numéro de série;Secret;Période\r\n{}",
            MIXED.replace(",totp,6,60\n", ";60\r\n").replace(',', ";")
        );
        world.lay("list.csv", text.as_bytes());
        world.lay("taken.csv", b"");
        world.forget();
        world.run("import --partial --rejects TMP/taken.csv TMP/list.csv").exits(73);
        world.run("import --partial --rejects - TMP/list.csv").exits(64);
        world.run("import --rejects TMP/rejects.csv TMP/list.csv").exits(64);
        world.run("import --partial --rejects TMP/rejects.csv TMP/list.csv TMP/taken.csv").exits(64);
        world.run("import --partial --rejects TMP/nowhere/rejects.csv TMP/list.csv").exits(73);
        world.run("import --partial --dry-run --rejects TMP/rejects.csv TMP/list.csv").exits(1);
        assert!(!world.beside("rejects.csv").exists());
        world.run("import --partial --rejects TMP/rejects.csv TMP/list.csv").exits(1);
        let rejects = world.beside("rejects.csv");
        let left_out = fs::read_to_string(&rejects).unwrap();
        let first = text.lines().nth(1).unwrap();
        assert_eq!(left_out, text.replace(&format!("{first}\r\n"), ""));
        assert_eq!(fs::metadata(&rejects).unwrap().permissions().mode() & 0o777, 0o600);
        world.run("import --partial --rejects TMP/again.csv TMP/rejects.csv").exits(1);
        assert_eq!(fs::read_to_string(world.beside("again.csv")).unwrap(), left_out);
        let corrected =
            left_out.replace(";0011223344556677;", ";0011223344556677889900112233445566778899;").replace(";zz", ";00");
        world.lay(
            "corrected.csv",
            corrected.lines().take(3).map(|line| format!("{line}\r\n")).collect::<String>().as_bytes(),
        );
        world.run("import --partial --rejects TMP/none.csv TMP/corrected.csv").exits(0);
        let left =
            fs::read_dir(world.beside("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(left.into_iter().all(|name| name != "none.csv" && !name.ends_with(".part")));
        world.story()
    }));
}
