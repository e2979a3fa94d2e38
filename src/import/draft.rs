//! How a proposal is written: recognisers say what they read, the draft measures it against the dossier.
//!
//! A recogniser never decides what is new or changed, never numbers rows and never touches the dossier. It opens a
//! [`TableDraft`], finds or adds rows, and sets values; it asks where it would have to guess.

use super::proposal::{
    Entry, Leftover, NewRow, Proposal, Question, Remark, Role, Standing, Table, TableKind,
};
use super::tree::{Tree, node, row_id};
use crate::both;
use crate::locale::place::Speaker;
use crate::locale::{Both, Lang};
use crate::model::{Dossier, Figure, Place, Quantity, Source, SubjectId};
use crate::sheets::{Address, Area};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The answers given so far, by the question's id.
pub type Answers = BTreeMap<String, String>;

/// A proposal being written.
#[derive(Debug)]
pub struct Draft<'a> {
    answers: &'a Answers,
    /// The dossier as it is.
    before: Tree,
    /// The dossier as it would be with everything taken; rows are looked for here.
    after: Tree,
    /// What entries say of a place.
    spoken: HashMap<Place, Spoken>,
    /// Which numbers the rows of a list have that begin with a prefix, and how many of its rows were looked at.
    numbers: HashMap<(Place, String), (usize, HashSet<usize>)>,
    /// How many tables each range holds.
    ranges: HashMap<String, usize>,
    /// Tables whose rows and values only the next file will meet.
    deferred: Vec<usize>,
    proposal: Proposal,
}

/// The entries of one place, by table and position.
#[derive(Debug, Default)]
struct Spoken {
    /// All of them, each with which of the values it gives.
    entries: Vec<((usize, usize), usize)>,
    /// The first entry of each value that differs from the others.
    values: Vec<(usize, usize)>,
}

/// One table of a draft.
#[derive(Debug)]
pub struct TableDraft<'d, 'a> {
    draft: &'d mut Draft<'a>,
    index: usize,
}

impl<'a> Draft<'a> {
    /// An empty draft against a dossier.
    ///
    /// # Errors
    /// Only if the dossier cannot be serialised, which its types rule out.
    pub fn new(dossier: &Dossier, answers: &'a Answers) -> Result<Self, serde_json::Error> {
        let before = Tree::new(serde_json::to_value(dossier)?);
        Ok(Self {
            answers,
            after: before.clone(),
            before,
            spoken: HashMap::new(),
            ranges: HashMap::new(),
            numbers: HashMap::new(),
            deferred: Vec::new(),
            proposal: Proposal::default(),
        })
    }

    /// What was written so far.
    pub fn proposal(&mut self) -> &mut Proposal {
        &mut self.proposal
    }

    /// The finished proposal.
    pub fn finish(mut self) -> Proposal {
        let conflicts = self.proposal.questions.iter_mut().filter_map(|question| {
            let place = question.id.strip_prefix(CONFLICT).map(Place::from)?;
            Some((question, place))
        });
        let mut conflicts = conflicts.peekable();
        if conflicts.peek().is_some() {
            // The rows are called by their labels, which are all known only now.
            let speaker = Speaker::of_tree(self.after.into_root());
            for (question, place) in conflicts {
                let (ja, en) = (speaker.say(&place, Lang::Ja), speaker.say(&place, Lang::En));
                question.text = both!(
                    "「{ja}」に異なる値があります。どちらを取り込みますか。",
                    "Cells give different values for “{en}”. Which one is to be taken?"
                );
            }
        }
        self.proposal
    }

    /// The dossier as it would be with everything taken so far, as a tree.
    pub fn tree(&self) -> &Value {
        self.after.root()
    }

    /// The dossier as it is, as a tree.
    pub(super) fn before(&self) -> &Value {
        self.before.root()
    }

    /// Whether nothing was read yet, so that nothing read now can contradict it.
    pub(super) fn is_untouched(&self) -> bool {
        self.spoken.is_empty() && self.deferred.is_empty()
    }

    /// Before another file is read: what the one before it brought in bulk is there to be found and contradicted.
    pub(super) fn next_file(&mut self) {
        for table in std::mem::take(&mut self.deferred) {
            let Table { rows, entries, .. } = &self.proposal.tables[table];
            for new in rows {
                if let (Some(list), Some(id)) = (new.row.parent(), new.row.steps().last()) {
                    self.after.add_row(&list, id);
                }
            }
            let added: HashSet<&Place> = rows.iter().map(|new| &new.row).collect();
            for (entry, read) in entries.iter().enumerate() {
                let put = if added.contains(&read.place) { Tree::fill } else { Tree::put };
                put(&mut self.after, &read.place, read.after.clone());
                let at = (table, entry);
                let spoken = Spoken { entries: vec![(at, 0)], values: vec![at] };
                self.spoken.insert(read.place.clone(), spoken);
            }
        }
    }

    /// The answer given to a question, whether or not it was asked yet.
    pub fn answer(&self, id: &str) -> Option<&str> {
        self.answers.get(id).map(String::as_str)
    }

    /// Begins a table that stands in `area` of a sheet.
    pub fn table(
        &mut self,
        kind: TableKind,
        subject: &SubjectId,
        file: &str,
        sheet: &str,
        area: Option<Area>,
    ) -> TableDraft<'_, 'a> {
        let cell = area.map(|area| area.to_string()).unwrap_or_default();
        let mut id = format!("{file}!{sheet}!{cell}");
        // Two tables of one range, such as an indicator table that speaks of two subjects.
        let twins = self.ranges.entry(id.clone()).or_default();
        *twins += 1;
        if *twins > 1 {
            id = format!("{id}#{twins}");
        }
        self.proposal.tables.push(Table {
            id,
            kind,
            subject: subject.clone(),
            title: String::new(),
            at: Source { file: file.to_owned(), sheet: sheet.to_owned(), cell },
            area,
            rows: Vec::new(),
            entries: Vec::new(),
            roles: Vec::new(),
            remarks: Vec::new(),
            traced: true,
            accepted: true,
        });
        let index = self.proposal.tables.len() - 1;
        TableDraft { draft: self, index }
    }

    /// Asks; returns the answer if it was given. A question asked twice counts its waiting cells together.
    pub fn ask(&mut self, question: Question) -> Option<String> {
        let answer = (self.answers.get(&question.id))
            .filter(|answer| question.choices.iter().any(|choice| choice.value == **answer))
            .cloned();
        if let Some(known) = self.proposal.questions.iter_mut().find(|known| known.id == question.id) {
            known.waiting += question.waiting;
        } else {
            self.proposal.questions.push(Question { answer: answer.clone(), ..question });
        }
        answer
    }

    /// Notes a cell that was not understood.
    pub fn leftover(&mut self, source: Source, text: impl Into<String>, why: Both) {
        self.proposal.leftovers.push(Leftover { source, text: text.into(), why });
    }

    /// Asks which of several values of one place holds, and leaves out those that do not.
    fn conflict(&mut self, place: &Place) {
        let Some(spoken) = self.spoken.get(place) else { return };
        let tables = &mut self.proposal.tables;
        let choice = |(table, entry): &(usize, usize)| {
            let entry = &tables[*table].entries[*entry];
            let (cell, read) = (at(&entry.source), &entry.read);
            super::Choice::new(cell.clone(), both!("{cell}: {read}", "{cell}: {read}"))
        };
        let choices: Vec<super::Choice> = spoken.values.iter().map(choice).collect();
        let Some(about) =
            spoken.entries.last().map(|((table, entry), _)| tables[*table].entries[*entry].source.clone())
        else {
            return;
        };
        let id = format!("{CONFLICT}{place}");
        // A person may name any cell that gives the value.
        let given = self.answers.get(&id);
        let chosen = spoken.entries.iter().find_map(|((table, entry), value)| {
            (given == Some(&at(&tables[*table].entries[*entry].source))).then_some(*value)
        });
        let question = Question {
            text: Both::default(),
            answer: chosen.map(|value| choices[value].value.clone()),
            id,
            about,
            choices,
            waiting: spoken.entries.len() - 1,
        };
        for ((table, entry), value) in &spoken.entries {
            let entry = &mut tables[*table].entries[*entry];
            entry.accepted = chosen == Some(*value);
            if !entry.accepted {
                entry.standing = Standing::Conflict;
            } else if entry.standing == Standing::Conflict {
                entry.standing = standing(entry.before.as_ref(), &entry.after);
            }
        }
        match self.proposal.questions.iter_mut().find(|known| known.id == question.id) {
            Some(known) => *known = question,
            None => self.proposal.questions.push(question),
        }
    }
}

/// How the questions begin that ask for one of several values of a place.
const CONFLICT: &str = "conflict:";

/// A cell as people say it: `資金配分!C4`.
pub fn at(source: &Source) -> String {
    match (source.sheet.is_empty(), source.cell.is_empty()) {
        (true, true) => source.file.clone(),
        (true, false) => format!("{}!{}", source.file, source.cell),
        (false, true) => source.sheet.clone(),
        (false, false) => format!("{}!{}", source.sheet, source.cell),
    }
}

impl<'a> TableDraft<'_, 'a> {
    /// The table as written so far.
    pub fn get(&mut self) -> &mut Table {
        &mut self.draft.proposal.tables[self.index]
    }

    /// The draft that the table belongs to, to ask and to note leftovers.
    pub fn draft(&mut self) -> &mut Draft<'a> {
        self.draft
    }

    /// The place of a cell of this table's sheet.
    pub fn source(&self, cell: Address) -> Source {
        let at = &self.draft.proposal.tables[self.index].at;
        Source { file: at.file.clone(), sheet: at.sheet.clone(), cell: cell.to_string() }
    }

    /// Says what a cell is to the table.
    pub fn role(&mut self, cell: Address, role: Role) {
        self.get().roles.push((cell, role));
    }

    /// Notes something that a reader should know.
    pub fn remark(&mut self, cell: Option<Address>, text: Both) {
        self.get().remarks.push(Remark { cell, text });
    }

    /// The rows of a list, as far as they are known.
    pub fn rows(&self, list: &Place) -> &[Value] {
        node(self.draft.after.root(), list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The row of a list for which `same` holds, or a new one whose id begins with `prefix`. A new row holds nothing
    /// but its id until values are set.
    pub fn row(&mut self, list: &Place, prefix: &str, same: impl Fn(&Value) -> bool) -> Place {
        if let Some(row) = self.rows(list).iter().find(|row| same(row))
            && let Some(id) = row_id(row)
        {
            return list.child(id);
        }
        self.add_row(list, prefix)
    }

    /// A new row, numbered behind the rows that the list has.
    pub fn add_row(&mut self, list: &Place, prefix: &str) -> Place {
        let Draft { after, numbers, .. } = &mut *self.draft;
        let rows = node(after.root(), list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let (seen, used) = numbers.entry((list.clone(), prefix.to_owned())).or_default();
        if *seen > rows.len() {
            (*seen, *used) = (0, HashSet::new());
        }
        let fresh = rows.get(*seen..).unwrap_or_default().iter().filter_map(row_id);
        used.extend(fresh.filter_map(|id| id.strip_prefix(prefix)?.parse::<usize>().ok()));
        *seen = rows.len();
        // Of so many numbers one more than there are rows, at least one is free.
        let free = (rows.len() + 1..=2 * rows.len() + 1).find(|n| !used.contains(n));
        let id = free.map(|n| format!("{prefix}{n}")).unwrap_or_default();
        self.new_row(list, &id)
    }

    /// The row of a list with that id, added if the list has none.
    pub fn row_of_id(&mut self, list: &Place, id: &str) -> Place {
        if self.draft.after.has_row(list, id) {
            return list.child(id);
        }
        self.new_row(list, id)
    }

    /// Takes rows and values in that nothing contradicts because nothing was read before: tens of thousands at once.
    /// A whole row is an entry at the place of a new row.
    pub(super) fn take_all(&mut self, rows: Vec<NewRow>, entries: Vec<Entry>) {
        self.draft.deferred.push(self.index);
        let table = self.get();
        table.rows = rows;
        table.entries = entries;
    }

    fn new_row(&mut self, list: &Place, id: &str) -> Place {
        let row = list.child(id);
        self.get().rows.push(NewRow { row: row.clone() });
        self.draft.after.add_row(list, id);
        row
    }

    /// What stands at a place, as far as it is known: what was read before, or else what the dossier holds.
    pub fn value(&mut self, place: &Place) -> Option<&Value> {
        self.draft.after.get(place)
    }

    /// The project of that letter, or the programme; added if the dossier has none.
    pub fn subject(&mut self, id: &SubjectId) -> Place {
        if *id == SubjectId::programme() {
            return Place::from("programme");
        }
        self.row_of_id(&Place::from("projects"), id.as_str())
    }

    /// Sets a value that was read from `cell`, whose text was `printed`. `read` says what was understood.
    pub fn set(
        &mut self,
        place: Place,
        value: &impl Serialize,
        cell: Address,
        printed: impl Into<String>,
        read: impl Into<String>,
    ) {
        let source = self.source(cell);
        self.set_from(place, value, source, printed, read);
    }

    /// Sets a figure, noting in it where it was read. `printed` is the whole text of the cell; the figure's own
    /// printed form may be less.
    pub fn set_quantity(
        &mut self,
        place: Place,
        quantity: Quantity,
        cell: Address,
        printed: impl Into<String>,
    ) {
        let source = self.source(cell);
        let read = understood(&quantity);
        let quantity = Quantity { source: Some(source.clone()), ..quantity };
        self.set_from(place, &quantity, source, printed, read);
    }

    /// Sets a value that was read at a place that is no cell, such as a line of a JSON file.
    pub fn set_from(
        &mut self,
        place: Place,
        value: &impl Serialize,
        source: Source,
        printed: impl Into<String>,
        read: impl Into<String>,
    ) {
        // What the model cannot serialise it cannot hold either; its types rule that out.
        let Ok(mut after) = serde_json::to_value(value) else { return };
        let before = self.draft.before.get(&place).cloned();
        if let Some(before) = &before {
            keep_confirmed(before, &mut after);
        }
        let standing = standing(before.as_ref(), &after);
        self.enter(Entry {
            place,
            before,
            after,
            standing,
            accepted: true,
            source,
            printed: printed.into(),
            read: read.into(),
        });
    }

    /// Sets a list that cells of several tables add to: what earlier ones made of it grows with it, so that none
    /// contradicts another.
    pub fn set_grown(
        &mut self,
        place: Place,
        list: &impl Serialize,
        source: Source,
        printed: impl Into<String>,
        read: impl Into<String>,
    ) {
        if let Some((table, entry)) =
            self.draft.spoken.get(&place).and_then(|spoken| spoken.values.first()).copied()
            && let Ok(grown) = serde_json::to_value(list)
        {
            self.draft.proposal.tables[table].entries[entry].after = grown.clone();
            self.draft.after.put(&place, grown);
        }
        self.set_from(place, list, source, printed, read);
    }

    /// Sets a value to the letter: of a figure also its unit, printed form, note and origin. For what is a dossier
    /// itself and not a document about the same matter.
    pub fn set_exact(
        &mut self,
        place: Place,
        value: Value,
        source: Source,
        printed: impl Into<String>,
        read: impl Into<String>,
    ) {
        let before = self.draft.before.get(&place).cloned();
        let standing = match &before {
            None => Standing::New,
            Some(before) if *before == value => Standing::Same,
            Some(_) => Standing::Changed,
        };
        self.enter(Entry {
            place,
            before,
            after: value,
            standing,
            accepted: true,
            source,
            printed: printed.into(),
            read: read.into(),
        });
    }

    /// Takes an entry in, and asks where it contradicts an earlier one.
    fn enter(&mut self, entry: Entry) {
        let place = entry.place.clone();
        let index = (self.index, self.get().entries.len());
        let tables = &self.draft.proposal.tables;
        let spoken = self.draft.spoken.entry(place.clone()).or_default();
        let known = spoken
            .values
            .iter()
            .position(|(table, known)| agree(&tables[*table].entries[*known].after, &entry.after));
        let value = known.unwrap_or(spoken.values.len());
        spoken.entries.push((index, value));
        if known.is_none() {
            spoken.values.push(index);
        }
        let (first, several) = (spoken.entries.len() == 1, spoken.values.len() > 1);
        if first {
            self.draft.after.put(&place, entry.after.clone());
        }
        self.get().entries.push(entry);
        if several {
            self.draft.conflict(&place);
        }
    }
}

/// A figure as people read it: `297 百万円`, `10～26 %`, `—`.
pub fn understood(quantity: &Quantity) -> String {
    let unit = quantity.unit.as_str();
    let plain = Quantity { printed: String::new(), ..quantity.clone() };
    match &quantity.figure {
        Figure::Words => quantity.printed.clone(),
        _ if unit.is_empty() => plain.display(),
        Figure::Blank | Figure::Dash => plain.display(),
        _ => format!("{} {unit}", plain.display()),
    }
}

/// How a value compares with what stood there, wherever either was read.
fn standing(before: Option<&Value>, after: &Value) -> Standing {
    match before {
        None => Standing::New,
        Some(before) if agree(before, after) => Standing::Same,
        Some(_) => Standing::Changed,
    }
}

/// Whether two values say the same: figures by what they amount to, whatever their unit, printed form and origin;
/// everything else by the letter.
fn agree(a: &Value, b: &Value) -> bool {
    if a == b {
        return true;
    }
    if let (Some(a), Some(b)) = (figure(a), figure(b)) {
        return same_figure(&a, &b);
    }
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<_> = a.keys().chain(b.keys()).collect();
            keys.into_iter().all(|key| match (a.get(key), b.get(key)) {
                (Some(a), Some(b)) => agree(a, b),
                _ => false,
            })
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agree(a, b)),
        _ => false,
    }
}

/// The value as a figure, if that is what it is.
fn figure(value: &Value) -> Option<Quantity> {
    value.get("figure")?;
    Quantity::deserialize(value).ok()
}

fn same_figure(a: &Quantity, b: &Quantity) -> bool {
    let amount = match (a.value(), b.value_in(&a.unit)) {
        (Some(a), Some(b)) => a == b,
        // Nothing is nothing in any unit.
        _ if a.figure == Figure::Dash => b.figure == Figure::Dash,
        _ => a.figure == b.figure && a.unit == b.unit,
    };
    let words = a.figure != Figure::Words || a.printed == b.printed;
    amount && words && a.certainty == b.certainty
}

/// Where a figure agrees with the one that stands there, that one stays, its unit, printed form and origin included:
/// an import confirms it and does not rewrite it. A figure without an origin is given one.
fn keep_confirmed(before: &Value, after: &mut Value) {
    if let (Some(old), Some(new)) = (figure(before), figure(after)) {
        if same_figure(&old, &new) {
            let source = old.source.clone().or(new.source);
            if let Ok(kept) = serde_json::to_value(Quantity { source, ..old }) {
                *after = kept;
            }
        }
        return;
    }
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return };
    for (field, value) in new.iter_mut() {
        if let Some(old) = old.get(field) {
            keep_confirmed(old, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FundingCell, Subject, Unit};
    use serde_json::json;

    fn dossier() -> Dossier {
        let project = Subject { id: "A".into(), ..Subject::default() };
        Dossier { projects: vec![project.into()], ..Dossier::default() }
    }

    fn cell(text: &str) -> FundingCell {
        FundingCell { amount: Quantity::read(text, &Unit::MillionYen), kind: String::new() }
    }

    /// Reads one funding cell a sheet, each into item 項目１ and fiscal 2019.
    fn draft(dossier: &Dossier, answers: &Answers, cells: &[(&str, &str)]) -> Proposal {
        let mut draft = Draft::new(dossier, answers).unwrap();
        for (sheet, text) in cells {
            let mut table = draft.table(TableKind::Funding, &"A".into(), "f.xlsx", sheet, None);
            let items = table.subject(&"A".into()).child("funding").child("items");
            let row = table.row(&items, "r", |row| row.get("label") == Some(&json!("項目１")));
            let at = Address::new(3, 2);
            table.set(row.child("label"), &"項目１", Address::new(3, 0), " 項目１", "項目１");
            let amount = cell(text);
            let place = row.child("amounts").child("2019");
            let source = table.source(at);
            let amount = FundingCell { amount: Quantity { source: Some(source), ..amount.amount }, ..amount };
            table.set(place, &amount, at, *text, *text);
        }
        draft.finish()
    }

    #[test]
    fn rows_are_added_once_and_values_land_with_their_cell() {
        let before = dossier();
        let answers = Answers::new();
        let proposal = draft(&before, &answers, &[("一", "297")]);
        assert_eq!(proposal.tables[0].rows.len(), 1);
        let after = crate::import::apply(&before, &proposal).unwrap();
        let item = &after.projects[0].funding.items[0];
        let amount = &item.amounts.values().next().unwrap().amount;
        assert_eq!((item.label.as_str(), amount.display()), ("項目１", "297".to_owned()));
        assert_eq!(amount.source.as_ref().unwrap().cell, "C4");
        let origins: Vec<_> =
            after.origins.iter().map(|(at, o)| (at.to_string(), o.printed.as_str())).collect();
        assert_eq!(origins, [("projects/A/funding/items/r1/label".to_owned(), " 項目１")]);
        let again = draft(&after, &answers, &[("一", "297")]);
        assert!(again.accepted().all(|entry| entry.standing == Standing::Same));
        assert_eq!(crate::import::apply(&after, &again).unwrap(), after);
    }

    #[test]
    fn a_figure_in_another_unit_is_the_same_figure() {
        let before = dossier();
        let answers = Answers::new();
        let first = crate::import::apply(&before, &draft(&before, &answers, &[("一", "297")])).unwrap();
        let same = draft(&first, &answers, &[("二", "2.97億円")]);
        assert!(same.accepted().all(|entry| entry.standing == Standing::Same));
        assert_eq!(crate::import::apply(&first, &same).unwrap(), first);
        let other = draft(&first, &answers, &[("二", "298")]);
        assert_eq!(other.changes(), 1);
    }

    #[test]
    fn cells_that_contradict_each_other_wait_for_an_answer() {
        let before = dossier();
        let none = Answers::new();
        let proposal = draft(&before, &none, &[("一", "297"), ("二", "298")]);
        assert_eq!(proposal.questions.len(), 1);
        assert!(proposal.wants_attention());
        let amounts = |proposal: &Proposal| {
            let after = crate::import::apply(&before, proposal).unwrap();
            after.projects[0].funding.items[0]
                .amounts
                .values()
                .map(|c| c.amount.display())
                .collect::<Vec<_>>()
        };
        assert!(amounts(&proposal).is_empty());
        let answers = [(proposal.questions[0].id.clone(), "二!C4".to_owned())].into();
        let answered = draft(&before, &answers, &[("一", "297"), ("二", "298")]);
        assert_eq!(amounts(&answered), ["298"]);
    }

    #[test]
    fn a_row_of_which_nothing_is_taken_is_not_added() {
        let before = dossier();
        let answers = Answers::new();
        let mut proposal = draft(&before, &answers, &[("一", "297")]);
        for entry in &mut proposal.tables[0].entries {
            entry.accepted = false;
        }
        assert_eq!(crate::import::apply(&before, &proposal).unwrap(), before);
    }
}
