//! How people say a place: 「A 創薬支援基盤技術開発 › 資金配分 › 項目１ › 2019年度」.

use super::{Lang, Term};
use crate::model::{AmountSeries, Dossier, EvaluationPoint, Place, Statement, Step, Subject, TargetKind};
use serde::Deserialize;
use serde_json::Value;

/// The place in words. For many places of one dossier a [`Speaker`] is cheaper.
pub fn say(dossier: &Dossier, place: &Place, lang: Lang) -> String {
    Speaker::new(dossier).say(place, lang)
}

/// Says places of one dossier, which it has looked through once.
#[derive(Debug, Clone)]
pub struct Speaker {
    tree: Value,
    longest: usize,
}

/// A row's name of more characters than this is cut.
const SHORT: usize = 16;

impl Speaker {
    /// A speaker for the places of a dossier as it is now.
    pub fn new(dossier: &Dossier) -> Self {
        Self { tree: serde_json::to_value(dossier).unwrap_or_default(), longest: SHORT }
    }

    /// A speaker for places in one part of a dossier: a subject, or what stands beside the subjects. It looks through no
    /// more than that.
    pub fn about(dossier: &Dossier, place: &Place) -> Self {
        Self::of_part(dossier, place.subject().and_then(|id| dossier.subject(&id)), place)
    }

    /// [`about`](Self::about) for a subject that need not be in the dossier any more.
    pub(crate) fn of_part(dossier: &Dossier, subject: Option<&Subject>, place: &Place) -> Self {
        let value = |part: serde_json::Result<Value>| part.unwrap_or_default();
        let mut tree = serde_json::Map::new();
        match place.steps().first().map(Step::as_str) {
            Some(list @ ("programme" | "projects")) => {
                // A score names a member and a criterion.
                tree.insert("members".to_owned(), value(serde_json::to_value(&dossier.members)));
                tree.insert("criteria".to_owned(), value(serde_json::to_value(&dossier.criteria)));
                let subject = subject.map(|subject| value(serde_json::to_value(subject)));
                let part = match list {
                    "programme" => subject.unwrap_or_default(),
                    _ => Value::Array(subject.into_iter().collect()),
                };
                tree.insert(list.to_owned(), part);
                Self::of_tree(Value::Object(tree))
            }
            _ => Self::of_tree(value(serde_json::to_value(dossier.beside_subjects()))),
        }
    }

    /// Lets rows have longer names, where there is room for them.
    pub fn with_names_up_to(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// A speaker for the places of a dossier’s tree.
    pub(crate) fn of_tree(tree: Value) -> Self {
        Self { tree, longest: SHORT }
    }

    /// The place in words. A row is called by its own label, name or number; what has none is left out.
    pub fn say(&self, place: &Place, lang: Lang) -> String {
        let words = self.words(place, lang);
        if words.is_empty() { lang.t("評価データ", "Dossier").to_owned() } else { words.join(" › ") }
    }

    /// The words of a place, from the widest to the narrowest; none for the dossier itself.
    pub fn words(&self, place: &Place, lang: Lang) -> Vec<String> {
        let mut words = Vec::new();
        let mut node = Some(&self.tree);
        let mut parent = "";
        for (index, step) in place.steps().iter().enumerate() {
            if let Some(word) = self.score_step(place.steps(), index) {
                words.push(word);
                node = node.and_then(|node| child(node, step));
                continue;
            }
            let row = node.filter(|node| node.is_array());
            node = node.and_then(|node| child(node, step));
            let word = match row {
                Some(_) => node
                    .and_then(|row| row_name(row, parent, lang, self.longest))
                    .or_else(|| Some(step.to_string())),
                None => field_name(step, parent, lang),
            };
            words.extend(word);
            // A field of a row is said in the light of the row's list.
            parent = if row.is_some() { parent } else { step };
        }
        words
    }

    /// The name of the row at a place, which people see; none if it has none.
    pub(super) fn row_name(&self, place: &Place, lang: Lang) -> Option<String> {
        let [.., list, _] = place.steps() else { return None };
        let row = place.steps().iter().try_fold(&self.tree, |node, step| child(node, step))?;
        row_name(row, list, lang, self.longest)
    }
}

impl Speaker {
    /// A member or a criterion of a score table, which are no rows but name such.
    fn score_step(&self, steps: &[Step], index: usize) -> Option<String> {
        let before = |back: usize| index.checked_sub(back).map(|at| steps[at].as_str());
        let (list, field) = if before(1) == Some("scores") && before(2) == Some("evaluation") {
            ("/members", "name")
        } else if before(1) == Some("printed_means") || before(2) == Some("scores") {
            let programme = steps.first().is_some_and(|step| step == "programme");
            (if programme { "/criteria/programme/criteria" } else { "/criteria/project/criteria" }, "label")
        } else {
            return None;
        };
        let step = &steps[index];
        let row = self.tree.pointer(list).and_then(|rows| child(rows, step));
        let name = row.and_then(|row| row.get(field)?.as_str()).unwrap_or_default();
        Some(match field {
            // A criterion is called by its number first.
            "label" => format!("{step} {name}").trim_end().to_owned(),
            _ if name.is_empty() => step.to_string(),
            _ => name.to_owned(),
        })
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
    if list == "statements" {
        return statement_name(row, lang);
    }
    if let ("amounts", Ok(series)) = (list, AmountSeries::deserialize(row)) {
        let kind = series.kind.term(lang).to_owned();
        return Some(if series.label.is_empty() { kind } else { series.label });
    }
    if let ("schedule", Ok(point)) = (list, EvaluationPoint::deserialize(row)) {
        let at = point.year.map(|on| year(&on.to_string(), lang)).unwrap_or_default();
        return Some(format!("{} {at}", point.kind.term(lang)).trim_end().to_owned());
    }
    if let ("sessions", Some(no)) = (list, row.get("session")) {
        return Some(crate::tr!(lang, "第{no}回", "session {no}"));
    }
    if list == "projects" {
        let name = row.pointer("/overview/name").and_then(Value::as_str).unwrap_or_default();
        return Some(format!("{} {name}", row.get("id")?.as_str()?).trim_end().to_owned());
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
    .iter()
    .find_map(|field| row.get(field).and_then(Value::as_str).filter(|text| !text.is_empty()))?;
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

/// What a chapter says of an indicator is called by the chapter and its target: 「プロジェクト章 中間目標 2019年度」.
fn statement_name(row: &Value, lang: Lang) -> Option<String> {
    let statement = Statement::deserialize(row).ok()?;
    let kind = statement.target.kind;
    let kind = (kind != TargetKind::Unstated).then(|| kind.term(lang).to_owned());
    let year = statement.target.year.map(|at| year(&at.to_string(), lang));
    let words: Vec<String> =
        std::iter::once(statement.chapter.term(lang).to_owned()).chain(kind).chain(year).collect();
    Some(words.join(" "))
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
        "logic" => lang.t("ロジックモデル", "Logic model"),
        "nodes" if parent == "logic" => lang.t("要素", "Elements"),
        "edges" => lang.t("つながり", "Links"),
        "kind" if matches!(parent, "nodes" | "amounts") => lang.t("種別", "Kind"),
        "unit" if matches!(parent, "amounts" | "outputs" | "outcomes") => lang.t("単位", "Unit"),
        "no" if parent == "nodes" => lang.t("番号", "Number"),
        "term" if parent == "nodes" => lang.t("期間", "Term"),
        "text" if parent == "nodes" => lang.t("内容", "Contents"),
        "from" if parent == "edges" => lang.t("派生元", "From"),
        "to" if parent == "edges" => lang.t("派生先", "To"),
        "heading" if parent == "sections" => lang.t("見出し", "Heading"),
        "chapter" if parent == "sections" => lang.t("章", "Chapter"),
        "body" if parent == "policies" => lang.t("決定主体", "Decided by"),
        "date" if parent == "policies" => lang.t("決定日", "Date"),
        "revision" if parent == "policies" => lang.t("改定", "Revision"),
        "revised" if parent == "policies" => lang.t("改定日", "Revised on"),
        "columns" if parent == "tables" => lang.t("見出し", "Headings"),
        "source" if parent == "previous_findings" => lang.t("指摘の主体", "Who found it"),
        "when" if parent == "previous_findings" => lang.t("時期", "When"),
        "criterion" if parent == "previous_findings" => lang.t("評価項目", "Criterion"),
        "start" if parent == "period" => lang.t("開始", "Start"),
        "end" if parent == "period" => lang.t("終了", "End"),
        "reasoning" => lang.t("つながりの説明", "Why it leads there"),
        "unstaged" => lang.t("段階を設けない理由", "Why it is not set in stages"),
        "other_indicators" => lang.t("その他の指標", "Other indicators"),
        "output_groups" => lang.t("成果の内訳", "Named results"),
        "competitors" => lang.t("競合", "Competitors"),
        "history" => lang.t("歴史", "History"),
        "tables" => lang.t("その他の表", "Other tables"),
        "market" => lang.t("市場", "Market"),
        "scenarios" => lang.t("市場の想定", "Market scenarios"),
        "growth_percent" => lang.t("年成長率", "Growth"),
        "share_percent" => lang.t("割合", "Share"),
        "horizon" => lang.t("対象年", "Horizon"),
        "cost" => lang.t("費用", "Cost"),
        "roadmap" => lang.t("ロードマップ", "Roadmap"),
        "captions" => lang.t("図表", "Captions"),
        "previous_findings" => lang.t("前回評価", "Previous findings"),
        "rounds" => lang.t("評価の実施", "Rounds"),
        "recusals" => lang.t("除斥", "Recusals"),
        "deadline" => lang.t("提出期限", "Deadline"),
        "instructions" => lang.t("記入要領", "Instructions"),
        "frozen" => lang.t("様式の確定", "Form"),
        "issued" => lang.t("発行した評価票", "Issued ballots"),
        "receipts" => lang.t("受領", "Receipts"),
        "merges" => lang.t("取込の記録", "Merges"),
        "origins" => lang.t("取込元", "Origins"),
        "evaluation" => lang.t("評価", "Evaluation"),
        "scores" => lang.t("評点", "Scores"),
        "comments" => lang.t("コメント", "Comments"),
        "consensus" => lang.t("総合評価", "Consensus"),
        "recommendations" => lang.t("提言", "Recommendations"),
        "findings" => lang.t("所見", "Findings"),
        "finding" => lang.t("指摘", "Finding"),
        "response" => lang.t("対処方針", "Response"),
        "affiliation" => lang.t("所属", "Affiliation"),
        "kind_printed" => lang.t("評価の種類の表記", "Kind as printed"),
        "year" if parent == "evaluation" || parent == "report" => lang.t("年度", "Year"),
        "panel" => lang.t("担当委員", "Panel"),
        "printed_means" => lang.t("印字の平均", "Printed means"),
        "type_selected" => lang.t("類型", "Type"),
        "national_cost" => lang.t("国費総額", "National cost"),
        "category" => lang.t("分類", "Category"),
        "holder" => lang.t("保有者", "Holder"),
        "implementer" => lang.t("実施者", "Implementer"),
        "check_notes" => lang.t("確認の注記", "Notes on checks"),
        "name" => lang.t("名称", "Name"),
        "label" => lang.t("項目名", "Label"),
        "title" => lang.t("題名", "Title"),
        "purpose" => lang.t("目的", "Purpose"),
        "name_variants" => lang.t("別の表記", "Other wordings"),
        "implementation" => lang.t("実施形態", "Implementation"),
        "account_options" | "account_selected" => lang.t("会計区分", "Account"),
        "period" => lang.t("実施期間", "Period"),
        "schedule" => lang.t("評価時期", "Schedule"),
        "leaders" => lang.t("リーダー", "Leaders"),
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
    use crate::model::{FiscalYear, FundingItem, Indicator, LogicEdge, LogicNode, Subject};

    #[test]
    fn a_cell_is_said_as_people_say_it() {
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.overview.name = "創薬支援".into();
        project.funding.items.push(FundingItem {
            id: "r1".into(),
            label: "項目１".into(),
            ..FundingItem::default()
        });
        let dossier = Dossier { projects: vec![project.into()], ..Dossier::default() };
        let place = Place::from("projects/A/funding/items/r1/amounts/2019/amount/figure");
        assert_eq!(say(&dossier, &place, Lang::Ja), "A 創薬支援 › 資金配分 › 項目１ › 2019年度");
        assert_eq!(say(&dossier, &place, Lang::En), "A 創薬支援 › Funding › 項目１ › FY2019");
        assert_eq!(say(&dossier, &Place::root(), Lang::En), "Dossier");
    }

    #[test]
    fn rows_without_a_name_are_called_by_what_they_say() {
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.amounts.push(AmountSeries { id: "r1".into(), ..AmountSeries::default() });
        let label = "当初予算".to_owned();
        project.amounts.push(AmountSeries { id: "r2".into(), label, ..AmountSeries::default() });
        let text = "工程を確立する。".to_owned();
        project.logic.nodes.push(LogicNode { id: "n1".into(), text, ..LogicNode::default() });
        project.logic.edges.push(LogicEdge { id: "e1".into(), ..LogicEdge::default() });
        let mut statement = Statement { id: "s1".into(), ..Statement::default() };
        statement.target.year = Some(FiscalYear::new(2019));
        statement.target.kind = TargetKind::Interim;
        project.outputs.push(Indicator {
            id: "r1".into(),
            name: "確立数".into(),
            statements: vec![statement],
            ..Indicator::default()
        });
        let dossier = Dossier { projects: vec![project.into()], ..Dossier::default() };
        let member = crate::model::Member { id: "M1".into(), name: "委員1".into(), ..Default::default() };
        let criterion = crate::model::Criterion {
            no: crate::model::CriterionNo(3),
            label: "実施体制".into(),
            ..Default::default()
        };
        let mut dossier = Dossier { members: vec![member], ..dossier };
        dossier.criteria.project.criteria.push(criterion);
        let speaker = Speaker::new(&dossier);
        let said = |place: &str| speaker.say(&Place::from(place), Lang::Ja);
        assert_eq!(said("projects/A/evaluation/scores/M1/3"), "A › 評価 › 評点 › 委員1 › 3 実施体制");
        assert_eq!(said("projects/A/evaluation/scores/M9/4"), "A › 評価 › 評点 › M9 › 4");
        assert_eq!(said("projects/A/amounts/r1/years/2018"), "A › 契約額・執行額 › 契約額 › 2018年度");
        assert_eq!(said("projects/A/amounts/r2/years/2018"), "A › 契約額・執行額 › 当初予算 › 2018年度");
        assert_eq!(
            said("projects/A/logic/nodes/n1/text"),
            "A › ロジックモデル › 要素 › 工程を確立する。 › 内容"
        );
        assert_eq!(
            said("projects/A/logic/edges/e1/reasoning"),
            "A › ロジックモデル › つながり › e1 › つながりの説明"
        );
        assert_eq!(
            said("projects/A/outputs/r1/statements/s1/actual"),
            "A › アウトプット › 確立数 › プロジェクト章 中間目標 2019年度 › 実績"
        );
    }

    #[test]
    fn rows_without_a_name_are_told_by_what_people_call_them() {
        let dossier = crate::sample::dossier().unwrap();
        let speaker = Speaker::new(&dossier);
        for (place, ja, en) in [
            ("programme/amounts/r1/years/2019", "執行額 › 2019年度", "Executed amount › FY2019"),
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
