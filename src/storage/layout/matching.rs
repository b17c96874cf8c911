//! Conditions on names, as far as the layouts do not differ.

use super::Shape;
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::pattern::{Condition, Match, Regex};
use crate::storage::{Attempt, Key};

/// Rows in one statement that locks them, at most, so that no lock is held for long.
pub const ROWS_AT_ONCE: usize = 1000;

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
    /// A condition on the row, behind another one. `live`, `expired`: how the layout says it.
    #[must_use]
    pub fn sql(self, live: &str, expired: &str) -> String {
        match self {
            Self::Live => format!(" AND {live}"),
            Self::Expired => format!(" AND {expired}"),
            // The absolute value of the smallest number there is would be an error.
            Self::Before(time) => format!(" AND mtime < {time} AND mtime > {}", time.saturating_neg()),
            Self::Any => String::new(),
        }
    }
}

/// How a layout looks for rows by what their names are like.
pub struct Search<'a> {
    /// What stands for the id of a row.
    pub id: &'static str,
    /// A condition behind that on the name. Rows that fulfil it need not be of the age that is meant: what is done
    /// to them looks again.
    pub and: &'a str,
    /// The hint for the index of names.
    pub hint: &'a str,
}

/// Keys of the rows that a match means, in ascending order.
pub fn matching_keys(
    shape: &Shape,
    session: &mut Session,
    matching: &Match,
    search: &Search<'_>,
) -> Attempt<Vec<Key>> {
    let is_decided = is_decided(shape, matching);
    let column = if is_decided { "name_hash" } else { "name" };
    let mut keys = Vec::new();
    for condition in matching.conditions(shape.name.binary, shape.is_utf8()) {
        let (sql, params) = condition_sql(shape, column, &condition, search);
        let statement = session.select(&sql, &params)?;
        while session.fetch(statement)? {
            let id = session.int(statement, 0).cast_unsigned();
            let bytes = session.bytes(statement, 1);
            if is_decided {
                keys.extend(Key::of_hash(id, bytes));
            } else if matching.accepts(bytes) {
                keys.push(Key::new(id, bytes));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// The server finds the names that are meant and no others.
fn is_decided(shape: &Shape, matching: &Match) -> bool {
    shape.name.binary && matching.is_exact()
}

/// How a layout marks rows as expired by what their names are like.
pub struct Mark<'a> {
    /// What is set.
    pub set: &'static str,
    /// A condition on live rows.
    pub live: &'static str,
    /// The hint for the index of names; none where there is no such index.
    pub hint: &'a str,
}

/// As [`Matching::expire_at_once`](super::Matching::expire_at_once).
pub fn mark_at_once(
    shape: &Shape,
    session: &mut Session,
    matching: &Match,
    Mark { set, live, hint }: &Mark<'_>,
) -> Attempt<Option<u64>> {
    // Without the index it would look at all rows, and lock each for a moment.
    if !is_decided(shape, matching) || hint.is_empty() || !session.supports_nowait() {
        return Ok(None);
    }
    let conditions = matching.conditions(shape.name.binary, shape.is_utf8());
    let [Condition::Like(like, None)] = conditions.as_slice() else {
        return Ok(None);
    };
    let mut sql = String::with_capacity(256 + hint.len() + like.len() * LIKE_ROOM);
    // Waiting would be for whoever writes a neighbour of these files, or has locked the tables and looks on.
    sql.push_str("SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR UPDATE ezdbfile");
    sql.extend([hint, " SET ", set, " WHERE ("]);
    push_likes(&mut sql, like.len());
    sql.extend([") AND ", live, " LIMIT ", &ROWS_AT_ONCE.to_string()]);
    let params: Vec<Param<'_>> = like.iter().map(|like| shape.name_param(like)).collect();
    match session.execute(&sql, &params) {
        Ok(done) => Ok(Some(done.affected)),
        Err(error) if error.is_not_understood() => {
            session.forget_nowait();
            Ok(None)
        }
        // Perhaps there is nothing to change.
        Err(error) if error.is_conflict() || error.is_read_only() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

const LIKE: &str = "name LIKE ? ESCAPE '='";
/// Bytes that [`push_likes`] adds for each pattern, at most.
const LIKE_ROOM: usize = LIKE.len() + " OR ".len();

/// Adds a condition for names that are like one of so many patterns.
fn push_likes(sql: &mut String, patterns: usize) {
    for number in 0..patterns {
        sql.push_str(if number == 0 { "" } else { " OR " });
        sql.push_str(LIKE);
    }
}

/// The statement that finds what fulfils a condition on the name: id and `column` of `ezdbfile`.
fn condition_sql<'c>(
    shape: &Shape,
    column: &str,
    condition: &'c Condition,
    Search { id, and, hint }: &Search<'_>,
) -> (String, Vec<Param<'c>>) {
    let (like, regex) = match condition {
        Condition::Hash(hash) => {
            let sql = format!("SELECT {id}, {column} FROM ezdbfile WHERE name_hash = ?{and}");
            return (sql, vec![Param::Text(hash.as_bytes())]);
        }
        Condition::Like(like, regex) => (like, regex),
    };
    let mut sql = String::with_capacity(128 + hint.len() + like.len() * LIKE_ROOM);
    sql.extend(["SELECT ", id, ", ", column, " FROM ezdbfile", hint, " WHERE ("]);
    push_likes(&mut sql, like.len());
    sql.extend([")", and]);
    let mut params = like.iter().map(|like| shape.name_param(like)).collect();
    if let Some(regex) = regex {
        sql.push_str(&regex_sql(shape, regex, &mut params));
    }
    (sql, params)
}

/// The rest of the name behind the prefix matches from its first character on. The leftmost
/// match is asked for instead of putting `^(?:` and `)` around the expression, which could
/// close that group itself. Names that are UTF-8 are matched by characters, others by bytes.
fn regex_sql<'c>(shape: &Shape, regex: &'c Regex, params: &mut Vec<Param<'c>>) -> String {
    let text = "CONVERT(name USING utf8mb4)";
    let by_characters = format!(
        "REGEXP_INSTR(SUBSTRING({text} COLLATE utf8mb4_bin, {}), ?) = 1",
        regex.prefix_characters + 1
    );
    let by_bytes = format!("REGEXP_INSTR(SUBSTRING(name, {}), ?) = 1", regex.prefix_bytes + 1);
    if !shape.name.binary {
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
