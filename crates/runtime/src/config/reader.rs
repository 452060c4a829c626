//! The walk through the tree, section by section: each setting is taken once, and what is left
//! over is an unknown key.

use super::env::{self, Env};
use super::fault::ConfigFault;
use super::merge::join;
use super::place::{Origin, Place};
use super::value::Setting;
use super::yaml::{Data, Key, Node};

mod collections;

/// A setting given on the command line.
#[derive(Clone, Debug)]
pub struct Flag {
    /// The flag as the user writes it: `--gateway-addr`.
    pub name: &'static str,
    /// The setting that it sets, dotted.
    pub setting: &'static str,
    /// Its value.
    pub value: String,
}

/// One effective setting, as `config show` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The setting, dotted.
    pub setting: String,
    /// Its value as YAML; secrets are masked.
    pub value: String,
    /// Who set it.
    pub origin: Origin,
}

/// What a walk gathers.
pub(super) struct Reader<'e> {
    env: &'e Env,
    flags: &'e [Flag],
    pub(super) faults: Vec<ConfigFault>,
    pub(super) shown: Vec<Shown>,
}

impl<'e> Reader<'e> {
    /// `faults` are those that were found before the walk.
    pub(super) fn new(env: &'e Env, flags: &'e [Flag], faults: Vec<ConfigFault>) -> Self {
        Self {
            env,
            flags,
            faults,
            shown: Vec::new(),
        }
    }

    /// Walks the whole tree.
    pub(super) fn root<T>(
        &mut self,
        root: Option<Node>,
        read: impl FnOnce(&mut Section<'_, 'e>) -> T,
    ) -> T {
        let mut section = Section {
            reader: self,
            path: String::new(),
            at: Origin::Default,
            entries: Vec::new(),
            known: Vec::new(),
        };
        if let Some(root) = root {
            section.fill(root, Origin::Default);
        }
        let value = read(&mut section);
        section.end();
        value
    }

    /// Who set `setting`.
    pub(super) fn origin_of(&self, setting: &str) -> Origin {
        self.shown
            .iter()
            .find(|it| it.setting == setting)
            .map_or(Origin::Default, |it| it.origin.clone())
    }

    /// What stands above the files for `setting`: a flag, or else a variable.
    fn override_of(&self, setting: &str) -> Option<(Origin, String)> {
        let flag = self.flags.iter().find(|flag| flag.setting == setting);
        if let Some(flag) = flag {
            return Some((Origin::Flag(flag.name), flag.value.clone()));
        }
        let (name, value) = env::override_of(self.env, setting)?;
        Some((Origin::Env(name), value.to_owned()))
    }

    fn overrides_under(&self, section: &str) -> bool {
        let inside = |setting: &str| {
            setting
                .strip_prefix(section)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        self.flags.iter().any(|flag| inside(flag.setting))
            || env::OVERRIDES
                .iter()
                .any(|(name, setting)| inside(setting) && self.env.get(name).is_some())
    }
}

/// One section while it is read.
pub(super) struct Section<'r, 'e> {
    reader: &'r mut Reader<'e>,
    path: String,
    at: Origin,
    entries: Vec<(Key, Node)>,
    known: Vec<&'static str>,
}

impl<'e> Section<'_, 'e> {
    fn fill(&mut self, node: Node, at: Origin) {
        self.at = at;
        if node.is_null() {
            return;
        }
        let found = node.kind();
        match node.data {
            Data::Map(entries) => self.entries = entries,
            Data::Scalar { .. } | Data::List(_) => {
                let message = format!("this must be a section with keys, not {found}");
                let fault =
                    ConfigFault::invalid(self.path.clone(), Origin::File(node.place), message);
                self.reader.faults.push(fault);
            }
        }
    }

    fn setting(&self, key: &str) -> String {
        join(&self.path, key)
    }

    fn take(&mut self, key: &'static str) -> Option<(Place, Node)> {
        self.known.push(key);
        let found = self.entries.iter().position(|(it, _)| it.text == key)?;
        let (key, node) = self.entries.swap_remove(found);
        Some((key.place, node))
    }

    /// True when `key` stands in a file or something above the files sets what is under it.
    pub(super) fn stands(&self, key: &str) -> bool {
        self.has(key) || self.reader.overrides_under(&self.setting(key))
    }

    /// Reads the section `key`, empty when it does not stand.
    pub(super) fn section<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'_, 'e>) -> T,
    ) -> T {
        let taken = self.take(key);
        let mut section = Section {
            path: self.setting(key),
            reader: self.reader,
            // What is missing in a section that does not stand is missing here.
            at: self.at.clone(),
            entries: Vec::new(),
            known: Vec::new(),
        };
        if let Some((at, node)) = taken {
            section.fill(node, Origin::File(at));
        }
        let value = read(&mut section);
        section.end();
        value
    }

    /// Reads the section `key` when it stands.
    pub(super) fn section_if<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'_, 'e>) -> T,
    ) -> Option<T> {
        if self.stands(key) {
            return Some(self.section(key, read));
        }
        self.known.push(key);
        None
    }

    /// Reads a single value. `None` when it does not stand, or when it is faulty.
    pub(super) fn value<T: Setting>(&mut self, key: &'static str) -> Option<T> {
        let setting = self.setting(key);
        let taken = self.take(key);
        if let Some((origin, text)) = self.reader.override_of(&setting) {
            return self.parse(setting, &text, true, origin);
        }
        let (key_place, node) = taken?;
        self.single(setting, key_place, node)
    }

    fn single<T: Setting>(&mut self, setting: String, key_place: Place, node: Node) -> Option<T> {
        // An optional variable, `${VAR:-}`, that is unset: as if the key were left out.
        if matches!(&node.data, Data::Scalar { substituted: true, text, .. } if text.is_empty()) {
            return None;
        }
        if node.is_null() {
            let message = "the key has no value; give it one, or leave it out";
            self.push(setting, Origin::File(key_place), message);
            return None;
        }
        let found = node.kind();
        let Data::Scalar {
            text, substituted, ..
        } = node.data
        else {
            let message = format!("this must be a single value, not {found}");
            self.push(setting, Origin::File(key_place), message);
            return None;
        };
        // A secret is never pointed at: its line would be shown.
        let at = if T::SECRET { key_place } else { node.place };
        let hide = substituted || T::SECRET;
        self.parse(setting, &text, hide, Origin::File(at))
    }

    /// Reads a single value, `default` when it does not stand.
    pub(super) fn value_or<T: Setting>(&mut self, key: &'static str, default: T) -> T {
        let before = self.reader.faults.len();
        match self.value(key) {
            Some(value) => value,
            None => {
                if self.reader.faults.len() == before {
                    self.show(key, default.show(), Origin::Default);
                }
                default
            }
        }
    }

    /// Refuses `key` where it stands: it is recognised, and not built yet.
    pub(super) fn unbuilt(&mut self, key: &'static str, what: &str) {
        if let Some((place, _)) = self.take(key) {
            let fault = ConfigFault::unbuilt(self.setting(key), Origin::File(place), what);
            self.reader.faults.push(fault);
        }
    }

    /// Refuses `key` unless it is switched off: `enabled: false` asks for nothing.
    pub(super) fn unbuilt_unless_off(&mut self, key: &'static str, what: &str) {
        let off = |node: &Node| {
            let Data::Map(entries) = &node.data else {
                return false;
            };
            entries.iter().any(|(key, value)| {
                key.text == "enabled"
                    && matches!(&value.data, Data::Scalar { text, .. } if bool::read(text) == Ok(false))
            })
        };
        let switched_off = self
            .entries
            .iter()
            .any(|(it, node)| it.text == key && off(node));
        if switched_off {
            if let Some((place, _)) = self.take(key) {
                self.show(key, "{enabled: false}".to_owned(), Origin::File(place));
            }
            return;
        }
        self.unbuilt(key, what);
    }

    /// Accepts `key` with the one value that this build has; any other is not built yet.
    pub(super) fn only<T: Setting + PartialEq>(&mut self, key: &'static str, built: T, what: &str) {
        let shown = built.show();
        if let Some(value) = self.value::<T>(key)
            && value != built
        {
            let what = format!("{what} other than {shown}");
            let origin = self.origin(key);
            let fault = ConfigFault::unbuilt(self.setting(key), origin, &what)
                .help(format!("leave it out, or write {shown}"));
            self.reader.faults.push(fault);
        }
    }

    /// Refuses the value that was read for `key`: it is recognised, and not built yet.
    pub(super) fn unbuilt_value(&mut self, key: &'static str, what: &str) {
        let fault = ConfigFault::unbuilt(self.setting(key), self.origin(key), what);
        self.reader.faults.push(fault);
    }

    /// Takes `keys` without reading them: what they mean is refused already.
    pub(super) fn known(&mut self, keys: &[&'static str]) {
        for key in keys {
            self.take(key);
        }
    }

    /// True when `key` stands in a file and was not read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(it, _)| it.text == key)
    }

    /// True when nobody set `key`; to be asked after it was read.
    pub(super) fn is_default(&self, key: &str) -> bool {
        self.reader.origin_of(&self.setting(key)) == Origin::Default && !self.faulty(key)
    }

    /// True when a fault of `key` is noted already.
    pub(super) fn faulty(&self, key: &str) -> bool {
        let setting = self.setting(key);
        self.reader.faults.iter().any(|it| it.setting == setting)
    }

    /// True when a fault of `key`, or of anything below it, is noted already.
    pub(super) fn faults_under(&self, key: &str) -> bool {
        let setting = self.setting(key);
        let below = |it: &ConfigFault| {
            it.setting
                .strip_prefix(&setting)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.reader.faults.iter().any(below)
    }

    /// Notes a fault of `key`, at the place of its value.
    pub(super) fn fault(&mut self, key: &'static str, message: impl Into<String>) {
        let origin = self.origin(key);
        self.push(self.setting(key), origin, message);
    }

    /// Who set `key`; the section's own place when nobody did.
    pub(super) fn origin(&self, key: &str) -> Origin {
        match self.reader.origin_of(&self.setting(key)) {
            Origin::Default => self.at.clone(),
            other => other,
        }
    }

    /// Notes a fault of a setting somewhere below, at the nearest place that is known.
    pub(super) fn fault_below(&mut self, path: &str, message: impl Into<String>) {
        let setting = self.setting(path);
        let mut at = setting.as_str();
        let origin = loop {
            match (self.reader.origin_of(at), at.rsplit_once('.')) {
                (Origin::Default, Some((above, _))) => at = above,
                (Origin::Default, None) => break self.at.clone(),
                (known, _) => break known,
            }
        };
        self.push(setting, origin, message);
    }

    /// Notes a fault of the section itself, at its key.
    pub(super) fn refuse(&mut self, message: impl Into<String>) {
        self.push(self.path.clone(), self.at.clone(), message);
    }

    fn push(&mut self, setting: String, origin: Origin, message: impl Into<String>) {
        self.reader
            .faults
            .push(ConfigFault::invalid(setting, origin, message));
    }

    fn show(&mut self, key: &str, value: String, origin: Origin) {
        let setting = self.setting(key);
        self.reader.shown.push(Shown {
            setting,
            value,
            origin,
        });
    }

    fn parse<T: Setting>(
        &mut self,
        setting: String,
        text: &str,
        hide: bool,
        origin: Origin,
    ) -> Option<T> {
        match T::read(text) {
            Ok(value) => {
                self.reader.shown.push(Shown {
                    setting,
                    value: value.show(),
                    origin,
                });
                Some(value)
            }
            Err(expected) => {
                let message = format!("{} is not {expected}", quoted(text, hide));
                self.push(setting, origin, message);
                None
            }
        }
    }

    /// What is left over is unknown.
    fn end(self) {
        for (key, _) in self.entries {
            let message = format!("unknown key '{}'", key.text);
            let mut fault =
                ConfigFault::invalid(self.path.clone(), Origin::File(key.place), message);
            fault.help = nearest(&key.text, &self.known)
                .map(|near| format!("did you mean '{near}'?"))
                .or_else(|| Some(format!("known here: {}", self.known.join(", "))));
            self.reader.faults.push(fault);
        }
    }
}

fn quoted(text: &str, hide: bool) -> String {
    if hide {
        return "the value".to_owned();
    }
    let short: String = text.chars().take(60).collect();
    format!("'{}'", short.escape_debug())
}

/// The known key that was probably meant.
fn nearest(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = |text: &str| text.replace('_', "-").to_lowercase();
    let key = plain(&key.chars().take(64).collect::<String>());
    known
        .iter()
        .map(|it| (strsim::damerau_levenshtein(&key, &plain(it)), *it))
        .filter(|(distance, it)| *distance <= (it.len() / 3).clamp(1, 3))
        .min()
        .map(|(_, it)| it)
}
