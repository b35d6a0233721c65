//! The French words of the command line: accepted beside the English ones whatever the language, shown in French.

use super::locale::Language;
use clap::Command;

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
    ("undo", "annuler"),
    ("add", "ajouter"),
    ("list", "lister"),
    ("show", "montrer"),
    ("disable", "désactiver"),
    ("enable", "réactiver"),
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
    ("revoke", "révoquer"),
    ("set", "définir"),
    ("change", "changer"),
    ("reset", "réinitialiser"),
    ("report", "rapport"),
    ("drift", "dérive"),
    ("completions", "complétions"),
    ("man", "manuel"),
];

/// Command words that are the same in French.
#[cfg(test)]
pub const SAME: &[&str] = &["activation", "audit"];

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
    let word = french(command.get_name());
    let mut spellings: Vec<String> =
        word.into_iter().flat_map(|word| [word.to_owned(), without_accents(word)]).collect();
    spellings.dedup();
    spellings.retain(|spelling| spelling != command.get_name());
    command.aliases(spellings).disable_help_subcommand(true).mut_subcommands(with_french)
}

/// Takes the accents off the letters that French command words have.
fn without_accents(word: &str) -> String {
    word.chars()
        .map(|letter| match letter {
            'é' | 'è' | 'ê' => 'e',
            'î' => 'i',
            'ô' => 'o',
            'à' | 'â' => 'a',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Line;
    use clap::CommandFactory;

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

    #[test]
    fn every_command_answers_to_its_french_word_with_and_without_accents() {
        check_words(&with_french(Line::command()));
    }
}
