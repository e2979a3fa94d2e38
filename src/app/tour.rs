//! The tour of four steps that the first start shows beside the page, once. Help shows it again.

use super::command::Command;
use super::cx::Action;
use super::kit::areas::{self, Area};
use super::kit::{self, Icon, button, icon_button};
use super::theme::{Palette, Type, space};
use super::window::Window;
use crate::locale::{Both, Lang};
use crate::{both, tr};
use egui::{Frame, Margin, Panel, Ui};

/// A step: what it is about, what it says, and what can be done at once.
struct Step {
    title: Both,
    text: Both,
    offer: Option<Command>,
}

fn steps() -> [Step; 4] {
    [
        Step {
            title: both!("評価データを開く", "Open a dossier"),
            text: both!(
                "一つの評価の資料・評点・コメントは、一つのファイル（評価データ）に収まります。はじめは、実際の評価を収めたサンプルを開いてみてください。自分の評価は新規作成から始め、Excel の表は取り込んで使えます。",
                "The material, scores and comments of one evaluation are in one file, the dossier. Begin with the sample, which holds a real evaluation. Start your own with “New”, and bring tables from Excel in with “Import”."
            ),
            offer: Some(Command::OpenSample),
        },
        Step {
            title: both!("資料を読み、その場で直す", "Read, and edit in place"),
            text: both!(
                "左の一覧でプロジェクトを選び、上のタブで予算・アウトカムなどに移ります。値は押せばそのまま書き換えられ、どの変更も元に戻せます（Ctrl+Z）。編集中の内容は 1 秒以内に控えられ、停電の後も復元できます。",
                "Choose a project in the list on the left, and its parts by the tabs above. Values are edited where they stand, and every change can be undone. What you type is noted within a second, and can be restored after a power cut."
            ),
            offer: None,
        },
        Step {
            title: both!("評点とコメントを集める", "Collect scores and comments"),
            text: both!(
                "「評価の実施」で委員ごとの評価票を作って送り、戻った票を確かめて取り込みます。資料の横に評価票を開くと（Ctrl+B）、読みながら数字キーで評点を付けられます。",
                "Under “Rounds”, make a ballot for each member, send it, and merge what comes back after looking at it. With the ballot beside the material (Ctrl+B), scores are given by the number keys while you read."
            ),
            offer: None,
        },
        Step {
            title: both!("確かめて、報告書にする", "Check, and write the report"),
            text: both!(
                "「確認」に、合計の不一致や記入漏れが並びます。「書き出し」で報告書（PDF・Word）と表・図の一式ができます。キーボード操作の一覧は F1、この案内は「ヘルプ」からいつでも開けます。",
                "“Checks” lists totals that do not agree and what is missing. “Export” makes the report (PDF, Word) with its tables and figures. F1 lists the keys; “Help” opens this tour again."
            ),
            offer: Some(Command::Shortcuts),
        },
    ]
}

impl Window {
    /// Draws the tour beside the page, if it is open.
    pub(super) fn tour_panel(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        // A ballot needs the room, and is what its reader is here for.
        let (Some(at), lang) =
            (self.tour.filter(|_| self.ballot.is_none() && self.side.is_none()), self.lang)
        else {
            return;
        };
        if !self.prefs.toured {
            // Once is enough, however it ends.
            self.prefs.toured = true;
            self.remember();
        }
        let frame = Frame::NONE.fill(Palette::of(ui).sheet).inner_margin(Margin::symmetric(20, 16));
        let panel = Panel::right("tour").frame(frame).default_size(336.0).size_range(260.0..=420.0);
        let next = panel.show(ui, |ui| {
            areas::begin(ui, Area::Drawer);
            egui::ScrollArea::vertical().show(ui, |ui| page(ui, lang, at, actions)).inner
        });
        self.tour = next.inner;
    }
}

/// A step of the tour; the step to show next, or none to end it.
fn page(ui: &mut Ui, lang: Lang, at: usize, actions: &mut Vec<Action>) -> Option<usize> {
    let steps = steps();
    let step = &steps[at.min(steps.len() - 1)];
    let (n, all) = (at + 1, steps.len());
    let mut next = Some(at);
    ui.spacing_mut().item_spacing.y = space::INSIDE;
    ui.horizontal(|ui| {
        kit::note(ui, &tr!(lang, "はじめての案内　{n} / {all}", "A first tour, {n} of {all}"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, Icon::Close, lang.t("案内を閉じる", "Close the tour")).clicked() {
                next = None;
            }
        });
    });
    ui.label(Type::Panel.text(step.title.t(lang)));
    kit::prose(ui, step.text.t(lang));
    if let Some(command) = step.offer {
        ui.add_space(space::TIGHT);
        if button::plain(ui, command.label(lang)).clicked() {
            actions.push(Action::Do(command));
        }
    }
    ui.add_space(space::GROUP);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::INSIDE;
        if n < all {
            if button::primary(ui, lang.t("次へ", "Next")).clicked() {
                next = Some(at + 1);
            }
        } else if button::primary(ui, lang.t("はじめる", "Begin")).clicked() {
            next = None;
        }
        if at > 0 && button::plain(ui, lang.t("戻る", "Back")).clicked() {
            next = Some(at - 1);
        }
    });
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::kit::testing::harness;
    use egui::Key;
    use egui_kittest::kittest::Queryable;

    #[test]
    fn four_steps_are_walked_forward_and_back_and_it_ends_by_keys_alone() {
        for lang in Lang::ALL {
            let mut tour = harness(Some(0), move |ui, at: &mut Option<usize>| {
                if let Some(step) = *at {
                    *at = page(ui, lang, step, &mut Vec::new());
                }
            });
            tour.run();
            let (next, back, begin) =
                (lang.t("次へ", "Next"), lang.t("戻る", "Back"), lang.t("はじめる", "Begin"));
            let press = |tour: &mut egui_kittest::Harness<'_, Option<usize>>, label: &str| {
                tour.get_by_label(label).focus();
                tour.run();
                tour.key_press(Key::Enter);
                tour.run();
            };
            let mut seen = vec![*tour.state()];
            for label in [next, next, back, next, next, begin] {
                press(&mut tour, label);
                seen.push(*tour.state());
            }
            assert_eq!(seen, [Some(0), Some(1), Some(2), Some(1), Some(2), Some(3), None]);
        }
    }
}
