//! A value of the engine that Rust code owns.

#![allow(unsafe_code)]

use std::mem::ManuallyDrop;
use std::ops::Deref;

use ext_php_rs::types::Zval;

use super::bailout::{guarded, is_stopped};

/// What PHP code returned, or what is passed to it. Giving it up may run a destructor of PHP code,
/// which may do whatever PHP code can do.
#[repr(transparent)]
pub struct Value(ManuallyDrop<Zval>);

impl Value {
    /// Where the engine finds it, or puts it.
    pub fn place(&mut self) -> *mut Zval {
        (&raw mut self.0).cast()
    }

    /// Where the engine finds values that follow one another.
    pub fn places<const N: usize>(values: &mut [Self; N]) -> *mut Zval {
        values.as_mut_ptr().cast()
    }

    /// What a function that returns by reference means by it.
    pub fn unreferenced(self) -> Self {
        if self.is_reference() {
            self.dereference().shallow_clone().into()
        } else {
            self
        }
    }

    /// The value, for a place that the engine empties.
    pub fn into_zval(mut self) -> Zval {
        // SAFETY: `self` is forgotten: the value is not used again.
        let value = unsafe { ManuallyDrop::take(&mut self.0) };
        std::mem::forget(self);
        value
    }
}

impl From<Zval> for Value {
    fn from(value: Zval) -> Self {
        Self(ManuallyDrop::new(value))
    }
}

impl Deref for Value {
    type Target = Zval;

    fn deref(&self) -> &Zval {
        &self.0
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        let value = &raw mut self.0;
        // SAFETY: the value is given up here, once.
        let give_up = || unsafe { ManuallyDrop::drop(&mut *value) };
        // The end of a stream of PHP code is PHP code, too.
        if self.is_object() || self.is_array() || self.is_reference() || self.is_resource() {
            // After a jump that was stopped, it stays to be freed with the memory of the request.
            guarded(give_up);
        } else if !is_stopped() {
            give_up();
        }
    }
}
