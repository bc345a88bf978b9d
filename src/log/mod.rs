//! What stands around an error in a log: when it happened, which component of which log it is, and whose error it is.
//!
//! Only content counts, never the name of a file. The shapes of log lines are data (`data/logs/*.toml`, described in
//! `data/README.md`): a line in a new form needs a new pattern, but no code.
//!
//! - [`Trail`] follows one log and tells what stands around each error: the [`Head`] of its record (time, component, thread, level, family)
//!   and the [`Owner`] (app or script, phase of the Enrollment Status Page, enrollment).
//! - [`Names`] has the names that the evidence gives to apps, one for all its logs. A name can come after the error, or from another log,
//!   so it is certain only after all is read.
//! - [`Owner::of`] tells the same of one event of an event log, whose time and provider the event itself has ([`Time::from_filetime`]).
//! - [`Time`] compares what different sources say about when something happened; [`Moment`] puts all in one order, and [`Offsets`] gives local
//!   times the offset that the same device's other logs tell.
//! - [`Case`] has all of these for the logs of one scan: [`Passage::followed`](crate::Passage::followed) does the whole of it.
//! - [`Device`] has what the files of a bundle say of the device: Windows, join, enrollment, Autopilot.
//! - [`Records`] gives the heads alone.
//!
//! ```
//! use intune_err::log::{Moment, Names, Offsets, Trail};
//! use intune_err::{Scanner, Stream};
//!
//! let record = |time: &str, message: &str| format!(
//!     "<![LOG[{message}]LOG]!><time=\"{time}\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"7\" file=\"\">\r\n"
//! );
//! let app = "[Win32App] ExecManager: processing targeted app (name='Contoso VPN', id='48054978-39bd-40da-8d45-0d28004b4960') with intent=3";
//! let log = record("10:00:00.1234567", app) + &record("10:00:05.0000000", "[Win32App] hResultFromWin32 -2147023293");
//!
//! // For all logs of the same evidence.
//! let (mut names, mut offsets, mut errors) = (Names::default(), Offsets::default(), Vec::new());
//! // For each log.
//! let (mut stream, mut trail) = (Stream::new(Scanner::new()), Trail::new(Some("AppWorkload.log")));
//! stream.push(log.as_bytes(), |passage| {
//!     let places: Vec<usize> = passage.occurrences().map(|found| passage.range(&found).start).collect();
//!     // Each passage is followed once, also those without an error.
//!     let around = trail.follow(&mut names, passage.text(), &places);
//!     for (found, around) in passage.occurrences().zip(around) {
//!         around.head.time.iter().for_each(|time| offsets.learn(*time));
//!         errors.push((found.what, around));
//!     }
//! });
//! // At the end.
//! errors.sort_by_key(|(_, around)| Moment::of(around.head.time, &offsets));
//! let (_, around) = &errors[0];
//! let time = around.head.time.unwrap();
//! assert_eq!((time.to_string().as_str(), time.zone()), ("2024-05-13T10:00:05.0000000", None));
//! assert_eq!(around.head.family.unwrap().name(), "ime");
//! let subject = around.owner.subject.unwrap();
//! assert_eq!(names.get(&subject.id).unwrap().text, "Contoso VPN");
//! // What says so: a pattern in data/logs/, and the line that it was found in.
//! assert_eq!((subject.told_by, subject.since), ("ime-targeted-app", Some(1)));
//! ```

mod around;
mod case;
mod claimers;
mod claims;
mod device;
mod frame;
mod generated;
mod head;
mod outline;
mod owner;
mod records;
mod shapes;
mod telling;
mod time;
mod trail;

pub use around::Around;
pub use case::Case;
pub use device::{Device, Fact, Said};
pub use head::{Head, Level, LogFamily};
pub(crate) use outline::Outline;
pub use owner::{Guid, Name, Names, Owner, OwnerKind, Phase, Subject};
pub use records::{Record, Records};
pub use time::{Gap, Moment, Offsets, Time, TimeError, Zone};
pub use trail::Trail;
