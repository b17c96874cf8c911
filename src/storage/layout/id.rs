//! The `id` layout: a row of `ezdbfile` a version, its bytes in rows of `ezdbfile_data` that name
//! it as `masterid`, in order of their own ids.
//!
//! There is no unique key on the name, so two writers at once can leave two rows of one name: the
//! row with the highest id is the file. A version never changes under its id.

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::list::Wanted;
use crate::storage::metadata::{Metadata, Name};
use crate::storage::pattern::{Condition, Match, Regex, like_prefix};
use crate::storage::{Attempt, Trouble};

use super::{Column, Columns, Width};

/// Columns that make the layout, by table.
const FILES: [&str; 7] = ["id", "datatype", "name", "name_hash", "scope", "size", "mtime"];
const DATA: [&str; 3] = ["id", "masterid", "filedata"];
/// How a row of `ezdbfile` is read; [`row`] follows the order.
const ROW: &str = "id, name, datatype, scope, size, mtime";
/// Room in a message beside the file data.
const MESSAGE_OVERHEAD: u64 = 4096;
/// Bytes of file data in one message to the server, about.
const MESSAGE_BYTES: u64 = 17 << 16;
/// Rows of file data in one message, at most.
const MESSAGE_ROWS: u64 = 64;
/// Ids in one statement that names them one by one.
const IDS_AT_ONCE: usize = 1000;
/// What a datatype becomes that the column does not hold.
pub const GENERIC_DATATYPE: &[u8] = b"application/octet-stream";

/// The tables of a database, with the widths of their columns.
#[derive(Debug, Clone)]
pub struct IdLayout {
    name: Width,
    datatype: Width,
    scope: Width,
    mtime_max: i64,
    chunk_max: u64,
    charset: String,
}

/// A row that is about to be written.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// Its name.
    pub name: &'a Name,
    /// MIME type or word.
    pub datatype: &'a [u8],
    /// Category.
    pub scope: &'a [u8],
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970, 1 at least.
    pub mtime: i64,
}

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
    /// Checks the columns and takes their widths.
    ///
    /// # Errors
    /// [`Error::UnknownTable`] that names the first column that is missing.
    pub fn from_columns(files: &Columns, data: &Columns, settings: &Settings) -> Result<Self> {
        check("ezdbfile", files, &FILES)?;
        check("ezdbfile_data", data, &DATA)?;
        let width = |name: &str| files.get(name).map_or(Width { max: 0, binary: true }, Width::of);
        Ok(Self {
            name: width("name"),
            datatype: width("datatype"),
            scope: width("scope"),
            mtime_max: files.get("mtime").map_or(0, integer_max),
            chunk_max: data
                .get("filedata")
                .and_then(|column| column.length)
                .unwrap_or(1)
                .min(settings.chunk_size)
                .max(1),
            charset: settings.charset.clone(),
        })
    }

    /// Name of the layout.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        "id"
    }

    /// Checks what the tables cannot hold before anything is written.
    ///
    /// # Errors
    /// [`Error::Refused`] for a name or time that does not fit.
    pub fn admit(&self, file: &NewFile<'_>) -> Result<()> {
        self.admit_name(file.name)?;
        if file.mtime > self.mtime_max {
            return Err(Error::Refused(format!(
                "the modification time {} is more than the column mtime holds ({})",
                file.mtime, self.mtime_max
            )));
        }
        Ok(())
    }

    /// Checks that the column `name` holds a name as it is.
    ///
    /// # Errors
    /// [`Error::Refused`].
    pub fn admit_name(&self, name: &Name) -> Result<()> {
        if name.bytes().contains(&0) {
            return Err(Error::Refused("the name contains a NUL byte".into()));
        }
        if !self.name.fits(name.bytes()) {
            return Err(Error::Refused(format!(
                "the name is too long: it has {} bytes, the column ezdbfile.name takes {} {}; tables made by ezdbfile_install() take 1024 bytes",
                name.bytes().len(),
                self.name.max,
                if self.name.binary { "bytes" } else { "characters" },
            )));
        }
        if !self.name.binary && self.is_utf8() && std::str::from_utf8(name.bytes()).is_err() {
            return Err(Error::Refused(
                "the name is not valid UTF-8, and the column ezdbfile.name holds characters only; tables made by ezdbfile_install() take any bytes".into(),
            ));
        }
        Ok(())
    }

    /// The datatype as it will be stored; false when it did not fit.
    #[must_use]
    pub fn datatype<'v>(&self, datatype: &'v [u8]) -> (&'v [u8], bool) {
        if self.datatype.fits(datatype) {
            (datatype, true)
        } else {
            (GENERIC_DATATYPE, false)
        }
    }

    /// The scope as the column holds it, which is also how it is compared.
    #[must_use]
    pub fn scope<'v>(&self, scope: &'v [u8]) -> &'v [u8] {
        self.scope.cut(scope)
    }

    /// Bytes of file data in a row.
    #[must_use]
    pub fn chunk_size(&self, session: &Session) -> usize {
        let packet = session.max_allowed_packet().saturating_sub(MESSAGE_OVERHEAD);
        usize::try_from(self.chunk_max.min(packet).max(1)).unwrap_or(usize::MAX)
    }

    /// Rows of file data in one message.
    #[must_use]
    pub fn rows_at_once(&self, session: &Session) -> usize {
        let chunk = self.chunk_size(session) as u64;
        let packet = session.max_allowed_packet().saturating_sub(MESSAGE_OVERHEAD);
        let rows = MESSAGE_BYTES.min(packet) / (chunk + 16);
        usize::try_from(rows.clamp(1, MESSAGE_ROWS)).unwrap_or(1)
    }

    fn is_utf8(&self) -> bool {
        self.charset.to_ascii_lowercase().starts_with("utf8")
    }

    fn name_param<'v>(&self, bytes: &'v [u8]) -> Param<'v> {
        if self.name.binary {
            Param::Bytes(bytes)
        } else {
            Param::Text(bytes)
        }
    }

    /// The bytes of a text column as the connection's character set spells them.
    fn bytes_of(&self, width: Width, column: &str) -> String {
        if width.binary {
            column.to_owned()
        } else {
            format!("CAST(CONVERT({column} USING {}) AS BINARY)", self.charset_sql())
        }
    }

    /// The character set as it may stand in SQL.
    fn charset_sql(&self) -> &str {
        let plain = self
            .charset
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if plain && !self.charset.is_empty() {
            &self.charset
        } else {
            "utf8mb4"
        }
    }

    /// The file of a name: the row with the highest id. A row that only shares the hash is
    /// somebody else's.
    ///
    /// # Errors
    /// What the server said.
    pub fn find(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        let statement = session.select(
            &format!("SELECT {ROW} FROM ezdbfile WHERE name_hash = ? ORDER BY id DESC"),
            &[Param::Text(name.hash().as_bytes())],
        )?;
        let mut found = None;
        while session.fetch(statement)? {
            if found.is_none() && session.bytes(statement, 1) == name.bytes() {
                found = Some(row(session, statement));
            }
        }
        Ok(found)
    }

    /// Starts reading metadata and bytes of a name in one go. The rows are those of the highest id
    /// with the name's hash, in order, metadata in each; none when there is no such row or it
    /// has no bytes.
    ///
    /// # Errors
    /// What the server said.
    pub fn open(&self, session: &mut Session, name: &Name) -> Attempt<StatementId> {
        // The inner SELECT is resolved while the statement is planned: the metadata row is then a
        // constant, and the chunks come in the order of the index without being sorted.
        Ok(session.select_data(
            "SELECT f.id, f.name, f.datatype, f.scope, f.size, f.mtime, d.filedata \
             FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.masterid = f.id \
             WHERE f.id = (SELECT MAX(id) FROM ezdbfile WHERE name_hash = ?) ORDER BY d.id",
            &[Param::Text(name.hash().as_bytes())],
        )?)
    }

    /// Starts reading the bytes of a version, leaving out its first `skip` rows and stopping after
    /// `count`.
    ///
    /// # Errors
    /// What the server said.
    pub fn open_version(
        &self,
        session: &mut Session,
        id: u64,
        skip: u64,
        count: Option<u64>,
    ) -> Attempt<StatementId> {
        let masterid = Param::Int(id.cast_signed());
        Ok(if skip == 0 && count.is_none() {
            session.select_data(
                "SELECT filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id",
                &[masterid],
            )?
        } else {
            session.select_data(
                "SELECT filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id LIMIT ?, ?",
                &[
                    masterid,
                    Param::Int(skip.cast_signed()),
                    Param::Int(count.map_or(i64::MAX, u64::cast_signed)),
                ],
            )?
        })
    }

    /// Number of data rows of a version, and the length of the first one.
    ///
    /// # Errors
    /// What the server said.
    pub fn measure(&self, session: &mut Session, id: u64) -> Attempt<(u64, u64)> {
        let masterid = Param::Int(id.cast_signed());
        let statement = session.select(
            "SELECT COUNT(*), (SELECT LENGTH(filedata) FROM ezdbfile_data WHERE masterid = ? \
             ORDER BY id LIMIT 1) FROM ezdbfile_data WHERE masterid = ?",
            &[masterid, masterid],
        )?;
        let mut measured = (0, 0);
        while session.fetch(statement)? {
            measured = (
                session.int(statement, 0).cast_unsigned(),
                session.int(statement, 1).cast_unsigned(),
            );
        }
        Ok(measured)
    }

    /// Writes the metadata row of a new version; answers with its id.
    ///
    /// # Errors
    /// What the server said.
    pub fn insert(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<u64> {
        let done = session
            .execute(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 VALUES (?, ?, ?, ?, ?, ?)",
                &[
                    Param::Text(file.datatype),
                    self.name_param(file.name.bytes()),
                    Param::Text(file.name.hash().as_bytes()),
                    Param::Text(self.scope(file.scope)),
                    Param::Int(file.size.cast_signed()),
                    Param::Int(file.mtime),
                ],
            )
            .map_err(unfit)?;
        Ok(done.insert_id)
    }

    /// Adds rows of at most `chunk` bytes to a version.
    ///
    /// # Errors
    /// What the server said.
    pub fn append(&self, session: &mut Session, id: u64, bytes: &[u8], chunk: usize) -> Attempt<()> {
        let rows = bytes.chunks(chunk);
        let mut sql = String::from("INSERT INTO ezdbfile_data (masterid, filedata) VALUES (?,?)");
        for _ in 1..rows.len() {
            sql.push_str(",(?,?)");
        }
        let params: Vec<Param<'_>> = rows
            .flat_map(|row| [Param::Int(id.cast_signed()), Param::Bytes(row)])
            .collect();
        session.execute(&sql, &params).map_err(unfit)?;
        Ok(())
    }

    /// Removes what a new version replaces: the rows of its name with lower ids.
    ///
    /// # Errors
    /// What the server said.
    pub fn supersede(&self, session: &mut Session, name: &Name, id: u64) -> Attempt<()> {
        let older = self.rows_named(session, name, " AND id < ?", id)?;
        self.erase(session, &older)?;
        Ok(())
    }

    /// Ids of the rows of a name that fulfil a further condition on an id.
    fn rows_named(&self, session: &mut Session, name: &Name, and: &str, id: u64) -> Attempt<Vec<u64>> {
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
    fn erase(&self, session: &mut Session, ids: &[u64]) -> Attempt<u64> {
        let mut removed = 0;
        for ids in ids.chunks(IDS_AT_ONCE) {
            let list = list(ids);
            removed += session.query(&format!("DELETE FROM ezdbfile WHERE id IN ({list})"))?;
            session.query(&format!("DELETE FROM ezdbfile_data WHERE masterid IN ({list})"))?;
        }
        Ok(removed)
    }

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

    /// Copies a live version to a name inside the server; the id of the copy, or none when the
    /// version is no longer there.
    ///
    /// # Errors
    /// What the server said.
    pub fn copy(&self, session: &mut Session, id: u64, to: &Name) -> Attempt<Option<u64>> {
        // Reading the metadata row here locks it: nobody removes the chunks before they are copied.
        let done = session
            .execute(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 SELECT datatype, ?, ?, scope, size, mtime FROM ezdbfile WHERE id = ? AND mtime >= 0",
                &[
                    self.name_param(to.bytes()),
                    Param::Text(to.hash().as_bytes()),
                    Param::Int(id.cast_signed()),
                ],
            )
            .map_err(unfit)?;
        if done.affected == 0 {
            return Ok(None);
        }
        session.execute(
            "INSERT INTO ezdbfile_data (masterid, filedata) \
             SELECT ?, filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id",
            &[
                Param::Int(done.insert_id.cast_signed()),
                Param::Int(id.cast_signed()),
            ],
        )?;
        self.supersede(session, to, done.insert_id)?;
        Ok(Some(done.insert_id))
    }

    /// Gives a live version another name, in the place of what had it; false when the version is
    /// no longer there. No data row of it is touched.
    ///
    /// # Errors
    /// What the server said.
    pub fn rename(&self, session: &mut Session, id: u64, from: &Name, to: &Name) -> Attempt<bool> {
        let done = session
            .execute(
                "UPDATE ezdbfile SET name = ?, name_hash = ? WHERE id = ? AND mtime >= 0",
                &[
                    self.name_param(to.bytes()),
                    Param::Text(to.hash().as_bytes()),
                    Param::Int(id.cast_signed()),
                ],
            )
            .map_err(unfit)?;
        if done.affected == 0 {
            return Ok(false);
        }
        let mut replaced = self.rows_named(session, to, " AND id <> ?", id)?;
        replaced.extend(self.rows_named(session, from, " AND id < ?", id)?);
        replaced.sort_unstable();
        self.erase(session, &replaced)?;
        Ok(true)
    }

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
                sql.push_str(" AND -mtime < UNIX_TIMESTAMP() - ?");
                params.push(Param::Int(seconds));
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

/// Checks that a table which stands alone is one of this layout.
///
/// # Errors
/// [`Error::UnknownTable`].
pub fn check_half(files: &Columns, data: &Columns) -> Result<()> {
    if !files.is_empty() {
        check("ezdbfile", files, &FILES)?;
    }
    if !data.is_empty() {
        check("ezdbfile_data", data, &DATA)?;
    }
    Ok(())
}

fn check(table: &'static str, columns: &Columns, wanted: &[&str]) -> Result<()> {
    let unknown = |reason: String| Err(Error::UnknownTable { table, reason });
    if columns.is_empty() {
        return unknown("it does not exist; ezdbfile_install() makes it".into());
    }
    if columns.contains_key("name_hash") && columns.contains_key("offset") {
        return unknown(
            "its rows are kept by name_hash and offset, the layout of eZ Publish 3.10 to 4.7, which this version does not read".into(),
        );
    }
    let Some(missing) = wanted.iter().find(|name| !columns.contains_key(**name)) else {
        return Ok(());
    };
    let mut there: Vec<&str> = columns.keys().map(String::as_str).collect();
    there.sort_unstable();
    unknown(format!(
        "it has no column {missing} (its columns are {})",
        there.join(", ")
    ))
}

/// The present row of a statement that selects [`ROW`].
pub fn row(session: &Session, statement: StatementId) -> Metadata {
    Metadata {
        id: session.int(statement, 0).cast_unsigned(),
        name: session.bytes(statement, 1).to_vec(),
        datatype: session.bytes(statement, 2).to_vec(),
        scope: session.bytes(statement, 3).to_vec(),
        size: session.int(statement, 4).cast_unsigned(),
        mtime: session.int(statement, 5),
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

/// The largest value of a signed integer column.
fn integer_max(column: &Column) -> i64 {
    match column.data_type.as_str() {
        "bigint" => i64::MAX,
        _ => i64::from(i32::MAX),
    }
}

/// Puts the server's refusal of a value into words.
fn unfit(error: crate::mysql::MysqlError) -> Trouble {
    match error.code {
        // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, ER_DATA_TOO_LONG, ER_WARN_DATA_OUT_OF_RANGE,
        // ER_INVALID_CHARACTER_STRING, ER_AUTOINC_READ_FAILED
        1366 | 1406 | 1264 | 1300 | 1467 => Error::Refused(format!(
            "the tables cannot hold it: {error}; tables made by ezdbfile_install() have wider columns"
        ))
        .into(),
        _ => error.into(),
    }
}
