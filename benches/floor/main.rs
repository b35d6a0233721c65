//! What a part of the program cannot be faster than, whatever is written around it.
//!
//! `cargo bench --bench floor -- [THREADS [SECONDS]]` prints the hashes per second that Argon2id alone allows: the floor of
//! `check --batch`.
//!
//! `cargo bench --bench floor -- rows` prints how long SQLite takes for the rows of 100,000 keys: the floor of `import`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    reason = "a measurement may fail loudly, reads the clock and prints"
)]

mod hashes;
mod rows;

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if words.first().is_some_and(|word| word == "rows") {
        rows::measure();
    } else {
        let mut numbers = words.iter().filter_map(|word| word.parse().ok());
        hashes::measure(numbers.next(), numbers.next());
    }
}
