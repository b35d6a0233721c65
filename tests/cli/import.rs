//! `import` among others who work on the same home.

use crate::bad_input::in_both;
use crate::support::World;
use std::fs::File;

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
