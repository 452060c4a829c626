//! Texts in which what must be found stands in brackets.

#![allow(dead_code, reason = "each file of tests uses its part")]

use inspect::{Families, Family, Scanner};

/// What is found of personal data: label, text, confidence.
pub fn found(text: &str) -> Vec<(String, String, u8)> {
    let scanner = Scanner::builtin();
    let findings = scanner.scan(text, Families::of(&[Family::Pii]));
    let named = findings.iter().filter_map(|it| {
        let label = scanner.rule(it.rule)?.label.to_string();
        Some((label, text.get(it.span.clone())?.to_owned(), it.confidence))
    });
    named.collect()
}

/// What is wrong when exactly what stands in `[` and `]` must be found with this label.
pub fn wrong(label: &str, marked: &str) -> Option<String> {
    let (mut text, mut wanted, mut open) = (String::new(), Vec::new(), None);
    for it in marked.chars() {
        match (it, open) {
            ('[', None) => open = Some(text.len()),
            (']', Some(from)) => {
                wanted.extend(text.get(from..).map(str::to_owned));
                open = None;
            }
            _ => text.push(it),
        }
    }
    let all = found(&text);
    let same = all.iter().filter(|it| it.0 == label);
    let seen: Vec<_> = same.map(|it| it.1.clone()).collect();
    (seen != wanted).then(|| format!("{label} in {text:?}: wanted {wanted:?}, found {all:?}\n"))
}

/// Demands that exactly what stands in `[` and `]` is found with this label, in each text.
#[track_caller]
pub fn finds<T: AsRef<str>>(label: &str, marked: &[T]) {
    for it in marked {
        assert!(
            it.as_ref().contains('['),
            "nothing is marked in {:?}",
            it.as_ref()
        );
    }
    let wrong: String = marked
        .iter()
        .filter_map(|it| wrong(label, it.as_ref()))
        .collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Demands that nothing with this label is found in these texts.
#[track_caller]
pub fn finds_none(label: &str, texts: &[&str]) {
    let wrong: String = texts.iter().filter_map(|it| wrong(label, it)).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Each value, marked, in each of these texts in the place of `{}`.
pub fn each(values: &[&str], texts: &[&str]) -> Vec<String> {
    let put = |value: &&str| {
        let marked = format!("[{value}]");
        texts
            .iter()
            .map(move |text| text.replace("{}", &marked))
            .collect::<Vec<_>>()
    };
    values.iter().flat_map(put).collect()
}
