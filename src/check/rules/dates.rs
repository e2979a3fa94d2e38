//! Dates in Japanese eras: that they exist, fall on the day of the week that is written, and mean the date beside them.

use crate::both;
use crate::check::say::at;
use crate::check::{Context, Finding, Rule, Scope, Severity, Words};
use crate::locale::Both;
use crate::model::{Moment, Place, Subject, When, fold_for_matching};
use jiff::civil::{Date, Weekday};

/// Dates in Japanese eras.
pub(super) static ERA: Rule = Rule {
    id: "era-date",
    severity: Severity::Error,
    title: Words("元号の日付", "Dates in Japanese eras"),
    why: Words(
        "存在しない日付や西暦と食い違う元号は、転記の誤りの印です。",
        "A date that does not exist, or an era year that does not fit the western one, is a sign of a slip in copying.",
    ),
    scope: Scope::Dossier(dates),
};

/// Year, month and day.
type Ymd = (i16, i8, i8);

/// Name, first day, last day and the western year of the first year.
const ERAS: [(&str, Ymd, Ymd, i16); 4] = [
    ("令和", (2019, 5, 1), (9999, 12, 31), 2019),
    ("平成", (1989, 1, 8), (2019, 4, 30), 1989),
    ("昭和", (1926, 12, 25), (1989, 1, 7), 1926),
    ("大正", (1912, 7, 30), (1926, 12, 24), 1912),
];

fn dates(cx: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let dossier = cx.dossier;
    let root = Place::root();
    for policy in &dossier.policies {
        let place = root.child("policies").child(policy.id.as_str());
        findings.extend(when(&policy.date, &place.child("date")));
        findings.extend(when(&policy.revised, &place.child("revised")));
    }
    for basis in &dossier.report.legal_basis {
        let place = root.child("report").child("legal_basis").child(basis.id.as_str()).child("date");
        findings.extend(when(&basis.date, &place));
    }
    findings.extend(when(&dossier.report.date, &root.child("report").child("date")));
    findings.extend(text(&dossier.report.preface, &root.child("report").child("preface")));
    for subject in dossier.subjects() {
        findings.extend(of_subject(subject));
    }
    findings
}

fn of_subject(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut look = |body: &str, steps: &[&str]| findings.extend(text(body, &at(subject, steps)));
    for section in &subject.sections {
        look(&section.body, &["sections", section.id.as_str(), "body"]);
    }
    for consensus in &subject.evaluation.consensus {
        look(&consensus.text, &["evaluation", "consensus", consensus.id.as_str(), "text"]);
    }
    for row in &subject.evaluation.recommendations {
        look(&row.text, &["evaluation", "recommendations", row.id.as_str(), "text"]);
        look(&row.response, &["evaluation", "recommendations", row.id.as_str(), "response"]);
    }
    for item in &subject.roadmap {
        findings.extend(when(&item.when, &at(subject, &["roadmap", item.id.as_str(), "when"])));
    }
    findings
}

/// A date written in an era, as read from a text.
#[derive(Debug, Clone, Copy)]
struct Written<'a> {
    /// As written, folded.
    text: &'a str,
    era: usize,
    year: i16,
    month: i8,
    day: Option<i8>,
    weekday: Option<char>,
}

/// The dates with an era, a month and perhaps a day in a folded text.
fn written(folded: &str) -> Vec<Written<'_>> {
    let mut all = Vec::new();
    for (era, (name, ..)) in ERAS.iter().enumerate() {
        for (start, _) in folded.match_indices(name) {
            let rest = &folded[start + name.len()..];
            let Some((year, rest)) = (match rest.strip_prefix("元年") {
                Some(rest) => Some((1, rest)),
                None => number(rest, '年'),
            }) else {
                continue;
            };
            let Some((month, rest)) = number(rest, '月') else { continue };
            let (day, rest) = number(rest, '日').map_or((None, rest), |(day, rest)| (Some(day), rest));
            let weekday = rest.strip_prefix('(').and_then(|rest| {
                let (inside, _) = rest.split_once(')')?;
                inside
                    .chars()
                    .next()
                    .filter(|_| inside.trim_end_matches("曜日").trim_end_matches('曜').chars().count() == 1)
            });
            let (Ok(month), Ok(day)) = (i8::try_from(month), day.map(i8::try_from).transpose()) else {
                continue;
            };
            let text = &folded[start..folded.len() - rest.len()];
            all.push(Written { text, era, year, month, day, weekday });
        }
    }
    all
}

/// A number before a mark, and what follows.
fn number(text: &str, mark: char) -> Option<(i16, &str)> {
    let (digits, rest) = text.split_once(mark)?;
    (digits.len() < 4).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

impl Written<'_> {
    /// The western date of the day, or of the month's first day. None if there is no such date.
    fn date(&self) -> Option<Date> {
        let (.., first) = ERAS[self.era];
        Date::new(first.checked_add(self.year)?.checked_sub(1)?, self.month, self.day.unwrap_or(1)).ok()
    }

    /// Whether the date lies within its era.
    fn is_of_era(&self, date: Date) -> bool {
        let (_, first, last, _) = ERAS[self.era];
        let day = |(year, month, day): Ymd| Date::new(year, month, day).ok();
        // A month belongs to an era if any of its days does.
        let end = if self.day.is_none() { date.last_of_month() } else { date };
        day(first).is_none_or(|first| end >= first) && day(last).is_none_or(|last| date <= last)
    }
}

/// A text whose dates are looked at.
fn text(body: &str, place: &Place) -> Vec<Finding> {
    if !ERAS.iter().any(|(name, ..)| body.contains(name)) {
        return Vec::new();
    }
    let folded = fold_for_matching(body);
    written(&folded).iter().filter_map(|written| wrong(written, place)).collect()
}

fn wrong(written: &Written<'_>, place: &Place) -> Option<Finding> {
    let said = written.text;
    let finding = |message: Both| Finding::new(&ERA, message).at(place.clone());
    let Some(date) = written.date() else {
        return Some(
            finding(both!(
                "「{said}」という日付はありません。",
                "There is no such date as \u{201c}{said}\u{201d}."
            ))
            .numbers("", said),
        );
    };
    if !written.is_of_era(date) {
        return Some(
            finding(both!(
                "「{said}」は元号の範囲の外です（西暦では{date}）。",
                "\u{201c}{said}\u{201d} lies outside its era (in western terms {date})."
            ))
            .numbers(date.to_string(), said),
        );
    }
    let weekday = written.weekday.filter(|_| written.day.is_some())?;
    let real = letter(date.weekday());
    (weekday != real && "月火水木金土日".contains(weekday)).then(|| {
        finding(both!(
            "「{said}（{weekday}）」は{real}曜日です（{date}）。",
            "\u{201c}{said} ({weekday})\u{201d} is a {real} ({date})."
        ))
        .numbers(real.to_string(), weekday.to_string())
    })
}

const fn letter(weekday: Weekday) -> char {
    match weekday {
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
        Weekday::Sunday => '日',
    }
}

/// A date with its printed form beside what it means.
fn when(when: &When, place: &Place) -> Vec<Finding> {
    let mut findings = text(&when.printed, place);
    let folded = fold_for_matching(&when.printed);
    let dates = written(&folded);
    let (Some(at), [written]) = (when.at, dates.as_slice()) else { return findings };
    let (Some(date), said) = (written.date(), written.text) else { return findings };
    let same = match at {
        Moment::Day(day) => written.day.is_none() || day == date,
        Moment::Month(year, month) => (date.year(), date.month()) == (year, month),
        _ => true,
    };
    if !same {
        findings.push(
            Finding::new(
                &ERA,
                both!(
                    "印字の「{said}」は{date}ですが、{at}とされています。",
                    "\u{201c}{said}\u{201d} as printed is {date}, but {at} is entered."
                ),
            )
            .at(place.clone())
            .numbers(date.to_string(), at.to_string()),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{dossier, sentences};
    use crate::model::{Section, UpperPolicy};

    fn of(body: &str) -> Vec<String> {
        sentences(
            &ERA,
            &dossier(|a| {
                a.sections = vec![Section { id: "1".into(), body: body.into(), ..Section::default() }];
            }),
        )
    }

    #[test]
    fn dates_that_exist_are_silent() {
        let text = "令和4年3月8日（火）、平成２６年７月２２日、令和元年5月、平成31年4月30日に決定した。令和3年度から。昭和の頃。";
        assert_eq!(of(text), [""; 0]);
    }

    #[test]
    fn impossible_dates_are_errors() {
        assert!(of("平成35年4月1日")[0].contains("元号の範囲の外"));
        assert!(of("令和元年4月30日")[0].contains("元号の範囲の外"));
        assert!(of("令和4年2月30日")[0].contains("ありません"));
        assert!(of("令和4年3月8日（水）")[0].contains("火曜日"));
        assert!(of("令和４年１３月")[0].contains("ありません"));
    }

    #[test]
    fn the_printed_date_means_the_date_beside_it() {
        let policy = |at: &str| {
            let mut dossier = dossier(|_| ());
            let date = When { at: at.parse().ok(), to: None, printed: "令和2年7月17日".into() };
            dossier.policies = vec![UpperPolicy { id: "P1".into(), date, ..UpperPolicy::default() }];
            sentences(&ERA, &dossier)
        };
        assert_eq!(policy("2020-07-17"), [""; 0]);
        assert!(policy("2021-07-17")[0].contains("2020-07-17ですが、2021-07-17"));
    }
}
