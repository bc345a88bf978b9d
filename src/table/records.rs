//! The table with somebody's own records before it: what look-up and scan ask for entries, names and codes.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;
use std::{fmt, ptr};

use super::anchors;
use super::entry::Entry;
use super::own::OwnRecord;
use super::packed::may_be_known;
use super::packed::{Gram, GramFilter, generated};
use crate::code::Code;
use crate::key::{FIRST_TRIGGER, fold, fold_into, hash_text};

/// Somebody's own records, in the form of the project's `data/README.md`: found before those of the table, and marked with the name of their
/// file.
///
/// [`Lookup::own`](crate::Lookup::own) and [`Scanner::own`](crate::Scanner::own) take them for good, since entries are handed around as
/// copies: read them once, and leak them.
///
/// ```
/// # #[cfg(feature = "own")] {
/// let records = r#"
/// [[entry]]
/// id = "contoso-vpn-license"
/// codes = []
/// names = ["70001"]
/// messages = ["Contoso VPN: no license for <user>"]
/// platforms = ["windows"]
/// area = "app-install"
/// problem = "The license server of Contoso VPN can't be reached."
/// causes = []
/// resolution = ["Connect to the company network and install again."]
/// sources = ["https://wiki.contoso.example/vpn"]
/// "#;
/// let own = intune_err::OwnRecords::read(&[("contoso.toml", records)]).unwrap();
/// let own: &'static _ = Box::leak(Box::new(own));
/// let answers = intune_err::Lookup::new().own(own).answer("exit code 70001").unwrap();
/// assert_eq!(answers[0].entries[0].file(), Some("contoso.toml"));
/// # }
/// ```
pub struct OwnRecords {
    records: Vec<OwnRecord>,
    /// Each code with the position of a record that has it, in order.
    by_code: Vec<(u32, u32)>,
    /// Each text with the position of a record that has it: the text as the hash of what [`fold`] makes of it, in order. Made when a
    /// text is first looked up.
    by_text: OnceLock<Vec<(u64, u32)>>,
    /// What a log is searched for, made by `prepare` when it is first asked for: most look-ups scan nothing.
    searched_for: OnceLock<SearchedFor>,
    prepare: fn(&Self) -> SearchedFor,
}

/// What a log is searched for of own records.
pub(crate) struct SearchedFor {
    /// In the order of their texts in lower case.
    patterns: Vec<OwnPattern>,
    /// In the order of their bytes.
    grams: Vec<Gram>,
    filter: Box<GramFilter>,
    /// Whether a word that begins a gram looks like a number.
    has_numbers: bool,
}

impl SearchedFor {
    /// Texts and their grams in the order of their bytes, which `mark` marks in the filter; and whether a word of them looks like a number.
    pub(crate) fn new(patterns: Vec<OwnPattern>, grams: Vec<Gram>, has_numbers: bool, mark: impl FnOnce(&mut GramFilter)) -> Self {
        let mut filter = Box::new(generated::GRAM_FILTER.clone());
        mark(&mut filter);
        Self { patterns, grams, filter, has_numbers }
    }
}

/// A name or message of own records as the scan looks for it.
pub(crate) struct OwnPattern {
    pub(crate) text: String,
    pub(crate) varies: bool,
    pub(crate) records: Vec<usize>,
}

impl OwnRecords {
    /// Puts records in order, the likeliest first. `prepare` makes what a log is searched for, with positions in that order.
    pub(crate) fn new(mut records: Vec<OwnRecord>, prepare: fn(&Self) -> SearchedFor) -> Self {
        records.sort_unstable_by(|a, b| (a.counts.rank, &a.id).cmp(&(b.counts.rank, &b.id)));
        let mut by_code = Vec::with_capacity(records.len());
        for (at, record) in records.iter_mut().enumerate() {
            record.position = at;
            by_code.extend(record.codes.iter().map(|code| (*code, at as u32)));
        }
        by_code.sort_unstable();
        Self { records, by_code, by_text: OnceLock::new(), searched_for: OnceLock::new(), prepare }
    }

    /// Each text as a hash, with the position of a record that has it.
    fn hashes(&self) -> Vec<(u64, u32)> {
        let (mut hashes, mut folded) = (Vec::with_capacity(4 * self.records.len()), String::new());
        for record in &self.records {
            for text in record.found_by() {
                folded.clear();
                fold_into(&mut folded, text);
                hashes.push((hash_text(&folded), record.position as u32));
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    fn searched_for(&self) -> &SearchedFor {
        self.searched_for.get_or_init(|| (self.prepare)(self))
    }

    /// The names and messages that a log is searched for, each with the position of its record.
    pub(crate) fn searched(&self) -> impl Iterator<Item = (usize, &str)> {
        self.records.iter().enumerate().flat_map(|(position, record)| record.searched().map(move |text| (position, text)))
    }

    /// How many records there are.
    ///
    /// ```
    /// # #[cfg(feature = "own")]
    /// assert_eq!(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap().len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    ///
    /// ```
    /// # #[cfg(feature = "own")]
    /// assert!(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The entries that they are, the likeliest first.
    ///
    /// ```
    /// # #[cfg(feature = "own")] {
    /// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
    /// assert_eq!(own.entries().len(), 0);
    /// # }
    /// ```
    pub fn entries(&'static self) -> impl ExactSizeIterator<Item = Entry> {
        self.records.iter().map(Entry::own)
    }

    fn has_code(&self, code: Code) -> bool {
        of_key(&self.by_code, code.bits()).next().is_some()
    }

    fn by_code(&self, code: Code) -> impl Iterator<Item = &OwnRecord> {
        of_key(&self.by_code, code.bits()).map(|at| &self.records[at])
    }

    /// The records that one of whose texts folds to this.
    fn by_text(&self, folded: String) -> impl Iterator<Item = &OwnRecord> {
        let by_text = self.by_text.get_or_init(|| self.hashes());
        let records = of_key(by_text, hash_text(&folded)).map(|at| &self.records[at]);
        // Different texts can have one hash.
        records.filter(move |record| record.found_by().any(|text| fold(text) == folded))
    }
}

/// The positions that stand with a key, in a list that is in order.
fn of_key<K: Copy + Ord>(list: &[(K, u32)], key: K) -> impl Iterator<Item = usize> {
    let from = list.partition_point(|(of, _)| *of < key);
    list[from..].iter().take_while(move |(of, _)| *of == key).map(|(_, at)| *at as usize)
}

impl fmt::Debug for OwnRecords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnRecords").field(&self.records.len()).finish()
    }
}

/// The table, with or without somebody's own records before it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Table(Option<&'static OwnRecords>);

impl Table {
    /// The table alone.
    pub(crate) const ALONE: Self = Self(None);

    pub(crate) const fn with(own: &'static OwnRecords) -> Self {
        Self(Some(own))
    }

    /// All entries, somebody's own first.
    pub(crate) fn all(self) -> impl Iterator<Item = Entry> {
        self.own().chain(Entry::all())
    }

    /// Somebody's own entries.
    pub(crate) fn own(self) -> impl Iterator<Item = Entry> {
        self.0.into_iter().flat_map(OwnRecords::entries)
    }

    /// The entries that list exactly this code.
    pub(crate) fn by_code(self, code: Code) -> impl Iterator<Item = Entry> {
        self.0.into_iter().flat_map(move |own| own.by_code(code)).map(Entry::own).chain(Entry::by_code(code))
    }

    /// Whether an entry lists exactly this code.
    pub(crate) fn lists(self, code: Code) -> bool {
        self.0.is_some_and(|own| own.has_code(code)) || Entry::by_code(code).len() > 0
    }

    /// The entries with this id, name, message or title.
    pub(crate) fn by_name(self, text: &str) -> impl Iterator<Item = Entry> {
        let own = self.0.map(|own| own.by_text(fold(text)));
        own.into_iter().flatten().map(Entry::own).chain(Entry::by_name(text))
    }

    /// Whether a code can have an entry, a symbol or a meaning in one of its forms. A `false` is certain.
    pub(crate) fn may_be_known(self, code: Code) -> bool {
        let is_own = |own: &OwnRecords| own.has_code(code) || code.other_form().is_some_and(|other| own.has_code(other));
        may_be_known(code) || self.0.is_some_and(is_own)
    }

    /// The filter that a word is looked up in before anything else.
    pub(crate) fn filter(self) -> &'static GramFilter {
        self.0.map_or(&generated::GRAM_FILTER, |own| &*own.searched_for().filter)
    }

    /// Whether a log is searched for words that look like numbers, too.
    pub(crate) fn has_numbers(self) -> bool {
        self.0.is_some_and(|own| own.searched_for().has_numbers)
    }

    /// Where in which texts of own records a gram stands that has these four bytes after it, letters in lower case.
    pub(crate) fn own_grams(self, gram: u64, tail: u32) -> impl Iterator<Item = &'static Gram> {
        let grams = self.0.map_or(&[][..], |own| &own.searched_for().grams);
        grams[grams.partition_point(|row| row.bytes < gram)..]
            .iter()
            .take_while(move |row| row.bytes == gram)
            .filter(move |row| row.goes_on(tail))
    }

    /// The text of own records at a position that a gram gave.
    pub(crate) fn own_text(self, position: u16) -> SearchedText {
        SearchedText { own: self.0, position }
    }

    /// The text that the scan looks for and that reads so, in any case.
    pub(crate) fn searched_text(self, text: &str) -> Option<SearchedText> {
        let lower = text.to_lowercase();
        let by_text = |pattern: &OwnPattern| pattern.text.to_lowercase().cmp(&lower);
        let of_own = self.0.map(|own| own.searched_for().patterns.binary_search_by(by_text));
        match of_own {
            Some(Ok(position)) => Some(self.own_text(position as u16)),
            _ => anchors::pattern_of(text).map(SearchedText::of_table),
        }
    }
}

/// A name or message that the scan looks for: of the table, or of somebody's own records.
#[derive(Clone, Copy)]
pub(crate) struct SearchedText {
    own: Option<&'static OwnRecords>,
    position: u16,
}

impl SearchedText {
    /// The pattern at a position that the table gave.
    pub(crate) const fn of_table(position: u16) -> Self {
        Self { own: None, position }
    }

    fn own(self) -> Option<&'static OwnPattern> {
        self.own.map(|own| &own.searched_for().patterns[usize::from(self.position)])
    }

    pub(crate) fn text(self) -> &'static str {
        self.own().map_or_else(|| anchors::pattern(self.position).text(), |own| &own.text)
    }

    /// Whether it has a variable part.
    pub(crate) fn varies(self) -> bool {
        self.own().map_or_else(|| anchors::pattern(self.position).varies, |own| own.varies)
    }

    /// Whether it is one of somebody's own records.
    pub(crate) const fn is_own(self) -> bool {
        self.own.is_some()
    }

    /// The entries that have it. Those of the table come after somebody's own.
    pub(crate) fn entries(self) -> impl ExactSizeIterator<Item = Entry> {
        let of_own = self.own.map(|own| (own, own.searched_for().patterns[usize::from(self.position)].records.as_slice()));
        let of_table = match self.own() {
            Some(own) => anchors::pattern_of(&own.text),
            None => Some(self.position),
        };
        let of_table = of_table.map_or(&[][..], |position| anchors::pattern(position).positions());
        let own_len = of_own.map_or(0, |(_, records)| records.len());
        (0..own_len + of_table.len()).map(move |at| match of_own {
            Some((own, records)) if at < own_len => Entry::own(&own.records[records[at]]),
            _ => Entry::at(of_table[at - own_len]),
        })
    }

    /// What tells it from others.
    fn key(self) -> (Option<*const OwnRecords>, u16) {
        (self.own.map(ptr::from_ref), self.position)
    }
}

impl PartialEq for SearchedText {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for SearchedText {}

impl Ord for SearchedText {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for SearchedText {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for SearchedText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// The most names and messages that own records can have to be looked for: a gram names them in 16 bits.
pub(crate) const MOST_OWN_TEXTS: usize = FIRST_TRIGGER as usize;
