//! Entries beside each other: what two of them can share, and what a text says of another entry.

use std::collections::{BTreeMap, BTreeSet};

use intune_err::{Code, Entry};

use super::{Exception, assert_none, assert_none_but, both_forms, fold, literals, offending, prose, quoted, scanned};

#[test]
fn no_two_entries_share_problem_and_codes() {
    let mut same: BTreeMap<(String, BTreeSet<Code>), Vec<&str>> = BTreeMap::new();
    for entry in Entry::all() {
        same.entry((fold(entry.problem()), entry.codes().collect())).or_default().push(entry.id());
    }
    assert_none("a problem with its codes stands once", same.values().filter(|ids| ids.len() > 1).map(|ids| ids.join(", ")));
}

#[test]
fn entries_that_share_a_key_have_distinct_ranks() {
    let mut ranks: BTreeMap<String, BTreeSet<(u8, &str)>> = BTreeMap::new();
    for entry in Entry::all() {
        let texts = quoted(entry).into_iter().map(|(_, text)| fold(text)).chain([fold(entry.id())]);
        for key in texts.chain(entry.codes().map(|code| code.to_string())) {
            ranks.entry(key).or_default().insert((entry.rank(), entry.id()));
        }
    }
    let tied = ranks.into_iter().filter(|(_, of)| of.iter().map(|(rank, _)| rank).collect::<BTreeSet<_>>().len() < of.len());
    assert_none("entries with a code, name or message in common have distinct ranks", tied.map(|(key, of)| format!("{key}: {of:?}")));
}

/// The other entries that share a code with an entry, also as Win32 code and HRESULT.
fn sharing(entry: Entry) -> impl Iterator<Item = Entry> {
    let codes: BTreeSet<Code> = both_forms(entry);
    codes.into_iter().flat_map(Entry::by_code).filter(move |other| *other != entry)
}

#[test]
fn entries_that_share_a_code_say_where_they_are_seen() {
    let silent = Entry::all().filter(|entry| entry.seen_in().len() == 0 && sharing(*entry).next().is_some());
    assert_none("an entry that shares a code has seen_in", silent.map(|entry| entry.id().to_owned()));
}

#[test]
fn the_problem_of_a_shared_code_begins_with_its_place() {
    let is_placed = |entry: &Entry| {
        let place = entry.place().unwrap_or_default();
        let begins = entry.problem().get(..place.len()).is_some_and(|start| start.eq_ignore_ascii_case(place));
        begins || entry.place().is_none()
    };
    let silent = Entry::all().filter(|entry| !is_placed(entry) && sharing(*entry).next().is_some());
    assert_none("the problem of an entry that shares a code begins with its place", silent.map(|entry| entry.id().to_owned()));
    let twice = |entry: &Entry| entry.place().is_some_and(|place| entry.problem().matches(&format!("{place}:")).count() > 1);
    assert_none("a problem names its place once", Entry::all().filter(twice).map(|entry| entry.id().to_owned()));
}

/// Texts that stand in a longer one of another entry: the same message with its reason. The scan takes the longer one, and a query is
/// compared as a whole, so nothing is lost.
const SWALLOWED: [Exception; 12] = [
    ("android-user-cancelled-install in android-user-declined-install:", "the longer names the prompt"),
    ("bitlocker-de-os-volume-not-protected in bitlocker-not-provisioned-on-all-volumes:", "the longer names the volumes"),
    ("bitlocker-tpm-no-vmk in bitlocker-pin-invalid:", "the longer names the PIN"),
    ("company-portal-password-alphanumeric in company-portal-password-needs-symbols:", "the longer asks for symbols, too"),
    ("configmgr-update-installed in configmgr-update-needs-restart:", "the longer asks for a restart"),
    ("mdm-server-certificate-invalid in mdm-discovery-certificate-date-invalid:", "the longer names the date"),
    ("profile-installation-failed in ios-profile-install-network-error:", "the longer names the network"),
    ("profile-installation-failed in ios-profile-install-no-server-connection:", "the longer names the server"),
    ("profile-installation-failed in ios-profile-install-payload-mismatch:", "the longer names the payload"),
    ("windows-update-selfupdate-required in windows-update-selfupdate-required-admin:", "the longer asks for an administrator"),
    ("winget-config-error-unit-import-module in winget-config-error-unit-import-module-admin:", "the longer asks for administrator rights"),
    ("winget-licensing-api-failed in winget-licensing-api-failed-forbidden:", "the longer names the privilege"),
];

#[test]
fn no_message_swallows_one_of_another_entry_by_accident() {
    struct Scanned {
        text: &'static str,
        folded: String,
        /// The literal parts in lower case.
        parts: Vec<String>,
        ids: BTreeSet<&'static str>,
    }
    let mut texts: BTreeMap<String, Scanned> = BTreeMap::new();
    for entry in Entry::all() {
        for text in scanned(entry) {
            let parts = literals(text.trim_end_matches(['.', '!'])).into_iter().map(str::to_lowercase).collect();
            let new = Scanned { text, folded: fold(text), parts, ids: BTreeSet::new() };
            texts.entry(fold(text)).or_insert(new).ids.insert(entry.id());
        }
    }
    let mut offenders = Vec::new();
    for short in texts.values() {
        for long in texts.values().filter(|long| long.folded != short.folded && long.ids.is_disjoint(&short.ids)) {
            if stands_in(&short.parts, &long.text.to_lowercase()) {
                let ids = |text: &Scanned| text.ids.iter().copied().collect::<Vec<_>>().join(", ");
                offenders.push(format!("{} in {}: {:?}, {:?}", ids(short), ids(long), short.text, long.text));
            }
        }
    }
    assert_none_but(&SWALLOWED, "no name or message stands in one of another entry", offenders);
}

/// Whether all parts stand in `text` one after the other, and begin and end where words do.
fn stands_in(parts: &[String], text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let Some((first, others)) = parts.split_first() else { return false };
    text.match_indices(first.as_str()).any(|(at, _)| {
        let mut end = at + first.len();
        let all = others.iter().all(|part| match text[end..].find(part.as_str()) {
            Some(gap) => {
                end += gap + part.len();
                true
            }
            None => false,
        });
        all && !(is_word(first.chars().next()) && is_word(text[..at].chars().next_back()))
            && !(is_word(parts[parts.len() - 1].chars().next_back()) && is_word(text[end..].chars().next()))
    })
}

#[test]
fn entries_that_a_text_refers_to_exist() {
    let ids: BTreeSet<&str> = Entry::all().map(Entry::id).collect();
    let is_missing = |text: &str| {
        let after = |start: &'static str| {
            let words =
                text.match_indices(start).map(|(at, _)| text[at + start.len()..].split([' ', ',', ';', ')']).next().unwrap_or_default());
            words.map(|word| word.trim_end_matches('.').to_owned()).collect::<Vec<_>>()
        };
        // A word with two hyphens after "see" is an id.
        after("see ").iter().any(|id| id.matches('-').count() >= 2 && !id.contains('/') && !ids.contains(id.as_str()))
            || after("intune-err ").iter().any(|query| Entry::by_name(query).len() == 0)
    };
    assert_none("what a text refers to exists", offending(prose, move |_, text| is_missing(text)));
}
