//! The lists of `data/words.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The words of each list of `data/words.toml`.
static LISTS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let file: toml::Table = toml::from_str(include_str!("../../../data/words.toml")).expect("the file is TOML");
    let texts = |value: &toml::Value| value.as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect();
    let words = |list: &toml::Value| -> BTreeSet<String> {
        let groups = list.get("groups").and_then(toml::Value::as_array).into_iter().flatten();
        groups.filter_map(|group| group.get("words")).flat_map(|words| -> Vec<String> { texts(words) }).collect()
    };
    file.iter().map(|(name, list)| (name.clone(), words(list))).collect()
});

pub(super) fn list(name: &str) -> &'static BTreeSet<String> {
    &LISTS[name]
}

/// The lists that decide nothing here: a low word has rows of its own, three decide about names, and the others are for queries.
const ELSEWHERE: [&str; 6] = ["low-word", "everyday", "everyday-field", "no-error", "ordinary", "http-status"];

/// All words in ASCII of the other lists.
pub(crate) fn listed() -> Vec<String> {
    let lists = LISTS.iter().filter(|(name, _)| !ELSEWHERE.contains(&name.as_str()));
    lists.flat_map(|(_, words)| words).filter(|word| word.is_ascii()).cloned().collect()
}

pub(super) fn is_in(lists: &[&str], word: &str) -> bool {
    let word = word.to_lowercase();
    lists.iter().any(|name| list(name).contains(&word))
}
