//! What an establishment is called, and what stays when that changes.

use crate::bad_input::in_both;
use crate::support::World;

#[test]
fn an_establishment_is_renamed_and_keeps_all_that_belongs_to_it() {
    insta::assert_snapshot!(in_both(|lang| {
        let world = World::activated(lang);
        world.forget();
        world.run("establishment rename 0750655E 'Un autre nom'").exits(66);
        world.run("establishment rename 0860034V").exits(64);
        world.run("establishment rename 0860034V ''").exits(64);
        world.run("establishment rename 0860034V 'Lycée Aliénor-d’Aquitaine'").exits(0);
        let before = world.dump();
        world.run("establishment rename 0860034V 'Lycée Aliénor-d’Aquitaine'").exits(0);
        assert_eq!(world.dump(), before);
        world.run("etablissement renommer 0860034V 'Lycée Victor-Hugo' -o json").exits(0);
        world.run("establishment show 0860034V").exits(0);
        world.run("audit list --action establishment-rename").exits(0);
        world.story()
    }));
}
