//! Writing what was read into the draft: the same few moves for every kind of table.

use super::super::draft::understood;
use super::super::normal::{self, Measure};
use super::super::{Choice, Question, Role, TableDraft};
use super::grid::Found;
use crate::both;
use crate::locale::Both;
use crate::model::{Figure, FiscalYear, MentionedYear, Place, Quantity, Unit};
use crate::sheets::{Address, Value};
use serde::Serialize;
use std::collections::HashMap;

/// Why a table cannot be written yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble;

/// A table being written.
#[derive(Debug)]
pub(super) struct Writer<'d, 'a> {
    pub table: TableDraft<'d, 'a>,
    /// Whose table it is.
    pub subject: Place,
    /// The unit of the whole table.
    pub measure: Option<Measure>,
    /// The cell that states it.
    pub unit_at: Option<Address>,
    /// The notes under the table.
    pub notes: Vec<(Address, String)>,
    /// The era that bare years are of, once it is answered.
    pub era: Option<String>,
    /// Rows by their texts, so that a long list is not compared whole with each new row.
    pub known: HashMap<(Place, String), Known>,
}

/// The rows of a list by what a text of theirs is compared by.
#[derive(Debug, Default)]
pub(super) struct Known {
    seen: usize,
    rows: HashMap<String, Vec<usize>>,
}

impl Writer<'_, '_> {
    /// The fiscal year that a heading names.
    pub fn year(&self, year: MentionedYear) -> Result<FiscalYear, Trouble> {
        match year {
            MentionedYear::Known(year) => Ok(year),
            MentionedYear::Bare(nth) => {
                let era = self.era.as_deref().ok_or(Trouble)?;
                let candidates = FiscalYear::candidates(nth);
                candidates.into_iter().find(|(name, _)| *name == era).map(|(_, year)| year).ok_or(Trouble)
            }
        }
    }

    /// Whether nothing stands at a place yet.
    pub fn is_empty(&mut self, place: &Place) -> bool {
        self.table.value(place).is_none()
    }

    /// The text that stands at a place.
    pub fn text(&mut self, place: &Place) -> Option<&str> {
        self.table.value(place)?.as_str()
    }

    /// Sets a value that was read from a cell.
    pub fn set(&mut self, place: Place, value: &impl Serialize, found: &Found<'_>, read: impl Into<String>) {
        self.table.set(place, value, found.at, found.text.as_ref(), read);
    }

    /// Sets a value that was read from a cell of which only the text is at hand.
    pub fn set_at(
        &mut self,
        place: Place,
        value: &impl Serialize,
        at: Address,
        printed: String,
        read: String,
    ) {
        self.table.set(place, value, at, printed, read);
    }

    /// Sets a list that several tables add to.
    pub fn set_grown(
        &mut self,
        place: Place,
        list: &impl Serialize,
        at: Address,
        printed: String,
        read: String,
    ) {
        let source = self.table.source(at);
        self.table.set_grown(place, list, source, printed, read);
    }

    /// Sets a text as found, white space around it left out.
    pub fn set_text(&mut self, place: Place, found: &Found<'_>) {
        let text = found.text.trim();
        // The dossier's own wording stays where the two differ only in how they are written.
        if let Some(known) = self.text(&place).filter(|known| normal::key(known) == normal::key(text)) {
            let known = known.to_owned();
            self.set(place, &known, found, known.clone());
        } else {
            self.set(place, &text, found, text);
        }
    }

    /// Sets a text that explains. Where the dossier has other words already, they are not overwritten unasked: the
    /// new ones are proposed, and not taken unless somebody chooses them.
    pub fn set_explanation(&mut self, place: Place, text: &str, found: &Found<'_>) {
        let known = self.text(&place).map(ToOwned::to_owned);
        match known {
            Some(known) if normal::key(&known) == normal::key(text) => {
                self.set(place, &known, found, known.clone());
            }
            Some(_) => {
                self.set(place, &text, found, text);
                self.offer(found.at);
            }
            None => self.set(place, &text, found, text),
        }
    }

    /// Makes the value set last one that is only offered.
    pub fn offer(&mut self, at: Address) {
        if let Some(entry) = self.table.get().entries.last_mut() {
            entry.accepted = false;
        }
        self.table.remark(
            Some(at),
            both!(
                "この欄には既に別の記述があるため、選ばない限り取り込みません",
                "Other words stand here already; these are taken only if chosen"
            ),
        );
    }

    /// Sets a figure.
    pub fn quantity(&mut self, place: Place, quantity: Quantity, found: &Found<'_>) {
        if matches!(found.value, Value::Error(_)) {
            let source = self.table.source(found.at);
            let why = both!("セルがエラー値のため", "The cell holds an error");
            self.table.draft().leftover(source, found.text.as_ref(), why);
            return;
        }
        self.table.set_quantity(place, quantity, found.at, found.text.as_ref());
    }

    /// The row of a list whose label says the same as the cell; a new one is given the label.
    pub fn labelled(&mut self, list: &Place, prefix: &str, field: &str, found: &Found<'_>) -> Place {
        self.named(list, prefix, field, found, found.text.trim(), &[])
    }

    /// The row of a list that is called so, and is none of those that are taken; a new one is given the name.
    pub fn named(
        &mut self,
        list: &Place,
        prefix: &str,
        field: &str,
        found: &Found<'_>,
        name: &str,
        taken: &[Place],
    ) -> Place {
        let known = self.rows_like(list, field, name).into_iter().find(|row| {
            let free =
                row.get("id").and_then(|id| id.as_str()).is_some_and(|id| !taken.contains(&list.child(id)));
            free && row
                .get(field)
                .and_then(|label| label.as_str())
                .is_some_and(|label| same_label(label, name))
        });
        let row = match known.and_then(|row| row.get("id")?.as_str()).map(|id| list.child(id)) {
            Some(row) => row,
            None => self.table.add_row(list, prefix),
        };
        let place = row.child(field);
        match self.text(&place).map(ToOwned::to_owned) {
            Some(known) => self.set(place, &known, found, known.clone()),
            None => self.set(place, &name, found, name),
        }
        row
    }

    /// The rows of a list whose text in a field may say the same, in their order.
    pub fn rows_like(&mut self, list: &Place, field: &str, text: &str) -> Vec<&serde_json::Value> {
        let rows = self.table.rows(list);
        let known = self.known.entry((list.clone(), field.to_owned())).or_default();
        for at in known.seen..rows.len() {
            // What is being added has no text yet; it is looked at once another row follows.
            let Some(text) = rows[at].get(field).and_then(|text| text.as_str()) else {
                if at + 1 < rows.len() {
                    known.seen = at + 1;
                    continue;
                }
                break;
            };
            for key in keys(text) {
                known.rows.entry(key).or_default().push(at);
            }
            known.seen = at + 1;
        }
        let mut found: Vec<usize> =
            keys(text).iter().filter_map(|key| known.rows.get(key)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| rows.get(at)).collect()
    }

    /// Gives a place the unit of the table, unless it has one.
    pub fn unit_of(&mut self, place: &Place) {
        let Some(measure) = &self.measure else { return };
        let unit = measure.unit.clone();
        if self.is_empty(place)
            && let Some(at) = self.unit_at
        {
            self.set_at(place.clone(), &unit, at, unit.as_str().to_owned(), unit.as_str().to_owned());
        } else if self.is_empty(place) {
            let source = self.table.get().at.clone();
            self.table.set_from(place.clone(), &unit, source, unit.as_str(), unit.as_str());
        }
    }

    /// Sets the notes under the table.
    pub fn note(&mut self, place: &Place) {
        let known = self.text(place).map(ToOwned::to_owned);
        let texts: Vec<&str> = self.notes.iter().map(|(_, text)| text.trim()).collect();
        let text = texts.join("\n");
        let Some((at, printed)) = self.notes.first().cloned() else { return };
        let said = known
            .as_deref()
            .is_some_and(|known| texts.iter().all(|text| normal::key(known).contains(&normal::key(text))));
        let text = if said { known.unwrap_or_default() } else { text };
        self.set_at(place.clone(), &text, at, printed, text.clone());
    }

    /// Says that the notes under a table have no place in the dossier.
    pub fn note_without_place(&mut self) {
        for (at, text) in self.notes.clone() {
            let text = text.trim();
            self.table.remark(
                Some(at),
                both!("注記を入れる欄はありません: {text}", "A dossier has no place for this note: {text}"),
            );
        }
    }

    /// Says something of a cell that a reader should know.
    pub fn remark(&mut self, at: Address, text: Both) {
        self.table.remark(Some(at), text);
    }

    /// Asks something about a cell of the table.
    pub fn ask(
        &mut self,
        id: &str,
        at: Address,
        text: Both,
        choices: Vec<Choice>,
        waiting: usize,
    ) -> Option<String> {
        let about = self.table.source(at);
        let id = format!("{id}:{}!{}!{}", about.file, about.sheet, about.cell);
        self.table.draft().ask(Question { id, about, text, choices, answer: None, waiting })
    }

    /// Notes a cell as waiting for an answer.
    pub fn waiting(&mut self, found: &Found<'_>) {
        let source = self.table.source(found.at);
        self.table.draft().leftover(source, found.text.as_ref(), waiting());
    }

    /// Says that a cell explains the table.
    pub fn role(&mut self, at: Address, role: Role) {
        self.table.role(at, role);
    }
}

/// Why a cell that waits for an answer is not taken.
pub(super) fn waiting() -> Both {
    both!("質問への回答を待っているため", "It waits for an answer")
}

/// The figure of a cell, in the unit that it names or else in the one that holds for it.
pub(super) fn figure(found: &Found<'_>, measure: Option<&Measure>) -> Quantity {
    let text = found.text.as_ref();
    let named = Quantity::read(text, &Unit::default());
    let Some(measure) = measure.filter(|_| named.unit == Unit::default()) else { return named };
    let mut quantity = Quantity::read(text, &measure.unit);
    let scaled = |value: rust_decimal::Decimal| value.checked_mul(measure.factor).map(|v| v.normalize());
    if measure.factor != rust_decimal::Decimal::ONE {
        quantity.figure = match quantity.figure {
            Figure::Number(value) => scaled(value).map_or(Figure::Words, Figure::Number),
            Figure::Range(low, high) => match (scaled(low), scaled(high)) {
                (Some(low), Some(high)) => Figure::Range(low, high),
                _ => Figure::Words,
            },
            other => other,
        };
    }
    // A number cell has no thousands separators of its own; what it prints is its text.
    if matches!(found.value, Value::Error(_)) {
        quantity.figure = Figure::Words;
    }
    quantity
}

/// What a text may be found by: all of it, and what stands behind its number.
fn keys(text: &str) -> Vec<String> {
    let mut keys = vec![tidy(text)];
    keys.extend(
        normal::numbered(text).map(|n| tidy(n.rest)).filter(|key| !key.is_empty() && *key != keys[0]),
    );
    keys
}

fn tidy(text: &str) -> String {
    normal::key(text).trim_end_matches(['。', '.', '、', ':']).to_owned()
}

/// Whether two labels say the same: numbers may be written differently or be missing, the names may not.
pub(super) fn same_label(a: &str, b: &str) -> bool {
    if tidy(a) == tidy(b) {
        return true;
    }
    let parts = |text: &str| {
        normal::numbered(text).map_or_else(|| (String::new(), tidy(text)), |n| (n.no, tidy(n.rest)))
    };
    let ((number_a, name_a), (number_b, name_b)) = (parts(a), parts(b));
    !name_a.is_empty()
        && name_a == name_b
        && (number_a == number_b || number_a.is_empty() || number_b.is_empty())
}

/// A figure as people read it, for what is said of a cell.
pub(super) fn said(quantity: &Quantity) -> String {
    understood(quantity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_the_same_whatever_their_numbering() {
        for (a, b) in [
            ("項目１．チップ等デバイス", "項目1 チップ等デバイス"),
            ("項目１．チップ等デバイス", "チップ等デバイス"),
            ("項目２－１．培養", "2-1 培養"),
            ("iPS 細胞", "ｉＰＳ細胞"),
        ] {
            assert!(same_label(a, b), "{a} {b}");
        }
        for (a, b) in
            [("項目１．培養", "項目２．培養"), ("項目１．培養", "項目１．設計"), ("項目１", "項目２")]
        {
            assert!(!same_label(a, b), "{a} {b}");
        }
    }
}
