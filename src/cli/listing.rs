//! Searches, lists and the checklist.

use std::io;

use intune_err::report::{json, markdown};
use intune_err::text::quoted;
use intune_err::{ChecklistItem, Platform};

use super::session::{Format, Session, Status, tell};

/// Why a command ended early: writing failed.
type Written = io::Result<()>;

impl Session {
    pub(super) fn search(&mut self, words: &str) -> Written {
        if !words.contains(char::is_alphanumeric) {
            self.worsen(Status::Failed);
            self.complain("there is no word to search for", Some("name one or more: intune-err search WORD..."));
            return Ok(());
        }
        let hits = self.lookup().search(words);
        if hits.is_empty() {
            self.worsen(Status::NotFound);
        }
        let out = &mut self.out;
        match &self.format {
            Format::Quiet => {}
            Format::Json => {
                for hit in &hits {
                    json::hit(out, hit)?;
                }
            }
            _ if hits.is_empty() => {
                let error = format!("no entry and no symbol holds all words of {}", quoted(words));
                self.complain(&error, Some("use fewer words, or their beginnings"));
            }
            Format::Text(text) => {
                for hit in &hits {
                    text.hit(out, hit)?;
                }
            }
            Format::Markdown => {
                for hit in &hits {
                    markdown::hit(out, hit)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn list(&mut self, entries: impl Iterator<Item = intune_err::Entry>) -> Written {
        let mut entries = entries.peekable();
        if entries.peek().is_none() && !self.is_quiet() {
            tell(&format!("{} no entry matches this area and platform\n", self.messages.label("note:")));
        }
        let out = &mut self.out;
        for entry in entries {
            match &self.format {
                Format::Quiet => {}
                Format::Json => json::entry(out, entry)?,
                Format::Text(text) => text.row(out, entry)?,
                Format::Markdown => markdown::row(out, entry)?,
            }
        }
        Ok(())
    }

    pub(super) fn checklist(&mut self, platform: Option<Platform>) -> Written {
        let applies = |point: &ChecklistItem, platform| point.platforms().any(|of| of == platform);
        let mut points: Vec<ChecklistItem> =
            intune_err::checklist().filter(|point| platform.is_none_or(|platform| applies(point, platform))).collect();
        let unnamed = platform.filter(|_| points.is_empty());
        let about = unnamed.map(|platform| format!("The page of the checklist has no point for {}", platform.display_name()));
        // JSON has what was asked for and nothing else.
        if let (Some(about), Format::Json) = (&about, &self.format) {
            tell(&format!("{} {about}\n", self.messages.label("note:")));
            return Ok(());
        }
        if unnamed.is_some() {
            let named: Vec<Platform> =
                Platform::ALL.into_iter().filter(|&platform| intune_err::checklist().any(|point| applies(&point, platform))).collect();
            points = intune_err::checklist().filter(|point| named.iter().all(|&platform| applies(point, platform))).collect();
        }
        let about = about.map(|about| about + "; these hold for every platform that it names.");
        let out = &mut self.out;
        match &self.format {
            Format::Quiet => Ok(()),
            Format::Json => points.iter().try_for_each(|&point| json::point(out, point)),
            Format::Text(text) => text.checklist(out, about.as_deref(), &points),
            Format::Markdown => markdown::checklist(out, about.as_deref(), &points),
        }
    }
}
