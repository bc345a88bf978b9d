//! Which entry comes first where an error stands: the cases of `tests/data/context-cases.tsv`, as queries and as lines of a log.

use intune_err::{Answer, Context, Fit, Lookup, Scanner};

/// A row of the cases: a query or a line, and the id of the entry that comes first, or `meaning`.
struct Case {
    text: &'static str,
    first: &'static str,
}

fn cases() -> impl Iterator<Item = Case> {
    let lines = include_str!("../data/context-cases.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
        [text, first, why] if !why.is_empty() => Case { text, first },
        _ => panic!("no text, id and reason: {line}"),
    })
}

/// What is wrong with the answer to a case. Where the meaning has to lead, no entry may claim to be about the place.
fn fault(case: &Case, answer: &Answer) -> Option<String> {
    let ids: Vec<&str> = answer.entries.iter().map(|entry| entry.id()).collect();
    let context = Context::of_text(case.text);
    let is_right = match case.first {
        "meaning" => {
            let fits = |entry| matches!(Fit::of(entry, &context), Fit::Fits { .. });
            answer.meaning.is_some() && !context.is_empty() && !answer.entries.iter().any(|&entry| fits(entry))
        }
        first => ids.first() == Some(&first),
    };
    (!is_right).then(|| format!("{}: not {}, but {ids:?}", case.text, case.first))
}

#[test]
fn a_query_is_answered_for_the_place_that_its_words_tell() {
    let lookup = Lookup::new();
    let faults: Vec<String> = cases().filter_map(|case| fault(&case, &lookup.answer(case.text).unwrap()[0])).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_finding_is_answered_for_the_place_that_its_line_tells() {
    let mut found = 0;
    let of_line = |case: Case| {
        let finding = *Scanner::new().scan(case.text.as_bytes()).first()?;
        found += 1;
        fault(&case, &Answer::in_context(finding.what, &Context::of_text(case.text)))
    };
    let faults: Vec<String> = cases().filter_map(of_line).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(found > 100, "only {found} of the cases have a finding");
}

#[test]
fn an_answer_says_that_none_of_its_problems_is_about_the_place() {
    let said = |query: &str| {
        let answers = Lookup::new().answer_words(&query.split(' ').collect::<Vec<_>>()).flatten().flatten().collect::<Vec<_>>();
        answers
            .iter()
            .flat_map(|answer| answer.reasons.iter().map(ToString::to_string))
            .filter(|said| said.contains("None of"))
            .collect::<Vec<_>>()
    };
    assert_eq!(said("ndes 0x80070005"), ["None of the problems below is about NDES; they show where else it is met."]);
    assert_eq!(said("0x800705b4 on an iPad"), ["None of the problems below is about iPadOS; they show where else it is met."]);
    let only_the_place = ["None of the problems below is about NDES; they show where else it is met."];
    assert_eq!(said("ndes 0x80070005 on Windows"), only_the_place, "all of them are of Windows");
    for query in [
        "0x80070005",
        "ime 0x80070005",
        "0x80070005 on Windows",
        "ndes 0xC0000022",
        "autopilot DeviceCapReached",
        "it ended with exit code 0x80070005 today",
        // The message says SCEP itself, and Microsoft meets it in Automated Device Enrollment.
        "The SCEP server returned an invalid response",
        "our log says The SCEP server returned an invalid response today",
        "iPhone: The SCEP server returned an invalid response",
    ] {
        assert_eq!(said(query), Vec::<String>::new(), "{query}");
    }
    let sentence = Lookup::new().answer("GetNDESAccountName:  Error 0x80070005: ADsGetObject failed.").expect("it has a code");
    assert!(sentence[0].reasons.iter().any(|reason| matches!(reason, intune_err::Reason::NoneFits(_))));
}

#[test]
fn each_family_of_cases_has_ten_or_more() {
    let text = include_str!("../data/context-cases.tsv");
    for family in text.split("\n# ").skip(2) {
        let mut lines = family.lines();
        let (name, count) = (lines.next().unwrap_or_default(), lines.filter(|line| !line.is_empty()).count());
        assert!(count >= 10, "{name}: {count}");
    }
}
