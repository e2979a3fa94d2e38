//! Overview sheets (概要表): labels with their values right of them or below.

use super::super::Role;
use super::super::normal;
use super::grid::{Found, Grid, Spot};
use super::head::Form;
use super::whose::Named;
use super::words::{self, Field};
use super::write::Writer;
use crate::both;
use crate::model::{
    EvaluationKind, FiscalYear, ImplementationStep, MentionedYear, Period, Place, Quantity, Unit, When,
};
use crate::sheets::{Address, Area};
use std::collections::{BTreeMap, BTreeSet};

/// An overview sheet as read.
#[derive(Debug, Default)]
pub(super) struct Overview<'a> {
    fields: Vec<(Field, Found<'a>, Vec<Found<'a>>)>,
    /// The title above it, where it names the project.
    pub title: Option<(Address, String, Named)>,
}

/// Fields that no other table has.
const SIGNS: [Field; 6] =
    [Field::Section, Field::Policies, Field::Schedule, Field::Implementation, Field::Leader, Field::Account];

impl<'a> Overview<'a> {
    /// Reads what is left of a sheet as an overview sheet. With several on one sheet each is read from its own boxes.
    pub fn read(grid: &Grid<'a>, boxes: &[Spot], told: bool) -> Option<Self> {
        let field = |b: &Spot| {
            let found = grid.at(b.area.first)?;
            if found.head.form != Form::Words {
                return None;
            }
            words::field(&normal::key(&found.text))
                .or_else(|| words::field(&found.head.core))
                .map(|field| (field, found))
        };
        let keys: BTreeMap<Address, (Field, Found<'a>, Area)> = boxes
            .iter()
            .filter_map(|b| field(b).map(|(f, found)| (b.area.first, (f, found, b.area))))
            .collect();
        let kinds: BTreeSet<Field> = keys.values().map(|(field, ..)| *field).collect();
        let signs = kinds.iter().filter(|field| SIGNS.contains(field)).count();
        if !(told && !kinds.is_empty() || (kinds.len() >= 2 && signs >= 1)) {
            return None;
        }
        let is_key = |b: &Spot| keys.contains_key(&b.area.first);
        let mut used: BTreeSet<Address> = keys.keys().copied().collect();
        let mut fields = Vec::new();
        for (field, label, area) in keys.values() {
            let values = right(boxes, area, &is_key, &used)
                .or_else(|| below(boxes, area, &is_key, &used))
                .unwrap_or_default();
            used.extend(values.iter().map(|b| b.area.first));
            let values = values.iter().filter_map(|b| grid.at(b.area.first)).collect();
            fields.push((*field, label.clone(), values));
        }
        Some(Self { fields, title: None })
    }

    /// Every cell that it explains.
    pub fn cells(&self) -> impl Iterator<Item = Address> {
        self.fields
            .iter()
            .flat_map(|(_, label, values)| [label.at].into_iter().chain(values.iter().map(|f| f.at)))
    }

    /// The area that it takes up.
    pub fn area(&self) -> Option<Area> {
        let cells: Vec<Address> = self.cells().chain(self.title.iter().map(|(at, ..)| *at)).collect();
        let rows = || cells.iter().map(|at| at.row);
        let columns = || cells.iter().map(|at| at.column);
        Some(Area::new(
            Address::new(rows().min()?, columns().min()?),
            Address::new(rows().max()?, columns().max()?),
        ))
    }

    /// Whether it names a field twice, as several overview sheets side by side would.
    pub fn repeats(&self) -> bool {
        let mut seen = BTreeSet::new();
        self.fields.iter().any(|(field, ..)| *field != Field::Leader && !seen.insert(*field))
    }

    /// The name that its own field gives the subject.
    pub fn name(&self) -> Option<&str> {
        let (.., values) = self.fields.iter().find(|(field, ..)| *field == Field::Name)?;
        Some(values.first()?.text.trim())
    }

    /// Writes the fields.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let overview = writer.subject.child("overview");
        if let Some((at, text, named)) = self.title.as_ref().filter(|(.., named)| !named.name.is_empty()) {
            let place = overview.child("name");
            let known = writer.text(&place).map(ToOwned::to_owned);
            let same = known.as_deref().is_none_or(|known| normal::key(known) == normal::key(&named.name));
            if same && self.name().is_none() {
                let name = known.unwrap_or_else(|| named.name.clone());
                writer.set_at(place, &name, *at, text.clone(), name.clone());
            } else {
                writer.role(*at, Role::Caption);
            }
        } else if let Some((at, ..)) = &self.title {
            writer.role(*at, Role::Caption);
        }
        for (field, label, values) in &self.fields {
            writer.role(label.at, Role::Label);
            let Some(first) = values.first() else { continue };
            let text = joined(values);
            let entries = writer.table.get().entries.len();
            write_field(writer, &overview, *field, label, first, &text);
            // A value that stands in several cells comes from each of them.
            let written: Vec<_> = writer.table.get().entries[entries..].to_vec();
            if let Some(entry) = written.first() {
                for found in &values[1..] {
                    writer.table.set(
                        entry.place.clone(),
                        &entry.after,
                        found.at,
                        found.text.as_ref(),
                        entry.read.clone(),
                    );
                    if let (false, Some(last)) = (entry.accepted, writer.table.get().entries.last_mut()) {
                        last.accepted = false;
                    }
                }
            }
        }
        writer.note_without_place();
    }
}

/// The texts of several cells, one line each row.
fn joined(values: &[Found<'_>]) -> String {
    let mut text = String::new();
    let mut row = None;
    for found in values {
        if let Some(row) = row {
            text.push(if row == found.at.row { '　' } else { '\n' });
        }
        row = Some(found.at.row);
        text.push_str(found.text.trim());
    }
    text
}

/// The values right of a label: in its rows, and in the rows below that have no label of their own.
fn right(
    boxes: &[Spot],
    label: &Area,
    is_key: &impl Fn(&Spot) -> bool,
    used: &BTreeSet<Address>,
) -> Option<Vec<Spot>> {
    let in_rows = |b: &&Spot| b.area.first.row <= label.last.row && b.area.last.row >= label.first.row;
    let mut row: Vec<Spot> =
        boxes.iter().filter(in_rows).filter(|b| b.area.first.column > label.last.column).copied().collect();
    row.sort_by_key(|b| (b.area.first.column, b.area.first.row));
    let first = *row.first().filter(|b| !is_key(b) && !used.contains(&b.area.first))?;
    if first.area.first.column > label.last.column + 6 {
        return None;
    }
    let stop = row.iter().find(|b| is_key(b)).map_or(u32::MAX, |b| b.area.first.column);
    let mut values: Vec<Spot> =
        row.into_iter().filter(|b| b.area.first.column < stop && !used.contains(&b.area.first)).collect();
    // What goes on below the value, while nothing stands under the label.
    let mut bottom = values.iter().map(|b| b.area.last.row).max()?.max(label.last.row);
    loop {
        let next = bottom + 1;
        let labelled = boxes.iter().any(|b| {
            b.area.first.row <= next
                && b.area.last.row >= next
                && b.area.first.column < first.area.first.column
                && b.area.last.column >= label.first.column
        });
        let more: Vec<Spot> = boxes
            .iter()
            .filter(|b| {
                b.area.first.row == next
                    && b.area.first.column >= first.area.first.column
                    && b.area.first.column < stop
            })
            .copied()
            .collect();
        if labelled
            || more.is_empty()
            || more.iter().any(|b| is_key(b) || used.contains(&b.area.first))
            || more.first().is_none_or(|b| b.area.first.column != first.area.first.column)
        {
            break;
        }
        bottom = more.iter().map(|b| b.area.last.row).max().unwrap_or(next);
        values.extend(more);
    }
    values.sort_by_key(|b| b.area.first);
    Some(values)
}

/// The value below a label.
fn below(
    boxes: &[Spot],
    label: &Area,
    is_key: &impl Fn(&Spot) -> bool,
    used: &BTreeSet<Address>,
) -> Option<Vec<Spot>> {
    let under = |b: &&Spot| {
        b.area.first.row == label.last.row + 1
            && b.area.first.column <= label.last.column
            && b.area.last.column >= label.first.column
    };
    let first = boxes.iter().find(under).filter(|b| !is_key(b) && !used.contains(&b.area.first))?;
    Some(vec![*first])
}

fn write_field(
    writer: &mut Writer<'_, '_>,
    overview: &Place,
    field: Field,
    label: &Found<'_>,
    found: &Found<'_>,
    text: &str,
) {
    match field {
        Field::Name => {
            let place = overview.child("name");
            let known = writer.text(&place).map(ToOwned::to_owned);
            let same = known.as_deref().filter(|known| {
                normal::key(known) == normal::key(text) || normal::key(text).ends_with(&normal::key(known))
            });
            let name = same.map_or_else(|| text.to_owned(), ToOwned::to_owned);
            writer.set(place, &name, found, name.clone());
        }
        Field::Section => set_line(writer, overview.child("section_in_charge"), text, found),
        Field::Purpose => writer.set_explanation(overview.child("purpose"), text, found),
        Field::Period => write_period(writer, overview.child("period"), text, found),
        Field::EvaluatedPeriod => write_period(writer, overview.child("evaluated_period"), text, found),
        Field::Account => write_choice(writer, overview, "account", text, found),
        Field::Type => write_choice(writer, overview, "type", text, found),
        Field::Schedule => write_schedule(writer, &overview.child("schedule"), text, found),
        Field::Implementation => {
            set_line(writer, overview.child("implementation"), text, found);
            let steps = steps(text);
            if steps.len() > 1 {
                let read = steps.iter().map(|s| s.node.clone()).collect::<Vec<_>>().join(" → ");
                writer.set(overview.child("implementation_steps"), &steps, found, read);
            }
        }
        Field::Leader => {
            let list = overview.child("leaders");
            let role = label.text.replace(['\n', '\r'], "").trim().to_owned();
            let row = writer.table.row(&list, "r", |row| {
                row.get("role").and_then(|r| r.as_str()).is_some_and(|r| normal::key(r) == normal::key(&role))
            });
            if writer.is_empty(&row.child("role")) {
                writer.set_at(row.child("role"), &role, found.at, found.text.to_string(), role.clone());
            }
            set_line(writer, row.child("name"), text, found);
        }
        Field::NationalCost => {
            let unit = label
                .head
                .measure
                .clone()
                .or_else(|| writer.measure.clone())
                .map_or(Unit::default(), |m| m.unit);
            writer.quantity(overview.child("national_cost"), Quantity::read(text, &unit), found);
        }
        Field::Policies => write_policies(writer, overview, text, found),
    }
}

/// Sets a text of one field; the dossier's own wording stays where the two differ only in how they are written.
fn set_line(writer: &mut Writer<'_, '_>, place: Place, text: &str, found: &Found<'_>) {
    let known =
        writer.text(&place).filter(|known| normal::key(known) == normal::key(text)).map(ToOwned::to_owned);
    let value = known.unwrap_or_else(|| text.to_owned());
    writer.set(place, &value, found, value.clone());
}

fn write_period(writer: &mut Writer<'_, '_>, place: Place, text: &str, found: &Found<'_>) {
    if let Some(period) = normal::period(text) {
        let known: Option<Period> =
            writer.table.value(&place).and_then(|v| serde_json::from_value(v.clone()).ok());
        // Another notation of the same span is no change.
        let same = known.filter(|known| (known.start, known.end) == (period.start, period.end));
        if let (Some(years), Some(end)) = (period.years_printed, period.end)
            && same.is_none()
            && !normal::key(text).contains(&end.start_year().to_string())
            && FiscalYear::mentions(&normal::key(text)).len() == 1
        {
            let end = end.western();
            writer.remark(
                found.at,
                both!(
                    "「{years}年間」により、終了を{end}としました",
                    "The end, {end}, follows from the {years} years stated"
                ),
            );
        }
        let period = same.unwrap_or(period);
        writer.set(place, &period, found, Period { printed: String::new(), ..period.clone() }.display());
    } else {
        let source = writer.table.source(found.at);
        let why = both!("期間として読めないため", "It cannot be read as a span of years");
        writer.table.draft().leftover(source, found.text.as_ref(), why);
    }
}

/// Choices of which some are marked: ☑一般会計　□エネルギー対策会計.
fn write_choice(writer: &mut Writer<'_, '_>, overview: &Place, field: &str, text: &str, found: &Found<'_>) {
    const MARKED: [char; 14] = ['☑', '■', '●', '✓', '✔', '☒', '◉', '🗹', '◆', '◎', '✅', '○', '〇', '⦿'];
    const OPEN: [char; 5] = ['□', '☐', '◯', '◇', '・'];
    let normal = text.replace(['/', '／', '、'], " ");
    let mut options: Vec<(String, bool)> = Vec::new();
    for piece in normal.split(char::is_whitespace).filter(|piece| !piece.is_empty()) {
        let marked = piece.starts_with(MARKED) || piece.starts_with("レ") && piece.chars().count() > 3;
        let name =
            piece.trim_start_matches(MARKED).trim_start_matches(OPEN).trim_start_matches('レ').to_owned();
        if name.is_empty() {
            continue;
        }
        options.push((name, marked));
    }
    let (list, selected) =
        (overview.child(format!("{field}_options")), overview.child(format!("{field}_selected")));
    let marked: Vec<&String> = options.iter().filter(|(_, marked)| *marked).map(|(name, _)| name).collect();
    let choice = match (&options[..], &marked[..]) {
        ([(only, _)], _) => Some(only.clone()),
        (_, [only]) => Some((*only).clone()),
        _ => None,
    };
    if options.len() > 1 {
        let names: Vec<&String> = options.iter().map(|(name, _)| name).collect();
        let read = names.iter().map(|n| n.as_str()).collect::<Vec<_>>().join("、");
        writer.set(list, &names, found, read);
    }
    match choice {
        Some(choice) => {
            let open = writer.is_empty(&selected) && writer.text(&overview.child("selection_note")).is_some();
            writer.set(selected, &choice, found, choice.clone());
            // Somebody noted that the choice is open; it is not settled unasked.
            if open {
                writer.offer(found.at);
            }
        }
        None if options.len() > 1 => {
            writer.remark(
                found.at,
                both!("どれが選ばれているか示されていません", "It does not show which one is chosen"),
            );
        }
        None => writer.role(found.at, Role::Note),
    }
}

/// 事前評価：2016年度、中間評価：2019年度
fn write_schedule(writer: &mut Writer<'_, '_>, list: &Place, text: &str, found: &Found<'_>) {
    const KINDS: [(&str, EvaluationKind); 6] = [
        ("事前評価", EvaluationKind::Prior),
        ("中間評価", EvaluationKind::Interim),
        ("終了時評価", EvaluationKind::Final),
        ("事後評価", EvaluationKind::Final),
        ("最終評価", EvaluationKind::Final),
        ("追跡評価", EvaluationKind::FollowUp),
    ];
    let folded = normal::Folded::new(text);
    let mut at: Vec<(usize, usize, EvaluationKind)> = KINDS
        .iter()
        .flat_map(|(word, kind)| {
            folded.text.match_indices(word).map(move |(start, word)| (start, start + word.len(), *kind))
        })
        .collect();
    at.sort_by_key(|(start, ..)| *start);
    if at.is_empty() {
        let source = writer.table.source(found.at);
        let why = both!("評価の種類が書かれていないため", "It names no kind of evaluation");
        writer.table.draft().leftover(source, found.text.as_ref(), why);
        return;
    }
    for (index, (_, end, kind)) in at.iter().enumerate() {
        let stop = at.get(index + 1).map_or(folded.text.len(), |(start, ..)| *start);
        let part = &folded.text[*end..stop];
        let mentions: Vec<_> = FiscalYear::mentions(part)
            .into_iter()
            .filter_map(|m| match m.year {
                MentionedYear::Known(year) => Some((year, m)),
                MentionedYear::Bare(_) => None,
            })
            .collect();
        if mentions.is_empty() {
            let row = schedule_row(writer, list, *kind, None, found);
            let printed =
                folded.original(*end..stop).trim_matches(['：', ':', '、', '，', '　', ' ']).to_owned();
            if !printed.is_empty() && writer.is_empty(&row.child("printed")) {
                writer.set(row.child("printed"), &printed, found, printed.clone());
            }
            continue;
        }
        for (year, mention) in mentions {
            let row = schedule_row(writer, list, *kind, Some(year), found);
            writer.set(row.child("year"), &year, found, year.western());
            let behind = &part[mention.end..];
            let tail =
                if behind.starts_with('(') { behind.find(')').map_or(0, |close| close + 1) } else { 0 };
            let printed = folded.original(end + mention.start..end + mention.end + tail).to_owned();
            if printed != year.western() && writer.is_empty(&row.child("printed")) {
                writer.set(row.child("printed"), &printed, found, printed.clone());
            }
        }
    }
}

fn schedule_row(
    writer: &mut Writer<'_, '_>,
    list: &Place,
    kind: EvaluationKind,
    year: Option<FiscalYear>,
    found: &Found<'_>,
) -> Place {
    use crate::locale::{Lang, Term};
    let interim = serde_json::json!(EvaluationKind::default());
    let row = writer.table.row(list, "r", |row| {
        row.get("kind").unwrap_or(&interim) == &serde_json::json!(kind)
            && (row.get("year").is_none() || row.get("year") == year.map(|y| serde_json::json!(y)).as_ref())
    });
    if kind != EvaluationKind::default() && writer.is_empty(&row.child("kind")) {
        writer.set(row.child("kind"), &kind, found, kind.term(Lang::Ja));
    }
    row
}

/// 国 → AMED（定額補助） → アカデミア等（委託）
fn steps(text: &str) -> Vec<ImplementationStep> {
    text.replace(['⇒', '➡', '▶', '⟶', '➔', '>'], "→")
        .split('→')
        .map(|part| {
            let part = part.trim();
            let open = part.find(['（', '(']);
            match open {
                Some(open) => ImplementationStep {
                    node: part[..open].trim().to_owned(),
                    by: part[open..].trim_matches(['（', '(', '）', ')']).trim().to_owned(),
                },
                None => ImplementationStep { node: part.to_owned(), by: String::new() },
            }
        })
        .filter(|step| !step.node.is_empty())
        .collect()
}

/// Policies, one a line or bullet: 「統合イノベーション戦略 2020」（令和2年7月17日 閣議決定）.
fn write_policies(writer: &mut Writer<'_, '_>, overview: &Place, text: &str, found: &Found<'_>) {
    let list = Place::from("policies");
    let mut ids: Vec<String> = Vec::new();
    let lines = text.replace('、', "\n");
    for line in lines
        .lines()
        .map(|line| line.trim().trim_start_matches(['・', '○', '●', '※']).trim())
        .filter(|l| !l.is_empty())
    {
        let open = line.find(['（', '(']).unwrap_or(line.len());
        let name = line[..open].trim().trim_matches(['「', '」', '『', '』']).trim();
        if name.is_empty() {
            continue;
        }
        let row = writer.table.row(&list, "P", |row| {
            row.get("name").and_then(|n| n.as_str()).is_some_and(|n| normal::key(n) == normal::key(name))
        });
        if writer.is_empty(&row.child("name")) {
            writer.set(row.child("name"), &name, found, name);
            let aside = line[open..].trim_matches(['（', '(', '）', ')']).trim();
            let when = aside.split(['　', ' ', '、']).map(When::read).find(|when| when.at.is_some());
            if let Some(when) = when {
                let body = aside.replace(&when.printed, "").trim_matches([' ', '　', '、']).to_owned();
                writer.set(row.child("date"), &when, found, when.display());
                if !body.is_empty() {
                    writer.set(row.child("body"), &body, found, body.clone());
                }
            } else if !aside.is_empty() {
                writer.set(row.child("body"), &aside, found, aside);
            }
        }
        if let Some(id) = row.steps().last() {
            ids.push(id.to_string());
        }
    }
    let place = overview.child("policies");
    let mut known: Vec<String> =
        writer.table.value(&place).and_then(|v| serde_json::from_value(v.clone()).ok()).unwrap_or_default();
    for id in ids {
        if !known.contains(&id) {
            known.push(id);
        }
    }
    writer.set_grown(place, &known, found.at, found.text.to_string(), text.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_read_step_by_step() {
        let read = steps("国 → AMED（定額補助） → アカデミア等（委託）");
        let pairs: Vec<_> = read.iter().map(|s| (s.node.as_str(), s.by.as_str())).collect();
        assert_eq!(pairs, [("国", ""), ("AMED", "定額補助"), ("アカデミア等", "委託")]);
    }
}
