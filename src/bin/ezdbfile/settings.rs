//! Where the cluster is: options go before the environment, that before the site's file.ini.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use ezdbfile::config::{Secret, Settings, Tls};
use ezdbfile::storage::Store;

use crate::failure::Failure;
use crate::site_ini;

/// Which server, as whom. Each option can also be given in the environment; the password only in a
/// file or in EZDBFILE_PASSWORD.
#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub struct Arguments {
    /// Root of a site, whose settings/file.ini and settings/override/file.ini.append.php are read
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "EZDBFILE_SITE",
        hide_env_values = true
    )]
    pub site: Option<PathBuf>,
    /// Host name or address; "localhost": the Unix socket
    #[arg(long, global = true, env = "EZDBFILE_HOST", hide_env_values = true)]
    host: Option<String>,
    /// TCP port
    #[arg(long, global = true, env = "EZDBFILE_PORT", hide_env_values = true, value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Path of the Unix socket
    #[arg(long, global = true, env = "EZDBFILE_SOCKET", hide_env_values = true)]
    socket: Option<String>,
    /// Database user
    #[arg(long, global = true, env = "EZDBFILE_USER", hide_env_values = true)]
    user: Option<String>,
    /// File whose first line is the password
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "EZDBFILE_PASSWORD_FILE",
        hide_env_values = true
    )]
    password_file: Option<PathBuf>,
    /// Database with the two tables
    #[arg(long, global = true, env = "EZDBFILE_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Character set of the connection
    #[arg(long, global = true, env = "EZDBFILE_CHARSET", hide_env_values = true)]
    charset: Option<String>,
    /// Certificates of the authorities that are trusted (PEM); turns encryption on
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "EZDBFILE_SSL_CA",
        hide_env_values = true
    )]
    ssl_ca: Option<String>,
    /// Certificate of this side (PEM)
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "EZDBFILE_SSL_CERT",
        hide_env_values = true
    )]
    ssl_cert: Option<String>,
    /// Its key (PEM)
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "EZDBFILE_SSL_KEY",
        hide_env_values = true
    )]
    ssl_key: Option<String>,
}

impl Arguments {
    /// The store of these settings, with connections for so many threads.
    pub fn store(&self, jobs: u32) -> Result<Arc<Store>, Failure> {
        let mut settings = self.settings()?;
        // One more makes the list that the others work on.
        settings.pool_max = settings.pool_max.max(jobs.saturating_add(2));
        Ok(Store::with_settings(&settings))
    }

    fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = Settings::default();
        self.apply_site(&mut settings)?;
        for (setting, given) in [
            (&mut settings.host, &self.host),
            (&mut settings.socket, &self.socket),
            (&mut settings.user, &self.user),
            (&mut settings.database, &self.database),
            (&mut settings.charset, &self.charset),
        ] {
            if let Some(value) = given {
                setting.clone_from(value);
            }
        }
        settings.port = self.port.unwrap_or(settings.port);
        if let Some(password) = self.password()? {
            settings.password = Secret::new(password);
        }
        if self.ssl_ca.is_some() || self.ssl_cert.is_some() || self.ssl_key.is_some() {
            settings.tls = Some(Tls {
                ca: self.ssl_ca.clone().unwrap_or_default(),
                cert: self.ssl_cert.clone().unwrap_or_default(),
                key: self.ssl_key.clone().unwrap_or_default(),
                verify: true,
            });
        }
        if settings.database.is_empty() {
            return Err(Failure::Usage(
                "no database is named: use --database, EZDBFILE_DATABASE, or --site DIR with DBName in its file.ini"
                    .into(),
            ));
        }
        Ok(settings)
    }

    fn password(&self) -> Result<Option<String>, Failure> {
        let Some(path) = &self.password_file else {
            return Ok(std::env::var("EZDBFILE_PASSWORD")
                .ok()
                .filter(|password| !password.is_empty()));
        };
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::Usage(format!("cannot read --password-file {}: {error}", path.display()))
        })?;
        Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
    }

    fn apply_site(&self, settings: &mut Settings) -> Result<(), Failure> {
        let Some(site) = &self.site else {
            return Ok(());
        };
        let keys = site_ini::read(site)?;
        // An empty value is none, as for the kernel.
        let value = |key: &str| Ok(keys.get(key).filter(|value| !value.is_empty()).cloned());
        settings
            .apply_clustering(value)
            .map_err(|error| Failure::Usage(error.to_string()))
    }
}
