//! A ballot in a member's hands: what is asked, what is missing, and how it is handed in.

use super::Ask;
use crate::app::cx::Action;
use crate::app::files::in_home;
use crate::app::kit::{self, Kind, button};
use crate::app::route::{MaterialTab, Route};
use crate::app::theme::{Palette, Type, space};
use crate::app::window::Window;
use crate::locale::Lang;
use crate::model::{Answers, CriterionNo, Round, SubjectId};
use crate::round::{self, Form, FormSubject};
use crate::tr;
use egui::Ui;
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

    /// Writes the finished ballot, encrypted where the round has a key.
    pub(in crate::app) fn hand_in(&mut self, path: &Path) {
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let Some(package) = &document.package else { return };
        let finished = package.saved(&document.dossier, Timestamp::now(), true);
        let text = match finished.to_text() {
            Ok(text) => text,
            Err(trouble) => return self.job_trouble(&format!("{trouble:?}")),
        };
        let key = finished.head.key.clone();
        let (path, bytes) = if key.is_empty() {
            (path.to_owned(), text.into_bytes())
        } else {
            match round::encrypt(text.as_bytes(), &key) {
                Ok(sealed) => (sealed_name(path), sealed),
                Err(error) => return self.told(&error.message()),
            }
        };
        let done = lang.t(
            "提出用の評価票を保存しました。このファイルを事務局へ送ってください。",
            "The ballot is ready. Send this file to the secretariat.",
        );
        if self.wrote(&path, &bytes, done)
            && let Some(document) = &mut self.document
        {
            // A later save is later than this one.
            document.package = Some(finished);
        }
    }
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
