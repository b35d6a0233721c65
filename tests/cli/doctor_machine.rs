//! `doctor` on machines whose files were written for it: the clock, the memory, login servers, sudo, the disks, what was left.

use crate::doctor::{found, in_both};
use crate::support::{START, World, set_mode};
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, symlink};
use std::time::{Duration, SystemTime};

const RULE: &str = include_str!("../../packaging/sudoers");
const SITE: &str = include_str!("../../packaging/freeradius/sites-available/cleotp");
const MODULE: &str = include_str!("../../packaging/freeradius/mods-available/cleotp");

/// Writes a file of the machine.
fn lay(world: &World, below: &str, text: &str) {
    let path = world.machine().join(below);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    set_mode(&path, 0o644);
}

fn at(seconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs())
}

#[test]
fn g01_who_sets_the_clock_is_looked_for_and_nobody_is_accused_where_it_cannot_be_known() {
    let alone = |world: &World| fs::remove_dir_all(world.machine().join("run")).unwrap();
    let world = World::in_use("C");
    alone(&world);
    assert_eq!(found(&world), ["clock-unattended"]);
    // Into the folder of chrony nobody else may look.
    let chrony = world.machine().join("run/chrony");
    fs::create_dir_all(&chrony).unwrap();
    set_mode(&chrony, 0o000);
    assert!(found(&world).is_empty());
    set_mode(&chrony, 0o700);
    alone(&world);
    // The service of systemd runs, and has not reached any server yet, or not for long.
    lay(&world, "run/systemd/timesync/.keep", "");
    lay(&world, "proc/uptime", "599.12 1000.00\n");
    assert!(found(&world).is_empty());
    lay(&world, "proc/uptime", "600.00 1000.00\n");
    assert_eq!(found(&world), ["clock-not-synchronised"]);
    lay(&world, "run/systemd/timesync/synchronized", "");
    let file = File::options().write(true).open(world.machine().join("run/systemd/timesync/synchronized")).unwrap();
    file.set_modified(at(world.time_now() - 86_400)).unwrap();
    assert!(found(&world).is_empty());
    file.set_modified(at(world.time_now() - 86_401)).unwrap();
    assert_eq!(found(&world), ["clock-left-alone"]);
    let never = |world: &World| {
        alone(world);
        lay(world, "run/systemd/timesync/.keep", "");
    };
    let long_ago = |world: &World| {
        never(world);
        lay(world, "run/systemd/timesync/synchronized", "");
        let path = world.machine().join("run/systemd/timesync/synchronized");
        File::options().write(true).open(path).unwrap().set_modified(at(START - 90_000)).unwrap();
    };
    let told = [in_both("doctor", alone), in_both("doctor -q", never), in_both("doctor -q", long_ago)];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn f03_memory_that_may_come_to_lie_on_a_disk_is_told_and_does_no_harm() {
    let world = World::in_use("C");
    lay(
        &world,
        "proc/swaps",
        "Filename Type Size Used Priority\n/dev/dm-1 partition 1 0 -2\n/dev/zram0 partition 1 0 100\n",
    );
    lay(&world, "sys/class/block/dm-1/dm/uuid", "CRYPT-PLAIN-swap\n");
    lay(&world, "proc/sys/kernel/yama/ptrace_scope", "1\n");
    lay(
        &world,
        "proc/self/limits",
        "Limit  Soft Hard Units\nMax core file size        0                    0                    bytes\n",
    );
    assert!(found(&world).is_empty());
    lay(&world, "sys/class/block/dm-1/dm/uuid", "LVM-x\n");
    assert_eq!(found(&world), ["swap-in-clear"]);
    // A volume is as encrypted as all that it lies upon.
    lay(&world, "sys/class/block/dm-1/slaves/dm-0/.keep", "");
    lay(&world, "sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-x\n");
    assert!(found(&world).is_empty());
    lay(&world, "sys/class/block/dm-1/slaves/sdb/.keep", "");
    assert_eq!(found(&world), ["swap-in-clear"]);
    let open = |world: &World| {
        lay(
            world,
            "proc/swaps",
            "Filename Type Size Used Priority\n/swap.img file 1 0 -2\n/dev/sda2 partition 1 0 -3\n",
        );
        lay(world, "proc/sys/kernel/yama/ptrace_scope", "0\n");
        lay(world, "proc/sys/kernel/core_pattern", "|/usr/share/apport/apport %p\n");
        lay(world, "proc/self/limits", "Max core file size        unlimited            unlimited            bytes\n");
    };
    let world = World::in_use("C");
    open(&world);
    assert_eq!(found(&world), ["core-dumps", "swap-in-clear", "ptrace-open"]);
    insta::assert_snapshot!(in_both("doctor", open));
}

#[test]
fn a11_a_login_server_that_would_accept_a_code_twice_by_its_cache_is_found() {
    let world = World::in_use("C");
    // What is switched off, or a comment, caches nothing.
    lay(&world, "etc/freeradius/3.0/mods-enabled/exec", "exec { }\n");
    lay(&world, "etc/freeradius/3.0/mods-available/cache", "cache { }\n");
    lay(&world, "etc/sssd/sssd.conf", "[domain/x]\n# cache_credentials = true\ncache_credentials = False\n");
    lay(&world, "etc/pam.d/common-auth", "auth required pam_unix.so\n#auth optional pam_ccreds.so action=store\n");
    assert!(found(&world).is_empty());
    let cached = |world: &World| {
        lay(world, "etc/freeradius/3.0/mods-enabled/cache", "cache { }\n");
        lay(world, "etc/sssd/sssd.conf", "[domain/x]\nid_provider = ldap\n");
        lay(world, "etc/sssd/conf.d/10-x.conf", "[domain/x]\n  cache_credentials=TRUE # offline\n");
        lay(world, "etc/pam.d/common-auth", "auth optional pam_ccreds.so action=store\n");
    };
    cached(&world);
    let caches = ["login-cache-radius", "login-cache-sssd", "login-cache-pam"];
    assert_eq!(found(&world), caches);
    // Where nobody asks cleotp it is only worth knowing.
    world.run("doctor -q").exits(0);
    lay(&world, "etc/pam.d/sshd", "# cleotp\n@include common-auth\n");
    world.run("doctor -q").exits(0);
    let asks_by_pam = |world: &World| lay(world, "etc/pam.d/sshd", include_str!("../../packaging/pam/cleotp-auth"));
    let asks_by_radius = |world: &World| {
        lay(world, "etc/freeradius/3.0/mods-enabled/cleotp", MODULE);
        lay(world, "etc/freeradius/3.0/sites-enabled/cleotp", SITE);
    };
    let warned = |world: &World| {
        let told = world.run("doctor -o json").exits(1).json();
        let findings = told["findings"].as_array().unwrap().iter().filter(|found| found["severity"] == "warning");
        findings.map(|found| found["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    asks_by_pam(&world);
    assert_eq!(warned(&world), caches[1..]);
    let world = World::in_use("C");
    cached(&world);
    asks_by_radius(&world);
    assert_eq!(warned(&world), caches[..1]);
    let told = in_both("doctor -q", |world| {
        cached(world);
        asks_by_pam(world);
        asks_by_radius(world);
    });
    insta::assert_snapshot!(told);
}

#[test]
fn i06_a_radius_server_that_asks_cleotp_without_a_message_authenticator_is_found() {
    let world = World::in_use("C");
    let radius = |world: &World, module: &str, clients: &str| {
        lay(world, "etc/raddb/mods-enabled/cleotp", module);
        lay(world, "etc/raddb/clients.conf", clients);
    };
    let asks = "exec cleotp {\n\tprogram = \"/usr/bin/cleotp check --radius\"\n}\n";
    radius(&world, "exec x { }\n", "client a {\n\trequire_message_authenticator = no\n}\n");
    assert!(found(&world).is_empty());
    radius(&world, asks, "client a {\n\trequire_message_authenticator = yes\n}\n");
    assert!(found(&world).is_empty());
    for clients in ["client a {\n}\n", "require_message_authenticator = yes\nrequire_message_authenticator = no\n"] {
        radius(&world, asks, clients);
        assert_eq!(found(&world), ["radius-without-proof"]);
    }
    // The site that is shipped has clients of its own, which those of Debian say nothing about.
    let stock = "client localhost {\n\tipaddr = 127.0.0.1\n\trequire_message_authenticator = no\n}\n";
    radius(&world, MODULE, stock);
    lay(&world, "etc/raddb/sites-available/cleotp", SITE);
    assert_eq!(found(&world), ["radius-without-proof"]);
    let enabled = world.machine().join("etc/raddb/sites-enabled");
    fs::create_dir_all(&enabled).unwrap();
    symlink("../sites-available/cleotp", enabled.join("cleotp")).unwrap();
    lay(&world, "etc/raddb/sites-enabled/default", "server default {\n}\n");
    assert!(found(&world).is_empty());
    let open = SITE.replace("require_message_authenticator = yes", "require_message_authenticator = no");
    lay(&world, "etc/raddb/sites-available/cleotp", &open);
    assert_eq!(found(&world), ["radius-without-proof"]);
    let breaks = |world: &World| radius(world, asks, "client a {\n}\n");
    insta::assert_snapshot!(in_both("doctor -q", breaks));
}

#[test]
fn f05_the_rule_of_sudo_is_looked_at_where_delegates_come_by_it() {
    let delegate = |world: &World| {
        world.run("operator add mdupuis --role delegate --establishment 0860034V").exits(0);
    };
    let installed = |world: &World, rule: &str| {
        delegate(world);
        lay(world, "etc/sudoers.d/cleotp", rule);
        set_mode(&world.machine().join("etc/sudoers.d/cleotp"), 0o440);
        lay(world, "usr/bin/cleotp", "");
        set_mode(&world.machine().join("usr/bin/cleotp"), 0o755);
    };
    // Without a delegate nobody needs it.
    assert!(found(&World::in_use("C")).is_empty());
    let world = World::in_use("C");
    installed(&world, RULE);
    assert!(found(&world).is_empty());
    let world = World::in_use("C");
    delegate(&world);
    lay(&world, "etc/sudoers", "root ALL=(ALL:ALL) ALL\n# cleotp\n");
    lay(&world, "etc/sudoers.d/cleotp.dpkg-old", RULE);
    assert_eq!(found(&world), ["sudo-without-rule"]);
    // The rule may come from a directory.
    lay(&world, "etc/nsswitch.conf", "passwd: files\nsudoers: files sss\n");
    assert_eq!(found(&world), ["sudo-without-rule"]);
    world.run("doctor -q").exits(0);
    for (from, to, code) in [
        ("env_reset, !setenv", "!env_reset", "sudo-keeps-variables"),
        ("!setenv", "setenv", "sudo-keeps-variables"),
        ("NOSETENV:", "SETENV:", "sudo-keeps-variables"),
        ("umask_override", "umask_override, env_keep += \"PATH\"", "sudo-keeps-variables"),
        ("NOSETENV: /usr/bin/cleotp", "NOSETENV: ALL", "sudo-opens-all"),
        ("NOSETENV: /usr/bin/cleotp", "NOSETENV: /opt/cleotp", "sudo-program-missing"),
    ] {
        let world = World::in_use("C");
        assert!(RULE.contains(from), "{from}");
        installed(&world, &RULE.replace(from, to));
        assert_eq!(found(&world), [code], "{to}");
    }
    let modes = |world: &World| {
        installed(world, RULE);
        set_mode(&world.machine().join("etc/sudoers.d/cleotp"), 0o664);
        set_mode(&world.machine().join("usr/bin/cleotp"), 0o775);
    };
    let world = World::in_use("C");
    modes(&world);
    assert_eq!(found(&world), ["sudo-rule-writable", "sudo-program-writable"]);
    let opens = |world: &World| {
        let rule = RULE.replace("NOSETENV: /usr/bin/cleotp", "SETENV: ALL");
        installed(world, &rule);
    };
    insta::assert_snapshot!(
        [in_both("doctor -q", delegate), in_both("doctor -q", modes), in_both("doctor -q", opens)].join("\n")
    );
}

#[test]
fn h12_room_for_files_and_the_disk_of_the_spool_are_judged_too() {
    let few = |files_free| {
        move |world: &World| {
            let mut disk = world.disks.0.get();
            disk.files_free = files_free;
            world.disks.0.set(disk);
        }
    };
    for (files_free, codes) in [(1_000, [].as_slice()), (999, &["inodes-low"]), (3, &["inodes-low"])] {
        let world = World::in_use("C");
        few(files_free)(&world);
        assert_eq!(found(&world), codes);
    }
    // A file system without a bound counts none.
    let world = World::in_use("C");
    let mut disk = world.disks.0.get();
    (disk.files, disk.files_free) = (0, 0);
    world.disks.0.set(disk);
    assert!(found(&world).is_empty());
    let other = |world: &World| {
        fs::create_dir(world.beside("spool")).unwrap();
        set_mode(&world.beside("spool"), 0o700);
        let path = world.home().join("config.toml");
        fs::write(&path, format!("spool = \"{}\"\n", world.beside("spool").display())).unwrap();
        let mut disk = world.disks.0.get();
        (disk.device, disk.free, disk.files_free) = (2, 1, 999);
        world.disks.1.set(Some(disk));
    };
    let world = World::in_use("C");
    other(&world);
    assert_eq!(found(&world), ["disk-low", "inodes-low"]);
    // On the disk of the home it is told once.
    let mut disk = world.disks.1.get().unwrap();
    disk.device = 1;
    world.disks.1.set(Some(disk));
    assert!(found(&world).is_empty());
    insta::assert_snapshot!([in_both("doctor -q", few(3)), in_both("doctor -q", other)].join("\n"));
}

#[test]
fn h11_who_keeps_the_log_from_being_folded_is_named() {
    let held = |world: &World| {
        let [wal, index] = ["cleotp.db-wal", "cleotp.db-shm"].map(|name| world.home().join(name));
        File::create(&wal).unwrap().set_len(65 * 1024 * 1024).unwrap();
        File::create(&index).unwrap();
        [&wal, &index].into_iter().for_each(|path| set_mode(path, 0o600));
        let inode = index.metadata().unwrap().ino();
        lay(world, "proc/locks", &format!("1: POSIX  ADVISORY  READ 4711 fe:00:{inode} 124 124\n"));
        lay(world, "proc/4711/comm", "cleotp\n");
    };
    insta::assert_snapshot!(in_both("doctor -q", held));
}

#[test]
fn what_commands_and_restores_have_left_in_the_home_is_found() {
    let leaves = |name: &'static str, age: i64| {
        move |world: &World| {
            let path = world.home().join(name);
            fs::write(&path, "").unwrap();
            set_mode(&path, 0o600);
            File::options().write(true).open(&path).unwrap().set_modified(at(world.time_now() - age)).unwrap();
        }
    };
    let day = 86_400;
    for (name, age, codes, exit) in [
        ("slip.pdf.part", 3_601, ["left-unfinished"].as_slice(), 1),
        ("slip.pdf.part", 3_599, &[], 0),
        ("cleotp.db.before-restore", day, &["left-before-restore"], 0),
        ("cleotp.db.before-restore-20261101", 8 * day, &["left-before-restore"], 1),
        ("notes.txt", 900 * day, &[], 0),
    ] {
        let world = World::in_use("C");
        leaves(name, age)(&world);
        assert_eq!(found(&world), codes, "{name}");
        world.run("doctor -q").exits(exit);
    }
    let told = [
        in_both("doctor -q", leaves("slip.pdf.part", 4_000)),
        in_both("doctor -q", leaves("cleotp.db.before-restore", 8 * day)),
    ];
    insta::assert_snapshot!(told.join("\n"));
}
