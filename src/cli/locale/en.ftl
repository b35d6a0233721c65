## Lines that frame what is said

hint-line = hint:
warning-line = warning:
yes = yes
no = no

## Help: words of the page

help-word-usage = Usage:
help-word-arguments = Arguments
help-word-options = Options
help-word-global-options = Global options
general-options-elsewhere = Global options: see "cleotp --help".
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
value-old = OLD
value-new = NEW
value-range = FIRST..LAST
value-text = TEXT
value-login-or-serial = LOGIN|SERIAL
value-encoding = ENCODING
value-columns = COLUMNS
value-state = STATE
value-id = ID
value-date = DATE
value-account = ACCOUNT
value-role = ROLE
value-action = ACTION
value-outcome = OUTCOME
value-number = NUMBER
value-days = DAYS
value-shell = SHELL
value-address = ADDRESS

## Help: commands

help-cleotp = Administer a fleet of hardware OTP keys
help-cleotp-more = Secrets are never given as the value of an option: they are asked for on the terminal, or read from stdin, one line each.
    French command words and names of options are accepted too, with or without accents.

    At the counter of an establishment:
      hand a key over   cleotp key assign SERIAL LOGIN, then
                        cleotp slip LOGIN --new-code > slip.pdf
      PIN forgotten     cleotp pin reset LOGIN
      key lost          cleotp key lost SERIAL --emergency
      key found         cleotp key found SERIAL
      codes refused     cleotp key resync LOGIN
      who has which key cleotp user list
help-cleotp--version = Print the version
help-init = Create the database, the vault key and the configuration
help-demo = Play the whole guide on sample keys, in a scratch home
help-demo--folder = Home of the demonstration. Default: a temporary folder
help-doctor = Examine the installation, and say how to mend what is wrong
help-doctor-more = Nothing is changed. An error keeps commands from working or puts data in danger; a warning tells of trouble to come; a notice is good to know.
    The exit status is 1 when there is an error or a warning, else 0: a notice does not count.
    Every night from cron: "cleotp doctor --quiet" writes only when there is something to mend.
help-import = Import vendor seed files
help-import-more = All or nothing per file, unless --partial is given: with one error, nothing of the file is stored and the exit status is 65.
help-import--files = Vendor files; "-" is stdin
help-import--spool = Take the files of this folder, as its spool.toml says, and move each to done/DATE or failed/DATE in it. Default: the files named
help-import--format = Read as this format. Default: found out from the content
help-import--psk-file = File of the pre-shared key, readable by its owner only. Default: asked for
help-import--secret-encoding = How the seeds of a table are written: hex, base32 or base64. Default: as its format says, or found out from all of them
help-import--columns = What the columns of a table hold, from left to right, as serial,secret,-,step. Default: as its header says
help-import--pad-serial = Fill shorter numeric serials of a table up with zeroes to so many digits. Default: refuse those that lost some
help-import--passphrase-file = File of the passphrase, readable by its owner only. Default: asked for
help-import--cipher = Cipher of encrypted values that name none, as aes128-cbc. Default: refuse them
help-import--accept-unauthenticated = Accept encrypted values without a MAC, when every padding is right. Default: refuse them
help-import--establishment = Establishment that receives the keys. Default: the stock of the academy
help-import--allow-weak-seeds = Accept short, published or repeated seeds. Default: refuse them
help-import--partial = Import the keys that are right and leave the others out, with exit status 1. Default: all or nothing
help-import--rejects = With --partial: new file for the keys that are left out, in the form of the imported one. Default: none
help-import--replace = Let known keys that were never given out take the seed of the file. Default: another seed is an error
help-batch = Manage import batches
help-batch-list = List what came in, and from which files
help-batch-show = Show one batch
help-batch-verify = Try some keys of a batch before handing them out
help-batch-verify-more = At a terminal only. Keys are drawn at random among those of the batch that are in stock. For each, type the digits on its display, or Enter alone if you do not have it at hand: another one is drawn. Nothing is accepted or spent. At most 10 searches without a match an hour for a key, and 30 a day for an operator.
    The exit status is 0 if all keys that were tried are right, else 1.
help-batch-verify--sample = How many keys to try. Default: 3
help-batch-undo = Take a batch back while none of its keys has left the stock
help-batch-undo-more = All keys of the batch vanish at once, with their seeds, and the same file can be imported again. The audit keeps the name of the file and its SHA-256. A confirmation is asked for at the terminal; elsewhere --yes is needed.
help-establishment = Manage establishments
help-establishment-add = Record an establishment
help-establishment-add--name = Name of the establishment
help-establishment-list = List the establishments
help-establishment-show = Show one establishment
help-establishment-rename = Give an establishment another name
help-establishment-rename-more = The UAI stays the same, and all that belongs to it. The new name stands on the next slips.
help-establishment-rename--name = The new name
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
help-user-move = Move users to another establishment
help-user-move-more = A user leaves the only establishment that he has, or the one of --leaving, for that of --to; a key that the former one held goes along. With --keep he belongs to both. Without --to he leaves one of several.
help-user-move--leaving = Establishment that the users leave. Default: the only one of each
help-user-move--to = Establishment that the users go to. Default: none, they leave one of several
help-user-move--keep = The users stay in the establishments that they have, too. Default: they leave the former one
help-user-export = Give out all that is known of a user, as JSON
help-user-export-more = For somebody who asks what is kept about him (GDPR, article 15): no secret is in it, nor the hash of one. Whoever has left is found by login too until the name is erased, by an administrator. Each export is an event of the audit.
help-user-remove = Remove users who leave: keys, codes and, in time, the name
help-user-remove-more = The key goes back to the stock of its establishment, unless --retire or --lost says otherwise; its PIN, the activation code and the emergency codes end at once. The login and the name are kept for the audit as long as leavers-kept of the configuration says (a year), and are then erased. The login may be given to somebody else at once. A confirmation is asked for at the terminal; elsewhere --yes is needed.
help-user-remove--to = Establishment that the keys came back to. Default: the one that each was from, or that of its user
help-user-remove--retire = Put the keys that came back out of use. Default: back to stock
help-user-remove--lost = The keys did not come back: declare them lost. Default: back to stock
help-key = Manage keys
help-key-list = List the keys
help-key-list--state = Only those in this state: stock, assigned, active, suspended, lost or retired. Default: all
help-key-list--establishment = Only those of this establishment. Default: all
help-key-list--login = Only those of this user. Default: all
help-key-list--batch = Only those of this batch. Default: all
help-key-list--on-their-way = Only those that were sent and have not come in. Default: all
help-key-list--held = Only those that came back with a backup and answer no code until somebody confirms them. Default: all
help-key-show = Show keys
help-key-assign = Assign a key in stock to a user
help-key-assign-more = A list is taken whole or not at all. A key that its user has already counts as done: the same list may come again.
help-key-assign--from = CSV list with the columns serial and login; "-" is stdin. Default: the key and the user that are named
help-key-replace = Replace keys by others, for the same users
help-key-replace-more = The new key is assigned to the holder of the old one, and is activated like any key. The old one goes on until the first check that is accepted with the new one, then it is retired; a lost key answers nothing. "cleotp key unassign" of the new one takes the replacement back.
help-key-replace--old = Key that is replaced: active, suspended or lost
help-key-replace--new = Key in stock that takes its place
help-key-replace--keep-pin = Go on with the PIN of the old key. Default: a new PIN is chosen with the first check
help-key-replace--from = CSV list with the columns old and new, as "cleotp report expiry --pairs -o csv" writes it; "-" is stdin; all rows or none. Default: the two keys that are named
help-key-unassign = Take keys back to stock
help-key-return = Take keys back from their users, into the stock of their establishments
help-key-return-more = The PIN is erased; no code that was used becomes good again. A key goes to the establishment that it was from, if its user belongs to it, else to that of its user.
help-key-return--to = Establishment that the key came back to. Default: the one that it was from, or that of its user
help-key-ship = Send keys in stock to an establishment, or back to the academy
help-key-ship-more = A key on its way can be neither assigned nor activated until it has come in: cleotp key receive. It counts for the place that sent it until then.
help-key-ship--to = Establishment that the keys are sent to. Default: none, say where with this option or with --to-academy
help-key-ship--to-academy = Send the keys back to the academy. Default: to the establishment of --to
help-key-receive = Take in keys where they were sent
help-key-suspend = Stop keys for a while: they answer no check
help-key-resume = Let suspended keys go on, with the same PIN
help-key-lost = Declare keys lost: they stop at once
help-key-lost-more = The PIN is kept, for emergency codes and for the case that the key is found. No code of a lost key is accepted, and its activation code is revoked. --emergency takes one key only.
help-key-lost--emergency = Issue a list of emergency codes for its user at the same time, shown once. Default: no
help-key-lost--days = How many days that list is good, at most 7; with --emergency. Default: 3
help-key-lost--output = Write those codes to a new file that only its owner can read; with --emergency. Default: show them
help-key-found = Bring lost keys back: to stock, or to their users
help-key-found-more = A key that was found goes to stock and its PIN is erased, for nobody knows who had it in hand. With --restore it is what it was before, for its user and with its PIN, and the reason stands in the audit.
help-key-found--restore = Make the key what it was before it was lost; needs --reason. Default: to stock
help-key-found--reason = Why its user may go on with it, for the audit. Default: none
help-key-retire = Put keys out of use for ever
help-key-retire-more = In any state. The PIN is erased; the key stays in the lists, and its serial can never come in again. A confirmation is asked for at the terminal; elsewhere --yes is needed.
help-key-unlock = Unlock keys after too many failures
help-key-resync = Resynchronise a key whose clock or counter has drifted
help-key-resync-more = On stdin when it is not a terminal: two consecutive codes (three with --three), one per line.
help-key-resync--subject = Serial of the key, or login of its holder
help-key-resync--three = Ask for three codes and search further. Default: two codes
help-key-diagnose = Tell what the code on a key's display means
help-key-diagnose-more = For administrators. Nothing is accepted or spent. On stdin when it is not a terminal: one code, or two consecutive codes, one per line; without the second only the neighbourhood of the key's own time is searched. At most 10 searches without a match an hour for a key, and 30 a day for an operator.
help-key-diagnose--serial = Serial of the key
help-activation = Manage activation codes
help-activation-new = Issue an activation code, shown once
help-activation-new--serial = Bind the code to this key. Default: the key assigned to the user
help-activation-new--output = Write the code to a new file that only its owner can read. Default: show it
help-activation-campaign = Issue activation codes for a whole list of users
help-activation-campaign-more = The list has a column login and, where a code is for a certain key, a column serial. All codes are issued or none. The result is CSV, a line for each user, with his code. Run again for the same list, the command issues codes only for those who have none waiting; who has activated his key never gets one.
help-activation-campaign--file = CSV list with the columns login and, where needed, serial; "-" is stdin
help-activation-campaign--reissue = Issue another code to those who have one waiting, which ends. Default: they keep theirs
help-activation-campaign--output = Write the CSV to a new file that only its owner can read. Default: stdout
help-activation-campaign--slips = Print the handover slips as well, a page for each code issued, to a new PDF file that only its owner can read; "-" is stdout, where the CSV does not go then. Everybody must have a key. Default: no slips
help-activation-import = Take in the activation codes of an earlier system
help-activation-import-more = For the administrator only. A code has 8 letters or digits. Without a date it lives as long as a new code; with one, 30 days at most. A code that was taken in is not taken a second time, even if it was used.
help-activation-import--file = CSV list with the columns login, code and, where needed, serial and expires_at; "-" is stdin
help-activation-list = List the activation codes, and what has become of them
help-activation-list--login = Only those of this user. Default: all
help-activation-revoke = Withdraw the activation codes of users
help-emergency = Manage emergency access, for when the key is not there
help-emergency-new = Issue a list of ten emergency codes, shown once
help-emergency-new-more = For a user whose key is lost, or was left elsewhere. An emergency code is typed in place of the key's digits, behind the PIN; each code is good once. A new list puts an end to the one before.
help-emergency-new--days = How many days the list is good, at most 7. Default: 3
help-emergency-new--output = Write the codes to a new file that only its owner can read. Default: show them
help-emergency-list = List the emergency lists, and what has become of them, without their codes
help-emergency-list--login = Only those of this user. Default: all
help-emergency-revoke = Revoke the emergency list of a user
help-slip = Print handover slips: a page in PDF for each holder, to be read and signed
help-slip-more = Each page has the establishment, the holder, the serial number, the steps of the guide, and places to sign. An activation code is on it only with --new-code. The addresses are portal-address and help-contact of config.toml.
help-slip--logins = Holders of the keys that are handed over
help-slip--all = Take every user who may log in and whose assigned key is not active yet, by establishment and name. Default: the users that are named
help-slip--new-code = Issue an activation code for each and print it; former codes end. Default: a place for a code that is given separately
help-slip--receipts = Print the list that the delegate keeps, with a place for each signature, and no slips. Default: the slips
help-slip--output = Write the PDF to a new file that only its owner can read. Default: stdout
help-activate = Activate a key with its activation code
help-activate-more = On stdin when it is not a terminal: the activation code.
help-pin = Manage PINs
help-pin-set = Create the PIN of a key
help-pin-set-more = On stdin when it is not a terminal: with --ticket the ticket, then the PIN twice, one per line.
help-pin-set--ticket = Read the ticket of the check as the first line. Default: asked for step by step on a terminal
help-pin-change = Change your PIN
help-pin-change-more = On stdin when it is not a terminal: with --ticket the ticket, then the passcode, then the new PIN twice, one per line.
help-pin-change--ticket = Read the ticket of the previous answer as the first line, and the next code alone as the second. Default: no ticket
help-pin-reset = Erase PINs: their holders create new ones
help-check = Check a passcode
help-check-more =
    On stdin when it is not a terminal: with --ticket the ticket, then the passcode, one per line.

    With --batch, one JSON object per line on stdin and one answer per line on stdout, until stdin ends:
    {"{"}"login":"jdupont","passcode":"…"{"}"}, with "ticket" for a second message, "source" for the caller's address, and
    "id" to know the answer again. "action" is "check" (default), "activate" (with "serial" and "activation_code"),
    "pin-set" (with "ticket", "pin" and "pin_again"), "pin-change" (with "passcode", "pin" and "pin_again"). Answers come in order for each login; each is on disk before it
    is written.
help-check--ticket = Read the ticket of the previous check as the first line. Default: no ticket
help-check--source = Address of the caller, by which failures are slowed down. Default: none
help-check--batch = Answer JSON lines until the input ends. Default: one check
help-check--pam = Answer pam_exec: who wants in stands in PAM_USER, and the passcode is all that is piped in. Default: LOGIN says who
help-check--radius = Answer rlm_exec of FreeRADIUS: all of it stands in the environment, as that server quotes it. Default: LOGIN says who

help-operator = Manage operators: who may do what
help-operator-add = Give an account of this machine a role
help-operator-add-more = The role takes the place of the one that the account had.
    admin: everything. delegate: the users, keys, activation and emergency codes of his establishments. importer: imports, nothing else.
    auditor: reads the audit, the reports and where keys come from. verifier: check, activate, pin set and pin change.
help-operator-add--account = Name of the account
help-operator-add--role = admin, delegate, importer, auditor or verifier
help-operator-add--establishments = Establishment of a delegate; repeat the option for several. Default: none, which the other roles want
help-operator-add--until = Last day of the role (UTC). Default: until it is taken back
help-operator-list = List the operators
help-operator-list--at = Those who were operators on this date (UTC). Default: now
help-operator-remove = Take roles back
help-operator-remove--accounts = Accounts, by the names that the list shows
help-audit = Manage the audit log
help-audit-list = List the events
help-audit-list--since = From this date on (UTC). Default: the first event
help-audit-list--until = Up to the end of this date (UTC). Default: now
help-audit-list--login = Only events of this user. Default: all
help-audit-list--user = Only events of the user of this number, also when the name is erased. Default: all
help-audit-list--serial = Only events of this key. Default: all
help-audit-list--establishment = Only events of this establishment. Default: all
help-audit-list--operator = Only acts of this operator. Default: all
help-audit-list--action = Only this action, as key-assign. Default: all
help-audit-list--outcome = Only this outcome. Default: all
help-audit-list--limit = At most this many events, the newest. Default: all
help-audit-verify = Verify that no event was changed
help-audit-verify--checkpoint = Hold the chain against the checkpoints of this file, which was kept elsewhere (- for stdin). Default: none
help-audit-checkpoint = Write down where the audit stands, to be kept on another machine
help-audit-checkpoint-more = The line holds no secret and no name. What it shows, it shows only where nobody who can write to this machine can change it: send it elsewhere, every hour. The same line goes to the log of the machine (journald or syslog).
help-audit-checkpoint--file = File to make; - for stdout. Default: -
help-audit-checkpoint--append = Add the line to the file if there is one. Default: refuse it
help-audit-export = Give out all events, with what chains them
help-audit-export-more = One object a line, or CSV with -o csv, or one document with -o json; CSV is guarded against formulas unless --raw. Users stand in it by their numbers: names are erased in their time, and no code of the chain covers them.
help-audit-export--since = From this date on (UTC). Default: the first event
help-audit-export--until = Up to the end of this date (UTC). Default: now
help-audit-export--output = File to make instead of stdout. Default: stdout
help-audit-purge = Delete the events that are older than must be kept
help-audit-purge-more = How long they are kept is said by audit-kept in the configuration: a year, and never less than six months. What is left of them is sealed, so that the rest can be verified as before. A confirmation is asked for at the terminal; elsewhere --yes is needed.
help-audit-purge--before = Events of before this date (UTC). Default: what audit-kept says
help-backup = Copy the database into one file, while it is in use
help-backup-more = Everything that was confirmed before the command began is in the copy. Seeds, PINs and codes in it stay sealed by the vault key, which is not in it: keep a copy of vault.key elsewhere. Names and logins are readable: send the copy through age or gpg with "-".
help-backup--file = New file, which only its owner can open; "-" is stdout
help-restore = Put a backup in the place of the database, or check whether it could be
help-restore-more = Nothing that was used since the backup can be used again: every key is moved on past the present moment, and all tickets, activation codes and emergency lists end. The keys whose state may have changed since are held: they answer no code until "cleotp restore --confirm-since DATE". The former database is kept beside the new one.
    A confirmation is asked for at the terminal; elsewhere --yes is needed.
help-restore--file = Backup, as "cleotp backup" wrote it; "-" is stdin
help-restore--check = Change nothing, and say whether the backup could be restored. Default: restore it
help-restore--confirm-since = Let the held keys be used again: you have looked at everything that happened since this date (UTC). Default: none is released
help-restore--serials = Only this key; repeat the option for several. Default: all that are held
help-report = Tell how the fleet of keys stands
help-report-stock = Count the keys by establishment, model and state
help-report-activation = List who has not used his key yet, and what is missing
help-report-activation-more = Each of them once. An activation code that is awaited or has expired, those first that end first; then the keys whose user has no code to activate them with, and those that are active and have accepted no passcode since.
help-report-drift = Tell how the clocks of the keys go, and which will leave what is tolerated
help-report-drift-more = The keys in use, those first that will leave the tolerance soonest. A key that is not used leaves it on the day told: then it needs a second code, and later a resynchronisation. How a clock goes is known after three months of use.
help-report-drift--before = Only the keys that will leave the tolerance before this date (UTC) if they are not used until then. Default: all
help-report-expiry = List the keys that end before a date, or propose what may take their places
help-report-expiry-more = Keys that are lost or out of use are not in it. With --pairs, each key in somebody's hands stands beside one in stock at his establishment that lasts beyond the date, each of these proposed once. As CSV this is the list that "cleotp key replace --from" takes, without those for which nothing is left or that cannot be replaced yet.
help-report-expiry--before = The date (UTC). Default: 90 days from now
help-report-expiry--pairs = Propose a key in stock for each that is in somebody's hands. Default: no
help-report-lockouts = List the keys that are locked, and those whose users have to wait
help-report-checks = Count the checks by hour or by day
help-report-checks-more = Hours and days are UTC, and those without a check are left out. Turned away are those who tried during a wait after wrong tries: they are counted when the next try comes after it. Each user who was accepted is counted once.
help-report-checks--since = Only from this moment on (UTC). Default: seven days before the last moment
help-report-checks--until = Only up to this moment; a date without a time is meant to its end (UTC). Default: now
help-report-checks--by-day = Count by day. Default: by hour
help-report-dormant = List the keys in use that nobody uses
help-report-dormant-more = Active keys that accepted no passcode for some time, the longest first; one that was activated since then is not among them.
help-report-dormant--days = For at least so many days, 1 to 3650. Default: 90
help-report-batches = Tell of every key with which line of which file it came, and who took that in
help-report-batches--batch = Only the keys of this batch. Default: all
help-report-operators = Tell who may do what, now or on a day
help-report-operators--at = At this moment (UTC). Default: now
help-config = Look at the configuration
help-config-show = Show every setting, where it comes from, and what it may be
help-config-show-more = Needs no database. A setting that config.toml does not name has its default. No secret is a setting.
help-config-check = Say everything that is wrong in the configuration, or in a file that is to become it
help-config-check-more = Each fault with its line and column, and what the setting takes. Nothing is changed. A FILE named - is standard input.
help-config-check--file = The file. Default: config.toml of the home
help-vault = Manage the vault key, which opens the database
help-vault-status = Tell which vault key opens the database, where it is, and where a copy belongs
help-vault-rotate = Replace the vault key by a new one
help-vault-rotate-more = Nothing else changes: seeds, PINs and codes stay as they are, and running checks go on. Backups made before still need the former key. A confirmation is asked for at the terminal; elsewhere --yes is needed.
help-completions = Write the completion script of a shell
help-completions-more = The script is written on stdout, in the language of --lang, of the configuration or of the environment. It holds no path, and runs cleotp for nothing.
help-completions--shell = Shell: bash, zsh or fish
help-man = Write the manual
help-man-more = Without a folder: the page cleotp(1) alone, on stdout. With one: every page, in both languages, in its folders man1 and fr/man1. Pages that are there already are replaced.
help-man--folder = Folder that receives the pages. Default: write the page cleotp(1) on stdout

## Help: arguments of several commands

help-any--serial = Serial number, on the back of the key
help-any--serials = Serial numbers, on the back of the keys
help-any--from = CSV list with the column serial; "-" is stdin. Default: the serials named
help-any--range = All keys from one serial to another, both included, as 103142718..103142767. Default: the serials named
help-any--list = CSV list with the column login; "-" is stdin. Default: the users named
help-any--login = Login of the user
help-any--logins = Logins of the users
help-any--uai = UAI of the establishment: seven digits and a letter
help-any--id = Number of the batch
help-any--dry-run = Report what would be done, change nothing. Default: do it

help-global--home = Folder of the database. Default: CLEOTP_HOME, else /var/lib/cleotp, else your data folder
help-global--output-format = Form of the answer: table, json, jsonl or csv. Default: table
help-global--lang = Language: fr or en. Default: that of the configuration, else of the environment
help-global--quiet = Say only what was asked for. Default: off
help-global--verbose = Say more. Default: off
help-global--yes = Answer yes to every confirmation. Default: ask
help-global--no-progress = Show neither progress nor countdowns. Default: shown on a terminal
help-global--raw = CSV without guards against formulas, for machines. Default: guarded
help-global--excel = CSV for a spreadsheet: semicolons and a byte order mark. Default: off
help-global--help = Print help; more of it with --help

## Lists

none-keys = No key.
none-held-keys = No key is held.
none-users = No user.
none-establishments = No establishment.
none-batches = No batch.
none-activations = No activation code.
none-emergencies = No emergency list.
none-events = No event.
none-operators = No operator.
none-drifts = No key to be told of.
none-stocks = No key.
none-handovers = Everybody uses the key that he has.
none-expiries = No key ends before then.
none-replacements = No key in somebody's hands ends before then that is not being replaced already.
none-lockouts = No key is locked, and nobody has to wait.
none-checks = No check in that time.
none-dormants = Every active key is used.
none-provenances = No key.
none-config = No setting.
none-findings = No finding.

column-login = Login
column-name = Name
column-establishments = Establishments
column-establishment = Establishment
column-enabled = Enabled
column-created-at = Created
column-uai = UAI
column-old-serial = Old key
column-new-serial = New key
column-old-state = State of the old
column-keeps-pin = Keeps PIN
column-serials = Keys
column-to = New establishment
column-serial = Serial
column-state = State
column-locked = Locked
column-was-locked = Was locked
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
column-old = Old key
column-new-key = New key
column-missing = Missing
column-lockout = Locked out
column-locked-at = Since
column-waits-until = Waits until
column-from = From
column-accepted = Accepted
column-challenged = Asked on
column-refused = Refused
column-turned-away = Turned away
column-locked-keys = Keys locked
column-days = Days
column-identical = Identical
column-replaced = Replaced
column-conflict = In conflict
column-rejected = Rejected
column-left-out = Left out
column-warnings = Warnings
column-line = Line
column-column = Column
column-severity = Severity
column-code = Code
column-message = Message
column-expires-at = Expires
column-left = Codes left
column-issued-by = Issued by
column-seq = No.
column-key = Key
column-value = Value
column-setting = Setting
column-comes-from = From
column-may-be = May be
column-at = Time
column-operator = Operator
column-account = Account
column-uid = Number
column-role = Role
column-since = Since
column-until = Until
column-via = Via
column-action = Action
column-outcome = Outcome
column-reason = Reason
column-keys = Keys
column-before = Before
column-after = After
column-shipped-to = On its way to
column-shipped-at = Sent
column-held-since = Held since
column-drift-seconds = Drift (s)
column-rate = A day (s)
column-leaves-window-at = Second code
column-needs-resync-at = Resync
place-academy = the academy
place-elsewhere = elsewhere
column-in-stock = In stock
column-left-stock = Once out
column-users = Users

state-stock = in stock
state-assigned = assigned
state-active = active
state-suspended = suspended
state-lost = lost
state-retired = retired
role-admin = administrator
role-delegate = delegate
role-importer = importer
role-auditor = auditor
role-verifier = verifier
a-role-admin = an administrator
a-role-delegate = a delegate
a-role-importer = an importer
a-role-auditor = an auditor
a-role-verifier = a verifier
pin-none = none
pin-provisional = to confirm
pin-set = set
severity-error = error
severity-warning = warning

## The command line

hint-see-help = see "{ $help }"
hint-import-went-so-far = the files above stand as told; import the others again
hint-near = did you mean "{ $near }"?

error-missing-command = a command is missing
error-unknown-command = unknown command "{ $word }"
error-ambiguous-command = "{ $word }" may mean two things
error-ambiguous-command-hint = to take a key back from a user: "cleotp key unassign" (desattribuer); to put it out of use for ever: "cleotp key retire" (mettre-au-rebut)
error-unknown-option = unknown option "{ $argument }"
error-surplus-argument = there is one word too many
error-surplus-argument-hint = see "{ $help }"; a secret is never given on the command line: it is asked for, or read from stdin
error-missing-value = a value is missing after "{ $argument }"
error-value-not-allowed = "{ $value }" is not allowed for "{ $argument }"; allowed: { $choices }
error-takes-no-value = "{ $argument }" takes no value
error-wrong-number-of-values = wrong number of values for "{ $argument }"
error-option-given-twice = "{ $argument }" can be given once only
error-options-exclude-each-other = "{ $argument }" and "{ $other }" exclude each other
error-missing-argument = missing: { $arguments }
error-not-utf8 = this is not UTF-8: { $words }
error-not-utf8-hint = check the encoding of your terminal, which must be UTF-8
error-argument-too-long = word { $number } of the command line has { $length } bytes; { $allowed } at most are possible
error-argument-too-long-hint = check what is given to cleotp; a long list is given in a file
error-command-line = the command line cannot be understood
error-invalid-number = "{ $value }" is no possible number for "{ $argument }"
error-invalid-number-hint = give a whole number, from 1
error-invalid-days = "{ $value }" is no possible number of days for "{ $argument }"
error-invalid-days-hint = an emergency list is good for 1 to { $most } days
error-invalid-uai = "{ $value }" is not a UAI
error-invalid-uai-hint = a UAI has seven digits and a letter, as 0860034V
error-wrong-uai-letter = "{ $value }" is mistyped: these digits ask for the letter { $right }
error-wrong-uai-letter-hint = check the seven digits and the letter against the establishment's papers
error-invalid-serial = "{ $value }" is not a serial number
error-invalid-serial-hint = a serial number has 1 to 40 letters, digits or . _ # : - and begins with a letter or digit
error-invalid-range = "{ $value }" is no range of serial numbers
error-invalid-range-hint = give the first and the last one, of the same length, as 103142718..103142767
error-invalid-remark = "{ $value }" is no reason
error-invalid-remark-hint = a reason has 1 to 200 characters, on one line
error-invalid-login = "{ $value }" is not a login
error-invalid-login-hint = a login has 1 to 64 letters, digits or . _ @ - and begins with a letter or digit
error-invalid-name = "{ $value }" is not a name
error-invalid-name-hint = a name has 1 to 200 characters, on one line
error-unknown-state = no state is called "{ $value }"
error-unknown-state-hint = the states are { $choices }
error-unknown-role = no role is called "{ $value }"
error-unknown-role-hint = the roles are admin, delegate, importer, auditor and verifier
error-role-without-establishment = a { $role } is one for certain establishments, and none is named
error-role-without-establishment-hint = name each of them with --establishment UAI
error-role-for-all = the role { $role } is for all establishments
error-role-for-all-hint = leave --establishment out, or give the role delegate
error-until-is-past = the last day of the role has passed already
error-until-is-past-hint = give a day to come; to take a role back: cleotp operator remove ACCOUNT
error-invalid-moment = "{ $value }" is not a date
error-invalid-moment-hint = write 2026-11-24, "2026-11-24 09:12" (UTC) or 2026-11-24T09:12:00Z
error-invalid-address = "{ $value }" is not an IP address
error-invalid-address-hint = write it as 192.0.2.7 or 2001:db8::7

## Streams and questions

error-interrupted = the question was left without an answer
error-interrupted-hint = run the command again; a code that was typed already is not good twice: wait for the next one
hint-nothing-changed = nothing was changed
error-confirmation-needed = this has to be confirmed, and there is nobody at a terminal
error-confirmation-needed-hint = nothing was changed; if it is meant, add --yes
error-input-ended = stdin ended before what was expected
error-input-ended-hint = give one line for each secret, in the order told by --help
error-input-too-long = stdin holds more than { $limit } bytes
error-input-too-long-hint = check what is piped into cleotp
error-input-too-large = standard input holds more than { $mebibytes } MiB
error-input-too-large-hint = check what is sent to cleotp
error-line-too-long = line { $line } holds more than { $limit } bytes
error-line-too-long-hint = each line is one JSON object; see cleotp check --help
error-line-not-json = line { $line }, column { $column }: this is not one JSON object
error-line-not-json-hint = each line is one JSON object; see cleotp check --help
error-line-not-understood = line { $line }, column { $column }: a field is unknown, is missing, or holds the wrong kind of value
error-line-not-understood-hint = texts are in quotes, digits too; the fields are listed by cleotp check --help
error-line-field-missing = line { $line }: the field "{ $field }" is missing
error-line-field-missing-hint = the fields of each action are listed by cleotp check --help
error-line-field-unused = line { $line }: the field "{ $field }" does not belong to this action
error-line-field-unused-hint = the fields of each action are listed by cleotp check --help
error-line-field-wrong = line { $line }: the field "{ $field }" has not the form that it must have
error-line-field-wrong-hint = logins begin with a letter or a digit and have at most 64 characters, serials at most 40
error-pam-type = PAM asks for something else than "auth", which is all that cleotp answers
error-pam-type-hint = call cleotp in lines that begin with "auth"; see cleotp-check(1)
error-variable-missing = the variable { $name } is not there
error-variable-missing-hint = --pam is called by pam_exec, --radius by rlm_exec of FreeRADIUS with shell_escape = yes; see cleotp-check(1)
error-variable-twice = the variable { $name } is there twice
error-variable-twice-hint = one of them is not the login server's: nobody is let in; look for what lets users bring variables along (pam_env with user_readenv)
error-variable-malformed = the variable { $name } has not the form that it must have
error-variable-malformed-hint = nobody is let in; no login has other characters than letters, digits and . _ @ -, and FreeRADIUS needs shell_escape = yes
error-cannot-read-input = stdin cannot be read: { $reason }
error-cannot-read-input-hint = check what is piped into cleotp
error-cannot-write = the answer cannot be written: { $reason }
error-cannot-write-hint = what was done is on the disk; see where the output goes (room, pipe), then look it up again
error-answers-unread = nobody reads the answers any more: their reader has gone away
error-answers-unread-hint = lines without an answer may have been carried out: ask their users for a new code
hint-code-lost = the code that was issued is lost; issue another one with "cleotp activation new { $login }"
hint-emergency-codes-lost = the codes that were issued are lost; issue another list with "cleotp emergency new { $login }"

## Files

error-file-missing = no such file: { $path }
error-file-missing-hint = check the name and the folder
error-file-exists = { $path } is already there
error-file-exists-hint = choose another name; nothing is ever overwritten
error-file-is-a-link = { $path } is a symbolic link
error-file-is-a-link-hint = put the file itself there, or name the file itself
error-file-is-a-dangling-link = { $path } is a symbolic link that leads to no file
error-file-is-a-dangling-link-hint = put the file back, or remove the link
error-file-not-regular = { $path } is not a regular file
error-file-not-regular-hint = name a file; pipes are read from stdin with "-"
error-file-is-a-directory = { $path } is a folder
error-file-is-a-directory-hint = name the files in it
error-secret-file-kind = { $path } is not a regular file
error-secret-file-kind-hint = name a file that only you can read; without this option the secret is asked for, or read from standard input
error-secret-file-too-large = { $path } is larger than { $limit } bytes: that is no key
error-secret-file-too-large-hint = name the file that holds the key or passphrase and nothing else
error-not-a-directory = { $path } is not a folder
error-not-a-directory-hint = name a folder
error-file-has-several-names = { $path } has { $links } names on the disk
error-file-has-several-names-hint = "cp -p -- { $quoted } { $quoted }.new && mv -- { $quoted }.new { $quoted }", then remove the other names
error-file-owner = { $path } belongs to uid { $owner }
error-file-owner-hint = as root: chown -- { $expected } { $quoted }
error-file-mode = others can open { $path } (mode { $mode })
error-file-mode-hint = chmod { $wanted } -- { $quoted }
error-file-closed = the owner of { $path } does not have all rights to it (mode { $mode })
error-file-closed-hint = chmod { $wanted } -- { $quoted }
error-file-writable = others can change { $path } (mode { $mode })
error-file-writable-hint = chmod go-w -- { $quoted }
error-ancestor-owner = the folder { $path } belongs to uid { $owner }, who can replace the database and the vault key in it
error-ancestor-owner-hint = as root: chown -- root { $quoted }
error-ancestor-mode = others can write to { $path } (mode { $mode }), and replace the database and the vault key in it
error-ancestor-mode-hint = chmod go-w -- { $quoted }
error-file-too-large = { $path } is larger than { $mebibytes } MiB
error-file-too-large-hint = split the file, or raise max-import-mebibytes in config.toml
error-network-filesystem = { $path } lies on a network file system ({ $filesystem })
error-network-filesystem-hint = put the home on a local disk
error-cannot-read = { $path } cannot be read: { $reason }
error-cannot-read-hint = check that the account running cleotp may read it
error-cannot-create = { $path } cannot be written: { $reason }
error-cannot-create-hint = check the folder, its permissions and the room on the disk
hint-fed-to-account = cleotp works here as the account { $account }, not as root: name "-" in its place and feed it in, as in "cleotp import - < FILE", or behind sudo "sudo cat FILE | sudo cleotp import -"
hint-secret-for-account = cleotp works here as the account { $account }, not as root: leave the option out and answer the question, or give that account a copy: install -m 0600 -o { $account } -- { $quoted } DIRECTORY
hint-written-by-account = cleotp works here as the account { $account }, not as root: take the answer from standard output, with "> FILE", or name a folder in which that account may write
reason-storage-full = the disk is full
reason-quota = the quota of the account is used up
reason-read-only = the disk is read-only
reason-not-permitted = this account may not
reason-folder-missing = there is no such folder
reason-not-a-folder = a folder of the path is none
reason-is-a-folder = it is a folder
reason-name-too-long = the name is too long
reason-name-has-a-nul = the name has a zero byte in it
reason-file-too-large = the file would become too large
reason-closed = what should have received it has closed
reason-would-block = there is nothing to read at present
reason-disk-error = the disk reports an error
reason-too-many-files = too many files are open

## The spool

error-spool-missing = there is no folder { $path }
error-spool-missing-hint = make it under the account that runs cleotp: "mkdir -m 750 -- { $quoted }"
error-spool-is-home = the spool { $path } is the folder of the database: its own files would be taken for those of vendors
error-spool-is-home-hint = make a folder of its own for the files of vendors
error-spool-shelf-kind = { $path } is in the place of a folder of cleotp
error-spool-shelf-kind-hint = move it away: the folder is made when it is needed
error-spool-writable = others can take files out of { $path } and put others in their place (mode { $mode })
error-spool-writable-hint = "chmod go-w -- { $quoted }"; for a group that drops its files there: "chmod o-w,+t -- { $quoted }"
error-spool-file-owner = { $path } belongs to uid { $owner }, whose files are not taken; it stays where it is
error-spool-file-owner-hint = as root: "chown -- { $expected } { $quoted }"; or name the account among the "owners" of spool.toml
error-spool-file-is-a-link = { $path } is a symbolic link, and is not followed; it stays where it is
error-spool-file-is-a-link-hint = put the file itself there, and remove the link
error-spool-file-is-a-folder = { $path } is a folder, and is not looked into
error-spool-file-is-a-folder-hint = move its files up into the spool, and remove it
error-spool-file-not-regular = { $path } is not a regular file; it stays where it is
error-spool-file-not-regular-hint = remove it, and put the file itself there
error-spool-file-changed = { $path } changed while it was imported; it stays where it is, for the next run
error-spool-file-changed-hint = have it written under a name that ends in .part, and renamed when it is whole
error-spool-refused = { $file }: refused, { $errors ->
        [one] one error
       *[other] { $errors } errors
    }; nothing of this file was stored{ $reason }
error-spool-refused-hint = it is now { $place }, with its report; mend it, or spool.toml, then move it back into { $path }
hint-spool-stays = it stays where it is
hint-spool-establishment = { $file } waits for it, as { $rules } says: check the UAI there, or add it with "cleotp establishment add"
hint-spool-secret = { $file } waits for it, as { $rules } says: put the file there, or change its name in { $rules }
error-spool-plain-kept = { $count ->
        [one] one file with seeds in clear is kept in { $spool }
       *[other] { $count } files with seeds in clear are kept in { $spool }, the first one
    }: { $first }
error-spool-plain-kept-hint = encrypt or remove them: their keys are in; without keep-plain in spool.toml none is kept
error-spool-failed = { $count ->
        [one] one file that was refused lies in { $spool }
       *[other] { $count } files that were refused lie in { $spool }, the first one
    } as { $first }
error-spool-failed-hint = what was wrong stands in the report beside it: mend it and move it back, or remove it
error-spool-waiting = { $count ->
        [one] one file waits in { $spool } to be taken
       *[other] { $count } files wait in { $spool } to be taken, the first one
    }: { $first }
error-spool-waiting-hint = the next run takes it: "cleotp import --spool { $spool }"
error-spool-not-run = { $spool } was last taken on { $since } (UTC); { $count ->
        [0] no file waits there
        [one] one file waits there
       *[other] { $count } files wait there
    }
error-spool-not-run-hint = look why cron does not run "cleotp import --spool { $spool }"
error-spool-failed-old = { $count ->
        [one] one file that was refused more than 7 days ago lies in { $spool }
       *[other] { $count } files that were refused more than 7 days ago lie in { $spool }, the first one
    }: { $first }
error-spool-failed-old-hint = mend and move back what is still wanted, and remove the others: they may hold seeds in clear
error-spool-unknown-key = { $path }, line { $line }, column { $column }: unknown key { $key }
error-spool-unknown-key-hint = the keys are { $known }
error-spool-value = { $path }, line { $line }, column { $column }: { $key } does not take this value
error-spool-value-hint = { $key } takes { $takes }
error-spool-rule-without-files = { $path }, line { $line }, column { $column }: this rule does not say for which files it is
error-spool-rule-without-files-hint = give it files = "*.xml", or a list of such patterns
spool-takes-age = a span from "0s" to "1d", with a unit: s, min, h, d
spool-takes-flag = true or false
spool-takes-owners = a list of accounts of this machine, by name or number, as ["vendor", 1003]
spool-takes-rules = rules, each below a line [[rule]]
spool-takes-patterns = a pattern of names without folders, as "feitian-*.xml", or a list of some
spool-takes-file = the name of a file, in quotes; one without a leading / is looked for in the spool
spool-takes-format = the name of a format, as "pskc-1.0"; the manual lists them
spool-takes-cipher = the name of a cipher, as "aes128-cbc"; the manual lists them
spool-takes-uai = a UAI, as "0860034V"
spool-takes-encoding = "hex", "base32" or "base64"
spool-takes-columns = columns from left to right, as "serial,secret,-,step"
spool-takes-digits = a number from 1 to 40

## Configuration

error-no-home = no home for the database is known
error-no-home-hint = give --home DIR, or set CLEOTP_HOME
hint-no-home-for-login-server = make the home of the system with "sudo cleotp init" (see docs/login-servers.md), or give --home DIR; a login server takes no folder from a variable
error-config-not-utf8 = { $path } is not UTF-8
error-config-not-utf8-hint = save the file as UTF-8
error-config-too-large = { $path } is larger than { $limit } bytes: that is no configuration
error-config-too-large-hint = write lines of "setting = value" in it, or remove it: every setting has a default
error-config-file-kind = { $path } is not a regular file
error-config-file-kind-hint = move it away: every setting has a default; to set some, write a file of this name
error-config-syntax = { $path }, line { $line }, column { $column }: this is not TOML
error-config-syntax-hint = write one "setting = value" a line, texts and spans in quotes
error-config-key-twice = { $path }, line { $line }, column { $column }: this setting is given twice
error-config-key-twice-hint = remove one of the two lines
error-config-number-too-large = { $path }, line { $line }, column { $column }: this number is too large
error-config-number-too-large-hint = put a value back that is allowed; without this line the setting keeps its default
error-config-not-a-span = { $path }, line { $line }, column { $column }: the value of { $key } is no span of time
error-config-not-a-span-hint = write a span from "{ $least }" to "{ $most }" in quotes, with a unit: s, min, h, d
error-config-not-a-count = { $path }, line { $line }, column { $column }: the value of { $key } is no whole number
error-config-not-a-count-hint = write a number from { $least } to { $most } without quotes
error-config-unknown-key = { $path }, line { $line }, column { $column }: unknown key { $key }{ $nearest ->
        [none] {""}
       *[other] ; perhaps { $nearest } is meant
    }
error-config-unknown-key-hint = the keys are { $known }
error-config-span = { $path }, line { $line }, column { $column }: { $key } is out of bounds
error-config-span-hint = { $key } takes a span from "{ $least }" to "{ $most }", with a unit: s, min, h, d
error-config-count = { $path }, line { $line }, column { $column }: { $key } is out of bounds
error-config-count-hint = { $key } takes a number from { $least } to { $most }
error-config-choice = { $path }, line { $line }, column { $column }: { $key } does not know this value
error-config-choice-hint = { $key } takes one of: { $choices }
error-config-path = { $path }, line { $line }, column { $column }: { $key } is not a full path
error-config-path-hint = { $key } takes a full path, which begins with /
error-config-address = { $path }, line { $line }, column { $column }: { $key } is not an address that begins with https://
error-config-address-hint = { $key } takes an address such as "https://portal.example.org/key", of at most { $limit } characters
error-config-line = { $path }, line { $line }, column { $column }: { $key } is not one line of text
error-config-line-hint = { $key } takes a text of 1 to { $limit } characters, such as "Help desk: 05 49 00 00 00"
error-config-pin-digits = { $path }: pin-min-digits ({ $minimum }) is above pin-max-digits ({ $maximum })
error-config-pin-digits-hint = 4 ≤ pin-min-digits ≤ pin-max-digits ≤ 8
config-file = The file is { $path }.
config-right = { $path } is right: { $count ->
        [0] no setting of its own
        [one] one setting
       *[other] { $count } settings
    }.
config-none = There is no { $path }: every setting has its default.
config-unset = none
config-from-default = default
config-from-file = line { $line }
config-range = { $least } to { $most }
config-takes-path = a full path
config-takes-line = a line of text
config-takes-address = an https:// address

## Defects

error-defect = a defect of cleotp, at { $place }; nothing secret was printed
error-defect-hint = please report this line, with the command that was run
error-no-randomness = the operating system gives no random bytes
error-no-randomness-hint = nothing secret can be made without them; check the system

## The database and the vault

error-no-database = there is no database here yet: { $path }
error-no-database-hint = make it with "cleotp init", or name its folder with --home
error-database-lost = the database { $path } is lost: { $left } is left of it
error-database-lost-hint = put your last backup in its place ("cleotp restore FILE"), and leave the rest as it is; only if there has never been a database, move { $left } away, then "cleotp init"
hint-database-lost-log = put your last backup in its place: "cleotp restore FILE", which keeps { $left } under another name; by itself it would damage another database
error-database-damaged = the database { $path } is damaged, or is no database
error-database-damaged-hint = do not touch it any more; put your last backup in its place: "cleotp restore FILE"
error-database-foreign = { $path } is another program's database
error-database-foreign-hint = name the right folder with --home
error-database-newer = the database was made by a newer version of cleotp (schema { $found }, known up to { $known })
error-database-newer-hint = install the version of cleotp that made it, or a newer one
error-database-impossible = a row of the table { $table } holds an impossible value ({ $column })
error-database-impossible-hint = the database was edited without cleotp; run "cleotp audit verify", then restore a backup
error-import-busy = an import or a batch that is being taken back is on its way
error-import-busy-hint = nothing was changed; try again when it has ended
error-database-being-replaced = a backup is being put in the place of the database
error-database-being-replaced-hint = nothing was changed; try again in a moment
error-database-in-use = the database { $path } is open in another program
error-database-in-use-hint = nothing was changed; stop the portal and whatever else checks codes all day ("fuser -v -- { $quoted }" shows who it is), then try again
error-backup-busy = another backup is being made
error-backup-busy-hint = nothing was changed; try again when it has ended
error-restore-busy = another restore is on its way
error-restore-busy-hint = nothing was changed; try again when it has ended
error-backup-to-terminal = a backup is no text, and a terminal cannot show it
error-backup-to-terminal-hint = name a file, or send it on: "cleotp backup - | age -r KEY > backup.age"
error-backup-foreign = { $path } is no backup of cleotp
error-backup-foreign-hint = a backup is what "cleotp backup" wrote; one that was sent through age or gpg must be opened by it first
error-backup-damaged = { $path } is damaged ({ $first })
error-backup-damaged-hint = nothing was changed; take an older backup, or the same one from another disk
error-backup-edited = { $path } was edited without cleotp: { $names }
error-backup-edited-hint = nothing was changed; take another backup, and find out who could write to this one
error-backup-chain-broken = the audit in { $path } was edited, or its end is missing (event { $first })
error-backup-chain-broken-hint = nothing was changed; take another backup, and find out who could write to this one
error-backup-of-another-key = { $path } was made with another vault key: it needs { $needed }, { $key_path } holds { $given }
error-backup-of-another-key-hint = keep the present key aside, the former database needs it; then put the copy of key { $needed } in the place of { $key_path } and restore again
error-database-busy = another command is using the database
error-database-busy-hint = nothing was changed; try again in a moment
error-too-many-waiting = { $most } lines of this login are waiting for their answers
error-too-many-waiting-hint = nothing was checked and no attempt was counted; send the line again when those are answered
hint-attempt-counted = nothing was accepted, but the attempt counts; try again in a moment
error-disk-full = the disk is full
error-disk-full-hint = nothing was changed; make room, then try again
error-database-read-only = the database cannot be written
error-database-read-only-hint = check that the disk is not read-only, and that the folder is yours
error-database-cannot-open = the database cannot be opened
error-database-cannot-open-hint = run cleotp under the account that ran "cleotp init"
error-database-io = the disk refused to be read or written
error-database-io-hint = nothing was changed; check the disk
error-database-no-memory = there is not enough memory to work with the database
error-database-no-memory-hint = nothing was changed; try again when the machine is less busy
error-database-unexpected = the database refused what cleotp wanted to do
error-database-unexpected-hint = nothing was changed; this is a defect of cleotp: report the command you ran
error-vault-key-missing = the vault key is missing: { $path }
error-vault-key-missing-hint = put back the copy that you keep in a safe place; the database does not open without it
error-vault-key-malformed = { $key_path } does not hold a vault key
error-vault-key-malformed-hint = put back the copy that you keep in a safe place
error-vault-key-other = this vault key does not open the database: key { $needed } is needed, { $key_path } holds key { $given }
error-vault-key-other-hint = put key { $needed } into { $key_path }; a key that "cleotp vault rotate" has replaced opens nothing but the backups of its time
hint-credential-other = it comes from systemd: encrypt key { $needed } as the credential of the unit ("man cleotp-vault")
error-vault-key-changed = another process has just changed the vault key
error-vault-key-changed-hint = run the same command again; "cleotp vault status" tells which key is in force
error-vault-key-is-a-credential = the vault key is a credential of systemd, which cleotp cannot write: { $path }
error-vault-key-is-a-credential-hint = put the key into vault.key of the home, run this command without the credential, and encrypt the new file as the credential ("man cleotp-vault")
error-vault-busy = an import or another change of the vault key is under way
error-vault-busy-hint = run the same command again when it has ended; nothing was changed
error-vault-key-not-placed = the vault key was changed, but its file could not take its place ({ $reason }): { $next } is needed now
error-vault-key-not-placed-hint = do not remove { $next }; put right what is wrong with the disk: the next command gives it the name { $path }
error-vault-key-waits = the vault key was changed, and its file has not taken its place yet: { $next } is needed now
error-vault-key-waits-hint = do not remove it; the next command, as "cleotp vault status", gives it the name { $key_path }
error-vault-key-left-over = { $next } was left by a change of the vault key that did not come to its end; the key in { $key_path } is in force
error-vault-key-left-over-hint = run "cleotp vault rotate" again: it throws that key away and makes another one
error-vault-tampered = the envelope of the vault was changed in the database
error-vault-tampered-hint = do not touch it any more; put your last backup in its place
error-seed-tampered = the seed of key { $serial } does not belong to its row: the database was edited without cleotp
error-holder-tampered = the holder of key { $serial } was changed in the database without cleotp: it opens nothing
error-holder-tampered-hint = run "cleotp doctor", then restore a backup
error-new-pin-tampered = the time to choose a PIN for key { $serial } was changed in the database without cleotp
error-new-pin-tampered-hint = run "cleotp doctor", then restore a backup
error-mandate-tampered = the role of account { $account } was changed in the database without cleotp
error-mandate-tampered-hint = the security officer must know: run "cleotp doctor", then restore a backup
error-seed-tampered-hint = run "cleotp audit verify", then restore a backup
error-work-broken = a defect of cleotp ended the check
error-work-broken-hint = nothing was accepted, the attempt counts; report it with the version that cleotp --version gives
error-hashing-failed = the PIN could not be computed, for lack of memory
error-hashing-failed-hint = nothing was changed; try again when the machine is less busy

## What does not exist

error-user-unknown = there is no user { $login }
error-user-unknown-hint = check the login with "cleotp user list"
error-key-unknown = there is no key { $serial }
error-key-unknown-hint = read the serial on the back of the key again; which key somebody has: "cleotp user show LOGIN"
error-establishment-unknown = there is no establishment { $uai }
error-establishment-unknown-hint = check the UAI with "cleotp establishment list"
error-batch-unknown = there is no batch { $id }
error-batch-unknown-hint = see "cleotp batch list"
error-batch-left-stock = { $left ->
        [one] one key of batch { $id } ({ $keys } in all) has left the stock: { $serials }
       *[other] { $left } keys of batch { $id } ({ $keys } in all) have left the stock: { $serials }{ $more ->
            [yes] …
           *[no] {""}
        }
    }
error-batch-left-stock-hint = a batch is only taken back whole, and while none of its keys was ever assigned, sent or lost, even if it came back into stock; see "cleotp key list --batch { $id }"
error-batch-promised = key { $serial } of batch { $id } is waiting for { $login }, who has an activation code for it
error-batch-promised-hint = revoke that code first: "cleotp activation revoke { $login }"
error-batch-not-in-stock = no key of batch { $id } is in stock
error-batch-not-in-stock-hint = a batch is verified before it is handed out; for a single key: "cleotp key diagnose"
error-verify-needs-terminal = the keys to try are drawn at random: somebody at a terminal has to read their digits
error-verify-needs-terminal-hint = run this command at a terminal, with the keys at hand
error-user-or-key-unknown = "{ $text }" is neither a user nor a key
error-user-or-key-unknown-hint = give the user's login, or the serial on the back of the key
error-operator-unknown = no operator is called { $account }
error-operator-unknown-hint = see: cleotp operator list
error-account-unknown = this machine has no account { $account }
error-account-unknown-hint = an operator is an account of the operating system: have it made first

## What the present state forbids

error-user-exists = user { $login } exists already
error-user-exists-hint = see "cleotp user show { $login }"
error-establishment-exists = establishment { $uai } exists already
error-establishment-exists-hint = see "cleotp establishment show { $uai }"
error-last-admin = { $account } is the only administrator without an end date
error-last-admin-hint = first make another one: cleotp operator add ACCOUNT --role admin
error-root-is-admin = { $account } is always an administrator, whatever its role
error-root-is-admin-hint = give roles to the accounts of people
error-user-disabled = user { $login } is disabled
error-user-disabled-hint = enable the user with "cleotp user enable { $login }"
error-user-not-of = user { $login } does not belong to { $uai }
error-user-not-of-hint = see with "cleotp user show { $login }"
error-user-already-of = user { $login } belongs to { $uai } already
error-user-already-of-hint = see with "cleotp user show { $login }"; to leave another one: "cleotp user move { $login } --leaving UAI"
error-user-of-several = user { $login } belongs to several establishments: { $uais }
error-user-of-several-hint = say which one the user leaves: --leaving UAI; or that none is left: --keep
error-user-of-none = user { $login } would belong to no establishment any more
error-user-of-none-hint = say where the user goes: --to UAI; or remove the user: "cleotp user remove { $login }"
error-key-stays-behind = key { $serial } of { $login } is held by the establishment that the user leaves, and it is not known which one it goes to
error-key-stays-behind-hint = take it back first, with --to and the establishment where it is: "cleotp key return { $serial } --to UAI"
error-user-of-others-too = user { $login } belongs to an establishment that is not yours as well
error-user-of-others-too-hint = ask an administrator; to take the user out of yours ({ $uais }): "cleotp user move { $login } --leaving UAI"
error-user-has-no-key = user { $login } has no key
error-user-has-no-key-hint = assign one with "cleotp key assign SERIAL { $login }"
error-user-has-a-key = user { $login } has key { $serial } already ({ $state })
error-user-has-a-key-hint = to give another one in its place: "cleotp key replace { $serial } NEW"; to take it back: "cleotp key return { $serial }"
error-several-keys = user { $login } has two keys in use: { $old }, and { $new } that takes its place
error-several-keys-hint = say which one, by its serial
error-replacement-open = key { $old } of { $login } is being replaced by key { $new } already
error-replacement-open-hint = to take that back: "cleotp key unassign { $new }"
error-replaces-itself = key { $serial } cannot take its own place
error-replaces-itself-hint = give the serial of the old key first, then that of the new one
error-lost-before-use = key { $serial } was lost before { $login } activated it: there is nothing to replace
error-lost-before-use-hint = assign the other key to that user: "cleotp key assign SERIAL { $login }"
error-nobody-to-replace-for = key { $serial } is nobody's: there is no holder to give another one to
error-nobody-to-replace-for-hint = assign the other key: "cleotp key assign SERIAL LOGIN"
error-no-pin-to-keep = user { $login } has no confirmed PIN for key { $serial }: there is none to go on with
error-no-pin-to-keep-hint = do it without --keep-pin: a PIN will be chosen with the new key
error-key-in-stock = key { $serial } is in stock: it is nobody's
error-key-in-stock-hint = assign it with "cleotp key assign { $serial } LOGIN"
error-key-assigned = key { $serial } is assigned to { $login }, who has not activated it yet
error-key-assigned-hint = its holder activates it with the activation code; if that is lost: "cleotp activation new { $login }"; to take it back: "cleotp key unassign { $serial }"
error-key-active = key { $serial } is active, in the hands of { $login }
error-key-active-hint = to take it back: "cleotp key return { $serial }"
error-key-suspended = key { $serial } is suspended
error-key-suspended-hint = to let it go on: "cleotp key resume { $serial }"; to take it back: "cleotp key return { $serial }"
error-key-lost = key { $serial } is declared lost
error-key-lost-hint = if it was found: "cleotp key found { $serial }"; else take another key from the stock
error-key-retired = key { $serial } is retired, and stays so
error-key-retired-hint = take another key from the stock
error-key-on-its-way = key { $serial } is on its way to { $place }
error-key-on-its-way-hint = when it has come in: "cleotp key receive { $serial }"
error-key-already-there = key { $serial } is already at { $place }
error-key-already-there-hint = see where it is with "cleotp key show { $serial }"
error-key-promised = key { $serial } is waiting for { $login }, who has an activation code for it
error-key-promised-hint = revoke that code first: "cleotp activation revoke { $login }"
error-several-establishments = key { $serial } is { $login }'s, who belongs to several establishments: { $uais }
error-several-establishments-hint = say where the key came back: --to UAI
error-key-of-elsewhere = key { $serial }, which { $login } has, is held by none of your establishments
error-key-of-elsewhere-hint = say to which of them it came back: --to UAI (user { $login } belongs to { $uais })
remedy-assign = assign it with "cleotp key assign { $serial } LOGIN"
remedy-activate = it is to be activated first: "cleotp activate { $login } { $serial }"
remedy-take-back = to take it back: "cleotp key return { $serial }"
remedy-resume = to let it go on: "cleotp key resume { $serial }"
remedy-find = if it was found: "cleotp key found { $serial }"
remedy-restore = if its user has it again: "cleotp key found { $serial } --restore --reason TEXT"
remedy-receive = when it has come in: "cleotp key receive { $serial }"
remedy-ship = nobody sent it; to send it: "cleotp key ship { $serial } --to UAI"
remedy-in-use = there is nothing to do: it answers checks; see "cleotp key show { $serial }"
remedy-not-lost = there is nothing to do: it was not declared lost; see "cleotp key show { $serial }"
remedy-another-key = take another key from the stock
error-key-held-elsewhere = key { $serial } is establishment { $uai }'s
error-key-held-elsewhere-hint = take a key of the user's establishment, or of the academy's stock
error-key-locked = key { $serial } is locked after too many failures
error-key-locked-hint = unlock it first: "cleotp key unlock { $serial }"
error-key-held = key { $serial } came back with a backup, and is held until somebody has looked at what happened to it since
error-key-held-hint = an administrator looks at it and then confirms: "cleotp restore --confirm-since DATE"
error-held-longer = keys are held since { $since } (UTC): what happened to them in all that time has to be looked at
error-held-longer-hint = look at everything since that moment, then name it, or an earlier one, with --confirm-since
error-none-held = no key that is meant is held
error-none-held-hint = "cleotp key list --held" shows those that are
error-no-live-activation = user { $login } has no activation code waiting
error-no-live-activation-hint = see "cleotp activation list"
error-no-live-emergency = user { $login } has no emergency list that is good
error-no-live-emergency-hint = see "cleotp emergency list"
error-no-pin-in-force = user { $login } has no confirmed PIN (key { $serial }): an emergency code is typed behind the PIN
error-no-pin-in-force-hint = see "cleotp key show { $serial }"
hint-choose-pin = it must first be chosen or confirmed, with the key: "cleotp check { $login }"
hint-activate-first = the key must first be activated: "cleotp activate { $login } { $serial }"
hint-give-another-key = give { $login } another key: "cleotp key assign SERIAL { $login }"
hint-lost-without-emergency = nothing was changed; declare it lost without --emergency: "cleotp key lost { $serial }", then give { $login } another key
error-key-is-nobodys = key { $serial } is nobody's: nobody needs emergency access for it
error-key-is-nobodys-hint = declare it lost without --emergency: "cleotp key lost { $serial }"
error-emergency-for-one-key = with --emergency one key is declared lost at a time
error-emergency-for-one-key-hint = each list of codes is handed to one person; do it key by key
error-code-is-waiting = user { $login } has an activation code waiting already
error-code-is-waiting-hint = revoke that code first: "cleotp activation revoke { $login }"
error-code-for-another-key = the activation code that { $login } has waiting is not for key { $serial }
error-code-for-another-key-hint = to replace it, run the command again with "--reissue"
error-code-has-expired = the code expired on { $at } (UTC)
error-code-has-expired-hint = take the line out; to issue a code: "cleotp activation campaign"
error-code-lives-too-long = an activation code lives { $days } days at most
error-code-lives-too-long-hint = give an earlier date, or none
error-campaign-one-file = the codes and the slips cannot go to the same file
error-campaign-one-file-hint = name two files
error-campaign-left-behind = { $path } was left by a campaign that was interrupted, and may hold codes that were issued
error-campaign-left-behind-hint = run the command again with "--dry-run": if the codes are waiting already, they stand in this file, rename it; if not, delete it: rm { $quoted }; when in doubt, "--reissue" to another file issues other codes

## Vendors' files

finding-empty-file = The file is empty.
finding-empty-file-hint = Fetch the file again from the vendor, or check its transfer.
finding-blank-file = The file contains only blanks.
finding-blank-file-hint = Fetch the file again from the vendor, or check its transfer.
finding-format-unknown = The format of the file is not recognised.
finding-format-unknown-hint = Check that this is the seed file of the vendor; if you know its format, name it with --format; for a table, name its columns with --columns.
finding-format-not-oath = The file is of the format { $format }, whose keys compute no OATH codes.
finding-format-not-oath-hint = These keys cannot be used here; ask the vendor for OATH seeds (PSKC or CSV).
finding-binary-file = The file is not text.
finding-binary-file-hint = Check that this is the seed file of the vendor, and that it is neither compressed nor encrypted.
finding-file-is-a-picture = The file is a picture ({ $format }).
finding-file-is-a-picture-hint = Ask the vendor for the seed file itself (PSKC or CSV): a picture cannot be imported.
finding-file-is-an-archive = The file is an archive or a compressed file ({ $format }).
finding-file-is-an-archive-hint = Extract the seed file (PSKC or CSV) from it, and import that one.
finding-file-is-a-workbook = The file is a workbook ({ $format }).
finding-file-is-a-workbook-hint = Open it in the spreadsheet, save the sheet as "CSV UTF-8" with serials and seeds as text, and import that CSV file.
finding-file-is-a-document = The file is a document ({ $format }).
finding-file-is-a-document-hint = Ask the vendor for the seed file itself (PSKC or CSV).
finding-file-is-a-program = The file is a program ({ $format }).
finding-file-is-a-program-hint = Do not run it; ask the vendor for the seed file itself (PSKC or CSV).
finding-file-is-a-database = The file is a database ({ $format }).
finding-file-is-a-database-hint = Ask the vendor for the seed file itself (PSKC or CSV).
finding-file-is-a-web-page = The file is a web page, not a seed file.
finding-file-is-a-web-page-hint = It is often the login or error page of the site: download the file again, and look at what has come.
finding-file-is-a-message = The file is an e-mail, not a seed file.
finding-file-is-a-message-hint = Save the attachment, and import that one.
finding-format-not-supported = The file is of the format { $format }, which this version does not read.
finding-format-not-supported-hint = Ask the vendor for PSKC (RFC 6030) or CSV; decrypt or unpack the file first if it is an envelope; save a spreadsheet as CSV (UTF-8), with the serial numbers as text.
finding-closed-digipass = The file is a DPX file of OneSpan (VASCO Digipass): only the vendor's own server can open it.
finding-closed-digipass-hint = Ask OneSpan for the OATH seeds of these keys as PSKC (RFC 6030), if they are OATH keys; keys of another kind cannot be checked.
finding-closed-fortitoken = The file is an FTK file of Fortinet (FortiToken): only a FortiGate or FortiAuthenticator can open it.
finding-closed-fortitoken-hint = Open a ticket at Fortinet with the serial numbers and the order number, and ask for the seeds in the format for Microsoft Entra (CSV).
finding-closed-activid = The file is an SDS or SDB file of HID (ActivID): only the vendor's own server can open it.
finding-closed-activid-hint = Ask HID for the same keys as PSKC, with the import key.
finding-closed-check-point = The file is an IMP file of Check Point: its keys answer challenges (DES), and show no codes of their own.
finding-closed-check-point-hint = Such keys cannot be checked: order OATH time keys (TOTP).
finding-closed-symantec-vip = The file is one of Symantec VIP: the seeds of these keys never leave the vendor's cloud.
finding-closed-symantec-vip-hint = Such keys cannot be checked: order OATH time keys (TOTP) that come with their seeds.
finding-closed-ct-kip = The file is a message by which an app gets its seed online (CT-KIP or DSKPP): it holds no seed.
finding-closed-ct-kip-hint = Ask whoever issues the keys for a file with the seeds: PSKC (RFC 6030), SDTID or CSV.
finding-file-is-encrypted = The file is encrypted ({ $format }).
finding-file-is-encrypted-hint = Decrypt it into a pipe, so that the seeds are never written down in clear: "age --decrypt FILE | cleotp import -", or "gpg --decrypt FILE | cleotp import -".
finding-openpgp-program-missing = The file is an OpenPGP message, and the gpg that would open it was not found.
finding-openpgp-program-missing-hint = Install the package gnupg, or say in config.toml where gpg is (gpg-program). Elsewhere, decrypt it into a pipe: "gpg --decrypt FILE | cleotp import -".
finding-openpgp-no-secret-key = The OpenPGP message is for keys whose secret part is not here: { $keys }.
finding-openpgp-no-secret-key-hint = Whoever has that secret key decrypts the file into a pipe: "gpg --decrypt FILE | cleotp import -"; or import the secret key for the account that runs cleotp (gpg --import). Otherwise the vendor has to encrypt the file for your key.
finding-openpgp-passphrase-needed = The OpenPGP message is opened by a passphrase, and none was given.
finding-openpgp-passphrase-needed-hint = Give it with --passphrase-file; at a terminal it is asked for.
finding-openpgp-wrong-passphrase = The passphrase does not open the OpenPGP message.
finding-openpgp-wrong-passphrase-hint = Check upper and lower case, and whether it is that of the message and not that of the file in it.
finding-openpgp-not-encrypted = The OpenPGP message is signed or compressed, but not encrypted: the seeds came in clear.
finding-openpgp-not-encrypted-hint = Ask the vendor to encrypt. To take the file all the same, verify its signature and pipe it: "gpg --decrypt FILE | cleotp import -".
finding-openpgp-not-protected = The OpenPGP message is encrypted in an old way that does not show changes: nobody could tell whether it was altered.
finding-openpgp-not-protected-hint = Ask the vendor to encrypt anew with a present OpenPGP program.
finding-openpgp-altered = The OpenPGP message was altered, cut off or damaged, or something was put beside it; nothing of it was used.
finding-openpgp-altered-hint = Fetch the file again; if it is refused again, tell the vendor.
finding-openpgp-bad-signature = The signature in the OpenPGP message is wrong.
finding-openpgp-bad-signature-hint = Do not use the file; fetch it again, and tell the vendor.
finding-openpgp-no-answer = gpg did nothing for { $seconds } seconds, and was ended.
finding-openpgp-no-answer-hint = Run "gpg --decrypt FILE > /dev/null" as the same account: its agent or a card may be waiting for somebody.
finding-openpgp-too-large = What is in the OpenPGP message is larger than { $mebibytes } MiB.
finding-openpgp-too-large-hint = If that is as it must be, raise max-import-mebibytes in config.toml; if it comes as a surprise, do not use the file.
finding-openpgp-failed = gpg could not open the OpenPGP message.
finding-openpgp-failed-hint = Run "gpg --decrypt FILE > /dev/null" as the same account: it says why.
finding-openpgp-signature-not-verified = The OpenPGP message is signed, and the signature was NOT verified: the signer's public key is not known here, or no longer good.
finding-openpgp-signature-not-verified-hint = Import the vendor's public key (gpg --import), and it will be.
finding-not-a-container = The file is XML, but its root element "{ $root }" is no container of keys.
finding-not-a-container-hint = Check that this is the seed file of the vendor, and not a page or a report.
finding-nul-byte = The file has a NUL character in the middle of its text.
finding-nul-byte-hint = The file was damaged on its way: fetch it again.
finding-encoding-invalid = The bytes of this line are not in the encoding of the file.
finding-encoding-invalid-hint = Save the file as UTF-8, or ask the vendor for it in UTF-8.
finding-encoding-unknown = The file declares an encoding that is not known.
finding-encoding-unknown-hint = Save the file as UTF-8, and declare that encoding on its first line.
finding-encoding-assumed = The file is not UTF-8; it was read as Windows-1252.
finding-encoding-assumed-hint = Check the accents of manufacturers and models; save as "CSV UTF-8" next time.
finding-no-keys = The file contains no key.
finding-no-keys-hint = Check that this is the seed file of the vendor, and that it is complete.
finding-too-many-errors = The file has { $total } errors; only the first ones are listed.
finding-too-many-errors-hint = Mend the errors that are listed and try again; if every line is wrong, it may be the wrong file or format.
finding-too-many-warnings = The file gives { $total } warnings; only the first ones are listed.
finding-too-many-warnings-hint = Read those that are listed: the others are probably of the same kind.
finding-unreadable = The file could not be read to its end.
finding-unreadable-hint = Check the disk or the transfer, and try again.
finding-file-changed = The file is being changed while it is read: these are not the bytes that were there a moment ago.
finding-file-changed-hint = Wait until whoever writes it has finished, then import it again.
finding-doctype = The file contains a document type declaration (DOCTYPE), which is refused for security.
finding-doctype-hint = A seed file needs none: ask the vendor for the file without it, and where this one comes from.
finding-xml-entity = The file uses an XML entity that it may not use.
finding-xml-entity-hint = A seed file needs none but the five of XML: ask the vendor for a correct file.
finding-xml-malformed = The file is not correct XML at this place.
finding-xml-malformed-hint = Do not edit the file by hand; fetch it again, or ask the vendor for a correct one.
finding-xml-too-deep = The elements of the file are nested deeper than { $allowed } levels.
finding-xml-too-deep-hint = No seed file needs that: check where the file comes from.
finding-xml-too-many-attributes = An element has more than { $allowed } attributes.
finding-xml-too-many-attributes-hint = No seed file needs that: check where the file comes from.
finding-xml-too-many-namespaces = An element declares more than { $allowed } namespaces.
finding-xml-too-many-namespaces-hint = No seed file needs that: check where the file comes from.
finding-xml-name-too-long = The name of an element or attribute is longer than { $allowed } bytes.
finding-xml-name-too-long-hint = No seed file needs that: check where the file comes from.
finding-xml-text-too-long = The text of an element is longer than { $allowed } bytes.
finding-xml-text-too-long-hint = No seed file needs that: check where the file comes from.
finding-xml-markup-too-long = A tag, a comment or a text is longer than { $allowed } bytes.
finding-xml-markup-too-long-hint = No seed file needs that: check where the file comes from.
finding-xml-too-many-elements = A key has more than { $allowed } elements.
finding-xml-too-many-elements-hint = No seed file needs that: check where the file comes from.
finding-truncated = The file stops in the middle.
finding-truncated-hint = The file is incomplete: fetch it again from the vendor.
finding-container-not-closed = The end of the container is missing; every key before it is complete.
finding-container-not-closed-hint = Compare the number of keys with the delivery note.
finding-content-after-end = There is something after the end of the container.
finding-content-after-end-hint = If several files were joined, import each one separately.
finding-element-twice = The element { $element } stands twice where it may stand only once.
finding-element-twice-hint = Ask the vendor for a correct file: it is not clear which of the two counts.
finding-pskc-version = The file is PSKC of a version other than 1.0.
finding-pskc-version-hint = Ask the vendor for PSKC 1.0 (RFC 6030).
finding-pskc-version-missing = The file does not tell its PSKC version; it was read as 1.0.
finding-pskc-version-missing-hint = Check one key with a code before you hand out the others.
finding-digest-not-verified = The file has digests beside values that are not encrypted; without a key they prove nothing, and were NOT verified.
finding-digest-not-verified-hint = Check one key with a code before you hand out the others.
finding-template-unknown = The key refers to common properties (KeyProperties) that do not come before it in the file, or these have no name.
finding-template-unknown-hint = Ask the vendor for a correct file.
finding-signed-not-verified = The file is signed; the signature was NOT verified.
finding-signed-not-verified-hint = Verify it with another tool if you rely on it.
finding-package-without-key = A package of the file contains no key.
finding-package-without-key-hint = Ask the vendor for a correct file.
finding-secret-missing = The key has no seed.
finding-secret-missing-hint = Ask the vendor for the file with seeds.
finding-key-reference = The key only refers to a secret that is kept elsewhere.
finding-key-reference-hint = Ask the vendor for a file that contains the seeds.
finding-two-values = A value stands there both plain and encrypted.
finding-two-values-hint = Ask the vendor for a correct file: it is not clear which of the two counts.
finding-pin-package-skipped = The file holds a PIN chosen by the vendor; it was left out.
finding-pin-package-skipped-hint = Nothing to do: users choose their PIN when they activate their key.
finding-pin-policy-ignored = The file asks for a PIN together with the code; this demand was left out.
finding-pin-policy-ignored-hint = Nothing to do if the PIN of this program replaces it.
finding-pin-algorithmic = The key mixes a PIN into the computation of its codes, which cannot be checked.
finding-pin-algorithmic-hint = Ask the vendor for keys without PIN, or with a PIN on the device only.
finding-key-usage-not-otp = The file does not allow this key to be used for one-time passcodes.
finding-key-usage-not-otp-hint = Ask the vendor whether this is the right file.
finding-transactions-limited = The key may be used a limited number of times only, which cannot be kept.
finding-transactions-limited-hint = Ask the vendor for the file without this limit.
finding-policy-not-understood = The key comes with a rule of use that this version does not understand.
finding-policy-not-understood-hint = Such a key must not be used (RFC 6030): ask the vendor for the file without this rule.
finding-response-not-decimal = The codes of this key are not made of digits only.
finding-response-not-decimal-hint = Only decimal codes can be checked: ask the vendor for other keys.
finding-check-digits = The codes of this key end with a check digit, which is not supported.
finding-check-digits-hint = Ask the vendor for keys without check digit.
finding-integer-malformed = The value of { $element } is not a number, or out of range.
finding-integer-malformed-hint = Ask the vendor for a correct file.
finding-boolean-malformed = The value of { $name } is neither true nor false.
finding-boolean-malformed-hint = Ask the vendor for a correct file.
finding-prefix-in-length = The key types { $prefix } characters of its own before each code; they were not counted as digits of the code.
finding-prefix-in-length-hint = Users type only the digits at the end; better, have the key set to type the code alone.
finding-date-malformed = A date cannot be read.
finding-date-malformed-hint = Ask the vendor for a correct file; dates look like 2030-12-31T23:59:59Z, in an SDTID file like 2030/12/31.
finding-dates-reversed = The key ends before it begins.
finding-dates-reversed-hint = Ask the vendor for the right dates.
finding-time-ignored = The file gives the clock of this key an offset, which was left out.
finding-time-ignored-hint = If its codes are refused, resynchronise the key.
finding-element-missing = The element { $element } is missing.
finding-element-missing-hint = The file is cut off, or another program wrote it: fetch it again from the vendor.
finding-header-altered = The header of the file was altered: its MAC is wrong, while that of a key is right.
finding-header-altered-hint = Do not use the file; fetch it again, and tell the vendor.
finding-token-altered = The record of this key was altered or damaged: its MAC is wrong.
finding-token-altered-hint = Do not use the file; fetch it again, and tell the vendor.
finding-sdtid-version = The file is of a version other than 0, which is not known.
finding-sdtid-version-hint = If the passphrase is certainly right, ask RSA for token records of version 0.
finding-token-count = The header announces { $declared } keys, and the file has { $found }.
finding-token-count-hint = Check with the delivery note that the file is complete.
finding-token-range = The header announces { $declared } as the first or last serial number, and the file has { $found } there.
finding-token-range-hint = Check with the delivery note that the file is complete.
finding-securid-serial = The serial number of a SecurID key has 12 digits at most, and nothing else.
finding-securid-serial-hint = Ask the vendor for a correct file; the codes depend on the serial number.
finding-securid-digits = The codes of a SecurID key have 6 or 8 digits, and the file says otherwise.
finding-securid-digits-hint = Ask the vendor for a correct file.
finding-securid-interval = A SecurID key changes its code every 30 or 60 seconds, and the file says otherwise.
finding-securid-interval-hint = Ask the vendor for a correct file.
finding-securid-mode = The key does not make its codes by the clock.
finding-securid-mode-hint = Ask the vendor for time-based keys.
finding-pin-in-code = This key adds the PIN to the code by itself (AddPIN), so that nobody can tell whether the PIN or the code is wrong: guesses could not be limited.
finding-pin-in-code-hint = Ask the vendor for keys that show the code alone (AddPIN 0); their holders type the PIN in front of it.
finding-software-token = This is the string of an RSA software token (CTF), which is made for an app, and not a seed file.
finding-software-token-hint = Ask for the token records of the keys, an XML file (SDTID).
finding-passphrase-needed-hint = Give the passphrase that the vendor sent separately with --passphrase-file; if there is none, the file is damaged: fetch it again.
finding-pre-shared-key-needed = The file is encrypted, and no pre-shared key was given.
finding-pre-shared-key-needed-hint = Give the key that the vendor sent separately with --psk-file.
finding-pre-shared-key-malformed = What was given is not a pre-shared key of 16, 24 or 32 bytes.
finding-pre-shared-key-malformed-hint = Give 32, 48 or 64 hexadecimal digits, or 16, 24 or 32 raw bytes, exactly as the vendor sent them.
finding-wrong-pre-shared-key = The pre-shared key does not belong to this file, or the file was altered.
finding-wrong-pre-shared-key-hint = Check which key belongs to this delivery; if it is the right one, fetch the file again.
finding-passphrase-needed = The file is encrypted by a passphrase, and none was given.
finding-wrong-passphrase = The passphrase does not belong to this file, or the file was altered.
finding-wrong-passphrase-hint = Check upper and lower case, and which passphrase belongs to this delivery; if it is the right one, fetch the file again.
finding-key-length-of-another-cipher = The key has { $bytes } bytes; { $cipher } needs { $needed }.
finding-key-length-of-another-cipher-hint = Check which key belongs to this delivery, and give all of it.
finding-key-derivation-unknown = The file makes its key from a passphrase in a way that is not known.
finding-key-derivation-unknown-hint = Ask the vendor for PBKDF2, or for a file encrypted with a pre-shared key.
finding-key-derivation-incomplete = The file does not tell how its key is made from the passphrase: salt or number of iterations are missing.
finding-key-derivation-incomplete-hint = Ask the vendor for a file that is complete.
finding-iterations-out-of-range = The number of iterations of the passphrase is not a number from 1 to { $most }.
finding-iterations-out-of-range-hint = Ask the vendor for a file with a usual number, as 100000.
finding-iterations-few = The passphrase is made into a key with so few iterations that whoever has the file soon finds it by trying.
finding-iterations-few-hint = Keep the file as if it were not encrypted, and ask the vendor for at least 100000 iterations.
finding-salt-malformed = The salt of the passphrase is not base64, or longer than 1024 bytes.
finding-salt-malformed-hint = Fetch the file again from the vendor.
finding-key-length-out-of-range = The file asks for a key of a length other than 16, 24 or 32 bytes.
finding-key-length-out-of-range-hint = The fault lies with the tool of the vendor: ask for a correct file.
finding-prf-unknown = The file makes its key from a passphrase with a hash that is not known.
finding-prf-unknown-hint = Ask the vendor for PBKDF2 with HMAC-SHA-1, HMAC-SHA-256 or HMAC-SHA-512.
finding-key-source-not-supported = The file is encrypted for a key of the kind "{ $source }", which cleotp does not open.
finding-key-source-not-supported-hint = Ask the vendor for a file encrypted with a pre-shared key or a passphrase.
finding-cipher-not-supported = The value is encrypted with { $cipher }, which cleotp does not open.
finding-cipher-not-supported-hint = Ask the vendor for a file encrypted with AES-128-CBC and a MAC.
finding-cipher-asymmetric = The value is encrypted for a certificate ({ $cipher }): only its private key opens it, and cleotp takes none.
finding-cipher-asymmetric-hint = Ask the vendor for a file encrypted with a pre-shared key or a passphrase.
finding-cipher-unknown = The value is encrypted in a way that is not known.
finding-cipher-unknown-hint = Ask the vendor for a file encrypted with AES-128-CBC and a MAC.
finding-cipher-missing = The file does not tell how the value is encrypted.
finding-cipher-missing-hint = Ask the vendor which cipher it is, and name it with --cipher, as --cipher aes128-cbc.
finding-ciphertext-malformed = The encrypted value is missing, cut off or damaged.
finding-ciphertext-malformed-hint = Fetch the file again from the vendor.
finding-mac-unknown = The file protects its values with a MAC that is not known.
finding-mac-unknown-hint = Ask the vendor for HMAC with SHA-1, SHA-256 or SHA-512.
finding-mac-key-reference = The key of the MAC is not in the file.
finding-mac-key-reference-hint = Ask the vendor for a file that contains it.
finding-mac-missing = The value has no MAC, although the file declares one: it may have been altered.
finding-mac-missing-hint = Do not use the file; fetch it again, and tell the vendor.
finding-mac-method-missing = The value has a MAC, but the file does not declare any: it may have been altered.
finding-mac-method-missing-hint = Do not use the file; fetch it again, and tell the vendor.
finding-mac-absent = The value is encrypted without any MAC: nobody could tell whether it was altered.
finding-mac-absent-hint = Ask the vendor for a file with a MAC. If there is none and you trust the way the file came, --accept-unauthenticated takes it.
finding-plain-among-encrypted = The seed of this key stands in clear in a file of encrypted seeds: whoever altered the file could have put it there.
finding-plain-among-encrypted-hint = Ask the vendor whether it is meant to be so, before you hand out the key.
finding-mac-on-plain-value = The value is plain and has a MAC, which is made for encrypted values only.
finding-mac-on-plain-value-hint = Do not use the file; fetch it again, and tell the vendor.
finding-mac-key-plain = The key of the MAC is not encrypted: whoever altered the file could have made the MACs anew.
finding-mac-key-plain-hint = Do not use the file; ask the vendor for one whose MAC key is encrypted.
finding-mac-mismatch = The MAC of the value is wrong: it was altered or damaged.
finding-mac-mismatch-hint = Do not use the file; fetch it again, and check the key or passphrase.
finding-mac-over-plaintext = The MACs of this file are those of a draft: they are made over the values in clear, and fit.
finding-mac-over-plaintext-hint = Nothing to do; ask the vendor for PSKC 1.0 (RFC 6030) with the next delivery.
finding-value-altered = The encrypted value does not open: it was altered or damaged.
finding-value-altered-hint = Do not use the file; fetch it again, and check the key or passphrase.
finding-unauthenticated-accepted = The values are encrypted without any MAC, and were taken as you asked: nobody could tell whether they were altered.
finding-unauthenticated-accepted-hint = Check some keys with a code before you hand out the others.
finding-padding-unauthenticated = The value does not end as it must: the key or passphrase is not the one of this file, or the file was altered.
finding-padding-unauthenticated-hint = Check the key; without a MAC every value must be padded by PKCS#7, or nothing is taken.
finding-padding-wrong = The value was authentic, but does not end as an encrypted value must.
finding-padding-wrong-hint = The tool of the vendor is at fault: ask for a correct file.
finding-padding-ambiguous = The end of the value can be read in two ways, which would give two different seeds.
finding-padding-ambiguous-hint = Ask the vendor for a file with PKCS#7 padding.
finding-line-too-long = The line is longer than { $allowed } bytes.
finding-line-too-long-hint = Check that this is the seed file of the vendor, with one key on each line.
finding-quote-not-closed = A quotation mark is not closed on this line.
finding-quote-not-closed-hint = Add the missing quotation mark, or take the first one away.
finding-column-missing = The column "{ $name }" is missing from the header.
finding-column-missing-hint = Add the header line of the vendor, as upn,serial number,secret key,time interval,manufacturer,model; or say with --columns what the columns hold.
finding-column-twice = The column "{ $name }" stands twice in the header.
finding-column-twice-hint = Remove the one that does not count.
finding-too-few-cells = The line has { $found } cell(s); at least { $expected } are needed.
finding-too-few-cells-hint = Check the separator, and that the line is complete.
finding-too-many-cells = The line has { $found } cells; at most { $expected } are known.
finding-too-many-cells-hint = Remove the cells that are too many; or say with --columns what the columns hold.
finding-type-assumed = The list does not tell the type of its keys; they were taken for time-based keys (TOTP).
finding-type-assumed-hint = If these keys have a button that counts, add the type hotp in the third column.
finding-event-assumed = The list does not tell the type of some keys, of which this is the first; they were taken for event keys (HOTP), as privacyIDEA and LinOTP do.
finding-event-assumed-hint = If their codes change by themselves, write totp in the column of the type.
finding-third-column-unclear = The numbers of the third column may be time intervals, or counters of event keys.
finding-third-column-unclear-hint = Say which: --columns serial,secret,step or --columns serial,secret,counter.
finding-several-rows-on-a-line = The line holds several keys.
finding-several-rows-on-a-line-hint = Put each key on a line of its own.
finding-users-not-assigned = The file names users beside its keys; the keys come into stock all the same.
finding-users-not-assigned-hint = Give each key to its user with "cleotp key assign".
finding-not-oath-skipped = { $rows ->
        [one] One line is
       *[other] { $rows } lines are
    } of the kind { $kind }, which is not OATH; they were passed over.
finding-not-oath-skipped-hint = Nothing is to be done: only OATH-HOTP keys can be used here.
finding-programmed-again = The key was programmed again on line { $last_line }; only that programming counts.
finding-programmed-again-hint = Nothing is to be done.
finding-maybe-challenge-response = The line does not tell an event key (HOTP) from one for challenge-response; it was taken for an event key.
finding-maybe-challenge-response-hint = Check the key with a code before you hand it out.
finding-epoch-not-supported = The steps of the key are not counted from 1970.
finding-epoch-not-supported-hint = Ask the vendor for keys that count from the epoch 0.
finding-number-malformed = The value of "{ $name }" is not a whole number.
finding-number-malformed-hint = Correct the cell.
finding-line-not-understood = The line is nothing that this format has.
finding-line-not-understood-hint = Check that nothing was added by hand; if the file is of another format, name it with --format.
finding-parameter-twice = A value stands twice for this key.
finding-parameter-twice-hint = Ask the vendor for a correct file: which of the two counts cannot be known.
finding-parameter-missing = The value of { $name } is missing.
finding-parameter-missing-hint = Ask for the value at the source of the file, and add it.
finding-percent-malformed = A percent sign on this line stands for no character.
finding-percent-malformed-hint = Export the list again: it was damaged on the way.
finding-several-uris = Several keys stand on one line.
finding-several-uris-hint = Put each otpauth:// on a line of its own: labels may have commas in them, so that nobody can tell them apart.
finding-migration-malformed = The handover of an app (otpauth-migration) is damaged.
finding-migration-malformed-hint = Export the keys again from the app, and take the whole line.
finding-migration-incomplete = The handover of the app has { $expected } parts, and only { $found } of them are here.
finding-migration-incomplete-hint = Add the lines of the other pictures that the app showed.
finding-serial-from-user = This format has no serial numbers; each key is named after its user, further ones with #2, #3.
finding-serial-from-user-hint = Put the serial number engraved on the key in place of the user's name, if you know it.
finding-serial-from-label = This format has no serial numbers; each key is named after the account of its label.
finding-serial-from-label-hint = Put the serial number engraved on the key in place of the account, if you know it.
finding-pin-not-taken = The file has a PIN for this key; it was left out.
finding-pin-not-taken-hint = Nothing to do: the holder chooses a new PIN when activating the key.
finding-safeword-encrypted = The seed is encrypted with the key of the SafeWord server that the file comes from.
finding-safeword-encrypted-hint = Ask the vendor for the file of the delivery (.dat), whose seeds are in clear: an export of the server does not do.
finding-mode-contradicted = The file calls this an event key, but gives it a programming time as time keys have it; it was taken for an event key.
finding-mode-contradicted-hint = Look whether the code changes by itself: then the file is wrong, ask the vendor.
finding-deepnet-encrypted = The seeds of this file are encrypted by a scheme that Deepnet does not publish.
finding-deepnet-encrypted-hint = Ask Deepnet for the file without this encryption (encrypt NONE), sent to you encrypted with OpenPGP.
finding-json-malformed = The file is no correct JSON at this place.
finding-json-malformed-hint = Do not edit the file by hand; get it again, or ask for a correct one.
finding-json-too-long = A value of the file has more than { $allowed } bytes.
finding-json-too-long-hint = No seed file needs that: check where the file comes from.
finding-json-not-text = The value of { $name } is no text.
finding-json-not-text-hint = Put it in quotes.
finding-not-a-graph-device = This is JSON, but no key as Microsoft Entra has it: neither serialNumber nor secretKey.
finding-not-a-graph-device-hint = Check that this is the file for Entra's Graph interface; else ask for PSKC (RFC 6030) or CSV.
finding-graph-secret-missing = The key comes without its seed: what Entra lists never has the seeds.
finding-graph-secret-missing-hint = Use the file with which the keys were put into Entra, or ask the vendor for it.
finding-assignment-ignored = The file says whom keys are given to; that was left out.
finding-assignment-ignored-hint = Assign the keys to their users here.
finding-serial-is-number = The serial number is written as a number: zeroes in front of it would be lost.
finding-serial-is-number-hint = Compare it with the number engraved on the key.
finding-serial-missing = The key has no serial number.
finding-serial-missing-hint = Add the number that is engraved on the back of the key.
finding-serial-made-up = The key has no serial number; one was made of the file's name and the line.
finding-serial-made-up-hint = Label the key with it, or ask the vendor for the serial numbers.
finding-serial-too-long = The serial number has more than { $allowed } characters.
finding-serial-too-long-hint = Check that the columns are in the right order.
finding-serial-changed = Characters of the serial number that are not allowed were replaced by "-".
finding-serial-changed-hint = Compare the serial number with the back of the key.
finding-serial-scientific = A spreadsheet turned the serial number into a rounded number: digits are lost.
finding-serial-scientific-hint = Take the original file; in the spreadsheet, import the column of serial numbers as text.
finding-serial-zeroes-lost = The serial number is shorter than the { $digits } digits of the others: a spreadsheet has taken zeroes away.
finding-serial-zeroes-lost-hint = Compare with the back of the key; --pad-serial { $digits } puts the zeroes back.
finding-serial-shared = Several keys of the file have this serial number; each is stored with its own id appended.
finding-serial-shared-hint = Compare with the devices: one device may hold several keys.
finding-duplicate-row = The same key already stands on line { $first_line }; this one was skipped.
finding-duplicate-row-hint = Nothing to do.
finding-serial-twice = The same serial number also stands on line { $first_line }, with another seed.
finding-serial-twice-hint = Ask the vendor which of the two seeds is in the key.
finding-seed-twice = The same seed also stands on line { $first_line }, under another serial number.
finding-seed-twice-hint = Two keys never share a seed: ask the vendor for a correct file. For a trial, --allow-weak-seeds lets it pass.
finding-seed-twice-allowed = The same seed already stands on line { $first_line }, under another serial number; it was allowed.
finding-seed-twice-allowed-hint = Do not hand out these keys: either shows the codes of the other.
finding-seed-missing = The key has no seed.
finding-seed-missing-hint = Check that the line is complete, and that the columns are in the right order.
finding-seed-not-base64 = Character { $position } of the seed is not base64.
finding-seed-not-base64-hint = Fetch the file again; do not type seeds by hand.
finding-seed-not-hex = Character { $position } of the seed is not a hexadecimal digit.
finding-seed-not-hex-hint = Compare with the file of the vendor; hexadecimal has the digits 0 to 9 and the letters a to f.
finding-seed-not-base32 = Character { $position } of the seed is not base32.
finding-seed-not-base32-hint = Compare with the file of the vendor; base32 has the letters A to Z and the digits 2 to 7, so never 0, 1, 8 or 9.
finding-seed-odd-hex = The seed has { $digits } hexadecimal digits, an odd number: one is missing or too many.
finding-seed-odd-hex-hint = Compare with the file of the vendor; a spreadsheet may have taken a leading zero away.
finding-seed-incomplete = The seed has { $characters } characters, a length that its encoding cannot have.
finding-seed-incomplete-hint = Compare with the file of the vendor: characters are missing or too many.
finding-seed-looks-like-hex = The seed looks like hexadecimal, but another encoding is expected here.
finding-seed-looks-like-hex-hint = If all seeds of the file are hexadecimal, say so with --secret-encoding hex.
finding-seed-looks-like-base32 = The seed looks like base32, but this file has hexadecimal here.
finding-seed-looks-like-base32-hint = If all seeds of the file are base32, say so with --secret-encoding base32.
finding-encoding-of-seeds-unclear = The seeds may be hexadecimal as well as base32; nothing in the column tells.
finding-encoding-of-seeds-unclear-hint = Ask the vendor, and say it with --secret-encoding hex or --secret-encoding base32.
finding-encodings-of-seeds-mixed = The seed is not written in the same way as the one on line { $first_line }: hexadecimal and another encoding in one column.
finding-encodings-of-seeds-mixed-hint = Say with --secret-encoding which one is right (hex, base32 or base64): the lines that are wrong are told then.
finding-seed-damaged = A spreadsheet turned the seed into a rounded number: digits are lost.
finding-seed-damaged-hint = Take the original file; in the spreadsheet, import the column of seeds as text.
finding-seed-too-long = The seed has { $bytes } bytes; at most { $allowed } are possible.
finding-seed-too-long-hint = Check that the columns are in the right order, or ask the vendor.
finding-seed-too-short = The seed has only { $bytes } byte(s); 16 are the minimum for a login.
finding-seed-too-short-hint = Ask the vendor for keys with longer seeds. For a trial, --allow-weak-seeds lets it pass.
finding-seed-constant = The seed is one byte repeated: it is no secret.
finding-seed-constant-hint = Ask the vendor for the real seeds. For a trial, --allow-weak-seeds lets it pass.
finding-seed-published = The seed is an example that is printed in a standard or a manual: everybody knows it.
finding-seed-published-hint = Ask the vendor for the real seeds. For a trial, --allow-weak-seeds lets it pass.
finding-weak-seed-allowed = The seed is weak or published; it was allowed.
finding-weak-seed-allowed-hint = Use this key for trials only.
finding-seed-below-recommendation = The seed has { $bytes } bytes; 20 are recommended.
finding-seed-below-recommendation-hint = Nothing to do now; ask for 20 bytes with the next order.
finding-seed-encoding-unknown = The file does not say how its seeds are written, or names a way that is not known.
finding-seed-encoding-unknown-hint = Ask the vendor for a file in HEX or BASE64.
finding-algorithm-not-supported = The key is of the type { $algorithm }, which cannot be checked.
finding-algorithm-not-supported-hint = Ask the vendor for time-based keys (TOTP).
finding-algorithm-unknown = The type of the key is not known.
finding-algorithm-unknown-hint = Ask the vendor for time-based keys (TOTP).
finding-algorithm-missing = The file does not tell the type of the key.
finding-algorithm-missing-hint = Ask the vendor for a file that names the algorithm.
finding-algorithm-guessed = The file does not tell the type of the key; it was taken for { $algorithm }.
finding-algorithm-guessed-hint = Check one key with a code before you hand out the others.
finding-hash-not-supported = The key computes with a hash other than SHA-1, SHA-256 and SHA-512.
finding-hash-not-supported-hint = Ask the vendor for keys with one of these.
finding-hash-assumed = The file does not tell the hash of the key; SHA-1 was assumed, although the seed has { $bytes } bytes.
finding-hash-assumed-hint = Check one key with a code before you hand out the others.
finding-hash-from-length = The file does not name the hash of the key; { $hash } was taken, as the length of the seed says.
finding-hash-from-length-hint = Try a code of one key before handing out the others.
finding-digits-out-of-range = The codes of the key do not have 6 to 8 digits.
finding-digits-out-of-range-hint = Ask the vendor for keys with 6, 7 or 8 digits.
finding-digits-assumed = The file does not tell the length of the codes; 6 digits were assumed.
finding-digits-assumed-hint = Compare with the display of a key.
finding-period-out-of-range = The time interval is not between 10 and 300 seconds.
finding-period-out-of-range-hint = Correct it: keys change their code every 30 or 60 seconds.
finding-period-assumed = The file does not tell the time interval; 30 seconds were assumed.
finding-period-assumed-hint = Look how long a key shows a code, and check one before you hand out the others.
finding-minute-assumed = The file does not say the time interval; 60 seconds were assumed.
finding-minute-assumed-hint = Watch how long a key shows a code, and try one before handing out the others.
finding-period-unusual = The time interval of { $seconds } seconds is unusual.
finding-period-unusual-hint = Look how long a key shows a code; it is nearly always 30 or 60 seconds.
finding-counter-out-of-range = The counter is larger than that of any key.
finding-counter-out-of-range-hint = The counter of a key with a button is the number of presses so far: 0 for a new key. Ask the vendor for it.
finding-expired = The key has expired; it will answer no check.
finding-expired-hint = Do not hand it out; ask the vendor for a new one.
finding-not-yet-valid = The key is not valid yet; it will answer no check before its date.
finding-not-yet-valid-hint = Hand it out when its date has come.
finding-conflict = This key is known already with another seed or other parameters (batch { $batch }).
finding-conflict-hint = Ask the vendor which of the two files is right. If it is this one, --replace takes it for keys that were never given out.
finding-conflict-used = This key is known already with another seed or other parameters (batch { $batch }), and it was given out since: it keeps its seed.
finding-conflict-used-hint = Compare its display by "cleotp key diagnose". If it is the new file that is right, take this key back and give its user another one.
finding-conflict-promised = This key is known already with another seed or other parameters (batch { $batch }), and somebody has an activation code for it: it keeps its seed.
finding-conflict-promised-hint = Find the code with "cleotp activation list" and revoke it with "cleotp activation revoke LOGIN"; then import the file again.

## The installation

installed = Ready: the database, the vault key and the configuration are in { $path }. Administrator: { $operator }.
installed-escrow = Put a copy of { $path } in a safe place now, off this machine: without it the database never opens again.
installed-next = To begin: "cleotp import FILE", with the vendor's seed file.
error-already-installed = there is a database here already: { $path }
error-already-installed-hint = use it, or choose another folder with --home
config-template = # Configuration of cleotp. Every setting is optional; take the # off the one that you change.
    # language = "fr"
    # activation-lifetime = "7d"
    # ticket-lifetime = "300s"
    # pin-min-digits = 4
    # pin-max-digits = 6
    # argon-profile = "fast"
    # mass-failure-locks = "keep"

## The steps of the guide

prompt-activation-code = Activation code that came with the key:
prompt-passcode = PASSCODE (PIN followed by the digits shown; without a PIN, the digits alone):
prompt-present-passcode = PASSCODE (present PIN followed by the digits shown):
prompt-code = Digits shown by the key:
prompt-ticket = Ticket:
prompt-next-code = New digits shown, without a PIN:
prompt-first-passcode = PASSCODE (PIN followed by the new digits):
prompt-new-pin = New PIN:
prompt-new-pin-again = The same PIN again:
prompt-resync-first = Digits shown by the key, without a PIN:
prompt-resync-following = New digits shown:
prompt-pre-shared-key = Pre-shared key of the file (32, 48 or 64 hexadecimal digits):
prompt-passphrase = Passphrase of the file:
prompt-openpgp-passphrase = Passphrase of the OpenPGP message:
prompt-verify = Key { $serial }: digits shown (Enter if it is not at hand):
prompt-verify-button = Key { $serial }, after a press of its button: digits shown (Enter if it is not at hand):
activation-issued = Activation code for { $login }:
activation-issued-once = Hand it over with the key: it is never shown again. A code that was given before, even on a slip, is no longer good.
activation-issued-to-file = The activation code of { $login } is in { $path }; it is valid until { $expires_at } (UTC).
emergency-issued = Emergency codes for { $login }, in place of key { $serial }, good until { $expires_at } (UTC):
emergency-issued-once = Hand them over in person: they are never shown again. To enter, their holder types the PIN, then one of these codes in place of the key's digits, without a blank. Each code is good once.
emergency-issued-to-file = The emergency codes of { $login } are in { $path }; they are good until { $expires_at } (UTC).
campaign-would-issue = Nothing was changed. Codes to issue: { $issued }; to replace: { $reissued }; waiting already: { $waiting }; keys activated already: { $activated }.
campaign-issued = Codes issued: { $issued }; replaced: { $reissued }; waiting already: { $waiting }; keys activated already: { $activated }.
campaign-some-wait = Who has a code waiting keeps it; "--reissue" would issue another one.
campaign-in-file = The list of the codes is in { $path }.
campaign-slips-in-file = The slips are in { $path }.
campaign-holds-codes = These codes will never be shown again. Hand them over with the keys, then delete every file that holds them.
campaign-no-slips = No code was issued: there is no slip to print.
campaign-plan-issued = to issue
campaign-plan-reissued = to replace
campaign-result-issued = issued
campaign-result-reissued = replaced
campaign-result-waiting = waiting already
campaign-result-activated = key activated already
hint-campaign-lost = the codes that were issued are lost; run the command again with "--reissue": who has not activated his key gets another code
hint-campaign-beside = the codes are issued, and stand in { $beside }: rename that file

# Slips
slips-written = { $count ->
    [one] One slip is in { $path }.
   *[other] { $count } slips are in { $path }.
    }
slips-printed = { $count ->
    [one] The slip is ready.
   *[other] { $count } slips are ready, each on a page of its own.
    }
slips-handed-over = Each holder signs one when receiving the key, and keeps the steps to follow.
slips-hold-codes = The file holds activation codes, which are never shown again: print it, then delete it.
slip-letters = the slip cannot print all letters of the name or the establishment of { $login }: those that are missing are replaced by "?"
receipts-written = { $count ->
    [one] The list of one receipt is in { $path }.
   *[other] The list of { $count } receipts is in { $path }.
    }
error-pdf-to-terminal = what is printed is a PDF, which a terminal cannot show
error-pdf-to-terminal-hint = add "> slip.pdf" at the end of the command, then print that file
error-slips-none = no assigned key waits for its activation
error-slips-none-hint = assign a key with "cleotp key assign SERIAL LOGIN"
hint-slips-lost = the codes that were issued are lost; the same command issues others

# On paper
slip-title = Handover slip
slip-subject = Authentication key
slip-establishment = Establishment
slip-uai = UAI code
slip-holder = Holder
slip-login = Login
slip-serial = Serial number, on the back of the key
slip-code = Activation code
slip-code-until = Works once, until { $date }, { $time } UTC
slip-apart = given separately
slip-scan = Scan to open the portal
slip-help = Need help?
slip-activate = Activate the key
slip-activate-text = On the portal, give your login, the activation code, and the serial number on the back of the key.
slip-activate-text-by-hand = On the portal, give your login, the activation code, and the serial number on the back of the key. Address of the portal:
slip-pin = Create your PIN
slip-pin-text = Log in with your login and the { $digits } digits that the key shows, alone. Then choose a PIN of { $pin }, and type it twice.
slip-pin-text-button = Press the button of the key. Log in with your login and the { $digits } digits that it shows, alone. Then choose a PIN of { $pin }, and type it twice.
slip-pin-kept = Keep your PIN
slip-pin-kept-text = Your PIN stays the same: it is that of your former key, which stops working when you first connect with this one.
slip-pin-between = { $least } to { $most } digits
slip-pin-exactly = { $least } digits
slip-first = Connect for the first time
slip-first-text = Wait until the digits of the key change: { $seconds ->
    [60] a minute
   *[other] { $seconds } seconds
    } at most. Type your login, then your PIN followed by the new digits, without a space.
slip-first-text-button = Press the button again: new digits appear. Type your login, then your PIN followed by the new digits, without a space.
slip-first-text-pin-kept = Type your login, then your PIN followed by the { $digits } digits that the new key shows, without a space.
slip-first-text-button-pin-kept = Press the button of the new key. Type your login, then your PIN followed by the { $digits } digits that it shows, without a space.
slip-daily = Every day
slip-daily-text = Type your login, then your PIN followed by the digits that the key shows. The same digits never work twice: wait for the next ones.
slip-daily-text-button = Press the button. Type your login, then your PIN followed by the digits that the key shows. The same digits never work twice.
slip-example-pin = your PIN
slip-example-digits = digits of the key
slip-example-whole = what you type
slip-duties = The holder undertakes
slip-duty-lend = to lend the key to nobody, and to tell nobody the PIN, the delegate included;
slip-duty-loss = to report a lost or stolen key at once;
slip-duty-pin = to learn the PIN by heart, and to destroy any paper on which it is written.
slip-receipt = I have received the key described above, and have read this page.
slip-date = Date
slip-delegate = Delegate’s signature
slip-signature = Holder’s signature
slip-secret = This slip bears a secret code: hand it over in person.
slip-made = Made with cleotp on { $date }
receipts-title = List of receipts
receipts-serial = Serial number
receipts-date = Date
receipts-made = Made with cleotp on { $date }
date-in-words = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
activated = Key { $serial } is active.
activated-next-with-pin = Your PIN stays the same. First connection: your login, then your PIN followed by the digits on this key's display. The former key stops working then.
activated-next = First connection: your login, then the digits on the key's display, alone. You will then choose your PIN.
activation-refused = Activation refused. Check the login, the activation code and the serial, or ask for a new activation code.
result-activated = activated
result-refused = refused
result-set = set
verdict-accepted = accepted
verdict-refused = refused
verdict-new-pin-required = new PIN required
verdict-next-code-required = next code required


check-accepted = Access granted to { $login }.
check-accepted-in-emergency = Access granted to { $login } by an emergency code, which is now used. { $left ->
        [0] It was the last one: ask for others, or for a new key.
        [one] One is left.
       *[other] { $left } are left.
    }
check-refused = Access refused. Wait until the code on the key changes, or press its button if it has one, then try again; after several failures, wait a few minutes.
check-new-pin-required = The code is right: now a PIN must be chosen ("pin set --ticket"), with this ticket, which is good once: { $ticket }
check-next-code-required = The code is right, but the next one is needed too (in { $seconds } s), with this ticket, which is good once: { $ticket }
check-next-code-required-button = The code is right, but the next one is needed too (press the button of the key again), with this ticket, which is good once: { $ticket }
login-new-pin = The code is right, but the key has no PIN yet: choose it first, where you activated the key, then log in with the PIN and new digits.
login-next-code = One more code is needed. Wait until the key shows another one, then log in with it in the same way.
radius-new-pin = The code is right. Now choose a PIN of { $least } to { $most } digits, and type it twice in a row, without a blank.
radius-next-code = One more code is needed. Wait { $seconds } s until the digits change, then type the new digits alone, without PIN.
radius-next-code-button = One more code is needed. Press the button of the key again, then type the new digits alone, without PIN.
radius-pin-is-set = Your PIN is set. Wait until the digits change, then type the PIN followed by the new digits.
next-code-required = The next code is needed too. Wait until the digits change, then type the new digits, without a PIN.
next-code-required-button = The next code is needed too. Press the button of the key again, then type the new digits, without a PIN.
passcode-follows = Wait until the digits change, then type your PASSCODE: the PIN followed by the new digits (example: 4576 and 768950 give 4576768950).
passcode-follows-button = Press the button of the key again, then type your PASSCODE: the PIN followed by the new digits (example: 4576 and 768950 give 4576768950).
resync-code-follows = Wait until the digits change.
resync-code-follows-button = Press the button of the key again.
wait-counted-down = { $seconds } s left (Enter if they have changed)
wait-told-once = They change in { $seconds } s.
choose-a-pin = Choose a PIN of { $least } to { $most } digits. Do not write it down and tell it to nobody.
pin-is-set = Your PIN is set.
pin-set-next = It will be confirmed by your next connection, with another code of the key, within the hour.
pin-unfit = This PIN is not fit: { $reason }. { $tries ->
        [one] One try is left.
       *[other] { $tries } tries are left.
    }
pin-change-next = Confirm it by a connection with another code of the key within the hour; otherwise the former PIN is good again.
pin-change-refused = Refused: your PIN was not changed. Wait until the code on the key changes, or press its button if it has one, then try again; after several failures, wait a few minutes.
pin-change-ticket = Another PIN can be tried with "pin set --ticket" and this ticket: { $ticket }
pin-ticket-dead = Refused: the ticket is no longer good. Begin again with a new code of the key.
pin-not-digits = it must have digits only
pin-length = it must have { $least } to { $most } digits
pin-alike = all its digits are alike
pin-run = its digits run up or down
pin-year = it is a year, too easy to guess
pin-common = it is too common
pin-serial-end = it is the end of the key's serial
pin-former = it is your former PIN
pin-unequal = the two were not the same
unfit-not-digits = not only digits
unfit-length = length
unfit-alike = digits alike
unfit-run = digits in a run
unfit-year = year
unfit-common = too common
unfit-serial-end = end of the serial
unfit-former = former PIN
unfit-unequal = not the same twice
no-pin-to-set = Refused. Wait until the digits on the key change, then try again; if you have a PIN already, change it: "cleotp pin change".
error-pin-refused = this PIN is not fit: { $reason }
error-pin-refused-hint = choose another; tries left with this ticket: { $tries }
error-pin-refused-last-hint = no try is left: begin again with a new code of the key
error-ticket-needed = without a terminal, setting a PIN needs a ticket
error-ticket-needed-hint = add --ticket, and give on stdin the ticket, then the PIN twice

## Resynchronising

resync-even = Key { $serial } is on time again.
resync-ahead-minutes = Key { $serial } is resynchronised: it is { $amount ->
        [one] one minute
       *[other] { $amount } minutes
    } ahead.
resync-behind-minutes = Key { $serial } is resynchronised: it is { $amount ->
        [one] one minute
       *[other] { $amount } minutes
    } behind.
resync-ahead-seconds = Key { $serial } is resynchronised: it is { $amount } seconds ahead.
resync-behind-seconds = Key { $serial } is resynchronised: it is { $amount } seconds behind.
resync-pressed-none = Key { $serial } is resynchronised: no press had been missed.
resync-pressed = Key { $serial } is resynchronised: its button had been pressed { $amount ->
        [one] once
       *[other] { $amount } times
    } without the code being used.
resync-third = These two codes are not enough: a third one is needed.
resync-third-needed = A third code is needed: begin again with --three and three codes in a row.
resync-refused = Key { $serial } was not resynchronised: these are not two codes in a row of this key. Try again with new codes.
resync-replay = Key { $serial } was not resynchronised: these codes were used before. Try again with new codes.
resync-grammar = Key { $serial } was not resynchronised: type the digits on the display only, without the PIN.
resync-waiting = Key { $serial } makes everybody wait after several failures. Wait a few minutes, or unlock it: "cleotp key unlock { $serial }".

## Diagnosing

diagnose-now = The code is right: it is what key { $serial } is to show now.
diagnose-ahead = The code is of key { $serial }, but its clock is { $span } ahead. Resynchronise it: "cleotp key resync { $serial }".
diagnose-behind = The code is of key { $serial }, but its clock is { $span } behind. Resynchronise it: "cleotp key resync { $serial }".
diagnose-pressed = The code is of key { $serial }, but its button was pressed { $amount ->
        [one] once
       *[other] { $amount } times
    } without the code being used. Resynchronise it if the login is refused: "cleotp key resync { $serial }".
diagnose-spent = The code is of key { $serial }, but it was used already, on { $at } (UTC).
diagnose-older = The code is of key { $serial }, but it is too old: a later one was used on { $at } (UTC).
diagnose-old = The code is of key { $serial }, but it is too old: it is from before the key was delivered.
diagnose-wait = Wait until the digits change, then try again.
diagnose-press = Press the button of the key again, then try again.
diagnose-clock-behind = If the key does show this code now, its clock is { $span } behind: wait for so long, then resynchronise it.
diagnose-other-parameters = The codes would be right if key { $serial } were set so: { $is }. It was imported so: { $was }. The file was wrong: ask the vendor for another one.
diagnose-other-base = The codes would be right if the secret of key { $serial } had been read { $is }. It was read { $was }. The file did not say how it is written: ask the vendor for another one.
diagnose-other-key = The codes are those of another key: { $other }, not { $serial }. Have the serial number on the back of the key read again.
diagnose-second = The code is none of the key. With the next one, it can be searched further.
diagnose-second-needed = The code is none of key { $serial }. Give the code that follows too, to search further.
diagnose-no-match = The codes are neither of key { $serial } nor of any other that is known. Check that they are two codes in a row, and have the number on the back of the key read again; if both are right, the secret that was imported is not the one of this key.
diagnose-not-active = Beware: key { $serial } answers no check in its present state ({ $state }).
diagnose-locked = Beware: key { $serial } is locked. Unlock it: "cleotp key unlock { $serial }".
diagnose-out-of-date = Beware: key { $serial } is outside its dates of validity, and answers no check.
diagnose-parameters = { $algorithm }, { $digits } digits, { $period } s
diagnose-parameters-button = { $algorithm }, { $digits } digits
base-raw = as plain text
base-hex = as hexadecimal
base-base32 = as base32
base-base64 = as base64
span-seconds = { $seconds } seconds
span-minutes = { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }
span-hours = { $hours } hours
span-days = { $days } days

## Taking a batch back, verifying it

confirm-yes = y yes
confirm-no = Nothing was changed.
confirm-other = That is not the same: nothing was changed.
confirm-audit-purge = { $events ->
        [one] One event
       *[other] { $events } events
    } of before { $day } (UTC): nobody will be able to read or restore what they tell. Go on? [y/N]
confirm-audit-purge-begun = An earlier purge was cut off: { $events ->
        [one] the event that is left of it goes
       *[other] the { $events } events that are left of it go
    } first.
confirm-audit-purge-again = To confirm, type the date { $day } again:
confirm-batch-undo = Batch { $id }: { $file }, imported on { $at } (UTC) by { $operator }; { $keys ->
        [0] no keys
        [one] one key, which never left the stock
       *[other] { $keys } keys, none of which ever left the stock
    }.
    Taking it back deletes these keys and their seeds. Go on? [y/N]
confirm-batch-again = Type the number of the batch once more to take it back:
confirm-vault-rotate = The vault key { $id } is replaced by a new one. The backups made until now will still need it: keep its copy as long as them. Go on? [y/N]
confirm-vault-again = Type the first four characters of that key's number:
confirm-key-retire = Key { $serial } ({ $state }{ $login ->
        [none] {""}
       *[other] , { $login }
    }) goes out of use for ever. Go on? [y/N]
confirm-key-again = Type its serial number again:
confirm-keys-retire = { $count } keys go out of use for ever. Go on? [y/N]
confirm-keys-again = To confirm, type how many there are:
confirm-user-remove = { $name } ({ $login }) leaves: the key and all codes of this user end at once. Go on? [y/N]
confirm-user-again = Type the login again:
confirm-users-remove = { $count } users leave: their keys and all their codes end at once. Go on? [y/N]
confirm-users-again = To confirm, type how many there are:
confirm-restore = { $path }: its last event is of { $newest } (UTC); keys: { $keys }, users: { $users }.
    Whatever was done after that moment is not in it. Restoring it takes the present database out of use, which is kept beside, and ends all tickets, activation codes and emergency lists. Go on? [y/N]
confirm-restore-again = Type the day of its last event ({ $day }) to restore it:
vault-key-is = Vault key { $id }, { $source ->
        [credential] a credential of systemd
       *[file] in the file
    } { $path } (account { $owner }, mode { $mode }).
vault-key-made-at = Made with the database on { $at } (UTC), and never changed since.
vault-key-rotated-at = In force since { $at } (UTC); the database was made on { $made }.
vault-key-waits = { $path } is left of a change that did not come to its end: "cleotp vault rotate" throws it away.
vault-key-not-in-backups = It is in no backup: a backup is of use to nobody who does not have it, you included.
vault-key-copy = Keep a copy off this machine, in a safe, printed or on a sealed medium, and never beside a backup.
vault-key-copy-used = To use the copy: write its line into { $quoted } under the account of cleotp, "chmod 600" it, then run "cleotp doctor".
vault-rotated = The vault key is now { $id }, in { $path }. Key { $former } does not open this database any more.
vault-rotated-copy = Put a copy of the new key in the safe now: see "cleotp vault status".
vault-rotated-backups = Keep the copy of key { $former } too, as long as you keep a backup made until now.
batch-undo-takes-time = Erasing { $keys } keys: this takes a moment. Stopping it would not bring them back.
batch-undone = Batch { $id } ({ $file }) is taken back: { $keys ->
        [0] it had no keys
        [one] its key is deleted
       *[other] its { $keys } keys are deleted
    }. The same file can be imported again.
batch-undo-finished = Taking batch { $id } ({ $file }) back had been interrupted: it is done now. The same file can be imported again.
batch-undo-left-over = the keys of the batch are gone, but not all of them is erased yet ({ $reason }); the next import or undo will do it.
verify-begin = Batch { $id } ({ $file }): { $keys ->
        [one] one key in stock.
       *[other] { $keys } keys in stock.
    } { $sample ->
        [one] Let us try one, drawn at random.
       *[other] Let us try { $sample }, drawn at random.
    }
verify-not-a-code = that is no code: type all the digits shown, and nothing else.
verify-second = This key should not show that code. With the code that follows, it can be told why.
verify-third = Still nothing. Read the number on the back of the key again. One last code, in case one of the two was mistyped:
verify-key-right = Key { $serial }: right.
verify-key-ahead = Key { $serial }: right, with a clock that is { $span } ahead.
verify-key-behind = Key { $serial }: right, with a clock that is { $span } behind.
verify-key-pressed = Key { $serial }: right, after { $amount ->
        [one] one press that was not used.
       *[other] { $amount } presses that were not used.
    }
verify-key-counter = Key { $serial }: its seed is right, but the file tells of a counter that is further on than its own. Its codes will be refused until then.
verify-key-parameters = Key { $serial }: right if it is set like this: { $is }. It was imported like this: { $was }.
verify-key-base = Key { $serial }: right if its seed is read { $is }. It was read { $was }.
verify-key-other = Key { $serial }: these are the digits of another key, { $other }.
verify-key-nothing = Key { $serial }: these digits are no known key's.
verify-right = { $tried ->
        [one] The key that was tried answers: the parameters of this batch are right.
       *[other] The { $tried } keys that were tried answer: the parameters of this batch are right.
    }
verify-none = No key was tried: nothing is verified. Begin again when keys of batch { $id } are at hand.
verify-too-few = { $tried ->
        [one] The key that was tried answers, but { $sample } were to be tried.
       *[other] The { $tried } keys that were tried answer, but { $sample } were to be tried.
    } Begin again when other keys of batch { $id } are at hand, or ask for fewer with --sample.
verify-wrong = { $tried ->
        [1] The key that was tried does not show what it should.
       *[other] { $wrong ->
            [one] One key of { $tried } does not show what it should.
           *[other] { $wrong } keys of { $tried } do not show what they should.
        }
    } Do not hand batch { $id } out: compare the serials in the file with those on the keys, and ask the vendor whether it is the right file.
verify-parameters = Do not hand batch { $id } out: it was imported with wrong parameters, and its keys would open nothing.
verify-mend-encoding = Take the batch back: "cleotp batch undo { $id }". Then import { $file } again and say how its seeds are written: "cleotp import --secret-encoding { $encoding } …".
verify-mend-table = Take the batch back: "cleotp batch undo { $id }". Then mend what { $file } says of its keys (type, digits, period), or pass over those columns by "cleotp import --columns …", and import it again.
verify-mend-file = Take the batch back: "cleotp batch undo { $id }". Then ask the vendor for another file than { $file }, and import that.
verify-all-ahead = All these keys are ahead by as much: perhaps it is the clock of this machine that is behind. Compare it with another one: "cleotp doctor".
verify-all-behind = All these keys are behind by as much: perhaps it is the clock of this machine that is ahead. Compare it with another one: "cleotp doctor".
error-not-codes = these are not the digits of a key
error-not-codes-hint = give 6 to 8 digits on each line, without a PIN; one code, or two in a row
error-diagnoses-limited = too many searches without a match
error-diagnoses-limited-hint = the next one can be made from { $until } (UTC) on; until then, have the serial number and the digits read again

## Importing

error-unknown-encoding = "{ $value }" is no encoding of seeds
error-unknown-encoding-hint = the encodings are hex, base32 and base64
error-unknown-column = no column is called "{ $word }"
error-unknown-column-hint = the columns are serial, secret, type, hash, digits, step, counter, manufacturer and model; "-" passes one over
error-column-named-twice = the column "{ $name }" is named twice
error-column-named-twice-hint = name each column once; "-" passes one over
error-no-column-of-seeds = no column of seeds is named
error-no-column-of-seeds-hint = name one "secret", as in --columns serial,secret,-,step
error-unknown-format = there is no format "{ $format }"
error-unknown-format-hint = the formats are { $known }; without --format it is found by content
error-unknown-cipher = there is no cipher "{ $cipher }"
error-unknown-cipher-hint = the ciphers are { $known }
finding-at-line = line { $line }
finding-at-column = line { $line }, column { $column }
finding-of-key = , key { $serial }
finding-first = : { $place }: { $what }
progress = { $file }: { $keys } keys, { $pace } a second
progress-seconds-left = { $text }, { $count } s left
progress-minutes-left = { $text }, { $count } min left
import-done = { $file } ({ $format }): { $new ->
        [0] no new key
        [one] one new key in stock
       *[other] { $new } new keys in stock
    }, { $identical ->
        [0] none known before
        [one] one known before
       *[other] { $identical } known before
    }{ $replaced ->
        [0] {""}
        [one] , one replaced
       *[other] , { $replaced } replaced
    }; batch { $batch }.
import-partial = { $file } ({ $format }): { $errors ->
        [one] one key left out
       *[other] { $errors } keys left out
    }, { $new ->
        [0] no new key
        [one] one new key in stock
       *[other] { $new } new keys in stock
    }, { $identical ->
        [0] none known before
        [one] one known before
       *[other] { $identical } known before
    }{ $replaced ->
        [0] {""}
        [one] , one replaced
       *[other] , { $replaced } replaced
    }{ $batch ->
        [0] {""}
       *[other] ; batch { $batch }
    }.
import-would = { $file } ({ $format }): { $new ->
        [0] no new key
        [one] one new key
       *[other] { $new } new keys
    } would be imported, { $identical ->
        [0] none known before
        [one] one known before
       *[other] { $identical } known before
    }{ $replaced ->
        [0] {""}
        [one] , one would be replaced
       *[other] , { $replaced } would be replaced
    }; this was a trial, nothing was changed.
import-would-partial = { $file } ({ $format }): { $errors ->
        [one] one key would be left out
       *[other] { $errors } keys would be left out
    }, { $new ->
        [0] no new key
        [one] one new key
       *[other] { $new } new keys
    } would be imported, { $identical ->
        [0] none known before
        [one] one known before
       *[other] { $identical } known before
    }{ $replaced ->
        [0] {""}
        [one] , one would be replaced
       *[other] , { $replaced } would be replaced
    }; this was a trial, nothing was changed.
import-already = { $file }: imported before (batch { $batch }), nothing to do.
import-rejects-kept = { $count ->
        [one] The key that was left out is in { $path }: correct it there, and import that file.
       *[other] The { $count } keys that were left out are in { $path }: correct them there, and import that file.
    }
hint-rejects-not-kept = the keys that are right are in stock; import the file again, with --partial and a good name after --rejects, to have the others
error-rejects-to-stdout = --rejects takes the name of a file
error-rejects-to-stdout-hint = the keys that are left out go with their seeds to a file that only its owner can read
error-rejects-of-several = --rejects goes with one file to import
error-rejects-of-several-hint = import the files one after the other, each with a --rejects of its own
import-rejected = { $file }: refused, { $errors ->
        [one] one error
       *[other] { $errors } errors
    }; nothing of this file was stored.
finding-line = { $file }, { $place }{ $serial }: { $severity }: { $what }

## The demonstration

demo-begins = The whole guide, on sample keys. Each command is really run, in { $path }.
demo-install = The administrator installs cleotp.
demo-import = The vendor's seed files are imported: the keys are in stock.
demo-people = An establishment, and a user.
demo-assign = The delegate assigns key { $serial } to her.
demo-activation-code = He issues an activation code, which he hands over with the key.
demo-step-1 = Step 1: the user activates her key, with the activation code and the serial.
demo-step-2 = Step 2: first connection, with the digits of the key alone; she chooses her PIN.
demo-same-code = The same code is not good twice, not even with the PIN.
demo-step-3 = Step 3: the digits have changed; the PIN followed by the new digits opens.
demo-replay = A passcode opens once.
demo-drift = Months later, the key's clock is { $ahead } minutes ahead: its codes are refused.
demo-resync = The delegate resynchronises it by two codes in a row; the next passcode is accepted.
demo-reset = A forgotten PIN: the delegate erases it, and the user will choose another as in step 2.
demo-look = Who has what.
demo-audit = The audit is intact.
demo-status = exit status { $status }
demo-ends = Done. You can go on with this installation: export CLEOTP_HOME={ $path }
error-demo-failed = the demonstration did not give what was expected: { $command }
error-demo-failed-hint = this is a defect of cleotp: report what is shown

## The commands of the counter

error-unknown-action = no action is called "{ $value }"
error-unknown-action-hint = the actions are { $choices }
error-unknown-outcome = no outcome is called "{ $value }"
error-unknown-outcome-hint = the outcomes are { $choices }
error-list-refused = the list { $path } was refused, nothing was changed; problems: { $count }
error-list-refused-hint = correct the lines named, then run the command again
error-list-foreign = the list { $path } is not text: it is { $kind } ({ $format })
error-list-foreign-hint = give a CSV file; in a spreadsheet, save the sheet as "CSV UTF-8"
error-list-not-text = the list { $path } is not text
error-list-not-text-hint = give a CSV file in UTF-8; in a spreadsheet, save the sheet as "CSV UTF-8"
error-list-too-large = the list { $path } is larger than { $mebibytes } MiB
error-list-too-large-hint = make sure that it is a list; if it is one, split it
foreign-picture = a picture
foreign-archive = an archive
foreign-workbook = a workbook
foreign-document = a document
foreign-program = a program
foreign-database = a database
foreign-web-page = a web page
foreign-message = an e-mail

key-assigned = Key { $serial } is assigned to { $login }.
key-assigned-next = Now print the slip, with an activation code: "cleotp slip { $login } --new-code > slip.pdf"
    Or, without paper, issue the code alone: "cleotp activation new { $login }"
key-would-be-assigned = Nothing was changed. Key { $serial } would be assigned to { $login }.
keys-assigned = Keys assigned: { $added }; with their users already: { $identical }.
keys-would-be-assigned = Nothing was changed. Keys to assign: { $added }; with their users already: { $identical }.
key-replaced = Key { $new } is assigned to { $login } in the place of key { $old }.
key-replaced-goes-on = Key { $old } goes on until the first check that is accepted with key { $new }; then it is retired.
key-replaced-answers-not = Key { $old } answers nothing; it will be retired by the first check that is accepted with key { $new }.
key-replaced-keeps-pin = { $login } goes on with the same PIN.
keys-replaced = { $count } keys are replaced; each will be retired by the first check that is accepted with the new one.
keys-replaced-next = Now issue the activation codes: "cleotp slip --all --new-code > slips.pdf"
keys-would-be-replaced = This was a trial, nothing was changed. Keys that would be replaced: { $count }.
replacement-taken-back = The replacement of key { $old } by key { $new } is taken back.
replacement-stands = Key { $new } takes no other one's place any more: it is { $login }'s key from now on.
replacement-stands-without-pin = Key { $new } takes no other one's place any more: it is the key of { $login } from now on, who will choose a new PIN, for the old one is erased.
key-unassigned = Key { $serial } of { $login } is back in stock.
keys-unassigned = { $count } keys are back in stock.
key-returned = Key { $serial } of { $login } is back at { $place }, in stock; its PIN is erased.
keys-returned = { $count } keys are back in stock; their PINs are erased.
key-shipped = Key { $serial } is on its way to { $place }.
keys-shipped = { $count } keys are on their way.
key-shipped-next = When it has come in: cleotp key receive { $serial }
key-received = Key { $serial } has come in at { $place }: it can be assigned there.
keys-received = { $count } keys have come in: they can be assigned.
key-suspended-now = Key { $serial } of { $login } is suspended: it answers no check until it goes on.
keys-suspended = { $count } keys are suspended: they answer no check until they go on.
key-suspended-next = To let it go on: cleotp key resume { $serial }
key-resumed = Key { $serial } of { $login } is active again, with the same PIN.
keys-resumed = { $count } keys are active again, with the same PINs.
key-lost-now = Key { $serial } is declared lost: no code of it is accepted any more.
keys-lost = { $count } keys are declared lost: no code of them is accepted any more.
key-lost-next = If it is found: cleotp key found { $serial }
key-lost-next-of-user = If it is found: cleotp key found { $serial } takes it into stock; with --restore --reason WHY it stays { $login }'s as it is; to give { $login } another one: cleotp key replace { $serial } NEW; for emergency access until then: cleotp emergency new { $login }
key-lost-next-in-emergency = The emergency codes of { $login } stay good until { $until } (UTC). If they are lost too: cleotp emergency revoke { $login }; if the key is found: cleotp key found { $serial }
key-found-next = To give it to somebody: cleotp key assign { $serial } LOGIN
key-found-next-of-user = To give it to { $login } again: cleotp key assign { $serial } { $login }
key-found-next-in-emergency = The emergency codes of { $login } end. To give the key back: cleotp key assign { $serial } { $login }
key-found-now = Key { $serial } is found, and in stock; its PIN is erased.
keys-found = { $count } keys are found, and in stock; their PINs are erased.
key-restored = Key { $serial } is found, and { $state } as before; the reason is in the audit.
keys-restored = { $count } keys are found, and what they were before; the reason is in the audit.
key-restored-next = Now issue an activation code: cleotp activation new { $login }
key-retired-now = Key { $serial } is out of use for ever.
keys-retired = { $count } keys are out of use for ever.
keys-would-change = This was a trial, nothing was changed. Keys that would be changed: { $count }.
would-be-done = This was a trial, nothing was changed. Rows that would be done: { $count }.
keys-unlocked = Keys unlocked: { $count }; their failures are cleared.
key-unlocked = Key { $serial } is unlocked, its failures are cleared.
key-was-not-locked = Key { $serial } was not locked; its failures are cleared.
user-added = User { $login } ({ $name }) is added.
user-added-next = Now give a key: cleotp key assign SERIAL { $login }
user-disabled = User { $login } is disabled: no check of this user is accepted any more.
user-enabled = User { $login } is enabled.
users-disabled = Users disabled: { $count }; no check of theirs is accepted any more.
users-moved = Users who have changed establishments: { $count }.
users-enabled = Users enabled again: { $count }.
user-moved = User { $login } goes from { $from } to { $to }.
user-joined = User { $login } belongs to { $to } as well.
user-went = User { $login } does not belong to { $from } any more.
user-moved-key = Key { $serial } goes along.
user-removed = User { $login } is removed and cannot log in any more.
user-removed-key-back = Key { $serial } is back at { $place }, in stock; its PIN is erased.
user-removed-key = Key { $serial }: { $state }; its PIN is erased.
user-removed-codes = The activation code and the emergency codes that were still good have ended.
user-removed-until = The audit keeps the name until { $day } (UTC); it is then erased.
users-removed = { $count } users are removed and cannot log in any more.
users-would-leave = { $count ->
        [one] One user would be removed; nothing was changed.
       *[other] { $count } users would be removed; nothing was changed.
    }
person-removed = { $login } (removed)
person-erased = no. { $user } (name erased)
establishment-renamed = Establishment { $uai } is called { $name } now ({ $former } before).
establishment-named-so = Establishment { $uai } is called { $name } already; nothing was changed.
establishment-added = Establishment { $uai } ({ $name }) is added.
operator-added = { $account } is now { $role }.
operator-added-for = { $account } is now { $role } for { $uais }.
operator-added-until = Until { $until } (UTC).
operator-was = Before: { $role }.
operator-removed = { $account } is no longer { $role }.
activation-revoked = The activation code of { $login } is revoked.
activation-revoked-next = To issue another: cleotp activation new { $login }
emergency-revoked = The emergency list of { $login } is revoked: no code of it is accepted any more.
emergency-ended = The emergency codes of { $login } end with it: they are not accepted any more.
activations-revoked = Activation codes revoked: { $count }.
pin-was-reset = The PIN of { $login } is erased; a new one can be created until { $until } (UTC).
pin-was-reset-next = The holder logs in with the login and the digits on the display of the key, alone, and then chooses a new PIN.
pins-were-reset = PINs erased: { $count }; their holders create a new one with the code that the key shows.

audit-intact = Events read: { $events }. None was changed, and none is missing between them.
backup-on-stdout = stdout
backup-made = The database is copied to { $path }: { $events ->
        [one] one event
       *[other] { $events } events
    }, { $kibibytes } KiB. SHA-256: { $sha256 }
backup-next = Only with vault key { $key } is it of use: is a copy of that key in a safe place, away from this file?
backup-without-vault-key = { $reason }: no event tells of this backup, and its audit was not verified
restore-could-be = { $path } can be restored: its last event is of { $newest } (UTC); keys: { $keys }, users: { $users }, events: { $events }. Nothing was changed.
restore-done = { $path } is restored, as it was on { $newest } (UTC); keys: { $keys }, users: { $users }, events: { $events }.
restore-kept = The former database is kept: { $path }
restore-ended = Codes that were ended: { $activations ->
        [0] no activation code
        [one] one activation code
       *[other] { $activations } activation codes
    }, { $emergencies ->
        [0] no emergency list
        [one] one emergency list
       *[other] { $emergencies } emergency lists
    }. Who was waiting needs a new one. What a time key shows at this moment is refused: its next codes are right. A key with a button asks for two codes.
restore-operators = Roles are those of that moment too: whoever lost his since has it again. Look at "cleotp operator list" and at "cleotp user list".
restore-none-held = Nothing happened to any key since: none is held.
restore-held = Held until somebody has looked at what happened to them since { $since } (UTC), { $held ->
        [one] one key
       *[other] { $held } keys
    }. Then: cleotp restore --confirm-since DATE
restore-many-held = Held until somebody has looked at what happened to them since { $since } (UTC): { $held } keys. "cleotp key list --held" lists them. Then: cleotp restore --confirm-since DATE
restore-confirmed = { $keys ->
        [one] One key is held no more.
       *[other] { $keys } keys are held no more.
    }
audit-broken = Events read: { $events }. The chain is broken at event { $first }: it was changed, or one before it was removed.
audit-cut = Events read: { $events }. The last ones were cut off: the latest changes in the database have none.
audit-broken-next = Keep a copy of the database as it is, find out who could write to it, and put back a backup.
audit-truncation = Without a checkpoint kept elsewhere, it cannot be excluded that events after number { $last } were cut off, or that an older database was put back.
audit-purged-before = The events up to number { $purged } were deleted when their time was over; what is left of them is sealed.
audit-checkpoint-met = The checkpoint of event { $seq } is met: nothing up to it is missing. That nothing came after event { $last } cannot be told.
audit-checkpoint-missed = The database does not have event { $seq } as the checkpoint of { $at } (UTC) knows it: events were cut off or changed, or an older database was put back.
audit-restored = A backup was put in place, and the audit says so: events { $first } to { $last }, which a checkpoint knows of, are lost.
checkpoint-written = The checkpoint of event { $seq } is in { $path }. Keep it on another machine.
checkpoint-not-noted = the log of the machine took no line ({ $reason })
standard-input = standard input
reason-no-journal = nothing listens at /dev/log
audit-exported = { $events ->
        [one] One event
       *[other] { $events } events
    } written to { $path }.
audit-purge-takes-time = Deleting { $events } events: this takes a moment. If it is stopped, the chain is whole and the next purge goes on.
audit-purged = { $events ->
        [one] One event
       *[other] { $events } events
    } of before { $day } (UTC) deleted. The chain can be verified as before.
audit-nothing-to-purge = No event is of before { $day } (UTC): nothing was deleted.
hint-checkpoint-after-purge = take a checkpoint now, and keep it elsewhere: "cleotp audit checkpoint"

key-display = { $digits } digits, a new code every { $period } seconds
key-display-button = { $digits } digits at each press of the button
key-batch-line = { $batch }, line { $line }
key-batch-line-file = { $batch }, line { $line } of { $file }
key-state-since = { $state }, since { $since }
key-place-lost = nobody knows where: declared lost
key-place-retired = out of use
key-place-holder = in the hands of { $login }
key-place-holder-of = in the hands of { $login } ({ $place })
key-place-stock = in stock at { $place }
key-holder-since-long = { $login } (since before the audit begins)
key-holder-until = { $login } (until { $until })
key-holder-since = { $login }, since { $from }
key-holder-from-to = { $login }, { $from } to { $until }
key-holders-more = { $count ->
        [one] and another one before
       *[other] and { $count } others before
    }
key-replaces = takes the place of key { $serial } since { $since }, until its first check
key-replaces-with-pin = takes the place of key { $serial } since { $since }, with its PIN
key-is-replaced = will be replaced by key { $serial }, assigned { $since }
key-is-replaced-with-pin = will be replaced by key { $serial }, assigned { $since }, with the same PIN
key-valid-from = from { $first }
key-valid-until = until { $last }
key-valid-from-until = { $first } to { $last }
key-ends-validity = { $at }: end of the key's validity
key-ends-activation-code = { $at }: end of the activation code
key-ends-provisional-pin = { $at }: end of the PIN, unless it is confirmed
key-ends-new-pin = { $at }: last moment to choose a PIN
key-ends-emergency = { $at }: end of the emergency codes
key-shipped-at = { $place }, sent on { $at }
key-pin-awaited = none; can be created until { $until }
key-pin-too-late = none; it was to be created before { $until }: reset it
key-pin-provisional = to be confirmed by a check before { $until }
drift-none = on time
drift-ahead-seconds = { $seconds } s ahead
drift-ahead-minutes = { $minutes } min { $seconds } s ahead
drift-behind-seconds = { $seconds } s behind
drift-behind-minutes = { $minutes } min { $seconds } s behind
clock-and = { $goes }; { $then }
clock-keeps = keeps time
clock-gains = gains { $seconds } s a day
clock-loses = loses { $seconds } s a day
clock-leaves = if it is not used, will leave the tolerance about { $month } { $year }
clock-left = outside the tolerance: a second code will be asked for
clock-needs-resync = about { $month } { $year }, if it is not used
clock-needs-resync-now = now
clock-needs-no-resync = not within ten years
report-drift-note = the dates are those of a key that is not used until then; each login learns its drift anew
report-expiry-without = { $keys ->
    [one] for 1 key, no key in stock at the establishment of its user lasts beyond the date
   *[other] for { $keys } keys, no key in stock at the establishments of their users lasts beyond the date
    }
report-expiry-left-out = { $keys ->
    [one] 1 key is left out, for no other one can take its place yet: it is not activated, or its user is disabled
   *[other] { $keys } keys are left out, for no other ones can take their places yet: they are not activated, or their users are disabled
    }
label-lock = Locked
label-before-loss = Before the loss
label-held = Held
key-held-since = since { $since } (UTC), after a restore: it answers no code until an administrator confirms it
label-holder = Holders
label-place = Where it is
label-replacement = Replacement
label-validity = Validity
label-next-ending = Ends next
label-display = Display
label-activated-at = Activated
label-failures = Failures in a row
label-wrong-codes = Wrong codes in 30 days
label-waits-until = Attempts wait until
label-clock = Clock
label-needs-resync = To be resynchronised
label-key = Key
label-emergency = Emergency codes
lock-wrong-pins = yes, too many wrong PINs
lock-wrong-codes = yes, too many wrong codes
lock-both-wrong = yes, too many tries with both PIN and code wrong
lockout-wrong-pins = locked: wrong PINs
lockout-wrong-codes = locked: wrong codes
lockout-both-wrong = locked: many wrong tries
lockout-waiting = waiting
algorithm-totp-sha1 = by the clock (TOTP, SHA-1)
algorithm-totp-sha256 = by the clock (TOTP, SHA-256)
algorithm-totp-sha512 = by the clock (TOTP, SHA-512)
algorithm-hotp-sha1 = by a button (HOTP, SHA-1)
algorithm-hotp-sha256 = by a button (HOTP, SHA-256)
algorithm-hotp-sha512 = by a button (HOTP, SHA-512)
algorithm-securid = by the clock (RSA SecurID)

activation-state-live = waiting
activation-state-spent = used
activation-state-replaced = replaced
activation-state-revoked = revoked
activation-state-killed = dead after too many wrong tries
activation-state-expired = expired
missing-code-outstanding = code to be used
missing-code-expired = code expired
missing-no-code = no code issued
missing-never-used = first passcode
emergency-state-live = good
emergency-state-used-up = used up
emergency-state-expired = expired
emergency-state-replaced = replaced
emergency-state-revoked = revoked
emergency-live = { $left ->
        [0] no code left
        [one] one code
       *[other] { $left } codes
    }, until { $until }
emergency-live-for = { $left ->
        [0] no code left
        [one] one code
       *[other] { $left } codes
    } in place of key { $serial }, until { $until }
column-issued-at = Issued
column-imported-at = Imported
column-result = Result

action-init = installation
action-import = file imported
action-batch-undo = batch undone
action-batch-verify = batch key tried
action-establishment-add = establishment added
action-establishment-rename = establishment renamed
action-user-add = user added
action-user-disable = user disabled
action-user-enable = user enabled
action-user-move = establishment changed
action-user-remove = user removed
action-user-erase = name erased
action-user-export = personal data given out
action-key-reseed = seed replaced
action-key-assign = key assigned
action-key-replace = key replaced
action-key-unassign = key taken back
action-key-return = key returned
action-key-ship = key sent
action-key-receive = key come in
action-key-suspend = key suspended
action-key-resume = key resumed
action-key-lost = key lost
action-key-found = key found
action-key-restore = lost key restored
action-key-retire = key retired
action-key-unlock = key unlocked
action-key-lock = key locked
action-key-resync = key resynchronised
action-key-diagnose = key diagnosed
action-activation-new = code issued
action-activation-import = code taken in
action-activation-campaign = campaign of codes
action-activation-revoke = code revoked
action-emergency-new = emergency list issued
action-emergency-revoke = emergency list revoked
action-activate = key activation
action-check = check
action-pin-set = new PIN
action-pin-reset = PIN erased
action-operator-add = role given
action-backup = backup made
action-restore = backup restored
action-restore-confirm = restore confirmed
action-vault-rotate = vault key changed
action-host-clock = host clock
action-operator-remove = role taken
action-audit-purge = old events deleted
action-denial = not allowed
outcome-done = done
outcome-accepted = accepted
outcome-challenged = to go on
outcome-refused = refused
outcome-alarm = alarm

list-taken = Added: { $added }; already there and identical: { $identical }.
list-would-be-taken = Nothing was changed. Would be added: { $added }; already there and identical: { $identical }.
codes-taken = Codes taken in: { $added }; known already: { $identical }.
codes-would-be-taken = Nothing was changed. Codes to take in: { $added }; known already: { $identical }.
list-column-ignored = the column "{ $name }" is not read
none-rows = No line.
result-added = added
result-identical = identical
would-be-added = to be added
key-result-added = assigned
key-plan-added = to assign
code-result-added = taken in
code-plan-added = to take in
place-line = line { $line }:
place-line-and-column = line { $line }, column "{ $column }":
list-from-stdin = from standard input
list-more = { $count } more problems are not shown
list-too-many-columns = there are { $found } columns; a list has { $allowed } at most
list-no-rows = the list has no line below its header
list-column-missing = this column is missing from the header
list-column-twice = this column stands twice in the header
list-surplus-cells = there are more cells than columns
list-empty-cell = the cell is empty
list-invalid-login = "{ $value }" is not a login
list-problem-and-hint = { $problem }; { $hint }
list-invalid-serial = "{ $value }" is not a serial number
list-invalid-code = this is no activation code: 8 letters or digits
list-invalid-date = "{ $value }" is no date; write 2026-11-24 or 24/11/2026
list-invalid-name = "{ $value }" is not a name of 1 to 200 characters
list-invalid-uai = "{ $value }" is not a UAI: seven digits and a letter
list-wrong-uai-letter = "{ $value }" is mistyped: these digits ask for the letter { $right }
list-twice = { $what } already stands on line { $first }
list-differs = { $what } exists already, but with other details
list-unknown-establishment = there is no establishment { $uai }

## The doctor

doctor-home = Home { $path } ({ $origin })
home-from-option = given by --home
home-from-variable = given by CLEOTP_HOME
home-from-system = that of the system
home-from-user = that of your account
check-home = folder
check-files = files
check-disk = disk
check-configuration = settings
check-spool = spool
check-clock = clock
check-machine = this machine
check-logins = login servers
check-sudo = rule of sudo
check-database = database
check-integrity = integrity of the database
check-references = links between tables
check-vault = vault key
check-seeds = seeds of the keys
check-seals = holders and roles
check-audit = audit
check-upkeep = backups
check-waiting = what waits
doctor-checks-fine = In order: { $names }.
doctor-checks-skipped = Not looked at: { $names }.
doctor-count = { $message }: { $hint }
finding-severity-error = error:
finding-severity-warning = warning:
finding-severity-notice = notice:
doctor-fine = All is well.
doctor-found = To be mended: { $errors ->
        [0] no error
        [one] one error
       *[other] { $errors } errors
    }, { $warnings ->
        [0] no warning
        [one] one warning
       *[other] { $warnings } warnings
    }.
error-home-of-another-account = { $path } belongs to the account { $owner }, and cleotp runs as { $own }
error-home-of-another-account-hint = run the commands as that account, like "sudo -u { $account } cleotp doctor"
error-home-of-root = { $path } belongs to root, and not to a service account: files of vendors would be read there with all the rights of the machine
error-home-of-root-hint = as root: chown -R -- { $account }: { $quoted }
hint-home-of-root-without-account = as root: useradd --system --home-dir { $quoted } --shell /usr/sbin/nologin { $account } && chown -R -- { $account }: { $quoted }
error-no-service-account = there is no account { $account } for { $path } to belong to, and cleotp does not work there as root
error-no-service-account-hint = as root: useradd --system --home-dir { $quoted } --shell /usr/sbin/nologin { $account } && install -d -m 0700 -o { $account } -g { $account } -- { $quoted }
error-home-of-unknown-account = { $path } belongs to uid { $uid }, and this machine knows no such account: cleotp cannot become it, and does not work there as root
error-home-of-unknown-account-hint = if the service that knows the accounts is down, wait for it; else, as root: chown -R -- { $account }: { $quoted }
error-cannot-become-account = cleotp does not work as root in { $path }, and cannot become { $owner }, whose folder it is: { $reason }
error-cannot-become-account-hint = start it as that account: "sudo -u { $owner } cleotp", then the command
error-home-file-kind = { $path } is not a regular file
error-home-file-kind-hint = move away what has this name, and put the file back in its place
error-log-file-kind = { $path } is not a regular file: cleotp, which makes a file of this name, cannot open the database
error-log-file-kind-hint = move it away; there is nothing to be put in its place
error-journal-left = another program changed the database and did not finish; its journal was left: { $path }
error-journal-left-hint = do not remove it: keep a copy of the folder, then run "cleotp audit verify", which takes the unfinished change back
error-filesystem-layered = { $path } lies in a layer of a container (overlay), which may go with it
error-filesystem-layered-hint = if this is a container, put the folder on a volume
error-filesystem-volatile = { $path } lies in memory (tmpfs): all of it is lost at the next restart
error-filesystem-volatile-hint = put the home on a disk
error-filesystem-read-only = { $path } lies on a read-only disk: no code can be accepted
error-filesystem-read-only-hint = look for the reason with "dmesg", then: mount -o remount,rw "$(findmnt -n -o TARGET -T { $quoted })"
error-disk-low = only { $mebibytes } MiB are left on the disk of { $path }
error-disk-low-hint = make room: on a full disk no code is accepted
error-inodes-low = only { $count } more files can be made on the disk of { $path }, whatever room there is
error-inodes-low-hint = look with "df -i -- { $quoted }", and remove what is small and many: without a file for its log, the database accepts no code
error-log-large = the write-ahead log { $path } has grown to { $mebibytes } MiB: it has not been folded into the database for long{ $holders ->
        [none] {""}
       *[other] ; the database is being read by { $holders }
    }
error-log-large-hint = if "fuser -v -- { $quoted }" shows a command that holds it, wait for its end or end it; the next command empties the log
error-clock-behind = the clock is { $span } behind what was last written to the database ({ $newest } UTC)
error-clock-behind-hint = set it right ("timedatectl set-ntp true"); if it is right now, it was ahead then: right codes will be refused until that moment
error-clock-absurd = the clock shows { $now } (UTC), which cannot be: no code will be right
error-clock-absurd-hint = set it right: "timedatectl set-ntp true"
error-clock-wrong = the clock of this machine is about { $minutes } min { $side ->
        [behind] behind
       *[ahead] ahead of
    } those of the keys, since { $since } (UTC)
error-clock-wrong-hint = set it right ("timedatectl set-ntp true"); until then nothing is learned of the keys' clocks, and none is resynchronised
error-clock-unattended = nothing that sets the clock of this machine can be seen (systemd-timesyncd, chrony, ntpd)
error-clock-unattended-hint = if the host of this machine sets it, all is well; else: timedatectl set-ntp true
error-clock-not-synchronised = the clock of this machine was never set by a time server since it started
error-clock-not-synchronised-hint = look why with "timedatectl timesync-status": a clock that is minutes off refuses right codes
error-clock-left-alone = the clock of this machine was last set by a time server on { $since } (UTC)
error-clock-left-alone-hint = look why with "timedatectl timesync-status": a clock that is minutes off refuses right codes
error-everybody-failed = { $count } users failed within five minutes and nobody was accepted, last on { $since } (UTC)
error-everybody-failed-hint = compare the clock of this machine with another one; if it is right, look who asks: "cleotp audit list --outcome refused --limit 100"
error-backup-never = no backup was ever made by "cleotp backup"
error-backup-never-hint = make one every night, and take it off this machine; a mere copy of the files may be torn
error-backup-old = the last backup was made on { $since } (UTC)
error-backup-old-hint = make one now with "cleotp backup", and see why the nightly one did not come
error-waiting-locked-keys = { $count ->
        [one] one key is locked
       *[other] { $count } keys are locked
    }
error-waiting-locked-keys-hint = "cleotp report lockouts"
error-waiting-ended-keys = the validity of { $count ->
        [one] one key in somebody's hands
       *[other] { $count } keys in somebody's hands
    } has ended
error-waiting-ended-keys-hint = "cleotp report expiry"
error-waiting-lapsed-pins = { $count ->
        [one] one active key answers nobody: its PIN was not chosen in time
       *[other] { $count } active keys answer nobody: their PINs were not chosen in time
    }
error-waiting-lapsed-pins-hint = "cleotp key list --state active", then "cleotp pin reset"
error-waiting-provisional-pins = { $count ->
        [one] one new PIN waits for its first use
       *[other] { $count } new PINs wait for their first use
    }
error-waiting-provisional-pins-hint = "cleotp key list --state active"
error-waiting-expired-codes = { $count ->
        [one] one activation code expired unused
       *[other] { $count } activation codes expired unused
    }
error-waiting-expired-codes-hint = "cleotp report activation"
error-waiting-unused-keys = { $count ->
        [one] one key was handed out over 30 days ago and never used
       *[other] { $count } keys were handed out over 30 days ago and never used
    }
error-waiting-unused-keys-hint = "cleotp report activation"
error-waiting-travelling-keys = { $count ->
        [one] one key was sent over 14 days ago and not received
       *[other] { $count } keys were sent over 14 days ago and not received
    }
error-waiting-travelling-keys-hint = "cleotp key list --on-their-way"
error-waiting-open-replacements = { $count ->
        [one] one replacement is open since over 30 days
       *[other] { $count } replacements are open since over 30 days
    }
error-waiting-open-replacements-hint = "cleotp audit list --action key-replace"
error-waiting-needless-lists = { $count ->
        [one] one emergency list is live though its user logs in with his key
       *[other] { $count } emergency lists are live though their users log in with their keys
    }
error-waiting-needless-lists-hint = "cleotp emergency list"
error-swap-in-clear = memory may be written to { $swaps }, which is not seen to be encrypted
error-swap-in-clear-hint = encrypt the swap (crypttab(5)), or do without: "swapoff -a"
error-core-dumps = the kernel would write the memory of cleotp to a file when it fails ({ $pattern })
error-core-dumps-hint = start it without raising the limit of core files: "ulimit -c 0"
error-ptrace-open = any program of the service account may look into its other programs (kernel.yama.ptrace_scope is 0); cleotp closes itself to that, gpg does not
error-ptrace-open-hint = as root: sysctl -w kernel.yama.ptrace_scope=1
error-machine-unseen = the account { $account } may not read all that is looked at: { $paths }
error-machine-unseen-hint = look there as root: the rule of sudo with "visudo -c", caches of login servers with "grep -rn cache_credentials /etc/sssd"
error-login-cache-radius = FreeRADIUS has its cache switched on ({ $path }): it would accept a code again without asking cleotp
error-login-cache-radius-hint = take it out of mods-enabled, unless what it keeps is never the answer to a passcode
error-login-cache-sssd = SSSD keeps passwords that were right ({ $path }): it would accept a code again without asking cleotp
error-login-cache-sssd-hint = set "cache_credentials = false" for the domain whose users have keys
error-login-cache-pam = PAM keeps passwords that were right ({ $path }): it would accept a code again without asking cleotp
error-login-cache-pam-hint = take pam_ccreds, or cached_login, out of this service
error-radius-without-proof = FreeRADIUS asks cleotp, and takes messages without a Message-Authenticator ({ $path }): an answer can be forged on the way (BlastRADIUS, CVE-2024-3596)
error-radius-without-proof-hint = set "require_message_authenticator = yes" for every client
error-sudo-without-rule = there are delegates, and no rule of sudo on this machine names cleotp: they cannot come in
error-sudo-without-rule-hint = as root: install -m 0440 packaging/sudoers /etc/sudoers.d/cleotp
error-sudo-rule-owner = the rule of sudo { $path } belongs to uid { $owner }, and not to root
error-sudo-rule-owner-hint = as root: chown root:root -- { $quoted }
error-sudo-rule-writable = others can write the rule of sudo { $path } (mode { $mode })
error-sudo-rule-writable-hint = as root: chmod 0440 -- { $quoted }
error-sudo-keeps-variables = the rules of sudo in { $path } let variables of the caller through: he could choose what cleotp opens
error-sudo-keeps-variables-hint = take SETENV, setenv, env_keep and !env_reset out of what is said of cleotp: "visudo -f { $quoted }"
error-sudo-opens-all = a rule of sudo in { $path } lets delegates run any program as the service account, and read every seed
error-sudo-opens-all-hint = let it name /usr/bin/cleotp alone: "visudo -f { $quoted }"
error-sudo-program-missing = the rule of sudo names { $path }, which does not exist
error-sudo-program-missing-hint = correct the path in the rule: "visudo -f /etc/sudoers.d/cleotp"
error-sudo-program-writable = others than root can write the program { $path }, which delegates run as the service account
error-sudo-program-writable-hint = as root: chown root:root -- { $quoted } && chmod 0755 -- { $quoted }
error-left-before-restore = a database from before a restore was left: { $path }; it holds the names of people
error-left-before-restore-hint = when it is wanted no more: rm -- { $quoted }
error-left-unfinished = a command that was cut off left a file half written: { $path }
error-left-unfinished-hint = rm -- { $quoted }
error-database-locked = another process holds the lock of the database { $path }: no code can be accepted
error-database-locked-hint = look which with "fuser -v -- { $quoted }", then wait until it has ended, or end it
error-names-not-erased = names of users who left should have been erased on { $since } (UTC), and still lie in the files of the database { $path }
error-names-not-erased-hint = some process reads the database without end, or the disk is full: look which with "fuser -v -- { $quoted }", and end it; the next command that changes anything will erase the names
error-keys-held = { $count ->
        [one] a key that came back with a backup is held
       *[other] { $count } keys that came back with a backup are held
    } since { $since } (UTC): they answer no code
error-keys-held-hint = "cleotp key list --held" lists them; look at what happened to them since that moment, then "cleotp restore --confirm-since DATE"
error-database-older = the database was made by an older version of cleotp (schema { $found }, now { $known })
error-database-older-hint = the next command brings it up to date; keep a copy of the folder first
error-database-schema = the schema of the database was changed without cleotp{ $missing ->
        [none] {""}
       *[other] ; missing: { $missing }
    }{ $changed ->
        [none] {""}
       *[other] ; changed: { $changed }
    }{ $added ->
        [none] {""}
       *[other] ; added: { $added }
    }
error-database-schema-hint = keep a copy of the database, find out who could write to it, then put your last backup in its place
error-operators-without-admin = no operator of the database is an administrator any more
error-operators-without-admin-hint = the database was edited without cleotp: keep a copy of it, then put your last backup in its place
error-database-journal = the database does not write ahead (WAL), but in the mode { $mode }: another program has changed it
error-database-journal-hint = run "cleotp audit verify", which sets the mode again
error-database-faults = SQLite finds the database damaged ({ $count ->
        [one] one fault
       *[other] { $count } faults
    }); first: { $first }
error-database-faults-hint = keep a copy of the folder as it is, check the disk, then put your last backup in its place
error-database-dangling = { $rows ->
        [one] one row of the table { $table } refers
       *[other] { $rows } rows of the table { $table } refer
    } to a row missing from the table { $parent }
error-database-dangling-hint = the database was edited without cleotp: keep a copy of it, then put your last backup in its place
error-seeds-closed = { $count ->
        [one] the seed of one key does not open
       *[other] the seeds of { $count } keys do not open
    } with the vault key; the first is that of { $serial }
error-seeds-closed-hint = the database was edited without cleotp: keep a copy of it, then put your last backup in its place
error-holders-not-vouched = { $count ->
        [one] the holder of one key was changed in the database without cleotp, or the time to choose its PIN
       *[other] the holders of { $count } keys were changed in the database without cleotp, or the times to choose their PINs
    }; the first is { $serial }
error-holders-not-vouched-hint = such keys open nothing: keep a copy of the database, then put your last backup in its place
error-logins-edited = { $count ->
        [one] one login was changed in the database without cleotp
       *[other] { $count } logins were changed in the database without cleotp
    }; the first is { $login }
error-logins-edited-hint = such a user does not come in: keep a copy of the database, then put your last backup in its place
error-mandates-not-vouched = { $count ->
        [one] one role was changed in the database without cleotp
       *[other] { $count } roles were changed in the database without cleotp
    }; the first is that of account { $account }
error-mandates-not-vouched-hint = such an account can do nothing: keep a copy of the database, then put your last backup in its place, or end the role with "cleotp operator remove"
error-append-to-what = --append needs a file
error-append-to-what-hint = name the file: "cleotp audit checkpoint --append FILE"
error-checkpoint-empty = { $path } holds no checkpoint
error-checkpoint-empty-hint = give a file that "cleotp audit checkpoint" has written
error-checkpoint-damaged = { $path }, line { $line }: the checkpoint is damaged
error-checkpoint-damaged-hint = nothing was verified; take another copy of the file, or leave this line out if the machine stopped while it was written
error-checkpoint-newer = { $path }, line { $line }: the checkpoint is of version { $version }, which this program does not know
error-checkpoint-newer-hint = use the newer cleotp that wrote it
error-checkpoint-other-document = { $path }, line { $line }: this is no checkpoint
error-checkpoint-other-document-hint = give a file that "cleotp audit checkpoint" has written
error-checkpoint-of-another = { $path }: checkpoint number { $number } is of another database
error-checkpoint-of-another-hint = choose the home of that database by --home, or the checkpoint of this one
error-checkpoint-forged = { $path }: checkpoint number { $number } was changed, or was not made with the vault of this database
error-checkpoint-forged-hint = nothing was verified; take another copy of the checkpoint, and find out who could write to this one
error-audit-still-kept = events from { $until } (UTC) on must still be kept
error-audit-still-kept-hint = choose an earlier date; how long events are kept is said by audit-kept in the configuration, never less than six months
error-audit-not-intact = the audit is broken or cut: nothing of it is deleted
error-audit-not-intact-hint = run "cleotp audit verify", and keep a copy of the database as it is
error-clock-behind-audit = the clock of this machine stands before { $newest } (UTC), when the newest event was written: nothing is deleted
error-clock-behind-audit-hint = set it right ("timedatectl set-ntp true"), then run the command again
error-clock-not-shown = nothing in the audit shows that the clock of this machine has not jumped ahead: nothing is deleted
error-clock-not-shown-hint = see whether the date is right; if it is, run the command again after a day in which cleotp was used
error-audit-cut = the last events of the audit are missing: the latest changes in the database have none (events read: { $events })
error-audit-cut-hint = keep a copy of the database as it is, find out who could write to it, and put back a backup
error-audit-broken = the chain of the audit is broken at event { $first } of { $events }: it was changed, or one before it was removed
error-audit-broken-hint = keep a copy of the database as it is, find out who could write to it, and put back a backup

## The manual

manual-title = Manual of cleotp
manual-command = { $about }: { $page }
manual-in-french = In French: { $words }.
manual-is-source = this is the source of the page; to read it: { $command }
completions-are-source = this is the script; for this shell to take it: { $command }
manual-written = The manual is in { $path }: { $pages } pages.
error-path-through-sudo = through sudo, cleotp opens no file and no folder that you choose
error-path-through-sudo-hint = name the list "-" and feed it in, as in "- < list.csv"; take the answer with "> answer.csv" and no --output
hint-own-account = run it under your own account, without sudo: it needs no database
error-home-through-sudo = through sudo, you do not choose the folder of the database
error-home-through-sudo-hint = leave --home and CLEOTP_HOME out: the database is the one of the service account
error-not-an-operator = the account { $account } is no operator of this database
error-not-an-operator-hint = an administrator can make it one: cleotp operator add { $account } --role ROLE
error-not-permitted = this command is not for your role: { $account } is { $role }
hint-holder-does-it = it is for the holder of the key to do, on the portal or where one logs in
error-not-permitted-hint = ask an administrator to do it; what each role may do is told by "man cleotp-operator"
