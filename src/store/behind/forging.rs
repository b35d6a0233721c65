//! What somebody forges who can write to the file and has no vault key.

use super::Behind;
use rusqlite::named_params;

impl Behind {
    /// Exchanges the logins of two users.
    pub fn exchange_logins(&self, one: &str, other: &str) {
        self.change(&format!(
            "UPDATE users SET folded = 'nobody-now' WHERE folded = '{one}';
             UPDATE users SET login = '{one}', folded = '{one}' WHERE folded = '{other}';
             UPDATE users SET login = '{other}', folded = '{other}' WHERE folded = 'nobody-now'"
        ));
    }

    /// Has the row of a user be found by another login; the one that it tells stays.
    pub fn find_by(&self, login: &str, folded: &str) {
        self.change(&format!("UPDATE users SET folded = '{folded}' WHERE folded = '{login}'"));
    }

    /// Edits all activation codes.
    pub fn edit_activations(&self, edit: &str) {
        self.change(&format!("UPDATE activations SET {edit}"));
    }

    /// Copies what is counted of refusals, so many times.
    pub fn copy_floods(&self, times: usize) {
        for _ in 0..times {
            self.change(
                "INSERT INTO floods (operator_uid, operator_name, via, action, reason, establishment, user_id, unknown_login, serial,
                                     began_at, told, untold, last_at, seal)
                 SELECT operator_uid, operator_name, via, action, reason, establishment, user_id, unknown_login, serial,
                        began_at, told, untold, last_at, seal FROM floods LIMIT 1",
            );
        }
    }

    /// Has each event vanish as it is written: not be written at all, or be taken away at once.
    pub fn swallow_events(&self, at_once: bool) {
        self.change(if at_once {
            "CREATE TRIGGER swallows BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END"
        } else {
            "DROP TRIGGER audit_is_never_shortened;
             CREATE TRIGGER swallows AFTER INSERT ON audit BEGIN DELETE FROM audit WHERE seq = NEW.seq; END"
        });
    }

    /// Takes that back.
    pub fn swallow_no_events(&self) {
        self.change("DROP TRIGGER swallows");
    }

    /// Makes an account an administrator.
    pub fn entrust(&self, uid: u32, account: &str) {
        self.change(&format!(
            "UPDATE operators SET ended_at = added_at WHERE uid = {uid} AND ended_at IS NULL;
             INSERT INTO operators (uid, name, role, added_at, seal) VALUES ({uid}, '{account}', 'admin', 0, zeroblob(32))"
        ));
    }

    /// Writes another user into the row of a key.
    pub fn hand_over(&self, serial: &str, login: &str) {
        let user = format!("(SELECT id FROM users WHERE folded = '{login}')");
        self.change(&format!("UPDATE keys SET user_id = {user} WHERE serial = '{serial}'"));
    }

    /// Puts a key out of use.
    pub fn retire(&self, serial: &str) {
        self.change(&format!("UPDATE keys SET state = 'retired', user_id = NULL WHERE serial = '{serial}'"));
    }

    /// Copies the seal of one key's holder into the row of another.
    pub fn copy_holder_seal(&self, from: &str, to: &str) {
        self.change(&format!(
            "UPDATE keys SET holder_seal = (SELECT holder_seal FROM keys WHERE serial = '{from}') WHERE serial = '{to}'"
        ));
    }

    /// Erases a PIN, and has one be chosen until a moment.
    pub fn open_new_pin_mode(&self, serial: &str, until: i64) {
        self.change(&format!(
            "UPDATE keys SET pin_hash = NULL, pin_salt = NULL, pin_work = NULL, new_pin_until = {until},
                new_pin_seal = zeroblob(32) WHERE serial = '{serial}'"
        ));
    }

    /// Has a PIN be chosen for so many seconds longer; gives until when.
    pub fn prolong_new_pin_mode(&self, serial: &str, seconds: i64) -> i64 {
        self.change(&format!("UPDATE keys SET new_pin_until = new_pin_until + {seconds} WHERE serial = '{serial}'"));
        self.count("SELECT new_pin_until FROM keys WHERE serial = :serial", named_params! { ":serial": serial })
    }

    /// Moves the ticket of a key to another one, and to its user.
    pub fn move_tickets(&self, from: &str, to: &str) {
        self.change(&format!(
            "UPDATE tickets SET (key_id, user_id, credential_version) =
                (SELECT id, user_id, credential_version FROM keys WHERE serial = '{to}')
             WHERE key_id = (SELECT id FROM keys WHERE serial = '{from}')"
        ));
    }

    /// Has tickets live so many seconds longer.
    pub fn prolong_tickets(&self, seconds: i64) {
        self.change(&format!("UPDATE tickets SET expires_at = expires_at + {seconds}"));
    }

    /// Makes tickets those of a new PIN.
    pub fn say_that_tickets_set_pins(&self) {
        self.change("UPDATE tickets SET purpose = 'new-pin', first_step = NULL, host_step = NULL");
    }

    /// Edits what an account was entrusted with.
    pub fn edit_mandate(&self, account: &str, edit: &str) {
        self.change(&format!("UPDATE operators SET {edit} WHERE name = '{account}'"));
    }

    /// Adds an establishment, by its number, to what an account was entrusted with.
    pub fn widen_mandate(&self, account: &str, establishment: i64) {
        self.change(&format!(
            "INSERT INTO operator_establishments SELECT id, {establishment} FROM operators WHERE name = '{account}'"
        ));
    }
}
