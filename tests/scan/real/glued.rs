//! What may be glued to a code and what makes it a part of something longer; what belongs together.

use super::{found, silent};

/// What may be glued to a code.
const GLUED: &[(&str, &[&str])] = &[
    (
        "<ToString>Deployment failed with HRESULT: 0x80073CF0, Package could not be opened._x000D__x000A__x000A_Staging failed with error 0x80070570._x000A__x000A_NOTE",
        &["0x80073CF0", "0x80070570"],
    ),
    ("failed:_x000A_0x80070570_x000D_", &["0x80070570"]),
    ("\\u0026quot;0x80070005\\u0026quot;", &["0x80070005"]),
    ("{\\\"hr\\\":-2147024891}", &["0x80070005"]),
    ("hr:0x80070005]LOG]!>", &["0x80070005"]),
    ("[0x80070005]", &["0x80070005"]),
    ("(0x80070005)", &["0x80070005"]),
    ("<0x80070005>", &["0x80070005"]),
    ("{0x80070005}", &["0x80070005"]),
    ("\"0x80070005\"", &["0x80070005"]),
    ("'80070005'", &["0x80070005"]),
    ("result:80070005;", &["0x80070005"]),
    ("code=80070005&retry=1", &["0x80070005"]),
    ("0x80070005\\r\\n", &["0x80070005"]),
    ("error\u{A0}: 0x80070005\u{202F}!", &["0x80070005"]),
    ("\u{4EE3}\u{7801}\u{FF08}0x80070005\u{FF09}\u{3002}", &["0x80070005"]),
    ("\u{30B3}\u{30FC}\u{30C9} 0x80070005\u{3002}", &["0x80070005"]),
    ("\u{9519}\u{8BEF}\u{FF1A}0x80073CF9\u{FF0C}\u{8BF7}", &["0x80073CF9"]),
    ("HRESULT\u{FF1D}0x80073CF9", &["0x80073CF9"]),
    ("0x80070005\u{2014}access denied", &["0x80070005"]),
    ("0x80070005\u{2026}", &["0x80070005"]),
    ("\u{25BA}0x80070005\u{25C4}", &["0x80070005"]),
    ("hr=0x80070005,facility=7", &["0x80070005"]),
    ("0x80070005|0x80070002|0x8007000D", &["0x80070005", "0x80070002", "0x8007000D"]),
    ("80070005 (-2147024891)", &["0x80070005"]),
    ("&#x27;0x80070005&#x27;", &["0x80070005"]),
    ("&amp;hr=0x80070005&amp;", &["0x80070005"]),
    ("0x80070005)LOG", &["0x80070005"]),
];

/// A part of something longer.
const PARTS: &[&str] = &[
    "_x80070005_",
    "\\x80070005",
    "%5B80070005%2F",
    "a=b&id=80070005%26",
    "urn:80070005:x",
    "x-80070005-y",
    "80070005.dll",
    "80070005$",
    "v80070005",
    "fffff801`80070005 fffff801`80070002",
    "nt!KiBugCheckDispatch+0x80070005",
    "module+80070005",
    "sha1:80070005abcdef",
    "MIIB80070005==",
];

/// A message or name and its code are one finding.
const TOGETHER: &[(&str, &[&str])] = &[
    ("Error 0x80180014: DeviceNotSupported", &["DeviceNotSupported with 0x80180014"]),
    ("MENROLL_E_DEVICECAPREACHED 0x80180013 (-2145910765)", &["0x80180013"]),
    ("(0x80180013) MENROLL_E_DEVICECAPREACHED", &["0x80180013"]),
    ("hr = 0x80180013 [MENROLL_E_DEVICECAPREACHED]", &["0x80180013"]),
    ("DRS Discovery Test : FAIL [0x80072ee7/0x80072ee7]", &["DRS Discovery Test : FAIL with 0x80072EE7"]),
    ("AD Configuration Test : FAIL [0x80070002]", &["0x80070002"]),
    ("HRESULT = 0x800f0831 - CBS_E_STORE_CORRUPTION", &["0x800F0831"]),
    ("[HRESULT = 0x80073712 - ERROR_SXS_COMPONENT_STORE_CORRUPT]", &["0x80073712"]),
    ("ERROR_SXS_COMPONENT_STORE_CORRUPT (0x80073712)", &["0x80073712"]),
    ("STATUS_OBJECT_NAME_NOT_FOUND 0xC0000034", &["0xC0000034"]),
];

#[test]
fn a_code_is_found_beside_what_is_glued_to_it() {
    found(&[GLUED, TOGETHER]);
}

#[test]
fn a_part_of_something_longer_stays_silent() {
    silent(&[PARTS]);
}
