//! Classes of data, as policies name them.

use std::sync::Arc;

use super::Report;

impl Report {
    /// What was found, as policies name it: the families (`PII`, `SECRET`), the types (`EMAIL`), the
    /// categories (`INJECTION`). Each once, sorted.
    pub fn classes(&self) -> Vec<Arc<str>> {
        let mut classes: Vec<Arc<str>> = self.entities.keys().cloned().collect();
        classes.extend(self.pii.then(|| Arc::from("PII")));
        classes.extend(self.secrets.then(|| Arc::from("SECRET")));
        let categories = self.detections.iter().map(|it| it.category.as_str());
        classes.extend(categories.map(Arc::from));
        classes.sort_unstable();
        classes.dedup();
        classes
    }
}
