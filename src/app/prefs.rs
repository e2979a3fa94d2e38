//! What the window remembers between starts: language, brightness, zoom, where it stood, which page was shown, recent
//! files. Never a document.

use super::kit::field::phrases;
use super::route::Route;
use super::theme::Mode;
use crate::locale::Lang;
use crate::store::write_atomically;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Recent files shown on the start page.
const RECENT: usize = 8;

/// How wide the navigation is at first, in points.
const NAVIGATION: f32 = 248.0;
/// How wide the ballot beside the material is at first, in points.
const DRAWER: f32 = 440.0;
/// The least size of the window, in points at 100 %.
pub(crate) const LEAST: [f32; 2] = [820.0, 560.0];

/// Where a window stands, in points at 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// The size within its frame, when it is not maximised.
    pub(crate) size: [f32; 2],
    /// Its upper left corner; none where the platform does not say, or where it might not be seen again.
    pub(crate) at: Option<[f32; 2]>,
    /// Whether it fills the screen.
    pub(crate) maximised: bool,
}

/// A page that was shown, of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Page {
    /// The file.
    pub(crate) file: PathBuf,
    /// The page.
    pub(crate) route: Route,
    /// Whether a ballot stood beside it.
    pub(crate) ballot: bool,
}

/// Preferences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Prefs {
    /// Language of the window; none follows the environment.
    pub(crate) lang: Option<Lang>,
    /// Whether the dark colours are chosen.
    pub(crate) dark: bool,
    /// Zoom, 1 being 100 %.
    pub(crate) zoom: f32,
    /// Whether a dossier saves of itself, some seconds after an edit.
    pub(crate) autosave: bool,
    /// Whether the tour was shown.
    pub(crate) toured: bool,
    /// How wide the navigation is, in points.
    pub(crate) navigation: f32,
    /// How wide the ballot beside the material is, in points.
    pub(crate) drawer: f32,
    /// Where the window stood.
    pub(crate) frame: Option<Frame>,
    /// The page that was shown last.
    pub(crate) page: Option<Page>,
    /// The user's own phrases for comments.
    pub(crate) phrases: Vec<String>,
    /// Last opened first.
    pub(crate) recent: Vec<PathBuf>,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            lang: None,
            dark: false,
            zoom: 1.0,
            autosave: false,
            toured: false,
            navigation: NAVIGATION,
            drawer: DRAWER,
            frame: None,
            page: None,
            phrases: phrases::usual(),
            recent: Vec::new(),
        }
    }
}

impl Prefs {
    /// Where preferences are kept on this platform; none without a home folder.
    pub(crate) fn place() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "hyoka").map(|dirs| dirs.config_dir().join("preferences.ron"))
    }

    /// Reads preferences. What cannot be read is as if it had never been chosen.
    pub(crate) fn load(place: &Path) -> Self {
        let text = std::fs::read_to_string(place).unwrap_or_default();
        let mut prefs: Self = ron::from_str(&text).unwrap_or_default();
        let sound = |value: f32, least, most, usual| {
            if value.is_finite() { value.clamp(least, most) } else { usual }
        };
        prefs.zoom = sound(prefs.zoom, 0.75, 2.0, 1.0);
        prefs.navigation = sound(prefs.navigation, 180.0, 420.0, NAVIGATION);
        prefs.drawer = sound(prefs.drawer, 300.0, 720.0, DRAWER);
        if let Some(frame) = &mut prefs.frame {
            let [width, height] = frame.size;
            frame.size = [sound(width, LEAST[0], 10_000.0, 1360.0), sound(height, LEAST[1], 10_000.0, 860.0)];
            frame.at = frame.at.filter(|at| at.iter().all(|side| (0.0..20_000.0).contains(side)));
        }
        prefs
    }

    /// The colours chosen.
    pub(crate) fn mode(&self) -> Mode {
        if self.dark { Mode::Dark } else { Mode::Light }
    }

    /// Writes preferences.
    ///
    /// # Errors
    /// If they cannot be written; that is worth a line in the log and no more.
    pub(crate) fn save(&self, place: &Path) -> io::Result<()> {
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let text =
            ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).map_err(io::Error::other)?;
        write_atomically(place, text.as_bytes(), false)
    }

    /// Puts a file at the head of the recent ones.
    pub(crate) fn opened(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_survive_and_nonsense_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("config").join("preferences.ron");
        let mut prefs = Prefs { dark: true, zoom: 1.5, ..Prefs::default() };
        for name in ["a", "b", "a"] {
            prefs.opened(Path::new(name));
        }
        assert_eq!(prefs.recent.len(), 2);
        prefs.save(&place).unwrap();
        assert_eq!(Prefs::load(&place), prefs);
        std::fs::write(&place, "(zoom: 1e9, oops").unwrap();
        assert_eq!(Prefs::load(&place), Prefs::default());
    }
}
