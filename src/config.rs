//! Where the cluster is and how to talk to it: plain values, whatever source they came from.

use std::fmt;

use crate::error::{Error, Result};

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

/// Encryption of the way to the server. Once it is asked for, nothing goes without.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tls {
    /// File with the certificates of the authorities that are trusted; empty: those of the system.
    pub ca: String,
    /// File with the certificate that this side shows; empty: none.
    pub cert: String,
    /// File with its key.
    pub key: String,
    /// The server has to show a certificate of a trusted authority, with its host name in it.
    pub verify: bool,
}

/// Everything that decides which server is asked, as whom, and how. Equal settings share a pool.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Host name or address, or several with commas between, tried in order; `localhost` or empty:
    /// the Unix socket.
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
    /// Encryption; none: not asked for.
    pub tls: Option<Tls>,
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
    /// Seconds that the server may take to find the names that a wildcard or regular expression means.
    pub match_timeout: u32,
    /// How often a connection that could not be made is tried again.
    pub connect_retries: u32,
    /// How often work is done again that other transactions were in the way of.
    pub execute_retries: u32,
    /// Seconds after which no further try is begun, however many are left.
    pub retry_timeout: u32,
    /// Connections that may be open at a time; 0 for any number.
    pub pool_max: u32,
    /// Seconds after which an idle connection is closed rather than used again; 0 for never.
    pub pool_idle_timeout: u32,
    /// Seconds after which a connection is closed rather than used again; 0 for never.
    pub pool_max_lifetime: u32,
    /// Seconds after which an idle connection is asked whether it is alive before it is used.
    pub pool_check_after: u32,
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
            tls: None,
            charset: "utf8mb4".into(),
            chunk_size: DEFAULT_CHUNK_SIZE,
            connect_timeout: 5,
            read_timeout: 60,
            write_timeout: 60,
            match_timeout: 30,
            connect_retries: 2,
            execute_retries: 7,
            retry_timeout: 60,
            pool_max: 32,
            pool_idle_timeout: 300,
            pool_max_lifetime: 3600,
            pool_check_after: 10,
        }
    }
}

/// With pauses of half a second, a minute.
pub const MAX_RETRIES: u32 = 120;

impl Settings {
    /// Takes over what a site's file.ini says in `[ClusteringSettings]`. `value` answers with the
    /// value of a key; none where it is missing or empty.
    ///
    /// # Errors
    /// [`Error::Refused`] that names a key whose value makes no sense, and those of `value`.
    pub fn apply_clustering(&mut self, value: impl Fn(&str) -> Result<Option<String>>) -> Result<()> {
        for (setting, key) in [
            (&mut self.host, "DBHost"),
            (&mut self.socket, "DBSocket"),
            (&mut self.database, "DBName"),
            (&mut self.user, "DBUser"),
        ] {
            if let Some(text) = value(key)? {
                *setting = text;
            }
        }
        if let Some(password) = value("DBPassword")? {
            self.password = Secret::new(password);
        }
        if let Some(port) = value("DBPort")? {
            self.port = clustering_number("DBPort", &port, 1)?;
        }
        if let Some(size) = value("DBChunkSize")? {
            self.chunk_size = clustering_number("DBChunkSize", &size, 1)?;
        }
        for (setting, key) in [
            (&mut self.connect_retries, "DBConnectRetries"),
            (&mut self.execute_retries, "DBExecuteRetries"),
        ] {
            if let Some(retries) = value(key)? {
                *setting = clustering_number(key, &retries, 0)?.min(MAX_RETRIES);
            }
        }
        Ok(())
    }

    /// The servers to try, in order: `host` may list several, separated by commas, each with a
    /// port of its own behind a colon.
    #[must_use]
    pub fn hosts(&self) -> Vec<(String, u16)> {
        let hosts: Vec<_> = self
            .host
            .split(',')
            .map(str::trim)
            .filter(|host| !host.is_empty())
            .map(|host| match host.rsplit_once(':') {
                // An IPv6 address has colons of its own.
                Some((name, port)) if !name.contains(':') => match port.parse() {
                    Ok(port) => (name.to_owned(), port),
                    Err(_) => (host.to_owned(), self.port),
                },
                _ => (host.to_owned(), self.port),
            })
            .collect();
        if hosts.is_empty() {
            vec![(String::new(), self.port)]
        } else {
            hosts
        }
    }

    /// The server and database in words, without the password.
    #[must_use]
    pub fn target(&self) -> String {
        let place = |(host, port): &(String, u16)| {
            if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
                format!("{host}:{port}")
            } else if self.socket.is_empty() {
                "localhost".into()
            } else {
                self.socket.clone()
            }
        };
        let place = self.hosts().iter().map(place).collect::<Vec<_>>().join(", ");
        format!(
            "database \"{}\" on {place} as user \"{}\"",
            self.database, self.user
        )
    }
}

fn clustering_number<T>(key: &str, text: &str, least: T) -> Result<T>
where
    T: std::str::FromStr + PartialOrd + fmt::Display,
{
    match text.trim().parse() {
        Ok(number) if number >= least => Ok(number),
        _ => Err(Error::Refused(format!(
            "file.ini [ClusteringSettings] {key} is \"{text}\"; it takes a whole number from {least}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_listed_with_commas_and_ports() {
        for (host, hosts) in [
            ("", vec![("", 3306)]),
            ("db", vec![("db", 3306)]),
            (" a , b:3307 ,, ", vec![("a", 3306), ("b", 3307)]),
            ("::1", vec![("::1", 3306)]),
            ("a:b", vec![("a:b", 3306)]),
        ] {
            let settings = Settings {
                host: host.into(),
                ..Settings::default()
            };
            let expected: Vec<_> = hosts
                .into_iter()
                .map(|(host, port)| (host.to_owned(), port))
                .collect();
            assert_eq!(settings.hosts(), expected, "{host}");
        }
    }

    #[test]
    fn the_password_does_not_show() {
        let settings = Settings {
            password: Secret::new("s3cret".into()),
            ..Settings::default()
        };
        assert!(!format!("{settings:?}{}", settings.target()).contains("s3cret"));
    }
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::cases;

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn any_text_is_a_list_of_hosts(host in "[a:,0-9 \\[\\].é]{0,30}") {
            let settings = Settings { host: host.clone(), ..Settings::default() };
            let hosts = settings.hosts();
            prop_assert!(!hosts.is_empty());
            let named: Vec<_> = host.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
            prop_assert_eq!(hosts.len(), named.len().max(1));
            for ((name, port), part) in hosts.iter().zip(named) {
                // Nothing is lost: the whole, or a name and its port.
                let with_port = part
                    .strip_prefix(name.as_str())
                    .and_then(|rest| rest.strip_prefix(':'))
                    .is_some_and(|rest| rest.parse() == Ok(*port));
                prop_assert!(name == part || with_port);
            }
        }
    }
}
