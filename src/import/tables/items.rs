//! Research items, their tasks and who carries them out.

use super::super::TableKind;
use super::super::normal;
use super::around::Around;
use super::frame::Frame;
use super::grid::Found;
use super::head::Form;
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use super::write::{Writer, same_label};
use crate::both;

/// Research items as read.
#[derive(Debug)]
pub(super) struct Items<'a> {
    rows: Vec<Row<'a>>,
}

#[derive(Debug)]
struct Row<'a> {
    item: Found<'a>,
    no: Option<Found<'a>>,
    task: Option<Found<'a>>,
    implementer: Option<Found<'a>>,
    contents: Option<Found<'a>>,
    note: Option<Found<'a>>,
}

/// Reads a frame as research items.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    if !frame.years().is_empty()
        || frame
            .columns
            .iter()
            .any(|c| c.head.is_any(&[Concept::Target, Concept::Criterion, Concept::Response]))
    {
        return None;
    }
    let implementer = frame.column(Concept::Implementer);
    let task = frame.column(Concept::Task).filter(|index| Some(*index) != implementer);
    let contents = frame.column(Concept::Contents).filter(|index| Some(*index) != task);
    let item =
        frame.column(Concept::Item).filter(|index| Some(*index) != implementer && Some(*index) != task)?;
    let textual = |index: usize| frame.share(index, |f| f.head.form == Form::Words).unwrap_or(100) >= 60;
    let announced = around.announces(TableKind::ResearchItems);
    if !textual(item)
        || !(implementer.is_some_and(textual) || (announced && (task.is_some() || contents.is_some())))
    {
        return None;
    }
    let no = frame.column(Concept::No);
    let note = frame.column(Concept::Supplement);
    let mut uses = Uses::of(frame);
    let mut rows = Vec::new();
    let mut carried: (Option<Found<'a>>, Option<Found<'a>>) = (None, None);
    for row in &frame.body {
        if row[item].is_some() {
            carried = (row[item].clone(), no.and_then(|index| row[index].clone()));
        }
        let Some(label) = &carried.0 else {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(
                    found,
                    both!(
                        "どの研究開発項目か分からないため",
                        "It does not say which research item it is about"
                    ),
                );
            }
            continue;
        };
        let own = |index: Option<usize>| {
            index.and_then(|i| row[i].clone()).filter(|f| !frame.headings().contains(&f.at))
        };
        let parts = [item].into_iter().chain([no, task, implementer, contents, note].into_iter().flatten());
        let parts: Vec<usize> = parts.collect();
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|f| f.own) else { continue };
            if parts.contains(&index) {
                uses.value(found);
            } else {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
        rows.push(Row {
            item: label.clone(),
            no: carried.1.clone(),
            task: own(task),
            implementer: own(implementer),
            contents: own(contents),
            note: own(note),
        });
    }
    (!rows.is_empty()).then_some(Reading {
        kind: TableKind::ResearchItems,
        content: Content::Items(Items { rows }),
        uses,
    })
}

impl Items<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Writes the items, their contents and tasks.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let list = writer.subject.child("research_items");
        for row in &self.rows {
            let text = row.item.text.trim();
            let numbered = normal::numbered(text);
            let no = (row.no.as_ref().map(|f| normal::key(&f.text)))
                .or_else(|| numbered.as_ref().map(|n| n.no.clone()))
                .unwrap_or_default();
            let label = numbered.as_ref().map_or(text, |n| if n.rest.is_empty() { text } else { n.rest });
            let place = writer.table.row(&list, "r", |known| {
                let known_label = known.get("label").and_then(|l| l.as_str()).unwrap_or_default();
                let known_no = known.get("no").and_then(|n| n.as_str()).unwrap_or_default();
                same_label(known_label, label)
                    && (no.is_empty() || known_no.is_empty() || normal::key(known_no) == no)
            });
            if !no.is_empty() && writer.is_empty(&place.child("no")) {
                writer.set(place.child("no"), &no, row.no.as_ref().unwrap_or(&row.item), no.clone());
            }
            match writer.text(&place.child("label")).map(ToOwned::to_owned) {
                Some(known) => writer.set(place.child("label"), &known, &row.item, known.clone()),
                None => writer.set(place.child("label"), &label, &row.item, label),
            }
            if let Some(found) = &row.contents {
                writer.set_explanation(place.child("contents"), found.text.trim(), found);
            }
            self.write_tasks(writer, &place.child("tasks"), row);
        }
        writer.note_without_place();
    }

    fn write_tasks(&self, writer: &mut Writer<'_, '_>, list: &crate::model::Place, row: &Row<'_>) {
        let lines = |found: &Option<Found<'_>>| -> Vec<String> {
            found.as_ref().map_or_else(Vec::new, |f| {
                f.text
                    .lines()
                    .map(|line| line.trim().trim_start_matches('・').to_owned())
                    .filter(|line| !line.is_empty())
                    .collect()
            })
        };
        // Without tasks of its own, an item may name several implementers in one cell, one a line.
        let pairs: Vec<(String, String)> = match &row.task {
            Some(task) => {
                vec![(
                    task.text.trim().to_owned(),
                    row.implementer.as_ref().map(|f| f.text.trim().to_owned()).unwrap_or_default(),
                )]
            }
            None => lines(&row.implementer).into_iter().map(|who| (String::new(), who)).collect(),
        };
        for (title, implementer) in pairs {
            let wanted = (normal::key(&title), normal::key(&implementer));
            let task = writer.table.row(list, "r", |known| {
                let text =
                    |field: &str| normal::key(known.get(field).and_then(|v| v.as_str()).unwrap_or_default());
                (text("title"), text("implementer")) == wanted
                    || (!wanted.0.is_empty() && text("title") == wanted.0 && text("implementer").is_empty())
            });
            for (field, text, found) in
                [("title", &title, &row.task), ("implementer", &implementer, &row.implementer)]
            {
                let Some(found) = found.as_ref().filter(|_| !text.is_empty()) else { continue };
                let place = task.child(field);
                let known = writer.text(&place).map(ToOwned::to_owned).unwrap_or_else(|| text.clone());
                writer.set(place, &known, found, known.clone());
            }
            if let Some(found) = &row.note {
                writer.set_explanation(task.child("note"), found.text.trim(), found);
            }
        }
    }
}
