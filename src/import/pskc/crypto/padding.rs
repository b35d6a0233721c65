//! The end of a value of whole blocks: what of it is padding.

use super::super::super::problem::Problem;
use zeroize::Zeroizing;

/// The usual sizes of seeds: the outputs of SHA-1, SHA-256 and SHA-512.
const USUAL_SEEDS: [usize; 3] = [20, 32, 64];
/// The sizes of seeds that need no padding: whole blocks of 16 bytes.
const WHOLE_BLOCKS: [usize; 4] = [16, 32, 48, 64];
/// The one besides that is whole blocks of 8 bytes.
const WHOLE_SMALL_BLOCKS: usize = 24;

/// Gives the length without a valid padding of PKCS#7, if there is one.
pub(super) fn pkcs7_length(padded: &[u8], block: usize) -> Option<usize> {
    let length = counted_length(padded, block)?;
    let count = *padded.last()?;
    if padded.get(length..)?.iter().all(|byte| *byte == count) { Some(length) } else { None }
}

/// Gives the length without as many bytes as the last one counts, whatever the others are.
fn counted_length(padded: &[u8], block: usize) -> Option<usize> {
    let count = usize::from(*padded.last()?);
    if (1..=block).contains(&count) { padded.len().checked_sub(count) } else { None }
}

/// Gives every length that the value can have: padded by PKCS#7, padded at random, or not at all.
pub(super) fn lengths(padded: &[u8], block: usize) -> impl Iterator<Item = usize> {
    let pkcs7 = pkcs7_length(padded, block);
    let random = counted_length(padded, block).filter(|_| pkcs7.is_none());
    [pkcs7, random, Some(padded.len())].into_iter().flatten()
}

/// Takes the padding off a value whose MAC was right.
///
/// RFC 6030 section 6.4 asks for padding only where the length needs it, and generic XML encryption pads at random, with
/// the count in the last byte. Where two of these readings give a seed, none is guessed at.
///
/// # Errors
/// [`Problem::PaddingAmbiguous`], or [`Problem::PaddingWrong`] where no reading is left.
pub(super) fn strip(padded: Zeroizing<Vec<u8>>, block: usize) -> Result<Zeroizing<Vec<u8>>, Problem> {
    if let Some(length) = pkcs7_length(&padded, block) {
        let is_doubtful = is_doubtful(padded.len(), length, block);
        return if is_doubtful { Err(Problem::PaddingAmbiguous) } else { Ok(truncated(padded, length)) };
    }
    match (counted_length(&padded, block), may_be_whole(padded.len(), block)) {
        (Some(length), true) if USUAL_SEEDS.contains(&length) => Err(Problem::PaddingAmbiguous),
        (_, true) => Ok(padded),
        (Some(length), false) => Ok(truncated(padded, length)),
        (None, false) => Err(Problem::PaddingWrong),
    }
}

/// Gives the length without a padding of PKCS#7 that is hardly there by chance: only it tells the right key from a wrong one.
pub(super) fn proved_length(padded: &[u8], block: usize) -> Option<usize> {
    pkcs7_length(padded, block).filter(|length| !is_doubtful(padded.len(), *length, block))
}

/// Tells whether a seed of so many bytes needs no padding.
fn may_be_whole(length: usize, block: usize) -> bool {
    WHOLE_BLOCKS.contains(&length) || (block == 8 && length == WHOLE_SMALL_BLOCKS)
}

/// Tells whether a padding may be none: any bytes end in a 1 once in 256, and no seed is one byte short of whole blocks.
fn is_doubtful(padded: usize, length: usize, block: usize) -> bool {
    may_be_whole(padded, block) && length.saturating_add(1) == padded
}

/// Cuts bytes off the end; what is behind it is wiped with the rest.
pub(super) fn truncated(mut bytes: Zeroizing<Vec<u8>>, length: usize) -> Zeroizing<Vec<u8>> {
    bytes.truncate(length);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_tail(length: usize, tail: &[u8]) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([vec![0xaa; length - tail.len()], tail.to_vec()].concat())
    }

    #[test]
    fn padding_is_stripped_and_never_guessed() {
        let strip = |length, tail: &[u8]| strip(with_tail(length, tail), 16).map(|bytes| bytes.len());
        assert_eq!(strip(32, &[12; 12]), Ok(20));
        assert_eq!(strip(32, &[16; 16]), Ok(16));
        assert_eq!(strip(32, &[2, 2]), Ok(30));
        assert_eq!(strip(32, &[0xbb]), Ok(32));
        assert_eq!(strip(32, &[7]), Ok(32));
        assert_eq!(strip(80, &[9, 9, 16]), Ok(64));
        assert_eq!(strip(32, &[9, 9, 12]), Err(Problem::PaddingAmbiguous));
        assert_eq!(strip(32, &[1]), Err(Problem::PaddingAmbiguous));
        assert_eq!(strip(80, &[1]), Ok(79));
        assert_eq!(strip(80, &[0xbb]), Err(Problem::PaddingWrong));
        assert_eq!(strip(0, &[]), Err(Problem::PaddingWrong));
    }

    #[test]
    fn blocks_of_8_bytes_are_padded_by_8_at_most() {
        let strip = |length, tail: &[u8]| strip(with_tail(length, tail), 8).map(|bytes| bytes.len());
        assert_eq!(strip(24, &[4; 4]), Ok(20));
        assert_eq!(strip(24, &[9, 9, 9, 4]), Err(Problem::PaddingAmbiguous));
        assert_eq!(strip(24, &[0xbb]), Ok(24));
        assert_eq!(strip(24, &[1]), Err(Problem::PaddingAmbiguous));
        assert_eq!(strip(40, &[9, 8]), Ok(32));
        assert_eq!(strip(32, &[12; 12]), Ok(32));
        assert_eq!(strip(40, &[0xbb]), Err(Problem::PaddingWrong));
    }

    #[test]
    fn every_reading_of_an_end_is_listed() {
        let lengths = |length, tail: &[u8]| lengths(&with_tail(length, tail), 16).collect::<Vec<_>>();
        assert_eq!(lengths(32, &[12; 12]), [20, 32]);
        assert_eq!(lengths(32, &[9, 12]), [20, 32]);
        assert_eq!(lengths(32, &[0xbb]), [32]);
    }
}
