//! Everything that a menu, a shortcut or a button can ask for, in one list.

use crate::locale::Lang;
use egui::{Key, KeyboardShortcut, Modifiers};

/// A command of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Command {
    /// Begins an empty dossier.
    New,
    /// Opens a file.
    Open,
    /// Opens the bundled sample.
    OpenSample,
    /// Saves to the file it came from.
    Save,
    /// Saves to another file.
    SaveAs,
    /// Goes to the page where tables from outside are brought in.
    Import,
    /// Goes to the page from which the report bundle is exported.
    Export,
    /// Makes the report's PDF and shows it, to be printed.
    Print,
    /// Shows the start page.
    Start,
    /// Closes the window.
    Quit,
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Lists the steps that can be undone, to go to any of them.
    Steps,
    /// Finds a command or a page by its name.
    Palette,
    /// Finds a text in the dossier.
    Find,
    /// Finds a text and puts another in its place.
    Replace,
    /// Goes to the next place where the text was found.
    FindNext,
    /// Goes to the one before.
    FindPrevious,
    /// Goes back to the page that was shown before.
    Back,
    /// Goes forward again.
    Forward,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// 100 %.
    ZoomReset,
    /// Light or dark.
    Brightness,
    /// 日本語 or English.
    Language,
    /// Shows or hides a member's form beside the material.
    Ballot,
    /// Shows past messages.
    Messages,
    /// Lists the shortcuts.
    Shortcuts,
    /// Saves of itself, or not.
    Autosave,
    /// Shows the tour.
    Tour,
    /// What helps to find trouble.
    Diagnostics,
    /// Version and licences.
    About,
}

impl Command {
    /// All commands, in the order in which the list of shortcuts shows them.
    pub(crate) const ALL: [Self; 32] = [
        Self::New,
        Self::Open,
        Self::OpenSample,
        Self::Save,
        Self::SaveAs,
        Self::Import,
        Self::Export,
        Self::Print,
        Self::Start,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Steps,
        Self::Palette,
        Self::Find,
        Self::Replace,
        Self::FindNext,
        Self::FindPrevious,
        Self::Back,
        Self::Forward,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Brightness,
        Self::Language,
        Self::Ballot,
        Self::Messages,
        Self::Shortcuts,
        Self::Autosave,
        Self::Tour,
        Self::Diagnostics,
        Self::About,
    ];

    /// What the menu says. `…` ends a label that asks for more.
    pub(crate) fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::New => lang.t("新規作成", "New"),
            Self::Open => lang.t("開く…", "Open…"),
            Self::OpenSample => lang.t("サンプルを開く", "Open the sample"),
            Self::Save => lang.t("保存", "Save"),
            Self::SaveAs => lang.t("名前を付けて保存…", "Save as…"),
            Self::Import => lang.t("取り込む…", "Import…"),
            Self::Export => lang.t("報告書を書き出す…", "Export the report…"),
            Self::Print => lang.t("印刷…", "Print…"),
            Self::Start => lang.t("スタートページ", "Start page"),
            Self::Quit => lang.t("終了", "Quit"),
            Self::Undo => lang.t("元に戻す", "Undo"),
            Self::Redo => lang.t("やり直す", "Redo"),
            Self::Steps => lang.t("変更の履歴", "History of changes"),
            Self::Palette => lang.t("コマンドとページを探す…", "Find a command or a page…"),
            Self::Find => lang.t("評価データから探す…", "Find in the dossier…"),
            Self::Replace => lang.t("置き換える…", "Replace…"),
            Self::FindNext => lang.t("次の一致へ", "Next match"),
            Self::FindPrevious => lang.t("前の一致へ", "Previous match"),
            Self::Back => lang.t("前のページへ戻る", "Back"),
            Self::Forward => lang.t("次のページへ進む", "Forward"),
            Self::ZoomIn => lang.t("拡大", "Larger"),
            Self::ZoomOut => lang.t("縮小", "Smaller"),
            Self::ZoomReset => lang.t("100 % に戻す", "Back to 100 %"),
            Self::Brightness => lang.t("明るい／暗い表示", "Light or dark"),
            Self::Language => lang.t("English に切り替え", "日本語に切り替え"),
            Self::Ballot => lang.t("評価票を横に表示", "Ballot beside the material"),
            Self::Messages => lang.t("メッセージの履歴", "Past messages"),
            Self::Shortcuts => lang.t("キーボード操作の一覧", "Keyboard shortcuts"),
            Self::Autosave => lang.t("自動保存", "Save automatically"),
            Self::Tour => lang.t("はじめての案内", "A first tour"),
            Self::Diagnostics => lang.t("動作環境の情報", "Diagnostics"),
            Self::About => lang.t("Hyoka について", "About Hyoka"),
        }
    }

    /// The keys that give the command.
    pub(crate) fn shortcut(self) -> Option<KeyboardShortcut> {
        let ctrl = Modifiers::COMMAND;
        let shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let (modifiers, key) = match self {
            Self::New => (ctrl, Key::N),
            Self::Open => (ctrl, Key::O),
            Self::Save => (ctrl, Key::S),
            Self::SaveAs => (shift, Key::S),
            Self::Import => (ctrl, Key::I),
            Self::Export => (ctrl, Key::E),
            Self::Print => (ctrl, Key::P),
            Self::Quit => (ctrl, Key::Q),
            Self::Undo => (ctrl, Key::Z),
            Self::Redo => (shift, Key::Z),
            Self::Palette => (ctrl, Key::K),
            Self::Find => (ctrl, Key::F),
            Self::Replace => (ctrl, Key::H),
            Self::FindNext => (Modifiers::NONE, Key::F3),
            Self::FindPrevious => (Modifiers::SHIFT, Key::F3),
            Self::Back => (Modifiers::ALT, Key::ArrowLeft),
            Self::Forward => (Modifiers::ALT, Key::ArrowRight),
            Self::Steps => (shift, Key::H),
            Self::ZoomIn => (ctrl, Key::Plus),
            Self::ZoomOut => (ctrl, Key::Minus),
            Self::ZoomReset => (ctrl, Key::Num0),
            Self::Language => (shift, Key::L),
            Self::Ballot => (ctrl, Key::B),
            Self::Shortcuts => (Modifiers::NONE, Key::F1),
            Self::OpenSample
            | Self::Start
            | Self::Brightness
            | Self::Messages
            | Self::Autosave
            | Self::Tour
            | Self::Diagnostics
            | Self::About => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Whether a text field that has the focus keeps these keys for itself.
    pub(crate) fn yields_to_text(self) -> bool {
        // On a Mac, these arrows walk from word to word.
        let walks = cfg!(target_os = "macos") && matches!(self, Self::Back | Self::Forward);
        walks || matches!(self, Self::Undo | Self::Redo)
    }

    /// Whether the command needs an open dossier.
    pub(crate) fn needs_document(self) -> bool {
        matches!(
            self,
            Self::Save
                | Self::SaveAs
                | Self::Export
                | Self::Print
                | Self::Undo
                | Self::Redo
                | Self::Steps
                | Self::Find
                | Self::Replace
                | Self::FindNext
                | Self::FindPrevious
                | Self::Ballot
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_commands_share_keys_and_none_takes_plain_letters() {
        let mut seen = HashSet::new();
        for command in Command::ALL {
            if let Some(keys) = command.shortcut() {
                assert!(seen.insert(format!("{keys:?}")), "{command:?}");
                let function_key = matches!(keys.logical_key, Key::F1 | Key::F3);
                assert!(
                    function_key || keys.modifiers.command || keys.modifiers.alt,
                    "{command:?} would be typed into a field"
                );
            }
        }
    }

    #[test]
    fn a_text_field_keeps_its_own_keys() {
        let of_text_fields =
            [Key::A, Key::C, Key::X, Key::V, Key::Y, Key::Backspace, Key::Home, Key::End, Key::ArrowLeft];
        for command in Command::ALL.into_iter().filter(|command| !command.yields_to_text()) {
            let taken = command
                .shortcut()
                .is_some_and(|keys| !keys.modifiers.alt && of_text_fields.contains(&keys.logical_key));
            assert!(!taken, "{command:?}");
        }
    }

    /// The keys that a line of the list of a table's keys stands for: 「Ctrl + D / R」.
    fn of_table(line: &str) -> Vec<KeyboardShortcut> {
        let modifier = |name: &str| match name {
            "Ctrl" => Some(Modifiers::COMMAND),
            "Shift" => Some(Modifiers::SHIFT),
            "Alt" => Some(Modifiers::ALT),
            _ => None,
        };
        let key = |name: &str| match name {
            "↑" => Some(Key::ArrowUp),
            "↓" => Some(Key::ArrowDown),
            "←" => Some(Key::ArrowLeft),
            "→" => Some(Key::ArrowRight),
            name => Key::from_name(name),
        };
        let (keys, held) = line.rsplit_once(" + ").map_or((line, None), |(held, keys)| (keys, Some(held)));
        let mut modifiers = vec![Modifiers::NONE];
        for part in held.into_iter().flat_map(|held| held.split(" + ")) {
            let names: Vec<Modifiers> = part.split(" / ").map(|name| modifier(name).expect(name)).collect();
            modifiers = modifiers.iter().flat_map(|held| names.iter().map(|more| *held | *more)).collect();
        }
        let keys = keys.split([' ', '/']).filter(|name| !name.is_empty()).map(|name| key(name).expect(name));
        keys.flat_map(|key| modifiers.iter().map(move |held| KeyboardShortcut::new(*held, key))).collect()
    }

    #[test]
    fn a_table_keeps_its_own_keys() {
        let ctrl = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        assert_eq!(of_table("Ctrl + C / X / V"), [Key::C, Key::X, Key::V].map(ctrl));
        let tables: HashSet<_> = crate::app::kit::table::KEYS
            .iter()
            .flat_map(|(line, ..)| of_table(line))
            .map(|k| format!("{k:?}"))
            .collect();
        assert!(tables.len() > 20, "{tables:?}");
        for command in Command::ALL {
            let taken = command.shortcut().is_some_and(|keys| tables.contains(&format!("{keys:?}")));
            assert!(!taken, "{command:?}");
        }
    }

    #[test]
    fn every_command_is_listed_once_with_both_labels() {
        assert_eq!(Command::ALL.iter().collect::<HashSet<_>>().len(), Command::ALL.len());
        for lang in Lang::ALL {
            let labels: HashSet<_> = Command::ALL.iter().map(|command| command.label(lang)).collect();
            assert_eq!(labels.len(), Command::ALL.len());
        }
    }
}
