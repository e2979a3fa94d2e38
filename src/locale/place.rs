//! How people say a place: 「A 創薬支援基盤技術開発 › 資金配分 › 項目１ › 2019年度」.

use super::{Lang, Term};
use crate::model::{AmountKind, Dossier, EvaluationKind, Place, PrintedChapter};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The place in words. A row is called by its own label, name or number; what has none is left out.
///
/// For many places of one dossier, a [`Speaker`] looks at the dossier only once.
pub fn say(dossier: &Dossier, place: &Place, lang: Lang) -> String {
    Speaker::new(dossier).say(place, lang)
}

/// Says the places of one dossier as it stood when the speaker was made.
#[derive(Debug, Clone, Default)]
pub struct Speaker {
    tree: Value,
    longest: usize,
}

/// A row's name of more characters than this is cut.
const SHORT: usize = 16;

impl Speaker {
    /// A speaker for the dossier as it stands.
    pub fn new(dossier: &Dossier) -> Self {
        Self { tree: serde_json::to_value(dossier).unwrap_or_default(), longest: SHORT }
    }

    /// Lets rows have longer names, where there is room for them.
    pub fn with_names_up_to(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// The place in words.
    pub fn say(&self, place: &Place, lang: Lang) -> String {
        let mut words = Vec::new();
        let mut node = Some(&self.tree);
        let mut parent = "";
        for step in place.steps() {
            let row = node.filter(|node| node.is_array());
            node = node.and_then(|node| child(node, step));
            let word = match row {
                Some(_) => node
                    .and_then(|row| row_name(row, parent, lang, self.longest))
                    .or_else(|| Some(step.clone())),
                None => self.member_name(step, parent).or_else(|| field_name(step, parent, lang)),
            };
            words.extend(word);
            // A field of a row is said in the light of the row's list.
            parent = if row.is_some() { parent } else { step };
        }
        if words.is_empty() { lang.t("評価データ", "Dossier").to_owned() } else { words.join(" › ") }
    }

    /// Scores are kept by member; the member's name says more than the id.
    fn member_name(&self, step: &str, parent: &str) -> Option<String> {
        if parent != "scores" {
            return None;
        }
        let member = child(self.tree.get("members")?, step)?;
        Some(member.get("name")?.as_str().filter(|name| !name.is_empty())?.to_owned())
    }
}

fn child<'a>(node: &'a Value, step: &str) -> Option<&'a Value> {
    match node {
        Value::Array(rows) => rows.iter().find(|row| {
            row.get("id").or_else(|| row.get("no")).is_some_and(|id| match id {
                Value::String(id) => id == step,
                Value::Number(no) => no.to_string() == step,
                _ => false,
            })
        }),
        other => other.get(step),
    }
}

fn row_name(row: &Value, list: &str, lang: Lang, longest: usize) -> Option<String> {
    let field = |name: &str| row.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    match list {
        "projects" => {
            let name = row.pointer("/overview/name").and_then(Value::as_str).unwrap_or_default();
            return Some(format!("{} {name}", row.get("id")?.as_str()?).trim_end().to_owned());
        }
        "amounts" => return Some(choice::<AmountKind>(row.get("kind"))?.term(lang).to_owned()),
        "schedule" => {
            let kind = choice::<EvaluationKind>(row.get("kind"))?.term(lang);
            let year = row.get("year").map(|on| year(&on.to_string(), lang)).unwrap_or_default();
            return Some(format!("{kind} {year}").trim_end().to_owned());
        }
        "sessions" => {
            let no = row.get("session")?;
            return Some(crate::tr!(lang, "第{no}回", "session {no}"));
        }
        "statements" => {
            let chapter = choice::<PrintedChapter>(row.get("chapter"))?.term(lang);
            let year = row.pointer("/target/year").map(|on| year(&on.to_string(), lang)).unwrap_or_default();
            return Some(format!("{chapter} {year}").trim_end().to_owned());
        }
        _ => {}
    }
    let text = [
        "label",
        "name",
        "title",
        "heading",
        "subject",
        "company",
        "item",
        "text",
        "finding",
        "implementer",
        "printed_at",
    ]
    .into_iter()
    .find_map(field)?;
    let first = text.lines().next().unwrap_or_default();
    let mut name: String = if first.chars().count() > longest {
        first.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
    } else {
        first.to_owned()
    };
    // Figures of one market differ by their year.
    if list == "market"
        && let Some(when) = row.pointer("/when/at").and_then(Value::as_str)
    {
        name.push_str(&crate::tr!(lang, "（{when}）", " ({when})"));
    }
    Some(name)
}

/// A choice of the model; a choice left out is the usual one.
fn choice<T: Default + DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    value.map_or_else(|| Some(T::default()), |value| T::deserialize(value).ok())
}

/// The name of a field; none for a step that people would not say.
fn field_name(step: &str, parent: &str, lang: Lang) -> Option<String> {
    let fixed = match step {
        "report" => lang.t("報告書", "Report"),
        "policies" => lang.t("上位施策", "Upper policies"),
        "criteria" => lang.t("評価項目", "Criteria"),
        "committees" => lang.t("委員会", "Committees"),
        "members" => lang.t("委員", "Members"),
        "working_group_sessions" | "sessions" => lang.t("評価WG", "Working group"),
        "programme" => lang.t("プログラム", "Programme"),
        "overview" => lang.t("概要", "Overview"),
        "sections" => lang.t("本文", "Text"),
        "sub_programmes" => lang.t("構成事業", "Sub-programmes"),
        "amounts" if parent != "items" => lang.t("契約額・執行額", "Amounts"),
        "research_items" => lang.t("研究開発項目", "Research items"),
        "tasks" => lang.t("実施内容", "Tasks"),
        "funding" => lang.t("資金配分", "Funding"),
        "outputs" => lang.t("アウトプット", "Outputs"),
        "outcomes" => lang.t("アウトカム", "Outcomes"),
        "other_indicators" => lang.t("その他の指標", "Other indicators"),
        "output_groups" => lang.t("成果の内訳", "Named results"),
        "competitors" => lang.t("競合", "Competitors"),
        "history" => lang.t("歴史", "History"),
        "tables" => lang.t("その他の表", "Other tables"),
        "market" => lang.t("市場", "Market"),
        "roadmap" => lang.t("ロードマップ", "Roadmap"),
        "captions" => lang.t("図表", "Captions"),
        "previous_findings" => lang.t("前回評価", "Previous findings"),
        "evaluation" => lang.t("評価", "Evaluation"),
        "scores" => lang.t("評点", "Scores"),
        "comments" => lang.t("コメント", "Comments"),
        "consensus" => lang.t("総合評価", "Consensus"),
        "recommendations" => lang.t("提言", "Recommendations"),
        "findings" => lang.t("所見", "Findings"),
        "finding" => lang.t("指摘", "Finding"),
        "response" => lang.t("対処方針", "Response"),
        "name" => lang.t("名称", "Name"),
        "label" => lang.t("項目名", "Label"),
        "title" => lang.t("題名", "Title"),
        "purpose" => lang.t("目的", "Purpose"),
        "period" => lang.t("実施期間", "Period"),
        "schedule" => lang.t("評価時期", "Schedule"),
        "leaders" => lang.t("リーダー", "Leaders"),
        "affiliation" => lang.t("所属", "Affiliation"),
        "kind" if parent == "evaluation" => lang.t("評価の種類", "Kind of evaluation"),
        "kind_printed" => lang.t("評価の種類の表記", "Kind as printed"),
        "year" if parent == "evaluation" || parent == "report" => lang.t("年度", "Year"),
        "panel" => lang.t("担当委員", "Panel"),
        "printed_means" => lang.t("印字の平均", "Printed means"),
        "name_variants" => lang.t("名称の異なる表記", "Other wordings of the name"),
        "type_selected" => lang.t("類型", "Type"),
        "account_selected" => lang.t("会計区分", "Account"),
        "national_cost" => lang.t("国費総額", "National cost"),
        "category" => lang.t("分類", "Category"),
        "holder" => lang.t("保有者", "Holder"),
        "implementer" => lang.t("実施者", "Implementer"),
        "years" => lang.t("年度別", "By year"),
        "check_notes" => lang.t("確認の注記", "Notes on checks"),
        "section_in_charge" => lang.t("担当課室", "Section in charge"),
        "target" => lang.t("目標", "Target"),
        "actual" => lang.t("実績", "Actual"),
        "outlook" => lang.t("状況", "Outlook"),
        "supplement" => lang.t("補足", "Supplement"),
        "note" => lang.t("注", "Note"),
        "preface" => lang.t("はじめに", "Preface"),
        "total" | "totals" | "grand_total" | "column_totals" => lang.t("計", "Total"),
        other => return other.parse::<i16>().ok().filter(|year| *year > 1900).map(|_| year(other, lang)),
    };
    Some(fixed.to_owned())
}

fn year(step: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{step}年度"),
        Lang::En => format!("FY{step}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FundingItem, Subject};

    #[test]
    fn a_cell_is_said_as_people_say_it() {
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.overview.name = "創薬支援".into();
        project.funding.items.push(FundingItem {
            id: "r1".into(),
            label: "項目１".into(),
            ..FundingItem::default()
        });
        let dossier = Dossier { projects: vec![project], ..Dossier::default() };
        let place = Place::from("projects/A/funding/items/r1/amounts/2019/amount/figure");
        assert_eq!(say(&dossier, &place, Lang::Ja), "A 創薬支援 › 資金配分 › 項目１ › 2019年度");
        assert_eq!(say(&dossier, &place, Lang::En), "A 創薬支援 › Funding › 項目１ › FY2019");
        assert_eq!(say(&dossier, &Place::root(), Lang::En), "Dossier");
    }

    #[test]
    fn rows_without_a_name_are_told_by_what_people_call_them() {
        let dossier = crate::sample::dossier().unwrap();
        let speaker = Speaker::new(&dossier);
        for (place, ja, en) in [
            (
                "programme/amounts/r1/years/2019",
                "執行額 › 年度別 › 2019年度",
                "Executed amount › By year › FY2019",
            ),
            ("projects/A/outcomes/r1/statements/C07", "プロジェクト章 2023年度", "Project chapter FY2023"),
            ("projects/B/overview/schedule/r1", "事前評価 2017年度", "Prior evaluation FY2017"),
            ("projects/B/evaluation/sessions/s45/findings", "第45回 › 所見", "session 45 › Findings"),
            ("projects/A/evaluation/scores/M1", "評点 › 委員1", "Scores › 委員1"),
        ] {
            let place = Place::from(place);
            let (said, english) = (speaker.say(&place, Lang::Ja), speaker.say(&place, Lang::En));
            assert!(said.ends_with(ja) && english.ends_with(en), "{said} {english}");
        }
    }
}
