//! Files on their way to tables of the other layout.

use super::HashLayout;
use super::check::{ROW, rows};
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::{CheckRow, Leaving, Watched};

impl Leaving for HashLayout {
    fn rows_hashed(&self, session: &mut Session, hashes: &[Vec<u8>]) -> Attempt<Vec<CheckRow>> {
        let params: Vec<Param<'_>> = hashes.iter().map(|hash| Param::Text(hash)).collect();
        let marks = vec!["?"; params.len()].join(",");
        let statement = session.select(
            &format!(
                "SELECT {ROW} FROM ezdbfile FORCE INDEX (PRIMARY) WHERE name_hash IN ({marks}) \
                 ORDER BY name_hash"
            ),
            &params,
        )?;
        rows(session, statement)
    }

    fn data_of(&self, session: &mut Session, keys: &[&[u8]]) -> Attempt<StatementId> {
        let params: Vec<Param<'_>> = keys.iter().map(|key| Param::Text(key)).collect();
        let marks = vec!["?"; params.len()].join(",");
        Ok(session.select_data(
            &format!(
                "SELECT name_hash, `offset`, filedata FROM ezdbfile_data FORCE INDEX (PRIMARY) \
                 WHERE name_hash IN ({marks}) ORDER BY name_hash, `offset`"
            ),
            &params,
        )?)
    }

    fn datum(&self, session: &Session, statement: StatementId) -> (Vec<u8>, Option<u64>) {
        let offset = session.int(statement, 1).cast_unsigned();
        (session.bytes(statement, 0).to_vec(), Some(offset))
    }

    fn hashes_of(&self, _: &mut Session, _: &[i64]) -> Attempt<Vec<Vec<u8>>> {
        Ok(Vec::new())
    }

    fn watched(&self) -> [Watched; 6] {
        let watched = |table, event, values| Watched {
            table,
            event,
            column: "name_hash",
            values,
        };
        // Rows that the foreign key removes go with one of `ezdbfile`.
        [
            watched("ezdbfile", "INSERT", "(NEW.name_hash)"),
            watched("ezdbfile", "UPDATE", "(OLD.name_hash), (NEW.name_hash)"),
            watched("ezdbfile", "DELETE", "(OLD.name_hash)"),
            watched("ezdbfile_data", "INSERT", "(NEW.name_hash)"),
            watched("ezdbfile_data", "UPDATE", "(OLD.name_hash), (NEW.name_hash)"),
            watched("ezdbfile_data", "DELETE", "(OLD.name_hash)"),
        ]
    }
}
