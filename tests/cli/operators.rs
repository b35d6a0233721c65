//! Operators: how they come, what they are told, how they go.

use crate::roles::academy;
use crate::support::World;
use cleotp::Via;

fn told_to_an_administrator(lang: &'static str) -> String {
    let world = World::furnished(lang);
    world.forget();
    world.run("operator add mdupuis --role delegate --establishment 0860034V");
    world.run("operator add night --role importer --until 2026-12-31");
    world.run("operator list");
    world.run("operator list -o json");
    world.run("operator add mdupuis --role auditor");
    world.run("operator remove night");
    world.run("audit list --action operator-add -o csv");
    for wrong in [
        "operator add mdupuis --role delegate",
        "operator add mdupuis --role auditor --establishment 0860034V",
        "operator add mdupuis --role boss",
        "operator add mdupuis --role delegate --establishment 0860036X",
        "operator add mdupuis --role auditor --until 2026-11-23",
        "operator add nobody --role auditor",
        "operator add root --role auditor",
        "operator remove night",
        "operator remove admin",
        "operator add admin --role auditor",
        "operator add admin --role admin --until 2027-01-01",
    ] {
        world.run(wrong);
    }
    world.story()
}

#[test]
fn an_administrator_reads_it_in_english() {
    insta::assert_snapshot!(told_to_an_administrator("en"));
}

#[test]
fn an_administrator_reads_it_in_french() {
    insta::assert_snapshot!(told_to_an_administrator("fr"));
}

fn told_to_a_delegate(lang: &'static str) -> String {
    let world = academy(lang);
    world.forget();
    world.call_as("mdupuis", Via::Sudo);
    world.run("import -");
    world.run("user import TMP/people.csv");
    world.run("--home HOME user list");
    world.run("user show pmartin");
    world.run("key list");
    world.run("audit list -o json");
    world.call_as("stranger", Via::Sudo);
    world.run("key list");
    world.story()
}

#[test]
fn a_delegate_reads_it_in_english() {
    insta::assert_snapshot!(told_to_a_delegate("en"));
}

#[test]
fn a_delegate_reads_it_in_french() {
    insta::assert_snapshot!(told_to_a_delegate("fr"));
}

#[test]
fn a_role_holds_to_the_end_of_its_last_day_and_is_told_of_ever_after() {
    let world = academy("en");
    world.run("operator add mdupuis --role delegate --establishment 0860034V --until 2026-11-25").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    let rest_of_the_day = 86_400 + 86_400 - (9 * 3_600 + 12 * 60) - 1;
    world.advance(rest_of_the_day);
    world.run("key list").exits(0);
    world.advance(1);
    assert!(world.run("key list").exits(77).err.contains("no operator"));
    world.call_as("admin", Via::Direct);
    let on = |world: &World, line: &str| {
        let list = world.run(&format!("{line} -o json")).exits(0).json();
        list["operators"].as_array().unwrap().iter().any(|operator| operator["account"] == "mdupuis")
    };
    assert!(!on(&world, "operator list"));
    assert!(on(&world, "operator list --at 2026-11-25"));
    assert!(!on(&world, "operator list --at 2026-11-23"));
    // One whose day has passed is made anew.
    world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    world.call_as("mdupuis", Via::Sudo);
    world.run("key list").exits(0);
}

#[test]
fn the_last_administrator_can_be_neither_removed_nor_demoted() {
    let world = World::furnished("en");
    world.run("operator remove admin").exits(69);
    world.run("operator add admin --role auditor").exits(69);
    world.run("operator add chief --role admin --until 2027-01-01").exits(0);
    world.run("operator remove admin").exits(69);
    world.run("operator add chief --role admin").exits(0);
    world.run("operator remove chief admin").exits(69);
    world.run("operator remove admin").exits(0);
    world.run("operator remove chief").exits(69);
    let list = world.run("operator list -o json").exits(0).json();
    assert_eq!(list["operators"].as_array().unwrap().len(), 1, "{list}");
}

#[test]
fn root_and_the_service_account_break_the_glass_and_the_audit_says_so() {
    let world = academy("en");
    for (account, via) in [("root", Via::BreakGlass), ("cleotp", Via::Direct)] {
        world.call_as(account, via);
        world.run("user disable jdupont").exits(0);
        let listed = world.run(&format!("audit list --operator {account} -o json")).exits(0).json();
        assert_eq!(listed["events"][0]["via"], "break-glass", "{listed}");
    }
    world.call_as("admin", Via::Direct);
    world.run("user enable jdupont").exits(0);
    let listed = world.run("audit list --action user-enable -o json").exits(0).json();
    assert_eq!(listed["events"][0]["via"], "direct", "{listed}");
}

#[test]
fn what_runs_unattended_may_be_narrowed_and_sudo_and_root_are_not() {
    let world = academy("en");
    let config = world.home().join("config.toml");
    std::fs::write(config, "cron-role = \"importer\"\n").unwrap();
    world.call_as("cleotp", Via::Direct);
    world.run("key list").exits(77);
    world.run("operator add guest --role admin").exits(77);
    world.feed("import -", b"800000001,e14aa9cf04372b5ca7e9bfa4b9bd91cb3a46e06c,totp,6,60\n").exits(0);
    world.call_as("chief", Via::Sudo);
    world.run("key list").exits(0);
    world.call_as("root", Via::BreakGlass);
    world.run("key list").exits(0);
}
