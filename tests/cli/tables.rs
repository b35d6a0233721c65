//! Tables of seeds, and what the operator says of them besides their bytes.

use crate::bad_input::in_both;
use crate::support::World;

#[test]
fn what_the_operator_says_of_a_table_opens_it() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        let refused = [
            ("bad-list-encoding-unclear.csv", ""),
            ("bad-list-encodings-mixed.csv", ""),
            ("bad-list-encodings-mixed.csv", " --secret-encoding hex"),
            ("bad-list-third-column.csv", ""),
            ("bad-generic-columns.csv", " --columns -,serial,-,secret,step"),
            ("bad-serial-zeroes-lost.csv", ""),
            ("bad-excel-numbers.csv", ""),
            ("bad-entra-without-header.csv", ""),
            ("bad-ykksm.txt", ""),
            ("bad-yubico-log-not-oath.csv", ""),
        ];
        for (file, options) in refused {
            world.run(&format!("import fixtures/seeds/{file}{options}")).exits(65);
        }
        let taken = [
            ("bad-list-encoding-unclear.csv", " --secret-encoding hex"),
            ("bad-list-third-column.csv", " --columns serial,secret,step"),
            ("bad-entra-without-header.csv", " --columns -,serial,secret,pas,fabricant,modèle"),
            ("bad-serial-zeroes-lost.csv", " --pad-serial 9 --dry-run"),
            ("generic-french.csv", ""),
            ("molto2.txt", ""),
        ];
        for (file, options) in taken {
            world.run(&format!("import fixtures/seeds/{file}{options}")).exits(0);
        }
        world.story()
    });
    insta::assert_snapshot!(said);
}

#[test]
fn a_wrong_word_about_a_table_is_told_with_what_to_type() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        for option in [
            "--secret-encoding rot13",
            "--columns serial,step",
            "--columns serial,serial,secret",
            "--columns serial,secret,colour",
            "--pad-serial 0",
            "--format csv",
        ] {
            world.run(&format!("import fixtures/seeds/list-hex.csv {option}")).exits(64);
        }
        world.story().lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(said);
}
