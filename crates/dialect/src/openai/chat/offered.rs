//! The names of the tools that a chat completion offers to its model.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use terms::Fault;

use crate::openai::member::wrong;

/// The most tools that one call may offer where somebody asks for their names.
const MOST: usize = 1_024;
/// The longest name, in bytes: events say them all. Providers take 64 or 128.
const LONGEST: usize = 256;

#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow, default)]
    r#type: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    function: Option<Named<'a>>,
    #[serde(borrow, default)]
    custom: Option<Named<'a>>,
}

impl<'a> Tool<'a> {
    /// Every name that a provider may read in it, whichever member it goes by: the type says which
    /// that is, and one of the provider's own is named by its type. None: it has none.
    fn names(self) -> Option<Vec<Cow<'a, str>>> {
        let named = [self.function, self.custom].into_iter().flatten();
        let mut names: Vec<_> = named.map(|it| it.name).collect();
        match self.r#type {
            Some(kind) if kind != "function" && kind != "custom" => names.push(kind),
            _ => {}
        }
        Some(names).filter(|it| !it.is_empty())
    }
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
}

/// The names in `tools` and in `functions`, which are the texts of these members.
pub(super) fn names(
    tools: Option<&[u8]>,
    functions: Option<&[u8]>,
) -> Result<Vec<Arc<str>>, Fault> {
    let mut names = Vec::new();
    let mut push = |name: &str, param| {
        if names.len() >= MOST {
            let message = format!("at most {MOST} tools can be offered here");
            return Err(wrong(param, message));
        }
        if name.len() > LONGEST {
            let message = format!("a tool's name can have at most {LONGEST} bytes here");
            return Err(wrong(param, message));
        }
        names.push(Arc::from(name));
        Ok(())
    };
    let untold = || wrong("tools", "every entry of 'tools' must be a tool with a name");
    if let Some(text) = tools {
        let tools: Option<Vec<Tool<'_>>> = serde_json::from_slice(text).map_err(|_| untold())?;
        for tool in tools.into_iter().flatten() {
            for name in tool.names().ok_or_else(untold)? {
                push(&name, "tools")?;
            }
        }
    }
    if let Some(text) = functions {
        let untold = |_| {
            let message = "every entry of 'functions' must be a function with a name";
            wrong("functions", message)
        };
        let functions: Option<Vec<Named<'_>>> = serde_json::from_slice(text).map_err(untold)?;
        for function in functions.into_iter().flatten() {
            push(&function.name, "functions")?;
        }
    }
    Ok(names)
}
