//! Whose a table is: what captions, sheet names and titles say of it.

use super::super::normal;
use crate::model::SubjectId;
use serde_json::Value;

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

    /// The subject that a text names: by a letter of its own, or by its name.
    pub fn named(&self, text: &str) -> Option<Named> {
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
        if (leading && separated) || called || trailing || bracketed {
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
        for text in ["AMEDの体制", "PCT出願", "（２）資金配分", "C型肝炎の研究", "iPS細胞", "Sheet1", ""]
        {
            assert_eq!(named(text), None, "{text}");
        }
        let named = Subjects::default().named("Ａ 再生医療技術を応用した創薬支援基盤技術開発").unwrap();
        assert_eq!(
            (named.subject.as_str(), named.name.as_str()),
            ("A", "再生医療技術を応用した創薬支援基盤技術開発")
        );
    }
}
