//! A file, read item by item without holding it.

use std::io::{BufRead, Read};

use super::{COLUMNS, Format, Item};
use crate::json::Json;
use crate::record::Record;

/// The longest record or manifest, in bytes.
const LONGEST: u64 = 64 << 20;

/// How much is looked at to tell the form.
const BEGINNING: u64 = 4096;

pub(super) struct Source<R> {
    /// The beginning that was looked at, then the rest.
    input: std::io::BufReader<std::io::Chain<std::io::Cursor<Vec<u8>>, R>>,
    format: Format,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Source<R> {
    /// Finds out the form. The error says why nothing can be checked.
    pub(super) fn open(mut reader: R) -> Result<Self, String> {
        let mut beginning = Vec::new();
        reader
            .by_ref()
            .take(BEGINNING)
            .read_to_end(&mut beginning)
            .map_err(|e| format!("The file can't be read: {e}."))?;
        let text = String::from_utf8_lossy(&beginning);
        let text = text.trim_start();
        let inner = text.strip_prefix('{').map(str::trim_start);
        let format = match inner {
            _ if text.is_empty() => return Err("The file is empty.".into()),
            Some(inner) if inner.starts_with("\"events\"") => Format::Json,
            Some(_) => Format::Ndjson,
            None if text.starts_with("seq,") => Format::Csv,
            None => return Err("The file is not an export of the audit log.".into()),
        };
        let input = std::io::Cursor::new(beginning).chain(reader);
        let mut source = Self {
            input: std::io::BufReader::with_capacity(1 << 16, input),
            format,
            line: 0,
            ended: false,
        };
        source.head()?;
        Ok(source)
    }

    /// Reads what stands before the first record.
    fn head(&mut self) -> Result<(), String> {
        match self.format {
            Format::Ndjson => Ok(()),
            Format::Csv => match self.csv_line()? {
                Some(names) if names == COLUMNS => Ok(()),
                _ => Err("The file's first line does not name an export's columns.".into()),
            },
            Format::Json => {
                let before: Vec<u8> = self.until(b'[')?;
                let plain: String = String::from_utf8_lossy(&before)
                    .split_whitespace()
                    .collect();
                if plain == "{\"events\":[" {
                    return Ok(());
                }
                Err("The file is not an export of the audit log.".into())
            }
        }
    }

    /// The next item; `None` at the end. The error says why no more can be read.
    pub(super) fn next(&mut self) -> Result<Option<Item>, String> {
        if self.ended {
            return Ok(None);
        }
        match self.format {
            Format::Ndjson => self.next_ndjson(),
            Format::Json => self.next_json(),
            Format::Csv => self.next_csv(),
        }
    }

    fn next_ndjson(&mut self) -> Result<Option<Item>, String> {
        loop {
            let bytes = self.until(b'\n')?;
            if bytes.is_empty() {
                return Ok(None);
            }
            self.line += 1;
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some(self.item(&bytes)));
            }
        }
    }

    fn next_json(&mut self) -> Result<Option<Item>, String> {
        let first = loop {
            match self.byte()? {
                None => return Err("the file ends before the list does".into()),
                Some(b',' | b' ' | b'\t' | b'\r' | b'\n') => {}
                Some(byte) => break byte,
            }
        };
        if first == b']' {
            return self.json_tail();
        }
        self.line += 1;
        let bytes = self.balanced(first)?;
        Ok(Some(self.item(&bytes)))
    }

    /// What stands after the list: the manifest and the document's end.
    fn json_tail(&mut self) -> Result<Option<Item>, String> {
        self.ended = true;
        let mut rest = Vec::new();
        let limited = self.input.by_ref().take(LONGEST).read_to_end(&mut rest);
        limited.map_err(|e| e.to_string())?;
        let text = String::from_utf8(rest).map_err(|e| e.to_string())?;
        let Some(text) = text.trim_start().strip_prefix(',') else {
            return Ok(None);
        };
        let tail = Json::parse(&format!("{{{text}"))?;
        match tail {
            Json::Object(members) if members.len() == 1 => Ok(tail_manifest(members)),
            _ => Err("something else than the manifest follows the list".into()),
        }
    }

    fn next_csv(&mut self) -> Result<Option<Item>, String> {
        let Some(mut fields) = self.csv_line()? else {
            return Ok(None);
        };
        if fields.first().is_some_and(|first| first == "manifest") {
            let json = Json::parse(&fields.pop().unwrap_or_default())?;
            return Ok(Some(Item::Manifest(json)));
        }
        Ok(Some(match Record::from_csv(fields) {
            Ok(record) => Item::Record(Box::new(record)),
            Err(why) => Item::Unreadable(format!("line {}", self.line), why),
        }))
    }

    /// The item in the text of one JSON object.
    fn item(&self, bytes: &[u8]) -> Item {
        let read = std::str::from_utf8(bytes)
            .map_err(|e| e.to_string())
            .and_then(|text| {
                let json = Json::parse(text)?;
                if let Json::Object(members) = &json
                    && let [(name, manifest)] = members.as_slice()
                    && name == "manifest"
                {
                    return Ok(Item::Manifest(manifest.clone()));
                }
                Ok(Item::Record(Box::new(Record::from_json(&json)?)))
            });
        let unit = if self.format == Format::Json {
            "element"
        } else {
            "line"
        };
        read.unwrap_or_else(|why| Item::Unreadable(format!("{unit} {}", self.line), why))
    }

    /// One JSON value that begins with `first`, by its brackets and quotes.
    fn balanced(&mut self, first: u8) -> Result<Vec<u8>, String> {
        let mut bytes = vec![first];
        let (mut depth, mut quoted, mut escaped) = (i64::from(first == b'{'), false, false);
        while depth > 0 {
            let byte = self.byte()?.ok_or("the file ends inside a record")?;
            bytes.push(byte);
            if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
                return Err("a record is too long".into());
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth -= 1,
                _ => {}
            }
        }
        Ok(bytes)
    }

    /// The fields of the next CSV line, which may span lines inside quotes.
    fn csv_line(&mut self) -> Result<Option<Vec<String>>, String> {
        let mut bytes = Vec::new();
        loop {
            let more = self.until(b'\n')?;
            self.line += 1;
            let ended = more.is_empty();
            bytes.extend(more);
            let quotes = bytes.iter().filter(|b| **b == b'"').count();
            if ended && quotes % 2 == 1 {
                return Err("a quoted field has no end".into());
            }
            if ended || quotes % 2 == 0 {
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let text = String::from_utf8(bytes).map_err(|e| e.to_string())?;
        Ok(Some(csv_fields(text.trim_end_matches(['\r', '\n']))))
    }

    fn byte(&mut self) -> Result<Option<u8>, String> {
        let buffer = self.input.fill_buf().map_err(|e| e.to_string())?;
        let byte = buffer.first().copied();
        if byte.is_some() {
            self.input.consume(1);
        }
        Ok(byte)
    }

    /// The bytes up to and with `end`, or up to the end of the file.
    fn until(&mut self, end: u8) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut limited = self.input.by_ref().take(LONGEST);
        limited
            .read_until(end, &mut bytes)
            .map_err(|e| e.to_string())?;
        if limited.limit() == 0 {
            return Err("a line is too long".into());
        }
        Ok(bytes)
    }
}

fn tail_manifest(members: Vec<(String, Json)>) -> Option<Item> {
    let (name, manifest) = members.into_iter().next()?;
    (name == "manifest").then_some(Item::Manifest(manifest))
}

/// The fields of one line (RFC 4180): quotes double inside quotes.
fn csv_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        let again = c == '"' && quoted && letters.peek() == Some(&'"');
        match c {
            '"' if again => {
                letters.next();
                push(&mut fields, '"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => push(&mut fields, c),
        }
    }
    fields
}

fn push(fields: &mut [String], c: char) {
    if let Some(field) = fields.last_mut() {
        field.push(c);
    }
}
