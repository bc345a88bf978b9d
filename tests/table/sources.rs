//! Sources and ids.

use std::collections::BTreeSet;

use intune_err::Entry;

use super::{Exception, assert_none, offending};

/// Hosts of pages that facts can rest on: those of the makers of the platforms, and of the tools whose own codes a record explains. On
/// GitHub they are beginnings of paths; `tpn/winsdk-10` holds the headers of the Windows SDK as Microsoft ships them.
const MAKERS: [&str; 20] = [
    "https://android.googlesource.com/platform/",
    "https://azuread.github.io/microsoft-authentication-library-for-objc/",
    "https://devblogs.microsoft.com/",
    "https://developer.android.com/",
    "https://developer.apple.com/",
    "https://developers.google.com/",
    "https://docs.rs/windows-sys/",
    "https://github.com/MicrosoftDocs/",
    "https://github.com/PSAppDeployToolkit/PSAppDeployToolkit/",
    "https://github.com/PSAppDeployToolkit/website/",
    "https://github.com/apple/device-management/",
    "https://github.com/microsoft/win32metadata/",
    "https://github.com/microsoft/winget-cli/",
    "https://github.com/microsoftconnect/",
    "https://github.com/tpn/winsdk-10/",
    "https://learn.microsoft.com/",
    "https://support.apple.com/",
    "https://support.google.com/",
    "https://support.microsoft.com/",
    "https://technet.microsoft.com/",
];

/// Third parties' pages, each with the reason why it is allowed.
const OTHERS: [Exception; 28] = [
    ("https://call4cloud.nl/", "a blog on Windows enrollment; for a code that Microsoft does not explain"),
    ("https://directaccess.richardhicks.com/", "a blog on Always On VPN; for errors that Microsoft does not explain"),
    ("https://duo.com/labs/research/", "a security company's research on the enrollment of Macs; beside Apple's own page"),
    (
        "https://github.com/GovTechSG/seed-documentation/",
        "the user guide of a government's Intune tenant; for a message that Microsoft does not explain",
    ),
    ("https://github.com/Azure/azure-cli/issues/", "a report to Microsoft's project; for the text of a screen that no page quotes"),
    ("https://jpazureid.github.io/blog/", "the blog of Microsoft's support for sign-ins in Japan; beside Microsoft's own pages"),
    ("https://github.com/microsoft/mdatp-xplat/issues/", "a report to Microsoft's project; for a code that no page explains"),
    ("https://github.com/micromdm/micromdm/issues/", "a report on Apple devices; beside Microsoft's own page"),
    ("https://github.com/mguessan/davmail/", "an issue on sign-ins by device code; beside Microsoft's own page"),
    ("https://github.com/mxk/windows-secure-group-policy/", "a copy of Windows' policy template MDM.admx, for a registry value"),
    (
        "https://github.com/pl4nty/intune-change-tracking/",
        "a copy of the admin center's status texts, which Microsoft publishes nowhere else",
    ),
    (
        "https://github.com/smcallister594/scotscottmca/",
        "a list of the message texts of Configuration Manager, which Microsoft publishes in part only",
    ),
    ("https://github.com/ugurkocde/IntuneBrew/issues/", "a report on apps for Macs; for a code that no page explains"),
    ("https://github.com/ugurkocde/intunemacadmins/", "a guide to Intune for Macs; beside Microsoft's own pages"),
    (
        "https://powershellgallery.com/packages/IntuneWin32App/",
        "a module that holds the default return codes of Win32 apps; beside Microsoft's own pages",
    ),
    ("https://rain-city.tech/", "a blog on Microsoft 365 sign-in; for what stands beside 0xCAA2000B"),
    ("https://patchmypc.com/", "a maker of update catalogs for Configuration Manager; for a code that Microsoft does not explain"),
    ("https://www.anoopcnair.com/", "a blog on the Intune management extension; for codes that Microsoft does not list"),
    ("https://www.rockenroll.tech/", "a blog on Windows Autopilot; for a subcode that Microsoft does not explain"),
    ("https://www.zakitpro.com/", "a blog on Win32 apps; beside Microsoft's own pages"),
    ("https://github.com/SkipToTheEndpoint/OpenIntuneBaseline/issues/", "reports on a policy baseline; for errors that no page explains"),
    ("https://github.com/YK7188/YK_Lab1", "a description of tests with app protection; beside Microsoft's own page"),
    ("https://github.com/jamf/ReEnroller/issues/", "a report on Macs; for a code that Apple does not explain"),
    ("https://github.com/nstrauss/macos-management-scripts/", "a script for Macs that meet a code which Apple does not explain"),
    ("https://github.com/okieselbach/Autopilot-Monitor/", "a project that watches enrollments; for a code that no page explains"),
    ("https://github.com/project-imas/mdm-server/issues/", "a report on Apple devices; for a message that Apple does not list"),
    ("https://techcommunity.microsoft.com/t5/azure-virtual-desktop/", "a user's post; for a code that no page explains"),
    ("https://www.bleepingcomputer.com/news/microsoft/", "press reports on known issues; for a code that no page explains"),
];

pub(super) fn is_of_maker(source: &str) -> bool {
    MAKERS.iter().any(|start| source.starts_with(start))
}

#[test]
fn every_entry_has_sources_on_allowed_public_hosts() {
    let is_allowed = |source: &str| {
        let is_url = source.is_ascii() && !source.contains([' ', '"', '<']) && !source.ends_with('.');
        is_url && (is_of_maker(source) || OTHERS.iter().any(|(start, _)| source.starts_with(start)))
    };
    let none = Entry::all().filter(|entry| entry.sources().len() == 0).map(|entry| format!("{}: none", entry.id()));
    assert_none("a source is a public page on an allowed host, over https", none.chain(offending(sources, |_, text| !is_allowed(text))));
}

fn sources(entry: Entry) -> Vec<(&'static str, &'static str)> {
    entry.sources().map(|source| ("sources", source)).collect()
}

#[test]
fn every_allowed_third_party_is_needed() {
    let all: BTreeSet<&str> = Entry::all().flat_map(Entry::sources).collect();
    let unneeded = OTHERS.iter().filter(|(start, _)| !all.iter().any(|source| source.starts_with(start)));
    assert_none("an allowed third party is the source of something", unneeded.map(|(start, _)| (*start).to_owned()));
}

#[test]
fn sources_of_the_platforms_makers_come_first() {
    let is_late = |entry: &Entry| entry.sources().is_sorted_by_key(|source| !is_of_maker(source));
    assert_none(
        "Microsoft, Apple and Google come before all others",
        Entry::all().filter(|entry| !is_late(entry)).map(|entry| entry.id().to_owned()),
    );
}

/// Third parties that only copy a maker's own texts. A record that rests on them needs a note, but no rank after all others.
const COPIES: [&str; 2] = ["https://github.com/mxk/windows-secure-group-policy/", "https://github.com/pl4nty/intune-change-tracking/"];

/// Whether only third parties' pages know of a record.
fn is_hearsay(entry: Entry) -> bool {
    !entry.sources().any(is_of_maker)
}

#[test]
fn a_note_says_that_only_a_third_party_knows_it() {
    let alone = Entry::all().filter(|entry| is_hearsay(*entry) && entry.notes().len() == 0);
    assert_none("what rests on a third party alone has a note that says so", alone.map(|entry| entry.id().to_owned()));
}

#[test]
fn what_only_a_third_party_knows_comes_last() {
    let is_copy = |source: &str| COPIES.iter().any(|start| source.starts_with(start));
    let early = Entry::all().filter(|entry| is_hearsay(*entry) && entry.rank() < 90 && !entry.sources().any(is_copy));
    assert_none(
        "what rests on a third party alone has a rank of 90 or more",
        early.map(|entry| format!("{}: {}", entry.id(), entry.rank())),
    );
}

#[test]
fn ids_are_stable_slugs() {
    let is_slug = |id: &str| {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        id.split('-').all(is_word) && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.contains('-') && id.len() <= 80
    };
    assert_none(
        "an id is at least two words of a-z and 0-9 with single hyphens",
        Entry::all().map(|entry| entry.id().to_owned()).filter(|id| !is_slug(id)),
    );
}

#[test]
fn ids_are_unique() {
    let mut seen = BTreeSet::new();
    assert_none("an id stands once", Entry::all().map(|entry| entry.id().to_owned()).filter(|id| !seen.insert(id.clone())));
}
