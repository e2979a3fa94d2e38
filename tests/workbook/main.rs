//! The canonical workbook: written, read back, edited by hand, imported.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use hyoka::import::{self, Answers, Content, Form, Input, Proposal, Standing};
use hyoka::locale::Lang;
use hyoka::model::{
    AmountKind, AmountSeries, Comment, CommentKind, CriterionNo, Dossier, Figure, FiscalYear, FundingItem,
    Indicator, Member, Quantity, ScoreCell, Statement, Subject, TargetKind, Unit,
};
use hyoka::sheets::{self, Address, Book, Cell, Limits, Reader, Sheet, Value};
use hyoka::tasks::progress::Unwatched;
use hyoka::workbook::{self, Options, Reading};

fn sample() -> Dossier {
    hyoka::sample::dossier().unwrap()
}

fn options(lang: Lang, blank: bool) -> Options {
    Options { lang, blank }
}

/// The cells of a workbook, by the program's own reader.
fn book(bytes: &[u8]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let mut books = Reader::in_process(Limits::default()).read(&path, None, &Unwatched).unwrap();
    assert_eq!(books.len(), 1);
    books.remove(0)
}

fn written(dossier: &Dossier) -> Book {
    book(&workbook::write(dossier, &options(Lang::Ja, false)).unwrap())
}

fn propose(book: Book, into: &Dossier) -> Proposal {
    let inputs = [Input { file: book.file.clone(), path: None, content: Content::Book(book) }];
    import::propose(&inputs, into, &Answers::new(), &import::Options::default()).unwrap()
}

fn same(a: &Dossier, b: &Dossier) {
    let changes: Vec<String> = hyoka::model::diff(a, b).unwrap().iter().map(|c| format!("{c:?}")).collect();
    assert!(changes.is_empty() && a == b, "{changes:#?}");
}

/// A workbook in the hands of a person.
struct Desk(Book);

impl Desk {
    fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.0.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
    }

    /// The cell of a line, in the column (on cards the row) of that key.
    fn at(&mut self, name: &str, line: u32, key: &str) -> Address {
        let sheet = self.sheet(name);
        let cell = sheet
            .cells()
            .iter()
            .find(|cell| cell.value.text() == key && (cell.at.row == 0 || cell.at.column == 0));
        let at = cell.unwrap().at;
        if at.row == 0 { Address::new(line, at.column) } else { Address::new(at.row, line) }
    }

    fn put(&mut self, name: &str, line: u32, key: &str, value: impl Into<Typed>) -> Address {
        let at = self.at(name, line, key);
        let sheet = self.sheet(name);
        let mut cells: Vec<Cell> = sheet.cells().iter().filter(|cell| cell.at != at).cloned().collect();
        if let Some(value) = value.into().0 {
            cells.push(Cell { at, value });
        }
        *sheet = Sheet::new(name, cells, Vec::new());
        at
    }

    fn text(&mut self, name: &str, line: u32, key: &str) -> String {
        let at = self.at(name, line, key);
        self.sheet(name).text(at).into_owned()
    }

    /// The line in which a column holds a text.
    fn line(&mut self, name: &str, key: &str, text: &str) -> u32 {
        (2..2000).find(|line| self.text(name, *line, key) == text).unwrap()
    }

    /// The first line without anything in it.
    fn below(&mut self, name: &str) -> u32 {
        self.sheet(name).extent().unwrap().last.row + 1
    }

    fn delete(&mut self, name: &str, line: u32) {
        let sheet = self.sheet(name);
        let cells = sheet.cells().iter().filter(|cell| cell.at.row != line).cloned();
        let moved = cells.map(|cell| Cell {
            at: Address::new(cell.at.row - u32::from(cell.at.row > line), cell.at.column),
            ..cell
        });
        *sheet = Sheet::new(name, moved.collect(), Vec::new());
    }

    fn read(&self) -> Reading {
        workbook::read(&self.0)
    }
}

/// What a person types: a text, a number, or nothing.
struct Typed(Option<Value>);

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self((!text.is_empty()).then(|| Value::Text(text.to_owned())))
    }
}

impl From<f64> for Typed {
    fn from(number: f64) -> Self {
        Self(Some(Value::Number(number)))
    }
}

fn d(text: &str) -> rust_decimal::Decimal {
    rust_decimal::Decimal::from_str_exact(text).unwrap()
}

/// A small dossier that is easy to follow.
fn small() -> Dossier {
    let mut project = Subject { id: "A".into(), ..Subject::default() };
    project.overview.name = "創薬支援".into();
    project.funding.unit = Unit::MillionYen;
    project.funding.items.push(FundingItem {
        id: "r1".into(),
        label: "項目１".into(),
        ..FundingItem::default()
    });
    project.outputs.push(Indicator {
        id: "i1".into(),
        name: "確立数".into(),
        unit: Unit::from("件"),
        statements: vec![Statement { id: "r1".into(), ..Statement::default() }],
        ..Indicator::default()
    });
    project.amounts.push(AmountSeries {
        id: "r1".into(),
        kind: AmountKind::Contract,
        unit: Unit::MillionYen,
        years: [(FiscalYear::new(2019), Quantity::read("1,913", &Unit::MillionYen))].into(),
        ..AmountSeries::default()
    });
    project.evaluation.panel = vec!["M1".into(), "M2".into()];
    project.evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(3));
    project.evaluation.comments.push(Comment {
        id: "c1".into(),
        kind: CommentKind::Issue,
        text: "改善すべき点".into(),
        ..Comment::default()
    });
    let member = |id: &str, name: &str| Member { id: id.into(), name: name.into(), ..Member::default() };
    Dossier {
        criteria: sample().criteria,
        members: vec![member("M1", "三木 秀夫"), member("M2", "鈴木 潤")],
        programme: Subject { id: "program".into(), ..Subject::default() }.into(),
        projects: vec![project.into()],
        ..Dossier::default()
    }
}

#[test]
fn the_sample_comes_back_whole() {
    for lang in Lang::ALL {
        let bytes = workbook::write(&sample(), &options(lang, false)).unwrap();
        let reading = workbook::read(&book(&bytes));
        assert!(reading.troubles.is_empty(), "{:#?}", reading.troubles);
        same(&sample(), &reading.dossier);
        let text = serde_json::to_string(&reading.dossier).unwrap();
        assert_eq!(text, serde_json::to_string(&sample()).unwrap(), "to the last zero");
        assert_eq!(bytes, workbook::write(&sample(), &options(lang, false)).unwrap(), "equal bytes");
    }
}

#[test]
fn into_an_empty_dossier_the_sample_goes_whole() {
    let empty = Dossier::default();
    let proposal = propose(written(&sample()), &empty);
    assert_eq!(proposal.files[0].form, Form::Workbook);
    assert!(!proposal.wants_attention(), "{:#?}", proposal.leftovers);
    assert!(proposal.accepted().all(|entry| entry.standing == Standing::New));
    let all = &proposal.files[0].sheets;
    assert!(all.iter().all(|sheet| sheet.understood == sheet.cells), "{all:#?}");
    same(&sample(), &import::apply(&empty, &proposal).unwrap());
}

#[test]
fn into_the_same_dossier_nothing_goes() {
    let proposal = propose(written(&sample()), &sample());
    assert_eq!((proposal.changes(), proposal.accepted().count()), (0, 0));
    assert!(!proposal.is_empty() && !proposal.wants_attention());
    same(&sample(), &import::apply(&sample(), &proposal).unwrap());
}

#[test]
fn what_a_person_changed_is_what_the_import_shows() {
    let before = sample();
    let mut desk = Desk(written(&before));
    // A figure, a text, a choice back to its usual value, a cell emptied, a score, a row without an id, a row deleted.
    let line = desk.line("年度別の金額", "@amounts", "r1");
    let figure = desk.put("年度別の金額", line, ".", 1914.0);
    desk.put("報告書", 2, ".report/title", "改めた題名");
    let comment = desk.text("コメント", 2, "id");
    desk.put("コメント", 2, ".text", "");
    desk.put("評点", 2, ".:1", "０");
    let below = desk.below("ロードマップ");
    for (key, text) in
        [("@subjects", "A"), (".label", "新しい節目"), (".kind", "節目"), (".when", "令和4年3月31日")]
    {
        desk.put("ロードマップ", below, key, text);
    }
    desk.delete("委員", 2);
    let proposal = propose(desk.0.clone(), &before);
    assert!(proposal.leftovers.is_empty(), "{:#?}", proposal.leftovers);
    let told: Vec<String> =
        proposal.accepted().map(|entry| format!("{} {:?}", entry.place, entry.standing)).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].starts_with("report/title Changed"), "{told:#?}");
    assert!(
        told.iter().any(|place| place.ends_with(&format!("comments/{comment}/text Changed"))),
        "{told:#?}"
    );
    let entry = proposal.accepted().find(|entry| entry.place.to_string().contains("/years/")).unwrap();
    assert_eq!(entry.source.sheet, "年度別の金額");
    assert_eq!(entry.source.cell[1..], figure.to_string()[1..], "the row of the cell");
    let after = import::apply(&before, &proposal).unwrap();
    assert_eq!(after.members, before.members, "a row left out stays");
    let series = &after
        .programme
        .amounts
        .iter()
        .chain(after.projects.iter().flat_map(|p| &p.amounts))
        .find(|s| s.years.values().any(|q| q.value() == Some(d("1914"))));
    let changed = series.unwrap().years.values().find(|q| q.value() == Some(d("1914"))).unwrap();
    assert_eq!(changed.display(), "1,914", "the former printed form is gone");
    let milestone = after.projects[0].roadmap.last().unwrap();
    assert_eq!((milestone.label.as_str(), milestone.when.display().as_str()), ("新しい節目", "2022-03-31"));
    assert!(before.projects[0].roadmap.iter().all(|row| row.id != milestone.id));
    // The same workbook once more changes nothing, although its new row still has no id.
    let again = propose(desk.0, &after);
    assert_eq!(
        again.changes(),
        0,
        "{:#?}",
        again.accepted().map(|e| e.place.to_string()).collect::<Vec<_>>()
    );
}

#[test]
fn a_hand_filled_form_is_read_forgivingly() {
    let mut desk = Desk(written(&small()));
    for (line, key, text) in [
        (2, "@funding_items", ""),
        (2, "?", "項目１"),
        (2, "@subjects", " ａ "),
        (2, "key", "R4"),
        (2, ".amount", "２９７\n（委託）"),
        (3, "@subjects", "A"),
        (3, "@funding_items", "r1"),
        (3, "key", "2023年度"),
        (3, ".amount", "未確定"),
        (4, "@subjects", "A"),
        (4, "@funding_items", "項目1"),
        (4, "key", "令和6"),
        (4, ".amount", "7.5億円"),
    ] {
        desk.put("資金配分", line, key, text);
    }
    for (key, text) in [("@subjects", "A"), (".name", "移転数"), (".unit", "件")] {
        desk.put("アウトプット", 3, key, text);
    }
    for (key, text) in [
        ("@subjects", "A"),
        ("?", "移転数"),
        (".chapter", "プログラム章"),
        (".target/kind", "最終目標"),
        (".target/year", "Ｈ３０年度"),
        (".target/amount", "5"),
    ] {
        desk.put("アウトプットの目標と実績", 3, key, text);
    }
    desk.put("評点", 3, "key", "鈴木潤");
    desk.put("評点", 3, ".:1", "除斥");
    desk.put("評点", 3, ".:2", "２");
    let reading = desk.read();
    assert!(reading.troubles.is_empty(), "{:#?}", reading.troubles);
    let project = &reading.dossier.projects[0];
    let amounts = &project.funding.items[0].amounts;
    let shown: Vec<_> = amounts
        .iter()
        .map(|(year, cell)| {
            (year.start_year(), cell.amount.figure.clone(), cell.amount.unit.as_str().to_owned())
        })
        .collect();
    assert_eq!(
        shown,
        [
            (2022, Figure::Number(d("297")), "百万円".to_owned()),
            (2023, Figure::Words, "百万円".to_owned()),
            (2024, Figure::Number(d("7.5")), "億円".to_owned()),
        ]
    );
    let indicator = &project.outputs[1];
    assert_eq!((indicator.id.as_str(), indicator.statements.len()), ("i2", 1));
    let target = &indicator.statements[0].target;
    assert_eq!((target.kind, target.year), (TargetKind::Final, Some(FiscalYear::new(2018))));
    assert_eq!(
        target.amount,
        Quantity { unit: Unit::from("件"), printed: String::new(), ..Quantity::number(5, Unit::Yen) }
    );
    let scores = &project.evaluation.scores[&"M2".into()];
    assert_eq!(scores[&CriterionNo(1)], ScoreCell::Recused);
    assert_eq!(scores[&CriterionNo(2)], ScoreCell::Score(2));
}

#[test]
fn what_cannot_be_read_is_told_with_its_cell() {
    let mut desk = Desk(written(&small()));
    let mut expected = Vec::new();
    let mut wrong = |desk: &mut Desk, sheet: &str, line: u32, key: &str, text: &str| {
        let at = desk.put(sheet, line, key, text);
        expected.push((sheet.to_owned(), at.to_string(), text.to_owned()));
    };
    wrong(&mut desk, "年度別の金額", 2, "key", "5年度");
    wrong(&mut desk, "コメント", 2, ".kind", "感想");
    wrong(&mut desk, "コメント", 2, ".criterion", "六");
    wrong(&mut desk, "評点", 2, ".:2", "優");
    wrong(&mut desk, "アウトプットの目標と実績", 2, "@outputs", "i9");
    wrong(&mut desk, "評価の概要", 2, ".evaluation/year", "今年");
    let outside = Address::new(40, 60);
    let sheet = desk.sheet("競合");
    let mut cells = sheet.cells().to_vec();
    cells.push(Cell { at: outside, value: Value::Text("メモ".into()) });
    *sheet = Sheet::new("競合", cells, Vec::new());
    expected.push(("競合".into(), outside.to_string(), "メモ".into()));
    desk.0.sheets.push(Sheet::of_texts("作業用", [["a", "b"]]));
    expected.push(("作業用".into(), String::new(), "作業用".into()));
    let told: Vec<_> = (desk.read().troubles.into_iter())
        .inspect(|t| assert!(!t.why.ja.is_empty() && !t.why.en.is_empty()))
        .map(|t| (t.source.sheet, t.source.cell, t.text))
        .collect();
    let missing: Vec<_> = expected.iter().filter(|cell| !told.contains(cell)).collect();
    assert!(missing.is_empty() && told.len() == expected.len(), "{missing:#?} {told:#?}");
    // The import tells the same, and takes the rest.
    let proposal = propose(desk.0, &Dossier::default());
    assert_eq!(proposal.leftovers.len(), expected.len());
    assert_eq!(
        import::apply(&Dossier::default(), &proposal).unwrap().projects[0].evaluation.comments[0].text,
        "改善すべき点"
    );
}

#[test]
fn rows_of_one_list_may_stand_apart() {
    let mut desk = Desk(written(&small()));
    let below = desk.below("資金配分の年度");
    for (line, subject, year) in [(0, "A", "2020"), (1, "プログラム", "2018"), (2, "A", "R3")] {
        desk.put("資金配分の年度", below + line, "@subjects", subject);
        desk.put("資金配分の年度", below + line, ".year", year);
    }
    let proposal = propose(desk.0, &small());
    let after = import::apply(&small(), &proposal).unwrap();
    let years =
        |subject: &Subject| subject.funding.years.iter().map(|y| y.year.start_year()).collect::<Vec<_>>();
    assert_eq!((years(&after.programme), years(&after.projects[0])), (vec![2018], vec![2020, 2021]));
}

#[test]
fn a_workbook_beside_another_file_meets_it() {
    let before = small();
    let mut desk = Desk(written(&before));
    desk.put("コメント", 2, ".text", "一つ目のファイル");
    let mut other = Desk(written(&before));
    other.0.file = "別.xlsx".into();
    other.put("コメント", 2, ".text", "二つ目のファイル");
    let input = |book: Book| Input { file: book.file.clone(), path: None, content: Content::Book(book) };
    let inputs = [input(desk.0), input(other.0)];
    let propose =
        |answers: &Answers| import::propose(&inputs, &before, answers, &import::Options::default()).unwrap();
    let proposal = propose(&Answers::new());
    assert_eq!(proposal.questions.len(), 1, "the two contradict each other");
    let question = &proposal.questions[0];
    let answers = [(question.id.clone(), question.choices[1].value.clone())].into();
    let after = import::apply(&before, &propose(&answers)).unwrap();
    let text = &after.projects[0].evaluation.comments[0].text;
    assert!(text.starts_with(['一', '二']), "{text}");
}

#[test]
fn a_copied_row_is_a_new_row() {
    let mut desk = Desk(written(&small()));
    for key in ["@subjects", "id", ".kind", ".text"] {
        let text = desk.text("コメント", 2, key);
        desk.put("コメント", 3, key, text.as_str());
    }
    let reading = desk.read();
    let comments = &reading.dossier.projects[0].evaluation.comments;
    assert_eq!(comments.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c1", "c2"]);
    assert_eq!(reading.troubles.len(), 1);
}

#[test]
fn a_blank_form_is_an_empty_dossier_and_can_be_filled_in() {
    for lang in Lang::ALL {
        let bytes = workbook::write(&Dossier::default(), &options(lang, true)).unwrap();
        let reading = workbook::read(&book(&bytes));
        assert!(reading.troubles.is_empty(), "{:#?}", reading.troubles);
        same(&Dossier::default(), &reading.dossier);
    }
    let mut desk = Desk(book(&workbook::write(&Dossier::default(), &options(Lang::Ja, true)).unwrap()));
    desk.put("課題", 2, ".overview/name", "プログラム名");
    desk.put("課題", 3, ".overview/name", "一つ目");
    desk.put("課題", 4, ".overview/name", "二つ目");
    desk.put("委員", 2, ".name", "三木 秀夫");
    desk.put("リーダー", 2, "@subjects", "B");
    desk.put("リーダー", 2, ".name", "座長 太郎");
    let dossier = desk.read().dossier;
    assert_eq!(
        (dossier.programme.id.as_str(), dossier.programme.overview.name.as_str()),
        ("program", "プログラム名")
    );
    assert_eq!(dossier.projects.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!(dossier.projects[1].overview.leaders[0].name, "座長 太郎");
    assert_eq!(dossier.members[0].id.as_str(), "M1");
}

#[test]
fn a_blank_form_of_a_dossier_keeps_its_frame() {
    let sample = sample();
    let reading = workbook::read(&book(&workbook::write(&sample, &options(Lang::Ja, true)).unwrap()));
    assert!(reading.troubles.is_empty(), "{:#?}", reading.troubles);
    assert_eq!((&reading.dossier.criteria, &reading.dossier.members), (&sample.criteria, &sample.members));
    let project = &reading.dossier.projects[0];
    assert_eq!(project.overview.name, sample.projects[0].overview.name);
    assert!(project.sections.is_empty() && project.evaluation.scores.is_empty());
    // Nothing in it contradicts the dossier it was made from.
    assert_eq!(propose(written(&sample), &sample).changes(), 0);
}

#[test]
fn a_form_of_a_later_version_is_refused_sheet_by_sheet() {
    let mut desk = Desk(written(&small()));
    for sheet in &mut desk.0.sheets {
        let mut cells = sheet.cells().to_vec();
        let signature = cells[0].value.text().replacen("hyoka:1:", "hyoka:2:", 1);
        cells[0].value = Value::Text(signature);
        *sheet = Sheet::new(sheet.name.clone(), cells, Vec::new());
    }
    let reading = desk.read();
    assert_eq!(reading.dossier, Dossier::default());
    assert_eq!(reading.troubles.len(), desk.0.sheets.len());
    assert!(!workbook::is_workbook(&Book {
        sheets: vec![sheets::Sheet::of_texts("", [["年度"]])],
        ..Book::default()
    }));
}

#[test]
fn the_command_writes_a_workbook_and_never_over_the_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("hyoka"));
        command.args(arguments).current_dir(folder.path()).output().unwrap()
    };
    assert!(run(&["sample", "-o", "s.ron"]).status.success());
    let before = std::fs::read(folder.path().join("s.ron")).unwrap();
    for lang in ["ja", "en"] {
        for arguments in
            [&["workbook", "s.ron", "-o", "s.ron"][..], &["workbook", "s.ron", "-o", "nowhere/w.xlsx"]]
        {
            let output = run(&[arguments, &["--lang", lang]].concat());
            let sentence = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), sentence.lines().count()), (Some(2), 1), "{sentence}");
            assert!(sentence.contains(arguments[3]), "{sentence}");
        }
    }
    assert_eq!(std::fs::read(folder.path().join("s.ron")).unwrap(), before);
    assert!(run(&["workbook", "s.ron", "-o", "w.xlsx"]).status.success());
    assert!(run(&["workbook", "--blank", "-o", "blank.xlsx"]).status.success());
    assert_eq!(run(&["workbook", "-o", "none.xlsx"]).status.code(), Some(2), "a dossier or --blank");
    let bytes = std::fs::read(folder.path().join("w.xlsx")).unwrap();
    same(&sample(), &workbook::read(&book(&bytes)).dossier);
}
