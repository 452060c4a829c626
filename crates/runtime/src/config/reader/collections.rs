//! Lists, and sections whose keys are names that their writer chooses.

use std::collections::BTreeMap;

use super::super::merge::join;
use super::super::place::Origin;
use super::super::value::{Setting, quote};
use super::super::yaml::{Data, Key, Node};
use super::{Section, quoted};

impl<'e> Section<'_, 'e> {
    /// Reads a list. `None` when it does not stand, or when it is faulty.
    pub(in super::super) fn list<T: Setting>(&mut self, key: &'static str) -> Option<Vec<T>> {
        let setting = self.setting(key);
        let (key_place, node) = self.take(key)?;
        let found = node.kind();
        let Data::List(items) = node.data else {
            let message = format!("this must be a list, not {found}");
            self.push(setting, Origin::File(key_place), message);
            return None;
        };
        let mut values = Vec::with_capacity(items.len());
        let mut sound = true;
        for (index, item) in items.into_iter().enumerate() {
            match self.item(format!("{setting}.{index}"), item) {
                Some(value) => values.push(value),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        self.show(key, shown(&values), Origin::File(key_place));
        Some(values)
    }

    fn item<T: Setting>(&mut self, setting: String, item: Node) -> Option<T> {
        let Data::Scalar {
            text, substituted, ..
        } = item.data
        else {
            let message = "each item of this list must be a single value";
            self.push(setting, Origin::File(item.place), message);
            return None;
        };
        match T::read(&text) {
            Ok(value) => Some(value),
            Err(expected) => {
                let what = quoted(&text, substituted || T::SECRET);
                let message = format!("{what} is not {expected}");
                self.push(setting, Origin::File(item.place), message);
                None
            }
        }
    }

    /// Reads a list, `default` when it does not stand.
    pub(in super::super) fn list_or<T: Setting>(
        &mut self,
        key: &'static str,
        default: Vec<T>,
    ) -> Vec<T> {
        let stands = self.stands(key);
        match self.list(key) {
            Some(values) => values,
            None => {
                if !stands {
                    self.show(key, shown(&default), Origin::Default);
                }
                default
            }
        }
    }

    /// Reads a single value or a list of them. `None` when it does not stand, or is faulty.
    pub(in super::super) fn one_or_more<T: Setting>(
        &mut self,
        key: &'static str,
    ) -> Option<Vec<T>> {
        let is_list =
            |(it, node): &(Key, Node)| it.text == key && matches!(node.data, Data::List(_));
        let overridden = self.reader.override_of(&self.setting(key)).is_some();
        if !overridden && self.entries.iter().any(is_list) {
            return self.list(key);
        }
        self.value(key).map(|value| vec![value])
    }

    /// Reads a list of sections. `None` when it does not stand, or is no list; an item for which
    /// `read` has nothing is left out, and a fault says why.
    pub(in super::super) fn sections<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Section<'_, 'e>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let setting = self.setting(key);
        let (key_place, node) = self.take(key)?;
        let found = node.kind();
        let Data::List(items) = node.data else {
            let message = format!("this must be a list of sections, not {found}");
            self.push(setting, Origin::File(key_place), message);
            return None;
        };
        if items.is_empty() {
            self.show(key, "[]".to_owned(), Origin::File(key_place));
        }
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let at = Origin::File(item.place.clone());
            values.extend(self.inner(format!("{setting}.{index}"), at, item, &mut read));
        }
        Some(values)
    }

    /// Reads a section of sections, each under a name that its writer chose.
    pub(in super::super) fn named<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&str, &mut Section<'_, 'e>) -> Option<T>,
    ) -> Vec<T> {
        let setting = self.setting(key);
        let mut values = Vec::new();
        for (name, node) in self.take_names(key) {
            let path = join(&setting, &quote(&name.text));
            let at = Origin::File(name.place);
            values.extend(self.inner(path, at, node, |section| read(&name.text, section)));
        }
        values
    }

    /// Reads a section of single values, each under a name that its writer chose.
    pub(in super::super) fn named_values<T: Setting>(
        &mut self,
        key: &'static str,
    ) -> BTreeMap<String, T> {
        let setting = self.setting(key);
        let mut values = BTreeMap::new();
        for (name, node) in self.take_names(key) {
            let path = join(&setting, &quote(&name.text));
            if let Some(value) = self.single(path, name.place, node) {
                values.insert(name.text, value);
            }
        }
        values
    }

    fn take_names(&mut self, key: &'static str) -> Vec<(Key, Node)> {
        let setting = self.setting(key);
        let Some((key_place, node)) = self.take(key) else {
            return Vec::new();
        };
        if node.is_null() {
            return Vec::new();
        }
        let found = node.kind();
        let Data::Map(entries) = node.data else {
            let message = format!("this must be a section with keys, not {found}");
            self.push(setting, Origin::File(key_place), message);
            return Vec::new();
        };
        if entries.is_empty() {
            self.show(key, "{}".to_owned(), Origin::File(key_place));
        }
        entries
    }

    fn inner<T>(
        &mut self,
        path: String,
        at: Origin,
        node: Node,
        read: impl FnOnce(&mut Section<'_, 'e>) -> Option<T>,
    ) -> Option<T> {
        if !node.is_null() && !matches!(node.data, Data::Map(_)) {
            let message = format!("this must be a section with keys, not {}", node.kind());
            self.push(path, Origin::File(node.place), message);
            return None;
        }
        let mut section = Section {
            reader: self.reader,
            path,
            at: Origin::Default,
            entries: Vec::new(),
            known: Vec::new(),
        };
        section.fill(node, at);
        let value = read(&mut section);
        section.end();
        value
    }
}

fn shown<T: Setting>(values: &[T]) -> String {
    let shown: Vec<_> = values.iter().map(Setting::show).collect();
    format!("[{}]", shown.join(", "))
}
