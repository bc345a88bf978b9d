//! Reads and scans on several threads, and hands everything over in the order of the input.
//!
//! Each thread reads a block while no other does, then scans it while others read on: so a text stays in the cache of the processor that
//! scans it. The thread that prints waits for a message and not for input, so an interruption is one more message. A fixed number of
//! buffers goes round, so memory stays bounded for any input.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use intune_err::{Scanned, Scanner};

use super::input::{Event, Reader, Spent};

/// More threads than this only wait for one another to read.
const MOST_THREADS: usize = 4;

/// What comes out, in order.
pub(super) enum Output {
    /// A block of text and what was found in it. So many bytes of the input have been read.
    Scanned(Scanned, u64),
    /// Anything else that there is to tell.
    Read(Event),
    /// The user wants to end it.
    Interrupted,
}

/// The threads at work.
pub(super) struct Pipeline {
    outputs: Receiver<(u64, Output)>,
    spent: Spent,
    /// What came before its turn.
    early: BTreeMap<u64, Output>,
    next: u64,
}

impl Pipeline {
    /// Begins to read and scan `paths`: files, folders with all that is in them, and `-` for standard input.
    pub(super) fn start(paths: Vec<PathBuf>, scanner: Scanner, all: bool, passes_through: bool) -> io::Result<Self> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        // One that is filled, one that is printed, one that waits, and one each thread: what was found in a block can be larger than it.
        let buffers = 3 + threads;
        let (finished, outputs) = sync_channel(buffers);
        let (spent, returned) = channel();
        let interrupted = finished.clone();
        // A second handler in one process is refused; then the first stays in charge.
        let mut is_again = false;
        let _ = ctrlc::set_handler(move || {
            // Where the output does not move, what was found cannot be printed: who asks twice wants an end.
            if is_again || interrupted.try_send((0, Output::Interrupted)).is_err() {
                std::process::exit(i32::from(super::session::INTERRUPTED));
            }
            is_again = true;
        });
        let reader = Arc::new(Mutex::new(Reader::new(paths, scanner, all, passes_through, returned, buffers)));
        for _ in 0..threads {
            let (reader, finished) = (Arc::clone(&reader), finished.clone());
            thread::Builder::new().name("scanner".to_owned()).spawn(move || scan(&reader, scanner, &finished))?;
        }
        Ok(Self { outputs, spent, early: BTreeMap::new(), next: 0 })
    }

    /// Waits for what is next in order.
    pub(super) fn next(&mut self) -> Output {
        loop {
            if let Some(output) = self.early.remove(&self.next) {
                self.next += 1;
                return output;
            }
            match self.outputs.recv() {
                Ok((_, Output::Interrupted)) => return Output::Interrupted,
                Ok((number, output)) => {
                    self.early.insert(number, output);
                }
                Err(_) => return Output::Read(Event::End),
            }
        }
    }

    /// Gives back the buffer of a block that is done with.
    pub(super) fn recycle(&self, scanned: Scanned) {
        // When the reader is done, nobody needs it.
        let _ = self.spent.send(scanned.into_block().into_buffer());
    }
}

/// Reads and scans one block after the other until no more come, or nobody wants the findings any more.
fn scan(reader: &Mutex<Reader>, scanner: Scanner, finished: &SyncSender<(u64, Output)>) {
    loop {
        // Panics abort, so a poisoned lock is never observed.
        let read = reader.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some((number, event)) = read else { return };
        let output = match event {
            Event::Block(block, read) => Output::Scanned(Scanned::of(scanner, block), read),
            Event::Record(mut record) => {
                record.scan(scanner);
                Output::Read(Event::Record(record))
            }
            other => Output::Read(other),
        };
        if finished.send((number, output)).is_err() {
            return;
        }
    }
}
