//! Numbers and dates of vendors' files at the limits of every variable, and beyond: taken, or refused in words.

use crate::bad_input::in_both;
use crate::bad_words::{DATES, NUMBERS};
use crate::support::World;

/// A file with one key, in which a place can be filled in.
const PSKC: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">
  <KeyPackage>
    <DeviceInfo><SerialNo>SERIAL</SerialNo>DATES</DeviceInfo>
    <Key Id="SERIAL" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
      <AlgorithmParameters><Suite>SHA1</Suite><ResponseFormat Encoding="DECIMAL" Length="LENGTH"/></AlgorithmParameters>
      <Data>
        <Secret><PlainValue>3SR0NJGL1j42TfFVBvdT756eI7s=</PlainValue></Secret>
        VALUES
      </Data>
    </Key>
  </KeyPackage>
</KeyContainer>
"#;

/// Names of values that hold a number.
const VALUES: [&str; 4] = ["Time", "TimeInterval", "TimeDrift", "Counter"];

fn pskc(serial: usize, length: &str, values: &str, dates: &str) -> String {
    let text = PSKC.replace("SERIAL", &format!("90{serial:04}")).replace("LENGTH", length);
    text.replace("VALUES", values).replace("DATES", dates)
}

/// Gives one file for each number and date in each place where one may stand.
fn files() -> Vec<(String, String)> {
    let interval = "<TimeInterval><PlainValue>60</PlainValue></TimeInterval>";
    let mut files = Vec::new();
    for number in NUMBERS {
        let serial = files.len();
        files.push((format!("length-{serial}.xml"), pskc(serial, number, interval, "")));
        for name in VALUES {
            let serial = files.len();
            let value = format!("<{name}><PlainValue>{number}</PlainValue></{name}>");
            let others = if name == "TimeInterval" { "" } else { interval };
            files.push((format!("{name}-{serial}.xml"), pskc(serial, "6", &format!("{value}{others}"), "")));
        }
        for (digits, period) in [(number, "60"), ("6", number), (number, number)] {
            let serial = files.len();
            let row = format!("90{serial:04},4459cb2b9ea4351604d2ec9d0dd24ff6be008d45,totp,{digits},{period}\n");
            files.push((format!("list-{serial}.csv"), row));
        }
        let serial = files.len();
        let header = "upn,serial number,secret key,time interval,manufacturer,model\n";
        let row = format!("{header},90{serial:04},WJCAOBBQU7Y7QX6H4BXRXEK4G7WFIBS6,{number},A,B\n");
        files.push((format!("entra-{serial}.csv"), row));
    }
    for date in DATES {
        for name in ["StartDate", "ExpiryDate"] {
            let serial = files.len();
            let date = format!("<{name}>{date}</{name}>");
            files.push((format!("{name}-{serial}.xml"), pskc(serial, "6", interval, &date)));
        }
    }
    files
}

#[test]
fn no_number_or_date_of_a_vendor_is_a_defect() {
    let world = World::furnished("C");
    let (mut taken, mut refused) = (0, 0);
    for (name, contents) in files() {
        world.lay(&name, contents.as_bytes());
        let told = world.run(&format!("import TMP/{name} --allow-weak-seeds"));
        match told.exit {
            0 => taken += 1,
            65 => refused += 1,
            _ => panic!("{contents}\n{}", told.shown()),
        }
        assert!(told.exit == 0 || told.err.contains("\nhint: "), "{}", told.shown());
    }
    assert!(taken > 30 && refused > 100, "{taken} taken, {refused} refused");
    for line in ["key list", "key list -o json", "key list -o csv", "audit list", "audit verify"] {
        world.run(line).exits(0);
    }
    let keys = world.run("key list -o json").exits(0).json();
    for key in keys["keys"].as_array().unwrap() {
        let told = world.run(&format!("key show {}", key["serial"].as_str().unwrap())).exits(0);
        assert!(told.err.is_empty(), "{}", told.shown());
        let period = key["period"].as_i64().unwrap();
        assert!((10..=300).contains(&period) && (6..=8).contains(&key["digits"].as_i64().unwrap()), "{key}");
    }
    // A key with the oddest values that were taken is looked at like any other.
    world.run("doctor").exits(0);
}

#[test]
fn a_number_or_date_that_cannot_be_is_told_by_its_line() {
    let said = in_both(|lang| {
        let world = World::furnished(lang);
        world.forget();
        let interval = "<TimeInterval><PlainValue>60</PlainValue></TimeInterval>";
        let huge = "99999999999999999999";
        for (name, contents) in [
            ("length.xml", pskc(1, huge, interval, "")),
            ("period.xml", pskc(2, "6", &interval.replace("60", huge), "")),
            (
                "drift.xml",
                pskc(4, "6", &format!("<TimeDrift><PlainValue>{huge}</PlainValue></TimeDrift>{interval}"), ""),
            ),
            ("date.xml", pskc(5, "6", interval, "<ExpiryDate>2026-02-30T00:00:00Z</ExpiryDate>")),
            ("digits.csv", format!("900006,4459cb2b9ea4351604d2ec9d0dd24ff6be008d45,totp,{huge},60\n")),
            ("period.csv", format!("900007,4459cb2b9ea4351604d2ec9d0dd24ff6be008d45,totp,6,{huge}\n")),
        ] {
            world.lay(name, contents.as_bytes());
            world.run(&format!("import TMP/{name}")).exits(65);
        }
        world.story()
    });
    insta::assert_snapshot!(said);
}
