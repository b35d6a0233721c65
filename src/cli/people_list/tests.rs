use super::*;

fn users_of(bytes: &[u8]) -> Vec<(u64, String, String)> {
    let list = users(bytes);
    assert!(list.findings.is_empty(), "{:?}", list.findings);
    list.rows.iter().map(|row| (row.line, row.value.login.to_string(), row.value.name.as_str().to_owned())).collect()
}

#[test]
fn lists_of_every_kind_are_read() {
    let expected = vec![(2, "jdupont".to_owned(), "Zoé".to_owned())];
    assert_eq!(users_of("login,name,establishment\njdupont,Zoé,0860034V\n".as_bytes()), expected);
    assert_eq!(users_of("Identifiant;NOM;Établissement(s)\r\njdupont;Zoé;0860034V\r\n".as_bytes()), expected);
    assert_eq!(users_of("\u{feff}nom\tuai\tlogin\nZoé\t0860034V\tjdupont".as_bytes()), expected);
    assert_eq!(users_of(b"login;nom;etablissements\njdupont;Zo\xe9;0860034V + 0860034v"), expected);
}

#[test]
fn lines_are_counted_over_blank_ones_and_quoted_ends() {
    let text = "\r\nlogin;name;uai\r\n\r\na;\"b\";0860034V\r\n;;\r\nc;d;0860034V\r\n";
    assert_eq!(users_of(text.as_bytes()).iter().map(|row| row.0).collect::<Vec<_>>(), [4, 6]);
}

#[test]
fn every_wrong_cell_is_told() {
    let list = users(b"login,name,uai,mail\n-x,,0860034A\nb,B,\nc,C,0860034V,m,\xe9\nd,D,0860034V");
    let found: Vec<_> = list.findings.told.iter().map(|finding| (finding.line, finding.column, finding.code)).collect();
    assert_eq!(
        found,
        [
            (2, Some("login"), "invalid-login"),
            (2, Some("name"), "empty-cell"),
            (2, Some("establishment"), "wrong-uai-letter"),
            (3, Some("establishment"), "empty-cell"),
            (4, None, "surplus-cells"),
        ]
    );
    assert_eq!((list.read, list.rows.len(), list.ignored), (4, 1, vec!["mail".to_owned()]));
}

#[test]
fn a_list_needs_its_columns_and_a_row() {
    let codes = |bytes: &[u8]| establishments(bytes).findings.told.iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(b""), ["no-rows"]);
    assert_eq!(codes(b"uai,name\n"), ["no-rows"]);
    assert_eq!(codes(b"uai,uai\n"), ["column-twice", "column-missing"]);
    assert_eq!(codes("uai,name,".repeat(51).as_bytes()), ["too-many-columns"]);
}

#[test]
fn what_is_told_and_kept_of_a_wrong_list_is_bounded() {
    let list = users(format!("login,name,uai\n{}", "-,,\n".repeat(1000)).as_bytes());
    assert_eq!((list.findings.total(), list.findings.told.len()), (3000, 100));
    let list = users(format!("login,name,uai\n{},Name,0860034V\n", "x".repeat(100_000)).as_bytes());
    assert!(
        list.findings.told[0].sentence(&crate::cli::locale::Words::of(crate::cli::locale::Language::English)).len()
            < 200
    );
}

#[test]
fn a_list_of_keys_is_read_as_a_delivery_note_is_written() {
    let list = serials("N° de série;Modèle\r\n000103142718;C200\r\n;\r\n-x;C200\r\n103142719;C200\r\n".as_bytes());
    let read: Vec<_> = list.rows.iter().map(|row| (row.line, row.value.as_str())).collect();
    assert_eq!(read, [(2, "103142718"), (5, "103142719")]);
    let [wrong] = &list.findings.told[..] else { panic!("{:?}", list.findings) };
    assert_eq!((wrong.line, wrong.column, wrong.code), (4, Some("serial"), "invalid-serial"));
    assert_eq!(list.ignored, ["Modèle"]);
}
