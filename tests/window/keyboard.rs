//! The whole job of a member and the whole job of the secretariat with nothing but keys: no click, no pointer.

use super::desk::{Desk, window};
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::locale::Lang;
use hyoka::model::{CommentKind, CriterionNo, Dossier, FiscalYear, ScoreCell};
use hyoka::round::{FileForm, Package, begin, freeze, issue};
use hyoka::sheets::{Limits, Reader};
use hyoka::store;
use jiff::Timestamp;
use rust_decimal::Decimal;
use std::path::Path;
use std::time::{Duration, Instant};

/// A window that is only given keys.
struct Keyboard(Desk);

impl Keyboard {
    fn new() -> Self {
        let reader = Some(Reader::in_process(Limits::default()));
        let mut harness = window(Setup { reader, ..Setup::default() }, Vec2::new(1440.0, 1000.0));
        harness.run();
        Self(harness)
    }

    fn dossier(&self) -> &Dossier {
        self.0.state().dossier().expect("a dossier is open")
    }

    fn press(&mut self, key: Key) {
        self.0.key_press(key);
        self.0.run();
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
    }

    fn types(&mut self, text: &str) {
        self.0.event(Event::Text(text.to_owned()));
        self.0.run();
    }

    /// Puts `text` in place of what the field with the keyboard holds.
    fn replaces(&mut self, text: &str) {
        self.press_with(Modifiers::COMMAND, Key::A);
        self.types(text);
    }

    /// The accessible name of what has the keyboard.
    fn focused(&self) -> String {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method belongs to a crate below the test kit"
        )]
        let node = self.0.query_all_by(|node| node.is_focused()).last();
        node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    /// Goes on with Tab until the keyboard is on what `label` names.
    fn reach(&mut self, label: &str) {
        self.reach_where(label, |name| name == label);
    }

    fn reach_where(&mut self, label: &str, is: impl Fn(&str) -> bool) {
        let mut seen = Vec::new();
        while !is(&self.focused()) {
            self.press(Key::Tab);
            seen.push(self.focused());
            assert!(seen.len() < 600, "{label} cannot be reached by Tab: {seen:?}");
        }
    }

    /// Reaches the button, tab or entry of that name and presses it.
    fn choose(&mut self, label: &str) {
        self.reach(label);
        self.press(Key::Enter);
    }

    /// Goes from area to area until Tab would go on from something in the one that `first` begins.
    fn area(&mut self, first: &str) {
        let mut seen = Vec::new();
        while self.focused() != first {
            self.press(Key::F6);
            seen.push(self.focused());
            assert!(seen.len() < 6, "F6 never comes to {first}: {seen:?}");
        }
    }

    /// Chooses an entry of the navigation, the first one of that name.
    fn go(&mut self, entry: &str) {
        self.area("事業の概要");
        self.choose(entry);
    }

    /// Answers the prompt for a path.
    fn path(&mut self, path: &Path) {
        assert_eq!(self.focused(), "ファイルの場所");
        self.replaces(&path.display().to_string());
        self.press(Key::Enter);
    }

    fn says(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).next().is_some()
    }

    /// Runs until `done`, as jobs need their time.
    fn wait(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        self.0.run();
        while !done(self) {
            let said = self.0.state().latest_message();
            assert!(begin.elapsed() < Duration::from_mins(3), "waited in vain for {what}: {said:?}");
            std::thread::sleep(Duration::from_millis(5));
            self.0.run();
        }
    }
}

#[test]
fn a_member_does_everything_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut dossier = hyoka::sample::dossier().unwrap();
    dossier.projects[0].evaluation.scores.clear();
    let mut round = begin(&dossier);
    round.subjects = vec!["A".into()];
    let (id, title) = (round.id.clone(), dossier.projects[0].title());
    dossier.rounds.push(round);
    freeze(&mut dossier, &id, Timestamp::UNIX_EPOCH).unwrap();
    let sent = issue(&dossier, &id, &["M2".into()], Timestamp::UNIX_EPOCH, Lang::Ja).unwrap();
    let file = sent.files.iter().find(|file| file.form == FileForm::Package).unwrap();
    let path = folder.path().join(&file.name);
    std::fs::write(&path, &file.bytes).unwrap();

    let mut keys = Keyboard::new();
    keys.press_with(Modifiers::COMMAND, Key::O);
    keys.path(&path);
    keys.wait("the ballot", |keys| keys.0.state().dossier().is_some());

    // The material is read, page by page.
    keys.go(&title);
    keys.area("概要");
    for (tab, shows) in [("本文", "本文"), ("予算", "資金配分"), ("アウトカム", "アウトカム")]
    {
        keys.choose(tab);
        assert!(keys.says(shows), "{tab}");
    }

    // Every score but the fifth is given, and a comment is written.
    keys.area("評価票を閉じる");
    keys.reach("1　当省が実施することの必要性");
    for key in [Key::Num3, Key::Num0, Key::Num1, Key::Num2] {
        keys.press(key);
        keys.press(Key::ArrowDown);
    }
    assert!(keys.focused().starts_with("5　"), "{}", keys.focused());
    keys.press(Key::ArrowDown);
    keys.press(Key::N);
    keys.press(Key::ArrowDown);
    keys.press(Key::Num1);
    keys.choose("7 にコメントを書く");
    assert_eq!(keys.focused(), "7 肯定的意見");
    keys.types("国が担う意義は大きい。");

    // What is missing is seen, and gone to.
    keys.go("評価票の確認・提出");
    assert!(keys.says("6 / 7 記入"));
    keys.area("A 再生医療技術を応用した創薬支援基盤技術開発");
    keys.choose("A 5 に記入する");
    assert!(keys.focused().starts_with("5　"), "{}", keys.focused());
    keys.press(Key::Num0);

    // The ballot is saved, finished and handed in.
    keys.press_with(Modifiers::COMMAND, Key::S);
    keys.wait("the save", |keys| !keys.0.state().is_dirty());
    keys.go("評価票の確認・提出");
    assert!(keys.says("7 / 7 記入"));
    keys.choose("提出用の評価票を保存…");
    let done = folder.path().join("done.ron");
    keys.path(&done);
    keys.wait("the ballot", |keys| {
        keys.0.state().latest_message().is_some_and(|said| said.starts_with("提出用の評価票を保存しました"))
    });
    let back = Package::read(&std::fs::read(&done).unwrap()).unwrap();
    assert!(back.head.finished);
    let evaluation = &back.dossier().unwrap().projects[0].evaluation;
    let given: Vec<ScoreCell> = (1..=7).map(|no| evaluation.cell(&"M2".into(), CriterionNo(no))).collect();
    let score = ScoreCell::Score;
    assert_eq!(given, [score(3), score(0), score(1), score(2), score(0), ScoreCell::NotApplicable, score(1)]);
    let said = |comment: &&hyoka::model::Comment| comment.text == "国が担う意義は大きい。";
    assert_eq!(evaluation.comments.iter().find(said).unwrap().kind, CommentKind::Positive);
}

#[test]
fn the_secretariat_does_everything_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = Keyboard::new();
    keys.choose("サンプルを開く");
    let title = keys.dossier().projects[0].title();

    // A fact of the programme, a cell of a budget.
    keys.area("概要");
    keys.reach("担当課室");
    keys.replaces("生物化学産業課 ほか");
    keys.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(keys.dossier().programme.overview.section_in_charge, "生物化学産業課 ほか");
    keys.go(&title);
    keys.press(Key::F6);
    keys.choose("予算");
    let item = keys.dossier().projects[0].funding.items[0].label.clone();
    keys.reach_where(&item, |name| name.starts_with(&item) && name.contains("2019"));
    keys.press(Key::F2);
    keys.replaces("410");
    keys.press(Key::Enter);
    let amount = &keys.dossier().projects[0].funding.items[0].amounts[&FiscalYear::new(2019)].amount;
    assert_eq!(amount.value(), Some(Decimal::from(410)));

    // A project more, and that taken back again from the menu.
    let projects = keys.dossier().projects.len();
    keys.go("プロジェクトを追加");
    assert_eq!(keys.dossier().projects.len(), projects + 1);
    keys.press(Key::F10);
    assert_eq!(keys.focused(), "ファイル");
    keys.choose("編集");
    keys.press(Key::Tab);
    assert!(keys.focused().starts_with("元に戻す"), "{}", keys.focused());
    keys.press(Key::Enter);
    assert_eq!(keys.dossier().projects.len(), projects);

    // A round: one member is left out, the form is fixed, the ballots go out.
    let path = folder.path().join("評価.ron");
    keys.press_with(Modifiers::COMMAND, Key::S);
    keys.path(&path);
    keys.wait("the save", |keys| !keys.0.state().is_dirty());
    keys.go("評価の実施");
    keys.choose("評価を用意する");
    keys.reach("委員5 に評価票を送る");
    keys.press(Key::Space);
    keys.choose("様式を確定する");
    keys.choose("評価票を発行…");
    let out = folder.path().join("out");
    keys.path(&out);
    keys.wait("the ballots", |keys| !keys.0.state().is_dirty() && keys.dossier().rounds[0].issued.len() == 4);

    // Two members answer, elsewhere.
    for member in ["M1", "M2"] {
        let file = out.join(format!("ballot_r1_{member}_1.ron"));
        let package = Package::read(&std::fs::read(&file).unwrap()).unwrap();
        let mut own = package.dossier().unwrap();
        own.projects[0].evaluation.set_cell(&member.into(), CriterionNo(1), ScoreCell::Score(0));
        let text = package.saved(&own, Timestamp::UNIX_EPOCH, true).to_text().unwrap();
        std::fs::write(&file, text).unwrap();
    }
    keys.choose("評価票を取り込む…");
    keys.path(&out);
    keys.wait("the preview", |keys| keys.says("取り込む　2 件"));
    keys.choose("取り込む　2 件");
    let cell = keys.dossier().projects[0].evaluation.cell(&"M2".into(), CriterionNo(1));
    assert_eq!(cell, ScoreCell::Score(0));

    // The results are looked at.
    keys.area("事業の概要");
    keys.reach("プログラム評価");
    keys.choose(&title);
    keys.press(Key::F6);
    keys.choose("結果");
    assert!(keys.says("平均"));

    // A finding of the checks is noted with its reason.
    keys.go("確認");
    keys.wait("the checks", |keys| keys.says("確認済みにする…"));
    keys.choose("確認済みにする…");
    keys.reach("理由");
    keys.types("調整費を除くため");
    keys.choose("確認済みにする");
    assert_eq!(keys.dossier().check_notes.last().unwrap().reason, "調整費を除くため");

    // The bundle is written, with tables only, and everything is saved.
    keys.press_with(Modifiers::COMMAND, Key::E);
    for format in [
        "技術評価報告書（PDF）",
        "会議資料（PDF、A4 横、投影用）",
        "Word で直せる報告書（DOCX）",
        "評価データのブックと結果（Excel）",
        "図（SVG・PNG）",
    ] {
        keys.reach(format);
        keys.press(Key::Space);
    }
    keys.choose("書き出し先を選んで始める…");
    let bundle = folder.path().join("out.zip");
    keys.path(&bundle);
    keys.wait("the bundle", |keys| keys.says("フォルダーで表示"));
    assert!(std::fs::read(&bundle).unwrap().starts_with(b"PK"));
    keys.press_with(Modifiers::COMMAND, Key::S);
    keys.wait("the save", |keys| !keys.0.state().is_dirty());
    let saved = store::open(&path).unwrap().dossier;
    assert_eq!(saved.check_notes.last().unwrap().reason, "調整費を除くため");
    assert_eq!(saved, *keys.dossier());
}
