//! Files that came with a POST request.

use super::{convert, zend};
use crate::storage::Name;

/// Scope of an uploaded file.
pub const SCOPE: &[u8] = b"binaryfile";

/// An uploaded file.
pub struct Upload {
    /// The client's name of it, without directories.
    pub name: Name,
    /// What the client says it is.
    pub datatype: Vec<u8>,
    /// Where PHP put it.
    pub path: Vec<u8>,
}

/// Looks an upload up in `$_FILES`. Only a file that PHP itself received is one: the array can be
/// written by any script.
///
/// # Errors
/// What is wrong with it, in words.
pub fn find(variable: &[u8]) -> Result<Upload, String> {
    let files = zend::superglobal(c"_FILES");
    let entry = files
        .as_ref()
        .and_then(|files| zend::element(files, variable))
        .ok_or("there is no uploaded file of that name in $_FILES")?;
    let entry = entry.array().ok_or("its entry in $_FILES is no array")?;
    let field = |key: &str| {
        let value = entry.get(key).map(ext_php_rs::types::Zval::dereference);
        value
            .and_then(|value| convert::text_of(value)?.ok())
            .unwrap_or_default()
    };
    let error = field("error");
    if error != b"0" && !error.is_empty() {
        return Err(format!(
            "the upload failed with error {}",
            String::from_utf8_lossy(&error)
        ));
    }
    let path = field("tmp_name");
    if !zend::is_uploaded(&path) {
        return Err("its temporary file is not an upload of this request".into());
    }
    let given = field("name");
    let base = given
        .rsplit(|byte| matches!(byte, b'/' | b'\\'))
        .next()
        .filter(|base| !matches!(*base, b"" | b"." | b".."))
        .ok_or("the client gave it no name")?;
    let datatype = field("type");
    Ok(Upload {
        name: Name::new(base),
        datatype: if datatype.is_empty() {
            b"application/octet-stream".to_vec()
        } else {
            datatype
        },
        path,
    })
}
