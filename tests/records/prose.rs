//! The prose of the table, packed and unpacked.

use super::{build, unpack};

/// The prose of the table that the files compile to, a list an item.
#[track_caller]
pub(crate) fn prose_of(files: &[(&str, String)]) -> Vec<Vec<String>> {
    let files: Vec<(String, String)> = files.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
    let packed = build::compile(&files).expect("the files have no fault").prose;
    let items = packed.starts.windows(2).map(|range| range[0] as usize..range[1] as usize);
    let unpacked = items.map(|range| {
        let (text, ends) = unpack::unpack(&packed.parts, &packed.bytes, packed.one_byte, &packed.bytes[range]);
        let starts = [0].into_iter().chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| text[start..*end].to_owned()).collect()
    });
    unpacked.collect()
}

#[test]
fn packed_prose_unpacks_to_what_it_was() {
    // Words that repeat become rules; the texts are long enough for rules of rules, and one is in use three times.
    let words = ["device", "enrollment", "update", "a", "the server", "\u{2713} (0x80070005)", "certificate", "x"];
    let text = |seed: usize| (0..40).map(|at| words[(seed * 7 + at * at + at * seed) % words.len()]).collect::<Vec<_>>().join(" ");
    let mut records = String::new();
    let mut expected = Vec::new();
    for seed in 0..60 {
        let (problem, cause) = (text(seed), text(seed + 100));
        let steps = [text(seed / 3), "Same.".to_owned()];
        records += &format!(
            "[[entry]]\nid = \"r-{seed:02}\"\ncodes = [{seed}]\nnames = []\nmessages = []\nplatforms = [\"windows\"]\narea = \"policy\"\n\
             problem = {problem:?}\ncauses = [{cause:?}]\nresolution = {steps:?}\nsources = [\"https://x\"]\n"
        );
        let [first, second] = steps;
        expected.push(vec![problem, cause, first, second, "https://x".to_owned()]);
    }
    assert_eq!(prose_of(&[("a.toml", records)]), expected);
}
