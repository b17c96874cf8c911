//! Bytes to the client.

#![allow(unsafe_code)]

use ext_php_rs::ffi::php_output_write;

use super::bailout::guarded;
use super::errors::Failure;
use super::zend;
use crate::error::{Error, Result};
use crate::storage::chunks::Reader;

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
            Err(error) => return Err(failed(&reader.metadata().name, &error)),
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

/// Puts bytes out. PHP code may run.
pub fn write(bytes: &[u8]) {
    // SAFETY: the bytes are the caller's, and stay as they are while PHP code runs.
    guarded(|| unsafe { php_output_write(bytes.as_ptr().cast(), bytes.len()) });
}
