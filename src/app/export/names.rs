//! Members' names in texts: found in the background, decided on one by one.

use super::State;
use crate::app::files::waker;
use crate::app::kit::{self, button};
use crate::app::theme::{Palette, Type, space};
use crate::locale::{Both, Lang, place};
use crate::model::{Dossier, Snapshot};
use crate::report::anonymous::{Decision, Mention, Names, anonymise};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::text::LayoutJob;
use egui::{Context, Ui};

/// A name in a text, and where that is.
#[derive(Debug)]
struct Found {
    mention: Mention,
    place: Both,
}

/// The names in the texts of a document, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// The state that was looked through last, or is.
    of: Option<State>,
    job: Option<Job<Result<Vec<Found>, String>>>,
    found: Vec<Found>,
    trouble: Option<String>,
}

impl Mentions {
    /// Looks through a document, unless that is done already.
    pub(super) fn look(&mut self, ctx: &Context, lang: Lang, state: State, dossier: &Snapshot) {
        if self.of == Some(state) {
            return;
        }
        self.of = Some(state);
        let dossier = dossier.clone();
        let name = lang.t("氏名を探す", "Look for names");
        match Job::start(name, waker(ctx), move |_| find(&dossier.to_dossier())) {
            Ok(job) => self.job = Some(job),
            Err(error) => self.trouble = Some(error.to_string()),
        }
    }

    /// Takes what was found.
    pub(super) fn poll(&mut self) {
        let Some(job) = &self.job else { return };
        match job.poll() {
            Poll::Running => return,
            Poll::Done(Ok(found)) => {
                self.found = found;
                self.trouble = None;
            }
            Poll::Done(Err(why)) => self.trouble = Some(why),
            Poll::Broken => self.trouble = Some(String::new()),
        }
        self.job = None;
    }

    /// Whether the search is still under way.
    pub(super) fn is_looking(&self) -> bool {
        self.job.is_some()
    }

    /// How many names are not decided on.
    pub(super) fn open(&self, names: &Names) -> usize {
        self.found.iter().filter(|found| names.decision(&found.mention).is_none()).count()
    }

    /// Whether an anonymous report can be written.
    pub(super) fn are_settled(&self, names: &Names) -> bool {
        self.of.is_some() && !self.is_looking() && self.trouble.is_none() && self.open(names) == 0
    }

    /// The list of names with a decision each.
    pub(super) fn show(&self, ui: &mut Ui, lang: Lang, names: &mut Names) {
        if self.is_looking() {
            kit::note(ui, lang.t("本文の氏名を探しています…", "Looking for names in the texts…"));
            return;
        }
        if let Some(trouble) = &self.trouble {
            kit::trouble(
                ui,
                lang.t("氏名を探せませんでした", "Names could not be looked for"),
                trouble,
                lang.t("もう一度お試しください。", "Please try again."),
            );
            return;
        }
        if self.found.is_empty() {
            kit::note(
                ui,
                lang.t("本文に委員の氏名は見つかりません。", "No member's name stands in the texts."),
            );
            return;
        }
        let (n, open) = (self.found.len(), self.open(names));
        let said = if open == 0 {
            tr!(
                lang,
                "委員の氏名とみられる語 {n} か所。すべて決めました。",
                "{n} names in the texts; all are decided on."
            )
        } else {
            tr!(
                lang,
                "委員の氏名とみられる語 {n} か所。あと {open} か所を決めると書き出せます。",
                "{n} names in the texts; decide on {open} more to export."
            )
        };
        kit::note(ui, &said);
        ui.horizontal_wrapped(|ui| {
            if button::plain(ui, lang.t("すべて「委員」に置き換える", "Replace all")).clicked() {
                *names = Names::all(Decision::Replace);
            }
            if button::plain(ui, lang.t("すべて残す", "Keep all")).clicked() {
                *names = Names::all(Decision::Keep);
            }
        });
        egui::ScrollArea::vertical().id_salt("names").max_height(320.0).show(ui, |ui| {
            for (at, found) in self.found.iter().enumerate() {
                ui.push_id(at, |ui| row(ui, lang, found, names));
                ui.separator();
            }
        });
    }
}

fn find(dossier: &Dossier) -> Result<Vec<Found>, String> {
    let anonymised = anonymise(dossier).map_err(|error| error.to_string())?;
    let speaker = place::Speaker::new(anonymised.dossier());
    let said = |mention: &Mention| Both {
        ja: speaker.say(&mention.place, Lang::Ja),
        en: speaker.say(&mention.place, Lang::En),
    };
    let found = anonymised.mentions().iter();
    Ok(found.map(|mention| Found { place: said(mention), mention: mention.clone() }).collect())
}

fn row(ui: &mut Ui, lang: Lang, found: &Found, names: &mut Names) {
    let p = Palette::of(ui);
    let mention = &found.mention;
    ui.label(Type::Small.text(found.place.t(lang)).color(p.secondary));
    let mut job = LayoutJob::default();
    let plain = egui::TextFormat { font_id: Type::Body.font(), color: p.ink, ..egui::TextFormat::default() };
    let marked = egui::TextFormat {
        font_id: Type::Strong.font(),
        background: p.caution_soft,
        underline: egui::Stroke::new(1.0, p.ink),
        ..plain.clone()
    };
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    job.append(&line(&mention.before), 0.0, plain.clone());
    job.append(&line(&mention.words), 0.0, marked);
    job.append(&line(&mention.after), 0.0, plain);
    ui.label(job);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::GROUP;
        let decision = names.decision(mention);
        for (wanted, words) in [
            (Decision::Replace, lang.t("「委員」に置き換える", "Replace")),
            (Decision::Keep, lang.t("残す", "Keep")),
        ] {
            let name = format!("{words}: {}", mention.words);
            let response = ui.radio(decision == Some(wanted), words).accessible_name(name);
            if response.clicked() {
                names.decide(mention, wanted);
            }
        }
        if !mention.sure {
            kit::note(
                ui,
                lang.t(
                    "姓だけ。地名や社名かもしれません。",
                    "A family name alone; perhaps a place or a company.",
                ),
            );
        }
    });
}
