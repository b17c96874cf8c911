//! `ezdbfile migrate`

use clap::Args;
use ezdbfile::error::Error;
use ezdbfile::storage::Store;
use ezdbfile::storage::migrate::{Estimate, Event, Options, Outcome};
use serde_json::json;

use super::install::Layout;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{output, text};

/// Rights that the user needs for it, on the whole database.
const RIGHTS: &str =
    "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, TRIGGER, LOCK TABLES";

/// Convert the tables to the other layout, beside the running site
///
/// New tables are filled file by file while triggers note what the site changes, and take the place
/// of the old ones at the end, which stay as ezdbfile_old and ezdbfile_data_old. Interrupted, the site
/// goes on with its tables, and the same command goes on where it was. The exit status is 1 when files
/// that are damaged keep it from its end.
#[derive(Args)]
pub struct Arguments {
    /// The layout to be
    #[arg(long, value_enum, required_unless_present = "abandon")]
    to: Option<Layout>,
    /// Only say what there is to do and how long it would take, about
    #[arg(long, conflicts_with_all = ["leave_damaged", "drop_old", "abandon"])]
    dry_run: bool,
    /// Come to the end although files are damaged: they stay damaged, their bytes stay in the old tables
    #[arg(long)]
    leave_damaged: bool,
    /// Remove the old tables at the end, unless bytes of damaged files were left in them
    #[arg(long)]
    drop_old: bool,
    /// Give a migration up that is not at its end, and remove what it made
    #[arg(long, conflicts_with_all = ["to", "leave_damaged", "drop_old"])]
    abandon: bool,
    /// The result as an object, for programs
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let done = match arguments.to {
        None => abandon(store, arguments.json),
        Some(to) if arguments.dry_run => dry_run(store, to, arguments.json),
        Some(to) => migrate(store, to, arguments),
    };
    done.map_err(|refusal| refusal.tell(store))
}

/// What stopped it: the database, whose refusal may be a matter of rights, or anything else.
enum Stopped {
    Database(Error),
    Other(Failure),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}

impl Stopped {
    fn tell(self, store: &Store) -> Failure {
        let error = match self {
            Self::Database(error) => error,
            Self::Other(failure) => return failure,
        };
        let settings = store.pool().settings();
        match error.mysql().map(|error| error.code) {
            Some(1044 | 1142) => {
                let database = settings.database.replace('`', "``");
                let user = settings.user.replace('\\', "\\\\").replace('\'', "''");
                eprintln!(
                    "Until it is at its end, a migration takes these rights. As an administrator of the server:"
                );
                eprintln!("  GRANT {RIGHTS} ON `{database}`.* TO '{user}'@'HOST';");
            }
            Some(1419) => {
                eprintln!(
                    "The server keeps a binary log. As an administrator of the server, until the migration is at its end:"
                );
                eprintln!("  SET GLOBAL log_bin_trust_function_creators = 1;");
            }
            _ => {}
        }
        error.into()
    }
}

fn migrate(store: &Store, to: Layout, arguments: &Arguments) -> Result<(), Stopped> {
    let options = Options {
        to: to.kind(),
        leave_damaged: arguments.leave_damaged,
        drop_old: arguments.drop_old,
    };
    let progress = Progress::start("copying");
    let outcome = store.migrate(options, &mut |event| match event {
        Event::Copied { files, bytes } => progress.add(files, bytes),
        Event::Problem { name, text } => progress.say(&format!("ezdbfile: {}: {text}", text::name(name))),
        Event::Busy => progress.say("the tables are in use by something that takes long; trying again"),
    });
    let (files, bytes) = progress.end();
    let outcome = outcome?;
    if arguments.json {
        text::json_line(&result(outcome, to, files, bytes))?;
    } else {
        tell(outcome, to, files, bytes)?;
    }
    match outcome {
        Outcome::Stopped { .. } => Err(Failure::Told.into()),
        Outcome::Migrated { left_behind, .. } if left_behind > 0 => Err(Failure::Told.into()),
        _ => Ok(()),
    }
}

fn result(outcome: Outcome, to: Layout, files: u64, bytes: u64) -> serde_json::Value {
    let (word, damaged, left_behind, old_kept) = match outcome {
        Outcome::There => ("there", 0, 0, false),
        Outcome::Stopped { damaged } => ("stopped", damaged, 0, false),
        Outcome::Migrated {
            damaged,
            left_behind,
            old_kept,
        } => ("migrated", damaged, left_behind, old_kept),
    };
    json!({
        "result": word, "to": to.kind().name(), "files": files, "bytes": bytes,
        "damaged": damaged, "left_behind": left_behind, "old_kept": old_kept,
    })
}

fn tell(outcome: Outcome, to: Layout, files: u64, bytes: u64) -> Result<(), Failure> {
    let kind = to.kind().name();
    if files > 0 {
        output::line(format!(
            "{} files with {} bytes copied",
            text::number(files),
            text::number(bytes)
        ))?;
    }
    match outcome {
        Outcome::There => output::line(format!("the tables are in the layout \"{kind}\" already")),
        Outcome::Stopped { damaged } => output::line(format!(
            "{} files are damaged: the site goes on with its tables. Put them right or remove them and run this again, \
             or run it with --leave-damaged",
            text::number(damaged)
        )),
        Outcome::Migrated {
            damaged,
            left_behind,
            old_kept,
        } => {
            if left_behind > 0 {
                output::line(format!(
                    "{} changes of the moment of the exchange are in ezdbfile_old and ezdbfile_data_old alone",
                    text::number(left_behind)
                ))?;
            }
            if damaged > 0 {
                output::line(format!(
                    "{} files are damaged as they were; what there is of their bytes is in ezdbfile_data_old",
                    text::number(damaged)
                ))?;
            }
            output::line(format!("the tables are in the layout \"{kind}\" now"))?;
            if old_kept {
                output::line(
                    "the old ones are there as ezdbfile_old and ezdbfile_data_old; without use for them:",
                )?;
                output::line("  DROP TABLE ezdbfile_data_old, ezdbfile_old;")?;
            }
            Ok(())
        }
    }
}

fn dry_run(store: &Store, to: Layout, json: bool) -> Result<(), Stopped> {
    let estimate = store.estimate_migration(to.kind())?;
    let kind = to.kind().name();
    if json {
        text::json_line(&json!({
            "from": estimate.from, "to": kind, "files": estimate.files, "bytes": estimate.bytes,
            "claims": estimate.claims, "seconds": estimate.seconds, "damaged": estimate.damaged.len(),
            "begun": estimate.begun, "copied": estimate.copied, "in_the_way": estimate.in_the_way,
        }))?;
        return Ok(());
    }
    if estimate.from == kind {
        output::line(format!("the tables are in the layout \"{kind}\" already"))?;
        return Ok(());
    }
    told(&estimate, kind)?;
    Ok(())
}

fn told(estimate: &Estimate, kind: &str) -> Result<(), Failure> {
    output::line(format!(
        "from \"{}\" to \"{kind}\": {} files with {} bytes, {} claims",
        estimate.from,
        text::number(estimate.files),
        text::number(estimate.bytes),
        text::number(estimate.claims)
    ))?;
    output::line(format!(
        "that takes about {}, and as much room as the tables have now",
        duration(estimate.seconds)
    ))?;
    if let Some(begun) = &estimate.begun {
        output::line(format!(
            "a migration to \"{begun}\" was begun, and has copied {} files",
            text::number(estimate.copied)
        ))?;
    }
    if let Some(table) = estimate.in_the_way {
        output::line(format!(
            "the table {table} is in the way: drop or rename it first"
        ))?;
    }
    for (name, text) in &estimate.damaged {
        output::line(format!("{}: {text}", text::name(name)))?;
    }
    output::line("nothing was changed; \"ezdbfile check --deep\" tells whether all files are whole")
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7200 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    }
}

fn abandon(store: &Store, json: bool) -> Result<(), Stopped> {
    let abandoned = store.abandon_migration()?;
    if json {
        text::json_line(&json!({ "abandoned": abandoned }))?;
    } else {
        output::line(if abandoned {
            "the migration was abandoned; the site's tables are as they were"
        } else {
            "there is no migration to abandon"
        })?;
    }
    Ok(())
}
