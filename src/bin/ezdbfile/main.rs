//! `ezdbfile`: the cluster files of eZ Publish at a shell.
//!
//! Every command is a thin file over [`ezdbfile::storage::Store`]; what a file is, and how it is
//! stored, is decided there, as for PHP.

mod commands;
mod failure;
mod interrupt;
mod kind;
mod local;
mod output;
mod parallel;
mod progress;
mod select;
mod settings;
mod site_ini;
mod text;

use std::process::ExitCode;

use clap::{Arg, CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;

/// Cluster files of eZ Publish in MySQL or MariaDB: moved in and out, looked at, checked.
///
/// Exit status: 0 all done; 1 something failed, or check found something that it did not repair;
/// 2 the arguments or settings are wrong; 130 interrupted.
#[derive(Parser)]
#[command(name = "ezdbfile", version)]
struct Program {
    #[command(flatten)]
    settings: settings::Arguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Install(commands::install::Arguments),
    Status(commands::status::Arguments),
    Ls(commands::ls::Arguments),
    Stat(commands::stat::Arguments),
    Cat(commands::cat::Arguments),
    Put(commands::put::Arguments),
    Rm(commands::rm::Arguments),
    Import(commands::import::Arguments),
    Export(commands::export::Arguments),
    Usage(commands::usage::Arguments),
    Purge(commands::purge::Arguments),
    Check(commands::check::Arguments),
    Migrate(commands::migrate::Arguments),
}

fn main() -> ExitCode {
    let matches = Program::command().mut_args(without_empty_variable).get_matches();
    let program = Program::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match run(&program) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

/// A variable that is set and empty says nothing, as an empty value in file.ini.
fn without_empty_variable(argument: Arg) -> Arg {
    let is_empty = |name| std::env::var_os(name).is_some_and(|value| value.is_empty());
    if argument.get_env().is_some_and(is_empty) {
        argument.env(None)
    } else {
        argument
    }
}

fn run(program: &Program) -> Result<(), Failure> {
    interrupt::listen()?;
    let jobs = match &program.command {
        Command::Import(arguments) => arguments.jobs,
        Command::Export(arguments) => arguments.jobs,
        _ => 1,
    };
    let site = program.settings.site.as_deref();
    let store = program.settings.store(jobs)?;
    match &program.command {
        Command::Install(arguments) => commands::install::run(&store, arguments),
        Command::Status(arguments) => commands::status::run(&store, arguments),
        Command::Ls(arguments) => commands::ls::run(&store, arguments),
        Command::Stat(arguments) => commands::stat::run(&store, arguments),
        Command::Cat(arguments) => commands::cat::run(&store, arguments),
        Command::Put(arguments) => commands::put::run(&store, arguments),
        Command::Rm(arguments) => commands::rm::run(&store, arguments),
        Command::Import(arguments) => commands::import::run(&store, site, arguments),
        Command::Export(arguments) => commands::export::run(&store, arguments),
        Command::Usage(arguments) => commands::usage::run(&store, arguments),
        Command::Purge(arguments) => commands::purge::run(&store, arguments),
        Command::Check(arguments) => commands::check::run(&store, arguments),
        Command::Migrate(arguments) => commands::migrate::run(&store, arguments),
    }
}
