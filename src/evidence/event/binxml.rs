//! Binary XML: a template is compiled into the place of each part of an event, and a record supplies the values.

use std::rc::Rc;

use super::record::{Event, Field};
use super::value::Value;

/// Nothing that Windows writes nests deeper, or has more tokens or values.
const DEEPEST: u32 = 32;
const MOST_TOKENS: u32 = 20_000;
const MOST_VALUES: u32 = 8192;

/// The bytes of a chunk, and its templates as far as they were met.
pub(super) struct Chunk<'a> {
    bytes: &'a [u8],
    /// By their places, in order.
    templates: Vec<(usize, Option<Rc<Template>>)>,
}

/// A piece of a text in a template.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Literal(String),
    /// The value of this number in the record.
    Value(u16),
}

/// A text in a template: mostly one piece.
type Slot = Vec<Piece>;

/// What a template has for the parts of an event.
#[derive(Debug, Default)]
struct Template {
    provider: Slot,
    id: Slot,
    level: Slot,
    channel: Slot,
    computer: Slot,
    fields: Vec<(Slot, Slot)>,
}

/// A template with the values of a record.
pub(super) struct Instance<'a> {
    template: Rc<Template>,
    values: Vec<Value<'a>>,
    /// What stands in values that are XML themselves.
    inner: Vec<Self>,
}

/// A position in the bytes, from which they are read.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(len).filter(|end| *end <= self.end)?;
        let bytes = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(bytes)
    }

    fn one(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn two(&mut self) -> Option<u16> {
        self.take(2)?.try_into().map(u16::from_le_bytes).ok()
    }

    fn four(&mut self) -> Option<u32> {
        self.take(4)?.try_into().map(u32::from_le_bytes).ok()
    }

    /// A text of so many UTF-16 units.
    fn utf16(&mut self) -> Option<String> {
        let len = usize::from(self.two()?);
        let units = self.take(2 * len)?.as_chunks::<2>().0;
        // Names are ASCII.
        if units.iter().all(|[low, high]| low.is_ascii() && *high == 0) {
            return String::from_utf8(units.iter().map(|[low, _]| *low).collect()).ok();
        }
        let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
        Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }

    /// A name: its place in the chunk, where it stands here if it is used for the first time.
    fn name(&mut self) -> Option<String> {
        let place = self.four()? as usize;
        if place == self.at {
            // Where the next name of the same hash is, and the hash.
            self.take(6)?;
            let name = self.utf16()?;
            self.take(2)?;
            return Some(name);
        }
        let mut there = Cursor { bytes: self.bytes, at: place.checked_add(6)?, end: self.bytes.len() };
        there.utf16()
    }
}

impl<'a> Chunk<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, templates: Vec::new() }
    }

    /// The event whose XML stands between these places.
    pub(super) fn instance(&mut self, begin: usize, end: usize) -> Option<Instance<'a>> {
        self.fragment(Cursor { bytes: self.bytes, at: begin, end }, 0)
    }

    /// A piece of XML that stands by itself: a template with its values, or elements.
    fn fragment(&mut self, mut cursor: Cursor<'a>, depth: u32) -> Option<Instance<'a>> {
        if depth > 3 {
            return None;
        }
        // The header of a fragment: its token and version.
        if cursor.bytes.get(cursor.at) == Some(&0x0F) {
            cursor.take(4)?;
        }
        if cursor.bytes.get(cursor.at) == Some(&0x0C) {
            return self.template_instance(cursor, depth);
        }
        let mut compiler = Compiler::new(false, depth > 0);
        compiler.run(&mut cursor)?;
        Some(Instance { template: Rc::new(compiler.template), values: Vec::new(), inner: Vec::new() })
    }

    fn template_instance(&mut self, mut cursor: Cursor<'a>, depth: u32) -> Option<Instance<'a>> {
        cursor.take(6)?;
        let place = cursor.four()? as usize;
        if place == cursor.at {
            // The template stands here: where the next one is, its GUID, and how long it is.
            cursor.take(20)?;
            let len = cursor.four()? as usize;
            cursor.take(len)?;
        }
        let position = self.templates.binary_search_by_key(&place, |(place, _)| *place).unwrap_or_else(|position| {
            let template = self.template(place, depth > 0).map(Rc::new);
            self.templates.insert(position, (place, template));
            position
        });
        let template = self.templates[position].1.clone()?;
        let count = cursor.four().filter(|count| *count <= MOST_VALUES)?;
        let mut kinds = cursor;
        cursor.take(4 * count as usize)?;
        let (mut values, mut inner) = (Vec::with_capacity(count as usize), Vec::new());
        for _ in 0..count {
            let (len, kind) = (usize::from(kinds.two()?), kinds.one()?);
            kinds.one()?;
            let begin = cursor.at;
            let bytes = cursor.take(len)?;
            if kind == 0x21 && len > 0 {
                inner.extend(self.fragment(Cursor { bytes: self.bytes, at: begin, end: begin + len }, depth + 1));
            }
            values.push(if len == 0 { Value::Null } else { Value::of(kind, bytes)? });
        }
        Some(Instance { template, values, inner })
    }

    fn template(&self, place: usize, is_inner: bool) -> Option<Template> {
        let mut cursor = Cursor { bytes: self.bytes, at: place.checked_add(20)?, end: self.bytes.len() };
        let len = cursor.four()? as usize;
        cursor.end = cursor.at.checked_add(len).filter(|end| *end <= self.bytes.len())?;
        let mut compiler = Compiler::new(true, is_inner);
        compiler.run(&mut cursor)?;
        Some(compiler.template)
    }
}

/// An element that has begun.
struct Open {
    name: String,
    /// The value of its attribute `Name`.
    label: Slot,
    content: Slot,
    has_elements: bool,
}

/// Goes through the tokens of a template, and keeps what an event needs of it.
struct Compiler {
    template: Template,
    /// In a template, an element begins with the number of the value that it depends on.
    has_dependencies: bool,
    /// What stands in a value is data as a whole.
    is_inner: bool,
    open: Vec<Open>,
    /// The attribute that is read, until the next token that is none of its values.
    attribute: Option<(String, Slot)>,
    tokens: u32,
}

impl Compiler {
    fn new(has_dependencies: bool, is_inner: bool) -> Self {
        Self { template: Template::default(), has_dependencies, is_inner, open: Vec::new(), attribute: None, tokens: 0 }
    }

    /// Runs to the end of the fragment.
    fn run(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        while cursor.at < cursor.end {
            self.tokens += 1;
            if self.tokens > MOST_TOKENS {
                return None;
            }
            match cursor.one()? {
                0x00 => break,
                0x0F => {
                    cursor.take(3)?;
                }
                token @ (0x01 | 0x41) => {
                    self.end_attribute();
                    if self.has_dependencies {
                        cursor.two()?;
                    }
                    cursor.four()?;
                    let name = cursor.name()?;
                    if token == 0x41 {
                        cursor.four()?;
                    }
                    if let Some(parent) = self.open.last_mut() {
                        parent.has_elements = true;
                    }
                    self.open.push(Open { name, label: Vec::new(), content: Vec::new(), has_elements: false });
                    if self.open.len() > DEEPEST as usize {
                        return None;
                    }
                }
                0x02 => self.end_attribute(),
                0x03 | 0x04 => {
                    self.end_attribute();
                    self.close()?;
                }
                0x05 | 0x45 => {
                    // Of the literal values only texts are in use.
                    let text = (cursor.one()? == 1).then(|| cursor.utf16())??;
                    self.add(Piece::Literal(text));
                }
                0x06 | 0x46 => {
                    self.end_attribute();
                    self.attribute = Some((cursor.name()?, Vec::new()));
                }
                0x07 | 0x47 => {
                    let text = cursor.utf16()?;
                    self.add(Piece::Literal(text));
                }
                0x08 | 0x48 => {
                    let c = char::from_u32(u32::from(cursor.two()?)).unwrap_or(char::REPLACEMENT_CHARACTER);
                    self.add(Piece::Literal(c.to_string()));
                }
                0x09 | 0x49 => {
                    let text = match cursor.name()?.as_str() {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "",
                    };
                    self.add(Piece::Literal(text.to_owned()));
                }
                0x0A => {
                    cursor.name()?;
                }
                0x0B => {
                    cursor.utf16()?;
                }
                0x0D | 0x0E => {
                    let number = cursor.two()?;
                    // Values of this type are XML, and are read where they stand.
                    if cursor.one()? != 0x21 {
                        self.add(Piece::Value(number));
                    }
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn add(&mut self, piece: Piece) {
        if let Some((_, slot)) = &mut self.attribute {
            slot.push(piece);
        } else if let Some(element) = self.open.last_mut() {
            element.content.push(piece);
        }
    }

    /// Keeps an attribute that has ended.
    fn end_attribute(&mut self) {
        let Some((name, slot)) = self.attribute.take() else { return };
        let is_data = self.is_data();
        let Some(element) = self.open.last_mut() else { return };
        if name == "Name" && element.name == "Provider" && !is_data {
            self.template.provider = slot;
        } else if name == "Name" {
            element.label = slot;
        } else if is_data && !name.starts_with("xmlns") && !slot.is_empty() {
            self.template.fields.push((vec![Piece::Literal(name)], slot));
        }
    }

    /// Keeps an element that has ended.
    fn close(&mut self) -> Option<()> {
        let is_data = self.is_data();
        let Open { name, label, content, has_elements } = self.open.pop()?;
        if !is_data {
            match name.as_str() {
                "EventID" => self.template.id = content,
                "Level" => self.template.level = content,
                "Channel" => self.template.channel = content,
                "Computer" => self.template.computer = content,
                _ => {}
            }
        } else if !content.is_empty() && !has_elements {
            let name = if label.is_empty() && name != "Data" { vec![Piece::Literal(name)] } else { label };
            self.template.fields.push((name, content));
        }
        Some(())
    }

    /// Whether the innermost element is of the event's data, not of its head.
    fn is_data(&self) -> bool {
        self.is_inner || self.open.get(1).is_some_and(|element| element.name != "System")
    }
}

impl Instance<'_> {
    /// The event, whose texts are those of the template and of the chunk.
    pub(super) fn event(&self, number: u64, time: u64) -> Event<'_> {
        let template = &self.template;
        let whole = |slot: &[Piece]| self.value(slot).bits().or_else(|| self.value(slot).to_string().parse().ok());
        let mut fields = Vec::with_capacity(self.field_count());
        self.fields(&mut fields);
        Event {
            number,
            time,
            provider: self.value(&template.provider),
            id: whole(&template.id).unwrap_or_default(),
            level: whole(&template.level).and_then(|level| u8::try_from(level).ok()).unwrap_or_default(),
            channel: self.value(&template.channel),
            computer: self.value(&template.computer),
            fields,
        }
    }

    fn field_count(&self) -> usize {
        self.template.fields.len() + self.inner.iter().map(Self::field_count).sum::<usize>()
    }

    fn fields<'b>(&'b self, fields: &mut Vec<Field<'b>>) {
        for (name, slot) in &self.template.fields {
            let name = match name.as_slice() {
                [Piece::Literal(name)] => name,
                _ => "",
            };
            fields.push(Field { name, value: self.value(slot) });
        }
        for inner in &self.inner {
            inner.fields(fields);
        }
    }

    /// The value of a slot: one piece is itself, several are one text after the other.
    fn value<'b>(&'b self, slot: &'b [Piece]) -> Value<'b> {
        let piece = |piece: &'b Piece| match piece {
            Piece::Literal(text) => Value::Literal(text),
            Piece::Value(number) => self.values.get(usize::from(*number)).cloned().unwrap_or(Value::Null),
        };
        match slot {
            [] => Value::Null,
            [one] => piece(one),
            several => Value::List(several.iter().map(piece).collect()),
        }
    }
}
