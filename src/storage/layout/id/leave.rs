//! Files on their way to tables of the other layout.

use super::check::{number, rows};
use super::{IdLayout, Index};
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::{CheckRow, Leaving, Watched};

impl Leaving for IdLayout {
    fn rows_hashed(&self, session: &mut Session, hashes: &[Vec<u8>]) -> Attempt<Vec<CheckRow>> {
        let params: Vec<Param<'_>> = hashes.iter().map(|hash| Param::Text(hash)).collect();
        let marks = vec!["?"; params.len()].join(",");
        let statement = session.select(
            &format!(
                "{} WHERE f.name_hash IN ({marks}) ORDER BY f.id",
                self.select_rows(self.hint(Index::NameHash))
            ),
            &params,
        )?;
        rows(session, statement)
    }

    fn data_of(&self, session: &mut Session, keys: &[&[u8]]) -> Attempt<StatementId> {
        let params: Vec<Param<'_>> = keys.iter().map(|key| number(key)).collect();
        let marks = vec!["?"; params.len()].join(",");
        Ok(session.select_data(
            &format!(
                "SELECT masterid, filedata FROM ezdbfile_data{} WHERE masterid IN ({marks}) \
                 ORDER BY masterid, id",
                self.hints.masterid
            ),
            &params,
        )?)
    }

    fn datum(&self, session: &Session, statement: StatementId) -> (Vec<u8>, Option<u64>) {
        (session.int(statement, 0).to_string().into_bytes(), None)
    }

    fn hashes_of(&self, session: &mut Session, ids: &[i64]) -> Attempt<Vec<Vec<u8>>> {
        let params: Vec<Param<'_>> = ids.iter().map(|id| Param::Int(*id)).collect();
        let marks = vec!["?"; params.len()].join(",");
        let statement = session.select(
            &format!("SELECT name_hash FROM ezdbfile WHERE id IN ({marks})"),
            &params,
        )?;
        let mut hashes = Vec::new();
        while session.fetch(statement)? {
            hashes.push(session.bytes(statement, 0).to_vec());
        }
        Ok(hashes)
    }

    fn watched(&self) -> [Watched; 6] {
        let watched = |table, event, column, values| Watched {
            table,
            event,
            column,
            values,
        };
        // A data row knows its file by id alone; a file that is gone was noted when it went.
        [
            watched("ezdbfile", "INSERT", "name_hash", "(NEW.name_hash)"),
            watched(
                "ezdbfile",
                "UPDATE",
                "name_hash",
                "(OLD.name_hash), (NEW.name_hash)",
            ),
            watched("ezdbfile", "DELETE", "name_hash", "(OLD.name_hash)"),
            watched("ezdbfile_data", "INSERT", "masterid", "(NEW.masterid)"),
            watched(
                "ezdbfile_data",
                "UPDATE",
                "masterid",
                "(OLD.masterid), (NEW.masterid)",
            ),
            watched("ezdbfile_data", "DELETE", "masterid", "(OLD.masterid)"),
        ]
    }
}
