//! Guides and contexts: what is poor in them, and how far the guides reach.

use std::collections::BTreeSet;

use intune_err::{Code, ContextKind, Entry, Guide};

use super::{Exception, assert_none, assert_none_but, sources, steps, text};

/// The texts of all guides, each with the guide's id and the key that it stands under.
fn texts() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    Guide::all().flat_map(|guide| {
        let steps = guide.steps().map(|step| ("steps", step));
        let texts: Vec<_> = steps.chain(guide.notes().map(|note| ("notes", note))).chain([("title", guide.title())]).collect();
        texts.into_iter().map(move |(key, text)| (guide.id(), key, text))
    })
}

/// The texts that offend, with guide and key.
fn offending(offends: impl Fn(&str, &str) -> bool) -> impl Iterator<Item = String> {
    texts().filter(move |(_, key, text)| offends(key, text)).map(|(id, key, text)| format!("{id}: {key}: {text}"))
}

#[test]
fn steps_of_guides_begin_with_a_verb() {
    let verbs = steps::verbs();
    assert_none("a step begins with a verb of verbs.txt", offending(|key, text| key == "steps" && !steps::begins_with_verb(text, &verbs)));
}

#[test]
fn texts_of_guides_are_well_formed() {
    let is_ascii = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let has_blanks = |text: &str| text.trim() != text || text.contains("  ");
    let pleads = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("please"));
    let is_wrong = |key: &str, text: &str| !is_ascii(text) || has_blanks(text) || pleads(text) || text::ends_well(text) == (key == "title");
    assert_none("texts are ASCII, single-spaced, not pleading, and end as sentences do; titles don't", offending(is_wrong));
}

#[test]
fn guides_have_the_names_and_menu_paths_of_today() {
    let is_old = |key: &str, text: &str| text::stale_names(text).next().is_some() || key != "notes" && text::has_old_path(text);
    assert_none("products and menu paths have the names of today", offending(is_old));
}

#[test]
fn guides_rest_on_the_pages_of_makers() {
    let others = Guide::all().flat_map(|guide| guide.sources().map(move |source| (guide.id(), source)));
    let others = others.filter(|(_, source)| !sources::is_of_maker(source));
    assert_none("a guide's source is a page of the maker", others.map(|(id, source)| format!("{id}: {source}")));
}

#[test]
fn every_guide_serves_an_entry() {
    let serving: BTreeSet<&str> =
        Entry::all().filter(|entry| entry.resolution().len() == 0).filter_map(|entry| entry.guide().map(Guide::id)).collect();
    let idle = Guide::all().map(Guide::id).filter(|id| !serving.contains(id));
    assert_none("a guide serves an entry that has no steps", idle.map(str::to_owned));
}

/// Codes that so many components return that no guide can know what is wrong.
const GENERIC: [u32; 9] =
    [0x8000_4005, 0x8000_FFFF, 0x8007_0002, 0x8007_0005, 0x8007_0057, 0x8007_000D, 0x8007_05B4, 0x8007_2EE2, 0x8007_2EFD];

#[test]
fn no_guide_covers_a_code_that_everything_returns() {
    let covered = GENERIC.map(Code::new).into_iter().filter(|code| Guide::by_code(*code).is_some());
    assert_none("a generic code has no guide", covered.map(|code| code.to_string()));
}

#[test]
fn three_quarters_of_the_errors_have_steps_or_a_guide() {
    let errors: Vec<Entry> = Entry::all().filter(|entry| entry.nothing_to_do().is_none()).collect();
    let helped = errors.iter().filter(|entry| entry.resolution().len() > 0 || entry.guide().is_some()).count();
    assert!(helped * 4 >= errors.len() * 3, "only {helped} of {} errors have steps or a guide", errors.len());
}

/// Words that are shorter than three letters and yet give a context away.
const SHORT_WORDS: [Exception; 3] = [
    ("platform-windows: pc", "what people type for a Windows computer"),
    ("script: HS", "the tag of remediations in the logs of the Intune Management Extension"),
    ("windows-update: wu", "what people type for Windows Update"),
];

#[test]
fn words_of_a_context_are_telling_and_stand_once() {
    let mut offenders = Vec::new();
    for context in ContextKind::all() {
        let mut seen = BTreeSet::new();
        for word in context.words() {
            if word.len() < 3 || !seen.insert(word.to_ascii_lowercase()) {
                offenders.push(format!("{}: {word}", context.id()));
            }
        }
    }
    assert_none_but(&SHORT_WORDS, "a word has three characters or more and stands once in its context, in whatever case", offenders);
}

#[test]
fn every_context_has_words() {
    let silent = ContextKind::all().filter(|context| context.words().len() == 0);
    assert_none("a context has words that give it away", silent.map(|context| context.id().to_owned()));
}
