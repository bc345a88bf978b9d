//! Symbols: the error constants of the Windows headers, and the names of facilities.

use std::fmt;

use super::packed::{generated, positions, symbol_kind, symbol_name, symbol_value, symbols_named, symbols_of};
use super::words::is_no_error;
use crate::code::{Code, Kind};
use crate::key::fold;

/// A constant of the Windows headers.
///
/// Source: the `windows-sys` crate, which Microsoft generates from the headers.
///
/// ```
/// let symbol = intune_err::Symbol::by_name("MENROLL_E_DEVICECAPREACHED").next().unwrap();
/// assert_eq!(symbol.code().to_string(), "0x80180013");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u16);

impl Symbol {
    /// All symbols, in the order of their values.
    ///
    /// ```
    /// let values: Vec<u32> = intune_err::Symbol::all().map(|symbol| symbol.code().bits()).collect();
    /// assert!(values.is_sorted());
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        positions(generated::SYMBOL_VALUES.len()).map(Self)
    }

    /// The symbols with exactly this value.
    ///
    /// ```
    /// let mut names = intune_err::Symbol::by_code(intune_err::Code::new(1603)).map(|symbol| symbol.name());
    /// assert!(names.any(|name| name == "ERROR_INSTALL_FAILURE"));
    /// ```
    pub fn by_code(code: Code) -> impl ExactSizeIterator<Item = Self> {
        symbols_of(code.bits()).map(Self)
    }

    /// The symbols with this name, in any case and with or without underscores; seldom more than one.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_name("error install failure").next().unwrap();
    /// assert_eq!(symbol.code().bits(), 1603);
    /// ```
    pub fn by_name(name: &str) -> impl ExactSizeIterator<Item = Self> {
        symbols_named(&fold(name)).iter().map(|&position| Self(position))
    }

    /// The symbol of an error that is called just so.
    pub(crate) fn of_error(name: &str) -> Option<Self> {
        let is_error = |symbol: &Self| match symbol.kind() {
            Kind::Win32 => symbol.code().bits() > 1,
            Kind::Hresult | Kind::Ntstatus => symbol.code().is_failure(),
        };
        Self::by_name(name).find(|symbol| symbol.name() == name && is_error(symbol) && !is_no_error(name))
    }

    /// The value of the constant.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_name("MENROLL_E_DEVICECAPREACHED").next().unwrap();
    /// assert_eq!(symbol.code(), intune_err::Code::new(0x8018_0013));
    /// ```
    pub fn code(self) -> Code {
        Code::new(symbol_value(self.0))
    }

    /// The constant's name, such as `MENROLL_E_DEVICECAPREACHED`.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_code(intune_err::Code::new(0x8018_0013)).next().unwrap();
    /// assert_eq!(symbol.name(), "MENROLL_E_DEVICECAPREACHED");
    /// ```
    pub fn name(self) -> &'static str {
        symbol_name(self.0)
    }

    /// The kind of value that the headers declare it as.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_name("MENROLL_E_DEVICECAPREACHED").next().unwrap();
    /// assert_eq!(symbol.kind(), intune_err::Kind::Hresult);
    /// ```
    pub fn kind(self) -> Kind {
        symbol_kind(self.0)
    }
}

/// The code that people use a name for, if it isn't the value in the headers, and the name as it is spelled.
///
/// Source: the pages that `data/aliases.tsv` names.
pub(crate) fn alias(name: &str) -> Option<(&'static str, Code)> {
    let wanted = fold(name);
    let (name, code) = generated::ALIASES.iter().find(|(name, _)| fold(name.get()) == wanted)?;
    Some((name.get(), Code::new(*code)))
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Symbol").field(&self.name()).finish()
    }
}

/// The names that the headers have for a facility of HRESULTs (`Kind::Hresult`) or of NTSTATUS values (`Kind::Ntstatus`).
///
/// Facility 24 has two: Windows CE in winerror.h, the device enroller in the header of MDM registration.
///
/// ```
/// let names: Vec<_> = intune_err::facility_names(intune_err::Kind::Hresult, 24).collect();
/// assert_eq!(names.len(), 2);
/// assert!(names.contains(&"FACILITY_WINDOWS_CE"));
/// ```
pub fn facility_names(kind: Kind, facility: u16) -> impl Iterator<Item = &'static str> {
    let rows = &generated::FACILITIES;
    let start = rows.partition_point(|row| row.value < u32::from(facility));
    let same = rows[start..].iter().take_while(move |row| row.value == u32::from(facility));
    same.filter(move |row| row.kind() == kind).map(|row| row.name.get())
}
