//! What is said, and how: characters, sentences, names of products, menu paths.

use intune_err::Entry;

use super::{Exception, assert_none, assert_none_but, offending, prose, quoted};

#[test]
fn all_text_is_printable_ascii() {
    let is_ascii = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    assert_none(
        "text is printable ASCII",
        offending(prose, move |_, text| !is_ascii(text)).chain(offending(quoted, move |_, text| !is_ascii(text))),
    );
}

#[test]
fn no_text_has_blanks_at_its_ends_or_two_in_a_row() {
    let has_blanks = |text: &str| text.trim() != text || text.contains("  ");
    assert_none(
        "blanks are single and inside",
        offending(prose, move |_, text| has_blanks(text)).chain(offending(quoted, move |_, text| has_blanks(text))),
    );
}

#[test]
fn no_text_of_ours_says_please() {
    let pleads = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("please"));
    assert_none("we say what to do, without \"please\"", offending(prose, move |_, text| pleads(text)));
}

/// Whether a text says "may not", which can be read in two ways.
pub(super) fn has_stiff_words(text: &str) -> bool {
    has_words(&text.to_lowercase(), "may not")
}

#[test]
fn no_text_of_ours_can_be_read_in_two_ways() {
    assert_none("we say \"isn't allowed to\" or \"might not\", never \"may not\"", offending(prose, |_, text| has_stiff_words(text)));
}

/// Beginnings of commands that can end a step, after a colon: a full stop would be read as part of them.
const COMMANDS: [&str; 6] = ["DISM /", "app-sso ", "dism /", "reg query ", "sfc /", "sudo "];

/// Whether a text ends with a full stop (inside a quote or parenthesis, too), or with what a full stop would spoil: a URL, a command after
/// a colon, or code in backquotes.
pub(super) fn ends_well(text: &str) -> bool {
    let url = text.rsplit(' ').next().is_some_and(|word| word.starts_with("https://"));
    let command = text.rsplit_once(": ").is_some_and(|(_, rest)| COMMANDS.iter().any(|start| rest.starts_with(start)));
    url || command || text.ends_with('`') || text.trim_end_matches(['"', ')']).ends_with('.')
}

#[test]
fn sentences_end_with_a_full_stop() {
    assert_none("a sentence ends with a full stop", offending(prose, |_, text| !ends_well(text)));
}

/// Commands that a sentence can begin with, in the lower case that they are typed in.
const LOWER_CASE: [&str; 2] = ["dsregcmd", "netsh"];

#[test]
fn sentences_begin_with_a_capital() {
    let is_plain = |text: &str| {
        let word = text.split([' ', ',', ';']).next().unwrap_or_default();
        word.bytes().all(|byte| byte.is_ascii_lowercase()) && !LOWER_CASE.contains(&word)
    };
    assert_none("a sentence begins with a capital or a command", offending(prose, move |_, text| is_plain(text)));
}

#[test]
fn a_problem_is_one_sentence() {
    let inner = |text: &str| text.match_indices(". ").any(|(at, _)| !text[..at].ends_with(".."));
    assert_none("a problem is one sentence", offending(prose, move |key, text| key == "problem" && inner(text)));
}

#[test]
fn a_title_is_no_sentence() {
    assert_none("a title has no full stop", offending(quoted, |key, text| key == "title" && text.ends_with('.')));
}

/// Names of products and portals that have others today, each with today's.
const STALE: [Exception; 23] = [
    ("Android for Work", "Android Enterprise"),
    ("Apple ID", "Apple Account"),
    ("Azure AD", "Microsoft Entra ID"),
    ("Azure Active Directory", "Microsoft Entra ID"),
    ("Azure Portal", "Microsoft Intune admin center or Microsoft Entra admin center"),
    ("Azure portal", "Microsoft Intune admin center or Microsoft Entra admin center"),
    ("AzureAD", "Microsoft Entra ID"),
    ("DirSync", "Microsoft Entra Connect"),
    ("Device Enrollment Program", "Automated Device Enrollment"),
    ("Endpoint Manager", "Microsoft Intune, Microsoft Configuration Manager"),
    ("Intune Account Portal", "Microsoft 365 admin center"),
    ("Intune console", "Microsoft Intune admin center"),
    ("Intune portal", "Microsoft Intune admin center"),
    ("Microsoft 365 Defender", "Microsoft Defender XDR"),
    ("Microsoft Passport", "Windows Hello for Business"),
    ("Microsoft Store for Business", "none: it is retired"),
    ("Office 365", "Microsoft 365"),
    ("Play for Work", "managed Google Play"),
    ("SCCM", "Microsoft Configuration Manager"),
    ("System Center", "Microsoft Configuration Manager"),
    ("Windows Defender", "Microsoft Defender"),
    ("Windows Intune", "Microsoft Intune"),
    ("Windows Store", "Microsoft Store"),
];

/// Where an old name is right.
const STALE_IN_PLACE: [Exception; 14] = [
    ("aadsts-7500514: resolution: Office 365", "the name of a token type in PingFederate"),
    (
        "autopilot-device-already-registered: causes: Microsoft Store for Business",
        "what it left behind is still met; a note says that it is retired",
    ),
    ("autopilot-device-already-registered: notes: Microsoft Store for Business", "says that it is retired"),
    (
        "autopilot-device-assigned-to-other-tenant: causes: Microsoft Store for Business",
        "what it left behind is still met; a note says that it is retired",
    ),
    ("autopilot-device-assigned-to-other-tenant: notes: Microsoft Store for Business", "says that it is retired"),
    ("enrollment-report-bulk-token-expired: resolution: Azure AD", "a button of Windows Configuration Designer"),
    ("entra-broker-registry-permissions: notes: Microsoft Store for Business", "says that it is retired"),
    ("esp-timeout: notes: Microsoft Store for Business", "says that it is retired"),
    ("managed-google-play-sync-failed: notes: Android for Work", "the name of the API"),
    ("mdm-authority-not-defined: notes: DirSync", "says what has taken its place"),
    ("mdm-authority-not-defined: notes: Intune Account Portal", "says what has taken its place"),
    ("mdm-authority-not-defined: resolution: DirSync", "the steps of the reference page; a note says what has taken its place"),
    (
        "mdm-authority-not-defined: resolution: Intune Account Portal",
        "the steps of the reference page; a note says what has taken its place",
    ),
    ("user-license-missing: causes: System Center", "a license of that version"),
];

/// The old names in a text.
pub(super) fn stale_names(text: &str) -> impl Iterator<Item = &'static str> {
    STALE.iter().map(|(name, _)| *name).filter(move |name| has_words(text, name))
}

#[test]
fn products_and_portals_have_the_names_of_today() {
    let mut offenders = Vec::new();
    for entry in Entry::all() {
        for (key, text) in prose(entry) {
            offenders.extend(stale_names(text).map(|name| format!("{}: {key}: {name}: {text}", entry.id())));
        }
    }
    assert_none_but(&STALE_IN_PLACE, "products have the names of today (STALE lists them)", offenders);
}

/// Menu paths of earlier admin centers, each with today's.
const OLD_PATHS: [Exception; 9] = [
    ("Devices > Compliance policies", "Devices > Compliance"),
    ("Devices > Configuration policies", "Devices > Configuration"),
    ("Devices > Configuration profiles", "Devices > Configuration"),
    ("Devices > Enroll devices", "Devices > Enrollment"),
    ("Devices > Enrollment restrictions", "Devices > Enrollment > Device platform restriction"),
    ("Devices > Windows > Windows enrollment", "Devices > Enrollment > Windows"),
    ("Devices > iOS/iPadOS > iOS/iPadOS enrollment", "Devices > Enrollment > Apple"),
    ("Device enrollment > ", "Devices > Enrollment"),
    ("Intune > Device", "Devices"),
];

pub(super) fn has_old_path(text: &str) -> bool {
    OLD_PATHS.iter().any(|(path, _)| text.contains(path))
}

#[test]
fn menu_paths_are_those_of_today() {
    let is_old = |key: &str, text: &str| key != "notes" && has_old_path(text);
    assert_none("menu paths are those of today (OLD_PATHS lists them)", offending(prose, is_old));
}

/// Whether `words` stand in `text` as whole words.
fn has_words(text: &str, words: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(words).any(|(at, _)| !is_word(text[..at].chars().next_back()) && !is_word(text[at + words.len()..].chars().next()))
}
