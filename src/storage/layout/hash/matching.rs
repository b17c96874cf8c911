//! Finding rows by what their names are like, marking them, removing them.

use super::{EXPIRED, HashLayout, LIVE};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::matching::condition_sql;
use crate::storage::layout::{Age, Matching};
use crate::storage::metadata::Key;
use crate::storage::pattern::Match;

/// Rows in one statement that names them one by one.
pub(super) const KEYS_AT_ONCE: usize = 1000;

fn age_sql(age: Age) -> String {
    match age {
        Age::Live => format!(" AND {LIVE}"),
        Age::Expired => format!(" AND {EXPIRED}"),
        // The absolute value of the smallest number there is would be an error.
        Age::Before(time) => format!(" AND mtime < {time} AND mtime > {}", time.saturating_neg()),
        Age::Any => String::new(),
    }
}

impl Matching for HashLayout {
    fn matching(&self, session: &mut Session, matching: &Match, age: Age) -> Attempt<Vec<Key>> {
        let mut keys = Vec::new();
        for condition in matching.conditions(self.shape.name.binary, self.shape.is_utf8()) {
            let (sql, params) = condition_sql(&self.shape, "name", &condition, &age_sql(age));
            let statement = session.select(&sql, &params)?;
            while session.fetch(statement)? {
                let name = session.bytes(statement, 0);
                if matching.accepts(name) {
                    keys.push(Key::new(0, name));
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    fn expire(&self, session: &mut Session, keys: &[Key]) -> Attempt<u64> {
        let mut expired = 0;
        for keys in keys.chunks(KEYS_AT_ONCE) {
            expired += session.query(&format!(
                "UPDATE ezdbfile FORCE INDEX (PRIMARY) SET mtime = -GREATEST(mtime, 1), expired = 1 \
                 WHERE name_hash IN ({}) AND {LIVE}",
                hashes(keys)
            ))?;
        }
        Ok(expired)
    }

    fn remove(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<u64> {
        let mut removed = 0;
        for keys in keys.chunks(KEYS_AT_ONCE) {
            let doomed = locked(session, keys, age)?;
            if doomed.is_empty() {
                continue;
            }
            session.query(&format!(
                "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) WHERE d.name_hash IN ({})",
                hashes(&doomed)
            ))?;
            removed += session.query(&format!(
                "DELETE f FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE f.name_hash IN ({})",
                hashes(&doomed)
            ))?;
        }
        Ok(removed)
    }
}

/// Those of the rows that are of that age, kept so to the end of the transaction. No more than
/// [`KEYS_AT_ONCE`].
pub(super) fn locked(session: &mut Session, keys: &[Key], age: Age) -> Attempt<Vec<Key>> {
    let rows = session.query_rows(&format!(
        "SELECT name FROM ezdbfile FORCE INDEX (PRIMARY) WHERE name_hash IN ({}){} FOR UPDATE",
        hashes(keys),
        age_sql(age)
    ))?;
    Ok(rows
        .into_iter()
        .flatten()
        .map(|name| Key::new(0, &name.unwrap_or_default()))
        .filter(|key| keys.binary_search(key).is_ok())
        .collect())
}

/// The hashes of keys, as a list in SQL.
fn hashes(keys: &[Key]) -> String {
    let hashes: Vec<String> = keys.iter().map(|key| format!("'{}'", key.hash())).collect();
    hashes.join(",")
}
