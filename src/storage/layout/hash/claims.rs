//! The row `<path>.generating` that stands for a claim, and what becomes of it. Its scope is the
//! connection that made it and, behind a dot, the number of the claim.

use super::find::{VERSION, version_params};
use super::name_trunk::of_claim;
use super::relocate::MOVE_ROWS;
use super::write::{DROP_ROWS, drop_rows};
use super::{HashLayout, mark, refused};
use crate::mysql::{MysqlError, Param};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::{
    CLAIM_DATATYPE, ClaimKey, ClaimRow, ClaimState, ClaimWanted, Claiming, Draft, NewFile, Reading, Seen,
};
use crate::storage::metadata::Name;

/// The row is found by its key. Left to itself, the server first estimates how many rows the other conditions leave.
const UPDATE: &str = "UPDATE ezdbfile FORCE INDEX (PRIMARY) SET";
/// The row of a claim, by its hash and number. (The last condition says nothing here, and makes the
/// statement fail on tables of another layout that have taken the place of these.)
const OWN: &str = "name_hash = ? AND SUBSTRING_INDEX(scope, '.', -1) = ? AND expired IS NOT NULL";
/// The same, unless a deletion has marked it: then the claim is lost.
const HELD: &str = "name_hash = ? AND SUBSTRING_INDEX(scope, '.', -1) = ? AND expired = 0 AND mtime >= 0";
/// The same for `ezdbfile c`.
const HELD_C: &str =
    "c.name_hash = ? AND SUBSTRING_INDEX(c.scope, '.', -1) = ? AND c.expired = 0 AND c.mtime >= 0";
/// What is written for a claim, with its number.
const CLAIM: &str = "?, ?, ?, ?, CONCAT(CONNECTION_ID(), '.', ?), 0, UNIX_TIMESTAMP(), 0";
/// The row of a hash, as a range: by equality the server reads it while it plans the statement (`EXPLAIN`: "const table"),
/// before it takes the lock. All of the statement then sees the tables as they were at that time, without what the maker
/// that had the lock till then has committed.
const THE_ROW: &str = "f.name_hash >= ? AND f.name_hash <= ?";
/// Error number: there is a row with this key.
const ER_DUP_ENTRY: u32 = 1062;

impl Claiming for HashLayout {
    fn insert_claim(
        &self,
        session: &mut Session,
        wanted: &ClaimWanted<'_>,
        patience: i64,
    ) -> Attempt<Option<u64>> {
        let id = mark::claim_number();
        let number = number(id);
        let hash = Param::Text(wanted.generating.digits());
        // IF evaluates its second argument after the first and only if that is true.
        let mut sql = format!(
            "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) \
             SELECT {CLAIM} FROM DUAL WHERE IF(GET_LOCK(?, ?) = 1, \
             NOT EXISTS (SELECT 1 FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE {THE_ROW})"
        );
        let mut params = self.claim_params(wanted.generating, &number);
        params.extend([
            Param::Text(wanted.lock.as_bytes()),
            Param::Int(patience),
            hash,
            hash,
        ]);
        if let Some((other, of_other)) = other_version(wanted) {
            sql.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE {other})"
            ));
            params.extend(of_other);
        }
        sql.push_str(", FALSE)");
        match session.execute(&sql, &params) {
            Ok(done) => Ok((done.affected == 1).then_some(id)),
            // It was made between the question and the answer.
            Err(MysqlError {
                code: ER_DUP_ENTRY, ..
            }) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    fn claim_state(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<ClaimState> {
        let statement = session.select(
            "SELECT UNIX_TIMESTAMP(), IS_USED_LOCK(?), CONNECTION_ID(), \
             ABS(c.mtime), c.name, c.datatype, c.scope \
             FROM (SELECT 1) one LEFT JOIN ezdbfile c ON c.name_hash = ?",
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
            if session.bytes(statement, 4) == wanted.generating.bytes() {
                let by_lock = session.bytes(statement, 5) == CLAIM_DATATYPE;
                let scope = std::str::from_utf8(session.bytes(statement, 6)).unwrap_or_default();
                let (maker, id) = scope.split_once('.').unwrap_or_default();
                state.row = Some(ClaimRow {
                    id: u64::from_str_radix(id, 16).unwrap_or(0),
                    made: session.int(statement, 3),
                    by_lock,
                    maker: maker.parse().ok().filter(|_| by_lock),
                });
            }
        }
        Ok(state)
    }

    fn win_claim(&self, session: &mut Session, wanted: &ClaimWanted<'_>, row: ClaimRow) -> Attempt<bool> {
        let done = session.execute(
            &format!("{UPDATE} mtime = SIGN(mtime) * UNIX_TIMESTAMP() WHERE {OWN} AND ABS(mtime) = ?"),
            &[
                Param::Text(wanted.generating.digits()),
                Param::Text(number(row.id).as_bytes()),
                Param::Int(row.made),
            ],
        )?;
        Ok(done.affected == 1)
    }

    fn is_overtaken(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<bool> {
        let Some((other, params)) = other_version(wanted) else {
            return Ok(false);
        };
        let statement = session.select(&format!("SELECT name FROM ezdbfile f WHERE {other}"), &params)?;
        let mut overtaken = false;
        while session.fetch(statement)? {
            overtaken |= session.bytes(statement, 0) == wanted.real.bytes();
        }
        Ok(overtaken)
    }

    fn replace_claim(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<u64> {
        let id = mark::claim_number();
        let number = number(id);
        session.begin();
        let mut params = self.claim_params(wanted.generating, &number);
        params.push(Param::Bytes(wanted.generating.bytes()));
        let sql = self.put_sql(&format!("VALUES ({CLAIM})"));
        let hash = [Param::Text(wanted.generating.digits())];
        session
            .execute_block(&[(&sql, &params), (DROP_ROWS, &hash)])
            .map_err(refused)?;
        session.commit()?;
        Ok(id)
    }

    fn renew_claim(&self, session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<bool> {
        let done = session.execute(
            &format!("{UPDATE} mtime = UNIX_TIMESTAMP() WHERE {HELD}"),
            &[hash(claim), Param::Text(number(claim.id).as_bytes())],
        )?;
        Ok(done.affected == 1)
    }

    fn refill_claim(&self, session: &mut Session, claim: &ClaimKey<'_>, size: u64) -> Attempt<Option<Draft>> {
        let draft = self.draft(session, claim.generating, size)?;
        let done = session.execute(
            &format!("{UPDATE} size = ? WHERE {HELD}"),
            &[
                Param::Int(size.cast_signed()),
                hash(claim),
                Param::Text(number(claim.id).as_bytes()),
            ],
        )?;
        if done.affected != 1 {
            return Ok(None);
        }
        drop_rows(session, claim.generating)?;
        Ok(Some(draft))
    }

    fn begin_claimed(
        &self,
        session: &mut Session,
        claim: &ClaimKey<'_>,
        file: &NewFile<'_>,
    ) -> Attempt<Option<Draft>> {
        let draft = self.draft(session, file.name, file.size)?;
        // The claim's row, and the bytes that the file had.
        let sql = format!(
            "DELETE c, d FROM ezdbfile c FORCE INDEX (PRIMARY) \
             LEFT JOIN ezdbfile_data d FORCE INDEX (PRIMARY) ON d.name_hash = ? WHERE {HELD_C}"
        );
        let number = number(claim.id);
        let params = [
            Param::Text(file.name.digits()),
            hash(claim),
            Param::Text(number.as_bytes()),
        ];
        if self.put_row_and_count(session, file, (&sql, &params))? == 0 {
            // Lost: the file stays as it was.
            session.rollback()?;
            session.begin();
            return Ok(None);
        }
        if claim.kept {
            drop_rows(session, claim.generating)?;
        }
        Ok(Some(draft))
    }

    fn complete_claimed(&self, _: &mut Session, _: &Draft, _: &Name) -> Attempt<()> {
        Ok(())
    }

    fn publish_kept(
        &self,
        session: &mut Session,
        claim: &ClaimKey<'_>,
        file: &NewFile<'_>,
    ) -> Attempt<Option<u64>> {
        if !lock_claim(session, claim, HELD)? {
            return Ok(None);
        }
        let name = Param::Text(file.name.digits());
        self.put_row(
            session,
            file,
            &[(DROP_ROWS, &[name]), (MOVE_ROWS, &[name, hash(claim)])],
        )?;
        end_claim(session, claim, HELD)?;
        Ok(self.find(session, file.name)?.and_then(|metadata| metadata.id))
    }

    fn drop_claim(&self, session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<()> {
        if !claim.kept {
            return end_claim(session, claim, OWN).map(drop);
        }
        session.begin();
        if lock_claim(session, claim, OWN)? {
            drop_rows(session, claim.generating)?;
            end_claim(session, claim, OWN)?;
        }
        session.commit()?;
        Ok(())
    }
}

impl HashLayout {
    /// The parameters of [`CLAIM`].
    fn claim_params<'a>(&self, generating: &'a Name, number: &'a str) -> Vec<Param<'a>> {
        vec![
            Param::Text(CLAIM_DATATYPE),
            self.shape.name_param(generating.bytes()),
            self.shape.name_param(of_claim(generating.bytes())),
            Param::Text(generating.digits()),
            Param::Text(number.as_bytes()),
        ]
    }
}

/// The condition for a row of the file that is not of the version that was seen.
fn other_version<'a>(wanted: &ClaimWanted<'a>) -> Option<(String, Vec<Param<'a>>)> {
    let hash = Param::Text(wanted.real.digits());
    match wanted.seen {
        Seen::Anything => None,
        Seen::Nothing => Some((THE_ROW.into(), vec![hash; 2])),
        Seen::Version(seen) => {
            let mut params = vec![hash; 2];
            params.extend(version_params(wanted.real, seen));
            Some((format!("{THE_ROW} AND NOT ({VERSION})"), params))
        }
    }
}

/// Keeps others from changing the row of a claim to the end of the transaction; false when it is not
/// there. `own`: [`OWN`] or [`HELD`].
fn lock_claim(session: &mut Session, claim: &ClaimKey<'_>, own: &str) -> Attempt<bool> {
    let number = number(claim.id);
    let statement = session.select(
        &format!("SELECT size FROM ezdbfile FORCE INDEX (PRIMARY) WHERE {own} FOR UPDATE"),
        &[hash(claim), Param::Text(number.as_bytes())],
    )?;
    let mut locked = false;
    while session.fetch(statement)? {
        locked = true;
    }
    Ok(locked)
}

/// A claim is still held, once those who change it are done.
pub(super) fn is_held(session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<bool> {
    lock_claim(session, claim, HELD)
}

/// Removes the row of a claim; false when it is not there. `own`: [`OWN`] or [`HELD`].
fn end_claim(session: &mut Session, claim: &ClaimKey<'_>, own: &str) -> Attempt<bool> {
    let number = number(claim.id);
    let done = session.execute(
        &format!("DELETE FROM ezdbfile WHERE {own}"),
        &[hash(claim), Param::Text(number.as_bytes())],
    )?;
    Ok(done.affected == 1)
}

/// The number of a claim as it stands in the scope.
fn number(id: u64) -> String {
    format!("{id:09x}")
}

fn hash<'a>(claim: &ClaimKey<'a>) -> Param<'a> {
    Param::Text(claim.generating.digits())
}
