//! What keys ask of a table whose cells are walked.

use egui::{Event, ImeEvent, Key, Modifiers};

use super::grid::Step;

/// What is to be done in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// To another cell; with the far corner of the selection where it is to grow.
    Step(Step, bool),
    /// Edits the current cell, or works its choice or tick.
    Edit,
    /// As [`Deed::Edit`] where there is no text to edit.
    Work,
    /// Empties what is selected.
    Clear,
    Copy,
    Cut,
    Paste(String),
    /// Fills what is selected from its first row, or its first column.
    FillDown,
    FillRight,
    SelectAll,
    SelectRows,
    SelectColumns,
    /// Selects the current cell alone, or leaves the table.
    Escape,
    /// Shows what is known of the current cell.
    Note,
    MoveUp,
    MoveDown,
    InsertRow,
    RemoveRows,
    /// Makes the current column narrower or wider.
    Narrow,
    Widen,
}

impl Deed {
    /// Whether it changes what the cells hold or which rows there are.
    pub(super) fn edits(&self) -> bool {
        matches!(
            self,
            Self::Clear
                | Self::Cut
                | Self::Paste(_)
                | Self::FillDown
                | Self::FillRight
                | Self::MoveUp
                | Self::MoveDown
                | Self::InsertRow
                | Self::RemoveRows
        )
    }

    /// What `event` asks for.
    pub(super) fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Copy => Some(Self::Copy),
            Event::Cut => Some(Self::Cut),
            Event::Paste(text) => Some(Self::Paste(text.clone())),
            Event::Key { key, pressed: true, modifiers, .. } => Self::of_key(*key, *modifiers),
            _ => None,
        }
    }

    fn of_key(key: Key, modifiers: Modifiers) -> Option<Self> {
        let ctrl = modifiers.command || modifiers.ctrl;
        let shift = modifiers.shift;
        if modifiers.alt {
            return match key {
                _ if ctrl => None,
                Key::ArrowLeft if shift => Some(Self::Narrow),
                Key::ArrowRight if shift => Some(Self::Widen),
                Key::ArrowUp => Some(Self::MoveUp),
                Key::ArrowDown => Some(Self::MoveDown),
                Key::Insert => Some(Self::InsertRow),
                Key::Delete => Some(Self::RemoveRows),
                _ => None,
            };
        }
        let step = |plain, far| Some(Self::Step(if ctrl { far } else { plain }, shift));
        match key {
            Key::ArrowUp => step(Step::Up, Step::Top),
            Key::ArrowDown => step(Step::Down, Step::Bottom),
            Key::ArrowLeft => step(Step::Left, Step::RowStart),
            Key::ArrowRight => step(Step::Right, Step::RowEnd),
            Key::Home => step(Step::RowStart, Step::First),
            Key::End => step(Step::RowEnd, Step::Last),
            Key::PageUp if !ctrl => step(Step::PageUp, Step::PageUp),
            Key::PageDown if !ctrl => step(Step::PageDown, Step::PageDown),
            Key::Tab if !ctrl && shift => Some(Self::Step(Step::Previous, false)),
            Key::Tab if !ctrl => Some(Self::Step(Step::Next, false)),
            Key::Enter if !ctrl && !shift => Some(Self::Edit),
            Key::F2 if shift => Some(Self::Note),
            Key::F2 => Some(Self::Edit),
            Key::Escape => Some(Self::Escape),
            Key::Delete | Key::Backspace if !ctrl => Some(Self::Clear),
            Key::Space if ctrl => Some(Self::SelectColumns),
            Key::Space if shift => Some(Self::SelectRows),
            Key::Space => Some(Self::Work),
            Key::A if ctrl => Some(Self::SelectAll),
            Key::D if ctrl => Some(Self::FillDown),
            Key::R if ctrl => Some(Self::FillRight),
            _ => None,
        }
    }
}

/// Whether `event` writes text, as far as it is not a key's doing.
pub(super) fn writes(event: &Event) -> bool {
    match event {
        Event::Text(text) => !text.is_empty() && !text.chars().any(char::is_control),
        Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) => {
            !text.is_empty() && text != "\n" && text != "\r"
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_spreadsheets_mean_what_they_mean_there() {
        let (none, ctrl, shift, alt) =
            (Modifiers::NONE, Modifiers::COMMAND, Modifiers::SHIFT, Modifiers::ALT);
        for (key, modifiers, deed) in [
            (Key::ArrowDown, none, Deed::Step(Step::Down, false)),
            (Key::ArrowDown, shift, Deed::Step(Step::Down, true)),
            (Key::ArrowDown, ctrl.plus(shift), Deed::Step(Step::Bottom, true)),
            (Key::ArrowDown, alt, Deed::MoveDown),
            (Key::Home, ctrl, Deed::Step(Step::First, false)),
            (Key::Tab, shift, Deed::Step(Step::Previous, false)),
            (Key::F2, none, Deed::Edit),
            (Key::F2, shift, Deed::Note),
            (Key::D, ctrl, Deed::FillDown),
            (Key::R, ctrl, Deed::FillRight),
            (Key::Delete, none, Deed::Clear),
            (Key::Delete, alt, Deed::RemoveRows),
        ] {
            assert_eq!(Deed::of_key(key, modifiers), Some(deed), "{key:?} {modifiers:?}");
        }
        for (key, modifiers) in [(Key::D, none), (Key::F, ctrl), (Key::Enter, ctrl), (Key::Delete, ctrl)] {
            assert_eq!(Deed::of_key(key, modifiers), None, "{key:?} {modifiers:?}");
        }
    }

    #[test]
    fn text_and_compositions_write_and_line_breaks_do_not() {
        let text = |text: &str| writes(&Event::Text(text.to_owned()));
        let preedit = |text: &str| {
            writes(&Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None }))
        };
        assert!(text("あ") && text(" ") && preedit("ｎ"));
        assert!(!text("\n") && !text("") && !preedit(""));
    }
}
