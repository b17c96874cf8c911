//! How far it is: a line that changes on a terminal, a line every ten seconds elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use parking_lot::Mutex;

use crate::text;

/// Pause between two lines where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);

/// Files and bytes so far.
#[derive(Debug)]
pub struct Progress {
    doing: &'static str,
    bar: Option<ProgressBar>,
    state: Mutex<State>,
    began: Instant,
}

#[derive(Debug)]
struct State {
    files: u64,
    bytes: u64,
    told: Instant,
}

impl Progress {
    /// Begins to count.
    pub fn start(doing: &'static str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            // A template that is wrong shows as the default one.
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        let now = Instant::now();
        Self {
            doing,
            bar,
            state: Mutex::new(State {
                files: 0,
                bytes: 0,
                told: now,
            }),
            began: now,
        }
    }

    /// So much more is done.
    pub fn add(&self, files: u64, bytes: u64) {
        let mut state = self.state.lock();
        state.files += files;
        state.bytes += bytes;
        let due = self.bar.is_some() || state.told.elapsed() >= EVERY;
        if !due {
            return;
        }
        state.told = Instant::now();
        let seconds = self.began.elapsed().as_secs_f64().max(0.001);
        // Millions of bytes, to a tenth: no digit of it is exact anyway.
        #[allow(clippy::cast_precision_loss)]
        let speed = state.bytes as f64 / seconds / 1e6;
        let line = format!(
            "{}: {} files, {} bytes, {speed:.1} MB/s",
            self.doing,
            text::number(state.files),
            text::number(state.bytes)
        );
        match &self.bar {
            Some(bar) => {
                bar.set_message(line);
                bar.tick();
            }
            None => eprintln!("{line}"),
        }
    }

    /// Says a line without disturbing the display.
    pub fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }

    /// Takes the display away; files and bytes in all.
    pub fn end(&self) -> (u64, u64) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let state = self.state.lock();
        (state.files, state.bytes)
    }
}
