//! Tables that speak of several projects: a column names the project of each row, or a heading that of each group of
//! columns. Each project’s part is read as a table of its own, so that no recogniser files them under one.

use super::super::normal;
use super::super::{Role, TableKind};
use super::around::Around;
use super::frame::{Column, Frame};
use super::grid::Found;
use super::head::Head;
use super::reading::{Content, Part, Reading, Uses, single};
use super::whose::Subjects;
use super::words::Concept;
use crate::both;
use crate::model::SubjectId;
use crate::sheets::Address;

/// Whether a frame speaks of projects part by part, and how it reads then; an empty list if it cannot be read.
pub(super) fn readings<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Vec<Reading<'a>>> {
    let (parts, headings, refused) =
        by_rows(frame).or_else(|| by_headings(frame)).or_else(|| by_sections(frame))?;
    let mut uses = Uses::default();
    let mut read: Vec<Part<'a>> = Vec::new();
    let mut kind: Option<TableKind> = None;
    for (subject, part) in parts {
        // All parts are of one kind: that which the first one makes most sense as.
        let candidates =
            single(&part, around).into_iter().filter(|reading| kind.is_none_or(|kind| kind == reading.kind));
        let Some(reading) = candidates.max_by_key(|reading| reading.content.count()) else {
            return Some(Vec::new());
        };
        kind = Some(reading.kind);
        uses.cells.extend(reading.uses.cells);
        uses.bare.extend(reading.uses.bare);
        uses.continued.extend(reading.uses.continued);
        read.push(Part { subject, content: reading.content });
    }
    for at in headings {
        uses.role(at, Role::Header);
    }
    for found in &refused {
        uses.refuse(
            found,
            both!("どの課題のものか書かれていないため", "It does not say which project it is about"),
        );
    }
    let kind = kind?;
    Some(vec![Reading { kind, content: Content::Parts(read), uses }])
}

type Parts<'a> = (Vec<(SubjectId, Frame<'a>)>, Vec<Address>, Vec<Found<'a>>);

/// The project that a text names by its letter.
fn named(text: &str) -> Option<SubjectId> {
    Subjects::default()
        .named(text)
        .map(|named| named.subject)
        .filter(|subject| *subject != SubjectId::programme())
}

pub(super) fn is_called(text: &str) -> bool {
    // Only a short text is a name.
    if text.len() > 240 {
        return false;
    }
    let folded = normal::key(text);
    ["課題", "プロジェクト", "project", "pj"].iter().any(|word| folded.starts_with(word))
        && named(text).is_some()
}

/// Whether every cell of a column names a project, or sums them up.
fn names_projects(frame: &Frame<'_>, index: usize) -> bool {
    let head = &frame.columns[index].head;
    let heading =
        head.is(Concept::Project) || ["課題", "研究開発課題", "課題名"].contains(&head.core.as_str());
    let sums = |found: &Found<'_>| found.head.is_any(&[Concept::Total, Concept::Subtotal, Concept::Mean]);
    let mut any = false;
    frame.cells(index).all(|found| {
        let names = if heading { named(&found.text).is_some() } else { is_called(&found.text) };
        any |= names;
        names || sums(found)
    }) && any
}

/// By a column whose cells name projects.
fn by_rows<'a>(frame: &Frame<'a>) -> Option<Parts<'a>> {
    let index = (0..frame.columns.len()).find(|index| names_projects(frame, *index))?;
    if frame.columns.len() < 2 {
        return None;
    }
    let mut columns = frame.columns.clone();
    let mut headings: Vec<Address> = columns.remove(index).texts.iter().map(|found| found.at).collect();
    let mut parts: Vec<(SubjectId, Frame<'a>)> = Vec::new();
    let mut refused = Vec::new();
    let mut current: Option<SubjectId> = None;
    for row in &frame.body {
        let mut row = row.clone();
        if let Some(found) = row.remove(index) {
            current = named(&found.text);
            if current.is_some() {
                headings.push(found.at);
            } else {
                refused.push(found);
            }
        }
        let Some(subject) = &current else {
            refused.extend(row.into_iter().flatten());
            continue;
        };
        if let Some((_, part)) = parts.iter_mut().find(|(known, _)| known == subject) {
            part.body.push(row);
        } else {
            let part = Frame {
                columns: columns.clone(),
                body: vec![row],
                repeated: Vec::new(),
                sections: Vec::new(),
            };
            parts.push((subject.clone(), part));
        }
    }
    headings.extend(&frame.repeated);
    headings.extend(frame.sections.iter().map(|(_, found)| found.at));
    Some((parts, headings, refused))
}

/// By rows that name the project of the rows below them.
fn by_sections<'a>(frame: &Frame<'a>) -> Option<Parts<'a>> {
    let names = |found: &Found<'a>| named(&found.text);
    if !frame.sections.iter().any(|(_, found)| names(found).is_some()) {
        return None;
    }
    let mut parts: Vec<(SubjectId, Frame<'a>)> = Vec::new();
    let mut refused = Vec::new();
    let mut current: Option<SubjectId> = None;
    for (at, row) in frame.body.iter().enumerate() {
        for (_, found) in frame.sections.iter().filter(|(before, _)| *before == at) {
            current = names(found).or(current);
        }
        let Some(subject) = &current else {
            refused.extend(row.iter().flatten().filter(|found| found.own).cloned());
            continue;
        };
        if let Some((_, part)) = parts.iter_mut().find(|(known, _)| known == subject) {
            part.body.push(row.clone());
        } else {
            let part = Frame {
                columns: frame.columns.clone(),
                body: vec![row.clone()],
                repeated: Vec::new(),
                sections: Vec::new(),
            };
            parts.push((subject.clone(), part));
        }
    }
    let headings =
        frame.repeated.iter().copied().chain(frame.sections.iter().map(|(_, found)| found.at)).collect();
    (!parts.is_empty()).then_some((parts, headings, refused))
}

/// By a heading over several columns.
fn by_headings<'a>(frame: &Frame<'a>) -> Option<Parts<'a>> {
    let heading = |column: &Column<'a>| column.texts.iter().position(|found| is_called(&found.text));
    let owners: Vec<Option<(usize, SubjectId)>> = frame
        .columns
        .iter()
        .map(|column| heading(column).and_then(|at| Some((at, named(&column.texts[at].text)?))))
        .collect();
    let mut subjects: Vec<SubjectId> = owners.iter().flatten().map(|(_, subject)| subject.clone()).collect();
    subjects.dedup();
    // One project’s name over one column may be anything.
    if subjects.len() < 2
        || frame.columns.iter().all(|column| heading(column).is_none_or(|at| at + 1 == column.texts.len()))
    {
        return None;
    }
    let headings = frame
        .columns
        .iter()
        .zip(&owners)
        .filter_map(|(column, owner)| Some(column.texts[owner.as_ref()?.0].at))
        .chain(frame.repeated.iter().copied())
        .chain(frame.sections.iter().map(|(_, found)| found.at))
        .collect();
    let mut parts = Vec::new();
    for subject in subjects {
        let kept: Vec<usize> = (0..frame.columns.len())
            .filter(|index| owners[*index].as_ref().is_none_or(|(_, owner)| *owner == subject))
            .collect();
        let columns = kept
            .iter()
            .map(|index| {
                let mut column = frame.columns[*index].clone();
                if let Some((at, _)) = &owners[*index] {
                    column.texts.remove(*at);
                    column.head = column.texts.iter().fold(Head::default(), |head, found| {
                        if head == Head::default() { (*found.head).clone() } else { head.under(&found.head) }
                    });
                }
                column
            })
            .collect();
        let body =
            frame.body.iter().map(|row| kept.iter().map(|index| row[*index].clone()).collect()).collect();
        parts.push((subject, Frame { columns, body, repeated: Vec::new(), sections: Vec::new() }));
    }
    Some((parts, headings, Vec::new()))
}
