//! Reads and scans on several threads, and hands everything over in the order of the input.
//!
//! Each thread reads a block while no other does, then scans it while others read on: so a text stays in the cache of the processor that
//! scans it. The thread that prints does the same with a regular file while there is nothing to print. Otherwise it waits for a message and
//! not for input, so an interruption is one more message. A fixed number of buffers goes round, so memory stays bounded for any input.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;

use intune_err::{Room, Scanned};

use super::input::{Event, Inputs, Looks, Numbered, Reader, Rest, Spent};
use super::{replace, signals};

/// More threads than this only wait for one another to read.
const MOST_THREADS: usize = 4;

/// How often the thread that prints looks whether another one still reads, before it waits for a message. To read a block takes less time than
/// to sleep and be woken, even where it has to be decoded.
const LOOKS: usize = 1000;

/// Where a signal is told: the pipeline that began last.
static AT_WORK: Mutex<Option<SyncSender<(u64, Output)>>> = Mutex::new(None);

/// What is shared. Panics abort, so a poisoned lock is never observed.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

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
    reader: Arc<Mutex<Reader>>,
    /// Whether no thread could start, so that the one that prints does everything.
    is_alone: bool,
    /// Whether the thread that prints scans, too, while it has nothing to print: not where the next bytes can take long.
    helps: bool,
    /// Whether it is the last of the threads that scan.
    can_help: bool,
    looks: Looks,
    /// What is left where the user ends it in the middle of a line.
    rest: Rest,
    outputs: Receiver<(u64, Output)>,
    /// For the last thread, until the first input tells which it is: one more, or the one that prints. Each that scans takes memory.
    finished: Option<SyncSender<(u64, Output)>>,
    spent: Spent,
    /// For what is found in a block. A vector of its own for each block would leave holes in memory as it grows.
    room: Room,
    /// What came before its turn.
    early: BTreeMap<u64, Output>,
    next: u64,
}

impl Pipeline {
    /// Begins to read and scan the inputs: files, folders with all that is in them, and `-` for standard input.
    pub(super) fn start(inputs: Inputs) -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let looks = inputs.looks;
        // One that is filled, one that is printed, and one each thread: what was found in a block can be larger than it.
        let buffers = 2 + threads;
        let (finished, outputs) = sync_channel(buffers);
        let (spent, returned) = channel();
        let is_first = lock(&AT_WORK).replace(finished.clone()).is_none();
        let mut is_again = false;
        let end = move || {
            let is_told = lock(&AT_WORK).as_ref().is_some_and(|pipeline| pipeline.try_send((0, Output::Interrupted)).is_ok());
            // Where the output does not move, what was found cannot be printed: who asks twice wants an end.
            if is_again || !is_told {
                replace::abandon();
                std::process::exit(i32::from(super::session::INTERRUPTED));
            }
            is_again = true;
        };
        if is_first {
            signals::on_end(end);
        }
        let rest = Rest::default();
        let reader = Reader::new(inputs, returned, buffers, Arc::clone(&rest));
        let reader = Arc::new(Mutex::new(reader));
        // Where the system has no room for more threads, the work is done with those that there are.
        let started = (0..threads.max(2) - 1).filter(|_| begin(&reader, looks, &finished)).count();
        let finished = Some(finished).filter(|_| threads > 1);
        Self {
            reader,
            is_alone: started == 0,
            helps: false,
            can_help: false,
            looks,
            rest,
            outputs,
            finished,
            spent,
            room: Room::default(),
            early: BTreeMap::new(),
            next: 0,
        }
    }

    /// Waits for what is next in order.
    pub(super) fn next(&mut self) -> Output {
        if self.is_alone {
            return read(&self.reader, self.looks, &mut self.room).map_or(Output::Read(Event::End), |(_, output)| output);
        }
        loop {
            if let Some(output) = self.early.remove(&self.next) {
                self.next += 1;
                if let Output::Read(Event::Input(_, size) | Event::Package(_, size)) = &output {
                    self.begin_input(size.is_some() && matches!(output, Output::Read(Event::Input(..))));
                }
                return output;
            }
            match self.received() {
                Some((_, Output::Interrupted)) => return Output::Interrupted,
                Some((number, output)) => {
                    self.early.insert(number, output);
                }
                None => return Output::Read(Event::End),
            }
        }
    }

    /// Settles what the thread that prints does while this input is read.
    fn begin_input(&mut self, is_file: bool) {
        if let Some(finished) = self.finished.take() {
            self.can_help = is_file || !begin(&self.reader, self.looks, &finished);
        }
        self.helps = self.can_help && is_file;
    }

    /// What comes next in no order: from another thread, or from this one where it can help.
    fn received(&mut self) -> Option<(u64, Output)> {
        for _ in 0..if self.helps { LOOKS } else { 0 } {
            if let Ok(received) = self.outputs.try_recv() {
                return Some(received);
            }
            match self.reader.try_lock() {
                Ok(mut reader) => match reader.next_at_once() {
                    Some(event) => {
                        drop(reader);
                        return Some(looked_at(event, self.looks, &mut self.room));
                    }
                    None => break,
                },
                Err(TryLockError::WouldBlock) => thread::yield_now(),
                Err(TryLockError::Poisoned(_)) => break,
            }
        }
        self.outputs.recv().ok()
    }

    /// The beginning of a line whose end has not come, where all that came before it has been handed over.
    pub(super) fn rest(&mut self) -> Option<Scanned> {
        let rest = lock(&self.rest).take();
        let (number, block) = rest?;
        (number == self.next).then(|| self.looks.at(block, &mut self.room))
    }

    /// Gives back the buffer of a block that is done with.
    pub(super) fn recycle(&self, scanned: Scanned) {
        // When the reader is done, nothing needs it.
        let _ = self.spent.send(scanned.into_block().into_buffer());
    }
}

/// Begins a thread that reads and scans, and says whether it could.
fn begin(reader: &Arc<Mutex<Reader>>, looks: Looks, finished: &SyncSender<(u64, Output)>) -> bool {
    let (reader, finished) = (Arc::clone(reader), finished.clone());
    thread::Builder::new().name("scanner".to_owned()).spawn(move || scan(&reader, looks, &finished)).is_ok()
}

/// Reads and scans one block after the other until the input ends, or the findings aren't wanted any more.
fn scan(reader: &Mutex<Reader>, looks: Looks, finished: &SyncSender<(u64, Output)>) {
    let mut room = Room::default();
    while let Some(output) = read(reader, looks, &mut room) {
        if finished.send(output).is_err() {
            return;
        }
    }
}

/// Reads what comes next, and scans it.
fn read(reader: &Mutex<Reader>, looks: Looks, room: &mut Room) -> Option<(u64, Output)> {
    let event = lock(reader).next()?;
    Some(looked_at(event, looks, room))
}

/// Scans what was read.
fn looked_at((number, event): Numbered, looks: Looks, room: &mut Room) -> (u64, Output) {
    let output = match event {
        Event::Block(block, read) => Output::Scanned(looks.at(block, room), read),
        Event::Record(mut record) => {
            record.scan(looks.scanner);
            Output::Read(Event::Record(record))
        }
        other => Output::Read(other),
    };
    (number, output)
}
