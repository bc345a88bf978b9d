//! What the perfect hash is worth: all codes of the table looked up beside a `HashMap` and a binary search over the same, hits and misses;
//! and a whole answer. `cargo bench --bench lookup`.

use std::collections::HashMap;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use intune_err::{Base, Code, Entry};

fn main() {
    divan::main();
}

/// All codes of the table.
fn hits() -> Vec<Code> {
    let mut codes: Vec<Code> = intune_err::Entry::all().flat_map(Entry::codes).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// As many codes that are not in it.
fn misses() -> Vec<Code> {
    hits()
        .into_iter()
        .map(|code| Code::new(code.bits() ^ 0x0055_0000))
        .filter(|&code| intune_err::Entry::by_code(code).len() == 0)
        .collect()
}

fn codes(which: &str) -> Vec<Code> {
    if which == "hits" { hits() } else { misses() }
}

#[divan::bench(args = ["hits", "misses"])]
fn perfect_hash(bencher: Bencher, which: &str) {
    let codes = codes(which);
    bencher
        .counter(ItemsCount::new(codes.len()))
        .bench_local(|| codes.iter().map(|&code| intune_err::Entry::by_code(black_box(code)).len()).sum::<usize>());
}

#[divan::bench(args = ["hits", "misses"])]
fn hash_map(bencher: Bencher, which: &str) {
    let mut map: HashMap<Code, Vec<Entry>> = HashMap::new();
    for entry in intune_err::Entry::all() {
        for code in entry.codes() {
            map.entry(code).or_default().push(entry);
        }
    }
    let codes = codes(which);
    bencher
        .counter(ItemsCount::new(codes.len()))
        .bench_local(|| codes.iter().map(|code| map.get(black_box(code)).map_or(0, Vec::len)).sum::<usize>());
}

#[divan::bench(args = ["hits", "misses"])]
fn binary_search(bencher: Bencher, which: &str) {
    let sorted: Vec<(Code, Vec<Entry>)> = hits().into_iter().map(|code| (code, intune_err::Entry::by_code(code).collect())).collect();
    let codes = codes(which);
    bencher.counter(ItemsCount::new(codes.len())).bench_local(|| {
        let find = |code: &Code| sorted.binary_search_by_key(black_box(code), |(code, _)| *code).map_or(0, |at| sorted[at].1.len());
        codes.iter().map(find).sum::<usize>()
    });
}

/// From what is typed to the answer.
#[divan::bench(args = ["0x80cf0437", "-2145910764", "3010", "DeviceCapReached", "MDM authority not defined", "0x12345678"])]
fn answer(query: &str) -> usize {
    intune_err::answer(black_box(query), Base::Either).map_or(0, |answers| answers.len())
}
