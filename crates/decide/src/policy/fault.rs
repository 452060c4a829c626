//! What is wrong with a policy's text, and where.

use terms::{Code, Fault};

/// One fault of a policy's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DslFault {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The rule in which it stands, where it has an id.
    pub rule: Option<String>,
    /// What is wrong, and what would be right.
    pub message: String,
    /// The text asks for what this build lacks.
    pub unbuilt: bool,
}

impl DslFault {
    /// A fault at a place.
    pub fn new(line: usize, column: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            column,
            rule: None,
            message: message.into(),
            unbuilt: false,
        }
    }

    /// The text asks for what this build lacks.
    #[must_use]
    pub fn not_built(mut self) -> Self {
        self.unbuilt = true;
        self
    }

    /// As the administration reports it; `at` is the JSON pointer of the text (`/dsl`).
    pub fn into_fault(self, at: &str) -> Fault {
        let code = if self.unbuilt {
            Code::NotInThisBuild
        } else {
            Code::InvalidPolicyDsl
        };
        let rule = self
            .rule
            .map(|rule| format!(" (rule '{rule}')"))
            .unwrap_or_default();
        let message = format!(
            "line {}, column {}: {}{rule}",
            self.line, self.column, self.message
        );
        Fault::new(code, message)
            .at(at)
            .in_line(self.line, self.column)
    }
}
