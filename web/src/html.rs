//! The text of the terminal as HTML: the same words in the same order, so page and program can't differ.

/// A text in which nothing is markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            c => escaped.push(c),
        }
    }
    escaped
}

/// A link that looks a query up.
pub(crate) fn link(query: &str) -> String {
    let mut address = String::new();
    for byte in query.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address += &format!("%{byte:02X}");
        }
    }
    format!("<a href=\"#q={address}\">{}</a>", escaped(query))
}

/// The blocks of an answer: the subject as a heading, then labels with their texts.
///
/// A line is a label and a text, or, indented, more of the text before: a step with its number.
pub(crate) fn blocks(text: &str) -> String {
    let mut lines = text.lines();
    let mut html = format!("<h2>{}</h2>", escaped(lines.next().unwrap_or_default()));
    let (mut in_list, mut in_steps, mut last) = (false, false, "");
    for line in lines.chain([""]) {
        let (label, text) = if line.starts_with(' ') { ("", line.trim_start()) } else { line.split_once(':').unwrap_or(("", line)) };
        let text = text.trim_start();
        let step = step(text).filter(|_| matches!(label, "" | "Problems" | "Resolution"));
        if in_steps && (step.is_none() || !label.is_empty()) {
            html += "</ol>";
            in_steps = false;
        }
        if line.is_empty() || !label.is_empty() && in_list {
            html += if in_list { "</dd>" } else { "" };
        }
        if line.is_empty() {
            html += if in_list { "</dl>" } else { "" };
            in_list = false;
            continue;
        }
        if !in_list {
            html += "<dl>";
            in_list = true;
        }
        if label.is_empty() {
            html += if step.is_none() { "<br>" } else { "" };
        } else {
            last = label;
            html += &format!("<dt>{}</dt><dd>", escaped(label));
        }
        if let Some(step) = step {
            html += if in_steps { "" } else { "<ol>" };
            in_steps = true;
            html += &format!("<li>{}</li>", prose(step));
        } else {
            html += &value(last, text);
        }
    }
    html
}

/// The text of a numbered step.
fn step(text: &str) -> Option<&str> {
    let (number, text) = text.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// A text after its label.
fn value(label: &str, text: &str) -> String {
    match label {
        "Source" if text.starts_with("https://") => {
            format!("<a href=\"{0}\" target=\"_blank\" rel=\"noopener noreferrer\">{0}</a>", escaped(text))
        }
        "Similar" => text.split(", ").map(link).collect::<Vec<_>>().join(", "),
        // Others that can be meant, each with the words to look it up.
        "Also" => match text.strip_suffix(')').and_then(|text| text.rsplit_once(" (intune-err ")) {
            Some((text, id)) => format!("{} ({})", prose(text), link(id)),
            None => prose(text),
        },
        _ => prose(text),
    }
}

/// A text in which backticks mark what is typed or pressed.
pub(crate) fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let part = |(position, part): (usize, &&str)| if position % 2 == 0 { escaped(part) } else { format!("<code>{}</code>", escaped(part)) };
    parts.iter().enumerate().map(part).collect()
}
