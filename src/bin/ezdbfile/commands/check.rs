//! `ezdbfile check`

use std::collections::BTreeMap;

use clap::Args;
use ezdbfile::storage::Store;
use ezdbfile::storage::check::{Fault, Finding, Options};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::{output, text};

/// Look through both tables for what is wrong, beside the running site
///
/// The exit status is 1 when something is wrong that was not repaired.
#[derive(Args)]
pub struct Arguments {
    /// Put right what can be put right without losing anything that can be read now
    #[arg(long)]
    repair: bool,
    /// Read every file, as a request would
    #[arg(long)]
    deep: bool,
    /// One object a line for programs, the totals last
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let options = Options {
        deep: arguments.deep,
        repair: arguments.repair,
    };
    let layout = store.layout()?.kind();
    let narrow = store.narrow_columns()?;
    let mut found: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut repaired = 0_u64;
    let mut told = Ok(());
    let totals = store.check(options, &mut |finding| {
        *found.entry(finding.fault.kind()).or_default() += 1;
        repaired += u64::from(finding.repaired);
        // The check goes on: repairs count even where nobody reads of them.
        if told.is_ok() {
            told = tell(&finding, arguments.json);
        }
    })?;
    told?;
    let all: u64 = found.values().sum();
    if arguments.json {
        text::json_line(&json!({
            "layout": layout, "files": totals.files, "bytes": totals.bytes,
            "expired": totals.expired, "expired_bytes": totals.expired_bytes,
            "claims": totals.claims, "narrow": narrow, "found": found, "repaired": repaired,
        }))?;
    } else {
        for column in narrow {
            output::line(format!("narrow: {column}"))?;
        }
        output::line(format!(
            "{} live files ({} bytes), {} expired ({} bytes), {} claims, layout \"{layout}\"",
            text::number(totals.files),
            text::number(totals.bytes),
            text::number(totals.expired),
            text::number(totals.expired_bytes),
            text::number(totals.claims)
        ))?;
        output::line(match all {
            0 => "nothing is wrong".to_owned(),
            _ => format!("{} found, {} repaired", text::number(all), text::number(repaired)),
        })?;
    }
    if all > repaired {
        Err(Failure::Told)
    } else {
        Ok(())
    }
}

fn tell(finding: &Finding, as_json: bool) -> Result<(), Failure> {
    if as_json {
        let mut value: Value = json!({
            "kind": finding.fault.kind(),
            "text": finding.text,
            "repairable": finding.fault.is_repairable(),
            "repaired": finding.repaired,
        });
        text::json_name(&mut value, &finding.name);
        if let Fault::Claim { age } = finding.fault {
            text::set(&mut value, "age", json!(age));
        }
        return text::json_line(&value);
    }
    let ending = match (finding.repaired, finding.fault.is_repairable()) {
        (true, _) => "; repaired",
        (false, true) => "; --repair can put it right",
        (false, false) => "",
    };
    output::line(format!(
        "{}: {}: {}{ending}",
        finding.fault.kind(),
        text::name(&finding.name),
        finding.text
    ))
}
