//! `processCache`, `processFile`: the driver of the machine in `handler/cache.rs`.

use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use ext_php_rs::types::Zval;

use super::generation::{self, Own, Wait, Wanted};
use super::store::now;
use super::store_cache::{Made, nothing_made, store};
use super::{Done, fetch, local_path, own_path, pending};
use crate::error::Error;
use crate::handler::cache::{Event, Generator, Machine, Step, WithoutStale, failure};
use crate::handler::expiry::{Time, is_expired};
use crate::handler::{local, path};
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::value::Value;
use crate::php::{convert, errors, failure_class, fetched, kernel, request, zend};
use crate::storage::chunks::Reader;
use crate::storage::claims::{POLL, Seen, generating, is_generating};
use crate::storage::{Metadata, Name};

/// The arguments that go on to the callbacks.
#[derive(Clone, Copy)]
struct Callbacks<'a> {
    retrieve: Option<&'a Zval>,
    generate: Option<&'a Zval>,
    extra: Option<&'a Zval>,
}

/// What is known about the file while the machine runs.
struct Run {
    name: Name,
    copy: PathBuf,
    metadata: Option<Rc<Metadata>>,
    ttl: Time,
    expiry: Time,
    now: i64,
    /// The request's memory of the file may be used.
    remembered: bool,
    /// Who makes the file here claims it, and so finds out what a look has missed.
    claims: bool,
    /// The next look may fetch what it finds: it is the first one, or the first after the lock of another maker.
    fetches: bool,
    /// What a look has missed was not looked for yet.
    looks_twice: bool,
    /// How the refused claim can be waited for.
    wait: Wait,
    /// The object has the claim, and its caller is to make the file.
    holds: bool,
    /// The claim was granted in this run.
    granted: bool,
    /// When waiting began.
    waiting: Option<Instant>,
    /// A claim that lasts longer counts no more.
    timeout: Duration,
    /// The callback that retrieves could not use the file.
    unusable: bool,
}

/// `processCache( $retrieveCallback, $generateCallback = null, $ttl = null, $expiry = null,
/// $extraData = null )`
pub fn process_cache(call: &mut Call<'_>) -> Done {
    let generator = match call.arg(1) {
        None => Generator::Caller,
        Some(generate) if generate.is_null() => Generator::Caller,
        Some(generate) if generate.is_false() => Generator::None,
        Some(_) => Generator::Callback,
    };
    let callbacks = Callbacks {
        retrieve: call.arg(0).filter(|retrieve| !convert::is_absent(Some(retrieve))),
        generate: call.arg(1),
        extra: call.arg(4).filter(|extra| !extra.is_null()),
    };
    let (ttl, expiry) = (convert::time(call, 2)?, convert::time(call, 3)?);
    process(call, callbacks, generator, ttl, expiry)
}

/// `processFile( $callback, $expiry = false, $extraData = null )`
pub fn process_file(call: &mut Call<'_>) -> Done {
    let callbacks = Callbacks {
        retrieve: call.arg(0),
        generate: None,
        extra: call.arg(2).filter(|extra| !extra.is_null()),
    };
    let expiry = convert::time(call, 1)?;
    process(call, callbacks, Generator::None, Time::Null, expiry)?;
    if failure_class::code_of(call.answer())?.is_some() {
        call.answer_with(Zval::null().into());
    }
    Ok(())
}

fn process(
    call: &mut Call<'_>,
    callbacks: Callbacks<'_>,
    generator: Generator,
    ttl: Time,
    expiry: Time,
) -> Done {
    for (index, callback) in [(0, callbacks.retrieve), (1, callbacks.generate)] {
        if let Some(callback) = callback.filter(|_| index == 0 || generator == Generator::Callback)
            && !zend::is_callable(callback)
        {
            pending()?;
            return Err(convert::wrong_type(call, index, "callable", callback));
        }
    }
    failure_class::provide()?;
    let Some(mut path) = own_path(call)? else {
        return fail(call, failure::CONTENT_GENERATE, "the object has no path");
    };
    let mut has_claim = false;
    if is_generating(&path) {
        // While the object is making the file, its path is the claim's.
        if let Some(open) = generation::held(call, &path) {
            path = open.claim.real().bytes().to_vec();
            has_claim = true;
        } else {
            generation::settle(call)?;
            path = own_path(call)?.unwrap_or(path);
        }
    }
    let configuration = request::configuration().map_err(|error| Failure::with(&path, &error))?;
    let without_stale: WithoutStale = configuration.without_stale(path::cache_type(&path));
    let timeout = Duration::from_secs(configuration.generation_timeout.unsigned_abs());
    drop(configuration);
    let copy = local_path(&path).map_err(|error| Failure::with(&path, &error))?;
    let (mut machine, step) = Machine::start(true, callbacks.retrieve.is_some(), generator, without_stale);
    let claims = generator == Generator::Callback
        && call
            .this()
            .is_none_or(|this| zend::overridden(this, "startcachegeneration").is_none());
    let mut run = Run {
        name: Name::new(&path),
        copy,
        metadata: None,
        ttl: none_if_negative(ttl),
        expiry: none_if_negative(expiry),
        now: now(),
        remembered: true,
        claims,
        fetches: true,
        looks_twice: claims,
        wait: Wait::Look,
        holds: has_claim && generator == Generator::Caller,
        granted: false,
        waiting: None,
        timeout,
        unusable: false,
    };
    let done = drive(call, callbacks, generator, &mut machine, step, &mut run);
    if run.granted && matches!(done, Err(Failure::Pending)) {
        // Whatever PHP code throws on the way, the claim ends.
        generation::give_up(call, generating(&run.name).bytes());
    }
    done
}

/// Takes step after step to the end.
fn drive(
    call: &mut Call<'_>,
    callbacks: Callbacks<'_>,
    generator: Generator,
    machine: &mut Machine,
    mut step: Step,
    run: &mut Run,
) -> Done {
    let mut last = None;
    loop {
        let event = match step {
            Step::Look => kernel::timed(|| look(run))?,
            Step::Fetch => kernel::timed(|| fetch_copy(run))?,
            Step::Retrieve => {
                let mtime = run
                    .metadata
                    .as_ref()
                    .map_or(0, |metadata| metadata.mtime.saturating_abs());
                retrieve(call, callbacks, run, mtime)?
            }
            Step::RetrieveStale => {
                let now = run.now;
                retrieve(call, callbacks, run, now)?
            }
            Step::Claim => claim(call, run, callbacks.retrieve.is_some())?,
            Step::FindStale => kernel::timed(|| find_stale(run))?,
            Step::Wait => wait(run)?,
            Step::Generate => return generate(call, callbacks, run),
            Step::GenerateOnly => return generate_only(call, callbacks, run),
            Step::Return => return Ok(()),
            Step::Fail(code) => {
                let may_store = matches!(last, Some(Event::Claimed | Event::Unclaimable));
                if generator == Generator::Caller && code == failure::CONTENT_GENERATE && !may_store {
                    refuse_to_store(call, run);
                }
                let text = format!(
                    "{}: nothing can be retrieved",
                    String::from_utf8_lossy(run.name.bytes())
                );
                return fail(call, code, &text);
            }
            Step::Broken(code) => {
                let name = String::from_utf8_lossy(run.name.bytes()).into_owned();
                call.answer_with(Zval::null().into());
                return Err(Failure::Null(format!(
                    "{name}: the callback that retrieves failed with the unknown code {code}"
                )));
            }
        };
        run.granted |= event == Event::Claimed && !run.holds;
        last = Some(event);
        step = machine.next(event);
        kernel::debug(
            || {
                format!(
                    "{}: {event:?}, so {step:?}",
                    String::from_utf8_lossy(run.name.bytes())
                )
            },
            "eZDBFileHandler::processCache",
        );
        pending()?;
    }
}

/// Whoever makes the file now must not store it.
fn refuse_to_store(call: &Call<'_>, run: &Run) {
    if let Some(this) = call.this() {
        request::refuse_to_store(zend::handle(this), &run.name);
    }
}

/// Kernels write "no limit" as null, as −1, or as any negative number.
fn none_if_negative(time: Time) -> Time {
    match time {
        Time::Int(value) if value < 0 => Time::Null,
        Time::Float(value) if value < 0.0 => Time::Null,
        other => other,
    }
}

/// Answers with a failure object.
fn fail(call: &mut Call<'_>, code: i64, text: &str) -> Done {
    call.answer_with(failure_class::make(code, text)?);
    Ok(())
}

/// Tells about an error that the machine survives.
fn survive(run: &Run, error: &Error) -> Done {
    errors::tell(Failure::with(run.name.bytes(), error))
}

fn look(run: &mut Run) -> Result<Event, Failure> {
    let copy = std::fs::metadata(&run.copy).ok();
    let is_there = copy.as_ref().is_some_and(std::fs::Metadata::is_file);
    let remembered = std::mem::take(&mut run.remembered);
    if std::mem::take(&mut run.fetches)
        && run.claims
        && !is_there
        && !(remembered && request::remembers_version(&run.name))
    {
        return look_and_fetch(run);
    }
    let found = if remembered {
        request::version(&run.name)
    } else {
        request::store().and_then(|store| request::fresh_version(&store, &run.name))
    };
    match found {
        Ok(metadata) => run.metadata = metadata,
        Err(error) => {
            run.metadata = None;
            survive(run, &error)?;
        }
    }
    let fresh = is_fresh(run);
    let local = fresh
        && copy
            .zip(run.metadata.as_ref())
            .is_some_and(|(there, metadata)| local::is_copy(&run.copy, &there, metadata));
    Ok(Event::Looked { fresh, local })
}

/// What is known of the file is live, and young enough.
fn is_fresh(run: &Run) -> bool {
    // No expiry is −1 to isFileExpired: everything is younger.
    let expiry = if run.expiry == Time::Null {
        Time::Int(-1)
    } else {
        run.expiry
    };
    run.metadata.as_ref().is_some_and(|metadata| {
        !metadata.is_expired() && !is_expired(Time::Int(metadata.mtime), expiry, Time::Int(run.now), run.ttl)
    })
}

/// Where there is no local copy, what the cluster has is looked up and fetched in one. An empty file may not be
/// found this way: whoever then claims it is told that there is one, and looks again, as does who is refused.
fn look_and_fetch(run: &mut Run) -> Result<Event, Failure> {
    let found = match fetch::open_filled(&run.name) {
        Ok(found) => found,
        Err(error) => {
            survive(run, &error)?;
            None
        }
    };
    run.metadata = found.as_ref().map(Reader::share_metadata);
    run.looks_twice |= found.is_none();
    let mut local = false;
    let fresh = is_fresh(run);
    match found {
        // Where this fails, fetching it once more will, and says why.
        Some(reader) if fresh => local = local::write(&run.copy, reader, request::modes()).is_ok(),
        Some(reader) => reader.leave(),
        None => {}
    }
    if local {
        fetched::replaced(run.name.bytes());
        pending()?;
    }
    Ok(Event::Looked { fresh, local })
}

fn fetch_copy(run: &mut Run) -> Result<Event, Failure> {
    match fetch::write_copy(&run.name, &run.copy) {
        Ok(metadata) => {
            run.metadata = Some(metadata);
            fetched::replaced(run.name.bytes());
            pending()?;
            Ok(Event::Fetched(true))
        }
        Err(error) => {
            survive(run, &error)?;
            Ok(Event::Fetched(false))
        }
    }
}

/// Calls the callback that retrieves. What it returns is the answer, unless it is a failure.
fn retrieve(
    call: &mut Call<'_>,
    callbacks: Callbacks<'_>,
    run: &mut Run,
    mtime: i64,
) -> Result<Event, Failure> {
    let Some(callback) = callbacks.retrieve else {
        return Ok(Event::Retrieved(Some(failure::FILE_EXPIRED)));
    };
    let path = convert::bytes_value(run.name.bytes());
    let mtime = convert::int_value(mtime);
    let result = match callbacks.extra {
        Some(extra) => zend::call(callback, [path, mtime, extra.shallow_clone()]),
        None => zend::call(callback, [path, mtime]),
    };
    let result = result.ok_or(Failure::Pending)?;
    let code = failure_class::code_of(&result)?;
    run.unusable = code == Some(failure::RETRIEVAL_FAILED);
    if code.is_none() {
        call.answer_with(result);
    }
    Ok(Event::Retrieved(code))
}

fn claim(call: &Call<'_>, run: &mut Run, retrieves: bool) -> Result<Event, Failure> {
    if run.holds {
        return Ok(Event::Claimed);
    }
    if let Some(this) = call.this()
        && let Some(method) = zend::overridden(this, "startcachegeneration")
    {
        let granted = method.call(this, []);
        run.wait = Wait::Look;
        pending()?;
        let is_own = || {
            let store = request::store();
            store.is_ok_and(|store| request::claim_in(&store, generating(&run.name).bytes()).is_some())
        };
        return Ok(if granted.is_true() {
            Event::Claimed
        } else if is_own() {
            Event::Unobtainable
        } else {
            Event::Refused
        });
    }
    // Whoever does not retrieve does not mind a higher version.
    let metadata = run.metadata.clone();
    let seen = match &metadata {
        _ if !retrieves => Seen::Anything,
        Some(metadata) => Seen::Version(metadata),
        None => Seen::Nothing,
    };
    match kernel::timed(|| generation::claim(&run.name, seen, Own::Left)) {
        Ok(Wanted::Granted(claim)) => {
            generation::enter(call, &run.name, claim);
            Ok(Event::Claimed)
        }
        Ok(Wanted::Overtaken) => Ok(Event::Overtaken),
        Ok(Wanted::Refused {
            wait: Wait::Never, ..
        }) => Ok(Event::Unobtainable),
        Ok(Wanted::Refused { wait, .. }) => {
            run.wait = wait;
            Ok(Event::Refused)
        }
        Ok(Wanted::Unclaimable(error)) => {
            survive(run, &error)?;
            Ok(Event::Unclaimable)
        }
        Err(error) => {
            survive(run, &error)?;
            Ok(Event::Unobtainable)
        }
    }
}

/// Content that is out of date: the local copy, else the entry of the cluster.
fn find_stale(run: &mut Run) -> Result<Event, Failure> {
    if run.copy.is_file() {
        return Ok(Event::Stale(true));
    }
    if run.metadata.is_none() && std::mem::take(&mut run.looks_twice) {
        // An empty file may not be found by looking it up and fetching it in one.
        match request::store().and_then(|store| request::fresh_version(&store, &run.name)) {
            Ok(metadata) => run.metadata = metadata,
            Err(error) => survive(run, &error)?,
        }
    }
    if run.metadata.is_none() {
        return Ok(Event::Stale(false));
    }
    Ok(Event::Stale(fetch_copy(run)? == Event::Fetched(true)))
}

/// Waits for the other claim to end: at the server's lock, which wakes who waits, or, for a maker
/// that holds none, by looking again after a while.
fn wait(run: &mut Run) -> Result<Event, Failure> {
    let began = *run.waiting.get_or_insert_with(Instant::now);
    loop {
        if zend::timed_out() {
            return Err(Failure::Pending);
        }
        if began.elapsed() >= run.timeout {
            return Ok(Event::WaitedTooLong);
        }
        let free = if run.wait == Wait::Lock {
            request::store().and_then(|store| store.await_claim(&run.name))
        } else {
            std::thread::sleep(POLL);
            Ok(true)
        };
        match free {
            Ok(true) => {
                run.now = now();
                // Who was woken finds it, mostly; who looks again and again does not.
                run.fetches = run.wait == Wait::Lock;
                return Ok(Event::Waited);
            }
            Ok(false) => {}
            Err(error) => {
                survive(run, &error)?;
                return Ok(Event::Unobtainable);
            }
        }
    }
}

/// Generates the claimed file and stores it.
fn generate(call: &mut Call<'_>, callbacks: Callbacks<'_>, run: &Run) -> Done {
    let extra = callbacks.extra.map(Zval::shallow_clone);
    let generating = generating(&run.name);
    let claim = generation::held(call, generating.bytes()).map(|open| open.claim.identity());
    if let Some(claim) = claim {
        request::busy_claim(claim, true);
    }
    let made = call_generator(call, callbacks.generate, extra, run)?;
    if let Some(claim) = claim {
        request::busy_claim(claim, false);
        if generation::held(call, generating.bytes()).is_none() {
            // The callback has ended it, or what it called.
            refuse_to_store(call, run);
        }
    }
    if let Some(this) = call.this()
        && let Some(method) = zend::overridden(this, "storecache")
    {
        call.answer_with(method.call(this, [made.into_zval()]));
        return pending();
    }
    store(call, &made)
}

/// Generates content that is not stored.
fn generate_only(call: &mut Call<'_>, callbacks: Callbacks<'_>, run: &Run) -> Done {
    let extra = if run.unusable {
        Some(convert::with_no_cache(callbacks.extra).into_zval())
    } else {
        callbacks.extra.map(Zval::shallow_clone)
    };
    let made = call_generator(call, callbacks.generate, extra, run)?;
    match Made::of(&made)? {
        Some(made) => {
            call.answer_with(made.result);
            Ok(())
        }
        None => Err(nothing_made(run.name.bytes())),
    }
}

/// Calls the callback that generates, with the path that the object has at this moment.
fn call_generator(
    call: &Call<'_>,
    generate: Option<&Zval>,
    extra: Option<Zval>,
    run: &Run,
) -> Result<Value, Failure> {
    let generate = generate.ok_or(Failure::Pending)?;
    let path = own_path(call)?;
    let path = convert::bytes_value(path.as_deref().unwrap_or(run.name.bytes()));
    let made = match extra {
        Some(extra) => zend::call(generate, [path, extra]),
        None => zend::call(generate, [path]),
    };
    made.ok_or(Failure::Pending)
}
