//! What the perfect hash is worth: all codes of the table looked up beside a `HashMap` and a binary search over the same, hits and misses;
//! a whole answer; and own records read. `cargo bench --bench lookup`.

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

/// A file of so many own records, in the form of the table.
fn own_records(count: usize) -> String {
    let record = |number: usize| {
        format!(
            "[[entry]]\nid = \"contoso-{number}\"\ncodes = [0x{:08X}]\nnames = [\"CONTOSO_E_{number}\", \"{}\"]\n\
             messages = [\"Contoso agent {number}: no license for <user>\"]\nplatforms = [\"windows\"]\narea = \"app-install\"\n\
             problem = \"The agent {number} of Contoso has no license for the user.\"\ncauses = [\"The license server can't be reached.\"]\n\
             resolution = [\n    \"Connect to the company network.\",\n    \"Install the agent again.\",\n]\n\
             sources = [\"https://wiki.contoso.example/{number}\"]\n\n",
            0xE0C0_0000 + number,
            60_000 + number,
        )
    };
    (0..count).map(record).collect()
}

/// What `--data` costs before anything is looked up.
#[divan::bench(args = [100, 1_000])]
fn own(bencher: Bencher, count: usize) {
    let text = own_records(count);
    let read = |text: &str| intune_err::OwnRecords::read(&[("contoso.toml", text)]).map(|own| own.len());
    assert_eq!(read(&text), Ok(count));
    bencher.counter(ItemsCount::new(count)).bench_local(|| read(black_box(&text)));
}
