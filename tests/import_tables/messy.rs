//! The values and words of tables as ministries write them: footnote marks, totals, うち-rows, ratios, pairs of columns
//! under one year, errors, mixed digits. A value is taken right, asked about, or left over with its address.

use crate::support::{book, proposed, shown};
use hyoka::import::{Answers, Proposal, apply};
use hyoka::model::{AmountKind, CriterionNo, Dossier, Figure, Quantity, ScoreCell, Subject};
use hyoka::sheets::{Address, Cell, Sheet, Value};
use std::fmt::Write as _;

/// A sheet of texts, of which some are what they say: error values, truth values, dates.
fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let value = |text: &str| match text {
        "#REF!" | "#N/A" | "#DIV/0!" => Value::Error(text.into()),
        "TRUE" | "FALSE" => Value::Bool(text == "TRUE"),
        _ if text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' => {
            Value::Date(text.into())
        }
        _ => Value::Text(text.into()),
    };
    let mut cells = Vec::new();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
            cells.push(Cell { at: Address::new(row, column), value: value(text) });
        }
    }
    Sheet::new(name, cells, Vec::new())
}

/// What the rows propose to an empty dossier.
fn read(rows: &[&[&str]]) -> Proposal {
    proposed(&book(vec![sheet("課題A", rows)]), &Dossier::default(), &Answers::new())
}

/// The dossier that the rows make without anything being asked, and the proposal.
fn taken(rows: &[&[&str]]) -> (Subject, Proposal) {
    let proposal = read(rows);
    assert!(proposal.questions.is_empty(), "{}", shown(&proposal));
    (subject(&proposal), proposal)
}

fn subject(proposal: &Proposal) -> Subject {
    let dossier = apply(&Dossier::default(), proposal).unwrap();
    let again = dossier.projects.first().cloned();
    again.unwrap_or_else(|| panic!("no project: {}", shown(proposal))).into_inner()
}

fn figure(quantity: &Quantity) -> String {
    let mut text = match &quantity.figure {
        Figure::Blank => String::new(),
        Figure::Dash => "-".to_owned(),
        Figure::Number(value) => format!("{}{}", value.normalize(), quantity.unit.as_str()),
        Figure::Range(low, high) => format!("{low}～{high}{}", quantity.unit.as_str()),
        Figure::Words => format!("「{}」", quantity.printed),
    };
    if !quantity.note.is_empty() {
        let _ = write!(text, "[{}]", quantity.note);
    }
    text
}

/// The items of a funding table, and its totals.
fn funding(subject: &Subject) -> Vec<String> {
    let table = &subject.funding;
    let cell = |cell: &hyoka::model::FundingCell| {
        let kind = if cell.kind.is_empty() { String::new() } else { format!("({})", cell.kind) };
        format!("{}{kind}", figure(&cell.amount))
    };
    let mut lines: Vec<String> = (table.items.iter())
        .map(|item| {
            let mut line = item.label.clone();
            for (year, amount) in &item.amounts {
                let _ = write!(line, " {year}={}", cell(amount));
            }
            if !item.total.amount.is_blank() {
                let _ = write!(line, " 計={}", cell(&item.total));
            }
            line
        })
        .collect();
    if !table.column_totals.is_empty() {
        let mut line = "合計".to_owned();
        for (year, amount) in &table.column_totals {
            let _ = write!(line, " {year}={}", cell(amount));
        }
        if !table.grand_total.amount.is_blank() {
            let _ = write!(line, " 計={}", cell(&table.grand_total));
        }
        lines.push(line);
    }
    lines
}

/// The series of amounts with their totals.
fn series(subject: &Subject) -> Vec<String> {
    (subject.amounts.iter())
        .map(|series| {
            let mut line = format!("{:?}{}", series.kind, series.label);
            for (year, amount) in &series.years {
                let _ = write!(line, " {year}={}", figure(amount));
            }
            for total in &series.totals {
                let _ = write!(line, " {}={}", total.label, figure(&total.amount));
            }
            line
        })
        .collect()
}

/// The cells that are left over, with the beginning of the reason.
fn left(proposal: &Proposal) -> Vec<String> {
    let mut cells: Vec<_> = (proposal.leftovers.iter())
        .map(|left| {
            let at: hyoka::sheets::Area = left.source.cell.parse().unwrap();
            (at.first, format!("{} {}", left.source.cell, left.why.ja))
        })
        .collect();
    cells.sort();
    cells.into_iter().map(|(_, text)| text).collect()
}

fn cells(proposal: &Proposal) -> Vec<String> {
    left(proposal).into_iter().map(|text| text.split(' ').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn periods_of_an_overview() {
    for (text, start, end) in [
        ("平成27年度開始、令和３年度終了", 2015, 2021),
        ("平成30年度から5年間", 2018, 2022),
        ("H30～R4", 2018, 2022),
        ("2018年度～（5年間）", 2018, 2022),
        ("2018年4月～2023年3月", 2018, 2022),
    ] {
        let (subject, proposal) = taken(&[&["名称", "A 課題"], &["担当課室", "産業課"], &["事業期間", text]]);
        let period = &subject.overview.period;
        let years = [period.start, period.end].map(|year| year.map(hyoka::model::FiscalYear::start_year));
        assert_eq!(years, [Some(start), Some(end)], "{text}: {}", shown(&proposal));
        assert_eq!(period.printed, text);
    }
    let proposal = read(&[&["名称", "A 課題"], &["担当課室", "産業課"], &["事業期間", "5年度～9年度"]]);
    assert_eq!(left(&proposal), ["B3 期間として読めないため"], "{}", shown(&proposal));
}

#[test]
fn totals_of_every_kind_are_totals() {
    for total in
        ["合計", "計", "総計", "合　計", "項目計", "年度計", "total", "TOTAL", "総額", "合計（百万円）"]
    {
        let (subject, proposal) = taken(&[
            &["資金配分（単位：百万円）"],
            &["研究開発項目", "2019年度", "2020年度", total],
            &["培養モデルの設計", "10", "20", "30"],
            &["検証", "1", "2", "3"],
            &[total, "11", "22", "33"],
        ]);
        assert_eq!(
            funding(&subject),
            [
                "培養モデルの設計 2019=10百万円 2020=20百万円 計=30百万円",
                "検証 2019=1百万円 2020=2百万円 計=3百万円",
                "合計 2019=11百万円 2020=22百万円 計=33百万円"
            ],
            "{total}: {}",
            shown(&proposal)
        );
        assert!(proposal.leftovers.is_empty(), "{total}: {}", shown(&proposal));
    }
}

#[test]
fn subtotals_parts_ratios_references_and_differences_are_no_items() {
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度", "構成比（％）", "合計"],
        &["培養", "100", "200", "60%", "300"],
        &["　うち委託", "60", "150", "", "210"],
        &["検証", "50", "50", "20%", "100"],
        &["小計", "150", "250", "80%", "400"],
        &["基準作成", "50", "50", "20%", "100"],
        &["合計", "200", "300", "100%", "500"],
        &["対前年度比", "", "150%", "", ""],
        &["執行率", "98.5", "99.0", "", ""],
        &["（参考）民間負担", "10", "10", "", "20"],
        &["増減額", "", "100", "", ""],
    ]);
    assert_eq!(
        funding(&subject),
        [
            "培養 2019=100百万円 2020=200百万円 計=300百万円",
            "検証 2019=50百万円 2020=50百万円 計=100百万円",
            "基準作成 2019=50百万円 2020=50百万円 計=100百万円",
            "合計 2019=200百万円 2020=300百万円 計=500百万円"
        ],
        "{}",
        shown(&proposal)
    );
    let left = left(&proposal);
    for (at, why) in [
        ("B4", "内数"),
        ("D3", "比率"),
        ("B6", "小計"),
        ("C9", "比率"),
        ("B10", "比率"),
        ("B11", "参考"),
        ("C12", "増減"),
    ] {
        assert!(left.iter().any(|l| l.starts_with(&format!("{at} ")) && l.contains(why)), "{at}: {left:?}");
    }
}

#[test]
fn footnote_marks_are_notes_and_no_units() {
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度", "2021年度", "2022年度"],
        &["培養", "297※1", "1,297*2", "２９７注3", "297１）"],
        &["検証", "297（a）", "－（※）", "100（予定）※2", "1,2971)"],
        &["※1 調整費を除く"],
    ]);
    assert_eq!(
        funding(&subject),
        [
            "培養 2019=297百万円[※1] 2020=1297百万円[*2] 2021=297百万円[注3] 2022=297百万円[１）]",
            "検証 2019=297百万円[a] 2020=-[※] 2021=100百万円[※2] 2022=1297百万円[1)]"
        ],
        "{}",
        shown(&proposal)
    );
    let ambiguous = read(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度"],
        &["培養", "2971)", "10"],
        &["検証", "(123)", "10"],
    ]);
    assert_eq!(
        left(&ambiguous),
        ["B3 金額として読めないため", "B4 括弧書きの数が負数か内数か分からないため"],
        "{}",
        shown(&ambiguous)
    );
}

#[test]
fn years_in_two_notations_are_one_and_two_years_are_none() {
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &[
            "研究開発項目",
            "2018(H30)年度",
            "平成31／令和元年度",
            "2020年度",
            "令和3・4年度",
            "2018～2020年度",
        ],
        &["培養", "1", "2", "3", "4", "5"],
        &["検証", "1", "2", "3", "4", "5"],
    ]);
    assert_eq!(
        funding(&subject),
        ["培養 2018=1百万円 2019=2百万円 2020=3百万円", "検証 2018=1百万円 2019=2百万円 2020=3百万円"],
        "{}",
        shown(&proposal)
    );
    assert_eq!(cells(&proposal), ["E3", "F3", "E4", "F4"], "{}", shown(&proposal));
    let (subject, proposal) = taken(&[
        &["契約額（単位：億円）"],
        &["", "2018年度", "2019年度", "2018～2019年度"],
        &["契約額", "1", "2", "3"],
    ]);
    assert_eq!(
        series(&subject),
        ["Contract 2018=1億円 2019=2億円 2018～2019年度=3億円"],
        "{}",
        shown(&proposal)
    );
}

#[test]
fn kinds_of_funding_beside_each_other_come_to_one_amount() {
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "", "2020年度", ""],
        &["", "委託", "補助", "委託", "補助"],
        &["培養", "100", "50", "－", "70"],
        &["検証", "30", "0", "40", ""],
        &["合計", "130", "50", "40", "70"],
    ]);
    assert_eq!(
        funding(&subject),
        [
            "培養 2019=150百万円[委託 100、補助 50](委託・補助) 2020=70百万円(補助)",
            "検証 2019=30百万円(委託) 2020=40百万円(委託)",
            "合計 2019=180百万円[委託 130、補助 50](委託・補助) 2020=110百万円[委託 40、補助 70](委託・補助)"
        ],
        "{}",
        shown(&proposal)
    );
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "", "", "2020年度", "", ""],
        &["", "直接経費", "間接経費", "計", "直接経費", "間接経費", "計"],
        &["培養", "100", "30", "130", "10", "3", "13"],
        &["検証", "100", "30", "130", "10", "3", "13"],
    ]);
    assert_eq!(
        funding(&subject)[0],
        "培養 2019=130百万円[直接経費 100、間接経費 30] 2020=13百万円[直接経費 10、間接経費 3]",
        "{}",
        shown(&proposal)
    );
}

#[test]
fn budgets_by_stage_are_series_of_their_own() {
    let (subject, proposal) = taken(&[
        &["予算・執行（単位：百万円）"],
        &["", "2019年度", "2020年度"],
        &["当初予算", "100", "110"],
        &["補正予算", "20", "-"],
        &["予備費等", "0", "5"],
        &["計", "120", "115"],
        &["執行額", "118", "110"],
        &["執行率", "98%", "96%"],
    ]);
    assert_eq!(
        series(&subject),
        [
            "Budget当初予算 2019=100百万円 2020=110百万円",
            "Budget補正予算 2019=20百万円 2020=-",
            "Budget予備費等 2019=0百万円 2020=5百万円",
            "Budget計 2019=120百万円 2020=115百万円",
            "Executed 2019=118百万円 2020=110百万円"
        ],
        "{}",
        shown(&proposal)
    );
    assert_eq!(cells(&proposal), ["A8", "B8", "C8"], "{}", shown(&proposal));
    // The same turned: stages as columns.
    let (subject, proposal) = taken(&[
        &["予算の推移（単位：百万円）"],
        &["年度", "当初予算", "補正予算", "予備費", "執行額", "執行率"],
        &["2019年度", "100", "20", "0", "118", "98%"],
        &["2020年度", "110", "-", "5", "110", "96%"],
    ]);
    let read = series(&subject);
    assert_eq!(read.len(), 4, "{read:?} {}", shown(&proposal));
    assert_eq!(read[0], "Budget当初予算 2019=100百万円 2020=110百万円");
    assert_eq!(cells(&proposal), ["F3", "F4"], "{}", shown(&proposal));
}

#[test]
fn an_amount_before_the_first_year_is_no_label() {
    let (_, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "前期までの額", "2019年度", "2020年度"],
        &["培養", "500", "1", "2"],
        &["検証", "600", "3", "4"],
    ]);
    assert_eq!(
        left(&proposal),
        ["B3 年度の列ではないため", "B4 年度の列ではないため"],
        "{}",
        shown(&proposal)
    );
}

#[test]
fn one_label_under_two_groups_is_two_rows() {
    let rows: &[&[&str]] = &[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度"],
        &["項目１　培養", "", ""],
        &["研究開発費", "10", "20"],
        &["管理費", "1", "2"],
        &["項目２　検証", "", ""],
        &["研究開発費", "30", "40"],
        &["合計", "41", "62"],
    ];
    let (subject, proposal) = taken(rows);
    assert_eq!(
        funding(&subject),
        [
            "項目１　培養　研究開発費 2019=10百万円 2020=20百万円",
            "管理費 2019=1百万円 2020=2百万円",
            "項目２　検証　研究開発費 2019=30百万円 2020=40百万円",
            "合計 2019=41百万円 2020=62百万円"
        ],
        "{}",
        shown(&proposal)
    );
    let twice: &[&[&str]] = &[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度"],
        &["研究開発費", "10", "20"],
        &["研究開発費", "30", "40"],
    ];
    for rows in [rows, twice] {
        let book = book(vec![sheet("課題A", rows)]);
        let proposal = proposed(&book, &Dossier::default(), &Answers::new());
        let after = apply(&Dossier::default(), &proposal).unwrap();
        assert!(after.projects[0].funding.items.len() >= 2, "{}", shown(&proposal));
        let again = proposed(&book, &after, &Answers::new());
        assert_eq!((again.changes(), again.questions.len()), (0, 0), "{}", shown(&again));
    }
}

#[test]
fn plans_and_actuals_of_one_item_are_asked_about() {
    let columns: &[&[&str]] = &[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "", "2020年度", ""],
        &["", "計画", "実績", "計画", "実績"],
        &["培養", "100", "90", "200", "210"],
        &["検証", "10", "9", "20", "21"],
    ];
    let rows: &[&[&str]] = &[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "区分", "2019年度", "2020年度"],
        &["培養", "計画", "100", "200"],
        &["", "実績", "90", "210"],
        &["検証", "計画", "10", "20"],
        &["", "実績", "9", "21"],
    ];
    for rows in [columns, rows] {
        let book = book(vec![sheet("課題A", rows)]);
        let proposal = proposed(&book, &Dossier::default(), &Answers::new());
        let [question] = &proposal.questions[..] else { panic!("{}", shown(&proposal)) };
        let choices: Vec<_> = question.choices.iter().map(|choice| choice.label.ja.as_str()).collect();
        assert_eq!((choices, question.waiting), (vec!["計画", "実績"], 8), "{}", shown(&proposal));
        assert_eq!(proposal.changes(), 0, "{}", shown(&proposal));
        let answers: Answers = [(question.id.clone(), "実績".to_owned())].into();
        let proposal = proposed(&book, &Dossier::default(), &answers);
        assert_eq!(
            funding(&subject(&proposal)),
            ["培養 2019=90百万円 2020=210百万円", "検証 2019=9百万円 2020=21百万円"],
            "{}",
            shown(&proposal)
        );
        assert_eq!(proposal.leftovers.len(), 4, "{}", shown(&proposal));
    }
    // Without items they are series.
    let (subject, proposal) = taken(&[
        &["予算・執行（単位：百万円）"],
        &["", "2019年度", "", "2020年度", ""],
        &["", "当初予算", "執行額", "当初予算", "執行額"],
        &["金額", "100", "90", "200", "210"],
    ]);
    assert_eq!(
        series(&subject),
        ["Budget当初予算 2019=100百万円 2020=200百万円", "Executed 2019=90百万円 2020=210百万円"],
        "{}",
        shown(&proposal)
    );
}

#[test]
fn errors_truth_values_and_dates_are_never_amounts() {
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度", "2021年度", "2022年度"],
        &["培養", "#REF!", "10", "TRUE", "2022-03-31"],
        &["検証", "1", "#N/A", "3", "#DIV/0!"],
        &["#REF!", "7", "8", "9", "10"],
    ]);
    assert_eq!(
        funding(&subject),
        ["培養 2020=10百万円", "検証 2019=1百万円 2021=3百万円"],
        "{}",
        shown(&proposal)
    );
    let left = left(&proposal);
    for (at, why) in [
        ("B3", "エラー値 #REF!"),
        ("D3", "真偽値 TRUE"),
        ("E3", "日付 2022-03-31"),
        ("C4", "エラー値 #N/A"),
        ("E4", "エラー値 #DIV/0!"),
        ("A5", "エラー値"),
        ("B5", "同じ行の名称"),
    ] {
        assert!(left.iter().any(|l| l.starts_with(&format!("{at} {why}"))), "{at}: {left:?}");
    }
    let (subject, proposal) = taken(&[
        &["アウトプット"],
        &["アウトプット指標", "目標年度", "目標値", "実績"],
        &["試作品数", "2021年度", "5件", "#REF!"],
        &["#N/A", "2021年度", "6件", "7件"],
    ]);
    assert_eq!(subject.outputs.len(), 1, "{}", shown(&proposal));
    assert!(subject.outputs[0].statements[0].actual.amount.is_blank());
    assert_eq!(proposal.leftovers.len(), 5, "{}", shown(&proposal));
}

#[test]
fn numbers_as_people_type_them() {
    let (subject, proposal) = taken(&[
        &["資金配分（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度", "2021年度", "2022年度", "2023年度"],
        &["培養", "▲12", "△ 1,234", "1,2３４", "1、234", "1，234，567"],
        &["検証", "5.4億円", "54百万", "１億２，３００万円", "1億2,300万", "2千万円"],
        &["計測", "約50", "概ね50", "50～60", "未定", "調整中"],
        &["評価", "―", "－", "0", "", "500（見込み）"],
    ]);
    assert_eq!(
        funding(&subject),
        [
            "培養 2019=-12百万円 2020=-1234百万円 2021=1234百万円 2022=1234百万円 2023=1234567百万円",
            "検証 2019=5.4億円 2020=54百万円 2021=123000000円 2022=123000000円 2023=20百万円",
            "計測 2019=50百万円 2020=50百万円 2021=50～60百万円 2022=「未定」 2023=「調整中」",
            "評価 2019=- 2020=- 2021=0百万円 2023=500百万円"
        ],
        "{}",
        shown(&proposal)
    );
    assert!(proposal.leftovers.is_empty(), "{}", shown(&proposal));
}

#[test]
fn scores_as_members_write_them() {
    let rows: &[&[&str]] = &[
        &["課題A　評点"],
        &["評価項目", "委員1", "委員2", "委員3", "平均"],
        &["１．必要性", "③", "２", "1点", "2.0"],
        &["２．体制", "N/A", "欠席", "利害関係あり", "－"],
        &["３．効果", "3（良）", "⓪", "②", "1.7"],
    ];
    let dossier = Dossier::default();
    let proposal = proposed(&book(vec![sheet("課題A", rows)]), &dossier, &Answers::new());
    assert!(proposal.questions.is_empty() && proposal.leftovers.is_empty(), "{}", shown(&proposal));
    let evaluation = &subject(&proposal).evaluation;
    let row = |no: u8| ["M1", "M2", "M3"].map(|id| evaluation.cell(&id.into(), CriterionNo(no)));
    assert_eq!(row(1), [ScoreCell::Score(3), ScoreCell::Score(2), ScoreCell::Score(1)]);
    assert_eq!(row(2), [ScoreCell::NotApplicable, ScoreCell::Absent, ScoreCell::Recused]);
    assert_eq!(row(3), [ScoreCell::Score(3), ScoreCell::Score(0), ScoreCell::Score(2)]);
    let open: &[&[&str]] = &[
        &["課題A　評点"],
        &["評価項目", "委員1", "委員2"],
        &["１．必要性", "3", "棄権"],
        &["２．体制", "1", "2"],
    ];
    let proposal = proposed(&book(vec![sheet("課題A", open)]), &dossier, &Answers::new());
    let [question] = &proposal.questions[..] else { panic!("{}", shown(&proposal)) };
    assert!(question.text.ja.contains("「棄権」"), "{}", shown(&proposal));
}

#[test]
fn counts_with_parts_and_sums() {
    let (subject, proposal) = taken(&[
        &["その他の指標（2017～2021年度）"],
        &["項目", "件数"],
        &["論文数", "30"],
        &["うち査読付き", "20"],
        &["国内特許出願", "5"],
        &["合計", "35"],
    ]);
    let counts: Vec<_> =
        subject.other_indicators.iter().map(|o| format!("{}={}", o.name, figure(&o.amount))).collect();
    assert_eq!(counts, ["論文数=30", "論文数　うち査読付き=20", "国内特許出願=5"], "{}", shown(&proposal));
    assert_eq!(cells(&proposal), ["A6", "B6"], "{}", shown(&proposal));
}

#[test]
fn a_sum_is_no_indicator() {
    let (subject, proposal) = taken(&[
        &["アウトプット"],
        &["アウトプット指標", "目標年度", "目標値", "実績"],
        &["試作品数", "2021年度", "5件", "6件※"],
        &["合計", "", "5件", "6件"],
    ]);
    assert_eq!(subject.outputs.len(), 1, "{}", shown(&proposal));
    let actual = &subject.outputs[0].statements[0].actual.amount;
    assert_eq!(figure(actual), "6件[※]");
    assert_eq!(subject.outputs[0].unit.as_str(), "件");
    assert_eq!(cells(&proposal), ["A4", "C4", "D4"], "{}", shown(&proposal));
}

#[test]
fn amounts_of_one_kind_are_found_in_the_dossier_again() {
    let rows: &[&[&str]] = &[
        &["予算・執行（単位：百万円）"],
        &["", "2019年度", "2020年度"],
        &["当初予算額", "100", "110"],
        &["支出額", "98", "105"],
    ];
    let book = book(vec![sheet("課題A", rows)]);
    let first = proposed(&book, &Dossier::default(), &Answers::new());
    let after = apply(&Dossier::default(), &first).unwrap();
    let kinds: Vec<_> = after.projects[0].amounts.iter().map(|s| (s.kind, s.label.as_str())).collect();
    assert_eq!(kinds, [(AmountKind::Budget, "当初予算額"), (AmountKind::Executed, "")], "{}", shown(&first));
    assert_eq!(proposed(&book, &after, &Answers::new()).changes(), 0);
}

#[test]
fn accounts_below_each_other_come_to_one_series() {
    let (subject, proposal) = taken(&[
        &["予算額と執行額（単位：百万円）"],
        &["区分", "2019年度", "", "2020年度", ""],
        &["", "予算額", "執行額", "予算額", "執行額"],
        &["一般会計", "100", "90", "110", "100"],
        &["特別会計", "10", "9", "11", "－"],
        &["計", "110", "99", "121", "100"],
    ]);
    assert_eq!(
        series(&subject),
        ["Budget 2019=110百万円 2020=121百万円", "Executed 2019=99百万円 2020=100百万円"],
        "{}",
        shown(&proposal)
    );
    assert_eq!(proposal.leftovers.len(), 8, "{}", shown(&proposal));
}

#[test]
fn a_long_table_whose_items_have_a_plain_heading() {
    let (subject, proposal) = taken(&[
        &["年度別予算（単位：億円）"],
        &["年度", "項目", "区分", "金額", "前年度比"],
        &["R1", "項目１．培養", "委託", "1.5", "－"],
        &["R1", "項目２．検証", "補助", "0.5", ""],
        &["R2", "項目１．培養", "委託", "2.0", "133%"],
        &["R2", "項目２．検証", "補助", "調整中", ""],
        &["計", "", "", "4.0", ""],
    ]);
    assert_eq!(
        funding(&subject),
        [
            "項目１．培養 2019=1.5億円(委託) 2020=2億円(委託)",
            "項目２．検証 2019=0.5億円(補助) 2020=「調整中」"
        ],
        "{}",
        shown(&proposal)
    );
    assert_eq!(figure(&subject.funding.grand_total.amount), "4億円", "{}", shown(&proposal));
    assert_eq!(cells(&proposal), ["E3", "E5"], "{}", shown(&proposal));
}

#[test]
fn an_actual_beside_the_only_target_is_said_of_it() {
    let (subject, proposal) = taken(&[
        &["アウトプット指標"],
        &["指標", "目標（2022年度）", "実績", "達成状況"],
        &["試作品数", "5件", "6件（うち海外2件）", "達成"],
        &["（参考）共同研究数", "－", "12件", "－"],
    ]);
    let statements = &subject.outputs[0].statements;
    assert_eq!(statements.len(), 1, "{}", shown(&proposal));
    assert_eq!(
        (figure(&statements[0].target.amount), figure(&statements[0].actual.amount)),
        ("5件".into(), "6件[うち海外2件]".into())
    );
    assert_eq!(statements[0].outlook, "達成");
    let (subject, proposal) = taken(&[
        &["アウトカム"],
        &["アウトカム指標", "中間目標（2021年度）", "最終目標（2025年度）", "実績（2022年度時点）"],
        &["導入企業数", "約10社", "30社以上", "7社※2"],
    ]);
    let actual = subject.outcomes[0].statements.iter().find(|s| !s.actual.amount.is_blank());
    let actual = actual.unwrap_or_else(|| panic!("{}", shown(&proposal)));
    assert_eq!(figure(&actual.actual.amount), "7社[※2]", "{}", shown(&proposal));
    assert!(actual.actual.as_of.printed.contains("2022年度"), "{}", shown(&proposal));
}

#[test]
fn remarks_in_a_turned_table_of_scores_are_no_criterion() {
    let (subject, proposal) = taken(&[
        &["委員", "必要性", "費用対効果", "備考"],
        &["委員１", "3", "1", "特になし"],
        &["委員２", "2", "2", "書面による"],
        &["平均", "2.5", "1.5", ""],
    ]);
    assert_eq!(subject.evaluation.scores.len(), 2, "{}", shown(&proposal));
    assert_eq!(cells(&proposal), ["D1", "D2", "D3"], "{}", shown(&proposal));
}
