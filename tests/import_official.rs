//! Import of official exports: the RS System's CSV files, JUDGIT's review sheets, and dossiers.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at what is not there")]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

use hyoka::import::{
    Answers, Content, Entry, Form, Input, Options, Proposal, Standing, TableKind, apply, load, propose,
};
use hyoka::locale::Lang;
use hyoka::model::{AmountKind, Dossier, FiscalYear, LogicKind, PrintedChapter, Quantity, TargetKind, Unit};
use hyoka::sheets::{Book, Limits, Reader, Sheet};
use hyoka::tasks::progress::Unwatched;
use hyoka::{sample, store};
use rust_decimal::Decimal;
use std::path::PathBuf;

/// The keys with which every row of an export begins.
const KEYS: &str =
    "シート種別,事業年度,予算事業ID,事業名,府省庁の建制順,政策所管府省庁,府省庁,局・庁,部,課,室,班,係";

/// A CSV export: its headings beside the keys, and rows of project id and cells.
fn export(file: &str, headings: &str, rows: &[(&str, &str)]) -> Input {
    let heading = format!("{KEYS},{headings}");
    let row = |(id, cells): &(&str, &str)| {
        format!("レビューシート,2024,{id},事業{id},22,経済産業省,経済産業省,商務局,,生物課,,,,{cells}")
    };
    let lines: Vec<String> = std::iter::once(heading).chain(rows.iter().map(row)).collect();
    let sheet = Sheet::of_texts("", lines.iter().map(|line| line.split(',')));
    Input {
        file: file.to_owned(),
        path: None,
        content: Content::Book(Book { file: file.to_owned(), sheets: vec![sheet] }),
    }
}

fn judgit(file: &str, json: serde_json::Value) -> Input {
    Input { file: file.to_owned(), path: None, content: Content::Json(json) }
}

fn proposal(inputs: &[Input], dossier: &Dossier) -> Proposal {
    propose(inputs, dossier, &Answers::new(), &Options::default()).unwrap()
}

fn taken(inputs: &[Input], dossier: &Dossier) -> Dossier {
    apply(dossier, &proposal(inputs, dossier)).unwrap()
}

fn only(project: &str) -> Options {
    Options { project: Some(project.to_owned()), ..Options::default() }
}

fn entry<'p>(proposal: &'p Proposal, place: &str) -> &'p Entry {
    let entries = proposal.tables.iter().flat_map(|table| &table.entries);
    entries
        .into_iter()
        .find(|entry| entry.place.to_string() == place)
        .unwrap_or_else(|| panic!("nothing at {place}"))
}

fn remarks(proposal: &Proposal) -> Vec<&str> {
    proposal.tables.iter().flat_map(|table| &table.remarks).map(|remark| remark.text.t(Lang::Ja)).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "the units are made where they are named")]
fn amount(text: &str, unit: Unit) -> Quantity {
    Quantity::read(text, &unit)
}

/// The amounts of one series of the programme, by its kind and heading.
fn series(dossier: &Dossier, kind: AmountKind, label: &str) -> Vec<(i16, String)> {
    let series = dossier.programme.amounts.iter().find(|series| series.kind == kind && series.label == label);
    let years = &series.unwrap_or_else(|| panic!("no series {label}")).years;
    years.iter().map(|(year, amount)| (year.start_year(), amount.value().unwrap().to_string())).collect()
}

const BUDGET: &str = "予算年度,当初予算（合計）,計（歳出予算現額合計）,執行額（合計）,執行率,翌年度要求額（合計）,会計区分,会計,当初予算,要望額";

#[test]
fn budgets_become_series_and_each_figure_names_its_cell() {
    let rows = [
        ("7", "2021,3996000000,5206000000,5167000000,0.99251,4600000000.0,,,,"),
        ("7", "2021,,,,,,一般会計,一般会計,3996000000,870000000"),
    ];
    let proposal = proposal(&[export("2-1.csv", BUDGET, &rows)], &Dossier::default());
    assert!(!proposal.wants_attention(), "{:?}", proposal.leftovers);
    assert_eq!((proposal.files[0].form, proposal.tables[0].kind), (Form::RsSystem, TableKind::Amounts));
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    assert_eq!(series(&dossier, AmountKind::Executed, ""), [(2021, "5167000000".to_owned())]);
    assert_eq!(series(&dossier, AmountKind::Budget, "歳出予算現額"), [(2021, "5206000000".to_owned())]);
    assert_eq!(series(&dossier, AmountKind::Budget, "要求額"), [(2022, "4600000000".to_owned())]);
    let executed =
        dossier.programme.amounts.iter().find(|series| series.kind == AmountKind::Executed).unwrap();
    let figure = &executed.years[&FiscalYear::new(2021)];
    assert_eq!((figure.printed.as_str(), &figure.unit), ("5167000000", &Unit::Yen));
    assert_eq!(figure.source.as_ref().unwrap().cell, "Q2");
    let accounts = &dossier.programme.tables[0];
    assert_eq!(accounts.rows[0].cells, ["2021", "一般会計", "一般会計", "3,996,000,000", "870,000,000"]);
    assert_eq!(dossier.programme.overview.account_selected.as_deref(), Some("一般会計"));
    // Every cell of the file is accounted for.
    let sheet = &proposal.files[0].sheets[0];
    assert_eq!(sheet.understood, sheet.cells);
}

#[test]
fn a_figure_that_rounds_to_the_printed_one_confirms_it_and_says_so() {
    let mut dossier = sample::dossier().unwrap();
    let executed = &mut dossier.programme.amounts[0].years;
    executed.insert(FiscalYear::new(2023), amount("3,920", Unit::MillionYen));
    executed.insert(FiscalYear::new(2024), amount("3,919", Unit::MillionYen));
    let row = |year: &str| format!("{year},,,3919810000,,,,,,");
    let rows = [row("2023"), row("2024")];
    let rows = [("7", rows[0].as_str()), ("7", rows[1].as_str())];
    let options = only("7");
    let proposal = propose(&[export("2-1.csv", BUDGET, &rows)], &dossier, &Answers::new(), &options).unwrap();
    assert_eq!(entry(&proposal, "programme/amounts/r1/years/2023").standing, Standing::Same);
    let differs = entry(&proposal, "programme/amounts/r1/years/2024");
    assert_eq!((differs.standing, differs.accepted), (Standing::Changed, false));
    let said: Vec<_> = remarks(&proposal).into_iter().filter(|text| text.contains("四捨五入")).collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("3,919,810,000 円 = 3,919.81 百万円 ≒ 3,920 百万円"), "{said:?}");
    let after = apply(&dossier, &proposal).unwrap();
    let of = |year| after.programme.amounts[0].years[&FiscalYear::new(year)].clone();
    assert_eq!(of(2023), amount("3,920", Unit::MillionYen), "the printed figure stays as it is");
    assert_eq!(
        of(2024),
        amount("3,919", Unit::MillionYen),
        "what the report prints is replaced only if chosen"
    );
    // A figure that does differ is offered in the unit of its series, exactly.
    let offered: Quantity = serde_json::from_value(differs.after.clone()).unwrap();
    assert_eq!((offered.value(), offered.unit), (Some(Decimal::new(391_981, 2)), Unit::MillionYen));
}

#[test]
fn two_projects_never_mix() {
    let rows = [("7", "2021,1,1,1,1,1,,,,"), ("8", "2021,2,2,2,1,2,,,,")];
    let files = [export("2-1.csv", BUDGET, &rows), export("6-1.csv", "備考", &[("9", "注")])];
    let open = proposal(&files, &Dossier::default());
    assert!(open.tables.is_empty());
    let choices: Vec<_> = open.questions[0].choices.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(choices, ["7", "8", "9"], "asked once for all files");
    let answers = [(open.questions[0].id.clone(), "8".to_owned())].into();
    let answered = propose(&files, &Dossier::default(), &answers, &Options::default()).unwrap();
    let dossier = apply(&Dossier::default(), &answered).unwrap();
    assert_eq!(series(&dossier, AmountKind::Executed, ""), [(2021, "2".to_owned())]);
    assert!(remarks(&answered).iter().any(|text| text.contains("ほかの事業の 1 行")));
    let given = propose(&files, &Dossier::default(), &Answers::new(), &only("７")).unwrap();
    assert_eq!(given.questions.len(), 0);
    let nowhere = propose(&files, &Dossier::default(), &Answers::new(), &only("99")).unwrap();
    assert!(nowhere.tables.is_empty() && nowhere.leftovers.len() == 1);
}

#[test]
fn the_only_project_is_asked_about_where_its_name_is_another() {
    let files = [export("6-1.csv", "備考", &[("7", "注")])];
    let dossier = sample::dossier().unwrap();
    let open = proposal(&files, &dossier);
    assert_eq!((open.tables.len(), open.questions[0].choices.len()), (0, 1));
    assert!(open.questions[0].text.t(Lang::Ja).contains("異なります"));
}

#[test]
fn what_is_not_understood_is_said_with_its_address() {
    let files = [export("6-1.csv", "備考,新しい列", &[("7", "注,何か"), ("7", ",　")])];
    // Another column makes it a kind that nobody knows: a table under its own headings, taken only if asked for.
    let unknown = proposal(&files, &Dossier::default());
    assert_eq!(
        (unknown.files[0].form, unknown.leftovers.len(), unknown.tables.len()),
        (Form::RsSystem, 0, 1)
    );
    assert_eq!(apply(&Dossier::default(), &unknown).unwrap(), Dossier::default());
    let files =
        [export("1-4.csv", "補助対象,補助率,新しい列", &[("7", "費用,'定額,何か"), ("7", ",1/2,　")])];
    let proposal = proposal(&files, &Dossier::default());
    let left: Vec<_> =
        proposal.leftovers.iter().map(|left| (left.source.cell.as_str(), left.text.as_str())).collect();
    assert_eq!(left, [("P2", "何か")]);
    assert!(proposal.leftovers[0].why.t(Lang::En).contains("新しい列"));
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    let rows: Vec<_> = dossier.programme.tables[0].rows.iter().map(|row| row.cells.clone()).collect();
    assert_eq!(rows, [["費用", "定額"], ["", "1/2"]]);
}

const OUTLINE: &str = "事業の目的,現状・課題,事業の概要,事業開始年度,開始年度不明,事業終了（予定）年度,終了予定なし,実施方法－補助,実施方法-その他,備考";

#[test]
fn an_overview_is_read_and_a_doubtful_end_is_asked_about() {
    let row = [("7", "目的です。,課題です。,概要です。,2015,FALSE,2029,TRUE,1,出資,")];
    let files = [export("1-2.csv", OUTLINE, &row)];
    let open = proposal(&files, &Dossier::default());
    assert_eq!(open.questions.len(), 1);
    let dossier = apply(&Dossier::default(), &open).unwrap();
    let overview = &dossier.programme.overview;
    assert_eq!((overview.name.as_str(), overview.purpose.as_str()), ("事業7", "目的です。"));
    assert_eq!(overview.section_in_charge, "経済産業省 商務局 生物課");
    assert_eq!(overview.implementation, "補助、その他（出資）");
    assert_eq!((overview.period.start, overview.period.end), (Some(FiscalYear::new(2015)), None));
    let sections: Vec<_> = dossier.programme.sections.iter().map(|s| (&*s.heading, &*s.body)).collect();
    assert_eq!(sections, [("現状・課題", "課題です。"), ("事業の概要", "概要です。")]);
    for (answer, end) in [("year", Some(FiscalYear::new(2029))), ("open", None)] {
        let answers = [(open.questions[0].id.clone(), answer.to_owned())].into();
        let answered = propose(&files, &Dossier::default(), &answers, &Options::default()).unwrap();
        assert!(!answered.wants_attention());
        let dossier = apply(&Dossier::default(), &answered).unwrap();
        assert_eq!(dossier.programme.overview.period.end, end);
    }
}

#[test]
fn what_the_dossier_words_otherwise_is_offered_and_not_taken() {
    let dossier = sample::dossier().unwrap();
    let row = [("7", "別の目的。,,,2014,FALSE,2029,FALSE,,,")];
    let proposal =
        propose(&[export("1-2.csv", OUTLINE, &row)], &dossier, &Answers::new(), &only("7")).unwrap();
    for place in ["programme/overview/purpose", "programme/overview/period"] {
        let entry = entry(&proposal, place);
        assert_eq!((entry.standing, entry.accepted), (Standing::Changed, false), "{place}");
    }
    let after = apply(&dossier, &proposal).unwrap();
    assert_eq!(after.programme.overview.purpose, dossier.programme.overview.purpose);
    assert_eq!(after.programme.overview.period, dossier.programme.overview.period);
    assert_eq!(after.programme.overview.name_variants.last().unwrap(), "事業7（RSシステム 2024年度）");
    // Taken after all, it replaces the printed period as a whole.
    let mut ticked = proposal.clone();
    ticked.tables.iter_mut().flat_map(|table| &mut table.entries).for_each(|entry| entry.accepted = true);
    let period = apply(&dossier, &ticked).unwrap().programme.overview.period.clone();
    assert_eq!((period.years(), period.printed.as_str()), (Some(16), ""));
}

const LOGIC: &str = "派生元ーアクティビティ・アウトプット・アウトカムの番号,派生元ー種別（アクティビティ・アウトプット・アウトカム）,派生元ーアウトカムの期間,派生元ーアクティビティの内容/ 活動目標／成果目標,派生先ーアクティビティ・アウトプット・アウトカムの番号,派生先ー種別（アクティビティ・アウトプット・アウトカム）,派生先ーアウトカムの期間,派生先ー 活動目標／成果目標,後続アウトカムへのつながり,アウトカムを複数段階で設定できない理由";

#[test]
fn a_logic_model_may_skip_steps_and_lead_from_outcome_to_outcome() {
    let rows = [
        ("7", "1,アクティビティ,,研究する。,11,アウトカム,長期,使われる。,近い。,一度で実る。"),
        ("7", "11,アウトカム,長期,使われる。,12,アウトカム,長期,広まる。,,"),
        ("7", "1,成果物,,何か,12,アウトカム,長期,広まる。,,"),
    ];
    let files = [export("3-2.csv", LOGIC, &rows)];
    let first = proposal(&files, &Dossier::default());
    assert_eq!(first.leftovers.len(), 1, "{:?}", first.leftovers);
    let dossier = apply(&Dossier::default(), &first).unwrap();
    let logic = &dossier.programme.logic;
    let nodes: Vec<_> = logic.nodes.iter().map(|n| (n.kind, &*n.no, &*n.term, &*n.text)).collect();
    assert_eq!(
        nodes,
        [
            (LogicKind::Activity, "1", "", "研究する。"),
            (LogicKind::Outcome, "11", "長期", "使われる。"),
            (LogicKind::Outcome, "12", "長期", "広まる。"),
        ]
    );
    let edges: Vec<_> = logic.edges.iter().map(|e| (e.from.as_str(), e.to.as_str(), &*e.unstaged)).collect();
    assert_eq!(edges, [("n1", "n2", "一度で実る。"), ("n2", "n3", "")]);
    let again = proposal(&files, &dossier);
    assert!(again.accepted().all(|entry| entry.standing == Standing::Same));
    assert_eq!(apply(&dossier, &again).unwrap(), dossier);
}

#[test]
fn nothing_said_of_a_link_without_an_end_is_lost() {
    let rows = [("7", "1,アクティビティ,,研究する。,,,,,,一度で実る。")];
    let proposal = proposal(&[export("3-2.csv", LOGIC, &rows)], &Dossier::default());
    let left: Vec<_> = proposal.leftovers.iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, ["一度で実る。"]);
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    assert_eq!((dossier.programme.logic.nodes.len(), dossier.programme.logic.edges.len()), (1, 0));
}

#[test]
fn policies_are_referred_to_and_versions_are_told_apart() {
    let headings = "政策所管府省庁_P,政策,施策,政策・施策URL,法令名,法令番号,計画通知名,計画通知等URL";
    let rows = [
        (
            "7",
            "経済産業省,産業の発展,ー,https://a.example,科学技術法,平成7年法律第130号,・戦略（令和2年3月27日閣議決定）,https://b.example",
        ),
        ("7", ",,,https://c.example,,,・戦略（令和6年3月27日閣議決定）,"),
    ];
    let dossier = taken(&[export("1-3.csv", headings, &rows)], &Dossier::default());
    let policies: Vec<_> =
        dossier.policies.iter().map(|policy| (&*policy.name, &*policy.body, policy.date.display())).collect();
    assert_eq!(
        policies,
        [
            ("産業の発展", "経済産業省", String::new()),
            ("戦略", "閣議決定", "令和2年3月27日".to_owned()),
            ("戦略", "閣議決定", "令和6年3月27日".to_owned()),
        ]
    );
    let referred: Vec<_> =
        dossier.programme.overview.policies.iter().map(hyoka::model::RowId::as_str).collect();
    assert_eq!(referred, ["P1", "P2", "P3"]);
    assert_eq!(dossier.programme.tables[0].rows[0].cells, ["科学技術法", "平成7年法律第130号"]);
    // Addresses of web pages are offered, also those of nothing.
    let proposal = proposal(&[export("1-3.csv", headings, &rows)], &Dossier::default());
    let links = proposal.tables.iter().find(|table| !table.accepted).unwrap();
    let urls: Vec<_> = links.entries.iter().filter(|entry| entry.printed.starts_with("https")).collect();
    assert_eq!((urls.len(), urls[2].source.cell.as_str()), (3, "Q3"));
}

#[test]
fn another_years_export_adds_to_the_tables_of_the_first() {
    let rows = |cells: &'static str| vec![("7", cells)];
    let first = "2022,,,,,,一般会計,一般会計,5,";
    let second = "2023,,,,,,一般会計,一般会計,6,7";
    let files = [export("a.csv", BUDGET, &rows(first)), export("b.csv", BUDGET, &rows(second))];
    let proposal = proposal(&files, &Dossier::default());
    assert!(proposal.questions.is_empty(), "{:?}", proposal.questions);
    let dossier = apply(&Dossier::default(), &proposal).unwrap();
    let table = &dossier.programme.tables[0];
    assert_eq!(table.columns, ["年度", "会計区分", "会計", "当初予算", "要望額"]);
    let cells: Vec<_> = table.rows.iter().map(|row| row.cells.join(" ")).collect();
    assert_eq!(cells, ["2022 一般会計 一般会計 5", "2023 一般会計 一般会計 6 7"]);
}

#[test]
fn a_rate_and_totals_that_do_not_agree_are_told_with_the_arithmetic() {
    let rows = [("7", "2021,5,100,50,0.6,,,,,"), ("7", "2021,,,,,,一般会計,一般会計,4,")];
    let proposal = proposal(&[export("2-1.csv", BUDGET, &rows)], &Dossier::default());
    let said = remarks(&proposal);
    assert!(said.iter().any(|text| text.contains("執行率 0.6") && text.contains("= 0.5")), "{said:?}");
    assert!(
        said.iter().any(|text| text.contains("5 円") && text.contains("4 円") && text.contains("差 1 円"))
    );
}

#[test]
fn findings_of_reviews_stand_with_who_found_them() {
    let headings = "事業所管部局による点検・改善ー点検結果,事業所管部局による点検・改善ー改善の方向性,行政事業レビュー推進チームの所見,所見を踏まえた改善点／概算要求における反映状況,反映額（一般会計）,過去に受けた指摘事項－区分,過去に受けた指摘事項－取りまとめ年度,過去に受けた指摘事項－取りまとめ内容,過去に受けた指摘事項－対応状況";
    let rows = [
        ("7", "適切である。,-,現状通り,縮減,1000000,公開プロセス,2020,減らすこと。,減らした。"),
        ("7", ",,,,,公開プロセス,2020,やめること。,"),
    ];
    let files = [export("4-1.csv", headings, &rows)];
    let dossier = taken(&files, &Dossier::default());
    let found: Vec<_> = (dossier.programme.previous_findings.iter())
        .map(|f| [f.source.clone(), f.when.display(), f.finding.clone(), f.response.clone()])
        .collect();
    assert_eq!(
        found,
        [
            ["事業所管部局による点検・改善", "FY2024", "適切である。", ""],
            ["行政事業レビュー推進チーム", "FY2024", "現状通り", "縮減\n反映額（一般会計）：1000000"],
            ["公開プロセス", "FY2020", "減らすこと。", "減らした。"],
            ["公開プロセス", "FY2020", "やめること。", ""],
        ]
        .map(|row| row.map(str::to_owned))
    );
    assert!(proposal(&files, &dossier).accepted().all(|entry| entry.standing == Standing::Same));
}

fn sheet(year: u16, reserve: f64, actual: f64, unit: &str) -> serde_json::Value {
    serde_json::json!({
        "公開年度": year, "事業名": "新素材の開発", "開始年度": 2015, "終了年度": 2024, "事業目的": "作る。",
        "予算": [{ "年度": 2020, "当初予算": 3800.0, "予備費等": reserve, "執行額": 3913.0 }],
        "支出先": [{ "年度": 2020, "グループ": "A", "番号": 1, "支出先名": "機構", "支出額": 10.5 }],
        "アウトカム": [{
            "成果指標": "臨床研究件数", "単位": unit, "目標値": "5", "目標最終年度": 2025, "成果目標": format!("{year}年の文言"),
            "成果実績": [{ "年度": 2019, "成果実績": actual, "目標値": null }, { "年度": 2020, "成果実績": null }],
        }],
        "アウトプット": [], "新しい項目": "何か",
    })
}

#[test]
fn review_sheets_of_several_years_agree_unless_they_do_not() {
    let files = [
        judgit("2020.json", sheet(2020, 169.6, 2.0, "件数")),
        judgit("2021.json", serde_json::json!([sheet(2021, 170.0, 2.0, "件")])),
    ];
    let agreeing = proposal(&files, &Dossier::default());
    assert!(agreeing.questions.is_empty(), "{:?}", agreeing.questions);
    assert!(
        remarks(&agreeing)
            .iter()
            .any(|text| text.contains("169.6 百万円 ≒ 170") || text.contains("四捨五入"))
    );
    let cells: Vec<_> = agreeing.leftovers.iter().map(|left| left.source.cell.as_str()).collect();
    assert_eq!(cells, ["/新しい項目", "/0/新しい項目"]);
    let dossier = apply(&Dossier::default(), &agreeing).unwrap();
    assert_eq!(series(&dossier, AmountKind::Budget, "予備費等"), [(2020, "169.6".to_owned())]);
    let [indicator] = &dossier.programme.outcomes[..] else { panic!("one indicator") };
    let stated: Vec<_> = (indicator.statements.iter())
        .map(|s| {
            (
                s.chapter,
                s.target.kind,
                s.target.year.unwrap().start_year(),
                s.actual.amount.value(),
                &*s.printed_at,
            )
        })
        .collect();
    let printed_at = "2020年度レビューシート";
    assert_eq!(
        stated,
        [
            (PrintedChapter::Elsewhere, TargetKind::Final, 2025, None, printed_at),
            (PrintedChapter::Elsewhere, TargetKind::Unstated, 2019, Some(2.into()), printed_at),
        ]
    );
    assert!(
        dossier.programme.tables.iter().all(|table| !table.title.starts_with("支出先")),
        "not unless ticked"
    );
    let files = [files[0].clone(), judgit("2021.json", sheet(2021, 0.0, 3.0, "件"))];
    let asked = proposal(&files, &Dossier::default());
    let about: Vec<_> = asked.questions.iter().map(|question| question.about.cell.as_str()).collect();
    assert_eq!(about, ["/予算/0/予備費等", "/アウトカム/0/成果実績/0/成果実績"]);
}

#[test]
fn a_sheet_of_another_programme_is_asked_about() {
    let dossier = sample::dossier().unwrap();
    let files = [judgit("a.json", sheet(2020, 0.0, 0.0, "件"))];
    let open = proposal(&files, &dossier);
    assert_eq!((open.tables.len(), open.questions.len()), (0, 1));
    let answers = [(open.questions[0].id.clone(), "take".to_owned())].into();
    let answered = propose(&files, &dossier, &answers, &Options::default()).unwrap();
    assert!(answered.changes() > 0);
    assert!(proposal(&[judgit("b.json", serde_json::json!({ "a": 1 }))], &dossier).is_empty());
}

#[test]
fn a_part_of_a_dossier_changes_what_it_says() {
    let dossier = sample::dossier().unwrap();
    let part = r#"(schema: 3, dossier: (programme: (overview: (purpose: "新しい目的。"), logic: (nodes: [(id: "n1", text: "研究")]))))"#;
    let part = store::from_ron(part).unwrap().0;
    let input = Input { file: "part.ron".into(), path: None, content: Content::Dossier(Box::new(part)) };
    let proposal = proposal(&[input], &dossier);
    assert_eq!((proposal.files[0].form, proposal.changes()), (Form::Dossier, 2));
    let after = apply(&dossier, &proposal).unwrap();
    let mut wanted = dossier.clone();
    wanted.programme.overview.purpose = "新しい目的。".into();
    wanted.programme.logic.nodes.push(hyoka::model::LogicNode {
        id: "n1".into(),
        text: "研究".into(),
        ..Default::default()
    });
    assert_eq!(after, wanted);
}

/// The files of a folder of real data, read; none, after saying so, where they are not at hand.
fn real(folder: &str, extension: &str) -> Option<Vec<Input>> {
    let folder = PathBuf::from("../shared/data").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no official data at {}", folder.display());
        return None;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    Some(load(&paths, &Reader::in_process(Limits::default()), &Options::default(), &Unwatched))
}

#[test]
fn the_real_exports_agree_with_the_report() {
    let Some(files) = real("rs_system_3163", "csv") else { return };
    let dossier = sample::dossier().unwrap();
    let proposal = proposal(&files, &dossier);
    assert_eq!(proposal.files.iter().filter(|file| file.form == Form::RsSystem).count(), 10);
    assert!(proposal.leftovers.is_empty(), "{:?}", proposal.leftovers);
    for file in &proposal.files {
        assert_eq!(file.sheets[0].understood, file.sheets[0].cells, "{}", file.file);
    }
    let executed = entry(&proposal, "programme/amounts/r1/years/2021");
    assert_eq!(
        (executed.standing, executed.read.as_str()),
        (Standing::Same, "5,167,000,000 円 = 5,167 百万円")
    );
    let after = apply(&dossier, &proposal).unwrap();
    assert_eq!((after.programme.logic.edges.len(), after.programme.logic.nodes.len()), (12, 16));
    let outcomes = |id: &_| after.programme.logic.node(id).unwrap().kind == LogicKind::Outcome;
    let staged = after.programme.logic.edges.iter().filter(|edge| outcomes(&edge.from) && outcomes(&edge.to));
    assert_eq!(staged.count(), 4);
    // The only thing to ask is the end that the sheet gives and denies.
    assert_eq!(proposal.questions.len(), 1);
    assert_eq!(proposal.questions[0].about.cell, "U2");
    let again = propose(&files, &after, &Answers::new(), &Options::default()).unwrap();
    assert!(again.accepted().all(|entry| entry.standing == Standing::Same));
    assert_eq!(apply(&after, &again).unwrap(), after);
}

#[test]
fn the_real_review_sheets_agree_with_the_report_and_with_each_other() {
    let Some(files) = real("judgit", "json") else { return };
    let dossier = sample::dossier().unwrap();
    let against = proposal(&files, &dossier);
    assert!(against.leftovers.is_empty(), "{:?}", against.leftovers);
    for (year, printed) in [(2018, "4,373"), (2019, "7,148"), (2020, "3,913"), (2021, "5,167")] {
        let entry = entry(&against, &format!("programme/amounts/r1/years/{year}"));
        assert_eq!(entry.standing, Standing::Same, "{year}");
        assert_eq!(dossier.programme.amounts[0].years[&FiscalYear::new(year)].display(), printed);
    }
    let alone = proposal(&files, &Dossier::default());
    let mut asked: Vec<_> =
        alone.questions.iter().map(|q| q.id.trim_start_matches("conflict:programme/")).collect();
    asked.sort_unstable();
    assert_eq!(
        asked,
        [
            // What was carried and reserved was not yet known in the year itself, and one sheet leaves it out.
            "amounts/r1/years/2022",
            "amounts/r4/years/2019",
            "amounts/r4/years/2020",
            "amounts/r4/years/2021",
            "amounts/r5/years/2019",
            "amounts/r5/years/2020",
            "amounts/r5/years/2021",
            "amounts/r5/years/2022",
            "outputs/i5/statements/t3/actual/amount",
            // The programme was extended, and its text with it.
            "overview/period/end",
            "overview/purpose",
            "sections/s1/body",
        ]
    );
    let dossier = apply(&Dossier::default(), &alone).unwrap();
    let executed = series(&dossier, AmountKind::Executed, "");
    assert_eq!(executed.len(), 8, "2015 to 2022 without a conflict");
}
