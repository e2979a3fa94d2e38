//! What a panel sees and may ask for.

use super::charts::PictureKind;
use super::command::Command;
use super::rounds::Ask;
use super::route::Route;
use crate::chart::Chart;
use crate::locale::Lang;
use crate::model::{Dossier, Subject, SubjectId};
use std::path::PathBuf;

/// Something that a panel asks of the shell.
#[derive(Debug)]
pub(crate) enum Action {
    /// Gives a command.
    Do(Command),
    /// Goes to a page.
    Go(Route),
    /// Opens a file.
    Open(PathBuf),
    /// Saves a chart as a picture.
    SavePicture(Box<Chart>, PictureKind),
    /// Something that a round needs of the shell.
    Round(Ask),
}

/// The context in which a panel draws and edits.
pub(crate) struct Cx<'a> {
    /// Language of the window.
    pub(crate) lang: Lang,
    /// The dossier, edited in place.
    pub(crate) dossier: &'a mut Dossier,
    /// Whether the material may only be read, as in a member's hands.
    pub(crate) read_only: bool,
    /// What the panel asks of the shell; carried out after the frame.
    pub(crate) actions: &'a mut Vec<Action>,
}

impl Cx<'_> {
    /// The subject that a panel is about. A subject that is gone is replaced by the programme, so that a panel drawn
    /// in the frame of a removal has something to show.
    pub(crate) fn subject(&mut self, id: &SubjectId) -> &mut Subject {
        match self.dossier.projects.iter().position(|project| project.id == *id) {
            Some(index) => &mut self.dossier.projects[index],
            None => &mut self.dossier.programme,
        }
    }
}
