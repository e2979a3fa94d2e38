//! What a step did, as people say it: 「A 資金配分 項目１ 2019年度を変更」.

use super::place::Speaker;
use super::{Both, Lang};
use crate::model::{Change, Dossier, Place, Snapshot, Step, Subject};
use crate::tr;
use serde_json::Value;

/// So many changes are looked at to say how many places a step is about.
const LOOKED_AT: usize = 64;

/// What was done to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Changed,
    /// A row was added.
    Added,
    /// A row was removed.
    Removed,
    /// Rows were moved.
    Moved,
}

/// What the changes from `before` to `after` did, in both languages: the first of them, and how many others.
pub fn say(before: &Snapshot, after: &Dossier, changes: &[Change]) -> Both {
    let [ja, en] = Lang::ALL.map(|lang| say_in(before, after, changes, lang));
    Both { ja, en }
}

fn say_in(before: &Snapshot, after: &Dossier, changes: &[Change], lang: Lang) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let said = one(before, after, first, lang);
    // A cell is several fields of the model and one place to whoever edits it.
    let place = first.narrowest_place();
    let speaker = Speaker::about(after, &place);
    let words = speaker.words(&place, lang);
    let same_part =
        |other: &Place| other.steps().first() == place.steps().first() && other.subject() == place.subject();
    let mut others: Vec<Vec<String>> = Vec::new();
    for other in changes[1..].iter().take(LOOKED_AT).map(Change::narrowest_place) {
        let other = if same_part(&other) {
            speaker.words(&other, lang)
        } else {
            other.steps().iter().map(ToString::to_string).collect()
        };
        if other != words && !others.contains(&other) {
            others.push(other);
        }
    }
    let others = others.len() + changes.len().saturating_sub(1 + LOOKED_AT);
    if others == 0 {
        said
    } else {
        tr!(lang, "{said}（ほか {others} か所）", "{said} (and {others} more)")
    }
}

fn one(before: &Snapshot, after: &Dossier, change: &Change, lang: Lang) -> String {
    let (deed, place) = deed(change);
    let speaker =
        if deed == Deed::Removed { earlier(before, after, &place) } else { Speaker::about(after, &place) };
    let row = matches!(deed, Deed::Added | Deed::Removed);
    let unnamed = row && speaker.row_name(&place, lang).is_none();
    let shown = if unnamed { place.parent().unwrap_or_default() } else { place };
    let words = words(&speaker, &shown, lang);
    match deed {
        Deed::Changed => tr!(lang, "{words}を変更", "Change {words}"),
        Deed::Added if unnamed => tr!(lang, "{words}に行を追加", "Add a row to {words}"),
        Deed::Added => tr!(lang, "{words}を追加", "Add {words}"),
        Deed::Removed if unnamed => tr!(lang, "{words}の行を削除", "Remove a row of {words}"),
        Deed::Removed => tr!(lang, "{words}を削除", "Remove {words}"),
        Deed::Moved => tr!(lang, "{words}を並べ替え", "Reorder {words}"),
    }
}

/// A speaker for a place as it was before.
fn earlier(before: &Snapshot, after: &Dossier, place: &Place) -> Speaker {
    let (rest, subjects) = before.shared();
    let id = place.subject();
    let subject =
        id.and_then(|id| subjects.iter().map(AsRef::as_ref).find(|subject: &&Subject| subject.id == id));
    match subject {
        Some(subject) => Speaker::of_part(after, Some(subject), place),
        None => Speaker::about(rest, place),
    }
}

/// The place in words; a project is called by its letter alone.
fn words(speaker: &Speaker, place: &Place, lang: Lang) -> String {
    let mut words = speaker.words(place, lang);
    let within = place.steps().first().is_some_and(|list| list == "projects");
    if let (true, Some(id), Some(word)) =
        (within && place.steps().len() > 2, place.subject(), words.first_mut())
    {
        id.as_str().clone_into(word);
    }
    // A letter alone says too little of what was added.
    if let (true, Some(id), [word]) = (within, place.subject(), words.as_mut_slice())
        && word == id.as_str()
    {
        *word = tr!(lang, "プロジェクト {id}", "Project {id}");
    }
    if words.is_empty() {
        let list = lang.t("プロジェクト", "projects");
        return if within { list } else { lang.t("評価データ", "the dossier") }.to_owned();
    }
    words.join(lang.t(" ", " › "))
}

/// What a change did, and to what.
fn deed(change: &Change) -> (Deed, Place) {
    let rows = |value: Option<&Value>| match value {
        Some(Value::Array(rows)) => Some(rows.iter().map(name).collect::<Option<Vec<_>>>()),
        Some(_) => None,
        None => Some(Some(Vec::new())),
    };
    let lists =
        matches!(change.before, Some(Value::Array(_))) || matches!(change.after, Some(Value::Array(_)));
    let (Some(Some(old)), Some(Some(new))) = (rows(change.before.as_ref()), rows(change.after.as_ref()))
    else {
        return (whole(change), change.narrowest_place());
    };
    if !lists {
        return (Deed::Changed, change.narrowest_place());
    }
    let added = new.iter().find(|name| !old.contains(name));
    let removed = old.iter().find(|name| !new.contains(name));
    match (added, removed) {
        (Some(name), None) => (Deed::Added, change.place.child(name.as_str())),
        (None, Some(name)) => (Deed::Removed, change.place.child(name.as_str())),
        (None, None) if old != new => (Deed::Moved, change.place.clone()),
        _ => (Deed::Changed, change.place.clone()),
    }
}

/// What was done to a place that is no list: a row that stands for itself, such as a project, comes and goes whole.
fn whole(change: &Change) -> Deed {
    let is_row = |value: &Value| name(value).as_deref() == change.place.steps().last().map(Step::as_str);
    match (&change.before, &change.after) {
        (None, Some(row)) if is_row(row) => Deed::Added,
        (Some(row), None) if is_row(row) => Deed::Removed,
        _ => Deed::Changed,
    }
}

/// What a row is called by; none for what is no row.
fn name(row: &Value) -> Option<String> {
    match row.get("id").or_else(|| row.get("no"))? {
        Value::String(name) => Some(name.clone()),
        Value::Number(name) => Some(name.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FiscalYear, FundingCell, Quantity, Unit, fresh_id};

    /// What a step is called that `edit` makes of the sample.
    fn said(edit: impl FnOnce(&mut Dossier)) -> Both {
        let mut dossier = crate::sample::dossier().unwrap();
        let before = Snapshot::of(&dossier);
        edit(&mut dossier);
        say(&before, &dossier, &before.changes_to(&dossier).unwrap())
    }

    #[test]
    fn a_step_says_what_it_did() {
        let label = crate::sample::dossier().unwrap().projects[0].funding.items[0].label.clone();
        let label: String = label.chars().take(15).collect();
        let cell = said(|dossier| {
            let cell =
                FundingCell { amount: Quantity::number(410, Unit::MillionYen), ..FundingCell::default() };
            dossier.projects[0].funding.items[0].amounts.insert(FiscalYear::new(2019), cell);
        });
        assert!(cell.ja.starts_with(&format!("A 資金配分 {label}")), "{}", cell.ja);
        assert!(cell.ja.ends_with(" 2019年度を変更"), "{}", cell.ja);
        assert!(
            cell.en.starts_with("Change A › Funding › ") && cell.en.ends_with(" › FY2019"),
            "{}",
            cell.en
        );
        for (edit, ja, en) in [
            (
                (|dossier| dossier.report.title.push('改')) as fn(&mut Dossier),
                "報告書 題名を変更",
                "Change Report › Title",
            ),
            (
                |dossier| dossier.programme.overview.purpose.push('改'),
                "プログラム 概要 目的を変更",
                "Change Programme › Overview › Purpose",
            ),
            (
                |dossier| {
                    let items = &mut dossier.projects[1].funding.items;
                    let id = fresh_id(items, "r");
                    items.push(crate::model::FundingItem { id, ..Default::default() });
                },
                "B 資金配分に行を追加",
                "Add a row to B › Funding",
            ),
            (
                |dossier| {
                    let items = &mut dossier.projects[1].funding.items;
                    let id = fresh_id(items, "r");
                    items.push(crate::model::FundingItem {
                        id,
                        label: "新しい費目".into(),
                        ..Default::default()
                    });
                },
                "B 資金配分 新しい費目を追加",
                "Add B › Funding › 新しい費目",
            ),
            (|dossier| drop(dossier.members.remove(1)), "委員 委員2を削除", "Remove Members › 委員2"),
            (|dossier| dossier.members.swap(0, 1), "委員を並べ替え", "Reorder Members"),
            (
                |dossier| drop(dossier.projects.remove(1)),
                "B 遺伝子治療製造技術開発を削除",
                "Remove B 遺伝子治療製造技術開発",
            ),
            (|dossier| dossier.projects.swap(0, 1), "プロジェクトを並べ替え", "Reorder projects"),
            (
                |dossier| {
                    let mut project = Subject { id: "H".into(), ..Subject::default() };
                    project.overview.name = "新しい課題".to_owned();
                    dossier.projects.push(project.into());
                },
                "H 新しい課題を追加",
                "Add H 新しい課題",
            ),
            (
                |dossier| dossier.projects.push(Subject { id: "H".into(), ..Subject::default() }.into()),
                "プロジェクト Hを追加",
                "Add Project H",
            ),
            (
                |dossier| {
                    dossier.report.title.push('改');
                    dossier.projects[0].overview.name.push('改');
                    dossier.projects[0].overview.purpose.push('改');
                },
                "報告書 題名を変更（ほか 2 か所）",
                "Change Report › Title (and 2 more)",
            ),
        ] {
            let said = said(edit);
            assert_eq!((said.ja.as_str(), said.en.as_str()), (ja, en));
        }
    }

    /// Every field that is replaced in the sample is said by a name of its own, never as the dossier as a whole.
    #[test]
    fn every_part_has_a_name() {
        let dossier = crate::sample::dossier().unwrap();
        for project in [&dossier.programme, &dossier.projects[0]] {
            let tree = serde_json::to_value(project).unwrap();
            let place = if project.is_programme() {
                Place::from("programme")
            } else {
                Place::from("projects").child(project.id.as_str())
            };
            let speaker = Speaker::about(&dossier, &place);
            for field in tree.as_object().unwrap().keys().filter(|field| *field != "id") {
                for lang in Lang::ALL {
                    assert!(speaker.words(&place.child(field.as_str()), lang).len() > 1, "{field}");
                }
            }
        }
    }
}
