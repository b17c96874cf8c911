//! Lists of names.

use super::IdLayout;
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::list::Wanted;
use crate::storage::pattern::like_prefix;

/// More seconds than there have been.
const FOREVER: i64 = 1 << 60;

impl IdLayout {
    /// Starts reading names: the first column is the name.
    ///
    /// # Errors
    /// What the server said.
    pub fn list(&self, session: &mut Session, wanted: &Wanted) -> Attempt<StatementId> {
        let mut sql = String::from(
            "SELECT name FROM ezdbfile f WHERE NOT EXISTS (SELECT 1 FROM ezdbfile g WHERE g.name_hash = f.name_hash AND g.id > f.id AND g.name = f.name)",
        );
        let mut params = Vec::new();
        let scopes: Vec<&[u8]> = wanted.scopes.iter().map(|scope| self.scope(scope)).collect();
        if !scopes.is_empty() {
            let not = if wanted.exclude_scopes { "NOT " } else { "" };
            let marks = vec!["?"; scopes.len()].join(", ");
            sql.push_str(&format!(
                " AND {} {not}IN ({marks})",
                self.bytes_of(self.scope, "scope")
            ));
            params.extend(scopes.into_iter().map(Param::Bytes));
        }
        let prefix = like_prefix(&wanted.prefix, self.name.binary, self.is_utf8());
        if !wanted.prefix.is_empty() {
            sql.push_str(" AND name LIKE ? ESCAPE '='");
            params.push(self.name_param(&prefix));
            if !self.name.binary {
                sql.push_str(&format!(
                    " AND LEFT({}, {}) = ?",
                    self.bytes_of(self.name, "name"),
                    wanted.prefix.len()
                ));
                params.push(Param::Bytes(&wanted.prefix));
            }
        }
        if let Some(expired_for) = wanted.expired_for {
            sql.push_str(" AND mtime < 0");
            if let Some(seconds) = expired_for {
                // Neither side can leave the range of numbers.
                sql.push_str(" AND mtime > ? - UNIX_TIMESTAMP()");
                params.push(Param::Int(seconds.clamp(-FOREVER, FOREVER)));
            }
        }
        if let Some((offset, count)) = wanted.limit {
            sql.push_str(" ORDER BY id LIMIT ?, ?");
            params.push(Param::Int(offset));
            params.push(Param::Int(count));
        }
        Ok(session.select(&sql, &params)?)
    }
}
