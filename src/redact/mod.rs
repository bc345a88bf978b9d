//! What is personal in a text, taken out: each value becomes a placeholder such as `<user-1>`, the same value always the same one.
//!
//! It helps and promises nothing: it cannot tell that a word is a name if nothing around it says so.

mod find;
mod labels;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use crate::ledger::Occurrence;
use crate::order::sort_by_number;
#[cfg(feature = "own")]
use crate::table::OwnRecords;
use crate::table::{Symbol, Table};
use find::Found;
pub use labels::Personal;

/// Takes what is personal out of texts: principal names and e-mail addresses, the names of users, hosts and tenants, SIDs, the GUIDs of
/// users, devices and tenants, serial numbers, IP and MAC addresses.
///
/// The GUIDs of apps and policies, codes, and the names and messages of the table stay. A value that its place gives away, such as the
/// user's folder in a path, is known from then on and taken out wherever it stands as a word of its own.
///
/// Time is linear. Of each value no more than a hash is kept, of [`Redactor::MOST`] values at the most. Values past that number are taken
/// out, too, by a placeholder without a number; but they are not known where nothing around them tells what they are.
///
/// ```
/// let mut redactor = intune_err::Redactor::default();
/// let line = r"User jo@contoso.com: C:\Users\jo\app.log, app 3dde4e19-3a18-4dec-b60e-720b919e1790: 0x80180014";
/// assert_eq!(redactor.redact(line), r"User <user-1>: C:\Users\<user-2>\app.log, app 3dde4e19-3a18-4dec-b60e-720b919e1790: 0x80180014");
/// assert_eq!(redactor.redact("Sent to jo@contoso.com"), "Sent to <user-1>");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// The kind and number of each value, by its hash.
    values: HashMap<u128, (Personal, u32)>,
    /// How many values of each kind there are.
    counts: [u32; Personal::ALL.len()],
    /// The words of the table, made when they are first asked for.
    words: Option<HashSet<u64>>,
    table: Table,
}

/// A text without what is personal, and where in it the parts of the text stand.
///
/// ```
/// let redacted = intune_err::Redactor::default().bytes(b"jo@contoso.com: 0x80180014", &[]);
/// assert_eq!(redacted.text(), b"<user-1>: 0x80180014");
/// assert_eq!(redacted.range(&(16..26)), 10..20);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redacted {
    text: Vec<u8>,
    /// What was taken out, and what stands there now.
    cuts: Vec<(Range<usize>, Range<usize>)>,
}

impl Redacted {
    /// The text.
    ///
    /// ```
    /// assert_eq!(intune_err::Redactor::default().bytes(b"all is well", &[]).text(), b"all is well");
    /// ```
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where a part of the text that came in stands in the one that came out. What was taken out grows to its placeholder.
    ///
    /// ```
    /// let redacted = intune_err::Redactor::default().bytes(b"to jo@contoso.com", &[]);
    /// assert_eq!(redacted.range(&(0..5)), 0..11);
    /// ```
    pub fn range(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize, is_end: bool| {
            let next = self.cuts.partition_point(|(old, _)| if is_end { old.start < at } else { old.start <= at });
            match next.checked_sub(1).map(|last| &self.cuts[last]) {
                None => at,
                Some((old, new)) if at >= old.end => new.end + (at - old.end),
                Some((_, new)) if is_end => new.end,
                Some((_, new)) => new.start,
            }
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }
}

impl Redactor {
    /// How many values are kept apart; only a hostile log has more.
    pub const MOST: usize = 100_000;
    /// The longest value, in bytes.
    const LONGEST: usize = 512;

    /// The names, messages and words of somebody's own records stay, too.
    ///
    /// ```
    /// let record = r#"
    /// [[entry]]
    /// id = "contoso-agent"
    /// codes = []
    /// names = ["CT-AGENT-17"]
    /// messages = []
    /// platforms = ["windows"]
    /// area = "policy"
    /// problem = "The agent doesn't answer."
    /// causes = []
    /// resolution = []
    /// sources = ["https://wiki.contoso.example/agent"]
    /// "#;
    /// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read(&[("contoso.toml", record)]).unwrap()));
    /// assert_eq!(intune_err::Redactor::default().redact("host: CT-AGENT-17"), "host: <host-1>");
    /// assert_eq!(intune_err::Redactor::default().own(own).redact("host: CT-AGENT-17"), "host: CT-AGENT-17");
    /// ```
    #[cfg(feature = "own")]
    #[must_use]
    pub fn own(mut self, own: &'static OwnRecords) -> Self {
        (self.table, self.words) = (Table::with(own), None);
        self
    }

    /// A text without what is personal in it.
    ///
    /// ```
    /// let text = "ComputerName = DESKTOP-4F7K2QX, S-1-5-21-1004336348-1177238915-682003330-1001";
    /// assert_eq!(intune_err::Redactor::default().redact(text), "ComputerName = <host-1>, <sid-1>");
    /// ```
    pub fn redact<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let redacted = self.bytes(text.as_bytes(), &[]);
        // A text that nothing was taken from is borrowed.
        if redacted.cuts.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(String::from_utf8_lossy(&redacted.text).into_owned()) }
    }

    /// The same for bytes of a log. These parts of it, errors that a scan found, stay whole wherever only a word around them speaks
    /// against them.
    ///
    /// ```
    /// let mut redactor = intune_err::Redactor::default();
    /// assert_eq!(redactor.bytes(b"host: pc-17", &[]).text(), b"host: <host-1>");
    /// assert_eq!(redactor.bytes(b"host: pc-17", &[6..11]).text(), b"host: pc-17");
    /// ```
    pub fn bytes(&mut self, text: &[u8], keep: &[Range<usize>]) -> Redacted {
        let mut found = find::found(text);
        let is_kept = |range: &Range<usize>| touches(keep, range) || self.is_of_table(&text[range.clone()]);
        found.retain(|part| !part.by_word || !is_kept(&part.range));
        for part in &found {
            self.learn(part, text);
        }
        self.known_words(text, keep, &mut found);
        let mut redacted = Redacted { text: Vec::with_capacity(text.len()), cuts: Vec::with_capacity(found.len()) };
        let mut from = 0;
        for part in &found {
            redacted.text.extend_from_slice(&text[from..part.range.start]);
            let start = redacted.text.len();
            redacted.text.extend_from_slice(self.placeholder(part, &text[part.range.clone()]).as_bytes());
            redacted.cuts.push((part.range.clone(), start..redacted.text.len()));
            from = part.range.end;
        }
        redacted.text.extend_from_slice(&text[from..]);
        redacted
    }

    /// The placeholder of a value that is known to be personal.
    ///
    /// ```
    /// use intune_err::{Personal, Redactor};
    /// let mut redactor = Redactor::default();
    /// assert_eq!(redactor.value(Personal::Host, "LT0042"), "<host-1>");
    /// assert_eq!(redactor.redact("sent by lt0042"), "sent by <host-1>");
    /// ```
    pub fn value(&mut self, kind: Personal, value: &str) -> String {
        let part = Found { range: 0..value.len(), kind, by_word: true, also: None };
        self.learn(&part, value.as_bytes());
        self.placeholder(&part, value.as_bytes())
    }

    /// The finding in a text that this redactor made of its line, or of this part of its line. The lines around it are left out.
    ///
    /// ```
    /// use intune_err::{Redactor, Scanner, Stream};
    /// let (mut stream, mut redactor) = (Stream::new(Scanner::new()), Redactor::default());
    /// stream.push(b"jo@contoso.com: 0x80180014\n", |passage| {
    ///     let found = passage.occurrences().next().unwrap();
    ///     let line = redactor.bytes(found.text, &[found.matched.clone()]);
    ///     let found = Redactor::occurrence(&found, &line, &(0..found.text.len()));
    ///     assert_eq!((found.text, found.matched()), (&b"<user-1>: 0x80180014"[..], &b"0x80180014"[..]));
    /// });
    /// ```
    pub fn occurrence<'r>(found: &Occurrence<'r>, redacted: &'r Redacted, part: &Range<usize>) -> Occurrence<'r> {
        let at = |at: usize| at.clamp(part.start, part.end) - part.start;
        // Where a part begins or ends within its line, that can be within a value.
        let matched = at(found.matched.start)..at(found.matched.end);
        let start = if part.start == 0 { 0 } else { Self::LONGEST.min(matched.start) };
        let end = if part.end == found.text.len() { part.len() } else { part.len().saturating_sub(Self::LONGEST).max(matched.end) };
        let (shown, matched) = (redacted.range(&(start..end)), redacted.range(&matched));
        Occurrence {
            text: &redacted.text[shown.clone()],
            matched: matched.start - shown.start..matched.end - shown.start,
            begins: found.begins && part.start == 0,
            ends: found.ends && part.end == found.text.len(),
            before: b"",
            after: b"",
            ..found.clone()
        }
    }

    /// Adds the words that are known to be personal and stand elsewhere, in order.
    fn known_words(&self, text: &[u8], keep: &[Range<usize>], found: &mut Vec<Found>) {
        if self.values.is_empty() {
            return;
        }
        let mut added = Vec::new();
        let mut next = 0;
        for word in find::words(text) {
            while found.get(next).is_some_and(|part| part.range.end <= word.start) {
                next += 1;
            }
            let is_free = found.get(next).is_none_or(|part| part.range.start >= word.end);
            if is_free
                && word.len() >= find::SHORTEST
                && !touches(keep, &word)
                && let Some((kind, _)) = self.values.get(&hash(&text[word.clone()]))
            {
                added.push(Found { range: word, kind: *kind, by_word: true, also: None });
            }
        }
        if !added.is_empty() {
            found.append(&mut added);
            sort_by_number(found, |part| part.range.start as u64);
        }
    }

    /// Gives a value its number. What is common as a word has one under a key of its own, and is not known elsewhere.
    fn learn(&mut self, part: &Found, text: &[u8]) {
        let value = &text[part.range.clone()];
        let key = hash(value);
        let of = |key: u128| self.values.get(&key).or_else(|| self.values.get(&common(key))).copied();
        let known = of(key);
        let value = match known.or_else(|| part.also.as_ref().and_then(|also| of(hash(&text[also.clone()])))) {
            Some(value) => {
                // A name that was met by itself before.
                if known.is_none() && self.values.len() < Self::MOST {
                    self.values.insert(key, value);
                }
                value
            }
            None if self.values.len() >= Self::MOST => return,
            None => {
                let key = if part.by_word && self.is_common(value) { common(key) } else { key };
                let count = &mut self.counts[part.kind as usize];
                *count += 1;
                let value = (part.kind, *count);
                self.values.insert(key, value);
                value
            }
        };
        if let Some(also) = &part.also
            && self.values.len() < Self::MOST
            && !self.is_common(&text[also.clone()])
        {
            self.values.entry(hash(&text[also.clone()])).or_insert(value);
        }
    }

    fn placeholder(&self, part: &Found, value: &[u8]) -> String {
        let key = hash(value);
        match self.values.get(&key).or_else(|| self.values.get(&common(key))) {
            Some((kind, number)) => format!("<{}-{number}>", kind.name()),
            None => format!("<{}>", part.kind.name()),
        }
    }

    /// Whether a value is a word that the table's names and messages are made of, so that it is no name where it stands alone.
    fn is_common(&mut self, value: &[u8]) -> bool {
        let table = self.table;
        let words = self.words.get_or_insert_with(|| {
            let texts = table.all().flat_map(|entry| entry.names().chain(entry.messages()).chain([entry.problem()]));
            texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric())).map(|word| hash(word.as_bytes()) as u64).collect()
        });
        words.contains(&(hash(value) as u64)) || find::is_common(value)
    }

    /// Whether the table has this as a name.
    fn is_of_table(&self, value: &[u8]) -> bool {
        std::str::from_utf8(value).is_ok_and(|text| self.table.by_name(text).next().is_some() || Symbol::by_name(text).len() > 0)
    }
}

/// Whether one of these parts, which are in order, has something in common with this one.
fn touches(parts: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = parts.partition_point(|part| part.end <= range.start);
    parts.get(next).is_some_and(|part| part.start < range.end)
}

/// The hash of a value in lower case.
fn hash(value: &[u8]) -> u128 {
    let (mut hasher, mut lower) = (DefaultHasher::new(), [0; 64]);
    for piece in value.chunks(lower.len()) {
        let lower = &mut lower[..piece.len()];
        lower.copy_from_slice(piece);
        lower.make_ascii_lowercase();
        hasher.write(lower);
    }
    let first = hasher.finish();
    hasher.write_u8(0);
    u128::from(first) << 64 | u128::from(hasher.finish())
}

/// The key of a value that is a common word.
const fn common(key: u128) -> u128 {
    !key
}
