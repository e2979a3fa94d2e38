//! JUDGIT's review sheets (行政事業レビューシート) as JSON: one sheet a year, money in million yen.
//!
//! Sheets of several years repeat each other's figures. Each figure has one place, so that a later sheet confirms what
//! an earlier one says, and only where two truly disagree it is asked which one holds.

use super::budget::{CARRIED_IN, CARRIED_OUT, REQUESTED, RESERVE, account};
use super::entries::{self, WHOLE_BUDGET};
use super::facts::{self, Facts};
use super::overview;
use super::period::{self, End};
use super::project::{ALIKE, known_name, likeness};
use crate::both;
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::{Choice, Question, TableKind};
use crate::import::session::Options;
use crate::model::{
    AmountKind, Chapter, FiscalYear, Indicator, Place, PrintedChapter, Quantity, Source, Statement,
    SubjectId, TargetKind, Unit, fold_for_matching,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Names of the sheet and of its parts, which say nothing about the programme.
const ADMINISTRATIVE: [&str; 8] =
    ["ID", "事業ID", "事業番号1", "事業番号2", "事業番号3", "事業番号4", "事業番号5", "府省庁"];

/// What a year's budget says: its name in the sheet, kind and heading of the series.
const SERIES: [(&str, AmountKind, &str); 8] = [
    ("当初予算", AmountKind::Budget, "当初予算"),
    ("補正予算", AmountKind::Budget, "補正予算"),
    ("前年度から繰越し", AmountKind::Budget, CARRIED_IN),
    ("予備費等", AmountKind::Budget, RESERVE),
    ("予算計", AmountKind::Budget, WHOLE_BUDGET),
    ("翌年度へ繰越し", AmountKind::Budget, CARRIED_OUT),
    ("要求額", AmountKind::Budget, REQUESTED),
    ("執行額", AmountKind::Executed, ""),
];

/// Proposes what review sheets say: one, or a list of them. False, and nothing is proposed, if the value is neither.
pub(in crate::import) fn recognise_json(
    file: &str,
    value: &Value,
    draft: &mut Draft<'_>,
    options: &Options,
) -> bool {
    let sheets = match value {
        Value::Array(sheets) => {
            sheets.iter().enumerate().map(|(at, sheet)| (format!("/{at}"), sheet)).collect()
        }
        sheet => vec![(String::new(), sheet)],
    };
    let sheets: Option<Vec<_>> = sheets.into_iter().map(|(at, sheet)| Sheet::of(file, at, sheet)).collect();
    let Some(sheets) = sheets.filter(|sheets| !sheets.is_empty()) else { return false };
    let subject = options.subject.clone().unwrap_or_else(SubjectId::programme);
    for sheet in sheets {
        if sheet.is_meant(draft, &subject) {
            sheet.read(draft, &subject);
        }
    }
    true
}

/// One review sheet.
struct Sheet<'v> {
    file: &'v str,
    /// Where in the file it stands, as a JSON pointer.
    at: String,
    fields: &'v Map<String, Value>,
    name: &'v str,
    year: FiscalYear,
}

impl<'v> Sheet<'v> {
    fn of(file: &'v str, at: String, value: &'v Value) -> Option<Self> {
        let fields = value.as_object().filter(|fields| fields.get("予算").is_some_and(Value::is_array))?;
        let name = fields.get("事業名")?.as_str()?;
        let year = year(fields.get("公開年度")?)?;
        Some(Self { file, at, fields, name, year })
    }

    fn source(&self, path: &str) -> Source {
        Source { file: self.file.to_owned(), sheet: String::new(), cell: format!("{}/{path}", self.at) }
    }

    /// What the sheet is called: 2021年度レビューシート.
    fn document(&self) -> String {
        format!("{}レビューシート", self.year.western())
    }

    fn text(&self, field: &str) -> Option<&'v str> {
        self.fields.get(field)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// The texts of a field that lists them.
    fn texts(&self, field: &str) -> Vec<String> {
        self.list(field).iter().map(said).filter(|text| !text.is_empty()).collect()
    }

    fn list(&self, field: &str) -> &'v [Value] {
        self.fields.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Whether the sheet is of the dossier's programme; asks where its name is another one.
    fn is_meant(&self, draft: &mut Draft<'_>, subject: &SubjectId) -> bool {
        let ours = known_name(draft.tree(), subject);
        let name = self.name;
        if ours.is_empty() || likeness(&ours, name).max(likeness(name, &ours)) >= ALIKE {
            return true;
        }
        let text = both!(
            "事業名「{name}」は評価データの「{ours}」と異なります。取り込みますか。",
            "The name “{name}” differs from the dossier's “{ours}”. Is the sheet to be taken?"
        );
        let question = Question {
            id: format!("judgit:{}:{name}", self.file),
            about: self.source("事業名"),
            text,
            choices: vec![
                Choice::new("take", both!("取り込む", "Take it")),
                Choice::new("leave", both!("取り込まない", "Leave it")),
            ],
            answer: None,
            waiting: self.fields.len(),
        };
        draft.ask(question).is_some_and(|answer| answer == "take")
    }

    fn table<'d, 'a>(
        &self,
        draft: &'d mut Draft<'a>,
        kind: TableKind,
        subject: &SubjectId,
    ) -> TableDraft<'d, 'a> {
        let mut table = draft.table(kind, subject, self.file, "", None);
        table.get().title = self.document();
        table
    }

    fn read(&self, draft: &mut Draft<'_>, subject: &SubjectId) {
        self.overview(draft, subject);
        self.amounts(draft, subject);
        self.indicators(draft, subject, &OUTPUTS);
        self.indicators(draft, subject, &OUTCOMES);
        self.payments(draft, subject);
        self.leftovers(draft);
        let document = self.document();
        let tables = &mut draft.proposal().tables;
        for table in tables.iter_mut().filter(|table| table.at.file == self.file && table.title == document) {
            entries::say_offered(table);
        }
    }

    fn overview(&self, draft: &mut Draft<'_>, subject: &SubjectId) {
        let mut table = self.table(draft, TableKind::Overview, subject);
        let place = table.subject(subject);
        let field = |name: &str| place.child("overview").child(name);
        overview::name(&mut table, &place, self.name, &self.document(), self.source("事業名"), self.name);
        let sections: Vec<_> =
            ["担当部局庁", "担当課室"].iter().filter_map(|field| self.text(field)).collect();
        for (at, text, path) in [
            ("section_in_charge", sections.join(" "), "担当課室"),
            ("purpose", self.text("事業目的").unwrap_or_default().to_owned(), "事業目的"),
            ("implementation", self.texts("実施方法").join("、"), "実施方法"),
        ] {
            if !text.is_empty() {
                entries::text(&mut table, field(at), &text, self.source(path), &text);
            }
        }
        let end = |name: &str| {
            let value = self.fields.get(name)?;
            Some(End { year: year(value)?, source: self.source(name), printed: value.to_string() })
        };
        period::set(&mut table, &place, end("開始年度"), end("終了年度"));
        if let [kind] = &self.texts("会計区分")[..] {
            account(&mut table, &place, kind, self.source("会計区分/0"), kind);
        }
        facts::offer(self.registered(), self.table(draft, TableKind::Other, subject), &place);
        if let Some(text) = self.text("事業概要") {
            let mut table = self.table(draft, TableKind::Text, subject);
            let heading = ("事業の概要", Chapter::Contents);
            overview::section(&mut table, &place, heading, text, &self.source("事業概要"), text);
        }
    }

    /// What the model has no field for, a row a sheet.
    fn registered(&self) -> Facts {
        let columns = [
            "公開年度",
            "事業番号",
            "作成責任者",
            "会計区分",
            "主要施策",
            "URL",
            "定量的な目標が設定できない理由",
            "関連する過去のレビューシート",
        ];
        let mut facts = Facts::new("行政事業レビューシートの登録事項", &columns, 2);
        let text = |field: &str| self.text(field).unwrap_or_default().to_owned();
        let earlier =
            self.list("関連する過去のレビューシート").iter().map(said).collect::<Vec<_>>().join("、");
        let cells = vec![
            self.year.to_string(),
            text("事業番号"),
            text("作成責任者"),
            self.texts("会計区分").join("、"),
            self.texts("主要施策").join("、"),
            text("url"),
            text("定量的な目標が設定できない理由"),
            earlier,
        ];
        let printed = cells.join(" | ");
        facts.push(cells, self.source("公開年度"), printed);
        facts
    }

    fn amounts(&self, draft: &mut Draft<'_>, subject: &SubjectId) {
        let mut table = self.table(draft, TableKind::Amounts, subject);
        let place = table.subject(subject);
        let million = Unit::MillionYen;
        for (at, row) in self.list("予算").iter().enumerate() {
            let Some(year) = row.get("年度").and_then(year) else {
                left_over(table.draft(), self.source(&format!("予算/{at}")), row);
                continue;
            };
            for (name, kind, label) in SERIES {
                let Some(amount) = row.get(name).and_then(|value| figure(value, &million)) else { continue };
                let source = self.source(&format!("予算/{at}/{name}"));
                let (series, unit) =
                    entries::series(&mut table, &place, (kind, label), &million, &source, name);
                let place = series.child("years").child(year.to_string());
                entries::figure(&mut table, place, amount, &unit, source);
            }
            let known: Vec<_> = SERIES.iter().map(|(name, ..)| *name).chain(["年度"]).collect();
            self.unknown(table.draft(), &format!("予算/{at}"), row, &known);
        }
    }

    fn indicators(&self, draft: &mut Draft<'_>, subject: &SubjectId, form: &Form) {
        let rows = self.list(form.field);
        if rows.is_empty() {
            return;
        }
        let mut table = self.table(draft, form.kind, subject);
        let list = table.subject(subject).child(form.list);
        for (at, row) in rows.iter().enumerate() {
            let path = format!("{}/{at}", form.field);
            let Some(name) = row.get(form.name).and_then(Value::as_str) else {
                left_over(table.draft(), self.source(&path), row);
                continue;
            };
            self.indicator(&mut table, &list, form, &path, name, row);
            let known = [form.name, form.points, "単位", "成果目標", "目標値", "目標最終年度"];
            self.unknown(table.draft(), &path, row, &known);
        }
    }

    fn indicator(
        &self,
        table: &mut TableDraft<'_, '_>,
        list: &Place,
        form: &Form,
        path: &str,
        name: &str,
        row: &Value,
    ) {
        let said = row.get("単位").and_then(Value::as_str).unwrap_or_default();
        let indicator = table.row(list, "i", |known| {
            let known = Indicator::deserialize(known).unwrap_or_default();
            fold_for_matching(&known.name) == fold_for_matching(name)
        });
        let source = |field: &str| self.source(&format!("{path}/{field}"));
        if table.value(&indicator.child("name")).is_none() {
            table.set_from(indicator.child("name"), &name, source(form.name), name, name);
            if !said.is_empty() {
                table.set_from(indicator.child("unit"), &said, source("単位"), said, said);
            }
        }
        // A later sheet may write the unit otherwise (件数, 件), which is no disagreement.
        let known = table.value(&indicator.child("unit")).and_then(Value::as_str);
        let unit = Unit::from(known.filter(|known| counts_the_same(known, said)).unwrap_or(said));
        let statements = indicator.child("statements");
        let due = row.get("目標最終年度").and_then(year);
        let target = row.get("目標値").and_then(|value| figure(value, &unit));
        let goal = row.get("成果目標").and_then(Value::as_str).filter(|goal| !goal.trim().is_empty());
        if due.is_some() || target.is_some() || goal.is_some() {
            let at = self.statement(table, &statements, (due, TargetKind::Final), &source("目標最終年度"));
            if let Some(target) = target {
                entries::figure(table, at.child("target").child("amount"), target, &unit, source("目標値"));
            }
            if let Some(goal) = goal {
                self.goal(table, &at, goal, source("成果目標"));
            }
        }
        for (at, point) in row.get(form.points).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let source = |field: &str| self.source(&format!("{path}/{}/{at}/{field}", form.points));
            let amount = |field: &str| point.get(field).and_then(|value| figure(value, &unit));
            let Some(year) = point.get("年度").and_then(year) else {
                left_over(table.draft(), self.source(&format!("{path}/{}/{at}", form.points)), point);
                continue;
            };
            let (actual, target) = (amount(form.actual), amount(form.target));
            if actual.is_none() && target.is_none() {
                continue;
            }
            let kind = if due == Some(year) { TargetKind::Final } else { form.target_kind };
            let place = self.statement(table, &statements, (Some(year), kind), &source("年度"));
            for (field, name, amount) in [("target", form.target, target), ("actual", form.actual, actual)] {
                if let Some(amount) = amount {
                    entries::figure(table, place.child(field).child("amount"), amount, &unit, source(name));
                }
            }
        }
    }

    /// The statement of review sheets on a year, under the kind of its target. The first sheet that makes it is named.
    fn statement(
        &self,
        table: &mut TableDraft<'_, '_>,
        statements: &Place,
        (year, kind): (Option<FiscalYear>, TargetKind),
        source: &Source,
    ) -> Place {
        let place = table.row(statements, "t", |row| {
            let known = Statement::deserialize(row).unwrap_or_default();
            known.chapter == PrintedChapter::Elsewhere
                && (known.target.year, known.target.kind) == (year, kind)
        });
        if table.value(&place.child("chapter")).is_none() {
            let document = self.document();
            table.set_from(
                place.child("chapter"),
                &PrintedChapter::Elsewhere,
                source.clone(),
                "",
                document.as_str(),
            );
            let target = place.child("target");
            if kind != TargetKind::default() {
                table.set_from(target.child("kind"), &kind, source.clone(), "", document.as_str());
            }
            if let Some(year) = year {
                table.set_from(target.child("year"), &year, source.clone(), year.to_string(), year.western());
            }
            table.set_from(place.child("printed_at"), &document, source.clone(), "", document.as_str());
        }
        place
    }

    /// The goal in words, as the first sheet words it; that another words it otherwise is said.
    fn goal(&self, table: &mut TableDraft<'_, '_>, statement: &Place, goal: &str, source: Source) {
        let place = statement.child("supplement");
        let known = table.value(&place).and_then(Value::as_str).map(str::to_owned);
        match known {
            Some(known) if fold_for_matching(&known) != fold_for_matching(goal) => {
                let document = self.document();
                let text = both!(
                    "{document}は成果目標を別の文言で示しています: {goal}",
                    "{document} words the goal otherwise: {goal}"
                );
                table.remark(None, text);
            }
            _ => entries::text(table, place, goal, source, goal),
        }
    }

    /// Who was paid.
    fn payments(&self, draft: &mut Draft<'_>, subject: &SubjectId) {
        let rows = self.list("支出先");
        if rows.is_empty() {
            return;
        }
        let fields = ["年度", "グループ", "番号", "支出先名", "法人番号", "業務概要", "支出額"];
        let columns = ["年度", "グループ", "番号", "支出先名", "法人番号", "業務概要", "支出額（百万円）"];
        let mut facts = Facts::new("支出先（行政事業レビューシート）", &columns, 4);
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<_> =
                fields.iter().map(|field| row.get(*field).map(said).unwrap_or_default()).collect();
            let printed = cells.join(" | ");
            facts.push(cells, self.source(&format!("支出先/{at}")), printed);
            self.unknown(draft, &format!("支出先/{at}"), row, &fields);
        }
        let mut table = self.table(draft, TableKind::Other, subject);
        let place = table.subject(subject);
        facts::offer(facts, table, &place);
    }

    /// What the sheet holds beside all this.
    fn leftovers(&self, draft: &mut Draft<'_>) {
        const READ: [&str; 20] = [
            "事業番号",
            "公開年度",
            "事業名",
            "開始年度",
            "終了年度",
            "担当部局庁",
            "担当課室",
            "作成責任者",
            "会計区分",
            "事業目的",
            "事業概要",
            "実施方法",
            "主要施策",
            "予算",
            "支出先",
            "アウトカム",
            "アウトプット",
            "url",
            "定量的な目標が設定できない理由",
            "関連する過去のレビューシート",
        ];
        let known: Vec<_> = READ.into_iter().chain(ADMINISTRATIVE).collect();
        let odd_year =
            |name: &str, value: &Value| matches!(name, "開始年度" | "終了年度") && year(value).is_none();
        for (name, value) in self.fields {
            if !known.contains(&name.as_str()) || odd_year(name, value) {
                left_over(draft, self.source(name), value);
            }
        }
    }

    /// What a part of the sheet holds beside the fields that are known.
    fn unknown(&self, draft: &mut Draft<'_>, path: &str, part: &Value, known: &[&str]) {
        for (name, value) in part.as_object().into_iter().flatten() {
            if !known.contains(&name.as_str()) {
                left_over(draft, self.source(&format!("{path}/{name}")), value);
            }
        }
    }
}

/// How the sheet lists indicators of one kind.
struct Form {
    field: &'static str,
    list: &'static str,
    kind: TableKind,
    name: &'static str,
    points: &'static str,
    actual: &'static str,
    target: &'static str,
    /// What the target of a year is.
    target_kind: TargetKind,
}

const OUTPUTS: Form = Form {
    field: "アウトプット",
    list: "outputs",
    kind: TableKind::Outputs,
    name: "活動指標",
    points: "活動実績",
    actual: "活動実績",
    target: "当初見込み",
    target_kind: TargetKind::Expected,
};
const OUTCOMES: Form = Form {
    field: "アウトカム",
    list: "outcomes",
    kind: TableKind::Outcomes,
    name: "成果指標",
    points: "成果実績",
    actual: "成果実績",
    target: "目標値",
    target_kind: TargetKind::Unstated,
};

/// Notes something that is not understood, unless it says nothing.
fn left_over(draft: &mut Draft<'_>, source: Source, value: &Value) {
    let nothing = match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    if !nothing {
        let why = both!("取り込みの対象外の項目です。", "This field is not imported.");
        draft.leftover(source, said(value), why);
    }
}

/// A value as text.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => entries::read(&number.to_string(), &Unit::default())
            .value()
            .map_or_else(|| number.to_string(), |value| value.to_string()),
        Value::Object(fields) => {
            fields.values().map(said).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Value::Array(list) => list.iter().map(said).collect::<Vec<_>>().join("、"),
        Value::Bool(truth) => truth.to_string(),
    }
}

fn year(value: &Value) -> Option<FiscalYear> {
    FiscalYear::read(&said(value))
}

/// Whether two units count the same: 件 and 件数.
fn counts_the_same(a: &str, b: &str) -> bool {
    let counted = |unit: &str| fold_for_matching(unit).trim_end_matches('数').to_owned();
    counted(a) == counted(b)
}

/// A figure of the sheet; none where it states none.
fn figure(value: &Value, unit: &Unit) -> Option<Quantity> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(entries::read(&text, unit)).filter(|figure| !figure.is_blank())
}
