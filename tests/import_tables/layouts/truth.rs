//! What the tables say, before anyone lays them out: and whether a dossier says the same.

use hyoka::model::{
    AmountKind, CriterionNo, Dossier, Figure, FiscalYear, Indicator, Quantity, ScoreCell, Subject,
    TargetKind, Unit,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rust_decimal::Decimal;

pub const ITEMS: [&str; 5] = [
    "チップ等デバイスの製造に関する研究",
    "培養モデルの設計",
    "細胞の安定的な製造に関する研究開発",
    "検証と基準作成",
    "iPS 細胞由来肝細胞の評価",
];
pub const INDICATORS: [&str; 4] = [
    "要素技術の確立数",
    "製薬企業内でのマッチング研究の実施件数",
    "本技術を活用した臨床研究件数",
    "開発品を導入した企業の割合",
];
pub const CRITERIA: [&str; 4] =
    ["当省が実施することの必要性", "研究開発内容及び事業アウトプット", "費用対効果", "総合評価"];
pub const COUNTS: [&str; 4] = ["論文数", "国内特許出願", "国外特許出願", "PCT出願"];

/// What the tables say of project A.
#[derive(Debug, Clone)]
pub struct Truth {
    pub first_year: i16,
    /// By item and year, in tenths of a million yen; none is a dash.
    pub funding: Vec<Vec<Option<i64>>>,
    /// 委託 or nothing.
    pub kind: bool,
    /// In tenths of a hundred million yen.
    pub contract: Vec<Option<i64>>,
    pub executed: Vec<Option<i64>>,
    pub outputs: Vec<Measured>,
    pub outcomes: Vec<Measured>,
    pub counts: Vec<u32>,
    /// By criterion and member.
    pub scores: Vec<Vec<ScoreCell>>,
}

/// An indicator with targets of different kinds and years.
#[derive(Debug, Clone)]
pub struct Measured {
    pub name: &'static str,
    pub unit: &'static str,
    /// Kind, years after the first one, target, actual.
    pub goals: Vec<(TargetKind, i16, u32, Option<u32>)>,
}

impl Truth {
    pub fn years(&self) -> Vec<i16> {
        let count = i16::try_from(self.contract.len()).unwrap();
        (self.first_year..self.first_year + count).collect()
    }

    /// An item's amount in million yen.
    pub fn amount(tenths: i64) -> Decimal {
        Decimal::new(tenths, 1)
    }

    pub fn row_total(&self, item: usize) -> Decimal {
        Self::amount(self.funding[item].iter().flatten().sum())
    }

    pub fn column_total(&self, year: usize) -> Decimal {
        Self::amount(self.funding.iter().filter_map(|row| row[year]).sum())
    }

    pub fn grand_total(&self) -> Decimal {
        Self::amount(self.funding.iter().flatten().flatten().sum())
    }

    /// The mean of a criterion as it is printed.
    pub fn mean(&self, criterion: usize) -> Option<String> {
        let given: Vec<Option<i16>> = self.scores[criterion].iter().map(|cell| cell.score()).collect();
        hyoka::stats::summarise(&given).mean
    }
}

fn measured(first: usize) -> impl Strategy<Value = Vec<Measured>> {
    let goals = (
        1_u32..60,
        option::of(0_u32..60),
        1_u32..90,
        option::of(0_u32..90),
        0_i16..3,
        1_i16..4,
        any::<bool>(),
    );
    vec(goals, 1..3).prop_map(move |rows| {
        rows.into_iter()
            .enumerate()
            .map(|(index, (a, done_a, b, done_b, early, later, kinds))| {
                let (interim, last) = if kinds {
                    (TargetKind::Interim, TargetKind::Final)
                } else {
                    (TargetKind::Unstated, TargetKind::Unstated)
                };
                Measured {
                    name: INDICATORS[first + index],
                    unit: if first + index == 3 { "社" } else { "件" },
                    goals: vec![(interim, early, a, done_a), (last, early + later, b, done_b)],
                }
            })
            .collect()
    })
}

fn score() -> impl Strategy<Value = ScoreCell> {
    prop_oneof![
        12 => (0_i16..=3).prop_map(ScoreCell::Score),
        1 => Just(ScoreCell::Absent),
        1 => Just(ScoreCell::Recused),
        1 => Just(ScoreCell::NotApplicable),
    ]
}

pub fn truth() -> impl Strategy<Value = Truth> {
    (2_usize..6, 2_usize..=5, 2_usize..6, 2014_i16..2022).prop_flat_map(
        |(years, items, members, first_year)| {
            let amount =
                prop_oneof![8 => (0_i64..90_000).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)];
            let tenths = prop_oneof![8 => (0_i64..3_000).prop_map(Some), 1 => Just(None)];
            (
                (
                    vec(vec(amount, years), items),
                    any::<bool>(),
                    vec(tenths.clone(), years),
                    vec(tenths, years),
                ),
                (
                    measured(0),
                    measured(2),
                    vec(0_u32..900, COUNTS.len()),
                    vec(vec(score(), members), CRITERIA.len()),
                ),
            )
                .prop_map(
                    move |(
                        (mut funding, kind, mut contract, mut executed),
                        (outputs, outcomes, counts, scores),
                    )| {
                        // A table of dashes alone is none.
                        funding[0][0] = funding[0][0].or(Some(2970));
                        contract[0] = contract[0].or(Some(75));
                        executed[0] = executed[0].or(Some(71));
                        Truth {
                            first_year,
                            funding,
                            kind,
                            contract,
                            executed,
                            outputs,
                            outcomes,
                            counts,
                            scores,
                        }
                    },
                )
        },
    )
}

/// Which tables were drawn; what was not drawn is not expected.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one part whether it is drawn")]
pub struct Drawn {
    pub funding: bool,
    pub row_totals: bool,
    pub column_totals: bool,
    pub kinds: bool,
    pub planned: bool,
    pub contract: bool,
    pub executed: bool,
    pub outputs: bool,
    pub outcomes: bool,
    pub counts: bool,
    pub span: bool,
    pub scores: bool,
    pub means: bool,
    pub note: Option<String>,
}

fn yen(quantity: &Quantity) -> Option<Decimal> {
    quantity.value_in(&Unit::Yen).map(|value| value.normalize())
}

fn expect(what: &str, quantity: Option<&Quantity>, value: Option<Decimal>) -> Result<(), TestCaseError> {
    let quantity = quantity.ok_or_else(|| TestCaseError::fail(format!("{what} is missing")))?;
    if let Some(value) = value {
        prop_assert_eq!(yen(quantity), Some(value.normalize()), "{} {:?}", what, quantity);
    } else {
        prop_assert_eq!(&quantity.figure, &Figure::Dash, "{}", what);
    }
    prop_assert!(
        quantity.source.as_ref().is_some_and(|source| !source.cell.is_empty()),
        "{} has no source",
        what
    );
    Ok(())
}

/// Asserts that the dossier says what was drawn, and nothing else.
pub fn check(truth: &Truth, drawn: &Drawn, dossier: &Dossier) -> Result<(), TestCaseError> {
    prop_assert_eq!(dossier.projects.len(), 1);
    let project = &dossier.projects[0];
    prop_assert_eq!(project.id.as_str(), "A");
    if drawn.funding {
        check_funding(truth, drawn, project)?;
    }
    let million = Decimal::from(1_000_000);
    let hundred = Decimal::from(100_000_000);
    for (is_drawn, kind, amounts) in [
        (drawn.contract, AmountKind::Contract, &truth.contract),
        (drawn.executed, AmountKind::Executed, &truth.executed),
    ] {
        let series: Vec<_> = project.amounts.iter().filter(|series| series.kind == kind).collect();
        prop_assert_eq!(series.len(), usize::from(is_drawn), "{:?} {:?}", kind, project.amounts);
        for series in series {
            prop_assert_eq!(series.years.len(), amounts.len(), "{:?}", series);
            for (year, amount) in truth.years().iter().zip(amounts) {
                let value = amount.map(|tenths| Truth::amount(tenths) * hundred);
                expect(&format!("{kind:?} {year}"), series.years.get(&FiscalYear::new(*year)), value)?;
            }
            let sum = Truth::amount(amounts.iter().flatten().sum()) * hundred;
            for total in &series.totals {
                expect(&total.label, Some(&total.amount), Some(sum))?;
            }
        }
    }
    let _ = million;
    check_indicators(drawn.outputs, truth, &truth.outputs, &project.outputs)?;
    check_indicators(drawn.outcomes, truth, &truth.outcomes, &project.outcomes)?;
    prop_assert_eq!(project.other_indicators.len(), if drawn.counts { COUNTS.len() } else { 0 });
    if drawn.counts {
        for (name, count) in COUNTS.iter().zip(&truth.counts) {
            let found = project.other_indicators.iter().find(|other| other.name == *name);
            let found = found.ok_or_else(|| TestCaseError::fail(format!("{name} is missing")))?;
            prop_assert_eq!(found.amount.value(), Some(Decimal::from(*count)), "{}", name);
            if drawn.span {
                let years = truth.years();
                prop_assert_eq!(
                    (found.from, found.to),
                    (Some(FiscalYear::new(years[0])), Some(FiscalYear::new(years[years.len() - 1])))
                );
            }
        }
    }
    if drawn.scores {
        check_scores(truth, drawn, dossier, project)?;
    }
    Ok(())
}

fn check_funding(truth: &Truth, drawn: &Drawn, project: &Subject) -> Result<(), TestCaseError> {
    let million = Decimal::from(1_000_000);
    let funding = &project.funding;
    prop_assert_eq!(
        funding.items.len(),
        truth.funding.len(),
        "{:?}",
        funding.items.iter().map(|i| &i.label).collect::<Vec<_>>()
    );
    let years = truth.years();
    let columns: Vec<i16> = funding.years.iter().map(|column| column.year.start_year()).collect();
    prop_assert_eq!(&columns, &years);
    for (index, row) in truth.funding.iter().enumerate() {
        let item = funding.items.iter().find(|item| item.label.contains(ITEMS[index]));
        let item = item.ok_or_else(|| TestCaseError::fail(format!("{} is missing", ITEMS[index])))?;
        prop_assert_eq!(item.amounts.len(), years.len());
        for (year, amount) in years.iter().zip(row) {
            let cell = item.amounts.get(&FiscalYear::new(*year));
            let value = amount.map(|tenths| Truth::amount(tenths) * million);
            expect(&format!("{} {year}", ITEMS[index]), cell.map(|cell| &cell.amount), value)?;
            let kind = if drawn.kinds && truth.kind && amount.is_some() { "委託" } else { "" };
            prop_assert_eq!(cell.map(|cell| cell.kind.as_str()), Some(kind));
        }
        if drawn.row_totals {
            expect("row total", Some(&item.total.amount), Some(truth.row_total(index) * million))?;
        } else {
            prop_assert!(item.total.amount.is_blank());
        }
    }
    prop_assert_eq!(funding.column_totals.len(), if drawn.column_totals { years.len() } else { 0 });
    if drawn.column_totals {
        for (index, year) in years.iter().enumerate() {
            let cell = funding.column_totals.get(&FiscalYear::new(*year)).map(|cell| &cell.amount);
            expect("column total", cell, Some(truth.column_total(index) * million))?;
        }
    }
    if drawn.row_totals && drawn.column_totals {
        expect("grand total", Some(&funding.grand_total.amount), Some(truth.grand_total() * million))?;
    }
    prop_assert_eq!(funding.note.as_str(), drawn.note.as_deref().unwrap_or_default());
    Ok(())
}

fn check_indicators(
    drawn: bool,
    truth: &Truth,
    expected: &[Measured],
    found: &[Indicator],
) -> Result<(), TestCaseError> {
    let names: Vec<_> = found.iter().map(|indicator| indicator.name.as_str()).collect();
    if !drawn {
        prop_assert!(names.is_empty(), "{:?}", names);
        return Ok(());
    }
    prop_assert_eq!(names.len(), expected.len(), "{:?}", names);
    for measured in expected {
        let indicator = found.iter().find(|indicator| indicator.name == measured.name);
        let indicator = indicator
            .ok_or_else(|| TestCaseError::fail(format!("{} is missing: {names:?}", measured.name)))?;
        prop_assert_eq!(indicator.unit.as_str(), measured.unit, "{:?}", indicator);
        prop_assert_eq!(indicator.statements.len(), measured.goals.len(), "{:?}", indicator.statements);
        for (kind, after, target, actual) in &measured.goals {
            let year = FiscalYear::new(truth.first_year + after);
            let statement =
                indicator.statements.iter().find(|s| s.target.year == Some(year) && s.target.kind == *kind);
            let statement = statement.ok_or_else(|| {
                TestCaseError::fail(format!(
                    "{} {kind:?} {year} is missing: {:?}",
                    measured.name, indicator.statements
                ))
            })?;
            prop_assert_eq!(statement.target.amount.value(), Some(Decimal::from(*target)), "{:?}", statement);
            prop_assert_eq!(statement.target.amount.unit.as_str(), measured.unit);
            match actual {
                Some(actual) => prop_assert_eq!(
                    statement.actual.amount.value(),
                    Some(Decimal::from(*actual)),
                    "{:?}",
                    statement
                ),
                None => prop_assert!(statement.actual.amount.value().is_none(), "{:?}", statement),
            }
        }
    }
    Ok(())
}

fn check_scores(
    truth: &Truth,
    drawn: &Drawn,
    dossier: &Dossier,
    project: &Subject,
) -> Result<(), TestCaseError> {
    let evaluation = &project.evaluation;
    let members = truth.scores[0].len();
    prop_assert_eq!(evaluation.panel.len(), members);
    prop_assert_eq!(dossier.members.len(), members);
    prop_assert_eq!(
        dossier.criteria.project.criteria.len(),
        CRITERIA.len(),
        "{:?}",
        dossier.criteria.project.criteria
    );
    for (index, label) in CRITERIA.iter().enumerate() {
        let no = CriterionNo(u8::try_from(index + 1).unwrap());
        let criterion = dossier.criteria.project.get(no);
        prop_assert_eq!(criterion.map(|criterion| criterion.label.as_str()), Some(*label));
        for (member, expected) in truth.scores[index].iter().enumerate() {
            // Whatever the columns' order, a member's number or name tells whose they are.
            let id = dossier.members.iter().find(|known| {
                known.name.contains(&super::draw::name_of(member))
                    || known.name == format!("委員{}", member + 1)
            });
            let id = id.ok_or_else(|| {
                TestCaseError::fail(format!("member {member} is missing: {:?}", dossier.members))
            })?;
            prop_assert_eq!(evaluation.cell(&id.id, no), *expected, "{} {}", label, id.id);
        }
        let mean = truth.mean(index).filter(|_| drawn.means);
        prop_assert_eq!(evaluation.printed_means.get(&no), mean.as_ref(), "{}", label);
    }
    Ok(())
}
