//! The facts that can be told of a vendor file, each with its stable code and its weight.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The row, or the file, cannot be imported.
    Error,
    /// It can, but somebody should know.
    Warning,
}

macro_rules! problems {
    ($($(#[doc = $doc:literal])+ $variant:ident $({ $($field:ident: $type:ty),+ })? = $severity:ident $code:literal;)+) => {
        /// One fact about a vendor file.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Problem {
            $($(#[doc = $doc])+ $variant $({ $(#[doc = "A value of the message."] $field: $type),+ })?,)+
        }

        impl Problem {
            /// Every code, in the order of declaration.
            #[cfg(test)]
            pub const CODES: &[&str] = &[$($code),+];

            /// Gives the stable name of the contract, as `seed-not-base64`.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code),+ }
            }

            /// Tells whether the fact keeps the row out.
            pub fn severity(&self) -> Severity {
                match self { $(Self::$variant { .. } => Severity::$severity),+ }
            }

            /// Gives the named values for the message.
            pub fn arguments(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$variant $({ $($field),+ })? => vec![$($((stringify!($field), $field.to_string())),+)?]),+
                }
            }
        }
    };
}

problems! {
    // The file as a whole.
    /// No byte at all.
    EmptyFile = Error "empty-file";
    /// Only blanks.
    BlankFile = Error "blank-file";
    /// Nothing that detection knows.
    FormatUnknown = Error "format-unknown";
    /// Bytes that are no text.
    BinaryFile = Error "binary-file";
    /// A known format that this version does not read.
    FormatNotSupported { format: &'static str } = Error "format-not-supported";
    /// A picture.
    Picture { format: &'static str } = Error "file-is-a-picture";
    /// An archive, or a file that is compressed.
    Archive { format: &'static str } = Error "file-is-an-archive";
    /// Sheets of a spreadsheet.
    Workbook { format: &'static str } = Error "file-is-a-workbook";
    /// A document for people.
    Document { format: &'static str } = Error "file-is-a-document";
    /// Something to be run.
    Program { format: &'static str } = Error "file-is-a-program";
    /// Another program's tables.
    Database { format: &'static str } = Error "file-is-a-database";
    /// A page of the web.
    WebPage = Error "file-is-a-web-page";
    /// An e-mail.
    Message = Error "file-is-a-message";
    /// XML that is no container of keys.
    NotAContainer { root: String } = Error "not-a-container";
    /// A NUL in the middle of text.
    NulByte = Error "nul-byte";
    /// Bytes that are not in the encoding that the file declares.
    EncodingInvalid = Error "encoding-invalid";
    /// An encoding that is not known.
    EncodingUnknown = Error "encoding-unknown";
    /// Not UTF-8, read as Windows-1252.
    EncodingAssumed = Warning "encoding-assumed";
    /// Not one key.
    NoKeys = Error "no-keys";
    /// More errors than are listed.
    TooManyErrors { total: u64 } = Error "too-many-errors";
    /// More warnings than are listed.
    TooManyWarnings { total: u64 } = Warning "too-many-warnings";
    /// The file could not be read to its end.
    Unreadable = Error "unreadable";
    /// Not the bytes that were there a moment before.
    FileChanged = Error "file-changed";

    // XML.
    /// A document type declaration.
    Doctype = Error "doctype";
    /// An entity other than the five of XML.
    XmlEntity = Error "xml-entity";
    /// Tags that do not match, or worse.
    XmlMalformed = Error "xml-malformed";
    /// Elements too deep.
    XmlTooDeep { allowed: u64 } = Error "xml-too-deep";
    /// Too many attributes on an element.
    XmlTooManyAttributes { allowed: u64 } = Error "xml-too-many-attributes";
    /// Too many namespace declarations on an element.
    XmlTooManyNamespaces { allowed: u64 } = Error "xml-too-many-namespaces";
    /// The name of an element or attribute too long.
    XmlNameTooLong { allowed: u64 } = Error "xml-name-too-long";
    /// The text of an element too long.
    XmlTextTooLong { allowed: u64 } = Error "xml-text-too-long";
    /// One tag, comment or text too long.
    XmlMarkupTooLong { allowed: u64 } = Error "xml-markup-too-long";
    /// Too many elements in one package.
    XmlTooManyElements { allowed: u64 } = Error "xml-too-many-elements";
    /// The file stops in the middle.
    Truncated = Error "truncated";
    /// Only the end tag of the container is missing.
    ContainerNotClosed = Warning "container-not-closed";
    /// Something after the end of the container.
    ContentAfterEnd = Error "content-after-end";
    /// An element twice that may stand once.
    ElementTwice { element: &'static str } = Error "element-twice";

    // PSKC.
    /// A version other than 1.0.
    PskcVersion = Error "pskc-version";
    /// No version.
    PskcVersionMissing = Warning "pskc-version-missing";
    /// A draft older than RFC 6030.
    PskcDraft = Error "pskc-draft";
    /// A signature, which nobody verified.
    SignedNotVerified = Warning "signed-not-verified";
    /// A package without a key.
    PackageWithoutKey = Error "package-without-key";
    /// A key without a secret.
    SecretMissing = Error "secret-missing";
    /// A key that is derived elsewhere (`KeyReference`).
    KeyReference = Error "key-reference";
    /// A value both plain and encrypted.
    TwoValues = Error "two-values";
    /// A package that holds a PIN.
    PinPackage = Warning "pin-package-skipped";
    /// A PIN policy that asks something of the server.
    PinPolicyIgnored = Warning "pin-policy-ignored";
    /// A PIN that takes part in the computation.
    PinAlgorithmic = Error "pin-algorithmic";
    /// A usage without OTP.
    UsageNotOtp = Error "key-usage-not-otp";
    /// A limited number of codes.
    TransactionsLimited = Error "transactions-limited";
    /// A policy that is not understood: the key must not be used.
    PolicyNotUnderstood = Error "policy-not-understood";
    /// Codes that are not decimal.
    ResponseNotDecimal = Error "response-not-decimal";
    /// Codes with an appended check digit.
    CheckDigits = Error "check-digits";
    /// A number that is none, or out of range.
    IntegerMalformed { element: &'static str } = Error "integer-malformed";
    /// A date that is none.
    DateMalformed = Error "date-malformed";
    /// An end before the beginning.
    DatesReversed = Error "dates-reversed";
    /// A `Time` that is not zero.
    TimeIgnored = Warning "time-ignored";

    // SDTID.
    /// An element that must be there.
    ElementMissing { element: &'static str } = Error "element-missing";
    /// A header whose MAC is wrong, while that of a token is right.
    HeaderAltered = Error "header-altered";
    /// A token whose MAC is wrong, while that of the header is right.
    TokenAltered = Error "token-altered";
    /// No MAC is right, and the version is not the one that is known.
    SdtidVersion = Warning "sdtid-version";
    /// Another number of tokens than the header declares.
    TokenCount { declared: u64, found: u64 } = Warning "token-count";
    /// Another first or last token than the header declares.
    TokenRange { declared: String, found: String } = Warning "token-range";
    /// A serial that SecurID cannot have.
    SecurIdSerial = Error "securid-serial";
    /// An interval that SecurID cannot have.
    SecurIdInterval = Error "securid-interval";
    /// A key that is no time key.
    SecurIdMode = Error "securid-mode";
    /// A PIN that is added to the code by the key itself.
    PinInCode = Error "pin-in-code";
    /// The string by which a telephone gets its software token.
    SoftwareToken = Error "software-token";

    // Cryptography.
    /// Encrypted, and no passphrase was given.
    PassphraseNeeded = Error "passphrase-needed";
    /// The passphrase does not fit the file.
    WrongPassphrase = Error "wrong-passphrase";
    /// Encrypted, and no pre-shared key was given.
    PreSharedKeyNeeded = Error "pre-shared-key-needed";
    /// What was given is no key of 16 bytes.
    PreSharedKeyMalformed = Error "pre-shared-key-malformed";
    /// The key does not fit the file.
    WrongPreSharedKey = Error "wrong-pre-shared-key";
    /// Keys that come from a password or a certificate.
    KeySourceNotSupported { source: &'static str } = Error "key-source-not-supported";
    /// A known cipher that this version does not open.
    CipherNotSupported { cipher: &'static str } = Error "cipher-not-supported";
    /// A cipher that nobody knows.
    CipherUnknown = Error "cipher-unknown";
    /// A value that does not name its cipher.
    CipherMissing = Error "cipher-missing";
    /// An encrypted value without ciphertext, or not a whole number of blocks.
    CiphertextMalformed = Error "ciphertext-malformed";
    /// A MAC that nobody knows.
    MacUnknown = Error "mac-unknown";
    /// A MAC key that is only referred to.
    MacKeyReference = Error "mac-key-reference";
    /// A declared MAC that a value lacks.
    MacMissing = Error "mac-missing";
    /// A MAC beside a value, and no method declared.
    MacMethodMissing = Error "mac-method-missing";
    /// An encrypted value without any MAC.
    MacAbsent = Error "mac-absent";
    /// A MAC beside a plain value.
    MacOnPlainValue = Error "mac-on-plain-value";
    /// A MAC that does not fit its value.
    MacMismatch = Error "mac-mismatch";
    /// A padding that fits no rule, after a right MAC.
    PaddingWrong = Error "padding-wrong";
    /// A value that may be padded at random, or not at all.
    PaddingAmbiguous = Error "padding-ambiguous";

    // The database.
    /// The serial is known with another seed or other parameters; the import it came with.
    Conflict { batch: i64 } = Error "conflict";

    // Tables.
    /// A line longer than any key needs.
    LineTooLong { allowed: u64 } = Error "line-too-long";
    /// A quote that nothing closes on its line.
    QuoteNotClosed = Error "quote-not-closed";
    /// A column that the header lacks.
    ColumnMissing { name: &'static str } = Error "column-missing";
    /// A column that the header has twice.
    ColumnTwice { name: &'static str } = Error "column-twice";
    /// Fewer cells than needed.
    TooFewCells { found: u64, expected: u64 } = Error "too-few-cells";
    /// More cells than known.
    TooManyCells { found: u64, expected: u64 } = Error "too-many-cells";
    /// A type left out, taken for time-based.
    TypeAssumed = Warning "type-assumed";
    /// A number that is none.
    NumberMalformed { name: &'static str } = Error "number-malformed";

    // Keys.
    /// No serial.
    SerialMissing = Error "serial-missing";
    /// A serial of more than 40 characters.
    SerialTooLong { allowed: u64 } = Error "serial-too-long";
    /// Characters of a serial that became `-`.
    SerialChanged = Warning "serial-changed";
    /// A serial that a spreadsheet turned into a number.
    SerialScientific = Error "serial-scientific";
    /// A serial with the key's own id appended.
    SerialShared = Warning "serial-shared";
    /// The same row again.
    DuplicateRow { first_line: u64 } = Warning "duplicate-row";
    /// One serial, two seeds.
    SerialTwice { first_line: u64 } = Error "serial-twice";
    /// One seed, two serials.
    SeedTwice { first_line: u64 } = Error "seed-twice";
    /// One seed, two serials, allowed.
    SeedTwiceAllowed { first_line: u64 } = Warning "seed-twice-allowed";
    /// No seed.
    SeedMissing = Error "seed-missing";
    /// A wrong character in base64.
    SeedNotBase64 { position: u64 } = Error "seed-not-base64";
    /// A wrong character in hexadecimal.
    SeedNotHex { position: u64 } = Error "seed-not-hex";
    /// A wrong character in base32.
    SeedNotBase32 { position: u64 } = Error "seed-not-base32";
    /// An odd number of hexadecimal digits.
    SeedOddHex { digits: u64 } = Error "seed-odd-hex";
    /// A length that base32 or base64 cannot have.
    SeedIncomplete { characters: u64 } = Error "seed-incomplete";
    /// Hexadecimal in a column of base32.
    SeedLooksLikeHex = Error "seed-looks-like-hex";
    /// Base32 in a column of hexadecimal.
    SeedLooksLikeBase32 = Error "seed-looks-like-base32";
    /// A seed that a spreadsheet turned into a number.
    SeedDamaged = Error "seed-damaged";
    /// A seed longer than any key has.
    SeedTooLong { bytes: u64, allowed: u64 } = Error "seed-too-long";
    /// Fewer than 128 bits.
    SeedTooShort { bytes: u64 } = Error "seed-too-short";
    /// One byte repeated.
    SeedConstant = Error "seed-constant";
    /// Printed in a standard or manual.
    SeedPublished = Error "seed-published";
    /// A weak seed, allowed.
    WeakSeedAllowed = Warning "weak-seed-allowed";
    /// Sound, but below the recommended 160 bits.
    SeedBelowRecommendation { bytes: u64 } = Warning "seed-below-recommendation";
    /// An algorithm that is known and cannot be stored.
    AlgorithmNotSupported { algorithm: &'static str } = Error "algorithm-not-supported";
    /// An algorithm that nobody knows.
    AlgorithmUnknown = Error "algorithm-unknown";
    /// No algorithm, and nothing to guess it from.
    AlgorithmMissing = Error "algorithm-missing";
    /// No algorithm; guessed from the other values.
    AlgorithmGuessed { algorithm: &'static str } = Warning "algorithm-guessed";
    /// A hash that cannot be stored.
    HashNotSupported = Error "hash-not-supported";
    /// No hash, and a seed of the length of another one's than the assumed SHA-1.
    HashAssumed { bytes: u64 } = Warning "hash-assumed";
    /// Digits outside 6 to 8.
    DigitsOutOfRange = Error "digits-out-of-range";
    /// Digits left out, taken for 6.
    DigitsAssumed = Warning "digits-assumed";
    /// A period outside 10 to 300 seconds.
    PeriodOutOfRange = Error "period-out-of-range";
    /// A period left out, taken for 30 seconds.
    PeriodAssumed = Warning "period-assumed";
    /// Neither 30 nor 60 seconds.
    PeriodUnusual { seconds: i64 } = Warning "period-unusual";
    /// A counter that no event key ever reaches.
    CounterOutOfRange = Error "counter-out-of-range";
    /// A key past its end.
    Expired = Warning "expired";
    /// A key before its beginning.
    NotYetValid = Warning "not-yet-valid";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut codes = Problem::CODES.to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Problem::CODES.len());
        assert!(
            codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
    }
}
