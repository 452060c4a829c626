//! `sprintf`, with bounds on widths and on what comes out.

use std::iter::Peekable;
use std::str::Chars;

use regorus::Value;

use super::{Patterns, bounded, text, texts};

/// The widest padding and the most digits.
const WIDEST: usize = 256;

const NAME: &str = "sprintf";

/// How a value is written: `%[-][0][width][.digits]verb`.
#[derive(Default)]
struct Form {
    left: bool,
    zeros: bool,
    width: usize,
    digits: Option<usize>,
    verb: char,
}

pub(super) fn sprintf(_: &Patterns, values: &[Value]) -> Result<Value, String> {
    let form = text(NAME, values.first())?;
    let Some(Value::Array(arguments)) = values.get(1) else {
        return Err(format!("{NAME} wants a list of values"));
    };
    let mut arguments = arguments.iter();
    let mut made = String::new();
    let mut letters = form.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            made.push(letter);
            continue;
        }
        let form = read(&mut letters)?;
        if form.verb == '%' {
            made.push('%');
            continue;
        }
        let value = arguments
            .next()
            .ok_or_else(|| format!("{NAME} has fewer values than verbs"))?;
        write(&mut made, &form, value)?;
        bounded(NAME, made.len())?;
    }
    match arguments.next() {
        Some(_) => Err(format!("{NAME} has more values than verbs")),
        None => Ok(Value::from(made)),
    }
}

fn read(letters: &mut Peekable<Chars<'_>>) -> Result<Form, String> {
    let mut form = Form::default();
    while let Some(flag) = letters.next_if(|it| matches!(it, '-' | '0' | '+' | ' ' | '#')) {
        form.left |= flag == '-';
        form.zeros |= flag == '0';
    }
    form.width = number(letters)?.unwrap_or(0);
    if letters.next_if_eq(&'.').is_some() {
        form.digits = Some(number(letters)?.unwrap_or(0));
    }
    form.verb = letters
        .next()
        .ok_or_else(|| format!("{NAME} has a % without a verb at its end"))?;
    Ok(form)
}

fn number(letters: &mut Peekable<Chars<'_>>) -> Result<Option<usize>, String> {
    let mut number = None;
    while let Some(letter) = letters.next_if(char::is_ascii_digit) {
        let digit = usize::from(u8::try_from(letter).unwrap_or(b'0') - b'0');
        let more = number.unwrap_or(0) * 10 + digit;
        if more > WIDEST {
            return Err(format!("{NAME} pads to at most {WIDEST}"));
        }
        number = Some(more);
    }
    Ok(number)
}

fn write(made: &mut String, form: &Form, value: &Value) -> Result<(), String> {
    let text = match (form.verb, value) {
        ('s' | 'v', Value::String(text)) => match form.digits {
            Some(most) => text.chars().take(most).collect(),
            None => text.to_string(),
        },
        ('s' | 'v' | 't', _) | ('q', Value::String(_)) => texts::json(value)?,
        ('d', Value::Number(_)) => whole(value)?.to_string(),
        ('x', Value::Number(_)) => format!("{:x}", whole(value)?),
        ('X', Value::Number(_)) => format!("{:X}", whole(value)?),
        ('o', Value::Number(_)) => format!("{:o}", whole(value)?),
        ('b', Value::Number(_)) => format!("{:b}", whole(value)?),
        ('f' | 'F', Value::Number(_)) => {
            format!("{:.*}", form.digits.unwrap_or(6), float(value)?)
        }
        ('e', Value::Number(_)) => format!("{:e}", float(value)?),
        ('E', Value::Number(_)) => format!("{:E}", float(value)?),
        ('g' | 'G', Value::Number(_)) => float(value)?.to_string(),
        (verb, _) => return Err(format!("{NAME} can't write this value with %{verb}")),
    };
    pad(made, form, &text);
    Ok(())
}

fn pad(made: &mut String, form: &Form, text: &str) {
    let missing = form.width.saturating_sub(text.chars().count());
    let fill = |letter: char| std::iter::repeat_n(letter, missing);
    match (form.left, form.zeros) {
        (true, _) => {
            made.push_str(text);
            made.extend(fill(' '));
        }
        (false, true) => {
            let (sign, digits) = match text.strip_prefix('-') {
                Some(digits) => ("-", digits),
                None => ("", text),
            };
            made.push_str(sign);
            made.extend(fill('0'));
            made.push_str(digits);
        }
        (false, false) => {
            made.extend(fill(' '));
            made.push_str(text);
        }
    }
}

fn whole(value: &Value) -> Result<i64, String> {
    super::whole(NAME, Some(value))
}

fn float(value: &Value) -> Result<f64, String> {
    value
        .as_f64()
        .map_err(|_| format!("{NAME} can't write so large a number"))
}
