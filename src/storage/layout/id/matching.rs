//! Finding rows by what their names are like, marking them, removing them.

use super::IdLayout;
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::metadata::Name;
use crate::storage::pattern::{Condition, Match, Regex};

/// Ids in one statement that names them one by one.
const IDS_AT_ONCE: usize = 1000;

/// Which rows of a name or tree are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Live ones.
    Live,
    /// Expired ones.
    Expired,
    /// Live or expired ones whose absolute mtime is below this.
    Before(i64),
    /// All of them.
    Any,
}

impl Age {
    fn sql(self) -> String {
        match self {
            Self::Live => " AND mtime >= 0".into(),
            Self::Expired => " AND mtime < 0".into(),
            Self::Before(time) => format!(" AND ABS(mtime) < {time}"),
            Self::Any => String::new(),
        }
    }
}

impl IdLayout {
    /// Ids of the rows that a match and an age mean, lowest first.
    ///
    /// # Errors
    /// What the server said.
    pub fn matching(&self, session: &mut Session, matching: &Match, age: Age) -> Attempt<Vec<u64>> {
        let mut ids = Vec::new();
        for condition in matching.conditions(self.name.binary, self.is_utf8()) {
            let (sql, params) = self.condition_sql(&condition, age);
            let statement = session.select(&sql, &params)?;
            while session.fetch(statement)? {
                if matching.accepts(session.bytes(statement, 1)) {
                    ids.push(session.int(statement, 0).cast_unsigned());
                }
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn condition_sql<'c>(&self, condition: &'c Condition, age: Age) -> (String, Vec<Param<'c>>) {
        let age = age.sql();
        let mut parts = Vec::new();
        let mut params = Vec::new();
        if let Some(hash) = &condition.hash {
            parts.push(format!("SELECT id, name FROM ezdbfile WHERE name_hash = ?{age}"));
            params.push(Param::Text(hash.as_bytes()));
        }
        if !condition.like.is_empty() {
            let likes = vec!["name LIKE ? ESCAPE '='"; condition.like.len()].join(" OR ");
            let mut sql = format!("SELECT id, name FROM ezdbfile WHERE ({likes}){age}");
            params.extend(condition.like.iter().map(|like| self.name_param(like)));
            if let Some(regex) = &condition.regex {
                sql.push_str(&self.regex_sql(regex, &mut params));
            }
            parts.push(sql);
        }
        (parts.join(" UNION ALL "), params)
    }

    /// The rest of the name behind the prefix matches from its first character on. The leftmost
    /// match is asked for instead of putting `^(?:` and `)` around the expression, which could
    /// close that group itself. Names that are UTF-8 are matched by characters, others by bytes.
    fn regex_sql<'c>(&self, regex: &'c Regex, params: &mut Vec<Param<'c>>) -> String {
        let text = "CONVERT(name USING utf8mb4)";
        let by_characters = format!(
            "REGEXP_INSTR(SUBSTRING({text} COLLATE utf8mb4_bin, {}), ?) = 1",
            regex.prefix_characters + 1
        );
        let by_bytes = format!("REGEXP_INSTR(SUBSTRING(name, {}), ?) = 1", regex.prefix_bytes + 1);
        if !self.name.binary {
            params.push(Param::Text(&regex.expression));
            format!(" AND {by_characters}")
        } else if std::str::from_utf8(&regex.expression).is_ok() {
            params.push(Param::Text(&regex.expression));
            params.push(Param::Bytes(&regex.expression));
            format!(" AND IF(CAST({text} AS BINARY) = name, {by_characters}, {by_bytes})")
        } else {
            params.push(Param::Bytes(&regex.expression));
            format!(" AND {by_bytes}")
        }
    }

    /// Marks live rows as expired.
    ///
    /// # Errors
    /// What the server said.
    pub fn expire(&self, session: &mut Session, ids: &[u64]) -> Attempt<u64> {
        let mut expired = 0;
        for ids in ids.chunks(IDS_AT_ONCE) {
            expired += session.query(&format!(
                "UPDATE ezdbfile SET mtime = -GREATEST(mtime, 1) WHERE mtime >= 0 AND id IN ({})",
                list(ids)
            ))?;
        }
        Ok(expired)
    }

    /// Removes those of the rows for good that still are of that age, and with each one the
    /// leftovers of its name that it hid.
    ///
    /// # Errors
    /// What the server said.
    pub fn remove(&self, session: &mut Session, ids: &[u64], age: Age) -> Attempt<u64> {
        let mut doomed = Vec::new();
        let mut names = Vec::new();
        for ids in ids.chunks(IDS_AT_ONCE) {
            let params = padded(ids);
            let marks = vec!["?"; params.len()].join(",");
            let statement = session.select(
                &format!(
                    "SELECT id, name FROM ezdbfile WHERE id IN ({marks}){} ORDER BY id FOR UPDATE",
                    age.sql()
                ),
                &params,
            )?;
            while session.fetch(statement)? {
                let id = session.int(statement, 0).cast_unsigned();
                doomed.push(id);
                names.push((Name::new(session.bytes(statement, 1)), id));
            }
        }
        for (name, id) in names {
            doomed.extend(self.rows_named(session, &name, " AND id < ?", id)?);
        }
        doomed.sort_unstable();
        doomed.dedup();
        self.erase(session, &doomed)
    }

    /// Ids of the rows of a name that fulfil a further condition on an id.
    pub(super) fn rows_named(
        &self,
        session: &mut Session,
        name: &Name,
        and: &str,
        id: u64,
    ) -> Attempt<Vec<u64>> {
        let statement = session.select(
            &format!("SELECT id, name FROM ezdbfile WHERE name_hash = ?{and}"),
            &[Param::Text(name.hash().as_bytes()), Param::Int(id.cast_signed())],
        )?;
        let mut ids = Vec::new();
        while session.fetch(statement)? {
            if session.bytes(statement, 1) == name.bytes() {
                ids.push(session.int(statement, 0).cast_unsigned());
            }
        }
        Ok(ids)
    }

    /// Removes versions for good, metadata first: who holds a lock on the metadata row keeps the
    /// data rows from going.
    pub(super) fn erase(&self, session: &mut Session, ids: &[u64]) -> Attempt<u64> {
        let mut removed = 0;
        for ids in ids.chunks(IDS_AT_ONCE) {
            let list = list(ids);
            removed += session.query(&format!("DELETE FROM ezdbfile WHERE id IN ({list})"))?;
            session.query(&format!("DELETE FROM ezdbfile_data WHERE masterid IN ({list})"))?;
        }
        Ok(removed)
    }
}

/// An id list for IN.
fn list(ids: &[u64]) -> String {
    ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",")
}

/// Ids as parameters, the last one repeated up to a round number, so that few different statements
/// are prepared.
fn padded(ids: &[u64]) -> Vec<Param<'static>> {
    let length = [1, 10, 100, IDS_AT_ONCE]
        .into_iter()
        .find(|length| *length >= ids.len())
        .unwrap_or(ids.len());
    let last = ids.last().copied();
    ids.iter()
        .copied()
        .chain(std::iter::repeat_n(last.unwrap_or(0), length - ids.len()))
        .map(|id| Param::Int(id.cast_signed()))
        .collect()
}
