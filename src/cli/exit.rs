//! How a run ends: the numbers that scripts and login servers see.

use std::process::{ExitCode, Termination};

/// The exit status. None lies in 2 to 9: FreeRADIUS reads 3, 8 and 9 as success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
#[repr(u8)]
pub enum Exit {
    /// Done; for `check`: accepted, and the acceptance is on disk.
    Done = 0,
    /// The answer is no: a passcode or an activation refused, an audit or a doctor with a finding, rows rejected.
    No = 1,
    /// `check`: a new PIN is required.
    NewPin = 10,
    /// `check`: the next code is required; `key resync`: a third code is.
    NextCode = 11,
    /// The command line is wrong.
    Usage = 64,
    /// The data of a file is wrong; nothing was changed.
    Data = 65,
    /// A file, key, user or establishment named does not exist, or lies out of scope.
    Missing = 66,
    /// A rule forbids it in the present state; nothing was changed.
    Forbidden = 69,
    /// A defect of cleotp.
    Defect = 70,
    /// The machine gives no memory.
    NoMemory = 71,
    /// Cannot create.
    CannotCreate = 73,
    /// Cannot read or write.
    InputOutput = 74,
    /// Busy: try again.
    Busy = 75,
    /// Not permitted for this operator.
    NotPermitted = 77,
    /// Configuration, permissions of files, or vault key wrong.
    Configuration = 78,
    /// A signal came instead of an answer. The process dies of that signal itself; this is what a shell makes of Ctrl-C.
    Signalled = 130,
}

impl Exit {
    /// Gives the number.
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::Exit::*;

    #[test]
    fn i01_no_status_can_be_taken_for_success_by_a_login_server() {
        let all = [
            Done,
            No,
            NewPin,
            NextCode,
            Usage,
            Data,
            Missing,
            Forbidden,
            Defect,
            NoMemory,
            CannotCreate,
            InputOutput,
            Busy,
            NotPermitted,
            Configuration,
            Signalled,
        ];
        let numbers = all.map(super::Exit::number);
        assert_eq!(numbers, [0, 1, 10, 11, 64, 65, 66, 69, 70, 71, 73, 74, 75, 77, 78, 130]);
        // Every failure is one of these; 101 is the panic that is not caught, and signals are 128 and their number.
        let is_no = |number: &u8| matches!(number, 1 | 10 | 11 | 64..=78 | 101 | 129 | 130 | 131 | 143);
        assert!(numbers.iter().skip(1).all(is_no));
        assert!(!numbers.iter().any(|number| (2..=9).contains(number)));
    }
}
