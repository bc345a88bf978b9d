//! Faults in the lists beside the records: constants, aliases, the checklist and events.

use super::faults;

#[test]
fn a_faulty_line_of_constants_is_a_fault_with_its_number() {
    let rows = "# comment\n0x00000005\twin32\tERROR_ACCESS_DENIED\n0x00000002\twin32\tERROR_FILE_NOT_FOUND\n5\twin32\tX\n";
    assert_eq!(
        faults(&[("symbols.tsv", rows.to_owned())]),
        [
            "symbols.tsv: line 3: is not in the order of the values",
            "symbols.tsv: line 4: is not a value, a kind and a name with tabs between"
        ]
    );
}

#[test]
fn a_faulty_alias_is_a_fault_with_its_number() {
    let rows = "# comment\nE_X\t0x80070002\thttps://x\nE_X\t0x80070003\thttps://x\nE_Y\t0x2\thttps://x\nE_Z\t0x80070002\n";
    assert_eq!(
        faults(&[("aliases.tsv", rows.to_owned())]),
        [
            "aliases.tsv: line 3: has a name that stands there already",
            "aliases.tsv: line 4: is not a name, a code of eight digits and an https address with tabs between",
            "aliases.tsv: line 5: is not a name, a code of eight digits and an https address with tabs between"
        ]
    );
}

#[test]
fn a_faulty_point_of_the_checklist_is_a_fault() {
    let text = "source = \"https://x\"\n[[point]]\ntopic = \"jokes\"\ntext = \"\"\nplatforms = []\n";
    let found = faults(&[("checklist.toml", text.to_owned())]);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[0].starts_with("checklist.toml: point 1: topic \"jokes\" is none of "), "{found:#?}");
}

#[test]
fn an_event_has_six_columns_and_its_place_in_the_order() {
    let rows = "A\t2\terror\t-\tIt failed.\thttps://example.com\n\
                A\t1\terror\talone\tIt failed.\thttps://example.com\n\
                B\t1\tgrave\t-\tIt failed.\thttps://example.com\n\
                B\t2\terror\t-\tIt failed\thttps://example.com\n";
    assert_eq!(
        faults(&[("events.tsv", rows.to_owned())]),
        [
            "events.tsv: line 2: is not in the order of provider and id, or stands twice",
            "events.tsv: line 3: is not provider, id, level, `alone` or `-`, meaning and source, with tabs between",
            "events.tsv: line 4: its meaning is no ASCII sentence with a full stop",
        ]
    );
}
