//! The import page: what it looks like while empty, reading, full and in trouble.

use super::desk::{Asked, Desk, Tab};
use super::work::Ask;
use super::{detail, empty, grid, marks, side, sources, values};
use crate::app::kit::{self, Icon, Kind, button};
use crate::app::theme::{Palette, Type, space};
use crate::app::window::Window;
use crate::tr;
use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, Rect, Sense, Ui, UiBuilder, pos2, vec2};

/// Below these widths the right, and then the left, has no room of its own and becomes a tab.
const RIGHT: f32 = 1060.0;
const LEFT: f32 = 700.0;

impl Window {
    /// Draws the import page.
    pub(in crate::app) fn import_page(&mut self, ui: &mut Ui) {
        let lang = self.lang;
        if let Some(reading) = &self.import.reading {
            let (fraction, what) = reading.job.progress();
            let names: Vec<String> = reading.asks.iter().map(Ask::name).collect();
            if empty::loading(ui, self.lang, &names, fraction, &what) {
                self.stop_reading();
            }
            return;
        }
        if self.import.taking.is_some() {
            let words = lang.t("取り込んでいます…", "Importing…");
            if kit::loading(ui, words, None, lang.t("やめる", "Cancel")) {
                self.import.taking = None;
            }
            return;
        }
        if self.import.preview.is_some() {
            return self.full_page(ui);
        }
        if let Some(job) = &self.import.measuring {
            let words = lang.t("読み取った表を評価データと比べています…", "Comparing with the dossier…");
            let (fraction, _) = job.progress();
            if kit::loading(ui, words, (fraction > 0.0).then_some(fraction), lang.t("やめる", "Cancel")) {
                self.import.clear();
            }
            return;
        }
        let asked = empty::show(ui, lang, self.import.trouble.as_deref());
        if let Some(asked) = asked {
            self.import_asked(ui.ctx(), asked);
        }
    }

    fn full_page(&mut self, ui: &mut Ui) {
        let measuring = self.import.measuring.is_some() || self.import.against != Some(self.state());
        let lang = self.lang;
        let projects: Vec<_> = (self.document.iter().flat_map(|document| &document.dossier.projects))
            .map(|project| (project.id.clone(), project.overview.name.clone()))
            .collect();
        let import = &mut self.import;
        let Some(preview) = &mut import.preview else { return };
        let mut desk = Desk {
            lang,
            sources: &import.sources,
            preview,
            choices: &mut import.choices,
            answers: &mut import.answers,
            look: &mut import.look,
            marks: &mut import.marks,
            projects: &projects,
            narrow: ui.available_width() < RIGHT,
            again: false,
            dropped: None,
            asked: None,
            said: None,
        };
        let width = ui.available_width();
        head(ui, &mut desk);
        foot(ui, &mut desk, measuring);
        let (left, right) = (width >= LEFT, width >= RIGHT);
        let p = Palette::of(ui);
        let ground =
            Frame::NONE.fill(p.canvas).inner_margin(Margin { left: 16, right: 4, top: 8, bottom: 0 });
        if left {
            let wide = if right { 288.0 } else { 248.0 };
            Panel::left("import sources").frame(ground).default_size(wide).size_range(200.0..=440.0).show(
                ui,
                |ui| {
                    kit::scroll(ui, "import sources", |ui| sources::show(ui, &mut desk));
                },
            );
        }
        if right {
            let ground =
                Frame::NONE.fill(p.canvas).inner_margin(Margin { left: 12, right: 4, top: 8, bottom: 0 });
            Panel::right("import side").frame(ground).default_size(336.0).size_range(240.0..=560.0).show(
                ui,
                |ui| {
                    right_side(ui, &mut desk);
                },
            );
        }
        let centre =
            Frame::NONE.fill(p.canvas).inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 0 });
        let drawn = CentralPanel::default().frame(centre).show(ui, |ui| {
            tabs(ui, &mut desk, left, right);
            let seen = matches!(desk.look.tab, Tab::Source | Tab::Values);
            if seen && ui.available_height() > 3.0 * detail::HEIGHT {
                let frame = Frame::NONE.fill(p.canvas).inner_margin(Margin::symmetric(4, 8));
                Panel::bottom("import detail").frame(frame).exact_size(detail::HEIGHT).show(ui, |ui| {
                    detail::show(ui, &mut desk);
                });
            }
            let sheet = Frame::NONE.inner_margin(Margin { top: 8, ..Margin::ZERO });
            CentralPanel::default().frame(sheet).show(ui, |ui| match desk.look.tab {
                Tab::Source => grid::show(ui, &mut desk),
                Tab::Values => values::show(ui, &mut desk),
                Tab::Tables => kit::scroll(ui, "import sources", |ui| {
                    sources::show(ui, &mut desk);
                    0
                }),
                Tab::Side => {
                    right_side(ui, &mut desk);
                    0
                }
            })
        });
        let Desk { again, dropped, asked, said, .. } = desk;
        import.drawn = drawn.inner.inner;
        if let Some(file) = dropped {
            import.remove(&file);
        }
        if again {
            import.measure_again();
        }
        if again || asked.is_some() {
            ui.ctx().request_repaint();
        }
        if let Some(said) = said {
            self.messages.push(Kind::Info, said, "");
        }
        if let Some(asked) = asked {
            self.import_asked(ui.ctx(), asked);
        }
    }
}

/// The description of a range while there is one; or else what there is to look at.
fn right_side(ui: &mut Ui, desk: &mut Desk<'_>) {
    if desk.marks.open.is_some() {
        kit::scroll(ui, "import marking", |ui| marks::show_panel(ui, desk));
    } else {
        kit::scroll(ui, "import side", |ui| side::show(ui, desk));
    }
}

/// The title, what was found at a glance, and ways to bring more.
fn head(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let frame = Frame::NONE.fill(p.canvas).inner_margin(Margin { left: 16, right: 16, top: 12, bottom: 8 });
    Panel::top("import head").frame(frame).show(ui, |ui| {
        let proposal = &desk.preview.proposal;
        let (files, tables, values) = (proposal.files.len(), proposal.tables.len(), desk.preview.lines.len());
        let note = tr!(
            lang,
            "ファイル {files}、表 {tables}、値 {values}",
            "Files: {files}, tables: {tables}, values: {values}"
        );
        let title = lang.t("取り込みの確認", "Check the import");
        let asked = kit::heading(ui, Type::Page, title, Some(&note), |ui| {
            let mut asked = None;
            let files = lang.t("ファイルを追加…", "Add files…");
            let paste = lang.t("表を貼り付ける", "Paste a table");
            for (icon, label, deed) in [(Icon::Table, paste, Asked::Paste), (Icon::Plus, files, Asked::Files)]
            {
                if button::with_icon(ui, icon, label).clicked() {
                    asked = Some(deed);
                }
            }
            let stays = lang.t(
                "この取り込みは、確定するかやめるまで残ります。",
                "The import waits until you confirm or cancel it.",
            );
            let back = button::quiet(ui, Some(Icon::ChevronLeft), lang.t("戻る", "Back"));
            if back.on_hover_text(stays).clicked() {
                asked = Some(Asked::Back);
            }
            asked
        });
        desk.asked = desk.asked.or(asked);
    });
}

fn tabs(ui: &mut Ui, desk: &mut Desk<'_>, left: bool, right: bool) {
    let lang = desk.lang;
    let (questions, remarks, leftovers) = desk.preview.side();
    let n = questions + remarks + leftovers;
    let side = if desk.marks.open.is_some() {
        lang.t("範囲の説明", "The range").to_owned()
    } else {
        tr!(lang, "確かめること（{n}）", "To look at ({n})")
    };
    let mut labels = Vec::new();
    if !left {
        labels.push((Tab::Tables, lang.t("ファイルと表", "Files and tables")));
    }
    labels.push((Tab::Source, lang.t("元の表", "Source")));
    labels.push((Tab::Values, lang.t("取り込む値", "Values")));
    if !right {
        labels.push((Tab::Side, side.as_str()));
    }
    if !labels.iter().any(|(tab, _)| *tab == desk.look.tab) {
        desk.look.tab = Tab::Source;
    }
    kit::tabs(ui, lang, &labels, &mut desk.look.tab);
}

/// What would be taken, what waits, and the two ways on.
fn foot(ui: &mut Ui, desk: &mut Desk<'_>, measuring: bool) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin::symmetric(16, 10));
    Panel::bottom("import foot").frame(frame).show(ui, |ui| {
        let super::preview::Tally { changes, confirmations } = desk.preview.tally;
        let label = if changes == 0 && confirmations > 0 {
            tr!(lang, "出所を記録する {confirmations} 件", "Note where {confirmations} are from")
        } else {
            tr!(lang, "取り込む {changes} 件", "Import {changes}")
        };
        let reason = if measuring {
            Some(lang.t("比べ直しています…", "Comparing anew…"))
        } else if changes + confirmations > 0 {
            None
        } else if desk.preview.lines.is_empty() {
            Some(lang.t("取り込める値が見つかりませんでした。", "No value was found to import."))
        } else if (0..desk.preview.lines.len()).any(|line| desk.preview.is_taken(line)) {
            Some(lang.t(
                "選んだ値はすべて、今の評価データと同じです。",
                "All that is chosen is in the dossier already.",
            ))
        } else {
            Some(lang.t("取り込む値が選ばれていません。", "No value is chosen."))
        };
        let (top, width) = (ui.cursor().min, ui.available_width());
        let place = |rect, layout| UiBuilder::new().max_rect(rect).layout(layout);
        let line = Rect::from_min_size(top, vec2(width, space::ROW));
        let mut right = ui.new_child(place(line, Layout::right_to_left(Align::Center)).id_salt("deeds"));
        deeds(&mut right, desk, &label, reason);
        let edge = right.min_rect().left() - space::GROUP;
        let room = Rect::from_min_max(top + vec2(0.0, 4.0), pos2(edge, ui.max_rect().bottom()));
        let mut left = ui.new_child(place(room, Layout::top_down(Align::Min)).id_salt("words"));
        left.spacing_mut().item_spacing.y = 2.0;
        let words = reason.map_or_else(|| summary(desk, changes, confirmations), str::to_owned);
        left.label(Type::Table.text(words).color(if reason.is_some() { p.ink } else { p.secondary }));
        open_questions(&mut left, desk);
        let height = (left.min_rect().height() + 4.0).max(space::ROW);
        ui.allocate_rect(Rect::from_min_size(top, vec2(width, height)), Sense::hover());
    });
}

/// The two ways on. `reason` says why there is nothing to take.
fn deeds(ui: &mut Ui, desk: &mut Desk<'_>, label: &str, reason: Option<&str>) {
    let lang = desk.lang;
    if button::plain(ui, lang.t("やめる", "Cancel")).clicked() {
        desk.asked = Some(Asked::Stop);
    }
    ui.add_enabled_ui(reason.is_none(), |ui| {
        let take = button::primary(ui, label);
        let take = match reason {
            Some(reason) => take.on_disabled_hover_text(reason),
            None => take,
        };
        if take.clicked() {
            desk.asked = Some(Asked::Take);
        }
    });
}

/// That questions are open, which keeps nobody from importing.
fn open_questions(ui: &mut Ui, desk: &Desk<'_>) {
    let (open, waiting) = (desk.preview.open_questions(), desk.preview.waiting());
    if open == 0 {
        return;
    }
    let p = Palette::of(ui);
    let words = tr!(
        desk.lang,
        "未回答の質問 {open} 件。答えなくても取り込めますが、答えを待つ {waiting} セルは入りません。",
        "Open questions: {open}. You can import without answering; the {waiting} cells that wait are left out."
    );
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        Icon::Question.show(ui, 18.0, p.caution);
        ui.add(egui::Label::new(Type::Table.text(words).color(p.ink)).wrap());
    });
}

/// What is chosen, in a line.
fn summary(desk: &Desk<'_>, changes: usize, confirmations: usize) -> String {
    let lang = desk.lang;
    if changes == 0 {
        return lang
            .t(
                "値は同じです。どこから読んだかだけを記録します。",
                "The values are the same; only their origin is noted.",
            )
            .to_owned();
    }
    if confirmations == 0 {
        return tr!(lang, "{changes} 件が変わります。", "{changes} values change.");
    }
    tr!(
        lang,
        "{changes} 件が変わり、同じ値 {confirmations} 件には出所が記録されます。",
        "{changes} values change; {confirmations} that are the same are noted as read here."
    )
}
