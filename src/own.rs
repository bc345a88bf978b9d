//! Reads a company's own records, checks them as the build checks the table's, and prepares them for look-up and scan.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::{fmt, slice};

use crate::anchor::{self, Row};
use crate::key::{self, GRAM};
use crate::order::sort_by_number;
use crate::record::{self, Record, placed};
use crate::table::words::{everyday, phrases};
use crate::table::{ContextKind, Entry, Gram, MOST_OWN_TEXTS, OwnPattern, OwnRecord, OwnRecords, Parts, Platform, SearchedFor};
use crate::{Code, text};

/// What is wrong with own records. It prints as file, line, record and fault.
///
/// ```
/// let faults = intune_err::OwnRecords::read(&[("contoso.toml", "[[entry]]\nid = \"a\"\ncolour = 1\n")]).unwrap_err();
/// assert_eq!(faults[0].line, 1);
/// assert_eq!(faults[0].to_string(), "contoso.toml:1: a: key `codes` is missing");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordFault {
    /// The file, as it was named.
    pub file: String,
    /// The line in it.
    pub line: usize,
    /// The id of the record; none where the fault is the file's, or the record has none.
    pub id: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.as_ref().map(|id| format!("{}: ", text::printable(id))).unwrap_or_default();
        write!(f, "{}:{}: {id}{}", text::printable(&self.file), self.line, text::printable(&self.what))
    }
}

impl std::error::Error for RecordFault {}

impl OwnRecords {
    /// Reads the records of files, pairs of name and content, in the form of the project's `data/README.md`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, in their order. The same checks decide as for the table's own records, and besides: no text
    /// has a control character or a line end, and a context in `seen_in` is one of [`ContextKind::all`].
    ///
    /// ```
    /// let faults = intune_err::OwnRecords::read(&[("a.toml", "[[entry]]\n"), ("b.toml", "[[record]]\n")]).unwrap_err();
    /// assert!(faults.len() > 2 && faults.iter().any(|fault| fault.file == "b.toml"));
    /// ```
    pub fn read<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Self, Vec<RecordFault>> {
        let mut found = Vec::with_capacity(files.len());
        for (name, text) in files {
            let name = name.as_ref();
            let file: Arc<str> = name.rsplit(['/', '\\']).next().unwrap_or(name).into();
            let text = text.as_ref().trim_start_matches('\u{FEFF}');
            let keep = |mut record: Record, faults: &mut Vec<_>| {
                check(&record, faults);
                (record.line("id"), own_record(&file, &mut record))
            };
            found.push(record::read(text, keep));
        }
        same_ids(files, &mut found);
        let mut faults = Vec::new();
        for ((name, _), (_, found)) in files.iter().zip(&mut found) {
            // The faults of one line stay in their order.
            sort_by_number(found, |fault| fault.line as u64);
            let with_file = |record::FaultAtLine { line, id, what }| RecordFault { file: name.as_ref().to_owned(), line, id, what };
            faults.extend(found.drain(..).map(with_file));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut records: Vec<OwnRecord> = found.into_iter().flat_map(|(records, _)| records).map(|(_, record)| record).collect();
        place(&mut records);
        let own = Self::new(records, searched_for);
        // Texts that several records have count once, which takes longer to know.
        if own.searched().count() >= MOST_OWN_TEXTS {
            let different = patterns(&own).len();
            if different >= MOST_OWN_TEXTS {
                let what = format!("there are {different} different names and messages to search logs for, more than {MOST_OWN_TEXTS}");
                let file = files.first().map(|(name, _)| name.as_ref().to_owned()).unwrap_or_default();
                return Err(vec![RecordFault { file, line: 1, id: None, what }]);
            }
        }
        Ok(own)
    }
}

/// What a log is searched for.
fn searched_for(own: &OwnRecords) -> SearchedFor {
    let patterns = patterns(own);
    let rows = rows(&patterns, own);
    let grams = rows.iter().map(|row| Gram::new(row.gram, u32::from_le_bytes(row.tail), row.pattern as u16, row.offset as u16));
    let grams = grams.collect();
    let has_numbers = rows.iter().any(Row::is_passed);
    SearchedFor::new(patterns, grams, has_numbers, |filter| anchor::mark(&mut filter.marks, &mut filter.tails, &rows))
}

/// Records with the line of their ids, and the faults, of each file.
type Read = (Vec<(usize, OwnRecord)>, Vec<record::FaultAtLine>);

/// Finds the ids that stand in files twice.
fn same_ids<N: AsRef<str>, T>(files: &[(N, T)], found: &mut [Read]) {
    let mut ids: HashMap<&str, usize> = HashMap::with_capacity(found.iter().map(|(records, _)| records.len()).sum());
    for (file, (records, faults)) in found.iter_mut().enumerate() {
        for (line, record) in records.iter() {
            if let Some(first) = ids.insert(record.id(), file) {
                let what = format!("its id stands in {} already", files[first].0.as_ref());
                faults.push(record::FaultAtLine { line: *line, id: Some(record.id().to_owned()), what });
            }
        }
    }
}

/// Finds what the build's other files decide about, and what could harm a terminal.
fn check(record: &Record, faults: &mut Vec<record::FaultAtLine>) {
    for id in record.seen_in.iter().filter(|id| ContextKind::by_id(id).is_none()) {
        let what = format!("seen_in has {id:?}, which is no context; `intune-err list --json` shows those in use as seen_in");
        faults.push(record.fault("seen_in", what));
    }
    for (key, texts) in [
        ("names", record.names.as_slice()),
        ("messages", &record.messages),
        ("title", record.title.as_slice()),
        ("problem", slice::from_ref(&record.problem)),
        ("causes", &record.causes),
        ("resolution", &record.resolution),
        ("nothing_to_do", record.nothing_to_do.as_slice()),
        ("notes", &record.notes),
        ("sources", &record.sources),
        ("legacy", record.legacy.as_slice()),
    ] {
        if texts.iter().any(|text| !is_printable_ascii(text) && text.contains(text::acts_on_terminal)) {
            faults.push(record.fault(key, format!("{key} has a control character or a line end")));
        }
    }
}

/// Whether a text is ASCII that shows itself, as most are; which others do takes longer to say.
fn is_printable_ascii(text: &str) -> bool {
    text.bytes().fold(true, |so_far, byte| so_far & (b' '..0x7F).contains(&byte))
}

/// Says of each record that shares a code with another entry, of the table or of own records, where its problem is seen.
fn place(records: &mut [OwnRecord]) {
    let mut codes: Vec<u32> = Vec::with_capacity(records.len());
    for record in records.iter() {
        let different = record.codes.iter().enumerate().map(|(at, &code)| (&record.codes[..at], lesser(code)));
        codes.extend(different.filter(|(before, code)| !before.iter().any(|&before| lesser(before) == *code)).map(|(_, code)| code));
    }
    codes.sort_unstable();
    let in_table = |code: u32| Entry::by_code(Code::new(code)).len() > 0;
    let is_shared = |&code: &u32| {
        let (code, other) = (lesser(code), key::other_form(code));
        let first = codes.partition_point(|of| *of < code);
        codes.get(first + 1) == Some(&code) || in_table(code) || other.is_some_and(in_table)
    };
    for record in records {
        let Some(kind) = record.seen_in.first().and_then(|at| ContextKind::all().nth(usize::from(*at))) else { continue };
        if record.codes.iter().any(is_shared) {
            let problem = placed(kind.name(), record.problem());
            record.set_problem(&problem);
        }
    }
}

/// The lesser of the two forms of a code.
fn lesser(code: u32) -> u32 {
    key::other_form(code).map_or(code, |other| other.min(code))
}

/// What the table keeps of a record.
fn own_record(file: &Arc<str>, record: &mut Record) -> OwnRecord {
    let kinds = record.seen_in.iter().filter_map(|id| ContextKind::by_id(id));
    let platforms = record.platforms.iter().filter_map(|platform| Platform::ALL.iter().position(|known| known.name() == platform));
    OwnRecord::from(Parts {
        file,
        id: std::mem::take(&mut record.id),
        title: record.title.as_ref(),
        names: &record.names,
        messages: &record.messages,
        lookup_only: &record.lookup_only,
        codes: record.codes.iter().map(|&code| code as u32).collect(),
        seen_in: kinds.map(|kind| kind.index() as u8).collect(),
        problem: &record.problem,
        causes: &record.causes,
        resolution: &record.resolution,
        notes: &record.notes,
        sources: &record.sources,
        legacy: record.legacy.as_ref(),
        nothing_to_do: record.nothing_to_do.as_ref(),
        area: record.area.parse().ok(),
        platforms: platforms.fold(0, |bits, position| bits | 1 << position),
        rank: record.rank as u8,
    })
}

/// The texts that a log is searched for, each once, with the records that have it.
fn patterns(own: &OwnRecords) -> Vec<OwnPattern> {
    let mut patterns: BTreeMap<String, OwnPattern> = BTreeMap::new();
    for (record, text) in own.searched() {
        let Some(text) = anchor::scanned(text) else { continue };
        let varies = anchor::literals(text).count() > 1;
        let pattern =
            patterns.entry(text.to_lowercase()).or_insert_with(|| OwnPattern { text: text.to_owned(), varies, records: Vec::new() });
        if pattern.records.last() != Some(&record) {
            pattern.records.push(record);
        }
    }
    patterns.into_values().collect()
}

/// The grams by which the texts are found, and those of what announces a number that is a name of theirs.
fn rows(patterns: &[OwnPattern], own: &OwnRecords) -> Vec<Row> {
    let mut everyday_by_letter: [Vec<&[u8]>; 256] = [const { Vec::new() }; 256];
    for word in everyday().map(str::as_bytes).filter(|word| !word.is_empty()) {
        everyday_by_letter[usize::from(word[0])].push(word);
    }
    let is_everyday = |text: &[u8], at: usize| {
        let begins = |word: &&[u8]| text[at..].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        everyday_by_letter[usize::from(text[at].to_ascii_lowercase())].iter().any(begins)
    };
    let mut rows: Vec<Row> = Vec::new();
    for (position, pattern) in patterns.iter().enumerate() {
        rows.extend(anchor::anchor(&pattern.text, is_everyday).map(|offset| Row::of(&pattern.text, position, offset)));
    }
    let mut add = |text: &str, kind: u16, offset: usize| {
        let row = Row::of(text, usize::from(kind), 0);
        rows.push(Row { offset, ..row });
    };
    let codes: Vec<&str> = own.searched().map(|(_, text)| text).filter(|text| anchor::is_exit_code(text)).collect();
    for (position, phrase) in phrases().enumerate().filter(|(_, phrase)| !key::is_wide(phrase)) {
        let begin = &phrase[key::phrase_trigger(phrase.as_bytes())..];
        if begin.len() < GRAM {
            for whole in &anchor::short_triggers(begin, &key::SHORT_JOINTS, &codes) {
                add(whole, key::TRIGGER_PHRASE, position);
            }
        }
    }
    for domain in own.searched().filter_map(|(_, text)| anchor::domain(text)).collect::<BTreeSet<_>>() {
        if let Some(start) = anchor::domain_trigger(domain) {
            add(&domain[start..], key::TRIGGER_DOMAIN, start);
        }
    }
    sort_by_number(&mut rows, |row| row.gram);
    rows
}
