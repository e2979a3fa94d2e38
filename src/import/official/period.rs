//! 実施期間, of which the documents of different years say different things.

use super::entries::offer;
use crate::import::draft::TableDraft;
use crate::model::{FiscalYear, Period, Place, Source};
use serde::Deserialize;

/// An end of a period as a document states it.
#[derive(Debug, Clone)]
pub(super) struct End {
    pub(super) year: FiscalYear,
    pub(super) source: Source,
    pub(super) printed: String,
}

/// Sets the years of a period. A period that the dossier prints is one text: another one is offered as a whole, for half
/// of it would contradict the printed form.
pub(super) fn set(table: &mut TableDraft<'_, '_>, subject: &Place, start: Option<End>, end: Option<End>) {
    let place = subject.child("overview").child("period");
    let known = table.value(&place).and_then(|known| Period::deserialize(known).ok()).unwrap_or_default();
    let year = |end: &Option<End>| end.as_ref().map(|end| end.year);
    let differs = (year(&start).is_some() && year(&start) != known.start)
        || (year(&end).is_some() && year(&end) != known.end);
    let printed = !known.printed.is_empty() || known.years_printed.is_some();
    if differs && printed {
        let period = Period {
            start: year(&start).or(known.start),
            end: year(&end).or(known.end),
            ..Period::default()
        };
        let Some(cell) = start.or(end) else { return };
        let read = period.display();
        table.set_from(place, &period, cell.source, cell.printed, read);
        offer(table);
        return;
    }
    for (field, end) in [("start", start), ("end", end)] {
        if let Some(End { year, source, printed }) = end {
            table.set_from(place.child(field), &year, source, printed, year.western());
            offer(table);
        }
    }
}
