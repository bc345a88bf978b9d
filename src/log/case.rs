//! What all logs of a scan tell together: the names of apps, and the offsets of the clocks.

use std::collections::HashMap;
use std::sync::Arc;

use super::around::Around;
use super::device::Device;
use super::outline::Outline;
use super::owner::Names;
use super::time::{Moment, Offsets, Time};
use super::trail::Trail;

/// The logs of one scan, one after the other, and what they tell together.
///
/// A name counts for all of them, since an id is that of one app everywhere. A clock's offset counts for the device that the log is from:
/// the logs of one archive are from one device, and so are all logs in no archive.
///
/// ```
/// use intune_err::log::Case;
/// use intune_err::{Scanner, Stream};
/// let (mut case, mut stream) = (Case::default(), Stream::new(Scanner::new()));
/// case.begin(Some("CBS.log"));
/// stream.push(b"2024-05-13 10:00:00, Error  CSI  failed with 0x80070002\n", |passage| {
///     let passage = passage.followed(&mut case);
///     let found = passage.occurrences().next().unwrap();
///     assert_eq!(found.around.unwrap().head.component.as_deref(), Some("CSI"));
/// });
/// ```
#[derive(Debug, Default)]
pub struct Case {
    names: Names,
    /// By the path of the archive.
    offsets: HashMap<Box<str>, Offsets>,
    trail: Trail,
    device: Device,
    archive: Box<str>,
}

impl Case {
    /// Only a scan of hostile archives has more.
    const ARCHIVES: usize = 10_000;

    /// A log begins; standard input has no path.
    ///
    /// ```
    /// let mut case = intune_err::log::Case::default();
    /// case.begin(Some("DiagLogs.zip!AppWorkload.log"));
    /// ```
    pub fn begin(&mut self, path: Option<&str>) {
        self.trail = Trail::new(path);
        self.archive = archive(path).into();
        self.device.begin(path);
    }

    /// Reads the next piece of the log, and tells what stands around the places in it.
    ///
    /// ```
    /// let mut case = intune_err::log::Case::default();
    /// let around = case.follow(b"2024-05-13 10:00:00, Error  CSI  failed with 0x80070002\n", &[45]);
    /// assert_eq!(around[0].head.family.unwrap().name(), "cbs");
    /// ```
    pub fn follow(&mut self, text: &[u8], places: &[usize]) -> Vec<Arc<Around>> {
        self.follow_lines(text, places, None, None)
    }

    /// The same, where it is known how many line feeds the piece has, or where its outline is.
    pub(crate) fn follow_lines(
        &mut self,
        text: &[u8],
        places: &[usize],
        lines: Option<u64>,
        outline: Option<&Outline>,
    ) -> Vec<Arc<Around>> {
        self.device.push(text);
        let around = self.trail.follow_lines(&mut self.names, text, places, lines, outline);
        let mut times = self.trail.take_clock().peekable();
        if times.peek().is_some() && (self.offsets.len() < Self::ARCHIVES || self.offsets.contains_key(&self.archive)) {
            let offsets = self.offsets.entry(self.archive.clone()).or_default();
            times.for_each(|time| offsets.learn(time));
        }
        around
    }

    /// The last log has ended.
    ///
    /// ```
    /// use intune_err::log::{Case, Fact};
    /// let mut case = Case::default();
    /// case.begin(None);
    /// case.follow(b"Microsoft Windows [Version 10.0.22631.3593]", &[]);
    /// case.end();
    /// assert!(case.device().get(Fact::OsVersion).is_some());
    /// ```
    pub fn end(&mut self) {
        self.device.end();
    }

    /// What the files say of the device.
    ///
    /// ```
    /// assert!(intune_err::log::Case::default().device().facts().is_empty());
    /// ```
    pub const fn device(&self) -> &Device {
        &self.device
    }

    /// The same, for whoever has to say it in other words.
    ///
    /// ```
    /// intune_err::log::Case::default().device_mut().end();
    /// ```
    pub const fn device_mut(&mut self) -> &mut Device {
        &mut self.device
    }

    /// The names that have come.
    ///
    /// ```
    /// assert!(intune_err::log::Case::default().names().is_empty());
    /// ```
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// The same, for whoever has to say them in other words.
    ///
    /// ```
    /// intune_err::log::Case::default().names_mut().say(str::to_uppercase);
    /// ```
    pub const fn names_mut(&mut self) -> &mut Names {
        &mut self.names
    }

    /// What the log at this path has in common with the others of its device: the path of the archive that it is in; nothing where it is in
    /// none.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Case::device_of(Some("a.zip!b.cab!CBS.log")), "a.zip");
    /// ```
    pub fn device_of(path: Option<&str>) -> &str {
        archive(path)
    }

    /// A time of the log at this path, with the offset of the device's clock where only that is known.
    ///
    /// ```
    /// # use intune_err::log::Case;
    /// let mut case = Case::default();
    /// case.begin(Some("a.zip!CAS.log"));
    /// case.follow(b"<![LOG[Up]LOG]!><time=\"10:00:00.123+300\" date=\"05-13-2024\" component=\"CAS\" context=\"\" type=\"1\" thread=\"5\" file=\"\">\n", &[]);
    /// let local = "2024-05-13T10:00:05".parse().unwrap();
    /// assert_eq!(case.resolve(local, Some("a.zip!CBS.log")).to_string(), "2024-05-13T10:00:05-05:00");
    /// assert_eq!(case.resolve(local, Some("CBS.log")), local);
    /// ```
    #[must_use]
    pub fn resolve(&self, time: Time, path: Option<&str>) -> Time {
        self.offsets.get(archive(path)).map_or(time, |offsets| offsets.resolve(time))
    }

    /// The same logs are read again: what they tell of the clocks is known from the beginning.
    ///
    /// ```
    /// # use intune_err::log::Case;
    /// let mut case = Case::default();
    /// case.follow(b"<![LOG[Up]LOG]!><time=\"10:00:00.123+300\" date=\"05-13-2024\" component=\"CAS\" context=\"\" type=\"1\" thread=\"5\" file=\"\">\n", &[]);
    /// let local = "2024-05-13T10:00:05".parse().unwrap();
    /// assert_eq!(case.again().resolve(local, None).to_string(), "2024-05-13T10:00:05-05:00");
    /// ```
    #[must_use]
    pub fn again(self) -> Self {
        Self { offsets: self.offsets, ..Self::default() }
    }

    /// The clock of the device at an instant, where a log of it tells the offset.
    ///
    /// ```
    /// # use intune_err::log::Case;
    /// let mut case = Case::default();
    /// let event = "2024-05-13T15:00:05Z".parse().unwrap();
    /// assert_eq!(case.local(event, None), None);
    /// case.follow(b"<![LOG[Up]LOG]!><time=\"10:00:00.123+300\" date=\"05-13-2024\" component=\"CAS\" context=\"\" type=\"1\" thread=\"5\" file=\"\">\n", &[]);
    /// assert_eq!(case.local(event, None).unwrap().to_string(), "2024-05-13T10:00:05-05:00");
    /// ```
    pub fn local(&self, time: Time, path: Option<&str>) -> Option<Time> {
        self.offsets.get(archive(path))?.local(time)
    }

    /// Where such a time stands in the order of all.
    ///
    /// ```
    /// use intune_err::log::{Case, Moment};
    /// assert_eq!(Case::default().moment(None, None), Moment::Unknown);
    /// ```
    pub fn moment(&self, time: Option<Time>, path: Option<&str>) -> Moment {
        Moment::of(time.map(|time| self.resolve(time, path)), &Offsets::default())
    }
}

/// The path of the archive that a log is in; nothing where it is in none.
fn archive(path: Option<&str>) -> &str {
    path.and_then(|path| path.split_once('!')).map_or("", |(archive, _)| archive)
}
