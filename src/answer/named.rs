//! Queries that are, as a whole or as a part, a text of the table: an id, a name, a message, a title, the name of a symbol, a text that
//! Windows prints.

use std::sync::Arc;

use super::layers::Answer;
use super::reason::Reason;
use super::texts;
use crate::context::Context;
use crate::table::{Entry, Meaning, Symbol, Table, alias};

/// The answer for a query that is, as a whole, a text of the table.
pub(super) fn whole(table: Table, query: &Arc<str>, plain: &str, context: &Context) -> Option<Vec<Answer>> {
    let printed: Vec<Meaning> = Meaning::by_printed(plain).collect();
    let symbols: Vec<Symbol> = Symbol::by_name(plain).collect();
    let mut named = Answer::of_text(query, table.by_name(plain), context);
    if let [meaning, ..] = printed.as_slice() {
        // The code's answer, in which the entries with this very message stand first.
        let mut answer = Answer::of_code(table, query, meaning.code(), context);
        let of_code = std::mem::replace(&mut answer.entries, named.entries);
        answer.append_entries(of_code);
        answer.reasons.insert(0, Reason::Printed(meaning.code()));
        return Some(vec![answer]);
    }
    if let Some((name, code)) = alias(plain) {
        let mut answer = Answer::of_code(table, query, code, context);
        answer.append_entries(named.entries);
        answer.reasons.insert(0, Reason::AliasOf { name, code });
        let others = symbols.iter().map(|symbol| {
            let mut answer = Answer::of_code(table, query, symbol.code(), context);
            answer.reasons.insert(0, Reason::NameOf(*symbol));
            answer
        });
        return Some([answer].into_iter().chain(others).collect());
    }
    named.add_symbols(table, symbols, context);
    if !named.found()
        && let Some(meaning) = of_meaning(plain)
    {
        return Some(vec![Answer::of_code(table, query, meaning.code(), context)]);
    }
    named.found().then(|| vec![named])
}

/// The meaning that has a symbolic name which no header of the table has: `OM_E_NO_SERVICE`.
fn of_meaning(name: &str) -> Option<Meaning> {
    let is_name = name.contains('_') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then(|| Meaning::all().find(|meaning| meaning.name().is_some_and(|of| of.eq_ignore_ascii_case(name)))).flatten()
}

/// The answer for a query that is a part of a message, as people type or a window cuts it, or holds a fixed part of one.
pub(super) fn part(table: Table, query: &Arc<str>, plain: &str, context: &Context) -> Option<Answer> {
    let mut found = texts::messages_with(plain, table);
    if found.is_empty() {
        found = texts::messages_in(plain, table);
    }
    let mut messages: Vec<&'static str> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for (message, entry) in found {
        if !messages.contains(&message) {
            messages.push(message);
        }
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let mut answer = Answer::of_text(query, entries.into_iter(), context);
    answer.reasons.extend(messages.into_iter().map(Reason::PartOf));
    answer.found().then_some(answer)
}
