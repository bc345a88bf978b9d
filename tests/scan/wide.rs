//! Exit codes and Win32 codes in decimal after phrases of the languages of Windows, most of them of other alphabets: both ways.

use proptest::prelude::*;
use proptest::sample::select;

use super::{check, check_silent, described, slow};
use intune_err::{Code, Scanner};

/// The number in each is an exit code.
const EXIT_CODES: &[&str] = &[
    "\u{9000}\u{51FA}\u{4EE3}\u{7801} 1603",
    "\u{5B89}\u{88C5}\u{5931}\u{8D25}\u{FF0C}\u{9000}\u{51FA}\u{4EE3}\u{7801}\u{FF1A}1618\u{3002}",
    "\u{8FDB}\u{7A0B}\u{5DF2}\u{9000}\u{51FA}\u{FF08}\u{9000}\u{51FA}\u{7801} 1638\u{FF09}",
    "msiexec \u{8FD4}\u{56DE}\u{503C}: 1619",
    "\u{8FD4}\u{56DE}\u{4EE3}\u{7801}=3010",
    "\u{5B89}\u{88C5}\u{6210}\u{529F}\u{6216}\u{9519}\u{8BEF}\u{72B6}\u{6001}: 1603\u{3002}",
    "\u{5B89}\u{88DD}\u{5931}\u{6557}\u{FF0C}\u{7D50}\u{675F}\u{4EE3}\u{78BC} 1602",
    "\u{50B3}\u{56DE}\u{78BC}: 1641",
    "\u{30A8}\u{30E9}\u{30FC}\u{7D42}\u{4E86}\u{30B3}\u{30FC}\u{30C9} 1612 \u{3092}\u{8FD4}\u{3057}\u{307E}\u{3057}\u{305F}",
    "\u{30A4}\u{30F3}\u{30B9}\u{30C8}\u{30FC}\u{30E9}\u{30FC}\u{306F}\u{7D42}\u{4E86}\u{30B3}\u{30FC}\u{30C9}\u{300C}1603\u{300D}\u{3067}\u{7D42}\u{4E86}",
    "\u{30EA}\u{30BF}\u{30FC}\u{30F3} \u{30B3}\u{30FC}\u{30C9}: 1620",
    "\u{623B}\u{308A}\u{5024}: 1605",
    "\u{30A4}\u{30F3}\u{30B9}\u{30C8}\u{30FC}\u{30EB}\u{306E}\u{6210}\u{529F}\u{307E}\u{305F}\u{306F}\u{30A8}\u{30E9}\u{30FC}\u{306E}\u{72B6}\u{614B}: 1603",
    "\u{C124}\u{CE58} \u{AD00}\u{B9AC}\u{C790}\u{AC00} \u{C885}\u{B8CC} \u{CF54}\u{B4DC} 1602\u{B85C} \u{B05D}\u{B0AC}\u{C2B5}\u{B2C8}\u{B2E4}",
    "\u{BC18}\u{D658} \u{CF54}\u{B4DC}: 1633",
    "\u{BC18}\u{D658}\u{AC12}=1618",
    "\u{C124}\u{CE58} \u{C131}\u{ACF5} \u{B610}\u{B294} \u{C624}\u{B958} \u{C0C1}\u{D0DC}: 1603",
    "c\u{F3}digo de sa\u{ED}da 1612",
    "C\u{F3}digo de sa\u{ED}da: 1603.",
    "z kodem wyj\u{15B}cia 1603",
    "Kod zako\u{144}czenia: 1618",
    "N\u{E1}vratov\u{FD} k\u{F3}d: 1603",
    "k\u{F3}d ukon\u{10D}en\u{ED} 1602",
    "ukon\u{10D}ovac\u{ED} k\u{F3}d 1619",
    "\u{E7}\u{131}k\u{131}\u{15F} kodu: 1603",
    "D\u{F6}n\u{FC}\u{15F} kodu 1618",
    "\u{41A}\u{43E}\u{434} \u{432}\u{44B}\u{445}\u{43E}\u{434}\u{430}: 1603",
    "\u{43E}\u{448}\u{438}\u{431}\u{43A}\u{430} \u{441} \u{43A}\u{43E}\u{434}\u{43E}\u{43C} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{435}\u{43D}\u{438}\u{44F}: 1618",
    "\u{43A}\u{43E}\u{434} \u{432}\u{43E}\u{437}\u{432}\u{440}\u{430}\u{442}\u{430} 1638",
    "\u{41A}\u{43E}\u{434} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{435}\u{43D}\u{43D}\u{44F}: 1603",
    "Slutkod 1603",
    "returkode: 1618",
    "Erfolg- bzw. Fehlerstatus der Installation: 1603.",
    "R\u{E9}ussite de l'installation ou \u{E9}tat d'erreur : 1603.",
    "\u{9519}\u{8BEF} 1603",
    "\u{9519}\u{8BEF}\u{4EE3}\u{7801}: 1618",
    "\u{932F}\u{8AA4}\u{78BC} 1603",
    "\u{30A8}\u{30E9}\u{30FC} 1603",
    "\u{30A8}\u{30E9}\u{30FC} \u{30B3}\u{30FC}\u{30C9}: 1618",
    "\u{C624}\u{B958} \u{CF54}\u{B4DC} 1603",
    "\u{43E}\u{448}\u{438}\u{431}\u{43A}\u{430} 1603",
    "\u{41A}\u{43E}\u{434} \u{43E}\u{448}\u{438}\u{431}\u{43A}\u{438}: 1618",
    "\u{443}\u{441}\u{442}\u{430}\u{43D}\u{43E}\u{432}\u{43A}\u{430} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{438}\u{43B}\u{430}\u{441}\u{44C} \u{441} \u{43A}\u{43E}\u{434}\u{43E}\u{43C} 1603",
    "kod b\u{142}\u{119}du 1603",
    "k\u{F3}d chyby: 1618",
    "c\u{F3}digo de erro 1603",
    "C\u{D3}DIGO DE ERRO 1603",
    "\u{41A}\u{41E}\u{414} \u{412}\u{42B}\u{425}\u{41E}\u{414}\u{410}: 1603",
    "codice errore 1618",
    "Foutcode 1603",
    "felkod: 1618",
];

/// The number in each is a Win32 code.
const WIN32_CODES: &[&str] = &[
    "Error de sistema 5.",
    "Errore di sistema 1219.",
    "L'erreur syst\u{E8}me 5 s'est produite.",
    "\u{53D1}\u{751F}\u{7CFB}\u{7EDF}\u{9519}\u{8BEF} 53\u{3002}",
    "\u{30B7}\u{30B9}\u{30C6}\u{30E0} \u{30A8}\u{30E9}\u{30FC} 67 \u{304C}\u{767A}\u{751F}\u{3057}\u{307E}\u{3057}\u{305F}\u{3002}",
    "\u{C2DC}\u{C2A4}\u{D15C} \u{C624}\u{B958} 5",
    "\u{421}\u{438}\u{441}\u{442}\u{435}\u{43C}\u{43D}\u{430}\u{44F} \u{43E}\u{448}\u{438}\u{431}\u{43A}\u{430} 5.",
];

const SILENT: &[&str] = &[
    "\u{9000}\u{51FA}\u{4EE3}\u{7801} 0",
    "\u{9000}\u{51FA}\u{4EE3}\u{7801} 1",
    "\u{8FD4}\u{56DE}\u{503C} 12345 \u{5B57}\u{8282}",
    "\u{9000}\u{51FA}\u{4EE3}\u{7801} 01603",
    "\u{9000}\u{51FA}\u{4EE3}\u{7801} 1603.5",
    "\u{9000}\u{51FA}\u{4EE3}\u{7801}-1603",
    "\u{7AEF}\u{53E3} 1603",
    "\u{7B2C} 1603 \u{884C}",
    "\u{9519}\u{8BEF} 1603 ms",
    "\u{5171}\u{6709}\u{9519}\u{8BEF} 16030 \u{4E2A}",
    "\u{7D42}\u{4E86}\u{30B3}\u{30FC}\u{30C9} 0 \u{3067}\u{7D42}\u{4E86}",
    "\u{7D42}\u{4E86} 1603",
    "\u{30D5}\u{30A1}\u{30A4}\u{30EB} 1603 \u{500B}",
    "\u{C885}\u{B8CC} \u{CF54}\u{B4DC} 0",
    "\u{D56D}\u{BAA9} 1603\u{AC1C}",
    "c\u{F3}digo 1603",
    "sa\u{ED}da 12",
    "linha 1603 da sa\u{ED}da",
    "\u{432}\u{44B}\u{445}\u{43E}\u{434} 1603",
    "\u{432} \u{441}\u{442}\u{440}\u{43E}\u{43A}\u{435} 1603",
    "\u{43A}\u{43E}\u{434} 1603",
    "wyj\u{15B}cie 1603",
    "kod 1603",
    "hata yok 1603",
    "Slutkod 0",
    "error de 1603",
    "1603 \u{9000}\u{51FA}\u{4EE3}\u{7801}",
    "\u{9000}\u{51FA}\u{4EE3}\u{7801}x1603",
    "\u{43E}\u{448}\u{438}\u{431}\u{43E}\u{43A} 1603 rows",
    "\u{9519}\u{8BEF} 1603 rows",
    "\u{7CFB}\u{7EDF}\u{9519}\u{8BEF} 99999999",
    "\u{7CFB}\u{7EDF}\u{9519}\u{8BEF} 0",
];

#[test]
fn a_number_after_a_phrase_for_an_exit_code_is_one_in_the_languages_of_windows() {
    let number = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
    for line in EXIT_CODES {
        check(&[(line, &[&format!("exit code {}", number(line))])]);
    }
    for line in WIN32_CODES {
        check(&[(line, &[&Code::new(number(line).parse().unwrap()).to_string()])]);
    }
    check_silent(SILENT);
}

#[test]
fn the_phrase_may_end_in_the_block_before_the_number() {
    for fill in 0..70 {
        for (phrase, number) in [("\u{9000}\u{51FA}\u{4EE3}\u{7801}: ", "1603"), ("sa\u{ED}da: ", "1618")] {
            for count in [1, 16] {
                let line = format!("{}{phrase}{number}{}", "-".repeat(64 * count - fill.min(64 * count)), ".".repeat(2000));
                let found = Scanner::new().scan(line.as_bytes());
                let texts: Vec<&str> = found.iter().map(|finding| &line[finding.start..finding.end]).collect();
                assert_eq!(texts, [number], "{fill} {count}");
            }
        }
    }
}

const SIGNS: &[&str] =
    &[" ", ": ", ":", "\u{FF1A}", " = ", "=", " (", "\u{FF08}", "\u{3000}", "\u{A0}", "#", "", "-", ", ", ".", "\u{3002}", "       "];
const NUMBERS: &[&str] = &["1603", "1602", "3010", "60008", "87", "0", "01603", "1603x", "16031", "x1603", "1618.5", "1618-2", "1641:3"];
const OTHERS: &[&str] =
    &["\u{7684}", " \u{438} ", "\u{304C}", "\u{B97C} ", " ", ". The", " rows", " in ", " ms", ")", "\u{FF09}", "\u{1F600}", "da"];

fn line() -> impl Strategy<Value = String> {
    let phrases: Vec<&str> = slow::phrases().into_iter().map(|(phrase, _)| phrase).collect();
    let piece = prop_oneof![3 => select(phrases), 4 => select(SIGNS), 4 => select(NUMBERS), 3 => select(OTHERS)];
    prop::collection::vec(piece, 1..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_slow_scanner_finds_the_same_exit_codes(line in line(), fill in 0_usize..130) {
        let line = format!("{}{line}", "-".repeat(fill));
        // Of numbers without anything between, ten digits can be a code.
        let found = Scanner::new().scan(line.as_bytes()).into_iter().filter(|finding| finding.end - finding.start < 9);
        let found: Vec<_> = found.map(|finding| (finding.start, finding.end, described(finding.what))).collect();
        prop_assert_eq!(found, slow::exit_codes(&line), "{:?}", line);
    }
}
