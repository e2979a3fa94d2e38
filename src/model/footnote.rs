//! Footnote marks behind a figure: 297※1, 1,297*2, 297 注3, 297１）, 297¹⁾, 297†.
//!
//! A mark is told from the figure by what it is written with, by white space, by its width or by where the thousands
//! end. Where nothing tells them apart (`2971)`) there is no mark, and the text is no figure either.

/// The text without the marks at its end, and the marks as found, in their order; none if it ends with none.
pub(super) fn split(text: &str) -> Option<(&str, String)> {
    let mut body = text.trim_end();
    let mut marks: Vec<&str> = Vec::new();
    while let Some(at) = mark(body) {
        let rest = body[..at].trim_end();
        if rest.is_empty() {
            break;
        }
        marks.push(body[at..].trim());
        body = rest;
    }
    marks.reverse();
    (!marks.is_empty()).then(|| (body, marks.join(" ")))
}

fn is_digit(c: char) -> bool {
    is_narrow(c) || is_wide(c)
}

fn is_narrow(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_wide(c: char) -> bool {
    ('０'..='９').contains(&c)
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '❶'..='❿' | '⑴'..='⒇' | 'ⓐ'..='ⓩ')
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '＊' | '※' | '注' | '†' | '‡' | '§')
}

/// Where the last mark begins, if the text ends with one.
fn mark(text: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let (last, c) = *chars.last()?;
    if is_sign(c) {
        return Some(last);
    }
    if is_circled(c) {
        return chars.len().checked_sub(2).filter(|before| follows(chars[*before].1)).map(|_| last);
    }
    let closed = matches!(c, ')' | '）' | '⁾');
    if closed && (c == '⁾' || is_unbalanced(text)) {
        return closing(&chars[..chars.len() - 1], text);
    }
    // 297※1, 297*², 297注3
    let digits = chars.iter().rev().take_while(|(_, c)| is_digit(*c) || is_superscript(*c)).count();
    let before = chars.len().checked_sub(digits + 1)?;
    ((1..=2).contains(&digits) && is_sign(chars[before].1)).then_some(chars[before].0)
}

/// What a mark may stand right behind: a figure, its unit, or a dash.
fn follows(before: char) -> bool {
    is_digit(before)
        || before.is_whitespace()
        || matches!(before, '円' | '件' | '%' | '％' | '社' | ')' | '）')
}

/// Whether more brackets close than open.
fn is_unbalanced(text: &str) -> bool {
    let count = |of: [char; 2]| text.chars().filter(|c| of.contains(c)).count();
    count([')', '）']) > count(['(', '（'])
}

/// Where a mark begins whose closing bracket was taken off: １）, *1), a), ¹⁾.
fn closing(chars: &[(usize, char)], text: &str) -> Option<usize> {
    let (last, c) = *chars.last()?;
    if is_sign(c) || is_circled(c) {
        return Some(last);
    }
    if is_superscript(c) {
        let count = chars.iter().rev().take_while(|(_, c)| is_superscript(*c)).count();
        let (at, _) = chars[chars.len() - count];
        return Some(text[..at].strip_suffix('⁽').map_or(at, str::len));
    }
    if c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c) {
        let before = chars.len().checked_sub(2)?;
        return follows(chars[before].1).then_some(last);
    }
    let run: Vec<(usize, char)> = chars.iter().rev().take_while(|(_, c)| is_digit(*c)).copied().collect();
    let before = chars.len().checked_sub(run.len() + 1).map(|at| chars[at]);
    if run.is_empty() {
        return None;
    }
    let &(first, _) = run.last()?;
    match before {
        Some((at, sign)) if run.len() <= 2 && is_sign(sign) => return Some(at),
        Some((_, space)) if run.len() <= 2 && space.is_whitespace() => return Some(first),
        Some((_, unit)) if run.len() <= 2 && matches!(unit, '円' | '件' | '%' | '％' | '社') => {
            return Some(first);
        }
        _ => {}
    }
    // Digits of another width than those before them: 297１）.
    let wide = is_wide(c);
    let other = run.iter().take_while(|(_, d)| is_wide(*d) == wide).count();
    if other < run.len() {
        return (other <= 2 && run[other..].iter().all(|(_, d)| is_wide(*d) != wide))
            .then(|| run[other - 1].0);
    }
    // Behind a comma three digits are the number's, the others the mark's: 1,2971).
    let grouped = before.is_some_and(|(_, c)| matches!(c, ',' | '，'));
    (grouped && (4..=5).contains(&run.len())).then(|| run[run.len() - 4].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_figures() {
        for (text, body, mark) in [
            ("297※1", "297", "※1"),
            ("297 ※１ ※２", "297", "※１ ※２"),
            ("297*2", "297", "*2"),
            ("297＊", "297", "＊"),
            ("２９７注3", "２９７", "注3"),
            ("297 注3）", "297", "注3）"),
            ("297１）", "297", "１）"),
            ("２９７1)", "２９７", "1)"),
            ("297 1)", "297", "1)"),
            ("1,2971)", "1,297", "1)"),
            ("297¹⁾", "297", "¹⁾"),
            ("297⁽¹⁾", "297", "⁽¹⁾"),
            ("297 a)", "297", "a)"),
            ("297①", "297", "①"),
            ("5件†", "5件", "†"),
            ("－※", "－", "※"),
        ] {
            assert_eq!(split(text), Some((body, mark.to_owned())), "{text}");
        }
        for text in ["2971)", "297²", "①", "※1", "297", "297（委託）", "297（1）", "1,297)", "", "R4", "*2"]
        {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
