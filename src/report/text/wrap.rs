//! A text in lines of so many columns, or cut to them.

/// The lines of a text, broken at blanks and nowhere else; always at least one.
pub(super) fn wrap(text: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        // A line is as many words as fit, and one where none does.
        let (mut end, mut next, mut columns) = (0, None, 0);
        for word in text.split_inclusive(' ') {
            let visible = word.trim_end_matches(' ');
            columns += visible.chars().count();
            if end > 0 && columns > width {
                break;
            }
            let begin = next.unwrap_or(0);
            (end, next) = (if visible.is_empty() { end } else { begin + visible.len() }, Some(begin + word.len()));
            columns += word.len() - visible.len();
        }
        let next = next.unwrap_or(text.len());
        rest = (next < text.len()).then(|| &text[next..]);
        Some(&text[..end])
    })
}

/// A text of so many characters at the most; three points stand for what is cut off at its end.
pub(super) fn cut_right(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(3)).chain("...".chars()).collect()
}

/// The same, cut at its beginning: the end of a path tells more.
pub(super) fn cut_left(text: &str, most: usize) -> String {
    let len = text.chars().count();
    if len <= most {
        return text.to_owned();
    }
    "...".chars().chain(text.chars().skip(len - most.saturating_sub(3))).collect()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_broken_at_blanks_alone() {
        let wrapped = |text: &'static str, width| wrap(text, width).collect::<Vec<_>>();
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 6), ["one", "two", "three"]);
        assert_eq!(wrapped("a-long-word and more", 4), ["a-long-word", "and", "more"]);
        assert_eq!(wrapped("two  blanks ", 20), ["two  blanks"]);
        assert_eq!(wrapped("two  blanks", 4), ["two", "blanks"]);
        assert_eq!(wrapped("\u{E4}\u{F6} \u{FC}", 4), ["\u{E4}\u{F6} \u{FC}"]);
        assert_eq!(wrapped("", 4), [""]);
    }
}
