//! What is done to the file behind the program's back, and what lies in it: for the tests of the procedures.
//!
//! The tests of the schema itself write their statements themselves; those above the store know no SQL.

mod forging;

use rusqlite::{Connection, ToSql, named_params};
use std::path::Path;

/// The file, opened by somebody who has no vault key and minds no rule but SQLite's.
pub struct Behind(Connection);

/// A key as its row tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bare {
    pub serial: String,
    pub state: String,
    pub watermark: i64,
    pub drift: i64,
    pub is_locked: bool,
}

impl Behind {
    /// Opens the file.
    pub fn open(path: &Path) -> Self {
        Self(Connection::open(path).unwrap())
    }

    fn count(&self, sql: &str, values: &[(&str, &dyn ToSql)]) -> i64 {
        self.0.query_row(sql, values, |row| row.get(0)).unwrap()
    }

    fn change(&self, sql: &str) {
        self.0.execute_batch(sql).unwrap();
    }

    /// Counts the rows of a table.
    pub fn rows(&self, table: &str) -> i64 {
        self.count(&format!("SELECT count(*) FROM \"{table}\""), &[])
    }

    /// Writes the whole row of a table with a serial, column by column.
    pub fn row(&self, table: &str, serial: &str) -> String {
        let mut statement = self.0.prepare(&format!("SELECT * FROM \"{table}\" WHERE serial = :serial")).unwrap();
        let columns = statement.column_count();
        let written = |row: &rusqlite::Row<'_>| {
            let cells = (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap()));
            Ok(cells.collect::<Vec<_>>().join(", "))
        };
        statement.query_row(named_params! { ":serial": serial }, written).unwrap()
    }

    /// Counts the keys whose serial begins so.
    pub fn keys_beginning(&self, serial: &str) -> i64 {
        self.count("SELECT count(*) FROM keys WHERE serial GLOB :serial || '*'", named_params! { ":serial": serial })
    }

    /// Counts the keys of a batch, open or not.
    pub fn keys_of_batch(&self, batch: i64) -> i64 {
        self.count("SELECT count(*) FROM keys WHERE batch_id = :batch", named_params! { ":batch": batch })
    }

    /// Counts the keys whose PIN was hashed with so much work.
    pub fn keys_with_work(&self, work: &str) -> i64 {
        self.count("SELECT count(*) FROM keys WHERE pin_work = :work", named_params! { ":work": work })
    }

    /// Counts the batches that are open.
    pub fn open_batches(&self) -> i64 {
        self.count("SELECT count(*) FROM batches WHERE is_open", &[])
    }

    /// Tells whether there is a batch of this number, open or not.
    pub fn has_batch(&self, batch: i64) -> bool {
        self.count("SELECT count(*) FROM batches WHERE id = :batch", named_params! { ":batch": batch }) == 1
    }

    /// Counts the activation codes that were revoked and taken off their key.
    pub fn detached_codes(&self) -> i64 {
        self.count("SELECT count(*) FROM activations WHERE key_id IS NULL AND state = 'revoked'", &[])
    }

    /// Counts the attempts with an outcome, or those that are open.
    pub fn attempts(&self, outcome: Option<&str>) -> i64 {
        self.count("SELECT count(*) FROM attempts WHERE outcome IS :outcome", named_params! { ":outcome": outcome })
    }

    /// Makes a batch what a killed import leaves: open, with the keys up to a serial.
    pub fn kill_import(&self, batch: i64, last: &str) {
        self.change(&format!(
            "UPDATE batches SET is_open = 1, format = '' WHERE id = {batch};
             DELETE FROM keys WHERE serial > '{last}' AND batch_id = {batch}"
        ));
    }

    /// Takes some keys of a batch away, as an undo does before it is killed.
    pub fn remove_keys(&self, batch: i64, number: i64) {
        self.change(&format!(
            "DELETE FROM keys WHERE id IN (SELECT id FROM keys WHERE batch_id = {batch} LIMIT {number})"
        ));
    }

    /// Copies the PIN's hash of one key into the row of another.
    pub fn copy_pin(&self, from: &str, to: &str) {
        self.change(&format!(
            "UPDATE keys SET (pin_hash, pin_salt, pin_work) =
                (SELECT pin_hash, pin_salt, pin_work FROM keys WHERE serial = '{from}') WHERE serial = '{to}'"
        ));
    }

    /// Copies the sealed seed of one key into the row of another, past the schema's lock.
    pub fn copy_seed(&self, from: &str, to: &str) {
        self.change(&format!(
            "DROP TRIGGER keys_that_were_used_keep_their_seed;
             UPDATE keys SET seed = (SELECT seed FROM keys WHERE serial = '{from}') WHERE serial = '{to}'"
        ));
    }

    /// Spoils the sealed seed of a key, past the schema's lock.
    pub fn spoil_seed(&self, serial: &str) {
        self.change(&format!(
            "DROP TRIGGER keys_that_were_used_keep_their_seed;
             UPDATE keys SET seed = zeroblob(48) WHERE serial = '{serial}'"
        ));
    }

    /// Names an algorithm that no version of the program knows.
    pub fn spoil_algorithm(&self, serial: &str) {
        self.change(&format!(
            "PRAGMA ignore_check_constraints = 1; UPDATE keys SET algorithm = 'md5' WHERE serial = '{serial}'"
        ));
    }

    /// Says where all keys are.
    pub fn put_all_keys(&self, establishment: Option<i64>) {
        self.0.execute("UPDATE keys SET establishment_id = :to", named_params! { ":to": establishment }).unwrap();
    }

    /// Changes a key each time a replacement is prepared, as one who gives it out meanwhile does.
    pub fn change_key_meanwhile(&self, serial: &str) {
        self.change(&format!(
            "CREATE TRIGGER meanwhile AFTER INSERT ON replacements BEGIN
                UPDATE keys SET credential_version = credential_version + 1 WHERE serial = '{serial}'; END"
        ));
    }

    /// Has the disk be full, as SQLite sees it, at the key with a serial.
    pub fn fill_disk_at(&self, serial: &str) {
        self.change(&format!(
            "CREATE TRIGGER full BEFORE INSERT ON keys WHEN NEW.serial = '{serial}'
             BEGIN SELECT RAISE(ABORT, 'full'); END"
        ));
    }

    /// Binds every live code to a key each time a replacement is prepared, as one who issues it meanwhile does.
    pub fn bind_codes_meanwhile(&self, serial: &str) {
        self.change(&format!(
            "CREATE TRIGGER meanwhile AFTER INSERT ON replacements BEGIN
                UPDATE activations SET key_id = (SELECT id FROM keys WHERE serial = '{serial}') WHERE state = 'live'; END"
        ));
    }

    /// Moves an emergency code, by its number, to another list.
    pub fn move_emergency_code(&self, code: i64, list: i64) {
        self.change(&format!("UPDATE emergency_codes SET emergency_id = {list} WHERE id = {code}"));
    }

    /// Has all emergency lists last so many seconds longer.
    pub fn prolong_emergencies(&self, seconds: i64) {
        self.change(&format!("UPDATE emergencies SET expires_at = expires_at + {seconds}"));
    }

    /// Tries to make spent emergency codes good again; gives what the schema says.
    pub fn revive_emergency_codes(&self) -> String {
        self.refused("UPDATE emergency_codes SET spent_at = NULL WHERE spent_at IS NOT NULL")
    }

    /// Tries to lower a watermark; gives what the schema says.
    pub fn lower_watermark(&self, serial: &str, step: i64) -> String {
        self.refused(&format!("UPDATE keys SET watermark = {step} WHERE serial = '{serial}'"))
    }

    /// Tries to give a key another seed; gives what the schema says.
    pub fn change_seed(&self, serial: &str) -> String {
        self.refused(&format!("UPDATE keys SET seed = zeroblob(48) WHERE serial = '{serial}'"))
    }

    /// Edits an event, past the schema's lock.
    pub fn edit_event(&self, seq: i64) {
        self.change(&format!(
            "DROP TRIGGER IF EXISTS audit_is_never_edited; UPDATE audit SET operator_name = 'nobody' WHERE seq = {seq}"
        ));
    }

    /// Counts the tries of which it is kept from where they came.
    pub fn sources(&self) -> i64 {
        self.count("SELECT count(*) FROM attempts WHERE source IS NOT NULL", &[])
    }

    /// Counts the leavers whose name is kept.
    pub fn names_of_leavers(&self) -> i64 {
        self.count("SELECT count(*) FROM users WHERE removed_at IS NOT NULL AND name IS NOT NULL", &[])
    }

    /// Copies the database as it stands.
    pub fn copy_to(&self, path: &Path) {
        self.0.execute("VACUUM INTO :path", named_params! { ":path": path.to_str().unwrap() }).unwrap();
    }

    /// Gives the pages of the file.
    pub fn pages(&self) -> i64 {
        self.count("PRAGMA page_count", &[])
    }

    fn refused(&self, sql: &str) -> String {
        self.0.execute(sql, []).unwrap_err().to_string()
    }

    /// Takes back whatever an account was entrusted with.
    pub fn end_mandates(&self, uid: u32) {
        self.0.execute("UPDATE operators SET ended_at = 0 WHERE uid = :uid", named_params! { ":uid": uid }).unwrap();
    }

    /// Writes down that our own clock is wrong by so many minutes; that it is right when it is none.
    pub fn say_that_the_clock_is_wrong(&self, minutes: i64) {
        self.change("DELETE FROM host_clock");
        if minutes != 0 {
            self.change(&format!("INSERT INTO host_clock (id, wrong_by, since) VALUES (1, {minutes}, 0)"));
        }
    }

    /// Counts the rows that point to rows that are not there.
    pub fn orphans(&self) -> usize {
        let mut statement = self.0.prepare("PRAGMA foreign_key_check").unwrap();
        statement.query_map([], |_| Ok(())).unwrap().count()
    }

    /// Lets a key end at a moment.
    pub fn let_key_end(&self, serial: &str, at: i64) {
        self.change(&format!("UPDATE keys SET not_after = {at} WHERE serial = '{serial}'"));
    }

    /// Lets a key begin at a moment.
    pub fn let_key_begin(&self, serial: &str, at: i64) {
        self.change(&format!("UPDATE keys SET not_before = {at} WHERE serial = '{serial}'"));
    }

    /// Locks a key, as one that came back to stock locked.
    pub fn lock_key(&self, serial: &str) {
        self.change(&format!("UPDATE keys SET lock = 'wrong-codes' WHERE serial = '{serial}'"));
    }

    /// Opens a batch that was closed, as while it is read, or closes it.
    pub fn set_batch_open(&self, batch: i64, is_open: bool) {
        self.change(&format!("UPDATE batches SET is_open = {is_open} WHERE id = {batch}"));
    }

    /// Has a key held as after a restore.
    pub fn hold_key(&self, serial: &str) {
        self.change(&format!("UPDATE keys SET held_since = 0 WHERE serial = '{serial}'"));
    }

    /// Reads of all keys what a model of them is held against.
    pub fn keys(&self) -> Vec<Bare> {
        let sql = "SELECT serial, state, watermark, drift, lock IS NOT NULL FROM keys ORDER BY id";
        let mut statement = self.0.prepare_cached(sql).unwrap();
        let bare = |row: &rusqlite::Row<'_>| {
            Ok(Bare {
                serial: row.get(0)?,
                state: row.get(1)?,
                watermark: row.get(2)?,
                drift: row.get(3)?,
                is_locked: row.get(4)?,
            })
        };
        statement.query_map([], bare).unwrap().map(Result::unwrap).collect()
    }

    /// Counts the ids of keys and the nonces of their seeds that differ from each other.
    pub fn ids_and_nonces(&self) -> (i64, i64) {
        let sql = "SELECT count(DISTINCT key_id), count(DISTINCT substr(seed, 1, 12)) FROM keys";
        self.0.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    }

    /// Gives the number of the last event, and of the last attempt.
    pub fn last_numbers(&self) -> (i64, i64) {
        let attempt = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'attempts'";
        (self.count("SELECT max(seq) FROM audit", &[]), self.count(attempt, &[]))
    }

    /// Reads outcome and reason of the events after one.
    pub fn events_after(&self, seq: i64) -> Vec<(String, Option<String>)> {
        let sql = "SELECT outcome, reason FROM audit WHERE seq > :seq ORDER BY seq";
        let mut statement = self.0.prepare_cached(sql).unwrap();
        let told = statement.query_map(named_params! { ":seq": seq }, |row| Ok((row.get(0)?, row.get(1)?)));
        told.unwrap().map(Result::unwrap).collect()
    }

    /// Takes what is in the log into the database, and begins it anew.
    pub fn empty_log(&self) {
        let left: i64 = self.0.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "somebody is reading");
    }

    /// Counts the changes in the log since it was begun (its form: <https://www.sqlite.org/walformat.html>).
    #[expect(clippy::disallowed_methods, reason = "SQLite made it, beside the database")]
    pub fn changes_in_log(&self) -> usize {
        let log = std::fs::read(format!("{}-wal", self.0.path().unwrap())).unwrap();
        let Some((header, frames)) = log.split_at_checked(32) else { return 0 };
        let page = u32::from_be_bytes(header[8..12].try_into().unwrap()) as usize;
        // The last frame of a change tells how large the database is after it.
        let ends = |frame: &&[u8]| frame[4..8] != [0; 4] && frame[8..16] == header[16..24];
        frames.chunks_exact(24 + page).filter(ends).count()
    }

    /// Holds the writer's lock.
    pub fn hold(&self) {
        self.change("BEGIN IMMEDIATE");
    }

    /// Reads what is there, and goes on reading it.
    pub fn read_on(&self) {
        self.change("BEGIN");
        self.rows("users");
    }

    /// Gives it back.
    pub fn let_go(&self) {
        self.change("ROLLBACK");
    }
}
