//! What the bits of a code say.

use crate::code::{Code, Kind, Severity, Wraps};
use crate::table::{self, Symbol};

/// What the bits of a code say.
///
/// ```
/// use intune_err::{Anatomy, Code};
/// let anatomy = Anatomy::of(Code::new(0x8007_0643));
/// assert_eq!((anatomy.facility, anatomy.value), (Some(7), 1603));
/// assert_eq!(anatomy.wraps_name, Some("ERROR_INSTALL_FAILURE"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Anatomy {
    /// HRESULT, Win32 code or NTSTATUS.
    pub kind: Kind,
    /// The severity; a Win32 code has none.
    pub severity: Option<Severity>,
    /// The facility: bits 16 to 26 of an HRESULT, bits 16 to 27 of an NTSTATUS; a Win32 code has none.
    pub facility: Option<u16>,
    /// The names of the facility in the Windows headers; facility 24 has two.
    pub facility_names: Vec<&'static str>,
    /// The low 16 bits.
    pub value: u16,
    /// What an HRESULT carries.
    pub wraps: Option<Wraps>,
    /// The symbolic name of what it carries.
    pub wraps_name: Option<&'static str>,
}

impl Anatomy {
    /// What the bits of `code` say.
    ///
    /// ```
    /// use intune_err::{Anatomy, Code};
    /// assert_eq!(Anatomy::of(Code::new(0x8018_0014)).facility, Some(24));
    /// assert_eq!(Anatomy::of(Code::new(5)).facility, None);
    /// ```
    pub fn of(code: Code) -> Self {
        let nt_facility = (code.bits() >> 16 & 0xFFF) as u16;
        let wraps = code.wraps();
        // A header may have another name for the same number, as an HRESULT: DI_POLLEDDEVICE beside ERROR_FILE_NOT_FOUND.
        let name_as = |kind, code| Symbol::by_code(code).find(|symbol| symbol.kind() == kind).map(Symbol::name);
        let wraps_name = match wraps {
            Some(Wraps::Win32(code)) => name_as(Kind::Win32, code),
            Some(Wraps::Ntstatus(code)) => name_as(Kind::Ntstatus, code),
            _ => None,
        };
        let plain =
            Self { kind: Kind::Win32, severity: None, facility: None, facility_names: Vec::new(), value: code.value(), wraps, wraps_name };
        // Severity 3 with the bits for customers and NT clear is an NTSTATUS where the headers know such a facility; where not, it
        // is an HRESULT with its reserved bit set, as Microsoft Entra and Intune use them (0xCAA20003, 0xC7D14FB5).
        let is_ntstatus =
            code.bits() >> 28 == 0xC && (nt_facility == 0 || table::facility_names(Kind::Ntstatus, nt_facility).next().is_some());
        if code.bits() <= 0xFFFF && code.bits() != 0 {
            plain
        } else if is_ntstatus {
            let facility_names = table::facility_names(Kind::Ntstatus, nt_facility).collect();
            Self { kind: Kind::Ntstatus, severity: Some(code.severity()), facility: Some(nt_facility), facility_names, ..plain }
        } else {
            let facility_names = table::facility_names(Kind::Hresult, code.facility()).collect();
            Self { kind: Kind::Hresult, severity: Some(code.severity()), facility: Some(code.facility()), facility_names, ..plain }
        }
    }
}
