//! Part 1 of the report: what the committee reads.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::{self, Amounts, Funding, IndicatorRow, Market, OtherIndicator, RoadmapEntry};
use super::{lines, named};
use crate::model::{Chapter, Dossier, FiscalYear, LogicModel, LogicNode, OutputGroup, Overview, Subject};
use crate::report::text::Text;
use crate::report::words;

/// The material of one subject.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Material<'a> {
    pub(in crate::report) overview: OverviewSheet<'a>,
    /// Chapter → its prose.
    pub(in crate::report) text: BTreeMap<&'static str, Vec<Block<'a>>>,
    pub(in crate::report) sub_programmes: Vec<SubProgramme<'a>>,
    pub(in crate::report) competitors: Vec<Group<'a, Competitor<'a>>>,
    pub(in crate::report) history: Vec<Group<'a, HistoryEntry<'a>>>,
    pub(in crate::report) research_items: Vec<Task<'a>>,
    pub(in crate::report) research_contents: Vec<Text<'a>>,
    pub(in crate::report) funding: Option<Funding>,
    pub(in crate::report) outputs: Vec<IndicatorRow<'a>>,
    pub(in crate::report) outcomes: Vec<IndicatorRow<'a>>,
    pub(in crate::report) logic: Vec<Link<'a>>,
    pub(in crate::report) other_indicators: Vec<OtherIndicator<'a>>,
    pub(in crate::report) technologies: Vec<Group<'a, Technology<'a>>>,
    pub(in crate::report) tables: Vec<FactTable<'a>>,
    pub(in crate::report) market: Vec<Market<'a>>,
    pub(in crate::report) roadmap: Vec<RoadmapEntry<'a>>,
    pub(in crate::report) previous: Vec<Group<'a, Answered<'a>>>,
}

/// Rows under a caption of their own.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Group<'a, T> {
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) rows: Vec<T>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct OverviewSheet<'a> {
    pub(in crate::report) section_in_charge: Text<'a>,
    pub(in crate::report) types: Vec<Choice<'a>>,
    pub(in crate::report) accounts: Vec<Choice<'a>>,
    pub(in crate::report) policies: Vec<Text<'a>>,
    pub(in crate::report) purpose: Vec<Text<'a>>,
    pub(in crate::report) period: Text<'a>,
    pub(in crate::report) evaluated_period: Text<'a>,
    pub(in crate::report) schedule: Vec<Text<'a>>,
    pub(in crate::report) implementation: Text<'a>,
    pub(in crate::report) leaders: Vec<Text<'a>>,
    pub(in crate::report) national_cost: Text<'a>,
    pub(in crate::report) amounts: Vec<Amounts<'a>>,
}

/// One of the choices that a form prints, and whether it applies.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Choice<'a> {
    pub(in crate::report) label: Text<'a>,
    pub(in crate::report) chosen: bool,
}

/// A piece of a chapter's prose.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Block<'a> {
    /// `heading`, `bullet` or `paragraph`.
    pub(in crate::report) kind: &'static str,
    pub(in crate::report) text: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct SubProgramme<'a> {
    pub(in crate::report) code: Text<'a>,
    pub(in crate::report) name: Text<'a>,
    pub(in crate::report) period: Text<'a>,
    pub(in crate::report) purpose: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Competitor<'a> {
    pub(in crate::report) who: Text<'a>,
    pub(in crate::report) role: Text<'a>,
    pub(in crate::report) attribute: Text<'a>,
    pub(in crate::report) fact: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct HistoryEntry<'a> {
    pub(in crate::report) when: Text<'a>,
    pub(in crate::report) region: Text<'a>,
    pub(in crate::report) item: Text<'a>,
    pub(in crate::report) detail: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Task<'a> {
    pub(in crate::report) item: Text<'a>,
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) implementer: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Technology<'a> {
    pub(in crate::report) no: Text<'a>,
    pub(in crate::report) name: Text<'a>,
    pub(in crate::report) category: Text<'a>,
    pub(in crate::report) holder: Text<'a>,
    pub(in crate::report) detail: Text<'a>,
}

/// A step of the logic model: what leads to what, and why.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Link<'a> {
    pub(in crate::report) from: Text<'a>,
    pub(in crate::report) to: Text<'a>,
    pub(in crate::report) reasoning: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct FactTable<'a> {
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) columns: Vec<Text<'a>>,
    pub(in crate::report) rows: Vec<Vec<Text<'a>>>,
    pub(in crate::report) note: Text<'a>,
}

/// What was said, and the answer to it.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Answered<'a> {
    pub(in crate::report) said: Text<'a>,
    pub(in crate::report) answer: Text<'a>,
}

impl<'a> Answered<'a> {
    pub(super) fn new(criterion: &str, said: &'a str, answer: &'a str) -> Self {
        let said =
            if criterion.is_empty() { said.into() } else { format!("【{criterion}】\n{said}").into() };
        Self { said, answer: answer.into() }
    }
}

/// The view of one subject's material.
pub(super) fn of<'a>(dossier: &'a Dossier, subject: &'a Subject) -> Material<'a> {
    Material {
        overview: overview(dossier, subject),
        text: Chapter::ALL.into_iter().map(|chapter| (key(chapter), prose(subject, chapter))).collect(),
        sub_programmes: subject.sub_programmes.iter().map(sub_programme).collect(),
        competitors: groups(&subject.competitors, |c| c.domain.as_str(), competitor),
        history: groups(&subject.history, |h| h.table.as_str(), history),
        research_items: research_items(subject),
        research_contents: subject
            .research_items
            .iter()
            .filter(|item| !item.contents.is_empty())
            .map(|item| format!("{}　{}", item.no, item.contents).into())
            .collect(),
        funding: (!subject.funding.is_empty()).then(|| figures::funding(&subject.funding)),
        outputs: figures::indicators(dossier, subject, |s| &s.outputs),
        outcomes: figures::indicators(dossier, subject, |s| &s.outcomes),
        logic: logic(&subject.logic),
        other_indicators: subject.other_indicators.iter().map(figures::other_indicator).collect(),
        technologies: subject.output_groups.iter().map(technologies).collect(),
        tables: subject
            .tables
            .iter()
            .map(|table| FactTable {
                title: (&table.title).into(),
                columns: table.columns.iter().map(Text::from).collect(),
                rows: table.rows.iter().map(|row| row.cells.iter().map(Text::from).collect()).collect(),
                note: (&table.note).into(),
            })
            .collect(),
        market: subject.market.iter().map(figures::market).collect(),
        roadmap: subject.roadmap.iter().map(figures::roadmap).collect(),
        previous: groups(
            &subject.previous_findings,
            |finding| finding.source.as_str(),
            |finding| Answered::new(&finding.criterion, &finding.finding, &finding.response),
        ),
    }
}

/// The name under which the template finds a chapter.
pub(in crate::report) fn key(chapter: Chapter) -> &'static str {
    match chapter {
        Chapter::Position => "position",
        Chapter::Necessity => "necessity",
        Chapter::Competitors => "competitors",
        Chapter::Contents => "contents",
        Chapter::Management => "management",
        Chapter::Outputs => "outputs",
        Chapter::Outcomes => "outcomes",
        Chapter::Roadmap => "roadmap",
        Chapter::CostEffectiveness => "cost_effectiveness",
        Chapter::PreviousFindings => "previous",
    }
}

fn prose(subject: &Subject, chapter: Chapter) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for section in subject.sections_of(chapter) {
        if !section.heading.is_empty() {
            blocks.push(Block { kind: "heading", text: (&section.heading).into() });
        }
        blocks.extend(section.body.lines().filter(|line| !line.trim().is_empty()).map(|line| {
            match line.trim_start().strip_prefix('・') {
                Some(bullet) => Block { kind: "bullet", text: bullet.into() },
                None => Block { kind: "paragraph", text: line.into() },
            }
        }));
    }
    blocks
}

/// Neighbouring rows with the same title, under that title.
fn groups<'a, R, T>(rows: &'a [R], title: fn(&R) -> &str, view: fn(&'a R) -> T) -> Vec<Group<'a, T>> {
    rows.chunk_by(|a, b| title(a) == title(b))
        .map(|chunk| Group { title: title(&chunk[0]).into(), rows: chunk.iter().map(view).collect() })
        .collect()
}

fn overview<'a>(dossier: &'a Dossier, subject: &'a Subject) -> OverviewSheet<'a> {
    let sheet = &subject.overview;
    let policies =
        sheet.policies.iter().filter_map(|id| dossier.policies.iter().find(|policy| policy.id == *id));
    OverviewSheet {
        section_in_charge: (&sheet.section_in_charge).into(),
        types: choices(&sheet.type_options, sheet.type_selected.as_deref()),
        accounts: choices(&sheet.account_options, sheet.account_selected.as_deref()),
        policies: policies
            .map(|policy| {
                let revised = [words::when(&policy.revised), policy.revision.clone()].concat();
                named(&policy.name, &[&words::when(&policy.date), &policy.body, &revised])
            })
            .collect(),
        purpose: lines(&sheet.purpose),
        period: sheet.period.display().into(),
        evaluated_period: sheet.evaluated_period.display().into(),
        schedule: schedule(sheet),
        implementation: implementation(sheet),
        leaders: sheet
            .leaders
            .iter()
            .map(|leader| {
                let affiliation = Some(leader.affiliation.as_str()).filter(|text| !text.is_empty());
                let affiliation = affiliation.map_or_else(String::new, |text| format!("（{text}）"));
                format!("{}　{}{affiliation}", leader.role, leader.name).into()
            })
            .collect(),
        national_cost: words::quantity(&sheet.national_cost).into(),
        amounts: figures::amounts(&subject.amounts),
    }
}

fn choices<'a>(options: &'a [String], selected: Option<&str>) -> Vec<Choice<'a>> {
    options.iter().map(|option| Choice { label: option.into(), chosen: selected == Some(option) }).collect()
}

fn schedule(sheet: &Overview) -> Vec<Text<'_>> {
    let said = |printed: &str, year: Option<FiscalYear>| match (printed, year) {
        ("", year) => year.map(FiscalYear::western).unwrap_or_default(),
        (printed, _) => printed.to_owned(),
    };
    sheet
        .schedule
        .iter()
        .map(|point| format!("{}：{}", words::term(point.kind), said(&point.printed, point.year)).into())
        .collect()
}

fn implementation(sheet: &Overview) -> Text<'_> {
    if !sheet.implementation.is_empty() {
        return (&sheet.implementation).into();
    }
    let steps: Vec<_> =
        sheet.implementation_steps.iter().map(|step| named(&step.node, &[&step.by]).0).collect();
    steps.join(" → ").into()
}

fn sub_programme(row: &crate::model::SubProgramme) -> SubProgramme<'_> {
    SubProgramme {
        code: (&row.code).into(),
        name: (&row.name).into(),
        period: row.period.display().into(),
        purpose: (&row.purpose).into(),
    }
}

fn competitor(row: &crate::model::Competitor) -> Competitor<'_> {
    Competitor {
        who: named(&row.company, &[&row.country]),
        role: (&row.role).into(),
        attribute: (&row.attribute).into(),
        fact: (&row.fact).into(),
    }
}

fn history(row: &crate::model::HistoryEntry) -> HistoryEntry<'_> {
    let when = [words::when(&row.when), row.mark.clone()];
    HistoryEntry {
        when: when.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n").into(),
        region: (&row.region).into(),
        item: (&row.item).into(),
        detail: (&row.detail).into(),
    }
}

fn research_items(subject: &Subject) -> Vec<Task<'_>> {
    let mut rows = Vec::new();
    for item in &subject.research_items {
        let label = || Text::from([item.no.as_str(), item.label.as_str()].join("　").trim().to_owned());
        if item.tasks.is_empty() {
            rows.push(Task { item: label(), title: Text::default(), implementer: Text::default() });
        }
        rows.extend(item.tasks.iter().map(|task| Task {
            item: label(),
            title: (&task.title).into(),
            implementer: (&task.implementer).into(),
        }));
    }
    rows
}

/// The links in order, then what stands alone. What no longer finds its element is left blank.
fn logic(model: &LogicModel) -> Vec<Link<'_>> {
    let joined = |parts: [&str; 2], between: &str| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    };
    let said = |node: &LogicNode| {
        let named = format!("{}{}", words::term(node.kind), node.no);
        Text::from(format!("【{}】{}", joined([&named, &node.term], "　"), node.text))
    };
    let end = |id| model.node(id).map(said).unwrap_or_default();
    let links = model.edges.iter().map(|edge| Link {
        from: end(&edge.from),
        to: end(&edge.to),
        reasoning: joined([&edge.reasoning, &edge.unstaged], "\n").into(),
    });
    let alone = model.unconnected().map(|node| Link {
        from: said(node),
        to: Text::default(),
        reasoning: Text::default(),
    });
    links.chain(alone).collect()
}

fn technologies(group: &OutputGroup) -> Group<'_, Technology<'_>> {
    Group {
        title: named(&group.kind, &[&group.title]),
        rows: group
            .items
            .iter()
            .map(|item| Technology {
                no: (&item.no).into(),
                name: (&item.name).into(),
                category: (&item.category).into(),
                holder: (&item.holder).into(),
                detail: (&item.detail).into(),
            })
            .collect(),
    }
}
