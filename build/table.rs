//! Turns the text of the files in `data/` into the source of the table, or into the list of all that is wrong with them.
//!
//! Compiled twice: by the build script, and by the test that feeds it faulty records.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Display, Write};
use std::hash::Hasher;

use phf_shared::{FmtConst, PhfHash};
use serde::Deserialize;

mod anchors;

use anchors::{anchor, literals, scanned};

/// The names of the areas, in the order of the enumeration `Area`.
const AREAS: [&str; 9] =
    ["enrollment", "sign-in", "entra-join", "autopilot", "co-management", "policy", "app-install", "certificate", "update"];
/// The names of the platforms, in the order of the enumeration `Platform`.
const PLATFORMS: [&str; 6] = ["windows", "ios", "ipados", "macos", "android", "linux"];
/// The names of the checklist's topics, in the order of the enumeration `Topic`.
const TOPICS: [&str; 5] = ["configuration", "questions", "logs", "clock", "diagnostics"];

/// What is wrong with one record: file, record and fault.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    file: String,
    id: String,
    what: String,
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.id, self.what)
    }
}

/// The source of the table and the text that its positions point into.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) source: String,
    pub(crate) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    #[serde(default)]
    entry: Vec<toml::Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    codes: Vec<i64>,
    names: Vec<String>,
    messages: Vec<String>,
    #[serde(default)]
    unscanned: Vec<String>,
    title: Option<String>,
    platforms: Vec<String>,
    area: String,
    problem: String,
    causes: Vec<String>,
    resolution: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    sources: Vec<String>,
    legacy: Option<String>,
    #[serde(default)]
    seen_in: Vec<String>,
    nothing_to_do: Option<String>,
    #[serde(default = "middle")]
    rank: i64,
}

fn middle() -> i64 {
    50
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checklist {
    source: String,
    point: Vec<Point>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    topic: String,
    text: String,
    platforms: Vec<String>,
    link: Option<String>,
}

/// Compiles `files`, pairs of name and content, or lists every fault in them.
///
/// `*.toml` but `checklist.toml` hold records, `symbols.tsv` and `facilities.tsv` the constants of the Windows headers.
pub(crate) fn compile(files: &[(String, String)]) -> Result<Compiled, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut records: Vec<(String, Record)> = Vec::new();
    let mut checklist = None;
    let mut symbols = Vec::new();
    let mut facilities = Vec::new();
    for (file, content) in files {
        match file.as_str() {
            "checklist.toml" => match toml::from_str::<Checklist>(content) {
                Ok(list) => checklist = Some(list),
                Err(error) => faults.push(fault(file, "-", &toml_fault(&error, content, 0))),
            },
            "symbols.tsv" => symbols = constants(file, content, &mut faults),
            "facilities.tsv" => facilities = constants(file, content, &mut faults),
            _ if file.ends_with(".toml") => read_records(file, content, &mut records, &mut faults),
            _ => faults.push(fault(file, "-", "is no file of the table")),
        }
    }
    check(&records, &mut faults);
    if let Some(list) = &checklist {
        check_checklist(list, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // The order of the table: likeliest first, so that every list of positions is in that order.
    records.sort_by(|(_, a), (_, b)| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
    let records: Vec<Record> = records.into_iter().map(|(_, record)| record).collect();
    Ok(generate(&records, checklist.as_ref(), &symbols, &facilities))
}

fn fault(file: &str, id: &str, what: &str) -> Fault {
    Fault { file: file.to_owned(), id: id.to_owned(), what: what.to_owned() }
}

/// One line for an error of the TOML reader, with the line of the file it stands in.
fn toml_fault(error: &toml::de::Error, content: &str, offset: usize) -> String {
    let at = offset + error.span().map_or(0, |span| span.start);
    let line = content.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", error.message().trim().replace('\n', " "))
}

/// Reads each record by itself, so that a fault in one does not hide those of the others.
fn read_records(file: &str, content: &str, records: &mut Vec<(String, Record)>, faults: &mut Vec<Fault>) {
    let parsed: Records = match toml::from_str(content) {
        Ok(parsed) => parsed,
        Err(error) => return faults.push(fault(file, "-", &toml_fault(&error, content, 0))),
    };
    for value in parsed.entry {
        let line = content[..value.span().start].matches('\n').count() + 1;
        let value = value.into_inner();
        let id = value.get("id").and_then(toml::Value::as_str).unwrap_or("(no id)").to_owned();
        match value.try_into::<Record>() {
            Ok(record) => records.push((file.to_owned(), record)),
            Err(error) => {
                let what = format!("line {line}: {}", error.message().trim().replace('\n', " "));
                faults.push(fault(file, &id, &what));
            }
        }
    }
}

/// The kinds of value that a constant can be, in the order of the enumeration `Kind`.
const KINDS: [&str; 3] = ["hresult", "win32", "ntstatus"];

/// A constant of the Windows headers: value, kind and name.
type Constant = (u32, usize, String);

/// Reads lines of `0xXXXXXXXX`, tab, kind, tab, name, in the order of the values.
fn constants(file: &str, content: &str, faults: &mut Vec<Fault>) -> Vec<Constant> {
    let mut rows: Vec<Constant> = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut say = |what: &str| faults.push(fault(file, &format!("line {}", number + 1), what));
        let mut columns = line.split('\t');
        let row = (|| {
            let code = u32::from_str_radix(columns.next()?.strip_prefix("0x")?, 16).ok()?;
            let kind = position_of(&KINDS, columns.next()?)?;
            let name = columns.next()?;
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            (is_name && columns.next().is_none()).then(|| (code, kind, name.to_owned()))
        })();
        match row {
            Some(row) if rows.last().is_some_and(|last| last.0 > row.0) => say("is not in the order of the values"),
            Some(row) => rows.push(row),
            None => say("is not a value, a kind and a name with tabs between"),
        }
    }
    if rows.len() > usize::from(u16::MAX) {
        faults.push(fault(file, "-", "has more rows than positions of 16 bits can name"));
    }
    rows
}

/// Finds what makes the table wrong; what makes it poor is for `tests/table.rs`.
fn check(records: &[(String, Record)], faults: &mut Vec<Fault>) {
    let mut ids: HashMap<&str, &str> = HashMap::new();
    for (file, record) in records {
        let mut say = |what: String| faults.push(fault(file, &record.id, &what));
        let slug = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !record.id.split('-').all(slug) {
            say("its id is no slug of a-z, 0-9 and single hyphens".to_owned());
        }
        if let Some(first) = ids.insert(&record.id, file) {
            say(format!("its id stands in {first} already"));
        }
        for (position, &code) in record.codes.iter().enumerate() {
            if u32::try_from(code).is_err() {
                say(format!("code {code:#X} has more than 32 bits"));
            }
            if record.codes[..position].contains(&code) {
                say(format!("code 0x{code:08X} stands in it twice"));
            }
        }
        for (key, list) in [
            ("names", &record.names),
            ("messages", &record.messages),
            ("causes", &record.causes),
            ("resolution", &record.resolution),
            ("notes", &record.notes),
            ("sources", &record.sources),
            ("seen_in", &record.seen_in),
        ] {
            let mut seen = BTreeSet::new();
            for text in list {
                if text.trim().is_empty() {
                    say(format!("{key} has an empty text"));
                } else if !seen.insert(text) {
                    say(format!("{key} has {text:?} twice"));
                } else if matches!(key, "names" | "messages") && fold(text).is_empty() {
                    say(format!("{key} has {text:?}, without a letter or digit"));
                }
            }
        }
        for text in &record.unscanned {
            if !record.names.contains(text) && !record.messages.contains(text) {
                say(format!("unscanned has {text:?}, which is none of its names and messages"));
            }
        }
        for text in record.names.iter().chain(&record.messages).filter(|text| !record.unscanned.contains(text)) {
            if scanned(text).is_some_and(|text| anchor(&text, &HashMap::new()).is_none()) {
                say(format!("{text:?} has no word that a log can be searched for: list it in unscanned"));
            }
        }
        for (key, text) in [
            ("problem", Some(&record.problem)),
            ("title", record.title.as_ref()),
            ("legacy", record.legacy.as_ref()),
            ("nothing_to_do", record.nothing_to_do.as_ref()),
        ] {
            if text.is_some_and(|text| text.trim().is_empty()) {
                say(format!("{key} is empty"));
            }
        }
        if record.codes.is_empty() && record.names.is_empty() && record.messages.is_empty() && record.title.is_none() {
            say("nothing finds it: it has no code, name, message or title".to_owned());
        }
        if record.sources.is_empty() {
            say("sources is empty".to_owned());
        }
        if position_of(&AREAS, &record.area).is_none() {
            say(format!("area {:?} is none of {}", record.area, AREAS.join(", ")));
        }
        if !(1..=99).contains(&record.rank) {
            say(format!("rank {} is not between 1 and 99", record.rank));
        }
        check_platforms(&record.platforms, &mut say);
    }
    if records.len() > usize::from(u16::MAX) {
        faults.push(fault("*", "-", "there are more records than positions of 16 bits can name"));
    }
}

fn check_platforms(platforms: &[String], say: &mut impl FnMut(String)) {
    if platforms.is_empty() {
        say("platforms is empty".to_owned());
    }
    for (position, platform) in platforms.iter().enumerate() {
        if position_of(&PLATFORMS, platform).is_none() {
            say(format!("platform {platform:?} is none of {}", PLATFORMS.join(", ")));
        }
        if platforms[..position].contains(platform) {
            say(format!("platform {platform:?} stands in it twice"));
        }
    }
}

fn check_checklist(list: &Checklist, faults: &mut Vec<Fault>) {
    for (position, point) in list.point.iter().enumerate() {
        let mut say = |what: String| faults.push(fault("checklist.toml", &format!("point {}", position + 1), &what));
        if position_of(&TOPICS, &point.topic).is_none() {
            say(format!("topic {:?} is none of {}", point.topic, TOPICS.join(", ")));
        }
        if point.text.trim().is_empty() {
            say("text is empty".to_owned());
        }
        check_platforms(&point.platforms, &mut say);
    }
}

fn position_of(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}

/// What two spellings of a name or message have in common: letters and digits, in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The one text that every string of the table is a part of, equal strings once.
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
        format!("Text({start},{len})")
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

/// An array of the table under construction, and where its lists lie.
#[derive(Default)]
struct Array(Vec<String>);

impl Array {
    /// Appends a list and gives the source of its place.
    fn list(&mut self, items: impl IntoIterator<Item = String>) -> String {
        let start = self.0.len();
        self.0.extend(items);
        format!("List({start},{})", self.0.len() - start)
    }

    fn write(&self, source: &mut String, name: &str, of: &str) {
        let _ = writeln!(source, "pub(super) static {name}: [{of}; {}] = [{}];", self.0.len(), self.0.join(","));
    }
}

fn code_map(name: &str, rows: &BTreeMap<u32, String>) -> String {
    let mut map = phf_codegen::Map::new();
    for (code, value) in rows {
        map.entry(*code, value.as_str());
    }
    format!("pub(super) static {name}: phf::Map<u32, List> = {};\n", map.build())
}

fn text_map(name: &str, rows: BTreeMap<String, (String, String)>) -> String {
    let mut map = phf_codegen::Map::new();
    for (folded, (position, value)) in rows {
        map.entry(TextKey { folded, position }, value);
    }
    format!("pub(super) static {name}: phf::Map<Text, List> = {};\n", map.build())
}

/// A text that is looked for in logs, and the entries that have it.
struct Pattern {
    text: String,
    entries: Vec<usize>,
}

/// Two to this power is the number of bits in the filter of codes.
const CODE_FILTER_BITS: u32 = 19;

/// The hash of a gram or a code; the scan computes the same.
fn hash(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A filter of so many bits, those set that the numbers' hashes name.
fn filter(numbers: impl Iterator<Item = u64>, bits: u32) -> Array {
    let mut words = vec![0_u64; 1 << (bits - 6)];
    for number in numbers {
        let bit = (hash(number) >> (64 - bits)) as usize;
        words[bit / 64] |= 1 << (bit % 64);
    }
    Array(words.iter().map(|word| format!("0x{word:X}")).collect())
}

/// Every code that a log may hold as an error, and more: with an entry or a symbol, and the HRESULTs that wrap such.
fn known_codes(records: &[Record], symbols: &[Constant]) -> BTreeSet<u32> {
    let listed = records.iter().flat_map(|record| &record.codes).map(|&code| code as u32);
    let known: BTreeSet<u32> = listed.chain(symbols.iter().map(|symbol| symbol.0)).collect();
    let wrapping = known.iter().filter_map(|&code| match code {
        1..=0xFFFF => Some(0x8007_0000 | code),
        0xC000_0000..=0xCFFF_FFFF => Some(code | 0x1000_0000),
        _ => None,
    });
    wrapping.chain(known.iter().copied()).collect()
}

fn platform_bits(platforms: &[String]) -> u8 {
    platforms.iter().filter_map(|name| position_of(&PLATFORMS, name)).fold(0, |bits, position| bits | 1 << position)
}

/// The points of the checklist and the page that they come from.
fn write_checklist(source: &mut String, pool: &mut Pool, checklist: Option<&Checklist>) {
    let mut points = Array::default();
    for point in checklist.iter().flat_map(|list| &list.point) {
        points.0.push(format!(
            "PointRecord{{topic:{},text:{},link:{},platforms:{}}}",
            position_of(&TOPICS, &point.topic).unwrap_or_default(),
            pool.add(&point.text),
            pool.add(point.link.as_deref().unwrap_or_default()),
            platform_bits(&point.platforms),
        ));
    }
    let checklist_source = pool.add(checklist.map_or("", |list| list.source.as_str()));
    let _ = writeln!(source, "pub(super) static CHECKLIST_SOURCE: Text = {checklist_source};");
    points.write(source, "POINTS", "PointRecord");
}

fn generate(records: &[Record], checklist: Option<&Checklist>, symbols: &[Constant], facilities: &[Constant]) -> Compiled {
    let mut pool = Pool::default();
    let mut source = String::new();
    let (mut texts, mut codes, mut positions) = (Array::default(), Array::default(), Array::default());
    let mut entries = Array::default();
    let mut by_code: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut by_text: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (position, record) in records.iter().enumerate() {
        for &code in &record.codes {
            by_code.entry(code as u32).or_default().push(position);
        }
        for text in [&record.id].into_iter().chain(&record.names).chain(&record.messages).chain(&record.title) {
            let (_, found) = by_text.entry(fold(text)).or_insert_with(|| (pool.add(text), Vec::new()));
            if !found.contains(&position) {
                found.push(position);
            }
        }
        let mut list = |list: &[String]| texts.list(list.iter().map(|text| pool.add(text)).collect::<Vec<_>>());
        let (names, messages, unscanned) = (list(&record.names), list(&record.messages), list(&record.unscanned));
        let (causes, resolution) = (list(&record.causes), list(&record.resolution));
        let (notes, sources) = (list(&record.notes), list(&record.sources));
        entries.0.push(format!(
            "\nRecord{{id:{},title:{},problem:{},legacy:{},codes:{},names:{names},messages:{messages},unscanned:{unscanned},\
             causes:{causes},resolution:{resolution},notes:{notes},sources:{sources},area:{},platforms:{},rank:{}}}",
            pool.add(&record.id),
            pool.add(record.title.as_deref().unwrap_or_default()),
            pool.add(&record.problem),
            pool.add(record.legacy.as_deref().unwrap_or_default()),
            codes.list(record.codes.iter().map(|code| format!("0x{code:08X}"))),
            position_of(&AREAS, &record.area).unwrap_or_default(),
            platform_bits(&record.platforms),
            record.rank,
        ));
    }
    let mut patterns: BTreeMap<String, Pattern> = BTreeMap::new();
    for (position, record) in records.iter().enumerate() {
        for text in record.names.iter().chain(&record.messages).filter(|text| !record.unscanned.contains(text)) {
            let Some(text) = scanned(text) else { continue };
            let pattern = patterns.entry(text.to_lowercase()).or_insert_with(|| Pattern { text, entries: Vec::new() });
            if pattern.entries.last() != Some(&position) {
                pattern.entries.push(position);
            }
        }
    }
    let patterns: Vec<Pattern> = patterns.into_values().collect();
    anchors::write(&mut source, &patterns, &anchors::count(records));
    let known = known_codes(records, symbols).into_iter().map(u64::from);
    filter(known, CODE_FILTER_BITS).write(&mut source, "CODE_FILTER", "u64");

    let mut place = |found: Vec<usize>| positions.list(found.iter().map(usize::to_string));
    let by_code = by_code.into_iter().map(|(code, found)| (code, place(found))).collect();
    let by_text = by_text.into_iter().map(|(folded, (text, found))| (folded, (text, place(found)))).collect();

    let mut symbol_rows = Array::default();
    let mut by_symbol_code: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut by_symbol_name: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (position, (code, kind, name)) in symbols.iter().enumerate() {
        let text = pool.add(name);
        symbol_rows.0.push(format!("ConstantRecord{{value:0x{code:08X},kind:{kind},name:{text}}}"));
        by_symbol_code.entry(*code).or_insert((position, 0)).1 += 1;
        by_symbol_name.entry(fold(name)).or_insert_with(|| (text, Vec::new())).1.push(position);
    }
    let by_symbol_code = by_symbol_code.into_iter().map(|(code, (start, len))| (code, format!("List({start},{len})"))).collect();
    let by_symbol_name = by_symbol_name.into_iter().map(|(folded, (text, found))| (folded, (text, place(found)))).collect();

    let mut pattern_rows = Array::default();
    for pattern in patterns {
        pattern_rows.0.push(format!(
            "Pattern{{text:{},entries:{},varies:{}}}",
            pool.add(&pattern.text),
            place(pattern.entries),
            literals(&pattern.text).len() > 1
        ));
    }
    write_checklist(&mut source, &mut pool, checklist);
    let facilities = Array(
        facilities
            .iter()
            .map(|(value, kind, name)| format!("ConstantRecord{{value:{value},kind:{kind},name:{}}}", pool.add(name)))
            .collect(),
    );

    entries.write(&mut source, "ENTRIES", "Record");
    texts.write(&mut source, "TEXTS", "Text");
    codes.write(&mut source, "CODES", "u32");
    symbol_rows.write(&mut source, "SYMBOLS", "ConstantRecord");
    facilities.write(&mut source, "FACILITIES", "ConstantRecord");
    source.push_str(&code_map("BY_CODE", &by_code));
    source.push_str(&code_map("BY_SYMBOL_CODE", &by_symbol_code));
    source.push_str(&text_map("BY_TEXT", by_text));
    source.push_str(&text_map("BY_SYMBOL_NAME", by_symbol_name));
    pattern_rows.write(&mut source, "PATTERNS", "Pattern");
    positions.write(&mut source, "POSITIONS", "u16");
    Compiled { source, text: pool.text }
}
