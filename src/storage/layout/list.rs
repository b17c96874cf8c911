//! Lists of names, as far as the layouts do not differ.

use super::Shape;
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::list::Wanted;
use crate::storage::pattern::like_prefix;

/// More seconds than there have been.
const FOREVER: i64 = 1 << 60;

/// What of a list differs between the layouts.
pub struct ListSql {
    /// Which rows of `ezdbfile f` are files.
    pub files: &'static str,
    /// Which of them are expired.
    pub expired: &'static str,
    /// The order for lists that are asked for in parts.
    pub order: &'static str,
}

/// Starts reading names.
pub fn list(shape: &Shape, sql: &ListSql, session: &mut Session, wanted: &Wanted) -> Attempt<StatementId> {
    let ListSql {
        files,
        expired,
        order,
    } = sql;
    let mut sql = format!("SELECT name FROM ezdbfile f WHERE {files}");
    let mut params = Vec::new();
    let scopes: Vec<&[u8]> = wanted.scopes.iter().map(|scope| shape.scope(scope)).collect();
    if !scopes.is_empty() {
        let not = if wanted.exclude_scopes { "NOT " } else { "" };
        let marks = vec!["?"; scopes.len()].join(", ");
        sql.push_str(&format!(
            " AND {} {not}IN ({marks})",
            shape.bytes_of(shape.scope, "scope")
        ));
        params.extend(scopes.into_iter().map(Param::Bytes));
    }
    let prefix = like_prefix(&wanted.prefix, shape.name.binary, shape.is_utf8());
    if !wanted.prefix.is_empty() {
        sql.push_str(" AND name LIKE ? ESCAPE '='");
        params.push(shape.name_param(&prefix));
        if !shape.name.binary {
            sql.push_str(&format!(
                " AND LEFT({}, {}) = ?",
                shape.bytes_of(shape.name, "name"),
                wanted.prefix.len()
            ));
            params.push(Param::Bytes(&wanted.prefix));
        }
    }
    if let Some(expired_for) = wanted.expired_for {
        sql.push_str(&format!(" AND {expired}"));
        if let Some(seconds) = expired_for {
            // Neither side can leave the range of numbers.
            sql.push_str(" AND mtime < UNIX_TIMESTAMP() - ? AND mtime > ? - UNIX_TIMESTAMP()");
            params.extend([Param::Int(seconds.clamp(-FOREVER, FOREVER)); 2]);
        }
    }
    if let Some((offset, count)) = wanted.limit {
        sql.push_str(&format!(" ORDER BY {order} LIMIT ?, ?"));
        params.push(Param::Int(offset));
        params.push(Param::Int(count));
    }
    Ok(session.select(&sql, &params)?)
}
