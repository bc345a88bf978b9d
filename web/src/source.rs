//! A file that the browser reads slice by slice: never all of it is in memory.

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::{Function, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// How many bytes are asked for first, and after a jump; each time that reading goes on from there it is twice as many.
const LEAST: u64 = 1 << 16;
/// How many bytes are asked for at the most. A browser lets go of slices late, and holds less in all where they are large.
const MOST: u64 = 1 << 22;

/// A file of known size whose slices a function gives.
pub(crate) struct Source {
    read: Function,
    size: u64,
    at: u64,
    /// The last slice, and where it begins.
    slice: Vec<u8>,
    begin: u64,
    /// How many bytes are asked for next.
    next: u64,
}

impl Source {
    pub(crate) fn new(size: u64, read: Function) -> Self {
        Self { read, size, at: 0, slice: Vec::new(), begin: 0, next: LEAST }
    }

    /// What the last slice has from here on.
    fn at_hand(&self) -> &[u8] {
        let from = self.at.checked_sub(self.begin).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.slice.get(from..)).unwrap_or_default()
    }

    fn next_slice(&mut self) -> io::Result<()> {
        let goes_on = self.at == self.begin + self.slice.len() as u64;
        self.next = if goes_on { (self.next * 2).min(MOST) } else { LEAST };
        let len = self.next.min(self.size - self.at);
        let given = self.read.call2(&JsValue::NULL, &JsValue::from(self.at as f64), &JsValue::from(len as f64));
        let bytes = given.map_err(|thrown| fault(&thrown))?.dyn_into::<Uint8Array>().map_err(|other| fault(&other))?;
        if u64::from(bytes.length()) != len {
            return Err(io::Error::other("the file has changed while it was read"));
        }
        self.slice.resize(len as usize, 0);
        bytes.copy_to(&mut self.slice);
        self.begin = self.at;
        Ok(())
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        if self.at_hand().is_empty() {
            self.next_slice()?;
        }
        let at_hand = self.at_hand();
        let len = at_hand.len().min(buffer.len());
        buffer[..len].copy_from_slice(&at_hand[..len]);
        self.at += len as u64;
        Ok(len)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(to) => Some(to),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// What JavaScript threw, as an error.
pub(crate) fn fault(thrown: &JsValue) -> io::Error {
    let message = thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    io::Error::other(message.or_else(|| thrown.as_string()).unwrap_or_else(|| "the browser gave no bytes".to_owned()))
}
