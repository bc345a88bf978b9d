//! Whether a terminal gets colours.

use super::args::ColorArg;

/// Whether to colour a stream. `enable` makes the terminal understand colours, if it can.
pub(super) fn wants_color(when: ColorArg, is_terminal: bool, enable: fn() -> bool) -> bool {
    let is_forced = match when {
        ColorArg::Always => true,
        ColorArg::Never => return false,
        ColorArg::Auto if anstyle_query::no_color() => return false,
        ColorArg::Auto => anstyle_query::clicolor_force(),
    };
    let understands = is_terminal && anstyle_query::term_supports_color() && enable();
    is_forced || understands
}

/// A Windows console has to be told to understand colours, and an old one cannot.
#[cfg(windows)]
pub(super) fn enable_on_stdout() -> bool {
    console::Term::stdout().features().colors_supported()
}

#[cfg(windows)]
pub(super) fn enable_on_stderr() -> bool {
    console::Term::stderr().features().colors_supported()
}

/// Elsewhere a terminal that says that it has colours has them.
#[cfg(not(windows))]
pub(super) fn enable_on_stdout() -> bool {
    true
}

#[cfg(not(windows))]
pub(super) fn enable_on_stderr() -> bool {
    true
}
