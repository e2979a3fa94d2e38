//! A round in the window: set up, issued, filled in by a member, merged, taken back.

use super::desk::{Desk, click, dossier, opened, wait};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, Dossier, MemberId, ScoreCell};
use hyoka::round::{FileForm, Issue, Package, begin, freeze, issue};
use hyoka::sheets::{Limits, Reader};
use hyoka::stats::printed_mean;
use hyoka::store;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn desk(dossier: PathBuf) -> Desk {
    let reader = Some(Reader::in_process(Limits::default()));
    let setup = Setup { dossier: Some(dossier), reader, ..Setup::default() };
    opened(setup, Vec2::new(2000.0, 2400.0))
}

/// Answers the prompt for a path.
fn give(desk: &mut Desk, path: &Path, deed: &str) {
    desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.run();
    desk.get_by(|node| {
        let texts = matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
        texts && node.label().as_deref() == Some("ファイルの場所")
    })
    .type_text(&path.display().to_string());
    desk.run();
    click(desk, deed);
}

fn unscored() -> (Dossier, hyoka::model::ScoreSheet) {
    let mut dossier = hyoka::sample::dossier().unwrap();
    let scores = std::mem::take(&mut dossier.projects[0].evaluation.scores);
    (dossier, scores)
}

/// A round about project A, and its ballots.
fn issued() -> (Issue, hyoka::model::ScoreSheet) {
    let (mut dossier, scores) = unscored();
    let mut round = begin(&dossier);
    round.subjects = vec!["A".into()];
    let (id, members) = (round.id.clone(), round.members.clone());
    dossier.rounds.push(round);
    freeze(&mut dossier, &id, Timestamp::UNIX_EPOCH).unwrap();
    (issue(&dossier, &id, &members, Timestamp::UNIX_EPOCH, Lang::Ja).unwrap(), scores)
}

fn ballot(folder: &TempDir, issue: &Issue, member: &str) -> PathBuf {
    let file = issue.files.iter().find(|f| f.member.as_str() == member && f.form == FileForm::Package);
    let file = file.unwrap();
    let path = folder.path().join(&file.name);
    std::fs::write(&path, &file.bytes).unwrap();
    path
}

/// The accessible name of what has the keyboard.
fn focused(desk: &Desk) -> String {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method belongs to a crate below the test kit"
    )]
    let node = desk.query_all_by(|node| node.is_focused()).last();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_member_reads_everything_and_changes_nothing_but_the_own_ballot() {
    let folder = tempfile::tempdir().unwrap();
    let (issue, _) = issued();
    let path = ballot(&folder, &issue, "M2");
    let mut desk = desk(path.clone());
    let before = dossier(&desk).clone();
    assert!(desk.query_by_label_contains("左の一覧で資料を読み").is_some());
    assert!(desk.query_by_label("プロジェクトを追加").is_none());
    assert!(desk.query_by_label("委員・評価項目").is_none());
    let title = before.projects[0].title();
    click(&mut desk, &title);
    for tab in ["概要", "本文", "予算", "研究項目", "アウトプット", "アウトカム", "前回評価"]
    {
        desk.get_by_role_and_label(Role::Tab, tab).click();
        desk.run();
        let editable = |node: &egui_kittest::Node<'_>| {
            let kinds = [Role::TextInput, Role::MultilineTextInput, Role::ComboBox, Role::CheckBox];
            let known = node.accesskit_node();
            kinds.contains(&known.role()) && !known.is_disabled() && !known.is_read_only()
        };
        let open: Vec<String> = (desk.query_all_by(|_| true))
            .filter(editable)
            .map(|node| node.accesskit_node().label().unwrap_or_default())
            // The series of a chart can be hidden, amounts be shown in another unit, and the ballot's own fields stand
            // beside the material.
            .filter(|label| !label.starts_with("系列 ") && !label.ends_with("の表示単位"))
            .filter(|label| !label.contains("意見") && !label.contains("問題点") && !label.contains("提言"))
            .collect();
        assert!(open.is_empty(), "{tab}: {open:?}");
    }
    assert_eq!(*dossier(&desk), before);
    // What is read can be selected and copied, and typing into it does nothing.
    desk.get_by_role_and_label(Role::Tab, "本文").click();
    desk.run();
    let read = |node: &egui_kittest::Node<'_>| {
        let known = node.accesskit_node();
        known.role() == Role::MultilineTextInput
            && known.is_read_only()
            && known.value().is_some_and(|v| v.len() > 30)
    };
    let text = {
        let node = desk.query_all_by(|_| true).find(read).expect("a text to read");
        node.focus();
        node.accesskit_node().value().unwrap_or_default()
    };
    desk.run();
    desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.event(egui::Event::Copy);
    desk.step();
    let commands = &desk.output().platform_output.commands;
    let copied =
        commands.iter().any(|command| matches!(command, egui::OutputCommand::CopyText(c) if *c == text));
    assert!(copied, "{commands:?}");
    desk.event(egui::Event::Text("書き換え".to_owned()));
    desk.run();
    assert_eq!(*dossier(&desk), before);
    let shown = desk.query_all_by(|_| true).find(read).and_then(|node| node.accesskit_node().value());
    assert_eq!(shown, Some(text));
}

#[test]
fn what_is_missing_leads_to_its_field_and_keys_give_every_state() {
    let folder = tempfile::tempdir().unwrap();
    let (issue, _) = issued();
    let path = ballot(&folder, &issue, "M2");
    let mut desk = desk(path);
    click(&mut desk, "A 3 に記入する");
    assert!(focused(&desk).starts_with("3　"), "{}", focused(&desk));
    let cell = |desk: &Desk, no| dossier(desk).projects[0].evaluation.cell(&"M2".into(), CriterionNo(no));
    for (key, state) in [
        (Key::Num0, ScoreCell::Score(0)),
        (Key::N, ScoreCell::NotApplicable),
        (Key::Backspace, ScoreCell::Blank),
        (Key::Num0, ScoreCell::Score(0)),
    ] {
        desk.key_press(key);
        desk.run();
        assert_eq!(cell(&desk, 3), state);
    }
    assert!(desk.query_by_label("未記入の A 3 へ").is_none());
    click(&mut desk, "未記入の A 7 へ");
    assert!(focused(&desk).starts_with("7　"), "{}", focused(&desk));
    assert!(desk.query_by_label_contains("書き換えられません").is_none(), "the material is shown beside it");
}

#[test]
fn a_ballot_saves_of_itself_and_goes_on_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let (issue, _) = issued();
    let path = ballot(&folder, &issue, "M2");
    let mut first = desk(path.clone());
    click(&mut first, "A 1 に記入する");
    first.key_press(Key::Num0);
    first.run();
    let name = "各委員の提言";
    first.get_by_role_and_label(Role::MultilineTextInput, name).focus();
    first.run();
    for letter in ["ゼ", "ロ", "も", "評", "点"] {
        first.event(egui::Event::Text(letter.to_owned()));
        first.step();
    }
    let on_disk = |path: &Path| Package::read(&std::fs::read(path).unwrap()).unwrap().head;
    let said = |path: &Path| {
        let head = on_disk(path);
        head.answers.get(&"A".into()).map(|given| given.recommendation.clone()).unwrap_or_default()
    };
    let begin = Instant::now();
    while said(&path) != "ゼロも評点" {
        assert!(begin.elapsed() < Duration::from_secs(20), "not saved: {}", said(&path));
        std::thread::sleep(Duration::from_millis(20));
        first.step();
    }
    // The program goes without a word; nothing was ever saved by hand.
    drop(first);
    let mut again = desk(path.clone());
    again.run();
    assert_eq!(
        again.state().latest_message().map(|said| said.starts_with("前回の続きを開きました")),
        Some(true)
    );
    let evaluation = &dossier(&again).projects[0].evaluation;
    assert_eq!(evaluation.cell(&"M2".into(), CriterionNo(1)), ScoreCell::Score(0));
    assert!(evaluation.comments.iter().any(|comment| comment.text == "ゼロも評点"));
    assert!(!on_disk(&path).finished);
    assert!(path.with_extension("ron.bak").exists(), "the ballot as it was sent is kept");
}

#[test]
fn encrypted_ballots_need_the_key_and_its_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("e.ron");
    store::save(&file, &unscored().0).unwrap();
    let mut office = desk(file);
    click(&mut office, "評価の実施");
    click(&mut office, "評価を用意する");
    let passphrase = |desk: &mut Desk, label: &str, text: &str| {
        desk.get_by_role_and_label(Role::PasswordInput, label).focus();
        desk.run();
        desk.event(egui::Event::Text(text.to_owned()));
        desk.run();
    };
    passphrase(&mut office, "合言葉", "長い合言葉を使う");
    click(&mut office, "鍵を作る…");
    let key = folder.path().join("key.age");
    give(&mut office, &key, "作る");
    wait(&mut office, "the key", |desk| {
        desk.state().dossier().is_some_and(|dossier| dossier.rounds[0].key.starts_with("age1"))
    });
    click(&mut office, "様式を確定する");
    click(&mut office, "評価票を発行…");
    let out = folder.path().join("out");
    give(&mut office, &out, "発行する");
    wait(&mut office, "the ballots", |desk| {
        !desk.state().is_dirty() && desk.state().dossier().is_some_and(|d| d.rounds[0].issued.len() == 5)
    });

    let mut member = desk(out.join("ballot_r1_M2_1.ron"));
    click(&mut member, "A 1 に記入する");
    member.key_press(Key::Num0);
    member.run();
    click(&mut member, "提出用に保存…");
    let done = out.join("m2.ron.age");
    give(&mut member, &done, "保存する");
    wait(&mut member, "the sealed ballot", |_| done.exists());
    let bytes = std::fs::read(&done).unwrap();
    assert!(hyoka::round::is_encrypted(&bytes) && !String::from_utf8_lossy(&bytes).contains("Score"));

    click(&mut office, "評価票を取り込む…");
    give(&mut office, &done, "読み込む");
    let begin = Instant::now();
    let until = |office: &mut Desk, what: &str| {
        while office.query_all_by_label_contains(what).next().is_none() {
            assert!(begin.elapsed() < Duration::from_mins(2), "no {what}");
            std::thread::sleep(Duration::from_millis(10));
            office.run();
        }
    };
    until(&mut office, "暗号化された評価票");
    let key_path = "鍵ファイルの場所";
    let put = |office: &mut Desk, word: &str| {
        office.get_by_role_and_label(Role::TextInput, key_path).focus();
        office.run();
        office.key_press_modifiers(Modifiers::COMMAND, Key::A);
        office.event(egui::Event::Text(key.display().to_string()));
        office.run();
        passphrase(office, "合言葉", word);
        click(office, "復号して読み込む");
    };
    put(&mut office, "別の合言葉です");
    until(&mut office, "鍵ファイルを開けません");
    put(&mut office, "長い合言葉を使う");
    until(&mut office, "取り込む　1 件");
    click(&mut office, "取り込む　1 件");
    let cell = dossier(&office).projects[0].evaluation.cell(&"M2".into(), CriterionNo(1));
    assert_eq!(cell, ScoreCell::Score(0));
    click(&mut office, "受領書を書き出す…");
    let receipts = folder.path().join("receipts");
    give(&mut office, &receipts, "書き出す");
    let text = std::fs::read_to_string(receipts.join("receipt_r1_M2.txt")).unwrap();
    assert!(text.contains("1 0、"), "{text}");
}

#[test]
fn the_whole_form_is_walked_without_a_mouse_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (issue, _) = issued();
    let path = ballot(&folder, &issue, "M2");
    let mut desk = desk(path.clone());
    // Tab reaches the first criterion, arrows go from one to the next, number keys give the scores.
    let first = "1　当省が実施することの必要性";
    for _ in 0..200 {
        if focused(&desk) == first {
            break;
        }
        desk.key_press(Key::Tab);
        desk.run();
    }
    assert_eq!(focused(&desk), first);
    let keys = [Key::Num3, Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num0, Key::Num1];
    for (at, key) in keys.into_iter().enumerate() {
        desk.key_press(key);
        desk.run();
        if at < 6 {
            desk.key_press(Key::ArrowDown);
            desk.run();
            assert!(focused(&desk).starts_with(&format!("{}　", at + 2)), "{}", focused(&desk));
        }
    }
    // A comment is opened and written by keyboard alone.
    desk.key_press(Key::Tab);
    desk.run();
    assert_eq!(focused(&desk), "7 にコメントを書く");
    desk.key_press(Key::Enter);
    desk.run();
    assert_eq!(focused(&desk), "7 肯定的意見");
    desk.event(egui::Event::Text("よい".to_owned()));
    desk.run();
    desk.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    desk.run();
    // Up goes back, and Tab goes through everything between two criteria.
    desk.key_press(Key::ArrowUp);
    desk.run();
    assert!(focused(&desk).starts_with("6　"), "{}", focused(&desk));
    let mut between = Vec::new();
    while !focused(&desk).starts_with("7　") {
        desk.key_press(Key::Tab);
        desk.run();
        between.push(focused(&desk));
        assert!(between.len() < 10, "{between:?}");
    }
    assert_eq!(between, ["6 にコメントを書く", "7 の説明", "7　総合評価"]);
    let member = MemberId::from("M2");
    let scores = |dossier: &Dossier| -> Vec<ScoreCell> {
        (1..=7).map(|no| dossier.projects[0].evaluation.cell(&member, CriterionNo(no))).collect()
    };
    let given = [3, 0, 1, 2, 3, 0, 1].map(ScoreCell::Score);
    assert_eq!(scores(dossier(&desk)), given);
    desk.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait(&mut desk, "the save", |desk| !desk.state().is_dirty());
    let saved = Package::read(&std::fs::read(&path).unwrap()).unwrap();
    assert!(saved.head.edition >= 1);
    assert_eq!(scores(&saved.dossier().unwrap()), given);
    // Nothing is missing now, and the ballot is handed in.
    click(&mut desk, "評価票の確認・提出");
    assert!(desk.query_all_by_label_contains("7 / 7 記入").next().is_some());
    assert!(desk.query_by_label_contains("未記入の評点").is_none());
    click(&mut desk, "提出用の評価票を保存…");
    let done = folder.path().join("done.ron");
    give(&mut desk, &done, "保存する");
    wait(&mut desk, "the ballot", |_| done.exists());
    let handed_in = Package::read(&std::fs::read(&done).unwrap()).unwrap();
    assert!(handed_in.head.finished);
    assert!(handed_in.head.edition > saved.head.edition);
}

#[test]
fn ballots_are_previewed_merged_as_one_step_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (issue, scores) = issued();
    let file = folder.path().join("e.ron");
    store::save(&file, &issue.dossier).unwrap();
    let ballots = folder.path().join("back");
    std::fs::create_dir(&ballots).unwrap();
    for (member, row) in &scores {
        let path = ballot(&folder, &issue, member.as_str());
        let package = Package::read(&std::fs::read(&path).unwrap()).unwrap();
        let mut own = package.dossier().unwrap();
        for (no, cell) in row {
            own.projects[0].evaluation.set_cell(member, *no, *cell);
        }
        let text = package.saved(&own, Timestamp::UNIX_EPOCH, true).to_text().unwrap();
        std::fs::write(ballots.join(format!("{member}.ron")), text).unwrap();
    }
    std::fs::write(ballots.join("broken.ron"), "// Hyoka ballot 1 sha256:00\n").unwrap();
    let mut desk = desk(file);
    let before = dossier(&desk).clone();
    click(&mut desk, "評価の実施");
    assert!(desk.query_by_label_contains("未記入のある委員 5 名").is_some());
    click(&mut desk, "評価票を取り込む…");
    give(&mut desk, &ballots, "読み込む");
    let begin = Instant::now();
    while desk.query_by_label("取り込む　35 件").is_none() {
        assert!(begin.elapsed() < Duration::from_mins(1), "no preview");
        std::thread::sleep(Duration::from_millis(5));
        desk.run();
    }
    assert_eq!(*dossier(&desk), before, "a preview changes nothing");
    assert!(desk.query_by_label_contains("broken.ron: ").is_some());
    click(&mut desk, "取り込む　35 件");
    let means: Vec<_> = (1..=7)
        .map(|no| printed_mean(&dossier(&desk).projects[0].evaluation.scores_of(CriterionNo(no))).unwrap())
        .collect();
    assert_eq!(means, ["3.0", "2.6", "2.2", "2.0", "2.6", "2.6", "2.6"]);
    assert!(desk.query_by_label_contains("全員の評点がそろっています").is_some());
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.run();
    assert_eq!(*dossier(&desk), before);
}

#[test]
fn a_round_is_set_up_fixed_and_issued_from_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("e.ron");
    store::save(&file, &unscored().0).unwrap();
    let mut desk = desk(file.clone());
    click(&mut desk, "評価の実施");
    click(&mut desk, "評価を用意する");
    click(&mut desk, "様式を確定する");
    click(&mut desk, "評価票を発行…");
    let out = folder.path().join("out");
    give(&mut desk, &out, "発行する");
    wait(&mut desk, "the ballots", |desk| {
        desk.state().dossier().is_some_and(|dossier| dossier.rounds[0].issued.len() == 5)
            && !desk.state().is_dirty()
    });
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 10);
    let noted = store::open(&file).unwrap().dossier;
    assert_eq!(noted.rounds[0].issued.len(), 5, "what was issued is on disk");
}
