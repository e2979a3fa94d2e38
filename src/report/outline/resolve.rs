//! A structure met with a dossier: the sections as they stand in the report.

use super::content::Content;
use super::criteria::{Judged, judged};
use super::numeral;
use super::structure::{Each, Empty, Look, Matter, Number, Only, Section, Structure};
use crate::chart::Exhibit;
use crate::check::Review;
use crate::model::{Chapter, CommentKind, CriterionNo, Dossier, SessionFindings, Subject};
use crate::report::words;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What stands where a section has no content and its template gives no words.
const NOTHING: &str = "記載なし";

/// A section as it stands in the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// The level of its heading, from 1. No level is skipped on the way down.
    pub level: usize,
    /// How far it lies below the chapter it belongs to; 0 for a chapter or a part itself.
    pub depth: usize,
    /// Its number with what stands around it (`第１章　`); empty for none.
    pub number: String,
    /// Its heading without the number; empty where it continues the section before it without one.
    pub heading: Cow<'a, str>,
    /// How it opens and looks.
    pub look: Look,
    /// Whether it opens a page.
    pub new_page: bool,
    /// Whether its pages come before the report's own counting (i, ii, iii).
    pub front: bool,
    /// Whether the contents list it.
    pub listed: bool,
    /// What it is about.
    pub scope: Scope<'a>,
    /// What it holds, in order; pieces without anything to print are left out.
    pub content: Vec<&'a Content>,
    /// The words that stand in it because it holds nothing.
    pub nothing: Option<&'a str>,
    /// Where the structure writes it: positions from the outermost section inwards.
    pub path: Vec<usize>,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scope<'a> {
    /// The programme or project, and its place in [`Dossier::subjects`].
    pub subject: Option<(usize, &'a Subject)>,
    /// The criterion, and its place among those that stand under the subject.
    pub criterion: Option<(usize, CriterionNo)>,
    /// Whether that criterion is the one on recommendations.
    pub recommends: bool,
    /// The session of the working group, and its place among the subject's.
    pub session: Option<(usize, &'a SessionFindings)>,
}

impl Entry<'_> {
    /// Number and heading as they are printed.
    pub fn title(&self) -> String {
        format!("{}{}", self.number, self.heading)
    }
}

/// The sections of a report of `dossier`, in reading order.
///
/// `figures` are the charts of the dossier; `review` is what its checks found where the annex is wanted; `without` names
/// sections of the structure, by their paths, that are to be left out with all they hold.
pub fn resolve<'a>(
    structure: &'a Structure,
    dossier: &'a Dossier,
    figures: &[Exhibit],
    review: Option<&Review>,
    without: &BTreeSet<Vec<usize>>,
) -> Vec<Entry<'a>> {
    let resolver = Resolver { dossier, figures, review, without };
    let frame = Frame {
        level: 1,
        depth: None,
        front: false,
        scope: &Scope::default(),
        up: "",
        judged: &[],
        path: &[],
    };
    resolver.sections(&structure.sections, &frame)
}

struct Resolver<'a, 'b> {
    dossier: &'a Dossier,
    figures: &'b [Exhibit],
    review: Option<&'b Review>,
    without: &'b BTreeSet<Vec<usize>>,
}

/// What the sections of one list have in common.
struct Frame<'a, 'b> {
    level: usize,
    /// How far they lie below the chapter; none outside any.
    depth: Option<usize>,
    front: bool,
    scope: &'b Scope<'a>,
    /// The bare number of the section around them.
    up: &'b str,
    judged: &'b [Judged],
    path: &'b [usize],
}

/// How far the sections of one list are counted: 第１章 and 付録１ are counted apart.
#[derive(Default)]
struct Counters<'a>(Vec<(&'a Number, u32)>);

impl<'a> Counters<'a> {
    fn next(&mut self, number: &'a Number) -> u32 {
        let at = self.0.iter().position(|(kind, _)| *kind == number).unwrap_or_else(|| {
            self.0.push((number, 0));
            self.0.len() - 1
        });
        self.0[at].1 += 1;
        self.0[at].1
    }
}

impl<'a> Resolver<'a, '_> {
    fn sections(&self, sections: &'a [Section], frame: &Frame<'a, '_>) -> Vec<Entry<'a>> {
        let mut out = Vec::new();
        let mut counters = Counters::default();
        for (at, section) in sections.iter().enumerate() {
            let mut path = frame.path.to_vec();
            path.push(at);
            if self.without.contains(&path) {
                continue;
            }
            let mut before: Option<&Subject> = None;
            for scope in self.repeated(section.each, frame) {
                if !self.stands(section.only, &scope) {
                    continue;
                }
                let first = out.is_empty();
                let subject = scope.subject.map(|(_, subject)| subject);
                let mut entries = self.section(section, frame, scope, &path, &mut counters);
                if let Some(entry) = entries.first_mut()
                    && entry.look == Look::Project
                {
                    // Projects that are only listed take little room; they follow one another.
                    let brief = |subject: Option<&Subject>| subject.is_some_and(|s| !s.is_evaluated());
                    entry.new_page = !(first || brief(before) && brief(subject));
                }
                before = subject;
                out.append(&mut entries);
            }
        }
        out
    }

    /// One section with all under it; nothing where it is left out.
    fn section(
        &self,
        section: &'a Section,
        frame: &Frame<'a, '_>,
        scope: Scope<'a>,
        path: &[usize],
        counters: &mut Counters<'a>,
    ) -> Vec<Entry<'a>> {
        // A section that is left out for want of content keeps its number: 6 is the same chapter in every project.
        let (number, bare) = match &section.number.0 {
            None => (String::new(), String::new()),
            Some((before, numeral, after)) => {
                let bare = numeral::write(*numeral, counters.next(&section.number));
                let up = |text: &str| text.replace("{up}", frame.up);
                (format!("{}{bare}{}", up(before), up(after)), bare)
            }
        };
        let headed = !section.heading.is_empty();
        let depth = match section.look {
            Look::Part | Look::Chapter => Some(0),
            _ => frame.depth,
        };
        let own: Vec<_>;
        let judged = match scope.subject {
            Some((_, subject))
                if frame.scope.subject.map(|(at, _)| at) != scope.subject.map(|(at, _)| at) =>
            {
                own = judged(self.dossier, subject);
                own.as_slice()
            }
            _ => frame.judged,
        };
        let front = frame.front || (frame.path.is_empty() && section.matter == Matter::Front);
        let inner = Frame {
            level: frame.level + usize::from(headed),
            depth: if headed || section.look == Look::Chapter { depth.map(|depth| depth + 1) } else { depth },
            front,
            scope: &scope,
            up: if bare.is_empty() { frame.up } else { &bare },
            judged,
            path,
        };
        let mut under = self.sections(&section.sections, &inner);
        let content: Vec<_> = section.content.iter().filter(|content| self.filled(content, &scope)).collect();
        let wants = !section.sections.is_empty() || section.content.iter().any(|piece| !piece.is_remark());
        let empty = wants && under.is_empty() && content.iter().all(|piece| piece.is_remark());
        let evaluated = scope.subject.is_none_or(|(_, subject)| subject.is_evaluated());
        let nothing = match section.empty {
            _ if !empty => None,
            Empty::LeftOut => return Vec::new(),
            Empty::SaidWhereEvaluated if !evaluated => return Vec::new(),
            Empty::Said | Empty::SaidWhereEvaluated if section.nothing.is_empty() => Some(NOTHING),
            Empty::Said | Empty::SaidWhereEvaluated => Some(section.nothing.as_str()),
        };
        let entry = Entry {
            level: frame.level,
            depth: depth.unwrap_or(0),
            number,
            heading: self.heading(section, &scope, judged),
            look: section.look,
            new_page: matches!(section.look, Look::Part | Look::Chapter),
            front,
            listed: section.listed.0,
            scope,
            content,
            nothing,
            path: path.to_vec(),
        };
        let mut entries = vec![entry];
        entries.append(&mut under);
        entries
    }

    fn heading(&self, section: &'a Section, scope: &Scope<'a>, judged: &[Judged]) -> Cow<'a, str> {
        if !section.heading.0.contains('{') {
            return Cow::Borrowed(&section.heading.0);
        }
        let subject = scope.subject.map(|(_, subject)| subject);
        let heading = section.heading.fill(|gap| match gap {
            "id" => subject.filter(|s| !s.is_programme()).map_or(String::new(), |s| s.id.to_string()),
            "name" => subject.map_or(String::new(), |s| s.overview.name.clone()),
            "kind" => {
                let kind = subject.and_then(|s| s.evaluation.kind).or(self.dossier.programme.evaluation.kind);
                kind.map_or(String::new(), |kind| words::term(kind).to_owned())
            }
            "criterion" => {
                scope.criterion.and_then(|(at, _)| judged.get(at)).map_or(String::new(), |j| j.label.clone())
            }
            "session" => scope.session.map_or(String::new(), |(_, session)| words::session(session)),
            _ => String::new(),
        });
        // The programme has no letter; what separates it from the name goes with it.
        Cow::Owned(heading.trim().to_owned())
    }

    /// The scopes for which a section is repeated.
    fn repeated(&self, each: Each, frame: &Frame<'a, '_>) -> Vec<Scope<'a>> {
        let subjects = |from: usize, keep: fn(&Subject) -> bool| -> Vec<Scope<'a>> {
            let kept = self.dossier.subjects().enumerate().skip(from).filter(|(_, subject)| keep(subject));
            kept.map(|subject| Scope { subject: Some(subject), ..Scope::default() }).collect()
        };
        let subject = frame.scope.subject;
        match each {
            Each::Once => vec![*frame.scope],
            Each::Programme => {
                vec![Scope { subject: Some((0, &self.dossier.programme)), ..Scope::default() }]
            }
            Each::Project => subjects(1, |_| true),
            Each::EvaluatedProject => subjects(1, Subject::is_evaluated),
            Each::EvaluatedSubject => subjects(0, Subject::is_evaluated),
            Each::Criterion => (frame.judged.iter().enumerate())
                .map(|(at, judged)| Scope {
                    subject,
                    criterion: Some((at, judged.no)),
                    recommends: judged.recommends,
                    session: None,
                })
                .collect(),
            Each::Session => (subject.into_iter())
                .flat_map(|(_, s)| s.evaluation.sessions.iter().enumerate())
                .map(|session| Scope { subject, session: Some(session), ..Scope::default() })
                .collect(),
        }
    }

    fn stands(&self, only: Only, scope: &Scope<'_>) -> bool {
        let subject = scope.subject.map(|(_, subject)| subject);
        let scored = subject.is_some_and(|subject| !subject.evaluation.panel.is_empty());
        match only {
            Only::Always => true,
            Only::Scored => scored,
            Only::Unscored => !scored,
            Only::WithSessions => subject.is_some_and(|subject| !subject.evaluation.sessions.is_empty()),
            Only::WithoutCriterionOnRecommendations => {
                subject.is_none_or(|subject| !judged(self.dossier, subject).iter().any(|j| j.recommends))
            }
            Only::ChecksWanted => self.review.is_some(),
        }
    }

    fn filled(&self, content: &Content, scope: &Scope<'_>) -> bool {
        if let Content::Charts(charts) = content {
            let subject = scope.subject.map(|(_, subject)| &subject.id);
            let home = charts.home();
            return self.figures.iter().any(|f| Some(&f.subject) == subject && f.home == home);
        }
        filled(content, self.dossier, scope)
    }
}

/// Whether a piece of content other than charts has anything to print.
pub fn filled(content: &Content, dossier: &Dossier, scope: &Scope<'_>) -> bool {
    match content {
        Content::Words(words) => return !words.trim().is_empty(),
        Content::Preface => return !dossier.report.preface.trim().is_empty(),
        Content::LegalBasis => return !dossier.report.legal_basis.is_empty(),
        Content::Committees => return !dossier.committees.is_empty(),
        Content::Contents(_) | Content::ReadingNote | Content::Checks => return true,
        Content::CriteriaAndScale => {
            let sets = [&dossier.criteria.project, &dossier.criteria.programme];
            return sets.iter().any(|set| !set.criteria.is_empty());
        }
        Content::Statistics => {
            return dossier.subjects().any(|subject| !subject.evaluation.panel.is_empty());
        }
        _ => {}
    }
    let Some((_, subject)) = scope.subject else { return false };
    let evaluation = &subject.evaluation;
    let criterion = scope.criterion.map(|(_, no)| no);
    let commented = |kinds: &[CommentKind]| {
        evaluation.comments.iter().any(|comment| {
            // What members recommend for the whole stands under the criterion on recommendations.
            let here = comment.criterion == criterion || scope.recommends && comment.criterion.is_none();
            let here = if comment.kind == CommentKind::Recommendation {
                here
            } else {
                comment.criterion == criterion
            };
            here && kinds.contains(&comment.kind) && !comment.text.trim().is_empty()
        })
    };
    let opinion = || {
        let agreed = |c: &crate::model::Consensus| c.criterion == criterion && !c.text.trim().is_empty();
        evaluation.consensus.iter().any(agreed) || commented(&[CommentKind::Positive, CommentKind::Issue])
    };
    match content {
        Content::NotEvaluated => !subject.is_evaluated(),
        Content::Overview => true,
        Content::Amounts => !subject.amounts.is_empty(),
        Content::Text(chapter) => prose(subject, *chapter),
        Content::SubProgrammes => !subject.sub_programmes.is_empty(),
        Content::ResearchItems => !subject.research_items.is_empty(),
        Content::Funding => !subject.funding.is_empty(),
        Content::Competitors => !subject.competitors.is_empty(),
        Content::History => !subject.history.is_empty(),
        Content::Outputs => !subject.outputs.is_empty(),
        Content::Outcomes => !subject.outcomes.is_empty(),
        Content::OtherIndicators => !subject.other_indicators.is_empty(),
        Content::Technologies => !subject.output_groups.is_empty(),
        Content::Logic => !subject.logic.nodes.is_empty() || !subject.logic.edges.is_empty(),
        Content::FactTables => !subject.tables.is_empty(),
        Content::Roadmap => !subject.roadmap.is_empty(),
        Content::Market => !subject.market.is_empty(),
        Content::PreviousFindings => !subject.previous_findings.is_empty(),
        Content::Opinion => !scope.recommends || opinion(),
        Content::PartialOpinion => opinion(),
        Content::MembersRecommendations => commented(&[CommentKind::Recommendation]),
        Content::Recommendations => !evaluation.recommendations.is_empty(),
        Content::RecommendationsHere => scope.recommends && !evaluation.recommendations.is_empty(),
        Content::Scores => !evaluation.panel.is_empty(),
        Content::Findings => scope.session.is_some(),
        _ => false,
    }
}

fn prose(subject: &Subject, chapter: Chapter) -> bool {
    subject.sections_of(chapter).any(|section| {
        !section.heading.trim().is_empty() || section.body.lines().any(|line| !line.trim().is_empty())
    })
}
