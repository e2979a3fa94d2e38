//! Which project of the official exports is meant.

use super::exports;
use crate::both;
use crate::import::draft::Draft;
use crate::import::proposal::{Choice, Question};
use crate::import::session::{Content, Input, Options};
use crate::import::tree::node;
use crate::model::{Place, SubjectId, fold_for_matching};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The id of the question.
const QUESTION: &str = "rs-project";
/// At most so many projects are listed.
const MOST: usize = 50;
/// Below this share of the dossier's name, a project among many is not worth listing.
const FAINT: f64 = 0.2;
/// From this share of the dossier's name on, a project's name is taken for the same.
pub(super) const ALIKE: f64 = 0.6;

/// The 予算事業ID to read: the one asked for, the only one there is, or the one answered. None, after asking, where that
/// leaves it open. All files of an import are asked about at once, so that two projects never mix.
pub(in crate::import) fn choose(
    inputs: &[Input],
    draft: &mut Draft<'_>,
    options: &Options,
) -> Option<String> {
    let books = inputs.iter().filter_map(|input| match &input.content {
        Content::Book(book) => exports(book),
        _ => None,
    });
    let exports: Vec<_> = books.flatten().collect();
    let first = exports.first()?;
    let mut projects = BTreeMap::new();
    for export in &exports {
        for (id, name) in export.projects() {
            projects.entry(id).or_insert(name);
        }
    }
    if let Some(project) = &options.project {
        if !projects.contains_key(&fold_for_matching(project)) {
            let why = both!(
                "予算事業ID {project} の行はどのファイルにもありません。",
                "No file has a row of the project {project}."
            );
            draft.leftover(first.source(first.header_cell()), project.as_str(), why);
        }
        return Some(project.clone());
    }
    let subject = options.subject.clone().unwrap_or_else(SubjectId::programme);
    let ours = known_name(draft.before(), &subject);
    if let (1, Some((id, name))) = (projects.len(), projects.first_key_value())
        && (ours.is_empty() || likeness(&ours, name) >= ALIKE)
    {
        return Some(id.clone());
    }
    // An id may be answered that is not among those listed.
    let given = draft.answer(QUESTION).map(fold_for_matching).filter(|id| projects.contains_key(id));
    let question = Question {
        id: QUESTION.to_owned(),
        about: first.source(first.header_cell()),
        text: ask(projects.len(), &ours),
        choices: choices(&projects, &ours, given.as_deref()),
        answer: None,
        waiting: exports.iter().map(super::export::Export::cells).sum(),
    };
    draft.ask(question)
}

/// The name of a subject in a dossier's tree; empty where it has none.
pub(super) fn known_name(tree: &Value, subject: &SubjectId) -> String {
    let place = match subject {
        programme if *programme == SubjectId::programme() => Place::from("programme"),
        project => Place::from("projects").child(project.as_str()),
    };
    let name = node(tree, &place.child("overview").child("name")).and_then(Value::as_str);
    name.unwrap_or_default().to_owned()
}

fn ask(count: usize, ours: &str) -> crate::locale::Both {
    match count {
        0 | 1 => both!(
            "ファイルの事業名は、評価データの「{ours}」と異なります。この事業として取り込みますか。",
            "The project's name differs from the dossier's “{ours}”. Is it this programme?"
        ),
        _ if count > MOST && ours.is_empty() => both!(
            "{count} 事業のデータがあります。取り込む事業を予算事業IDで指定してください。",
            "There are {count} projects. Give the 予算事業ID of the one to take."
        ),
        _ if count > MOST => both!(
            "{count} 事業のデータがあります。どの事業を取り込みますか（名称の近い順。ない場合は予算事業IDで指定）。",
            "There are {count} projects. Which one is to be taken (those of similar names first; otherwise give its 予算事業ID)?"
        ),
        _ => both!(
            "{count} 事業のデータがあります。どの事業を取り込みますか。",
            "There are {count} projects. Which one is to be taken?"
        ),
    }
}

/// The projects to choose from, those named most like ours first; the one that was given always. Of many, only those
/// whose name has something of ours.
fn choices(projects: &BTreeMap<String, String>, ours: &str, given: Option<&str>) -> Vec<Choice> {
    let mut ranked: Vec<_> = projects.iter().map(|(id, name)| (likeness(ours, name), id, name)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let listed = match projects.len() {
        few if few <= MOST => few,
        _ => ranked.iter().take(MOST).take_while(|(likeness, ..)| *likeness >= FAINT).count(),
    };
    let (head, tail) = ranked.split_at(listed);
    let given = tail.iter().filter(|(_, id, _)| Some(id.as_str()) == given);
    head.iter()
        .chain(given)
        .map(|(_, id, name)| Choice::new(id.as_str(), both!("{id}　{name}", "{id} {name}")))
        .collect()
}

/// How much of `ours` is found in `theirs`: the share of its pairs of neighbouring characters, from 0 to 1.
pub(super) fn likeness(ours: &str, theirs: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let chars: Vec<char> = fold_for_matching(text).chars().collect();
        chars.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (ours, theirs) = (pairs(ours), pairs(theirs));
    if ours.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = ours.intersection(&theirs).count() as f64 / ours.len() as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_within_a_longer_one() {
        let ours = "再生医療・遺伝子治療の産業化に向けた基盤技術開発事業";
        assert!(likeness(ours, &format!("医療・健康推進事業（うち{ours}）")) > 0.99);
        assert!(likeness(ours, "次世代型医療機器開発等促進事業") < ALIKE);
        assert!(likeness("", ours) < ALIKE);
    }

    #[test]
    fn of_many_projects_the_likely_ones_are_listed() {
        let projects: BTreeMap<_, _> =
            (0..60).map(|n| (format!("{n:02}"), format!("事業{n:02}の名称"))).collect();
        let listed = choices(&projects, "事業57の名称", None);
        assert_eq!((listed.len(), listed[0].value.as_str()), (MOST, "57"));
        assert!(choices(&projects, "まったく異なるもの", None).is_empty());
        assert!(choices(&projects, "", None).is_empty());
        assert_eq!(choices(&projects, "", Some("03")).len(), 1);
        assert_eq!(choices(&projects.into_iter().take(3).collect(), "", None).len(), 3);
    }
}
