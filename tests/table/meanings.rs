//! Meanings: what a code says, no matter which component returned it.

use std::collections::BTreeSet;

use intune_err::{Base, Code, Meaning, Symbol, answer};

use super::{Exception, assert_none, assert_none_but, sources, text};

/// What offends among the meanings, with code and name.
fn offending(offends: impl Fn(Meaning) -> bool) -> impl Iterator<Item = String> {
    Meaning::all()
        .filter(move |meaning| offends(*meaning))
        .map(|meaning| format!("{} {}: {}", meaning.code(), name(meaning), meaning.text()))
}

fn name(meaning: Meaning) -> &'static str {
    meaning.name().unwrap_or("-")
}

#[test]
fn eight_hundred_codes_have_a_meaning() {
    assert!(Meaning::all().len() >= 800, "only {} codes have a meaning", Meaning::all().len());
}

#[test]
fn a_meaning_is_one_plain_sentence() {
    let is_one = |text: &str| {
        let inner = text.match_indices(". ").any(|(at, _)| !text[..at].ends_with(".."));
        text::ends_well(text) && !inner && text.trim() == text && !text.contains("  ") && text.len() <= 160
    };
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '`' | '.'));
    assert_none(
        "a meaning is one sentence of at most 160 characters",
        offending(|meaning| !is_one(meaning.text()) || !begins(meaning.text())),
    );
    let pleads = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("please"));
    assert_none(
        "a meaning doesn't plead, and says nothing that can be read in two ways",
        offending(|meaning| pleads(meaning.text()) || text::has_stiff_words(meaning.text())),
    );
    assert_none("products have the names of today", offending(|meaning| text::stale_names(meaning.text()).next().is_some()));
}

#[test]
fn meanings_rest_on_the_pages_of_makers() {
    assert_none("the source of a meaning is a page of the maker", offending(|meaning| !sources::is_of_maker(meaning.source())));
}

/// Names that no header of the table has, or has with another value.
const OTHER_NAMES: [Exception; 1] = [(
    "0x8018002B MENROLL_E_MDM_NOT_CONFIGURED",
    "Microsoft's pages give the name to this code, which devices log, and the headers to another",
)];

#[test]
fn the_name_of_a_meaning_is_the_constant_of_its_code() {
    let is_other = |meaning: Meaning| {
        let Some(name) = meaning.name() else { return false };
        let values: BTreeSet<Code> = Symbol::by_name(name).filter(|symbol| symbol.name() == name).map(Symbol::code).collect();
        let forms = [Some(meaning.code()), meaning.code().other_form()];
        !values.is_empty() && !forms.into_iter().flatten().any(|code| values.contains(&code))
    };
    assert_none_but(&OTHER_NAMES, "a name that is a constant has the constant's value", offending(is_other));
}

#[test]
fn a_text_that_windows_prints_finds_its_code() {
    let is_lost = |meaning: Meaning| {
        meaning.printed().is_some_and(|printed| {
            let forms = [Some(meaning.code()), meaning.code().other_form()];
            let leads =
                |query: &str| answer(query, Base::Either).is_ok_and(|answers| answers.iter().any(|answer| forms.contains(&answer.code)));
            !leads(printed)
        })
    };
    assert_none("a printed text, put as a query, leads to the code", offending(is_lost));
}
