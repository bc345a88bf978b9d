//! What stands around an error in a log: when it happened, which component of which log it is, and whose error it is.
//!
//! Everything is told by content, never by the name of a file. The shapes of log lines are data (`data/logs/*.toml`, described in
//! `data/README.md`): for a line in a new form a pattern is added, and no code.
//!
//! [`Records`] finds the record that a place in a log belongs to, and what its head says. [`Time`] compares what different sources say about
//! when something happened.
//!
//! ```
//! use intune_err::log::Records;
//! use intune_err::{Scanner, Stream};
//!
//! let log = b"2024-05-13 10:00:00, Info   CBS    Exec: started\n\
//!     2024-05-13 10:00:05, Error  CSI    Failed to resolve the package, 0x80070002\n";
//! // One of these for each log.
//! let (mut stream, mut records) = (Stream::new(Scanner::new()), Records::new());
//! stream.push(log, |passage| {
//!     for found in passage.occurrences() {
//!         let head = records.at(passage.text(), passage.range(&found).start).head;
//!         assert_eq!(head.family.unwrap().name(), "cbs");
//!         assert_eq!(head.component.as_deref(), Some("CSI"));
//!         let time = head.time.unwrap();
//!         assert_eq!((time.to_string().as_str(), time.zone()), ("2024-05-13T10:00:05", None));
//!     }
//!     // Each piece of the log is passed once, also those without a finding.
//!     records.pass(passage.text());
//! });
//! ```

mod head;
mod records;
mod shapes;
mod time;

pub use head::{Head, Level, LogFamily};
pub use records::{Record, Records};
pub use time::{Gap, Moment, Offsets, Time, TimeError, Zone};
