//! Lines in the shapes that real logs have, a dozen and more of each kind, both ways: the Intune Management Extension, Configuration Manager, CBS and
//! setup, Windows Installer, dsregcmd, Windows Update, `AppX`, Delivery Optimization, Autopilot, Apple's systems, Android, reports in JSON, and Windows in other
//! languages.

mod called;
mod domains;
mod events;
mod glued;
mod silent;
mod tools;

use super::{Row, check, check_silent};

fn found(kinds: &[&[Row<'_>]]) {
    for kind in kinds {
        assert!(kind.len() >= 10, "{:?}", kind[0]);
        check(kind);
    }
}

fn silent(kinds: &[&[&str]]) {
    for kind in kinds {
        assert!(kind.len() >= 10, "{:?}", kind[0]);
        check_silent(kind);
    }
}
