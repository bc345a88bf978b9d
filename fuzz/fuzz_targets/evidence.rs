//! Any bytes, as a file and as a stream: nothing panics, and what comes out stays within the limits.
#![no_main]

use std::io::{self, Cursor};

use intune_err::evidence::{Event, Limits, Source, Unread, Visitor, walk};
use libfuzzer_sys::fuzz_target;

#[derive(Default)]
struct Counts {
    text: u64,
    open: bool,
}

impl Visitor for Counts {
    fn begin_text(&mut self, _: &str) -> io::Result<()> {
        assert!(!std::mem::replace(&mut self.open, true), "a text in a text");
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.text += bytes.len() as u64;
        Ok(())
    }

    fn end_text(&mut self) -> io::Result<()> {
        assert!(std::mem::replace(&mut self.open, false), "no text ends");
        Ok(())
    }

    fn event(&mut self, _: &str, event: &Event<'_>) -> io::Result<()> {
        assert!(!event.to_string().contains('\n'));
        Ok(())
    }

    fn unread(&mut self, _: &str, why: Unread) -> io::Result<()> {
        assert!(!why.to_string().is_empty());
        Ok(())
    }
}

fuzz_target!(|data: &[u8]| {
    let mut limits = Limits::default();
    limits.members = 100;
    limits.total_bytes = 1 << 24;
    for is_file in [true, false] {
        let mut counts = Counts::default();
        let (mut file, mut stream) = (Cursor::new(data), data);
        let source = if is_file { Source::File(&mut file) } else { Source::Stream(&mut stream) };
        walk("x", source, &limits, &mut counts).expect("memory can be read");
        assert!(counts.text <= limits.total_bytes + data.len() as u64 + (1 << 17));
    }
});
