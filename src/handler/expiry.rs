//! Whether a content is too old, by PHP's rules of comparison.

use std::cmp::Ordering;

/// A value that PHP code gives for a time: kernels pass null, false, −1, numbers and numeric
/// strings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Time {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Float(f64),
}

impl Time {
    fn truth(self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => value,
            Self::Int(value) => value != 0,
            Self::Float(value) => value != 0.0,
        }
    }

    /// The value in arithmetic.
    fn number(self) -> Self {
        match self {
            Self::Null => Self::Int(0),
            Self::Bool(value) => Self::Int(i64::from(value)),
            number => number,
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn float(self) -> f64 {
        match self.number() {
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
            _ => 0.0,
        }
    }

    /// PHP's `<=>`: with null or a boolean on either side, both sides count as booleans.
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Null | Self::Bool(_), _) | (_, Self::Null | Self::Bool(_)) => {
                self.truth().cmp(&other.truth())
            }
            (Self::Int(a), Self::Int(b)) => a.cmp(&b),
            (a, b) => a.float().partial_cmp(&b.float()).unwrap_or(Ordering::Greater),
        }
    }

    fn minus(self, other: Self) -> Self {
        match (self.number(), other.number()) {
            (Self::Int(a), Self::Int(b)) => a
                .checked_sub(b)
                .map_or_else(|| Self::Float(self.float() - other.float()), Self::Int),
            _ => Self::Float(self.float() - other.float()),
        }
    }
}

/// True when a content of `mtime` is not fresh: it does not exist (false, null, 0), is expired
/// (negative), is older than `expiry`, or, where there is a `ttl`, older than both `expiry`
/// and `ttl` seconds before `now` allow.
#[must_use]
pub fn is_expired(mtime: Time, expiry: Time, now: Time, ttl: Time) -> bool {
    if !mtime.truth() || mtime.number().compare(Time::Int(0)) == Ordering::Less {
        return true;
    }
    let limit = if ttl == Time::Null {
        expiry
    } else {
        let oldest = now.minus(ttl);
        if oldest.compare(expiry) == Ordering::Greater {
            oldest
        } else {
            expiry
        }
    };
    mtime.compare(limit) == Ordering::Less
}

#[cfg(test)]
mod tests {
    use super::Time::{Bool, Float, Int, Null};
    use super::*;

    #[test]
    fn truth_table() {
        for (mtime, expiry, now, ttl, expired) in [
            (Bool(false), Int(-1), Int(100), Null, true),
            (Null, Int(-1), Int(100), Null, true),
            (Int(0), Int(-1), Int(100), Null, true),
            (Int(-50), Int(-1), Int(100), Null, true),
            (Int(50), Int(-1), Int(100), Null, false),
            (Int(50), Int(50), Int(100), Null, false),
            (Int(50), Int(51), Int(100), Null, true),
            (Int(50), Null, Int(100), Null, false),
            (Int(50), Bool(false), Int(100), Null, false),
            (Int(50), Null, Int(100), Int(49), true),
            (Int(50), Null, Int(100), Int(50), false),
            (Int(50), Int(-1), Int(100), Int(10), true),
            (Int(95), Int(-1), Int(100), Int(10), false),
            (Int(95), Int(96), Int(100), Int(10), true),
            (Int(50), Int(10), Int(100), Int(100), false),
            (Int(50), Int(-1), Int(100), Int(0), true),
            (Int(100), Int(-1), Int(100), Int(0), false),
            (Int(100), Null, Int(100), Int(100), false),
            (Float(50.5), Float(50.6), Int(100), Null, true),
            (Int(5), Int(i64::MIN), Int(i64::MIN), Int(1), false),
        ] {
            assert_eq!(
                is_expired(mtime, expiry, now, ttl),
                expired,
                "{mtime:?} {expiry:?} {now:?} {ttl:?}"
            );
        }
    }
}
