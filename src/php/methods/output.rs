//! `passthrough`.

use super::{Done, own_name};
use crate::error::{Error, Result as ClusterResult};
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::{convert, output, request};
use crate::storage::Name;
use crate::storage::chunks::Reader;

/// `passthrough( $offset = 0, $length = false )`
pub fn passthrough(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    let offset = convert::int(call, 0)?;
    let length = if convert::is_absent(call.arg(1)) {
        None
    } else {
        Some(convert::int(call, 1)?)
    };
    let reader = open(&name, offset, length).map_err(|error| Failure::with(name.bytes(), &error))?;
    let sent = output::send(reader, Failure::with)?;
    call.answer_bool(sent);
    Ok(())
}

fn open(name: &Name, offset: i64, length: Option<i64>) -> ClusterResult<Reader> {
    let part = |what: &str, value: i64| {
        u64::try_from(value).map_err(|_| Error::Refused(format!("the {what} {value} is negative")))
    };
    let offset = part("offset", offset)?;
    let length = length.map(|length| part("length", length)).transpose()?;
    let store = request::store()?;
    let opened = if offset == 0 && length.is_none() {
        store.open(name)?
    } else {
        store.open_range(name, offset, length)?
    };
    request::remember(name, opened.as_ref().map(Reader::share_metadata));
    opened.ok_or(Error::NotFound)
}
