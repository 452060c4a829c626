-- What only the administration knew of an earlier form, such as who wrote it.
ALTER TABLE resource_versions ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
