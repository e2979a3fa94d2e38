//! The pages as they will be written: laid out and drawn in the background, one page at a time.

use super::State;
use crate::app::files::waker;
use crate::app::kit::{self, button};
use crate::app::theme::{Palette, Type, space};
use crate::chart::png::Picture;
use crate::locale::Lang;
use crate::model::Snapshot;
use crate::report::preview::{self, Sheet};
use crate::report::{Options, ReportError};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::{ColorImage, Context, Key, Role, Sense, TextureHandle, TextureOptions, Ui, WidgetInfo, vec2};
use std::sync::Arc;

/// What pages show: a document's state, and how it is laid out.
type Subject = (State, Options, Sheet);

/// The pages being looked at.
#[derive(Default)]
pub(super) struct Preview {
    sheet: Sheet,
    page: usize,
    /// What is laid out, or is being.
    of: Option<Subject>,
    laying: Option<Job<Result<preview::Preview, ReportError>>>,
    laid: Option<Arc<preview::Preview>>,
    drawing: Option<(View, Job<Result<Picture, ReportError>>)>,
    drawn: Option<(View, TextureHandle)>,
    trouble: Option<String>,
}

/// A page at a size: its number, and pixels a thousand points.
type View = (usize, u32);

impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Preview").field("page", &self.page).finish_non_exhaustive()
    }
}

impl Preview {
    /// Takes what the jobs have done.
    pub(super) fn poll(&mut self, ctx: &Context, lang: Lang) {
        if let Some(job) = &self.laying {
            match job.poll() {
                Poll::Running => {}
                Poll::Done(Ok(laid)) => {
                    self.page = self.page.min(laid.len().saturating_sub(1));
                    self.laid = Some(Arc::new(laid));
                    self.drawn = None;
                    self.drawing = None;
                    self.trouble = None;
                    self.laying = None;
                }
                Poll::Done(Err(ReportError::Cancelled)) => self.laying = None,
                Poll::Done(Err(error)) => {
                    self.trouble = Some(error.message(lang));
                    self.laying = None;
                }
                Poll::Broken => {
                    self.trouble = Some(String::new());
                    self.laying = None;
                }
            }
        }
        if let Some((view, job)) = &self.drawing {
            match job.poll() {
                Poll::Running => {}
                Poll::Done(Ok(picture)) => {
                    let image = ColorImage::from_rgba_premultiplied(picture.size, &picture.rgba);
                    let texture = ctx.load_texture("preview page", image, TextureOptions::LINEAR);
                    self.drawn = Some((*view, texture));
                    self.drawing = None;
                }
                Poll::Done(Err(error)) => {
                    self.trouble = Some(error.message(lang));
                    self.drawing = None;
                }
                Poll::Broken => self.drawing = None,
            }
        }
    }

    /// Shows the pages of a document as `options` say, laying them out anew where either has changed.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        lang: Lang,
        state: State,
        dossier: &Snapshot,
        options: &Options,
    ) {
        let tabs = [
            (Sheet::Report, lang.t("報告書", "Report")),
            (Sheet::Slides, lang.t("会議資料", "Meeting material")),
        ];
        if kit::tabs(ui, lang, &tabs, &mut self.sheet) {
            self.page = 0;
        }
        self.lay_out(ui.ctx(), lang, (state, options.clone(), self.sheet), dossier);
        if let Some(trouble) = &self.trouble {
            kit::trouble(
                ui,
                lang.t("ページを組めませんでした", "The pages could not be laid out"),
                trouble,
                lang.t("評価データは変わっていません。", "The dossier is unchanged."),
            );
            return;
        }
        let Some(laid) = self.laid.clone() else {
            if self.laying.is_some() {
                let words = lang.t("ページを組んでいます", "Laying out the pages");
                if kit::loading(ui, words, None, lang.t("やめる", "Cancel")) {
                    self.cancel();
                }
            } else if button::plain(ui, lang.t("ページを見る", "Show the pages")).clicked() {
                // What was cancelled begins anew.
                self.of = None;
            }
            return;
        };
        self.walk(ui, lang, laid.len());
        self.sheet_of_paper(ui, lang, &laid);
    }

    fn lay_out(&mut self, ctx: &Context, lang: Lang, subject: Subject, dossier: &Snapshot) {
        if self.of.as_ref() == Some(&subject) || self.laying.is_some() {
            return;
        }
        // What only concerns the bundle changes no page.
        if self.of.as_ref().is_some_and(|of| same_pages(of, &subject)) && self.trouble.is_none() {
            self.of = Some(subject);
            return;
        }
        if self.of.as_ref().is_some_and(|of| of.2 != subject.2) {
            self.laid = None;
        }
        let (dossier, options, sheet) = (dossier.clone(), subject.1.clone(), subject.2);
        self.of = Some(subject);
        let name = lang.t("プレビュー", "Preview");
        let work = move |progress: &dyn crate::tasks::progress::Progress| {
            preview::Preview::of(&dossier.to_dossier(), &options, sheet, progress)
        };
        match Job::start(name, waker(ctx), work) {
            Ok(job) => self.laying = Some(job),
            Err(error) => self.trouble = Some(error.to_string()),
        }
    }

    fn cancel(&mut self) {
        if let Some(job) = self.laying.take() {
            job.cancel();
        }
    }

    /// The page's number, and ways to others.
    fn walk(&mut self, ui: &mut Ui, lang: Lang, pages: usize) {
        let last = pages.saturating_sub(1);
        ui.horizontal_wrapped(|ui| {
            let enabled = |ui: &mut Ui, on: bool, words: &str| {
                ui.add_enabled_ui(on, |ui| button::plain(ui, words).clicked()).inner
            };
            if enabled(ui, self.page > 0, lang.t("前のページ", "Previous")) {
                self.page -= 1;
            }
            if enabled(ui, self.page < last, lang.t("次のページ", "Next")) {
                self.page += 1;
            }
            let mut number = self.page + 1;
            let name = lang.t("ページ", "Page");
            let drag = egui::DragValue::new(&mut number).range(1..=pages.max(1)).speed(0.2);
            let response = ui.add(drag);
            response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
            self.page = number.clamp(1, pages.max(1)) - 1;
            ui.label(Type::Body.text(format!("/ {pages}")));
            if self.laying.is_some() {
                kit::note(ui, lang.t("組み直しています…", "Laying out anew…"));
            }
        });
        // Where nothing is being typed, the keys of a reader turn pages.
        if ui.memory(|memory| memory.focused().is_none()) {
            let (back, on) =
                ui.input(|input| (input.key_pressed(Key::PageUp), input.key_pressed(Key::PageDown)));
            if back {
                self.page = self.page.saturating_sub(1);
            }
            if on {
                self.page = (self.page + 1).min(last);
            }
        }
    }

    fn sheet_of_paper(&mut self, ui: &mut Ui, lang: Lang, laid: &Arc<preview::Preview>) {
        let Some([width, height]) = laid.size(self.page) else { return };
        let room = ui.available_width().min(760.0);
        let size = vec2(room, room * height / width);
        // Drawn at the screen's own resolution; a little more or less of room draws nothing anew.
        let scale = (room * ui.pixels_per_point() / width * 8.0).round() / 8.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
        let view: View = (self.page, (scale.clamp(0.25, 4.0) * 1000.0) as u32);
        let shown = self.drawn.as_ref().is_some_and(|(drawn, _)| *drawn == view);
        let coming = self.drawing.as_ref().is_some_and(|(drawing, _)| *drawing == view);
        if !shown && !coming {
            let (laid, (page, _)) = (Arc::clone(laid), view);
            let scale = scale.clamp(0.25, 4.0);
            let name = lang.t("ページを描く", "Draw a page");
            match Job::start(name, waker(ui.ctx()), move |_| laid.draw(page, scale)) {
                Ok(job) => self.drawing = Some((view, job)),
                Err(error) => self.trouble = Some(error.to_string()),
            }
        }
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let page = self.page + 1;
        let name = tr!(lang, "{page} ページ", "Page {page}");
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        let p = Palette::of(ui);
        ui.painter().rect_filled(rect, 0.0, egui::Color32::WHITE);
        if let Some((drawn, texture)) = &self.drawn
            && drawn.0 == self.page
        {
            let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, egui::Color32::WHITE);
        }
        ui.painter().rect_stroke(rect, 0.0, egui::Stroke::new(1.0, p.rule), egui::StrokeKind::Outside);
        ui.add_space(space::INSIDE);
    }
}

/// Whether two subjects look alike: formats and standards change the files, not the pages.
fn same_pages(a: &Subject, b: &Subject) -> bool {
    let looks = |options: &Options| Options {
        formats: std::collections::BTreeSet::new(),
        archival: false,
        lang: Lang::Ja,
        ..options.clone()
    };
    (a.0, a.2) == (b.0, b.2) && looks(&a.1) == looks(&b.1)
}
