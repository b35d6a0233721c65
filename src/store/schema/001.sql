-- Version 1. Times are UTC seconds; enumerations are the stable names of the contract; secrets are sealed or keyed hashes.

CREATE TABLE meta (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    database_id  BLOB    NOT NULL CHECK (length(database_id) = 16),
    vault_key_id BLOB    NOT NULL CHECK (length(vault_key_id) = 8),
    data_key     BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    -- When the vault key was changed last.
    rotated_at   INTEGER
) STRICT;

CREATE TABLE establishments (
    id       INTEGER PRIMARY KEY,
    uai      TEXT    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;

-- Who was entrusted with what: a row ends, and is never erased, so that it can be told who could do what on a day.
CREATE TABLE operators (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL CHECK (role IN ('admin', 'delegate', 'importer', 'auditor', 'verifier')),
    added_at INTEGER NOT NULL,
    -- Its last moment, as it was given.
    until    INTEGER,
    -- When it was taken back, or another one took its place.
    ended_at INTEGER,
    -- The vault's, over all but that: nobody who only writes here can give a new one.
    seal     BLOB    NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE UNIQUE INDEX operators_one_mandate_per_account ON operators (uid) WHERE ended_at IS NULL;

CREATE TABLE operator_establishments (
    operator_id      INTEGER NOT NULL REFERENCES operators (id),
    establishment_id INTEGER NOT NULL REFERENCES establishments (id),
    PRIMARY KEY (operator_id, establishment_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER operators_are_never_erased
BEFORE DELETE ON operators
BEGIN SELECT RAISE(ABORT, 'a mandate ends and is never erased'); END;

CREATE TABLE users (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    login      TEXT,
    folded     TEXT,
    name       TEXT,
    enabled    INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    added_at   INTEGER NOT NULL,
    -- One who left is nobody's user any more: his number stays, for what the audit tells of him, and his login and name until
    -- they are erased.
    removed_at INTEGER,
    erase_at   INTEGER,
    CHECK ((removed_at IS NULL) = (erase_at IS NULL) AND (removed_at IS NULL OR enabled = 0)),
    CHECK ((login IS NULL) = (folded IS NULL) AND (login IS NULL) = (name IS NULL)),
    CHECK (login IS NOT NULL OR removed_at IS NOT NULL)
) STRICT;

-- The login of one who left may be given to somebody else.
CREATE UNIQUE INDEX users_one_per_login ON users (folded) WHERE removed_at IS NULL;
CREATE INDEX users_who_left ON users (erase_at) WHERE removed_at IS NOT NULL AND login IS NOT NULL;

CREATE TABLE memberships (
    user_id          INTEGER NOT NULL REFERENCES users (id),
    establishment_id INTEGER NOT NULL REFERENCES establishments (id),
    PRIMARY KEY (user_id, establishment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_establishment ON memberships (establishment_id);

CREATE TABLE batches (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    imported_at      INTEGER NOT NULL,
    file_name        TEXT    NOT NULL,
    -- Not unique: a file of which rows were left out, or whose keys were replaced since, may come again.
    sha256           BLOB    NOT NULL CHECK (length(sha256) = 32),
    format           TEXT    NOT NULL,
    establishment_id INTEGER REFERENCES establishments (id),
    operator_uid     INTEGER NOT NULL,
    operator_name    TEXT    NOT NULL,
    read_keys        INTEGER NOT NULL,
    new_keys         INTEGER NOT NULL,
    identical_keys   INTEGER NOT NULL,
    -- Known keys that took another seed, and rows that were left out.
    replaced_keys    INTEGER NOT NULL DEFAULT 0,
    left_out_rows    INTEGER NOT NULL DEFAULT 0,
    warnings         INTEGER NOT NULL,
    -- Whether somebody who has the file has a seed of it, as it was found when the file was read.
    in_clear         INTEGER NOT NULL DEFAULT 1 CHECK (in_clear IN (0, 1)),
    -- While a file is being read its keys are written in parts, and are seen by nobody; so it is again while a batch is taken
    -- back. What a crash leaves open is taken away by the next import or undo. The format tells the two apart: it is empty
    -- until the batch is closed.
    is_open          INTEGER NOT NULL CHECK (is_open IN (0, 1))
) STRICT;

CREATE INDEX batches_by_sha256 ON batches (sha256);

-- Its rows are written by the hundred thousand. Alternatives stand as OR: for a list of three and more behind IN, SQLite
-- would build and drop a table at each row; and what two conditions have in common stands as the two cases in which it holds, of
-- which the first is that of a key in stock, as it would work out both before it compared them. What a key in stock does not have is passed over first, before it is compared or
-- measured; 'hotp-' to 'hotp.' is what begins with 'hotp-', by two comparisons. The key's id, 128 random bits, has no index:
-- nothing is sought by it.
CREATE TABLE keys (
    id                    INTEGER PRIMARY KEY,
    key_id                BLOB    NOT NULL CHECK (length(key_id) = 16),
    serial                TEXT    NOT NULL UNIQUE,
    state                 TEXT    NOT NULL DEFAULT 'stock'
                          CHECK (state = 'stock' OR state = 'assigned' OR state = 'active' OR state = 'suspended'
                                 OR state = 'lost' OR state = 'retired'),
    -- The state that a lost key was lost in: it may be restored to it.
    before_loss           TEXT    CHECK (before_loss IS NULL OR before_loss = 'stock' OR before_loss = 'assigned'
                                         OR before_loss = 'active' OR before_loss = 'suspended'),
    lock                  TEXT    CHECK (lock IS NULL OR lock = 'wrong-pins' OR lock = 'wrong-codes' OR lock = 'both-wrong'),
    -- Since when its state may have changed, as it came back with a backup: until that is confirmed it answers no code.
    held_since            INTEGER,
    -- Its counter was moved on when a backup was restored: its next check asks for two codes.
    asks_twice            INTEGER NOT NULL DEFAULT 0 CHECK (asks_twice BETWEEN 0 AND 1),
    algorithm             TEXT    NOT NULL,
    digits                INTEGER NOT NULL CHECK (digits BETWEEN 6 AND 8),
    -- An event key has none: its button moves it on, no clock.
    period                INTEGER CHECK (period BETWEEN 10 AND 300),
    seed                  BLOB    NOT NULL,
    manufacturer          TEXT,
    model                 TEXT,
    -- When the key's step 0 began: 1970 for nearly all, 2000 for SafeWord's.
    epoch                 INTEGER NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    not_before            INTEGER,
    not_after             INTEGER,
    establishment_id      INTEGER REFERENCES establishments (id),
    -- On its way since when, and to whom (nobody is the academy); until it comes in it counts where it was sent from.
    shipped_at            INTEGER,
    shipped_to_id         INTEGER REFERENCES establishments (id),
    user_id               INTEGER REFERENCES users (id),
    -- The vault's, over key, user and login: whoever writes to the rows of users gives no key another login by it.
    holder_seal           BLOB,
    batch_id              INTEGER NOT NULL REFERENCES batches (id),
    batch_line            INTEGER NOT NULL,
    credential_version    INTEGER NOT NULL DEFAULT 1,
    watermark             INTEGER NOT NULL DEFAULT -1,
    -- An event key may come with a counter: what lies below it was never accepted here.
    first_watermark       INTEGER NOT NULL DEFAULT -1 CHECK (first_watermark >= -1),
    drift                 INTEGER NOT NULL DEFAULT 0 CHECK (drift BETWEEN -20000 AND 20000),
    last_side             INTEGER NOT NULL DEFAULT 0 CHECK (last_side BETWEEN -1 AND 1),
    last_accepted_at      INTEGER,
    left_stock_at         INTEGER,
    activated_at          INTEGER,
    new_pin_until         INTEGER,
    -- The vault's, over key, user and that moment.
    new_pin_seal          BLOB,
    pin_hash              BLOB    CHECK (pin_hash IS NULL OR length(pin_hash) = 32),
    pin_salt              BLOB    CHECK (pin_salt IS NULL OR length(pin_salt) = 16),
    pin_work              TEXT,
    pin_provisional_until INTEGER,
    former_pin_hash       BLOB    CHECK (former_pin_hash IS NULL OR length(former_pin_hash) = 32),
    former_pin_salt       BLOB    CHECK (former_pin_salt IS NULL OR length(former_pin_salt) = 16),
    former_pin_work       TEXT,
    -- The PIN was changed: while it is provisional, the former one waits to come back.
    former_pin_returns    INTEGER NOT NULL DEFAULT 0 CHECK (former_pin_returns BETWEEN 0 AND 1),
    CHECK ((period IS NOT NULL AND (algorithm >= 'hotp.' OR algorithm < 'hotp-'))
           OR (period IS NULL AND drift = 0 AND algorithm >= 'hotp-' AND algorithm < 'hotp.')),
    CHECK (watermark >= first_watermark AND (first_watermark = -1 OR period IS NULL)),
    CHECK ((state = 'stock' AND user_id IS NULL) OR (state <> 'stock' AND user_id IS NOT NULL)
           OR state = 'lost' OR state = 'retired'),
    CHECK (state = 'stock' OR left_stock_at IS NOT NULL),
    CHECK ((before_loss IS NULL AND state <> 'lost') OR (before_loss IS NOT NULL AND state = 'lost')),
    CHECK (shipped_at IS NULL OR (state = 'stock' AND left_stock_at IS NOT NULL)),
    CHECK (shipped_to_id IS NULL OR shipped_at IS NOT NULL),
    CHECK ((pin_hash IS NULL AND pin_salt IS NULL AND pin_work IS NULL)
           OR (pin_hash IS NOT NULL AND pin_salt IS NOT NULL AND pin_work IS NOT NULL))
) STRICT;

CREATE INDEX keys_by_user ON keys (user_id) WHERE user_id IS NOT NULL;
-- The keys of an establishment are found by it; those of the academy, which come in by the hundred thousand, have no entry in it.
CREATE INDEX keys_by_place ON keys (establishment_id, model, state, batch_id) WHERE establishment_id IS NOT NULL;
CREATE INDEX keys_on_their_way ON keys (shipped_to_id) WHERE shipped_to_id IS NOT NULL;
CREATE INDEX keys_that_are_held ON keys (held_since) WHERE held_since IS NOT NULL;
CREATE INDEX keys_that_are_locked ON keys (serial) WHERE lock IS NOT NULL;
-- A million keys are counted from this index alone.
CREATE INDEX keys_by_batch ON keys (batch_id, establishment_id, model, state);
-- Of the keys of a batch, those for which it cannot be taken back any more.
CREATE INDEX keys_that_left_stock ON keys (batch_id, serial, state, left_stock_at) WHERE left_stock_at IS NOT NULL;

CREATE TRIGGER keys_watermark_never_falls
BEFORE UPDATE OF watermark ON keys
WHEN NEW.watermark < OLD.watermark
     AND (NEW.seed = OLD.seed OR OLD.left_stock_at IS NOT NULL OR OLD.watermark > OLD.first_watermark)
BEGIN SELECT RAISE(ABORT, 'the watermark of a key never falls'); END;

CREATE TRIGGER keys_that_were_used_keep_their_seed
BEFORE UPDATE OF seed ON keys
WHEN NEW.seed <> OLD.seed AND (OLD.left_stock_at IS NOT NULL OR OLD.watermark > OLD.first_watermark)
BEGIN SELECT RAISE(ABORT, 'a key that left stock keeps its seed'); END;

CREATE TRIGGER keys_that_were_used_are_never_deleted
BEFORE DELETE ON keys WHEN OLD.left_stock_at IS NOT NULL OR OLD.watermark > OLD.first_watermark
BEGIN SELECT RAISE(ABORT, 'a key that left stock is never deleted'); END;

CREATE TRIGGER keys_remember_that_they_left_stock
BEFORE UPDATE OF left_stock_at ON keys WHEN OLD.left_stock_at IS NOT NULL AND NEW.left_stock_at IS NULL
BEGIN SELECT RAISE(ABORT, 'a key never forgets that it left stock'); END;

-- Keys that take the place of another one of the same user, until their first accepted check: a row is there as long as both are his.
CREATE TABLE successions (
    new_key_id INTEGER PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    old_key_id INTEGER NOT NULL UNIQUE REFERENCES keys (id) ON DELETE CASCADE,
    -- Until then the new key's PIN is judged by the old one's hash.
    keeps_pin  INTEGER NOT NULL CHECK (keeps_pin IN (0, 1)),
    opened_at  INTEGER NOT NULL,
    CHECK (new_key_id <> old_key_id)
) STRICT;

-- What keys in stock will be when the open batch is closed that replaces them; until then they stay as they are.
CREATE TABLE replacements (
    key_id             INTEGER PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    batch_id           INTEGER NOT NULL REFERENCES batches (id),
    batch_line         INTEGER NOT NULL,
    -- As it was when this was sealed for it.
    credential_version INTEGER NOT NULL,
    algorithm          TEXT    NOT NULL,
    digits             INTEGER NOT NULL,
    period             INTEGER,
    epoch              INTEGER NOT NULL,
    seed               BLOB    NOT NULL,
    manufacturer       TEXT,
    model              TEXT,
    not_before         INTEGER,
    not_after          INTEGER,
    establishment_id   INTEGER REFERENCES establishments (id),
    drift              INTEGER NOT NULL,
    watermark          INTEGER NOT NULL
) STRICT;

-- The history of a key: when each code was spent, and how far its clock was off, which the first of two codes does not tell,
-- nor any code of an event key. Older ones are thinned out, never the newest: the numbers stand in the order of time.
CREATE TABLE spent_codes (
    id      INTEGER PRIMARY KEY,
    key_id  INTEGER NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    step    INTEGER NOT NULL,
    drift   INTEGER,
    -- What the key's drift was taken for before, to be put back should our own clock turn out to be wrong.
    former  INTEGER NOT NULL,
    -- The minutes that it lay off the key's own history, if that foretold anything.
    off     INTEGER,
    -- It was seen by our own clock while that was right, so far as is known: only then does it tell of the key's.
    trusted INTEGER NOT NULL CHECK (trusted IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX spent_codes_by_key ON spent_codes (key_id, step);

-- One row while the keys show that our own clock is wrong: by how many minutes they are ahead of it, and since when.
CREATE TABLE host_clock (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    wrong_by INTEGER NOT NULL CHECK (wrong_by <> 0),
    since    INTEGER NOT NULL
) STRICT;

-- One row while the write-ahead log may still hold names that were erased, since when: somebody who read kept it from being emptied.
CREATE TABLE owed_sweep (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL
) STRICT;

-- Looks at what a display says, counted before anything is looked at: the ones without a match are limited.
CREATE TABLE diagnoses (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key_id       INTEGER NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    operator_uid INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    outcome      TEXT    NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'matched', 'no-match'))
) STRICT;

-- Whoever deletes keys by the hundred thousand has each sought among those that point to it.
CREATE INDEX diagnoses_by_key ON diagnoses (key_id);

CREATE TABLE activations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    key_id     INTEGER REFERENCES keys (id),
    code_hash  BLOB    NOT NULL CHECK (length(code_hash) = 32),
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- The vault's, over the hash (which is of user and login), the key and that moment.
    seal       BLOB    NOT NULL CHECK (length(seal) = 32),
    state      TEXT    NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'spent', 'replaced', 'revoked', 'killed'))
) STRICT;

CREATE UNIQUE INDEX activations_one_live_per_user ON activations (user_id) WHERE state = 'live';
CREATE INDEX activations_by_user ON activations (user_id);
CREATE INDEX activations_by_key ON activations (key_id) WHERE key_id IS NOT NULL;

-- Lists of codes for users who have no key at hand, each in place of one key, whose PIN is typed before them.
CREATE TABLE emergencies (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    key_id        INTEGER NOT NULL REFERENCES keys (id),
    operator_name TEXT    NOT NULL,
    issued_at     INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    state         TEXT    NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'replaced', 'revoked')),
    CHECK (expires_at > issued_at)
) STRICT;

CREATE UNIQUE INDEX emergencies_one_live_per_user ON emergencies (user_id) WHERE state = 'live';
CREATE INDEX emergencies_by_user ON emergencies (user_id);
CREATE INDEX emergencies_by_key ON emergencies (key_id);

CREATE TABLE emergency_codes (
    id           INTEGER PRIMARY KEY,
    emergency_id INTEGER NOT NULL REFERENCES emergencies (id),
    hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    spent_at     INTEGER
) STRICT;

CREATE INDEX emergency_codes_by_list ON emergency_codes (emergency_id);

CREATE TRIGGER emergency_codes_stay_spent
BEFORE UPDATE ON emergency_codes WHEN OLD.spent_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a spent emergency code stays spent'); END;

-- The id is the sequence: rows are written one transaction after another.
CREATE TABLE attempts (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key_id        INTEGER REFERENCES keys (id) ON DELETE CASCADE,
    activation_id INTEGER REFERENCES activations (id),
    at            INTEGER NOT NULL,
    source        TEXT,
    outcome       TEXT    NOT NULL DEFAULT 'open'
                  CHECK (outcome = 'open' OR outcome = 'accepted' OR outcome = 'undecided' OR outcome = 'wrong-pin'
                         OR outcome = 'wrong-code' OR outcome = 'both-wrong' OR outcome = 'neither'),
    cleared       INTEGER NOT NULL DEFAULT 0 CHECK (cleared IN (0, 1)),
    right_serial  INTEGER NOT NULL DEFAULT 0 CHECK (right_serial IN (0, 1)),
    CHECK ((key_id IS NULL) <> (activation_id IS NULL))
) STRICT;

CREATE INDEX attempts_by_key ON attempts (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX attempts_by_activation ON attempts (activation_id) WHERE activation_id IS NOT NULL;

-- One row for each wait in which somebody was turned away: the count goes into one event when the wait is over.
CREATE TABLE waits (
    id            INTEGER PRIMARY KEY,
    key_id        INTEGER REFERENCES keys (id) ON DELETE CASCADE,
    activation_id INTEGER REFERENCES activations (id),
    source        TEXT,
    until         INTEGER NOT NULL,
    turned_away   INTEGER NOT NULL,
    CHECK ((key_id IS NULL) <> (activation_id IS NULL))
) STRICT;

CREATE INDEX waits_by_key ON waits (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX waits_by_activation ON waits (activation_id) WHERE activation_id IS NOT NULL;

CREATE TABLE tickets (
    id                 INTEGER PRIMARY KEY,
    hash               BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    key_id             INTEGER NOT NULL UNIQUE REFERENCES keys (id) ON DELETE CASCADE,
    user_id            INTEGER NOT NULL REFERENCES users (id),
    purpose            TEXT    NOT NULL CHECK (purpose IN ('new-pin', 'next-code')),
    credential_version INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL,
    tries_left         INTEGER NOT NULL CHECK (tries_left > 0),
    first_step         INTEGER,
    host_step          INTEGER,
    -- The PIN that came with the first code of a key that takes another one's place, hashed for the key: its own from its first
    -- acceptance on.
    pin_hash           BLOB    CHECK (length(pin_hash) = 32),
    pin_salt           BLOB    CHECK (length(pin_salt) = 16),
    pin_work           TEXT,
    -- The step of our own clock is missing for an event key.
    CHECK ((pin_hash IS NULL) = (pin_salt IS NULL) AND (pin_hash IS NULL) = (pin_work IS NULL)),
    CHECK ((purpose = 'next-code') = (first_step IS NOT NULL) AND (first_step IS NOT NULL OR host_step IS NULL))
) STRICT;

CREATE TABLE audit (
    seq           INTEGER PRIMARY KEY,
    at            INTEGER NOT NULL,
    operator_uid  INTEGER NOT NULL,
    operator_name TEXT    NOT NULL,
    via           TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    outcome       TEXT    NOT NULL,
    reason        TEXT,
    establishment TEXT,
    user_id       INTEGER,
    unknown_login BLOB,
    serial        TEXT,
    batch_id      INTEGER,
    file_name     TEXT,
    file_sha256   BLOB    CHECK (length(file_sha256) = 32),
    count         INTEGER,
    -- The last of those that are counted, where one event tells of several.
    last_at       INTEGER,
    version       TEXT    NOT NULL,
    mac           BLOB    NOT NULL CHECK (length(mac) = 32),
    CHECK ((file_name IS NULL) = (file_sha256 IS NULL))
) STRICT;

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_serial ON audit (serial) WHERE serial IS NOT NULL;
CREATE INDEX audit_by_user ON audit (user_id) WHERE user_id IS NOT NULL;

CREATE TRIGGER audit_is_never_edited
BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'an event is never edited'); END;

-- What is left of the events whose time was over: up to which one they are gone, its MAC, and the vault's seal over both. The
-- chain begins behind it.
CREATE TABLE audit_stub (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL CHECK (seq > 0),
    mac  BLOB    NOT NULL CHECK (length(mac) = 32),
    -- Up to which one they are to go: they are deleted in parts.
    goal INTEGER NOT NULL CHECK (goal >= seq),
    at   INTEGER NOT NULL,
    seal BLOB    NOT NULL CHECK (length(seal) = 32)
) STRICT;

CREATE TRIGGER audit_is_never_shortened
BEFORE DELETE ON audit WHEN NOT EXISTS (SELECT 1 FROM audit_stub WHERE audit_stub.seq >= OLD.seq)
BEGIN SELECT RAISE(ABORT, 'an event is never deleted before its time'); END;

CREATE TRIGGER audit_stub_never_falls
BEFORE UPDATE ON audit_stub WHEN NEW.seq < OLD.seq
BEGIN SELECT RAISE(ABORT, 'what was deleted of the audit stays deleted'); END;

CREATE TRIGGER audit_stub_stays
BEFORE DELETE ON audit_stub
BEGIN SELECT RAISE(ABORT, 'what was deleted of the audit stays deleted'); END;

-- The refusals of the last minute that anybody can cause without limit, by what they are and whom they are about: how many have
-- an event of their own, and how many are owed one together.
CREATE TABLE floods (
    id            INTEGER PRIMARY KEY,
    operator_uid  INTEGER NOT NULL,
    operator_name TEXT    NOT NULL,
    via           TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    establishment TEXT,
    user_id       INTEGER,
    unknown_login BLOB,
    serial        TEXT,
    began_at      INTEGER NOT NULL,
    told          INTEGER NOT NULL,
    untold        INTEGER NOT NULL DEFAULT 0,
    last_at       INTEGER NOT NULL,
    -- The vault's, over all of it: the program tells of these as its own, which nobody else may have it do.
    seal          BLOB    NOT NULL
) STRICT;
