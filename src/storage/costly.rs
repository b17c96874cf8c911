//! Questions that whoever asks can make as costly as he likes: those with patterns.

use std::time::Duration;

use super::{Attempt, Trouble};
use crate::config::Settings;
use crate::error::Error;
use crate::pool::Session;

/// ER_REGEXP_ERROR: as a warning, the server gave up on one row and took it for no match.
const REGEXP_ERROR: &str = "1139";

/// Asks a question in one statement, which the server is to end after a time. What it could not
/// decide is an error, not an omission.
pub(super) fn limited<T>(
    session: &mut Session,
    settings: &Settings,
    question: impl FnOnce(&mut Session) -> Attempt<T>,
) -> Attempt<T> {
    session.limit_statements(time(settings))?;
    let answer = question(session).and_then(|answer| all_decided(session).map(|()| answer));
    match answer {
        Ok(answer) => {
            session.lift_limit()?;
            Ok(answer)
        }
        Err(trouble) => {
            // If this fails, the connection is given up.
            let _ = session.lift_limit();
            Err(explained(trouble, settings))
        }
    }
}

/// The server ends before this side gives up waiting: else it would work on for nobody.
fn time(settings: &Settings) -> Duration {
    let patience = Duration::from_secs(u64::from(settings.read_timeout)) * 9 / 10;
    Duration::from_secs(u64::from(settings.match_timeout)).min(patience)
}

fn all_decided(session: &mut Session) -> Attempt<()> {
    let text =
        |cell: &Option<Vec<u8>>| String::from_utf8_lossy(cell.as_deref().unwrap_or_default()).into_owned();
    for warning in session.query_rows("SHOW WARNINGS")? {
        if let [_, code, message] = warning.as_slice()
            && text(code) == REGEXP_ERROR
        {
            return Err(Error::Refused(format!(
                "the server could not tell which names the regular expression matches ({}); nothing was done; a simpler expression may help",
                text(message)
            ))
            .into());
        }
    }
    Ok(())
}

fn explained(trouble: Trouble, settings: &Settings) -> Trouble {
    match trouble {
        Trouble::Client(error) if error.is_out_of_time() => Error::Refused(format!(
            "the server did not find out within {} seconds which names match; nothing was done; a simpler pattern, or one with a longer literal beginning, takes less (ezdbfile.match_timeout is {}, ezdbfile.read_timeout {})",
            time(settings).as_secs_f32(),
            settings.match_timeout,
            settings.read_timeout
        ))
        .into(),
        other => other,
    }
}
