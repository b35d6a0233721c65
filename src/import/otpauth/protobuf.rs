//! The wire format of Protocol Buffers, as much as two small messages need: varints, and pieces with a length.

/// A field of a message: its number, and what it holds.
pub(super) type Field<'a> = (u64, Value<'a>);

/// What a field holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A varint.
    Number(u64),
    /// Bytes: a text, a secret, a message.
    Bytes(&'a [u8]),
    /// Four or eight bytes, which these messages never have: for fields of a later version.
    Fixed,
}

/// The bytes are no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no message")]
pub(super) struct Malformed;

/// Reads the fields of a message.
pub(super) fn fields(message: &[u8]) -> impl Iterator<Item = Result<Field<'_>, Malformed>> {
    let mut rest = message;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let field = field(&mut rest).ok_or(Malformed);
        if field.is_err() {
            rest = &[];
        }
        Some(field)
    })
}

fn field<'a>(rest: &mut &'a [u8]) -> Option<Field<'a>> {
    let key = varint(rest)?;
    let value = match key & 7 {
        0 => Value::Number(varint(rest)?),
        1 => take(rest, 8).map(|_| Value::Fixed)?,
        2 => {
            let length = usize::try_from(varint(rest)?).ok()?;
            Value::Bytes(take(rest, length)?)
        }
        5 => take(rest, 4).map(|_| Value::Fixed)?,
        _ => return None,
    };
    Some((key >> 3, value)).filter(|(number, _)| *number > 0)
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

/// Reads seven bits of each byte, the lowest first, ten bytes at most.
fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value: u64 = 0;
    for shift in (0_u32..64).step_by(7) {
        let [byte] = take(rest, 1)? else { return None };
        let bits = u64::from(byte & 0x7f);
        // The tenth byte has room for one bit.
        if shift == 63 && bits > 1 {
            return None;
        }
        value |= bits.checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &[u8]) -> Result<Vec<Field<'_>>, Malformed> {
        fields(message).collect()
    }

    #[test]
    fn numbers_and_pieces_are_read() {
        let message = [0x08, 0x96, 0x01, 0x12, 0x02, 7, 8, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x25, 1, 2, 3, 4];
        let expected = vec![(1, Value::Number(150)), (2, Value::Bytes(&[7, 8])), (3, Value::Fixed), (4, Value::Fixed)];
        assert_eq!(read(&message), Ok(expected));
        let largest = [[0xff; 9].as_slice(), &[0x01]].concat();
        assert_eq!(read(&[&[0x08], largest.as_slice()].concat()), Ok(vec![(1, Value::Number(u64::MAX))]));
    }

    #[test]
    fn what_is_cut_or_impossible_is_no_message() {
        let too_long = [[0x08].as_slice(), &[0xff; 10]].concat();
        let too_large = [[0x08].as_slice(), &[0xff; 9], &[0x02]].concat();
        for message in [&[0x08][..], &[0x12, 3, 1], &[0x0b], &[0x00, 0], &[0x19, 1], &too_long, &too_large] {
            assert_eq!(read(message), Err(Malformed), "{message:?}");
        }
    }
}
