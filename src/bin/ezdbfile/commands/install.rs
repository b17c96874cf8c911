//! `ezdbfile install`

use clap::{Args, ValueEnum};
use ezdbfile::storage::Store;
use ezdbfile::storage::install::Kind;

use crate::failure::Failure;
use crate::output;

/// Make the two tables where they are missing, and print the rights that the site's user needs
#[derive(Args)]
pub struct Arguments {
    /// How the tables keep files; without it: as those that are there, else "id"
    #[arg(long, value_enum)]
    layout: Option<Layout>,
}

/// A layout as an argument.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Layout {
    /// Of the eZ Publish clustering document
    Id,
    /// Of eZ Publish 3.10 to 4.7
    Hash,
}

impl Layout {
    /// What it is called elsewhere.
    pub fn kind(self) -> Kind {
        match self {
            Self::Id => Kind::Id,
            Self::Hash => Kind::Hash,
        }
    }
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let kind = arguments.layout.map(Layout::kind);
    let settings = store.pool().settings();
    let made = store.install(kind);
    if let Err(error) = made {
        let refused = error
            .mysql()
            .is_some_and(|error| [1044, 1142].contains(&error.code));
        let failure = Failure::from(error);
        if refused {
            eprintln!("Making the tables takes the right CREATE. As an administrator of the server:");
            for line in grants(
                &settings.database,
                &settings.user,
                "SELECT, INSERT, UPDATE, DELETE, CREATE",
            ) {
                eprintln!("  {line}");
            }
        }
        return Err(failure);
    }
    output::line(format!(
        "database \"{}\" has the tables, in the layout \"{}\"",
        settings.database,
        store.layout()?.kind()
    ))?;
    output::line(
        "For daily work the user needs these rights and no others (HOST: where the web nodes connect from):",
    )?;
    for line in grants(
        &settings.database,
        &settings.user,
        "SELECT, INSERT, UPDATE, DELETE",
    ) {
        output::line(format!("  {line}"))?;
    }
    Ok(())
}

fn grants(database: &str, user: &str, rights: &str) -> Vec<String> {
    let database = database.replace('`', "``");
    let user = user.replace('\\', "\\\\").replace('\'', "''");
    ["ezdbfile", "ezdbfile_data"]
        .map(|table| format!("GRANT {rights} ON `{database}`.`{table}` TO '{user}'@'HOST';"))
        .to_vec()
}
