//! A ballot in a member's hands: what is asked, what is missing, and how it is handed in.

use super::{Ask, HandedIn, RoundDesk};
use crate::app::cx::Action;
use crate::app::files::{in_home, waker, write_ballot};
use crate::app::kit::{self, Kind, button};
use crate::app::route::{MaterialTab, Route};
use crate::app::theme::{Palette, Type, space};
use crate::app::window::{Then, Window};
use crate::locale::{Both, Lang};
use crate::model::{Answers, CriterionNo, Round, SubjectId};
use crate::round::{self, Form, FormSubject, KeyError, Package};
use crate::tasks::{Job, Poll};
use crate::{both, store, tr};
use egui::{Context, Ui};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

impl Window {
    /// Draws the page from which a member's ballot is checked and handed in.
    pub(in crate::app) fn own_ballot_page(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let Some(package) = &document.package else { return };
        let Some(round) = package.round(&document.dossier) else { return };
        let form = Form::of(&document.dossier, round, &package.head.member);
        let answers = form.answers(&document.dossier);
        let name = document.dossier.member(&form.member).map_or("", |member| member.name.as_str());
        let title = tr!(lang, "評価票　{name}", "Ballot: {name}");
        kit::page(
            ui,
            "own ballot",
            &title,
            Some(document.dossier.title()),
            |_| (),
            |ui| {
                told(ui, lang, round);
                kit::sheet(
                    ui,
                    lang.t("記入の状況", "What is filled in"),
                    None,
                    |_| (),
                    |ui| {
                        for asked in &form.subjects {
                            subject(ui, lang, asked, &form, &answers, actions);
                        }
                    },
                );
                kit::sheet(
                    ui,
                    lang.t("提出", "Hand in"),
                    None,
                    |_| (),
                    |ui| {
                        let missing = form.missing(&answers).count();
                        hand_in(ui, lang, missing, !round.key.is_empty(), actions);
                    },
                );
            },
        );
    }

    /// Where a finished ballot is suggested to go.
    pub(super) fn hand_in_name(&self) -> String {
        let document = self.document.as_ref();
        let path = document.and_then(|document| document.path.as_ref());
        let stem = path.and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        let sealed = document.and_then(|d| d.package.as_ref()).is_some_and(|p| !p.head.key.is_empty());
        let name = format!(
            "{}_done.{}",
            stem.unwrap_or_else(|| "ballot".to_owned()),
            if sealed { "ron.age" } else { "ron" }
        );
        let folder = path.and_then(|path| path.parent());
        folder.map_or_else(|| in_home(&name), |folder| folder.join(&name).display().to_string())
    }

    /// Writes the finished ballot in the background, encrypted where the round has a key.
    pub(in crate::app) fn hand_in(&mut self, ctx: &Context, path: PathBuf) {
        let Some(document) = self.document.as_ref().filter(|_| self.round.handing.is_none()) else { return };
        let Some(package) = document.package.clone() else { return };
        let (serial, dossier) = (document.serial(), document.snapshot());
        let name = self.lang.t("評価票の提出", "Hand in the ballot");
        let job = Job::start(name, waker(ctx), move |_| {
            let finished = package.saved(&dossier.to_dossier(), Timestamp::now(), true);
            write_finished(path, finished)
        });
        match job {
            Ok(job) => self.round.handing = Some((serial, job)),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    /// Looks after a ballot that is being handed in.
    pub(super) fn poll_handing(&mut self, ctx: &Context) {
        let Some((serial, job)) = &self.round.handing else { return };
        let (serial, outcome) = (*serial, job.poll());
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.round.handing = None;
        let quit = std::mem::take(&mut self.round.quit);
        match outcome {
            Poll::Done(Ok((path, finished))) => {
                if let Some(document) = self.document.as_mut().filter(|document| document.serial() == serial)
                    && let Some(package) = &mut document.package
                    && finished.head.edition >= package.head.edition
                {
                    // A later save is later than this one.
                    *package = finished;
                }
                let done = self.lang.t(
                    "提出用の評価票を保存しました。このファイルを事務局へ送ってください。",
                    "The ballot is ready. Send this file to the secretariat.",
                );
                self.messages.push(Kind::Good, done, path.display().to_string());
                if quit {
                    self.leave(ctx, Then::Quit);
                }
            }
            // Where it was not handed in, the window stays, to say so.
            Poll::Done(Err(what)) => self.told(&what),
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }
}

impl RoundDesk {
    /// Closes the window when the ballot that is being handed in is written; false if there is none.
    pub(in crate::app) fn quit_when_handed_in(&mut self) -> bool {
        self.quit = self.handing.is_some();
        self.quit
    }
}

/// Writes a finished ballot to `path`, under a name that says so where it is encrypted.
fn write_finished(path: PathBuf, finished: Package) -> Result<HandedIn, Both> {
    let key = finished.head.key.clone();
    if key.is_empty() {
        write_ballot(&path, &finished, false)?;
        return Ok((path, finished));
    }
    let text = finished.to_text().map_err(|trouble| {
        let what = format!("{trouble:?}");
        both!("評価票を書き出せません（{what}）。", "The ballot cannot be written ({what}).")
    })?;
    let sealed = round::encrypt(text.as_bytes(), &key).map_err(KeyError::message)?;
    let path = sealed_name(&path);
    store::write_atomically(&path, &sealed, false).map_err(|error| {
        let [ja, en] = Lang::ALL.map(|lang| store::writing(lang, &path, &error));
        both!("{ja}", "{en}")
    })?;
    Ok((path, finished))
}

/// A name that says that the file is encrypted.
fn sealed_name(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("age")) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".age");
    name.into()
}

/// What the secretariat tells the member.
fn told(ui: &mut Ui, lang: Lang, round: &Round) {
    let title = if round.title.is_empty() { lang.t("お願い", "What is asked") } else { &round.title };
    kit::sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if let Some(date) = round.deadline {
                ui.label(Type::Strong.text(tr!(lang, "提出期限　{date}", "Due {date}")));
            }
            if !round.instructions.is_empty() {
                kit::prose(ui, &round.instructions);
            }
            kit::prose(
            ui,
            lang.t(
                "左の一覧で資料を読み、右の評価票に評点とコメントを記入します。資料は書き換えられません。",
                "Read the material from the list on the left, and give scores and comments in the ballot on the right. The material cannot be changed.",
            ),
        );
        },
    );
}

/// One subject: how much is filled in, what is missing, and the way to it.
fn subject(
    ui: &mut Ui,
    lang: Lang,
    asked: &FormSubject,
    form: &Form,
    answers: &Answers,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let scored = asked.criteria.iter().filter(|criterion| criterion.scored).count();
    let missing: Vec<CriterionNo> = (form.missing(answers))
        .filter(|(subject, _)| subject.id == asked.id)
        .map(|(_, criterion)| criterion.no)
        .collect();
    let id: &SubjectId = &asked.id;
    if button::quiet(ui, None, &asked.title).clicked() {
        actions.push(Action::Go(Route::Material(id.clone(), MaterialTab::default())));
    }
    // Set in as the words of the button above are.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::TIGHT, space::TIGHT);
        ui.add_space(ui.spacing().button_padding.x);
        if asked.recused.is_some() {
            ui.label(Type::Small.text(lang.t("除斥", "recused")).color(p.secondary));
        } else if scored == 0 {
            ui.label(Type::Small.text(lang.t("コメントのみ", "comments only")).color(p.secondary));
        } else if missing.is_empty() {
            let words = tr!(lang, "{scored} / {scored} 記入", "all {scored} filled in");
            ui.label(Type::Small.text(words).color(p.good));
        } else {
            let done = scored - missing.len();
            let words = tr!(lang, "{done} / {scored} 記入　未記入", "{done} of {scored}; missing");
            ui.label(Type::Small.text(words).color(p.caution));
            for no in missing {
                let spoken = tr!(lang, "{id} {no} に記入する", "Fill in {id} {no}");
                if button::chip(ui, &no.to_string()).accessible_name(&spoken).on_hover_text(&spoken).clicked()
                {
                    actions.push(Action::Round(Ask::Jump(id.clone(), no)));
                }
            }
        }
    });
}

fn hand_in(ui: &mut Ui, lang: Lang, missing: usize, sealed: bool, actions: &mut Vec<Action>) {
    if missing > 0 {
        let words = tr!(
            lang,
            "未記入の評点が {missing} 件あります。このまま提出し、あとで送り直すこともできます。",
            "{missing} scores are blank. You can hand in as it is and send the rest later."
        );
        kit::badge(ui, Kind::Caution, &words);
    }
    if sealed {
        kit::note(
            ui,
            lang.t(
                "提出用のファイルは事務局の鍵で暗号化され、事務局だけが開けます。",
                "The file to hand in is encrypted; only the secretariat can open it.",
            ),
        );
    }
    if button::primary(ui, lang.t("提出用の評価票を保存…", "Save the ballot to hand in…")).clicked()
    {
        actions.push(Action::Round(Ask::HandIn));
    }
    kit::note(
        ui,
        lang.t(
            "書きかけは、このファイルに自動で保存されます。閉じても、開き直せば続きから記入できます。",
            "What is under way is saved to this file of itself; close it, open it again, and go on.",
        ),
    );
}
