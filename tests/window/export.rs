//! The export page, by role and label: variant and names, order, preview, the bundle, and what happens when it fails.

use super::desk::{Desk, click_on, opened, saved, wait};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::model::Dossier;
use hyoka::store;
use std::path::Path;

/// A small dossier, so that its pages are laid out in no time even unoptimised.
fn small() -> Dossier {
    store::from_ron(include_str!("../report/fixture.ron")).unwrap().0
}

fn desk(dossier: &Dossier, folder: &Path) -> Desk {
    let setup = Setup { dossier: Some(saved(folder, dossier)), ..Setup::default() };
    let mut desk = opened(setup, Vec2::new(1440.0, 1600.0));
    click_on(&mut desk, Role::Button, "書き出し");
    desk
}

fn shows(desk: &Desk, role: Role, label: &str) -> bool {
    desk.query_all_by_role_and_label(role, label).next().is_some()
}

fn says(desk: &Desk, words: &str) -> bool {
    desk.query_all_by_label_contains(words).next().is_some()
}

/// Gives the prompt a path and accepts it.
fn answer(desk: &mut Desk, path: &Path, deed: &str) {
    desk.get_by_role_and_label(Role::TextInput, "ファイルの場所").focus();
    desk.run();
    desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.run();
    desk.get_by_role_and_label(Role::TextInput, "ファイルの場所").type_text(&path.display().to_string());
    desk.run();
    click_on(desk, Role::Button, deed);
}

const BEGIN: &str = "書き出し先を選んで始める…";

#[test]
fn pages_are_shown_and_the_bundle_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&small(), folder.path());
    wait(&mut desk, "the first page", |desk| shows(desk, Role::Image, "1 ページ"));
    click_on(&mut desk, Role::Button, "次のページ");
    assert!(shows(&desk, Role::Image, "2 ページ"));
    // Another order is laid out anew, and says so by other sections.
    click_on(&mut desk, Role::RadioButton, "経済産業省 2024年度（評価結果が先、資料が後）");
    desk.get_by_label("載せる章").click();
    desk.run();
    assert!(shows(&desk, Role::CheckBox, "外部評価者からの評価結果"));
    click_on(&mut desk, Role::CheckBox, "評価対象事業に係る資料");
    for format in ["表（CSV）と datapackage.json", "図（SVG・PNG）"] {
        click_on(&mut desk, Role::CheckBox, format);
    }
    click_on(&mut desk, Role::Button, BEGIN);
    let target = folder.path().join("out.zip");
    answer(&mut desk, &target, "書き出す");
    wait(&mut desk, "the bundle", |desk| shows(desk, Role::Button, "フォルダーで表示"));
    assert!(std::fs::read(&target).unwrap().starts_with(b"PK"));
    assert!(shows(&desk, Role::Button, "開く"));
}

#[test]
fn an_anonymous_bundle_waits_for_every_name_to_be_decided_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut dossier = small();
    dossier.members[0].name = "山田 太郎".into();
    dossier.projects[0].evaluation.comments[0].text = "山田委員の言うとおり。佐藤氏とは別である。".into();
    let mut desk = desk(&dossier, folder.path());
    click_on(&mut desk, Role::RadioButton, "匿名（公表用）");
    wait(&mut desk, "the names", |desk| says(desk, "あと 1 か所"));
    assert!(desk.get_by_role_and_label(Role::Button, BEGIN).accesskit_node().is_disabled());
    assert!(says(&desk, "ここにページが出ます"));
    click_on(&mut desk, Role::RadioButton, "「委員」に置き換える: 山田委員");
    assert!(says(&desk, "すべて決めました"));
    wait(&mut desk, "the pages", |desk| shows(desk, Role::Image, "1 ページ"));
    for format in ["表（CSV）と datapackage.json", "図（SVG・PNG）", "会議資料（PDF、A4 横、投影用）"]
    {
        click_on(&mut desk, Role::CheckBox, format);
    }
    click_on(&mut desk, Role::Button, BEGIN);
    let target = folder.path().join("anonymous.zip");
    answer(&mut desk, &target, "書き出す");
    wait(&mut desk, "the bundle", |desk| shows(desk, Role::Button, "フォルダーで表示"));
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&target).unwrap()).unwrap();
    let written = std::io::read_to_string(zip.by_name("hyoka-report/data/dossier.ron").unwrap()).unwrap();
    assert!(
        written.contains("委員の言うとおり。佐藤氏とは別である。") && !written.contains("山田"),
        "{written}"
    );
}

#[test]
fn a_failed_export_says_why_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&small(), folder.path());
    click_on(&mut desk, Role::Button, BEGIN);
    answer(&mut desk, &folder.path().join("nowhere/out.zip"), "書き出す");
    wait(&mut desk, "the trouble", |desk| says(desk, "フォルダーがありません"));
    assert!(says(&desk, "変わっていません"));
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    // The lock tells who has the dossier open.
    names.retain(|name| name != ".評価.ron.lock");
    assert_eq!(names, ["評価.ron"]);
}

#[test]
fn a_template_of_ones_own_is_read_and_a_broken_one_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&small(), folder.path());
    let own = folder.path().join("own.ron");
    std::fs::write(
        &own,
        "(structure: 1, name: \"わたしの順\",\n sections: [(heading: \"序\", content: [Prefaces])])",
    )
    .unwrap();
    click_on(&mut desk, Role::Button, "ひな形を読み込む…");
    answer(&mut desk, &own, "読み込む");
    assert!(says(&desk, "2 行") && says(&desk, "Prefaces"));
    std::fs::write(
        &own,
        "(structure: 1, name: \"わたしの順\",\n sections: [(heading: \"序\", content: [Preface])])",
    )
    .unwrap();
    click_on(&mut desk, Role::Button, "ひな形を読み込む…");
    answer(&mut desk, &own, "読み込む");
    assert!(says(&desk, "わたしの順"));
    wait(&mut desk, "the pages", |desk| shows(desk, Role::Image, "1 ページ"));
}
