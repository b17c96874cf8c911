//! The name of a file and what the cluster knows about it apart from its bytes.

use std::hash::{Hash, Hasher};

use md5::{Digest, Md5};

/// A name as it stands in the tables, with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    bytes: Vec<u8>,
    /// Lower-case hexadecimal digits.
    hash: [u8; 32],
}

impl From<Vec<u8>> for Name {
    /// Takes the exact bytes of a cleaned path.
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            hash: digits(&Md5::digest(&bytes).into()),
            bytes,
        }
    }
}

impl Hash for Name {
    /// By half of its own hash, which is there already: no more is to be made of long names.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (eights, _) = self.hash.as_chunks();
        for digits in eights.iter().take(2) {
            state.write_u64(u64::from_ne_bytes(*digits));
        }
    }
}

impl Name {
    /// As [`from`](Self::from), of a copy.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// md5 of the bytes, 32 lower-case hexadecimal digits: column `name_hash`.
    #[must_use]
    pub fn hash(&self) -> &str {
        text(&self.hash)
    }

    /// The bytes of [`hash`](Self::hash).
    #[must_use]
    pub fn digits(&self) -> &[u8] {
        &self.hash
    }
}

/// As lower-case digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8; 16]) -> String {
    text(&digits(bytes)).to_owned()
}

fn digits(bytes: &[u8; 16]) -> [u8; 32] {
    let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
    let mut digits = [0; 32];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    digits
}

/// Digits as text.
fn text(digits: &[u8; 32]) -> &str {
    std::str::from_utf8(digits).unwrap_or_default()
}

/// A row that was found by its name: its id, and the hash that it has of it, since a row can be given
/// another name before it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Key of the row.
    pub id: u64,
    /// Lower-case hexadecimal digits.
    hash: [u8; 32],
}

impl Key {
    /// The key of a row with this name.
    #[must_use]
    pub fn new(id: u64, name: &[u8]) -> Self {
        Self {
            id,
            hash: digits(&Md5::digest(name).into()),
        }
    }

    /// The key of a row by the `name_hash` that it has; none where that is no hash.
    #[must_use]
    pub fn of_hash(id: u64, hash: &[u8]) -> Option<Self> {
        let mut hash: [u8; 32] = hash.try_into().ok()?;
        hash.make_ascii_lowercase();
        // Without a way out between them, all digits are looked at at once.
        let are_digits = hash
            .iter()
            .fold(true, |all, digit| all & digit.is_ascii_hexdigit());
        are_digits.then_some(Self { id, hash })
    }

    /// The same without an id, for tables without ids.
    #[must_use]
    pub fn without_id(self) -> Self {
        Self { id: 0, ..self }
    }

    /// The `name_hash` that the row must still have.
    #[must_use]
    pub fn hash(&self) -> &str {
        text(&self.hash)
    }

    /// Adds the hashes of keys as a list in SQL.
    pub fn push_hashes(sql: &mut String, keys: &[Self]) {
        sql.reserve(keys.len() * ("'',".len() + 32));
        let mut comma = "";
        for key in keys {
            for part in [comma, "'", key.hash(), "'"] {
                sql.push_str(part);
            }
            comma = ",";
        }
    }

    /// Adds the ids of keys as a list in SQL.
    pub fn push_ids(sql: &mut String, keys: &[Self]) {
        let mut comma = "";
        let mut digits = itoa::Buffer::new();
        for key in keys {
            sql.push_str(comma);
            sql.push_str(digits.format(key.id));
            comma = ",";
        }
    }
}

/// One row of `ezdbfile`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// What the writer told this version from others by: together with the time and the size no
    /// two versions of a name have it. None where it was not asked for, which then cannot tell them.
    pub id: Option<u64>,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970; negative when the file is expired.
    pub mtime: i64,
    texts: Texts,
}

/// The texts of a row behind one another: there is one piece of memory to get and to give back for each look at a
/// file, not four.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Texts {
    bytes: Vec<u8>,
    /// Where the name ends.
    name: usize,
    /// Where the trunk of the name ends, in the layout that has it.
    name_trunk: Option<usize>,
    /// Where the datatype ends, and the scope begins.
    datatype: usize,
}

/// What a row of `ezdbfile` says, as a [`Metadata`] is made of.
#[derive(Debug, Clone, Copy)]
pub struct MetadataRow<'a> {
    /// [`Metadata::id`]
    pub id: Option<u64>,
    /// [`Metadata::name`]
    pub name: &'a [u8],
    /// [`Metadata::name_trunk`]
    pub name_trunk: Option<&'a [u8]>,
    /// [`Metadata::datatype`]
    pub datatype: &'a [u8],
    /// [`Metadata::scope`]
    pub scope: &'a [u8],
    /// [`Metadata::size`]
    pub size: u64,
    /// [`Metadata::mtime`]
    pub mtime: i64,
}

impl From<MetadataRow<'_>> for Metadata {
    fn from(row: MetadataRow<'_>) -> Self {
        let trunk = row.name_trunk.unwrap_or_default();
        let length = row.name.len() + trunk.len() + row.datatype.len() + row.scope.len();
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(row.name);
        bytes.extend_from_slice(trunk);
        let name_trunk = row.name_trunk.map(|_| bytes.len());
        bytes.extend_from_slice(row.datatype);
        let datatype = bytes.len();
        bytes.extend_from_slice(row.scope);
        Self {
            id: row.id,
            size: row.size,
            mtime: row.mtime,
            texts: Texts {
                bytes,
                name: row.name.len(),
                name_trunk,
                datatype,
            },
        }
    }
}

impl Metadata {
    /// Path relative to the site root.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        self.texts.between(0, self.texts.name)
    }

    /// What old nodes delete the file by, in the layout that has it.
    #[must_use]
    pub fn name_trunk(&self) -> Option<&[u8]> {
        let end = self.texts.name_trunk?;
        Some(self.texts.between(self.texts.name, end))
    }

    /// MIME type, or a word such as `php` or `misc`.
    #[must_use]
    pub fn datatype(&self) -> &[u8] {
        let start = self.texts.name_trunk.unwrap_or(self.texts.name);
        self.texts.between(start, self.texts.datatype)
    }

    /// Category, such as `image` or `viewcache`.
    #[must_use]
    pub fn scope(&self) -> &[u8] {
        self.texts.between(self.texts.datatype, self.texts.bytes.len())
    }

    /// All of it, to make another one with something else in it.
    #[must_use]
    pub fn row(&self) -> MetadataRow<'_> {
        MetadataRow {
            id: self.id,
            name: self.name(),
            name_trunk: self.name_trunk(),
            datatype: self.datatype(),
            scope: self.scope(),
            size: self.size,
            mtime: self.mtime,
        }
    }

    /// Marked as deleted: still in the tables, but no file any more for those who ask.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.mtime < 0
    }

    /// Its [`id`](Self::id); 0, which no version has, when it is not known.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.id.unwrap_or(0)
    }

    /// The same stored version, whether it expired meanwhile or not.
    #[must_use]
    pub fn is_same_version(&self, other: &Self) -> bool {
        self.name() == other.name() && self.told_by() == other.told_by()
    }

    /// Tells this stored version from every other of the database, also from one of the same
    /// second and size: 32 hexadecimal digits.
    #[must_use]
    pub fn identity(&self) -> String {
        hexadecimal(&self.digest())
    }

    /// A short form of [`identity`](Self::identity): a number below 10⁹ that a local copy carries
    /// as the nanoseconds of its modification time. Never 0, which a file of another origin is
    /// likely to have.
    #[must_use]
    pub fn version(&self) -> u32 {
        let mut first = [0_u8; 4];
        for (to, from) in first.iter_mut().zip(self.digest()) {
            *to = from;
        }
        u32::from_le_bytes(first) % 999_999_999 + 1
    }

    /// What versions of one name are told apart by.
    #[must_use]
    pub fn told_by(&self) -> [u64; 3] {
        [self.number(), self.mtime.unsigned_abs(), self.size]
    }

    fn digest(&self) -> [u8; 16] {
        debug_assert!(self.id.is_some(), "nobody asked which version it is");
        let mut digest = Md5::new();
        for number in self.told_by() {
            digest.update(number.to_le_bytes());
        }
        digest.update(self.name());
        digest.finalize().into()
    }
}

impl Texts {
    fn between(&self, start: usize, end: usize) -> &[u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_md5_of_the_bytes() {
        assert_eq!(Name::new(b"").hash(), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(
            Name::new(b"var/plain_site/storage/images/a.png").hash(),
            "dff38bf028483ec35d1dd8461a6f48d8"
        );
        assert_eq!(Name::new(b"\xff\xfe").hash(), Name::new(b"\xff\xfe").hash());
    }

    #[test]
    fn lists_in_sql_have_every_id_and_hash() {
        let keys = [
            Key::new(7, b"\xff\xfe"),
            Key::new(8, b""),
            Key::new(u64::MAX, b""),
        ];
        let mut sql = String::from("(");
        Key::push_ids(&mut sql, &keys);
        assert_eq!(sql, "(7,8,18446744073709551615");
        let mut sql = String::from("(");
        Key::push_hashes(&mut sql, &keys);
        let (first, second) = (Name::new(b"\xff\xfe"), Name::new(b""));
        let (first, second) = (first.hash(), second.hash());
        assert_eq!(sql, format!("('{first}','{second}','{second}'"));
        let mut none = String::new();
        Key::push_ids(&mut none, &[]);
        Key::push_hashes(&mut none, &[]);
        assert_eq!(none, "");
    }

    #[test]
    fn a_key_is_the_same_by_name_and_by_hash() {
        let key = Key::new(3, b"var/a");
        for hash in [key.hash().to_owned(), key.hash().to_uppercase()] {
            assert_eq!(Key::of_hash(3, hash.as_bytes()), Some(key));
        }
        let quoted = key.hash().replacen(|_: char| true, "'", 1);
        for none in ["", &key.hash()[1..], &format!("{}0", key.hash()), &quoted] {
            assert_eq!(Key::of_hash(3, none.as_bytes()), None, "{none}");
        }
    }

    #[test]
    fn metadata_says_what_it_was_made_of() {
        for name_trunk in [None, Some(b"".as_slice()), Some(b"trunk")] {
            for (name, datatype, scope) in [
                ("", "", ""),
                ("a/b", "", "image"),
                ("n", "image/png", ""),
                ("a", "b", "c"),
            ] {
                let row = MetadataRow {
                    id: Some(7),
                    name: name.as_bytes(),
                    name_trunk,
                    datatype: datatype.as_bytes(),
                    scope: scope.as_bytes(),
                    size: 8,
                    mtime: -9,
                };
                let metadata = Metadata::from(row);
                assert_eq!(metadata.name(), row.name);
                assert_eq!(metadata.name_trunk(), name_trunk);
                assert_eq!(metadata.datatype(), row.datatype);
                assert_eq!(metadata.scope(), row.scope);
                assert_eq!((metadata.id, metadata.size, metadata.mtime), (Some(7), 8, -9));
                assert_eq!(Metadata::from(metadata.row()), metadata);
            }
        }
    }

    #[test]
    fn versions_of_one_second_and_size_differ() {
        let a = Metadata::from(MetadataRow {
            id: Some(1),
            name: b"a",
            name_trunk: None,
            datatype: b"",
            scope: b"",
            size: 3,
            mtime: 1_700_000_000,
        });
        let b = Metadata {
            id: Some(2),
            ..a.clone()
        };
        let expired = Metadata {
            mtime: -a.mtime,
            ..a.clone()
        };
        assert_ne!(a.version(), b.version());
        assert_ne!(a.identity(), b.identity());
        assert_eq!(a.identity().len(), 32);
        assert_eq!(a.version(), expired.version());
        assert!((1..1_000_000_000).contains(&a.version()));
    }
}
