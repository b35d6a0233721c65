## Lines that frame what is said

hint-line = hint:
warning-line = warning:
prompt-yes-no = [y/N]
yes = yes
no = no

## Help: words of the page

help-word-usage = Usage:
help-word-arguments = Arguments
help-word-options = Options
help-word-global-options = Global options
help-word-commands = Commands

## Help: what arguments take

value-command = COMMAND
value-file = FILE
value-dir = DIR
value-format = FORMAT
value-language = LANGUAGE
value-uai = UAI
value-name = NAME
value-login = LOGIN
value-serial = SERIAL
value-login-or-serial = LOGIN|SERIAL
value-state = STATE
value-id = ID
value-date = DATE
value-account = ACCOUNT
value-action = ACTION
value-outcome = OUTCOME
value-number = NUMBER
value-address = ADDRESS

## Help: commands

help-cleotp = Administer a fleet of hardware OTP keys
help-cleotp-more = Secrets are never given as the value of an option: they are asked for on the terminal, or read from stdin, one line each.
    French command words are accepted too, with or without accents.
help-cleotp--version = Print the version
help-init = Create the database, the vault key and the configuration
help-demo = Play the whole guide on sample keys, in a scratch home
help-demo--folder = Home of the demonstration. Default: a temporary folder
help-import = Import vendor seed files
help-import-more = All or nothing per file: with one error, nothing of the file is stored and the exit status is 65.
help-import--files = Vendor files; "-" is stdin
help-import--format = Read as this format. Default: found out from the content
help-import--psk-file = File of the pre-shared key, readable by its owner only. Default: asked for
help-import--establishment = Establishment that receives the keys. Default: the stock of the academy
help-import--allow-weak-seeds = Accept short, published or repeated seeds. Default: refuse them
help-batch = Manage import batches
help-batch-list = List what came in, and from which files
help-batch-show = Show one batch
help-batch-show--id = Number of the batch
help-establishment = Manage establishments
help-establishment-add = Record an establishment
help-establishment-add--name = Name of the establishment
help-establishment-list = List the establishments
help-establishment-show = Show one establishment
help-establishment-import = Record a whole list of establishments
help-establishment-import--file = CSV list with the columns uai and name; "-" is stdin
help-user = Manage users
help-user-add = Record a user
help-user-add--name = First and last name
help-user-add--establishments = Establishment of the user; repeat the option for several
help-user-list = List the users
help-user-list--establishment = Only those of this establishment. Default: all
help-user-show = Show one user
help-user-import = Record a whole list of users
help-user-import--file = CSV list with the columns login, name and establishment; "-" is stdin
help-user-disable = Stop users: their keys answer no check
help-user-enable = Let stopped users in again
help-key = Manage keys
help-key-list = List the keys
help-key-list--state = Only those in this state: stock, assigned, active, suspended, lost or retired. Default: all
help-key-list--establishment = Only those of this establishment. Default: all
help-key-list--login = Only those of this user. Default: all
help-key-list--batch = Only those of this batch. Default: all
help-key-show = Show keys
help-key-assign = Assign a key in stock to a user
help-key-unassign = Take keys back to stock
help-key-unlock = Unlock keys after too many failures
help-key-resync = Resynchronise a key whose clock has drifted
help-key-resync-more = On stdin when it is not a terminal: two consecutive codes (three with --three), one per line.
help-key-resync--subject = Serial of the key, or login of its holder
help-key-resync--three = Ask for three codes and search further. Default: two codes
help-activation = Manage activation codes
help-activation-new = Issue an activation code, shown once
help-activation-new--serial = Bind the code to this key. Default: the key assigned to the user
help-activation-new--output = Write the code to a new file that only its owner can read. Default: show it
help-activation-list = List the codes that wait to be used
help-activation-list--login = Only those of this user. Default: all
help-activation-revoke = Revoke the code of a user
help-activate = Activate a key with its activation code
help-activate-more = On stdin when it is not a terminal: the activation code.
help-pin = Manage PINs
help-pin-set = Create the PIN of a key
help-pin-set-more = On stdin when it is not a terminal: with --ticket the ticket, then the PIN twice, one per line.
help-pin-set--ticket = Read the ticket of the check as the first line. Default: asked for step by step on a terminal
help-pin-reset = Erase PINs: their holders create new ones
help-check = Check a passcode
help-check-more = On stdin when it is not a terminal: with --ticket the ticket, then the passcode, one per line.
help-check--ticket = Read the ticket of the previous check as the first line. Default: no ticket
help-check--source = Address of the caller, by which failures are slowed down. Default: none
help-audit = Manage the audit log
help-audit-list = List the events
help-audit-list--since = From this date on (UTC). Default: the first event
help-audit-list--until = Up to this date (UTC). Default: now
help-audit-list--login = Only events of this user. Default: all
help-audit-list--serial = Only events of this key. Default: all
help-audit-list--establishment = Only events of this establishment. Default: all
help-audit-list--operator = Only acts of this operator. Default: all
help-audit-list--action = Only this action, as key.assign. Default: all
help-audit-list--outcome = Only this outcome. Default: all
help-audit-list--limit = At most this many events, the newest. Default: all
help-audit-verify = Verify that no event was changed

## Help: arguments of several commands

help-any--serial = Serial number, on the back of the key
help-any--serials = Serial numbers, on the back of the keys
help-any--login = Login of the user
help-any--logins = Logins of the users
help-any--uai = UAI of the establishment: seven digits and a letter
help-any--dry-run = Report what would be done, change nothing. Default: do it

help-global--home = Folder of the database. Default: CLEOTP_HOME, else /var/lib/cleotp, else your data folder
help-global--output-format = Form of the answer: table, json, jsonl or csv. Default: table
help-global--lang = Language: fr or en. Default: that of the configuration, else of the environment
help-global--quiet = Say only what was asked for. Default: off
help-global--verbose = Say more. Default: off
help-global--yes = Answer yes to every confirmation. Default: ask
help-global--no-progress = Show no progress. Default: shown on a terminal
help-global--raw = CSV without guards against formulas, for machines. Default: guarded
help-global--excel = CSV for a spreadsheet: semicolons and a byte order mark. Default: off
help-global--help = Print help; more of it with --help

## Lists

none-keys = No key.
none-users = No user.
none-establishments = No establishment.
none-batches = No batch.
none-activations = No activation code.
none-events = No event.
none-findings = No finding.

column-login = Login
column-name = Name
column-establishments = Establishments
column-establishment = Establishment
column-enabled = Enabled
column-created-at = Created
column-uai = UAI
column-serial = Serial
column-state = State
column-locked = Locked
column-algorithm = Algorithm
column-digits = Digits
column-period = Period
column-manufacturer = Manufacturer
column-model = Model
column-pin = PIN
column-drift = Drift
column-not-before = Valid from
column-not-after = Valid until
column-last-accepted-at = Last accepted
column-batch = Batch
column-id = Number
column-file = File
column-sha256 = SHA-256
column-format = Format
column-read = Read
column-new = New
column-identical = Identical
column-conflict = In conflict
column-rejected = Rejected
column-warnings = Warnings
column-line = Line
column-column = Column
column-severity = Severity
column-code = Code
column-message = Message
column-expires-at = Expires
column-seq = No.
column-at = Time
column-operator = Operator
column-via = Via
column-action = Action
column-outcome = Outcome
column-reason = Reason
column-keys = Keys
column-users = Users

state-stock = in stock
state-assigned = assigned
state-active = active
state-suspended = suspended
state-lost = lost
state-retired = retired
pin-none = none
pin-provisional = to confirm
pin-set = set
severity-error = error
severity-warning = warning

## The command line

hint-see-help = see "{ $help }"
hint-near = did you mean "{ $near }"?

error-missing-command = a command is missing
error-unknown-command = unknown command "{ $word }"
error-ambiguous-command = "{ $word }" may mean two things
error-ambiguous-command-hint = to take a key back from a user: "cleotp key unassign" (desattribuer); to put it out of use for ever: "cleotp key retire" (mettre-au-rebut)
error-unknown-option = unknown option "{ $argument }"
error-surplus-argument = there is one word too many
error-surplus-argument-hint = a secret is never given on the command line: it is asked for, or read from stdin
error-missing-value = a value is missing after "{ $argument }"
error-value-not-allowed = "{ $value }" is not allowed for "{ $argument }"; allowed: { $choices }
error-wrong-number-of-values = wrong number of values for "{ $argument }"
error-option-given-twice = "{ $argument }" can be given once only
error-options-exclude-each-other = "{ $argument }" and "{ $other }" exclude each other
error-missing-argument = missing: { $arguments }
error-not-utf8 = the command line is not UTF-8
error-command-line = the command line cannot be understood
error-invalid-value = "{ $value }" is not right for "{ $argument }"
error-invalid-uai = "{ $value }" is not a UAI
error-invalid-uai-hint = a UAI has seven digits and a letter, as 0860034V
error-wrong-uai-letter = "{ $value }" is mistyped: these digits ask for the letter { $right }
error-wrong-uai-letter-hint = check the seven digits and the letter against the establishment's papers
error-invalid-serial = "{ $value }" is not a serial number
error-invalid-serial-hint = a serial number has 1 to 40 letters, digits or . _ # : - and begins with a letter or digit
error-invalid-login = "{ $value }" is not a login
error-invalid-login-hint = a login has 1 to 64 letters, digits or . _ @ - and begins with a letter or digit
error-invalid-name = "{ $value }" is not a name
error-invalid-name-hint = a name has 1 to 200 characters, on one line
error-unknown-state = no state is called "{ $value }"
error-unknown-state-hint = the states are { $choices }
error-invalid-moment = "{ $value }" is not a date
error-invalid-moment-hint = write 2026-11-24, "2026-11-24 09:12" (UTC) or 2026-11-24T09:12:00Z
error-invalid-address = "{ $value }" is not an IP address
error-invalid-address-hint = write it as 192.0.2.7 or 2001:db8::7

## Streams and questions

error-interrupted = the question was left without an answer
error-interrupted-hint = nothing was changed; run the command again
error-input-ended = stdin ended before what was expected
error-input-ended-hint = give one line for each secret, in the order told by --help
error-input-too-long = stdin holds more than { $limit } bytes
error-input-too-long-hint = check what is piped into cleotp
error-cannot-read-input = stdin cannot be read: { $reason }
error-cannot-read-input-hint = check what is piped into cleotp
error-cannot-write = the answer cannot be written: { $reason }
error-cannot-write-hint = what was done is on the disk; make room, then look it up again
error-confirmation-needed = a confirmation is needed, and there is no terminal to ask on
error-confirmation-needed-hint = add --yes
error-not-confirmed = not confirmed; nothing was changed
error-not-confirmed-hint = run the command again to confirm

## Files

error-file-missing = no such file: { $path }
error-file-missing-hint = check the name and the folder
error-file-exists = { $path } is already there
error-file-exists-hint = choose another name; nothing is ever overwritten
error-file-is-a-link = { $path } is a symbolic link
error-file-is-a-link-hint = put the file itself there, or name the file itself
error-file-not-regular = { $path } is not a regular file
error-file-not-regular-hint = name a file; pipes are read from stdin with "-"
error-file-is-a-directory = { $path } is a folder
error-file-is-a-directory-hint = name the files in it
error-not-a-directory = { $path } is not a folder
error-not-a-directory-hint = name a folder
error-file-has-several-names = { $path } has { $links } names on the disk
error-file-has-several-names-hint = cp -p -- '{ $path }' '{ $path }.new' && mv -- '{ $path }.new' '{ $path }', then remove the other names
error-file-owner = { $path } belongs to uid { $owner }
error-file-owner-hint = chown -- { $expected } '{ $path }'
error-file-mode = others can open { $path } (mode { $mode })
error-file-mode-hint = chmod { $wanted } -- '{ $path }'
error-file-too-large = { $path } is larger than { $limit } bytes
error-file-too-large-hint = split the file, or raise max-import-mebibytes in config.toml
error-network-filesystem = { $path } lies on a network file system ({ $filesystem })
error-network-filesystem-hint = put the home on a local disk
error-cannot-read = { $path } cannot be read: { $reason }
error-cannot-read-hint = check that the account running cleotp may read it
error-cannot-create = { $path } cannot be written: { $reason }
error-cannot-create-hint = check the folder, its permissions and the room on the disk

## Configuration

error-no-home = no home for the database is known
error-no-home-hint = give --home DIR, or set CLEOTP_HOME
error-config-not-utf8 = { $path } is not UTF-8
error-config-not-utf8-hint = save the file as UTF-8
error-config-syntax = { $path }, line { $line }: not TOML: { $reason }
error-config-syntax-hint = write one key = value per line
error-config-unknown-key = { $path }, line { $line }: unknown key { $key }
error-config-unknown-key-hint = the keys are { $known }
error-config-span = { $path }, line { $line }: { $key } is out of bounds
error-config-span-hint = { $key } takes a span from "{ $least }" to "{ $most }", with a unit: s, min, h, d
error-config-count = { $path }, line { $line }: { $key } is out of bounds
error-config-count-hint = { $key } takes a number from { $least } to { $most }
error-config-choice = { $path }, line { $line }: { $key } does not know this value
error-config-choice-hint = { $key } takes one of: { $choices }
error-config-pin-digits = { $path }: pin-min-digits ({ $minimum }) is above pin-max-digits ({ $maximum })
error-config-pin-digits-hint = 4 ≤ pin-min-digits ≤ pin-max-digits ≤ 8

## Defects

error-defect = a defect of cleotp, at { $place }; nothing secret was printed
error-defect-hint = please report this line, with the command that was run
error-no-randomness = the operating system gives no random bytes
error-no-randomness-hint = nothing secret can be made without them; check the system
error-not-built = this command is not built yet
error-not-built-hint = it comes with the next version
