//! Scores: criteria × members, members across or down, or one score a row; with a printed mean.

use super::super::normal;
use super::super::{Choice, Role, TableKind};
use super::around::Around;
use super::frame::Frame;
use super::grid::Found;
use super::head::{Form, MemberMark};
use super::reading::{Content, Reading, Uses};
use super::words::Concept;
use super::write::{Writer, same_label};
use crate::both;
use crate::model::{Place, ScoreCell};
use crate::sheets::{Address, Value};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Scores as read.
#[derive(Debug)]
pub(super) struct Scores<'a> {
    members: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
    means: Vec<(usize, Found<'a>)>,
    given: Vec<(usize, usize, Found<'a>)>,
}

/// A member's column, or a member named in the rows of a long table.
#[derive(Debug)]
struct Column<'a> {
    /// The heading, which several columns may share.
    at: Address,
    /// A cell of this column alone.
    own: Address,
    name: Option<Found<'a>>,
    mark: Option<MemberMark>,
}

/// A criterion.
#[derive(Debug)]
struct Row<'a> {
    label: Found<'a>,
    /// Its number, where that stands in a cell of its own.
    no: Option<Found<'a>>,
}

/// What stands in a cell of a score table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    Cell(ScoreCell),
    /// A dash, or a word, which may stand for any of four states.
    Open(&'static str),
    /// No score.
    Unknown,
}

/// A longer text is no score. Bytes.
const LONGEST: usize = 200;

/// Words for a cell without a score, folded.
const STATES: [(&str, ScoreCell); 46] = [
    ("notapplicable", ScoreCell::NotApplicable),
    ("n.a.", ScoreCell::NotApplicable),
    ("recused", ScoreCell::Recused),
    ("abstained", ScoreCell::Recused),
    ("conflictofinterest", ScoreCell::Recused),
    ("absent", ScoreCell::Absent),
    ("ご欠席", ScoreCell::Absent),
    ("blank", ScoreCell::Blank),
    ("該当なし", ScoreCell::NotApplicable),
    ("該当無し", ScoreCell::NotApplicable),
    ("対象外", ScoreCell::NotApplicable),
    ("n/a", ScoreCell::NotApplicable),
    ("na", ScoreCell::NotApplicable),
    ("除斥", ScoreCell::Recused),
    ("利害関係", ScoreCell::Recused),
    ("利害関係による除斥", ScoreCell::Recused),
    ("利害関係者", ScoreCell::Recused),
    ("評価対象外(利害関係)", ScoreCell::Recused),
    ("回避", ScoreCell::Recused),
    ("欠席", ScoreCell::Absent),
    ("欠", ScoreCell::Absent),
    ("不在", ScoreCell::Absent),
    ("未記入", ScoreCell::Blank),
    ("未評価", ScoreCell::Blank),
    ("未提出", ScoreCell::Blank),
    ("提出なし", ScoreCell::Blank),
    ("回答なし", ScoreCell::Blank),
    ("無回答", ScoreCell::Blank),
    ("空欄", ScoreCell::Blank),
    ("記載なし", ScoreCell::Blank),
    ("記入なし", ScoreCell::Blank),
    ("評価対象外", ScoreCell::NotApplicable),
    ("非該当", ScoreCell::NotApplicable),
    ("該当せず", ScoreCell::NotApplicable),
    ("利害関係あり", ScoreCell::Recused),
    ("利害関係有", ScoreCell::Recused),
    ("利害関係有り", ScoreCell::Recused),
    ("利害関係のため", ScoreCell::Recused),
    ("利害関係のため除斥", ScoreCell::Recused),
    ("利害関係により除斥", ScoreCell::Recused),
    ("利害関係のため評価せず", ScoreCell::Recused),
    ("利益相反", ScoreCell::Recused),
    ("利益相反のため", ScoreCell::Recused),
    ("coi", ScoreCell::Recused),
    ("忌避", ScoreCell::Recused),
    ("欠席のため", ScoreCell::Absent),
];

/// Words for a cell without a score that leave open why there is none, folded.
const OPEN: [&str; 12] = [
    "棄権",
    "辞退",
    "評価せず",
    "評価なし",
    "評価不能",
    "評価不可",
    "判断不能",
    "判定不能",
    "保留",
    "途中退席",
    "退席",
    "/",
];

/// Headings of columns that hold numbers which no member gave, folded.
const NO_MEMBERS: [&str; 20] = [
    "配点",
    "満点",
    "順位",
    "前回",
    "今回",
    "前回評点",
    "今回評点",
    "前回評価",
    "今回評価",
    "差",
    "増減",
    "重み",
    "ウェイト",
    "係数",
    "最高",
    "最低",
    "最高点",
    "最低点",
    "中央値",
    "標準偏差",
];

fn given(found: &Found<'_>, labels: &[(String, i16)]) -> Given {
    if found.text.len() > LONGEST {
        return Given::Unknown;
    }
    let folded = normal::key(&found.text);
    if found.head.form == Form::Dash {
        return Given::Open("-");
    }
    // ① alone is a score where scores are given so; within a text it numbers something.
    if found.text.trim().chars().count() > 1
        && found.text.chars().any(|c| is_circled(c) || matches!(c, '²' | '³'))
    {
        return Given::Unknown;
    }
    let folded = folded.trim_matches(['(', ')']);
    if let Some(word) = OPEN.into_iter().find(|word| *word == folded) {
        return Given::Open(word);
    }
    if let Some((_, state)) = STATES.iter().find(|(word, _)| *word == folded) {
        return Given::Cell(*state);
    }
    if let Some((_, value)) = labels.iter().find(|(label, _)| label == folded) {
        return Given::Cell(ScoreCell::Score(*value));
    }
    // 3(良) is the score and what it is called.
    let digits = folded.split_once('(').map_or(folded, |(digits, _)| digits).trim_end_matches('点');
    let number = Decimal::from_str_exact(digits).ok().map(|d| d.normalize()).filter(|d| d.scale() == 0);
    match number.and_then(|d| i16::try_from(d).ok()).filter(|value| (-99..=100).contains(value)) {
        Some(value) => Given::Cell(ScoreCell::Score(value)),
        None => Given::Unknown,
    }
}

/// Whether a text says why there is no score, and nothing else.
pub(super) fn is_state(text: &str) -> bool {
    text.len() <= LONGEST && {
        let folded = normal::key(text);
        STATES.iter().any(|(word, _)| *word == folded)
    }
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '❶'..='❿' | '⓪')
}

/// Whether a cell under a member's own heading may be a score; circled numbers are scores only there, and count the
/// members themselves elsewhere.
fn is_given(found: &Found<'_>) -> bool {
    is_score_like(found) || matches!(given(found, &[]), Given::Cell(ScoreCell::Score(_)))
}

/// Whether a cell may be a score: a small whole number, a state, a letter of a scale.
fn is_score_like(found: &Found<'_>) -> bool {
    if found.text.contains(is_circled) {
        return false;
    }
    matches!(given(found, &[]), Given::Cell(_) | Given::Open(_))
        || (found.text.len() < 8
            && normal::key(&found.text).chars().count() == 1
            && normal::key(&found.text).chars().all(|c| c.is_ascii_lowercase()))
}

fn is_mean_like(found: &Found<'_>) -> bool {
    found.head.form == Form::Dash || mean(&found.text).is_some()
}

fn mean(text: &str) -> Option<Decimal> {
    if text.len() > LONGEST {
        return None;
    }
    Decimal::from_str_exact(normal::key(text).trim_end_matches('点')).ok()
}

/// Reads a frame as scores.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    let criterion = frame.column(Concept::Criterion).or_else(|| beside_members(frame)).or_else(|| {
        // Without the word, the caption must speak of scores, and the labels be numbered.
        let first = (0..frame.columns.len()).find(|i| frame.share(*i, is_label) >= Some(80))?;
        let numbered = frame.share(first, |f| normal::numbered(&f.text).is_some()) >= Some(60);
        let members = frame.columns.iter().filter(|c| c.head.member.is_some()).count() >= 2;
        ((around.announces(TableKind::Scores) || members) && numbered).then_some(first)
    })?;
    // Members where the criteria should be: the table lies the other way.
    if frame.share(criterion, |f| f.head.member.is_some()).is_some_and(|share| share >= 50) {
        return None;
    }
    long(frame, criterion).or_else(|| across(frame, around, criterion))
}

/// Whether a cell may name a criterion without a heading that says so: ① alone counts members.
fn is_label(found: &Found<'_>) -> bool {
    found.head.form == Form::Words && !found.text.trim().chars().all(is_circled)
}

/// The column of the criteria where the corner speaks of the members beside it, in a table that is turned.
fn beside_members(frame: &Frame<'_>) -> Option<usize> {
    let column = frame.columns.first()?;
    let heading = column
        .texts
        .last()
        .filter(|f| f.head.is_any(&[Concept::Member, Concept::Members]) && f.head.member.is_none())?;
    let turned = frame.cells(0).any(|f| f.at.row == heading.at.row && f.at.column > heading.at.column);
    (turned && frame.share(0, is_label) >= Some(80)).then_some(0)
}

/// Whether a heading is one that no member bears: a decimal, or the numbered label of a criterion.
fn is_no_name(found: &Found<'_>) -> bool {
    let folded = normal::key(&found.text);
    let decimal = Decimal::from_str_exact(&folded).is_ok_and(|d| d.scale() > 0);
    let numbered = normal::numbered(&found.text).is_some_and(|n| !n.rest.is_empty()) && folded.contains('.');
    found.head.member.is_none() && (decimal || numbered)
}

/// Whether bare numbers head the steps of a scale and the columns hold how often each was given: 3 | 2 | 1 | 0.
fn is_scale(numbers: &[i16]) -> bool {
    numbers.len() >= 2 && (numbers.contains(&0) || numbers.windows(2).all(|pair| pair[0] > pair[1]))
}

/// Members across.
fn across<'a>(frame: &Frame<'a>, around: &Around<'_>, criterion: usize) -> Option<Reading<'a>> {
    let no = (0..criterion).find(|index| {
        frame.columns[*index].head.is(Concept::No)
            || frame.share(*index, |f| f.head.form == Form::Number && f.text.trim().chars().count() <= 2)
                >= Some(80)
    });
    let others: Vec<usize> = (0..frame.columns.len()).filter(|i| *i != criterion && Some(*i) != no).collect();
    let is_mean = |index: &usize| {
        let column = &frame.columns[*index];
        let head = &column.head;
        // 評点 above the members' own headings is not the heading of a mean.
        let last_is_mean = column.texts.last().is_some_and(|f| f.head.is(Concept::Mean));
        head.is(Concept::Mean)
            && last_is_mean
            && head.member.is_none()
            && !head.is(Concept::Members)
            && frame.share(*index, is_mean_like) >= Some(80)
    };
    let means: Vec<usize> = others.iter().copied().filter(is_mean).collect();
    let mean_titles: Vec<Option<Address>> = means.iter().map(|index| frame.columns[*index].at()).collect();
    // 評点 that spans all members heads their scores.
    let spanning = means.len() > 1 && mean_titles.windows(2).all(|pair| pair[0] == pair[1]);
    let means: Vec<usize> = if spanning { Vec::new() } else { means };
    let bare = |index: usize| {
        let heading = frame.columns[index].texts.last().filter(|f| f.head.member.is_none())?;
        let circled = heading.text.chars().any(is_circled);
        (!circled).then(|| normal::key(&heading.text).trim_end_matches('点').parse::<i16>().ok()).flatten()
    };
    let scale = is_scale(&others.iter().filter_map(|index| bare(*index)).collect::<Vec<_>>());
    let members: Vec<usize> = others
        .iter()
        .copied()
        .filter(|index| !means.contains(index))
        .filter(|index| !(scale && bare(*index).is_some()))
        .filter(|index| {
            !frame.columns[*index].texts.last().is_some_and(|f| NO_MEMBERS.contains(&f.head.core.as_str()))
        })
        .filter(|index| {
            let head = &frame.columns[*index].head;
            let named =
                head.member.is_some() || head.is_any(&[Concept::Members, Concept::Member]) || spanning;
            let anonymous = (head.form == Form::Blank || head.concepts.is_empty()) && head.year.is_none();
            let enough = if named { 50 } else { 90 };
            let own = head.member.is_some() || head.is(Concept::Members) || spanning;
            let fits = if own { is_given } else { is_score_like };
            (named || anonymous) && frame.share(*index, fits) >= Some(enough)
        })
        .collect();
    if means.is_empty() && members.is_empty() {
        return None;
    }
    if members.iter().any(|index| frame.columns[*index].texts.last().is_some_and(is_no_name)) {
        return None;
    }
    // One column of numbers beside criteria is not yet a table of scores.
    let evident = around.announces(TableKind::Scores)
        || !means.is_empty()
        || members.iter().any(|i| {
            frame.columns[*i].head.member.is_some()
                || frame.columns[*i].head.is_any(&[Concept::Members, Concept::Score, Concept::Mean])
        });
    if !evident {
        return None;
    }
    let mut uses = Uses::of(frame);
    let mut scores = Scores { members: Vec::new(), rows: Vec::new(), means: Vec::new(), given: Vec::new() };
    for index in &members {
        let column = &frame.columns[*index];
        // A heading that spans several columns names none of them.
        let own = column.texts.iter().rev().find(|found| {
            let shared = members
                .iter()
                .any(|other| other != index && frame.columns[*other].texts.iter().any(|f| f.at == found.at));
            !shared && !found.head.is_any(&[Concept::Members, Concept::Mean])
        });
        let mark = own.map(|found| found.head.member.clone().unwrap_or_else(|| mark(&found.text)));
        let at = column.at().or_else(|| frame.cells(*index).next().map(|f| f.at))?;
        let first = frame.cells(*index).next().map_or(at, |found| found.at);
        let own_at = own.map_or(first, |found| found.at);
        scores.members.push(Column { at, own: own_at, name: own.cloned(), mark });
    }
    let headings = frame.headings();
    let numbered = frame.share(criterion, |f| normal::numbered(&f.text).is_some()) >= Some(50);
    for row in &frame.body {
        let Some(label) = row[criterion].as_ref().filter(|f| !headings.contains(&f.at)) else {
            refuse_row(row, &mut uses);
            continue;
        };
        // A heading of a group of criteria: alone in its row, and without a number where they have one.
        let alone = row.iter().flatten().all(|found| !found.own || found.at == label.at);
        if alone && no.is_none() && numbered && normal::numbered(&label.text).is_none() {
            uses.role(label.at, Role::Label);
            continue;
        }
        if label.head.is_any(&[Concept::Total, Concept::Subtotal])
            || (label.head.is(Concept::Mean) && !label.head.is(Concept::Criterion))
        {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(
                    found,
                    both!("委員ごとの計や平均の欄は持たないため", "A dossier has no sums or means by member"),
                );
            }
            continue;
        }
        // 備考 in a table that is turned is no criterion.
        if label.head.is(Concept::Supplement) && !label.head.is(Concept::Criterion) {
            for found in row.iter().flatten().filter(|f| f.own) {
                uses.refuse(
                    found,
                    both!("評点の表にこの列の欄はないため", "A score table has no place for this column"),
                );
            }
            continue;
        }
        let number = no.and_then(|index| row[index].clone());
        uses.role(label.at, Role::Label);
        if let Some(found) = &number {
            uses.role(found.at, Role::Label);
        }
        let place = scores.rows.len();
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|found| found.own) else { continue };
            if means.contains(&index) && !is_mean_like(found) {
                uses.refuse(found, both!("平均として読めないため", "It cannot be read as a mean"));
            } else if means.contains(&index) {
                uses.value(found);
                scores.means.push((place, found.clone()));
            } else if let Some(member) = members.iter().position(|m| *m == index) {
                if !is_given(found) {
                    uses.refuse(found, both!("評点として読めないため", "It cannot be read as a score"));
                    continue;
                }
                uses.value(found);
                scores.given.push((member, place, found.clone()));
            } else if index != criterion && Some(index) != no {
                uses.refuse(
                    found,
                    both!("評点の表にこの列の欄はないため", "A score table has no place for this column"),
                );
            }
        }
        scores.rows.push(Row { label: label.clone(), no: number });
    }
    (!scores.rows.is_empty()).then_some(Reading {
        kind: TableKind::Scores,
        content: Content::Scores(scores),
        uses,
    })
}

/// One score a row.
fn long<'a>(frame: &Frame<'a>, criterion: usize) -> Option<Reading<'a>> {
    let member = (0..frame.columns.len())
        .find(|i| {
            *i != criterion
                && frame.columns[*i].head.is(Concept::Member)
                && frame.share(*i, is_score_like) < Some(100)
        })
        .filter(|i| frame.columns.iter().enumerate().all(|(j, c)| j == *i || c.head.member.is_none()))?;
    let score = (0..frame.columns.len()).find(|i| {
        *i != criterion
            && *i != member
            && frame.columns[*i].head.is(Concept::Score)
            && frame.share(*i, is_given) >= Some(80)
    })?;
    let no = frame.column(Concept::No).filter(|i| ![criterion, member, score].contains(i));
    let mut uses = Uses::of(frame);
    let mut scores = Scores { members: Vec::new(), rows: Vec::new(), means: Vec::new(), given: Vec::new() };
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    let mut members: BTreeMap<String, usize> = BTreeMap::new();
    let mut carried: (Option<Found<'a>>, Option<Found<'a>>) = (None, None);
    for row in &frame.body {
        carried = (row[criterion].clone().or(carried.0), row[member].clone().or(carried.1));
        let ((Some(label), Some(who)), Some(found)) = (&carried, row[score].as_ref()) else {
            refuse_row(row, &mut uses);
            continue;
        };
        uses.role(label.at, Role::Label);
        uses.role(who.at, Role::Label);
        let number = no.and_then(|index| row[index].clone());
        if let Some(found) = &number {
            uses.role(found.at, Role::Label);
        }
        let place = *rows.entry(normal::key(&label.text)).or_insert_with(|| {
            scores.rows.push(Row { label: label.clone(), no: number });
            scores.rows.len() - 1
        });
        let whose = *members.entry(normal::key(&who.text)).or_insert_with(|| {
            let mark = who.head.member.clone().unwrap_or_else(|| mark(&who.text));
            scores.members.push(Column {
                at: who.at,
                own: who.at,
                name: Some(who.clone()),
                mark: Some(mark),
            });
            scores.members.len() - 1
        });
        uses.value(found);
        scores.given.push((whose, place, found.clone()));
        for (index, cell) in row.iter().enumerate() {
            if let Some(found) = cell.as_ref().filter(|f| f.own)
                && ![criterion, member, score].contains(&index)
                && Some(index) != no
            {
                uses.refuse(
                    found,
                    both!("評点の表にこの列の欄はないため", "A score table has no place for this column"),
                );
            }
        }
    }
    (!scores.rows.is_empty()).then_some(Reading {
        kind: TableKind::Scores,
        content: Content::Scores(scores),
        uses,
    })
}

fn refuse_row(row: &[Option<Found<'_>>], uses: &mut Uses) {
    for found in row.iter().flatten().filter(|f| f.own) {
        uses.refuse(
            found,
            both!("どの評価項目か分からないため", "It does not say which criterion it is about"),
        );
    }
}

/// A heading that names a member without saying so: ①, 3, 山田.
fn mark(text: &str) -> MemberMark {
    let folded = normal::key(text);
    match folded.parse::<usize>() {
        Ok(n) if (1..=99).contains(&n) => MemberMark::Number(n),
        _ => MemberMark::Named(text.trim().to_owned()),
    }
}

impl Scores<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.means.len() + self.given.len()
    }

    /// Writes the criteria that are new, the members that are new, the scores and the means.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let set = if writer.subject == Place::from("programme") { "programme" } else { "project" };
        let criteria = Place::from("criteria").child(set);
        let numbers = self.write_criteria(writer, &criteria.child("criteria"));
        let members = self.write_members(writer);
        let scale: crate::model::Scale = (writer.table.value(&criteria.child("scale")))
            .and_then(|value| serde_json::from_value(value.clone()).ok())
            .unwrap_or_default();
        let labels: Vec<(String, i16)> =
            scale.steps.iter().map(|s| (normal::key(&s.label), s.value)).collect();
        let evaluation = writer.subject.child("evaluation");
        let mut open: BTreeMap<&'static str, Option<String>> = BTreeMap::new();
        let mut circled = false;
        for (member, row, found) in &self.given {
            let Some(Some(id)) = members.get(*member) else {
                writer.waiting(found);
                continue;
            };
            let place = evaluation.child("scores").child(id.as_str()).child(numbers[*row].to_string());
            let cell = match given(found, &labels) {
                Given::Cell(cell) => cell,
                Given::Open(word) => {
                    let answer =
                        open.entry(word).or_insert_with(|| self.ask_open(writer, word, found, &labels));
                    match answer.as_deref() {
                        Some("not_applicable") => ScoreCell::NotApplicable,
                        Some("recused") => ScoreCell::Recused,
                        Some("absent") => ScoreCell::Absent,
                        Some(_) => ScoreCell::Blank,
                        None => {
                            writer.waiting(found);
                            continue;
                        }
                    }
                }
                Given::Unknown => {
                    let source = writer.table.source(found.at);
                    let why = both!("評点として読めないため", "It cannot be read as a score");
                    writer.table.draft().leftover(source, found.text.as_ref(), why);
                    continue;
                }
            };
            if cell == ScoreCell::Blank {
                // An empty cell is one that is not there.
                writer.role(found.at, Role::Note);
                continue;
            }
            if let (Some(value), Some((low, high))) = (cell.score(), scale.range())
                && !(low..=high).contains(&value)
            {
                let source = writer.table.source(found.at);
                let why = both!(
                    "{value} は評点の尺度 {low}～{high} にありません",
                    "{value} is not on the scale of the scores, {low} to {high}"
                );
                writer.table.draft().leftover(source, found.text.as_ref(), why);
                continue;
            }
            if found.text.contains(is_circled) && !std::mem::replace(&mut circled, true) {
                writer.remark(
                    found.at,
                    both!("丸数字を評点として読みました", "Circled numbers were read as scores"),
                );
            }
            if cell.score().is_some() && found.text.trim_start().find(['(', '（']).is_some_and(|at| at > 0) {
                writer.remark(
                    found.at,
                    both!(
                        "括弧書きは評点に含めていません",
                        "What stands in brackets is no part of the score"
                    ),
                );
            }
            writer.set(place, &cell, found, shown(cell));
        }
        self.write_means(writer, &evaluation.child("printed_means"), &numbers);
        writer.note_without_place();
    }

    fn ask_open(
        &self,
        writer: &mut Writer<'_, '_>,
        word: &'static str,
        found: &Found<'_>,
        labels: &[(String, i16)],
    ) -> Option<String> {
        let waiting = self.given.iter().filter(|(.., f)| given(f, labels) == Given::Open(word)).count();
        let text = if word == "-" {
            both!("評点の欄の横線は何を表しますか。", "What does a dash in place of a score stand for?")
        } else {
            both!(
                "評点の欄の「{word}」は何を表しますか。",
                "What does “{word}” in place of a score stand for?"
            )
        };
        let choices = vec![
            Choice::new("blank", both!("未記入（空欄）", "Not given (blank)")),
            Choice::new("not_applicable", both!("該当なし", "Not applicable")),
            Choice::new("recused", both!("利害関係による除斥", "Recused")),
            Choice::new("absent", both!("欠席", "Absent")),
        ];
        writer.ask("dash", found.at, text, choices, waiting)
    }

    /// The numbers of the criteria, new ones added.
    fn write_criteria(&self, writer: &mut Writer<'_, '_>, list: &Place) -> Vec<u8> {
        let number = |value: &serde_json::Value| {
            value.get("no").and_then(serde_json::Value::as_u64).and_then(|n| u8::try_from(n).ok())
        };
        let mut numbers: Vec<u8> = Vec::new();
        for row in &self.rows {
            let text = row.label.text.trim();
            let numbered = normal::numbered(text);
            let said = (row
                .no
                .as_ref()
                .and_then(|f| normal::key(&f.text).trim_matches(['.', '(', ')']).parse::<u8>().ok()))
            .or_else(|| numbered.as_ref().and_then(|n| n.no.parse().ok()));
            let label = numbered.as_ref().map_or(text, |n| if n.rest.is_empty() { text } else { n.rest });
            let known = writer.table.rows(list);
            let by_label = known
                .iter()
                .find(|row| row.get("label").and_then(|l| l.as_str()).is_some_and(|l| same_label(l, label)));
            let by_number = known.iter().find(|row| said.is_some() && number(row) == said);
            let found = by_label.or(by_number).and_then(|row| {
                Some((number(row)?, row.get("label").and_then(|l| l.as_str()).unwrap_or_default().to_owned()))
            });
            let next = known
                .iter()
                .filter_map(number)
                .chain(numbers.iter().copied())
                .max()
                .unwrap_or(0)
                .saturating_add(1);
            if let Some((no, known_label)) = found {
                if known_label.is_empty() {
                    let place = list.child(no.to_string()).child("label");
                    writer.set(place, &label, &row.label, label);
                } else if !same_label(&known_label, label) {
                    writer.remark(
                        row.label.at,
                        both!(
                            "番号 {no} により「{known_label}」の行としました",
                            "Taken for “{known_label}” by its number {no}"
                        ),
                    );
                }
                numbers.push(no);
            } else {
                let no = said.filter(|no| *no > 0).unwrap_or(next);
                let place = writer.table.row_of_id(list, &no.to_string());
                writer.set(place.child("label"), &label, &row.label, label);
                if label != text || row.no.is_none() {
                    writer.set(place.child("printed"), &text, &row.label, text);
                }
                writer.set(place.child("scored"), &true, &row.label, "評点あり");
                numbers.push(no);
            }
        }
        numbers
    }

    /// The members' ids, in the order of the columns; none for one that has to be asked for.
    fn write_members(&self, writer: &mut Writer<'_, '_>) -> Vec<Option<String>> {
        let list = Place::from("members");
        let panel_place = writer.subject.child("evaluation").child("panel");
        let panel: Vec<String> = writer
            .table
            .value(&panel_place)
            .and_then(|v| serde_json::from_value(v.clone()).ok())
            .unwrap_or_default();
        let known: Vec<(String, String)> = writer
            .table
            .rows(&list)
            .iter()
            .filter_map(|row| {
                let text =
                    |field: &str| row.get(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
                Some((row.get("id")?.as_str()?.to_owned(), text("name")))
            })
            .collect();
        let mut ids = vec![None; self.members.len()];
        for (index, column) in self.members.iter().enumerate() {
            if let Some(mark) = &column.mark {
                ids[index] = matching(mark, &known).filter(|id| !ids.contains(&Some(id.clone())));
            }
        }
        if ids.iter().any(Option::is_none) {
            self.place_members(writer, &panel, &known, &mut ids);
        }
        // The panel is who scored; it grows, and is never made smaller by a table that leaves somebody out.
        let mut whole = panel.clone();
        for id in ids.iter().flatten() {
            if !whole.contains(id) {
                whole.push(id.clone());
            }
        }
        if let Some(first) = self.members.first().filter(|_| ids.iter().all(Option::is_some)) {
            let printed = first.name.as_ref().map(|f| f.text.to_string()).unwrap_or_default();
            writer.set_grown(panel_place, &whole, first.at, printed, whole.join("、"));
        }
        ids
    }

    /// Finds the members of the columns whose headings match nobody.
    fn place_members(
        &self,
        writer: &mut Writer<'_, '_>,
        panel: &[String],
        known: &[(String, String)],
        ids: &mut [Option<String>],
    ) {
        let list = Place::from("members");
        if known.is_empty() {
            for (index, column) in self.members.iter().enumerate() {
                let n = match column.mark {
                    Some(MemberMark::Number(n))
                        if !self.members[..index].iter().any(|c| c.mark == Some(MemberMark::Number(n))) =>
                    {
                        n
                    }
                    _ => index + 1,
                };
                ids[index] = Some(new_member(writer, &list, column, &format!("M{n}"), n));
            }
            return;
        }
        let order: Vec<&str> = if panel.is_empty() {
            known.iter().map(|(id, _)| id.as_str()).collect()
        } else {
            panel.iter().map(String::as_str).collect()
        };
        let stand_in =
            |id: &str| known.iter().find(|(k, _)| k == id).is_none_or(|(_, name)| is_stand_in(name));
        let unnamed = |index: usize| !matches!(self.members[index].mark, Some(MemberMark::Named(_)));
        let fits = order.len() == self.members.len()
            && (0..self.members.len()).all(|i| {
                ids[i].is_some()
                    || (!ids.contains(&Some(order[i].to_owned())) && (unnamed(i) || stand_in(order[i])))
            });
        if fits {
            for index in 0..self.members.len() {
                if ids[index].is_none() {
                    ids[index] = Some(order[index].to_owned());
                    let name = known
                        .iter()
                        .find(|(id, _)| id == order[index])
                        .map_or(order[index], |(_, name)| name.as_str());
                    writer.remark(
                        self.members[index].own,
                        both!(
                            "列の順により「{name}」の評点としました",
                            "Taken for the scores of “{name}” by the order of the columns"
                        ),
                    );
                }
            }
            return;
        }
        for index in 0..self.members.len() {
            if ids[index].is_some() {
                continue;
            }
            let column = &self.members[index];
            let free: Vec<&(String, String)> =
                known.iter().filter(|(id, _)| !ids.contains(&Some(id.clone()))).collect();
            let mut choices: Vec<Choice> = free
                .iter()
                .map(|(id, name)| {
                    let name = if name.is_empty() { id } else { name };
                    Choice::new(id.clone(), both!("{name}", "{name}"))
                })
                .collect();
            choices.push(Choice::new("new", both!("新しい委員", "A new member")));
            let waiting = self.given.iter().filter(|(member, ..)| *member == index).count();
            let text = both!("この列はどの委員の評点ですか。", "Whose scores stand in this column?");
            match writer.ask("member", column.own, text, choices, waiting) {
                Some(answer) if answer == "new" => {
                    let n = (known.len() + 1..=2 * known.len() + ids.len() + 1)
                        .find(|n| {
                            let id = format!("M{n}");
                            !known.iter().any(|(k, _)| *k == id) && !ids.contains(&Some(id))
                        })
                        .unwrap_or(known.len() + 1);
                    ids[index] = Some(new_member(writer, &list, column, &format!("M{n}"), n));
                }
                answer => ids[index] = answer,
            }
        }
    }

    /// Means as printed. Number cells have lost their closing zeros; they print as the column does, to one decimal at
    /// least.
    fn write_means(&self, writer: &mut Writer<'_, '_>, place: &Place, numbers: &[u8]) {
        for (row, found) in &self.means {
            let Some(value) = mean(&found.text) else {
                writer.role(found.at, Role::Note);
                continue;
            };
            let place = place.child(numbers[*row].to_string());
            let is_number = matches!(found.value, Value::Number(_));
            let mut printed = normal::key(&found.text).trim_end_matches('点').to_owned();
            if is_number {
                let rounded = if value.scale() > 2 {
                    writer.remark(
                        found.at,
                        both!("小数第1位に四捨五入しました", "Rounded half up to one decimal"),
                    );
                    value.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
                } else {
                    value
                };
                let mut padded = rounded;
                padded.rescale(rounded.scale().max(1));
                printed = padded.to_string();
            }
            let known =
                writer.text(&place).filter(|known| mean(known) == mean(&printed)).map(ToOwned::to_owned);
            let printed = known.unwrap_or(printed);
            writer.set(place, &printed, found, printed.clone());
        }
    }
}

fn shown(cell: ScoreCell) -> String {
    match cell {
        ScoreCell::Score(value) => value.to_string(),
        ScoreCell::NotApplicable => "該当なし".into(),
        ScoreCell::Recused => "除斥".into(),
        ScoreCell::Absent => "欠席".into(),
        ScoreCell::Blank => String::new(),
    }
}

/// Whether a name stands in for one that is not told.
fn is_stand_in(name: &str) -> bool {
    name.is_empty() || matches!(super::head::Head::read(name).member, Some(MemberMark::Number(_)))
}

/// The member that a heading names.
pub(super) fn matching(mark: &MemberMark, known: &[(String, String)]) -> Option<String> {
    let plain = |name: &str| {
        let folded = normal::key(name);
        ["評価委員", "委員", "先生", "氏", "様", "座長", "教授"]
            .iter()
            .fold(folded, |name, word| name.trim_end_matches(word).trim_start_matches(word).to_owned())
            .trim_matches(['(', ')'])
            .to_owned()
    };
    match mark {
        MemberMark::Number(n) => known
            .iter()
            .find(|(id, name)| {
                super::head::Head::read(name).member == Some(MemberMark::Number(*n))
                    || normal::key(id) == format!("m{n}")
            })
            .map(|(id, _)| id.clone()),
        MemberMark::Named(found) => {
            let wanted = plain(found);
            if wanted.is_empty() {
                return None;
            }
            let whole: Vec<_> = known.iter().filter(|(_, name)| plain(name) == wanted).collect();
            if let [only] = whole[..] {
                return Some(only.0.clone());
            }
            // A family name alone, where only one member has it.
            let family: Vec<_> = known
                .iter()
                .filter(|(_, name)| wanted.chars().count() >= 2 && plain(name).starts_with(&wanted))
                .collect();
            match family[..] {
                [only] => Some(only.0.clone()),
                _ => None,
            }
        }
    }
}

fn new_member(writer: &mut Writer<'_, '_>, list: &Place, column: &Column<'_>, id: &str, n: usize) -> String {
    let row = writer.table.row_of_id(list, id);
    let name = match &column.mark {
        Some(MemberMark::Named(name)) => name.clone(),
        _ => format!("委員{n}"),
    };
    let printed = column.name.as_ref().map(|f| f.text.to_string()).unwrap_or_default();
    writer.set_at(row.child("name"), &name, column.at, printed, name.clone());
    id.to_owned()
}
