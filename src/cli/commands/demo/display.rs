//! The display of a sample key: what its holder would read on it.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::clock::UtcTime;
use crate::import::{self, Guidance, SeedRecord, SieveOptions, Sifted};
use crate::otp::{self, Step};
use std::io::Cursor;

/// A sample key that shows codes.
pub struct Display {
    key: SeedRecord,
}

impl Display {
    /// Takes a key out of a sample file.
    pub fn read(file: &[u8], serial: &str) -> Result<Self, Failure> {
        let mut found = None;
        let options = SieveOptions { allow_weak_seeds: false, partial: false, now: UtcTime::from_epoch(0) };
        let mut source = Cursor::new(file);
        let survey = import::survey(&mut source).map_err(|_| failed())?;
        let read = import::read(&mut source, &survey, None, &Guidance::default(), options, &mut |item| {
            if let Sifted::Key(key, _) = item
                && key.serial.as_str() == serial
            {
                found = Some(key);
            }
        });
        read.ok().and(found).map(|key| Self { key: *key }).ok_or_else(failed)
    }

    /// Gives the digits that the key shows some steps after a moment.
    pub fn code(&self, now: UtcTime, steps: i64) -> Result<String, Failure> {
        let parameters = &self.key.parameters;
        let step = Step::at(now, parameters.period).shifted(steps);
        let code = otp::compute(parameters, &self.key.serial, &self.key.seed, step).ok_or_else(failed)?;
        Ok(code.expose(parameters.digits).to_string())
    }
}

fn failed() -> Failure {
    Failure::new(Exit::Defect, "demo-failed").with("command", "sample key")
}
