//! What is done about marks on other threads: trying a description, and saving maps.

use super::{Marked, Trial, maps, stem};
use crate::app::files::{Purpose, in_home, waker};
use crate::app::import::preview::Preview;
use crate::app::kit::Kind;
use crate::app::window::Window;
use crate::import::{Content, Options, forms};
use crate::locale::{Both, Lang};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::Context;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

impl Window {
    /// Looks after what is tried and saved.
    pub(in crate::app::import) fn marks_logic(&mut self, ctx: &Context) {
        self.poll_trying();
        self.poll_saving_maps();
        self.begin_trying(ctx);
    }

    /// Tries what is being described, once the pointer has come to a rest.
    fn begin_trying(&mut self, ctx: &Context) {
        let marks = &self.import.marks;
        let Some(open) = marks.open.as_ref().filter(|open| !open.left_out) else { return };
        let known = marks.trial().is_some() || marks.trying.is_some();
        if known || self.import.reading.is_some() || ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        let (of, dossier, sources) = (open.clone(), self.target(), Arc::clone(&self.import.sources));
        let (answers, options) = (self.import.answers.clone(), self.import.options());
        let name = self.lang.t("範囲の読み取り", "Reading a range");
        let theirs = of.clone();
        let job = Job::start(name, waker(ctx), move |_| {
            let input = sources.inputs.iter().find(|input| input.file == theirs.file)?;
            let Content::Book(book) = &input.content else { return None };
            let sheet = book.sheets.iter().find(|sheet| sheet.name == theirs.sheet)?;
            let options = Options { marked: Vec::new(), ..options };
            let tried = forms::try_range(book, sheet, &theirs.hint, &dossier, &answers, &options);
            tried.ok().map(|proposal| Preview::new(proposal, &dossier))
        });
        match job {
            Ok(job) => self.import.marks.trying = Some((of, job)),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_trying(&mut self) {
        let marks = &mut self.import.marks;
        let Some((_, job)) = &marks.trying else { return };
        let preview = match job.poll() {
            Poll::Running => return,
            Poll::Done(preview) => preview,
            Poll::Broken => None,
        };
        if let Some((of, _)) = marks.trying.take() {
            marks.tried = Some(Trial { of, preview });
        }
    }

    /// Asks where to save the maps of the file that is looked at.
    pub(in crate::app::import) fn ask_save_map(&mut self, ctx: &Context) {
        let Some((file, _)) = self.import.look.sheet.clone() else { return };
        let form = stem(&file);
        let name = tr!(self.lang, "{form}（対応付け）.ron", "{form} (map).ron");
        let beside = self.import.sources.inputs.iter().find(|input| input.file == file);
        let folder = beside.and_then(|input| input.path.as_ref()).and_then(|path| path.parent());
        let place = folder.map_or_else(|| in_home(&name), |folder| folder.join(&name).display().to_string());
        self.import.marks.saved = Some(file);
        self.ask(ctx, Purpose::FormMap, place);
    }

    /// Saves the maps of that file.
    pub(in crate::app) fn save_map(&mut self, ctx: &Context, path: PathBuf) {
        let import = &self.import;
        let (Some(file), Some(preview)) = (import.marks.saved.clone(), &import.preview) else { return };
        let mut marked: BTreeMap<String, Marked> = BTreeMap::new();
        let reports = preview.proposal.files.iter().filter(|report| report.file == file);
        for sheet in reports.flat_map(|report| &report.sheets) {
            let said = match (import.marks.of(&file, &sheet.name), &sheet.form) {
                (Some(marked), _) => marked.clone(),
                (None, Some(form)) => Marked {
                    name: form.name.clone(),
                    regions: form.regions.clone(),
                    left_out: form.left_out.clone(),
                },
                (None, None) => continue,
            };
            if !said.regions.is_empty() || !said.left_out.is_empty() {
                marked.insert(sheet.name.clone(), said);
            }
        }
        let sources = Arc::clone(&import.sources);
        let name = self.lang.t("対応付けの保存", "Saving a map");
        let job = Job::start(name, waker(ctx), move |_| {
            let maps = maps(&sources, &marked, &file);
            forms::save(&path, &maps)
                .map(|()| path)
                .map_err(|error| Both { ja: error.message(Lang::Ja), en: error.message(Lang::En) })
        });
        match job {
            Ok(job) => self.import.marks.saving = Some(job),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_saving_maps(&mut self) {
        let lang = self.lang;
        let Some(job) = &self.import.marks.saving else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.import.marks.saving = None;
        match outcome {
            Poll::Done(Ok(path)) => {
                let how = lang.t(
                    "次に同じ様式のブックを取り込むとき、このファイルも一緒に読み込んでください。",
                    "Next time, bring this file together with the workbook of the form.",
                );
                let words = lang.t("対応付けを保存しました", "The map is saved");
                self.messages.push(Kind::Good, words, format!("{}\n{how}", path.display()));
            }
            Poll::Done(Err(error)) => self.messages.push(Kind::Alarm, error.t(lang), ""),
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }
}
