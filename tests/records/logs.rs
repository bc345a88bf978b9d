//! Faults in the shapes of log lines, and in the lines that tell whose an error is.

use super::faults;

/// A line shape without a fault.
const SHAPE: &str = r#"
[[head]]
id = "plain"
family = "cbs"
pattern = "{date} {time}, {level} {component:word} "
line = "2024-05-13 10:00:00, Info  CBS  x"
head = { time = "2024-05-13T10:00:00", component = "CBS", level = "info" }
source = "https://learn.microsoft.com/x"
"#;

#[track_caller]
fn spoiled_shape(from: &str, to: &str) -> Vec<String> {
    assert!(SHAPE.contains(from), "nothing to replace");
    faults(&[("logs/heads.toml", SHAPE.replace(from, to))])
}

#[test]
fn a_shape_whose_pattern_is_wrong_or_does_not_fit_its_line_is_a_fault() {
    assert_eq!(faults(&[("logs/heads.toml", SHAPE.to_owned())]), Vec::<String>::new());
    for (from, to, fault) in [
        ("{date} {time}, ", "{date} {time}; ", "its pattern doesn't fit its line"),
        ("10:00:00, Info", "10:61:00, Info", "its pattern doesn't fit its line"),
        ("{level}", "{level}\\t", "its pattern has a tab or a line end"),
        ("{level}", "{level", "pattern: there is no field \"level {component\""),
        ("{level} {component:word} ", "{level", "pattern: a brace is not closed"),
        ("{level} ", "{level}} ", "pattern: a brace is closed that is not open; write }} for the character"),
        ("{date}", "{day}", "pattern: there is no field \"day\""),
        ("{date}", "{date:dmy}", "pattern: date can't be written as \"dmy\""),
        ("{component:word} ", "{component}{time}", "pattern: a field that goes up to what follows is followed by a field"),
        ("{component:word} ", "{end} ", "pattern: something follows {end}"),
        ("{component:word}", "{id:word}", "a head has no id"),
        ("\"cbs\"", "\"csb\"", "there is no family \"csb\""),
        ("family =", "kind = \"tail\"\nfamily =", "there is no kind \"tail\""),
        ("family =", "kind = \"end\"\nfamily =", "its pattern begins with a field, and nothing can be searched for"),
        ("https:", "http:", "source is no https address"),
        ("\"plain\"", "\"Plain\"", "its id is no slug of a-z, 0-9 and single hyphens"),
    ] {
        let found = spoiled_shape(from, to);
        assert!(found.iter().any(|found| found.starts_with("logs/heads.toml: ") && found.contains(fault)), "{to}: {found:?}");
    }
}

#[test]
fn a_shape_that_does_not_tell_what_it_says_is_a_fault() {
    let told = |what: &str| format!("logs/heads.toml: plain: its head is HeadFound {{ time: Some(\"2024-05-13T10:00:00\"), {what} }}");
    assert_eq!(
        spoiled_shape("component = \"CBS\"", "component = \"CSI\""),
        [told("component: Some(\"CBS\"), thread: None, level: Some(\"info\")")]
    );
    assert_eq!(
        spoiled_shape("time = \"2024-05-13T10:00:00\", ", ""),
        ["logs/heads.toml: plain: its head has a time where the pattern finds none, or the other way round"]
    );
}

#[test]
fn a_line_that_fits_two_shapes_is_a_fault_unless_one_of_them_is_general() {
    let other = SHAPE.replace("\"plain\"", "\"other\"").replace("{component:word} ", "{component:CBS|CSI} ");
    let both = |other: &str| faults(&[("logs/heads-a.toml", SHAPE.to_owned()), ("logs/heads-b.toml", other.to_owned())]);
    assert_eq!(both(&other), ["logs/heads-a.toml: plain: its line fits other, too", "logs/heads-b.toml: other: its line fits plain, too"]);
    assert_eq!(both(&other.replace("pattern =", "general = true\npattern =")).len(), 1);
    assert_eq!(both(SHAPE)[0], "logs/heads-b.toml: plain: another shape has its id");
}

/// A pattern of an owner without a fault.
const OWNER: &str = r#"
[[owner]]
id = "plain"
families = ["ime"]
does = "starts"
kind = "app"
pattern = "App {id:guid} with name {name}{end}"
line = "App 3dde4e19-3a18-4dec-b60e-720b919e1790 with name Contoso VPN"
owner = { id = "3dde4e19-3a18-4dec-b60e-720b919e1790", name = "Contoso VPN" }
source = "https://learn.microsoft.com/x"
"#;

#[test]
fn an_owner_whose_pattern_is_wrong_or_does_not_fit_its_line_is_a_fault() {
    let spoiled = |from: &str, to: &str| {
        assert!(OWNER.contains(from), "nothing to replace");
        faults(&[("logs/owners.toml", OWNER.replace(from, to))])
    };
    assert_eq!(spoiled("plain", "plain"), Vec::<String>::new());
    for (from, to, fault) in [
        ("App {id", "app {id", "its pattern doesn't fit its line"),
        ("App 3dde4e19", "App 3dde4e1", "its pattern doesn't fit its line"),
        ("{name}", "{title}", "pattern: there is no field \"title\""),
        ("{name}", "{level}", "an owner has no level"),
        ("{name}", "\\n{name}", "within, reach or pattern has a tab or a line end"),
        ("kind = \"app\"\n", "", "it has a kind and no id, or an id and no kind"),
        ("kind = \"app\"", "kind = \"game\"", "there is no kind \"game\""),
        ("[\"ime\"]", "[\"imes\"]", "there is no family \"imes\""),
        ("\"starts\"", "\"begins\"", "nothing is done that is called \"begins\""),
        ("kind =", "phase = \"Setup\"\nkind =", "there is no phase \"Setup\""),
        ("kind =", "reach = \"}\"\nkind =", "within and reach are for patterns that are looked for anywhere"),
        ("kind =", "anywhere = true\nwithin = \"Get\"\nkind =", "its line doesn't begin as the record has to"),
        ("\"App {id:guid} with", "\"{id:guid} with", "its pattern doesn't fit its line"),
        (
            "kind = \"app\"\npattern = \"App {id:guid} with",
            "kind = \"app\"\nanywhere = true\npattern = \"{id:guid} with",
            "the beginning of its pattern is too short to be searched for",
        ),
        (
            "name = \"Contoso VPN\"",
            "name = \"Contoso\"",
            "its owner is OwnerFound { id: Some(\"3dde4e19-3a18-4dec-b60e-720b919e1790\"), name: Some(\"Contoso VPN\")",
        ),
        ("https:", "http:", "source is no https address"),
        ("\"plain\"", "\"Plain\"", "its id is no slug of a-z, 0-9 and single hyphens"),
    ] {
        let found = spoiled(from, to);
        assert!(found.iter().any(|found| found.starts_with("logs/owners.toml: ") && found.contains(fault)), "{to}: {found:?}");
    }
    assert_eq!(
        faults(&[("logs/owners.toml", OWNER.to_owned()), ("logs/owners-b.toml", OWNER.to_owned())]),
        ["logs/owners-b.toml: plain: another owner has its id"]
    );
}
