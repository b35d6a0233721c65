use super::*;
use crate::cli::args::Line;
use crate::cli::exit::Exit;
use crate::cli::usage::{self, Asked};
use clap::{Command, CommandFactory};
use std::ffi::OsString;

const LANGUAGES: [Language; 2] = [Language::English, Language::French];

/// Gives the examples of a page: the lines between three backquotes.
fn examples(page: &Page, language: Language) -> Vec<String> {
    let blocks = prose::read(page.source(language)).into_iter();
    blocks.filter_map(|block| if let Block::Code(lines) = block { Some(lines) } else { None }).flatten().collect()
}

/// Gives the words of the cleotp commands in a line of a shell, without what is around them.
fn commands(line: &str) -> Vec<Vec<OsString>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    let ends = ["|", "&&", ";", ">", ">>", "<"];
    let lines = words.split(|word| ends.contains(&word.as_str()));
    let of_cleotp = lines.filter_map(|words| {
        // The account that sudo goes to has the name of the program.
        let words = if words.starts_with(&["sudo".to_owned(), "-u".to_owned()]) { words.get(3..)? } else { words };
        let at = words.iter().position(|word| word.trim_start_matches("<(") == "cleotp")?;
        let words = words[at..].iter().map(|word| word.trim_start_matches("<(").trim_end_matches(')'));
        Some(words.map(OsString::from).collect())
    });
    of_cleotp.collect()
}

#[test]
fn the_words_of_a_shell_line_are_found() {
    let found =
        commands("printf '%s\\n' \"$a b\" | cleotp user add j --name 'Jeanne Dupont' > x && source <(cleotp man)");
    let shown: Vec<Vec<&str>> =
        found.iter().map(|words| words.iter().map(|word| word.to_str().unwrap()).collect()).collect();
    assert_eq!(shown, [vec!["cleotp", "user", "add", "j", "--name", "Jeanne Dupont"], vec!["cleotp", "man"]]);
}

#[test]
fn every_example_is_a_command_line_that_is_understood() {
    let words = Words::of(Language::English);
    let mut understood = 0;
    for page in pages() {
        assert_eq!(examples(page, Language::English), examples(page, Language::French), "{}", page.name());
        let lines = examples(page, Language::English);
        assert!(!lines.is_empty(), "{} has no example", page.name());
        let mut of_this_page = 0;
        for line in &lines {
            let found = commands(line);
            assert!(!found.is_empty(), "{}: {line}", page.name());
            for args in found {
                let asked = usage::read(&args, &words);
                assert!(matches!(asked, Asked::Run(_) | Asked::Help(..)), "{}: {line}", page.name());
                understood += 1;
                of_this_page += usize::from(args.get(1).is_some_and(|word| word == page.command));
            }
        }
        assert!(page.command.is_empty() || of_this_page > 0, "{} is no example of itself", page.name());
    }
    assert!(understood > 40, "{understood}");
}

#[test]
fn each_command_has_its_page_and_each_verb_an_example() {
    let tree = Line::command();
    let named: Vec<&str> = tree.get_subcommands().map(Command::get_name).collect();
    assert_eq!(OF_COMMANDS.iter().map(|page| page.command).collect::<Vec<_>>(), named);
    for page in &OF_COMMANDS {
        let lines = pages().flat_map(|page| examples(page, Language::English)).collect::<Vec<_>>();
        let group = tree.find_subcommand(page.command).unwrap();
        for verb in group.get_subcommands() {
            let typed = format!("cleotp {} {}", page.command, verb.get_name());
            let shown = lines.iter().any(|line| line.contains(&typed));
            assert!(shown || ["show", "list", "enable", "import"].contains(&verb.get_name()), "{typed}");
        }
    }
}

#[test]
fn both_languages_have_the_same_parts_in_the_same_order() {
    for page in pages() {
        let [english, french] = LANGUAGES.map(|language| prose::read(page.source(language)));
        let kinds = |blocks: &[Block]| blocks.iter().map(std::mem::discriminant).collect::<Vec<_>>();
        assert_eq!(kinds(&english), kinds(&french), "{}", page.name());
        for (said, dit) in english.iter().zip(&french) {
            match (said, dit) {
                (Block::Place(said), Block::Place(dit)) => {
                    assert_eq!(said, dit, "{}", page.name());
                    assert!(fill::PLACES.contains(&said.as_str()), "{}: {said}", page.name());
                }
                // Terms are statuses, settings, files, answers: the same in every language, but for their operands.
                (Block::Term(said, _), Block::Term(dit, _)) if !said.contains('*') && !said.contains(' ') => {
                    assert_eq!(said, dit, "{}", page.name());
                }
                (Block::Paragraph(said), Block::Paragraph(dit)) => {
                    let bold = |text: &str| text.matches('`').count();
                    assert_eq!(bold(said) % 2 + bold(dit) % 2, 0, "{}: a mark is left open: {said}", page.name());
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_page_has_its_sections() {
    let needed = [
        ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO"],
        ["NOM", "SYNOPSIS", "DESCRIPTION", "CODE DE RETOUR", "EXEMPLES", "VOIR AUSSI"],
    ];
    for (language, needed) in LANGUAGES.into_iter().zip(needed) {
        for page in pages() {
            let blocks = prose::read(page.source(language));
            let has = |heading: &str| blocks.contains(&Block::Heading(heading.to_owned()));
            assert!(needed.into_iter().all(has), "{} {language:?}", page.name());
        }
    }
}

#[test]
fn every_status_that_a_page_names_is_one() {
    let all = [
        Exit::Done,
        Exit::No,
        Exit::NewPin,
        Exit::NextCode,
        Exit::Usage,
        Exit::Data,
        Exit::Missing,
        Exit::Forbidden,
        Exit::Defect,
        Exit::NoMemory,
        Exit::CannotCreate,
        Exit::InputOutput,
        Exit::Busy,
        Exit::NotPermitted,
        Exit::Configuration,
        Exit::Signalled,
    ]
    .map(|exit| exit.number().to_string());
    for (page, language) in pages().flat_map(|page| LANGUAGES.map(|language| (page, language))) {
        let mut within = false;
        let mut named = Vec::new();
        for block in prose::read(page.source(language)) {
            match block {
                Block::Heading(heading) => within = ["EXIT STATUS", "CODE DE RETOUR"].contains(&heading.as_str()),
                Block::Term(term, _) if within => named.push(term.trim_matches('`').to_owned()),
                _ => {}
            }
        }
        let place = page.name();
        assert!(named.iter().all(|status| all.contains(status)) && !named.is_empty(), "{place}: {named:?}");
        assert!(!page.command.is_empty() || named == all, "{place}: {named:?}");
    }
}

#[test]
fn every_page_that_is_referred_to_exists() {
    let names: Vec<String> = pages().map(Page::name).collect();
    for (page, language) in pages().flat_map(|page| LANGUAGES.map(|language| (page, language))) {
        for part in page.source(language).split("`cleotp-").skip(1) {
            if let Some((name, _)) = part.split_once("`(1)").filter(|(name, _)| !name.contains('`')) {
                assert!(names.contains(&format!("cleotp-{name}")), "{} names cleotp-{name}", page.name());
            }
        }
    }
}

#[test]
fn every_setting_is_explained_with_its_default() {
    for language in LANGUAGES {
        let template = Words::of(language).say("config-template", &[]);
        let source = MAIN.source(language);
        for line in template.lines().filter_map(|line| line.strip_prefix("# ")) {
            if let Some((name, _)) = line.split_once(" = ") {
                assert!(source.contains(&format!("`{name}`")), "{name}");
            }
        }
    }
    let refused = crate::cli::settings::Settings::parse("x = 1").unwrap_err();
    let hint = refused.hint(&Words::of(Language::English)).unwrap();
    let known = hint.strip_prefix("the keys are ").unwrap().split(", ");
    for name in known {
        assert!(LANGUAGES.iter().all(|language| MAIN.source(*language).contains(&format!("`{name}`"))), "{name}");
    }
}
