//! What the parts of the import page work on together: what was read, what is proposed, and where one looks.

use super::preview::{Choices, Preview};
use super::work::Sources;
use crate::import::{Answers, Standing, at};
use crate::locale::Lang;
use crate::model::Source;
use crate::sheets::{Address, Area};

/// The parts of the centre; in a narrow window, of the whole page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tab {
    /// Files and tables, where there is no room for them at the left.
    Tables,
    /// The source as it lies in the file.
    #[default]
    Source,
    /// The values that would be set.
    Values,
    /// Questions and what was not understood, where there is no room for them at the right.
    Side,
}

/// Where one looks.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// The part that is shown.
    pub(super) tab: Tab,
    /// The table that is looked at, by its id.
    pub(super) table: Option<String>,
    /// The sheet that is shown: file and name.
    pub(super) sheet: Option<(String, String)>,
    /// The cell of that sheet that is looked at.
    pub(super) cell: Option<Address>,
    /// Whether the grid is to bring that cell, or else the table, into view.
    pub(super) reveal: bool,
    /// The value that is looked at.
    pub(super) line: Option<usize>,
    /// Only values of this standing are listed.
    pub(super) standing: Option<Standing>,
    /// Whether the values of all tables are listed.
    pub(super) every_table: bool,
}

/// What somebody asked of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// To choose files.
    Files,
    /// To paste.
    Paste,
    /// To take what is chosen.
    Take,
    /// To put the import away.
    Stop,
    /// To go back to where one came from; the import waits.
    Back,
}

/// The import while it is drawn.
pub(super) struct Desk<'a> {
    pub(super) lang: Lang,
    pub(super) sources: &'a Sources,
    pub(super) preview: &'a mut Preview,
    pub(super) choices: &'a mut Choices,
    pub(super) answers: &'a mut Answers,
    pub(super) look: &'a mut Look,
    /// Whether the proposal has to be made anew.
    pub(super) again: bool,
    /// The file to be taken out.
    pub(super) dropped: Option<String>,
    pub(super) asked: Option<Asked>,
    /// What is to be told.
    pub(super) said: Option<String>,
}

impl Look {
    /// Turns to a proposal that has just been made: what was looked at, if it is still there, or else the first table.
    pub(super) fn turn_to(&mut self, preview: &Preview, sources: &Sources) {
        let known = |id: &String| preview.proposal.tables.iter().any(|table| table.id == *id);
        self.table = self.table.take().filter(known);
        self.line = None;
        let shown = |(file, sheet): &(String, String)| sources.sheet(file, sheet).is_some();
        if self.table.is_some() || self.sheet.as_ref().is_some_and(shown) {
            return;
        }
        let first = preview.proposal.tables.first();
        self.table = first.map(|table| table.id.clone());
        self.sheet = first.map(|table| (table.at.file.clone(), table.at.sheet.clone())).or_else(|| {
            let file = preview.proposal.files.iter().find(|file| !file.sheets.is_empty())?;
            Some((file.file.clone(), file.sheets.first()?.name.clone()))
        });
        (self.cell, self.reveal) = (None, true);
        if !self.sheet.as_ref().is_some_and(shown) {
            self.tab = Tab::Values;
        }
    }

    /// Shows a sheet from its beginning.
    pub(super) fn show_sheet(&mut self, file: &str, sheet: &str) {
        self.sheet = Some((file.to_owned(), sheet.to_owned()));
        (self.table, self.cell, self.line) = (None, None, None);
        (self.tab, self.reveal) = (Tab::Source, true);
    }
}

impl Desk<'_> {
    /// Looks at a table: its cells, or its values where those are shown.
    pub(super) fn show_table(&mut self, index: usize) {
        let Some(table) = self.preview.proposal.tables.get(index) else { return };
        let look = &mut *self.look;
        look.table = Some(table.id.clone());
        look.sheet = Some((table.at.file.clone(), table.at.sheet.clone()));
        (look.cell, look.line, look.reveal) = (None, None, true);
        if self.sources.sheet(&table.at.file, &table.at.sheet).is_none() {
            look.tab = Tab::Values;
        } else if look.tab != Tab::Values {
            look.tab = Tab::Source;
        }
    }

    /// The index of the table that is looked at.
    pub(super) fn table(&self) -> Option<usize> {
        let id = self.look.table.as_deref()?;
        self.preview.proposal.tables.iter().position(|table| table.id == id)
    }

    /// Shows a cell in the grid.
    pub(super) fn show_cell(&mut self, source: &Source) {
        if let Ok(area) = source.cell.parse::<Area>() {
            self.look.sheet = Some((source.file.clone(), source.sheet.clone()));
            self.look.tab = Tab::Source;
            self.look.reveal = true;
            self.look_at(area.first);
        }
    }

    /// Looks at a cell of the sheet that is shown: at its value, and at the table that it belongs to.
    pub(super) fn look_at(&mut self, cell: Address) {
        self.look.cell = Some(cell);
        let Some((file, sheet)) = &self.look.sheet else { return };
        let known = self.preview.cells_of(file, sheet).and_then(|cells| cells.get(&cell));
        self.look.line = known.and_then(|known| known.lines.first().copied());
        if let Some(table) = known.and_then(|known| known.table) {
            self.look.table = Some(self.preview.proposal.tables[table].id.clone());
        }
    }

    /// Looks at a value, without leaving the list.
    pub(super) fn look_at_line(&mut self, line: usize) {
        let source = self.preview.entry(line).source.clone();
        self.look.line = Some(line);
        self.look.cell = source.cell.parse::<Area>().ok().map(|area| area.first);
        self.look.sheet = Some((source.file, source.sheet));
        self.look.reveal = true;
        self.look.table = Some(self.preview.proposal.tables[self.preview.lines[line].table].id.clone());
    }

    /// Takes or leaves a value.
    pub(super) fn choose(&mut self, line: usize, taken: bool) {
        self.again |= self.preview.choose(line, taken, self.choices, self.answers);
    }

    /// Answers a question, or takes the answer back.
    pub(super) fn answer(&mut self, question: &str, answer: Option<String>) {
        if let Some(place) = question.strip_prefix("conflict:") {
            self.choices.forget(&place.into());
        }
        match answer {
            Some(answer) => self.answers.insert(question.to_owned(), answer),
            None => self.answers.remove(question),
        };
        self.again = true;
    }

    /// Takes a file out of the import.
    pub(super) fn drop_file(&mut self, file: &str) {
        self.dropped = Some(file.to_owned());
    }

    /// Whence a value comes and what it was read as: 「資金配分!C4  297⏎（委託） → 297 百万円」.
    pub(super) fn provenance(&self, line: usize) -> String {
        let entry = self.preview.entry(line);
        let printed = super::words::one_line(&entry.printed);
        format!("{}  {printed} → {}", at(&entry.source), super::words::one_line(&entry.read))
    }
}
