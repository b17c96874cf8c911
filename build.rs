//! Says which Debian package is missing before a dependency fails with a message that does not.

use std::path::Path;
use std::process::{Command, exit};

fn main() {
    println!("cargo:rerun-if-env-changed=PHP_CONFIG");
    println!("cargo:rerun-if-env-changed=PKG_CONFIG_PATH");
    php_headers();
    mariadb_headers();
}

/// Fails unless `php-config` points to an include directory with the Zend headers.
fn php_headers() {
    let php_config = std::env::var("PHP_CONFIG").unwrap_or_else(|_| "php-config".into());
    let include_dir = Command::new(&php_config)
        .arg("--include-dir")
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map(|dir| dir.trim().to_owned());
    let header = include_dir
        .as_deref()
        .map(|dir| Path::new(dir).join("Zend/zend.h"));
    if !header.is_some_and(|header| header.exists()) {
        missing(
            "php-dev",
            "the headers of PHP",
            &format!("{php_config} --include-dir"),
        );
    }
    // A thread of such a PHP has a current directory of its own, which Rust's files do not go by.
    let configuration = include_dir
        .and_then(|dir| std::fs::read_to_string(Path::new(&dir).join("main/php_config.h")).ok());
    if configuration.is_some_and(|text| text.lines().any(|line| line.trim() == "#define ZTS 1")) {
        eprintln!("error: {php_config} is of a PHP with threads (ZTS); ezdbfile needs one without (NTS), as Debian has it");
        exit(1);
    }
}

/// Fails unless pkg-config knows a MariaDB or MySQL client library.
fn mariadb_headers() {
    let pkg_config = std::env::var("PKG_CONFIG").unwrap_or_else(|_| "pkg-config".into());
    let probe = |name: &str| {
        Command::new(&pkg_config)
            .args(["--exists", name])
            .status()
            .is_ok_and(|status| status.success())
    };
    if !probe("libmariadb") && !probe("mysqlclient") {
        missing(
            "libmariadb-dev",
            "the headers of the MariaDB client library",
            "pkg-config --exists libmariadb (package pkgconf)",
        );
    }
}

fn missing(package: &str, what: &str, probe: &str) -> ! {
    eprintln!("error: {what} are missing (asked: {probe}). On Debian: apt-get install {package}");
    println!("cargo:warning={what} are missing; on Debian: apt-get install {package}");
    exit(1);
}
