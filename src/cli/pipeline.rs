//! Reads and scans ahead on other threads, and hands everything over in the order of the input.
//!
//! One thread reads and decodes, a few scan, and the one that prints waits for a message and not for input: so an interruption is one
//! more message. A fixed number of buffers goes round, so memory stays bounded for any input.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use intune_err::{Finding, Scanner};

use super::input::{Block, Event, Numbered, Reader, Spent};

/// More threads than this only wait for the one that reads.
const MOST_SCANNERS: usize = 4;

/// What comes out, in order.
pub(super) enum Output {
    /// A block of text and what was found in it.
    Scanned(Block, Vec<Finding>),
    /// Anything else that the reader had to say.
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
    pub(super) fn start(paths: Vec<PathBuf>, scanner: Scanner) -> io::Result<Self> {
        let scanners = thread::available_parallelism().map_or(1, usize::from).min(MOST_SCANNERS);
        let buffers = 2 + 2 * scanners;
        let (finished, outputs) = sync_channel(buffers);
        let (given, jobs) = sync_channel(buffers);
        let (spent, returned) = channel();
        let interrupted = finished.clone();
        // A second handler in one process is refused; then the first stays in charge.
        let mut is_again = false;
        let _ = ctrlc::set_handler(move || {
            // Where the output does not move, what was found cannot be printed: whoever asks twice wants an end.
            if is_again || interrupted.try_send((0, Output::Interrupted)).is_err() {
                std::process::exit(i32::from(super::INTERRUPTED));
            }
            is_again = true;
        });
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..scanners {
            let (jobs, finished) = (Arc::clone(&jobs), finished.clone());
            thread::Builder::new().name("scanner".to_owned()).spawn(move || scan(scanner, &jobs, &finished))?;
        }
        let mut reader = Reader::new(given, returned, buffers);
        thread::Builder::new().name("reader".to_owned()).spawn(move || reader.all(&paths))?;
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
    pub(super) fn recycle(&self, block: Block) {
        block.recycle(&self.spent);
    }
}

/// Scans one block after the other until no more come, or nobody wants the findings any more.
fn scan(scanner: Scanner, jobs: &Mutex<Receiver<Numbered>>, finished: &SyncSender<(u64, Output)>) {
    loop {
        // Only waiting happens under the lock, so it cannot be poisoned by a fault in the scan.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, event)) = job else { return };
        let output = match event {
            Event::Block(block) => {
                let findings = scanner.scan(block.text());
                Output::Scanned(block, findings)
            }
            other => Output::Read(other),
        };
        if finished.send((number, output)).is_err() {
            return;
        }
    }
}
