//! What the import page calls things: standings with their marks, roles of cells, values as people read them.

use crate::app::kit::Icon;
use crate::app::kit::table::paste::Left;
use crate::app::theme::Palette;
use crate::import::{Role, Standing, understood};
use crate::locale::{Lang, Term, cell as score_state};
use crate::model::{
    AmountKind, CommentKind, EvaluationKind, IndicatorStanding, MemberRole, Place, Quantity, RoadmapKind,
    ScoreCell, Step, TargetKind,
};
use crate::tr;
use egui::Color32;
use serde::Deserialize;
use serde_json::Value;

/// The standings, those first that want a look.
pub(super) const STANDINGS: [Standing; 4] =
    [Standing::Conflict, Standing::Changed, Standing::New, Standing::Same];

/// The mark of a standing: its icon, its colour, and the tint of a cell that has it.
pub(super) fn mark(standing: Standing, p: &Palette) -> (Icon, Color32, Color32) {
    match standing {
        Standing::New => (Icon::Plus, p.good, p.good_soft),
        Standing::Changed => (Icon::Edit, p.caution, p.caution_soft),
        Standing::Same => (Icon::Check, p.secondary, p.sheet),
        Standing::Conflict => (Icon::Warning, p.alarm, p.alarm_soft),
    }
}

/// What a cell is to its table.
pub(super) fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Caption => lang.t("表題", "Caption"),
        Role::Header => lang.t("列の見出し", "Column heading"),
        Role::Label => lang.t("行の見出し", "Row heading"),
        Role::Unit => lang.t("単位", "Unit"),
        Role::Note => lang.t("注", "Note"),
    }
}

/// A pasted text that no cell took, with the cell or its place in the block.
pub(super) fn no_place(lang: Lang, left: &Left) -> String {
    let text = short(&left.text);
    let (row, column) = left.at;
    match &left.cell {
        Some((row, column)) if column.is_empty() => tr!(lang, "「{row}」の「{text}」", "“{text}” at “{row}”"),
        Some((row, column)) => {
            tr!(lang, "「{row}」の「{column}」への「{text}」", "“{text}” at “{row}”, “{column}”")
        }
        None => tr!(
            lang,
            "表の外になる「{text}」（貼り付けた範囲の {row} 行 {column} 列）",
            "“{text}” beyond the table (row {row}, column {column} of what was pasted)"
        ),
    }
}

/// A text on one line, its line breaks shown.
pub(super) fn one_line(text: &str) -> String {
    text.trim().replace("\r\n", "⏎").replace(['\n', '\r'], "⏎")
}

/// A text on one line, not longer than can be taken in.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = one_line(text);
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// A value of the dossier as people read it.
pub(super) fn value(place: &Place, value: &Value, lang: Lang) -> String {
    let steps = place.steps();
    let within = |step: &str| steps.iter().any(|known| known == step);
    if within("scores")
        && let Ok(cell) = ScoreCell::deserialize(value)
    {
        return cell.score().map_or_else(|| score_state(cell, lang).to_owned(), |score| score.to_string());
    }
    match value {
        Value::Null => String::new(),
        Value::Bool(holds) => if *holds { lang.t("はい", "yes") } else { lang.t("いいえ", "no") }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => term(steps, value, lang).unwrap_or(text).to_owned(),
        Value::Array(rows) => {
            let rows = rows.iter().map(|row| self::value(place, row, lang));
            join(rows)
        }
        Value::Object(fields) => {
            if value.get("figure").is_some()
                && let Ok(quantity) = Quantity::deserialize(value)
            {
                return understood(&quantity);
            }
            if let Some(printed) = fields.get("printed").and_then(Value::as_str) {
                return printed.to_owned();
            }
            let shown = fields.iter().filter(|(field, _)| !["id", "source"].contains(&field.as_str()));
            join(shown.map(|(field, value)| self::value(&place.child(field.as_str()), value, lang)))
        }
    }
}

fn join(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}

/// The name of a choice of the model, where the place holds one.
fn term(steps: &[Step], value: &Value, lang: Lang) -> Option<&'static str> {
    fn of<T: Term + for<'v> Deserialize<'v>>(value: &Value, lang: Lang) -> Option<&'static str> {
        T::deserialize(value).ok().map(|choice| choice.term(lang))
    }
    let within = |step: &str| steps.iter().any(|known| known == step);
    match steps.last().map(Step::as_str)? {
        "kind" if within("amounts") => of::<AmountKind>(value, lang),
        "kind" if within("roadmap") => of::<RoadmapKind>(value, lang),
        "kind" if within("comments") => of::<CommentKind>(value, lang),
        "kind" if within("evaluation") || within("schedule") => of::<EvaluationKind>(value, lang),
        "kind" => of::<TargetKind>(value, lang),
        "standing" => of::<IndicatorStanding>(value, lang),
        "role" => of::<MemberRole>(value, lang),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FundingCell, Unit};
    use serde_json::json;

    #[test]
    fn values_are_said_as_people_read_them() {
        let said = |place: &str, value: &Value| super::value(&Place::from(place), value, Lang::Ja);
        let amount = Quantity::read("7.5億円", &Unit::MillionYen);
        let cell = FundingCell { amount: amount.clone(), kind: "委託".into() };
        for (place, value, words) in [
            ("projects/A/amounts/r1/years/2019", json!(amount), "7.5 億円"),
            ("projects/A/funding/items/r1/amounts/2019", json!(cell), "7.5 億円 · 委託"),
            ("projects/A/evaluation/scores/M1/3", json!(ScoreCell::Score(0)), "0"),
            ("projects/A/evaluation/scores/M1/3", json!(ScoreCell::Recused), "除斥"),
            ("projects/A/amounts/r1/kind", json!(AmountKind::Executed), "執行額"),
            ("projects/A/overview/name", json!("創薬"), "創薬"),
            ("projects/A/overview/leaders", json!(["甲", "", "乙"]), "甲 · 乙"),
        ] {
            assert_eq!(said(place, &value), words, "{place}");
        }
    }
}
