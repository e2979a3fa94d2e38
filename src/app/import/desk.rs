//! What the parts of the import page work on together: what was read, what is proposed, and where one looks.

use super::layout::Layout;
use super::marks::{self, Marking, Marks};
use super::preview::{Choices, Preview, What};
use super::work::Sources;
use crate::import::{Answers, Form, Hint, KnownForm, Standing, at};
use crate::locale::Lang;
use crate::model::{Source, SubjectId};
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
    /// Where a marked range began whose other corner that cell is.
    pub(super) anchor: Option<Address>,
    /// An address that is being typed.
    pub(super) address: Option<String>,
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
    /// To save the maps of the file that is looked at.
    SaveMap,
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
    pub(super) marks: &'a mut Marks,
    /// The projects of the dossier and their names.
    pub(super) projects: &'a [(SubjectId, String)],
    /// Whether there is no room at the right.
    pub(super) narrow: bool,
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
        (self.cell, self.anchor, self.reveal) = (None, None, true);
        if !self.sheet.as_ref().is_some_and(shown) {
            self.tab = Tab::Values;
        }
    }

    /// The range that is marked, whole merged ranges only; a single cell, if no range is.
    pub(super) fn selection(&self, layout: &Layout) -> Option<Area> {
        let cell = self.cell?;
        Some(layout.spanning(Area::new(self.anchor.unwrap_or(cell), cell)))
    }

    /// Marks a range.
    pub(super) fn select(&mut self, area: Area) {
        let several = area.first != area.last;
        (self.anchor, self.cell, self.line) = (several.then_some(area.first), Some(area.last), None);
        self.reveal = true;
    }

    /// Shows a sheet from its beginning.
    pub(super) fn show_sheet(&mut self, file: &str, sheet: &str) {
        self.sheet = Some((file.to_owned(), sheet.to_owned()));
        (self.table, self.cell, self.anchor, self.line) = (None, None, None, None);
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
        (look.cell, look.anchor, look.line, look.reveal) = (None, None, None, true);
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
            if area.first != area.last {
                (self.look.anchor, self.look.cell) = (Some(area.first), Some(area.last));
            }
        }
    }

    /// Looks at a cell of the sheet that is shown: at its value, and at the table that it belongs to.
    pub(super) fn look_at(&mut self, cell: Address) {
        (self.look.cell, self.look.anchor) = (Some(cell), None);
        let Some((file, sheet)) = &self.look.sheet else { return };
        let known = self.preview.cells_of(file, sheet).and_then(|cells| cells.get(&cell));
        self.look.line = known.and_then(|known| known.lines.first().copied());
        if let Some(table) = known.and_then(|known| known.table) {
            self.look.table = Some(self.preview.proposal.tables[table].id.clone());
        }
    }

    /// The values that are looked at: those of the cell, or the one of a list that has no cell.
    pub(super) fn lines(&self) -> Vec<usize> {
        let cells = self.look.sheet.as_ref().and_then(|(file, sheet)| self.preview.cells_of(file, sheet));
        let known = self.look.cell.and_then(|cell| cells?.get(&cell));
        known.map_or_else(|| self.look.line.into_iter().collect(), |known| known.lines.clone())
    }

    /// Looks at a value, without leaving the list.
    pub(super) fn look_at_line(&mut self, line: usize) {
        let source = self.preview.entry(line).source.clone();
        self.look.line = Some(line);
        self.look.cell = source.cell.parse::<Area>().ok().map(|area| area.first);
        self.look.anchor = None;
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

    /// The map by which a sheet is read.
    pub(super) fn known_form(&self, file: &str, sheet: &str) -> Option<&KnownForm> {
        let report = self.preview.proposal.files.iter().find(|report| report.file == file)?;
        report.sheets.iter().find(|known| known.name == sheet)?.form.as_ref()
    }

    /// Whether ranges of a file can be described: of those whose layout is known for certain, there is no need.
    pub(super) fn can_mark(&self, file: &str) -> bool {
        let report = self.preview.proposal.files.iter().find(|report| report.file == file);
        report.is_some_and(|report| matches!(report.form, Form::Unknown | Form::Tables | Form::MappedForm))
    }

    /// The range that would be described: what is marked; or the table, or else the block, that the cell belongs to.
    pub(super) fn range_here(&self) -> Option<Area> {
        let (file, name) = self.look.sheet.as_ref()?;
        let (sheet, layout) = self.sources.sheet(file, name)?;
        let of_table = |table: usize| {
            let table = &self.preview.proposal.tables[table];
            table.area.filter(|_| table.at.file == *file && table.at.sheet == *name)
        };
        let Some(cell) = self.look.cell else { return self.table().and_then(of_table) };
        if self.look.anchor.is_some() {
            return self.look.selection(layout);
        }
        let cells = self.preview.cells_of(file, name);
        let known = |at: Address| cells.and_then(|cells| cells.get(&at));
        let table = known(cell).and_then(|known| known.table).and_then(of_table);
        let free = |at: Address| known(at).is_none_or(|known| known.what == What::Leftover);
        table.or_else(|| Some(layout.spanning(marks::block(sheet, layout, cell, &free))))
    }

    /// Begins to describe a range of the sheet that is looked at, with what is known of it.
    pub(super) fn begin_marking(&mut self, area: Area) {
        let Some((file, sheet)) = self.look.sheet.clone() else { return };
        let said = self.marks.of(&file, &sheet);
        let known = self.known_form(&file, &sheet);
        let regions = said.map(|said| &said.regions).or(known.map(|known| &known.regions));
        let left_out = said.map(|said| &said.left_out).or(known.map(|known| &known.left_out));
        let region = regions.and_then(|regions| regions.iter().find(|region| region.area == area));
        let is_left_out = left_out.is_some_and(|left_out| left_out.contains(&area));
        let table = self
            .preview
            .proposal
            .tables
            .iter()
            .find(|table| table.area == Some(area) && table.at.file == file && table.at.sheet == sheet);
        let hint = match (region, table) {
            (Some(region), _) => region.clone(),
            (None, Some(table)) => Hint {
                area,
                kind: Some(table.kind).filter(|kind| marks::KINDS.contains(kind)),
                subject: Some(table.subject.clone()),
                ..Hint::default()
            },
            (None, None) => Hint { area, ..Hint::default() },
        };
        let replaces = (region.is_some() || is_left_out).then_some(area);
        self.marks.open = Some(Marking { file, sheet, hint, left_out: is_left_out, replaces });
        self.look.select(area);
        if self.narrow {
            self.look.tab = Tab::Side;
        } else {
            self.look.tab = Tab::Source;
        }
    }

    /// Marks a range, which is then the one being described if one is.
    pub(super) fn mark(&mut self, area: Area) {
        self.look.select(area);
        self.follow_selection();
    }

    /// Lets the range that is being described be the marked one.
    pub(super) fn follow_selection(&mut self) {
        let Some((file, name)) = &self.look.sheet else { return };
        let Some((_, layout)) = self.sources.sheet(file, name) else { return };
        let Some(area) = self.look.selection(layout) else { return };
        let open = self.marks.open.as_mut().filter(|open| open.file == *file && open.sheet == *name);
        if let Some(open) = open {
            open.hint.area = area;
        }
    }

    /// Shows a range in the grid.
    pub(super) fn show_area(&mut self, area: Area) {
        self.look.tab = Tab::Source;
        self.look.select(area);
    }

    /// A described range that the one being described overlaps.
    pub(super) fn overlap(&self) -> Option<Area> {
        let open = self.marks.open.as_ref()?;
        self.marks.overlap(self.known_form(&open.file, &open.sheet))
    }

    /// Takes over what is being described, and reads the sheet by it.
    pub(super) fn apply_marking(&mut self) {
        let Some(open) = self.marks.open.clone() else { return };
        let known = self.known_form(&open.file, &open.sheet).cloned();
        if self.marks.apply(known.as_ref()) {
            self.look.table = Some(format!("{}!{}!{}", open.file, open.sheet, open.hint.area));
            self.look.sheet = Some((open.file, open.sheet));
            (self.look.cell, self.look.anchor, self.look.reveal) = (None, None, true);
            self.look.tab = Tab::Source;
            self.again = true;
        }
    }

    /// Takes a description back, and reads the sheet without it.
    pub(super) fn remove_mark(&mut self, file: &str, sheet: &str, area: Area) {
        let known = self.known_form(file, sheet).cloned();
        self.marks.edit(file, sheet, known.as_ref()).forget(area);
        self.again = true;
    }
}
