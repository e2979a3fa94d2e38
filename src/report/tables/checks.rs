//! The table of the consistency checks.

use super::{SUBJECT, Table, text};
use crate::check::{self, Severity, Standing};
use crate::locale::Lang;
use crate::locale::place::Speaker;
use crate::model::{Dossier, Place};

/// The findings of the checks with the notes made on them.
pub(super) fn of(dossier: &Dossier) -> Table {
    let mut table = Table::new(
        "checks",
        "記載の確認（数値・年度・名称の食い違い）",
        [
            SUBJECT,
            text("rule", "規則"),
            text("rule_title", "規則の名称"),
            text("severity", "区分（error 食い違い、warning 要確認、notice 参考）"),
            text("message", "指摘"),
            text("working", "計算"),
            text("expected", "期待される値"),
            text("found", "見つかった値"),
            text("places", "箇所"),
            text("addresses", "箇所（評価データ内の番地）"),
            text("why", "理由"),
            text("state", "状態（open 未確認、reopened 数値が変わり再び未確認、noted 確認済み）"),
            text("reason", "注記"),
            text("noted_by", "注記の記入者"),
            text("noted_on", "注記の日付"),
        ],
    );
    let lang = Lang::Ja;
    let review = check::review(check::run(dossier), &dossier.check_notes);
    let speaker = Speaker::new(dossier);
    for reviewed in &review.findings {
        let finding = &reviewed.finding;
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        let (state, note) = match &reviewed.standing {
            Standing::Open => ("open", None),
            Standing::Reopened(note) => ("reopened", Some(note)),
            Standing::Noted(note) => ("noted", Some(note)),
        };
        let (reason, by, when) =
            note.map(|note| (note.reason.clone(), note.by.clone(), note.when.clone())).unwrap_or_default();
        let lines = |texts: Vec<String>| texts.join("\n");
        table.push([
            finding.places.first().map(subject_of).unwrap_or_default(),
            finding.rule.id.to_owned(),
            finding.rule.title.t(lang).to_owned(),
            severity.to_owned(),
            finding.message.t(lang).to_owned(),
            lines(finding.working.iter().map(|line| line.t(lang).to_owned()).collect()),
            finding.expected.t(lang).to_owned(),
            finding.found.t(lang).to_owned(),
            lines(finding.places.iter().map(|place| speaker.say(place, lang)).collect()),
            lines(finding.places.iter().map(ToString::to_string).collect()),
            finding.why(lang).to_owned(),
            state.to_owned(),
            reason,
            by,
            when,
        ]);
    }
    table
}

/// The id of the subject that a place belongs to; empty where it belongs to none.
fn subject_of(place: &Place) -> String {
    place.subject().map(|id| id.to_string()).unwrap_or_default()
}
