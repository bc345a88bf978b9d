//! Writes the checked data as Rust source: arrays, maps and one text that they point into.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Write};
use std::hash::Hasher;

use phf_shared::{FmtConst, PhfHash};

use super::anchor::{literals, scanned};
use super::anchors::{self, Common};
use super::grammar;
use super::key::{self, AREAS, PLATFORMS, TOPICS, fold, hash};
use super::{Checklist, Compiled, Constant, Context, Data, DataFault, Event, Guide, Placed, device, fault, guides, placed, position_of};

/// The one text that holds all names, messages and other short strings, each only once.
#[derive(Default)]
struct Pool {
    text: String,
    known: HashMap<String, (usize, usize)>,
}

impl Pool {
    /// The source of the position of `text`.
    fn add(&mut self, text: &str) -> String {
        let (start, len) = *self.known.entry(text.to_owned()).or_insert_with(|| {
            let start = self.text.len();
            self.text.push_str(text);
            (start, text.len())
        });
        format!("Text([{},{},{len}])", start & 0xFFFF, start >> 16)
    }
}

/// A key of a map of texts: hashed folded, written as the position of the text as it is.
#[derive(PartialEq, Eq, Hash)]
struct TextKey {
    folded: String,
    position: String,
}

impl PhfHash for TextKey {
    fn phf_hash<H: Hasher>(&self, state: &mut H) {
        self.folded.phf_hash(state);
    }
}

impl FmtConst for TextKey {
    fn fmt_const(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.position)
    }
}

/// An array of the table under construction.
#[derive(Default)]
pub(super) struct Array(pub(super) Vec<String>);

impl Array {
    /// Appends a list and gives the source of its place.
    fn list(&mut self, items: impl IntoIterator<Item = String>) -> String {
        let start = self.0.len();
        self.0.extend(items);
        format!("List({start},{})", self.0.len() - start)
    }

    pub(super) fn write(&self, source: &mut String, name: &str, of: &str) {
        let _ = writeln!(source, "pub(crate) static {name}: [{of}; {}] = [{}];", self.0.len(), self.0.join(","));
    }
}

/// A text that is looked for in logs, and the entries that have it.
pub(super) struct Pattern {
    pub(super) text: String,
    pub(super) entries: Vec<usize>,
}

/// Two to this power is the number of buckets that the names of symbols are sorted into.
const SYMBOL_BUCKET_BITS: u32 = 12;
/// Two to this power is the number of bits that tell whether a word can be the first of a constant.
const CONSTANT_FILTER_BITS: u32 = 12;

/// Two to this power is the number of bits in the filter of codes.
const CODE_FILTER_BITS: u32 = 18;

/// A filter with this many bits: the ones that the numbers' hashes select are set.
fn filter(numbers: impl Iterator<Item = u64>, bits: u32) -> Array {
    let mut words = vec![0_u64; 1 << (bits - 6)];
    for number in numbers {
        let bit = (hash(number) >> (64 - bits)) as usize;
        words[bit / 64] |= 1 << (bit % 64);
    }
    Array(words.iter().map(|word| format!("0x{word:X}")).collect())
}

/// Every code that has an entry, a symbol or a meaning, and the HRESULTs that wrap such a code.
fn known_codes(data: &Data) -> BTreeSet<u32> {
    let listed = data.records.iter().flat_map(|record| &record.of.codes).map(|&code| code as u32);
    let meanings = data.meanings.iter().map(|meaning| meaning.of.code);
    let known: BTreeSet<u32> = listed.chain(meanings).chain(data.symbols.iter().map(|symbol| symbol.0)).collect();
    let wrapping = known.iter().filter_map(|&code| key::other_form(code).filter(|other| *other > code));
    wrapping.chain(known.iter().copied()).collect()
}

/// The records that share a code (in either form) with another record, or have a code that many components return.
fn sharing(data: &Data) -> BTreeSet<usize> {
    let plain = |code: u32| key::other_form(code).map_or(code, |other| other.min(code));
    let generic: BTreeSet<u32> = data.meanings.iter().filter(|meaning| meaning.of.generic).map(|meaning| plain(meaning.of.code)).collect();
    let mut by_code: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (position, record) in data.records.iter().enumerate() {
        for &code in &record.of.codes {
            by_code.entry(plain(code as u32)).or_default().insert(position);
        }
    }
    by_code.into_iter().filter(|(code, records)| records.len() > 1 || generic.contains(code)).flat_map(|(_, records)| records).collect()
}

fn platform_bits(platforms: &[String]) -> u8 {
    platforms.iter().filter_map(|name| position_of(&PLATFORMS, name)).fold(0, |bits, position| bits | 1 << position)
}

/// The table under construction.
#[derive(Default)]
struct Table {
    source: String,
    pool: Pool,
    texts: Array,
    positions: Array,
    /// The lists of positions so far, each once.
    known_positions: HashMap<Vec<usize>, String>,
    /// The prose to pack, one list of texts per item: records, meanings, guides, events, points.
    prose: Vec<Vec<String>>,
}

impl Table {
    /// The source of a list of texts.
    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>) -> String {
        self.texts.list(texts.into_iter().map(|text| self.pool.add(text)).collect::<Vec<_>>())
    }

    /// The source of a text; an empty one if there is none.
    fn optional(&mut self, text: Option<&String>) -> String {
        self.pool.add(text.map_or("", String::as_str))
    }

    /// The source of a list of positions.
    fn positions(&mut self, positions: Vec<usize>) -> String {
        if let Some(place) = self.known_positions.get(&positions) {
            return place.clone();
        }
        let place = self.positions.list(positions.iter().map(usize::to_string));
        self.known_positions.insert(positions, place.clone());
        place
    }

    /// Writes a map from texts, folded, to lists of positions.
    fn text_map(&mut self, name: &str, rows: ByText) {
        let mut map = phf_codegen::Map::new();
        for (folded, (text, positions)) in rows.0 {
            let position = self.pool.add(&text);
            map.entry(TextKey { folded, position }, self.positions(positions));
        }
        let _ = writeln!(self.source, "pub(crate) static {name}: phf::Map<Text, List> = {};", map.build());
    }

    fn write(&mut self, array: &[String], name: &str, of: &str) {
        let _ = writeln!(self.source, "pub(crate) static {name}: [{of}; {}] = [{}];", array.len(), array.join(","));
    }

    /// Writes the number of the item that comes next.
    fn mark_items(&mut self, name: &str) {
        let _ = writeln!(self.source, "pub(crate) const {name}: usize = {};", self.prose.len());
    }

    /// What has become too large for the numbers that refer to it.
    fn overflows(&self) -> Vec<DataFault> {
        let arrays = [("texts", &self.texts), ("lists of positions", &self.positions)];
        let full = arrays.into_iter().filter(|(_, array)| array.0.len() > usize::from(u16::MAX));
        full.map(|(what, _)| fault("*", "-", &format!("there are more {what} than 16 bits can name"))).collect()
    }
}

/// Rows of a map by folded text, each with the text as first met and the positions that it leads to.
#[derive(Default)]
struct ByText(BTreeMap<String, (String, Vec<usize>)>);

impl ByText {
    fn add(&mut self, text: &str, position: usize) {
        let (_, found) = self.0.entry(fold(text)).or_insert_with(|| (text.to_owned(), Vec::new()));
        if !found.contains(&position) {
            found.push(position);
        }
    }
}

fn write_records(table: &mut Table, data: &Data) {
    let (mut codes, mut seen_in, mut rows) = (Array::default(), Array::default(), Array::default());
    let mut by_code: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut by_text = ByText::default();
    let sharing = sharing(data);
    let guides: Vec<&Guide> = data.guides.iter().map(|guide| &guide.of).collect();
    let contexts: Vec<&Context> = data.contexts.iter().flatten().map(|context| &context.of).collect();
    for (position, Placed { of: record, .. }) in data.records.iter().enumerate() {
        for &code in &record.codes {
            by_code.entry(code as u32).or_default().push(position);
        }
        for text in [&record.id].into_iter().chain(&record.names).chain(&record.messages).chain(&record.title) {
            by_text.add(text, position);
        }
        let seen: Vec<usize> = record.seen_in.iter().filter_map(|id| contexts.iter().position(|context| context.id == *id)).collect();
        let problem = match seen.first() {
            Some(&first) if sharing.contains(&position) => placed(&contexts[first].name, &record.problem),
            _ => record.problem.clone(),
        };
        rows.0.push(format!(
            "\nRecord{{id:{},texts:{},codes:{},seen_in:{},guide:{},counts:Counts{{titles:{},names:{},messages:{},causes:{},steps:{},notes:{},\
             sources:{},legacy:{},nothing_to_do:{},area:{},platforms:{},rank:{}}}}}",
            table.pool.add(&record.id),
            table.texts(record.title.iter().chain(&record.names).chain(&record.messages).chain(&record.lookup_only)),
            codes.list(record.codes.iter().map(|code| format!("0x{code:08X}"))),
            seen_in.list(seen.iter().map(usize::to_string)),
            guides::of_record(&guides, record).map_or(0, |guide| guide + 1),
            u8::from(record.title.is_some()),
            record.names.len(),
            record.messages.len(),
            record.causes.len(),
            record.resolution.len(),
            record.notes.len(),
            record.sources.len(),
            record.legacy.is_some(),
            record.nothing_to_do.is_some(),
            position_of(&AREAS, &record.area).unwrap_or_default(),
            platform_bits(&record.platforms),
            record.rank,
        ));
        let lists = [&record.causes, &record.resolution, &record.notes, &record.sources];
        let prose = [&problem].into_iter().chain(lists.into_iter().flatten()).chain(&record.legacy).chain(&record.nothing_to_do);
        table.prose.push(prose.cloned().collect());
    }
    rows.write(&mut table.source, "ENTRIES", "Record");
    codes.write(&mut table.source, "CODES", "u32");
    seen_in.write(&mut table.source, "SEEN_IN", "u8");
    let mut map = phf_codegen::Map::new();
    for (code, found) in by_code {
        map.entry(code, table.positions(found));
    }
    let _ = writeln!(table.source, "pub(crate) static BY_CODE: phf::Map<u32, List> = {};", map.build());
    table.text_map("BY_TEXT", by_text);
}

fn write_patterns(table: &mut Table, Data { records, words, meanings, .. }: &Data) {
    let mut patterns: BTreeMap<String, Pattern> = BTreeMap::new();
    for (position, Placed { of: record, .. }) in records.iter().enumerate() {
        for text in record.scanned().filter_map(|text| scanned(text)) {
            let pattern = patterns.entry(text.to_lowercase()).or_insert_with(|| Pattern { text: text.to_owned(), entries: Vec::new() });
            if pattern.entries.last() != Some(&position) {
                pattern.entries.push(position);
            }
        }
    }
    let patterns: Vec<Pattern> = patterns.into_values().collect();
    words.write(&mut table.source);
    anchors::write(&mut table.source, &patterns, &words.triggers(records, meanings), &Common::of(records, words));
    let mut rows = Array::default();
    for Pattern { text, entries } in patterns {
        let varies = literals(&text).count() > 1;
        rows.0.push(format!("Pattern{{text:{},entries:{},varies:{varies}}}", table.pool.add(&text), table.positions(entries)));
    }
    rows.write(&mut table.source, "PATTERNS", "Pattern");
}

/// Writes the symbols as columns in the order of their values. Their names are the beginning of the text, one after the other.
fn write_symbols(table: &mut Table, symbols: &[Constant]) {
    let mut starts = Vec::new();
    for (position, (_, _, name)) in symbols.iter().enumerate() {
        if position % key::SYMBOLS_A_START == 0 {
            starts.push(table.pool.text.len().to_string());
        }
        let start = table.pool.text.len();
        table.pool.text.push_str(name);
        table.pool.known.entry(name.clone()).or_insert((start, name.len()));
    }
    let kinds = symbols.chunks(4).map(|four| four.iter().rev().fold(0, |kinds, (_, kind, _)| kinds << 2 | kind).to_string());
    table.write(&kinds.collect::<Vec<_>>(), "SYMBOL_KINDS", "u8");
    table.write(&symbols.iter().map(|(value, ..)| format!("0x{value:X}")).collect::<Vec<_>>(), "SYMBOL_VALUES", "u32");
    table.write(&symbols.iter().map(|(.., name)| name.len().to_string()).collect::<Vec<_>>(), "SYMBOL_LENGTHS", "u8");
    table.write(&starts, "SYMBOL_STARTS", "u32");
    let mut by_name: Vec<(u64, usize)> =
        symbols.iter().enumerate().map(|(position, (.., name))| (key::hash_text(&fold(name)), position)).collect();
    by_name.sort_unstable();
    table.write(&by_name.iter().map(|(_, position)| position.to_string()).collect::<Vec<_>>(), "SYMBOLS_BY_NAME", "u16");
    let begins =
        (0..=1_u64 << SYMBOL_BUCKET_BITS).map(|bucket| by_name.partition_point(|(hash, _)| hash >> (64 - SYMBOL_BUCKET_BITS) < bucket));
    table.write(&begins.map(|begin| begin.to_string()).collect::<Vec<_>>(), "SYMBOL_BUCKETS", "u16");
}

fn write_aliases(table: &mut Table, aliases: &[(String, u32)]) {
    let rows: Vec<String> = aliases.iter().map(|(name, code)| format!("({},0x{code:08X})", table.pool.add(name))).collect();
    table.write(&rows, "ALIASES", "(Text, u32)");
}

fn write_facilities(table: &mut Table, facilities: &[Constant]) {
    let row =
        |(value, kind, name): &Constant, pool: &mut Pool| format!("FacilityRecord{{value:{value},kind:{kind},name:{}}}", pool.add(name));
    let rows: Vec<String> = facilities.iter().map(|facility| row(facility, &mut table.pool)).collect();
    table.write(&rows, "FACILITIES", "FacilityRecord");
}

fn write_contexts(table: &mut Table, contexts: &[Placed<Context>]) {
    let mut rows = Vec::new();
    for Placed { of: context, .. } in contexts {
        let (id, name) = (table.pool.add(&context.id), table.pool.add(&context.name));
        let (words, families) = (table.texts(&context.words), table.texts(&context.families));
        rows.push(format!("ContextRecord{{id:{id},name:{name},words:{words},families:{families}}}"));
    }
    table.write(&rows, "CONTEXTS", "ContextRecord");
    write_markers(table, contexts);
}

/// Writes the words that give a context away, by the first of them: the words after it, and the context.
fn write_markers(table: &mut Table, contexts: &[Placed<Context>]) {
    let (mut rows, mut filter) = (Vec::new(), vec![0_u64; 1 << key::MARKER_FILTER_BITS >> 6]);
    for (kind, Placed { of: context, .. }) in contexts.iter().enumerate() {
        for marker in &context.words {
            let words: Vec<String> = key::words(marker).map(fold).collect();
            let Some((first, others)) = words.split_first() else { continue };
            let row = format!("Marker{{first:{},others:{},kind:{kind}}}", table.pool.add(first), table.texts(others));
            let (bucket, bit) = key::marker_bucket(first.as_bytes());
            filter[bit >> 6] |= 1 << (bit & 63);
            rows.push((bucket, row));
        }
    }
    rows.sort_by_key(|(bucket, _)| *bucket);
    let begins = (0..=1 << key::MARKER_BUCKET_BITS).map(|bucket| rows.partition_point(|(of, _)| *of < bucket).to_string());
    table.write(&begins.collect::<Vec<_>>(), "MARKER_BUCKETS", "u16");
    table.write(&filter.iter().map(u64::to_string).collect::<Vec<_>>(), "MARKER_FILTER", "u64");
    table.write(&rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), "MARKERS", "Marker");
}

fn write_meanings(table: &mut Table, data: &Data) {
    table.mark_items("FIRST_MEANING");
    let mut rows = Vec::new();
    let mut by_printed = ByText::default();
    for (position, Placed { of: meaning, .. }) in data.meanings.iter().enumerate() {
        if let Some(printed) = &meaning.printed {
            by_printed.add(printed, position);
        }
        rows.push(format!(
            "MeaningRecord{{code:0x{:08X},name:{},printed:{},generic:{}}}",
            meaning.code,
            table.optional(meaning.name.as_ref()),
            table.optional(meaning.printed.as_ref()),
            meaning.generic,
        ));
        table.prose.push(vec![meaning.text.clone(), meaning.source.clone()]);
    }
    table.write(&rows, "MEANINGS", "MeaningRecord");
    table.text_map("BY_PRINTED", by_printed);
    write_constants(table, data);
}

/// Writes what the scan needs to tell the names of constants: what their first words are, and those names that only a meaning has.
fn write_constants(table: &mut Table, data: &Data) {
    let symbols: BTreeSet<&str> = data.symbols.iter().map(|(.., name)| name.as_str()).collect();
    let names = data.meanings.iter().enumerate().filter_map(|(position, meaning)| Some((meaning.of.name.as_deref()?, position)));
    let mut others: Vec<(u64, usize)> =
        names.clone().filter(|(name, _)| !symbols.contains(name)).map(|(name, position)| (key::hash_text(name), position)).collect();
    others.sort_unstable();
    table.write(
        &others.iter().map(|(hash, position)| format!("({hash},{position})")).collect::<Vec<_>>(),
        "MEANINGS_BY_NAME",
        "(u64, u16)",
    );
    let firsts = symbols.iter().copied().chain(names.map(|(name, _)| name)).filter_map(|name| name.split_once('_'));
    let firsts = firsts.map(|(first, _)| key::first_of_constant(first.as_bytes()));
    filter(firsts, CONSTANT_FILTER_BITS).write(&mut table.source, "CONSTANT_FILTER", "u64");
}

fn write_guides(table: &mut Table, data: &Data) {
    table.mark_items("FIRST_GUIDE");
    let guides: Vec<&Guide> = data.guides.iter().map(|guide| &guide.of).collect();
    let mut rows = Vec::new();
    for guide in &guides {
        rows.push(format!(
            "GuideRecord{{id:{},title:{},steps:{},notes:{},sources:{},diagnosis:{}}}",
            table.pool.add(&guide.id),
            table.pool.add(&guide.title),
            guide.steps.len(),
            guide.notes.len(),
            guide.sources.len(),
            guide.is_diagnosis(),
        ));
        table.prose.push([&guide.steps, &guide.notes, &guide.sources].into_iter().flatten().cloned().collect());
    }
    table.write(&rows, "GUIDES", "GuideRecord");
    let ranges = guides::ranges(&guides);
    let ranges: Vec<String> = ranges.iter().map(|(first, last, guide)| format!("(0x{first:08X},0x{last:08X},{guide})")).collect();
    table.write(&ranges, "GUIDE_CODES", "(u32, u32, u8)");
}

fn write_events(table: &mut Table, events: &[Event]) {
    table.mark_items("FIRST_EVENT");
    let mut rows = Vec::new();
    for event in events {
        let Event { id, level, is_failure, .. } = event;
        let provider = table.pool.add(&event.provider);
        rows.push(format!("EventRecord{{provider:{provider},id:{id},level:{level},failure:{is_failure}}}"));
        table.prose.push(vec![event.meaning.clone(), event.source.clone()]);
    }
    table.write(&rows, "EVENTS", "EventRecord");
}

/// The points of the checklist and the page that they come from.
fn write_checklist(table: &mut Table, checklist: Option<&Checklist>) {
    table.mark_items("FIRST_POINT");
    let mut rows = Vec::new();
    for point in checklist.iter().flat_map(|list| &list.point) {
        rows.push(format!(
            "PointRecord{{topic:{},link:{},source:{},platforms:{}}}",
            position_of(&TOPICS, &point.topic).unwrap_or_default(),
            table.optional(point.link.as_ref().or(point.source.as_ref())),
            table.optional(point.source.as_ref()),
            platform_bits(&point.platforms),
        ));
        table.prose.push(vec![point.text.clone()]);
    }
    table.write(&rows, "POINTS", "PointRecord");
    let page = table.optional(checklist.map(|list| &list.source));
    let _ = writeln!(table.source, "pub(crate) static CHECKLIST_SOURCE: Text = {page};");
}

/// The source of the table, or what has become too large.
pub(super) fn generate(data: &Data) -> Result<Compiled, Vec<DataFault>> {
    let mut table = Table::default();
    // First: their names are the beginning of the text.
    write_symbols(&mut table, &data.symbols);
    write_facilities(&mut table, &data.facilities);
    write_aliases(&mut table, &data.aliases);
    write_records(&mut table, data);
    write_patterns(&mut table, data);
    let known = known_codes(data).into_iter().map(u64::from);
    filter(known, CODE_FILTER_BITS).write(&mut table.source, "CODE_FILTER", "u64");
    write_contexts(&mut table, data.contexts.as_deref().unwrap_or_default());
    write_meanings(&mut table, data);
    write_guides(&mut table, data);
    write_events(&mut table, &data.events);
    write_checklist(&mut table, data.checklist.as_ref());
    let overflows = table.overflows();
    if !overflows.is_empty() {
        return Err(overflows);
    }
    let prose = grammar::pack(&table.prose);
    let numbers = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>();
    table.write(&numbers(&prose.parts), "PROSE_PARTS", "u32");
    table.write(&numbers(&prose.starts), "PROSE_STARTS", "u32");
    let _ = writeln!(table.source, "pub(crate) const PROSE_ONE_BYTE: usize = {};", prose.one_byte);
    let (texts, positions) = (std::mem::take(&mut table.texts), std::mem::take(&mut table.positions));
    texts.write(&mut table.source, "TEXTS", "Text");
    positions.write(&mut table.source, "POSITIONS", "u16");
    Ok(Compiled {
        source: table.source,
        text: table.pool.text,
        prose,
        logs: data.logs.write() + &data.owners.write() + &device::write(&data.device),
    })
}
