//! The search as it stands at the right of the window: the query, what was found page by page, and the replacement.

use super::work::{Answer, Told};
use super::{PORTION, key};
use crate::app::cx::Action;
use crate::app::kit::{self, Icon, button, field, icon_button, note};
use crate::app::theme::{Palette, Type, space};
use crate::app::window::Window;
use crate::app::{crumbs, kit::seek};
use crate::find::{Snippet, replaced};
use crate::locale::Lang;
use crate::tr;
use egui::text::{LayoutJob, TextFormat};
use egui::{Frame, Key, Margin, Panel, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

/// How many characters of the text stand before a hit at most.
const BEFORE: usize = 12;
/// And at most behind it; what does not fit into the line ends in ….
const AFTER: usize = 60;
/// The height of a line of a hit.
const LINE: f32 = 22.0;
/// The column of the ticks.
const TICK: f32 = 30.0;

/// What was asked for in the panel.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    Close,
    Next,
    Go(usize),
    More,
    Replace,
}

impl Window {
    /// Draws the panel.
    pub(in crate::app) fn find_panel(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        debug_assert!(!seek::is_underway(ui.ctx()), "the fields of the panel are none of the page's");
        let p = Palette::of(ui);
        let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin::symmetric(16, 12));
        let widest = (ui.available_width() - 360.0).clamp(300.0, 640.0);
        let mut wish = None;
        Panel::right("find").frame(frame).default_size(400.0).size_range(300.0..=widest).show(ui, |ui| {
            wish = self.find_head(ui);
            if self.find.replacing {
                let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin { top: 8, ..Margin::ZERO });
                let foot = Panel::bottom("find foot").frame(frame).show(ui, |ui| self.find_foot(ui)).inner;
                wish = wish.take().or(foot);
            }
            ui.add_space(space::TIGHT);
            let list = kit::scroll(ui, "found", |ui| self.found(ui));
            wish = wish.take().or(list);
        });
        match wish {
            None => {}
            Some(Wish::Close) => self.side = None,
            Some(Wish::Next) => {
                let ctx = ui.ctx().clone();
                let back = ctx.input(|input| input.modifiers.shift);
                self.step_through_hits(&ctx, !back);
            }
            Some(Wish::Go(at)) => self.go_to_hit(&ui.ctx().clone(), at, actions),
            Some(Wish::More) => self.find.limit = self.find.limit.saturating_add(PORTION),
            Some(Wish::Replace) => self.replace_ticked(&ui.ctx().clone()),
        }
    }

    /// What is looked for, and how.
    fn find_head(&mut self, ui: &mut Ui) -> Option<Wish> {
        let lang = self.lang;
        let find = &mut self.find;
        let mut wish = None;
        ui.spacing_mut().item_spacing.y = space::INSIDE;
        ui.horizontal(|ui| {
            ui.label(Type::Panel.text(lang.t("検索", "Find")));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = lang.t("検索を閉じる", "Close the search");
                if icon_button(ui, Icon::Close, close).clicked() {
                    wish = Some(Wish::Close);
                }
            });
        });
        let before = find.query.text.clone();
        let options = field::Options::default()
            .boxed()
            .placeholder(lang.t("評価データの中の言葉や数値", "Words or figures in the dossier"));
        let name = lang.t("探す言葉", "Text to find");
        let response = field::line(ui, "query", name, &mut find.query.text, &options);
        if std::mem::take(&mut find.begin) {
            select_all(ui, &response, &find.query.text);
        }
        let leaving = find.leaving > 0;
        find.leaving = find.leaving.saturating_sub(1);
        match left(ui, &response) {
            Some(Left::Enter) => wish = Some(Wish::Next),
            Some(Left::Escape) if leaving => {}
            Some(Left::Escape) => {
                // The field has put back what it held before; the query is to stay as it was typed.
                find.query.text.clone_from(&before);
                wish = Some(Wish::Close);
            }
            None => {}
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::GROUP, space::TIGHT);
            let words = lang.t("文字どおりに探す", "Match exactly");
            let why = lang.t(
                "大文字と小文字、全角と半角、ひらがなとカタカナ、異体字、和文の中の空白の違いを区別します",
                "Tells capitals, full and half width, hiragana and katakana, old characters and white space apart",
            );
            ui.checkbox(&mut find.query.exact, words).on_hover_text(why);
            ui.checkbox(&mut find.replacing, lang.t("置き換える", "Replace"));
        });
        if find.replacing {
            let options = field::Options::default()
                .boxed()
                .placeholder(lang.t("置き換え後の言葉（空欄なら削除）", "The new text (none deletes)"));
            let before = find.with.clone();
            let response =
                field::line(ui, "with", lang.t("置き換え後の言葉", "New text"), &mut find.with, &options);
            if left(ui, &response) == Some(Left::Escape) && !leaving {
                find.with = before;
                wish = Some(Wish::Close);
            }
        }
        if find.query.text != before {
            find.limit = PORTION;
        }
        self.find_state(ui);
        wish
    }

    /// How much was found.
    fn find_state(&mut self, ui: &mut Ui) {
        let lang = self.lang;
        let find = &mut self.find;
        if find.broken {
            let words = lang.t("検索が途中で終わりました。", "The search ended early.");
            ui.label(Type::Small.text(words).color(Palette::of(ui).alarm));
            if button::quiet(ui, None, lang.t("もう一度探す", "Search again")).clicked() {
                find.broken = false;
            }
            return;
        }
        let words = match &find.answer {
            _ if find.query.text.trim().is_empty() => lang
                .t(
                    "資料、評価、報告書のすべての欄から探します。",
                    "Every field of the material, the evaluation and the report is searched.",
                )
                .to_owned(),
            Some(answer) if find.is_current() => {
                let (n, fields) = (answer.total, answer.fields);
                match (n, find.chosen) {
                    (0, _) => lang.t("見つかりませんでした。", "Nothing was found.").to_owned(),
                    (_, Some(at)) => {
                        let at = at + 1;
                        tr!(
                            lang,
                            "{n} か所（{fields} 欄）の {at} 番目",
                            "{at} of {n} places in {fields} fields"
                        )
                    }
                    _ => tr!(lang, "{n} か所（{fields} 欄）", "{n} places in {fields} fields"),
                }
            }
            _ => lang.t("探しています…", "Searching…").to_owned(),
        };
        let response = note(ui, &words);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }

    /// The list of what was found.
    fn found(&mut self, ui: &mut Ui) -> Option<Wish> {
        let lang = self.lang;
        let Some(document) = &self.document else { return None };
        let find = &mut self.find;
        let answer = find.answer.take().filter(|_| !find.query.text.trim().is_empty())?;
        let mut list = List {
            lang,
            // What is being searched for anew stays in view meanwhile.
            answer: &answer,
            with: find.replacing.then_some(find.with.as_str()),
            left_out: &mut find.left_out,
            chosen: find.chosen,
            reveal: std::mem::take(&mut find.reveal),
            wish: None,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        for group in &answer.groups {
            let title = crumbs::said(&group.route, &document.dossier, lang);
            List::title(ui, &title, group.total);
            for at in group.hits.clone() {
                ui.push_id(at, |ui| list.hit(ui, at, &title));
            }
        }
        let mut wish = list.wish;
        let rest = answer.total - answer.hits.len();
        if rest > 0 {
            ui.add_space(space::INSIDE);
            let words = tr!(lang, "残り {rest} か所をさらに表示", "Show more ({rest} left)");
            if button::plain(ui, &words).clicked() {
                wish = Some(Wish::More);
            }
        }
        find.answer = Some(answer);
        wish
    }

    /// What would be replaced, and the button that does it.
    fn find_foot(&mut self, ui: &mut Ui) -> Option<Wish> {
        let lang = self.lang;
        let ready = self.find.is_current() && !self.find.query.text.trim().is_empty();
        let Some(answer) = self.find.answer.as_ref().filter(|_| ready) else {
            note(ui, lang.t("探す言葉を入力してください。", "Type what to find first."));
            return None;
        };
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let open = answer.hits.iter().filter(|told| told.open).count();
        let (closed, rest) = (answer.hits.len() - open, answer.total - answer.hits.len());
        if closed > 0 {
            note(
                ui,
                &tr!(
                    lang,
                    "数値、年度、原文の表記など {closed} か所は置き換えません。",
                    "{closed} places (figures, years, printed originals …) are not replaced."
                ),
            );
        }
        if rest > 0 {
            note(
                ui,
                &tr!(
                    lang,
                    "表示していない {rest} か所は置き換えません。",
                    "{rest} places not shown are not replaced."
                ),
            );
        }
        let n = self.ticked().len();
        let mut wish = None;
        let mut all = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::TIGHT, space::TIGHT);
            let words = tr!(lang, "選んだ {n} か所を置き換える", "Replace in {n} places");
            if ui.add_enabled_ui(n > 0, |ui| button::primary(ui, &words)).inner.clicked() {
                wish = Some(Wish::Replace);
            }
            if n < open && button::quiet(ui, None, lang.t("すべて選ぶ", "Tick all")).clicked() {
                all = Some(true);
            }
            if n > 0 && button::quiet(ui, None, lang.t("すべて外す", "Tick none")).clicked() {
                all = Some(false);
            }
        });
        match all {
            Some(true) => self.find.left_out.clear(),
            Some(false) => {
                if let Some(answer) = &self.find.answer {
                    self.find.left_out.extend(answer.hits.iter().map(|told| key(&told.hit)));
                }
            }
            None => {}
        }
        wish
    }
}

/// The list while it is drawn.
struct List<'a> {
    lang: Lang,
    answer: &'a Answer,
    /// What comes in the place of what was found, where something does.
    with: Option<&'a str>,
    left_out: &'a mut std::collections::HashSet<super::Key>,
    chosen: Option<usize>,
    reveal: bool,
    wish: Option<Wish>,
}

impl List<'_> {
    /// The page that the hits beneath are on.
    fn title(ui: &mut Ui, title: &str, total: usize) {
        let p = Palette::of(ui);
        ui.add_space(space::INSIDE);
        ui.horizontal(|ui| {
            let count = Type::Small.text(total.to_string()).color(p.secondary);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(count);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let words = Type::SmallStrong.text(title).color(p.secondary);
                    let response = ui.add(egui::Label::new(words).truncate());
                    ui.ctx().accesskit_node_builder(response.id, |node| {
                        node.set_role(egui::accesskit::Role::Heading);
                    });
                });
            });
        });
    }

    fn hit(&mut self, ui: &mut Ui, at: usize, title: &str) {
        let told = &self.answer.hits[at];
        let preview = self.with.filter(|_| told.open);
        let lines = if preview.is_some() { 3.0 } else { 2.0 };
        let size = vec2(ui.available_width(), lines * LINE + space::INSIDE);
        let rect = Rect::from_min_size(ui.cursor().min, size);
        let chosen = self.chosen == Some(at);
        if chosen && self.reveal && !ui.clip_rect().y_range().contains(rect.center().y) {
            ui.scroll_to_rect(rect.expand(LINE), None);
        }
        if !ui.is_rect_visible(rect) {
            ui.allocate_space(size);
            return;
        }
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let tick = if self.with.is_some() { TICK } else { 0.0 };
        let body = Rect::from_min_max(rect.min + vec2(tick, 0.0), rect.max);
        let response = self.body(ui, told, body, preview, chosen, title);
        if response.clicked() {
            self.wish = Some(Wish::Go(at));
        }
        if self.with.is_some() {
            let square = Rect::from_min_size(rect.min + vec2(0.0, 4.0), vec2(TICK - 4.0, space::HIT));
            self.tick(ui, told, square);
        }
    }

    /// Whether the hit is to be replaced.
    fn tick(&mut self, ui: &mut Ui, told: &Told, square: Rect) {
        let lang = self.lang;
        if !told.open {
            let why = lang.t("ここは置き換えません", "This is not replaced");
            let icon = Rect::from_center_size(square.center(), vec2(14.0, 14.0));
            Icon::Lock.paint(ui, icon, Palette::of(ui).secondary);
            let response = ui.interact(square, ui.scope_id().with("closed"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, why));
            response.on_hover_text(why);
            return;
        }
        let key = key(&told.hit);
        let mut ticked = !self.left_out.contains(&key);
        let words = told.words.t(lang);
        let name = tr!(lang, "{words} を置き換える", "replace in {words}");
        let builder = egui::UiBuilder::new().max_rect(square);
        let response = ui
            .scope_builder(builder, |ui| ui.add(egui::Checkbox::without_text(&mut ticked)))
            .inner
            .accessible_name(name);
        if response.changed() {
            if ticked {
                self.left_out.remove(&key);
            } else {
                self.left_out.insert(key);
            }
        }
    }

    /// The place, the text around the hit, and the text as it would be.
    fn body(
        &self,
        ui: &Ui,
        told: &Told,
        rect: Rect,
        preview: Option<&str>,
        chosen: bool,
        title: &str,
    ) -> Response {
        let lang = self.lang;
        let p = Palette::of(ui);
        let response = ui.interact(rect, ui.scope_id().with("hit"), Sense::click());
        let of_hit = |before| Snippet::of(&told.hit.text, told.hit.range.clone(), before, AFTER);
        let before = before(rect.width());
        let words = told.words.t(lang);
        response.widget_info(|| {
            let Snippet { before, found, after } = of_hit(BEFORE);
            let said = format!("{title} › {words}: {before}{found}{after}");
            WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, said)
        });
        let fill = match (chosen, response.hovered()) {
            (true, _) => Some(p.accent_soft),
            (false, true) => Some(p.hover),
            _ => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, space::CORNER, fill);
        }
        if chosen {
            kit::chosen_bar(ui, rect);
        }
        let inner = rect.shrink2(vec2(space::INSIDE, 4.0));
        let mut line = 0.0;
        let mut put = |ui: &Ui, mut job: LayoutJob| {
            job.wrap.max_rows = 1;
            job.wrap.max_width = inner.width();
            job.wrap.break_anywhere = true;
            let galley = ui.painter().layout_job(job);
            let at = inner.min + vec2(0.0, line + (LINE - galley.size().y) / 2.0);
            ui.painter().galley(at, galley, p.ink);
            line += LINE;
        };
        put(ui, LayoutJob::simple(words.to_owned(), Type::Small.font(), p.secondary, f32::INFINITY));
        // What goes is struck through, and what comes is underlined: the tints alone would not tell them apart.
        let goes = preview.map(|_| Under::Struck).unwrap_or_default();
        put(ui, marked(&of_hit(before), p.ink, (p.ink, p.selection), goes));
        if let Some(with) = preview {
            let after = replaced(&told.hit.text, std::slice::from_ref(&told.hit.range), with);
            let start = told.hit.range.start;
            let snippet = Snippet::of(&after, start..start + with.len(), before, AFTER);
            put(ui, marked(&snippet, p.ink, (p.good, p.good_soft), Under::Lined));
        }
        if response.has_focus() {
            button::focus_ring(ui, rect);
        }
        response
    }
}

/// How many characters stand before a hit in a line of `width` points: few enough that the hit is seen.
fn before(width: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of characters")]
    let fitting = (width.max(0.0) * 0.4 / Type::Table.size()) as usize;
    fitting.clamp(3, BEFORE)
}

/// The line with what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Under {
    #[default]
    None,
    /// Through it: it goes.
    Struck,
    /// Under it: it comes.
    Lined,
}

/// A text with what was found in it on a ground of its own, in bold, and with its line.
fn marked(
    snippet: &Snippet,
    ink: egui::Color32,
    (found, ground): (egui::Color32, egui::Color32),
    under: Under,
) -> LayoutJob {
    let plain = TextFormat::simple(Type::Table.font(), ink);
    let line = |wanted| if under == wanted { egui::Stroke::new(1.0, found) } else { egui::Stroke::NONE };
    let strong = TextFormat {
        background: ground,
        strikethrough: line(Under::Struck),
        underline: line(Under::Lined),
        ..TextFormat::simple(Type::TableStrong.font(), found)
    };
    let mut job = LayoutJob::default();
    job.append(&snippet.before, 0.0, plain.clone());
    job.append(&snippet.found, 0.0, strong);
    job.append(&snippet.after, 0.0, plain);
    job
}

/// How a field was left by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Left {
    Enter,
    Escape,
}

/// How a field that has just lost the keyboard was left: by Enter, by Esc, or otherwise. Keys that belong to an input
/// method never reach this.
pub(in crate::app) fn left(ui: &Ui, response: &Response) -> Option<Left> {
    if !response.lost_focus() {
        return None;
    }
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        return Some(Left::Enter);
    }
    // The field has taken Esc for itself; otherwise the keyboard goes on to something else, or the pointer was used.
    let elsewhere = ui.memory(egui::Memory::focused).is_some();
    let used = ui.input(|input| {
        input.pointer.any_pressed() || input.pointer.any_down() || input.key_pressed(Key::Tab)
    });
    (!elsewhere && !used).then_some(Left::Escape)
}

/// Gives a field the keyboard with all of its text selected, so that typing begins anew.
pub(in crate::app) fn select_all(ui: &Ui, response: &Response, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), response.id);
    response.request_focus();
}
