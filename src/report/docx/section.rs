//! Walks the sections of the report and tells what each holds.

use super::page::Matter;
use super::story::{Heading, Story};
use super::style::{DEEPEST, Dressed, Style};
use super::{annex, evaluation, front, material};
use crate::report::data::{self, Part, Report};
use crate::report::outline::{Content, Entry};
use crate::report::text::{Text, clean};

/// The headings of the sections, in order; a section that continues the one before it has none.
pub(super) fn headings(entries: &[Entry<'_>]) -> Vec<Heading> {
    let headed = entries.iter().filter(|entry| !entry.heading.is_empty());
    headed
        .map(|entry| Heading {
            level: entry.level.clamp(1, DEEPEST),
            title: clean(&entry.title()).into_owned(),
            dressed: Dressed { look: entry.look, depth: entry.depth },
            new_page: entry.new_page,
            listed: entry.listed,
        })
        .collect()
}

/// Tells all sections.
pub(super) fn tell<'a>(
    story: &mut Story<'a>,
    report: &'a Report<'_>,
    entries: &[Entry<'_>],
    headings: &[Heading],
) {
    let mut next = headings.iter();
    for entry in entries {
        story.turn_to(if entry.front { Matter::Front } else { Matter::Body });
        if !entry.heading.is_empty()
            && let Some(heading) = next.next()
        {
            story.heading(heading);
        }
        let subject = entry.scope.subject.and_then(|(at, _)| report.subjects.get(at));
        for content in &entry.content {
            of_report(story, report, headings, content);
            if let Some(subject) = subject {
                of_subject(story, subject, entry, content);
            }
        }
        if let Some(words) = entry.nothing {
            story.say(Style::Nothing, &Text::from(words));
        }
    }
}

/// The pieces that belong to the report as a whole.
fn of_report<'a>(story: &mut Story<'a>, report: &'a Report<'_>, headings: &[Heading], content: &Content) {
    match content {
        Content::Words(words) => story.prose(Style::Body, &data::lines(words)),
        Content::Preface => story.prose(Style::Body, &report.preface),
        Content::LegalBasis => front::legal_basis(story, &report.legal_basis),
        Content::Committees => front::committees(story, &report.committees),
        Content::Contents(depth) => story.contents(headings, usize::from(*depth).clamp(1, DEEPEST)),
        Content::ReadingNote => front::reading_note(story, &report.reading_note),
        Content::CriteriaAndScale => annex::criteria_and_scale(story, &report.criteria),
        Content::Statistics => annex::statistics(story, &report.statistics),
        Content::Checks => annex::checks(story, &report.checks),
        _ => {}
    }
}

/// The pieces about the programme or a project.
fn of_subject<'a>(story: &mut Story<'a>, part: &'a Part<'_>, entry: &Entry<'_>, content: &Content) {
    let material = &part.material;
    let said = &part.evaluation;
    let opinion = match entry.scope.criterion {
        Some((at, _)) => said.criteria.get(at),
        None => Some(&said.overall),
    };
    let opinion = opinion.map(|on| &on.opinion);
    let charts = |home: &str| part.figures.get(home).map(Vec::as_slice).unwrap_or_default();
    match content {
        Content::NotEvaluated => story.words(Style::Note, "今回の評価の対象ではない。"),
        Content::Overview => material::overview(story, part),
        Content::Amounts => material::amounts(story, &material.overview.amounts),
        Content::Charts(place) => story.charts(charts(data::chart_key(place.home()))),
        Content::Text(chapter) => {
            material::prose(story, material.text.get(data::chapter_key(*chapter)).map(Vec::as_slice));
        }
        Content::SubProgrammes => material::sub_programmes(story, &material.sub_programmes),
        Content::ResearchItems => {
            material::research_items(story, &material.research_contents, &material.research_items);
        }
        Content::Funding => material::funding(story, material.funding.as_ref()),
        Content::Competitors => material::competitors(story, &material.competitors),
        Content::History => material::history(story, &material.history),
        Content::Outputs => material::indicators(story, "アウトプット指標・目標・実績", &material.outputs),
        Content::Outcomes => material::indicators(story, "アウトカム指標・目標・実績", &material.outcomes),
        Content::OtherIndicators => material::other_indicators(story, &material.other_indicators),
        Content::Technologies => material::technologies(story, &material.technologies),
        Content::Logic => material::logic(story, &material.logic),
        Content::FactTables => material::fact_tables(story, &material.tables),
        Content::Roadmap => material::roadmap(story, &material.roadmap),
        Content::Market => material::market(story, &material.market),
        Content::PreviousFindings => material::previous(story, &material.previous),
        Content::Opinion => match opinion {
            Some(opinion) if entry.scope.recommends => evaluation::partial_opinion(story, opinion),
            Some(opinion) => evaluation::opinion(story, opinion),
            None => {}
        },
        Content::PartialOpinion => {
            if let Some(opinion) = opinion {
                evaluation::partial_opinion(story, opinion);
            }
        }
        Content::MembersRecommendations => {
            // What members recommend for the whole stands under the criterion on recommendations.
            let whole = entry.scope.recommends.then_some(&said.overall.opinion.recommendations);
            let own = opinion.map(|opinion| &opinion.recommendations);
            evaluation::members_recommendations(story, whole.into_iter().chain(own).flatten());
        }
        Content::Recommendations | Content::RecommendationsHere => {
            material::answered(story, ["提言", "対処方針"], &said.recommendations);
        }
        Content::Scores => evaluation::scores(story, said.scores.as_ref(), charts("scores")),
        Content::Findings => {
            if let Some(session) = entry.scope.session.and_then(|(at, _)| part.sessions.get(at)) {
                material::answered(story, ["所見", "対処方針"], &session.rows);
            }
        }
        _ => {}
    }
}
