//! One run: where results go, in which form, and what the exit status will be.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::time::Duration;

use intune_err::report::text::Text;
use intune_err::{Entry, Lookup, OwnRecords, Scanner};

use super::args::Output;
use super::redaction::Redaction;
use super::terminal::{enable_on_stderr, enable_on_stdout, wants_color};

/// Where results go.
pub(super) type Out = BufWriter<Box<dyn Write>>;

/// The exit status; of several outcomes the worst wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// Every query found an entry or a symbol; a search had a hit.
    Found = 0,
    /// A query found neither; a search had no hit.
    NotFound = 1,
    /// Bad usage, a query that can mean nothing, an input or output error.
    Failed = 2,
}

/// The exit status after Ctrl-C: 128 and the number of the signal, as shells count.
pub(super) const INTERRUPTED: u8 = 130;

/// How results are printed.
pub(super) enum Format {
    Text(Text),
    Json,
    Markdown,
    Quiet,
}

/// How long to wait before a stream that would block is tried again.
const PAUSE: Duration = Duration::from_millis(1);

/// A stream that waits instead of failing when it would block: some shells leave their terminal non-blocking.
pub(super) struct Patient<W>(pub(super) W);

impl<W> Patient<W> {
    fn patiently<T>(&mut self, mut act: impl FnMut(&mut W) -> io::Result<T>) -> io::Result<T> {
        loop {
            match act(&mut self.0) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(PAUSE),
                done => return done,
            }
        }
    }
}

impl<R: Read> Read for Patient<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.patiently(|stream| stream.read(bytes))
    }
}

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.patiently(|stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.patiently(Write::flush)
    }
}

/// One run of the program.
pub(super) struct Session {
    pub(super) out: Out,
    pub(super) format: Format,
    /// How messages look.
    pub(super) messages: Text,
    /// What is personal is taken out of all that is printed, if that was asked for.
    pub(super) redaction: Redaction,
    pub(super) status: Status,
    pub(super) interrupted: bool,
    /// Somebody's own records.
    pub(super) own: Option<&'static OwnRecords>,
}

impl Session {
    pub(super) fn new(output: &Output) -> Self {
        let stdout = io::stdout();
        let text = |colored| {
            let mut text = Text::plain();
            text.colored = colored;
            text
        };
        let format = if output.quiet {
            Format::Quiet
        } else if output.json {
            Format::Json
        } else if output.markdown {
            Format::Markdown
        } else {
            let is_terminal = stdout.is_terminal();
            let mut text = text(wants_color(output.color, is_terminal, enable_on_stdout));
            text.is_terminal = is_terminal;
            text.width = terminal_size::terminal_size().filter(|_| is_terminal).map(|(width, _)| usize::from(width.0));
            text.links = is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
            Format::Text(text)
        };
        Self {
            out: BufWriter::with_capacity(1 << 16, Box::new(Patient(stdout.lock()))),
            format,
            messages: text(wants_color(output.color, io::stderr().is_terminal(), enable_on_stderr)),
            redaction: Redaction::new(output.redact),
            status: Status::Found,
            interrupted: false,
            own: None,
        }
    }

    /// A look-up with somebody's own records.
    pub(super) fn lookup(&self) -> Lookup {
        self.own.map_or_else(Lookup::new, |own| Lookup::new().own(own))
    }

    /// A scanner with somebody's own records.
    pub(super) fn scanner(&self) -> Scanner {
        self.own.map_or_else(Scanner::new, |own| Scanner::new().own(own))
    }

    /// All entries, somebody's own first.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry> + use<> {
        self.own.into_iter().flat_map(OwnRecords::entries).chain(Entry::all())
    }

    pub(super) fn is_quiet(&self) -> bool {
        matches!(self.format, Format::Quiet)
    }

    pub(super) fn worsen(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// Prints an error, and what to do about it, to standard error.
    pub(super) fn complain(&self, error: &str, help: Option<&str>) {
        let mut text = format!("{} {}\n", self.messages.error("error:"), self.redaction.text(error));
        if let Some(help) = help {
            text += &format!("{} {}\n", self.messages.label("help:"), self.redaction.text(help));
        }
        tell(&text);
    }
}

/// Prints a text to standard error. If that fails, there is nowhere left to report it.
pub(super) fn tell(text: &str) {
    let _ = Patient(io::stderr().lock()).write_all(text.as_bytes());
}
