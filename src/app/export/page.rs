//! The page itself: choices at the left, the pages they give at the right.

use super::{Ask, Export, state};
use crate::app::document::Document;
use crate::app::kit::{self, Icon, Kind, badge, button};
use crate::app::theme::space;
use crate::locale::Lang;
use crate::report::outline::{BUNDLED, Structure};
use crate::report::{Format, Order, Outcome};
use crate::tr;
use egui::Ui;

/// Below this width the pages stand under the choices.
const TWO_COLUMNS: f32 = 860.0;
/// The width of the choices beside the pages.
const CHOICES: f32 = 400.0;

impl Export {
    /// Draws the page.
    pub(super) fn page(&mut self, ui: &mut Ui, lang: Lang, document: &Document) -> Option<Ask> {
        if self.anonymous {
            self.mentions.look(ui.ctx(), lang, state(document), document.settled());
        }
        let subtitle = lang.t(
            "報告書、会議資料、表、図、評価データとチェックサムを、一つの ZIP にまとめます。",
            "The report, the material for the meeting, tables, figures, the dossier and checksums, in one zip.",
        );
        kit::page(
            ui,
            "export",
            lang.t("報告書一式の書き出し", "Export the report bundle"),
            Some(subtitle),
            |_| (),
            |ui| {
                if ui.available_width() < TWO_COLUMNS {
                    let ask = self.choices(ui, lang);
                    self.pages(ui, lang, document);
                    return ask;
                }
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::GROUP;
                    let ask = ui
                        .vertical(|ui| {
                            ui.set_width(CHOICES);
                            ui.spacing_mut().item_spacing.y = space::GROUP;
                            self.choices(ui, lang)
                        })
                        .inner;
                    ui.vertical(|ui| {
                        ui.set_width(ui.available_width());
                        self.pages(ui, lang, document);
                    });
                    ask
                })
                .inner
            },
        )
        .1
    }

    fn choices(&mut self, ui: &mut Ui, lang: Lang) -> Option<Ask> {
        kit::sheet(ui, lang.t("だれに渡すか", "For whom"), None, |_| (), |ui| self.variant(ui, lang));
        kit::sheet(ui, lang.t("入れるもの", "Contents"), None, |_| (), |ui| self.contents(ui, lang));
        let ask = kit::sheet(ui, lang.t("構成", "Order"), None, |_| (), |ui| self.structure(ui, lang)).1;
        let write = self.write(ui, lang);
        ask.or(write)
    }

    fn variant(&mut self, ui: &mut Ui, lang: Lang) {
        ui.radio_value(&mut self.anonymous, false, lang.t("氏名を載せる（事務局・委員）", "With names"));
        ui.radio_value(&mut self.anonymous, true, lang.t("匿名（公表用）", "Anonymous"));
        if self.anonymous {
            kit::note(
                ui,
                lang.t(
                    "委員は氏名や席順によらない順で「委員1」からの番号になり、所属、除斥の理由、評価票と取り込みの記録は入りません。",
                    "Members become 委員1 and so on in an order of its own; affiliations, recusals, ballots and the history stay out.",
                ),
            );
            self.mentions.show(ui, lang, &mut self.names);
        }
    }

    fn contents(&mut self, ui: &mut Ui, lang: Lang) {
        for format in Format::ALL {
            let mut wanted = !self.without.contains(&format);
            if ui.checkbox(&mut wanted, name(format, lang)).changed() {
                if wanted {
                    self.without.remove(&format);
                } else {
                    self.without.insert(format);
                }
            }
        }
        let words = lang.t("報告書に、確認の結果を付録として付ける", "An annex of the checks in the report");
        ui.checkbox(&mut self.checks, words);
        let pdf = !self.without.contains(&Format::Pdf);
        let words = lang.t("PDF を長期保存用（PDF/A）にする", "PDF for archives (PDF/A)");
        ui.add_enabled(pdf, egui::Checkbox::new(&mut self.archival, words));
        kit::note(
            ui,
            lang.t(
                "評価データ（dossier.ron）と、改変を確かめるためのチェックサム（BagIt）は、いつも入ります。",
                "The dossier (dossier.ron) and the checksums that show alterations (BagIt) are always included.",
            ),
        );
    }

    fn structure(&mut self, ui: &mut Ui, lang: Lang) -> Option<Ask> {
        let mut chosen = None;
        for bundled in &BUNDLED {
            let Ok(structure) = bundled.structure() else { continue };
            if ui.radio(self.order == Order::Bundled(bundled), &structure.name).clicked() {
                chosen = Some(Order::Bundled(bundled));
            }
        }
        if let (Order::Own(structure), Some(file)) = (&self.order, &self.order_file) {
            let file = file.file_name().unwrap_or_default().to_string_lossy();
            let _ = ui.radio(true, format!("{}（{file}）", structure.name));
        }
        if let Some(order) = chosen {
            self.choose(order, None);
        }
        let mut ask = None;
        ui.horizontal_wrapped(|ui| {
            if button::plain(ui, lang.t("ひな形を読み込む…", "Read a template…")).clicked() {
                ask = Some(Ask::ReadTemplate);
            }
            if let Order::Bundled(bundled) = &self.order
                && button::plain(ui, lang.t("ひな形を書き出す…", "Write the template out…")).clicked()
            {
                ask = Some(Ask::WriteTemplate(bundled));
            }
        });
        egui::CollapsingHeader::new(lang.t("載せる章", "Sections")).id_salt("sections").show(ui, |ui| {
            let structure = match &self.order {
                Order::Bundled(bundled) => bundled.structure().ok(),
                Order::Own(structure) => Some((**structure).clone()),
            };
            for choice in structure.iter().flat_map(Structure::choices) {
                ui.horizontal(|ui| {
                    let under = choice.path.len() > 1;
                    ui.add_space(if under { space::SHEET } else { 0.0 });
                    let gone_above = under && self.left_out.contains(&choice.path[..1]);
                    let mut wanted = !gone_above && !self.left_out.contains(&choice.path);
                    let check = egui::Checkbox::new(&mut wanted, choice.heading);
                    if ui.add_enabled(!gone_above, check).changed() {
                        if wanted {
                            self.left_out.remove(&choice.path);
                        } else {
                            self.left_out.insert(choice.path);
                        }
                    }
                });
            }
        });
        ask
    }

    /// The way out: the button, or how far it is; what came of it.
    fn write(&mut self, ui: &mut Ui, lang: Lang) -> Option<Ask> {
        let mut ask = None;
        if let Some(job) = &self.job {
            let (fraction, what) = job.progress();
            if kit::loading(ui, &what, Some(fraction), lang.t("やめる", "Cancel")) {
                job.cancel();
            }
        } else {
            let ready = !self.anonymous || self.mentions.are_settled(&self.names);
            let words = lang.t("書き出し先を選んで始める…", "Choose where to write and begin…");
            if ui.add_enabled_ui(ready, |ui| button::primary(ui, words).clicked()).inner {
                ask = Some(Ask::Write);
            }
            if !ready && !self.mentions.is_looking() {
                kit::note(
                    ui,
                    lang.t(
                        "本文の氏名をどうするか決めると書き出せます。",
                        "Decide on the names in the texts first.",
                    ),
                );
            }
        }
        if let Some(trouble) = &self.trouble {
            kit::trouble(
                ui,
                lang.t("できませんでした", "It was not done"),
                trouble,
                lang.t(
                    "評価データも、書き出し先にあったファイルも、変わっていません。",
                    "The dossier and what was at the target are unchanged.",
                ),
            );
        }
        if let Some(done) = &self.done {
            kit::sheet(ui, lang.t("できあがり", "Written"), None, |_| (), |ui| finished(ui, lang, done));
        }
        ask
    }

    fn pages(&mut self, ui: &mut Ui, lang: Lang, document: &Document) {
        let title = lang.t("プレビュー", "Preview");
        let options = self.options(lang);
        let undecided = self.anonymous && !self.mentions.are_settled(&self.names);
        kit::sheet(
            ui,
            title,
            None,
            |_| (),
            |ui| {
                if undecided {
                    kit::note(
                        ui,
                        lang.t(
                            "本文の氏名をどうするか決めると、ここにページが出ます。",
                            "The pages show here once the names in the texts are decided on.",
                        ),
                    );
                } else {
                    self.preview.show(ui, lang, state(document), document.settled(), &options);
                }
            },
        );
    }
}

fn name(format: Format, lang: Lang) -> &'static str {
    match format {
        Format::Pdf => lang.t("技術評価報告書（PDF）", "The evaluation report (PDF)"),
        Format::Slides => {
            lang.t("会議資料（PDF、A4 横、投影用）", "Material for the meeting (PDF, for projection)")
        }
        Format::Docx => lang.t("Word で直せる報告書（DOCX）", "The report to edit in Word (DOCX)"),
        Format::Xlsx => {
            lang.t("評価データのブックと結果（Excel）", "The workbook with data and results (Excel)")
        }
        Format::Csv => lang.t("表（CSV）と datapackage.json", "The tables (CSV) and datapackage.json"),
        Format::Figures => lang.t("図（SVG・PNG）", "The figures (SVG and PNG)"),
    }
}

fn finished(ui: &mut Ui, lang: Lang, done: &Outcome) {
    let path = done.path.display().to_string();
    kit::prose(ui, &path);
    let (files, kib) = (done.files, done.bytes.div_ceil(1024));
    let pages =
        done.pages.map(|pages| tr!(lang, "報告書 {pages} ページ、", "{pages} pages, ")).unwrap_or_default();
    kit::note(ui, &tr!(lang, "{pages}{files} 個のファイル、{kib} KiB", "{pages}{files} files, {kib} KiB"));
    for remark in &done.remarks {
        badge(ui, Kind::Caution, remark);
    }
    ui.add_space(space::TIGHT);
    ui.horizontal_wrapped(|ui| {
        if button::with_icon(ui, Icon::Document, lang.t("開く", "Open")).clicked()
            && let Err(error) = opener::open(&done.path)
        {
            tracing::warn!("the bundle did not open: {error}");
        }
        if button::with_icon(ui, Icon::Folder, lang.t("フォルダーで表示", "Show in folder")).clicked()
            && let Err(error) = opener::reveal(&done.path)
        {
            tracing::warn!("the file manager did not open: {error}");
        }
    });
}
