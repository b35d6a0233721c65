//! What Argon2id alone allows: the default profile (4 MiB, 3 passes), its memory kept, on as many threads as asked for.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Prints hashes per second.
pub(crate) fn measure(threads: Option<u64>, seconds: Option<u64>) {
    let all = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let (threads, seconds) = (threads.unwrap_or(all), seconds.unwrap_or(3));
    let hashed = AtomicU64::new(0);
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let params = Params::new(4096, 3, 1, Some(32)).unwrap();
                let mut memory = vec![Block::new(); params.block_count()];
                let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
                let mut out = [0; 32];
                while began.elapsed() < Duration::from_secs(seconds) {
                    argon.hash_password_into_with_memory(&[7; 32], &[9; 16], &mut out, &mut memory).unwrap();
                    hashed.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("{:.1}", hashed.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64());
}
