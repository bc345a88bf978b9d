//! The tables of a TOML file with the line of each key, and everything that is wrong with its syntax.
//!
//! The build script and the library both compile this file. It stands on the parser beneath the `toml` crate, which goes on after a fault and
//! takes a fifth of the time.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span};

/// A table, or what stands before the first one.
#[derive(Debug, PartialEq)]
pub(crate) struct Table<'a> {
    /// Its header as it is written, such as `[[entry]]`; empty before the first one.
    pub(crate) header: Cow<'a, str>,
    pub(crate) line: usize,
    pub(crate) fields: Vec<Field<'a>>,
}

/// A key and its value.
#[derive(Debug, PartialEq)]
pub(crate) struct Field<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) line: usize,
    pub(crate) value: Value,
}

impl Table<'_> {
    /// The fields whose key stands in the table before them.
    pub(crate) fn repeated(&self) -> impl Iterator<Item = &Field<'_>> {
        let mut met = 0_u64;
        self.fields.iter().enumerate().filter_map(move |(position, field)| {
            // Keys of different lengths and ends are different: most need no comparison.
            let end = usize::from(field.key.as_bytes().last().copied().unwrap_or_default());
            let bit = 1 << ((7 * field.key.len() + end) % 64);
            let is_met = met & bit != 0 && self.fields[..position].iter().any(|before| before.key == field.key);
            met |= bit;
            is_met.then_some(field)
        })
    }
}

/// A value of the kinds that records have.
#[derive(Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    List(Vec<Value>),
    /// Anything else, by its name.
    Other(&'static str),
}

impl Value {
    /// What it is, as a fault names it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::List(_) => "a list",
            Self::Other(kind) => kind,
        }
    }
}

/// Lists in lists in lists are no record, and could make the parser run out of its stack.
const DEEPEST: u32 = 16;

/// The tables of a text in its order, and the faults of its syntax with their lines.
pub(crate) fn tables(text: &str) -> (Vec<Table<'_>>, Vec<(usize, String)>) {
    let source = Source::new(text);
    let mut reader = Reader { source, tables: Vec::new(), in_header: false, goes_on: false, lists: Vec::new(), depth: 0, seen: 0, line: 1 };
    let mut errors: Vec<ParseError> = Vec::new();
    let tokens = source.lex().into_vec();
    parse_document(&tokens, &mut RecursionGuard::new(&mut reader, DEEPEST), &mut errors);
    let mut faults: Vec<(usize, String)> = errors.iter().map(|error| (line_of(text, error), error.description().to_owned())).collect();
    faults.sort_unstable();
    faults.dedup();
    for table in &reader.tables {
        faults.extend(table.repeated().map(|field| (field.line, format!("key `{}` stands in the table twice", field.key))));
    }
    (reader.tables, faults)
}

/// How many lines end in a text.
fn lines_in(text: &[u8]) -> usize {
    text.iter().map(|byte| usize::from(*byte == b'\n')).sum()
}

/// The line that an error of the parser is in.
fn line_of(text: &str, error: &ParseError) -> usize {
    let at = error.unexpected().or(error.context()).map_or(0, |span| span.start());
    1 + lines_in(&text.as_bytes()[..at.min(text.len())])
}

/// Builds the tables from what the parser meets.
struct Reader<'a> {
    source: Source<'a>,
    tables: Vec<Table<'a>>,
    in_header: bool,
    /// Whether the next key goes on the last one: `a.b`.
    goes_on: bool,
    /// The lists that are open.
    lists: Vec<Vec<Value>>,
    /// How many tables within a value are open. Nothing in them is kept.
    depth: usize,
    /// Up to where lines are counted, and the line there.
    seen: usize,
    line: usize,
}

impl<'a> Reader<'a> {
    /// The line of a place, which is no earlier than the last one asked for.
    fn line(&mut self, span: Span) -> usize {
        let passed = self.source.input().as_bytes().get(self.seen..span.start()).unwrap_or_default();
        self.line += lines_in(passed);
        self.seen = self.seen.max(span.start());
        self.line
    }

    /// The table that fields go to.
    fn table(&mut self) -> &mut Table<'a> {
        if self.tables.is_empty() {
            self.tables.push(Table { header: Cow::Borrowed(""), line: 1, fields: Vec::new() });
        }
        let last = self.tables.len() - 1;
        &mut self.tables[last]
    }

    fn open(&mut self, span: Span, bracket: &str) {
        let line = self.line(span);
        self.tables.push(Table { header: Cow::Owned(bracket.to_owned()), line, fields: Vec::new() });
        (self.in_header, self.goes_on) = (true, true);
    }

    fn close(&mut self, bracket: &str) {
        self.table().header.to_mut().push_str(bracket);
        (self.in_header, self.goes_on) = (false, false);
    }

    /// Puts a value where it belongs: in the list that is open, or after its key.
    fn value(&mut self, value: Value) {
        if self.depth > 0 {
            return;
        }
        if let Some(list) = self.lists.last_mut() {
            list.push(value);
        } else if let Some(field) = self.table().fields.last_mut() {
            field.value = value;
        }
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.open(span, "[");
    }

    fn std_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.close("]");
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.open(span, "[[");
    }

    fn array_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.close("]]");
    }

    fn inline_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) -> bool {
        self.value(Value::Other("a table"));
        self.depth += 1;
        true
    }

    fn inline_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.depth = self.depth.saturating_sub(1);
    }

    fn array_open(&mut self, _: Span, _: &mut dyn ErrorSink) -> bool {
        self.lists.push(Vec::new());
        true
    }

    fn array_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        if let Some(list) = self.lists.pop() {
            self.value(Value::List(list));
        }
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let mut key = String::new();
        if let Some(raw) = self.source.get(span) {
            toml_parser::Raw::new_unchecked(raw.as_str(), encoding, span).decode_key(&mut key, errors);
        }
        if self.depth > 0 {
            return;
        }
        if self.in_header {
            self.table().header.to_mut().push_str(&key);
        } else if std::mem::take(&mut self.goes_on) {
            if let Some(field) = self.table().fields.last_mut() {
                field.key.to_mut().push_str(&key);
            }
        } else {
            let line = self.line(span);
            self.table().fields.push(Field { key: Cow::Owned(key), line, value: Value::Other("nothing") });
        }
    }

    fn key_sep(&mut self, _: Span, _: &mut dyn ErrorSink) {
        if self.depth > 0 {
            return;
        }
        let (in_header, table) = (self.in_header, self.table());
        if in_header {
            table.header.to_mut().push('.');
        } else if let Some(field) = table.fields.last_mut() {
            field.key.to_mut().push('.');
            self.goes_on = true;
        }
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let Some(raw) = self.source.get(span) else { return };
        let mut text = String::new();
        let value = match toml_parser::Raw::new_unchecked(raw.as_str(), encoding, span).decode_scalar(&mut text, errors) {
            ScalarKind::String => Value::Text(text),
            ScalarKind::Integer(radix) => {
                let digits = text.strip_prefix('+').unwrap_or(&text);
                i64::from_str_radix(digits, radix.value()).map_or(Value::Other("a number of more than 64 bits"), Value::Number)
            }
            ScalarKind::Boolean(_) => Value::Other("a truth value"),
            ScalarKind::DateTime => Value::Other("a date"),
            ScalarKind::Float => Value::Other("a fraction"),
        };
        self.value(value);
    }
}
