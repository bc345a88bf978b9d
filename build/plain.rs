//! The tables of a TOML file that is written as ours are: headers `[[entry]]`, keys without quotes, and as values texts on one line, whole
//! numbers, and lists of these. Anything else is left to a whole parser.
//!
//! The build script and the library both compile this file: a thousand records take a quarter of the whole parser's time.

use std::borrow::Cow;

use super::fields::{Field, Table, Value};

/// The tables of a text, one after the other, so that no more than one is in memory.
pub(crate) struct Tables<'a> {
    reader: Reader<'a>,
}

/// The text is not of this form, or has a fault.
#[derive(Debug, PartialEq)]
pub(crate) struct NotPlain;

impl<'a> Tables<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { reader: Reader { text, at: 0, line: 1 } }
    }

    fn table(&mut self) -> Option<Table<'a>> {
        let mut table = Table { header: Cow::Borrowed(""), line: 1, fields: Vec::with_capacity(FIELDS) };
        // Only the first table can have no header: another one ends at one.
        if self.reader.peek() == Some(b'[') {
            table.line = self.reader.line;
            table.header = Cow::Borrowed(self.reader.header()?);
            self.reader.end_line()?;
            self.reader.pass_empty_lines()?;
        }
        while self.reader.peek().is_some_and(|byte| byte != b'[') {
            let (line, key) = (self.reader.line, self.reader.key()?);
            let value = self.reader.value()?;
            table.fields.push(Field { key: Cow::Borrowed(key), line, value });
            self.reader.end_line()?;
            self.reader.pass_empty_lines()?;
        }
        Some(table)
    }
}

impl<'a> Iterator for Tables<'a> {
    type Item = Result<Table<'a>, NotPlain>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.reader.pass_empty_lines().is_some() && self.reader.peek().is_none() {
            return None;
        }
        Some(self.table().ok_or(NotPlain))
    }
}

/// Most records have no more keys.
const FIELDS: usize = 14;

/// How many bytes of a text are looked at together.
const CHUNK: usize = 16;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

const fn is_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past the bytes that are so, and returns them.
    #[inline]
    fn run(&mut self, is_so: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text.as_bytes()[self.at..];
        let len = rest.iter().position(|&byte| !is_so(byte)).unwrap_or(rest.len());
        self.taken(len)
    }

    /// Goes past a text without control characters up to one of these two bytes, and returns it. The compiler makes vectors of this.
    fn run_up_to(&mut self, end: [u8; 2]) -> &'a str {
        // One is yes. Numbers have no branches.
        let ends = |byte: u8| u8::from(byte < b' ') | u8::from(byte == 0x7F) | u8::from(byte == end[0]) | u8::from(byte == end[1]);
        let rest = &self.text.as_bytes()[self.at..];
        let (chunks, _) = rest.as_chunks::<CHUNK>();
        let goes_on = |chunk: &&[u8; CHUNK]| chunk.iter().fold(0, |so_far, &byte| so_far | ends(byte)) == 0;
        let whole = chunks.iter().take_while(goes_on).count() * CHUNK;
        let len = rest[whole..].iter().position(|&byte| ends(byte) == 1).unwrap_or(rest.len() - whole);
        self.taken(whole + len)
    }

    /// Goes past so many bytes, and returns them.
    fn taken(&mut self, len: usize) -> &'a str {
        self.at += len;
        // All callers take ASCII alone, or end before ASCII.
        &self.text[self.at - len..self.at]
    }

    /// Goes past these bytes, if they are next.
    fn pass(&mut self, wanted: &str) -> Option<()> {
        self.text.as_bytes()[self.at..].starts_with(wanted.as_bytes()).then(|| self.at += wanted.len())
    }

    fn pass_blanks(&mut self) {
        while let Some(b' ' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Goes past blanks and a comment, to the end of the line or what else is next.
    fn pass_comment(&mut self) {
        self.pass_blanks();
        if self.peek() == Some(b'#') {
            self.run(|byte| byte >= b' ' && byte != 0x7F || byte == b'\t');
        }
    }

    fn pass_line_end(&mut self) -> Option<()> {
        self.pass("\n").or_else(|| self.pass("\r\n")).map(|()| self.line += 1)
    }

    /// Goes past lines with nothing but comments, to the first byte of anything else.
    #[inline]
    fn pass_empty_lines(&mut self) -> Option<()> {
        // Most values and keys are next already.
        match self.peek() {
            Some(byte) if byte > b' ' && byte != b'#' => Some(()),
            _ => self.pass_what_is_empty(),
        }
    }

    fn pass_what_is_empty(&mut self) -> Option<()> {
        loop {
            let before = self.at;
            self.pass_comment();
            if self.pass_line_end().is_none() {
                // What ends a comment ends the line.
                let has_comment = self.text.as_bytes()[before..self.at].contains(&b'#');
                return (!has_comment || self.peek().is_none()).then_some(());
            }
        }
    }

    /// Nothing but a comment is left of the line.
    fn end_line(&mut self) -> Option<()> {
        // Most lines end here.
        if self.pass_line_end().is_some() {
            return Some(());
        }
        self.pass_comment();
        self.pass_line_end().or_else(|| self.peek().is_none().then_some(()))
    }

    fn header(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.pass("[[")?;
        let name = self.run(is_of_key);
        self.pass("]]")?;
        (!name.is_empty()).then(|| &self.text[start..self.at])
    }

    /// A key and its equals sign.
    fn key(&mut self) -> Option<&'a str> {
        let key = self.run(is_of_key);
        self.pass_blanks();
        self.pass("=")?;
        self.pass_blanks();
        (!key.is_empty()).then_some(key)
    }

    fn value(&mut self) -> Option<Value> {
        if self.peek()? != b'[' {
            return self.scalar();
        }
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.pass_empty_lines()?;
            if self.pass("]").is_some() {
                return Some(Value::List(list));
            }
            list.push(self.scalar()?);
            self.pass_empty_lines()?;
            if self.pass(",").is_none() && self.peek() != Some(b']') {
                return None;
            }
        }
    }

    /// A text or a number.
    fn scalar(&mut self) -> Option<Value> {
        if let quote @ (b'"' | b'\'') = self.peek()? {
            return self.quoted(quote).map(Value::Text);
        }
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'_' | b'.' | b':'));
        let number = match word.strip_prefix("0x") {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => i64::from_str_radix(digits, 16).ok()?,
            Some(_) => return None,
            None => {
                let digits = word.strip_prefix('-').unwrap_or(word);
                let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
                is_plain.then(|| word.parse().ok()).flatten()?
            }
        };
        Some(Value::Number(number))
    }

    /// A text in quotes on one line. Of the escapes it takes those of a quote and a backslash.
    fn quoted(&mut self, quote: u8) -> Option<String> {
        self.at += 1;
        let end = [quote, if quote == b'"' { b'\\' } else { quote }];
        let mut text = self.run_up_to(end).to_owned();
        while self.peek()? == b'\\' {
            let escaped = self.text.as_bytes().get(self.at + 1).filter(|byte| matches!(byte, b'"' | b'\\'))?;
            text.push(char::from(*escaped));
            self.at += 2;
            text.push_str(self.run_up_to(end));
        }
        if self.peek()? != quote {
            return None;
        }
        self.at += 1;
        // Two quotes and a third one begin a text of several lines.
        (!text.is_empty() || self.peek() != Some(quote)).then_some(text)
    }
}
