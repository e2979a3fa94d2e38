//! What the report template reads: a dossier, seen as the JSON that `data.json` holds.
//!
//! The view decides what is said (which wording of a figure, which note under a table), the Typst template decides the
//! looks, and which sections there are the report's structure ([`super::outline`]). Every text passes through [`Text`], every number arrives as it is to be printed.

mod annex;
mod charts;
mod checks;
mod evaluation;
mod figures;
mod material;
mod outline;

pub(super) use annex::{Criteria, Statistics};
pub(super) use charts::{Chart, key as chart_key};
pub(super) use checks::Group as CheckGroup;
pub(super) use evaluation::{Opinion, ScoreRow, Scores};
pub(super) use figures::{Amount, Amounts, Funding, IndicatorRow, Market, OtherIndicator, RoadmapEntry};
pub(super) use material::{
    Answered, Block, Choice, Competitor, FactTable, Group, HistoryEntry, Link, SubProgramme, Task,
    Technology, key as chapter_key,
};

use serde::Serialize;

use super::outline::{Content, Entry};
use super::text::Text;
use super::words;
use crate::chart::Exhibit;
use crate::check::Review;
use crate::model::{Dossier, Moment, Subject};

/// The whole report.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    pub(in crate::report) document: Document<'a>,
    pub(in crate::report) cover: Cover<'a>,
    /// The sections in reading order; all else is what they hold.
    outline: Vec<outline::Section<'a>>,
    pub(in crate::report) preface: Vec<Text<'a>>,
    pub(in crate::report) reading_note: Vec<Text<'a>>,
    pub(in crate::report) legal_basis: Vec<Text<'a>>,
    pub(in crate::report) committees: Vec<Committee<'a>>,
    /// The programme, then the projects.
    pub(in crate::report) subjects: Vec<Part<'a>>,
    pub(in crate::report) criteria: Vec<annex::Criteria<'a>>,
    pub(in crate::report) statistics: Vec<annex::Statistics<'a>>,
    /// What the consistency checks found, if it is wanted.
    pub(in crate::report) checks: Vec<checks::Group<'a>>,
}

/// The PDF's description of itself.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Document<'a> {
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) author: Vec<Text<'a>>,
    pub(in crate::report) description: Text<'a>,
    /// Its day: year, month, day.
    pub(in crate::report) date: Option<[i16; 3]>,
    pub(in crate::report) keywords: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Cover<'a> {
    /// The title, large to small.
    pub(in crate::report) lines: Vec<Text<'a>>,
    pub(in crate::report) date: Text<'a>,
    pub(in crate::report) issuers: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Committee<'a> {
    pub(in crate::report) name: Text<'a>,
    pub(in crate::report) role: Text<'a>,
    pub(in crate::report) note: Text<'a>,
    pub(in crate::report) members: Vec<CommitteeMember<'a>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct CommitteeMember<'a> {
    pub(in crate::report) role: Text<'a>,
    pub(in crate::report) name: Text<'a>,
    pub(in crate::report) affiliation: Text<'a>,
}

/// The programme or a project.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Part<'a> {
    pub(in crate::report) name: Text<'a>,
    /// Letter and name.
    pub(in crate::report) title: Text<'a>,
    pub(in crate::report) programme: bool,
    /// Whether this report evaluates it, or only lists it.
    pub(in crate::report) evaluated: bool,
    #[serde(flatten)]
    pub(in crate::report) material: material::Material<'a>,
    pub(in crate::report) evaluation: evaluation::Evaluation<'a>,
    /// What the working group found, session by session.
    pub(in crate::report) sessions: Vec<evaluation::Session<'a>>,
    pub(in crate::report) figures: charts::Charts<'a>,
}

impl<'a> Report<'a> {
    /// The view of a dossier, its sections and its charts, and of what its checks found where that is to be printed.
    pub(crate) fn of(
        dossier: &'a Dossier,
        entries: &[Entry<'a>],
        figures: &'a [Exhibit],
        review: Option<&'a Review>,
    ) -> Self {
        let holds = |piece: &Content| entries.iter().any(|entry| entry.content.contains(&piece));
        let info = &dossier.report;
        let title = dossier.title();
        Self {
            document: Document {
                title: Text::from(if title.is_empty() { "技術評価報告書" } else { title }),
                author: info.issuers.iter().filter(|line| !line.trim().is_empty()).map(Text::from).collect(),
                description: "技術評価報告書".into(),
                date: day(dossier),
                keywords: dossier
                    .subjects()
                    .map(|s| Text::from(&s.overview.name))
                    .filter(|t| !t.is_empty())
                    .collect(),
            },
            cover: cover(dossier),
            outline: outline::of(entries),
            preface: lines(&info.preface),
            reading_note: lines(&info.reading_note),
            legal_basis: info
                .legal_basis
                .iter()
                .map(|basis| named(&basis.name, &[&words::when(&basis.date), &basis.body]))
                .collect(),
            committees: committees(dossier),
            subjects: dossier.subjects().map(|subject| part(dossier, subject, figures)).collect(),
            criteria: annex::criteria(dossier),
            statistics: if holds(&Content::Statistics) { annex::of_scores(dossier) } else { Vec::new() },
            checks: review.map(|review| checks::of(dossier, review)).unwrap_or_default(),
        }
    }
}

/// The day that the PDF gives itself: that of the report, or the last of its fiscal year.
fn day(dossier: &Dossier) -> Option<[i16; 3]> {
    let at = dossier.report.date.at.or(dossier.report.year.map(Moment::FiscalEnd))?;
    let (_, day) = at.days()?;
    Some([day.year(), i16::from(day.month()), i16::from(day.day())])
}

fn part<'a>(dossier: &'a Dossier, subject: &'a Subject, figures: &'a [Exhibit]) -> Part<'a> {
    Part {
        name: (&subject.overview.name).into(),
        title: format!("{}　{}", subject.id, subject.overview.name).into(),
        programme: subject.is_programme(),
        evaluated: subject.is_evaluated(),
        material: material::of(dossier, subject),
        evaluation: evaluation::of(dossier, subject),
        sessions: evaluation::sessions(subject),
        figures: charts::of(figures, subject),
    }
}

fn cover(dossier: &Dossier) -> Cover<'_> {
    let info = &dossier.report;
    let name = dossier.programme.overview.name.trim();
    // A title that begins with the programme's name is set in steps: the name, the kind of evaluation, the rest.
    let cover_lines = match info.title.trim() {
        "" => {
            let kind = dossier.programme.evaluation.kind.map_or("", words::term);
            [name, kind, "技術評価報告書"]
                .into_iter()
                .filter(|line| !line.is_empty())
                .map(Text::from)
                .collect()
        }
        title => match title.strip_prefix(name).filter(|rest| rest.starts_with(char::is_whitespace)) {
            Some(rest) if !name.is_empty() => {
                std::iter::once(name).chain(rest.split_whitespace()).map(Text::from).collect()
            }
            _ => vec![Text::from(title)],
        },
    };
    Cover {
        lines: cover_lines,
        date: words::when(&info.date).into(),
        issuers: info.issuers.iter().map(Text::from).collect(),
    }
}

fn committees(dossier: &Dossier) -> Vec<Committee<'_>> {
    // The members who score sit in the first committee; a stand-in such as 委員1 is no name to print in a list.
    let named = dossier.members.iter().any(|member| !member.affiliation.is_empty());
    dossier
        .committees
        .iter()
        .enumerate()
        .map(|(index, committee)| {
            let chair = (!committee.chair.is_empty()).then(|| CommitteeMember {
                role: "座長".into(),
                name: (&committee.chair).into(),
                affiliation: (&committee.chair_affiliation).into(),
            });
            let others =
                dossier.members.iter().filter(|member| index == 0 && named && member.name != committee.chair);
            Committee {
                name: (&committee.name).into(),
                role: (&committee.role).into(),
                note: (&committee.note).into(),
                members: chair
                    .into_iter()
                    .chain(others.map(|member| CommitteeMember {
                        role: words::term(member.role).into(),
                        name: (&member.name).into(),
                        affiliation: (&member.affiliation).into(),
                    }))
                    .collect(),
            }
        })
        .collect()
}

/// The lines of a text that hold something.
pub(super) fn lines(text: &str) -> Vec<Text<'_>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(Text::from).collect()
}

/// A name with what is known of it in brackets: `健康・医療戦略（令和2年3月27日 閣議決定）`.
fn named<'a>(name: &'a str, more: &[&str]) -> Text<'a> {
    let more: Vec<_> = more.iter().filter(|text| !text.is_empty()).copied().collect();
    if more.is_empty() { name.into() } else { format!("{name}（{}）", more.join("　")).into() }
}
