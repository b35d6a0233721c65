//! A JSON document cut into its keys: only as much of it is in memory as one of them takes, and that is wiped.
//!
//! What is cut out is read by serde_json; here it only matters where each value begins and ends.

use crate::import::Input;
use crate::import::finding::Finding;
use crate::import::problem::Problem;
use crate::import::record::wide;
use zeroize::Zeroizing;

/// The most bytes of one value.
const LONGEST: usize = 16 * 1024;

/// A value of the document, from the place where it begins.
pub(super) struct Piece {
    /// Its line, from 1.
    pub line: u64,
    /// Its column, from 1.
    pub column: u64,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// What the scanner is in.
enum State {
    /// Nothing was read.
    Begin,
    /// The array of keys, which stands alone or in an object.
    Array { in_object: bool },
    /// All is read.
    Done,
}

/// A document that is being cut.
pub(super) struct Scanner<'a, 'b> {
    input: &'a mut Input<'b>,
    state: State,
    line: u64,
    column: u64,
}

impl<'a, 'b> Scanner<'a, 'b> {
    /// Begins with a document.
    pub(super) fn new(input: &'a mut Input<'b>) -> Self {
        Self { input, state: State::Begin, line: 1, column: 1 }
    }

    /// Gives the next key.
    ///
    /// # Errors
    /// A finding for what is no JSON, or too large.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, Finding> {
        loop {
            match self.state {
                State::Begin => {
                    if let Some(single) = self.begin()? {
                        self.state = State::Done;
                        self.expect_end()?;
                        return Ok(Some(single));
                    }
                }
                State::Array { in_object } => {
                    if let Some(key) = self.element()? {
                        return Ok(Some(key));
                    }
                    self.state = State::Done;
                    if in_object {
                        self.rest_of_object()?;
                    }
                    self.expect_end()?;
                }
                State::Done => return Ok(None),
            }
        }
    }

    /// Reads up to the first key of an array; gives the object itself when it has no array, being one key.
    fn begin(&mut self) -> Result<Option<Piece>, Finding> {
        match self.skip_blanks()? {
            Some(b'[') => {
                self.advance()?;
                self.begin_array(false)?;
                return Ok(None);
            }
            Some(b'{') => {}
            _ => return Err(self.malformed()),
        }
        let mut single = self.piece();
        single.bytes.push(b'{');
        self.advance()?;
        if self.skip_blanks()? == Some(b'}') {
            self.advance()?;
            single.bytes.push(b'}');
            return Ok(Some(single));
        }
        loop {
            let name = self.value()?;
            self.expect(b':')?;
            if name.bytes.as_slice() == b"\"value\"" && self.skip_blanks()? == Some(b'[') {
                self.advance()?;
                self.begin_array(true)?;
                return Ok(None);
            }
            let value = self.value()?;
            let room = [name.bytes.len(), value.bytes.len(), single.bytes.len()].iter().sum::<usize>();
            if room > LONGEST {
                return Err(self.finding(Problem::JsonTooLong { allowed: wide(LONGEST) }));
            }
            // A new buffer for each step, so that no copy of a secret is left behind by one that grew.
            let separator: &[u8] = if single.bytes.len() > 1 { b"," } else { b"" };
            single.bytes = Zeroizing::new([&single.bytes, separator, &name.bytes, b":", &value.bytes].concat());
            match self.skip_blanks()? {
                Some(b',') => self.advance()?,
                Some(b'}') => {
                    self.advance()?;
                    single.bytes = Zeroizing::new([single.bytes.as_slice(), b"}"].concat());
                    return Ok(Some(single));
                }
                _ => return Err(self.malformed()),
            }
        }
    }

    fn begin_array(&mut self, in_object: bool) -> Result<(), Finding> {
        self.state = State::Array { in_object };
        // Nothing stands between the bracket and the first element: what `element` wants before each other one.
        match self.skip_blanks()? {
            Some(b',') => Err(self.malformed()),
            _ => Ok(()),
        }
    }

    /// Reads the next element of the array, or its end.
    fn element(&mut self) -> Result<Option<Piece>, Finding> {
        match self.skip_blanks()? {
            Some(b']') => {
                self.advance()?;
                return Ok(None);
            }
            Some(b',') => {
                self.advance()?;
                if self.skip_blanks()? == Some(b']') {
                    return Err(self.malformed());
                }
            }
            _ => {}
        }
        let value = self.value()?;
        match self.skip_blanks()? {
            Some(b',' | b']') => Ok(Some(value)),
            _ => Err(self.malformed()),
        }
    }

    /// Passes over the members behind the array.
    fn rest_of_object(&mut self) -> Result<(), Finding> {
        loop {
            match self.skip_blanks()? {
                Some(b'}') => return self.advance(),
                Some(b',') => {
                    self.advance()?;
                    self.pass_value()?;
                    self.expect(b':')?;
                    self.pass_value()?;
                }
                _ => return Err(self.malformed()),
            }
        }
    }

    /// Cuts out one value: up to what ends it, whatever is nested in it.
    fn value(&mut self) -> Result<Piece, Finding> {
        self.skip_blanks()?;
        let mut piece = self.piece();
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        while let Some(byte) = self.peek()? {
            let ends =
                !in_text && depth == 0 && (matches!(byte, b',' | b':' | b']' | b'}') || byte.is_ascii_whitespace());
            if ends {
                break;
            }
            if piece.bytes.len() >= LONGEST {
                return Err(self.finding(Problem::JsonTooLong { allowed: wide(LONGEST) }));
            }
            piece.bytes.push(byte);
            self.advance()?;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth = depth.saturating_add(1),
                b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && !in_text && matches!(byte, b'"' | b'}' | b']') {
                break;
            }
        }
        if piece.bytes.is_empty() || depth > 0 || in_text {
            return Err(self.malformed());
        }
        Ok(piece)
    }

    /// Passes over one value, which has to be JSON too.
    fn pass_value(&mut self) -> Result<(), Finding> {
        let Piece { line, column, bytes } = self.value()?;
        let checked = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes);
        checked.map(|_| ()).map_err(|_| Finding::at(line, column, Problem::JsonMalformed))
    }

    fn piece(&self) -> Piece {
        // So much that it never moves.
        let bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        Piece { line: self.line, column: self.column, bytes }
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Finding> {
        if self.skip_blanks()? == Some(wanted) { self.advance() } else { Err(self.malformed()) }
    }

    fn expect_end(&mut self) -> Result<(), Finding> {
        match self.skip_blanks()? {
            None => Ok(()),
            Some(_) => Err(self.finding(Problem::ContentAfterEnd)),
        }
    }

    fn skip_blanks(&mut self) -> Result<Option<u8>, Finding> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.advance()?;
        }
        Ok(None)
    }

    fn peek(&mut self) -> Result<Option<u8>, Finding> {
        match self.input.fill_buf() {
            Ok(available) => Ok(available.first().copied()),
            Err(_) => Err(self.finding(Problem::Unreadable)),
        }
    }

    /// Goes on by one byte.
    fn advance(&mut self) -> Result<(), Finding> {
        match self.peek()? {
            Some(b'\n') => (self.line, self.column) = (self.line.saturating_add(1), 1),
            Some(byte) if byte & 0xc0 != 0x80 => self.column = self.column.saturating_add(1),
            Some(_) => {}
            None => return Err(self.finding(Problem::Truncated)),
        }
        self.input.consume(1);
        Ok(())
    }

    fn finding(&self, problem: Problem) -> Finding {
        Finding::at(self.line, self.column, problem)
    }

    /// What the document has here, it may not have.
    fn malformed(&mut self) -> Finding {
        let ended = matches!(self.peek(), Ok(None));
        self.finding(if ended { Problem::Truncated } else { Problem::JsonMalformed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Result<Vec<(u64, String)>, &'static str> {
        let mut input = text.as_bytes();
        let mut scanner = Scanner::new(&mut input);
        let mut pieces = Vec::new();
        loop {
            match scanner.next() {
                Ok(Some(piece)) => pieces.push((piece.line, String::from_utf8(piece.bytes.to_vec()).unwrap())),
                Ok(None) => return Ok(pieces),
                Err(finding) => return Err(finding.problem.code()),
            }
        }
    }

    fn pieces(of: &[(u64, &str)]) -> Result<Vec<(u64, String)>, &'static str> {
        Ok(of.iter().map(|(line, text)| (*line, (*text).to_owned())).collect())
    }

    #[test]
    fn keys_are_cut_out_of_each_of_the_three_shapes() {
        assert_eq!(cut("[{\"a\":1},\n {\"b\":[{}]}]"), pieces(&[(1, "{\"a\":1}"), (2, "{\"b\":[{}]}")]));
        let wrapped = "{\"@context\":\"#$delta\",\n\"value\":[\n{\"a\":\"]}\\\"\"}], \"next\" : {\"x\":[]} }\n";
        assert_eq!(cut(wrapped), pieces(&[(3, "{\"a\":\"]}\\\"\"}")]));
        assert_eq!(cut("\n{ \"a\" : 1 , \"value\":\"x\" }"), pieces(&[(2, "{\"a\":1,\"value\":\"x\"}")]));
        assert_eq!(cut(" [ ] "), pieces(&[]));
        assert_eq!(cut("{}"), pieces(&[(1, "{}")]));
    }

    #[test]
    fn what_is_no_json_or_stops_is_told() {
        for text in ["[{\"a\":1}", "[{\"a\":1", "{\"value\":[", "{\"a\":\"b", "[", "{", "{\"value\":[]", "[1,"] {
            assert_eq!(cut(text), Err("truncated"), "{text}");
        }
        for text in ["[,]", "[{},]", "[{} {}]", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"value\":[],}", "[}", "{]", "7"] {
            assert_eq!(cut(text), Err("json-malformed"), "{text}");
        }
        assert_eq!(cut("[] []"), Err("content-after-end"));
        assert_eq!(cut(&format!("[\"{}\"]", "x".repeat(LONGEST))), Err("json-too-long"));
    }
}
