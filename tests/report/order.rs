//! The order of a report is a file.

use crate::fixture::dossier;
use hyoka::chart;
use hyoka::locale::Lang;
use hyoka::model::Dossier;
use hyoka::report::outline::{BUNDLED, Content, Entry, Structure, StructureError, resolve};
use hyoka::report::{self, Options, Order};
use std::collections::BTreeSet;

/// The sections of a report in that order, with `f` applied to them.
fn with<T>(structure: &Structure, dossier: &Dossier, f: impl FnOnce(&[Entry<'_>]) -> T) -> T {
    f(&resolve(structure, dossier, &chart::all(dossier), None, &BTreeSet::new()))
}

fn titles(structure: &Structure, dossier: &Dossier) -> Vec<String> {
    with(structure, dossier, |entries| entries.iter().map(Entry::title).collect())
}

fn read(sections: &str) -> Result<Structure, StructureError> {
    Structure::read(&format!("(\n  structure: 1,\n  name: \"x\",\n  sections: [\n{sections}\n  ],\n)\n"))
}

fn refused(sections: &str) -> String {
    read(sections).unwrap_err().message(Lang::Ja, "t.ron")
}

#[test]
fn every_bundled_order_is_read_and_typeset() {
    let sample = hyoka::sample::dossier().unwrap();
    for bundled in &BUNDLED {
        let structure =
            bundled.structure().unwrap_or_else(|error| panic!("{}", error.message(Lang::En, bundled.name)));
        // No heading skips a level on the way down, and every piece of the sample stands somewhere.
        with(&structure, &sample, |entries| {
            let levels: Vec<_> = entries.iter().map(|entry| entry.level).collect();
            assert!(levels[0] == 1 && levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
            for wanted in [Content::Preface, Content::Scores, Content::Opinion, Content::Recommendations] {
                assert!(entries.iter().any(|entry| entry.content.contains(&&wanted)), "{wanted:?}");
            }
        });
        let options = Options { template: Order::Bundled(bundled), ..Options::default() };
        let report = report::typeset(&sample, &options).unwrap();
        assert_eq!(report.accessible, Ok(()), "{}", bundled.name);
        assert!(report.warnings.is_empty() && report.pages > 40, "{:?}", report.warnings);
    }
}

#[test]
fn the_order_of_2022_has_material_first_and_the_order_of_2024_evaluation() {
    let sample = hyoka::sample::dossier().unwrap();
    let [older, newer] = BUNDLED.map(|bundled| titles(&bundled.structure().unwrap(), &sample));
    let at = |titles: &[String], title: &str| {
        titles.iter().position(|t| t == title).unwrap_or_else(|| panic!("{title} in {titles:#?}"))
    };
    let material = at(&older, "第１部　評価用資料");
    assert!(material < at(&older, "第２部　評価"));
    assert!(at(&newer, "第１章　外部評価者からの評価結果") < at(&newer, "第３章　評価対象事業に係る資料"));
    for wanted in
        ["第１章　複数課題プログラム", "１．事業の政策的位置づけ・背景", "９．前回評価の指摘事項と対処"]
    {
        assert!(at(&older, wanted) > material, "{wanted}");
    }
    // Each kind of number is counted apart.
    at(&newer, "参考1　評価項目と評点の尺度");
    // Each project has ten sections, the last of them numbered in two half-width digits.
    assert_eq!(older.iter().filter(|title| *title == "10．前回評価の指摘事項と対処").count(), 3);
}

#[test]
fn a_section_can_be_left_out_moved_and_renumbered() {
    let structure = read(
        r#"(heading: "所見", number: "{A}. ", content: [Preface]),
           (heading: "{id} {name}", number: "第{一}節 ", each: EvaluatedProject, sections: [
             (heading: "評点", number: "{up}-{1} ", content: [Scores]),
             (heading: "なし", number: "{up}-{1} ", content: [Text(Necessity)], empty: LeftOut),
             (heading: "資金", number: "{up}-{1} ", nothing: "ない。", content: [Funding]),
           ]),"#,
    )
    .unwrap();
    let mut dossier = dossier();
    let project = dossier.projects.iter_mut().find(|project| project.is_evaluated()).unwrap();
    project.sections.clear();
    project.funding = Default::default();
    project.overview.name = "電池".into();
    let title = format!("第一節 {} 電池", project.id);
    dossier.projects.retain(|project| project.overview.name == "電池");
    let said = titles(&structure, &dossier);
    // What is left out keeps its number, so that the same number is the same section everywhere.
    assert_eq!(said, ["A. 所見", title.as_str(), "一-1 評点", "一-3 資金"]);
    let all = BTreeSet::new();
    let entries = resolve(&structure, &dossier, &[], None, &all);
    assert_eq!(entries[3].nothing, Some("ない。"));
    let without = BTreeSet::from([vec![0], vec![1, 2]]);
    let kept: Vec<_> = resolve(&structure, &dossier, &[], None, &without).iter().map(Entry::title).collect();
    assert_eq!(kept, [title.as_str(), "一-1 評点"]);
}

#[test]
fn a_mistake_is_told_with_its_line_and_reason() {
    for (sections, line, reason) in [
        ("(heading: \"章\", contents: [Preface]),", "5 行", "contents"),
        ("(heading: \"章\",\n content: [Prefaces]),", "6 行", "Prefaces"),
        ("(heading: \"章{title}\"),", "5 行", "{title}"),
        ("(heading: \"章{\"),", "5 行", "{ }"),
        ("(heading: \"章\", number: \"第章\"),", "5 行", "{n}"),
        ("(heading: \"章\", number: \"{n}{1}\"),", "5 行", "{1}"),
        ("(heading: \"章\",\n each: Projects),", "6 行", "Projects"),
        ("(heading: \"外\"),\n(heading: \"評点\", content: [Scores]),", "6 行", "評点"),
        (
            "(heading: \"外\", sections: [\n(heading: \"{criterion}\", each: Criterion)]),",
            "6 行",
            "criterion",
        ),
        ("", "1 行", "sections"),
    ] {
        let said = refused(sections);
        assert!(said.contains("t.ron") && said.contains(line) && said.contains(reason), "{sections}: {said}");
    }
    let deep = "(heading: \"a\", sections: [".repeat(10) + "(heading: \"底\")" + &"])".repeat(10);
    assert!(refused(&deep).contains('9'), "{}", refused(&deep));
    let newer = Structure::read("(structure: 2, name: \"x\", more: [])").unwrap_err();
    assert!(matches!(newer, StructureError::Form { found: 2, known: 1 }));
}
