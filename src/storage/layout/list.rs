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
    /// Which rows of `ezdbfile f` are files; none: all.
    pub files: Option<&'static str>,
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
    let files = files.unwrap_or("TRUE");
    let mut sql = format!("SELECT name FROM ezdbfile f WHERE {files}");
    let mut params = Vec::new();
    if let Some(scope) = scope_condition(shape, wanted, &mut params) {
        sql.push_str(&format!(" AND {scope}"));
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
        // Whoever asks for them removes them by name and asks again. What no name leads to, since its hash is wrong or the
        // name is written as no path is, would come again for ever.
        let name = shape.bytes_of(shape.name, "name");
        sql.push_str(&format!(
            " AND {expired} AND name_hash = MD5({name}) AND INSTR({name}, '//') = 0 AND INSTR({name}, CHAR(92)) = 0 AND RIGHT({name}, 1) <> '/'"
        ));
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

/// All rows, those that hide others too, on their way.
#[derive(Debug, Clone, Copy)]
pub struct EveryRow {
    /// The first column is the name, or NULL when the row is not of the scopes that are wanted.
    pub statement: StatementId,
    /// There is a second column: the first half of the name's hash in hexadecimal. Without it, every
    /// row has a name.
    pub tells_hash: bool,
}

/// Starts reading all rows.
pub fn every_row(shape: &Shape, session: &mut Session, wanted: &Wanted) -> Attempt<EveryRow> {
    let mut params = Vec::new();
    let scope = scope_condition(shape, wanted, &mut params);
    // The hash costs the server as much again as the name, which an index has.
    let sql = match &scope {
        None => "SELECT name FROM ezdbfile",
        Some(scope) => &format!("SELECT IF({scope}, name, NULL), LEFT(name_hash, 16) FROM ezdbfile"),
    };
    Ok(EveryRow {
        statement: session.select(sql, &params)?,
        tells_hash: scope.is_some(),
    })
}

/// The condition for a row to be of the scopes that are wanted, and its parameters; none: whatever
/// the scope.
fn scope_condition<'a>(shape: &Shape, wanted: &'a Wanted, params: &mut Vec<Param<'a>>) -> Option<String> {
    if wanted.scopes.is_empty() {
        return None;
    }
    let not = if wanted.exclude_scopes { "NOT " } else { "" };
    let marks = vec!["?"; wanted.scopes.len()].join(", ");
    params.extend(wanted.scopes.iter().map(|scope| Param::Bytes(shape.scope(scope))));
    let scope = shape.bytes_of(shape.scope, "scope");
    Some(format!("{scope} {not}IN ({marks})"))
}
