//! Finds what is personal in a text by its form, or by the words and signs around it.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::labels::{self, Form, Personal};
use crate::order::sort_by_number;

/// Something personal in a text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) kind: Personal,
    /// Whether only the words around it tell, and not its form.
    pub(super) by_word: bool,
    /// A part of it that is the same by itself, such as the name in `CONTOSO\name`.
    pub(super) also: Option<Range<usize>>,
}

/// The shortest word that is taken out where nothing around it tells what it is.
pub(super) const SHORTEST: usize = 3;
/// The longest value that is a name of several words.
const LONGEST_NAME: usize = 64;

/// What is personal in a text, in order, no two parts with anything in common.
pub(super) fn found(text: &[u8]) -> Vec<Found> {
    let mut finder = Finder { text, words: words(text).collect(), found: Vec::new() };
    finder.addresses();
    finder.guids();
    finder.colons();
    for at in 0..finder.words.len() {
        finder.word(at);
    }
    let mut found = finder.found;
    // Of those that begin at the same place, the longest first.
    sort_by_number(&mut found, |part| !(part.range.end as u64));
    sort_by_number(&mut found, |part| part.range.start as u64);
    let mut apart: Vec<Found> = Vec::with_capacity(found.len());
    for part in found {
        match apart.last_mut() {
            Some(last) if part.range.start < last.range.end => {
                // Nothing of the two is left.
                last.range.end = last.range.end.max(part.range.end);
                last.by_word &= part.by_word;
                last.also = last.also.take().or(part.also);
            }
            _ => apart.push(part),
        }
    }
    apart
}

/// Whether a word is too common to be a name where nothing around it says so.
pub(super) fn is_common(word: &[u8]) -> bool {
    word.len() < SHORTEST || labels::is_nobody(word) || word.iter().all(u8::is_ascii_digit)
}

const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'~' | b'$') || byte >= 0x80
}

/// The words of a text: letters, digits and what joins them.
pub(super) fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].iter().position(|&byte| is_of_word(byte))?;
            let end = text[start..].iter().position(|&byte| !is_of_word(byte)).map_or(text.len(), |len| start + len);
            at = end;
            let is_edge = |byte: &u8| matches!(byte, b'.' | b'-' | b'_' | b'~');
            let first = text[start..end].iter().position(|byte| !is_edge(byte));
            let last = text[start..end].iter().rposition(|byte| !is_edge(byte));
            if let (Some(first), Some(last)) = (first, last) {
                return Some(start + first..start + last + 1);
            }
        }
    })
}

/// A word in lower case.
fn lower(word: &[u8]) -> String {
    String::from_utf8_lossy(word).to_ascii_lowercase()
}

/// A word in lower case without what joins its parts.
fn joined(word: &[u8]) -> String {
    let mut joined = lower(word);
    joined.retain(|c| !matches!(c, '_' | '-' | '.' | '$'));
    joined
}

struct Finder<'t> {
    text: &'t [u8],
    words: Vec<Range<usize>>,
    found: Vec<Found>,
}

impl<'t> Finder<'t> {
    fn add(&mut self, range: Range<usize>, kind: Personal, by_word: bool) {
        self.found.push(Found { range, kind, by_word, also: None });
    }

    /// The text of a word.
    fn at(&self, word: usize) -> &'t [u8] {
        &self.text[self.words[word].clone()]
    }

    /// What stands between a word and the one before it, or the beginning.
    fn gap(&self, word: usize) -> &'t [u8] {
        let from = word.checked_sub(1).map_or(0, |before| self.words[before].end);
        &self.text[from..self.words[word].start]
    }

    /// E-mail addresses and principal names: what stands on both sides of an `@`, also where an address writes it as `%40`.
    fn addresses(&mut self) {
        let text = self.text;
        let escaped = memchr_iter(b'%', text).filter(|&at| text[at..].starts_with(b"%40")).map(|at| (at, 3));
        for (at, len) in memchr_iter(b'@', text).map(|at| (at, 1)).chain(escaped) {
            let is_local = |byte: &u8| is_of_word(*byte) || matches!(byte, b'+' | b'#' | b'\'' | b'&' | b'!') || *byte == b'%' && len == 1;
            let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-') || *byte >= 0x80;
            // No address is longer.
            let before = &text[at.saturating_sub(128)..at];
            let local = before.iter().rev().take_while(|byte| is_local(byte)).count();
            let local = before[before.len() - local..].iter().skip_while(|byte| matches!(byte, b'\'' | b'&' | b'.' | b'-' | b'!')).count();
            let after = &text[at + len..text.len().min(at + len + 256)];
            let domain = after.iter().take_while(|byte| is_domain(byte)).count();
            let domain = after[..domain].iter().rposition(|byte| !matches!(byte, b'.' | b'-')).map_or(0, |last| last + 1);
            let begins = after.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
                || after[..domain].contains(&b'.') && after[..domain].iter().any(u8::is_ascii_alphabetic);
            if local > 0 && domain > 0 && begins {
                let name = at - local..at;
                let tells = text[name.clone()].iter().any(|byte| byte.is_ascii_digit() || *byte == b'.') && local > 4;
                let range = name.start..at + len + domain;
                self.found.push(Found { range, kind: Personal::User, by_word: false, also: tells.then_some(name) });
            }
        }
    }

    /// GUIDs that the words before them call a user's, a device's or a tenant's.
    fn guids(&mut self) {
        let (text, mut word, mut last) = (self.text, 0, 0);
        for at in memchr_iter(b'-', text) {
            let Some(start) = at.checked_sub(8).filter(|&start| start >= last && is_guid(&text[start..])) else { continue };
            let end = start + 36;
            last = end;
            let is_zero = text[start..end].iter().all(|byte| matches!(byte, b'0' | b'-'));
            while self.words.get(word).is_some_and(|word| word.end <= start) {
                word += 1;
            }
            // The user's GUID and then that of the policy, in the names of scripts.
            let is_pair = text.get(end) == Some(&b'_') && text.get(end + 1..).is_some_and(is_guid);
            // Of the id of a home account the first part is the user, and the second the tenant.
            let is_second = self
                .found
                .last()
                .is_some_and(|before| before.range.end + 1 == start && text[start - 1] == b'.' && before.range.len() == 36);
            let owner = if is_pair {
                Some(Personal::User)
            } else if is_second {
                Some(Personal::Tenant)
            } else {
                self.owner(word, start)
            };
            if let Some(kind) = owner.filter(|_| !is_zero) {
                self.add(start..end, kind, false);
            }
        }
    }

    /// Whose GUID begins at this place, in this word.
    fn owner(&self, word: usize, start: usize) -> Option<Personal> {
        // Joined to the word before it: `user_3dde4e19-...`.
        let own = &self.text[self.words.get(word)?.start.min(start)..start];
        let own = own.iter().rposition(u8::is_ascii_alphanumeric).map(|last| joined(&own[..=last]));
        if let Some(kind) = own.as_deref().and_then(|own| labels::owner(own, false)) {
            return Some(kind);
        }
        if own.is_some() {
            return None;
        }
        let mut gap = self.gap(word);
        for before in (word.saturating_sub(4)..word).rev() {
            if gap.len() > 24 || gap.contains(&b'\n') {
                return None;
            }
            // So Configuration Manager writes the id of a client.
            if gap == b":" && self.at(before) == b"GUID" {
                return Some(Personal::Device);
            }
            let path = |gap: &[u8]| !gap.is_empty() && gap.iter().all(|byte| matches!(byte, b'\\' | b'/' | b'{' | b'('));
            let name = if self.at(before).contains(&b'.') { lower(self.at(before)) } else { joined(self.at(before)) };
            if let Some(kind) = labels::owner(&name, path(gap)) {
                return Some(kind);
            }
            if !labels::is_filler(&name) {
                return None;
            }
            // The next label begins after these.
            if gap.contains(&b',') || gap.contains(&b';') {
                return None;
            }
            gap = self.gap(before);
        }
        None
    }

    /// Addresses with colons: IPv6 and MAC.
    fn colons(&mut self) {
        let (text, mut from) = (self.text, 0);
        let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
        while let Some(colon) = memchr(b':', &text[from..]).map(|at| from + at) {
            let start = from + text[from..colon].iter().rposition(|byte| !is_part(byte)).map_or(0, |before| before + 1);
            let end = text[colon..].iter().position(|byte| !is_part(byte)).map_or(text.len(), |len| colon + len);
            from = end;
            let is_free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
            let mut part = &text[start..end];
            if !is_free(start.checked_sub(1).map(|before| &text[before])) || !is_free(text.get(end)) {
                continue;
            }
            // The end of a sentence, or the colon after a label or before a value.
            while let [rest @ .., b'.' | b':'] = part
                && !(part.ends_with(b"::") && rest.len() > 2)
            {
                part = rest;
            }
            let skipped = if part.starts_with(b"::") { 0 } else { part.iter().take_while(|byte| matches!(byte, b':' | b'.')).count() };
            let part = &part[skipped..];
            let range = start + skipped..start + skipped + part.len();
            if is_mac(part, b':') {
                self.add(range, Personal::Mac, false);
            } else if is_ipv6(part) {
                self.add(range, Personal::Ip, false);
            }
        }
    }

    /// What is personal about a word, or about what stands after it.
    fn word(&mut self, at: usize) {
        let (word, range) = (self.at(at), self.words[at].clone());
        if is_sid(word) {
            self.add(range, Personal::Sid, false);
        } else if is_ipv4(word) && !self.is_version(at) {
            self.add(range, Personal::Ip, false);
        } else if is_mac(word, b'-') {
            self.add(range, Personal::Mac, false);
        } else if let Some(host) = default_host(word) {
            self.add(range.start + host.start..range.start + host.end, Personal::Host, false);
        } else if self.is_named_host(at) {
            let is_long = memchr_iter(b'.', word).count() > 1;
            let first = range.start..range.start + memchr(b'.', word).unwrap_or(word.len());
            let tells = self.text[first.clone()].iter().any(|byte| byte.is_ascii_digit() || *byte == b'-') && first.len() > SHORTEST;
            self.found.push(Found { range, kind: Personal::Host, by_word: false, also: (is_long && tells).then_some(first) });
        } else if self.is_server(at) || self.is_syslog_host(at) {
            self.add(range, Personal::Host, true);
        } else if let Some(name) = self.in_domain(at) {
            self.found.push(name);
        } else if let Some(end) = self.users_folder(at) {
            self.add(range.start..end, Personal::User, true);
        }
        if let Some(found) = self.after_label(at) {
            self.found.push(found);
        }
    }

    /// Whether four numbers are called a version.
    fn is_version(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).rev().any(|before| {
            let word = lower(self.at(before));
            let is_near = self.words[at].start - self.words[before].end < 24;
            is_near && (word.ends_with("version") || word.ends_with("build") || word == "ver" || word == "v" || word == "release")
        })
    }

    /// Whether a name with points is a host's, and not that of a service.
    fn is_named_host(&self, at: usize) -> bool {
        let word = self.at(at);
        if !word.contains(&b'.') || word.contains(&b'$') || word.contains(&b'~') {
            return false;
        }
        // Names of code have capitals in the middle.
        let last = &word[word.iter().rposition(|&byte| byte == b'.').map_or(0, |point| point + 1)..];
        let is_one_case = last.iter().all(u8::is_ascii_lowercase) || !word.iter().any(u8::is_ascii_lowercase);
        let name = lower(word);
        let is_folder = self.gap(at).ends_with(b"\\") && !self.gap(at).ends_with(b"\\\\");
        is_one_case && !is_folder && labels::is_host(&name) && !labels::is_service(&name)
    }

    /// Whether a word is the server of a network path.
    fn is_server(&self, at: usize) -> bool {
        let (word, gap) = (self.at(at), self.gap(at));
        let slashes = gap.iter().rev().take_while(|&&byte| byte == b'\\').count();
        let begins = match gap.len() - slashes {
            0 => at == 0,
            before => matches!(gap[before - 1], b' ' | b'"' | b'\'' | b'=' | b'(' | b'[' | b'<' | b'>' | b',' | b'\t' | b'\n'),
        };
        let goes_on = self.text.get(self.words[at].end) == Some(&b'\\');
        matches!(slashes, 2 | 4) && begins && goes_on && is_name(word)
    }

    /// Whether a word stands where syslog has the host: after the time, before the process with its number.
    fn is_syslog_host(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (at.checked_sub(1), self.words.get(at + 1)) else { return false };
        let stands = self.gap(at) == b" " && self.gap(at + 1) == b" " && self.text.get(after.end) == Some(&b'[');
        if !stands {
            return false;
        }
        let number = self.text[after.end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ends = &self.text[after.end + 1 + number..];
        let is_time = self.at(before).iter().all(u8::is_ascii_digit) && self.gap(before).iter().any(|byte| b":+-.".contains(byte));
        number > 0 && (ends.starts_with(b"]:") || ends.starts_with(b"] (")) && is_time && is_name(self.at(at))
    }

    /// A user with the domain: `CONTOSO\name`, the domain all in capitals or `AzureAD`.
    fn in_domain(&self, at: usize) -> Option<Found> {
        let next = self.words.get(at + 1)?;
        let gap = self.gap(at + 1);
        let (domain, user) = (self.at(at), &self.text[next.clone()]);
        let begins = matches!(
            self.gap(at).last(),
            None | Some(b' ' | b'"' | b'\'' | b'(' | b'[' | b'=' | b'>' | b':' | b'\t' | b'\n' | b',' | b'<')
        );
        let ends = self.text.get(next.end).is_none_or(|byte| b" \"'()[]<>,;:|\r\n\t.".contains(byte));
        let is_entra = domain.eq_ignore_ascii_case(b"azuread");
        let is_capital = domain.len() >= SHORTEST
            && domain.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'-')
            && domain[0].is_ascii_alphabetic();
        let is_file = |word: &[u8]| {
            let end = word.iter().rposition(|&byte| byte == b'.').map(|point| lower(&word[point + 1..]));
            end.is_some_and(|end| FILES.contains(&end.as_str()))
        };
        let stands = matches!(gap, b"\\" | b"\\\\") && begins && ends && (is_entra || is_capital && !is_tree(domain));
        let is_user = user.len() > 1 && user[0].is_ascii_alphabetic() && !labels::is_nobody(user) && !is_file(user);
        (stands && is_user).then(|| {
            let range = self.words[at].start..next.end;
            Found { range, kind: Personal::User, by_word: true, also: Some(next.clone()) }
        })
    }

    /// Where the name of a user's folder ends that begins with this word.
    fn users_folder(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let (gap, folder) = (self.gap(at), lower(self.at(before)));
        let sign = *gap.first().filter(|byte| matches!(byte, b'\\' | b'/'))?;
        let is_path = gap.iter().all(|byte| *byte == sign) && gap.len() <= 4;
        let root = self.gap(before);
        let is_root = match folder.as_str() {
            "users" => root.ends_with(b"\\") || root.ends_with(b"/"),
            "home" => root.ends_with(b"/") && before.checked_sub(1).is_none_or(|_| root.len() > 1),
            "settings" => before > 1 && self.at(before - 1).eq_ignore_ascii_case(b"and"),
            _ => false,
        };
        let word = self.at(at);
        if !is_path || !is_root || labels::is_nobody(word) || is_guid(word) {
            return None;
        }
        let (start, end) = (self.words[at].start, self.words[at].end);
        // A name of several words is one only where the path goes on after it.
        let rest = &self.text[start..self.text.len().min(start + LONGEST_NAME)];
        let len = rest.iter().position(|byte| matches!(byte, b'\\' | b'/' | b'"' | b'\'' | b':' | b'<' | b'|' | b',' | b'\n'));
        let len = len.unwrap_or(rest.len());
        let name = &rest[..len];
        let goes_on =
            rest.get(len) == Some(&sign) && !name.ends_with(b" ") && name.split(|&byte| byte == b' ').all(|word| !labels::is_nobody(word));
        Some(if goes_on { (start + len).max(end) } else { end })
    }

    /// What a label before a word makes of it.
    fn after_label(&self, at: usize) -> Option<Found> {
        let (word, gap) = (self.at(at), self.gap(at));
        let before = at.checked_sub(1)?;
        if gap.len() > 40 || gap.contains(&b'\n') || !gap.iter().all(|byte| b" \t\"'\\:=>[({.+".contains(byte)) {
            return None;
        }
        let (kind, form) = self.label(before)?;
        let is_set = gap.iter().any(|byte| matches!(byte, b':' | b'=' | b'\t')) || gap.ends_with(b">");
        // The sign in `computer's` is no quotation mark.
        let is_quoted = gap != b"'" && gap.iter().any(|byte| matches!(byte, b'"' | b'\'' | b'['));
        let has_digit = word.iter().any(u8::is_ascii_digit);
        let has_letter = word.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
        // A plain word after a plain word is a value only if it looks like one.
        let looks_like = match form {
            Form::Number => has_digit && has_letter && word.len() >= 8,
            _ => kind == Personal::Host && has_digit && has_letter && word.contains(&b'-'),
        };
        // `Error Domain=MCInstallationErrorDomain Code=4001` is no domain of computers.
        let is_of_errors = word.to_ascii_lowercase().ends_with(b"errordomain");
        if !(is_set || is_quoted || looks_like) || labels::is_nobody(word) || is_guid(word) || is_code(word) || is_of_errors {
            return None;
        }
        let range = self.words[at].clone();
        match form {
            Form::Number => (has_digit && word.len() >= 4).then_some(Found { range, kind, by_word: true, also: None }),
            _ if !has_letter => None,
            Form::Word => {
                // With the domain: `CONTOSO\name`.
                let next = self.words.get(at + 1).filter(|_| kind == Personal::User && matches!(self.gap(at + 1), b"\\" | b"\\\\"));
                let end = next.map_or(range.end, |next| next.end);
                Some(Found { range: range.start..end, kind, by_word: true, also: next.cloned() })
            }
            Form::Name => {
                let end = self.name_end(at, is_quoted);
                let next = self.words.get(at + 1).filter(|next| next.end == end && matches!(self.gap(at + 1), b"\\" | b"\\\\"));
                Some(Found { range: range.start..end, kind, by_word: true, also: next.cloned() })
            }
        }
    }

    /// Where a name of several words ends that begins with this one.
    fn name_end(&self, at: usize, is_quoted: bool) -> usize {
        let mut end = self.words[at].end;
        let limit = self.words[at].start + LONGEST_NAME;
        for next in at + 1..self.words.len().min(at + 5) {
            let (gap, word) = (self.gap(next), self.at(next));
            let after = self.text[self.words[next].end..].iter().find(|byte| **byte != b' ');
            let is_label = after.is_some_and(|byte| matches!(byte, b':' | b'='));
            let is_joined = matches!(gap, b"\\" | b"\\\\") || gap == b" " || gap == b"'" || gap == b" (";
            let is_name = is_quoted || gap == b"\\" || gap == b"\\\\" || word[0].is_ascii_uppercase() || word[0] >= 0x80;
            if !is_joined || !is_name || is_label || labels::is_nobody(word) || self.words[next].end > limit || is_code(word) {
                break;
            }
            end = self.words[next].end;
        }
        end
    }

    /// What a label that ends with this word says.
    fn label(&self, at: usize) -> Option<(Personal, Form)> {
        let mut text = joined(self.at(at));
        if let Some(found) = labels::label(&text) {
            return Some(found);
        }
        for before in (at.saturating_sub(2)..at).rev() {
            if self.gap(before + 1) != b" " {
                return None;
            }
            text.insert_str(0, &joined(self.at(before)));
            if let Some(found) = labels::label(&text) {
                return Some(found);
            }
        }
        None
    }
}

/// Ends of file names, so that `TEMP\setup.log` is no user.
const FILES: [&str; 16] = ["log", "exe", "dll", "msi", "txt", "xml", "ps1", "cmd", "bat", "sys", "inf", "cab", "zip", "dat", "ini", "tmp"];

/// Whether a word in capitals begins a path, a key of the registry or of the devices, and no account.
fn is_tree(word: &[u8]) -> bool {
    const TREES: &str = "HKLM HKCU HKCR HKU HKCC SOFTWARE SYSTEM SAM SECURITY HARDWARE ROOT WINDOWS TEMP TMP DATA AUTHORITY SERVICE BUILTIN NT \
        PCI USB ACPI SWD HID DISPLAY WMI CIMV2 DEVICE REGISTRY MACHINE APPPOOL USER USERS CCM";
    TREES.split(' ').any(|tree| tree.as_bytes() == word)
}

/// Whether a text begins with a GUID that goes no further.
fn is_guid(text: &[u8]) -> bool {
    text.len() >= 36
        && text[..36].iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
        && !text.get(36).is_some_and(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
}

/// Whether a word is the identifier of a user, a computer or a group of a domain or of Entra.
fn is_sid(word: &[u8]) -> bool {
    let head = word.get(..8).unwrap_or_default().to_ascii_uppercase();
    let rest = if head == b"S-1-5-21" { &word[8..] } else { word.get(8..).filter(|_| head == b"S-1-12-1").unwrap_or_default() };
    rest.first() == Some(&b'-') && memchr_iter(b'-', rest).count() >= 3
}

fn is_ipv4(word: &[u8]) -> bool {
    let mut parts = word.split(|&byte| byte == b'.');
    let number = |part: &[u8]| {
        let is_number = matches!(part.len(), 1..=3) && part.iter().all(u8::is_ascii_digit);
        is_number.then(|| part.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))).filter(|&number| number <= 255)
    };
    let Some(first) = parts.next().and_then(number) else { return false };
    let rest = parts.clone().filter(|part| number(part).is_some()).count();
    rest == 3 && parts.count() == 3 && !matches!(first, 0 | 127 | 255)
}

fn is_mac(word: &[u8], sign: u8) -> bool {
    word.len() == 17
        && word.iter().enumerate().all(|(at, byte)| if at % 3 == 2 { *byte == sign } else { byte.is_ascii_hexdigit() })
        && word.iter().any(|byte| !matches!(byte, b'0' | b':' | b'-'))
}

fn is_ipv6(word: &[u8]) -> bool {
    let text = String::from_utf8_lossy(word);
    let (groups, gaps) = (text.split(':').collect::<Vec<_>>(), text.matches("::").count());
    let filled = groups.iter().filter(|group| !group.is_empty()).count();
    let is_group = |group: &&str| group.len() <= 4 && !group.contains('.');
    let (last, others) = (groups[groups.len() - 1], &groups[..groups.len() - 1]);
    let fits = others.iter().all(is_group) && (is_group(&last) || is_ipv4(last.as_bytes()));
    let is_whole = gaps == 0 && filled == 8 && groups.len() == 8;
    let is_short = gaps == 1 && !text.contains(":::") && (2..8).contains(&filled) && text.bytes().any(|byte| byte.is_ascii_digit());
    fits && (is_whole || is_short)
}

/// Where in a word the name stands that Windows gives a computer by itself, or that the collector puts into a file's name.
fn default_host(word: &[u8]) -> Option<Range<usize>> {
    let strip = |from: usize, len: usize| {
        let name = word.get(from..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = &word[from..from + name];
        let is_default =
            name.len() >= len && name.len() <= 15 && !name.iter().any(u8::is_ascii_lowercase) && name.iter().any(u8::is_ascii_digit)
                || name.len() == len && name.iter().all(u8::is_ascii_uppercase);
        is_default.then_some(from + name.len())
    };
    for (head, len) in [(&b"DESKTOP-"[..], 7), (b"LAPTOP-", 8), (b"WIN-", 11)] {
        if word.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
            && let Some(end) = strip(head.len(), len)
        {
            return Some(0..end);
        }
    }
    let text = std::str::from_utf8(word).ok()?;
    // What administrators begin the names of computers with, and Windows 365 those of its own.
    let named = ["PC-", "NB-", "LT-", "LAP-", "WS-", "SRV-", "CPC-"].iter().find_map(|head| text.strip_prefix(head));
    if named.is_some_and(|rest| rest.len() <= 15 && rest.bytes().any(|byte| byte.is_ascii_digit()) && !rest.contains('.')) {
        return Some(0..word.len());
    }
    let whole = if let Some(rest) = text.strip_prefix("DiagLogs-") {
        rest.rfind('-').map(|end| 9..9 + end)
    } else {
        let rest = text.strip_prefix("DeviceHash_")?;
        Some(11..11 + rest.find('.').unwrap_or(rest.len()))
    };
    whole.filter(|range| !range.is_empty())
}

/// Whether a word can be the name of a host.
fn is_name(word: &[u8]) -> bool {
    word.len() > 1 && word.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80) && !labels::is_nobody(word)
}

/// Whether a word is written like a code or a number.
fn is_code(word: &[u8]) -> bool {
    let hex = word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X"));
    let is_hex = |digits: &[u8]| !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    hex.is_some_and(is_hex) || word.len() == 8 && is_hex(word) && matches!(word[0], b'8' | b'c' | b'C')
}
