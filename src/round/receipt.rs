//! The receipt that a member gets back: what was received of them, and when.

use super::issue::ascii;
use super::{Form, value_words};
use crate::locale::{Lang, cell as cell_name};
use crate::model::{
    AnswerField, AnswerValue, Answers, Dossier, MemberId, Receipt, Round, RowId, ScoreCell, SubjectAnswers,
};
use crate::tr;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment as people here read it.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The name of a receipt's file, in ASCII.
pub fn receipt_name(round: &RowId, member: &MemberId) -> String {
    format!("receipt_{}_{}.txt", ascii(round.as_str()), ascii(member.as_str()))
}

/// The text of a member's receipt in a round; none if nothing was received.
pub fn receipt(dossier: &Dossier, round: &Round, member: &MemberId, lang: Lang) -> Option<String> {
    let mut received: Vec<&Receipt> = round.receipts.iter().filter(|r| r.member == *member).collect();
    received.sort_by_key(|receipt| (receipt.at, receipt.revision, receipt.edition));
    let last = *received.last()?;
    let name = dossier.member(member).map(|member| member.name.as_str()).filter(|name| !name.is_empty());
    let name = name.unwrap_or(member.as_str());
    let of = if round.title.is_empty() { round.id.as_str() } else { round.title.as_str() };
    let mut lines = vec![
        lang.t("評価票の受領書", "Receipt for a ballot").to_owned(),
        String::new(),
        dossier.title().to_owned(),
        tr!(lang, "回: {of}", "Round: {of}"),
        tr!(lang, "委員: {name}", "Member: {name}"),
        String::new(),
    ];
    for receipt in &received {
        let (at, file) = (moment(receipt.at), &receipt.file);
        let mut line = tr!(lang, "{at} 受領　{file}", "Received {at}: {file}");
        if let Some(saved) = receipt.saved {
            let saved = moment(saved);
            line.push_str(&tr!(lang, "（{saved} 保存）", " (saved {saved})"));
        }
        lines.push(line);
    }
    lines.push(String::new());
    let form = Form::of(dossier, round, member);
    lines.extend(form.subjects.iter().map(|asked| {
        let title = &asked.title;
        if asked.recused.is_some() {
            let recused = cell_name(ScoreCell::Recused, lang);
            return format!("{title}: {recused}");
        }
        let given = last.answers.get(&asked.id).cloned().unwrap_or_default();
        let scores: Vec<String> = (asked.criteria.iter().filter(|criterion| criterion.scored))
            .map(|criterion| {
                let cell = given.scores.get(&criterion.no).copied().unwrap_or_default();
                let words = value_words(&AnswerValue::Cell(cell), &asked.scale);
                format!("{} {}", criterion.no, words.t(lang))
            })
            .collect();
        let texts = texts(&given);
        let texts = tr!(lang, "コメント {texts} 件", "{texts} comments");
        if scores.is_empty() {
            return format!("{title}: {texts}");
        }
        let scores = scores.join(lang.t("、", ", "));
        let word = lang.t("評点", "scores");
        format!("{title}: {word} {scores}{}{texts}", lang.t("。", "; "))
    }));
    let missing = missing(&form, &last.answers);
    lines.push(String::new());
    lines.push(if missing.is_empty() {
        lang.t("評点はすべて受け取りました。", "Every score has been received.").to_owned()
    } else {
        let missing = missing.join(lang.t("、", "; "));
        tr!(lang, "未記入の評点: {missing}", "Scores still blank: {missing}")
    });
    Some(lines.join("\n"))
}

fn texts(given: &SubjectAnswers) -> usize {
    let whole = given.get(AnswerField::Recommendation) != AnswerValue::Text(String::new());
    given.positive.len() + given.issues.len() + usize::from(whole)
}

/// The blank scores, subject by subject: `A 3, 5`.
fn missing(form: &Form, answers: &Answers) -> Vec<String> {
    let blank: Vec<_> = form.missing(answers).map(|(subject, criterion)| (subject, criterion.no)).collect();
    let of_subject = |chunk: &[(&super::FormSubject, crate::model::CriterionNo)]| {
        let numbers: Vec<String> = chunk.iter().map(|(_, no)| no.to_string()).collect();
        format!("{} {}", chunk[0].0.id, numbers.join(", "))
    };
    blank.chunk_by(|a, b| a.0.id == b.0.id).map(of_subject).collect()
}
