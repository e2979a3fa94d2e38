//! Reading the form back, whatever program saved it.

use super::layout::{Layout, field_of, is_identity};
use super::{KEYS, VERSION, checksum, comparable, rows};
use crate::both;
use crate::locale::{Both, Lang, cell as cell_name};
use crate::model::{
    AnswerField, AnswerValue, Answers, Dossier, MemberId, Round, RowId, Scale, ScoreCell, SubjectId,
    fold_for_matching,
};
use crate::round::ballot::{Ballot, Claim, Refusal, Remark, Why, believe, finish, off_scale, within};
use crate::round::{Form, field_name};
use crate::sheets::{Address, Book, Sheet, Value};

/// What the hidden sheet says.
struct Identity {
    claim: Claim,
    checksum: String,
    rows: Vec<[String; 2]>,
    sheets: Vec<Listed>,
}

/// One sheet as the hidden one lists it.
#[derive(Default)]
struct Listed {
    name: String,
    fixed: Vec<Address>,
    entries: Vec<(Address, SubjectId, AnswerField)>,
}

/// Reads a form.
pub(in crate::round) fn read(dossier: &Dossier, file: &str, book: &Book) -> Result<Ballot, Refusal> {
    let identity = identity(file, book)?;
    let (round, issued) = believe(dossier, file, &identity.claim)?;
    let form = Form::of(dossier, round, &identity.claim.member);
    let mut sheets = Vec::new();
    for listed in &identity.sheets {
        let Some(sheet) = book.sheets.iter().find(|sheet| sheet.name == listed.name) else {
            let name = &listed.name;
            let what = both!(
                "シート「{name}」がありません。送った評価票に記入し直してもらってください。",
                "the sheet “{name}” is missing; ask for the ballot that was sent to be filled in again."
            );
            return Err(Refusal::new(file, Why::AlteredForm, &what));
        };
        sheets.push((listed, sheet));
    }
    let fixed = sheets.iter().flat_map(|(listed, sheet)| {
        listed.fixed.iter().map(|at| (listed.name.as_str(), *at, sheet.text(*at).into_owned()))
    });
    let found = checksum(&identity.rows, fixed);
    if found != issued.form || identity.checksum != issued.form {
        return Err(altered(dossier, round, file, &form, &identity, &sheets));
    }
    let mut remarks = Vec::new();
    let mut given = Answers::new();
    for (listed, sheet) in &sheets {
        for (at, subject, field) in &listed.entries {
            let scale = form.subject(subject).map(|asked| &asked.scale);
            let value = match value(sheet.get(*at), *field, scale) {
                Ok(value) => value,
                Err(what) => {
                    remarks.push(remark(file, &listed.name, *at, &what));
                    // What cannot be read counts as not said.
                    let sent = issued.answers.get(subject).map(|sent| sent.get(*field));
                    sent.unwrap_or_else(|| blank(*field))
                }
            };
            if value != blank(*field) {
                given.entry(subject.clone()).or_default().set(*field, value);
            }
        }
        for cell in sheet.cells() {
            let known =
                listed.fixed.contains(&cell.at) || listed.entries.iter().any(|(at, ..)| *at == cell.at);
            let text = comparable(&cell.value.text());
            if !known && !text.is_empty() {
                let text: String = text.chars().take(40).collect();
                let what = both!(
                    "記入欄の外に書かれています（「{text}」）。取り込みません。",
                    "this stands outside the cells to fill in (“{text}”); it is not taken."
                );
                remarks.push(remark(file, &listed.name, cell.at, &what));
            }
        }
    }
    let answers = within(&form, &given, &issued.answers, |subject, field, what| {
        let entries = sheets.iter().flat_map(|(listed, _)| {
            listed.entries.iter().map(|(at, s, f)| (listed.name.as_str(), *at, s, *f))
        });
        let place = entries.into_iter().find(|(_, _, s, f)| *s == subject && *f == field);
        remarks.push(if let Some((sheet, at, ..)) = place {
            remark(file, sheet, at, &what)
        } else {
            let Both { ja, en } = field_name(subject, field);
            let (ja_what, en_what) = (&what.ja, &what.en);
            let message = both!("{file}: {ja}: {ja_what}", "{file}: {en}: {en_what}");
            Remark { sheet: String::new(), cell: None, message }
        });
    });
    finish(file, identity.claim, (0, None), answers, remarks)
}

/// A remark that names file, sheet and cell.
fn remark(file: &str, sheet: &str, at: Address, what: &Both) -> Remark {
    let Both { ja, en } = what;
    let message = both!("{file}、シート {sheet}、{at}: {ja}", "{file}, sheet {sheet}, {at}: {en}");
    Remark { sheet: sheet.to_owned(), cell: Some(at), message }
}

fn identity(file: &str, book: &Book) -> Result<Identity, Refusal> {
    let refuse = |why, what: Both| Refusal::new(file, why, &what);
    let Some(hidden) = book.sheets.iter().find(|sheet| is_identity(&sheet.name)) else {
        return Err(refuse(
            Why::NotBallot,
            both!(
                "Hyoka が発行した評価票の Excel ではありません。発行した評価票のファイルを指定してください。",
                "this is no ballot issued by Hyoka; name the file that was issued."
            ),
        ));
    };
    let damaged = || {
        refuse(
            Why::Damaged,
            both!(
                "評価票の識別情報（非表示のシート hyoka）を読めません。送った評価票に記入し直してもらってください。",
                "the hidden sheet “hyoka” that identifies the ballot cannot be read; ask for the ballot that was sent to be filled in again."
            ),
        )
    };
    let rows = rows(hidden);
    let value = |key: &str| rows.iter().find(|[k, _]| k == key).map(|[_, value]| value.as_str());
    match value(KEYS[0]) {
        Some(VERSION) => {}
        Some(other) if other.parse::<u32>().is_ok() => {
            return Err(refuse(
                Why::Newer,
                both!(
                    "新しい版の Hyoka で作られた評価票です。Hyoka を更新してください。",
                    "this ballot was written by a newer Hyoka; update Hyoka."
                ),
            ));
        }
        _ => return Err(damaged()),
    }
    let text = |key| value(key).ok_or_else(damaged);
    let claim = Claim {
        round: RowId::from(text("round")?),
        form: text("form")?.to_owned(),
        member: MemberId::from(text("member")?),
        revision: text("revision")?.parse().map_err(|_| damaged())?,
        // Forms issued before it was noted have none.
        given: value("given").unwrap_or_default().to_owned(),
    };
    let checksum = text("checksum")?.to_owned();
    let mut sheets: Vec<Listed> = Vec::new();
    for [key, value] in rows.iter().skip_while(|[key, _]| key != "sheet") {
        if key == "sheet" {
            sheets.push(Listed { name: value.clone(), ..Listed::default() });
            continue;
        }
        let sheet = sheets.last_mut().ok_or_else(damaged)?;
        if key == "fixed" {
            sheet.fixed.push(value.parse().map_err(|_| damaged())?);
        } else {
            let at = key.parse().map_err(|_| damaged())?;
            let (subject, field) = field_of(value).ok_or_else(damaged)?;
            sheet.entries.push((at, subject, field));
        }
    }
    Ok(Identity { claim, checksum, rows, sheets })
}

/// What a book says of itself, and its checksum; none if it is no form that can be read.
pub(in crate::round) fn claim(book: &Book) -> Option<(Claim, String)> {
    identity("", book).ok().map(|identity| (identity.claim, identity.checksum))
}

/// What of the form was edited: the first text that is not what was issued.
fn altered(
    dossier: &Dossier,
    round: &Round,
    file: &str,
    form: &Form,
    identity: &Identity,
    sheets: &[(&Listed, &Sheet)],
) -> Refusal {
    for lang in Lang::ALL {
        let layout = Layout::of(dossier, round, form, (identity.claim.revision, &identity.claim.given), lang);
        if layout.sheets.iter().zip(&identity.sheets).any(|(laid, listed)| laid.name != listed.name) {
            continue;
        }
        for (laid, (_, sheet)) in layout.sheets.iter().zip(sheets) {
            for cell in &laid.cells {
                let found = comparable(&sheet.text(cell.at));
                if found == comparable(&cell.text) {
                    continue;
                }
                let (name, at) = (&laid.name, cell.at);
                let short =
                    |text: &str| text.lines().next().unwrap_or_default().chars().take(30).collect::<String>();
                let (found, issued) = (short(&found), short(&cell.text));
                let message = both!(
                    "{file}、シート {name}、{at}: 書き換えられない欄が変わっています（発行時「{issued}」、このファイル「{found}」）。送った評価票に記入し直してもらってください。",
                    "{file}, sheet {name}, {at}: a fixed cell was edited (issued “{issued}”, here “{found}”); ask for the ballot that was sent to be filled in again."
                );
                return Refusal { file: file.to_owned(), why: Why::AlteredForm, message };
            }
        }
    }
    let what = both!(
        "識別情報または書き換えられない欄が、発行したときと違います。送った評価票に記入し直してもらってください。",
        "its identification or a fixed cell is not what was issued; ask for the ballot that was sent to be filled in again."
    );
    Refusal::new(file, Why::AlteredForm, &what)
}

fn blank(field: AnswerField) -> AnswerValue {
    match field {
        AnswerField::Score(_) => AnswerValue::Cell(ScoreCell::Blank),
        _ => AnswerValue::Text(String::new()),
    }
}

/// What a cell says.
fn value(cell: Option<&Value>, field: AnswerField, scale: Option<&Scale>) -> Result<AnswerValue, Both> {
    let Some(cell) = cell else { return Ok(blank(field)) };
    if let Value::Error(error) = cell {
        return Err(both!(
            "エラー値 {error} です。委員に確かめてください。",
            "it holds the error {error}; ask the member."
        ));
    }
    let text = comparable(&cell.text());
    let AnswerField::Score(_) = field else { return Ok(AnswerValue::Text(text)) };
    let folded = fold_for_matching(&text);
    if folded.is_empty() {
        return Ok(blank(field));
    }
    let no_scale = Scale::default();
    let scale = scale.unwrap_or(&no_scale);
    let step = scale.steps.iter().find(|s| fold_for_matching(&s.label).eq_ignore_ascii_case(&folded));
    if let Some(step) = step {
        return Ok(AnswerValue::Cell(ScoreCell::Score(step.value)));
    }
    let states = [ScoreCell::NotApplicable, ScoreCell::Absent, ScoreCell::Recused];
    let state = states.into_iter().find(|state| {
        Lang::ALL
            .into_iter()
            .any(|lang| fold_for_matching(cell_name(*state, lang)).eq_ignore_ascii_case(&folded))
    });
    state.map(AnswerValue::Cell).ok_or_else(|| off_scale(&text, scale))
}
