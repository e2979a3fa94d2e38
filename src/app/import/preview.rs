//! A proposal as it is looked at: every value in words, what each cell of the sources is, and what is chosen of it.

use super::words::{self, STANDINGS};
use crate::app::kit::Kind;
use crate::import::{Answers, Entry, Proposal, Role, Standing, at};
use crate::locale::place::Speaker;
use crate::locale::{Both, Lang};
use crate::model::{Dossier, Place, Source};
use crate::sheets::{Address, Area};
use serde_json::Value;
use std::collections::HashMap;
use std::ops::Range;

/// A proposal and what is worked out beside it, so that nothing has to be while a frame is drawn.
#[derive(Debug)]
pub(super) struct Preview {
    /// The proposal, with what is chosen of it.
    pub(super) proposal: Proposal,
    /// Every value, table by table.
    pub(super) lines: Vec<Line>,
    /// What is known of each table.
    tables: Vec<Known>,
    /// What the cells of each sheet are, by file and sheet.
    cells: HashMap<(String, String), HashMap<Address, Use>>,
    /// What would be taken.
    pub(super) tally: Tally,
}

/// The values of a table at a glance.
#[derive(Debug)]
struct Known {
    lines: Range<usize>,
    /// How many values have each standing that any has, in the order of [`STANDINGS`].
    counts: Vec<(Standing, usize)>,
}

/// A value in words.
#[derive(Debug)]
pub(super) struct Line {
    /// The index of its table.
    pub(super) table: usize,
    /// Its index among the table's entries.
    entry: usize,
    /// Where it would go.
    pub(super) place: Both,
    /// The same without what all values of its table have in common.
    pub(super) within: Both,
    /// What stands there now; empty where nothing does.
    pub(super) before: Both,
    /// What would stand there.
    pub(super) after: Both,
    /// The cell it was read from, with its sheet.
    pub(super) cell: String,
    /// Whether taking it leaves a note of where it was read, even if the dossier says the same.
    noted: bool,
}

/// What a cell of a source is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// What it is taken for.
    pub(super) what: What,
    /// The values that were read from it.
    pub(super) lines: Vec<usize>,
    /// The first table that speaks of it.
    pub(super) table: Option<usize>,
}

/// What a cell is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A heading, a unit, a note.
    Role(Role),
    /// Not understood.
    Leftover,
    /// One or more values; the standing that most wants a look.
    Value(Standing),
}

/// How many values there are of each standing, and how many of them would be taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Values that would change something the dossier says.
    pub(super) changes: usize,
    /// Values that the dossier has already, and that would only be noted as read here.
    pub(super) confirmations: usize,
}

/// What somebody chose by hand, kept when files or answers change the proposal.
#[derive(Debug, Default)]
pub(super) struct Choices {
    tables: HashMap<String, bool>,
    values: HashMap<(Place, Source), bool>,
}

impl Preview {
    /// Looks through a proposal against `dossier`. Takes a while for thousands of values.
    pub(super) fn new(proposal: Proposal, dossier: &Dossier) -> Self {
        let speaker = Speaker::new(&all_taken(&proposal, dossier));
        let mut lines = Vec::new();
        let mut tables = Vec::new();
        let mut cells: HashMap<(String, String), HashMap<Address, Use>> = HashMap::new();
        let mut note =
            |source: &Source, cell: Address, what: What, line: Option<usize>, table: Option<usize>| {
                let sheet = cells.entry((source.file.clone(), source.sheet.clone())).or_default();
                let known = sheet.entry(cell).or_insert(Use { what, lines: Vec::new(), table });
                known.what = known.what.max(what);
                known.lines.extend(line);
                known.table = known.table.or(table);
            };
        for (index, table) in proposal.tables.iter().enumerate() {
            let first = lines.len();
            for (cell, role) in &table.roles {
                note(&table.at, *cell, What::Role(*role), None, Some(index));
            }
            for (number, entry) in table.entries.iter().enumerate() {
                for cell in cells_at(&entry.source) {
                    note(&entry.source, cell, What::Value(entry.standing), Some(lines.len()), Some(index));
                }
                let both = |of: &dyn Fn(Lang) -> String| Both { ja: of(Lang::Ja), en: of(Lang::En) };
                lines.push(Line {
                    table: index,
                    entry: number,
                    place: both(&|lang| speaker.say(&entry.place, lang)),
                    within: Both::default(),
                    after: both(&|lang| words::value(&entry.place, &entry.after, lang)),
                    before: both(&|lang| {
                        entry
                            .before
                            .as_ref()
                            .map_or_else(String::new, |before| words::value(&entry.place, before, lang))
                    }),
                    cell: at(&entry.source),
                    noted: if holds_figure(&entry.after) {
                        entry.before.as_ref() != Some(&entry.after)
                    } else {
                        table.traced && !dossier.origins.contains_key(&entry.place)
                    },
                });
            }
            for lang in Lang::ALL {
                shorten(&mut lines[first..], lang);
            }
            let counts = STANDINGS.into_iter().map(|standing| {
                let same = |entry: &&Entry| entry.standing == standing;
                (standing, table.entries.iter().filter(same).count())
            });
            let counts = counts.filter(|(_, count)| *count > 0).collect();
            tables.push(Known { lines: first..lines.len(), counts });
        }
        for leftover in &proposal.leftovers {
            for cell in cells_at(&leftover.source) {
                note(&leftover.source, cell, What::Leftover, None, None);
            }
        }
        let mut preview = Self { proposal, lines, tables, cells, tally: Tally::default() };
        preview.reckon();
        preview
    }

    /// The entry behind a line.
    pub(super) fn entry(&self, line: usize) -> &Entry {
        let Line { table, entry, .. } = self.lines[line];
        &self.proposal.tables[table].entries[entry]
    }

    fn entry_mut(&mut self, line: usize) -> &mut Entry {
        let Line { table, entry, .. } = self.lines[line];
        &mut self.proposal.tables[table].entries[entry]
    }

    /// Whether the value of a line would be taken.
    pub(super) fn is_taken(&self, line: usize) -> bool {
        self.proposal.tables[self.lines[line].table].accepted && self.entry(line).accepted
    }

    /// The lines of a table.
    pub(super) fn lines_of(&self, table: usize) -> Range<usize> {
        self.tables.get(table).map(|known| known.lines.clone()).unwrap_or_default()
    }

    /// What the cells of a sheet are.
    pub(super) fn cells_of(&self, file: &str, sheet: &str) -> Option<&HashMap<Address, Use>> {
        self.cells.get(&(file.to_owned(), sheet.to_owned()))
    }

    /// How many values of a table, or of all tables, have a standing.
    pub(super) fn count(&self, table: Option<usize>, standing: Standing) -> usize {
        let tables = table.map_or(0..self.tables.len(), |table| table..table + 1);
        let counts = tables.flat_map(|table| self.counts_of(table));
        counts.filter(|(of, _)| *of == standing).map(|(_, count)| count).sum()
    }

    /// How many values of a table have each standing that any has.
    pub(super) fn counts_of(&self, table: usize) -> &[(Standing, usize)] {
        self.tables.get(table).map(|known| known.counts.as_slice()).unwrap_or_default()
    }

    /// Takes or leaves the value of a line. Of cells that contradict each other one at most can be taken, which is an
    /// answer: it is noted in `answers`, and true tells that the proposal has to be made anew.
    pub(super) fn choose(
        &mut self,
        line: usize,
        taken: bool,
        choices: &mut Choices,
        answers: &mut Answers,
    ) -> bool {
        let entry = self.entry(line);
        let question = format!("conflict:{}", entry.place);
        if taken && entry.standing == Standing::Conflict {
            let chosen = at(&entry.source);
            choices.forget(&entry.place.clone());
            answers.insert(question, chosen);
            return true;
        }
        self.put(line, taken, choices);
        self.reckon();
        false
    }

    /// Takes or leaves all of some lines; what contradicts itself waits for its answer.
    pub(super) fn choose_all(&mut self, lines: &[usize], taken: bool, choices: &mut Choices) {
        for line in lines {
            if !taken || self.entry(*line).standing != Standing::Conflict {
                self.put(*line, taken, choices);
            }
        }
        self.reckon();
    }

    /// Takes or leaves a whole table. Taking one of which every value was left takes all its values.
    pub(super) fn choose_table(&mut self, table: usize, taken: bool, choices: &mut Choices) {
        self.set_table(table, taken, choices);
        let lines = self.lines_of(table);
        if taken && !lines.clone().any(|line| self.entry(line).accepted) {
            for line in
                lines.filter(|line| self.entry(*line).standing != Standing::Conflict).collect::<Vec<_>>()
            {
                self.set(line, true, choices);
            }
        }
        self.reckon();
    }

    fn put(&mut self, line: usize, taken: bool, choices: &mut Choices) {
        let table = self.lines[line].table;
        if taken && !self.proposal.tables[table].accepted {
            // Of a table that was left, this value and no other is wanted.
            for other in self.lines_of(table) {
                self.set(other, false, choices);
            }
            self.set_table(table, true, choices);
        }
        self.set(line, taken, choices);
    }

    fn set(&mut self, line: usize, taken: bool, choices: &mut Choices) {
        let entry = self.entry_mut(line);
        entry.accepted = taken;
        choices.values.insert((entry.place.clone(), entry.source.clone()), taken);
    }

    fn set_table(&mut self, table: usize, taken: bool, choices: &mut Choices) {
        let table = &mut self.proposal.tables[table];
        table.accepted = taken;
        choices.tables.insert(table.id.clone(), taken);
    }

    /// Chooses again what was chosen in an earlier proposal.
    pub(super) fn recall(&mut self, choices: &Choices) {
        for table in &mut self.proposal.tables {
            if let Some(taken) = choices.tables.get(&table.id) {
                table.accepted = *taken;
            }
            for entry in &mut table.entries {
                let chosen = choices.values.get(&(entry.place.clone(), entry.source.clone()));
                // What has come to contradict another cell is not to be taken before it is answered.
                if let Some(taken) = chosen.filter(|_| entry.standing != Standing::Conflict) {
                    entry.accepted = *taken;
                }
            }
        }
        self.reckon();
    }

    /// Counts anew what would be taken.
    fn reckon(&mut self) {
        let changes = self.proposal.changes();
        let confirms = |line: &usize| {
            self.lines[*line].noted && self.entry(*line).standing == Standing::Same && self.is_taken(*line)
        };
        let confirmations = (0..self.lines.len()).filter(confirms).count();
        self.tally = Tally { changes, confirmations };
    }

    /// How many questions have no answer.
    pub(super) fn open_questions(&self) -> usize {
        self.proposal.questions.iter().filter(|question| question.answer.is_none()).count()
    }

    /// How many cells wait for the answers that are missing.
    pub(super) fn waiting(&self) -> usize {
        let open = self.proposal.questions.iter().filter(|question| question.answer.is_none());
        open.map(|question| question.waiting).sum()
    }

    /// What is at the side: questions, remarks, cells not understood.
    pub(super) fn side(&self) -> (usize, usize, usize) {
        let remarks = self.proposal.tables.iter().map(|table| table.remarks.len()).sum();
        (self.proposal.questions.len(), remarks, self.proposal.leftovers.len())
    }
}

impl Choices {
    /// Forgets what was chosen for a place.
    pub(super) fn forget(&mut self, place: &Place) {
        self.values.retain(|(known, _), _| known != place);
    }
}

impl What {
    /// How it is said.
    pub(super) fn term(self, lang: Lang) -> &'static str {
        use crate::locale::Term;
        match self {
            Self::Value(standing) => standing.term(lang),
            Self::Role(role) => words::role(role, lang),
            Self::Leftover => lang.t("読み取れないセル", "Not understood"),
        }
    }
}

/// The kind of a message or badge that fits a standing.
pub(super) fn kind(standing: Standing) -> Kind {
    match standing {
        Standing::Same => Kind::Info,
        Standing::New => Kind::Good,
        Standing::Changed => Kind::Caution,
        Standing::Conflict => Kind::Alarm,
    }
}

/// Says the places of one table without the steps that all of them begin with.
fn shorten(lines: &mut [Line], lang: Lang) {
    const STEP: &str = " › ";
    let Some(first) = lines.first() else { return };
    // The last step always stays: it is what the value is.
    let mut common: Vec<&str> = first.place.t(lang).split(STEP).collect();
    common.pop();
    for line in lines.iter() {
        let steps: Vec<&str> = line.place.t(lang).split(STEP).collect();
        let same = common.iter().zip(&steps).take_while(|(a, b)| a == b).count();
        common.truncate(same.min(steps.len() - 1));
    }
    let skip: usize = common.iter().map(|step| step.len() + STEP.len()).sum();
    for line in lines {
        let within = line.place.t(lang)[skip..].to_owned();
        match lang {
            Lang::Ja => line.within.ja = within,
            Lang::En => line.within.en = within,
        }
    }
}

/// The cells that a source names: one, those of a range, or none where it names something else.
fn cells_at(source: &Source) -> impl Iterator<Item = Address> + use<> {
    /// A value is read from a few cells; a range of more is not marked cell by cell.
    const MOST: u32 = 64;
    let area = source.cell.parse::<Area>().ok();
    let area = area.filter(|area| area.rows().saturating_mul(area.columns()) <= MOST);
    area.into_iter().flat_map(|area| {
        let columns = area.first.column..=area.last.column;
        (area.first.row..=area.last.row)
            .flat_map(move |row| columns.clone().map(move |column| Address::new(row, column)))
    })
}

/// Whether a value holds a figure, which notes itself where it was read.
fn holds_figure(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key("figure") || fields.values().any(holds_figure),
        Value::Array(rows) => rows.iter().any(holds_figure),
        _ => false,
    }
}

/// The dossier with everything in it, to call new rows by their names. What does not fit leaves it as it is.
fn all_taken(proposal: &Proposal, dossier: &Dossier) -> Dossier {
    let mut all = proposal.clone();
    for table in &mut all.tables {
        table.accepted = true;
        table.entries.iter_mut().for_each(|entry| entry.accepted = true);
    }
    crate::import::apply(dossier, &all).unwrap_or_else(|_| dossier.clone())
}
