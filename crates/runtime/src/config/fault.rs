//! What is wrong with a configuration: every fault at once, each with its place.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde_json::{Value, json};
use terms::Code;

use super::place::{Origin, Place};

/// One fault of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// `validation_error`, or `not_in_this_build` for what is recognised and not built yet.
    pub code: Code,
    /// The setting, dotted (`gateway.ip-access.scope`); empty when it is about a whole file.
    pub setting: String,
    /// What is wrong and what would be right. It never quotes a secret.
    pub message: String,
    /// Who set it.
    pub origin: Origin,
    /// What to do about it, when that is not in the message.
    pub help: Option<String>,
}

/// Every fault of one configuration.
#[derive(Clone, Debug, Default)]
pub struct ConfigFaults {
    /// In the order of the schema.
    pub faults: Vec<ConfigFault>,
    /// The text of each file, by its name, to show the line in question.
    pub(super) sources: BTreeMap<Arc<str>, Arc<str>>,
}

impl ConfigFault {
    /// A fault of what `setting` holds.
    pub fn invalid(setting: impl Into<String>, origin: Origin, message: impl Into<String>) -> Self {
        Self {
            code: Code::ValidationError,
            setting: setting.into(),
            message: message.into(),
            origin,
            help: None,
        }
    }

    /// A setting of something that this build does not have.
    pub fn unbuilt(setting: impl Into<String>, origin: Origin, what: &str) -> Self {
        let setting = setting.into();
        Self {
            code: Code::NotInThisBuild,
            message: format!("not in this build: {what}"),
            setting,
            origin,
            help: Some("leave it out: nothing here is ignored in silence".to_owned()),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl ConfigFaults {
    /// The faults as one JSON document: `{"faults":[{code, setting, message, origin, file, line,
    /// column, help}]}`.
    pub fn to_json(&self) -> Value {
        let faults: Vec<Value> = self
            .faults
            .iter()
            .map(|fault| {
                let place = fault.origin.place();
                json!({
                    "code": fault.code.as_str(),
                    "setting": fault.setting,
                    "message": fault.message,
                    "origin": fault.origin.to_string(),
                    "file": place.map(|it| it.file.as_ref()),
                    "line": place.map(|it| it.line),
                    "column": place.map(|it| it.column),
                    "help": fault.help,
                })
            })
            .collect();
        json!({ "faults": faults })
    }

    /// The line in question with a mark under it. What follows the mark is cut off, and so are the
    /// settings before it: a value beside it may be a secret.
    fn excerpt(&self, place: &Place, out: &mut String) {
        if place.width == 0 {
            return;
        }
        let Some(line) = self
            .sources
            .get(&place.file)
            .and_then(|text| text.lines().nth(place.line.saturating_sub(1)))
        else {
            return;
        };
        let before = place.column.saturating_sub(1).min(200);
        let width = place.width.min(120);
        let shown: String = line.chars().take(before + width).collect();
        let neighbours = shown
            .chars()
            .take(before)
            .enumerate()
            .filter(|(_, letter)| matches!(letter, '{' | '[' | ','))
            .last()
            .map(|(column, _)| column + 1);
        let (shown, before) = match neighbours {
            Some(cut) => {
                let kept: String = shown.chars().skip(cut).collect();
                (format!("…{kept}"), before + 1 - cut)
            }
            None => (shown, before),
        };
        let rest = if line.chars().nth(before + width).is_some() {
            " …"
        } else {
            ""
        };
        let margin = " ".repeat(place.line.to_string().len());
        let _ = writeln!(out, "{margin} |");
        let _ = writeln!(out, "{} | {shown}{rest}", place.line);
        let _ = writeln!(
            out,
            "{margin} | {}{}",
            " ".repeat(before),
            "^".repeat(width)
        );
    }
}

/// As a compiler shows them: message, place, the line with a mark, help.
impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        for fault in &self.faults {
            let name = if fault.setting.is_empty() {
                String::new()
            } else {
                format!("{}: ", fault.setting)
            };
            let _ = writeln!(out, "error[{}]: {name}{}", fault.code, fault.message);
            match &fault.origin {
                Origin::Default => {}
                Origin::File(place) => {
                    let _ = writeln!(out, "  --> {place}");
                    self.excerpt(place, &mut out);
                }
                other => {
                    let _ = writeln!(out, "  --> {other}");
                }
            }
            if let Some(help) = &fault.help {
                let _ = writeln!(out, "  = help: {help}");
            }
            out.push('\n');
        }
        let count = self.faults.len();
        let noun = if count == 1 { "fault" } else { "faults" };
        let _ = write!(out, "{count} {noun} in the configuration");
        f.write_str(&out)
    }
}

impl std::error::Error for ConfigFaults {}
