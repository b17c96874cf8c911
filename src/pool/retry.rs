//! Pauses between tries.

use std::time::Duration;

use crate::random;

/// The first pause is at most this long; each further one twice as long.
const FIRST: Duration = Duration::from_millis(10);
/// No pause is longer.
const LONGEST: Duration = Duration::from_millis(500);

/// The pause after a try, counted from 1: between half and all of a limit that doubles with each
/// try, at random, so that two who met part.
#[must_use]
pub fn pause(tries: u32) -> Duration {
    let limit = FIRST
        .saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1)))
        .min(LONGEST);
    limit / 2 + (limit / 2).mul_f64((random::number() % 1000) as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        for (tries, least, most) in [
            (1, 5, 10),
            (2, 10, 20),
            (4, 40, 80),
            (7, 250, 500),
            (u32::MAX, 250, 500),
        ] {
            let pause = pause(tries).as_millis();
            assert!((least..=most).contains(&pause), "{tries}: {pause}");
        }
    }
}
