//! Steps begin with a verb.

use std::collections::BTreeSet;

use intune_err::{Entry, Guide};

use super::{assert_none, offending, prose};

/// The verbs that a step can begin with, in the order of the alphabet.
pub(super) fn verbs() -> Vec<&'static str> {
    include_str!("verbs.txt").lines().collect()
}

/// Words that begin a condition: the verb stands after its comma or colon.
const CONDITIONS: [&str; 10] = ["after", "because", "before", "if", "once", "since", "unless", "until", "when", "where"];
/// Words that say where or how before the verb, which needs no comma there: "In the admin center open ...".
const PLACES: [&str; 15] =
    ["after", "as", "at", "by", "during", "for", "from", "in", "instead", "on", "to", "under", "with", "within", "without"];
/// Words that can stand between a label or condition and the verb.
const BETWEEN: [&str; 8] = ["also", "and", "either", "first", "instead", "otherwise", "then", "therefore"];
/// The longest label, in characters.
const LABEL: usize = 60;

/// The words of a text in lower case, without the punctuation and quotes around them.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(' ').map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-').to_ascii_lowercase())
}

fn is_imperative(clause: &str, verbs: &[&str]) -> bool {
    let mut words = words(clause).skip_while(|word| BETWEEN.contains(&word.as_str()));
    match words.next().as_deref() {
        Some("do") => words.next().as_deref() == Some("not") && words.next().is_some_and(|verb| verbs.contains(&verb.as_str())),
        Some("don't" | "never") => words.next().is_some_and(|verb| verbs.contains(&verb.as_str())),
        Some(verb) => verbs.contains(&verb),
        None => false,
    }
}

/// Whether a clause begins with a verb, or has one after a condition or a place.
fn is_step_clause(clause: &str, verbs: &[&str]) -> bool {
    if is_imperative(clause, verbs) {
        return true;
    }
    let first = words(clause).next().unwrap_or_default();
    let sentence = [". ", "; "].into_iter().fold(clause, |rest, end| rest.split(end).next().unwrap_or_default());
    let after_comma = || sentence.match_indices([',', ':']).any(|(at, _)| is_imperative(sentence[at + 1..].trim_start(), verbs));
    let anywhere = || sentence.split(' ').skip(2).any(|word| verbs.contains(&word.trim_end_matches([':', ','])));
    CONDITIONS.contains(&first.as_str()) && after_comma() || PLACES.contains(&first.as_str()) && (after_comma() || anywhere())
}

/// Whether a step begins with a verb, after any labels (`Windows Home: `), conditions (`If it is empty, `) and places.
pub(super) fn begins_with_verb(step: &str, verbs: &[&str]) -> bool {
    let after_labels = step.match_indices(": ").map(|(at, _)| (&step[..at], &step[at + 2..]));
    let labelled = after_labels.take_while(|(label, _)| label.len() <= LABEL && !label.contains(". "));
    is_step_clause(step, verbs) || labelled.into_iter().any(|(_, clause)| is_step_clause(clause, verbs))
}

#[test]
fn steps_begin_with_a_verb() {
    let verbs = verbs();
    assert_none(
        "a step begins with a verb of tests/table/verbs.txt",
        offending(prose, move |key, text| key == "resolution" && !begins_with_verb(text, &verbs)),
    );
}

#[test]
fn the_rule_for_steps_tells_steps_from_statements() {
    let verbs = verbs();
    let steps = [
        "Open Settings.",
        "Windows Home: upgrade to Windows Pro.",
        "If it is empty, add the user.",
        "Hybrid join: if it is empty, add the user.",
        "In the Microsoft Intune admin center open Devices.",
        "Otherwise wait.",
        "Do not import it again.",
        "Then run: sudo swcutil reset",
    ];
    let others = [
        "The user opens Settings.",
        "Settings can be opened.",
        "If it is empty, the user is missing.",
        "Windows Home: the edition is too small.",
        "Opening Settings.",
    ];
    assert_none("these are steps", steps.into_iter().filter(|step| !begins_with_verb(step, &verbs)).map(str::to_owned));
    assert_none("these are no steps", others.into_iter().filter(|step| begins_with_verb(step, &verbs)).map(str::to_owned));
}

#[test]
fn the_list_of_verbs_is_sorted_and_needed() {
    let verbs = verbs();
    assert!(verbs.is_sorted(), "verbs.txt is not in the order of the alphabet");
    let steps = Entry::all().flat_map(Entry::resolution).chain(Guide::all().flat_map(Guide::steps));
    let used: BTreeSet<String> = steps.flat_map(words).collect();
    assert_none(
        "a verb of the list is used, and stands there once",
        verbs
            .iter()
            .enumerate()
            .filter(|(at, verb)| !used.contains(**verb) || verbs[..*at].contains(*verb))
            .map(|(_, verb)| (*verb).to_owned()),
    );
}
