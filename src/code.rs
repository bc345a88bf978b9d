//! The 32-bit value itself: its bits and what they mean. No table and no free spellings here.

use std::fmt;

use crate::key;

/// A 32-bit Windows error value: an HRESULT, a Win32 code or an NTSTATUS.
///
/// It prints in its canonical form, `0x` and eight upper-case digits.
///
/// ```
/// let code = intune_err::Code::new(0x8018_0014);
/// assert_eq!(code.to_string(), "0x80180014");
/// assert_eq!(code.signed(), -2_145_910_764);
/// assert_eq!(code.facility(), 24);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u32);

/// What bit 31 of an HRESULT says.
///
/// ```
/// use intune_err::{Code, Severity};
/// assert_eq!(Code::new(0x8018_0014).severity(), Severity::Failure);
/// assert_eq!(Code::new(0x0018_0011).severity(), Severity::Success);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Bit 31 is clear.
    Success,
    /// Bit 31 is set.
    Failure,
}

/// The kind of value that a [`Code`] is by its bits.
///
/// ```
/// use intune_err::{Anatomy, Code, Kind};
/// assert_eq!(Anatomy::of(Code::new(0x8018_0014)).kind, Kind::Hresult);
/// assert_eq!(Anatomy::of(Code::new(1603)).kind, Kind::Win32);
/// assert_eq!(Anatomy::of(Code::new(0xC000_0022)).kind, Kind::Ntstatus);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A value with severity and facility, as COM and most Windows services return it.
    Hresult,
    /// A plain code of at most 16 bits, as `GetLastError` returns it.
    Win32,
    /// A value of the Windows kernel with severity 3 (error).
    Ntstatus,
}

/// What a [`Code`] carries inside it.
///
/// ```
/// use intune_err::{Code, Wraps};
/// assert_eq!(Code::new(0x8007_0005).wraps(), Some(Wraps::Win32(Code::new(5))));
/// assert_eq!(Code::new(0x8019_0190).wraps(), Some(Wraps::Http(400)));
/// assert_eq!(Code::new(0x8018_0014).wraps(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Wraps {
    /// The Win32 code of an HRESULT of facility 7.
    Win32(Code),
    /// The NTSTATUS of an HRESULT whose bit 28 is set.
    Ntstatus(Code),
    /// The HTTP status of an HRESULT of facility 25 with a value from 100 to 599.
    Http(u16),
}

/// Facility of the HRESULTs that carry a Win32 code (`FACILITY_WIN32`).
const FACILITY_WIN32: u16 = 7;
/// Facility of the HRESULTs that carry an HTTP status (`FACILITY_HTTP`).
const FACILITY_HTTP: u16 = 25;
/// Marks an HRESULT that carries an NTSTATUS (`FACILITY_NT_BIT`).
const NT_BIT: u32 = 0x1000_0000;

impl Code {
    /// The code with these 32 bits.
    ///
    /// ```
    /// assert_eq!(intune_err::Code::new(5).to_string(), "0x00000005");
    /// ```
    pub const fn new(bits: u32) -> Self {
        Self(bits)
    }

    /// All 32 bits as an unsigned number.
    ///
    /// ```
    /// assert_eq!(intune_err::Code::new(0x8018_0014).bits(), 2_149_056_532);
    /// ```
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// All 32 bits as a signed number, as most logs print them.
    ///
    /// ```
    /// assert_eq!(intune_err::Code::new(0x8018_0014).signed(), -2_145_910_764);
    /// ```
    pub const fn signed(self) -> i32 {
        self.0.cast_signed()
    }

    /// Bit 31 of an HRESULT.
    ///
    /// ```
    /// assert_eq!(intune_err::Code::new(0x8018_0014).severity().name(), "failure");
    /// ```
    pub const fn severity(self) -> Severity {
        if self.0 >> 31 == 0 { Severity::Success } else { Severity::Failure }
    }

    /// Whether bit 31 is set.
    ///
    /// ```
    /// use intune_err::Code;
    /// assert!(Code::new(0x8018_0014).is_failure() && !Code::new(1603).is_failure());
    /// ```
    pub const fn is_failure(self) -> bool {
        self.0 >> 31 == 1
    }

    /// Bits 16 to 26 of an HRESULT.
    ///
    /// ```
    /// assert_eq!(intune_err::Code::new(0x8007_0005).facility(), 7);
    /// ```
    pub const fn facility(self) -> u16 {
        (self.0 >> 16 & 0x7FF) as u16
    }

    /// The low 16 bits.
    ///
    /// ```
    /// assert_eq!(intune_err::Code::new(0x8007_0643).value(), 1603);
    /// ```
    pub const fn value(self) -> u16 {
        (self.0 & 0xFFFF) as u16
    }

    /// Whether it is a negative number of at most 65536, as programs return by their own rules: its upper half is no severity and no facility.
    ///
    /// ```
    /// use intune_err::Code;
    /// assert!(Code::new(-1603_i32 as u32).is_small_negative());
    /// assert!(!Code::new(0x8007_0643).is_small_negative());
    /// ```
    pub const fn is_small_negative(self) -> bool {
        self.0 >> 16 == 0xFFFF
    }

    /// What an HRESULT with these bits carries: a Win32 code, an NTSTATUS or an HTTP status.
    ///
    /// Sources: `HRESULT_FROM_WIN32`, `HRESULT_FROM_NT` and `FACILITY_HTTP` in winerror.h.
    ///
    /// ```
    /// use intune_err::{Code, Wraps};
    /// assert_eq!(Code::new(0x8007_0643).wraps(), Some(Wraps::Win32(Code::new(1603))));
    /// ```
    pub const fn wraps(self) -> Option<Wraps> {
        if self.is_small_negative() {
            None
        } else if self.0 & NT_BIT != 0 && self.0 >> 30 == 3 {
            Some(Wraps::Ntstatus(Self(self.0 & !NT_BIT)))
        } else if self.0 >> 16 == 0x8000 | FACILITY_WIN32 as u32 {
            Some(Wraps::Win32(Self(self.0 & 0xFFFF)))
        } else if self.0 >> 16 == 0x8000 | FACILITY_HTTP as u32 && self.value() >= 100 && self.value() < 600 {
            Some(Wraps::Http(self.value()))
        } else {
            None
        }
    }

    /// The other form of the same error: the HRESULT of a Win32 code or an NTSTATUS, or what an HRESULT wraps of the two.
    ///
    /// ```
    /// use intune_err::Code;
    /// assert_eq!(Code::new(1603).other_form(), Some(Code::new(0x8007_0643)));
    /// assert_eq!(Code::new(0x8007_0643).other_form(), Some(Code::new(1603)));
    /// assert_eq!(Code::new(0x8018_0014).other_form(), None);
    /// ```
    pub const fn other_form(self) -> Option<Self> {
        match key::other_form(self.0) {
            Some(bits) => Some(Self(bits)),
            None => None,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:08X}", self.0)
    }
}

impl From<u32> for Code {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}

impl Kind {
    /// The name that the JSON output gives it: `hresult`, `win32` or `ntstatus`.
    ///
    /// ```
    /// assert_eq!(intune_err::Kind::Ntstatus.name(), "ntstatus");
    /// ```
    pub const fn name(self) -> &'static str {
        key::KINDS[self as usize]
    }
}

impl Severity {
    /// The name that the JSON output gives it: `success` or `failure`.
    ///
    /// ```
    /// assert_eq!(intune_err::Severity::Failure.name(), "failure");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_win32_code_and_its_hresult_are_forms_of_each_other() {
        assert_eq!(Code(3010).other_form(), Some(Code(0x8007_0BC2)));
        assert_eq!(Code(0x8007_0BC2).other_form(), Some(Code(3010)));
        assert_eq!(Code(0x8007_0BC2).wraps(), Some(Wraps::Win32(Code(3010))));
    }

    #[test]
    fn an_ntstatus_and_its_hresult_are_forms_of_each_other() {
        assert_eq!(Code(0xC000_0005).other_form(), Some(Code(0xD000_0005)));
        assert_eq!(Code(0xD000_0005).other_form(), Some(Code(0xC000_0005)));
    }

    #[test]
    fn an_http_status_is_wrapped_and_has_no_other_form() {
        assert_eq!(Code(0x8019_0190).wraps(), Some(Wraps::Http(400)));
        assert_eq!(Code(0x8019_0190).other_form(), None);
        assert_eq!(Code(0x8019_0001).wraps(), None);
        assert_eq!(Code(0x8019_0258).wraps(), None);
    }

    #[test]
    fn success_wraps_nothing_and_has_no_other_form() {
        for bits in [0, 0x8007_0000] {
            assert_eq!(Code(bits).other_form(), None, "{}", Code(bits));
        }
        assert_eq!(Code(0x0007_0005).wraps(), None);
    }
}
