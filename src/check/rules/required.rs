//! What an evaluation needs and the dossier does not have.

use crate::both;
use crate::check::say::{at, cited, join, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::{Both, Lang, Term};
use crate::model::{Chapter, Place, Subject};

/// Parts of the material and of the evaluation that are empty.
pub(super) static EMPTY: Rule = Rule {
    id: "required-empty",
    severity: Severity::Warning,
    title: Words("空の欄・章", "Empty parts"),
    why: Words(
        "評価の対象となる課題の資料と評価には、欠かせない部分があります。空のままでは報告書に穴が開きます。",
        "An evaluated project's material and evaluation have parts that cannot be missing; the report would show a gap.",
    ),
    scope: Scope::Subject(|_, subject| empty(subject).into_iter().collect()),
};

/// Whether a chapter holds anything, as text or as a table of its own.
fn has(subject: &Subject, chapter: Chapter) -> bool {
    let table = match chapter {
        Chapter::Position | Chapter::Necessity => false,
        // The programme's chapters have none of this.
        Chapter::Competitors => {
            subject.is_programme() || !subject.competitors.is_empty() || !subject.history.is_empty()
        }
        Chapter::Contents => !subject.research_items.is_empty() || !subject.sub_programmes.is_empty(),
        Chapter::Management => !subject.funding.is_empty(),
        Chapter::Outputs => !subject.outputs.is_empty(),
        Chapter::Outcomes => !subject.outcomes.is_empty(),
        Chapter::Roadmap => !subject.roadmap.is_empty(),
        Chapter::CostEffectiveness => !subject.market.is_empty(),
        // The first evaluation of a project has nothing before it.
        Chapter::PreviousFindings => true,
    };
    table || subject.sections_of(chapter).any(|section| !section.body.trim().is_empty())
}

fn empty(subject: &Subject) -> Option<Finding> {
    let evaluation = &subject.evaluation;
    // Only what is evaluated this time needs all its parts.
    evaluation.kind?;
    let overview = &subject.overview;
    let mut missing: Vec<(Both, Place)> = Vec::new();
    let mut need = |there: bool, what: Both, steps: &[&str]| {
        if !there {
            missing.push((what, at(subject, steps)));
        }
    };
    need(!overview.name.trim().is_empty(), both!("名称", "name"), &["overview", "name"]);
    need(!overview.purpose.trim().is_empty(), both!("目的", "purpose"), &["overview", "purpose"]);
    need(overview.period.start.is_some(), both!("実施期間", "period"), &["overview", "period"]);
    need(!overview.schedule.is_empty(), both!("評価時期", "schedule"), &["overview", "schedule"]);
    need(!subject.amounts.is_empty(), both!("契約額・執行額", "amounts"), &["amounts"]);
    for chapter in Chapter::ALL {
        let what = Both { ja: chapter.term(Lang::Ja).into(), en: chapter.term(Lang::En).to_lowercase() };
        need(has(subject, chapter), what, &["sections"]);
    }
    let consensus = evaluation.consensus.iter().any(|consensus| !consensus.text.trim().is_empty());
    need(consensus, both!("総合評価", "consensus"), &["evaluation", "consensus"]);
    let comments = evaluation.comments.iter().any(|comment| !comment.text.trim().is_empty());
    need(comments, both!("委員のコメント", "comments"), &["evaluation", "comments"]);
    need(
        !evaluation.recommendations.is_empty(),
        both!("提言", "recommendations"),
        &["evaluation", "recommendations"],
    );
    if missing.is_empty() {
        return None;
    }
    let (who, count) = (called(subject), missing.len());
    let what: Vec<_> = missing.iter().map(|(what, _)| what.clone()).collect();
    let what = join(&what, "、", ", ");
    let mut places: Vec<_> = missing.into_iter().map(|(_, place)| place).collect();
    places.dedup();
    Some(
        Finding::new(
            &EMPTY,
            Both {
                ja: format!("{}は評価の対象ですが、{count}つの部分が空です: {}。", who.ja, what.ja),
                en: format!("{} is evaluated, but {count} parts are empty: {}.", who.en, what.en),
            },
        )
        .at_all(places)
        .figures(what, both!("空欄", "nothing")),
    )
}

/// Choices that are printed with none of them marked.
pub(super) static CHOICE: Rule = Rule {
    id: "choice-open",
    severity: Severity::Notice,
    title: Words("選ばれていない選択肢", "Choices left open"),
    why: Words(
        "類型や会計区分の選択肢がそのまま並ぶと、どれに当たるかが分かりません。",
        "Where the choices are printed as they are, nobody can tell which applies.",
    ),
    scope: Scope::Subject(|_, subject| choices(subject).into_iter().collect()),
};

fn choices(subject: &Subject) -> Option<Finding> {
    let overview = &subject.overview;
    let fields = [
        ("type_selected", both!("類型", "type"), &overview.type_options, &overview.type_selected),
        (
            "account_selected",
            both!("会計区分", "account"),
            &overview.account_options,
            &overview.account_selected,
        ),
    ];
    let open: Vec<_> = fields
        .into_iter()
        .filter(|(_, _, options, selected)| options.len() > 1 && selected.is_none())
        .collect();
    let (_, _, options, _) = open.first()?;
    let what: Vec<_> = open.iter().map(|(_, what, ..)| what.clone()).collect();
    let (who, what, place) = (called(subject), join(&what, "と", " and "), cited(&overview.printed_at));
    let lines = open.iter().map(|(_, what, options, _)| {
        let options = options.join(" / ");
        Both { ja: format!("{}: {options}", what.ja), en: format!("{}: {options}", what.en) }
    });
    Some(
        Finding::new(
            &CHOICE,
            Both {
                ja: format!("{}の{}は、選択肢が並ぶだけで、どれも選ばれていません{place}。", who.ja, what.ja),
                en: format!("{}: of the choices for {} none is marked{place}.", who.en, what.en),
            },
        )
        .at_all(open.iter().map(|(field, ..)| at(subject, &["overview", field])))
        .figures(both!("1 つ", "one"), {
            let count = options.len();
            both!("{count}つのまま", "{count} left open")
        })
        .lines(lines),
    )
}

/// A leader without an affiliation, where others have one.
pub(super) static LEADER: Rule = Rule {
    id: "leader-affiliation",
    severity: Severity::Notice,
    title: Words("リーダーの所属", "Affiliations of leaders"),
    why: Words(
        "プロジェクトリーダーが誰でどこに所属するかは、体制を評価する前提です。",
        "Who leads a project, and from where, is what its management is judged by.",
    ),
    scope: Scope::Subject(leaders),
};

fn leaders(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let without = subject.overview.leaders.iter().filter(|leader| leader.affiliation.trim().is_empty());
    without
        .map(|leader| {
            let (role, name, place) = (&leader.role, &leader.name, cited(&subject.overview.printed_at));
            let who = called(subject);
            Finding::new(
                &LEADER,
                Both {
                    ja: format!("{}の{role}「{name}」に所属がありません{place}。", who.ja),
                    en: format!("{}: {role} \u{201c}{name}\u{201d} has no affiliation{place}.", who.en),
                },
            )
            .at(at(subject, &["overview", "leaders", leader.id.as_str(), "affiliation"]))
            .figures(both!("所属", "an affiliation"), both!("空欄", "nothing"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences};
    use crate::model::{EvaluationKind, Leader};

    #[test]
    fn only_what_is_evaluated_needs_all_its_parts() {
        assert_eq!(found(&EMPTY, &dossier(|_| ())), []);
        let mut dossier = dossier(|a| a.evaluation.kind = Some(EvaluationKind::Interim));
        let gaps = sentences(&EMPTY, &dossier);
        assert!(
            gaps[0].contains("名称") && gaps[0].contains("ロードマップ") && gaps[0].contains("総合評価"),
            "{gaps:?}"
        );
        let sample = crate::sample::dossier().unwrap();
        dossier.projects[0] = sample.projects[0].clone();
        assert_eq!(found(&EMPTY, &dossier), [], "a complete project");
    }

    #[test]
    fn choices_left_open_are_noticed() {
        let mut dossier = dossier(|a| a.overview.type_options = vec!["課題".into(), "制度".into()]);
        assert_eq!(found(&CHOICE, &dossier).len(), 1);
        dossier.projects[0].overview.type_selected = Some("課題".into());
        assert_eq!(found(&CHOICE, &dossier), []);
    }

    #[test]
    fn a_leader_has_an_affiliation() {
        let of = |affiliation: &str| {
            let leader = Leader { id: "1".into(), affiliation: affiliation.into(), ..Leader::default() };
            found(&LEADER, &dossier(|a| a.overview.leaders = vec![leader])).len()
        };
        assert_eq!((of("大阪大学"), of("")), (0, 1));
    }
}
