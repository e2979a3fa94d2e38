//! What a workbook does not show or does not hold is told: hidden sheets, rows and columns, formulas without a value;
//! and merged cells are read in every format.

use crate::support::{proposed, shown};
use hyoka::import::{Answers, apply};
use hyoka::model::{Dossier, FiscalYear};
use hyoka::sheets::{Book, Limits, Reader};
use hyoka::tasks::progress::Unwatched;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Workbook};
use std::io::Write;
use std::path::Path;

fn read(path: &Path) -> Book {
    Reader::in_process(Limits::default()).read(path, None, &Unwatched).unwrap().remove(0)
}

const FUNDING: [[&str; 3]; 4] = [
    ["A 資金配分（単位：百万円）", "", ""],
    ["研究開発項目", "2020年度", "2021年度"],
    ["項目１．培養", "12", "13"],
    ["項目２．設計", "5", "6"],
];

#[test]
fn what_is_hidden_is_read_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("隠れた表.xlsx");
    let mut book = Workbook::new();
    for (name, hidden) in [("表紙", false), ("配分", true)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.set_hidden(hidden);
        if !hidden {
            sheet.write(0, 0, "資料一覧").unwrap();
            continue;
        }
        for (row, texts) in (0..).zip(FUNDING) {
            for (column, text) in (0..).zip(texts) {
                sheet.write(row, column, text).unwrap();
            }
        }
        sheet.set_row_hidden(3).unwrap().set_column_hidden(2).unwrap().set_column_hidden(9).unwrap();
    }
    book.save(&path).unwrap();
    let proposal = proposed(&read(&path), &Dossier::default(), &Answers::new());
    let after = apply(&Dossier::default(), &proposal).unwrap();
    assert_eq!(after.projects[0].funding.items.len(), 2, "{}", shown(&proposal));
    let sheets = &proposal.files[0].sheets;
    assert!(!sheets[0].hidden && sheets[0].unseen().is_none());
    assert!(sheets[1].hidden);
    // A hidden column that holds nothing hides nothing.
    assert_eq!(sheets[1].hidden_parts, ["4", "C"]);
    let told = sheets[1].unseen().unwrap();
    assert!(told.ja.contains("「配分」は非表示") && told.ja.contains("4, C"), "{told:?}");
    assert!(told.en.contains("hidden"), "{told:?}");
    let json = serde_json::to_value(&proposal).unwrap();
    assert_eq!(json["files"][0]["sheets"][1]["hidden_parts"][0], "4");
}

#[test]
fn formulas_without_a_value_are_told_and_their_zeros_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("数式.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in (0..).zip(FUNDING) {
        for (column, text) in (0..).zip(texts) {
            sheet.write(row, column, text).unwrap();
        }
    }
    sheet.write(4, 0, "合計").unwrap();
    // The library writes a zero where nobody calculated, and asks for a calculation.
    sheet.write_formula(4, 1, Formula::new("=SUM(B3:B4)")).unwrap();
    sheet.write_formula(4, 2, Formula::new("=SUM(C3:C4)").set_result("19")).unwrap();
    book.save(&path).unwrap();
    let proposal = proposed(&read(&path), &Dossier::default(), &Answers::new());
    let [left] = &proposal.leftovers[..] else { panic!("{}", shown(&proposal)) };
    assert_eq!(left.source.cell, "B5");
    assert!(left.why.ja.contains("数式の計算結果が保存されていない"), "{left:?}");
    assert!(left.why.en.contains("formula without a stored value"), "{left:?}");
    assert!(proposal.wants_attention());
    let after = apply(&Dossier::default(), &proposal).unwrap();
    let totals = &after.projects[0].funding.column_totals;
    assert_eq!(totals.len(), 1, "{}", shown(&proposal));
    assert_eq!(totals[&FiscalYear::new(2021)].amount.value(), Some(Decimal::from(19)));
}

#[test]
fn merged_cells_of_an_ods_are_filled() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let span = |text: &str, columns: usize, rows: usize| {
        format!(
            "<table:table-cell office:value-type=\"string\" table:number-columns-spanned=\"{columns}\" \
            table:number-rows-spanned=\"{rows}\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let covered = "<table:covered-table-cell/>";
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let covered_cell = || covered.to_owned();
    let rows = [
        row(&[cell("A アウトプット")]),
        row(&[
            span("指標", 1, 2),
            span("2020年度", 2, 1),
            covered_cell(),
            span("2021年度", 2, 1),
            covered_cell(),
        ]),
        row(&[covered_cell(), cell("目標"), cell("実績"), cell("目標"), cell("実績")]),
        row(&[cell("要素技術の確立数"), cell("1件"), cell("2件"), cell("3件"), cell("4件")]),
        row(&[cell("論文数"), cell("5件"), cell("6件"), cell("7件"), cell("8件")]),
    ];
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
        xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
        <table:table table:name=\"表\">{}</table:table></office:spreadsheet></office:body>\
        </office:document-content>",
        rows.concat()
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("表.ods");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content.as_str()),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let book = read(&path);
    assert_eq!(
        book.sheets[0].merges().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["A2:A3", "B2:C2", "D2:E2"]
    );
    let proposal = proposed(&book, &Dossier::default(), &Answers::new());
    assert!(proposal.leftovers.is_empty() && proposal.questions.is_empty(), "{}", shown(&proposal));
    let outputs = &apply(&Dossier::default(), &proposal).unwrap().projects[0].outputs;
    assert_eq!((outputs.len(), outputs[0].statements.len()), (2, 2), "{}", shown(&proposal));
    let later = &outputs[1].statements[1];
    assert_eq!(later.target.year, Some(FiscalYear::new(2021)));
    assert_eq!(later.actual.amount.value(), Some(Decimal::from(8)));
}
