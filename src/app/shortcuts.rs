//! キーボード操作の一覧: which keys do what, group by group; commands, the window, text, tables and the ballot.

use super::command::Command;
use super::kit::{self, areas, field, score, table};
use super::theme::space;
use crate::locale::Lang;
use egui::{Align, Layout, Ui, UiBuilder, vec2};

/// The width from which the groups stand in two columns, in points.
const TWO_COLUMNS: f32 = 700.0;

/// A group of commands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    File,
    Edit,
    Find,
    View,
}

impl Group {
    const ALL: [Self; 4] = [Self::File, Self::Edit, Self::Find, Self::View];

    fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::File => lang.t("ファイルと入出力", "Files, import and export"),
            Self::Edit => lang.t("変更を戻す・やり直す", "Undo and redo"),
            Self::Find => lang.t("探す・ページを移る", "Find and go"),
            Self::View => lang.t("表示とヘルプ", "View and help"),
        }
    }

    fn of(command: Command) -> Self {
        match command {
            Command::New
            | Command::Open
            | Command::OpenSample
            | Command::Save
            | Command::SaveAs
            | Command::Import
            | Command::Export
            | Command::Print
            | Command::Autosave
            | Command::Quit => Self::File,
            Command::Undo | Command::Redo | Command::Steps => Self::Edit,
            Command::Palette
            | Command::Find
            | Command::Replace
            | Command::FindNext
            | Command::FindPrevious
            | Command::Start
            | Command::Back
            | Command::Forward => Self::Find,
            Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
            | Command::Brightness
            | Command::Language
            | Command::Ballot
            | Command::Messages
            | Command::Shortcuts
            | Command::Tour
            | Command::Diagnostics
            | Command::About => Self::View,
        }
    }
}

/// A title, and lines of what is done and by which keys.
type Part = (&'static str, Vec<(String, String)>);

/// Keys as commands' are written: without air around the plus.
fn close_set(keys: &str) -> String {
    keys.replace(" + ", "+")
}

/// What the list says, in its order; `written` writes the keys of a command.
fn parts(lang: Lang, written: impl Fn(&egui::KeyboardShortcut) -> String) -> Vec<Part> {
    let commands = Group::ALL.map(|group| {
        let of_group = Command::ALL.into_iter().filter(|command| Group::of(*command) == group);
        let lines = of_group.filter_map(|command| {
            let label = command.label(lang).trim_end_matches('…').to_owned();
            command.shortcut().map(|keys| (label, written(&keys)))
        });
        (group.title(lang), lines.collect())
    });
    let listed = |keys: &[(&str, &'static str, &'static str)]| {
        keys.iter().map(|(keys, ja, en)| (lang.t(ja, en).to_owned(), close_set(keys))).collect()
    };
    let others = [
        (lang.t("画面の中を移る", "Within the window"), listed(&areas::KEYS)),
        (lang.t("文章の欄", "Text fields"), listed(&field::KEYS)),
        (lang.t("表", "Tables"), listed(&table::KEYS)),
        (lang.t("評価票の評点", "Scores on a ballot"), listed(&score::KEYS)),
    ];
    commands.into_iter().chain(others).collect()
}

/// Draws the list.
pub(super) fn show(ui: &mut Ui, lang: Lang) {
    let parts = parts(lang, |keys| ui.ctx().format_shortcut(keys));
    let room = ui.available_width();
    if room < TWO_COLUMNS {
        for part in &parts {
            self::part(ui, part);
        }
        return;
    }
    // The first column ends with the group that reaches the middle.
    let heights: Vec<usize> = parts.iter().map(|(_, lines)| lines.len() + 2).collect();
    let first = middle(&heights);
    let width = (room - 2.0 * space::SHEET) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * space::SHEET;
        for column in [&parts[..first], &parts[first..]] {
            let builder = UiBuilder::new().layout(Layout::top_down(Align::Min));
            ui.scope_builder(builder, |ui| {
                ui.set_width(width);
                for part in column {
                    self::part(ui, part);
                }
            });
        }
    });
}

/// After how many groups of these heights a second column begins, so that the longer one is as short as can be.
fn middle(heights: &[usize]) -> usize {
    let all: usize = heights.iter().sum();
    let longer = |first: &usize| {
        let left: usize = heights[..*first].iter().sum();
        left.max(all - left)
    };
    (0..=heights.len()).min_by_key(longer).unwrap_or_default()
}

/// A group: its title, and a line for each deed with its keys at the right.
fn part(ui: &mut Ui, (title, lines): &Part) {
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    kit::subheading(ui, title);
    for (label, keys) in lines {
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), 24.0),
            Layout::right_to_left(Align::Center),
            |ui| {
                kit::key_hint(ui, keys);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(label).truncate());
                });
            },
        );
    }
    ui.add_space(space::INSIDE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_stands_in_one_group_and_every_line_says_something() {
        for lang in Lang::ALL {
            let parts = parts(lang, |keys| format!("{keys:?}"));
            let listed: Vec<&String> =
                parts[..4].iter().flat_map(|(_, lines)| lines).map(|(_, keys)| keys).collect();
            let known: Vec<_> = Command::ALL.iter().filter_map(|command| command.shortcut()).collect();
            assert_eq!(listed.len(), known.len());
            for keys in known {
                let keys = format!("{keys:?}");
                assert_eq!(listed.iter().filter(|line| ***line == keys).count(), 1, "{keys}");
            }
            let empty = |text: &str| text.trim().is_empty();
            assert!(parts.iter().all(|(title, lines)| !empty(title) && !lines.is_empty()));
            let mut all = parts.iter().flat_map(|(_, lines)| lines);
            assert!(all.all(|(label, keys)| !empty(label) && !empty(keys) && !keys.contains(" + ")));
        }
    }

    #[test]
    fn the_columns_are_about_as_long() {
        assert_eq!(middle(&[4, 4, 4, 4]), 2);
        assert_eq!(middle(&[10, 1, 1, 1]), 1);
        assert_eq!(middle(&[1, 1, 1, 10]), 3);
    }
}
