//! Zend values to Rust and back, with the coercions that PHP code would have had.

use ext_php_rs::boxed::ZBox;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, ZendStr, Zval};

use super::bailout::guarded;
use super::call::Call;
use super::errors::Failure;
use super::known::{self, Field, Known};
use super::value::Value;
use super::zend;
use crate::handler::expiry::Time;
use crate::storage::{Metadata, Name};

/// Bytes that belong to an argument, or to a conversion of it.
pub enum Bytes<'a> {
    /// The argument's own.
    Borrowed(&'a [u8]),
    /// Made for this call.
    Owned(ZBox<ZendStr>),
}

impl Bytes<'_> {
    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(text) => text.as_bytes(),
        }
    }
}

/// False or null: what the kernel passes for "not given".
pub fn is_absent(value: Option<&Zval>) -> bool {
    value.is_none_or(|value| value.is_null() || value.is_false())
}

/// The argument as bytes, where a text is needed: null and false are empty.
pub fn text(call: &Call<'_>, index: usize) -> Result<Vec<u8>, Failure> {
    let Some(value) = call.arg(index) else {
        return Ok(Vec::new());
    };
    text_of(value).ok_or_else(|| wrong_type(call, index, "string", value))?
}

/// As [`text`], with a default for false and null.
pub fn text_or(call: &Call<'_>, index: usize, default: &[u8]) -> Result<Vec<u8>, Failure> {
    if is_absent(call.arg(index)) {
        Ok(default.to_vec())
    } else {
        text(call, index)
    }
}

/// A value as bytes, none when its type has no place there.
pub fn text_of(value: &Zval) -> Option<Result<Vec<u8>, Failure>> {
    if let Some(text) = value.zend_str() {
        return Some(Ok(text.as_bytes().to_vec()));
    }
    if value.is_null() || value.is_false() {
        return Some(Ok(Vec::new()));
    }
    is_text(value).then(|| {
        zend::to_string(value)
            .map(|text| text.as_bytes().to_vec())
            .ok_or(Failure::Pending)
    })
}

/// PHP takes the value where it wants a string.
fn is_text(value: &Zval) -> bool {
    !value.is_array()
        && !value.is_resource()
        && value
            .object()
            .is_none_or(|object| object.instance_of(ext_php_rs::zend::ce::stringable()))
}

/// The argument as contents: numbers, booleans, null and objects with a string form are cast as
/// PHP casts them.
pub fn contents<'a>(call: &Call<'a>, index: usize) -> Result<Bytes<'a>, Failure> {
    let Some(value) = call.arg(index) else {
        return Ok(Bytes::Borrowed(&[]));
    };
    if let Some(text) = value.zend_str() {
        return Ok(Bytes::Borrowed(text.as_bytes()));
    }
    if !is_text(value) {
        return Err(wrong_type(call, index, "string", value));
    }
    zend::to_string(value).map(Bytes::Owned).ok_or(Failure::Pending)
}

/// The argument as an integer, with PHP's coercions: "12" is 12, true is 1, false and null are 0.
pub fn int(call: &Call<'_>, index: usize) -> Result<i64, Failure> {
    let Some(value) = call.arg(index) else {
        return Ok(0);
    };
    number(value).ok_or_else(|| wrong_type(call, index, "int", value))
}

/// An integer, or what PHP takes for one. As in calculations of PHP scripts, which go on with floating-point numbers where
/// integers end: fractions are cut off, and what is too large or too small is the largest or smallest integer.
pub fn number(value: &Zval) -> Option<i64> {
    match time_of(value)? {
        Time::Null => Some(0),
        Time::Bool(value) => Some(i64::from(value)),
        Time::Int(value) => Some(value),
        #[allow(clippy::cast_possible_truncation)]
        Time::Float(value) => (!value.is_nan()).then_some(value as i64),
    }
}

/// The argument as a time to compare.
pub fn time(call: &Call<'_>, index: usize) -> Result<Time, Failure> {
    let Some(value) = call.arg(index) else {
        return Ok(Time::Null);
    };
    time_of(value).ok_or_else(|| wrong_type(call, index, "int", value))
}

fn time_of(value: &Zval) -> Option<Time> {
    if value.is_null() {
        return Some(Time::Null);
    }
    if let Some(value) = value.bool() {
        return Some(Time::Bool(value));
    }
    if let Some(value) = value.long() {
        return Some(Time::Int(value));
    }
    if let Some(value) = value.double() {
        return Some(Time::Float(value));
    }
    let text = std::str::from_utf8(value.zend_str()?.as_bytes()).ok()?.trim();
    if text.is_empty() {
        return Some(Time::Null);
    }
    // Rust takes "inf" and "nan" for numbers, PHP does not.
    if text
        .bytes()
        .any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E'))
    {
        return None;
    }
    text.parse()
        .map(Time::Int)
        .or_else(|_| text.parse::<f64>().map(Time::Float))
        .ok()
}

/// The values of an array argument as texts.
pub fn texts(call: &Call<'_>, index: usize) -> Result<Vec<Vec<u8>>, Failure> {
    let Some(value) = call.arg(index) else {
        return Ok(Vec::new());
    };
    let Some(array) = value.array() else {
        return Err(wrong_type(call, index, "array", value));
    };
    zend::values(array)
        .map(|item| {
            let item = item.dereference();
            text_of(item).ok_or_else(|| wrong_type(call, index, "array of strings", item))?
        })
        .collect()
}

/// `TypeError` for an argument, in the engine's words.
pub fn wrong_type(call: &Call<'_>, index: usize, wanted: &str, given: &Zval) -> Failure {
    Failure::Type(format!(
        "{}(): Argument #{} (${}) must be of type {wanted}, {} given",
        call.function(),
        index + 1,
        call.parameter(index),
        type_name(given)
    ))
}

/// What PHP calls the type of a value.
fn type_name(value: &Zval) -> String {
    match value.get_type() {
        DataType::Undef | DataType::Null => "null".into(),
        DataType::False | DataType::True | DataType::Bool => "bool".into(),
        DataType::Long => "int".into(),
        DataType::Double => "float".into(),
        DataType::String => "string".into(),
        DataType::Array => "array".into(),
        DataType::Resource => "resource".into(),
        _ => value
            .object()
            .and_then(|object| object.get_class_name().ok())
            .unwrap_or_else(|| "mixed".into()),
    }
}

/// Bytes of a value that outlives its array: a counted reference, or bytes of our own.
pub enum Text {
    /// A PHP string.
    Php(Zval),
    /// Bytes made here.
    Own(Vec<u8>),
}

impl Text {
    /// The bytes of a string, or of what PHP takes for one; none for other types and null.
    pub fn of(value: &Zval) -> Option<Self> {
        if value.is_string() {
            return Some(Self::Php(value.shallow_clone()));
        }
        if value.is_null() || value.is_bool() {
            return None;
        }
        text_of(value)?.ok().map(Self::Own)
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        match self {
            Self::Php(value) => value.zend_str().map_or(&[], |text| text.as_bytes()),
            Self::Own(bytes) => bytes,
        }
    }
}

/// Extra data for a callback with `noCache` set to true: an array, made of nothing if there was
/// none. Other values have no place for it.
pub fn with_no_cache(extra: Option<&Zval>) -> Value {
    if let Some(other) = extra.filter(|extra| !extra.is_array()) {
        return other.shallow_clone().into();
    }
    let made = made(|| {
        let mut array = extra
            .and_then(Zval::array)
            .map_or_else(ZendHashTable::new, ToOwned::to_owned);
        let mut yes = Zval::new();
        yes.set_bool(true);
        put(&mut array, "noCache", yes);
        table(array)
    });
    made.into()
}

/// A value that takes memory of the request to make; null when there is not enough, and the request is
/// about to end.
pub fn made(make: impl FnOnce() -> Zval) -> Zval {
    guarded(make).unwrap_or_else(Zval::null)
}

/// An array as a value.
pub fn table(array: ZBox<ZendHashTable>) -> Zval {
    let mut value = Zval::new();
    value.set_hashtable(array);
    value
}

/// Sets a value to a string of bytes.
pub fn set_bytes(value: &mut Zval, bytes: &[u8]) {
    if let Some(text) = guarded(|| ZendStr::new(bytes, false)) {
        value.set_zend_string(text);
    }
}

/// A string value.
pub fn bytes_value(bytes: &[u8]) -> Zval {
    let mut value = Zval::new();
    set_bytes(&mut value, bytes);
    value
}

/// Adds a string of bytes to a list. To be called under a guard.
///
/// # Errors
/// The list takes no more.
pub fn push_bytes(list: &mut ZendHashTable, bytes: &[u8]) -> ext_php_rs::error::Result<()> {
    let mut value = Zval::new();
    value.set_zend_string(ZendStr::new(bytes, false));
    list.push(value)
}

/// An integer value.
pub fn int_value(int: i64) -> Zval {
    let mut value = Zval::new();
    value.set_long(int);
    value
}

/// Adds an element under a text key.
pub fn put(array: &mut ZendHashTable, key: &str, value: Zval) {
    // Fails for keys with NUL bytes alone: ours are constants.
    let _ = array.insert(ArrayKey::Str(key), value);
}

/// Metadata of a name as PHP code sees it: an array, or false when there is no such file.
pub fn set_metadata(value: &mut Zval, name: &Name, metadata: Option<&Metadata>) {
    let Some(metadata) = metadata else {
        value.set_bool(false);
        return;
    };
    let datatype = (Known::Datatype, Field::Bytes(metadata.datatype()));
    let own_name = (Known::Name, Field::Bytes(metadata.name()));
    let name_hash = (Known::NameHash, Field::Bytes(name.digits()));
    let scope = (Known::Scope, Field::Bytes(metadata.scope()));
    let size = (Known::Size, Field::Int(metadata.size.cast_signed()));
    let mtime = (Known::Mtime, Field::Int(metadata.mtime));
    *value = match metadata.name_trunk() {
        None => {
            let id = (Known::Id, Field::Int(metadata.number().cast_signed()));
            known::array(&[id, datatype, own_name, name_hash, scope, size, mtime])
        }
        Some(trunk) => {
            let name_trunk = (Known::NameTrunk, Field::Bytes(trunk));
            let expired = (Known::Expired, Field::Int(metadata.is_expired().into()));
            known::array(&[
                datatype, own_name, name_hash, name_trunk, expired, scope, size, mtime,
            ])
        }
    };
}
