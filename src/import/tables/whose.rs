//! Whose a table is: what captions, sheet names and titles say of it.

use super::super::normal;
use crate::model::SubjectId;
use serde_json::Value;

/// A longer text is prose and names no project. Bytes.
const LONGEST: usize = 600;

/// The subjects that a dossier knows, with the names they go by.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    projects: Vec<(SubjectId, Vec<String>)>,
    programme: Vec<String>,
}

/// A subject that a text names, and the rest of the text: the name that it gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub subject: SubjectId,
    /// What stands behind the letter, as found; empty if nothing does.
    pub name: String,
}

impl Subjects {
    /// The subjects of a dossier's tree.
    pub fn of(tree: &Value) -> Self {
        let names = |subject: &Value| {
            let overview = subject.get("overview");
            let name = overview.and_then(|o| o.get("name")).and_then(Value::as_str);
            let variants = overview.and_then(|o| o.get("name_variants")).and_then(Value::as_array);
            // A variant may have its place behind it, in brackets.
            let variants = variants
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|v| v.split('（').next().unwrap_or(v));
            name.into_iter()
                .chain(variants)
                .map(normal::key)
                .filter(|name| name.chars().count() >= 6)
                .collect::<Vec<_>>()
        };
        let projects = tree.get("projects").and_then(Value::as_array);
        Self {
            projects: projects
                .into_iter()
                .flatten()
                .filter_map(|project| Some((SubjectId::from(project.get("id")?.as_str()?), names(project))))
                .collect(),
            programme: tree.get("programme").map(names).unwrap_or_default(),
        }
    }

    /// The ids of the projects.
    pub fn projects(&self) -> impl Iterator<Item = &SubjectId> {
        self.projects.iter().map(|(id, _)| id)
    }

    /// The projects that a text may be about without naming one for certain: 別紙B, 表B-2, 課題A・B.
    pub fn hinted(&self, text: &str) -> Vec<SubjectId> {
        letters(text)
            .into_iter()
            .map(|letter| {
                let known = self.projects.iter().find(|(id, _)| normal::key(id.as_str()) == letter);
                known.map_or_else(|| SubjectId::from(letter.to_uppercase()), |(id, _)| id.clone())
            })
            .collect()
    }

    /// The subject that a text names: by a letter of its own, or by its name.
    pub fn named(&self, text: &str) -> Option<Named> {
        if text.len() > LONGEST {
            return None;
        }
        let folded = normal::key(text);
        let by_name = self
            .projects
            .iter()
            .flat_map(|(id, names)| names.iter().map(move |name| (id.clone(), name)))
            .chain(self.programme.iter().map(|name| (SubjectId::programme(), name)))
            .filter(|(_, name)| folded.contains(name.as_str()))
            .max_by_key(|(_, name)| name.len());
        if let Some((subject, _)) = by_name {
            return Some(Named { subject, name: String::new() });
        }
        if let Some((letter, name)) = letter(text) {
            let known = self.projects.iter().find(|(id, _)| normal::key(id.as_str()) == letter);
            let subject = known.map_or_else(|| SubjectId::from(letter.to_uppercase()), |(id, _)| id.clone());
            return Some(Named { subject, name });
        }
        let programme =
            ["複数課題プログラム", "プログラム全体", "プログラムの"].iter().any(|word| folded.contains(word))
                || folded == "プログラム";
        programme.then(|| Named { subject: SubjectId::programme(), name: String::new() })
    }
}

/// The letter that names a project, folded, and what stands behind it. A letter that is part of a word is none.
fn letter(text: &str) -> Option<(String, String)> {
    let folded = normal::Folded::new(text);
    let chars: Vec<(usize, char)> = folded.text.char_indices().collect();
    let alone = |index: usize| {
        let ascii = |at: Option<&(usize, char)>| at.is_some_and(|(_, c)| c.is_ascii_alphanumeric());
        let before = index.checked_sub(1).and_then(|before| chars.get(before));
        !ascii(before) && !ascii(chars.get(index + 1))
    };
    for (index, (at, c)) in chars.iter().enumerate() {
        if !c.is_ascii_lowercase() || !alone(index) {
            continue;
        }
        let before = &folded.text[..*at];
        let end = at + 1;
        let behind = &folded.text[end..];
        let spaced = folded
            .original(*at..folded.text[end..].chars().next().map_or(end, |next| end + next.len_utf8()))
            .chars()
            .any(char::is_whitespace);
        // Ⅰ and Ⅴ count chapters, and a) counts a list.
        let original = folded.original(*at..end);
        if original.chars().any(|c| ('\u{2160}'..='\u{217f}').contains(&c)) {
            continue;
        }
        let capital = original.chars().any(char::is_uppercase);
        let mark = behind.starts_with(')') && !before.contains('(');
        // 課題A・B names two, S/N none.
        if behind.strip_prefix(LISTED).is_some_and(is_letter) {
            return None;
        }
        let separated = behind.is_empty()
            || spaced
            || behind.starts_with(['.', '、', ':', '_', '-', ')', '・', '「', '/'])
            || behind.starts_with("プロジェクト")
            || behind.starts_with("課題")
            || super::words::begins_caption(behind);
        let number = normal::numbered(text).is_some_and(|n| normal::key(n.rest) == folded.text[*at..]);
        let leading = before
            .trim_matches(['(', '■', '●', '◆', '【', '1', '2', '3', '4', '5', '.', '章', '第', '部', '-'])
            .is_empty()
            || number;
        let called = ["プロジェクト", "課題", "project", "pj", "研究開発課題", "個別課題", "事業"]
            .iter()
            .any(|word| before.trim_end_matches(['(', '_', '-', ':']).ends_with(word));
        let trailing = behind.is_empty() && before.ends_with(['_', '-', '('])
            || (behind == ")" && before.ends_with('('));
        let bracketed = before.ends_with('(') && behind.starts_with(')');
        if called || (capital && !mark && ((leading && separated) || trailing || bracketed)) {
            let name = if leading {
                folded.rest(
                    end + behind.len()
                        - behind.trim_start_matches(['.', '、', ':', '_', ')', '・', '-']).len(),
                )
            } else {
                ""
            };
            return Some((c.to_string(), name.trim_matches(['「', '」', '『', '』']).to_owned()));
        }
    }
    None
}

/// What stands between the letters of several projects.
const LISTED: [char; 8] = ['・', '、', ',', '/', '&', 'と', '~', '･'];

/// Whether a folded text begins with a letter that is no part of a word.
fn is_letter(folded: &str) -> bool {
    let mut chars = folded.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase())
        && !chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// The letters, folded, by which a text may speak of projects: behind a word such as 表 or 課題, or one after the other.
fn letters(text: &str) -> Vec<String> {
    const WORDS: [&str; 14] = [
        "表",
        "別紙",
        "別添",
        "別表",
        "資料",
        "様式",
        "図",
        "シート",
        "sheet",
        "プロジェクト",
        "課題",
        "project",
        "pj",
        "事業",
    ];
    let folded = normal::Folded::new(text);
    let mut found: Vec<String> = Vec::new();
    let mut listed = false;
    for (at, c) in folded.text.char_indices() {
        let end = at + c.len_utf8();
        let before = &folded.text[..at];
        let alone = is_letter(&folded.text[at..]) && !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let capital = alone
            && folded
                .original(at..end)
                .chars()
                .all(|c| c.is_uppercase() && !('\u{2160}'..='\u{217f}').contains(&c));
        if !capital {
            listed = listed && LISTED.contains(&c);
            continue;
        }
        let called = WORDS.iter().any(|word| before.trim_end_matches(['(', '_', '-', ':']).ends_with(word));
        if (called || listed || letter(text).is_some_and(|(letter, _)| letter == c.to_string()))
            && !found.contains(&c.to_string())
        {
            found.push(c.to_string());
        }
        listed = called || listed;
    }
    found
}

/// Whether a text counts projects instead of naming them by letter: 第２プロジェクト.
pub(super) fn counts(text: &str) -> bool {
    let folded = normal::key(text);
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let behind = ["プロジェクト", "課題", "事業"].iter().any(|word| {
        folded.match_indices(word).any(|(at, _)| {
            let before = &folded[..at];
            let bare = before.trim_end_matches(digit);
            bare.len() < before.len() && bare.ends_with('第')
        })
    });
    behind
        || ["プロジェクト", "project", "pj"].iter().any(|word| {
            folded
                .match_indices(word)
                .any(|(at, _)| folded[at + word.len()..].trim_start_matches(['.', ' ']).starts_with(digit))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn letters_and_names_tell_whose_a_table_is() {
        let tree = json!({"projects": [
            {"id": "A", "overview": {"name": "創薬支援基盤技術開発"}},
            {"id": "B", "overview": {"name": "遺伝子治療製造技術開発"}},
        ], "programme": {"overview": {"name": "再生医療・遺伝子治療の産業化に向けた基盤技術開発事業"}}});
        let subjects = Subjects::of(&tree);
        let named = |text: &str| subjects.named(text).map(|named| named.subject.to_string());
        for (text, subject) in [
            ("Ａ 再生医療技術を応用した創薬支援基盤技術開発", "A"),
            ("遺伝子治療製造技術開発の資金配分", "B"),
            ("プロジェクトＣ　資金配分", "C"),
            ("【B】資金配分", "B"),
            ("資金配分（A）", "A"),
            ("A_資金配分", "A"),
            ("資金配分_B", "B"),
            ("B資金配分", "B"),
            ("A-5(2)", "A"),
            ("複数課題プログラムの概要", "program"),
            ("A", "A"),
        ] {
            assert_eq!(named(text).as_deref(), Some(subject), "{text}");
        }
        for text in [
            "AMEDの体制",
            "PCT出願",
            "（２）資金配分",
            "C型肝炎の研究",
            "iPS細胞",
            "Sheet1",
            "",
            "Ⅰ．資金配分（百万円）",
            "Ⅴ　資金配分",
            "ⅹ．資金配分",
            "a) 資金配分",
            "(a) 資金配分",
            "A) 資金配分",
            "S/N 比の改善",
            "課題A・B",
            "別紙A",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
        let hinted = |text: &str| subjects.hinted(text).iter().map(ToString::to_string).collect::<String>();
        for (text, letters) in [
            ("別紙A", "A"),
            ("表B-2", "B"),
            ("課題A・B", "AB"),
            ("S/N比", ""),
            ("表Ⅴ", ""),
            ("発表A4", ""),
            ("資金配分", ""),
        ] {
            assert_eq!(hinted(text), letters, "{text}");
        }
        assert!(counts("第２プロジェクト（水素）") && counts("プロジェクト2") && !counts("研究開発課題"));
        let named = Subjects::default().named("Ａ 再生医療技術を応用した創薬支援基盤技術開発").unwrap();
        assert_eq!(
            (named.subject.as_str(), named.name.as_str()),
            ("A", "再生医療技術を応用した創薬支援基盤技術開発")
        );
    }
}
