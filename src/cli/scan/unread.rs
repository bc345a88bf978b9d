//! What was not read: counted for the summary, told at the end, and an object each in JSON.

use std::borrow::Cow;
use std::io;

use intune_err::evidence::{Kind, Unread};
use intune_err::report::{Reasons, counted, json};

use crate::cli::session::{Format, Session};

/// What was not read, told when all else has been. JSON has an object each, in its place.
#[derive(Default)]
pub(super) struct NotRead {
    /// The lines of standard error, as many as may be kept.
    said: Vec<(&'static str, Cow<'static, str>)>,
    /// The size of all of them.
    kept: usize,
    pub(super) total: u64,
    /// Whether the user ended the scan before all was read.
    pub(super) is_cut: bool,
    /// How many findings were not wanted.
    pub(super) left_out: u64,
    /// The reasons, each once.
    pub(super) reasons: Reasons,
    /// How many there was no room for, and whether one of them gives the exit status of a failure.
    further: u64,
    is_fault: bool,
    /// How many things the collector itself could not collect and that are not listed.
    missing: u64,
}

impl NotRead {
    /// How many bytes of lines are kept; a folder can hold hundreds of thousands of pictures.
    const MOST: usize = 1 << 20;

    pub(super) fn add(&mut self, session: &mut Session, place: &str, why: &Unread, is_fault: bool, all: bool) -> io::Result<()> {
        self.total += 1;
        match why {
            // Each has a reason of its own, which says nothing of the device.
            Unread::NotCollected(_) => self.reasons.add(&session.redaction.text(place), "not collected by the collector"),
            why => self.reasons.add(&session.redaction.text(place), &session.redaction.text(&why.to_string())),
        }
        if !all && matches!(why, Unread::NotCollected(_)) {
            self.missing += 1;
        } else if matches!(session.format, Format::Json) {
            json::unread(&mut session.out, &session.redaction.text(place), &session.redaction.text(&why.to_string()))?;
        } else {
            let text = format!("not read: {place}: {why}");
            self.kept += text.len() + 2 * size_of::<(&str, Cow<'static, str>)>();
            if self.kept > Self::MOST {
                self.further += 1;
                self.is_fault |= is_fault;
                return Ok(());
            }
            self.said.push((if is_fault { "error:" } else { "note:" }, text.into()));
            if let Unread::Kind(what) = why
                && let Some(advice) = Kind::Other(what).advice()
            {
                self.said.push(("help:", advice.into()));
            }
        }
        Ok(())
    }

    /// Something could not be opened or read; standard error was told at once.
    pub(super) fn failed(&mut self, session: &mut Session, name: &str, error: &io::Error) -> io::Result<()> {
        self.total += 1;
        let (name, why) = (session.redaction.text(name), error.to_string());
        self.reasons.add(&name, &why);
        match session.format {
            Format::Json => json::unread(&mut session.out, &name, &why),
            _ => Ok(()),
        }
    }

    /// Tells it, line by line: the label and the text.
    pub(super) fn report(&self, mut say: impl FnMut(&str, &str)) {
        for (label, text) in &self.said {
            say(label, text);
        }
        if self.further > 0 {
            let label = if self.is_fault { "error:" } else { "note:" };
            say(label, &format!("not read: {} more; --json names each", self.further));
        }
        if self.missing > 0 {
            say("note:", &format!("not collected by the collector: {}; --all lists them", counted(self.missing, "item")));
        }
    }
}
