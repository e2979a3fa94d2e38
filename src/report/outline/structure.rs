//! A report's structure as its file writes it.

use super::content::Content;
use super::error::StructureError;
use super::numeral::{self, Numeral};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The form of the files that this version reads.
const FORM: u32 = 1;

/// The largest file that is read as a structure; a real one has a few kilobytes.
const LARGEST: u64 = 1024 * 1024;

/// The deepest a section may lie; Word knows no more heading levels.
const DEEPEST: usize = 9;

/// The structure of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Its name for people, in the file's own language.
    pub name: String,
    /// The outermost sections, in order.
    pub sections: Vec<Section>,
}

/// A section of the structure: a heading, content under it, sections under it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// Its heading. An empty one continues the section before it without a heading.
    pub heading: Words,
    /// The number before the heading.
    pub number: Number,
    /// How it opens and looks.
    pub look: Look,
    /// Whether its pages are counted with the report or before it. Taken from the outermost section.
    pub matter: Matter,
    /// What it is repeated for.
    pub each: Each,
    /// The condition under which it stands in the report at all.
    pub only: Only,
    /// Whether the contents list it.
    pub listed: Listed,
    /// What stands where it has no content.
    pub empty: Empty,
    /// The words that say so; 記載なし where none are given.
    pub nothing: String,
    /// What it holds, in order.
    pub content: Vec<Content>,
    /// The sections under it, in order.
    pub sections: Vec<Section>,
}

/// A heading with its gaps: `{id}`, `{name}`, `{criterion}`, `{session}`, `{kind}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Words(pub(super) String);

/// A number with what stands around it: `第{n}章　`, `{n}．`, `{up}.{1} `.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Number(pub(super) Option<(String, Numeral, String)>);

/// How a section opens and looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all(serialize = "snake_case"))]
pub enum Look {
    /// A heading on the running page.
    #[default]
    Plain,
    /// A page of its own that carries the heading.
    Part,
    /// A new page with the heading at its top; named in the running head.
    Chapter,
    /// A band that opens a project's pages.
    Project,
}

/// Whether pages are counted with the report or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Matter {
    /// With the report: 1, 2, 3.
    #[default]
    Body,
    /// Before it: i, ii, iii.
    Front,
}

/// What a section is repeated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Each {
    /// Nothing: it stands once.
    #[default]
    Once,
    /// The programme: it stands once and is about the programme.
    Programme,
    /// Each project.
    Project,
    /// Each project that this report evaluates.
    EvaluatedProject,
    /// The programme, then each evaluated project.
    EvaluatedSubject,
    /// Each criterion of the programme or project it stands under.
    Criterion,
    /// Each session of the working group that looked at the programme or project it stands under.
    Session,
}

/// The condition under which a section stands in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Only {
    /// None.
    #[default]
    Always,
    /// Members score the programme or project.
    Scored,
    /// No members score it.
    Unscored,
    /// The working group looked at it.
    WithSessions,
    /// No criterion of it is the one on recommendations (提言).
    WithoutCriterionOnRecommendations,
    /// The annex of checks is wanted for this export.
    ChecksWanted,
}

/// Whether the contents list a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Listed(pub bool);

impl Default for Listed {
    fn default() -> Self {
        Self(true)
    }
}

/// What stands where a section has no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Empty {
    /// The words that say so.
    #[default]
    Said,
    /// Nothing: the section is left out.
    LeftOut,
    /// The words where the project is evaluated; a project that is only listed leaves the section out.
    SaidWhereEvaluated,
}

impl TryFrom<String> for Words {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        for gap in gaps(&text)? {
            if !GAPS.contains(&gap) {
                let known = GAPS.map(|gap| format!("{{{gap}}}")).join(" ");
                return Err(format!("{{{gap}}} ? ({known})"));
            }
        }
        Ok(Self(text))
    }
}

/// What a heading can be filled with.
const GAPS: [&str; 5] = ["id", "name", "criterion", "session", "kind"];

impl Words {
    /// Whether there is no heading.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The heading with its gaps closed by what `filling` knows.
    pub(super) fn fill(&self, filling: impl Fn(&str) -> String) -> String {
        let mut rest = self.0.as_str();
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((gap, tail)) = after.split_once('}') else { break };
            out.push_str(before);
            out.push_str(&filling(gap));
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let mut own = None;
        for gap in gaps(&text)? {
            match numeral::read(gap) {
                Some(numeral) if own.is_none() => own = Some((gap, numeral)),
                Some(_) => return Err(format!("{{{gap}}}: 番号は一つだけ / only one number")),
                None if gap == "up" => {}
                None => {
                    return Err(format!("{{{gap}}} ? ({{up}} {})", numeral::KNOWN.join(" ")));
                }
            }
        }
        let Some((gap, numeral)) = own else {
            return Err(format!("{text} ? ({})", numeral::KNOWN.join(" ")));
        };
        let (before, after) = text.split_once(&format!("{{{gap}}}")).unwrap_or((text.as_str(), ""));
        Ok(Self(Some((before.to_owned(), numeral, after.to_owned()))))
    }
}

/// What stands between the braces of a text.
fn gaps(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let inner = rest[at..].strip_prefix('{').and_then(|after| after.split_once('}'));
        let Some((gap, tail)) = inner.filter(|(gap, _)| !gap.contains('{')) else {
            return Err(format!("{text}: {{ }} ?"));
        };
        found.push(gap);
        rest = tail;
    }
    Ok(found)
}

/// A structure's file: its form first, so that a later version can tell an older file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[expect(dead_code, reason = "read before; named so that an unknown field is still refused")]
    structure: u32,
    name: String,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Header {
    structure: u32,
}

impl Structure {
    /// Reads a structure's file.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no structure.
    pub fn open(path: &Path) -> Result<Self, StructureError> {
        let file = File::open(path).map_err(StructureError::Reading)?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(StructureError::Reading)?;
        if bytes.len() as u64 > LARGEST {
            return Err(StructureError::TooLarge);
        }
        Self::read(&String::from_utf8(bytes).map_err(|_| StructureError::NotText)?)
    }

    /// Reads the text of a structure's file.
    ///
    /// # Errors
    /// Where the text is no structure, is of a newer form, has a mistake or does not hold together; the line is named.
    pub fn read(text: &str) -> Result<Self, StructureError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let options = ron::Options::default();
        // The form is told first where it can be: a newer file may hold what this version cannot read.
        if let Ok(Header { structure }) = options.from_str(text)
            && structure != FORM
        {
            return Err(StructureError::Form { found: structure, known: FORM });
        }
        let written: Written = options.from_str(text).map_err(|error| StructureError::at(&error))?;
        let read = Self { name: written.name, sections: written.sections };
        read.hold_together(text)?;
        Ok(read)
    }

    /// The sections that a person may want to leave out: the outermost ones and those right under them, as far as they
    /// stand once and have a heading of their own.
    pub fn choices(&self) -> Vec<Choice<'_>> {
        let mut choices = Vec::new();
        for (at, section) in self.sections.iter().enumerate() {
            choices.extend(Choice::of(vec![at], section));
            for (within, inner) in section.sections.iter().enumerate() {
                choices.extend(Choice::of(vec![at, within], inner));
            }
        }
        choices
    }

    /// What the types cannot say: nothing deeper than headings go, what is repeated for criteria or sessions has a
    /// subject, no part begins within another.
    fn hold_together(&self, text: &str) -> Result<(), StructureError> {
        if self.sections.is_empty() {
            return Err(StructureError::NoSections);
        }
        let mut stack: Vec<(&Section, usize, bool)> =
            self.sections.iter().map(|section| (section, 1, false)).collect();
        while let Some((section, level, about)) = stack.pop() {
            let line = || line_of(text, section);
            if level > DEEPEST {
                return Err(StructureError::Deep { line: line(), heading: section.heading.0.clone() });
            }
            let about = about
                || matches!(
                    section.each,
                    Each::Programme | Each::Project | Each::EvaluatedProject | Each::EvaluatedSubject
                );
            let needs = matches!(section.each, Each::Criterion | Each::Session)
                || matches!(
                    section.only,
                    Only::Scored
                        | Only::Unscored
                        | Only::WithSessions
                        | Only::WithoutCriterionOnRecommendations
                )
                || section.content.iter().any(Content::needs_a_subject);
            if needs && !about {
                return Err(StructureError::NoSubject { line: line(), heading: section.heading.0.clone() });
            }
            stack.extend(section.sections.iter().map(|inner| (inner, level + 1, about)));
        }
        Ok(())
    }
}

/// A section that can be left out of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    /// Where it stands in the structure.
    pub path: Vec<usize>,
    /// Its heading.
    pub heading: &'a str,
}

impl<'a> Choice<'a> {
    fn of(path: Vec<usize>, section: &'a Section) -> Option<Self> {
        let heading = section.heading.0.as_str();
        (!heading.is_empty() && !heading.contains('{')).then_some(Self { path, heading })
    }
}

/// The line on which a section's heading stands; the first where it cannot be told.
fn line_of(text: &str, section: &Section) -> usize {
    let quoted = format!("\"{}\"", section.heading.0);
    text.lines().position(|line| line.contains(&quoted)).map_or(1, |at| at + 1)
}
