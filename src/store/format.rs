//! The text of a dossier: RON, with the schema version first.
//!
//! Schema 3 is today's. Schema 2 had no logic model and no headings of amounts, and is read as it is. Schema 1 listed
//! given scores without telling a blank cell from one that does not apply. Either becomes schema 3 when saved.

use super::quick::quick;
use super::{Trouble, Wrong};
use crate::model::{Dossier, Subject, SubjectId};
use crate::tasks;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

/// The schema that this version writes.
pub const SCHEMA: u32 = 3;

/// Oldest schema that this version reads.
const OLDEST: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    schema: u32,
    dossier: &'a Dossier,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    schema: u32,
    dossier: Dossier,
}

/// The part of a file that every schema shares. A newer schema may have more beside it.
#[derive(Deserialize)]
struct Header {
    schema: u32,
}

fn options() -> ron::Options {
    // A year may be written `2021` rather than `Some(2021)`; saved files say so themselves.
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// The text of a dossier's file.
///
/// # Errors
/// Only if the dossier cannot be serialised, which its types rule out.
pub fn to_ron(dossier: &Dossier) -> Result<String, Trouble> {
    in_pieces(dossier, AT_ONCE).map(|pieces| pieces.concat())
}

/// As many projects one thread writes at a time.
const AT_ONCE: usize = 8;

/// What stands before and behind the rows of the projects. No text of the dossier's can look like either: a break of a
/// line is written as an escape.
const ROWS: [&str; 2] = ["\n    projects: [\n", "\n    ],\n"];

/// The text of a dossier's file in pieces that follow each other. Each thread writes the file of some projects, of which
/// only their rows are kept; the first of them stand in the file of all else.
fn in_pieces(dossier: &Dossier, at_once: usize) -> Result<Vec<String>, Trouble> {
    let first = dossier.projects.len().min(at_once);
    let (first, others) = dossier.projects.split_at(first);
    let frame = Dossier { projects: first.to_vec(), ..dossier.clone() };
    let others = others.chunks(at_once).map(|some| Dossier { projects: some.to_vec(), ..Dossier::default() });
    let files = tasks::each(std::iter::once(frame).chain(others), |part| whole(&part));
    let mut files = files.into_iter();
    let mut frame = files.next().unwrap_or_else(|| whole(&Dossier::default()))?;
    if files.len() == 0 {
        return Ok(vec![frame]);
    }
    let lost = || Trouble::Serialising("the rows of the projects".to_owned());
    let rows = |file: &str| {
        let begin = file.find(ROWS[0])? + ROWS[0].len();
        Some(begin..begin + file[begin..].find(ROWS[1])? + 1)
    };
    let rest = frame.split_off(rows(&frame).ok_or_else(lost)?.end);
    let mut pieces = vec![frame];
    for file in files {
        let mut file = file?;
        let rows = rows(&file).ok_or_else(lost)?;
        file.truncate(rows.end);
        file.drain(..rows.start);
        pieces.push(file);
    }
    pieces.push(rest);
    Ok(pieces)
}

/// The text of a dossier's file, written by one thread.
fn whole(dossier: &Dossier) -> Result<String, Trouble> {
    // Rows stand one field a line, the cells of a table one a line.
    let layout = PrettyConfig::new()
        .extensions(Extensions::IMPLICIT_SOME)
        .indentor("  ")
        .new_line("\n")
        .depth_limit(8);
    let mut text = ron::ser::to_string_pretty(&quick(&Written { schema: SCHEMA, dossier }), layout)
        .map_err(|error| Trouble::Serialising(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// Reads the bytes of a dossier's file. A file that breaks off within a character is told as one that breaks off, and
/// a damaged character by its line.
pub(super) fn from_bytes(bytes: Vec<u8>) -> Result<(Dossier, u32), Trouble> {
    let damaged = match String::from_utf8(bytes) {
        Ok(text) => return from_ron(&text),
        Err(error) => error,
    };
    let sound = damaged.utf8_error().valid_up_to();
    let breaks_off = damaged.utf8_error().error_len().is_none();
    let sound = String::from_utf8_lossy(&damaged.as_bytes()[..sound]);
    let line = sound.split('\n').count();
    if !looks_like_ron(&sound) {
        return Err(Trouble::NotText);
    }
    if breaks_off {
        return Err(from_ron(&sound).err().unwrap_or(Trouble::Truncated { line }));
    }
    let column = sound.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Err(Trouble::Mistake { line, column, what: Wrong::not_text() })
}

/// Reads the text of a dossier's file, and says which schema it was in.
///
/// # Errors
/// If the text is no dossier, has a mistake, breaks off, or is of a schema that this version does not know.
pub fn from_ron(text: &str) -> Result<(Dossier, u32), Trouble> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Trouble::Empty);
    }
    // Most files are sound and are read once; only trouble is looked into.
    if let Ok(read) = options().from_str::<Read>(text)
        && (OLDEST..=SCHEMA).contains(&read.schema)
    {
        return Ok((read.dossier, read.schema));
    }
    let schema = match options().from_str::<Header>(text) {
        Ok(header) => header.schema,
        Err(error) => match stated_schema(text) {
            // The mistake is further down; the dossier itself will tell it better than the header can.
            Some(schema) if schema <= SCHEMA => schema,
            Some(schema) => return Err(Trouble::Newer { schema }),
            None if looks_like_ron(text) => return Err(mistake(text, &error)),
            None => return Err(Trouble::NotDossier),
        },
    };
    if schema > SCHEMA {
        return Err(Trouble::Newer { schema });
    }
    if schema < OLDEST {
        return Err(Trouble::NotDossier);
    }
    let read: Read = options().from_str(text).map_err(|error| mistake(text, &error))?;
    Ok((read.dossier, schema))
}

/// Reads a part of a dossier that stands without the wrapper of a file: some fields of one, one subject, or several. A
/// subject without a letter is `subject`'s.
///
/// # Errors
/// If the text is none of these, has a mistake, or does not say whose it is.
pub(super) fn part_from_ron(text: &str, subject: Option<&SubjectId>) -> Result<Dossier, Trouble> {
    /// A wrapper without a schema.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Bare {
        dossier: Dossier,
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let furthest = |errors: Vec<ron::error::SpannedError>| {
        let error = errors.into_iter().max_by_key(|error| (error.span.start.line, error.span.start.col));
        error.map_or(Trouble::NotDossier, |error| mistake(text, &error))
    };
    let mut errors = Vec::new();
    match options().from_str::<Dossier>(text) {
        Ok(dossier) if dossier == Dossier::default() => return Err(Trouble::Empty),
        Ok(dossier) => return Ok(dossier),
        Err(error) => errors.push(error),
    }
    match options().from_str::<Bare>(text) {
        Ok(bare) => return Ok(bare.dossier),
        Err(error) => errors.push(error),
    }
    let subjects = match options().from_str::<Subject>(text) {
        Ok(one) => vec![one],
        Err(error) => {
            errors.push(error);
            match options().from_str::<Vec<Subject>>(text) {
                Ok(several) if !several.is_empty() => several,
                Ok(_) => return Err(Trouble::Empty),
                Err(error) => {
                    errors.push(error);
                    return Err(furthest(errors));
                }
            }
        }
    };
    let mut dossier = Dossier::default();
    for mut of in subjects {
        if of.id.as_str().is_empty() {
            of.id = subject.cloned().ok_or(Trouble::Nameless)?;
        }
        if of.id == SubjectId::programme() {
            dossier.programme = of.into();
        } else {
            dossier.projects.push(of.into());
        }
    }
    Ok(dossier)
}

/// Whether a text has the wrapper of a file.
pub(super) fn is_wrapped(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = match (rest.starts_with("//") || rest.starts_with('#'), rest.strip_prefix("/*")) {
            (true, _) => rest.split_once('\n').map_or("", |(_, rest)| rest),
            (false, Some(comment)) => comment.split_once("*/").map_or("", |(_, rest)| rest),
            (false, None) => break,
        }
        .trim_start();
    }
    rest.strip_prefix('(').is_some_and(|rest| rest.trim_start().starts_with("schema"))
}

/// The schema in the first lines of a text whose rest cannot be read.
fn stated_schema(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("schema")?;
    let digits = rest.trim_start().strip_prefix(':')?.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

fn looks_like_ron(text: &str) -> bool {
    text.trim_start().starts_with(['(', '#', '/']) && text.contains("dossier")
}

fn mistake(text: &str, error: &ron::error::SpannedError) -> Trouble {
    let line = error.span.start.line;
    // A text that is never closed can only be missed at the end of the file, wherever it began.
    let open = matches!(error.code, ron::Error::Eof | ron::Error::ExpectedStringEnd);
    if open || line > text.lines().count() || ends_early(text, error) {
        return Trouble::Truncated { line: text.lines().count() };
    }
    Trouble::Mistake { line, column: error.span.start.col, what: Wrong(error.code.clone()) }
}

/// Whether the text stops at the mistake: nothing but the file's end stands behind it.
fn ends_early(text: &str, error: &ron::error::SpannedError) -> bool {
    let last = text.lines().count();
    error.span.end.line >= last
        && !text.trim_end().ends_with(')')
        && error.span.end.col >= text.lines().last().map_or(0, |line| line.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::model::{CriterionNo, ScoreCell};

    #[test]
    fn a_file_written_by_hand_is_read() {
        let text = r#"(schema: 2, dossier: (
            programme: (id: "program", overview: (name: "事業", period: (start: 2015, end: 2027))),
            projects: [(id: "A", funding: (unit: "百万円", items: [
                (id: "r1", label: "項目１", amounts: { 2017: (amount: (figure: Number(297))) }),
            ]))],
        ))"#;
        let (dossier, schema) = from_ron(text).unwrap();
        assert_eq!((schema, dossier.programme.overview.period.years()), (2, Some(13)));
        assert_eq!(from_ron(&to_ron(&dossier).unwrap()).unwrap().0, dossier);
    }

    #[test]
    fn what_several_threads_write_is_what_one_writes() {
        let mut full = crate::model::every::full();
        let mut all = vec![crate::sample::dossier().unwrap(), crate::sample::blank(), Dossier::default()];
        // Texts that look like the lines between which the rows stand.
        full.projects[0].overview.name = ROWS.concat();
        full.report.preface = ROWS.concat();
        all.push(full.clone());
        while full.projects.len() < 7 {
            let mut next = full.projects[0].clone();
            next.id = format!("P{}", full.projects.len()).as_str().into();
            full.projects.push(next);
        }
        all.push(full);
        for dossier in &all {
            let one = whole(dossier).unwrap();
            for at_once in [1, 2, 3, 6, 7, 8] {
                assert_eq!(in_pieces(dossier, at_once).unwrap().concat(), one);
            }
            assert_eq!(to_ron(dossier).unwrap(), one);
        }
    }

    #[test]
    fn a_part_of_a_dossier_needs_no_wrapper() {
        let subject = SubjectId::from("B");
        for text in [
            r#"(projects: [(id: "A", overview: (name: "課題"))])"#,
            r#"(dossier: (projects: [(id: "A", overview: (name: "課題"))]))"#,
            r#"(id: "A", overview: (name: "課題"))"#,
            r#"[(id: "A", overview: (name: "課題"))]"#,
        ] {
            assert!(!is_wrapped(text));
            let dossier = part_from_ron(text, Some(&subject)).unwrap();
            assert_eq!((dossier.projects.len(), dossier.projects[0].id.as_str()), (1, "A"), "{text}");
            assert_eq!(dossier.projects[0].overview.name, "課題");
        }
        let nameless = r#"(overview: (name: "課題"))"#;
        assert_eq!(part_from_ron(nameless, Some(&subject)).unwrap().projects[0].id, subject);
        assert!(matches!(part_from_ron(nameless, None), Err(Trouble::Nameless)));
        let text = "(\n id: \"A\",\n overview: (\n  nam: \"課題\"))";
        assert!(matches!(part_from_ron(text, None), Err(Trouble::Mistake { line: 4, .. })));
        assert!(
            is_wrapped("// 覚え\n(\n schema: 3, dossier: ())")
                && is_wrapped("#![enable(implicit_some)]\n(schema: 3)")
        );
    }

    #[test]
    fn schema_1_is_migrated() {
        let text = r#"(schema: 1, dossier: (projects: [(id: "A", evaluation: (
            panel: ["M1", "M2"],
            scores: [(member: "M1", criterion: 1, score: Some(0)), (member: "M2", criterion: 1, score: None)],
        ))]))"#;
        let (dossier, schema) = from_ron(text).unwrap();
        let evaluation = &dossier.projects[0].evaluation;
        assert_eq!(schema, 1);
        assert_eq!(evaluation.cell(&"M1".into(), CriterionNo(1)), ScoreCell::Score(0));
        assert_eq!(evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Blank);
        let saved = to_ron(&dossier).unwrap();
        assert!(saved.contains("schema: 3"));
        assert_eq!(from_ron(&saved).unwrap().0, dossier);
    }

    #[test]
    fn a_newer_schema_is_refused_whatever_it_holds() {
        for text in [
            "(schema: 4, dossier: ())",
            "(schema: 9, dossier: (brand_new: {}), more: [1])",
            "(schema: 5, dossier: («",
        ] {
            assert!(matches!(from_ron(text), Err(Trouble::Newer { .. })), "{text}");
        }
    }

    #[test]
    fn mistakes_name_their_line() {
        let text = "(\n  schema: 2,\n  dossier: (\n    programme: (id: 5),\n  ),\n)";
        assert!(matches!(from_ron(text), Err(Trouble::Mistake { line: 4, .. })));
        let text = "(schema: 2, dossier: (\n programm: (),\n))";
        let Err(Trouble::Mistake { line: 2, what, .. }) = from_ron(text) else { panic!("no mistake") };
        assert_eq!(what.words(Lang::Ja), "知らない項目名 programm");
        assert_eq!(what.words(Lang::En), "there is no field programm");
    }

    #[test]
    fn every_truncation_of_a_dossier_is_told_from_a_mistake() {
        let mut dossier = Dossier::default();
        dossier.programme.overview.name = "再生医療".into();
        let text = to_ron(&dossier).unwrap();
        let text = text.trim_end();
        for end in (1..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert!(from_ron(&text[..end]).is_err(), "{end}");
        }
        let half = &text[..text.find("医療").unwrap()];
        assert!(matches!(from_ron(half), Err(Trouble::Truncated { .. })), "{:?}", from_ron(half));
    }

    #[test]
    fn a_damaged_character_is_told_by_its_line() {
        let mut dossier = Dossier::default();
        dossier.programme.overview.name = "再生医療".into();
        let whole = to_ron(&dossier).unwrap();
        let at = whole.find('療').unwrap();
        let line = whole[..at].lines().count();
        for cut in [at + 1, at + 2] {
            let half = whole.as_bytes()[..cut].to_vec();
            assert!(matches!(from_bytes(half), Err(Trouble::Truncated { line: l }) if l == line), "{cut}");
        }
        let mut flipped = whole.into_bytes();
        flipped[at] = 0xff;
        assert!(matches!(from_bytes(flipped), Err(Trouble::Mistake { line: l, .. }) if l == line));
        assert!(matches!(from_bytes(vec![0x7f, b'E', b'L', b'F', 0xff, 0xfe]), Err(Trouble::NotText)));
    }

    #[test]
    fn what_is_no_dossier_is_called_so() {
        assert!(matches!(from_ron(" \n"), Err(Trouble::Empty)));
        for text in ["hello", "{\"a\": 1}", "(1, 2)", "PK\u{3}\u{4}"] {
            assert!(matches!(from_ron(text), Err(Trouble::NotDossier)), "{text}");
        }
    }
}
