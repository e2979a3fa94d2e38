//! The structures that come with the program.

use super::error::StructureError;
use super::structure::Structure;

/// A structure that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bundled {
    /// The name by which the command line knows it.
    pub name: &'static str,
    /// Its file, to be copied and changed.
    pub text: &'static str,
}

/// All structures that come with the program; the first is used where none is asked for.
pub const BUNDLED: [Bundled; 2] = [
    Bundled { name: "meti-2022", text: include_str!("../../../assets/report/meti-2022.ron") },
    Bundled { name: "meti-2024", text: include_str!("../../../assets/report/meti-2024.ron") },
];

/// The bundled structure of that name.
pub fn named(name: &str) -> Option<&'static Bundled> {
    BUNDLED.iter().find(|bundled| bundled.name == name)
}

impl Bundled {
    /// The structure itself.
    ///
    /// # Errors
    /// Where the file has a mistake, which its tests rule out.
    pub fn structure(&self) -> Result<Structure, StructureError> {
        Structure::read(self.text)
    }
}
