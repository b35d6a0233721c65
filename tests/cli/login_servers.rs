//! `check --pam` and `check --radius`: what a login server says in variables, and what it is told.

use super::support::{LOGIN, PIN, START, Told, World};
use cleotp::Variables;
use std::ffi::OsString;

/// Calls as `pam_exec` does, with what it would hand over on stdin.
#[track_caller]
fn pam(world: &World, variables: &[(&str, &str)], token: &[u8]) -> Told {
    say(world, variables);
    // Without --verbose whatever goes wrong is not told at the door.
    let silent = world.feed("check --pam --home HOME", b"");
    assert_eq!((silent.exit, silent.out.as_str(), silent.err.as_str()), (64, "", ""));
    world.told.borrow_mut().pop();
    world.feed("check --pam --home HOME --verbose", token)
}

/// Calls as `rlm_exec` does; names and words of the user are quoted here.
#[track_caller]
fn radius(world: &World, login: &str, typed: &str, more: &[(&str, &str)]) -> Told {
    let [login, typed] = [login, typed].map(|text| format!("\"{text}\""));
    say(world, &[&[("USER_NAME", login.as_str()), ("USER_PASSWORD", &typed)], more].concat());
    world.run("check --radius --home HOME")
}

fn say(world: &World, variables: &[(&str, &str)]) {
    let given = variables.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value)));
    *world.variables.borrow_mut() = Variables::Given(given.collect());
}

const AUTH: [(&str, &str); 2] = [("PAM_TYPE", "auth"), ("PAM_USER", LOGIN)];

/// Gives what the server is to send back with the user's next message.
#[track_caller]
fn state(told: &Told) -> String {
    told.out.split("State = ").nth(1).unwrap_or_else(|| panic!("{}", told.shown())).trim().to_owned()
}

/// Gives the reasons that the audit tells, the last one first.
fn reasons(world: &World) -> Vec<String> {
    let told = world.run("audit list -o json").exits(0).json();
    let events = told["events"].as_array().unwrap().iter();
    events.map(|event| event["reason"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn i03_pam_takes_one_terminator_off_and_nothing_else() {
    let world = World::in_use("en");
    for end in ["", "\0", "\n"] {
        let told = pam(&world, &AUTH, format!("{}{end}", world.passcode(0)).as_bytes()).exits(0);
        assert_eq!((told.out.as_str(), told.err.as_str()), ("", ""));
        world.advance(60);
    }
    for wrong in ["{}\n\n", "{}\0\0", "{}\n\0", "{}\r\n", "{} ", " {}", "{}\0x", "\0{}", "{}\n{}"] {
        let told = pam(&world, &AUTH, wrong.replace("{}", &world.passcode(0)).as_bytes()).exits(1);
        assert_eq!((told.out.as_str(), told.err.as_str()), ("", ""), "{wrong:?}");
        world.advance(1_200);
    }
    pam(&world, &AUTH, &[b'1'; 513]).exits(1);
    world.advance(1_200);
    // Nothing at all is no try.
    assert!(pam(&world, &AUTH, b"").exits(64).err.contains("stdin ended"));
    // After so many failures the code that follows is asked for too.
    pam(&world, &AUTH, world.passcode(0).as_bytes()).exits(11);
    world.advance(60);
    pam(&world, &AUTH, world.passcode(0).as_bytes()).exits(0);
    pam(&world, &AUTH, world.passcode(0).as_bytes()).exits(1);
}

#[test]
fn i05_pam_is_told_no_whenever_it_does_not_ask_for_a_user_to_be_let_in() {
    let world = World::in_use("en");
    let passcode = world.passcode(0);
    for (variables, said) in [
        (&[][..], "PAM_TYPE is not there"),
        (&[("PAM_USER", LOGIN)], "PAM_TYPE is not there"),
        (&[("PAM_TYPE", "auth")], "PAM_USER is not there"),
        (&[("PAM_TYPE", "account"), ("PAM_USER", LOGIN)], "something else than \"auth\""),
        (&[("PAM_TYPE", "auth "), ("PAM_USER", LOGIN)], "something else than \"auth\""),
        (&[("PAM_TYPE", "auth"), ("PAM_USER", "")], "PAM_USER has not the form"),
        (&[("PAM_TYPE", "auth"), ("PAM_USER", "jdupont ")], "PAM_USER has not the form"),
        (&[("PAM_TYPE", "auth"), ("PAM_USER", "--help")], "PAM_USER has not the form"),
        // A user's own variable before that of PAM, or behind it.
        (&[("PAM_USER", "pmartin"), ("PAM_TYPE", "auth"), ("PAM_USER", LOGIN)], "PAM_USER is there twice"),
        (&[("PAM_TYPE", "auth"), ("PAM_TYPE", "auth"), ("PAM_USER", LOGIN)], "PAM_TYPE is there twice"),
        (&[("PAM_RHOST", "192.0.2.7"), AUTH[0], AUTH[1], ("PAM_RHOST", "192.0.2.8")], "PAM_RHOST is there twice"),
    ] {
        let told = pam(&world, variables, passcode.as_bytes()).exits(64);
        assert!(told.err.contains(said) && told.out.is_empty(), "{}", told.shown());
    }
    pam(&world, &[("PAM_TYPE", "auth"), ("PAM_USER", "nobody")], passcode.as_bytes()).exits(1);
    // None of it was a try, and none has used the code up.
    pam(&world, &AUTH, passcode.as_bytes()).exits(0);
}

#[test]
fn i05_a_login_server_takes_no_home_from_a_variable() {
    // The world names its home by CLEOTP_HOME, as a user could name one of his own.
    let world = World::in_use("fr");
    say(&world, &AUTH);
    for line in ["check --pam --verbose", "check --radius"] {
        let told = world.feed(line, world.passcode(0).as_bytes()).exits(78);
        assert!(told.out.is_empty() && !told.err.is_empty() && !told.err.contains("CLEOTP_HOME"), "{}", told.shown());
    }
    let told = world.feed("check --pam --home TMP/elsewhere", world.passcode(0).as_bytes()).exits(66);
    assert!(told.out.is_empty(), "{}", told.shown());
}

#[test]
fn i05_a_login_server_reads_no_configuration_that_a_variable_names_were_it_for_the_language() {
    let world = World::in_use("en");
    world.lay("home/config.toml", b"language = \"fr\"\n");
    for (line, hint) in [
        ("check --pam --radius", "hint:"),
        ("check --radius --nothing", "hint:"),
        // Of anybody else it is the one that counts.
        ("check --nothing", "conseil :"),
    ] {
        let told = world.run(line).exits(64);
        assert!(told.err.contains(hint), "{}", told.shown());
    }
}

#[test]
fn b01_pam_lets_nobody_in_for_whom_a_code_is_not_enough_and_says_what_comes_next() {
    for lang in ["fr", "en"] {
        let world = World::activated(lang);
        world.forget();
        pam(&world, &AUTH, world.display(0).as_bytes()).exits(10);
        world.advance(60);
        let ticket = world.pipe("check jdupont", &[&world.display(0)]).exits(10).ticket();
        world.pipe("pin set jdupont --ticket", &[&ticket, PIN, PIN]).exits(0);
        world.advance(60);
        pam(&world, &AUTH, world.passcode(0).as_bytes()).exits(0);
        // Without a ticket, a whole passcode with the code that follows is the answer.
        world.advance(60);
        pam(&world, &AUTH, world.passcode(5).as_bytes()).exits(11);
        world.advance(60);
        pam(&world, &AUTH, world.passcode(5).as_bytes()).exits(0);
        let told: Vec<String> =
            world.told.borrow().iter().filter(|told| told.line.contains("--pam")).map(Told::shown).collect();
        insta::assert_snapshot!(format!("pam_{lang}"), told.join("\n"));
    }
}

#[test]
fn radius_leads_a_holder_through_the_whole_guide() {
    for lang in ["fr", "en"] {
        let world = World::activated(lang);
        world.forget();
        let first = radius(&world, LOGIN, &world.display(0), &[]).exits(10);
        let unfit = radius(&world, LOGIN, "12341234", &[("STATE", &state(&first))]).exits(10);
        let unequal = radius(&world, LOGIN, "45764577", &[("STATE", &state(&unfit))]).exits(10);
        let set = radius(&world, LOGIN, "45764576", &[("STATE", &state(&unequal))]).exits(11);
        // The code that began it is used up: the next one confirms the PIN.
        radius(&world, LOGIN, &world.passcode(0), &[("STATE", &state(&set))]).exits(1);
        world.advance(60);
        radius(&world, LOGIN, &world.passcode(0), &[("STATE", &state(&set))]).exits(0);
        radius(&world, LOGIN, &world.passcode(0), &[]).exits(1);
        world.advance(60);
        let challenge = radius(&world, "JDupont", &world.passcode(6), &[]).exits(11);
        radius(&world, LOGIN, &world.display(7), &[("STATE", &state(&challenge))]).exits(0);
        // A ticket is good once.
        radius(&world, LOGIN, &world.display(8), &[("STATE", &state(&challenge))]).exits(1);
        insta::assert_snapshot!(format!("radius_{lang}"), world.story());
        let longest =
            world.told.borrow().iter().flat_map(|told| told.out.lines().map(str::len).collect::<Vec<_>>()).max();
        assert!(longest.is_some_and(|bytes| bytes < 253), "{longest:?}");
    }
}

#[test]
fn i02_radius_is_told_no_for_whatever_is_not_a_login_and_a_passcode() {
    let world = World::in_use("en");
    let passcode = format!("\"{}\"", world.passcode(0));
    let long = format!("\"{}\"", "a".repeat(253));
    for name in [
        "jdupont", // not quoted: shell_escape = no
        "\"jdupont",
        "\"jdu\"pont\"",
        "\"jdupont\\\"\"",
        "\"jdupont\\\\\"",
        "\"%{User-Password}\"",
        "\"$(id)\"",
        "\"jdupont\\000\"",
        "\"jdupont\\n\"",
        "\"\\377\\376\"",
        "\"é\"",
        "\"\"",
        &long,
    ] {
        say(&world, &[("USER_NAME", name), ("USER_PASSWORD", &passcode)]);
        let told = world.run("check --radius --home HOME").exits(64);
        assert!(told.out.is_empty() && told.err.contains("USER_NAME has not the form"), "{}", told.shown());
    }
    for (variables, said) in [
        (&[][..], "USER_NAME is not there"),
        (&[("USER_NAME", "\"jdupont\"")], "USER_PASSWORD is not there"),
        (&[("USER_NAME", "\"jdupont\""), ("USER_NAME", "\"jdupont\""), ("USER_PASSWORD", &passcode)], "twice"),
        (&[("USER_NAME", "\"jdupont\""), ("USER_PASSWORD", &passcode), ("USER_PASSWORD", &passcode)], "twice"),
        (&[("USER_NAME", "\"jdupont\""), ("USER_PASSWORD", "4576")], "USER_PASSWORD has not the form"),
        (&[("User-Name", "jdupont"), ("User-Password", "4576")], "USER_NAME is not there"),
    ] {
        say(&world, variables);
        let told = world.run("check --radius --home HOME").exits(64);
        assert!(told.out.is_empty() && told.err.contains(said), "{}", told.shown());
    }
    // Escaped letters are the letters.
    let escaped: String = world.passcode(0).bytes().map(|byte| format!("\\{byte:03o}")).collect();
    radius(&world, "\\152dupont", &escaped, &[]).exits(0);
}

#[test]
fn b14_every_refusal_over_radius_is_the_same_silence() {
    let world = World::in_use("fr");
    let used = world.passcode(0);
    radius(&world, LOGIN, &used, &[]).exits(0);
    world.advance(60);
    let ticket = format!("0x01{}", "0123456789abcdef".repeat(2));
    let pin_ticket = format!("0x02{}", "0123456789abcdef".repeat(2));
    let alien: &[(&str, &str)] = &[("STATE", "0x7e1156e97e1056e9")];
    for (login, typed, more) in [
        ("nobody", used.as_str(), &[][..]),
        (LOGIN, &used, &[]),
        (LOGIN, "1111768950", &[]),
        (LOGIN, "", &[]),
        (LOGIN, "\\000", &[]),
        (LOGIN, &world.passcode(0), alien),
        (LOGIN, &world.display(1), &[("STATE", ticket.as_str())]),
        (LOGIN, "45784578", &[("STATE", pin_ticket.as_str())]),
    ] {
        let told = radius(&world, login, typed, more).exits(1);
        assert_eq!((told.out.as_str(), told.err.as_str()), ("", ""), "{}", told.shown());
    }
    // A state that nobody gave is a dead ticket, and no try.
    assert!(reasons(&world).iter().filter(|reason| *reason == "dead-ticket").count() >= 2, "{:?}", reasons(&world));
}

#[test]
fn a_login_server_says_where_a_guess_comes_from_so_that_nobody_else_waits_for_it() {
    for (variable, here, there) in [
        ("CALLING_STATION_ID", "\"192.0.2.7\"", "\"192.0.2.8\""),
        ("NAS_IP_ADDRESS", "192.0.2.7", "192.0.2.8"),
        // What is no address tells nobody apart.
        ("CALLING_STATION_ID", "\"00-11-22-33-44-55\"", "\"00-11-22-33-44-56\""),
    ] {
        let world = World::in_use("en");
        for _ in 0..3 {
            radius(&world, LOGIN, "4576000000", &[(variable, here)]).exits(1);
        }
        let is_address = here.contains("192");
        radius(&world, LOGIN, &world.passcode(0), &[(variable, here)]).exits(1);
        // Three failures in a row ask for the code after it too, wherever they came from.
        radius(&world, LOGIN, &world.passcode(0), &[(variable, there)]).exits(if is_address { 11 } else { 1 });
    }
    let world = World::in_use("en");
    let from = |host| [AUTH[0], AUTH[1], ("PAM_RHOST", host)];
    for _ in 0..3 {
        pam(&world, &from("2001:db8::7"), b"4576000000").exits(1);
    }
    pam(&world, &from("2001:db8::7"), world.passcode(0).as_bytes()).exits(1);
    pam(&world, &from("2001:db8::8"), world.passcode(0).as_bytes()).exits(11);
    assert!(world.time_now() > START);
}
