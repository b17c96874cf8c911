//! Names that the engine's tables are asked for all the time: its own strings, with their hashes, made once.

#![allow(unsafe_code)]

use std::mem::ManuallyDrop;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};

use ext_php_rs::boxed::ZBox;
use ext_php_rs::ffi;
use ext_php_rs::types::{ZendObject, ZendStr, Zval};
use ext_php_rs::zend::ClassEntry;

use super::bailout::{guarded, is_stopped};
use super::value::Value;
use super::zend::NATIVE_CLASS;

unsafe extern "C" {
    fn zend_read_property_ex(
        scope: *mut ffi::zend_class_entry,
        object: *mut ffi::zend_object,
        name: *mut ffi::zend_string,
        silent: bool,
        room: *mut ffi::zval,
    ) -> *mut ffi::zval;
    fn zend_update_property_ex(
        scope: *mut ffi::zend_class_entry,
        object: *mut ffi::zend_object,
        name: *mut ffi::zend_string,
        value: *mut ffi::zval,
    );
}

macro_rules! known {
    ($($name:ident = $text:literal,)*) => {
        /// One of these names.
        #[derive(Debug, Clone, Copy)]
        pub enum Known {
            $(
                #[doc = concat!("`", $text, "`")]
                $name,
            )*
        }

        impl Known {
            const TEXTS: &'static [&'static str] = &[$($text),*];
        }
    };
}

known! {
    // Keys of arrays.
    Id = "id",
    Datatype = "datatype",
    Name = "name",
    NameHash = "name_hash",
    NameTrunk = "name_trunk",
    Expired = "expired",
    Scope = "scope",
    Size = "size",
    Mtime = "mtime",
    // Properties.
    FilePath = "filePath",
    RealFilePath = "realFilePath",
    Errno = "errno",
    Message = "message",
    MetaData = "metaData",
    // Classes, as the table of classes has them.
    OwnClass = "ezdbfilehandler",
    DfsFileHandler = "ezdfsfilehandler",
    KernelFailure = "ezclusterfilefailure",
    OwnFailure = "ezdbfilefailure",
    Debug = "ezdebug",
    DebugSetting = "ezdebugsetting",
    Ini = "ezini",
    // And as PHP code writes it.
    IniWritten = "eZINI",
    // Constants.
    StorageHost = "CLUSTER_STORAGE_HOST",
    StoragePort = "CLUSTER_STORAGE_PORT",
    StorageUser = "CLUSTER_STORAGE_USER",
    StoragePass = "CLUSTER_STORAGE_PASS",
    StorageDb = "CLUSTER_STORAGE_DB",
    StorageCharset = "CLUSTER_STORAGE_CHARSET",
}

static STRINGS: [AtomicPtr<ffi::zend_string>; Known::TEXTS.len()] =
    [const { AtomicPtr::new(ptr::null_mut()) }; Known::TEXTS.len()];

/// Makes the strings; called at module start-up, before anything asks for one. They stay to the end of the
/// process.
pub fn register() {
    for (place, text) in STRINGS.iter().zip(Known::TEXTS) {
        place.store(ZendStr::new_interned(text, true).into_raw(), Relaxed);
    }
}

impl Known {
    /// The name.
    pub fn text(self) -> &'static str {
        Self::TEXTS.get(self as usize).copied().unwrap_or_default()
    }

    fn string(self) -> *mut ffi::zend_string {
        STRINGS
            .get(self as usize)
            .map_or(ptr::null_mut(), |place| place.load(Relaxed))
    }

    /// The class of this name, which is that of its table, if it is loaded. It may be an alias.
    pub fn class(self) -> Option<&'static ClassEntry> {
        // SAFETY: the table of classes exists from before the first module starts; it has pointers to
        // classes, which live as long as they are in it. (Those of aliases have a type of their own.)
        unsafe {
            let table = (*ffi::ext_php_rs_compiler_globals()).class_table;
            let entry = ffi::zend_hash_find(table, self.string()).as_ref()?;
            entry.value.ptr.cast::<ClassEntry>().as_ref()
        }
    }

    /// The class of this name, loaded if need be. An autoloader may run.
    pub fn load_class(self, written: Self) -> Option<&'static ClassEntry> {
        // SAFETY: both strings live; the engine answers with a class that stays for the request, or null.
        guarded(|| unsafe { ffi::zend_lookup_class_ex(written.string(), self.string(), 0).as_ref() })
            .flatten()
    }

    /// There is a constant of this name.
    pub fn is_constant(self) -> bool {
        // SAFETY: the table of constants exists as long as the module.
        unsafe {
            let table = (*ffi::ext_php_rs_executor_globals()).zend_constants;
            !ffi::zend_hash_find(table, self.string()).is_null()
        }
    }

    /// Where an object has the value of a property that a native class declared without a type. It is read and set
    /// without running PHP code, unlike one that was unset (`__get()`), or that a class of PHP code declares anew
    /// (hooks).
    ///
    /// # Safety
    /// The object lives.
    unsafe fn place_of(self, object: *const ZendObject) -> Option<NonNull<Zval>> {
        // SAFETY: the object's class, its table of properties and the classes that declared them live as long as the
        // object; the offset of one that is not static is that of its place in each object of the class.
        unsafe {
            let found = ffi::zend_hash_find(&raw const (*(*object).ce).properties_info, self.string());
            let property = found
                .as_ref()?
                .value
                .ptr
                .cast::<ffi::zend_property_info>()
                .as_ref()?;
            if (*property.ce).type_ != NATIVE_CLASS
                || property.flags & (ffi::ZEND_ACC_STATIC | ffi::ZEND_ACC_PRIVATE) != 0
                || property.type_.type_mask != 0
            {
                return None;
            }
            let place = object
                .byte_add(property.offset as usize)
                .cast::<Zval>()
                .cast_mut();
            let is_set = u32::from((*place).u1.v.type_) != ffi::IS_UNDEF;
            NonNull::new(place).filter(|_| is_set)
        }
    }

    /// The property of this name, as PHP code in the object's class reads it.
    pub fn property_of(self, object: &ZendObject) -> Value {
        // SAFETY: the object lives, and nothing writes to it here. (The type has one of its places, and the memory
        // behind it those of the class.)
        if let Some(value) = unsafe { self.place_of(object).map(|place| place.as_ref()) } {
            return value.dereference().shallow_clone().into();
        }
        let mut room = Value::from(Zval::new());
        let place = room.place();
        // SAFETY: object and class live; the engine answers with a value that it or `room` owns, of
        // which a counted copy is taken.
        let value = unsafe {
            let found = guarded(|| {
                zend_read_property_ex(
                    object.ce,
                    ptr::from_ref(object).cast_mut(),
                    self.string(),
                    true,
                    place,
                )
            });
            found
                .and_then(|found| found.as_ref())
                .map_or_else(Zval::new, |value| value.dereference().shallow_clone())
        };
        value.into()
    }

    /// Sets the property of this name, as code of the object's class does.
    ///
    /// # Safety
    /// The object lives, and the pointer is the engine's: one that was made of a reference is not to be written to.
    pub unsafe fn set_property_of(self, object: *mut ZendObject, value: Zval) {
        if is_stopped() {
            return;
        }
        // SAFETY: of the place nobody else has a reference while a native function runs. What is there is
        // not counted, so that nothing has to be given back for it.
        unsafe {
            if let Some(place) = self.place_of(object)
                && (*place.as_ptr()).u1.v.type_flags == 0
            {
                place.write(value);
                return;
            }
        }
        let mut value = Value::from(value);
        let place = value.place();
        // SAFETY: object and class live; the engine takes a counted copy of the value.
        guarded(|| unsafe { zend_update_property_ex((*object).ce, object, self.string(), place) });
    }

    /// The object's class declares a property of this name.
    pub fn is_declared_by(self, object: &ZendObject) -> bool {
        // SAFETY: the object's class and its table of properties live as long as the object.
        unsafe { !ffi::zend_hash_find(&raw const (*object.ce).properties_info, self.string()).is_null() }
    }
}

/// What an array has under one of the names.
#[derive(Debug, Clone, Copy)]
pub enum Field<'a> {
    /// An integer.
    Int(i64),
    /// A string.
    Bytes(&'a [u8]),
}

/// An array with these elements in their order, each name once; null when there is not enough memory for
/// it, and the request is about to end.
pub fn array(fields: &[(Known, Field<'_>)]) -> Zval {
    let size = u32::try_from(fields.len()).unwrap_or(0);
    // SAFETY: the array is new and takes over the values; until it has them nothing here would be dropped, so
    // that no more than memory of the request is lost in a jump.
    let array = guarded(|| unsafe {
        let array = ffi::_zend_new_array(size);
        for (key, field) in fields {
            let mut value = ManuallyDrop::new(Zval::new());
            match field {
                Field::Int(int) => value.set_long(*int),
                Field::Bytes(bytes) => value.set_zend_string(ZendStr::new(bytes, false)),
            }
            ffi::zend_hash_add_new(array, key.string(), (&raw mut value).cast());
        }
        array
    });
    let mut value = Zval::null();
    if let Some(array) = array {
        // SAFETY: the one reference goes over to the value.
        value.set_hashtable(unsafe { ZBox::from_raw(array) });
    }
    value
}
