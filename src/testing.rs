//! What tests of several folders share.

/// How a property is tried: with so many cases as `EZDB_TEST_CASES` says.
pub fn cases() -> proptest::test_runner::Config {
    cases_of(5000)
}

/// As [`cases`], for a property whose cases are dear: `usual` of them where the variable is not set.
pub fn cases_of(usual: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        failure_persistence: None,
        ..proptest::test_runner::Config::with_cases(asked().unwrap_or(usual))
    }
}

fn asked() -> Option<u32> {
    std::env::var("EZDB_TEST_CASES").ok()?.parse().ok()
}

/// Numbers that look random and are the same every time.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Those of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// How many seeds are tried: so many as `EZDB_TEST_CASES` says.
    pub fn rounds(usual: u64) -> u64 {
        asked().map_or(usual, u64::from)
    }

    /// The next one, below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound.max(1)
    }
}
