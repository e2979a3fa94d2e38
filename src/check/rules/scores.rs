//! 評点: the score table against its scale, its panel and its printed means.

use crate::both;
use crate::check::say::{at, join, subject as called};
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Criterion, CriterionNo, Dossier, MemberId, Place, ScoreCell, Subject};
use crate::stats::{printed_mean, summarise};
use std::collections::{BTreeMap, BTreeSet};

fn scored<'a>(cx: &Context<'a>, subject: &Subject) -> Vec<&'a Criterion> {
    cx.dossier.criteria_for(&subject.id).scored().collect()
}

/// What a member is called.
fn name(dossier: &Dossier, id: &MemberId) -> String {
    dossier
        .member(id)
        .map(|member| member.name.clone())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| id.to_string())
}

fn cell(subject: &Subject, member: &MemberId, no: CriterionNo) -> Place {
    at(subject, &["evaluation", "scores", member.as_str(), &no.to_string()])
}

fn list(numbers: &[CriterionNo]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A score that the scale does not have.
pub(super) static SCALE: Rule = Rule {
    id: "score-scale",
    severity: Severity::Error,
    title: Words("評点の尺度", "Scores and the scale"),
    why: Words("尺度にない評点は、平均を狂わせます。", "A score outside the scale distorts the mean."),
    scope: Scope::Subject(outside),
};

fn outside(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let scale = &cx.dossier.criteria_for(&subject.id).scale;
    if scale.steps.is_empty() {
        return Vec::new();
    }
    let steps: Vec<_> = scale.steps.iter().map(|step| step.value.to_string()).collect();
    let steps = steps.join(", ");
    let mut findings = Vec::new();
    for (member, row) in &subject.evaluation.scores {
        for (no, given) in row {
            let Some(score) = given.score().filter(|score| scale.step(*score).is_none()) else { continue };
            let (who, whose) = (name(cx.dossier, member), called(subject));
            findings.push(
                Finding::new(
                    &SCALE,
                    Both {
                        ja: format!("{}の評価項目 {no}に{who}が付けた{score}は、尺度（{steps}）にありません。", whose.ja),
                        en: format!("{who} gave criterion {no} of {} a {score}, which the scale ({steps}) does not have.", whose.en),
                    },
                )
                .at(cell(subject, member, *no))
                .at(Place::from("criteria"))
                .numbers(steps.clone(), score.to_string()),
            );
        }
    }
    findings
}

/// A member whose scores are not complete.
pub(super) static MISSING: Rule = Rule {
    id: "score-missing",
    severity: Severity::Warning,
    title: Words("未記入の評点", "Missing scores"),
    why: Words(
        "未記入の評点は平均に入りません。評価票の回収漏れか、除斥・欠席の記録漏れかを確かめます。",
        "A blank does not enter the mean; it may be a ballot not yet in, or a recusal or absence not recorded.",
    ),
    scope: Scope::Subject(missing),
};

fn missing(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let evaluation = &subject.evaluation;
    let criteria = scored(cx, subject);
    let mut findings = Vec::new();
    for member in &evaluation.panel {
        let blank: Vec<_> = criteria
            .iter()
            .map(|criterion| criterion.no)
            .filter(|no| evaluation.cell(member, *no) == ScoreCell::Blank)
            .collect();
        if blank.is_empty() {
            continue;
        }
        let (who, whose, numbers) = (name(cx.dossier, member), called(subject), list(&blank));
        let (all, given) = (criteria.len(), criteria.len() - blank.len());
        findings.push(
            Finding::new(
                &MISSING,
                Both {
                    ja: format!("{}で、{who}の評点が未記入です（評価項目 {numbers}）。", whose.ja),
                    en: format!("In {}, scores of {who} are missing (criteria {numbers}).", whose.en),
                },
            )
            .at_all(blank.iter().map(|no| cell(subject, member, *no)))
            .numbers(all.to_string(), given.to_string()),
        );
    }
    findings
}

/// A member who is recused and takes part all the same.
pub(super) static RECUSED: Rule = Rule {
    id: "score-recused",
    severity: Severity::Warning,
    title: Words("除斥された委員の評点・コメント", "Scores and comments of recused members"),
    why: Words(
        "利害関係のある委員の評点やコメントが残っていると、評価の公正さが疑われます。",
        "Scores or comments of a member with an interest cast doubt on the fairness of the evaluation.",
    ),
    scope: Scope::Subject(recused),
};

fn recused(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let evaluation = &subject.evaluation;
    let mut findings = Vec::new();
    for (member, row) in &evaluation.scores {
        let out: Vec<_> =
            row.iter().filter(|(_, cell)| **cell == ScoreCell::Recused).map(|(no, _)| *no).collect();
        let given: Vec<_> =
            row.iter().filter(|(_, cell)| cell.score().is_some()).map(|(no, _)| *no).collect();
        let comments: Vec<_> =
            evaluation.comments.iter().filter(|comment| comment.member.as_ref() == Some(member)).collect();
        if out.is_empty() || (given.is_empty() && comments.is_empty()) {
            continue;
        }
        let (who, whose, out_numbers) = (name(cx.dossier, member), called(subject), list(&out));
        let (scores, count) = (list(&given), comments.len());
        let mut parts = Vec::new();
        if !given.is_empty() {
            parts.push(both!("評価項目 {scores}に評点", "scores for criteria {scores}"));
        }
        if count > 0 {
            parts.push(both!("コメント {count}件", "{count} comments"));
        }
        let parts = join(&parts, "と", " and ");
        findings.push(
            Finding::new(
                &RECUSED,
                Both {
                    ja: format!(
                        "{}で、{who}は評価項目 {out_numbers}を除斥とされていますが、{}があります。",
                        whose.ja, parts.ja
                    ),
                    en: format!(
                        "In {}, {who} is recused from criteria {out_numbers} but has {}.",
                        whose.en, parts.en
                    ),
                },
            )
            .at_all(out.iter().chain(&given).map(|no| cell(subject, member, *no)))
            .at_all(
                comments.iter().map(|comment| at(subject, &["evaluation", "comments", comment.id.as_str()])),
            )
            .numbers(out_numbers.clone(), scores),
        );
    }
    findings
}

/// Scores of somebody who is not on the panel.
pub(super) static OUTSIDER: Rule = Rule {
    id: "score-outsider",
    severity: Severity::Warning,
    title: Words("担当でない委員の評点", "Scores from outside the panel"),
    why: Words(
        "担当委員でない人の評点は、平均にも報告書の表にも入りません。",
        "Scores of somebody not on the panel enter neither the mean nor the report's table.",
    ),
    scope: Scope::Subject(outsiders),
};

fn outsiders(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let evaluation = &subject.evaluation;
    let outside = evaluation.scores.iter().filter(|(member, row)| {
        !evaluation.panel.contains(member) && row.values().any(|cell| cell.score().is_some())
    });
    outside
        .map(|(member, row)| {
            let (who, whose, count) = (name(cx.dossier, member), called(subject), row.len());
            Finding::new(
                &OUTSIDER,
                Both {
                    ja: format!("{}に、担当委員でない{who}の評点が{count}つあります。", whose.ja),
                    en: format!("{} has {count} scores of {who}, who is not on its panel.", whose.en),
                },
            )
            .at(at(subject, &["evaluation", "scores", member.as_str()]))
            .at(at(subject, &["evaluation", "panel"]))
            .numbers("0", count.to_string())
        })
        .collect()
}

/// A printed mean against the scores.
pub(super) static MEAN: Rule = Rule {
    id: "score-mean",
    severity: Severity::Error,
    title: Words("評点の平均", "Printed means"),
    why: Words(
        "印字の平均は、評点から小数第1位への四捨五入で得られる値でなければなりません。",
        "A printed mean must be that of the scores, rounded half up to one decimal.",
    ),
    scope: Scope::Subject(means),
};

fn means(_: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (no, printed) in &subject.evaluation.printed_means {
        let scores = subject.evaluation.scores_of(*no);
        let Some(mean) = printed_mean(&scores).filter(|mean| mean != printed.trim()) else { continue };
        let given: Vec<_> = scores.iter().flatten().map(ToString::to_string).collect();
        let (n, whose, given) = (summarise(&scores).n, called(subject), given.join(" + "));
        findings.push(
            Finding::new(
                &MEAN,
                Both {
                    ja: format!("{}の評価項目 {no}の印字の平均は{printed}ですが、{n}名の評点の平均は{mean}です。", whose.ja),
                    en: format!("The printed mean of criterion {no} of {} is {printed}, but that of the {n} scores is {mean}.", whose.en),
                },
            )
            .at(at(subject, &["evaluation", "printed_means", &no.to_string()]))
            .at(at(subject, &["evaluation", "scores"]))
            .numbers(mean.clone(), printed.clone())
            .line(Both::same(format!("({given}) ÷ {n} = {mean}"))),
        );
    }
    findings
}

/// A project that fewer members score than the others.
pub(super) static PANELS: Rule = Rule {
    id: "panel-differs",
    severity: Severity::Notice,
    title: Words("評点を付けた委員の数", "How many members score"),
    why: Words(
        "プロジェクトによって評点を付けた委員の数が違うときは、除斥や欠席などの理由を示しておく必要があります。",
        "If fewer members score one project than the others, the reason, such as recusal or absence, should be on record.",
    ),
    scope: Scope::Dossier(|cx| panels(cx).into_iter().collect()),
};

fn panels(cx: &Context<'_>) -> Option<Finding> {
    let scored: Vec<_> =
        cx.dossier.projects.iter().filter(|project| !project.evaluation.panel.is_empty()).collect();
    let everybody: BTreeSet<_> = scored.iter().flat_map(|project| &project.evaluation.panel).collect();
    let mut short: BTreeMap<Vec<&MemberId>, Vec<&Subject>> = BTreeMap::new();
    for project in &scored {
        let absent: Vec<_> = everybody
            .iter()
            .copied()
            .filter(|member| {
                !project.evaluation.panel.contains(member) && !project.evaluation.scores.contains_key(*member)
            })
            .collect();
        if !absent.is_empty() {
            short.entry(absent).or_default().push(project);
        }
    }
    let projects: Vec<_> = short.values().flatten().copied().collect();
    // Where most panels differ, each project has its own on purpose.
    if projects.is_empty() || projects.len() * 2 >= scored.len() {
        return None;
    }
    let all = everybody.len();
    let who = join(&projects.iter().map(|project| called(project)).collect::<Vec<_>>(), "、", ", ");
    let n = projects[0].evaluation.panel.len();
    let message = Both {
        ja: format!(
            "{}に評点を付けた委員は{n}名で、ほかのプロジェクトの{all}名と違います。除斥や欠席の記録はありません。",
            who.ja
        ),
        en: format!(
            "{} is scored by {n} members, others by {all}; no recusal or absence is recorded.",
            who.en
        ),
    };
    let lines = short.iter().map(|(members, projects)| {
        let names: Vec<_> = members.iter().map(|member| name(cx.dossier, member)).collect();
        let (ja, en) = (names.join("・"), names.join(", "));
        let who = join(&projects.iter().map(|project| called(project)).collect::<Vec<_>>(), "、", ", ");
        Both {
            ja: format!("{}: {ja}の評点がない", who.ja), en: format!("{}: no scores of {en}", who.en)
        }
    });
    Some(
        Finding::new(&PANELS, message)
            .at_all(projects.iter().map(|project| at(project, &["evaluation", "panel"])))
            .numbers(all.to_string(), n.to_string())
            .lines(lines),
    )
}

/// Scores without comments, and comments without scores.
pub(super) static COMMENTS: Rule = Rule {
    id: "comment-score",
    severity: Severity::Notice,
    title: Words("評点とコメント", "Scores and comments"),
    why: Words(
        "評点とコメントの一方だけがある委員には、書き忘れがないかを確かめます。",
        "A member with scores but no comments, or the reverse, may have forgotten one of them.",
    ),
    scope: Scope::Subject(comments),
};

fn comments(cx: &Context<'_>, subject: &Subject) -> Vec<Finding> {
    let evaluation = &subject.evaluation;
    // Where comments carry no names, nobody can tell whose are missing.
    let named: BTreeSet<_> =
        evaluation.comments.iter().filter_map(|comment| comment.member.as_ref()).collect();
    if named.is_empty() || scored(cx, subject).is_empty() {
        return Vec::new();
    }
    let has_scores = |member: &MemberId| {
        evaluation.scores.get(member).is_some_and(|row| row.values().any(|cell| cell.score().is_some()))
    };
    let mut findings = Vec::new();
    let members: BTreeSet<_> = evaluation.panel.iter().chain(named.iter().copied()).collect();
    for member in members {
        let (scores, comments) = (has_scores(member), named.contains(member));
        if scores == comments {
            continue;
        }
        let (who, whose) = (name(cx.dossier, member), called(subject));
        let message = if scores {
            Both {
                ja: format!("{}で、{who}には評点がありますが、コメントがありません。", whose.ja),
                en: format!("In {}, {who} has scores but no comments.", whose.en),
            }
        } else {
            Both {
                ja: format!("{}で、{who}にはコメントがありますが、評点がありません。", whose.ja),
                en: format!("In {}, {who} has comments but no scores.", whose.en),
            }
        };
        findings.push(
            Finding::new(&COMMENTS, message)
                .at(at(subject, &["evaluation", "scores", member.as_str()]))
                .at(at(subject, &["evaluation", "comments"]))
                .figures(
                    both!("評点とコメント", "scores and comments"),
                    if scores {
                        both!("評点だけ", "scores only")
                    } else {
                        both!("コメントだけ", "comments only")
                    },
                ),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, found, sentences};
    use crate::model::{Comment, Scale, ScaleStep};

    fn scored() -> Dossier {
        let mut dossier = dossier(|a| {
            a.evaluation.panel = vec!["M1".into(), "M2".into()];
            for (member, scores) in [("M1", [2, 3]), ("M2", [3, 3])] {
                for (no, score) in (1..).zip(scores) {
                    a.evaluation.set_cell(&member.into(), CriterionNo(no), ScoreCell::Score(score));
                }
            }
            a.evaluation.printed_means =
                [(CriterionNo(1), "2.5".into()), (CriterionNo(2), "3.0".into())].into();
        });
        dossier.criteria.project.criteria =
            [1, 2].map(|no| Criterion { no: CriterionNo(no), scored: true, ..Criterion::default() }).into();
        let step = |value: i16| ScaleStep { value, label: value.to_string(), ..ScaleStep::default() };
        dossier.criteria.project.scale = Scale { steps: (0..=3).map(step).collect(), to_be_confirmed: true };
        dossier
    }

    fn set(dossier: &mut Dossier, member: &str, no: u8, cell: ScoreCell) {
        dossier.projects[0].evaluation.set_cell(&member.into(), CriterionNo(no), cell);
    }

    #[test]
    fn a_complete_table_is_silent() {
        let dossier = scored();
        for rule in [&SCALE, &MISSING, &RECUSED, &OUTSIDER, &MEAN, &PANELS, &COMMENTS] {
            assert_eq!(found(rule, &dossier), [], "{}", rule.id);
        }
    }

    #[test]
    fn scores_outside_the_scale_and_the_panel_are_told() {
        let mut dossier = scored();
        set(&mut dossier, "M1", 1, ScoreCell::Score(5));
        set(&mut dossier, "M9", 1, ScoreCell::Score(0));
        assert!(sentences(&SCALE, &dossier)[0].contains("M1が付けた5は、尺度（0, 1, 2, 3）"));
        assert!(sentences(&OUTSIDER, &dossier)[0].contains("M9"));
    }

    #[test]
    fn blanks_are_missing_but_recusals_are_not() {
        let mut dossier = scored();
        set(&mut dossier, "M1", 2, ScoreCell::Blank);
        assert!(sentences(&MISSING, &dossier)[0].contains("評価項目 2"));
        for no in [1, 2] {
            set(&mut dossier, "M1", no, ScoreCell::Recused);
        }
        assert_eq!((found(&MISSING, &dossier), found(&RECUSED, &dossier)), (vec![], vec![]));
        set(&mut dossier, "M1", 2, ScoreCell::Score(3));
        assert!(sentences(&RECUSED, &dossier)[0].contains("評価項目 2に評点"));
    }

    #[test]
    fn a_printed_mean_is_reckoned() {
        let mut dossier = scored();
        dossier.projects[0].evaluation.printed_means.insert(CriterionNo(1), "2.4".into());
        assert!(sentences(&MEAN, &dossier)[0].contains("(2 + 3) ÷ 2 = 2.5"));
    }

    #[test]
    fn a_smaller_panel_is_noticed() {
        let mut dossier = scored();
        for id in ["B", "C"] {
            let twin = dossier.projects[0].clone().into_inner();
            dossier.projects.push(Subject { id: id.into(), ..twin }.into());
        }
        assert_eq!(found(&PANELS, &dossier), []);
        let smaller = &mut dossier.projects[1].evaluation;
        smaller.panel.pop();
        smaller.scores.remove(&"M2".into());
        assert!(sentences(&PANELS, &dossier)[0].contains("M2の評点がない"));
        set(&mut dossier, "M2", 1, ScoreCell::Score(3));
        dossier.projects[1].evaluation.set_cell(&"M2".into(), CriterionNo(1), ScoreCell::Recused);
        assert_eq!(found(&PANELS, &dossier), [], "a recusal is a reason");
    }

    #[test]
    fn comments_go_with_scores() {
        let mut dossier = scored();
        let comment = |member: &str| Comment {
            id: member.into(),
            member: Some(member.into()),
            text: "。".into(),
            ..Comment::default()
        };
        dossier.projects[0].evaluation.comments = vec![comment("M1"), comment("M2")];
        assert_eq!(found(&COMMENTS, &dossier), []);
        dossier.projects[0].evaluation.comments = vec![comment("M1"), comment("M9")];
        assert_eq!(found(&COMMENTS, &dossier).len(), 2);
    }
}
