//! Large dossiers for measuring: seeded, so that equal arguments give equal dossiers on every machine.
//!
//! Their texts are built from the words of real evaluations, and their figures agree with each other, so that a
//! measurement meets what it would meet in a real programme of that size, only more of it.

use crate::model::{
    Actual, AmountKind, AmountSeries, AmountTotal, Chapter, Comment, CommentKind, Competitor, Consensus,
    CriterionNo, Dossier, EvaluationKind, EvaluationPoint, FiscalYear, FundingCell, FundingItem,
    FundingTable, FundingYear, Indicator, MarketFigure, Member, MemberId, Moment, Overview, Period,
    PreviousFinding, Quantity, Recommendation, ResearchItem, ResearchTask, RoadmapItem, RoadmapKind, RowId,
    ScoreCell, Section, Statement, Subject, SubjectEvaluation, SubjectId, Target, TargetKind, Unit, When,
};
use rust_decimal::Decimal;

/// How large a dossier is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Projects.
    pub projects: usize,
    /// Fiscal years of each project, at most 50.
    pub years: usize,
    /// Committee members; all of them score every project.
    pub members: usize,
}

/// The dossier of that size and seed.
pub fn dossier(size: Size, seed: u64) -> Dossier {
    let mut dice = Dice(seed);
    let mut dossier = crate::sample::blank();
    "研究開発プログラム 中間評価 技術評価報告書".clone_into(&mut dossier.report.title);
    dossier.report.year = Some(FIRST.next());
    dossier.members = (1..=size.members)
        .map(|n| Member {
            id: member(n),
            name: format!("委員{n}"),
            affiliation: format!("{}大学 教授", dice.of(&PLACES)),
            ..Member::default()
        })
        .collect();
    "基盤技術開発プログラム".clone_into(&mut dossier.programme.overview.name);
    dossier.projects = (0..size.projects).map(|n| project(n, size, &mut dice).into()).collect();
    dossier
}

/// The first fiscal year of every project.
const FIRST: FiscalYear = FiscalYear::new(2015);

const THINGS: [&str; 12] = [
    "細胞",
    "ベクター",
    "触媒",
    "半導体",
    "蓄電池",
    "構造材料",
    "センサー",
    "量子素子",
    "水素",
    "炭素繊維",
    "培養装置",
    "光学部品",
];
const ACTS: [&str; 8] = [
    "の製造に関する研究",
    "の評価手法の開発",
    "の量産技術の確立",
    "の標準化に向けた調査",
    "の設計基盤の構築",
    "の安全性の検証",
    "の低コスト化",
    "の社会実装に向けた実証",
];
const PLACES: [&str; 8] = ["東都", "西海", "北嶺", "南山", "中央", "臨海", "高原", "湖東"];
const SENTENCES: [&str; 10] = [
    "国が主導して取り組む意義は明確であり、民間だけでは負えない期間と危険を引き受けている。",
    "目標の水準は国際的に見ても高く、中間目標を上回る成果が得られた点は評価できる。",
    "実施者の間の連携が弱く、成果の共有の仕組みを早めに整える必要がある。",
    "知的財産の方針が実施者ごとに異なり、事業化の段階で支障となるおそれがある。",
    "アウトカムの指標は件数に偏っており、質を測る指標を加えることが望ましい。",
    "市場の見通しの前提が示されておらず、費用対効果の根拠を補ってほしい。",
    "規制当局との対話を早くから進めたことが、実用化の時期を早めた。",
    "人材の育成に関する取組が具体的であり、事業の終了後の展開が期待される。",
    "予算の配分は研究項目の進捗に応じて見直されており、適切である。",
    "ロードマップの後半が抽象的であり、担い手と時期を明らかにすべきである。",
];

/// A small generator of numbers (`SplitMix64`): the same on every machine, which is all that is asked of it.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is at least 1 and small.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn whole(&mut self, from: u32, to: u32) -> Decimal {
        let span = usize::try_from(to - from + 1).unwrap_or(1);
        Decimal::from(u64::from(from) + self.below(span) as u64)
    }

    /// Paragraphs of a few sentences each.
    fn prose(&mut self, paragraphs: usize) -> String {
        let mut text = String::new();
        for paragraph in 0..paragraphs {
            if paragraph > 0 {
                text.push('\n');
            }
            for _ in 0..2 + self.below(3) {
                text.push_str(self.of(&SENTENCES));
            }
        }
        text
    }
}

fn row(n: usize) -> RowId {
    RowId::from(format!("r{}", n + 1))
}

fn member(n: usize) -> MemberId {
    MemberId::from(format!("M{n}"))
}

fn years(size: Size) -> Vec<FiscalYear> {
    std::iter::successors(Some(FIRST), |year| Some(year.next())).take(size.years.clamp(1, 50)).collect()
}

fn printed(value: Decimal, unit: &Unit) -> Quantity {
    let mut quantity = Quantity::number(value, unit.clone());
    quantity.printed = quantity.display();
    quantity
}

fn project(n: usize, size: Size, dice: &mut Dice) -> Subject {
    let years = years(size);
    let name = format!("{}{}", dice.of(&THINGS), dice.of(&ACTS));
    let funding = funding(&years, dice);
    let amounts = amounts(&funding, &years, dice);
    Subject {
        id: SubjectId::from(format!("P{}", n + 1)),
        overview: Overview {
            name: format!("{name}（第{}課題）", n + 1),
            section_in_charge: "産業技術環境局 研究開発課".to_owned(),
            // No two projects have the same purpose.
            purpose: format!("{name}により、第{}課題の目標を達成する。{}", n + 1, dice.prose(1)),
            schedule: vec![EvaluationPoint {
                id: row(0),
                kind: EvaluationKind::Interim,
                year: Some(FIRST.next()),
                ..EvaluationPoint::default()
            }],
            period: Period { start: years.first().copied(), end: years.last().copied(), ..Period::default() },
            ..Overview::default()
        },
        sections: (0..)
            .zip(Chapter::ALL)
            .map(|(n, chapter)| Section { id: row(n), chapter, body: dice.prose(3), ..Section::default() })
            .collect(),
        research_items: (funding.items.iter().enumerate())
            .map(|(n, item)| ResearchItem {
                id: row(n),
                no: (n + 1).to_string(),
                label: item.label.clone(),
                contents: dice.prose(1),
                tasks: (0..3)
                    .map(|n| ResearchTask {
                        id: row(n),
                        title: format!("{}{}", dice.of(&THINGS), dice.of(&ACTS)),
                        // Each task of an item is another institution's.
                        implementer: format!("{}大学", PLACES[(n * 3 + dice.below(2)) % PLACES.len()]),
                        ..ResearchTask::default()
                    })
                    .collect(),
                ..ResearchItem::default()
            })
            .collect(),
        amounts,
        funding,
        outputs: (0..3).map(|n| indicator(n, "要素技術の確立数", &years, dice)).collect(),
        outcomes: (0..2).map(|n| indicator(n, "成果を用いた事業化の件数", &years, dice)).collect(),
        competitors: (0..8)
            .map(|n| Competitor {
                id: row(n),
                domain: dice.of(&THINGS).to_owned(),
                company: format!("{}工業", dice.of(&PLACES)),
                country: "日本".to_owned(),
                attribute: "動向".to_owned(),
                fact: dice.of(&SENTENCES).to_owned(),
                ..Competitor::default()
            })
            .collect(),
        market: (0..6)
            .map(|n| MarketFigure {
                id: row(n),
                subject: format!("{}の世界市場", dice.of(&THINGS)),
                when: When {
                    at: Some(Moment::Year(2020 + 5 * i16::try_from(n).unwrap_or(0))),
                    ..When::default()
                },
                amount: printed(dice.whole(100, 90_000), &Unit::HundredMillionYen),
                kind: "予測".to_owned(),
                ..MarketFigure::default()
            })
            .collect(),
        roadmap: (0..10)
            .map(|n| RoadmapItem {
                id: row(n),
                lane: ["期間", "評価", "規制", "実用化"][n % 4].to_owned(),
                label: format!("{}{}", dice.of(&THINGS), dice.of(&ACTS)),
                kind: if n % 4 == 0 { RoadmapKind::Period } else { RoadmapKind::Milestone },
                when: When {
                    at: Some(Moment::Fiscal(years[dice.below(years.len())])),
                    to: (n % 4 == 0).then(|| Moment::Fiscal(years[years.len() - 1])),
                    ..When::default()
                },
                ..RoadmapItem::default()
            })
            .collect(),
        previous_findings: (0..4)
            .map(|n| PreviousFinding {
                id: row(n),
                source: "評価検討会".to_owned(),
                finding: dice.of(&SENTENCES).to_owned(),
                response: dice.of(&SENTENCES).to_owned(),
                ..PreviousFinding::default()
            })
            .collect(),
        evaluation: evaluation(size, dice),
        ..Subject::default()
    }
}

fn funding(years: &[FiscalYear], dice: &mut Dice) -> FundingTable {
    let unit = Unit::MillionYen;
    let mut table = FundingTable {
        unit: unit.clone(),
        years: years.iter().map(|year| FundingYear { year: *year, printed: format!("{year}FY") }).collect(),
        ..FundingTable::default()
    };
    for n in 0..6 {
        let mut item = FundingItem {
            id: row(n),
            label: format!("項目{}．{}{}", n + 1, dice.of(&THINGS), dice.of(&ACTS)),
            ..FundingItem::default()
        };
        for year in years {
            let amount = printed(dice.whole(0, 900), &unit);
            item.amounts.insert(*year, FundingCell { amount, kind: "委託".to_owned() });
        }
        let total = item.computed_total(&unit).unwrap_or_default();
        item.total.amount = printed(total, &unit);
        table.items.push(item);
    }
    for year in years {
        let total = table.computed_column_total(*year).unwrap_or_default();
        table.column_totals.insert(*year, FundingCell { amount: printed(total, &unit), kind: String::new() });
    }
    table.grand_total.amount = printed(table.computed_grand_total().unwrap_or_default(), &unit);
    table
}

/// What was contracted, as funding has it, and what was executed, a little less.
fn amounts(funding: &FundingTable, years: &[FiscalYear], dice: &mut Dice) -> Vec<AmountSeries> {
    let mut series = Vec::new();
    for (n, kind) in (0..).zip([AmountKind::Contract, AmountKind::Executed]) {
        let mut one = AmountSeries { id: row(n), kind, unit: Unit::MillionYen, ..AmountSeries::default() };
        for year in years {
            let total = funding.computed_column_total(*year).unwrap_or_default();
            let less =
                if kind == AmountKind::Executed { dice.whole(0, 20).min(total) } else { Decimal::ZERO };
            one.years.insert(*year, printed(total - less, &one.unit));
        }
        let amount = printed(one.computed_total().unwrap_or_default(), &one.unit);
        one.totals.push(AmountTotal { id: row(0), label: "計".to_owned(), amount });
        series.push(one);
    }
    series
}

fn indicator(n: usize, what: &str, years: &[FiscalYear], dice: &mut Dice) -> Indicator {
    let unit = Unit::from("件");
    let mut reached = Decimal::ZERO;
    let statements = (years.iter().enumerate())
        .map(|(n, year)| {
            reached += dice.whole(0, 9);
            Statement {
                id: RowId::from(format!("s{}", n + 1)),
                target: Target {
                    kind: if n + 1 == years.len() { TargetKind::Final } else { TargetKind::Interim },
                    year: Some(*year),
                    amount: printed(reached + Decimal::ONE, &unit),
                },
                actual: Actual { amount: printed(reached, &unit), as_of: When::default() },
                outlook: "達成見込み".to_owned(),
                supplement: dice.of(&SENTENCES).to_owned(),
                ..Statement::default()
            }
        })
        .collect();
    // Each indicator of a project is about another thing.
    let name = format!("{}の{what}", THINGS[(n * 4 + dice.below(4)) % THINGS.len()]);
    Indicator { id: row(n), name, unit, statements, ..Indicator::default() }
}

fn evaluation(size: Size, dice: &mut Dice) -> SubjectEvaluation {
    let mut evaluation = SubjectEvaluation {
        kind: Some(EvaluationKind::Interim),
        year: Some(FIRST.next()),
        panel: (1..=size.members).map(member).collect(),
        ..SubjectEvaluation::default()
    };
    for n in 1..=size.members {
        for criterion in 1..=7 {
            let score = ScoreCell::Score(i16::try_from(dice.below(4)).unwrap_or_default());
            evaluation.set_cell(&member(n), CriterionNo(criterion), score);
            let kind = if dice.below(2) == 0 { CommentKind::Positive } else { CommentKind::Issue };
            evaluation.comments.push(Comment {
                id: row(evaluation.comments.len()),
                criterion: Some(CriterionNo(criterion)),
                kind,
                member: Some(member(n)),
                text: dice.of(&SENTENCES).to_owned(),
                ..Comment::default()
            });
        }
    }
    evaluation.consensus.push(Consensus { id: row(0), text: dice.prose(2), ..Consensus::default() });
    evaluation.recommendations = (0..3)
        .map(|n| Recommendation {
            id: row(n),
            text: dice.prose(1),
            response: dice.prose(1),
            ..Recommendation::default()
        })
        .collect();
    evaluation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_arguments_give_equal_dossiers_and_others_do_not() {
        let size = Size { projects: 2, years: 3, members: 4 };
        let made = dossier(size, 7);
        assert_eq!(made, dossier(size, 7));
        assert_ne!(made, dossier(size, 8));
        assert_eq!((made.projects.len(), made.members.len()), (2, 4));
        let project = &made.projects[1];
        assert_eq!(project.funding.years.len(), 3);
        assert_eq!(project.evaluation.comments.len(), 4 * 7);
        let funding = &project.funding;
        assert_eq!(funding.computed_grand_total(), funding.grand_total.amount.value());
    }
}
