//! A MariaDB for one test, which may be killed, started again, filled up, or set as no other test
//! could bear.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

use once_cell::sync::Lazy;

use crate::config::{Secret, Settings};
use crate::mysql::{Connection, Options};
use crate::storage::Store;
use crate::storage::install::Kind;

/// The store's user.
pub const USER: &str = "ezdb_own";
const PASSWORD: &str = "of the tests alone";
const DATABASE: &str = "ezdb_own";

/// The data of a server that was never started, made once and copied.
static TEMPLATE: Lazy<Directory> = Lazy::new(|| {
    let directory = Directory::new();
    let status = Command::new("mariadb-install-db")
        .arg("--no-defaults")
        .arg(format!("--datadir={}", directory.0.join("data").display()))
        .args(["--auth-root-authentication-method=normal", "--skip-test-db"])
        .args(as_mysql())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("mariadb-install-db is there");
    assert!(status.success(), "mariadb-install-db failed");
    directory
});

/// A directory that goes with its owner.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("ezdb_own_{}_{}", std::process::id(), COUNT.fetch_add(1, Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).expect("a directory can be made");
        give_to_mysql(&path);
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata) == 0)
}

/// The server does not run as root.
fn as_mysql() -> Option<&'static str> {
    is_root().then_some("--user=mysql")
}

fn give_to_mysql(path: &Path) {
    if is_root() {
        let status = Command::new("chown").arg("mysql:").arg(path).status();
        assert!(status.is_ok_and(|status| status.success()));
    }
}

/// Says that a test could not do what it is for, past the harness that swallows what passes.
pub fn skipped(test: &str, why: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {why}");
}

fn run(command: &mut Command) {
    let status = command.status().expect("the command is there");
    assert!(status.success(), "{command:?} failed");
}

/// Runs a test on a server in each layout.
pub fn in_each_layout(test: impl Fn(Kind)) {
    test(Kind::Id);
    test(Kind::Hash);
}

/// The server. It is killed when the test is over, and its data is removed.
pub struct OwnServer {
    process: Option<Child>,
    options: Vec<String>,
    directory: Directory,
    mounted: Option<PathBuf>,
}

impl OwnServer {
    /// Starts a server with these options and makes a database with the tables of `install`.
    pub fn start(options: &[&str]) -> Self {
        Self::start_as(Kind::Id, options)
    }

    /// As [`start`](Self::start), in the layout named.
    pub fn start_as(kind: Kind, options: &[&str]) -> Self {
        Self::start_on(kind, options, |_| None)
    }

    /// As [`start_as`](Self::start_as); the data goes where `place` says, a mounted directory perhaps.
    pub fn start_on(kind: Kind, options: &[&str], place: impl FnOnce(&Path) -> Option<PathBuf>) -> Self {
        let directory = Directory::new();
        let mounted = place(&directory.0);
        let temporary = directory.0.join("tmp");
        std::fs::create_dir(&temporary).expect("a directory can be made");
        give_to_mysql(&temporary);
        run(Command::new("cp")
            .arg("-a")
            .arg(TEMPLATE.0.join("data"))
            .arg(mounted.as_deref().unwrap_or(&directory.0)));
        let mut server = Self {
            process: None,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            directory,
            mounted,
        };
        let accounts = format!(
            "CREATE DATABASE IF NOT EXISTS {DATABASE} CHARACTER SET utf8mb4;\n\
             CREATE USER IF NOT EXISTS {USER}@localhost IDENTIFIED BY '{PASSWORD}';\n\
             GRANT ALL ON {DATABASE}.* TO {USER}@localhost;\n"
        );
        std::fs::write(server.directory.0.join("accounts.sql"), accounts).expect("a file can be written");
        server.run();
        let store = server.store_with(|settings| settings.connect_timeout += 1);
        store.install(Some(kind)).expect("the tables can be made");
        store.pool().close();
        server
    }

    fn data(&self) -> PathBuf {
        self.mounted.as_deref().unwrap_or(&self.directory.0).join("data")
    }

    /// The files in the data directory whose names begin so, in order.
    pub fn data_files(&self, beginning: &str) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.data()).expect("the directory can be read");
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                path.file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with(beginning))
            })
            .collect();
        files.sort();
        files
    }

    pub fn socket(&self) -> String {
        self.directory.0.join("s").display().to_string()
    }

    /// Starts the process and waits until it answers.
    pub fn run(&mut self) {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.directory.0.join("log"))
            .expect("a log can be opened");
        let process = Command::new("mariadbd")
            .arg("--no-defaults")
            .arg(format!("--datadir={}", self.data().display()))
            .arg(format!("--socket={}", self.socket()))
            .arg(format!("--tmpdir={}", self.directory.0.join("tmp").display()))
            .arg(format!(
                "--init-file={}",
                self.directory.0.join("accounts.sql").display()
            ))
            .args([
                "--skip-networking",
                "--skip-name-resolve",
                "--performance-schema=OFF",
            ])
            .args(["--character-set-server=utf8mb4", "--innodb-buffer-pool-size=16M"])
            .args(["--innodb-log-file-size=4M", "--innodb-flush-log-at-trx-commit=1"])
            .args(as_mysql())
            .args(&self.options)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log)
            .spawn()
            .expect("mariadbd is there");
        self.process = Some(process);
        let begun = Instant::now();
        while self.try_admin().is_err() {
            let ended = self.process.as_mut().and_then(|process| process.try_wait().ok()?);
            let log = || std::fs::read_to_string(self.directory.0.join("log")).unwrap_or_default();
            assert!(ended.is_none(), "the server ended: {ended:?}\n{}", log());
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "the server does not answer\n{}",
                log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// SIGKILL: what was not on the disk is lost.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("the server can be killed");
            process.wait().expect("the server ends");
        }
    }

    pub fn try_admin(&self) -> Result<Connection, crate::mysql::MysqlError> {
        Connection::open(&Options {
            host: "localhost",
            port: 0,
            socket: &self.socket(),
            user: "root",
            password: "",
            database: DATABASE,
            charset: "utf8mb4",
            tls: None,
            connect_timeout: 5,
            read_timeout: 60,
            write_timeout: 60,
        })
    }

    pub fn admin(&self) -> Connection {
        let mut admin = self.try_admin().expect("the administrator can connect");
        let unlimited = admin.query("SET SESSION max_statement_time = 0");
        unlimited.expect("a session can be set");
        admin
    }

    pub fn store_with(&self, change: impl FnOnce(&mut Settings)) -> Arc<Store> {
        let mut settings = Settings {
            socket: self.socket(),
            user: USER.into(),
            password: Secret::new(PASSWORD.into()),
            database: DATABASE.into(),
            ..Settings::default()
        };
        change(&mut settings);
        Store::with_settings(&settings)
    }

    /// The first cell of the first row.
    pub fn number(&self, sql: &str) -> i64 {
        let rows = self.admin().query_rows(sql).expect("the question is well put");
        let cell = rows[0][0].as_ref().expect("the answer is not NULL");
        String::from_utf8_lossy(cell)
            .parse()
            .expect("the answer is a number")
    }

    /// How many connections the store's user has.
    pub fn connections(&self) -> i64 {
        self.number(&format!(
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '{USER}'"
        ))
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.directory.0.join("log")).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            let end = lines.len().saturating_sub(40);
            println!("the server's log:\n{}", lines[end..].join("\n"));
        }
        self.kill();
        if let Some(mounted) = &self.mounted {
            let _ = Command::new("umount").arg("--lazy").arg(mounted).status();
        }
    }
}
