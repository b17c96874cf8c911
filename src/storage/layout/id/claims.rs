//! The row `<path>.generating` that stands for a claim, and what becomes of it. Its id is the number
//! of the claim, and that of the version which it turns into; its scope is the connection that made it.

use super::{IdLayout, Index};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::shape::unfit;
use crate::storage::layout::{
    CLAIM_DATATYPE, ClaimKey, ClaimRow, ClaimState, ClaimWanted, Claiming, Draft, NewFile, Seen,
};
use crate::storage::metadata::Name;

/// The row of a claim, unless a deletion has marked it: then the claim is lost.
const HELD: &str = "id = ? AND name_hash = ? AND mtime >= 0";

/// The highest id that was seen; none when it does not matter.
fn highest(seen: Seen<'_>) -> Option<u64> {
    match seen {
        Seen::Anything => None,
        Seen::Nothing => Some(0),
        Seen::Version(metadata) => metadata.id,
    }
}

impl Claiming for IdLayout {
    fn insert_claim(
        &self,
        session: &mut Session,
        wanted: &ClaimWanted<'_>,
        patience: i64,
    ) -> Attempt<Option<u64>> {
        // IF evaluates its second argument after the first and only if that is true.
        let mut sql = String::from(
            "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
             SELECT ?, ?, ?, CONNECTION_ID(), 0, UNIX_TIMESTAMP() FROM DUAL WHERE IF(GET_LOCK(?, ?) = 1, \
             NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ?)",
        );
        let hash = Param::Text(wanted.generating.digits());
        let mut params = vec![
            Param::Text(CLAIM_DATATYPE),
            self.shape.name_param(wanted.generating.bytes()),
            hash,
            Param::Text(wanted.lock.as_bytes()),
            Param::Int(patience),
            hash,
        ];
        if let Some(seen) = highest(wanted.seen) {
            sql.push_str(" AND NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ? AND id > ?)");
            params.push(Param::Text(wanted.real.digits()));
            params.push(Param::Int(seen.cast_signed()));
        }
        sql.push_str(", FALSE)");
        let done = session.execute(&sql, &params).map_err(unfit)?;
        Ok((done.affected == 1).then_some(done.insert_id))
    }

    fn claim_state(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<ClaimState> {
        let statement = session.select(
            "SELECT UNIX_TIMESTAMP(), IS_USED_LOCK(?), CONNECTION_ID(), \
             c.id, ABS(c.mtime), c.name, c.datatype, c.scope \
             FROM (SELECT 1) one LEFT JOIN ezdbfile c ON c.name_hash = ? ORDER BY c.id DESC",
            &[
                Param::Text(wanted.lock.as_bytes()),
                Param::Text(wanted.generating.digits()),
            ],
        )?;
        let mut state = ClaimState::default();
        while session.fetch(statement)? {
            state.now = session.int(statement, 0);
            state.holder = Some(session.int(statement, 1)).filter(|holder| *holder != 0);
            state.own = session.int(statement, 2);
            let id = session.int(statement, 3).cast_unsigned();
            if state.row.is_none() && id != 0 && session.bytes(statement, 5) == wanted.generating.bytes() {
                let by_lock = session.bytes(statement, 6) == CLAIM_DATATYPE;
                let scope = std::str::from_utf8(session.bytes(statement, 7)).ok();
                let maker = scope.and_then(|scope| scope.parse().ok()).filter(|_| by_lock);
                state.row = Some(ClaimRow {
                    id,
                    made: session.int(statement, 4),
                    by_lock,
                    maker,
                });
            }
        }
        Ok(state)
    }

    fn win_claim(&self, session: &mut Session, _: &ClaimWanted<'_>, row: ClaimRow) -> Attempt<bool> {
        let done = session.execute(
            &self.update(
                "mtime = SIGN(mtime) * UNIX_TIMESTAMP()",
                "id = ? AND ABS(mtime) = ?",
            ),
            &[Param::Int(row.id.cast_signed()), Param::Int(row.made)],
        )?;
        Ok(done.affected == 1)
    }

    fn is_overtaken(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<bool> {
        let Some(seen) = highest(wanted.seen) else {
            return Ok(false);
        };
        Ok(!self
            .rows_named(session, wanted.real, " AND id > ?", seen)?
            .is_empty())
    }

    fn replace_claim(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<u64> {
        session.begin();
        let old = self.rows_named(session, wanted.generating, " AND id > ?", 0)?;
        self.erase(session, &old)?;
        let done = session.execute(
            "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
             VALUES (?, ?, ?, CONNECTION_ID(), 0, UNIX_TIMESTAMP())",
            &[
                Param::Text(CLAIM_DATATYPE),
                self.shape.name_param(wanted.generating.bytes()),
                Param::Text(wanted.generating.digits()),
            ],
        )?;
        session.commit()?;
        Ok(done.insert_id)
    }

    fn renew_claim(&self, session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<bool> {
        let done = session.execute(&self.update("mtime = UNIX_TIMESTAMP()", HELD), &key(claim))?;
        Ok(done.affected == 1)
    }

    fn refill_claim(&self, session: &mut Session, claim: &ClaimKey<'_>, size: u64) -> Attempt<Option<Draft>> {
        let [id, hash] = key(claim);
        let done = session.execute(
            &self.update("size = ?", HELD),
            &[Param::Int(size.cast_signed()), id, hash],
        )?;
        if done.affected != 1 {
            return Ok(None);
        }
        self.drop_rows(session, claim.id)?;
        Ok(Some(Draft::by_id(claim.id)))
    }

    fn begin_claimed(
        &self,
        session: &mut Session,
        claim: &ClaimKey<'_>,
        file: &NewFile<'_>,
    ) -> Attempt<Option<Draft>> {
        if !self.turn_claim(session, claim, file)? {
            return Ok(None);
        }
        if claim.kept {
            self.drop_rows(session, claim.id)?;
        }
        Ok(Some(Draft::by_id(claim.id)))
    }

    fn complete_claimed(&self, session: &mut Session, draft: &Draft, name: &Name) -> Attempt<()> {
        self.keep_only(session, name, draft.id)
    }

    fn publish_kept(
        &self,
        session: &mut Session,
        claim: &ClaimKey<'_>,
        file: &NewFile<'_>,
    ) -> Attempt<Option<u64>> {
        if !self.turn_claim(session, claim, file)? {
            return Ok(None);
        }
        self.keep_only(session, file.name, claim.id)?;
        Ok(Some(claim.id))
    }

    fn drop_claim(&self, session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<()> {
        let sql = format!(
            "{} WHERE f.id = ? AND f.name_hash = ?",
            self.delete_with_rows(Index::Primary)
        );
        session.execute(&sql, &key(claim))?;
        Ok(())
    }
}

impl IdLayout {
    /// A statement that changes the row of a claim, which is found by its key. Left to itself, the server first estimates how
    /// many rows the other conditions leave, which in busy tables takes longer than all else.
    fn update(&self, set: &str, rows: &str) -> String {
        format!(
            "UPDATE ezdbfile{} SET {set} WHERE {rows}",
            self.hint(Index::Primary)
        )
    }

    /// Makes the claim's row the file; false when the claim is lost.
    fn turn_claim(&self, session: &mut Session, claim: &ClaimKey<'_>, file: &NewFile<'_>) -> Attempt<bool> {
        let [id, hash] = key(claim);
        let turned = session
            .execute_block(&[(
                &self.update(
                    "datatype = ?, name = ?, name_hash = ?, scope = ?, size = ?, mtime = ?",
                    HELD,
                ),
                &[
                    Param::Text(file.datatype),
                    self.shape.name_param(file.name.bytes()),
                    Param::Text(file.name.digits()),
                    Param::Text(self.shape.scope(file.scope)),
                    Param::Int(file.size.cast_signed()),
                    Param::Int(file.mtime),
                    id,
                    hash,
                ],
            )])
            .map_err(unfit)?;
        Ok(turned == 1)
    }

    /// Removes all versions of a name but one.
    fn keep_only(&self, session: &mut Session, name: &Name, id: u64) -> Attempt<()> {
        self.erase_named(session, name, "<>", id)
    }
}

/// A claim's row as parameters: its id and its `name_hash`.
fn key<'a>(claim: &ClaimKey<'a>) -> [Param<'a>; 2] {
    [
        Param::Int(claim.id.cast_signed()),
        Param::Text(claim.generating.digits()),
    ]
}
