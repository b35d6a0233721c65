//! python-pskc writes containers by every cipher, MAC and derivation that it has.

use crate::support::World;
use std::path::Path;
use std::process::Command;

/// Where `tests/run` puts a Python that has the package.
fn python() -> Option<std::path::PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python-pskc/bin/python");
    let found = Command::new(&path).args(["-c", "import pskc"]).status().is_ok_and(|status| status.success());
    if !found {
        println!("skipped for want of python-pskc");
    }
    found.then_some(path)
}

#[test]
fn what_python_pskc_writes_comes_in_with_the_same_seeds() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/write_pskc.py");
    let written = Command::new(python).arg(script).arg(folder.path()).output().unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let world = World::empty("C");
    world.run("init").exits(0);
    let lay = |name: &str| drop(world.lay(name, &std::fs::read(folder.path().join(name)).unwrap()));
    let mut names: Vec<String> =
        folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.iter().for_each(|name| lay(name));
    // The same keys in clear come in first: what is identical has their seeds, digits and periods.
    for plain in ["plain.xml", "plain-whole.xml"] {
        world.run(&format!("import TMP/{plain}")).exits(0);
    }
    let mut opened = 0;
    for name in names.iter().filter(|name| name.ends_with(".xml") && !name.starts_with("plain")) {
        let secret = if name.starts_with("passphrase") {
            "--passphrase-file TMP/passphrase.key".to_owned()
        } else {
            format!("--psk-file TMP/{}.key", name.split('.').nth(1).unwrap())
        };
        let told = world.run(&format!("import TMP/{name} {secret} -o json")).exits(0);
        let file = &told.json()["files"][0];
        assert_eq!((&file["identical"], &file["read"]), (&2.into(), &2.into()), "{name}: {}", told.shown());
        opened += 1;
    }
    assert!(opened > 100, "{opened}");
}
