//! The words that decide in a scan: `words.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Deserialize;

use super::anchor::{domain, domain_trigger, is_exit_code, short_triggers, word_starts};
use super::anchors::Trigger;
use super::key::{self, GRAM, WORD_LISTS, hash};
use super::pack::Array;
use super::{DataFault, Meaning, Placed, Record, fault, toml_fault};

/// One list with the reason for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    reason: String,
    groups: Vec<Group>,
}

/// Words of a list that share a reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    why: String,
    words: Vec<String>,
}

/// The lists that hold phrases, units or beginnings of words, which are not looked up one by one.
const OTHERS: [&str; 19] = [
    "unit",
    "no-error",
    "exit",
    "exit-weak",
    "win32",
    "win32-function",
    "winhttp",
    "sign-in",
    "sign-in-word",
    "network-word",
    "vpn-word",
    "service-word",
    "process-word",
    "blue-screen",
    "windows-word",
    "other-word",
    "http-status",
    "everyday",
    "everyday-field",
];
/// The lists of phrases that announce a decimal number, in the order of `Announces`.
const PHRASES: [&str; 6] = ["exit", "exit-weak", "win32", "win32-function", "winhttp", "sign-in"];
/// Two to this power is the number of buckets that the words are sorted into.
const BUCKET_BITS: u32 = 10;

/// The lists by their names.
#[derive(Default)]
pub(super) struct Words(BTreeMap<String, Vec<String>>);

/// Reads the lists and lists their faults.
pub(super) fn read(file: &str, content: &str, faults: &mut Vec<DataFault>) -> Words {
    let lists: BTreeMap<String, List> = match toml::from_str(content) {
        Ok(lists) => lists,
        Err(error) => {
            faults.push(fault(file, "-", &toml_fault(&error, content)));
            return Words::default();
        }
    };
    for name in WORD_LISTS.iter().chain(&OTHERS) {
        if !lists.contains_key(*name) {
            faults.push(fault(file, name, "there is no such list"));
        }
    }
    for (name, list) in &lists {
        let mut say = |what: String| faults.push(fault(file, name, &what));
        let is_phrases = OTHERS.contains(&name.as_str());
        if !is_phrases && !WORD_LISTS.contains(&name.as_str()) {
            say("nothing reads this list".to_owned());
        }
        if list.reason.trim().is_empty() || list.groups.iter().any(|group| group.why.trim().is_empty()) {
            say("a reason is empty".to_owned());
        }
        let mut seen = BTreeSet::new();
        for word in list.groups.iter().flat_map(|group| &group.words) {
            if word.is_empty() || !is_phrases && word.contains(|c: char| !c.is_alphanumeric()) {
                say(format!("{word:?} is no word"));
            } else if name != "unit" && *word != word.to_lowercase() {
                say(format!("{word:?} is not in lower case"));
            } else if !seen.insert(word) {
                say(format!("{word:?} stands in it twice"));
            } else if PHRASES.contains(&name.as_str()) && !is_looked_for(word) {
                say(format!("{word:?} begins with a word that the scan does not look for"));
            }
        }
    }
    Words(lists.into_iter().map(|(name, list)| (name, list.groups.into_iter().flat_map(|group| group.words).collect())).collect())
}

impl Words {
    /// The words of a list.
    pub(super) fn of(&self, list: &str) -> &[String] {
        self.0.get(list).map_or(&[], Vec::as_slice)
    }

    /// The phrases that announce a decimal number, each with the position of its list; those of other alphabets in all their forms.
    fn phrases(&self) -> impl Iterator<Item = (String, usize)> {
        let of = |phrase: &String| if key::is_wide(phrase) { forms(phrase) } else { BTreeSet::from([phrase.clone()]) };
        let lists = PHRASES.into_iter().enumerate();
        lists.flat_map(move |(position, list)| self.of(list).iter().flat_map(of).map(move |phrase| (phrase, position)))
    }

    /// Writes the lists as the scan looks them up.
    pub(super) fn write(&self, source: &mut String) {
        let mut text = String::new();
        let mut add = |word: &str| {
            let start = text.len();
            text.push_str(word);
            format!("start:{start},len:{}", word.len())
        };
        let mut lists: BTreeMap<String, u32> = BTreeMap::new();
        for (position, list) in WORD_LISTS.iter().enumerate() {
            for form in self.of(list).iter().flat_map(|word| forms(word)) {
                *lists.entry(form).or_default() |= 1 << position;
            }
        }
        let endings = lists.iter().filter(|(word, _)| is_unspaced(word));
        let endings = endings.map(|(word, lists)| format!("Word{{head:{},{},lists:{lists}}}", head(word), add(word)));
        Array(endings.collect()).write(source, "UNSPACED_WORDS", "Word");
        let mut rows: Vec<(u64, String)> = lists
            .iter()
            .map(|(word, lists)| (hash(head(word)), format!("Word{{head:{},{},lists:{lists}}}", head(word), add(word))))
            .collect();
        rows.sort();
        let begins = (0..=1_u64 << BUCKET_BITS).map(|bucket| rows.partition_point(|row| row.0 >> (64 - BUCKET_BITS) < bucket).to_string());
        Array(begins.collect()).write(source, "WORD_BUCKETS", "u16");
        Array(rows.into_iter().map(|(_, row)| row).collect()).write(source, "WORDS", "Word");
        let units = self.of("unit").iter().map(|unit| format!("Word{{head:{},{},lists:0}}", head(unit), add(unit)));
        Array(units.collect()).write(source, "UNITS", "Word");
        let phrases = self.phrases().map(|(phrase, list)| format!("Word{{head:{},{},lists:{list}}}", head(&phrase), add(&phrase)));
        Array(phrases.collect()).write(source, "PHRASES", "Word");
        let wide = self.phrases().enumerate().filter(|(_, (phrase, _))| key::is_wide(phrase));
        let ends = wide.map(|(position, (phrase, _))| format!("([{}, {}], {position})", last(&phrase, 2), last(&phrase, 1)));
        Array(ends.collect()).write(source, "WIDE_PHRASES", "([u8; 2], u16)");
        let everyday: Vec<&str> = ["everyday", "everyday-field"].iter().flat_map(|list| self.of(list)).map(String::as_str).collect();
        let _ = writeln!(source, "pub(crate) static EVERYDAY: &str = {:?};", everyday.join("\n"));
        let _ = writeln!(source, "pub(crate) static NO_ERRORS: &str = {:?};", self.of("no-error").join("\n"));
        let _ = writeln!(source, "pub(crate) static NETWORK_WORDS: &str = {:?};", self.of("network-word").join("\n"));
        let _ = writeln!(source, "pub(crate) static VPN_WORDS: &str = {:?};", self.of("vpn-word").join("\n"));
        for (name, list) in [("SERVICE_WORDS", "service-word"), ("PROCESS_WORDS", "process-word"), ("BLUE_SCREENS", "blue-screen")] {
            let all: Vec<String> = self.of(list).iter().flat_map(|word| forms(word)).collect();
            let _ = writeln!(source, "pub(crate) static {name}: &str = {:?};", all.join("\n"));
        }
        let _ = writeln!(source, "pub(crate) static WINDOWS_WORDS: &str = {:?};", self.of("windows-word").join("\n"));
        let _ = writeln!(source, "pub(crate) static OTHER_WORDS: &str = {:?};", self.of("other-word").join("\n"));
        let _ = writeln!(source, "pub(crate) static SIGN_IN_WORDS: &str = {:?};", self.of("sign-in-word").join("\n"));
        let _ = writeln!(source, "pub(crate) static HTTP_PHRASES: &str = {:?};", self.of("http-status").join("\n"));
        let _ = writeln!(source, "pub(crate) static WORD_TEXT: &str = {text:?};");
    }

    /// What the scan looks for besides the texts of the records: the tokens of Microsoft Entra ID, what announces exit codes, and domains.
    pub(super) fn triggers(&self, records: &[Placed<Record>], meanings: &[Placed<Meaning>]) -> Vec<Trigger> {
        let mut triggers = Vec::new();
        let mut add = |text: &str, kind, offset| triggers.push(Trigger { text: text.to_owned(), kind, offset });
        for first in 10..100 {
            add(&format!("aadsts{first}"), key::TRIGGER_AADSTS, 0);
        }
        for joint in [" ", ":", "-"] {
            (1..10).for_each(|first| add(&format!("aadsts{joint}{first}"), key::TRIGGER_AADSTS, 0));
        }
        add("aadsts: ", key::TRIGGER_AADSTS, 0);
        add("error_codes", key::TRIGGER_ERROR_CODES, 0);
        for begin in key::BEFORE_PRINTED {
            add(begin, key::TRIGGER_PRINTED, begin.len());
        }
        let names = || records.iter().flat_map(|record| &record.of.names);
        let codes: Vec<&str> = names().map(String::as_str).filter(|name| is_exit_code(name)).collect();
        let tokens = names().filter_map(|name| name.strip_prefix("AADSTS"));
        let perhaps: Vec<&str> = codes.iter().copied().chain(tokens).chain(["12"]).collect();
        // In brackets; and in all that a word for an error stands before: error 5 (Access is denied.), failed, error 2
        let (closed, any) = (beginnings(&[')', ']']), beginnings(&AFTER_DIGIT));
        let [numbers, any] = [&closed, &any].map(|begins| begins.iter().map(String::as_str).collect::<Vec<_>>());
        let tens: Vec<&str> = any.iter().copied().filter(|begin| begin.ends_with(|c: char| c.is_ascii_digit())).collect();
        for (position, (phrase, list)) in self.phrases().enumerate().filter(|(_, (phrase, _))| !key::is_wide(phrase)) {
            let begin = key::phrase_trigger(phrase.as_bytes());
            if phrase.len() - begin >= GRAM {
                add(&phrase[begin..], key::TRIGGER_PHRASE, position);
                continue;
            }
            let (joints, follow) = match PHRASES[list] {
                "win32" => (&key::FIELD_JOINTS[..], &numbers),
                "exit-weak" if key::may_announce_token(phrase.as_bytes()) => (&key::SHORT_JOINTS[..], &perhaps),
                _ => (&key::SHORT_JOINTS[..], &codes),
            };
            let mut wholes = short_triggers(&phrase[begin..], joints, follow);
            if phrase == "error" {
                wholes.extend(short_triggers("error", &[" "], &any));
                wholes.extend(short_triggers("error", &key::ANY_JOINTS, &tens));
            }
            for whole in &wholes {
                add(whole, key::TRIGGER_PHRASE, position);
            }
        }
        let win32 = meanings.iter().filter(|meaning| (2..=0xFFFF).contains(&meaning.of.code));
        let ends = key::BESIDE_PRINTED;
        for begin in win32.flat_map(|meaning| ends.map(|end| printed_end(&meaning.of, end))).flatten().collect::<BTreeSet<_>>() {
            add(&begin, key::TRIGGER_BRACKETED, 0);
        }
        let texts = records.iter().flat_map(|record| record.of.names.iter().chain(&record.of.messages));
        for of in texts.filter_map(|name| domain(name)).collect::<BTreeSet<_>>() {
            if let Some(start) = domain_trigger(of) {
                add(&of[start..], key::TRIGGER_DOMAIN, start);
            }
        }
        triggers
    }
}

/// The end of what Windows prints for a code, with what comes after it, from the last word that the scan looks for.
fn printed_end(meaning: &Meaning, end: &str) -> Option<String> {
    let text = meaning.printed.as_deref()?.trim_end_matches('.');
    let whole = format!("{text}{end}").to_lowercase();
    let begin = word_starts(whole.as_bytes(), 0..text.len()).filter(|begin| whole.len() - begin >= GRAM).last()?;
    Some(whole[begin..].to_owned())
}

/// What can stand after a number of one digit; each is for those as well that a gram does not tell from it.
const AFTER_DIGIT: [char; 12] = [' ', ':', '.', ',', ')', ']', ';', '"', '\'', '|', '\n', '\r'];

/// What a Win32 code can begin with: any two digits, or one and the sign after it.
fn beginnings(signs: &[char]) -> Vec<String> {
    let one = (2..10).flat_map(|one| signs.iter().map(move |sign| format!("{one}{sign}")));
    (10..100).map(|two| two.to_string()).chain(one).collect()
}

/// Whether a phrase begins with a word that the scan looks for, or is told from its number.
fn is_looked_for(phrase: &str) -> bool {
    let begin = format!("{} ", &phrase[key::phrase_trigger(phrase.as_bytes())..]);
    key::is_wide(phrase) || word_starts(begin.as_bytes(), 0..begin.len()).next() == Some(0)
}

/// The forms of a word in a log, apart from the case of ASCII letters: other letters can be capitals, the first or all of them.
fn forms(word: &str) -> BTreeSet<String> {
    let mut first = word.chars();
    let capital: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    [word.to_owned(), capital, word.to_uppercase()].into_iter().map(|form| form.to_ascii_lowercase()).collect()
}

/// Whether a word is of a language that is written without blanks, or glues endings to it: Japanese, Chinese, Korean.
fn is_unspaced(word: &str) -> bool {
    word.starts_with(|c| c >= '\u{2E80}')
}

/// The byte that stands so far before the end.
fn last(phrase: &str, before_end: usize) -> u8 {
    phrase.as_bytes()[phrase.len() - before_end]
}

/// The first eight bytes as a number, with zeros after a shorter word.
fn head(word: &str) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(word.bytes()).for_each(|(to, from)| *to = from);
    u64::from_le_bytes(head)
}
