//! What a person says of ranges of the sheets: what was said, what is being said, and what would be read by it.
//!
//! [`Marks`] holds it between frames; `panel` is where a range is described, `list` tells what was said of a sheet,
//! `guess` finds the range that is meant by a cell, and `work` tries a description and saves maps on other threads.

mod guess;
mod list;
mod panel;
mod work;

pub(super) use guess::block;
pub(super) use list::{load_hint, show as show_list};
pub(super) use panel::show as show_panel;

use super::preview::Preview;
use super::work::Sources;
use crate::import::{FormMap, Hint, KnownForm, MarkedSheet, TableKind};
use crate::locale::{Both, Lang};
use crate::sheets::Area;
use crate::tasks::Job;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The kinds of tables that a range can be said to be.
pub(super) const KINDS: [TableKind; 15] = [
    TableKind::Overview,
    TableKind::Amounts,
    TableKind::ResearchItems,
    TableKind::Funding,
    TableKind::Outputs,
    TableKind::Outcomes,
    TableKind::OtherIndicators,
    TableKind::Roadmap,
    TableKind::Market,
    TableKind::PreviousFindings,
    TableKind::Scores,
    TableKind::Comments,
    TableKind::Consensus,
    TableKind::Recommendations,
    TableKind::Findings,
];

/// What was said of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marked {
    /// What the form is called.
    pub(super) name: String,
    /// The ranges that are to be read.
    pub(super) regions: Vec<Hint>,
    /// The ranges that are to be left alone.
    pub(super) left_out: Vec<Area>,
}

/// A range that is being described.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Marking {
    /// Its file.
    pub(super) file: String,
    /// Its sheet.
    pub(super) sheet: String,
    /// The range, and what it is.
    pub(super) hint: Hint,
    /// Whether it is to be left alone instead.
    pub(super) left_out: bool,
    /// The range described before that this one takes the place of.
    pub(super) replaces: Option<Area>,
}

/// What would be read from a range that is being described.
#[derive(Debug)]
pub(super) struct Trial {
    /// The description.
    of: Marking,
    /// What it gives; none if the attempt broke off.
    pub(super) preview: Option<Preview>,
}

/// Everything that was and is being said.
#[derive(Debug, Default)]
pub(super) struct Marks {
    sheets: BTreeMap<(String, String), Marked>,
    /// What is being described.
    pub(super) open: Option<Marking>,
    trying: Option<(Marking, Job<Option<Preview>>)>,
    tried: Option<Trial>,
    /// The file whose maps a place is asked for.
    saved: Option<String>,
    saving: Option<Job<Result<PathBuf, Both>>>,
}

impl Marks {
    /// What was said of a sheet in this window.
    pub(super) fn of(&self, file: &str, sheet: &str) -> Option<&Marked> {
        self.sheets.get(&(file.to_owned(), sheet.to_owned()))
    }

    /// What was said of a sheet, to be changed. It begins as the map by which the sheet is read.
    pub(super) fn edit(&mut self, file: &str, sheet: &str, known: Option<&KnownForm>) -> &mut Marked {
        self.sheets.entry((file.to_owned(), sheet.to_owned())).or_insert_with(|| match known {
            Some(known) => Marked {
                name: known.name.clone(),
                regions: known.regions.clone(),
                left_out: known.left_out.clone(),
            },
            None => Marked { name: stem(file).to_owned(), ..Marked::default() },
        })
    }

    /// Takes over what is being described. False if nothing is.
    pub(super) fn apply(&mut self, known: Option<&KnownForm>) -> bool {
        let Some(Marking { file, sheet, hint, left_out, replaces }) = self.open.take() else { return false };
        let marked = self.edit(&file, &sheet, known);
        if let Some(before) = replaces {
            marked.forget(before);
        }
        if left_out {
            marked.left_out.push(hint.area);
        } else {
            marked.regions.push(hint);
            marked.regions.sort_by_key(|region| region.area);
        }
        self.tried = None;
        true
    }

    /// Forgets all that was said of a file.
    pub(super) fn forget(&mut self, file: &str) {
        self.sheets.retain(|(known, _), _| known != file);
        if self.open.as_ref().is_some_and(|open| open.file == file) {
            self.open = None;
        }
    }

    /// What the files are to be read by.
    pub(super) fn sheets(&self) -> Vec<MarkedSheet> {
        let marked = self.sheets.iter().map(|((file, sheet), marked)| MarkedSheet {
            file: file.clone(),
            sheet: sheet.clone(),
            map: FormMap {
                name: marked.name.clone(),
                marks: Vec::new(),
                regions: marked.regions.clone(),
                left_out: marked.left_out.clone(),
            },
        });
        marked.collect()
    }

    /// What would be read from the range that is being described; none while it is not known yet.
    pub(super) fn trial(&self) -> Option<&Trial> {
        let open = self.open.as_ref()?;
        self.tried.as_ref().filter(|trial| trial.of == *open)
    }

    /// A described range of the sheet that shares cells with the one being described.
    pub(super) fn overlap(&self, known: Option<&KnownForm>) -> Option<Area> {
        let open = self.open.as_ref()?;
        let (regions, left_out) = match (self.of(&open.file, &open.sheet), known) {
            (Some(marked), _) => (&marked.regions, &marked.left_out),
            (None, Some(known)) => (&known.regions, &known.left_out),
            (None, None) => return None,
        };
        let areas = regions.iter().map(|region| region.area).chain(left_out.iter().copied());
        areas.filter(|area| open.replaces != Some(*area)).find(|area| area.meets(&open.hint.area))
    }
}

impl Marked {
    /// Takes a range back.
    pub(super) fn forget(&mut self, area: Area) {
        self.regions.retain(|region| region.area != area);
        self.left_out.retain(|known| *known != area);
    }
}

/// The name of a file without its ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What a range holds, in a word.
pub(super) fn kind_name(kind: Option<TableKind>, lang: Lang) -> &'static str {
    use crate::locale::Term;
    kind.map_or(lang.t("自動（見出しから判断）", "Find out from its headings"), |kind| {
        kind.term(lang)
    })
}

/// The maps of all sheets of a file that were described or known.
fn maps(sources: &Sources, marks: &BTreeMap<String, Marked>, file: &str) -> Vec<FormMap> {
    let several = marks.len() > 1;
    let maps = marks.iter().filter_map(|(name, marked)| {
        let (sheet, _) = sources.sheet(file, name)?;
        let title = if several && !name.is_empty() {
            format!("{}（{name}）", marked.name)
        } else {
            marked.name.clone()
        };
        Some(FormMap::learn(title, sheet, marked.regions.clone(), marked.left_out.clone()))
    });
    maps.collect()
}
