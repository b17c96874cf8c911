//! Where the cluster is and how to talk to it: plain values, whatever source they came from.

use std::fmt;

/// A text that never shows in messages, dumps or logs.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Everything that decides which server is asked, as whom, and how. Equal settings share a pool.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Host name or address; `localhost` or empty: the Unix socket.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path of the Unix socket; empty: the client library's default.
    pub socket: String,
    /// User name.
    pub user: String,
    /// Password.
    pub password: Secret,
    /// Database with the cluster tables.
    pub database: String,
    /// Character set of the connection: what the bytes of names mean on tables with character
    /// columns.
    pub charset: String,
    /// Bytes of file data in one row, at most; never more than the column or a packet holds.
    pub chunk_size: u64,
    /// Seconds.
    pub connect_timeout: u32,
    /// Seconds.
    pub read_timeout: u32,
    /// Seconds.
    pub write_timeout: u32,
}

/// Chunk size of the cluster handlers of eZ Publish: what a BLOB column holds.
pub const DEFAULT_CHUNK_SIZE: u64 = 65535;

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: "localhost".into(),
            port: 3306,
            socket: String::new(),
            user: String::new(),
            password: Secret::default(),
            database: String::new(),
            charset: "utf8mb4".into(),
            chunk_size: DEFAULT_CHUNK_SIZE,
            connect_timeout: 5,
            read_timeout: 60,
            write_timeout: 60,
        }
    }
}

impl Settings {
    /// The server and database in words, without the password.
    #[must_use]
    pub fn target(&self) -> String {
        let place = if self.is_local() {
            if self.socket.is_empty() {
                "localhost".into()
            } else {
                self.socket.clone()
            }
        } else {
            format!("{}:{}", self.host, self.port)
        };
        format!(
            "database \"{}\" on {place} as user \"{}\"",
            self.database, self.user
        )
    }

    /// The Unix socket is used, not TCP.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.host.is_empty() || self.host.eq_ignore_ascii_case("localhost")
    }
}
