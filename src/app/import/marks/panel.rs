//! Where a range is described: what it is, how it lies, and what would be read from it.

use super::{KINDS, Marking, kind_name};
use crate::app::import::desk::{Desk, Tab};
use crate::app::import::words;
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, Icon, badge, button, icon_button_in};
use crate::app::theme::{Palette, Type, space};
use crate::import::{Direction, Standing, TableKind};
use crate::locale::Term;
use crate::model::{SubjectId, Unit};
use crate::tr;
use egui::{Align, Frame, Label, Layout, Stroke, Ui};

/// How many rows of headings can be told.
const MOST_HEADINGS: u32 = 6;
/// The letters of projects that are offered beyond those that are there.
const FREE: usize = 4;

/// What a range is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Table(Option<TableKind>),
    LeftOut,
}

/// Draws the description of a range.
pub(in crate::app::import) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(mut open) = desk.marks.open.clone() else { return };
    let lang = desk.lang;
    let before = open.clone();
    let mut close = heading(ui, desk, &open);
    ui.spacing_mut().item_spacing.y = space::INSIDE;
    what(ui, desk, &mut open);
    if !open.left_out {
        how(ui, desk, &mut open);
    }
    if open != before {
        desk.marks.open = Some(open.clone());
        ui.ctx().request_repaint();
    }
    let overlap = desk.overlap();
    if let Some(area) = overlap {
        let words = tr!(
            lang,
            "説明済みの範囲 {area} と重なっています。範囲を選び直すか、先にそちらを外してください。",
            "It overlaps the range {area}, which is described already. Mark another range, or remove that one first."
        );
        caution(ui, &words);
    }
    ui.add_space(space::TIGHT);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::INSIDE);
        ui.add_enabled_ui(overlap.is_none(), |ui| {
            if button::primary(ui, lang.t("この説明を適用", "Apply")).clicked() {
                desk.apply_marking();
            }
        });
        close |= button::plain(ui, lang.t("説明をやめる", "Stop describing")).clicked();
        if let Some(area) = open.replaces
            && button::quiet(ui, Some(Icon::Trash), lang.t("説明を外す", "Remove")).clicked()
        {
            desk.remove_mark(&open.file, &open.sheet, area);
            close = true;
        }
    });
    if close {
        desk.marks.open = None;
        if desk.look.tab == Tab::Side {
            desk.look.tab = Tab::Source;
        }
        return;
    }
    if open.left_out {
        let words = lang.t(
            "この範囲のセルは読み取らず、読み取れなかったセルとしても数えません。",
            "The cells of this range are not read, and not listed as not understood.",
        );
        kit::note(ui, words);
        return;
    }
    ui.add_space(space::INSIDE);
    trial(ui, desk);
}

/// The range, and the way out. Whether that was taken.
fn heading(ui: &mut Ui, desk: &Desk<'_>, open: &Marking) -> bool {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let mut close = false;
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let label = lang.t("範囲の説明を閉じる", "Close the description of the range");
        close = icon_button_in(ui, Icon::Close, label, p.secondary).clicked();
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            kit::subheading(ui, lang.t("この範囲は何ですか", "What is this range?"));
        });
    });
    let area = open.hint.area;
    let (rows, columns) = (area.rows(), area.columns());
    let place = if open.sheet.is_empty() { area.to_string() } else { format!("{}!{area}", open.sheet) };
    let size = tr!(lang, "{rows} 行 × {columns} 列", "{rows} rows, {columns} columns");
    ui.add(Label::new(Type::Strong.text(format!("{place}　{size}"))).wrap());
    let how = lang.t(
        "表の上でドラッグするか、Shift＋矢印キー、番地の入力で範囲を変えられます。",
        "Drag over the cells, use Shift and the arrows, or type an address to change the range.",
    );
    kit::note(ui, how);
    close
}

fn what(ui: &mut Ui, desk: &Desk<'_>, open: &mut Marking) {
    let lang = desk.lang;
    let mut what = if open.left_out { What::LeftOut } else { What::Table(open.hint.kind) };
    let mut options = vec![(What::Table(None), kind_name(None, lang))];
    options.extend(KINDS.map(|kind| (What::Table(Some(kind)), kind.term(lang))));
    options.push((What::LeftOut, lang.t("読み取らない範囲", "Leave it out")));
    pick(ui, lang.t("何の表か", "What it is"), &mut what, &options);
    open.left_out = what == What::LeftOut;
    if let What::Table(kind) = what {
        open.hint.kind = kind;
    }
}

fn how(ui: &mut Ui, desk: &Desk<'_>, open: &mut Marking) {
    use TableKind::{Amounts, Funding, Market, OtherIndicators, Outcomes, Outputs, Overview};
    let lang = desk.lang;
    let hint = &mut open.hint;
    let auto = lang.t("自動", "Find out");
    let overview = hint.kind == Some(Overview);
    if !overview {
        let counts: Vec<(Option<u32>, String)> = (0..=MOST_HEADINGS)
            .map(|n| (Some(n), if n == 0 { lang.t("なし", "None").to_owned() } else { n.to_string() }))
            .collect();
        let mut options = vec![(None, auto)];
        options.extend(counts.iter().map(|(n, label)| (*n, label.as_str())));
        let label = if hint.years == Some(Direction::Down) {
            lang.t("見出しの列数", "Columns of headings")
        } else {
            lang.t("見出しの行数", "Rows of headings")
        };
        pick(ui, label, &mut hint.header_rows, &options);
        let options = [
            (None, auto),
            (Some(Direction::Across), lang.t("見出しが上（年度が横に並ぶ）", "Headings above, years across")),
            (
                Some(Direction::Down),
                lang.t("見出しが左（年度が縦に並ぶ）", "Headings at the left, years down"),
            ),
            (Some(Direction::Long), lang.t("縦長（一行に一年度）", "Long: one year a row")),
        ];
        pick(ui, lang.t("表の向き", "Direction"), &mut hint.years, &options);
    }
    if matches!(hint.kind, None | Some(Amounts | Funding | Market | OtherIndicators | Outputs | Outcomes)) {
        let mut options = vec![(None, auto)];
        let units = Unit::MONEY.map(|unit| (Some(unit.clone()), unit.as_str().to_owned()));
        options.extend(units.iter().map(|(unit, label)| (unit.clone(), label.as_str())));
        pick(ui, lang.t("金額の単位", "Unit of money"), &mut hint.unit, &options);
    }
    let subjects = subjects(desk);
    let mut options = vec![(None, auto)];
    options.extend(subjects.iter().map(|(id, label)| (Some(id.clone()), label.as_str())));
    pick(ui, lang.t("だれのものか", "Whose it is"), &mut hint.subject, &options);
}

/// The programme, the projects that are there or would be, and the next free letters.
fn subjects(desk: &Desk<'_>) -> Vec<(SubjectId, String)> {
    let lang = desk.lang;
    let mut subjects =
        vec![(SubjectId::programme(), lang.t("プログラム全体", "The whole programme").to_owned())];
    for (id, name) in desk.projects {
        let label = tr!(lang, "課題 {id} {name}", "Project {id} {name}");
        subjects.push((id.clone(), label.trim_end().to_owned()));
    }
    let said = desk.marks.open.as_ref().and_then(|open| open.hint.subject.clone());
    let new = desk.preview.proposal.tables.iter().map(|table| table.subject.clone()).chain(said);
    let free = ('A'..='Z').map(|letter| SubjectId::from(letter.to_string().as_str()));
    let mut left = FREE;
    for (id, free) in new.map(|id| (id, false)).chain(free.map(|id| (id, true))) {
        if left > 0 && subjects.iter().all(|(known, _)| *known != id) {
            left -= usize::from(free);
            let label = tr!(lang, "新しい課題 {id}", "New project {id}");
            subjects.push((id, label));
        }
    }
    subjects
}

/// One of a few, under its label, in a box.
fn pick<T: PartialEq + Clone>(ui: &mut Ui, label: &str, current: &mut T, options: &[(T, &str)]) {
    let p = Palette::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(Type::Small.text(label).color(p.secondary));
        let frame = Frame::NONE.fill(p.sheet).stroke(Stroke::new(1.0, p.border)).corner_radius(space::CORNER);
        frame.show(ui, |ui| cell::choice(ui, label, current, options));
    });
}

fn caution(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        Icon::Warning.show(ui, 18.0, p.caution);
        ui.add(Label::new(Type::Table.text(words).color(p.ink)).wrap());
    });
}

/// What would be read from the range as it is described.
fn trial(ui: &mut Ui, desk: &Desk<'_>) {
    let lang = desk.lang;
    let Some(trial) = desk.marks.trial() else {
        kit::note(ui, lang.t("読み取りを試しています…", "Trying to read it…"));
        return;
    };
    let Some(preview) = &trial.preview else {
        caution(
            ui,
            lang.t("この範囲の読み取りは途中で止まりました。", "Reading this range stopped half-way."),
        );
        return;
    };
    let (values, left) = (preview.lines.len(), &preview.proposal.leftovers);
    kit::subheading(ui, &tr!(lang, "この説明で読み取る値（{values}）", "What would be read ({values})"));
    if values == 0 && preview.proposal.questions.is_empty() {
        let words = lang.t(
            "この説明では何も読み取れません。種類か見出しの行数を変えるか、見出しを含めて範囲を選び直してください。",
            "Nothing can be read so. Change what it is or the rows of headings, or mark the range with its headings.",
        );
        caution(ui, words);
    }
    for question in &preview.proposal.questions {
        caution(ui, question.text.t(lang));
    }
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::TIGHT);
        for standing in words::STANDINGS {
            let count = preview.count(None, standing);
            if count > 0 {
                badge(
                    ui,
                    crate::app::import::preview::kind(standing),
                    &format!("{} {count}", standing.term(lang)),
                );
            }
        }
    });
    for remark in preview.proposal.tables.iter().flat_map(|table| &table.remarks) {
        kit::note(ui, remark.text.t(lang));
    }
    if values > 0 {
        let columns = [
            Column::text(lang.t("行き先", "Goes to"), 1.2, 96.0),
            Column::text(lang.t("値", "Value"), 1.0, 80.0),
        ];
        let name = lang.t("この説明で読み取る値", "Values read so");
        Table::new("trial", name, &columns, values).show(ui, |ui, row, column| {
            let (line, entry) = (&preview.lines[row], preview.entry(row));
            cell::pad(ui, |ui| {
                if column == 0 {
                    let words = Label::new(Type::Table.text(line.within.t(lang))).wrap();
                    ui.add(words).on_hover_text(line.place.t(lang));
                } else {
                    let ink = if entry.standing == Standing::Same { p.secondary } else { p.ink };
                    let whence = format!("{}  {}", line.cell, words::one_line(&entry.printed));
                    ui.add(Label::new(Type::Table.text(line.after.t(lang)).color(ink)).wrap())
                        .on_hover_text(whence);
                }
            });
        });
    }
    let n = left.len();
    if n > 0 {
        kit::subheading(ui, &tr!(lang, "この説明では読み取れないセル（{n}）", "Not understood so ({n})"));
        let columns = [
            Column::text(lang.t("セル", "Cell"), 0.4, 64.0),
            Column::text(lang.t("内容と理由", "Text and reason"), 1.0, 120.0),
        ];
        let name = lang.t("この説明では読み取れないセル", "Cells not understood so");
        Table::new("trial left", name, &columns, n).show(ui, |ui, row, column| {
            let leftover = &left[row];
            cell::pad(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if column == 0 {
                    ui.label(Type::Table.text(&leftover.source.cell));
                } else {
                    if !leftover.text.is_empty() {
                        ui.add(Label::new(words::short(&leftover.text)).wrap()).on_hover_text(&leftover.text);
                    }
                    ui.add(Label::new(Type::Small.text(leftover.why.t(lang)).color(p.secondary)).wrap());
                }
            });
        });
    }
}
