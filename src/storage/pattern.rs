//! Which names are meant: exact, by prefix, by wildcard, by regular expression.
//!
//! Two sides that must agree: a condition for the server, which uses an index of names and may find too much (a
//! collation takes `a` for `A`), and a test of the exact bytes of what it found, where the server does not decide.

use super::metadata::Name;
use crate::error::{Error, Result};

/// Prefixes in one statement, at most.
const PREFIXES_AT_ONCE: usize = 50;
/// Patterns that the alternatives of a wildcard may make, at most.
const ALTERNATIVES: usize = 256;

/// Bytes of all these patterns together, at most: far more than names have, far less than the
/// server's limit for a message.
const WILDCARD_BYTES: usize = 256 * 1024;
/// Bytes of a regular expression, at most. The server's library takes no more than about this.
const REGEX_BYTES: usize = 64 * 1024;

/// A set of names.
#[derive(Debug, Clone)]
pub enum Match {
    /// The name itself and everything below it as a directory.
    Tree(Name),
    /// The name alone.
    Exactly(Name),
    /// Names that start with one of these bytes.
    Prefixes(Vec<Vec<u8>>),
    /// Names that a wildcard describes from the first to the last character.
    Wildcard(Wildcard),
    /// Names that start with these bytes and whose rest matches an expression of the server's
    /// dialect from its first character on.
    Regex(Vec<u8>, Vec<u8>),
}

/// A question to the server.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Rows with this `name_hash`.
    Hash(String),
    /// Rows whose name is LIKE one of these, with `=` as the escape sign, and of them only those that match the
    /// expression too, if there is one.
    Like(Vec<Vec<u8>>, Option<Regex>),
}

/// An expression for what follows a prefix.
#[derive(Debug, Clone)]
pub struct Regex {
    /// As the caller gave it.
    pub expression: Vec<u8>,
    /// Length of the prefix in bytes.
    pub prefix_bytes: usize,
    /// Length of the prefix in characters, if it is UTF-8.
    pub prefix_characters: usize,
}

impl Match {
    /// Names that start with these bytes and whose rest matches an expression.
    ///
    /// # Errors
    /// [`Error::Refused`] when the expression is longer than any server takes.
    pub fn regex(prefix: Vec<u8>, expression: Vec<u8>) -> Result<Self> {
        if expression.is_empty() {
            // Nothing is demanded of the rest.
            return Ok(Self::Prefixes(vec![prefix]));
        }
        if expression.len() > REGEX_BYTES {
            return Err(Error::Refused(format!(
                "the regular expression has {} bytes; {REGEX_BYTES} are allowed",
                expression.len()
            )));
        }
        Ok(Self::Regex(prefix, expression))
    }

    /// The index finds all of it: no pattern decides how much the server has to do.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !matches!(self, Self::Wildcard(_) | Self::Regex(..))
    }

    /// On a column that compares bytes, the server finds these names and no others.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Tree(_) | Self::Prefixes(_))
    }

    /// The questions that together find all the names. `binary`: the column compares bytes;
    /// `utf8`: what is sent to a text column is UTF-8.
    #[must_use]
    pub fn conditions(&self, binary: bool, utf8: bool) -> Vec<Condition> {
        let prefix = |bytes: &[u8]| like_prefix(bytes, binary, utf8);
        match self {
            // By one index the server finds both sooner than by two.
            Self::Tree(name) => vec![Condition::Like(
                vec![
                    like_literal(name.bytes(), binary, utf8),
                    prefix(&directory(name.bytes())),
                ],
                None,
            )],
            Self::Exactly(name) => vec![Condition::Hash(name.hash().to_owned())],
            Self::Prefixes(prefixes) => prefixes
                .chunks(PREFIXES_AT_ONCE)
                .map(|prefixes| Condition::Like(prefixes.iter().map(|bytes| prefix(bytes)).collect(), None))
                .collect(),
            Self::Wildcard(wildcard) => wildcard
                .patterns
                .chunks(PREFIXES_AT_ONCE)
                .map(|patterns| {
                    let like = patterns.iter().map(|pattern| pattern.like(binary, utf8));
                    Condition::Like(like.collect(), None)
                })
                .collect(),
            Self::Regex(bytes, expression) => vec![Condition::Like(
                vec![prefix(bytes)],
                Some(Regex {
                    expression: expression.clone(),
                    prefix_bytes: bytes.len(),
                    // Of columns of bytes, the server makes UTF-8 itself.
                    prefix_characters: if binary || utf8 {
                        String::from_utf8_lossy(bytes).chars().count()
                    } else {
                        bytes.len()
                    },
                }),
            )],
        }
    }

    /// The name is one of those that are meant. For a regular expression the server has decided.
    #[must_use]
    pub fn accepts(&self, name: &[u8]) -> bool {
        match self {
            Self::Tree(tree) => name
                .strip_prefix(tree.bytes())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/")),
            Self::Exactly(wanted) => name == wanted.bytes(),
            Self::Prefixes(prefixes) => prefixes.iter().any(|prefix| name.starts_with(prefix)),
            Self::Wildcard(wildcard) => wildcard.accepts(name),
            Self::Regex(prefix, _) => name.starts_with(prefix),
        }
    }
}

/// A path as the prefix of what is below it.
fn directory(path: &[u8]) -> Vec<u8> {
    let mut directory = path.to_vec();
    directory.push(b'/');
    directory
}

/// A LIKE pattern, with `=` as the escape sign, for names that start with these bytes. On a text
/// column, bytes that are no characters match anything: the test of the bytes decides.
#[must_use]
pub fn like_prefix(prefix: &[u8], binary: bool, utf8: bool) -> Vec<u8> {
    let mut like = like_literal(prefix, binary, utf8);
    if like.last() != Some(&b'%') || prefix.last() == Some(&b'%') {
        like.push(b'%');
    }
    like
}

fn like_literal(bytes: &[u8], binary: bool, utf8: bool) -> Vec<u8> {
    let is_special = |byte: &u8| matches!(byte, b'=' | b'%' | b'_');
    let mut like = Vec::with_capacity(bytes.len() + 8);
    let escape = |bytes: &[u8], like: &mut Vec<u8>| {
        // Most have none: found out for many bytes at once, without a branch for each.
        if !bytes.iter().fold(false, |any, byte| any | is_special(byte)) {
            like.extend_from_slice(bytes);
            return;
        }
        for piece in bytes.split_inclusive(is_special) {
            match piece.split_last() {
                Some((last, plain)) if is_special(last) => {
                    like.extend_from_slice(plain);
                    like.extend([b'=', *last]);
                }
                _ => like.extend_from_slice(piece),
            }
        }
    };
    if binary || !utf8 {
        escape(bytes, &mut like);
    } else {
        for piece in bytes.utf8_chunks() {
            escape(piece.valid().as_bytes(), &mut like);
            if !piece.invalid().is_empty() {
                like.push(b'%');
            }
        }
    }
    like
}

/// `*` any run of characters, slashes too; `?` one character (a byte where the name is not
/// UTF-8); `{a,b}` alternatives; everything else stands for itself.
#[derive(Debug, Clone)]
pub struct Wildcard {
    patterns: Vec<Pattern>,
}

/// A wildcard without alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pattern(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(u8),
    One,
    Run,
}

impl Wildcard {
    /// Reads a wildcard. A brace without its counterpart stands for itself.
    ///
    /// # Errors
    /// [`Error::Refused`] when the alternatives multiply beyond reason.
    pub fn new(text: &[u8]) -> Result<Self> {
        let too_long = || {
            Error::Refused(format!(
                "the wildcard is too long: its alternatives make patterns of more than {WILDCARD_BYTES} bytes"
            ))
        };
        let mut patterns: Vec<Pattern> = vec![Pattern::default()];
        // Bytes of the patterns, if anything a little too many.
        let mut bytes: usize = 0;
        let mut rest = text;
        // No brace is closed behind this place, which is looked for once.
        let last_end = text.iter().rposition(|byte| *byte == b'}').unwrap_or(0);
        while let Some((first, behind)) = rest.split_first() {
            let is_choice = *first == b'{' && text.len() - behind.len() <= last_end;
            let end = if is_choice {
                behind.iter().position(|byte| *byte == b'}')
            } else {
                None
            };
            let Some(end) = end else {
                rest = behind;
                bytes += patterns.len();
                if bytes > WILDCARD_BYTES {
                    return Err(too_long());
                }
                for pattern in &mut patterns {
                    pattern.push(*first);
                }
                continue;
            };
            let (inside, after) = behind.split_at(end);
            rest = after.get(1..).unwrap_or(&[]);
            let choices: Vec<&[u8]> = inside.split(|byte| *byte == b',').collect();
            if patterns.len().saturating_mul(choices.len()) > ALTERNATIVES {
                return Err(Error::Refused(format!(
                    "the alternatives of the wildcard make more than {ALTERNATIVES} patterns; use several wildcards"
                )));
            }
            bytes = bytes * choices.len() + inside.len() * patterns.len();
            if bytes > WILDCARD_BYTES {
                return Err(too_long());
            }
            patterns = patterns
                .iter()
                .flat_map(|pattern| choices.iter().map(|choice| pattern.followed_by(choice)))
                .collect();
        }
        Ok(Self { patterns })
    }

    fn accepts(&self, name: &[u8]) -> bool {
        let characters = std::str::from_utf8(name).is_ok();
        self.patterns
            .iter()
            .any(|pattern| pattern.accepts(name, characters))
    }
}

impl Part {
    fn of(byte: u8) -> Self {
        match byte {
            b'*' => Self::Run,
            b'?' => Self::One,
            other => Self::Literal(other),
        }
    }
}

impl Pattern {
    /// One sign more. A run that follows a run adds nothing.
    fn push(&mut self, byte: u8) {
        let part = Part::of(byte);
        if part != Part::Run || self.0.last() != Some(&Part::Run) {
            self.0.push(part);
        }
    }

    fn followed_by(&self, signs: &[u8]) -> Self {
        let mut longer = self.clone();
        for sign in signs {
            longer.push(*sign);
        }
        longer
    }

    /// A LIKE pattern that finds at least these names. `?` becomes a run where the column counts
    /// bytes, or the connection's character set takes each byte for a character.
    fn like(&self, binary: bool, utf8: bool) -> Vec<u8> {
        let mut like = Vec::new();
        let mut literal = Vec::new();
        for part in &self.0 {
            let sign = match part {
                Part::Literal(byte) => {
                    literal.push(*byte);
                    continue;
                }
                Part::One if !binary && utf8 => b'_',
                Part::One | Part::Run => b'%',
            };
            like.append(&mut like_literal(&literal, binary, utf8));
            literal.clear();
            like.push(sign);
        }
        like.append(&mut like_literal(&literal, binary, utf8));
        like
    }

    /// Matches without recursion: after a mismatch, the last run takes one character more.
    fn accepts(&self, name: &[u8], characters: bool) -> bool {
        let step = |position: usize| {
            let mut next = position + 1;
            while characters && name.get(next).is_some_and(|byte| byte & 0xC0 == 0x80) {
                next += 1;
            }
            next
        };
        let (mut part, mut position) = (0, 0);
        let mut run: Option<(usize, usize)> = None;
        loop {
            match self.0.get(part) {
                Some(Part::Run) => {
                    part += 1;
                    run = Some((part, position));
                    continue;
                }
                Some(Part::One) if position < name.len() => {
                    part += 1;
                    position = step(position);
                    continue;
                }
                Some(Part::Literal(byte)) if name.get(position) == Some(byte) => {
                    part += 1;
                    position += 1;
                    continue;
                }
                None if position == name.len() => return true,
                _ => {}
            }
            match run {
                Some((after, start)) if start < name.len() => {
                    part = after;
                    position = step(start);
                    run = Some((after, position));
                }
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(wildcard: &str, name: impl AsRef<[u8]>) -> bool {
        Wildcard::new(wildcard.as_bytes()).is_ok_and(|wildcard| wildcard.accepts(name.as_ref()))
    }

    #[test]
    fn wildcards_match_from_the_first_to_the_last_character() {
        for (wildcard, name, expected) in [
            ("a*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "a/b/c", true),
            ("a*c", "abcd", false),
            ("a*c", "xabc", false),
            ("*", "", true),
            ("a?c", "abc", true),
            ("a?c", "aéc", true),
            ("a?c", "a😀c", true),
            ("a?c", "abbc", false),
            ("a??c", "aéc", false),
            ("{a,b}x", "ax", true),
            ("{a,b}x", "bx", true),
            ("{a,b}x", "cx", false),
            ("{a*,?b}x", "aaax", true),
            ("{,b}x", "x", true),
            ("{a,b}{c,d}", "bc", true),
            ("{a,b", "{a,b", true),
            ("a}", "a}", true),
            ("a%_\\.[x](y)|+^$", "a%_\\.[x](y)|+^$", true),
            ("a_c", "abc", false),
            ("A", "a", false),
            ("*.png*.png", "a.png.png", true),
            ("*.png*.png", "a.png", false),
            ("*a*b*c", "xaxbxbxc", true),
        ] {
            assert_eq!(accepts(wildcard, name), expected, "{wildcard} and {name}");
        }
        assert!(accepts("a?c", b"a\xffc"));
        assert!(!accepts("a?c", b"a\xff\xfec"));
        assert!(!accepts("a??c", "aéc"));
    }

    #[test]
    fn alternatives_are_bounded() {
        assert!(Wildcard::new(&b"{a,b}".repeat(8)).is_ok());
        assert!(matches!(
            Wildcard::new(&b"{a,b}".repeat(9)),
            Err(Error::Refused(_))
        ));
    }

    #[test]
    fn what_is_like_a_sign_of_like_is_escaped() {
        assert_eq!(like_prefix(b"a_b%c=d\\", true, true), b"a=_b=%c==d\\%");
        assert_eq!(like_prefix(b"x%", true, true), b"x=%%");
        assert_eq!(like_prefix(b"a\xc3", false, true), b"a%");
        assert_eq!(like_prefix(b"a\xc3", true, true), b"a\xc3%");
        assert_eq!(like_prefix(b"a\xffb", false, true), b"a%b%");
    }

    #[test]
    fn a_pattern_for_the_server_finds_at_least_what_is_meant() {
        let pattern = |text: &str| {
            Wildcard::new(text.as_bytes())
                .map(|w| w.patterns)
                .unwrap_or_default()
        };
        let like = |text: &str, binary| {
            pattern(text)
                .iter()
                .map(|p| String::from_utf8_lossy(&p.like(binary, true)).into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(like("a*b?c_", true), ["a%b%c=_"]);
        assert_eq!(like("a*b?c_", false), ["a%b_c=_"]);
        assert_eq!(like("{a,b%}*", false), ["a%", "b=%%"]);
    }

    #[test]
    fn a_tree_is_the_name_and_what_is_below() {
        let tree = Match::Tree(Name::new(b"a/b"));
        for (name, expected) in [
            ("a/b", true),
            ("a/b/c", true),
            ("a/bc", false),
            ("a", false),
            ("A/b", false),
        ] {
            assert_eq!(tree.accepts(name.as_bytes()), expected, "{name}");
        }
    }
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::cases;

    /// Few signs, so that they meet: those of wildcards and of LIKE, characters, halves of them.
    fn signs() -> impl Strategy<Value = Vec<u8>> {
        let sign = prop_oneof![
            4 => prop::sample::select(b"abA/".as_slice()).prop_map(|byte| vec![byte]),
            4 => prop::sample::select(b"*?{},%_=\\".as_slice()).prop_map(|byte| vec![byte]),
            1 => Just("é".as_bytes().to_vec()),
            1 => Just("😀".as_bytes().to_vec()),
            1 => any::<u8>().prop_map(|byte| vec![byte]),
        ];
        prop::collection::vec(sign, 0..12).prop_map(|signs| signs.concat())
    }

    /// A name that is likely to be meant: signs of the pattern are replaced by what they stand for.
    fn pattern_and_name() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
        (signs(), signs(), any::<bool>()).prop_map(|(pattern, other, related)| {
            let name = if related {
                let stands_for = |byte: &u8| match byte {
                    b'*' => other.clone(),
                    b'?' => other.first().copied().into_iter().collect(),
                    byte => vec![*byte],
                };
                pattern.iter().flat_map(stands_for).collect()
            } else {
                other.clone()
            };
            (pattern, name)
        })
    }

    /// Units that `?` takes one of: characters of a name that is UTF-8, else bytes.
    fn units(name: &[u8]) -> Vec<Vec<u8>> {
        match std::str::from_utf8(name) {
            Ok(text) => text.chars().map(|c| c.to_string().into_bytes()).collect(),
            Err(_) => name.iter().map(|byte| vec![*byte]).collect(),
        }
    }

    /// The alternatives, one after the other.
    fn expanded(text: &[u8]) -> Vec<Vec<u8>> {
        let braces = text.iter().enumerate().find_map(|(start, byte)| {
            let end = text[start..].iter().position(|byte| *byte == b'}')?;
            (*byte == b'{').then_some((start, start + end))
        });
        let Some((start, end)) = braces else {
            return vec![text.to_vec()];
        };
        let behind = expanded(&text[end + 1..]);
        text[start + 1..end]
            .split(|byte| *byte == b',')
            .flat_map(|choice| {
                behind
                    .iter()
                    .map(|behind| [&text[..start], choice, behind].concat())
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// Tries all ways, by recursion. A literal may end within a character of the name: its bytes count.
    fn naive(pattern: &[u8], name: &[u8], characters: bool) -> bool {
        let one = || match characters {
            true => 1 + name[1..].iter().take_while(|byte| **byte & 0xC0 == 0x80).count(),
            false => 1,
        };
        match pattern.split_first() {
            None => name.is_empty(),
            Some((b'*', rest)) => {
                naive(rest, name, characters)
                    || (!name.is_empty() && naive(pattern, &name[one()..], characters))
            }
            Some((b'?', rest)) => !name.is_empty() && naive(rest, &name[one()..], characters),
            Some((byte, rest)) => name.first() == Some(byte) && naive(rest, &name[1..], characters),
        }
    }

    /// LIKE as the server does it, by units, `=` before a sign that is meant as it is.
    fn like(pattern: &[Vec<u8>], name: &[Vec<u8>]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some((sign, rest)) => match sign.as_slice() {
                b"%" => like(rest, name) || (!name.is_empty() && like(pattern, &name[1..])),
                b"_" => !name.is_empty() && like(rest, &name[1..]),
                b"=" => name.first() == rest.first() && !rest.is_empty() && like(&rest[1..], &name[1..]),
                sign => name.first().is_some_and(|unit| unit == sign) && like(rest, &name[1..]),
            },
        }
    }

    fn bytes(text: &[u8]) -> Vec<Vec<u8>> {
        text.iter().map(|byte| vec![*byte]).collect()
    }

    /// A column of bytes, and a column of characters where the name can be in one, find the name if it is meant.
    fn assert_agree(matching: &Match, name: &[u8]) {
        for binary in [true, false] {
            if !binary && std::str::from_utf8(name).is_err() {
                continue;
            }
            let split = if binary { bytes } else { units };
            let found = matching
                .conditions(binary, true)
                .iter()
                .any(|condition| match condition {
                    Condition::Hash(hash) => hash == Name::new(name).hash(),
                    Condition::Like(patterns, _) => {
                        patterns.iter().any(|pattern| like(&split(pattern), &split(name)))
                    }
                });
            // The server may find too much, unless it decides.
            if binary && matching.is_exact() || matching.accepts(name) {
                assert_eq!(found, matching.accepts(name), "{matching:?}, binary: {binary}");
            }
        }
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn a_wildcard_means_what_trying_all_ways_finds((pattern, name) in pattern_and_name()) {
            let patterns = expanded(&pattern);
            let Ok(wildcard) = Wildcard::new(&pattern) else {
                prop_assert!(patterns.len() > ALTERNATIVES);
                return Ok(());
            };
            prop_assert!(wildcard.patterns.len() <= ALTERNATIVES);
            let characters = std::str::from_utf8(&name).is_ok();
            let expected = patterns.iter().any(|pattern| naive(pattern, &name, characters));
            prop_assert_eq!(wildcard.accepts(&name), expected);
        }

        #[test]
        fn the_server_finds_what_is_meant((pattern, name) in pattern_and_name()) {
            let (start, _) = name.split_at(name.len() / 2);
            let mut sets = vec![
                Match::Exactly(Name::new(&name)),
                Match::Tree(Name::new(&name)),
                Match::Tree(Name::new(&pattern)),
                Match::Tree(Name::new(start)),
                Match::Prefixes(vec![pattern.clone(), start.to_vec()]),
            ];
            sets.extend(Wildcard::new(&pattern).map(Match::Wildcard));
            for set in &sets {
                assert_agree(set, &name);
            }
        }

        #[test]
        fn the_server_finds_the_beginning_of_what_an_expression_is_asked_for((prefix, name) in pattern_and_name()) {
            let name = [prefix.clone(), name].concat();
            let set = Match::regex(prefix, b"x".to_vec()).unwrap();
            prop_assert!(set.accepts(&name));
            assert_agree(&set, &name);
        }

        #[test]
        fn any_bytes_are_read_or_refused(text in prop::collection::vec(any::<u8>(), 0..2000)) {
            if let Ok(wildcard) = Wildcard::new(&text) {
                wildcard.accepts(&text);
            }
        }
    }
}
