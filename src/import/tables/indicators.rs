//! Output and outcome indicators: targets by kind and year, actuals, outlook, supplement.
//!
//! A value's meaning is put together from its column's heading and its row's labels, so that targets and actuals may
//! stand side by side, below each other, one indicator-year a row, or under their years.

use super::super::normal;
use super::super::{Choice, Role, TableKind};
use super::around::Around;
use super::asides::is_no_figure;
use super::frame::Frame;
use super::grid::Found;
use super::head::{Form, Head};
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use super::write::{Trouble, Writer, figure, said, same_label};
use crate::both;
use crate::model::{Certainty, Figure, FiscalYear, MentionedYear, Place, Quantity, TargetKind, Unit, When};
use crate::sheets::Address;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// Indicators as read.
#[derive(Debug)]
pub(super) struct Indicators<'a> {
    statements: Vec<Statement<'a>>,
    /// Whether it is told that they are outputs or outcomes.
    told: bool,
    /// Whether the programme's chapter makes the statements.
    pub programme: bool,
}

/// What one row, or one year of a row, says.
#[derive(Debug)]
struct Statement<'a> {
    project: Option<Found<'a>>,
    name: Found<'a>,
    key: Key,
    target: Option<(Found<'a>, Measured)>,
    actual: Option<(Found<'a>, Measured)>,
    /// The year that the heading of the actual names.
    actual_year: Option<(MentionedYear, String)>,
    outlook: Option<Found<'a>>,
    supplement: Option<Found<'a>>,
    as_of: Option<Found<'a>>,
    unit: Option<Found<'a>>,
    /// Cells that say of which kind and year it is.
    labels: Vec<(Address, String)>,
}

/// A statement's place among those of one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Key {
    kind: TargetKind,
    year: Option<MentionedYear>,
    certainty: Certainty,
}

/// A year as what is looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Heading {
    Known(i16),
    Bare(u8),
}

impl Heading {
    fn of(year: MentionedYear) -> Self {
        match year {
            MentionedYear::Known(year) => Self::Known(year.start_year()),
            MentionedYear::Bare(nth) => Self::Bare(nth),
        }
    }
}

/// The text of a figure without kind and year, and its column's unit.
#[derive(Debug, Clone)]
struct Measured {
    amount: String,
    measure: Option<normal::Measure>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Project,
    No,
    Name,
    Unit,
    /// 中間目標（2019年度）, 最終, 2019年度
    KindYear,
    Target,
    Actual,
    Outlook,
    Supplement,
    AsOf,
    /// 目標 or 実績, row by row.
    Measure,
    /// A figure of a year, whose meaning the row tells.
    OfYear,
    Unknown,
}

/// Reads a frame as indicators.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    if frame.columns.iter().any(|c| c.head.is(Concept::Criterion)) {
        return None;
    }
    let parts = parts(frame, around)?;
    let name = parts.iter().position(|part| *part == Part::Name)?;
    let has = |part: Part| parts.contains(&part);
    let head = &frame.columns[name].head;
    let announced = around.announced();
    let indicator = head.is_any(&[Concept::Indicator, Concept::Output, Concept::Outcome]);
    let told_outcome = head.is(Concept::Outcome) || announced == Some(TableKind::Outcomes);
    let told_output = head.is(Concept::Output) || announced == Some(TableKind::Outputs);
    let measured = has(Part::Target) || has(Part::Measure);
    // 目標 beside some label is common; what makes it an indicator is said by heading or caption.
    let evident = measured
        && (indicator || told_output || told_outcome || (has(Part::Actual) && head.is(Concept::Item)));
    if !evident {
        return None;
    }
    // Both in one caption (アウトプット・アウトカム) tell nothing.
    let kind = match (head.is(Concept::Output), head.is(Concept::Outcome)) {
        (true, false) => TableKind::Outputs,
        (false, true) => TableKind::Outcomes,
        _ if told_outcome && !told_output => TableKind::Outcomes,
        _ => TableKind::Outputs,
    };
    let mut uses = Uses::of(frame);
    let statements = statements(frame, &parts, name, &mut uses);
    let values = statements.iter().filter(|s| s.target.is_some() || s.actual.is_some()).count();
    if values == 0 {
        return None;
    }
    let told = told_output != told_outcome || (head.is(Concept::Output) != head.is(Concept::Outcome));
    let programme = around.captions.iter().any(|stray| normal::key(&stray.text).contains("プログラム"));
    Some(Reading { kind, content: Content::Indicators(Indicators { statements, told, programme }), uses })
}

/// What each column holds; none where no column can be the name.
fn parts(frame: &Frame<'_>, around: &Around<'_>) -> Option<Vec<Part>> {
    let years = frame.years();
    let mut parts = vec![Part::Unknown; frame.columns.len()];
    let kind_year =
        |index: usize| frame.share(index, |f| is_kind_year(&f.head)).is_some_and(|share| share >= 60);
    let measure_rows = |index: usize| {
        // Targets alone are told by the heading.
        frame.share(index, |f| measure(&f.head).is_some()).is_some_and(|share| share >= 80)
            && frame.cells(index).any(|f| measure(&f.head) != Some(Part::Target))
    };
    let kinds = |index: usize| {
        frame.columns[index].head.is(Concept::TargetKind)
            && frame.share(index, |f| is_kind_year(&f.head) || measure(&f.head) == Some(Part::Target))
                >= Some(90)
    };
    for (index, column) in frame.columns.iter().enumerate() {
        let head = &column.head;
        parts[index] = if head.is(Concept::Unit)
            && frame.share(index, |f| f.head.form == Form::Unit).unwrap_or(100) >= 50
        {
            Part::Unit
        } else if measure_rows(index) {
            Part::Measure
        } else if head.is(Concept::AsOf)
            && !(head.is(Concept::Actual) && frame.share(index, |f| f.head.form == Form::Number) >= Some(50))
        {
            // （2022年度時点） under 実績 says as of when its figures are.
            Part::AsOf
        } else if head.is_any(&[Concept::Outlook]) {
            Part::Outlook
        } else if head.is(Concept::Actual)
            && !head.is_any(&[Concept::Indicator, Concept::Output, Concept::Outcome])
        {
            Part::Actual
        } else if kinds(index)
            || (head.is_any(&[Concept::Target, Concept::TargetKind, Concept::TargetYear, Concept::Year])
                || head.kind != TargetKind::Unstated)
                && kind_year(index)
        {
            Part::KindYear
        } else if head.is(Concept::Target) || (head.kind != TargetKind::Unstated && !kind_year(index)) {
            Part::Target
        } else if head.is(Concept::Supplement) {
            Part::Supplement
        } else if head.is(Concept::No) {
            Part::No
        } else if years.contains(&index) {
            Part::OfYear
        } else if head.form == Form::Blank && kind_year(index) {
            Part::KindYear
        } else {
            Part::Unknown
        };
    }
    let textual = |index: usize| frame.share(index, |f| f.head.form == Form::Words).unwrap_or(0) >= 60;
    let name = [Concept::Indicator, Concept::Outcome, Concept::Output, Concept::Item]
        .into_iter()
        .find_map(|concept| {
            (0..parts.len())
                .find(|i| parts[*i] == Part::Unknown && frame.columns[*i].head.is(concept) && textual(*i))
        })
        .or_else(|| {
            let announced = matches!(around.announced(), Some(TableKind::Outputs | TableKind::Outcomes));
            (0..parts.len()).find(|i| announced && parts[*i] == Part::Unknown && textual(*i))
        })?;
    // Headings below each other are those of a table that is turned.
    if frame.share(name, |f| f.head.is_heading_word()) >= Some(25) {
        return None;
    }
    parts[name] = Part::Name;
    // One figure a row, of which the row says what it is.
    if parts.contains(&Part::Measure) && !parts.contains(&Part::OfYear) {
        let value = (0..parts.len()).find(|i| {
            parts[*i] == Part::Unknown
                && frame.columns[*i].head.is_any(&[Concept::Value, Concept::Amount])
                && frame.share(*i, |f| f.head.is_figure_like()) >= Some(70)
        });
        if let Some(value) = value {
            parts[value] = Part::OfYear;
        }
    }
    for (part, column) in parts.iter_mut().zip(&frame.columns) {
        if *part == Part::Unknown && column.head.is(Concept::Project) {
            *part = Part::Project;
        }
    }
    Some(parts)
}

/// 目標 or 実績 as the label of a row.
fn measure(head: &Head) -> Option<Part> {
    if head.form == Form::Number {
        return None;
    }
    if head.is(Concept::Target) {
        Some(Part::Target)
    } else if head.is(Concept::Actual) {
        Some(Part::Actual)
    } else if head.is(Concept::Outlook) {
        Some(Part::Outlook)
    } else {
        None
    }
}

/// Whether a text is nothing but the kind and the year of a target.
fn is_kind_year(head: &Head) -> bool {
    if head.form == Form::Number || head.form == Form::Dash {
        return false;
    }
    head.is_year() || (head.kind != TargetKind::Unstated && super::head::is_kind_word(&head.core))
}

/// Splits a target's text into kind, year and amount: 「中間目標（2019年度）5件」.
fn split_target(text: &str) -> (TargetKind, Option<MentionedYear>, String) {
    // H28 58件: once folded, the two numbers would be one.
    if let Some((first, rest)) = text.trim().split_once(char::is_whitespace)
        && let Some(year) = FiscalYear::read(first)
        && !rest.trim().is_empty()
        // 2017 370 may be one number; 2017 37件 is none.
        && (!first.chars().all(char::is_numeric) || Quantity::read(rest, &Unit::default()).unit != Unit::default())
    {
        let (kind, _, amount) = split_target(rest);
        return (kind, Some(MentionedYear::Known(year)), amount);
    }
    let folded = super::head::name_years(&normal::key(text));
    let mentions = FiscalYear::mentions(&folded);
    // A number alone is an amount, not a year.
    let mentions: Vec<_> = mentions
        .into_iter()
        .filter(|m| m.end - m.start < folded.len() || folded.contains("年") || folded.contains("fy"))
        .collect();
    let mut rest = folded.clone();
    for mention in mentions.iter().rev() {
        rest.replace_range(mention.start..mention.end, "");
    }
    let mut kind = TargetKind::Unstated;
    for (word, said) in [("中間目標", TargetKind::Interim), ("最終目標", TargetKind::Final)] {
        if rest.contains(word) {
            kind = said;
            rest = rest.replacen(word, "", 1);
        }
    }
    if kind == TargetKind::Unstated && mentions.is_empty() {
        return (kind, None, text.to_owned());
    }
    // What is left of a sentence about a date is no amount.
    let rest = rest.replace("までに", "").replace("時点", "").replace("()", "").replace("(中間)", "");
    let rest = rest.trim_matches([':', '、', '/', '・', '末']).to_owned();
    (kind, mentions.last().map(|m| m.year), rest)
}

/// The statements that the rows make.
fn statements<'a>(frame: &Frame<'a>, parts: &[Part], name: usize, uses: &mut Uses) -> Vec<Statement<'a>> {
    let mut all: Vec<Statement<'a>> = Vec::new();
    let mut carried: Option<Found<'a>> = None;
    let mut carried_project: Option<Found<'a>> = None;
    // A row of targets and a row of actuals of one indicator speak of the same statements.
    let mut by_measure: HashMap<(String, Option<Heading>, usize), usize> = HashMap::new();
    let columns_of = |part: Part| (0..parts.len()).filter(move |i| parts[*i] == part);
    for row in &frame.body {
        let cell = |index: usize| row[index].as_ref();
        let own_name = cell(name).filter(|f| !frame.headings().contains(&f.at)).cloned();
        // A sum over indicators is none.
        if own_name.as_ref().is_some_and(|f| {
            f.head.form == Form::Words && f.head.is_any(&[Concept::Total, Concept::Subtotal])
        }) {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(found, both!("計の欄は持たないため", "A dossier has no sums over indicators"));
            }
            carried = None;
            continue;
        }
        if own_name.is_some() {
            carried.clone_from(&own_name);
        }
        if let Some(found) = columns_of(Part::Project).find_map(cell) {
            carried_project = Some(found.clone());
        }
        let Some(label) = carried.clone() else {
            refuse(row, uses);
            continue;
        };
        uses.role(label.at, Role::Label);
        let mut key = Key::default();
        let mut labels = Vec::new();
        for index in columns_of(Part::KindYear) {
            let Some(found) = cell(index) else { continue };
            uses.role(found.at, Role::Label);
            uses.year(Some(found.at), found.head.year);
            labels.push((found.at, found.text.trim().to_owned()));
            if found.head.kind != TargetKind::Unstated {
                key.kind = found.head.kind;
            }
            key.year = found.head.year.or(key.year);
            key.certainty =
                if found.head.certainty == Certainty::Settled { key.certainty } else { found.head.certainty };
        }
        let row_measure = columns_of(Part::Measure).find_map(|i| Some((i, cell(i)?)));
        if let Some((_, found)) = row_measure {
            uses.role(found.at, Role::Label);
            if found.head.kind != TargetKind::Unstated {
                key.kind = found.head.kind;
            }
        }
        let heading_of_row = key.year.map(Heading::of);
        let name_of_row = if row_measure.is_some() { normal::key(&label.text) } else { String::new() };
        let of_measure = |column: usize| (name_of_row.clone(), heading_of_row, column);
        // Statements of this row, by the kind and year that their columns' headings name.
        let mut of_row: Vec<(Option<Key>, usize)> = Vec::new();
        let start = all.len();
        let row_project = carried_project.clone();
        let mut place = |all: &mut Vec<Statement<'a>>, heading: Option<Key>, column: usize| -> usize {
            if let Some((_, index)) = of_row.iter().find(|(known, _)| *known == heading) {
                return *index;
            }
            if row_measure.is_some()
                && let Some(index) = by_measure.get(&of_measure(column))
            {
                of_row.push((heading, *index));
                return *index;
            }
            all.push(Statement {
                project: row_project.clone(),
                name: label.clone(),
                key: heading.map_or(key, |heading| Key {
                    kind: if heading.kind == TargetKind::Unstated { key.kind } else { heading.kind },
                    year: heading.year.or(key.year),
                    certainty: heading.certainty,
                }),
                target: None,
                actual: None,
                actual_year: None,
                outlook: None,
                supplement: None,
                as_of: None,
                unit: None,
                labels: labels.clone(),
            });
            of_row.push((heading, all.len() - 1));
            if row_measure.is_some() {
                by_measure.insert(of_measure(column), all.len() - 1);
            }
            all.len() - 1
        };
        let headed = |index: usize| {
            let head = &frame.columns[index].head;
            (head.kind != TargetKind::Unstated || head.year.is_some()).then_some(Key {
                kind: head.kind,
                year: head.year,
                certainty: head.certainty,
            })
        };
        let mut goals: Vec<Key> = columns_of(Part::Target).filter_map(headed).collect();
        goals.dedup();
        let several_headed = !goals.is_empty();
        // What stands beside the only target is said of it.
        let only = match goals[..] {
            [goal] => Some(goal),
            _ => None,
        };
        let dated = columns_of(Part::Actual).filter(|index| headed(*index).is_some()).count();
        for (index, part) in parts.iter().enumerate().take(row.len()) {
            let Some(found) = cell(index).filter(|found| found.own) else { continue };
            let column = &frame.columns[index];
            let measured = |amount: String| Measured { amount, measure: column.head.measure.clone() };
            if let (Part::Target | Part::Actual | Part::OfYear, Some(why)) = (*part, is_no_figure(found)) {
                uses.refuse(found, why);
                continue;
            }
            match *part {
                Part::Target | Part::Actual | Part::OfYear => {
                    let part = match (*part, row_measure) {
                        (Part::OfYear, Some((_, label))) => measure(&label.head).unwrap_or(Part::Target),
                        (Part::OfYear, None) => Part::Actual,
                        (part, _) => part,
                    };
                    let heading = headed(index);
                    uses.year(column.at(), column.head.year);
                    // An actual whose heading names a year, beside targets whose headings name none, is one as of then.
                    let is_actual = part == Part::Actual && parts[index] == Part::Actual;
                    let of_goal = heading.is_some_and(|heading| {
                        goals.iter().any(|goal| goal.year == heading.year || heading.year.is_none())
                    });
                    let alone = is_actual && dated == 1 && heading.is_some() && !of_goal;
                    let of = match heading {
                        _ if alone => only,
                        None if is_actual => only,
                        // 実績（2021年度） beside 最終目標（2021年度） is said of that target.
                        Some(own) if is_actual && own.kind == TargetKind::Unstated => {
                            let same = goals.iter().find(|goal| goal.year == own.year);
                            Some(same.copied().unwrap_or(own))
                        }
                        heading => heading,
                    };
                    let at = place(&mut all, of, index);
                    uses.value(found);
                    match part {
                        Part::Target => {
                            let (kind, year, amount) = split_target(&found.text);
                            if kind != TargetKind::Unstated {
                                all[at].key.kind = kind;
                            }
                            if let Some(year) = year {
                                all[at].key.year = Some(year);
                                uses.year(Some(found.at), Some(year));
                            }
                            all[at].target = Some((found.clone(), measured(amount)));
                        }
                        Part::Outlook => all[at].outlook = Some(found.clone()),
                        _ => {
                            if alone && let Some(year) = column.head.year {
                                all[at].actual_year = Some((year, column.title()));
                            }
                            all[at].actual = Some((found.clone(), measured(found.text.to_string())));
                        }
                    }
                }
                _ => {}
            }
        }
        // What explains belongs to the row's own statement, or to the last one if the row makes several.
        for (index, part) in parts.iter().copied().enumerate().take(row.len()) {
            let Some(found) = cell(index) else { continue };
            let merged = !found.own;
            if !matches!(part, Part::Outlook | Part::Supplement | Part::AsOf | Part::Unit) {
                if found.own && part == Part::Unknown {
                    uses.refuse(
                        found,
                        both!("指標の表にこの列の欄はないため", "An indicator has no place for this column"),
                    );
                } else if found.own && matches!(part, Part::No | Part::Project) {
                    uses.role(found.at, Role::Label);
                }
                continue;
            }
            if frame.headings().contains(&found.at) {
                continue;
            }
            let heading = headed(index).or(only).filter(|_| several_headed && part != Part::Unit);
            if all.len() == start && row_measure.is_none() {
                place(&mut all, heading, index);
            }
            let target = match heading {
                Some(_) => Some(place(&mut all, heading, index)),
                None => all.len().checked_sub(1),
            };
            let Some(target) = target else { continue };
            match part {
                Part::Unit => {
                    uses.role(found.at, Role::Unit);
                    for statement in &mut all[start.min(target)..] {
                        statement.unit = Some(found.clone());
                    }
                    continue;
                }
                Part::AsOf => {
                    for statement in &mut all[start.min(target)..] {
                        statement.as_of = Some(found.clone());
                    }
                }
                // A text that spans several rows is said of each of them, but stands once.
                Part::Outlook if !merged || all[target].outlook.is_none() => {
                    all[target].outlook = Some(found.clone());
                }
                Part::Supplement => all[target].supplement = Some(found.clone()),
                _ => {}
            }
            uses.value(found);
        }
        if all.len() == start && row_measure.is_none() {
            // A name without anything beside it.
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.role(found.at, Role::Label);
            }
        }
    }
    all
}

fn refuse(row: &[Option<Found<'_>>], uses: &mut Uses) {
    for found in row.iter().flatten().filter(|f| f.own) {
        uses.refuse(found, both!("どの指標か分からないため", "It does not say which indicator it is about"));
    }
}

impl<'a> Indicators<'a> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.statements
            .iter()
            .map(|s| usize::from(s.target.is_some()) + usize::from(s.actual.is_some()))
            .sum()
    }

    /// The cells that name projects, if rows do.
    pub fn projects(&self) -> Vec<&Found<'a>> {
        self.statements.iter().filter_map(|s| s.project.as_ref()).collect()
    }

    /// Whether the dossier, rather than the table, has to tell outputs from outcomes.
    pub fn is_told(&self) -> bool {
        self.told
    }

    /// The names of the indicators.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.statements.iter().map(|s| s.name.text.trim())
    }

    /// Writes what is said of one project, or everything.
    pub fn write(
        &self,
        writer: &mut Writer<'_, '_>,
        kind: TableKind,
        of: impl Fn(Option<&Found<'a>>) -> bool,
    ) -> Result<(), Trouble> {
        let list = writer.subject.child(if kind == TableKind::Outcomes { "outcomes" } else { "outputs" });
        let mut rows: BTreeMap<String, Option<Place>> = BTreeMap::new();
        for statement in self.statements.iter().filter(|s| of(s.project.as_ref())) {
            let key = normal::key(&statement.name.text);
            let row = if let Some(row) = rows.get(&key) {
                row.clone()
            } else {
                let row = self.indicator(writer, &list, &statement.name);
                rows.insert(key, row.clone());
                row
            };
            match row {
                Some(row) => self.write_statement(writer, &row, statement)?,
                None => {
                    for found in statement.cells() {
                        writer.waiting(found);
                    }
                }
            }
        }
        writer.note_without_place();
        Ok(())
    }

    /// The row of an indicator; none while it is asked whether it is one that is known by a similar name.
    fn indicator(&self, writer: &mut Writer<'_, '_>, list: &Place, name: &Found<'_>) -> Option<Place> {
        let text = name.text.trim();
        let names: Vec<(String, String)> = (writer.table.rows(list).iter())
            .filter_map(|row| {
                Some((row.get("id")?.as_str()?.to_owned(), row.get("name")?.as_str()?.to_owned()))
            })
            .collect();
        if !names.iter().any(|(_, known)| same_label(known, text)) {
            let similar: Vec<_> = names.iter().filter(|(_, known)| is_similar(known, text)).collect();
            if !similar.is_empty() {
                let mut choices: Vec<Choice> = similar
                    .iter()
                    .map(|(id, known)| Choice::new(id.clone(), both!("{known}", "{known}")))
                    .collect();
                choices.push(Choice::new("new", both!("別の指標", "Another indicator")));
                let waiting = self.statements.iter().filter(|s| s.name.text.trim() == text).count();
                let question = both!(
                    "「{text}」は次の指標と同じものですか。",
                    "Is “{text}” the same indicator as one of these?"
                );
                return match writer.ask("indicator", name.at, question, choices, waiting)?.as_str() {
                    "new" => {
                        let row = writer.table.row(list, "r", |_| false);
                        writer.set(row.child("name"), &text, name, text);
                        Some(row)
                    }
                    id => {
                        writer.role(name.at, Role::Label);
                        Some(list.child(id))
                    }
                };
            }
        }
        Some(writer.labelled(list, "r", "name", name))
    }

    fn write_statement(
        &self,
        writer: &mut Writer<'_, '_>,
        row: &Place,
        statement: &Statement<'_>,
    ) -> Result<(), Trouble> {
        let year = statement.key.year.map(|year| writer.year(year)).transpose()?;
        let unit_place = row.child("unit");
        let known_unit = writer.text(&unit_place).map(Unit::from);
        // The unit of the indicator: a column, its name, the dossier, the caption.
        let of_column = statement.unit.as_ref().and_then(|f| normal::whole(&f.text));
        let of_name = statement.name.head.measure.clone();
        let of_dossier =
            known_unit.clone().map(|unit| normal::Measure { unit, factor: rust_decimal::Decimal::ONE });
        let fallback = of_column.or(of_name).or(of_dossier).or_else(|| writer.measure.clone());
        let read = |found: &Found<'_>, measured: &Measured| {
            let measure = measured.measure.as_ref().or(fallback.as_ref());
            if measured.amount == found.text.as_ref() {
                return figure(found, measure);
            }
            let unit = measure.map(|m| m.unit.clone()).unwrap_or_default();
            Quantity { printed: found.text.trim().to_owned(), ..Quantity::read(&measured.amount, &unit) }
        };
        let target = statement.target.as_ref().map(|(found, measured)| (found, read(found, measured)));
        let mut actual = statement.actual.as_ref().map(|(found, measured)| (found, read(found, measured)));
        // The target's unit holds for an actual without one.
        let unit_of = |quantity: &Quantity| {
            (quantity.unit != Unit::default() && quantity.value().is_some()).then(|| quantity.unit.clone())
        };
        let unit = target
            .as_ref()
            .and_then(|(_, q)| unit_of(q))
            .or_else(|| actual.as_ref().and_then(|(_, q)| unit_of(q)));
        let unit = unit.or(known_unit.clone()).or(fallback.map(|m| m.unit));
        if let (Some((_, quantity)), Some(unit)) = (&mut actual, &unit)
            && quantity.unit == Unit::default()
        {
            quantity.unit = unit.clone();
        }
        let place = self.row_of(writer, row, statement.key.kind, year);
        if known_unit.is_none()
            && let (Some(unit), Some(found)) = (&unit, statement.cells().next())
        {
            let source = statement.unit.as_ref().or(target.as_ref().map(|(f, _)| *f)).unwrap_or(found);
            writer.set(unit_place, unit, source, unit.as_str());
        }
        for (at, _) in &statement.labels {
            writer.role(*at, Role::Label);
        }
        let anchor = target.as_ref().map(|(f, _)| (*f).clone()).or_else(|| statement.cells().next().cloned());
        let Some(anchor) = anchor else { return Ok(()) };
        let (source, printed) =
            statement.labels.first().cloned().unwrap_or_else(|| (anchor.at, anchor.text.trim().to_owned()));
        let target_place = place.child("target");
        if statement.key.kind != TargetKind::Unstated && writer.is_empty(&target_place.child("kind")) {
            writer.set_at(
                target_place.child("kind"),
                &statement.key.kind,
                source,
                printed.clone(),
                kind_said(statement.key.kind).to_owned(),
            );
        }
        if let Some(year) = year {
            writer.set_at(target_place.child("year"), &year, source, printed, year.western());
        }
        if let Some((found, mut quantity)) = target {
            if quantity.certainty == Certainty::Settled && quantity.value().is_some() {
                quantity.certainty = statement.key.certainty;
            }
            writer.quantity(target_place.child("amount"), quantity, found);
        }
        write_actual(writer, &place, statement, actual, unit.as_ref())?;
        if let Some(found) = &statement.supplement {
            writer.set_explanation(place.child("supplement"), found.text.trim(), found);
        }
        Ok(())
    }

    /// The row of a statement: the same chapter, kind and year; of statements that leave the kind open, the year.
    fn row_of(
        &self,
        writer: &mut Writer<'_, '_>,
        row: &Place,
        kind: TargetKind,
        year: Option<FiscalYear>,
    ) -> Place {
        let list = row.child("statements");
        let chapter = if self.programme { Some("Programme") } else { None };
        let text = |row: &Value, path: [&str; 2]| row.get(path[0]).and_then(|v| v.get(path[1])).cloned();
        let kind_of = |row: &Value| text(row, ["target", "kind"]).unwrap_or(json!(TargetKind::Unstated));
        let same = |row: &Value, exact: bool| {
            let in_chapter = row.get("chapter").and_then(Value::as_str) == chapter;
            let of_year = text(row, ["target", "year"]) == year.map(|year| json!(year));
            let open = kind_of(row) == json!(TargetKind::Unstated) || kind == TargetKind::Unstated;
            let trend =
                kind_of(row) == json!(TargetKind::Trend) || kind_of(row) == json!(TargetKind::Expected);
            in_chapter && of_year && (kind_of(row) == json!(kind) || (!exact && open && !trend))
        };
        let exact = writer.table.rows(&list).iter().any(|row| same(row, true));
        let place = writer.table.row(&list, "r", |row| same(row, exact));
        if let Some(chapter) = chapter
            && writer.is_empty(&place.child("chapter"))
        {
            let source = writer.table.get().at.clone();
            writer.table.set_from(place.child("chapter"), &chapter, source, "", "プログラムの章");
        }
        place
    }
}

impl<'a> Statement<'a> {
    /// The cells that hold its values.
    fn cells(&self) -> impl Iterator<Item = &Found<'a>> {
        (self.target.iter().map(|(f, _)| f))
            .chain(self.actual.iter().map(|(f, _)| f))
            .chain(&self.outlook)
            .chain(&self.supplement)
            .chain(&self.as_of)
    }
}

fn kind_said(kind: TargetKind) -> &'static str {
    use crate::locale::{Lang, Term};
    kind.term(Lang::Ja)
}

/// The year of a heading such as 実績（2021年度）, as printed.
fn year_text(title: &str) -> String {
    let folded = normal::Folded::new(title);
    FiscalYear::mentions(&folded.text)
        .last()
        .map_or_else(String::new, |mention| folded.original(mention.start..mention.end).to_owned())
}

/// Whether two names are nearly the same: one contains the other, or few characters differ.
pub(super) fn is_similar(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (normal::key(a).chars().collect(), normal::key(b).chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 4 {
        return false;
    }
    let inside = long.windows(short.len()).any(|part| part == short.as_slice());
    if inside && short.len() * 2 >= long.len() {
        return true;
    }
    // Edit distance, up to a tenth of the length; 国内特許 and 国外特許 are two things.
    let bound = long.len() / 10;
    if long.len() - short.len() > bound || long.len() > 200 {
        return false;
    }
    let mut row: Vec<usize> = (0..=short.len()).collect();
    for (i, c) in long.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, d) in short.iter().enumerate() {
            let substitute = before + usize::from(c != d);
            before = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(before + 1);
        }
    }
    row[short.len()] <= bound && bound > 0
}

fn tell_prose(writer: &mut Writer<'_, '_>, found: &Found<'_>, amount: &Quantity) {
    let read = said(&Quantity { printed: String::new(), ..amount.clone() });
    writer.remark(
        found.at,
        both!("文中の {read} を実績として読みました", "{read} was read as the actual from the sentence"),
    );
}

fn write_actual(
    writer: &mut Writer<'_, '_>,
    place: &Place,
    statement: &Statement<'_>,
    actual: Option<(&Found<'_>, Quantity)>,
    unit: Option<&Unit>,
) -> Result<(), Trouble> {
    let actual_place = place.child("actual");
    let mut as_of = When::default();
    let mut source = None;
    let mut done = false;
    if let Some((found, quantity)) = actual {
        let in_prose = (quantity.figure == Figure::Words)
            .then(|| unit.and_then(|unit| normal::in_prose(&found.text, unit)))
            .flatten();
        done = quantity.value().is_some() || in_prose.is_some();
        let quantity = match in_prose {
            Some(prose) => {
                tell_prose(writer, found, &prose.amount);
                (as_of, source) = (prose.as_of, Some(found.clone()));
                prose.amount
            }
            None => quantity,
        };
        if let Some((year, title)) = &statement.actual_year {
            let year = writer.year(*year)?;
            as_of =
                When { at: Some(crate::model::Moment::Fiscal(year)), to: None, printed: year_text(title) };
            source = Some(found.clone());
        }
        writer.quantity(actual_place.child("amount"), quantity, found);
    }
    if let Some(found) = &statement.outlook {
        let text = found.text.trim();
        // A figure alone under 達成状況 is the actual itself.
        let figure = figure(found, None);
        let alone = figure.value().is_some() && !done;
        let prose = unit.filter(|_| !done).and_then(|unit| normal::in_prose(text, unit));
        if let Some(prose) = prose.filter(|_| !alone) {
            tell_prose(writer, found, &prose.amount);
            writer.quantity(actual_place.child("amount"), prose.amount, found);
            if !prose.as_of.is_blank() {
                (as_of, source) = (prose.as_of, Some(found.clone()));
            }
        } else if alone && figure.unit.as_str() != "%" {
            writer.quantity(
                actual_place.child("amount"),
                Quantity { unit: unit.cloned().unwrap_or(figure.unit.clone()), ..figure },
                found,
            );
        }
        writer.set_explanation(place.child("outlook"), text, found);
    }
    if let Some(found) = &statement.as_of {
        as_of = When::read(found.text.trim());
        source = Some(found.clone());
    }
    if let Some(found) = source.filter(|_| !as_of.is_blank()) {
        let read = as_of.display();
        writer.set(actual_place.child("as_of"), &as_of, &found, read);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_split_into_kind_year_and_amount() {
        let year = |year| Some(MentionedYear::Known(FiscalYear::new(year)));
        for (text, kind, of, amount) in [
            ("中間目標（2019年度）5件", TargetKind::Interim, year(2019), "5件"),
            ("（最終目標）2021年度 12件", TargetKind::Final, year(2021), "12件"),
            ("2025年度 5件", TargetKind::Unstated, year(2025), "5件"),
            ("令和10年度までに 10社", TargetKind::Unstated, year(2028), "10社"),
            ("5 件", TargetKind::Unstated, None, "5 件"),
            ("H28 58件", TargetKind::Unstated, year(2016), "58件"),
            ("2019", TargetKind::Unstated, None, "2019"),
        ] {
            assert_eq!(split_target(text), (kind, of, amount.to_owned()), "{text}");
        }
    }

    #[test]
    fn names_that_almost_match_are_similar() {
        assert!(is_similar("製薬企業内でのマッチング研究の実施件数", "製薬企業でのマッチング研究の実施件数"));
        assert!(is_similar("マッチング研究の実施件数", "製薬企業内でのマッチング研究の実施件数"));
        assert!(!is_similar("論文数", "特許数"));
        assert!(!is_similar(
            "創薬支援ツール開発に係る要素技術の確立数",
            "開発成果による製品を導入した企業数"
        ));
    }
}
