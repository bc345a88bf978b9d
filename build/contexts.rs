//! The contexts that a record can be seen in: `contexts.toml`.

use std::collections::HashSet;

use serde::Deserialize;

use super::key::FAMILIES;
use super::{Data, DataFault, check_list, fault, is_slug, position_of};

/// How many contexts there can be: a set of them is 128 bits.
const MOST: usize = 128;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Context {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) families: Vec<String>,
}

/// Checks the contexts, and that records name only these.
pub(super) fn check(data: &Data, faults: &mut Vec<DataFault>) {
    let Some(contexts) = &data.contexts else { return };
    let mut ids = HashSet::new();
    for context in contexts {
        let mut say = |what: String| faults.push(fault(&context.file, &context.id, &what));
        if !is_slug(&context.of.id) {
            say("its id is no slug of a-z, 0-9 and single hyphens".to_owned());
        }
        if !ids.insert(context.of.id.as_str()) {
            say("its id stands in the file already".to_owned());
        }
        if context.of.name.trim().is_empty() {
            say("name is empty".to_owned());
        }
        check_list("words", &context.of.words, &mut say);
        if let Some(word) = context.of.words.iter().find(|word| !word.is_ascii()) {
            say(format!("{word:?} has a letter that is no ASCII"));
        }
        check_list("families", &context.of.families, &mut say);
        for family in context.of.families.iter().filter(|family| position_of(&FAMILIES, family).is_none()) {
            say(format!("there is no family {family:?}"));
        }
    }
    if contexts.len() > MOST {
        faults.push(fault("contexts.toml", "-", &format!("has more than {MOST} contexts")));
    }
    for record in &data.records {
        for id in record.of.seen_in.iter().filter(|id| !ids.contains(id.as_str())) {
            faults.push(fault(&record.file, &record.id, &format!("seen_in has {id:?}, which contexts.toml does not have")));
        }
    }
}
