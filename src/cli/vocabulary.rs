//! The French words of the command line: accepted beside the English ones whatever the language, shown in French.

use super::locale::Language;
use clap::{Arg, Command};
use std::ffi::OsString;

/// Each English command word with its French one, accents included; accents may be left out when typing.
///
/// A word that is the same in both languages (`import` is not: `importer`) is missing here.
const FRENCH: &[(&str, &str)] = &[
    ("init", "initialiser"),
    ("demo", "démonstration"),
    ("doctor", "diagnostic"),
    ("import", "importer"),
    ("batch", "lot"),
    ("establishment", "établissement"),
    ("user", "utilisateur"),
    ("key", "clé"),
    ("slip", "bordereau"),
    ("activate", "activer"),
    ("pin", "code-pin"),
    ("operator", "opérateur"),
    ("remove", "supprimer"),
    ("check", "vérifier"),
    ("verify", "vérifier"),
    ("checkpoint", "point-de-contrôle"),
    ("purge", "purger"),
    ("undo", "annuler"),
    ("add", "ajouter"),
    ("rename", "renommer"),
    ("list", "lister"),
    ("show", "montrer"),
    ("disable", "désactiver"),
    ("enable", "réactiver"),
    ("move", "déplacer"),
    ("export", "exporter"),
    ("assign", "attribuer"),
    ("replace", "remplacer"),
    ("unassign", "désattribuer"),
    ("return", "rendre"),
    ("ship", "envoyer"),
    ("receive", "recevoir"),
    ("suspend", "suspendre"),
    ("resume", "reprendre"),
    ("lost", "perdue"),
    ("found", "retrouvée"),
    ("retire", "mettre-au-rebut"),
    ("unlock", "débloquer"),
    ("resync", "resynchroniser"),
    ("diagnose", "diagnostiquer"),
    ("emergency", "secours"),
    ("new", "nouveau"),
    ("campaign", "campagne"),
    ("revoke", "révoquer"),
    ("set", "définir"),
    ("change", "changer"),
    ("reset", "réinitialiser"),
    ("report", "rapport"),
    ("drift", "dérive"),
    ("expiry", "échéances"),
    ("lockouts", "blocages"),
    ("checks", "vérifications"),
    ("dormant", "dormantes"),
    ("batches", "lots"),
    ("operators", "opérateurs"),
    ("backup", "sauvegarder"),
    ("restore", "restaurer"),
    ("config", "configuration"),
    ("vault", "coffre"),
    ("status", "état"),
    ("rotate", "renouveler"),
    ("completions", "complétions"),
    ("man", "manuel"),
];

/// Options with the French names that people guess for them; those that scripts alone use have none.
const FRENCH_OPTIONS: &[(&str, &[&str])] = &[
    ("establishment", &["établissement"]),
    ("login", &["identifiant", "utilisateur"]),
    ("name", &["nom"]),
    ("state", &["état"]),
    ("batch", &["lot"]),
    ("serial", &["numéro"]),
    ("role", &["rôle"]),
    ("operator", &["opérateur"]),
    ("outcome", &["résultat"]),
    ("since", &["depuis"]),
    ("until", &["jusqu-au"]),
    ("before", &["avant"]),
    ("days", &["jours"]),
    ("to", &["vers"]),
    ("to-academy", &["vers-académie"]),
    ("on-their-way", &["en-route"]),
    ("range", &["plage"]),
    ("from", &["liste"]),
    ("dry-run", &["essai"]),
    ("new-code", &["nouveau-code"]),
    ("all", &["tous", "toutes"]),
    ("receipts", &["émargement"]),
    ("output", &["sortie"]),
    ("emergency", &["secours"]),
    ("restore", &["rétablir"]),
    ("reason", &["motif", "raison"]),
    ("three", &["trois"]),
    ("sample", &["échantillon"]),
    ("partial", &["partiel"]),
    ("replace", &["remplacer"]),
    ("keep-pin", &["garder-pin"]),
    ("rejects", &["rejets"]),
    ("leaving", &["quitte"]),
    ("keep", &["garder"]),
    ("retire", &["rebut"]),
    ("lost", &["perdues"]),
    ("reissue", &["réémettre"]),
    ("slips", &["bordereaux"]),
    ("pairs", &["paires"]),
    ("by-day", &["par-jour"]),
    ("checkpoint", &["point-de-contrôle"]),
    ("append", &["ajouter"]),
    ("at", &["à-la-date"]),
    ("user", &["personne"]),
    ("check", &["vérifier"]),
    ("confirm-since", &["confirmer-depuis"]),
    ("held", &["retenues"]),
    ("yes", &["oui"]),
];

/// Command words that are the same in French.
#[cfg(test)]
pub const SAME: &[&str] = &["activation", "audit", "stock"];

/// Gives the word that people of a language read for a command.
pub fn shown(word: &str, language: Language) -> &str {
    match language {
        Language::English => word,
        Language::French => french(word).unwrap_or(word),
    }
}

/// Gives the French word of a command, unless it is the same.
pub fn french(word: &str) -> Option<&'static str> {
    FRENCH.iter().find(|(english, _)| *english == word).map(|(_, french)| *french)
}

/// Gives the word that is easiest to type in a language: French ones without their accents.
pub fn typed(word: &str, language: Language) -> String {
    without_accents(shown(word, language))
}

/// Gives every way to type the command that one may also type as `typed`; that one alone when it is no command's.
pub fn spellings(typed: &str) -> Vec<String> {
    let mut all = vec![typed.to_owned()];
    for (english, french) in FRENCH {
        let ways = [(*english).to_owned(), (*french).to_owned(), without_accents(french)];
        if ways.iter().any(|way| way == typed) {
            all.extend(ways);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|way| seen.insert(way.clone()));
    all
}

/// Adds the French words, with and without accents, as hidden aliases of a whole tree.
pub fn with_french(command: Command) -> Command {
    with_french_word(command).mut_args(with_french_name).mut_subcommands(with_french)
}

/// Adds the French words that a line may mean, and no others: it is read as by the whole tree, in a fraction of the time that giving
/// each command and option its names takes. What is near to a word that means nothing is found by the whole tree alone.
pub fn with_french_of(line: &[OsString], command: Command) -> Command {
    let typed: Vec<&str> = line.iter().skip(1).filter_map(|word| word.to_str()).collect();
    with_french_among(&typed, command)
}

fn with_french_among(typed: &[&str], command: Command) -> Command {
    let names = typed.iter().filter_map(|word| word.strip_prefix("--"));
    let names = names.map(|name| name.split_once('=').map_or(name, |(name, _)| name));
    let known = |typed| FRENCH_OPTIONS.iter().find(|(_, names)| names.iter().any(|name| is_typed(typed, name)));
    let options: Vec<&str> = names.filter_map(known).map(|(english, _)| *english).collect();
    let command = with_french_word(command);
    let command = if options.is_empty() {
        command
    } else {
        command.mut_args(|option| match option.get_long() {
            Some(long) if options.contains(&long) => with_french_name(option),
            _ => option,
        })
    };
    let named = command.get_subcommands().map(Command::get_name).filter(|name| {
        let french = french(name);
        typed.iter().any(|typed| typed == name || french.is_some_and(|french| is_typed(typed, french)))
    });
    let named: Vec<String> = named.map(str::to_owned).collect();
    named
        .into_iter()
        .fold(command, |command, name| command.mut_subcommand(name, |child| with_french_among(typed, child)))
}

/// Tells whether a word was typed, with its accents or without.
fn is_typed(typed: &str, word: &str) -> bool {
    typed == word || typed.chars().eq(word.chars().map(without_accent))
}

fn with_french_word(command: Command) -> Command {
    let word = french(command.get_name());
    let mut spellings: Vec<String> =
        word.into_iter().flat_map(|word| [word.to_owned(), without_accents(word)]).collect();
    spellings.dedup();
    spellings.retain(|spelling| spelling != command.get_name());
    command.aliases(spellings).disable_help_subcommand(true)
}

/// Adds the French names of an option, with and without accents, as hidden aliases.
fn with_french_name(option: Arg) -> Arg {
    let names = FRENCH_OPTIONS.iter().find(|(english, _)| option.get_long() == Some(*english));
    let names = names.into_iter().flat_map(|(_, names)| names.iter());
    let mut spellings: Vec<String> = names.flat_map(|name| [(*name).to_owned(), without_accents(name)]).collect();
    spellings.dedup();
    option.aliases(spellings)
}

/// Takes the accents off the letters that French command words have.
fn without_accents(word: &str) -> String {
    word.chars().map(without_accent).collect()
}

fn without_accent(letter: char) -> char {
    match letter {
        'é' | 'è' | 'ê' => 'e',
        'î' => 'i',
        'ô' => 'o',
        'à' | 'â' => 'a',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Line;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    fn check_words(command: &Command) {
        for child in command.get_subcommands() {
            let name = child.get_name();
            assert!(french(name).is_some() || SAME.contains(&name), "{name} has no French word");
            if let Some(word) = french(name) {
                for typed in [word.to_owned(), without_accents(word)] {
                    let found = command.get_subcommands().filter(|other| {
                        other.get_name() == typed || other.get_all_aliases().any(|alias| alias == typed)
                    });
                    assert_eq!(found.map(Command::get_name).collect::<Vec<_>>(), [name], "{typed}");
                }
                assert!(without_accents(word).is_ascii(), "{word}");
            }
            check_words(child);
        }
    }

    fn check_options(command: &Command, used: &mut BTreeSet<&'static str>) {
        for option in command.get_arguments() {
            let Some((long, names)) = FRENCH_OPTIONS.iter().find(|(long, _)| option.get_long() == Some(*long)) else {
                continue;
            };
            used.insert(long);
            for typed in names.iter().flat_map(|name| [(*name).to_owned(), without_accents(name)]) {
                assert!(typed.is_ascii() || typed != without_accents(&typed), "{typed}");
                let longs = command.get_arguments().filter(|other| {
                    let aliases = other.get_all_aliases().unwrap_or_default();
                    other.get_long() == Some(&typed) || aliases.contains(&typed.as_str())
                });
                assert_eq!(longs.filter_map(Arg::get_long).collect::<Vec<_>>(), [*long], "--{typed}");
            }
        }
        command.get_subcommands().for_each(|child| check_options(child, used));
    }

    #[test]
    fn an_option_answers_to_its_french_names_and_to_no_other_options() {
        let mut used = BTreeSet::new();
        check_options(&with_french(Line::command()), &mut used);
        let all: BTreeSet<&str> = FRENCH_OPTIONS.iter().map(|(long, _)| *long).collect();
        assert_eq!(all.len(), FRENCH_OPTIONS.len());
        // None is left of an option that is gone.
        assert_eq!(used, all);
    }

    fn check_lines(full: &Command, line: &[OsString]) {
        let of_line = |more: &str| {
            let line: Vec<OsString> = line.iter().cloned().chain([more.into()]).collect();
            let mut tree = with_french_of(&line, Line::command());
            for word in line.iter().skip(1).filter_map(|word| word.to_str()).take_while(|word| !word.starts_with('-')) {
                tree = tree.find_subcommand(word).unwrap_or_else(|| panic!("{line:?}")).clone();
            }
            tree
        };
        for child in full.get_subcommands() {
            for word in std::iter::once(child.get_name()).chain(child.get_all_aliases()) {
                let line: Vec<OsString> = line.iter().cloned().chain([word.into()]).collect();
                assert_eq!(of_line(word).get_name(), child.get_name(), "{line:?}");
                check_lines(child, &line);
            }
        }
        for option in full.get_arguments() {
            for name in option.get_all_aliases().unwrap_or_default() {
                for typed in [format!("--{name}"), format!("--{name}=x")] {
                    let of_line = of_line(&typed);
                    let mut found = of_line.get_arguments().filter(|known| known.get_id() == option.get_id());
                    let aliases = found.next().and_then(Arg::get_all_aliases).unwrap_or_default();
                    assert!(aliases.contains(&name), "{line:?} {typed}");
                }
            }
        }
    }

    #[test]
    fn a_line_finds_by_its_own_words_what_it_finds_by_all() {
        check_lines(&with_french(Line::command()), &["cleotp".into()]);
    }

    #[test]
    fn every_command_answers_to_its_french_word_with_and_without_accents() {
        check_words(&with_french(Line::command()));
    }
}
