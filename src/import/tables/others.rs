//! その他の指標: papers, patents, standards, counted over a span of years or year by year.

use super::super::normal;
use super::super::{Role, TableKind};
use super::around::Around;
use super::asides::{Aside, is_no_figure};
use super::frame::Frame;
use super::grid::Found;
use super::head::Form;
use super::reading::{Content, Reading, Uses};
use super::words::{self, Concept};
use super::write::{Trouble, Writer, figure, same_label};
use crate::both;
use crate::model::{FiscalYear, MentionedYear};
use crate::sheets::Address;
use serde_json::json;

/// Counts as read.
#[derive(Debug)]
pub(super) struct Others<'a> {
    rows: Vec<Row<'a>>,
}

#[derive(Debug)]
struct Row<'a> {
    name: Found<'a>,
    /// What it is a part of: 論文数 of うち査読付き.
    of: Option<String>,
    value: Found<'a>,
    measure: Option<normal::Measure>,
    span: Option<(MentionedYear, MentionedYear)>,
    /// The cell that states the span, and its text.
    span_at: Option<(Address, String)>,
    note: Option<Found<'a>>,
}

/// The first and the last year that a text names.
fn span(text: &str) -> Option<(MentionedYear, MentionedYear)> {
    let folded = normal::key(text);
    let mentions = FiscalYear::mentions(&folded);
    let (first, last) = (mentions.first()?, mentions.last()?);
    // 2017～2021年度 names 年度 once.
    let before = &folded[..first.start];
    if first == last
        && let Some(head) = before.strip_suffix('~')
        && let Some(year) = FiscalYear::read(
            &head[head.len().saturating_sub(4).min(head.len())..]
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>(),
        )
    {
        return Some((MentionedYear::Known(year), last.year));
    }
    Some((first.year, last.year))
}

/// Reads a frame as counts.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    let known = [
        Concept::Target,
        Concept::Outlook,
        Concept::Criterion,
        Concept::Implementer,
        Concept::Members,
        Concept::Cited,
    ];
    if frame.columns.iter().any(|c| c.head.is_any(&known)) {
        return None;
    }
    let textual = |index: usize| frame.share(index, |f| f.head.form == Form::Words).unwrap_or(0) >= 80;
    let label = (0..frame.columns.len()).find(|index| textual(*index))?;
    let values: Vec<usize> = (label + 1..frame.columns.len())
        .filter(|index| frame.share(*index, |f| f.head.is_figure_like()).unwrap_or(0) >= 80)
        .collect();
    let note =
        (label + 1..frame.columns.len()).find(|index| frame.columns[*index].head.is(Concept::Supplement));
    let no = (0..label).find(|index| frame.columns[*index].head.is(Concept::No));
    if values.is_empty() {
        return None;
    }
    let labels: Vec<&Found<'_>> = frame.cells(label).collect();
    let counted = labels.iter().filter(|f| words::is_counted(&f.head.core)).count();
    let announced = around.announces(TableKind::OtherIndicators);
    if !(announced || (counted >= 2 && counted * 10 >= labels.len() * 6)) {
        return None;
    }
    // One column of counts, or one for each year; anything else is another table.
    let years = frame.years();
    let total = |index: &usize| frame.columns[*index].head.is(Concept::Total);
    let spanned = |index: &usize| frame.columns[*index].head.span.is_some();
    if values.len() > 1 && !values.iter().all(|index| years.contains(index) || total(index) || spanned(index))
    {
        return None;
    }
    let mut uses = Uses::of(frame);
    let caption =
        around.captions.iter().find_map(|stray| Some((span(&stray.text)?, (stray.at(), stray.text.clone()))));
    let whole = years
        .first()
        .zip(years.last())
        .and_then(|(first, last)| Some((frame.columns[*first].head.year?, frame.columns[*last].head.year?)));
    let mut rows = Vec::new();
    let mut whole_name: Option<String> = None;
    for row in &frame.body {
        let aside = row[label].as_ref().and_then(|found| Aside::of(&found.text, &found.head));
        let sum = row[label].as_ref().is_some_and(|found| found.head.is(Concept::Total));
        if sum || aside.is_some_and(|aside| !matches!(aside, Aside::Part | Aside::Reference)) {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(
                    found,
                    both!("計や比率の欄は持たないため", "A dossier has no place for sums and ratios"),
                );
            }
            continue;
        }
        let of = whole_name.clone().filter(|_| aside == Some(Aside::Part));
        if aside.is_none()
            && let Some(found) = &row[label]
        {
            whole_name = Some(found.text.trim().to_owned());
        }
        let Some(name) = row[label].clone() else {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(found, both!("何の数か分からないため", "It does not say what is counted"));
            }
            continue;
        };
        uses.role(name.at, Role::Label);
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|f| f.own) else { continue };
            if values.contains(&index) && !found.head.is_figure_like() {
                uses.refuse(found, both!("数として読めないため", "It cannot be read as a number"));
            } else if let Some(why) = is_no_figure(found).filter(|_| values.contains(&index)) {
                uses.refuse(found, why);
            } else if values.contains(&index) {
                let column = &frame.columns[index];
                let headed =
                    span(&column.title()).map(|span| (span, column.at().map(|at| (at, column.title()))));
                let (span, span_at) = match (headed, total(&index)) {
                    (Some((span, at)), _) => (Some(span), at),
                    (None, true) if whole.is_some() => (whole, None),
                    _ => {
                        (caption.as_ref().map(|(span, _)| *span), caption.as_ref().map(|(_, at)| at.clone()))
                    }
                };
                for year in span.iter().flat_map(|(a, b)| [*a, *b]) {
                    uses.year(span_at.as_ref().map(|(at, _)| *at), Some(year));
                }
                uses.value(found);
                let measure = column.head.measure.clone();
                let note = note.and_then(|index| row[index].clone());
                let of = of.clone();
                rows.push(Row { name: name.clone(), of, value: found.clone(), measure, span, span_at, note });
            } else if Some(index) == note {
                uses.value(found);
            } else if index == label || Some(index) == no {
                uses.role(found.at, Role::Label);
            } else {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
    }
    (!rows.is_empty()).then_some(Reading {
        kind: TableKind::OtherIndicators,
        content: Content::Others(Others { rows }),
        uses,
    })
}

impl Others<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Writes the counts.
    pub fn write(&self, writer: &mut Writer<'_, '_>) -> Result<(), Trouble> {
        let list = writer.subject.child("other_indicators");
        for row in &self.rows {
            let span = match row.span {
                Some((from, to)) => Some((writer.year(from)?, writer.year(to)?)),
                None => None,
            };
            // うち査読付き says nothing without what it is a part of.
            let text = row.name.text.trim();
            let text = row.of.as_ref().map_or_else(|| text.to_owned(), |of| format!("{of}　{text}"));
            let text = text.as_str();
            let fits = |known: &serde_json::Value, field: &str, year: Option<FiscalYear>| {
                let known = known.get(field);
                known.is_none() || year.is_none() || known == year.map(|year| json!(year)).as_ref()
            };
            let place = writer.table.row(&list, "r", |known| {
                known.get("name").and_then(|n| n.as_str()).is_some_and(|n| same_label(n, text))
                    && fits(known, "from", span.map(|(from, _)| from))
                    && fits(known, "to", span.map(|(_, to)| to))
            });
            match writer.text(&place.child("name")).map(ToOwned::to_owned) {
                Some(known) => writer.set(place.child("name"), &known, &row.name, known.clone()),
                None => writer.set(place.child("name"), &text, &row.name, text),
            }
            if let Some((from, to)) = span {
                let (at, printed) =
                    row.span_at.clone().unwrap_or_else(|| (row.value.at, row.value.text.to_string()));
                writer.set_at(place.child("from"), &from, at, printed.clone(), from.western());
                writer.set_at(place.child("to"), &to, at, printed, to.western());
            }
            let table = writer.measure.clone().filter(|m| m.unit.yen().is_none());
            let quantity = figure(
                &row.value,
                row.measure.as_ref().or(row.name.head.measure.as_ref()).or(table.as_ref()),
            );
            writer.quantity(place.child("amount"), quantity, &row.value);
            if let Some(found) = &row.note {
                writer.set_explanation(place.child("note"), found.text.trim(), found);
            }
        }
        writer.note_without_place();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_from_captions() {
        let year = |y| MentionedYear::Known(FiscalYear::new(y));
        for text in [
            "その他の指標（2017年度～2021年度）",
            "その他の指標（2017～2021年度）",
            "平成29年度から令和3年度",
        ] {
            assert_eq!(span(text), Some((year(2017), year(2021))), "{text}");
        }
        assert_eq!(span("その他の指標"), None);
    }
}
