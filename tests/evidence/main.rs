//! Archives and event logs, read through the library: the same texts come out of every packaging, damage is named, and bounds hold.
#![cfg(feature = "evidence")]

mod bounds;
mod containers;
mod damage;
mod events;
mod hostile;
#[path = "../support/make.rs"]
mod make;
mod packagings;

use std::io::{self, Cursor};

use intune_err::evidence::{Event, Limits, Source, Unread, Visitor, walk};

/// All that a walk told.
#[derive(Debug, Default, PartialEq)]
struct Told {
    texts: Vec<(String, Vec<u8>)>,
    events: Vec<(String, u64, String)>,
    unread: Vec<(String, Unread)>,
}

impl Visitor for Told {
    fn begin_text(&mut self, place: &str) -> io::Result<()> {
        self.texts.push((place.to_owned(), Vec::new()));
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.texts.last_mut().expect("a text has begun").1.extend_from_slice(bytes);
        Ok(())
    }

    fn end_text(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn event(&mut self, place: &str, event: &Event<'_>) -> io::Result<()> {
        self.events.push((place.to_owned(), event.number, event.to_string()));
        Ok(())
    }

    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        self.unread.push((place.to_owned(), why));
        Ok(())
    }
}

impl Told {
    /// The place and the reason of each thing that was not read.
    fn reasons(&self) -> Vec<(&str, String)> {
        self.unread.iter().map(|(place, why)| (place.as_str(), why.to_string())).collect()
    }
}

/// What a walk tells of a file.
fn file_within(name: &str, bytes: &[u8], limits: &Limits) -> Told {
    let mut told = Told::default();
    walk(name, Source::File(&mut Cursor::new(bytes)), limits, &mut told).expect("the source can be read");
    told
}

fn file(name: &str, bytes: &[u8]) -> Told {
    file_within(name, bytes, &Limits::default())
}

/// What a walk tells of the same bytes as a stream, which come in pieces.
fn stream(name: &str, bytes: &[u8]) -> Told {
    let mut told = Told::default();
    walk(name, Source::Stream(&mut Pieces(bytes)), &Limits::default(), &mut told).expect("the source can be read");
    told
}

/// Gives seven bytes at a time, so that everything goes over the border of two reads.
struct Pieces<'a>(&'a [u8]);

impl io::Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = buffer.len().min(self.0.len()).min(7);
        let (now, later) = self.0.split_at(len);
        buffer[..len].copy_from_slice(now);
        self.0 = later;
        Ok(len)
    }
}
