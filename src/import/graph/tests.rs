use super::*;

#[test]
fn a_hundred_thousand_keys_of_graph_are_read_one_at_a_time() {
    let mut file = String::from("{\"value\":[");
    for number in 0..100_000_u64 {
        let seed: Vec<u8> = (0..20).map(|byte| ((number * 31 + 7) >> (byte % 17)) as u8 ^ (byte as u8 * 13)).collect();
        let seed = data_encoding::BASE32_NOPAD.encode(&[&seed[..12], &number.to_be_bytes()].concat());
        let comma = if number == 0 { "" } else { ",\n" };
        file.push_str(&format!(
            "{comma}{{\"serialNumber\":\"{number}\",\"secretKey\":\"{seed}\",\"timeIntervalInSeconds\":60}}"
        ));
    }
    file.push_str("]}");
    let mut keys = 0;
    let mut input = file.as_bytes();
    read(&mut input, &Guidance::default(), &mut |item| keys += usize::from(matches!(item, Item::Key(_)))).unwrap();
    assert_eq!(keys, 100_000);
}
