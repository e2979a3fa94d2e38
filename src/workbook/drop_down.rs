//! The drop-downs of the form.

use super::FIRST_LINE;
use super::cells::score_words;
use super::choices::{CERTAINTIES, Choices};
use super::form::{Form, narrow};
use super::layout::Target;
use super::plan::{self, Kind, MapKey, Shape, Sheet, say};
use super::rows::{PROGRAMME, PROJECT, Table};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Worksheet, XlsxError};

/// Rows below the last one that still offer the ids of new rows.
const SPARE: u32 = 1000;

impl Form<'_> {
    /// The drop-downs of a sheet.
    pub(super) fn validate(&self, page: &mut Worksheet, table: &Table, last: u32) -> Result<(), XlsxError> {
        let lang = self.lang();
        let sheet = table.sheet;
        for (lane, (_, target)) in (1_u32..).zip(&table.slots) {
            let rule = match target {
                Target::Parent(at) => match sheet.ancestors().get(*at).map(|above| above.shape) {
                    Some(Shape::Sets) => {
                        list(&[lang.t(PROJECT[0], PROJECT[1]), lang.t(PROGRAMME[0], PROGRAMME[1])])?
                    }
                    Some(_) => self.ids(sheet.ancestors()[*at]),
                    None => None,
                },
                Target::Role => list(&[lang.t(PROGRAMME[0], PROGRAMME[1]), lang.t(PROJECT[0], PROJECT[1])])?,
                Target::Key if matches!(sheet.shape, Shape::Map { key: MapKey::Member, .. }) => {
                    plan::sheet("members").and_then(|members| self.ids(members))
                }
                Target::Field { column, facet } => self.rule(sheet.columns[*column].kind, *facet)?,
                _ => None,
            };
            let Some(rule) = rule else { continue };
            let (first, end) = if sheet.is_card() {
                ((lane, FIRST_LINE), (lane, last))
            } else {
                ((FIRST_LINE, lane), (last, lane))
            };
            page.add_data_validation(first.0, narrow(first.1), end.0, narrow(end.1), &rule)?;
        }
        Ok(())
    }

    fn rule(&self, kind: Kind, facet: usize) -> Result<Option<DataValidation>, XlsxError> {
        let lang = self.lang();
        let words =
            |choices: &Choices| choices.list().iter().map(|choice| choice.word(lang)).collect::<Vec<_>>();
        match (kind, facet) {
            (Kind::Choice(choices) | Kind::Usual(choices) | Kind::OptionalChoice(choices), _) => {
                list(&words(choices))
            }
            (Kind::Quantity, 3) => list(&words(&CERTAINTIES)),
            (Kind::Flag, _) => list(&[lang.t("はい", "Yes"), lang.t("いいえ", "No")]),
            (Kind::Scores, _) => {
                // One drop-down for both sets, whose scales are mostly the same.
                let mut all: Vec<String> = Vec::new();
                for word in self.scales.iter().flat_map(|steps| score_words(steps, lang)) {
                    if !all.contains(&word) {
                        all.push(word);
                    }
                }
                list(&all)
            }
            (Kind::Refer(key) | Kind::ReferAlways(key), _) => {
                Ok(plan::sheet(key).and_then(|sheet| self.ids(sheet)))
            }
            _ => Ok(None),
        }
    }

    /// The ids of a sheet as a list to choose from; another text is let through, for names are read as well.
    fn ids(&self, of: &Sheet) -> Option<DataValidation> {
        let table = self.tables.iter().find(|table| table.sheet.key == of.key)?;
        let lane = table.slots.iter().position(|(_, target)| *target == Target::Id)?;
        let name = say(of.name, self.lang());
        let lane = u32::try_from(lane).ok()? + 1;
        let rows = u32::try_from(table.rows.len()).ok()?;
        let (first, last) = if of.is_card() {
            ((lane, FIRST_LINE), (lane, FIRST_LINE + rows.max(8)))
        } else {
            ((FIRST_LINE, lane), (FIRST_LINE + rows + SPARE, lane))
        };
        let corner = |(row, column): (u32, u32)| {
            let at = crate::sheets::Address::new(row, column).to_string();
            let split = at.find(|c: char| c.is_ascii_digit()).unwrap_or(at.len());
            format!("${}${}", &at[..split], &at[split..])
        };
        let range = Formula::new(format!("='{name}'!{}:{}", corner(first), corner(last)));
        Some(
            DataValidation::new()
                .allow_list_formula(range)
                .set_error_style(DataValidationErrorStyle::Information)
                .show_error_message(false),
        )
    }
}

fn list(words: &[impl AsRef<str>]) -> Result<Option<DataValidation>, XlsxError> {
    // A drop-down holds 255 characters and no comma in a word; beyond that people type.
    let length: usize = words.iter().map(|word| word.as_ref().encode_utf16().count() + 1).sum();
    if length > 255 || words.iter().any(|word| word.as_ref().contains([',', '\n'])) {
        return Ok(None);
    }
    let stop = DataValidation::new().allow_list_strings(words)?;
    Ok(Some(stop.set_error_style(DataValidationErrorStyle::Warning)))
}
