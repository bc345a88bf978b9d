//! Where an error stands: the component, phase, log and platform that the words around it tell.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::key::words;
use crate::table::{self, ContextKind, Entry, Platform};
use crate::text::{lossy, word_borders};

/// What is known about the place of an error.
///
/// ```
/// use intune_err::{Context, ContextKind};
/// let context = Context::of_text("[Win32App] lpExitCode 1603");
/// assert!(context.has(ContextKind::by_id("win32-app").unwrap()));
/// assert!(Context::default().is_empty());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Context {
    /// A bit per kind, by its index.
    kinds: u128,
    /// A bit per platform, by its place in [`Platform::ALL`].
    platforms: u8,
}

/// The prefix of context ids that name a platform instead of a place.
const PLATFORM: &str = "platform-";

/// What the families of logs that were asked for tell.
static FAMILIES: Mutex<Vec<(String, Context)>> = Mutex::new(Vec::new());

impl Context {
    /// Nothing known.
    pub(crate) const fn none() -> Self {
        Self { kinds: 0, platforms: 0 }
    }

    /// The context that the words of a query, or of a line of a log, tell: the words of `data/contexts.toml`, whole and in any case.
    ///
    /// ```
    /// use intune_err::{Context, Platform};
    /// assert!(Context::of_text("the error on my iPhone").is_on(Platform::Ios));
    /// assert!(Context::of_text("nothing of the kind").is_empty());
    /// ```
    pub fn of_text(text: &str) -> Self {
        let words = if text.is_ascii() { words_of_ascii(text) } else { words(text).collect() };
        let mut context = Self::default();
        each_marker(&words, |_, kind| context.add(kind));
        context
    }

    /// The context that two parts of a text tell, such as those around an error.
    pub(crate) fn of_parts(parts: [&[u8]; 2]) -> Self {
        let [before, after] = parts.map(|part| Self::of_text(&lossy(part)));
        before.and(after)
    }

    /// The same, and the contexts of a family of logs, such as `ime`.
    ///
    /// ```
    /// use intune_err::{Context, ContextKind};
    /// let context = Context::default().with_family("dsregcmd");
    /// assert!(context.has(ContextKind::by_id("dsregcmd").unwrap()));
    /// ```
    #[must_use]
    pub fn with_family(self, family: &str) -> Self {
        // All kinds are gone through for a family, and a log asks for its own at each error.
        let mut seen = FAMILIES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, context)) = seen.iter().find(|(of, _)| of == family) {
            return self.and(*context);
        }
        let mut context = Self::default();
        for kind in ContextKind::all().filter(|kind| kind.families().any(|of| of == family)) {
            context.add(kind);
        }
        // No more of them than the table knows.
        if !context.is_empty() {
            seen.push((family.to_owned(), context));
        }
        self.and(context)
    }

    /// The same, and what another context tells.
    ///
    /// ```
    /// use intune_err::Context;
    /// let both = Context::of_text("esp").and(Context::of_text("iPad"));
    /// assert_eq!(both, Context::of_text("esp on an iPad"));
    /// ```
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { kinds: self.kinds | other.kinds, platforms: self.platforms | other.platforms }
    }

    /// Whether nothing is known.
    ///
    /// ```
    /// assert!(intune_err::Context::of_text("").is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.kinds == 0 && self.platforms == 0
    }

    /// Whether no place is known; a platform may be.
    ///
    /// ```
    /// assert!(intune_err::Context::of_text("on Windows").is_placeless());
    /// ```
    pub const fn is_placeless(self) -> bool {
        self.kinds == 0
    }

    /// Whether this place is known.
    ///
    /// ```
    /// use intune_err::{Context, ContextKind};
    /// let autopilot = ContextKind::by_id("autopilot").unwrap();
    /// assert!(Context::of_text("0x800705b4 Autopilot").has(autopilot));
    /// ```
    pub fn has(self, kind: ContextKind) -> bool {
        self.kinds >> kind.index() & 1 == 1
    }

    /// Whether this platform is known.
    ///
    /// ```
    /// use intune_err::{Context, Platform};
    /// assert!(!Context::of_text("0x80180014").is_on(Platform::Windows));
    /// ```
    pub fn is_on(self, platform: Platform) -> bool {
        Platform::ALL.iter().position(|of| *of == platform).is_some_and(|place| self.platforms >> place & 1 == 1)
    }

    /// The places that are known.
    ///
    /// ```
    /// assert_eq!(intune_err::Context::default().kinds().count(), 0);
    /// ```
    pub fn kinds(self) -> impl Iterator<Item = ContextKind> {
        ContextKind::all().filter(move |kind| self.has(*kind))
    }

    /// Whether it tells a platform.
    pub(crate) const fn is_of_platform(self) -> bool {
        self.platforms != 0
    }

    /// Whether platforms are known and the entry is for none of them.
    pub(crate) fn is_elsewhere(self, entry: Entry) -> bool {
        self.platforms != 0 && !entry.platforms().any(|platform| self.is_on(platform))
    }

    fn add(&mut self, kind: ContextKind) {
        match kind.id().strip_prefix(PLATFORM) {
            Some(platform) => {
                let place = Platform::ALL.iter().position(|of| of.name() == platform);
                self.platforms |= place.map_or(0, |place| 1 << place);
            }
            None => self.kinds |= 1 << kind.index(),
        }
    }
}

/// What the words of a call tell.
pub(crate) struct Told {
    /// The context of all of them.
    pub(crate) context: Context,
    /// Whether a word is a part of what tells it.
    pub(crate) tells: Vec<bool>,
}

/// What the words of a call tell, each of which can be several.
pub(crate) fn told_by(args: &[&str]) -> Told {
    let mut told = Told { context: Context::default(), tells: vec![false; args.len()] };
    let (places, words): (Vec<usize>, Vec<&str>) =
        args.iter().enumerate().flat_map(|(place, arg)| words(arg).map(move |word| (place, word))).unzip();
    each_marker(&words, |range, kind| {
        told.context.add(kind);
        places[range].iter().for_each(|&place| told.tells[place] = true);
    });
    told
}

/// Calls `found` for each marker among words, with the words that it is.
fn each_marker(words: &[&str], mut found: impl FnMut(Range<usize>, ContextKind)) {
    // Nearly all words of a log begin none.
    for (at, first) in words.iter().enumerate().filter(|(_, word)| table::may_begin_marker(word)) {
        for (kind, others) in table::markers(first) {
            let end = at + 1 + others.len();
            if words.get(at + 1..end).is_some_and(|words| words.iter().zip(others).all(|(word, wanted)| table::is_same_word(word, wanted)))
            {
                found(at..end, kind);
            }
        }
    }
}

/// The words of a text of ASCII. Most lines of a log are such, and each with an error is asked.
fn words_of_ascii(text: &str) -> Vec<&str> {
    let mut words = Vec::with_capacity(text.len() / 4);
    let mut borders = word_borders(text.as_bytes());
    while let Some(start) = borders.next() {
        words.push(&text[start..borders.next().unwrap_or(text.len())]);
    }
    words
}
