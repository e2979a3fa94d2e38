//! Tables and lists of text: recommendations, findings, previous findings, comments, consensus.

use super::super::normal;
use super::super::{Role, TableKind};
use super::around::Around;
use super::frame::Frame;
use super::grid::Found;
use super::head::{Form, Head, MemberMark};
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use super::write::{Writer, same_label};
use crate::both;
use crate::model::{CommentKind, EvaluationKind, FiscalYear, MentionedYear, Place, When};
use serde_json::{Value, json};

/// Texts as read.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    rows: Vec<Row<'a>>,
    /// The captions, from which a session is told.
    captions: Vec<String>,
}

/// A text, what stands beside it, and what it is about.
#[derive(Debug)]
struct Row<'a> {
    what: What,
    text: Found<'a>,
    response: Option<Found<'a>>,
    criterion: Option<Found<'a>>,
    member: Option<Found<'a>>,
    source: Option<Found<'a>>,
    when: Option<Found<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Recommendation,
    Finding,
    Previous,
    Comment(CommentKind),
    Consensus,
}

/// Reads a frame as texts.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    if !frame.years().is_empty()
        || frame.columns.iter().any(|c| c.head.is_any(&[Concept::Target, Concept::Implementer]))
    {
        return None;
    }
    let captions: Vec<String> =
        around.captions.iter().map(|stray| stray.text.clone()).chain([around.sheet.to_owned()]).collect();
    pairs(frame, around, &captions)
        .or_else(|| comments(frame, around, &captions))
        .or_else(|| list(frame, around, &captions))
}

fn textual(frame: &Frame<'_>, index: usize) -> bool {
    frame.share(index, |f| matches!(f.head.form, Form::Words | Form::Dash)).is_none_or(|share| share >= 60)
}

/// Text | response.
fn pairs<'a>(frame: &Frame<'a>, around: &Around<'_>, captions: &[String]) -> Option<Reading<'a>> {
    let response = frame.column(Concept::Response).filter(|i| textual(frame, *i))?;
    let said = |concept: Concept| {
        frame.columns.iter().position(|c| c.head.is(concept)).filter(|i| *i != response && textual(frame, *i))
    };
    let (what, text) = if let Some(index) = said(Concept::Recommendation) {
        (What::Recommendation, index)
    } else if let Some(index) = said(Concept::Finding) {
        (What::Finding, index)
    } else {
        let index = said(Concept::PreviousFinding)?;
        (if around.announces(TableKind::Findings) { What::Finding } else { What::Previous }, index)
    };
    // 前回評価の所見 are previous findings.
    let what = if what == What::Finding && around.announces(TableKind::PreviousFindings) {
        What::Previous
    } else {
        what
    };
    let kind = match what {
        What::Recommendation => TableKind::Recommendations,
        What::Finding => TableKind::Findings,
        _ => TableKind::PreviousFindings,
    };
    let parts = Parts {
        text: vec![(text, what)],
        response: Some(response),
        criterion: frame.column(Concept::Criterion).filter(|i| *i != text),
        member: None,
        source: frame.column(Concept::Cited).or_else(|| frame.column(Concept::Member)).filter(|i| *i != text),
        when: frame.column_of(&[Concept::When, Concept::Year]).filter(|i| *i != text),
    };
    rows(frame, &parts, captions, kind)
}

/// Comments by kind, by member or by criterion.
fn comments<'a>(frame: &Frame<'a>, around: &Around<'_>, captions: &[String]) -> Option<Reading<'a>> {
    let mut text = Vec::new();
    let announced = captions.iter().find_map(|caption| comment_kind(&Head::read(caption)));
    for (index, column) in frame.columns.iter().enumerate() {
        if !textual(frame, index) {
            continue;
        }
        if let Some(kind) = comment_kind(&column.head) {
            text.push((index, What::Comment(kind)));
        } else if column.head.is(Concept::Consensus) {
            text.push((index, What::Consensus));
        } else if column.head.is(Concept::Comment)
            && let Some(kind) = announced
        {
            text.push((index, What::Comment(kind)));
        }
    }
    let criterion = frame.column(Concept::Criterion).filter(|i| !text.iter().any(|(t, _)| t == i));
    let member =
        frame.column(Concept::Member).filter(|i| !text.iter().any(|(t, _)| t == i) && Some(*i) != criterion);
    let kinds = text.iter().filter(|(_, what)| matches!(what, What::Comment(_))).count();
    // 課題 alone heads many a table; two kinds side by side, or a criterion or member beside them, tell comments.
    let evident = kinds >= 2
        || (!text.is_empty() && (criterion.is_some() || member.is_some()))
        || (kinds == 1 && announced.is_some());
    if !evident || (text.is_empty()) {
        return None;
    }
    let kind = if text.iter().all(|(_, what)| *what == What::Consensus) {
        TableKind::Consensus
    } else {
        TableKind::Comments
    };
    let _ = around;
    rows(frame, &Parts { text, response: None, criterion, member, source: None, when: None }, captions, kind)
}

/// A single column under a heading that says what it lists.
fn list<'a>(frame: &Frame<'a>, around: &Around<'_>, captions: &[String]) -> Option<Reading<'a>> {
    if frame.columns.len() != 1 || !textual(frame, 0) {
        return None;
    }
    let column = &frame.columns[0];
    let nearest = around.captions.first().map(|stray| (*stray.head).clone());
    let said = |head: &Head| {
        comment_kind(head)
            .map(What::Comment)
            .or_else(|| head.is(Concept::Consensus).then_some(What::Consensus))
    };
    let what = if column.texts.is_empty() { said(&nearest?)? } else { said(&column.head)? };
    let kind = if what == What::Consensus { TableKind::Consensus } else { TableKind::Comments };
    rows(
        frame,
        &Parts {
            text: vec![(0, what)],
            response: None,
            criterion: None,
            member: None,
            source: None,
            when: None,
        },
        captions,
        kind,
    )
}

fn comment_kind(head: &Head) -> Option<CommentKind> {
    if head.is(Concept::Positive) {
        Some(CommentKind::Positive)
    } else if head.is(Concept::Issue) {
        Some(CommentKind::Issue)
    } else if head.core == "各委員の提言" {
        Some(CommentKind::Recommendation)
    } else {
        None
    }
}

struct Parts {
    text: Vec<(usize, What)>,
    response: Option<usize>,
    criterion: Option<usize>,
    member: Option<usize>,
    source: Option<usize>,
    when: Option<usize>,
}

fn rows<'a>(frame: &Frame<'a>, parts: &Parts, captions: &[String], kind: TableKind) -> Option<Reading<'a>> {
    let mut uses = Uses::of(frame);
    let mut rows = Vec::new();
    let mut carried: Option<Found<'a>> = None;
    for row in &frame.body {
        let own = |index: Option<usize>| index.and_then(|i| row[i].clone());
        carried = own(parts.criterion).or(carried);
        let mut any = false;
        for (index, what) in &parts.text {
            let Some(found) = row[*index].clone().filter(|f| f.own) else { continue };
            if frame.headings().contains(&found.at) {
                continue;
            }
            any = true;
            if found.head.form == Form::Dash
                || ["なし", "特になし", "該当なし"].contains(&found.head.core.as_str())
            {
                uses.role(found.at, Role::Label);
                continue;
            }
            uses.value(&found);
            rows.push(Row {
                what: *what,
                text: found,
                response: own(parts.response),
                criterion: carried.clone().filter(|_| parts.criterion.is_some()),
                member: own(parts.member),
                source: own(parts.source),
                when: own(parts.when),
            });
        }
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|f| f.own) else { continue };
            if parts.response == Some(index) && any && found.head.form != Form::Dash {
                uses.value(found);
            } else if [parts.response, parts.criterion, parts.member].contains(&Some(index))
                || frame.columns[index].head.is(Concept::No)
            {
                uses.role(found.at, Role::Label);
            } else if [parts.source, parts.when].contains(&Some(index)) {
                uses.value(found);
            } else if !parts.text.iter().any(|(text, _)| *text == index) {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
    }
    let content = Content::Texts(Texts { rows, captions: captions.to_vec() });
    uses.cells.values().any(|usage| *usage == super::reading::Use::Value).then_some(Reading {
        kind,
        content,
        uses,
    })
}

impl Texts<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Writes the texts.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let evaluation = writer.subject.child("evaluation");
        let session = self
            .rows
            .iter()
            .any(|row| row.what == What::Finding)
            .then(|| self.session(writer, &evaluation.child("sessions")));
        for row in &self.rows {
            match row.what {
                What::Recommendation => {
                    let place = pair(writer, &evaluation.child("recommendations"), "text", &row.text);
                    respond(writer, &place, row);
                }
                What::Previous => {
                    let place =
                        pair(writer, &writer.subject.child("previous_findings"), "finding", &row.text);
                    respond(writer, &place, row);
                    for (field, found) in [("criterion", &row.criterion), ("source", &row.source)] {
                        if let Some(found) = found {
                            writer.set_text(place.child(field), found);
                        }
                    }
                    if let Some(found) = &row.when {
                        let when = When::read(found.text.trim());
                        writer.set(place.child("when"), &when, found, when.display());
                    }
                }
                What::Finding => {
                    let Some(session) = &session else { continue };
                    let place = pair(writer, &session.child("findings"), "finding", &row.text);
                    respond(writer, &place, row);
                    if let Some(found) = &row.criterion {
                        writer.set_text(place.child("criterion"), found);
                    }
                }
                What::Comment(kind) => write_comment(writer, &evaluation.child("comments"), row, kind),
                What::Consensus => write_consensus(writer, &evaluation.child("consensus"), row),
            }
        }
        writer.note_without_place();
    }

    /// The session that the captions name.
    fn session(&self, writer: &mut Writer<'_, '_>, list: &Place) -> Place {
        let folded: Vec<String> = self.captions.iter().map(|caption| normal::key(caption)).collect();
        let number = folded.iter().find_map(|text| {
            let (_, behind) = text.split_once('第')?;
            let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
            behind[digits.len()..].starts_with('回').then(|| digits.parse::<u16>().ok()).flatten()
        });
        let year = folded.iter().flat_map(|text| FiscalYear::mentions(text)).find_map(|m| match m.year {
            MentionedYear::Known(year) => Some(year),
            MentionedYear::Bare(_) => None,
        });
        let kind = folded.iter().find_map(|text| {
            [
                ("事前評価", EvaluationKind::Prior),
                ("中間評価", EvaluationKind::Interim),
                ("終了時評価", EvaluationKind::Final),
                ("事後評価", EvaluationKind::Final),
                ("追跡評価", EvaluationKind::FollowUp),
            ]
            .into_iter()
            .find(|(word, _)| text.contains(word))
            .map(|(_, kind)| kind)
        });
        let same = |row: &Value| number.is_none() || row.get("session") == number.map(|n| json!(n)).as_ref();
        let place = writer.table.row(list, "s", same);
        let source = writer.table.get().at.clone();
        if let Some(number) = number.filter(|_| writer.is_empty(&place.child("session"))) {
            writer.table.set_from(
                place.child("session"),
                &number,
                source.clone(),
                "",
                format!("第{number}回"),
            );
        }
        if let Some(year) = year.filter(|_| writer.is_empty(&place.child("year"))) {
            writer.table.set_from(place.child("year"), &year, source.clone(), "", year.western());
        }
        if let Some(kind) =
            kind.filter(|kind| *kind != EvaluationKind::default() && writer.is_empty(&place.child("kind")))
        {
            use crate::locale::{Lang, Term};
            writer.table.set_from(place.child("kind"), &kind, source, "", kind.term(Lang::Ja));
        }
        place
    }
}

/// The row whose text is the cell's; a new one is given it.
fn pair(writer: &mut Writer<'_, '_>, list: &Place, field: &str, found: &Found<'_>) -> Place {
    let text = found.text.trim();
    let bare = bullet(text);
    let wanted = normal::key(bare);
    let place = writer.table.row(list, "r", |row| {
        row.get(field)
            .and_then(|t| t.as_str())
            .is_some_and(|t| normal::key(t) == wanted || normal::key(t) == normal::key(text))
    });
    let known = writer.text(&place.child(field)).map_or_else(|| bare.to_owned(), ToOwned::to_owned);
    writer.set(place.child(field), &known, found, known.clone());
    place
}

fn respond(writer: &mut Writer<'_, '_>, place: &Place, row: &Row<'_>) {
    if let Some(found) = row.response.as_ref().filter(|f| f.head.form != Form::Dash) {
        writer.set_text(place.child("response"), found);
    }
}

/// A text without the mark of its bullet.
fn bullet(text: &str) -> &str {
    text.trim().trim_start_matches(['・', '○', '●', '◯', '‣', '•', '◦']).trim_start()
}

/// The bullets of a cell; a line without a mark goes on with the bullet before it.
fn bullets(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let bare = bullet(line);
        match all.last_mut() {
            Some(last) if bare.len() == line.len() => {
                last.push('\n');
                last.push_str(line);
            }
            _ => all.push(bare.to_owned()),
        }
    }
    all
}

/// The number of the criterion that a cell names.
fn criterion_of(writer: &Writer<'_, '_>, found: &Found<'_>) -> Option<u8> {
    let set = if writer.subject == Place::from("programme") { "programme" } else { "project" };
    let list = Place::from("criteria").child(set).child("criteria");
    let numbered = normal::numbered(found.text.trim());
    let label = numbered.as_ref().map_or(found.text.trim(), |n| n.rest);
    let no = |row: &Value| row.get("no").and_then(Value::as_u64).and_then(|n| u8::try_from(n).ok());
    let by_label = (writer.table.rows(&list).iter())
        .find(|row| row.get("label").and_then(|l| l.as_str()).is_some_and(|l| same_label(l, label)))
        .and_then(no);
    by_label.or_else(|| numbered.and_then(|n| n.no.parse().ok()))
}

fn write_comment(writer: &mut Writer<'_, '_>, list: &Place, row: &Row<'_>, kind: CommentKind) {
    let criterion = row.criterion.as_ref().and_then(|found| criterion_of(writer, found));
    let member = row.member.as_ref().and_then(|found| {
        let mark =
            found.head.member.clone().unwrap_or_else(|| MemberMark::Named(found.text.trim().to_owned()));
        let members = writer.table.rows(&Place::from("members"));
        members.iter().find_map(|known| {
            let name = known.get("name").and_then(|n| n.as_str()).unwrap_or_default();
            let id = known.get("id").and_then(|n| n.as_str())?;
            let same = match &mark {
                MemberMark::Number(n) => {
                    normal::key(id) == format!("m{n}") || Head::read(name).member == Some(mark.clone())
                }
                MemberMark::Named(found) => {
                    normal::key(name).trim_end_matches("委員") == normal::key(found).trim_end_matches("委員")
                }
            };
            same.then(|| id.to_owned())
        })
    });
    if let (Some(found), None) = (&row.member, &member) {
        writer.remark(
            found.at,
            both!(
                "この名の委員がいないため、誰の意見かは記録しません",
                "No member has this name; whose comment it is, is not recorded"
            ),
        );
    }
    let positive = json!(CommentKind::default());
    for text in bullets(&row.text.text) {
        let wanted = normal::key(&text);
        let place = writer.table.row(list, "r", |known| {
            known.get("text").and_then(|t| t.as_str()).is_some_and(|t| normal::key(t) == wanted)
                && known.get("kind").unwrap_or(&positive) == &json!(kind)
        });
        let known = writer.text(&place.child("text")).map_or(text.clone(), ToOwned::to_owned);
        writer.set(place.child("text"), &known, &row.text, known.clone());
        if kind != CommentKind::default() && writer.is_empty(&place.child("kind")) {
            use crate::locale::{Lang, Term};
            writer.set(place.child("kind"), &kind, &row.text, kind.term(Lang::Ja));
        }
        if let (Some(no), Some(found)) = (criterion, &row.criterion) {
            writer.set(place.child("criterion"), &no, found, no.to_string());
        }
        if let (Some(id), Some(found)) = (&member, &row.member) {
            writer.set(place.child("member"), id, found, id.clone());
        }
    }
}

fn write_consensus(writer: &mut Writer<'_, '_>, list: &Place, row: &Row<'_>) {
    let criterion = row.criterion.as_ref().and_then(|found| criterion_of(writer, found));
    let text = row.text.text.trim();
    let place = writer.table.row(list, "r", |known| {
        known.get("criterion").and_then(Value::as_u64) == criterion.map(u64::from)
            && (criterion.is_some()
                || known
                    .get("text")
                    .and_then(|t| t.as_str())
                    .is_some_and(|t| normal::key(t) == normal::key(text)))
    });
    writer.set_explanation(place.child("text"), text, &row.text);
    if let (Some(no), Some(found)) = (criterion, &row.criterion) {
        writer.set(place.child("criterion"), &no, found, no.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_told_apart_and_keep_their_paragraphs() {
        assert_eq!(bullets("・よい\n続き\n・もう一つ"), ["よい\n続き", "もう一つ"]);
        assert_eq!(bullets("印のない文"), ["印のない文"]);
    }
}
