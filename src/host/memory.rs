//! Memory that the kernel is not to lend to the disk.

/// Keeps a value in memory until the process ends, as far as the limit of the account lets it (`RLIMIT_MEMLOCK`): the keys of an open
/// vault are a few hundred bytes of a page or two.
///
/// It covers the value where it lies, and neither what is copied out of it to be computed with nor the memory of Argon2: what never
/// meets a disk in clear is a swap that is encrypted, or none. A refusal is no reason to stop.
pub fn keep_in_memory<T>(value: &T) -> bool {
    // Nothing unlocks the page: it would be open for the moment until the value is wiped.
    region::lock(std::ptr::from_ref(value), size_of::<T>()).map(std::mem::forget).is_ok()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests look at what the kernel says")]
mod tests {
    use super::*;

    #[test]
    fn f03_what_is_to_stay_in_memory_is_locked_there_or_the_limit_refuses() {
        let locked = || {
            let status = std::fs::read_to_string("/proc/self/status").unwrap();
            let line = status.lines().find(|line| line.starts_with("VmLck:")).unwrap().to_owned();
            line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
        };
        let before = locked();
        // Larger than a page, so that no page of it was locked before.
        let value = Box::new([7_u8; 32 * 1024]);
        let is_kept = keep_in_memory(value.as_ref());
        assert!(!is_kept || locked() >= before + 32, "{before} {}", locked());
        assert_eq!(value[0], 7);
    }
}
