//! Several documents in one file, and either name of a standard and its drafts.

use super::*;

#[test]
fn the_standard_and_its_drafts_are_read_by_either_name() {
    let read_as = |name: &str, format| {
        let mut source = std::io::Cursor::new(fixture(name));
        let survey = survey(&mut source).unwrap();
        let options = SieveOptions { allow_weak_seeds: false, partial: false, now: NOW };
        let mut keys = 0;
        let format = read(&mut source, &survey, format, &Guidance::default(), options, &mut |item| match item {
            Sifted::Key(..) => keys += 1,
            Sifted::Anew => keys = 0,
            _ => {}
        });
        (format.unwrap().format.name(), keys)
    };
    assert_eq!(read_as("pskc-demo.xml", None), ("pskc-1.0", 5));
    assert_eq!(read_as("pskc-draft-02.xml", None), ("pskc-draft", 4));
    assert_eq!(read_as("pskc-demo.xml", Some(Format::PskcDraft)), ("pskc-draft", 5));
    assert_eq!(read_as("pskc-draft-02.xml", Some(Format::Pskc)), ("pskc-1.0", 4));
}

#[test]
fn a_container_that_is_not_closed_loses_no_key_of_the_next_one() {
    for (first, end, second, keys) in [
        ("sdtid-fob.xml", "</TKNBatch>", "sdtid-mac-align.xml", 2),
        ("aladdin-demo.dat", "</Tokens>", "aladdin-not-closed.xml", 4),
        ("deepnet-dualshield.xml", "</data>", "deepnet-dualshield-v5.xml", 3),
        ("deepnet-uap.xml", "</tokenList>", "deepnet-uap-event.xml", 3),
    ] {
        let [closed, second] = [first, second].map(|name| String::from_utf8(fixture(name)).unwrap());
        let second = second.trim_start_matches('\u{feff}').trim_start();
        let open = closed.trim_end().strip_suffix(end).unwrap();
        let declaration = if second.starts_with("<?xml") { "" } else { "<?xml version=\"1.0\"?>\n" };
        let root_alone = second.split_once("?>").map_or(second, |(_, rest)| rest);
        for (file, is_told) in [
            (format!("{closed}{declaration}{second}"), false),
            (format!("{open}{declaration}{second}"), true),
            (format!("{open}\u{feff}{declaration}{second}"), true),
            (format!("{open}{root_alone}"), true),
        ] {
            let outcome = run(file.as_bytes(), &Guidance::default(), false);
            assert!(outcome.findings.iter().all(|finding| !finding.is_error()), "{first}: {}", told(&outcome));
            let line = 1 + closed[..closed.rfind(end).unwrap()].matches('\n').count() as u64;
            let told_of_it = outcome.findings.iter().any(|finding| {
                finding.problem == Problem::ContainerNotClosed && (line..line + 2).contains(&finding.line)
            });
            assert_eq!((outcome.keys.len(), told_of_it), (keys, is_told), "{first}: {}", told(&outcome));
        }
    }
    // Where more than the root is open, something is missing.
    let file = String::from_utf8(fixture("deepnet-dualshield.xml")).unwrap();
    let open = file.split("</tokens>").next().unwrap();
    let outcome = run(format!("{open}<?xml version='1.0'?>{file}").as_bytes(), &Guidance::default(), false);
    assert!(told(&outcome).ends_with(" truncated"), "{}", told(&outcome));
    // And what the first declared does not hold for the second.
    let second = file.replace("<header>", "<footer>").replace("</header>", "</footer>");
    let outcome = run(format!("{file}<?xml version='1.0'?>{second}").as_bytes(), &Guidance::default(), false);
    assert!(told(&outcome).ends_with(" element-missing"), "{}", told(&outcome));
}
