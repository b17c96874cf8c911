//! Bytes to the client.

#![allow(unsafe_code)]

use ext_php_rs::ffi::php_output_write;
use ext_php_rs::zend::BailoutGuard;

use super::errors::Failure;
use super::zend;
use crate::error::{Error, Result};
use crate::storage::chunks::Reader;

/// Sends what is being read, block by block. Output buffers may run PHP code, and a client that
/// went away ends the request in the middle: the reader is then dropped by the guard.
///
/// True when all of it was sent, false when nobody is there to take it.
///
/// # Errors
/// [`Failure::Pending`] when PHP code threw, else what `failed` makes of an error.
pub fn send(reader: Reader, failed: fn(&[u8], &Error) -> Failure) -> std::result::Result<bool, Failure> {
    let mut reader = BailoutGuard::new(reader);
    loop {
        match write_block(&mut reader) {
            Ok(true) => {}
            Ok(false) => return Ok(true),
            Err(error) => {
                let reader = reader.into_inner();
                return Err(failed(&reader.metadata().name, &error));
            }
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
    // SAFETY: the block belongs to the reader, which nobody else can reach while PHP code runs.
    unsafe { php_output_write(block.as_ptr().cast(), block.len()) };
    Ok(true)
}
