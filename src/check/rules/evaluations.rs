//! When evaluations were or will be made: schedule, sessions, previous findings and roadmap against each other.

use crate::both;
use crate::check::say::{at, cited, join, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::{Both, Lang, Term};
use crate::model::{EvaluationKind, FiscalYear, Moment, Place, Subject, When};
use std::collections::BTreeMap;

/// The years that different places give for one evaluation.
pub(super) static YEARS: Rule = Rule {
    id: "evaluation-years",
    severity: Severity::Warning,
    title: Words("評価の年度", "Years of evaluations"),
    why: Words(
        "同じ評価の年度が場所によって違うと、いつの指摘にいつ対応したのかが追えません。",
        "If places give different years for one evaluation, nobody can follow which finding was answered when.",
    ),
    scope: Scope::Subject(years),
};

/// Where a year of an evaluation is stated.
struct Stated {
    year: FiscalYear,
    /// Whether the overview sheet's schedule states it.
    scheduled: bool,
    what: Both,
    place: Place,
}

fn fiscal(when: &When) -> Option<FiscalYear> {
    when.at.and_then(Moment::fiscal_year)
}

/// The kind of evaluation that a text names.
fn kind_in(text: &str) -> Option<EvaluationKind> {
    EvaluationKind::ALL.into_iter().find(|kind| text.contains(kind.term(Lang::Ja)))
}

fn stated(subject: &Subject, kind: EvaluationKind) -> Vec<Stated> {
    let mut all = Vec::new();
    let overview = cited(&subject.overview.printed_at);
    for point in subject.overview.schedule.iter().filter(|point| point.kind == kind) {
        if let Some(year) = point.year {
            let what = both!("評価時期{overview}", "the schedule{overview}");
            all.push(Stated {
                year,
                scheduled: true,
                what,
                place: at(subject, &["overview", "schedule", point.id.as_str()]),
            });
        }
    }
    for session in subject.evaluation.sessions.iter().filter(|session| session.kind == kind) {
        if let Some(year) = session.year {
            let no = session.session.map(|no| no.to_string()).unwrap_or_default();
            let place = cited(&session.printed_at);
            let what = both!("第{no}回 評価WG{place}", "working group session {no}{place}");
            let place = at(subject, &["evaluation", "sessions", session.id.as_str()]);
            all.push(Stated { year, scheduled: false, what, place });
        }
    }
    for finding in subject.previous_findings.iter().filter(|finding| kind_in(&finding.source) == Some(kind)) {
        if let Some(year) = fiscal(&finding.when) {
            let place = cited(&finding.printed_at);
            let what = both!("前回評価の指摘{place}", "the previous findings{place}");
            let place = at(subject, &["previous_findings", finding.id.as_str()]);
            all.push(Stated { year, scheduled: false, what, place });
        }
    }
    // On the roadmap, evaluations stand on a lane of their own.
    let lane = subject.roadmap.iter().filter(|item| item.lane.starts_with("評価") && item.about.is_empty());
    for item in lane.filter(|item| item.label.starts_with(kind.term(Lang::Ja))) {
        if let Some(year) = fiscal(&item.when) {
            let place = cited(&item.printed_at);
            let what = both!("ロードマップ{place}", "the roadmap{place}");
            all.push(Stated {
                year,
                scheduled: false,
                what,
                place: at(subject, &["roadmap", item.id.as_str()]),
            });
        }
    }
    all
}

fn years(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    EvaluationKind::ALL.into_iter().filter_map(|kind| years_of(subject, kind)).collect()
}

fn years_of(subject: &Subject, kind: EvaluationKind) -> Option<Finding> {
    let all = stated(subject, kind);
    let scheduled: Vec<_> = all.iter().filter(|stated| stated.scheduled).map(|stated| stated.year).collect();
    // A kind that the schedule leaves undated is contradicted by nothing.
    let undated = subject.overview.schedule.iter().any(|point| point.kind == kind && point.year.is_none());
    let odd: Vec<_> = all.iter().filter(|stated| !scheduled.contains(&stated.year)).collect();
    let first = odd
        .first()
        .filter(|_| !(scheduled.is_empty() && (undated || subject.overview.schedule.is_empty())))?;
    let mut by_year: BTreeMap<FiscalYear, Vec<&Stated>> = BTreeMap::new();
    for stated in &all {
        by_year.entry(stated.year).or_default().push(stated);
    }
    let lines = by_year.iter().map(|(year, stated)| {
        let mut what: Vec<Both> = stated.iter().map(|stated| stated.what.clone()).collect();
        what.dedup();
        let Both { ja, en } = join(&what, "、", ", ");
        both!("{year}年度: {ja}", "FY{year}: {en}")
    });
    let (who, ja, en) = (called(subject), kind.term(Lang::Ja), kind.term(Lang::En).to_lowercase());
    let list = |years: &[FiscalYear]| {
        let mut years: Vec<_> = years.iter().map(ToString::to_string).collect();
        years.sort();
        years.dedup();
        years.join("・")
    };
    let (plan, other) = (list(&scheduled), list(&odd.iter().map(|stated| stated.year).collect::<Vec<_>>()));
    let message = if plan.is_empty() {
        Both {
            ja: format!(
                "{}の{ja}は、評価時期の欄にありませんが、{}では{other}年度とされています。",
                who.ja, first.what.ja
            ),
            en: format!(
                "The {en} of {} is not in the schedule, but {} gives FY{other}.",
                lower(&who.en),
                first.what.en
            ),
        }
    } else {
        Both {
            ja: format!(
                "{}の{ja}は、評価時期の欄では{plan}年度、{}では{other}年度です。",
                who.ja, first.what.ja
            ),
            en: format!(
                "The {en} of {} is in FY{plan} by the schedule but in FY{other} by {}.",
                lower(&who.en),
                first.what.en
            ),
        }
    };
    let begun = subject
        .overview
        .period
        .start
        .filter(|start| kind == EvaluationKind::Prior && odd.iter().any(|stated| stated.year >= *start));
    let begun = begun.map(|start| {
        both!(
            "実施期間は{start}年度から始まるため、事前評価が開始の後になる",
            "the project begins in FY{start}, so that the prior evaluation would come after its start"
        )
    });
    let places = all.iter().filter(|stated| stated.scheduled).chain(odd.iter().copied());
    let places: Vec<_> = places.map(|stated| stated.place.clone()).collect();
    Some(Finding::new(&YEARS, message).at_all(places).numbers(plan, other).lines(lines).lines(begun))
}

/// A name in the middle of an English sentence.
fn lower(name: &str) -> String {
    name.replace("The programme", "the programme").replace("Project", "project")
}

/// A previous finding said to come from an evaluation that has not been made.
pub(super) static PREVIOUS_KIND: Rule = Rule {
    id: "previous-kind",
    severity: Severity::Warning,
    title: Words("前回評価の種類", "The kind of the previous evaluation"),
    why: Words(
        "前回の指摘がどの評価のものかを取り違えると、対応の経緯を説明できません。",
        "If findings are put down to the wrong evaluation, the history of the responses cannot be told.",
    ),
    scope: Scope::Subject(|cx, subject| previous_kind(cx, subject).into_iter().collect()),
};

fn previous_kind(cx: &Context<'_>, subject: &Subject) -> Option<Finding> {
    let now = subject.evaluation.year.or(cx.dossier.report.year)?;
    let earlier = |kind: EvaluationKind| {
        let scheduled = subject
            .overview
            .schedule
            .iter()
            .filter(|point| point.kind == kind)
            .any(|point| point.year.is_none_or(|year| year < now));
        let session = subject.evaluation.sessions.iter().filter(|session| session.kind == kind);
        scheduled || session.filter_map(|session| session.year).any(|year| year < now)
    };
    let wrong: Vec<_> = subject
        .previous_findings
        .iter()
        .filter(|finding| kind_in(&finding.source).is_some_and(|kind| !earlier(kind)))
        .collect();
    let first = wrong.first().filter(|_| !subject.overview.schedule.is_empty())?;
    let kind = kind_in(&first.source)?;
    let made: Vec<_> = EvaluationKind::ALL.into_iter().filter(|kind| earlier(*kind)).collect();
    let (source, place, who) = (&first.source, cited(&first.printed_at), called(subject));
    let scheduled =
        subject.overview.schedule.iter().filter(|point| point.kind == kind).filter_map(|point| point.year);
    let scheduled: Vec<_> = scheduled.map(|year| year.to_string()).collect();
    let (count, year) = (wrong.len(), scheduled.join("・"));
    let message = Both {
        ja: format!(
            "{}の前回の指摘 {count}件は「{source}」のものとされています{place}が、{}は評価時期の欄では{year}年度（今回）で、それより前にありません。",
            who.ja,
            kind.term(Lang::Ja)
        ),
        en: format!(
            "Previous findings of {} ({count}) are put down to \u{201c}{source}\u{201d}{place}, but by the schedule its {} is in FY{year}, this time; there was none before.",
            lower(&who.en),
            kind.term(Lang::En).to_lowercase()
        ),
    };
    let names =
        |lang: Lang| made.iter().map(|kind| kind.term(lang)).collect::<Vec<_>>().join(lang.t("、", ", "));
    let (ja, en) = (names(Lang::Ja), names(Lang::En));
    Some(
        Finding::new(&PREVIOUS_KIND, message)
            .at_all(
                wrong
                    .iter()
                    .map(|finding| at(subject, &["previous_findings", finding.id.as_str(), "source"])),
            )
            .at(at(subject, &["overview", "schedule"]))
            .numbers(ja.clone(), kind.term(Lang::Ja))
            .line(both!("それより前に行われた評価: {ja}", "evaluations before it: {en}")),
    )
}

/// The kinds of evaluation in the report, against the kind that its title names.
pub(super) static KIND_AND_TITLE: Rule = Rule {
    id: "report-kind",
    severity: Severity::Notice,
    title: Words("報告書の題名と評価の種類", "The report's title and the kinds of evaluation"),
    why: Words(
        "題名が一つの評価だけを名乗ると、別の種類の評価を受けた課題が埋もれます。",
        "A title that names one kind of evaluation hides the projects that were evaluated in another.",
    ),
    scope: Scope::Dossier(|cx| kind_and_title(cx).into_iter().collect()),
};

fn kind_and_title(cx: &Context<'_>) -> Option<Finding> {
    let dossier = cx.dossier;
    let kind = kind_in(&dossier.report.title)?;
    let others: Vec<_> = dossier
        .subjects()
        .filter_map(|subject| Some((subject, subject.evaluation.kind.filter(|other| *other != kind)?)))
        .collect();
    let (_, other) = others.first()?;
    let say = |lang: Lang| {
        let each = others.iter().map(|(subject, kind)| {
            format!("{}{}{}", called(subject).t(lang), lang.t("の", ": "), kind.term(lang))
        });
        each.collect::<Vec<_>>().join(lang.t("、", ", "))
    };
    let message = Both {
        ja: format!("報告書の題名は「{}」ですが、{}も入っています。", kind.term(Lang::Ja), say(Lang::Ja)),
        en: format!(
            "The report's title says \u{201c}{}\u{201d}, but it also holds: {}.",
            kind.term(Lang::Ja),
            say(Lang::En)
        ),
    };
    Some(
        Finding::new(&KIND_AND_TITLE, message)
            .at(Place::from("report/title"))
            .at_all(others.iter().map(|(subject, _)| at(subject, &["evaluation", "kind"])))
            .numbers(kind.term(Lang::Ja), other.term(Lang::Ja)),
    )
}

/// The year of an evaluation against the report's.
pub(super) static REPORT_YEAR: Rule = Rule {
    id: "evaluation-now",
    severity: Severity::Warning,
    title: Words("今回の評価の年度と種類", "The present evaluation's year and kind"),
    why: Words(
        "今回の評価が評価時期の欄にないと、予定外の評価に見えます。",
        "If the schedule does not know the present evaluation, it looks unplanned.",
    ),
    scope: Scope::Subject(|cx, subject| now(cx, subject).into_iter().collect()),
};

fn now(cx: &Context<'_>, subject: &Subject) -> Option<Finding> {
    let (kind, year) = (subject.evaluation.kind?, subject.evaluation.year?);
    let who = called(subject);
    let place = at(subject, &["evaluation", "year"]);
    if let Some(report) = cx.dossier.report.year.filter(|report| *report != year) {
        let message = Both {
            ja: format!("{}の評価は{year}年度、報告書は{report}年度です。", who.ja),
            en: format!("The evaluation of {} is of FY{year}, the report of FY{report}.", lower(&who.en)),
        };
        let finding = Finding::new(&REPORT_YEAR, message).at(place).at(Place::from("report/year"));
        return Some(finding.numbers(report.to_string(), year.to_string()));
    }
    let planned: Vec<_> = subject.overview.schedule.iter().filter(|point| point.kind == kind).collect();
    let known = planned.iter().any(|point| point.year.is_none_or(|planned| planned == year));
    if known || subject.overview.schedule.is_empty() {
        return None;
    }
    let years: Vec<_> =
        planned.iter().filter_map(|point| point.year).map(|year| format!("{year}年度")).collect();
    let years = years.join("、");
    let message = Both {
        ja: format!(
            "{}の今回の評価は{year}年度の{}ですが、評価時期の欄にありません。",
            who.ja,
            kind.term(Lang::Ja)
        ),
        en: format!(
            "The present evaluation of {}, {} in FY{year}, is not in the schedule.",
            lower(&who.en),
            kind.term(Lang::En).to_lowercase()
        ),
    };
    let finding = Finding::new(&REPORT_YEAR, message).at(place).at(at(subject, &["overview", "schedule"]));
    Some(finding.numbers(years, format!("{year}年度")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences, year};
    use crate::model::{Dossier, EvaluationPoint, PreviousFinding, RoadmapItem, SessionFindings};

    fn point(id: &str, kind: EvaluationKind, on: i16) -> EvaluationPoint {
        EvaluationPoint { id: id.into(), kind, year: Some(year(on)), ..EvaluationPoint::default() }
    }

    fn project() -> Dossier {
        dossier(|a| {
            a.overview.schedule =
                vec![point("1", EvaluationKind::Prior, 2017), point("2", EvaluationKind::Interim, 2022)];
            a.overview.period.start = Some(year(2018));
            a.evaluation.kind = Some(EvaluationKind::Interim);
            a.evaluation.year = Some(year(2022));
            let session = |id: &str, kind, on| SessionFindings {
                id: id.into(),
                kind,
                year: Some(year(on)),
                session: Some(45),
                ..SessionFindings::default()
            };
            a.evaluation.sessions = vec![
                session("s1", EvaluationKind::Prior, 2017),
                session("s2", EvaluationKind::Interim, 2022),
            ];
        })
    }

    #[test]
    fn years_that_agree_are_silent() {
        let mut dossier = project();
        dossier.report.title = "中間評価報告書".into();
        dossier.report.year = Some(year(2022));
        for rule in [&YEARS, &PREVIOUS_KIND, &KIND_AND_TITLE, &REPORT_YEAR] {
            assert_eq!(found(rule, &dossier), [], "{}", rule.id);
        }
    }

    #[test]
    fn another_year_is_told_with_its_places() {
        let mut dossier = project();
        dossier.projects[0].evaluation.sessions[0].year = Some(year(2018));
        let session = sentences(&YEARS, &dossier);
        assert!(session[0].contains("評価時期の欄では2017年度、第45回 評価WGでは2018年度"), "{session:?}");
        assert!(session[0].contains("事前評価が開始の後になる"), "{session:?}");
        let mut dossier = project();
        dossier.projects[0].previous_findings = vec![PreviousFinding {
            id: "1".into(),
            source: "評価WG（中間評価）".into(),
            when: When::read("FY2019"),
            ..PreviousFinding::default()
        }];
        dossier.projects[0].roadmap = vec![RoadmapItem {
            id: "1".into(),
            lane: "評価".into(),
            label: "中間評価".into(),
            when: When::read("FY2019"),
            ..RoadmapItem::default()
        }];
        let found = found(&YEARS, &dossier);
        assert_eq!((found.len(), found[0].places.len()), (1, 3), "one finding, all its places");
    }

    #[test]
    fn a_finding_of_an_evaluation_not_yet_made_is_told() {
        let mut dossier = project();
        let finding = |source: &str| PreviousFinding {
            id: "1".into(),
            source: source.into(),
            ..PreviousFinding::default()
        };
        dossier.projects[0].previous_findings = vec![finding("評価WG（事前評価）")];
        assert_eq!(found(&PREVIOUS_KIND, &dossier), []);
        dossier.projects[0].previous_findings = vec![finding("評価検討会（中間評価）")];
        assert!(sentences(&PREVIOUS_KIND, &dossier)[0].contains("2022年度（今回）"));
    }

    #[test]
    fn title_year_and_kind_of_the_report_are_compared() {
        let mut dossier = project();
        dossier.report.title = "終了時評価報告書".into();
        assert_eq!(found(&KIND_AND_TITLE, &dossier).len(), 1);
        dossier.report.year = Some(year(2023));
        assert!(sentences(&REPORT_YEAR, &dossier)[0].contains("報告書は2023年度"));
        dossier.report.year = None;
        dossier.projects[0].evaluation.kind = Some(EvaluationKind::Final);
        assert!(sentences(&REPORT_YEAR, &dossier)[0].contains("評価時期の欄にありません"));
    }
}
