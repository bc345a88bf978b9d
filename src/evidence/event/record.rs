//! An event of an event log, and its data fields.

use std::fmt;

use super::value::{Time, Value};

/// An event of a Windows event log. It displays as one line: time, level, provider, event id, channel, and the data fields by name.
#[derive(Debug)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The number of the record in its log.
    pub number: u64,
    /// When it was written, in 100 nanoseconds since 1601 (UTC), as Windows counts.
    pub time: u64,
    /// The provider's name, such as `Microsoft-Windows-AAD`.
    pub provider: Value<'a>,
    /// The event's id, which has a meaning within its provider.
    pub id: u32,
    /// The level: 1 critical, 2 error, 3 warning, 4 information, 5 verbose, 0 not set.
    pub level: u8,
    /// The log that it was written to.
    pub channel: Value<'a>,
    /// The computer's name.
    pub computer: Value<'a>,
    /// The data fields, in their order.
    pub fields: Vec<Field<'a>>,
}

/// A data field of an [`Event`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Field<'a> {
    /// Its name, or an empty text.
    pub name: &'a str,
    /// Its value.
    pub value: Value<'a>,
}

impl Event<'_> {
    /// The level in words, as Event Viewer shows it.
    pub const fn level_name(&self) -> &'static str {
        match self.level {
            1 => "Critical",
            2 => "Error",
            3 => "Warning",
            5 => "Verbose",
            _ => "Information",
        }
    }

    /// When it was written, as RFC 3339 in UTC: `2026-01-05T10:00:00.1234567Z`.
    pub fn rfc3339(&self) -> String {
        Time(self.time).to_string()
    }
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} EventID={}", Time(self.time), self.level_name(), self.provider, self.id)?;
        if !self.channel.is_empty() {
            write!(f, " Channel={}", self.channel)?;
        }
        for field in self.fields.iter().filter(|field| !field.value.is_empty()) {
            let name = if field.name.is_empty() { "Data" } else { field.name };
            // A damaged log can have anything for a name.
            write!(f, " {}={}", Value::Literal(name), field.value)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_whatever_its_names_and_values_hold() {
        let text = |text| Value::Literal(text);
        let fields = vec![Field { name: "one\ntwo", value: text("three\r\nfour") }];
        let (provider, channel, computer) = (text("a\nb"), text("c\u{2028}d"), text("PC-0001"));
        let event = Event { number: 1, time: 0, provider, id: 76, level: 2, channel, computer, fields };
        assert_eq!(event.to_string(), "1601-01-01T00:00:00.0000000Z Error a b EventID=76 Channel=c d one two=three  four");
    }
}
