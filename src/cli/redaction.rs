//! `--redact`: one redactor for all that a run prints.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use intune_err::log::{Case, Fact};
use intune_err::{Occurrence, OwnRecords, Redacted, RedactedLines, Redactor};

/// What takes out what is personal, if that was asked for.
#[derive(Clone, Default)]
pub(super) struct Redaction(Option<Rc<RefCell<Redactor>>>);

impl Redaction {
    pub(super) fn new(is_wanted: bool) -> Self {
        Self(is_wanted.then(Rc::default))
    }

    /// The names of somebody's own records stay.
    pub(super) fn own(&self, own: &'static OwnRecords) {
        if let Some(redactor) = &self.0 {
            let with_own = redactor.take().own(own);
            redactor.replace(with_own);
        }
    }

    pub(super) const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// A text of the program's own, such as a path or a message with one.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.0.as_ref().map_or(Cow::Borrowed(text), |redactor| redactor.borrow_mut().redact(text))
    }

    /// The names of apps that have come: one can hold whose app it is.
    pub(super) fn names(&self, case: &mut Case) {
        if let Some(redactor) = &self.0 {
            case.names_mut().say(|name| redactor.borrow_mut().redact(name).into_owned());
        }
    }

    /// What a file says of the device; some of that is personal whatever it looks like.
    pub(super) fn fact(&self, fact: Fact, value: &str) -> String {
        self.0.as_ref().map_or_else(|| value.to_owned(), |redactor| redactor.borrow_mut().fact(fact, value))
    }

    /// The lines of findings; none where nothing is taken out.
    pub(super) fn lines<'a>(&self, found: &[Occurrence<'a>], shows_lines: impl Fn(&Occurrence<'a>) -> bool) -> Option<RedactedLines<'a>> {
        self.0.as_ref().map(|redactor| redactor.borrow_mut().lines(found, shows_lines))
    }

    /// Bytes of a log, these parts of which are errors.
    pub(super) fn bytes(&self, bytes: &[u8], errors: &[Range<usize>]) -> Redacted {
        self.0.as_ref().map(|redactor| redactor.borrow_mut().bytes(bytes, errors)).unwrap_or_default()
    }
}
