//! Who has handed in what: member × subject × criterion, and who is to be reminded.

use super::form::is_on_panel;
use crate::locale::{Lang, cell as cell_name};
use crate::model::{CriterionNo, Dossier, MemberId, Round, ScoreCell, Subject, SubjectId};
use crate::tr;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashSet;

/// How far a round is.
#[derive(Debug, Clone, PartialEq)]
pub struct Completeness {
    /// One entry a member, in the round's order.
    pub members: Vec<MemberState>,
}

/// How far one member is.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberState {
    /// The member.
    pub member: MemberId,
    /// When a ballot was received last.
    pub received: Option<Timestamp>,
    /// Whether a ballot was sent.
    pub issued: bool,
    /// What the member is asked to score, in the dossier's order.
    pub asked: Vec<Asked>,
}

/// What one member has scored of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The subject.
    pub subject: SubjectId,
    /// The scored cells by criterion.
    pub cells: Vec<(CriterionNo, ScoreCell)>,
}

impl MemberState {
    /// How many cells still wait for the member.
    pub fn blank(&self) -> usize {
        self.cells().filter(|cell| **cell == ScoreCell::Blank).count()
    }

    fn cells(&self) -> impl Iterator<Item = &ScoreCell> {
        self.asked.iter().flat_map(|asked| &asked.cells).map(|(_, cell)| cell)
    }

    /// Whether the member is to be reminded.
    pub fn is_to_be_chased(&self) -> bool {
        self.blank() > 0
    }
}

/// How far a round is, as the dossier stands.
pub fn completeness(dossier: &Dossier, round: &Round) -> Completeness {
    let judged: HashSet<&SubjectId> = round.subjects.iter().collect();
    let recused: HashSet<(&MemberId, &SubjectId)> =
        round.recusals.iter().map(|recusal| (&recusal.member, &recusal.subject)).collect();
    let subjects: Vec<(&Subject, Vec<CriterionNo>)> = (dossier.subjects())
        .filter(|subject| judged.contains(&subject.id))
        .map(|subject| {
            let scored = dossier.criteria_for(&subject.id).scored();
            (subject, scored.map(|criterion| criterion.no).collect::<Vec<_>>())
        })
        .filter(|(_, scored)| !scored.is_empty())
        .collect();
    let members = round.members.iter().map(|member| {
        let asked = subjects.iter().filter(|(subject, _)| is_on_panel(&subject.evaluation.panel, member));
        let asked = asked.map(|(subject, scored)| {
            let given = subject.evaluation.scores.get(member);
            let recused = recused.contains(&(member, &subject.id));
            let cell = |no: &CriterionNo| match given.and_then(|given| given.get(no)) {
                _ if recused => ScoreCell::Recused,
                given => given.copied().unwrap_or_default(),
            };
            Asked { subject: subject.id.clone(), cells: scored.iter().map(|no| (*no, cell(no))).collect() }
        });
        MemberState {
            member: member.clone(),
            received: round.receipts.iter().filter(|r| r.member == *member).map(|r| r.at).max(),
            issued: round.latest_issue(member).is_some(),
            asked: asked.collect(),
        }
    });
    Completeness { members: members.collect() }
}

impl Completeness {
    /// A text to send on: who is complete, and who lacks what.
    pub fn text(&self, dossier: &Dossier, deadline: Option<Date>, lang: Lang) -> String {
        let mut lines = Vec::new();
        if let Some(deadline) = deadline {
            lines.push(tr!(lang, "提出期限: {deadline}", "Due: {deadline}"));
        }
        for state in &self.members {
            let name = dossier.member(&state.member).map(|member| member.name.as_str());
            let name = name.filter(|name| !name.is_empty()).unwrap_or(state.member.as_str());
            let (all, blank) = (state.cells().count(), state.blank());
            let done = all - blank;
            let head = tr!(lang, "{name}: {done} / {all}", "{name}: {done} of {all}");
            if blank == 0 {
                lines.push(head);
                continue;
            }
            let missing: Vec<String> = (state.asked.iter())
                .filter_map(|asked| {
                    let blank = asked.cells.iter().filter(|(_, cell)| *cell == ScoreCell::Blank);
                    let numbers: Vec<String> = blank.map(|(no, _)| no.to_string()).collect();
                    let numbers = numbers.join(", ");
                    (!numbers.is_empty()).then(|| format!("{} {numbers}", asked.subject))
                })
                .collect();
            let missing = missing.join(lang.t("、", "; "));
            let blank_name = cell_name(ScoreCell::Blank, lang);
            lines.push(format!("{head}  {blank_name}: {missing}"));
        }
        lines.join("\n")
    }
}
