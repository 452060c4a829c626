//! `docs/quality.md`.

use std::fmt::Write as _;

use super::Run;
use crate::guards::{BURIED, PHRASES};
use crate::kinds::{Proof, Strength};
use crate::measure::{Class, Count, Example, percent};
use crate::sets::Half;

const HEAD: &str = "\
# Quality

How well inspection finds what it promises to find, measured on texts that are generated for it. `cargo xtask quality` writes this page; `cargo xtask quality --help` says what else it does. Nothing here is edited by hand.

**Personal data and secrets.** Generators in `tests/quality/kinds` make valid values of each kind. They share no code with the detectors: check digits are written a second time, from their public definitions. Each value is written as people write it and put into sentences of 18 languages and the formats of machines, with a word before it that names it and without. It counts as *found* when a finding of the right label covers it. A wrong label, a part of the value, and findings beside it are counted apart. Kinds marked *by word* are such that one random number of a hundred or more would pass as well, or such that they have no shape of their own: for these the promise is about texts that name them, and what is found without a word is shown, but no aim. Hard negatives (`tests/quality/negatives`) hold nothing that may be found; what is found there lowers the precision of the label it was found under. Precision depends on how many negatives there are for each value: here about as many texts as values. Those who write detectors see these kinds and frames, and there is no half that they don't see: the figures say how well the detectors do what they are meant to, and not how they do on texts that nobody thought of. `--seed` gives other values in other frames.

**Injection.** Sentences in `tests/quality/sets` are written by hand in two halves. Those who write rules look at *dev* alone; what counts is *held out*. A text is found when its risk reaches 70 %, the default threshold. *Twins* use the words of attacks and mean no harm; they are harder than ordinary prompts, and shown apart. Sentences are filled in with different wishes and put into messages, documents and tools' results, so that texts of one class are related: figures of a class with few sentences are rough. Two rules (`inj-050`, `ind-050`) are learnt: from the sentences in `tests/quality/lessons`, from the dev half, from hard negatives of another seed, and from programs and documents; so figures of the dev half say nothing of them. Who wrote lessons saw neither half. Their confidence was set by `tests/quality/check.tsv`, whose author saw no lesson. `cargo xtask quality --learn` learns anew.

All persons, numbers and keys are invented. Test cards of payment providers are reported by design, and counted apart.
";

/// The whole document.
pub fn document(run: &Run) -> String {
    let mut out = String::from(HEAD);
    // Writing to a string can't fail.
    let _ = write_all(run, &mut out);
    out
}

fn write_all(run: &Run, out: &mut String) -> std::fmt::Result {
    let (values, negatives) = run.persons.sizes();
    writeln!(
        out,
        "\nMeasured on {}, seed {}: {values} values, {negatives} hard negatives.",
        run.date, run.seed
    )?;
    promises(run, out)?;
    poor(run, out)?;
    kinds(run, out)?;
    labels(run, out)?;
    negative_classes(run, out)?;
    guard_classes(run, out)?;
    transforms(run, out)?;
    examples(
        "Worst examples: personal data and secrets",
        &run.persons.examples,
        90,
        out,
    )?;
    let is_hidden = |it: &Example| {
        let mut ways = crate::transform::ALL.iter();
        ways.any(|way| it.subject.ends_with(way.name))
    };
    let (hidden, mut shown): (Vec<_>, Vec<_>) =
        run.guards.examples.iter().cloned().partition(is_hidden);
    shown.extend(hidden);
    examples("Worst examples: guardrails, dev half", &shown, 90, out)
}

fn share(figure: Option<f64>) -> String {
    figure.map_or_else(|| "–".to_owned(), |it| format!("{it:.1} %"))
}

fn promises(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Promises\n\n| promise | aim | reached | |\n|---|---|---|---|"
    )?;
    for it in run.promises() {
        let sign = if it.is_ceiling { "≤" } else { "≥" };
        let met = if it.is_met() { "met" } else { "**missed**" };
        let reached = it
            .reached
            .map_or_else(|| "–".to_owned(), |it| format!("{it:.2} %"));
        writeln!(
            out,
            "| {} | {sign} {} % | {reached} | {met} |",
            it.what, it.bound
        )?;
    }
    let buried = run.guards.recall(Half::HeldOut, |it| it.name == BURIED);
    let twins = run
        .guards
        .alarms(Half::HeldOut, |it| PHRASES.contains(&it.name));
    writeln!(
        out,
        "| attacks buried in results of tools: recall | published as it is | {} | |",
        share(buried)
    )?;
    writeln!(
        out,
        "| twins of injection phrases: false alarms | none | {} | |",
        share(twins)
    )
}

/// What is below the aims, in words.
fn poor(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Where it is poor\n")?;
    let mut said = 0;
    for tally in &run.persons.kinds {
        let promised = tally.promised();
        let aim = if tally.kind.proof == Proof::Checksum {
            99.5
        } else {
            95.0
        };
        if let Some(recall) = promised.recall().filter(|it| *it < aim) {
            said += 1;
            let no_rule = if promised.found + promised.partial == 0 {
                "; no rule finds it"
            } else {
                ""
            };
            writeln!(
                out,
                "- {}: {recall:.1} % of {} found{no_rule}.",
                tally.kind.name, promised.total
            )?;
        }
    }
    for (label, tally) in &run.persons.labels {
        if let Some(precision) = tally.precision().filter(|it| *it < 99.0) {
            said += 1;
            writeln!(
                out,
                "- `{label}`: precision {precision:.1} % ({} findings in negatives, {} beside values, {} at values of other kinds).",
                tally.negative, tally.extra, tally.wrong
            )?;
        }
    }
    let plain = |it: &&Class| it.half == Half::HeldOut && it.transform.is_none();
    for class in run.guards.classes.iter().filter(plain) {
        if let Some(recall) = percent(class.found, class.attacks).filter(|it| *it < 90.0) {
            said += 1;
            writeln!(
                out,
                "- {}, {}: {recall:.1} % of held-out attacks found.",
                class.family, class.name
            )?;
        }
        if let Some(alarms) = percent(class.alarms, class.innocent).filter(|it| *it > 5.0) {
            said += 1;
            writeln!(
                out,
                "- {}, {}: {alarms:.1} % of the innocent texts taken for attacks.",
                class.family, class.name
            )?;
        }
    }
    for (id, label) in &run.persons.unmeasured {
        said += 1;
        writeln!(
            out,
            "- Rule `{id}` (`{label}`) is not measured: there is no generator for it."
        )?;
    }
    if said == 0 {
        writeln!(out, "Nothing is below its aim.")?;
    }
    Ok(())
}

fn kinds(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Recall by kind\n")?;
    writeln!(
        out,
        "| kind | proof | expected | values | found by word | found without | wrong label | in part | too wide |\n|---|---|---|---|---|---|---|---|---|"
    )?;
    for tally in &run.persons.kinds {
        let kind = tally.kind;
        let proof = match kind.proof {
            Proof::Checksum => "check digits",
            Proof::Shape => "shape",
            Proof::Prefix => "prefix",
        };
        let expected = match kind.strength {
            Strength::Alone => "always",
            Strength::Worded => "by word",
        };
        let sum = |of: fn(&Count) -> usize| of(&tally.worded) + of(&tally.bare);
        writeln!(
            out,
            "| {} | {proof} | {expected} | {} | {} | {} | {} | {} | {} |",
            kind.name,
            sum(|it| it.total),
            share(tally.worded.recall()),
            share(tally.bare.recall()),
            sum(|it| it.wrong),
            sum(|it| it.partial),
            sum(|it| it.wide),
        )?;
    }
    Ok(())
}

fn labels(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Precision, recall and F1 by label\n\nRecall is that of what is promised.\n"
    )?;
    writeln!(
        out,
        "| label | values | precision | recall | F1 | at other kinds | beside values | in negatives |\n|---|---|---|---|---|---|---|---|"
    )?;
    for (label, tally) in &run.persons.labels {
        writeln!(
            out,
            "| `{label}` | {} | {} | {} | {} | {} | {} | {} |",
            tally.values,
            share(tally.precision()),
            share(tally.recall()),
            share(tally.f1()),
            tally.wrong,
            tally.extra,
            tally.negative,
        )?;
    }
    Ok(())
}

fn negative_classes(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Hard negatives\n\n| class | texts | with findings | taken for |\n|---|---|---|---|"
    )?;
    for class in &run.persons.negatives {
        let labels: Vec<_> = class
            .labels
            .iter()
            .map(|(label, count)| format!("{label} {count}"))
            .collect();
        let design = if class.by_design { " (by design)" } else { "" };
        writeln!(
            out,
            "| {}{design} | {} | {} | {} |",
            class.name,
            class.texts,
            class.hit,
            labels.join(", ")
        )?;
    }
    Ok(())
}

fn guard_classes(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Guardrails by class\n")?;
    writeln!(
        out,
        "Precision is that of the class against its own twins, as many as they are. Ordinary texts have no attacks: their alarms are told per 10,000.\n"
    )?;
    writeln!(
        out,
        "| class | half | attacks | recall | twins | false alarms | per 10,000 | precision | F1 |\n|---|---|---|---|---|---|---|---|---|"
    )?;
    for class in run
        .guards
        .classes
        .iter()
        .filter(|it| it.transform.is_none())
    {
        let recall = percent(class.found, class.attacks);
        let precision = percent(class.found, class.found + class.alarms)
            .filter(|_| class.attacks > 0 && class.innocent > 0);
        let f1 = precision
            .zip(recall)
            .filter(|(p, r)| p + r > 0.0)
            .map(|(p, r)| 2.0 * p * r / (p + r));
        let rate = percent(class.alarms, class.innocent)
            .map_or_else(|| "–".to_owned(), |it| format!("{:.0}", it * 100.0));
        writeln!(
            out,
            "| {}: {} | {} | {} | {} | {} | {} | {rate} | {} | {} |",
            class.family,
            class.name,
            class.half.name(),
            class.attacks,
            share(recall),
            class.innocent,
            class.alarms,
            share(precision),
            share(f1),
        )?;
    }
    Ok(())
}

fn transforms(run: &Run, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Hidden attacks\n\nThe classes {}, hidden.\n",
        PHRASES.join(", ")
    )?;
    writeln!(
        out,
        "| hidden by | texts of a half | recall, dev | recall, held out |\n|---|---|---|---|"
    )?;
    for way in crate::transform::ALL {
        let is_way = |it: &Class| it.transform == Some(way.name);
        let texts: usize = run
            .guards
            .classes
            .iter()
            .filter(|it| it.half == Half::Dev && is_way(it))
            .map(|it| it.attacks)
            .sum();
        let recall = |half| share(run.guards.recall(half, is_way));
        writeln!(
            out,
            "| {} | {texts} | {} | {} |",
            way.name,
            recall(Half::Dev),
            recall(Half::HeldOut)
        )?;
    }
    Ok(())
}

fn examples(title: &str, examples: &[Example], most: usize, out: &mut String) -> std::fmt::Result {
    if examples.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {title}\n")?;
    if examples.len() > most {
        writeln!(
            out,
            "The first {most} of {}; `--json` has them all.\n",
            examples.len()
        )?;
    }
    writeln!(out, "| of | what | text |\n|---|---|---|")?;
    for it in examples.iter().take(most) {
        writeln!(
            out,
            "| {} | {} | {} |",
            it.subject,
            it.wrong,
            cell(&it.text)
        )?;
    }
    Ok(())
}

/// A text as a cell of a table: on one line, as code, hidden characters shown. Long runs are cut:
/// whoever looks for keys in this repository finds none.
fn cell(text: &str) -> String {
    let run = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '+' | '%');
    let mut parts = Vec::new();
    for part in text.split_inclusive(|it| !run(it)) {
        let chars: Vec<char> = part.chars().collect();
        match (chars.get(..12), chars.get(chars.len().saturating_sub(5)..)) {
            (Some(first), Some(last)) if chars.len() > 20 => {
                parts.extend(first);
                parts.push('…');
                parts.extend(last);
            }
            _ => parts.extend(chars),
        }
    }
    let shown: String = parts.into_iter().map(shown).collect();
    format!("`{}`", shown.replace('`', "'").replace('|', "\\|"))
}

fn shown(it: char) -> String {
    match it {
        '\n' => "⏎".to_owned(),
        '\t' => "⇥".to_owned(),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{300}'..='\u{36f}'
        | '\u{e0000}'..='\u{e007f}' => {
            format!("{{{:x}}}", u32::from(it))
        }
        other => other.to_string(),
    }
}
