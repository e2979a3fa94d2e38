//! The main job in the window, by role and label: open the sample, edit, score, comment, switch language, save, reopen.

use super::desk::{Desk, click, dossier, fill, run, tab, wait, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::model::{CommentKind, CriterionNo, Dossier, FiscalYear, ScoreCell};
use hyoka::store;
use rust_decimal::Decimal;
use std::path::Path;

fn desk(setup: Setup) -> Desk {
    let mut desk = window(setup, Vec2::new(1440.0, 1200.0));
    run(&mut desk);
    desk
}

/// Two dossiers are equal; if not, says where rather than printing both.
fn assert_same(left: &Dossier, right: &Dossier) {
    if left != right {
        let places: Vec<String> =
            hyoka::model::diff(left, right).unwrap().iter().map(|change| change.place.to_string()).collect();
        panic!("the dossiers differ at {places:?}");
    }
}

fn open_sample(desk: &mut Desk) {
    click(desk, "サンプルを開く");
    assert_eq!(dossier(desk).projects.len(), 5);
}

/// Saves through the prompt to `path`.
fn save_as(desk: &mut Desk, path: &Path) {
    desk.key_press_modifiers(Modifiers::COMMAND, Key::S);
    desk.run();
    fill(desk, "ファイルの場所", &path.display().to_string());
    if desk.query_by_role_and_label(Role::Button, "保存する").is_some() {
        click(desk, "保存する");
    }
    wait(desk, "the save", |desk| !desk.state().is_dirty());
}

#[test]
fn the_main_job_from_sample_to_reopened_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価.ron");
    let mut desk = desk(Setup::default());
    open_sample(&mut desk);

    // A budget cell changes, and the totals follow.
    click(&mut desk, "A 再生医療技術を応用した創薬支援基盤技術開発");
    tab(&mut desk, "予算");
    let item = dossier(&desk).projects[0].funding.items[0].label.clone();
    fill(&mut desk, &format!("{item} 2019年度"), "410");
    let funding = &dossier(&desk).projects[0].funding;
    assert_eq!(funding.items[0].amounts[&FiscalYear::new(2019)].amount.value(), Some(Decimal::from(410)));
    assert_eq!(funding.computed_grand_total(), Some(Decimal::from(5410)));
    desk.get_by_label("5,410");
    assert!(desk.state().is_dirty());

    // A score is given with a key, zero included.
    desk.key_press_modifiers(Modifiers::COMMAND, Key::B);
    desk.run();
    desk.get_by_role_and_label(Role::RadioGroup, "1　当省が実施することの必要性").focus();
    desk.run();
    desk.key_press(Key::Num0);
    desk.event(egui::Event::Text("0".into()));
    desk.run();
    let evaluation = &dossier(&desk).projects[0].evaluation;
    assert_eq!(evaluation.cell(&"M1".into(), CriterionNo(1)), ScoreCell::Score(0));

    // A comment is written.
    click(&mut desk, "1 にコメントを書く");
    fill(&mut desk, "1 肯定的意見", "国が担う意義は大きい。");
    let comment = dossier(&desk).projects[0].evaluation.comments.last().unwrap().clone();
    assert_eq!((comment.kind, comment.text.as_str()), (CommentKind::Positive, "国が担う意義は大きい。"));

    // The language is switched; the dossier's own words stay.
    desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    desk.run();
    desk.get_by_role_and_label(Role::Tab, "Budget");
    desk.get_by_label("Ballot");
    desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    desk.run();

    // Saved, reopened, equal.
    save_as(&mut desk, &path);
    let edited = dossier(&desk).clone();
    assert_same(&store::open(&path).unwrap().dossier, &edited);
    let mut again = self::desk(Setup { dossier: Some(path), ..Setup::default() });
    wait(&mut again, "the file", |desk| desk.state().dossier().is_some());
    assert_same(dossier(&again), &edited);
}

#[test]
fn undo_takes_back_what_was_done_and_redo_does_it_again() {
    let mut desk = desk(Setup::default());
    open_sample(&mut desk);
    let before = dossier(&desk).clone();
    click(&mut desk, "報告書の本文");
    fill(&mut desk, "報告書の題名", "別の題名");
    let after = dossier(&desk).clone();
    assert!(before != after, "the title changed");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.run();
    assert_same(dossier(&desk), &before);
    assert!(!desk.state().is_dirty());
    desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    desk.run();
    assert_same(dossier(&desk), &after);
}

#[test]
fn every_page_draws_in_both_languages() {
    let mut desk = desk(Setup::default());
    open_sample(&mut desk);
    let names: Vec<String> = dossier(&desk).projects.iter().map(|project| project.title()).collect();
    for _ in 0..2 {
        for name in &names {
            click(&mut desk, name);
            let tabs: Vec<String> =
                desk.query_all_by_role(Role::Tab).filter_map(|tab| tab.accesskit_node().label()).collect();
            assert_eq!(tabs.len(), 12);
            for label in &tabs {
                tab(&mut desk, label);
            }
        }
        let pages = [
            ["評価ワーキンググループ", "委員・評価項目", "報告書の本文", "書き出し", "プログラム評価"],
            ["Working group", "Members and criteria", "Texts of the report", "Export", "Programme"],
        ];
        let pages =
            pages.into_iter().find(|labels| desk.query_by_role_and_label(Role::Button, labels[0]).is_some());
        for label in pages.unwrap() {
            click(&mut desk, label);
        }
        desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
        desk.run();
    }
    assert!(!desk.state().is_dirty(), "looking changes nothing");
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_what_is_open_stays() {
    let folder = tempfile::tempdir().unwrap();
    let whole = store::to_ron(&hyoka::sample::dossier().unwrap()).unwrap();
    let half = folder.path().join("half.ron");
    std::fs::write(&half, &whole[..whole.char_indices().nth(whole.chars().count() / 2).unwrap().0]).unwrap();
    let newer = folder.path().join("newer.ron");
    std::fs::write(&newer, "(schema: 99, dossier: ())").unwrap();
    for path in [half, newer, folder.path().to_owned(), folder.path().join("missing.ron")] {
        let mut desk = desk(Setup { dossier: Some(path.clone()), ..Setup::default() });
        wait(&mut desk, "the message", |desk| desk.state().latest_message().is_some());
        let message = desk.state().latest_message().unwrap();
        assert!(message.contains(&path.display().to_string()), "{message}");
        assert!(desk.state().dossier().is_none());
        open_sample(&mut desk);
    }
}

#[test]
fn unsaved_changes_are_asked_about_before_they_would_be_lost() {
    let mut desk = desk(Setup::default());
    open_sample(&mut desk);
    click(&mut desk, "報告書の本文");
    fill(&mut desk, "報告書の題名", "別の題名");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::N);
    desk.run();
    desk.get_by_label("変更を保存しますか。");
    click(&mut desk, "やめる");
    assert_eq!(dossier(&desk).report.title, "別の題名");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::N);
    desk.run();
    click(&mut desk, "保存しない");
    assert!(dossier(&desk).report.title.is_empty());
    assert_eq!(dossier(&desk).criteria.project.criteria.len(), 7);
}

#[test]
fn undo_in_a_field_never_brings_back_the_text_of_another_subject() {
    let mut desk = desk(Setup::default());
    open_sample(&mut desk);
    let consensus =
        |desk: &Desk, project: usize| dossier(desk).projects[project].evaluation.consensus[0].text.clone();
    let of_b = consensus(&desk, 1);
    let evaluation = |desk: &mut Desk, title: &str| {
        // The evaluation's entry follows the material's of the same name.
        desk.query_all_by_role_and_label(Role::Button, title).nth(1).unwrap().click();
        desk.run();
    };
    evaluation(&mut desk, "A 再生医療技術を応用した創薬支援基盤技術開発");
    tab(&mut desk, "総合評価");
    fill(&mut desk, "総合評価", "Aの総意");
    assert_eq!(consensus(&desk, 0), "Aの総意");
    evaluation(&mut desk, "B 遺伝子治療製造技術開発");
    desk.get_by_role_and_label(Role::MultilineTextInput, "総合評価").focus();
    desk.run();
    for _ in 0..3 {
        desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        desk.run();
    }
    assert_eq!(consensus(&desk, 1), of_b);
}

#[test]
fn a_ballot_never_becomes_the_form_of_another_member() {
    let mut desk = desk(Setup::default());
    open_sample(&mut desk);
    click(&mut desk, "A 再生医療技術を応用した創薬支援基盤技術開発");
    desk.key_press_modifiers(Modifiers::COMMAND, Key::B);
    desk.run();
    desk.get_by_role_and_label(Role::ComboBox, "委員").click();
    desk.run();
    click(&mut desk, "委員5");
    // The fifth member does not score B.
    click(&mut desk, "B 遺伝子治療製造技術開発");
    assert!(desk.query_by_role(Role::RadioGroup).is_none());
    desk.get_by_label_contains("委員5 はこのプロジェクトを採点しません");
    click(&mut desk, "C ヒト細胞加工製品製造基盤技術開発");
    assert_eq!(desk.query_all_by_role(Role::RadioGroup).count(), 7);
}

#[test]
fn a_backup_is_opened_without_becoming_the_file_that_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("評価.ron.bak");
    store::save(&backup, &hyoka::sample::dossier().unwrap()).unwrap();
    let mut desk = desk(Setup { dossier: Some(backup.clone()), ..Setup::default() });
    wait(&mut desk, "the backup", |desk| desk.state().dossier().is_some());
    assert!(desk.state().is_dirty());
    desk.key_press_modifiers(Modifiers::COMMAND, Key::S);
    desk.run();
    // The prompt suggests the document's own name.
    click(&mut desk, "保存する");
    wait(&mut desk, "the save", |desk| !desk.state().is_dirty());
    assert!(folder.path().join("評価.ron").exists());
}
