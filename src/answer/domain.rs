//! Numbers that stand with words: `exit code 1603`, `MCInstallationErrorDomain Code=4001`, `Win32 error 5`, `http 404`. The words decide what the
//! number means; a number of a domain of its own is never the Windows code of the same number.

use std::fmt;

use crate::spelling::{self, Base, Spelling};
use crate::table::words::{self, Lists};
use crate::table::{Area, ContextKind, Entry, Table};

/// What a number belongs to that is no Windows code. It prints as its name.
///
/// ```
/// use intune_err::{Base, Domain, Reason, answer};
/// let answer = &answer("exit code 54321", Base::Either).unwrap()[0];
/// assert_eq!(answer.reasons[0], Reason::NothingKnown { domain: Domain::ExitCode, number: 54_321 });
/// assert_eq!(answer.reasons[0].to_string(), "Nothing is known of the exit code 54321.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Domain {
    /// Errors of Microsoft Entra ID: `AADSTS53003`.
    Aadsts,
    /// What an installer or another process ends with.
    ExitCode,
    /// Exit codes of the toolkit `PSAppDeployToolkit`.
    Psadt,
    /// Apple's volume purchase.
    Vpp,
    /// Status codes of the protocol `SyncML`.
    Syncml,
    /// Event ids of Windows.
    Event,
    /// HTTP status codes.
    Http,
    /// A domain of Apple's and of other programs for its systems: `MCInstallationErrorDomain`.
    Named(String),
}

impl Domain {
    /// A number of the domain, as a sentence names it.
    pub(super) fn of(&self, number: i64) -> String {
        match self {
            Self::Aadsts => format!("AADSTS{number}"),
            Self::Event => format!("the event id {number}"),
            Self::Http => format!("the HTTP status {number}"),
            Self::ExitCode => format!("the exit code {number}"),
            Self::Named(name) => format!("{name} {number}"),
            Self::Psadt | Self::Vpp | Self::Syncml => format!("the {self} code {number}"),
        }
    }

    /// The entries that have the number, likeliest first.
    pub(super) fn entries(&self, number: i64, table: Table) -> Vec<Entry> {
        // A minus is no letter, so another number can have the same folded name.
        let named = |name: String| table.by_name(&name).filter(|entry| entry.names().any(|of| of == name)).collect::<Vec<_>>();
        let seen_in = |id: &str| ContextKind::by_id(id).map(|kind| move |entry: &Entry| entry.seen_in().any(|of| of == kind));
        // Whoever lists a number of their own need not say that it is an installer's.
        let is_exit = |entry: &Entry| entry.area() == Area::AppInstall || entry.file().is_some();
        match self {
            Self::Aadsts => named(format!("AADSTS{number}")),
            Self::ExitCode => named(number.to_string()).into_iter().filter(is_exit).collect(),
            Self::Psadt => {
                let exits = Self::ExitCode.entries(number, table);
                let own: Vec<Entry> = seen_in("psadt").map(|of| exits.iter().copied().filter(of).collect()).unwrap_or_default();
                // The toolkit hands on what the installer returned.
                if own.is_empty() { exits } else { own }
            }
            Self::Vpp if table.by_name(&format!("VPP {number}")).next().is_some() => named(format!("VPP {number}")),
            Self::Vpp => {
                let start = format!("{number}:");
                let has = |entry: &Entry| entry.messages().any(|message| message.starts_with(&start));
                seen_in("vpp").map(|of| table.all().filter(of).filter(has).collect()).unwrap_or_default()
            }
            Self::Syncml => named(format!("Syncml({number})")),
            Self::Event | Self::Http => Vec::new(),
            Self::Named(name) => named(format!("{name} Code={number}")),
        }
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aadsts => "AADSTS",
            Self::ExitCode => "exit code",
            Self::Psadt => "PSAppDeployToolkit",
            Self::Vpp => "Apple volume purchase",
            Self::Syncml => "SyncML",
            Self::Event => "event id",
            Self::Http => "HTTP status",
            Self::Named(name) => name,
        })
    }
}

/// What words make of the number after them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Number<'a> {
    /// A number of a domain.
    Of(Domain, i64),
    /// An HTTP status.
    Http(u16),
    /// A Win32 code in decimal.
    Win32(u16),
    /// A code as it is written: the words only say that it is one.
    Code(&'a str),
}

/// What a word says of the number that it stands before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lead {
    /// Nothing.
    Filler,
    /// That it is a code.
    Code,
    Win32,
    Exit,
    Event,
    Syncml,
    Vpp,
    Psadt,
    /// The numbers of C and of every Unix: 13 is EACCES.
    Posix,
    /// A sign-in to Microsoft Entra ID.
    SignIn,
    Http,
}

/// The words that stand before a number, in lower case and in order.
const LEADS: [(&str, Lead); 78] = [
    ("a", Lead::Filler),
    ("access", Lead::Filler),
    ("an", Lead::Filler),
    ("blocked", Lead::Filler),
    ("code", Lead::Code),
    ("codes", Lead::Code),
    ("conditional", Lead::SignIn),
    ("dwerror", Lead::Win32),
    ("err", Lead::Code),
    ("errno", Lead::Posix),
    ("error", Lead::Code),
    ("errorcode", Lead::Code),
    ("errorlevel", Lead::Exit),
    ("errors", Lead::Code),
    ("event", Lead::Event),
    ("eventid", Lead::Event),
    ("exit", Lead::Exit),
    ("exitcode", Lead::Exit),
    ("exited", Lead::Exit),
    ("fail", Lead::Code),
    ("failed", Lead::Code),
    ("failure", Lead::Code),
    ("fehler", Lead::Code),
    ("fehlercode", Lead::Code),
    ("getlasterror", Lead::Win32),
    ("hr", Lead::Code),
    ("hresult", Lead::Code),
    ("http", Lead::Http),
    ("https", Lead::Http),
    ("id", Lead::Filler),
    ("in", Lead::Filler),
    ("install", Lead::Filler),
    ("installation", Lead::Filler),
    ("installer", Lead::Filler),
    ("is", Lead::Filler),
    ("laps", Lead::Event),
    ("last", Lead::Filler),
    ("lasterror", Lead::Win32),
    ("lpexitcode", Lead::Exit),
    ("msiexec", Lead::Exit),
    ("no", Lead::Filler),
    ("nr", Lead::Filler),
    ("ntstatus", Lead::Code),
    ("num", Lead::Filler),
    ("number", Lead::Filler),
    ("of", Lead::Filler),
    ("omadm", Lead::Syncml),
    ("os", Lead::Filler),
    ("process", Lead::Filler),
    ("program", Lead::Filler),
    ("psadt", Lead::Psadt),
    ("psappdeploytoolkit", Lead::Psadt),
    ("rc", Lead::Exit),
    ("response", Lead::Filler),
    ("result", Lead::Code),
    ("resulttype", Lead::SignIn),
    ("ret", Lead::Exit),
    ("retcode", Lead::Exit),
    ("return", Lead::Exit),
    ("returncode", Lead::Exit),
    ("returned", Lead::Exit),
    ("returns", Lead::Exit),
    ("retval", Lead::Exit),
    ("sign", Lead::SignIn),
    ("signin", Lead::SignIn),
    ("status", Lead::Code),
    ("syncml", Lead::Syncml),
    ("system", Lead::Filler),
    ("the", Lead::Filler),
    ("value", Lead::Filler),
    ("vpp", Lead::Vpp),
    ("was", Lead::Filler),
    ("win32", Lead::Win32),
    ("winhttp", Lead::Win32),
    ("wininet", Lead::Win32),
    ("winsock", Lead::Win32),
    ("with", Lead::Filler),
    ("wsaerror", Lead::Win32),
];

fn lead(word: &str) -> Option<Lead> {
    let word = word.to_ascii_lowercase();
    LEADS.binary_search_by_key(&word.as_str(), |(of, _)| of).ok().map(|at| LEADS[at].1)
}

/// Whether a word is an ordinary one beside a code: nobody asks for it by itself.
pub(super) fn is_ordinary(word: &str) -> bool {
    lead(word).is_some() || words::lists(word.as_bytes()).has(Lists::ORDINARY)
}

/// Whether a number can stand after a text that begins with this word.
pub(super) fn can_begin(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    lead(word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()).is_some()
        || word.eq_ignore_ascii_case("AADSTS")
        || is_name(word)
}

/// Whether a word is the name of a domain: `MCInstallationErrorDomain`, `com.apple.PlatformSSO`.
fn is_name(word: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    word.chars().all(is_word) && (word.len() > 6 && word.ends_with("Domain") || word.starts_with("com.") && word.matches('.').count() > 1)
}

/// No number with its words is longer.
const LONGEST: usize = 200;

/// What a text says of the number that it ends with, if it is nothing but a number and the words for it.
pub(super) fn read(text: &str) -> Option<Number<'_>> {
    let is_around =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '.' | '!' | '?');
    let text = text.trim_matches(is_around);
    if let Some(digits) = text.get(..6).filter(|start| start.eq_ignore_ascii_case("AADSTS")).map(|_| &text[6..]) {
        let number = decimal(digits.trim_start_matches([' ', ':', '#', '-', '\u{A0}']))?;
        return Some(Number::Of(Domain::Aadsts, number));
    }
    if let Some(number) = of_named(text) {
        return Some(number);
    }
    if text.len() > LONGEST {
        return None;
    }
    if let Some(number) = before_domain(text) {
        return Some(number);
    }
    let start = text.rfind(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '(' | '#' | '"' | '\'')).map_or(0, |at| at + 1);
    // The separator can be a character of several bytes.
    let start = (start..text.len()).find(|&at| text.is_char_boundary(at))?;
    let (words, written) = text.split_at(start);
    let mut leads = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(lead);
    let lead = leads.try_fold(Lead::Filler, |most, lead| Some(most.max(lead?)))?;
    let number = decimal(written);
    let small = number.filter(|number| number.unsigned_abs() < 1_000_000);
    let of = |domain| small.map(|number| Number::Of(domain, number));
    let code =
        || matches!(spelling::spelling(written, Base::Either), Spelling::Code(_) | Spelling::MaybeCode(_)).then_some(Number::Code(written));
    match lead {
        Lead::Filler => None,
        Lead::Code => code(),
        Lead::Win32 => number.and_then(|number| u16::try_from(number).ok()).map(Number::Win32).or_else(code),
        Lead::Exit => of(Domain::ExitCode).or_else(code),
        Lead::Event => of(Domain::Event),
        Lead::Syncml => of(Domain::Syncml),
        Lead::Vpp => of(Domain::Vpp),
        Lead::Psadt => of(Domain::Psadt),
        Lead::Posix => of(Domain::Named("NSPOSIXErrorDomain".to_owned())).or_else(code),
        Lead::SignIn => {
            number.filter(|number| (10_000..10_000_000).contains(number)).map(|number| Number::Of(Domain::Aadsts, number)).or_else(code)
        }
        Lead::Http => match number.and_then(|number| u16::try_from(number).ok()).filter(|status| (100..600).contains(status)) {
            Some(status) => Some(Number::Http(status)),
            None => of(Domain::Http).or_else(code),
        },
    }
}

/// A number that stands before the words for its domain: `9610 VPP`, `50126 sign-in error`.
fn before_domain(text: &str) -> Option<Number<'_>> {
    let (written, words) = text.split_once(char::is_whitespace)?;
    let number = decimal(written)?;
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '('));
    if words.eq_ignore_ascii_case("AADSTS") {
        return Some(Number::Of(Domain::Aadsts, number));
    }
    let mut leads = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(lead);
    let domain = match leads.try_fold(Lead::Filler, |most, lead| Some(most.max(lead?)))? {
        Lead::Vpp => Domain::Vpp,
        Lead::Psadt => Domain::Psadt,
        Lead::Syncml => Domain::Syncml,
        Lead::SignIn if (10_000..10_000_000).contains(&number) => Domain::Aadsts,
        _ => return None,
    };
    (number.unsigned_abs() < 10_000_000).then_some(Number::Of(domain, number))
}

/// The number of a domain that is named: `MCInstallationErrorDomain Code=4001`, also with more text after it.
fn of_named(text: &str) -> Option<Number<'_>> {
    let separator = |c: char| c.is_whitespace() || matches!(c, '=' | ':' | '(' | ')' | ',' | '"' | '\'');
    let mut words = text.split(separator).filter(|word| !word.is_empty());
    // `Error Domain=` comes before it where a program prints it.
    let name = words.by_ref().take(3).find(|word| is_name(word))?;
    let number = words.take(3).find(|word| !matches!(lead(word), Some(Lead::Code | Lead::Filler)))?;
    Some(Number::Of(Domain::Named(name.to_owned()), decimal(number)?))
}

/// The HTTP status of a failure that a text names as such: `The remote server returned an error: (403) Forbidden.`
pub(super) fn http_status_in(text: &str) -> Option<u16> {
    let lower = text.to_ascii_lowercase();
    words::http_phrases().find_map(|phrase| {
        let rest = &lower[lower.find(phrase)? + phrase.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest[..digits].parse().ok().filter(|status| digits == 3 && (400..600).contains(status))
    })
}

/// A decimal number of at most ten digits, with or without a sign.
fn decimal(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = (1..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leads_are_in_order_for_the_binary_search() {
        assert!(LEADS.is_sorted_by_key(|(word, _)| word));
        assert!(LEADS.iter().all(|(word, _)| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())));
    }

    #[test]
    fn the_words_before_a_number_decide_what_it_is() {
        let of = |domain, number| Some(Number::Of(domain, number));
        let named = |name: &str, number| of(Domain::Named(name.to_owned()), number);
        for (text, expected) in [
            ("exit code 1603", of(Domain::ExitCode, 1603)),
            ("Exit code: 1603", of(Domain::ExitCode, 1603)),
            ("lpExitCode = 1603", of(Domain::ExitCode, 1603)),
            ("return code 3010", of(Domain::ExitCode, 3010)),
            ("installer returned 3010.", of(Domain::ExitCode, 3010)),
            ("exit code -1", of(Domain::ExitCode, -1)),
            ("exit code 0x80070643", Some(Number::Code("0x80070643"))),
            ("exit code -2147023293", Some(Number::Code("-2147023293"))),
            ("Win32 error 5", Some(Number::Win32(5))),
            ("GetLastError() = 5", Some(Number::Win32(5))),
            ("GetLastError 5", Some(Number::Win32(5))),
            ("Win32 error 0x5", Some(Number::Code("0x5"))),
            ("error 5", Some(Number::Code("5"))),
            ("error no 5", Some(Number::Code("5"))),
            ("last error: 5", Some(Number::Code("5"))),
            ("errno 13", named("NSPOSIXErrorDomain", 13)),
            ("errno = -13", named("NSPOSIXErrorDomain", -13)),
            ("errno 0x80070005", Some(Number::Code("0x80070005"))),
            ("winhttp error 12029", Some(Number::Win32(12_029))),
            ("WSAError: 10060", Some(Number::Win32(10_060))),
            ("msiexec returns 1603", of(Domain::ExitCode, 1603)),
            ("ret 1603", of(Domain::ExitCode, 1603)),
            ("error code: 0x5", Some(Number::Code("0x5"))),
            ("hresult c0000005", Some(Number::Code("c0000005"))),
            ("http 404", Some(Number::Http(404))),
            ("HTTP status code 404", Some(Number::Http(404))),
            ("http 99", of(Domain::Http, 99)),
            ("http 600", of(Domain::Http, 600)),
            ("http error 0x80190194", Some(Number::Code("0x80190194"))),
            ("VPP 9610", of(Domain::Vpp, 9610)),
            ("VPP error number 9610", of(Domain::Vpp, 9610)),
            ("9610 VPP", of(Domain::Vpp, 9610)),
            ("60008 PSADT", of(Domain::Psadt, 60_008)),
            ("404 (SyncML)", of(Domain::Syncml, 404)),
            ("50126 sign-in error", of(Domain::Aadsts, 50_126)),
            ("53003 AADSTS", of(Domain::Aadsts, 53_003)),
            ("1603 installer", None),
            ("5 errors", None),
            ("Sign-in error code: 53003", of(Domain::Aadsts, 53_003)),
            ("sign-in error 700016", of(Domain::Aadsts, 700_016)),
            ("ResultType 50126", of(Domain::Aadsts, 50_126)),
            ("sign-in error 0x80072EE7", Some(Number::Code("0x80072EE7"))),
            ("PSADT 60008", of(Domain::Psadt, 60_008)),
            ("Syncml 404", of(Domain::Syncml, 404)),
            ("event id 75", of(Domain::Event, 75)),
            ("LAPS 10059", of(Domain::Event, 10_059)),
            ("AADSTS53003", of(Domain::Aadsts, 53_003)),
            ("aadsts 53003", of(Domain::Aadsts, 53_003)),
            ("AADSTS: 7", of(Domain::Aadsts, 7)),
            ("AADSTS53003x", None),
            ("MCInstallationErrorDomain Code=4001", named("MCInstallationErrorDomain", 4001)),
            ("Error Domain=NSURLErrorDomain Code=-1009 \"offline\"", named("NSURLErrorDomain", -1009)),
            ("MSALErrorDomain -50001", named("MSALErrorDomain", -50_001)),
            ("com.apple.PlatformSSO Code=-1001", named("com.apple.PlatformSSO", -1001)),
            ("com.apple 5", None),
            ("Domain 5", None),
            ("the 5", None),
            ("device 5", None),
            ("5", None),
            ("error five", None),
            ("error 5 and more", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
