//! The completion scripts, sourced by the real shells, which are asked what they would propose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "tests may fail loudly and run shells"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is typed before the tab, and what must then stand there; the same when nothing fits.
const ENGLISH: &[(&str, &str)] = &[
    ("cleotp ke", "cleotp key"),
    ("cleotp key as", "cleotp key assign"),
    ("cleotp key list --sta", "cleotp key list --state"),
    ("cleotp key list --state act", "cleotp key list --state active"),
    ("cleotp -o json activation rev", "cleotp -o json activation revoke"),
    ("cleotp clé as", "cleotp clé assign"),
    ("cleotp cle lister --esta", "cleotp cle lister --establishment"),
    ("cleotp key assign --exc", "cleotp key assign --excel"),
    ("cleotp audit list --outcome acc", "cleotp audit list --outcome accepted"),
    ("cleotp --exc", "cleotp --excel"),
    ("cleotp completions fi", "cleotp completions fish"),
    ("cleotp attr", "cleotp attr"),
];

/// The same for somebody who reads French.
const FRENCH: &[(&str, &str)] = &[
    ("cleotp cl", "cleotp cle"),
    ("cleotp cle at", "cleotp cle attribuer"),
    ("cleotp clé at", "cleotp clé attribuer"),
    ("cleotp key at", "cleotp key attribuer"),
    ("cleotp code-pin re", "cleotp code-pin reinitialiser"),
    ("cleotp key list --sta", "cleotp key list --state"),
    ("cleotp clé désattribuer --lan", "cleotp clé désattribuer --lang"),
    ("cleotp verif", "cleotp verifier"),
    ("cleotp audit vérifier --exc", "cleotp audit vérifier --excel"),
    ("cleotp ke", "cleotp ke"),
];

fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        println!("skipped for want of {program}");
    }
    found
}

/// Writes the script of a shell into a folder.
fn script(folder: &Path, shell: &str, language: &str) -> PathBuf {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cleotp"));
    let told = command.env_clear().args(["completions", shell, "--lang", language]).output().unwrap();
    assert_eq!((told.status.code(), told.stderr.as_slice()), (Some(0), b"".as_slice()));
    let text = String::from_utf8(told.stdout).unwrap();
    let built = Path::new(env!("CARGO_BIN_EXE_cleotp")).parent().unwrap();
    assert!(!text.contains(built.to_str().unwrap()) && !text.contains(env!("CARGO_MANIFEST_DIR")));
    let path = folder.join(format!("{language}.{shell}"));
    std::fs::write(&path, text).unwrap();
    path
}

/// Asks a shell about lines, for both languages; `asked` gives what stands there after the tab.
fn complete_in_both(shell: &str, asked: impl Fn(&Path, &[&str]) -> Vec<String>) {
    if !is_there(shell) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (language, cases) in [("en", ENGLISH), ("fr", FRENCH)] {
        let script = script(folder.path(), shell, language);
        // fish knows the words that a command takes, but not those of an operand.
        let cases: Vec<_> =
            cases.iter().filter(|(typed, _)| shell != "fish" || !typed.contains("completions")).collect();
        let typed: Vec<&str> = cases.iter().map(|(typed, _)| *typed).collect();
        let expected: Vec<&str> = cases.iter().map(|(_, line)| *line).collect();
        assert_eq!(asked(&script, &typed), expected, "{shell} in {language}");
    }
}

/// Runs a program of a shell over a script and lines, and gives what it wrote, line by line.
fn run(shell: &str, arguments: &[&str], program: &str, script: &Path, lines: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program");
    std::fs::write(&path, program).unwrap();
    let mut command = Command::new(shell);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", folder.path()).env("LC_ALL", "C.UTF-8");
    let told = command.args(arguments).arg(&path).arg(script).args(lines).current_dir(folder.path()).output().unwrap();
    assert!(told.status.success() && told.stderr.is_empty(), "{told:?}");
    String::from_utf8(told.stdout).unwrap().lines().map(|line| line.trim_end_matches([' ', '=']).to_owned()).collect()
}

#[test]
fn bash_completes_in_both_languages() {
    // As readline calls it: the words of the line, and the index of the one that is being typed.
    let program = "
        source \"$1\"; shift
        complete -p cleotp >/dev/null || exit 1
        compopt() { :; }
        for line; do
            read -ra COMP_WORDS <<<\"$line\"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            typed=${COMP_WORDS[COMP_CWORD]}
            _cleotp cleotp \"$typed\" \"${COMP_WORDS[COMP_CWORD - 1]}\"
            if [ ${#COMPREPLY[@]} = 1 ]; then echo \"${line%\"$typed\"}${COMPREPLY[0]}\"; else echo \"$line\"; fi
        done";
    complete_in_both("bash", |script, lines| run("bash", &["--norc"], program, script, lines));
}

#[test]
fn bash_proposes_words_first_and_options_behind_a_hyphen() {
    if !is_there("bash") {
        return;
    }
    let program = "
        source \"$1\"; shift
        for typed; do COMP_WORDS=(cleotp pin \"$typed\"); COMP_CWORD=2; _cleotp cleotp \"$typed\" pin; echo ${COMPREPLY[*]}; done";
    let folder = tempfile::tempdir().unwrap();
    let proposed = run("bash", &["--norc"], program, &script(folder.path(), "bash", "fr"), &["", "--v"]);
    assert_eq!(proposed, ["definir changer reinitialiser", "--verbose"]);
}

#[test]
fn zsh_completes_in_both_languages() {
    // A zsh that sits at a terminal of its own; ^T stands for the tab, and notes the line that it makes.
    let program = r#"
        zmodload zsh/zpty
        zpty -b other zsh -f -i
        say() { zpty -w other "$1" }
        out=$PWD/out
        say "PROMPT=; unsetopt beep; autoload -Uz compinit; compinit -u -D; source $1"
        say "note() { zle complete-word; print -r -- \"\$BUFFER\" >> $out; BUFFER=; zle accept-line }"
        say "zle -N note; bindkey '^T' note; print ready >> $out"
        await() { repeat 300 { [[ -e $out ]] && (( $(wc -l < $out) >= $1 )) && return; sleep 0.1 }; exit 1 }
        await 1
        count=1
        for line in "${@:2}"; do
            zpty -n -w other "$line"$'\x14'
            await $((++count))
        done
        zpty -d other
        tail -n +2 $out"#;
    complete_in_both("zsh", |script, lines| run("zsh", &["-f"], program, script, lines));
}

#[test]
fn fish_completes_in_both_languages() {
    // Each proposal stands before a tab and its description; without any, the line stays.
    let program = r#"
        source $argv[1]
        for line in $argv[2..]
            set -l found (complete -C $line)
            set -l typed (string split ' ' -- $line)[-1]
            if test (count $found) = 1
                set -l before (string sub -l (math (string length -- $line) - (string length -- $typed)) -- $line)
                echo $before(string split \t -- $found[1])[1]
            else
                echo $line
            end
        end"#;
    complete_in_both("fish", |script, lines| run("fish", &["-N"], program, script, lines));
}
