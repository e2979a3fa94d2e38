//! Import in the window, by role and label: files dropped, typed and pasted; looked at; taken as one step; and blocks
//! pasted into tables.

#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

use super::desk::{Desk, dossier, tab, wait, window};
use egui::accesskit::Role;
use egui::{DroppedFile, Event, HoveredFile, Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hyoka::app::Setup;
use hyoka::model::{CriterionNo, Dossier, FiscalYear, ScoreCell};
use hyoka::sheets::{Limits, Reader};
use hyoka::store;
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn desk() -> Desk {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_hyoka"));
    let reader = Reader::guarded(program, Limits::default());
    let mut desk = window(Setup { reader: Some(reader), ..Setup::default() }, Vec2::new(1440.0, 1200.0));
    desk.run();
    desk
}

fn preview(desk: &mut Desk) {
    wait(desk, "the preview", |desk| desk.query_by_label("ファイルを追加…").is_some());
    wait(desk, "the comparison", |desk| desk.query_by_label("比べ直しています…").is_none());
}

fn click(desk: &mut Desk, label: &str) {
    let press = |desk: &mut Desk, scroll: bool| {
        let mut buttons = desk.query_all_by_role_and_label(Role::Button, label);
        let button = buttons.next().unwrap_or_else(|| panic!("no button {label}"));
        if scroll {
            button.scroll_to_me();
        } else {
            button.click();
        }
        drop(buttons);
        desk.run();
    };
    // One that is scrolled out of view is not under the pointer.
    press(desk, true);
    press(desk, false);
}

/// Presses the button that takes what is chosen, and waits until it is taken.
fn take(desk: &mut Desk) {
    let begins = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.starts_with("取り込む ") && label.ends_with(" 件"))
    };
    desk.query_all_by_role(Role::Button).find(begins).expect("a button to take").click();
    desk.run();
    wait(desk, "the import", |desk| {
        desk.state().latest_message().is_some_and(|message| message.ends_with("件を取り込みました"))
    });
}

fn undo(desk: &mut Desk) {
    desk.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.run();
}

fn redo(desk: &mut Desk) {
    desk.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    desk.run();
}

fn focus(desk: &mut Desk, label: &str) {
    desk.get_by_label(label).focus();
    desk.run();
}

fn paste(desk: &mut Desk, text: &str) {
    desk.event(Event::Paste(text.to_owned()));
    desk.run();
}

/// A file held over the window, and let go.
#[derive(Debug)]
struct Held(PathBuf);

impl DroppedFile for Held {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn hold(desk: &mut Desk, paths: &[&Path]) {
    let files =
        paths.iter().map(|path| HoveredFile { path: Some(path.to_path_buf()), ..HoveredFile::default() });
    desk.input_mut().hovered_files = files.collect();
    // While files are held, egui draws on and on.
    desk.run_steps(3);
}

fn let_go(desk: &mut Desk, paths: &[&Path]) {
    desk.input_mut().hovered_files.clear();
    for path in paths {
        desk.input_mut().dropped_files.push(Arc::new(Held(path.to_path_buf())));
    }
    desk.run();
}

fn sample_at(path: &Path) -> Dossier {
    let sample = hyoka::sample::dossier().unwrap();
    store::save(path, &sample).unwrap();
    sample
}

#[test]
fn a_dossier_dropped_alone_opens_and_files_together_are_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (ron, csv) = (folder.path().join("評価.ron"), folder.path().join("表.csv"));
    let sample = sample_at(&ron);
    std::fs::write(&csv, "何か,別の\n1,2\n").unwrap();

    let mut desk = desk();
    hold(&mut desk, &[&ron]);
    desk.get_by_label("ここで離すと 評価.ron を開きます");
    let_go(&mut desk, &[&ron]);
    assert!(desk.query_by_label("ここで離すと 評価.ron を開きます").is_none());
    wait(&mut desk, "the dossier", |desk| desk.state().dossier().is_some());
    assert_eq!(*dossier(&desk), sample);

    hold(&mut desk, &[&csv]);
    desk.get_by_label("ここで離すと 表.csv を取り込みます");
    hold(&mut desk, &[&ron, &csv]);
    desk.get_by_label("ここで離すと 2 個のファイルを取り込みます");
    let_go(&mut desk, &[&ron, &csv]);
    preview(&mut desk);
    desk.get_by_role_and_label(Role::Button, "評価.ron を取り込みから外す");
    desk.get_by_role_and_label(Role::Button, "表.csv を取り込みから外す");
    // Looking changes nothing, and what is put away is gone.
    click(&mut desk, "やめる");
    assert!(!desk.state().is_dirty());
    assert_eq!(*dossier(&desk), sample);
    desk.get_by_role_and_label(Role::Tab, "予算");
}

#[test]
fn typed_files_begin_a_new_dossier_as_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (ron, missing) = (folder.path().join("評価.ron"), folder.path().join("ない.xlsx"));
    let sample = sample_at(&ron);
    let mut desk = desk();
    desk.key_press_modifiers(Modifiers::COMMAND, Key::I);
    desk.run();
    click(&mut desk, "ファイルを選ぶ…");
    desk.get_by_role_and_label(Role::MultilineTextInput, "ファイルの場所").type_text(&format!(
        "{}\n{}",
        ron.display(),
        missing.display()
    ));
    desk.run();
    click(&mut desk, "読み込む");
    preview(&mut desk);
    // One file is in trouble; the other is there all the same.
    desk.get_by_label("読めませんでした");
    desk.get_by_label_contains(&missing.display().to_string());
    assert!(desk.state().dossier().is_none(), "nothing is begun before something is taken");
    take(&mut desk);
    let imported = dossier(&desk).clone();
    assert_eq!(imported.projects.len(), sample.projects.len());
    let funding = |dossier: &Dossier| dossier.projects[0].funding.computed_grand_total();
    assert_eq!(funding(&imported), funding(&sample));
    undo(&mut desk);
    assert_eq!(funding(dossier(&desk)), None);
    assert!(!desk.state().is_dirty(), "all of it was one step");
    redo(&mut desk);
    assert_eq!(*dossier(&desk), imported);
}

#[test]
fn a_block_pasted_into_the_funding_table_is_one_step() {
    let mut desk = desk();
    click(&mut desk, "サンプルを開く");
    click(&mut desk, "A 再生医療技術を応用した創薬支援基盤技術開発");
    tab(&mut desk, "予算");
    let before = dossier(&desk).clone();
    let items = before.projects[0].funding.items.len();
    // Three rows of four cells, the last of them beyond the last item.
    let last = &before.projects[0].funding.items[items - 2].label;
    focus(&mut desk, &format!("{last} 2018年度"));
    paste(&mut desk, "1\t2\t3\t4\n5\t６\t\"7\n（委託）\"\t7.5億円\n9\t10\t-\t\n");
    let amounts = |desk: &Desk, item: usize| -> Vec<Option<Decimal>> {
        let funding = &dossier(desk).projects[0].funding;
        let item = &funding.items[item];
        let value = |year| item.amounts.get(&FiscalYear::new(year))?.amount.value_in(&funding.unit);
        (2018..=2021).map(value).collect()
    };
    let numbers = |numbers: [i64; 4]| numbers.map(|number| Some(Decimal::from(number))).to_vec();
    assert_eq!(amounts(&desk, items - 2), numbers([1, 2, 3, 4]));
    assert_eq!(amounts(&desk, items - 1), numbers([5, 6, 7, 750]));
    assert_eq!(amounts(&desk, items), [Some(Decimal::from(9)), Some(Decimal::from(10)), None, None]);
    assert_eq!(dossier(&desk).projects[0].funding.items.len(), items + 1);
    undo(&mut desk);
    assert!(*dossier(&desk) == before, "the block and the row that it added are one step");
    redo(&mut desk);
    assert_eq!(amounts(&desk, items - 1), numbers([5, 6, 7, 750]));
}

#[test]
fn scores_are_pasted_and_what_is_no_score_is_told() {
    let mut desk = desk();
    click(&mut desk, "サンプルを開く");
    let title = "A 再生医療技術を応用した創薬支援基盤技術開発";
    desk.query_all_by_role_and_label(Role::Button, title).nth(1).unwrap().click();
    desk.run();
    let before = dossier(&desk).projects[0].evaluation.clone();
    let label = dossier(&desk).criteria.project.criteria[0].label.clone();
    focus(&mut desk, &format!("委員1 {label}"));
    paste(&mut desk, "0\t３\t除斥\n良\t\t2\n");
    let evaluation = &dossier(&desk).projects[0].evaluation;
    let cells = |no: u8| ["M1", "M2", "M3"].map(|member| evaluation.cell(&member.into(), CriterionNo(no)));
    assert_eq!(cells(1), [ScoreCell::Score(0), ScoreCell::Score(3), ScoreCell::Recused]);
    let kept = before.cell(&"M1".into(), CriterionNo(2));
    assert_eq!(cells(2), [kept, ScoreCell::Blank, ScoreCell::Score(2)]);
    let message = desk.state().latest_message().unwrap();
    assert!(message.starts_with("5 セルに貼り付けました。1 セルは"), "{message}");
    undo(&mut desk);
    assert!(dossier(&desk).projects[0].evaluation == before);
}

#[test]
fn a_text_pasted_into_a_field_stays_there() {
    let mut desk = desk();
    click(&mut desk, "サンプルを開く");
    click(&mut desk, "報告書の本文");
    desk.get_by_role_and_label(Role::MultilineTextInput, "報告書の題名").focus();
    desk.run();
    paste(&mut desk, "題\t名");
    assert!(dossier(&desk).report.title.contains('題'), "{}", dossier(&desk).report.title);
    desk.key_press(Key::Escape);
    desk.run();
    // Without a field, the same text is a table to import.
    paste(&mut desk, "題\t名\n1\t2\n");
    preview(&mut desk);
    desk.get_by_role_and_label(Role::Button, "貼り付けた表 1 を取り込みから外す");
}

#[test]
fn a_report_layout_lands_with_its_cells_and_tells_where_each_figure_is_from() {
    let workbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/xlsx/report_layout_A.xlsx");
    if !workbook.exists() {
        eprintln!("skipped: no workbook at ../shared/data/xlsx/report_layout_A.xlsx");
        return;
    }
    let mut desk = desk();
    let_go(&mut desk, &[&workbook]);
    preview(&mut desk);
    click(&mut desk, "資金配分 課題 A 資金配分!A3:G9");
    desk.get_by_role_and_label(Role::GridCell, "B4 297⏎（委託） 新規").click();
    desk.run();
    desk.get_by_label("資金配分!B4  297⏎（委託） → 297 百万円");
    take(&mut desk);
    let sample = hyoka::sample::dossier().unwrap();
    let (imported, known) = (&dossier(&desk).projects[0], &sample.projects[0]);
    assert_eq!(imported.funding.computed_grand_total(), known.funding.computed_grand_total());
    assert_eq!(imported.funding.items.len(), known.funding.items.len());
    let first = &imported.funding.items[0];
    let (name, cell) = (first.label.clone(), &first.amounts[&FiscalYear::new(2017)]);
    assert_eq!(cell.amount.source.as_ref().unwrap().cell, "B4");

    // The figure tells where it is from.
    tab(&mut desk, "予算");
    desk.get_by_label(&format!("{name} 2017年度")).click_secondary();
    desk.run();
    desk.get_by_label("出所: report_layout_A.xlsx 資金配分!B4");
    click(&mut desk, "出所をコピー");

    // Read again, it says nothing new.
    let_go(&mut desk, &[&workbook]);
    preview(&mut desk);
    let take = desk.get_by_role_and_label(Role::Button, "取り込む 0 件");
    assert!(take.accesskit_node().is_disabled());
    desk.get_by_label("選んだ値はすべて、今の評価データと同じです。");
    click(&mut desk, "やめる");
    undo(&mut desk);
    assert!(!desk.state().is_dirty());
}

/// A form that shape alone does not tell; the rows above it and its years are another's.
fn form(path: &Path, above: usize, years: [&str; 2]) {
    let [one, two] = years;
    let blank = ",,,\n".repeat(above);
    let text = format!(
        "{blank}研究計画調書,,,\n記入者,山田,,\n名前,{one},{two},計\n培養,12,ー,12\n設計,3,４,7\n計,15,4,19\n"
    );
    std::fs::write(path, text).unwrap();
}

fn grid_cell(desk: &mut Desk, label: &str) {
    desk.get_by_role_and_label(Role::GridCell, label).click();
    desk.run();
}

/// Chooses one of a few in the description of a range.
fn choose(desk: &mut Desk, name: &str, what: &str) {
    desk.get_by_role_and_label(Role::ComboBox, name).click();
    desk.run();
    // A long list of choices scrolls.
    desk.query_all_by_label(what).last().unwrap_or_else(|| panic!("no choice {what}")).scroll_to_me();
    desk.run();
    desk.query_all_by_label(what).last().unwrap_or_else(|| panic!("no choice {what}")).click();
    desk.run();
}

fn has(desk: &Desk, label: &str) -> bool {
    desk.query_all_by_label_contains(label).next().is_some()
}

/// Whether a heading has these words in it.
fn headed(desk: &Desk, words: &str) -> bool {
    desk.query_all_by_role(Role::Heading)
        .any(|node| node.accesskit_node().value().is_some_and(|value| value.contains(words)))
}

/// Says of the marked range that it is the funding of a project B.
fn describe(desk: &mut Desk) {
    choose(desk, "何の表か", "資金配分");
    choose(desk, "見出しの行数", "1");
    choose(desk, "表の向き", "見出しが上（年度が横に並ぶ）");
    choose(desk, "金額の単位", "千円");
    choose(desk, "だれのものか", "新しい課題 B");
    wait(desk, "the attempt", |desk| desk.query_by_label("読み取りを試しています…").is_none());
}

/// An item's label, and its years with their amounts.
type Funded = (String, Vec<(FiscalYear, Option<Decimal>)>);

/// The funding of project B, item by item: years and amounts in the unit of the table.
fn funding(desk: &Desk) -> Vec<Funded> {
    let funding = &dossier(desk).subject(&"B".into()).unwrap().funding;
    let amounts = |item: &hyoka::model::FundingItem| {
        let amounts = item.amounts.iter().map(|(year, cell)| (*year, cell.amount.value_in(&funding.unit)));
        amounts.filter(|(_, value)| value.is_some()).collect()
    };
    funding.items.iter().map(|item| (item.label.clone(), amounts(item))).collect()
}

#[test]
fn a_range_marked_by_keyboard_is_read_saved_as_a_map_and_reads_the_next_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let (first, next) = (folder.path().join("様式.csv"), folder.path().join("次年度.csv"));
    form(&first, 0, ["2020", "2021"]);
    form(&next, 3, ["2021", "2022"]);
    let mut desk = desk();
    let_go(&mut desk, &[&first]);
    preview(&mut desk);
    desk.get_by_label("分かる表は見つかりませんでした。");

    // From the first heading to the last sum, by keyboard.
    grid_cell(&mut desk, "A3 名前 読み取れないセル");
    for key in [Key::ArrowDown, Key::ArrowRight] {
        for _ in 0..3 {
            desk.key_press_modifiers(Modifiers::SHIFT, key);
            desk.run();
        }
    }
    desk.key_press(Key::Enter);
    desk.run();
    desk.get_by_label("A3:D6　4 行 × 4 列");
    wait(&mut desk, "the attempt", |desk| headed(desk, "この説明で読み取る値（0）"));
    describe(&mut desk);
    assert!(!headed(&desk, "この説明で読み取る値（0）") && headed(&desk, "この説明で読み取る値"));
    click(&mut desk, "この説明を適用");
    preview(&mut desk);
    desk.get_by_role_and_label(Role::Button, "資金配分 課題 B 様式.csv!A3:D6");
    desk.get_by_label("説明した範囲のとおりに読み取り");

    // The map is saved where the window proposes.
    click(&mut desk, "対応付けを保存…");
    click(&mut desk, "保存する");
    wait(&mut desk, "the map", |desk| desk.state().latest_message() == Some("対応付けを保存しました"));
    let map = folder.path().join("様式（対応付け）.ron");
    let maps = hyoka::import::forms::open(&map).unwrap();
    assert_eq!((maps.len(), maps[0].regions[0].area.to_string().as_str()), (1, "A3:D6"));

    // A value is left, the rest is one step.
    tab(&mut desk, "取り込む値");
    let left = "B › 資金配分 › 設計 › 2021年度 を取り込む（様式.csv!C5）";
    desk.get_by_role_and_label(Role::CheckBox, left).click();
    desk.run();
    take(&mut desk);
    let thousand = |value: i64| Some(Decimal::from(value));
    let year = FiscalYear::new;
    assert_eq!(
        funding(&desk),
        [
            ("培養".to_owned(), vec![(year(2020), thousand(12))]),
            ("設計".to_owned(), vec![(year(2020), thousand(3))]),
        ]
    );
    assert_eq!(dossier(&desk).subject(&"B".into()).unwrap().funding.unit.as_str(), "千円");
    undo(&mut desk);
    assert!(!desk.state().is_dirty(), "all of it was one step");

    // Next year's workbook, three rows lower, is known by the map.
    let_go(&mut desk, &[&map]);
    preview(&mut desk);
    assert!(has(&desk, "この様式のシートはまだありません。"), "a map alone is no dossier to open");
    let_go(&mut desk, &[&next]);
    preview(&mut desk);
    desk.get_by_label("様式「様式」として読み取り");
    desk.get_by_role_and_label(Role::Button, "資金配分 課題 B 次年度.csv!A6:D9").click();
    desk.run();
    assert!(has(&desk, "下へ 3 行"));
    take(&mut desk);
    assert_eq!(funding(&desk)[1].1, [(year(2021), thousand(3)), (year(2022), thousand(4))]);
}

#[test]
fn a_typed_address_marks_what_is_left_out_and_descriptions_are_changed_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("様式.csv");
    form(&path, 0, ["2020", "2021"]);
    let mut desk = desk();
    desk.set_size(Vec2::new(1440.0, 1800.0));
    let_go(&mut desk, &[&path]);
    preview(&mut desk);
    let type_address = |desk: &mut Desk, address: &str| {
        desk.get_by_role_and_label(Role::TextInput, "番地").focus();
        desk.run();
        desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
        desk.event(Event::Text(address.to_owned()));
        desk.run();
        desk.key_press(Key::Enter);
        desk.run();
    };
    let left = |desk: &Desk| {
        let heading = |node: egui_kittest::Node<'_>| node.accesskit_node().value();
        let mut headings = desk.query_all_by_role(Role::Heading).filter_map(heading);
        let count = headings.find_map(|heading| {
            heading.strip_prefix("読み取れなかったセル（")?.strip_suffix('）')?.parse::<usize>().ok()
        });
        count.unwrap_or_default()
    };
    let before = left(&desk);
    assert!(before > 2, "{before}");

    // What is left out is no longer listed.
    type_address(&mut desk, "A1:B2");
    click(&mut desk, "これは何ですか…");
    desk.get_by_label("A1:B2　2 行 × 2 列");
    choose(&mut desk, "何の表か", "読み取らない範囲");
    click(&mut desk, "この説明を適用");
    preview(&mut desk);
    assert_eq!(left(&desk), before - 3);

    // The range is changed while it is described; one that overlaps another cannot be applied.
    type_address(&mut desk, "A3:D4");
    click(&mut desk, "これは何ですか…");
    type_address(&mut desk, "A2:D6");
    assert!(has(&desk, "説明済みの範囲 A1:B2 と重なっています。"));
    assert!(desk.get_by_role_and_label(Role::Button, "この説明を適用").accesskit_node().is_disabled());
    type_address(&mut desk, "A3:D6");
    describe(&mut desk);
    click(&mut desk, "この説明を適用");
    preview(&mut desk);
    desk.get_by_role_and_label(Role::Button, "資金配分 課題 B 様式.csv!A3:D6");
    assert_eq!(left(&desk), 0);

    // Changed: as scores it cannot be read, which is told before it is applied.
    click(&mut desk, "A3:D6 の説明を変える");
    choose(&mut desk, "何の表か", "評点");
    wait(&mut desk, "the attempt", |desk| has(desk, "この説明では何も読み取れません。"));
    click(&mut desk, "説明をやめる");
    desk.get_by_role_and_label(Role::Button, "資金配分 課題 B 様式.csv!A3:D6");

    // Taken back.
    click(&mut desk, "A3:D6 の説明を外す");
    preview(&mut desk);
    click(&mut desk, "A1:B2 の説明を外す");
    preview(&mut desk);
    assert_eq!(left(&desk), before);
    assert!(desk.state().dossier().is_none());
}

#[test]
fn what_was_not_understood_leads_to_its_block() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("様式.csv");
    form(&path, 0, ["2020", "2021"]);
    let mut desk = desk();
    let_go(&mut desk, &[&path]);
    preview(&mut desk);
    click(&mut desk, "様式.csv!B4 は何かを説明する");
    desk.get_by_label("A1:D6　6 行 × 4 列");
    // With Shift, a click says where the range ends; dragging marks another.
    let centre = |desk: &Desk, label: &str| desk.get_by_role_and_label(Role::GridCell, label).rect().center();
    let (from, to) = (centre(&desk, "A3 名前 読み取れないセル"), centre(&desk, "C5 ４ 読み取れないセル"));
    desk.hover_at(from);
    desk.run();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    desk.event(button(from, true));
    desk.run();
    for step in [0.3, 0.7, 1.0] {
        desk.event(Event::PointerMoved(from.lerp(to, step)));
        desk.run();
    }
    desk.event(button(to, false));
    desk.run();
    desk.get_by_label("A3:C5　3 行 × 3 列");
    click(&mut desk, "やめる");
    assert!(!has(&desk, "この範囲は何ですか"));
}
