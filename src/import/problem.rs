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
    /// Keys of a known kind, none of which computes OATH codes.
    FormatNotOath { format: &'static str } = Error "format-not-oath";
    /// A DPX file of OneSpan.
    ClosedDigipass = Error "closed-digipass";
    /// An FTK file of Fortinet.
    ClosedFortiToken = Error "closed-fortitoken";
    /// An SDS file of HID.
    ClosedActivId = Error "closed-activid";
    /// An IMP file of Check Point.
    ClosedCheckPoint = Error "closed-check-point";
    /// Something of Symantec VIP.
    ClosedSymantecVip = Error "closed-symantec-vip";
    /// A message of CT-KIP or DSKPP.
    ClosedCtKip = Error "closed-ct-kip";
    /// An envelope that has to be opened first.
    Encrypted { format: &'static str } = Error "file-is-encrypted";
    /// An OpenPGP message, and no program that opens it.
    OpenPgpProgramMissing = Error "openpgp-program-missing";
    /// A message for keys that are not here.
    OpenPgpNoSecretKey { keys: String } = Error "openpgp-no-secret-key";
    /// A message that a passphrase opens, or whose key has one, and none was given.
    OpenPgpPassphraseNeeded = Error "openpgp-passphrase-needed";
    /// A passphrase that does not open the message.
    OpenPgpWrongPassphrase = Error "openpgp-wrong-passphrase";
    /// A message that is signed or compressed only.
    OpenPgpNotEncrypted = Error "openpgp-not-encrypted";
    /// A message in which nothing would show that it was altered.
    OpenPgpNotProtected = Error "openpgp-not-protected";
    /// A message that is not as it was sent.
    OpenPgpAltered = Error "openpgp-altered";
    /// A message whose signature is wrong.
    OpenPgpBadSignature = Error "openpgp-bad-signature";
    /// The program did nothing for a long while.
    OpenPgpNoAnswer { seconds: u64 } = Error "openpgp-no-answer";
    /// More came out of the message than a file may have.
    OpenPgpTooLarge { mebibytes: u64 } = Error "openpgp-too-large";
    /// The program failed for a reason of its own.
    OpenPgpFailed = Error "openpgp-failed";
    /// A message with a signature that could not be verified.
    OpenPgpSignatureNotVerified = Warning "openpgp-signature-not-verified";
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
    /// A digest beside a value that is not encrypted: nobody can check it.
    DigestNotVerified = Warning "digest-not-verified";
    /// A template of keys without a name, or a key that refers to one that did not come before.
    TemplateUnknown = Error "template-unknown";
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
    /// A truth value that is none.
    BooleanMalformed { name: &'static str } = Error "boolean-malformed";
    /// A length of codes that counts the id in front of them; how long that is.
    PrefixInLength { prefix: u64 } = Warning "prefix-in-length";
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
    /// Digits that SecurID cannot have.
    SecurIdDigits = Error "securid-digits";
    /// An interval that SecurID cannot have.
    SecurIdInterval = Error "securid-interval";
    /// A key that is no time key.
    SecurIdMode = Error "securid-mode";
    /// A PIN that is added to the code by the key itself.
    PinInCode = Error "pin-in-code";
    /// The string by which a telephone gets its software token.
    SoftwareToken = Error "software-token";

    // Cryptography.
    /// Encrypted, and no pre-shared key was given.
    PreSharedKeyNeeded = Error "pre-shared-key-needed";
    /// What was given is no key of 16, 24 or 32 bytes.
    PreSharedKeyMalformed = Error "pre-shared-key-malformed";
    /// The key does not fit the file.
    WrongPreSharedKey = Error "wrong-pre-shared-key";
    /// Encrypted by a passphrase, and none was given.
    PassphraseNeeded = Error "passphrase-needed";
    /// The passphrase does not fit the file.
    WrongPassphrase = Error "wrong-passphrase";
    /// A key of a length that the cipher cannot have.
    KeyLengthOfAnother { bytes: String, needed: String, cipher: &'static str } = Error "key-length-of-another-cipher";
    /// A function of keys from passphrases that is not known.
    DerivationUnknown = Error "key-derivation-unknown";
    /// A key from a passphrase without salt or number of iterations.
    DerivationIncomplete = Error "key-derivation-incomplete";
    /// A number of iterations that is none, or beyond all measure.
    IterationsOutOfRange { most: u64 } = Error "iterations-out-of-range";
    /// So few iterations that the passphrase is soon found.
    IterationsFew = Warning "iterations-few";
    /// A salt that is none.
    SaltMalformed = Error "salt-malformed";
    /// A key length other than 16, 24 or 32 bytes.
    KeyLengthOutOfRange = Error "key-length-out-of-range";
    /// A hash of a passphrase that is not known.
    PrfUnknown = Error "prf-unknown";
    /// Keys that come from a certificate, or elsewhere.
    KeySourceNotSupported { source: &'static str } = Error "key-source-not-supported";
    /// A known cipher that is not opened.
    CipherNotSupported { cipher: &'static str } = Error "cipher-not-supported";
    /// A cipher that needs the private key of a certificate.
    CipherAsymmetric { cipher: &'static str } = Error "cipher-asymmetric";
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
    /// A seed in clear among encrypted ones, where no MAC is declared.
    PlainAmongEncrypted = Warning "plain-among-encrypted";
    /// A MAC beside a plain value.
    MacOnPlainValue = Error "mac-on-plain-value";
    /// A MAC key in clear.
    MacKeyPlain = Error "mac-key-plain";
    /// A MAC that does not fit its value.
    MacMismatch = Error "mac-mismatch";
    /// A MAC over the plaintext, as the drafts have it.
    MacOverPlaintext = Warning "mac-over-plaintext";
    /// A value that a key wrap or GCM shows to be altered.
    ValueAltered = Error "value-altered";
    /// A value without any MAC, accepted.
    UnauthenticatedAccepted = Warning "unauthenticated-accepted";
    /// A value without any MAC, whose padding is wrong.
    PaddingUnauthenticated = Error "padding-unauthenticated";
    /// A padding that fits no rule, after a right MAC.
    PaddingWrong = Error "padding-wrong";
    /// A value that may be padded at random, or not at all.
    PaddingAmbiguous = Error "padding-ambiguous";

    // The database.
    /// The serial is known with another seed or other parameters; the import it came with.
    Conflict { batch: i64 } = Error "conflict";
    /// The same, and the key has been given out since: it is not to be replaced.
    ConflictUsed { batch: i64 } = Error "conflict-used";
    /// The same, and somebody has an activation code for the key: it is as good as given out.
    ConflictPromised { batch: i64 } = Error "conflict-promised";

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
    /// A type left out among others, taken for event-based.
    EventAssumed = Warning "event-assumed";
    /// A third column of numbers that may be periods as well as counters.
    ThirdColumnUnclear = Error "third-column-unclear";
    /// Several keys on a line that should hold one.
    SeveralRowsOnALine = Error "several-rows-on-a-line";
    /// Users beside the keys, whom nobody assigns a key on import.
    UsersNotAssigned = Warning "users-not-assigned";
    /// Rows of a kind that is no OATH, in a log that tells of everything.
    NotOathSkipped { kind: &'static str, rows: u64 } = Warning "not-oath-skipped";
    /// A key that was programmed anew later in the file.
    ProgrammedAgain { last_line: u64 } = Warning "programmed-again";
    /// An event key that may as well be for challenge-response.
    MaybeChallengeResponse = Warning "maybe-challenge-response";
    /// A time that does not begin in 1970.
    EpochNotSupported = Error "epoch-not-supported";
    /// A number that is none.
    NumberMalformed { name: &'static str } = Error "number-malformed";

    // Lines of names and values.
    /// A line that is nothing that the format has.
    LineNotUnderstood = Error "line-not-understood";
    /// A value that stands twice.
    ParameterTwice = Error "parameter-twice";
    /// A value that is needed and not there.
    ParameterMissing { name: &'static str } = Error "parameter-missing";
    /// A percent sign that stands for no byte.
    PercentMalformed = Error "percent-malformed";
    /// More than one URI on a line.
    SeveralUris = Error "several-uris";
    /// A handover of many keys that is none.
    MigrationMalformed = Error "migration-malformed";
    /// A handover of which URIs are missing.
    MigrationIncomplete { found: u64, expected: u64 } = Warning "migration-incomplete";
    /// Names of users for want of serials.
    SerialFromUser = Warning "serial-from-user";
    /// Labels for want of serials.
    SerialFromLabel = Warning "serial-from-label";
    /// A PIN in the file.
    PinNotTaken = Warning "pin-not-taken";
    /// A seed that only its SafeWord server opens.
    SafeWordEncrypted = Error "safeword-encrypted";
    /// An event key with a mark of time keys.
    ModeContradicted = Warning "mode-contradicted";
    /// Seeds that only Deepnet's server opens.
    DeepnetEncrypted = Error "deepnet-encrypted";

    // JSON.
    /// What is no JSON.
    JsonMalformed = Error "json-malformed";
    /// A value longer than any key needs.
    JsonTooLong { allowed: u64 } = Error "json-too-long";
    /// A member that has to be text.
    JsonNotText { name: &'static str } = Error "json-not-text";
    /// JSON, but no key of Graph.
    NotAGraphDevice = Error "not-a-graph-device";
    /// A key of Graph without its seed.
    GraphSecretMissing = Error "graph-secret-missing";
    /// A key that is given to somebody elsewhere.
    AssignmentIgnored = Warning "assignment-ignored";
    /// A serial that is written as a number.
    SerialIsNumber = Warning "serial-is-number";

    // Keys.
    /// No serial.
    SerialMissing = Error "serial-missing";
    /// No serial, so that one is made up of the file's name and the line.
    SerialMadeUp = Warning "serial-made-up";
    /// A serial of more than 40 characters.
    SerialTooLong { allowed: u64 } = Error "serial-too-long";
    /// Characters of a serial that became `-`.
    SerialChanged = Warning "serial-changed";
    /// A serial that a spreadsheet turned into a number.
    SerialScientific = Error "serial-scientific";
    /// A serial that is shorter than all the others of its file.
    SerialZeroesLost { digits: u64 } = Error "serial-zeroes-lost";
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
    /// A column of seeds that may be hexadecimal as well as another encoding.
    EncodingOfSeedsUnclear = Error "encoding-of-seeds-unclear";
    /// A column of seeds of two encodings.
    EncodingsOfSeedsMixed { first_line: u64 } = Error "encodings-of-seeds-mixed";
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
    /// An encoding of seeds that nobody knows.
    SeedEncodingUnknown = Error "seed-encoding-unknown";
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
    /// No hash; the one that seeds of this length have.
    HashFromLength { hash: &'static str } = Warning "hash-from-length";
    /// Digits outside 6 to 8.
    DigitsOutOfRange = Error "digits-out-of-range";
    /// Digits left out, taken for 6.
    DigitsAssumed = Warning "digits-assumed";
    /// A period outside 10 to 300 seconds.
    PeriodOutOfRange = Error "period-out-of-range";
    /// A period left out, taken for 30 seconds.
    PeriodAssumed = Warning "period-assumed";
    /// A period left out, taken for 60 seconds.
    MinuteAssumed = Warning "minute-assumed";
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
