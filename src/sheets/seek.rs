//! Finding a word in bytes that come piece by piece.

use memchr::memmem;

/// What stands around a word is never longer than this. Bytes.
const LONGEST: usize = 256 << 10;

/// Looks for a word in a stream, and hands on what stands before and behind each of its places.
pub(super) struct Seeker {
    finder: memmem::Finder<'static>,
    length: usize,
    /// How many bytes before the word are wanted.
    before: usize,
    bytes: Vec<u8>,
    /// Where to go on looking.
    at: usize,
}

impl Seeker {
    pub(super) fn new(word: &[u8], before: usize) -> Self {
        let length = word.len();
        Self { finder: memmem::Finder::new(word).into_owned(), length, before, bytes: Vec::new(), at: 0 }
    }

    /// Takes a piece, the `last` one being empty. `found` gets what stands before and behind the word, and says whether
    /// that is enough, or gives up by saying nothing. So does this where it is never enough.
    pub(super) fn feed(
        &mut self,
        piece: &[u8],
        last: bool,
        mut found: impl FnMut(&[u8], &[u8]) -> Option<bool>,
    ) -> Option<()> {
        self.bytes.extend_from_slice(piece);
        while let Some(begin) = self.finder.find(&self.bytes[self.at..]).map(|begin| self.at + begin) {
            let (before, behind) = (&self.bytes[..begin], &self.bytes[begin + self.length..]);
            if found(&before[before.len().saturating_sub(self.before)..], behind)? {
                self.at = begin + self.length;
            } else if last || behind.len() > LONGEST {
                return None;
            } else {
                self.at = begin;
                self.forget();
                return Some(());
            }
        }
        // A word may be cut at the end.
        self.at = self.at.max((self.bytes.len() + 1).saturating_sub(self.length));
        self.forget();
        Some(())
    }

    fn forget(&mut self) {
        let done = self.at.saturating_sub(self.before);
        self.bytes.drain(..done);
        self.at -= done;
    }
}
