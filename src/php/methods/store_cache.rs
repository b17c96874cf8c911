//! `storeCache`: what a generator made goes into the cluster, and the generation ends.

use ext_php_rs::types::Zval;

use super::generation;
use super::store::{UNKNOWN_DATATYPE, UNKNOWN_SCOPE, now};
use super::{Done, local_path, own_name, own_path};
use crate::error::Result as ClusterResult;
use crate::handler::local;
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::value::Value;
use crate::php::{convert, errors, fetched, kernel, request, zend};
use crate::storage::claims;
use crate::storage::source::Memory;
use crate::storage::write::{Description, Stored};
use crate::storage::{Metadata, MetadataRow, Name};

/// What a generator made.
pub struct Made {
    /// What the caller gets.
    pub result: Value,
    /// What is stored.
    bytes: convert::Text,
    scope: Vec<u8>,
    datatype: Vec<u8>,
    store: bool,
}

impl Made {
    /// A string is the data; an array has `content` and/or `binarydata`, and maybe `scope`,
    /// `datatype`, `store`. None when there is neither of the former.
    pub fn of(value: &Zval) -> Result<Option<Self>, Failure> {
        let plain = |result: &Zval, bytes| Self {
            result: result.shallow_clone().into(),
            bytes,
            scope: UNKNOWN_SCOPE.to_vec(),
            datatype: UNKNOWN_DATATYPE.to_vec(),
            store: true,
        };
        let Some(array) = value.array() else {
            return Ok(convert::Text::of(value).map(|bytes| plain(value, bytes)));
        };
        let field = |key: &str| {
            array
                .get(key)
                .map(Zval::dereference)
                .filter(|value| !value.is_null())
        };
        let (content, data) = (field("content"), field("binarydata"));
        let Some(result) = content.or(data) else {
            return Ok(None);
        };
        let bytes = match data {
            Some(data) => convert::Text::of(data).ok_or(Failure::Type(
                "storeCache(): binarydata must be of type string".into(),
            ))?,
            None => exported(result)?,
        };
        let mut made = plain(result, bytes);
        let text = |key| field(key).and_then(convert::text_of).transpose();
        made.scope = text("scope")?.unwrap_or(made.scope);
        made.datatype = text("datatype")?.unwrap_or(made.datatype);
        made.store = field("store").is_none_or(zend::is_true);
        Ok(Some(made))
    }

    fn description(&self) -> Description<'_> {
        Description {
            datatype: &self.datatype,
            scope: &self.scope,
            mtime: now(),
        }
    }
}

/// PHP code that gives a value back when it is included.
fn exported(value: &Zval) -> Result<convert::Text, Failure> {
    let mut to_text = Zval::new();
    to_text.set_bool(true);
    let code = zend::call(
        &convert::bytes_value(b"var_export"),
        [value.shallow_clone(), to_text],
    )
    .ok_or(Failure::Pending)?;
    let code = code.zend_str().map_or(&[][..], |code| code.as_bytes());
    Ok(convert::Text::Own(
        [b"<?php return ".as_slice(), code, b"; ?>\n"].concat(),
    ))
}

/// A generator made nothing that could be stored.
pub fn nothing_made(name: &[u8]) -> Failure {
    Failure::Null(format!(
        "{}: neither content nor binarydata was made; nothing was stored",
        String::from_utf8_lossy(name)
    ))
}

/// `storeCache( $fileData )`
pub fn store_cache(call: &mut Call<'_>) -> Done {
    let Some(data) = call.arg(0) else { return Ok(()) };
    store(call, data)
}

/// Stores what a generator made, unless it says otherwise or the claim was lost, ends the
/// generation, and leaves a local copy.
pub fn store(call: &mut Call<'_>, data: &Zval) -> Done {
    let path = own_path(call)?;
    // May run PHP code; the claim is still on the list then.
    let made = Made::of(data);
    let Some(path) = path else {
        // Content that belongs to no file goes to who made it.
        let made = made?.ok_or_else(|| nothing_made(b"the object has no path"))?;
        call.answer_with(made.result);
        return Ok(());
    };
    if zend::exception_pending() {
        generation::give_up(call, &path);
        return Err(Failure::Pending);
    }
    if let Some(this) = call.this()
        && let Some(method) = zend::overridden(this, "endcachegeneration")
        && let Ok(Some(made)) = &made
        && made.store
        && let Some(open) = own_path(call)?.and_then(|path| generation::held(call, &path))
        && !request::is_refused_to_store(zend::handle(this), open.claim.real())
    {
        return store_and_end(call, open, made, || method.call(this, []));
    }
    // From here until the claim has ended, no PHP code runs: if it ended the request, nobody would know
    // of the claim any more.
    let clock = kernel::start_clock();
    if zend::exception_pending() {
        generation::give_up(call, &path);
        return Err(Failure::Pending);
    }
    let done = end_with(call, made);
    // An exception on its way keeps other PHP code from running: the clock then is not stopped.
    if clock && !zend::exception_pending() {
        kernel::stop_clock();
    }
    let (name, made, outcome) = done?;
    call.answer_with(made.result.shallow_clone().into());
    tell(name, outcome, made.datatype)
}

/// Ends the generation with what was made, which is stored where that is wanted, and may be.
fn end_with(call: &Call<'_>, made: Result<Option<Made>, Failure>) -> Result<(Name, Made, Outcome), Failure> {
    // Under the name of a claim that is not this process's (any more), nothing is stored.
    let lost = own_path(call)?
        .is_some_and(|path| claims::is_generating(&path) && generation::held(call, &path).is_none());
    let open = generation::take(call)?;
    let name = match &open {
        Some(open) => open.claim.real().clone(),
        None => own_name(call)?,
    };
    let refused = call.this().is_some_and(|this| {
        let object = zend::handle(this);
        let refused = request::is_refused_to_store(object, &name);
        request::may_store(object, &name);
        refused
    });
    let release = || open.as_ref().map_or(Ok(()), open_release);
    match made {
        Ok(Some(made)) => {
            let outcome = if made.store && !lost && !refused {
                store_made(&name, open.as_ref(), &made)
            } else {
                release().map(|()| None)
            };
            Ok((name, made, outcome))
        }
        Ok(None) => {
            let _ = release();
            Err(nothing_made(name.bytes()))
        }
        Err(failure) => {
            let _ = release();
            Err(failure)
        }
    }
}

/// What came of storing: none when the claim was lost, else the version and its local copy.
type Outcome = ClusterResult<Option<(Stored, ClusterResult<()>)>>;

/// Tells PHP code what it should know about it.
fn tell(name: Name, outcome: Outcome, datatype: Vec<u8>) -> Done {
    match outcome {
        Ok(None) => Ok(()),
        Ok(Some((stored, copied))) => {
            if copied.is_ok() {
                fetched::replaced(name.bytes());
            }
            if stored.datatype_replaced && !zend::exception_pending() {
                errors::warn(&errors::datatype_replaced(name.bytes(), &datatype));
            }
            match copied {
                Err(error) if !zend::exception_pending() => errors::tell(Failure::with(name.bytes(), &error)),
                _ => Ok(()),
            }
        }
        Err(error) => errors::tell(Failure::with(name.bytes(), &error)),
    }
}

/// For a subclass that ends generations in its own way: what was made is kept under the claim's
/// name, and the subclass is asked to end.
fn store_and_end(
    call: &mut Call<'_>,
    open: request::OpenClaim,
    made: &Made,
    end: impl FnOnce() -> Value,
) -> Done {
    let name = open.claim.real().clone();
    let mut claim = open.claim;
    let kept = open.store.keep(
        &mut claim,
        made.description(),
        &mut Memory::new(made.bytes.as_slice()),
    );
    call.answer_with(made.result.shallow_clone().into());
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => {
            let open = generation::take(call)?;
            let _ = open.map_or(Ok(()), |open| open_release(&open));
            return tell(name, Err(error), Vec::new());
        }
    };
    let generating = claim.generating().clone();
    request::update_claim(claim);
    let ended = end();
    if zend::exception_pending() {
        generation::give_up(call, generating.bytes());
        return Err(Failure::Pending);
    }
    if !ended.is_true() {
        return Ok(());
    }
    let metadata = Metadata::from(MetadataRow {
        name: name.bytes(),
        ..kept.metadata.row()
    });
    let copied = copy_locally(&name, made, &metadata);
    let stored = Stored {
        metadata,
        datatype_replaced: kept.datatype_replaced,
    };
    tell(name, Ok(Some((stored, copied))), made.datatype.clone())
}

fn open_release(open: &request::OpenClaim) -> ClusterResult<()> {
    open.store.release(&open.claim)
}

/// Stores, and writes the local copy.
fn store_made(name: &Name, open: Option<&request::OpenClaim>, made: &Made) -> Outcome {
    let mut source = Memory::new(made.bytes.as_slice());
    let stored = match open {
        Some(open) => open
            .store
            .finish_with(&open.claim, made.description(), &mut source),
        None => request::store()?
            .put(name, made.description(), &mut source)
            .map(Some),
    };
    request::forget(name);
    let Some(stored) = stored? else {
        let name = String::from_utf8_lossy(name.bytes());
        kernel::debug(
            || format!("{name}: the claim was lost, nothing is stored"),
            &zend::running_function(),
        );
        return Ok(None);
    };
    let copied = copy_locally(name, made, &stored.metadata);
    Ok(Some((stored, copied)))
}

fn copy_locally(name: &Name, made: &Made, metadata: &Metadata) -> ClusterResult<()> {
    let path = local_path(name.bytes())?;
    local::write_bytes(&path, made.bytes.as_slice(), metadata, request::modes())
}
