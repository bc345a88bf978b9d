//! What the files of a bundle say about the device: Windows, join, enrollment, Autopilot. Which line says what is data: `data/device.tsv`.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memmem};

use super::generated::SaidSource;
use crate::key::{FACT_TEXTS, FACTS};

/// Something that a file can say about the device.
///
/// ```
/// use intune_err::log::Fact;
/// assert_eq!((Fact::OsVersion.name(), Fact::OsVersion.label()), ("os-version", "Windows version"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the label says what each is")]
pub enum Fact {
    OsName,
    OsVersion,
    OsRelease,
    DeviceName,
    Model,
    EntraJoined,
    EnterpriseJoined,
    DomainJoined,
    WorkplaceJoined,
    Domain,
    TenantName,
    TenantId,
    DeviceId,
    Prt,
    MdmAuthority,
    ManagedBy,
    MdmServer,
    ManagementServer,
    LastSync,
    EnrollmentType,
    EnrollmentState,
    EnrollmentUser,
    AutopilotProfile,
    AutopilotTenant,
    AutopilotJoin,
    AutopilotSettings,
    EspDevice,
    EspUser,
    EspTimeout,
    EspBlocks,
}

impl Fact {
    /// All facts, in the order in which they are shown.
    pub const ALL: [Self; FACTS.len()] = [
        Self::OsName,
        Self::OsVersion,
        Self::OsRelease,
        Self::DeviceName,
        Self::Model,
        Self::EntraJoined,
        Self::EnterpriseJoined,
        Self::DomainJoined,
        Self::WorkplaceJoined,
        Self::Domain,
        Self::TenantName,
        Self::TenantId,
        Self::DeviceId,
        Self::Prt,
        Self::MdmAuthority,
        Self::ManagedBy,
        Self::MdmServer,
        Self::ManagementServer,
        Self::LastSync,
        Self::EnrollmentType,
        Self::EnrollmentState,
        Self::EnrollmentUser,
        Self::AutopilotProfile,
        Self::AutopilotTenant,
        Self::AutopilotJoin,
        Self::AutopilotSettings,
        Self::EspDevice,
        Self::EspUser,
        Self::EspTimeout,
        Self::EspBlocks,
    ];

    /// Its name in the data and in the JSON output.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Fact::EspTimeout.name(), "esp-timeout");
    /// ```
    pub const fn name(self) -> &'static str {
        FACTS[self as usize]
    }

    /// The label that people see.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Fact::Prt.label(), "Primary refresh token");
    /// ```
    pub const fn label(self) -> &'static str {
        match self {
            Self::OsName => "Windows",
            Self::OsVersion => "Windows version",
            Self::OsRelease => "Windows release",
            Self::DeviceName => "Device name",
            Self::Model => "Model",
            Self::EntraJoined => "Entra joined",
            Self::EnterpriseJoined => "Enterprise joined",
            Self::DomainJoined => "Domain joined",
            Self::WorkplaceJoined => "Workplace joined",
            Self::Domain => "Domain",
            Self::TenantName => "Tenant",
            Self::TenantId => "Tenant ID",
            Self::DeviceId => "Entra device ID",
            Self::Prt => "Primary refresh token",
            Self::MdmAuthority => "MDM authority",
            Self::ManagedBy => "Managed by",
            Self::MdmServer => "MDM enrollment server",
            Self::ManagementServer => "MDM server",
            Self::LastSync => "Last sync",
            Self::EnrollmentType => "Enrollment type",
            Self::EnrollmentState => "Enrollment state",
            Self::EnrollmentUser => "Enrolled user",
            Self::AutopilotProfile => "Autopilot profile",
            Self::AutopilotTenant => "Autopilot tenant",
            Self::AutopilotJoin => "Autopilot join",
            Self::AutopilotSettings => "Autopilot settings",
            Self::EspDevice => "ESP device phase",
            Self::EspUser => "ESP user phase",
            Self::EspTimeout => "ESP timeout (minutes)",
            Self::EspBlocks => "ESP blocks the device",
        }
    }

    /// Whether one value only says more than the other: a longer version, or the same name with its domain.
    fn is_same(self, one: &str, other: &str) -> bool {
        if one.eq_ignore_ascii_case(other) {
            return true;
        }
        let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
        let goes_on =
            long.as_bytes().get(short.len()) == Some(&b'.') && long.as_bytes()[..short.len()].eq_ignore_ascii_case(short.as_bytes());
        matches!(self, Self::OsVersion | Self::DeviceName) && goes_on
    }
}

/// What a file says, and where.
///
/// ```
/// let mut device = intune_err::log::Device::default();
/// device.begin(Some("a.zip!ver.txt"));
/// device.push(b"\r\nMicrosoft Windows [Version 10.0.22631.3593]\r\n");
/// let said = &device.facts()[0].1[0];
/// assert_eq!((said.value.as_str(), said.path.as_deref(), said.line), ("10.0.22631.3593", Some("a.zip!ver.txt"), 2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Said {
    /// What it says. A number that has a meaning has it in brackets.
    pub value: String,
    /// The path of the file; standard input has none.
    pub path: Option<Arc<str>>,
    /// The number of the line.
    pub line: u64,
}

/// What the files of a bundle say of the device that it is from: fed with every text, in UTF-8 and in pieces that end with a line.
///
/// Only texts whose first 64 KiB have the sign of one of the kinds in `data/device.tsv` are read further, so logs cost little. Longer lines
/// can come in several pieces, but a sign that a border cuts in two is not seen. Memory is bounded. Each value stands in a file; only
/// [`Device::join_state`] concludes something.
///
/// ```
/// use intune_err::log::{Device, Fact};
/// let mut device = Device::default();
/// device.begin(Some("dsregcmd.log"));
/// device.push(b"| Device State    |\r\n  AzureAdJoined : YES\r\n  DomainJoined : NO\r\n");
/// assert_eq!(device.get(Fact::EntraJoined).unwrap().value, "YES");
/// assert_eq!(device.join_state(), Some("Microsoft Entra joined"));
/// ```
#[derive(Debug, Default)]
pub struct Device {
    facts: Vec<Vec<Said>>,
    path: Option<Arc<str>>,
    text: Text,
}

/// The text that is being read.
#[derive(Debug, Default)]
struct Text {
    /// A bit per kind that it is.
    kinds: u8,
    /// How much of it was looked at for its kind.
    seen: usize,
    /// How many lines have ended.
    lines: u64,
    /// The beginning of a line whose end has not come.
    open: Vec<u8>,
    /// The rows that fit the registry key which is being read, a bit each.
    under: u64,
    /// What that key says, where only all of it together tells whether it counts.
    held: Vec<(Fact, String, u64)>,
    /// Whether msinfo32 has left its summary.
    is_past: bool,
}

const DSREGCMD: u8 = 0;
const SYSTEMINFO: u8 = 1;
const MSINFO32: u8 = 2;
const VER: u8 = 3;
const REG: u8 = 4;
const MDM_HTML: u8 = 5;
const MDM_XML: u8 = 6;
const AUTOPILOT_JSON: u8 = 7;

/// The sign of a kind of text.
const SIGNATURES: [(&str, u8); 11] = [
    ("| Device State ", DSREGCMD),
    ("Host Name:  ", SYSTEMINFO),
    ("OS Name\tMicrosoft", MSINFO32),
    ("Microsoft Windows [Version ", VER),
    ("Windows Registry Editor Version", REG),
    ("REGEDIT4", REG),
    ("HKEY_LOCAL_MACHINE\\", REG),
    ("<title>MDM Diagnostic Report</title>", MDM_HTML),
    ("<MDMEnterpriseDiagnosticsReport", MDM_XML),
    ("\"CloudAssignedTenantId\"", AUTOPILOT_JSON),
    ("\"CloudAssignedTenantDomain\"", AUTOPILOT_JSON),
];

impl Device {
    /// How much of a text is looked at for its kind.
    const HEAD: usize = 64 << 10;
    /// The longest line, and the longest value.
    const LINE: usize = 64 << 10;
    const VALUE: usize = 200;
    /// How many values are kept of one fact, if files disagree.
    const VALUES: usize = 4;
    /// How many values of one registry key wait for its end.
    const HELD: usize = 64;

    /// A text begins; standard input has no path.
    ///
    /// ```
    /// intune_err::log::Device::default().begin(None);
    /// ```
    pub fn begin(&mut self, path: Option<&str>) {
        self.end();
        self.path = path.map(Into::into);
    }

    /// The last text has ended, which may have no line end.
    ///
    /// ```
    /// use intune_err::log::{Device, Fact};
    /// let mut device = Device::default();
    /// device.begin(None);
    /// device.push(b"Microsoft Windows [Version 10.0.22631.3593]");
    /// device.end();
    /// assert!(device.get(Fact::OsVersion).is_some());
    /// ```
    pub fn end(&mut self) {
        if self.text.kinds != 0 {
            let open = std::mem::take(&mut self.text.open);
            self.line(&open);
            self.release();
        }
        self.text = Text::default();
    }

    /// The next piece of the text.
    ///
    /// ```
    /// use intune_err::log::{Device, Fact};
    /// let mut device = Device::default();
    /// device.begin(None);
    /// device.push(b"{\"CloudAssignedTenantId\":\"x\",\"DeploymentProfileName\":\"Contoso\"}\n");
    /// assert_eq!(device.get(Fact::AutopilotProfile).unwrap().value, "Contoso");
    /// ```
    pub fn push(&mut self, piece: &[u8]) {
        if self.text.seen < Self::HEAD {
            let head = &piece[..piece.len().min(Self::HEAD)];
            for (signature, kind) in SIGNATURES {
                if self.text.kinds & 1 << kind == 0 && memmem::find(head, signature.as_bytes()).is_some() {
                    self.text.kinds |= 1 << kind;
                }
            }
            self.text.seen += piece.len();
        }
        if self.text.kinds == 0 {
            // Later pieces can still show the kind, and then the lines count.
            if self.text.seen < Self::HEAD {
                self.text.lines += memchr_iter(b'\n', piece).count() as u64;
            }
            return;
        }
        let mut rest = piece;
        while let Some(end) = memchr(b'\n', rest) {
            if self.text.open.is_empty() {
                self.line(&rest[..end]);
            } else {
                self.open(&rest[..end]);
                let line = std::mem::take(&mut self.text.open);
                self.line(&line);
            }
            self.text.lines += 1;
            rest = &rest[end + 1..];
        }
        self.open(rest);
    }

    /// Says each value in the words that this gives it, such as those without what is personal.
    ///
    /// ```
    /// intune_err::log::Device::default().say(|_, value| value.to_uppercase());
    /// ```
    pub fn say(&mut self, mut words: impl FnMut(Fact, &str) -> String) {
        for (said, fact) in self.facts.iter_mut().zip(Fact::ALL) {
            for said in said {
                said.value = words(fact, &said.value);
            }
        }
    }

    /// What is known, in the order of [`Fact::ALL`]. Of several values the first came first; the others contradict it.
    ///
    /// ```
    /// assert!(intune_err::log::Device::default().facts().is_empty());
    /// ```
    pub fn facts(&self) -> Vec<(Fact, &[Said])> {
        let known = |fact: Fact| self.facts.get(fact as usize).filter(|said| !said.is_empty()).map(|said| (fact, said.as_slice()));
        Fact::ALL.into_iter().filter_map(known).collect()
    }

    /// The first value of a fact.
    ///
    /// ```
    /// use intune_err::log::{Device, Fact};
    /// assert_eq!(Device::default().get(Fact::TenantId), None);
    /// ```
    pub fn get(&self, fact: Fact) -> Option<&Said> {
        self.facts.get(fact as usize)?.first()
    }

    /// What the join states mean together, where the files agree on them.
    ///
    /// Source: <https://learn.microsoft.com/entra/identity/devices/troubleshoot-device-dsregcmd>
    ///
    /// ```
    /// assert_eq!(intune_err::log::Device::default().join_state(), None);
    /// ```
    pub fn join_state(&self) -> Option<&'static str> {
        let is = |fact: Fact| match self.facts.get(fact as usize)?.as_slice() {
            [said] if said.value.eq_ignore_ascii_case("YES") => Some(true),
            [said] if said.value.eq_ignore_ascii_case("NO") => Some(false),
            _ => None,
        };
        let enterprise = is(Fact::EnterpriseJoined).unwrap_or(false);
        Some(match (is(Fact::EntraJoined)?, is(Fact::DomainJoined)?) {
            (true, false) => "Microsoft Entra joined",
            (true, true) => "Microsoft Entra hybrid joined",
            (false, true) if enterprise => "joined to an on-premises registration service (DRS)",
            (false, true) => "domain joined, not Microsoft Entra joined",
            (false, false) if is(Fact::WorkplaceJoined) == Some(true) => "Microsoft Entra registered, not joined",
            (false, false) => "not joined",
        })
    }

    /// Keeps the beginning of a line, as far as there is room.
    fn open(&mut self, text: &[u8]) {
        let room = Self::LINE - self.text.open.len();
        self.text.open.extend_from_slice(&text[..text.len().min(room)]);
    }

    fn line(&mut self, line: &[u8]) {
        let line = &line[..line.len().min(Self::LINE)];
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        for kind in 0..FACT_TEXTS.len() as u8 {
            if self.text.kinds & 1 << kind != 0 {
                self.line_of(kind, &line);
            }
        }
    }

    fn line_of(&mut self, kind: u8, line: &str) {
        let of_kind = move |said: &&SaidSource| said.text == kind;
        match kind {
            REG if line.starts_with("[HKEY_") || line.starts_with("HKEY_") => {
                self.release();
                let key = line.trim_start_matches('[').trim_end().trim_end_matches(']');
                let fits = SaidSource::all().iter().enumerate().filter(|(_, said)| said.text == REG && is_under(key, said.under));
                self.text.under = fits.fold(0, |bits, (position, _)| bits | 1 << position);
            }
            REG => {
                if self.text.under == 0 {
                    return;
                }
                let Some((name, value)) = registry_value(line) else { return };
                for (position, said) in SaidSource::all().iter().enumerate() {
                    if self.text.under & 1 << position != 0 && said.name.eq_ignore_ascii_case(&name) {
                        if said.under.ends_with('*') && self.text.held.len() < Self::HELD {
                            self.text.held.push((Fact::ALL[usize::from(said.fact)], worded(said.words, &value), self.text.lines + 1));
                        } else if !said.under.ends_with('*') {
                            self.told(said, &value);
                        }
                    }
                }
            }
            DSREGCMD | SYSTEMINFO => {
                let Some((name, value)) = line.split_once(':') else { return };
                SaidSource::all().iter().filter(of_kind).filter(|said| said.name == name.trim()).for_each(|said| self.told(said, value));
            }
            MSINFO32 => {
                self.text.is_past |= line.starts_with('[') && !line.starts_with("[System Summary]");
                let Some((name, value)) = line.split_once('\t').filter(|_| !self.text.is_past) else { return };
                SaidSource::all().iter().filter(of_kind).filter(|said| said.name == name.trim()).for_each(|said| self.told(said, value));
            }
            VER => {
                for said in SaidSource::all().iter().filter(of_kind) {
                    if let Some((version, _)) = line.split_once(said.name).and_then(|(_, rest)| rest.split_once(']')) {
                        self.told(said, version);
                    }
                }
            }
            MDM_HTML => {
                for said in SaidSource::all().iter().filter(of_kind) {
                    if let Some(value) = cell(line, said.name) {
                        self.told(said, &value);
                    }
                }
            }
            MDM_XML => {
                for said in SaidSource::all().iter().filter(of_kind) {
                    if let Some(value) = between(line, &format!("<{}>", said.name), "<") {
                        self.told(said, &without_entities(value));
                    }
                }
            }
            AUTOPILOT_JSON => {
                for said in SaidSource::all().iter().filter(of_kind) {
                    if let Some(value) = json_value(line, said.name) {
                        self.told(said, &value);
                    }
                }
            }
            _ => {}
        }
    }

    fn told(&mut self, said: &SaidSource, value: &str) {
        self.learn(Fact::ALL[usize::from(said.fact)], &worded(said.words, value), self.text.lines + 1);
    }

    /// The registry key has ended. One of an enrollment counts if it has a server or a user: Windows has others of its own.
    fn release(&mut self) {
        let held = std::mem::take(&mut self.text.held);
        if held.iter().any(|(fact, ..)| matches!(fact, Fact::MdmAuthority | Fact::EnrollmentUser)) {
            for (fact, value, line) in held {
                self.learn(fact, &value, line);
            }
        }
    }

    fn learn(&mut self, fact: Fact, value: &str, line: u64) {
        let value = if fact == Fact::OsVersion { value.split_whitespace().next().unwrap_or_default() } else { value.trim() };
        if value.is_empty() {
            return;
        }
        let said = Said { value: value.chars().take(Self::VALUE).collect(), path: self.path.clone(), line };
        self.facts.resize(FACTS.len(), Vec::new());
        let known = &mut self.facts[fact as usize];
        match known.iter().position(|known| fact.is_same(&known.value, &said.value)) {
            // A version with its last part says more.
            Some(at) if fact == Fact::OsVersion && known[at].value.len() < said.value.len() => known[at] = said,
            None if known.len() < Self::VALUES => known.push(said),
            _ => {}
        }
    }
}

/// Whether a key ends with these parts, of which `*` is any one.
fn is_under(key: &str, under: &str) -> bool {
    let (mut key, mut under) = (key.rsplit('\\'), under.rsplit('\\'));
    under.all(|part| key.next().is_some_and(|of| part == "*" || part.eq_ignore_ascii_case(of)))
}

/// Name and value of a line of a .reg file or of `reg query`; numbers in decimal.
fn registry_value(line: &str) -> Option<(Cow<'_, str>, String)> {
    if let Some(rest) = line.strip_prefix('"') {
        let (name, value) = rest.split_once("\"=")?;
        let value = match (value.strip_prefix("dword:"), value.strip_prefix('"')) {
            (Some(hex), _) => u32::from_str_radix(hex.trim(), 16).ok()?.to_string(),
            (_, Some(text)) => text.trim_end().strip_suffix('"')?.replace("\\\\", "\\").replace("\\\"", "\""),
            _ => return None,
        };
        return Some((name.into(), value));
    }
    let line = line.strip_prefix("    ")?;
    let (name, rest) = line.split_once("    REG_")?;
    let (kind, value) = rest.split_once("    ")?;
    let value = match kind {
        "SZ" | "EXPAND_SZ" => value.to_owned(),
        "DWORD" => u32::from_str_radix(value.trim().strip_prefix("0x")?, 16).ok()?.to_string(),
        _ => return None,
    };
    Some((name.into(), value))
}

/// The cell beside the one with this label; the label itself where it heads a row of a wider table.
fn cell<'t>(line: &'t str, label: &str) -> Option<Cow<'t, str>> {
    let labelled = format!("\">{label}</td>");
    let at = line.find(&labelled)?;
    if line[..at].ends_with("ForSortableTable") {
        return Some(label.to_owned().into());
    }
    let rest = &line[at + labelled.len()..];
    let value = between(rest.strip_prefix("<td")?, ">", "<")?;
    Some(without_entities(value))
}

/// What follows a text, up to another.
fn between<'t>(line: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let (_, rest) = line.split_once(from)?;
    rest.split_once(to).map(|(value, _)| value)
}

fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&").into()
}

/// A text or number of a JSON object, whose keys and values may stand on one line or on many.
fn json_value<'t>(line: &'t str, name: &str) -> Option<Cow<'t, str>> {
    let (_, rest) = line.split_once(&format!("\"{name}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let Some(text) = rest.strip_prefix('"') else {
        let end = rest.find([',', '}', ' ']).unwrap_or(rest.len());
        return Some(rest[..end].into());
    };
    let mut is_escaped = false;
    let end = text.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    })?;
    Some(text[..end].replace("\\\"", "\"").replace("\\\\", "\\").replace("\\/", "/").into())
}

/// A value, and in brackets what it means: `6=MDM` for a value, `*=...` for all others, `&32=...` for a bit.
fn worded(words: &str, value: &str) -> String {
    let value = value.trim();
    let words = || words.split(';').filter_map(|word| word.split_once('='));
    let exact = words().find(|(of, _)| *of == value || *of == "*").map(|(_, word)| word.to_owned());
    let number: Option<u32> = value.parse().ok();
    let has = |bit: &str| bit.parse::<u32>().is_ok_and(|bit| number.is_some_and(|number| number & bit != 0));
    let bits = || words().filter(|(of, _)| of.strip_prefix('&').is_some_and(has)).map(|(_, word)| word).collect::<Vec<_>>().join(", ");
    match exact.unwrap_or_else(bits) {
        meaning if meaning.is_empty() || value.is_empty() => value.to_owned(),
        meaning => format!("{value} ({meaning})"),
    }
}
