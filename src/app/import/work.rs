//! The import's background work: reading what was brought, and measuring it against the dossier.

use super::layout::Layout;
use super::preview::Preview;
use crate::import::{self, Answers, Content, FormMap, Input, Options};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::sheets::{Book, Reader, Sheet};
use crate::tasks::progress::Progress;
use crate::tr;
use std::path::PathBuf;
use std::sync::Arc;

/// What somebody brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    /// A file or folder.
    File(PathBuf),
    /// A table from the clipboard, under the name it goes by.
    Paste(String, String),
}

impl Ask {
    /// What it is called while it is read.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
            Self::Paste(name, _) => name.clone(),
        }
    }
}

/// What was read: the inputs, and the layout of their sheets beside each.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    /// The inputs, in the order in which they were brought.
    pub(super) inputs: Vec<Input>,
    layouts: Vec<Vec<Layout>>,
}

impl Sources {
    /// Adds what was read. A file that was read before takes the place of its earlier state.
    pub(super) fn add(&mut self, more: Self) {
        self.keep(|input| input.path.is_none() || more.inputs.iter().all(|other| other.path != input.path));
        for (mut input, layouts) in more.inputs.into_iter().zip(more.layouts) {
            self.name_apart(&mut input);
            self.inputs.push(input);
            self.layouts.push(layouts);
        }
    }

    /// Two files of one name from two folders are told apart, since a source names its file only.
    fn name_apart(&self, input: &mut Input) {
        let taken = |name: &str| self.inputs.iter().any(|other| other.file == name);
        let name = input.file.clone();
        let free = (2_u32..).map(|n| format!("{name} ({n})"));
        if let Some(name) = std::iter::once(name.clone()).chain(free).find(|name| !taken(name)) {
            if let Content::Book(book) = &mut input.content {
                book.file.clone_from(&name);
            }
            input.file = name;
        }
    }

    /// Takes out the inputs of a file: with one member of an archive go the others.
    pub(super) fn remove(&mut self, file: &str) {
        let path = self.inputs.iter().find(|input| input.file == file).and_then(|input| input.path.clone());
        let gone = |input: &Input| input.file == file || (path.is_some() && input.path == path);
        self.keep(|input| !gone(input));
    }

    fn keep(&mut self, wanted: impl Fn(&Input) -> bool) {
        let inputs = std::mem::take(&mut self.inputs);
        let layouts = std::mem::take(&mut self.layouts);
        let kept = inputs.into_iter().zip(layouts).filter(|(input, _)| wanted(input));
        (self.inputs, self.layouts) = kept.unzip();
    }

    /// A sheet and its layout.
    pub(super) fn sheet(&self, file: &str, sheet: &str) -> Option<(&Sheet, &Layout)> {
        let at = self.inputs.iter().position(|input| input.file == file)?;
        let Content::Book(Book { sheets, .. }) = &self.inputs[at].content else { return None };
        let index = sheets.iter().position(|known| known.name == sheet)?;
        Some((&sheets[index], self.layouts[at].get(index)?))
    }
}

/// Reads what was brought, one after the other.
pub(super) fn read(asks: &[Ask], reader: &Reader, lang: Lang, progress: &dyn Progress) -> Sources {
    let mut sources = Sources::default();
    for (index, ask) in asks.iter().enumerate() {
        if progress.cancelled() {
            break;
        }
        let share = Share { whole: progress, index, count: asks.len() };
        share.step(0.0, &ask.name());
        let inputs = match ask {
            Ask::File(path) => import::load(std::slice::from_ref(path), reader, &Options::default(), &share),
            Ask::Paste(name, text) => {
                let book = Book { file: name.clone(), sheets: vec![Sheet::from_paste(text)] };
                vec![Input { file: name.clone(), path: None, content: Content::Book(book) }]
            }
        };
        progress.step(share.at(1.0), &tr!(lang, "表を測っています", "Laying out the tables"));
        let layouts = |input: &Input| match &input.content {
            Content::Book(book) => book.sheets.iter().map(Layout::of).collect(),
            _ => Vec::new(),
        };
        sources.add(Sources { layouts: inputs.iter().map(layouts).collect(), inputs });
    }
    sources
}

/// The part of a job that one of several files takes.
struct Share<'a> {
    whole: &'a dyn Progress,
    index: usize,
    count: usize,
}

impl Share<'_> {
    #[expect(clippy::cast_precision_loss, reason = "a number of files")]
    fn at(&self, fraction: f32) -> f32 {
        (self.index as f32 + fraction.clamp(0.0, 1.0)) / self.count.max(1) as f32
    }
}

impl Progress for Share<'_> {
    fn step(&self, fraction: f32, what: &str) {
        self.whole.step(self.at(fraction), what);
    }

    fn cancelled(&self) -> bool {
        self.whole.cancelled()
    }
}

/// How inputs become a proposal; tests of the page have their own.
pub(super) type Propose =
    fn(&[Input], &Dossier, &Answers, &Options, &dyn Progress) -> Result<import::Proposal, serde_json::Error>;

/// Measures what was read against the dossier.
pub(super) fn measure(
    propose: Propose,
    sources: &Arc<Sources>,
    dossier: &Dossier,
    answers: &Answers,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Preview, String> {
    // What was said of one sheet also reads the other sheets of its form.
    let learnt = options.marked.iter().filter(|marked| !marked.map.regions.is_empty());
    let learnt = learnt.filter_map(|marked| {
        let (sheet, _) = sources.sheet(&marked.file, &marked.sheet)?;
        let FormMap { name, regions, left_out, .. } = marked.map.clone();
        Some(FormMap::learn(name, sheet, regions, left_out))
    });
    let options = Options { forms: learnt.collect(), ..options.clone() };
    let proposal =
        propose(&sources.inputs, dossier, answers, &options, progress).map_err(|error| error.to_string())?;
    Ok(Preview::new(proposal, dossier))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: Option<&str>, file: &str, cell: &str) -> Sources {
        let sheet = Sheet::of_texts("", [[cell]]);
        let layouts = vec![vec![Layout::of(&sheet)]];
        let content = Content::Book(Book { file: file.to_owned(), sheets: vec![sheet] });
        let input = Input { file: file.to_owned(), path: path.map(PathBuf::from), content };
        Sources { inputs: vec![input], layouts }
    }

    #[test]
    fn files_of_one_name_are_told_apart_and_one_read_again_is_replaced() {
        let mut sources = Sources::default();
        for more in [
            read(Some("一/表.csv"), "表.csv", "古い"),
            read(Some("二/表.csv"), "表.csv", "別"),
            read(None, "貼り付けた表 1", "甲"),
            read(Some("一/表.csv"), "表.csv", "新しい"),
        ] {
            sources.add(more);
        }
        let cell = |file: &str| {
            sources
                .sheet(file, "")
                .map(|(sheet, _)| sheet.text(crate::sheets::Address::default()).into_owned())
        };
        let files: Vec<&str> = sources.inputs.iter().map(|input| input.file.as_str()).collect();
        assert_eq!(files, ["表.csv (2)", "貼り付けた表 1", "表.csv"]);
        assert_eq!(cell("表.csv").as_deref(), Some("新しい"));
        assert_eq!(cell("表.csv (2)").as_deref(), Some("別"));
        sources.remove("表.csv (2)");
        assert!(sources.sheet("表.csv (2)", "").is_none());
        assert_eq!(sources.inputs.len(), 2);
    }
}
