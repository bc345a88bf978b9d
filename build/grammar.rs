//! Packs prose: sequences that occur often become rules. `src/table/unpack.rs` unpacks it.
//!
//! All pairs of neighbouring symbols that are frequent enough become rules, in passes that ask for less each time. Symbols are bytes
//! and rules, so that rules grow to words, phrases and whole sentences. Short ones are written out, in one text where they overlap.
//! Each text can be unpacked by itself.

use std::collections::HashMap;

use super::key::hash;

/// A pair becomes a rule if it occurs this often; a rule costs as much as two uses of it save.
const LEAST: u32 = 3;
/// The most symbols there can be: `unpack` takes all higher 16-bit numbers as marks of letters.
const MOST: usize = 0xFC00;
/// The first rule; lower numbers are bytes.
const RULES: u32 = 256;
/// Stands between two texts, so that no rule reaches over the border.
const BORDER: u32 = u32::MAX;
/// A rule with at most this many letters is written out.
const LETTERS: usize = 8;
/// How many parts of a rule can wait to be unpacked.
const DEEPEST: usize = 128;

/// Texts as `unpack` reads them.
#[derive(Debug)]
pub(crate) struct Packed {
    /// What each number stands for.
    pub(crate) parts: Vec<u32>,
    /// Numbers below take one byte.
    pub(crate) one_byte: usize,
    /// First the letters that parts point to, then the items.
    pub(crate) bytes: Vec<u8>,
    /// Where each item begins in `bytes`, and the end.
    pub(crate) starts: Vec<u32>,
}

/// Packs items, each a list of texts.
pub(super) fn pack(items: &[Vec<String>]) -> Packed {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut texts: Vec<&str> = Vec::new();
    let mut uses: Vec<usize> = Vec::new();
    let mut item_texts: Vec<Vec<usize>> = Vec::new();
    for item in items {
        let mut list = Vec::new();
        for text in item {
            let place = *places.entry(text).or_insert_with(|| {
                texts.push(text);
                uses.push(0);
                texts.len() - 1
            });
            uses[place] += 1;
            list.push(place);
        }
        item_texts.push(list);
    }
    let mut grammar = Grammar::default();
    let mut sequences = grammar.shorten(&texts);
    for (sequence, uses) in sequences.iter_mut().zip(&uses) {
        if *uses > 2 {
            grammar.join(sequence);
        }
    }
    let mut streams: Vec<Vec<Vec<u32>>> =
        item_texts.iter().map(|item| item.iter().map(|&place| sequences[place].clone()).collect()).collect();
    grammar.inline(&mut streams);
    grammar.number(&streams)
}

#[derive(Default)]
struct Grammar {
    rules: Vec<[u32; 2]>,
}

impl Grammar {
    fn rule(&self, symbol: u32) -> Option<[u32; 2]> {
        symbol.checked_sub(RULES).map(|rule| self.rules[rule as usize])
    }

    /// The symbol of a new rule, unless there is no room for one more.
    fn add(&mut self, pair: [u32; 2]) -> Option<u32> {
        (self.rules.len() + (RULES as usize) + 1 < MOST).then(|| {
            self.rules.push(pair);
            RULES + self.rules.len() as u32 - 1
        })
    }

    /// The texts as sequences of symbols, with a rule for each frequent pair.
    fn shorten(&mut self, texts: &[&str]) -> Vec<Vec<u32>> {
        let mut all: Vec<u32> = Vec::new();
        for text in texts {
            all.extend(text.bytes().map(u32::from));
            all.push(BORDER);
        }
        let mut threshold = u32::MAX;
        loop {
            let mut pairs = Pairs::count(&all);
            threshold = (threshold.min(pairs.most()) * 7 / 10).max(LEAST);
            let before = self.rules.len();
            self.replace(&mut all, &mut pairs, threshold);
            if self.rules.len() == before && threshold == LEAST {
                break;
            }
        }
        let mut sequences: Vec<Vec<u32>> = all.split(|symbol| *symbol == BORDER).map(<[u32]>::to_vec).collect();
        sequences.truncate(texts.len());
        sequences
    }

    /// Replaces the pairs that occur at least `threshold` times; where two overlap, the more frequent one.
    fn replace(&mut self, all: &mut Vec<u32>, pairs: &mut Pairs, threshold: u32) {
        // A slice and plain loops: the build script isn't optimized.
        let symbols: &mut [u32] = all;
        let (mut from, mut to) = (0, 0);
        let mut here = pairs.place(symbols, 0);
        while from < symbols.len() {
            let after = pairs.place(symbols, from + 1);
            if pairs.counts[here] >= threshold && pairs.counts[after] <= pairs.counts[here] {
                if pairs.rules[here] == 0 {
                    pairs.rules[here] = self.add([symbols[from], symbols[from + 1]]).unwrap_or_default();
                }
                if pairs.rules[here] != 0 {
                    symbols[to] = pairs.rules[here];
                    to += 1;
                    from += 2;
                    here = pairs.place(symbols, from);
                    continue;
                }
            }
            symbols[to] = symbols[from];
            to += 1;
            from += 1;
            here = after;
        }
        all.truncate(to);
    }

    /// Makes one symbol of a text that is used often.
    fn join(&mut self, sequence: &mut Vec<u32>) {
        while sequence.len() > 1 {
            let mut joined = Vec::new();
            for pair in sequence.chunks(2) {
                match *pair {
                    [first, second] => match self.add([first, second]) {
                        Some(symbol) => joined.push(symbol),
                        None => return,
                    },
                    _ => joined.extend(pair),
                }
            }
            *sequence = joined;
        }
    }

    /// How often each symbol occurs in the streams and, with `rules`, in the rules.
    fn uses(&self, streams: &[Vec<Vec<u32>>], rules: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut uses = vec![0; RULES as usize + self.rules.len()];
        for symbol in streams.iter().flatten().flatten().copied().chain(rules) {
            uses[symbol as usize] += 1;
        }
        uses
    }

    /// Dissolves rules that are used only once.
    fn inline(&self, streams: &mut [Vec<Vec<u32>>]) {
        let uses = self.uses(streams, self.rules.iter().flatten().copied());
        for sequence in streams.iter_mut().flatten() {
            let mut waiting: Vec<u32> = sequence.iter().rev().copied().collect();
            sequence.clear();
            while let Some(symbol) = waiting.pop() {
                match self.rule(symbol) {
                    Some([first, second]) if uses[symbol as usize] == 1 => waiting.extend([second, first]),
                    _ => sequence.push(symbol),
                }
            }
        }
    }

    /// The letters of each symbol that has at most `LETTERS`.
    fn letters(&self) -> Vec<Option<Vec<u8>>> {
        let mut letters: Vec<Option<Vec<u8>>> = (0..=u8::MAX).map(|byte| Some(vec![byte])).collect();
        for [first, second] in &self.rules {
            let both = match (&letters[*first as usize], &letters[*second as usize]) {
                (Some(first), Some(second)) if first.len() + second.len() <= LETTERS => Some([&first[..], second].concat()),
                _ => None,
            };
            letters.push(both);
        }
        letters
    }

    /// How many parts wait at most while a symbol is unpacked.
    fn depth(&self) -> usize {
        let mut depths = vec![0; RULES as usize];
        for [first, second] in &self.rules {
            depths.push((depths[*first as usize] + 1).max(depths[*second as usize]));
        }
        depths.into_iter().max().unwrap_or_default()
    }

    /// Gives each symbol its number, the most frequent ones the lowest, and writes the streams.
    fn number(&self, streams: &[Vec<Vec<u32>>]) -> Packed {
        assert!(self.depth() <= DEEPEST, "unpacking has no room for rules this deep");
        let letters = self.letters();
        let uses = self.uses(streams, std::iter::empty());
        // A rule is needed if a stream or a needed rule has it. Rules have parts that came before them.
        let mut needed: Vec<bool> = uses.iter().map(|uses| *uses > 0).collect();
        for symbol in (RULES as usize..needed.len()).rev().filter(|symbol| letters[*symbol].is_none()) {
            for part in self.rules[symbol - RULES as usize] {
                needed[part as usize] |= needed[symbol];
            }
        }
        let mut order: Vec<usize> = (0..needed.len()).filter(|symbol| needed[*symbol]).collect();
        order.sort_by_key(|&symbol| (std::cmp::Reverse(uses[symbol]), symbol));
        let mut numbers = vec![0_u32; needed.len()];
        for (number, &symbol) in (1..).zip(&order) {
            numbers[symbol] = number;
        }
        let (pool, places) = self.pool(&letters, &order);
        // The number 0 ends a text.
        let mut parts = vec![0];
        for &symbol in &order {
            parts.push(match (&letters[symbol], self.rule(symbol as u32)) {
                (None, Some([first, second])) => numbers[first as usize] | numbers[second as usize] << 16,
                (letters, _) => part_of(places[symbol], letters.as_ref().map_or(1, Vec::len)),
            });
        }
        let one_byte = ((0x1_0000 - parts.len()) / 255).min(256);
        let mut packed = Packed { parts, one_byte, starts: vec![pool.len() as u32], bytes: pool };
        for item in streams {
            for sequence in item {
                for symbol in sequence {
                    packed.push(numbers[*symbol as usize] as usize);
                }
                packed.push(0);
            }
            packed.starts.push(packed.bytes.len() as u32);
        }
        packed
    }

    /// One text with the letters of all wanted symbols, and where each symbol's letters are in it.
    fn pool(&self, letters: &[Option<Vec<u8>>], wanted: &[usize]) -> (Vec<u8>, Vec<usize>) {
        const NOWHERE: usize = usize::MAX;
        let mut pool: Vec<u8> = Vec::new();
        let mut places = vec![NOWHERE; letters.len()];
        let mut known: HashMap<&[u8], usize> = HashMap::new();
        let mut longest: Vec<(usize, &[u8])> = wanted.iter().filter_map(|&symbol| Some((symbol, letters[symbol].as_deref()?))).collect();
        longest.sort_by_key(|(symbol, letters)| (std::cmp::Reverse(letters.len()), *symbol));
        for (symbol, text) in longest {
            let place = *known.entry(text).or_insert_with(|| {
                let shared = (1..text.len()).rev().find(|&len| pool.ends_with(&text[..len])).unwrap_or_default();
                pool.extend(&text[shared..]);
                pool.len() - text.len()
            });
            // Its parts stand there, too.
            let mut inner = vec![(symbol, place)];
            while let Some((symbol, place)) = inner.pop() {
                if places[symbol] != NOWHERE {
                    continue;
                }
                places[symbol] = place;
                if let Some(letters) = &letters[symbol] {
                    known.entry(letters).or_insert(place);
                }
                if let Some([first, second]) = self.rule(symbol as u32).map(|parts| parts.map(|part| part as usize)) {
                    let middle = place + letters[first].as_ref().map_or(0, Vec::len);
                    inner.extend([(first, place), (second, middle)]);
                }
            }
        }
        // `unpack` copies as many letters as a part can have.
        pool.extend([0; LETTERS]);
        (pool, places)
    }
}

/// The part for letters of the pool: a mark, how many there are less one, and where they begin.
fn part_of(place: usize, len: usize) -> u32 {
    assert!(place < 1 << 23, "the letters of the parts have outgrown their positions");
    (MOST as u32) << 16 | (len as u32 - 1) << 23 | place as u32
}

impl Packed {
    fn push(&mut self, number: usize) {
        match number.checked_sub(self.one_byte) {
            None => self.bytes.push(number as u8),
            Some(above) => self.bytes.extend([(self.one_byte + above / 256) as u8, (above % 256) as u8]),
        }
    }
}

/// How often each pair occurs in a sequence. A table with open addressing; its last slot is for anything that isn't a pair.
struct Pairs {
    keys: Vec<u64>,
    counts: Vec<u32>,
    /// The rule that a pair has become, or 0.
    rules: Vec<u32>,
    bits: u32,
}

impl Pairs {
    fn count(symbols: &[u32]) -> Self {
        let bits = (symbols.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let size = 1 << bits;
        let mut pairs = Self { keys: vec![u64::MAX; size], counts: vec![0; size + 1], rules: vec![0; size + 1], bits };
        for at in 0..symbols.len() {
            let place = pairs.place(symbols, at);
            if place < size {
                pairs.keys[place] = u64::from(symbols[at]) << 32 | u64::from(symbols[at + 1]);
                pairs.counts[place] += 1;
            }
        }
        pairs
    }

    fn most(&self) -> u32 {
        self.counts.iter().copied().max().unwrap_or_default()
    }

    /// The place of the pair at `at`.
    fn place(&self, symbols: &[u32], at: usize) -> usize {
        let keys: &[u64] = &self.keys;
        if at + 1 >= symbols.len() || symbols[at] == BORDER || symbols[at + 1] == BORDER {
            return keys.len();
        }
        let key = u64::from(symbols[at]) << 32 | u64::from(symbols[at + 1]);
        let mut place = (hash(key) >> (64 - self.bits)) as usize;
        while keys[place] != key && keys[place] != u64::MAX {
            place = (place + 1) & (keys.len() - 1);
        }
        place
    }
}
