//! Bytes to the client.

#![allow(unsafe_code)]

use ext_php_rs::ffi::php_output_write;

use super::bailout::guarded;
use super::errors::Failure;
use super::zend;
use crate::error::{Error, Result};
use crate::storage::chunks::Reader;

/// What php-fpm puts in a record of FastCGI, at most (`fcgi_write()` in PHP's main/fastcgi.c). It writes the
/// rest of a larger piece at once, as a record of its own in two more writes; the rest alone
/// goes with what follows.
const RECORD_BYTES: usize = 0xfff8;

/// Sends what is being read, block by block. Output buffers may run PHP code.
///
/// True when all of it was sent, false when nobody is there to take it.
///
/// # Errors
/// [`Failure::Pending`] when PHP code threw, else what `failed` makes of an error.
pub fn send(mut reader: Reader, failed: fn(&[u8], &Error) -> Failure) -> std::result::Result<bool, Failure> {
    loop {
        match write_block(&mut reader) {
            Ok(true) => {}
            Ok(false) => return Ok(true),
            Err(error) => return Err(failed(reader.metadata().name(), &error)),
        }
        if zend::exception_pending() {
            return Err(Failure::Pending);
        }
        if zend::client_is_gone() {
            return Ok(false);
        }
    }
}

fn write_block(reader: &mut Reader) -> Result<bool> {
    let Some(block) = reader.next_block()? else {
        return Ok(false);
    };
    write(block);
    Ok(true)
}

/// Puts bytes out. PHP code may run; no more are put out once it has thrown.
pub fn write(bytes: &[u8]) {
    for piece in bytes.chunks(RECORD_BYTES) {
        if zend::exception_pending() {
            return;
        }
        // SAFETY: the bytes are the caller's, and stay as they are while PHP code runs.
        guarded(|| unsafe { php_output_write(piece.as_ptr().cast(), piece.len()) });
    }
}
