//! `processCache` as a state machine: told what happened, it says what to do next.
//!
//! It holds no data and does nothing itself, so that every way through it can be tested without
//! PHP and without a database.

/// Codes of `eZClusterFileFailure`.
pub mod failure {
    /// The content is expired: make a new one.
    pub const FILE_EXPIRED: i64 = 1;
    /// The content has to be generated, and nobody does it here.
    pub const CONTENT_GENERATE: i64 = 2;
    /// The file could not be fetched, or cannot be used: make the content, do not store it.
    pub const RETRIEVAL_FAILED: i64 = 3;
}

/// What the caller gave as the callback that generates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// False: nothing is generated.
    None,
    /// Null: the file is claimed, and the caller makes the content and calls `storeCache`.
    Caller,
    /// A callback.
    Callback,
}

/// What the configuration says about a file that is being made for the first time
/// (`NonExistantStaleCacheHandling`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutStale {
    /// Wait for who makes it.
    Wait,
    /// Make it too, without storing it.
    Generate,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Look at cluster entry and local copy: [`Event::Looked`].
    Look,
    /// Fetch the local copy: [`Event::Fetched`].
    Fetch,
    /// Hand the local copy to the callback that retrieves: [`Event::Retrieved`].
    Retrieve,
    /// Claim the file: [`Event::Claimed`], [`Event::Overtaken`], [`Event::Refused`].
    Claim,
    /// Look for content that is out of date, in the local copy and the cluster: [`Event::Stale`].
    FindStale,
    /// Hand that content to the callback that retrieves, as if it were of now: [`Event::Retrieved`].
    RetrieveStale,
    /// Generate the content and store it: the end.
    Generate,
    /// Generate the content and do not store it: the end.
    GenerateOnly,
    /// Wait until the other claim ends: [`Event::Waited`].
    Wait,
    /// The result is what the callback that retrieves returned: the end.
    Return,
    /// The result is a failure with this code: the end.
    Fail(i64),
    /// The callback failed with an unknown code: an error, and the result is null: the end.
    Broken(i64),
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The cluster entry is live and fresh; the local copy is it.
    Looked {
        /// Live, and fresh by expiry and ttl.
        fresh: bool,
        /// The local copy was made from it.
        local: bool,
    },
    /// Fetching worked, or not.
    Fetched(bool),
    /// The callback returned content (none), or a failure with a code.
    Retrieved(Option<i64>),
    /// The claim is ours.
    Claimed,
    /// Somebody stored a higher version meanwhile.
    Overtaken,
    /// Somebody else has the claim.
    Refused,
    /// The claim cannot be had, and waiting would not help: it is this process's own already, or
    /// the database failed.
    Unobtainable,
    /// Nobody can claim the file, so nobody else makes it.
    Unclaimable,
    /// There is content that is out of date, or there is none.
    Stale(bool),
    /// The other claim ended, or it is time to look again.
    Waited,
    /// The wait took as long as a claim can last, and still there is nothing.
    WaitedTooLong,
}

/// How often a version that came in between sends the machine back to look.
const OVERTAKEN_TIMES: u32 = 3;

/// One run of `processCache`.
#[derive(Debug, Clone, Copy)]
pub struct Machine {
    retrieves: bool,
    generator: Generator,
    without_stale: WithoutStale,
    /// The callback that retrieves is looking at content that is out of date.
    stale: bool,
    /// Waiting makes no sense.
    hopeless: bool,
    overtaken: u32,
}

impl Machine {
    /// The machine and its first step.
    #[must_use]
    pub fn start(
        has_path: bool,
        retrieves: bool,
        generator: Generator,
        without_stale: WithoutStale,
    ) -> (Self, Step) {
        let machine = Self {
            retrieves,
            generator,
            without_stale,
            stale: false,
            hopeless: false,
            overtaken: 0,
        };
        let step = match (has_path, retrieves) {
            (false, _) => Step::Fail(failure::CONTENT_GENERATE),
            (true, true) => Step::Look,
            (true, false) => machine.generate(),
        };
        (machine, step)
    }

    /// The next step after what happened.
    pub fn next(&mut self, event: Event) -> Step {
        match event {
            Event::Looked {
                fresh: true,
                local: true,
            }
            | Event::Fetched(true) => {
                self.stale = false;
                Step::Retrieve
            }
            Event::Looked {
                fresh: true,
                local: false,
            } => Step::Fetch,
            Event::Looked { fresh: false, .. } => self.generate(),
            Event::Fetched(false) => Step::Fail(failure::RETRIEVAL_FAILED),
            Event::Retrieved(None) => Step::Return,
            Event::Retrieved(Some(_)) if self.stale => self.without_stale(),
            Event::Retrieved(Some(failure::FILE_EXPIRED)) => self.generate(),
            Event::Retrieved(Some(failure::RETRIEVAL_FAILED)) => self.generate_only(),
            Event::Retrieved(Some(code)) => Step::Broken(code),
            Event::Claimed => match self.generator {
                Generator::Callback => Step::Generate,
                Generator::Caller | Generator::None => Step::Fail(failure::CONTENT_GENERATE),
            },
            Event::Overtaken => {
                self.overtaken += 1;
                if self.overtaken > OVERTAKEN_TIMES {
                    self.generate_only()
                } else {
                    Step::Look
                }
            }
            Event::Refused | Event::Unobtainable => {
                self.hopeless |= event == Event::Unobtainable;
                if self.retrieves {
                    Step::FindStale
                } else {
                    self.without_stale()
                }
            }
            Event::Unclaimable => self.generate_only(),
            Event::Stale(true) => {
                self.stale = true;
                Step::RetrieveStale
            }
            Event::Stale(false) => self.without_stale(),
            Event::Waited if self.retrieves => Step::Look,
            Event::Waited => self.generate(),
            Event::WaitedTooLong => {
                // By now the claim may be taken over; who does not get it waits no more.
                self.hopeless = true;
                self.generate()
            }
        }
    }

    fn generate(self) -> Step {
        match self.generator {
            Generator::None => Step::Fail(failure::CONTENT_GENERATE),
            Generator::Caller | Generator::Callback => Step::Claim,
        }
    }

    fn generate_only(self) -> Step {
        match self.generator {
            Generator::Callback => Step::GenerateOnly,
            Generator::Caller | Generator::None => Step::Fail(failure::CONTENT_GENERATE),
        }
    }

    fn without_stale(self) -> Step {
        if self.hopeless || self.without_stale == WithoutStale::Generate {
            self.generate_only()
        } else {
            Step::Wait
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Event::*;
    use Generator::{Callback, Caller};

    fn run(
        retrieves: bool,
        generator: Generator,
        without_stale: WithoutStale,
        events: &[Event],
    ) -> Vec<Step> {
        let (mut machine, first) = Machine::start(true, retrieves, generator, without_stale);
        std::iter::once(first)
            .chain(events.iter().map(|event| machine.next(*event)))
            .collect()
    }

    #[test]
    fn every_way_through() {
        const FRESH: Event = Looked {
            fresh: true,
            local: true,
        };
        const REMOTE: Event = Looked {
            fresh: true,
            local: false,
        };
        const OLD: Event = Looked {
            fresh: false,
            local: false,
        };
        let wait = WithoutStale::Wait;
        let make = WithoutStale::Generate;
        for (what, retrieves, generator, without, events, steps) in [
            (
                "a local copy that is fresh",
                true,
                Callback,
                wait,
                vec![FRESH, Retrieved(None)],
                vec![Step::Look, Step::Retrieve, Step::Return],
            ),
            (
                "a fresh entry",
                true,
                Callback,
                wait,
                vec![REMOTE, Fetched(true), Retrieved(None)],
                vec![Step::Look, Step::Fetch, Step::Retrieve, Step::Return],
            ),
            (
                "a fetch that fails",
                true,
                Callback,
                wait,
                vec![REMOTE, Fetched(false)],
                vec![Step::Look, Step::Fetch, Step::Fail(3)],
            ),
            (
                "nothing fresh",
                true,
                Callback,
                wait,
                vec![OLD, Claimed],
                vec![Step::Look, Step::Claim, Step::Generate],
            ),
            (
                "expired by its reader",
                true,
                Callback,
                wait,
                vec![FRESH, Retrieved(Some(1)), Claimed],
                vec![Step::Look, Step::Retrieve, Step::Claim, Step::Generate],
            ),
            (
                "of no use to its reader",
                true,
                Callback,
                wait,
                vec![FRESH, Retrieved(Some(3))],
                vec![Step::Look, Step::Retrieve, Step::GenerateOnly],
            ),
            (
                "an unknown code",
                true,
                Callback,
                wait,
                vec![FRESH, Retrieved(Some(7))],
                vec![Step::Look, Step::Retrieve, Step::Broken(7)],
            ),
            (
                "nobody generates",
                true,
                Generator::None,
                wait,
                vec![OLD],
                vec![Step::Look, Step::Fail(2)],
            ),
            (
                "nobody generates what failed",
                true,
                Generator::None,
                wait,
                vec![FRESH, Retrieved(Some(3))],
                vec![Step::Look, Step::Retrieve, Step::Fail(2)],
            ),
            (
                "the caller generates",
                true,
                Caller,
                wait,
                vec![OLD, Claimed],
                vec![Step::Look, Step::Claim, Step::Fail(2)],
            ),
            (
                "no retrieving",
                false,
                Callback,
                wait,
                vec![Claimed],
                vec![Step::Claim, Step::Generate],
            ),
            (
                "stale content",
                true,
                Callback,
                wait,
                vec![OLD, Refused, Stale(true), Retrieved(None)],
                vec![
                    Step::Look,
                    Step::Claim,
                    Step::FindStale,
                    Step::RetrieveStale,
                    Step::Return,
                ],
            ),
            (
                "stale content of no use",
                true,
                Callback,
                wait,
                vec![OLD, Refused, Stale(true), Retrieved(Some(1))],
                vec![
                    Step::Look,
                    Step::Claim,
                    Step::FindStale,
                    Step::RetrieveStale,
                    Step::Wait,
                ],
            ),
            (
                "waiting",
                true,
                Callback,
                wait,
                vec![OLD, Refused, Stale(false), Waited, FRESH, Retrieved(None)],
                vec![
                    Step::Look,
                    Step::Claim,
                    Step::FindStale,
                    Step::Wait,
                    Step::Look,
                    Step::Retrieve,
                    Step::Return,
                ],
            ),
            (
                "waiting without retrieving",
                false,
                Callback,
                wait,
                vec![Refused, Waited, Claimed],
                vec![Step::Claim, Step::Wait, Step::Claim, Step::Generate],
            ),
            (
                "waiting in vain",
                true,
                Callback,
                wait,
                vec![OLD, Refused, Stale(false), WaitedTooLong, Refused, Stale(false)],
                vec![
                    Step::Look,
                    Step::Claim,
                    Step::FindStale,
                    Step::Wait,
                    Step::Claim,
                    Step::FindStale,
                    Step::GenerateOnly,
                ],
            ),
            (
                "not waiting",
                true,
                Callback,
                make,
                vec![OLD, Refused, Stale(false)],
                vec![Step::Look, Step::Claim, Step::FindStale, Step::GenerateOnly],
            ),
            (
                "its own claim",
                true,
                Callback,
                wait,
                vec![OLD, Unobtainable, Stale(false)],
                vec![Step::Look, Step::Claim, Step::FindStale, Step::GenerateOnly],
            ),
            (
                "a name that cannot be claimed",
                true,
                Callback,
                wait,
                vec![OLD, Unclaimable],
                vec![Step::Look, Step::Claim, Step::GenerateOnly],
            ),
            (
                "the same, left to the caller",
                true,
                Caller,
                wait,
                vec![OLD, Unclaimable],
                vec![Step::Look, Step::Claim, Step::Fail(2)],
            ),
            (
                "overtaken",
                true,
                Callback,
                wait,
                vec![OLD, Overtaken, FRESH, Retrieved(None)],
                vec![Step::Look, Step::Claim, Step::Look, Step::Retrieve, Step::Return],
            ),
            (
                "overtaken for ever",
                true,
                Callback,
                wait,
                vec![OLD, Overtaken, OLD, Overtaken, OLD, Overtaken, OLD, Overtaken],
                vec![
                    Step::Look,
                    Step::Claim,
                    Step::Look,
                    Step::Claim,
                    Step::Look,
                    Step::Claim,
                    Step::Look,
                    Step::Claim,
                    Step::GenerateOnly,
                ],
            ),
        ] {
            assert_eq!(run(retrieves, generator, without, &events), steps, "{what}");
        }
        let (_, step) = Machine::start(false, true, Callback, wait);
        assert_eq!(step, Step::Fail(2));
    }
}
