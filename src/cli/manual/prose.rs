//! The prose of the manual: the small part of Markdown that its writers use.
//!
//! | written | meant |
//! |---|---|
//! | `# HEADING`, `## Heading` | a section, a section within it |
//! | lines up to an empty one | a paragraph |
//! | a line, then lines that begin with `:   ` | a term, and what it means |
//! | `- text` | an item of a list |
//! | lines between two lines of three backquotes | what is typed and shown, kept as it is |
//! | `{name}` alone on its line | a place that the program fills in |
//! | `` `bold` ``, `*italic*` | what is typed as it stands, what stands for something else |

/// A part of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    /// A section begins.
    Heading(String),
    /// A section within a section begins.
    Subheading(String),
    /// A paragraph.
    Paragraph(String),
    /// A term, and what it means.
    Term(String, String),
    /// An item of a list.
    Item(String),
    /// Lines that are kept as they are.
    Code(Vec<String>),
    /// A place that the program fills in.
    Place(String),
}

/// Reads the blocks of a page.
pub fn read(source: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with("```") {
            blocks.push(Block::Code(lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect()));
            continue;
        }
        if let Some(block) = whole_line(line) {
            blocks.push(block);
            continue;
        }
        let item = line.strip_prefix("- ");
        let mut text = item.unwrap_or(line).to_owned();
        let mut meaning: Option<String> = None;
        while let Some(next) = lines.next_if(|next| !next.trim().is_empty() && !next.starts_with("- ")) {
            let begun = meaning.is_some();
            match next.strip_prefix(":   ") {
                Some(first) if !begun => meaning = Some(first.to_owned()),
                _ => {
                    let to = meaning.as_mut().unwrap_or(&mut text);
                    to.push(' ');
                    to.push_str(next.trim());
                }
            }
        }
        blocks.push(match (meaning, item) {
            (Some(meaning), _) => Block::Term(text, meaning),
            (None, Some(_)) => Block::Item(text),
            (None, None) => Block::Paragraph(text),
        });
    }
    blocks
}

fn whole_line(line: &str) -> Option<Block> {
    let place = line.strip_prefix('{').and_then(|line| line.strip_suffix('}'));
    let heading = line.strip_prefix("# ").map(|text| Block::Heading(text.to_owned()));
    let subheading = line.strip_prefix("## ").map(|text| Block::Subheading(text.to_owned()));
    heading.or(subheading).or_else(|| place.map(|name| Block::Place(name.to_owned())))
}

/// How a piece of a line is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// As everything else.
    Roman,
    /// As it is typed.
    Bold,
    /// As what stands for something else.
    Italic,
}

/// Splits a text into its pieces.
pub fn pieces(text: &str) -> Vec<(Face, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, face)) =
        [rest.find('`').map(|at| (at, Face::Bold)), rest.find('*').map(|at| (at, Face::Italic))]
            .into_iter()
            .flatten()
            .min_by_key(|(at, _)| *at)
    {
        let mark = if face == Face::Bold { '`' } else { '*' };
        let (before, opened) = rest.split_at(at);
        let Some((inner, after)) = opened.strip_prefix(mark).and_then(|inner| inner.split_once(mark)) else { break };
        pieces.extend([(Face::Roman, before), (face, inner)]);
        rest = after;
    }
    pieces.push((Face::Roman, rest));
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_block_is_read() {
        let source = "# FILES\n\nOne\ntwo.\n\n`a`\n:   First\n    more.\n\n`b`\n:   Second.\n- x\n  y\n- z\n\n```\n$ a\n\n# b\n```\n## Sub\n{options}\n";
        let text = str::to_owned;
        assert_eq!(
            read(source),
            [
                Block::Heading(text("FILES")),
                Block::Paragraph(text("One two.")),
                Block::Term(text("`a`"), text("First more.")),
                Block::Term(text("`b`"), text("Second.")),
                Block::Item(text("x y")),
                Block::Item(text("z")),
                Block::Code(vec![text("$ a"), String::new(), text("# b")]),
                Block::Subheading(text("Sub")),
                Block::Place(text("options")),
            ]
        );
    }

    #[test]
    fn faces_are_told_apart_and_a_lonely_mark_is_itself() {
        assert_eq!(
            pieces("see `key`(1) or *FILE*"),
            [(Face::Roman, "see "), (Face::Bold, "key"), (Face::Roman, "(1) or "), (Face::Italic, "FILE")]
        );
        assert_eq!(pieces("`a*b`*c*"), [(Face::Bold, "a*b"), (Face::Italic, "c")]);
        assert_eq!(pieces("2 * 3"), [(Face::Roman, "2 * 3")]);
    }
}
