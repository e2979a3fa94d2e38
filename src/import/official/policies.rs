//! 1-3: the policies, plans and laws under which the programme stands.

use super::export::{Export, Found};
use super::facts::{self, Facts, Shown};
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::TableKind;
use crate::model::{Moment, Place, Source, SubjectId, UpperPolicy, When, fold_for_matching};
use serde::Deserialize;
use serde_json::Value;

/// Reads the export.
pub(super) fn read(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut links = Facts::new("関係する政策・計画等の所在", &["名称", "URL"], 1);
    let mut laws = Facts::new("根拠法令", &["法令名", "法令番号", "法令ID", "条", "項", "号・号の細分"], 6);
    let law =
        ["法令名", "法令番号", "法令ID", "条", "項", "号・号の細分"].map(|heading| (heading, Shown::Text));
    let mut table = export.table(draft, TableKind::Overview, subject);
    let place = table.subject(subject);
    let mut named = Vec::new();
    for row in export.rows() {
        let measure = export.get(*row, "施策").filter(|found| !found.is_dash());
        let ministry = export.get(*row, "政策所管府省庁_P");
        let policy = export.get(*row, "政策").or(measure.clone()).map(|found| {
            let more = measure.filter(|measure| measure.at != found.at);
            let name = [Some(found.plain()), more.as_ref().map(Found::plain)];
            let name = name.into_iter().flatten().collect::<Vec<_>>().join("　");
            let body = ministry.map(|found| found.plain().to_owned()).unwrap_or_default();
            (UpperPolicy { name, body, ..UpperPolicy::default() }, found)
        });
        let plan = export.get(*row, "計画通知名").map(|found| (stated(found.plain()), found));
        for (policy, link) in [(policy, "政策・施策URL"), (plan, "計画通知等URL")] {
            let name = policy.as_ref().map(|(policy, _)| policy.name.clone()).unwrap_or_default();
            if let Some(url) = export.get(*row, link) {
                links.push(vec![name, url.plain().to_owned()], export.source(url.at), url.text);
            }
            let Some((policy, found)) = policy else { continue };
            let source = export.source(found.at);
            named.push((set(&mut table, &policy, &source, &found.text), source, found.text));
        }
        if !export.all(*row, &law.map(|(heading, _)| heading)).is_empty() {
            laws.push_row(export, *row, &law);
        }
    }
    refer(&mut table, &place, named);
    laws.write(&mut table, &place);
    facts::offer(links, export.table(draft, TableKind::Other, subject), &place);
}

/// Sets a policy of the dossier's list; its id. Versions of one policy are told apart by their dates.
fn set(table: &mut TableDraft<'_, '_>, policy: &UpperPolicy, source: &Source, printed: &str) -> String {
    let name = fold_for_matching(&policy.name);
    let row = table.row(&Place::from("policies"), "P", |row| {
        let known = UpperPolicy::deserialize(row).unwrap_or_default();
        let dates = known.date.at.is_none() || policy.date.at.is_none() || known.date.at == policy.date.at;
        fold_for_matching(&known.name) == name && dates
    });
    let value = |policy: &UpperPolicy| serde_json::to_value(policy).unwrap_or_default();
    if let Value::Object(fields) = value(policy) {
        for (field, value) in fields.into_iter().filter(|(field, _)| field != "id") {
            let read = value.as_str().map_or_else(|| printed.to_owned(), str::to_owned);
            table.set_from(row.child(field), &value, source.clone(), printed, read);
            super::entries::offer(table);
        }
    }
    row.steps().last().map(ToString::to_string).unwrap_or_default()
}

/// Adds the policies to those that the overview sheet refers to.
fn refer(table: &mut TableDraft<'_, '_>, subject: &Place, named: Vec<(String, Source, String)>) {
    let place = subject.child("overview").child("policies");
    let known = table.value(&place).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut ids: Vec<String> = known.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let Some((_, source, printed)) = named.first().cloned() else { return };
    for (id, ..) in named {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let read = ids.join("、");
    table.set_grown(place, &ids, source, printed, read);
}

/// A policy as overview sheets write it: `・健康・医療戦略（令和2年3月27日閣議決定、令和3年4月9日一部変更）`. What stands in
/// the brackets is taken apart only if it begins with a date.
fn stated(text: &str) -> UpperPolicy {
    let text = text.trim().trim_start_matches(['・', '･', '○', '〇']).trim();
    let whole = || UpperPolicy { name: text.to_owned(), ..UpperPolicy::default() };
    let Some((name, inside)) = text
        .strip_suffix(['）', ')'])
        .and_then(|text| text.rsplit_once(['（', '(']))
        .filter(|(name, _)| !name.trim().is_empty())
    else {
        return whole();
    };
    let mut parts = inside.split('、').map(dated);
    let (Some(Some((date, body))), revision, None) = (parts.next(), parts.next(), parts.next()) else {
        return whole();
    };
    let mut policy = UpperPolicy { name: name.trim().to_owned(), date, body, ..UpperPolicy::default() };
    match revision {
        None => {}
        Some(Some((revised, revision))) => (policy.revised, policy.revision) = (revised, revision),
        Some(None) => return whole(),
    }
    policy
}

/// A date at the beginning of a text (令和2年3月27日…), and what follows it.
fn dated(text: &str) -> Option<(When, String)> {
    let text = text.trim();
    let (date, rest) = text.split_at(text.find('日')? + '日'.len_utf8());
    let when = When::read(date);
    matches!(when.at, Some(Moment::Day(_))).then(|| (when, rest.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_taken_apart_where_its_brackets_say_when() {
        let policy = stated("・健康・医療戦略（令和2年3月27日閣議決定、令和３年４月９日一部変更）");
        assert_eq!((policy.name.as_str(), policy.body.as_str()), ("健康・医療戦略", "閣議決定"));
        assert_eq!(policy.date.display(), "令和2年3月27日");
        assert_eq!(policy.date.at, Some("2020-03-27".parse().unwrap()));
        assert_eq!(
            (policy.revision.as_str(), policy.revised.at),
            ("一部変更", Some("2021-04-09".parse().unwrap()))
        );
    }

    #[test]
    fn any_other_wording_stays_a_name() {
        for text in [
            "統合戦略",
            "戦略（第2期）",
            "戦略（令和2年）",
            "戦略（令和2年13月1日決定）",
            "（令和2年3月27日決定）",
        ] {
            assert_eq!(stated(text), UpperPolicy { name: text.to_owned(), ..UpperPolicy::default() });
        }
    }
}
