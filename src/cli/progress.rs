//! The progress of a scan, for a user who waits for it.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use intune_err::text::printable;

/// A progress bar on standard error, where a file takes longer than a second and somebody may look at it.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
    may_show: bool,
    size: Option<u64>,
    name: String,
}

impl Progress {
    pub(super) fn new(is_quiet: bool) -> Self {
        let may_show = !is_quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self { bar: None, begun: Instant::now(), may_show, size: None, name: String::new() }
    }

    pub(super) fn begin(&mut self, path: Option<&str>, size: Option<u64>) {
        if self.may_show {
            self.end();
            self.begun = Instant::now();
            self.size = size.filter(|_| path.is_some());
            self.name = path.map(printable).unwrap_or_default().into_owned();
        }
    }

    pub(super) fn set(&mut self, read: u64) {
        let Some(size) = self.size.filter(|_| self.may_show) else { return };
        if self.bar.is_none() && self.begun.elapsed() > Duration::from_secs(1) {
            let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr_with_hz(5));
            if let Ok(style) = ProgressStyle::with_template("{wide_msg} {bytes}/{total_bytes} {bar:20} {eta}") {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.set_message(self.name.clone());
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            // An archive can be read in part twice.
            bar.set_position(read.min(size));
        }
    }

    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    pub(super) fn suspend(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}
