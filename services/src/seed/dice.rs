//! Reproducible pseudorandom numbers.

use domain::Timestamp;

/// The generator SplitMix64, implemented here so that no update changes its numbers.
pub(super) struct Dice(u64);

impl Dice {
    /// A generator seeded with a number.
    pub(super) fn of(number: i64) -> Self {
        let mut dice = Self(number.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x7465_6e61_6e74_7279);
        dice.next();
        dice
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From 0 up to but not including the limit.
    pub(super) const fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.next() % limit }
    }

    /// True with this probability.
    pub(super) const fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A random one of the values, or the type's default if there are none.
    pub(super) fn pick<T: Copy + Default>(&mut self, of: &[T]) -> T {
        let at = usize::try_from(self.below(of.len() as u64)).unwrap_or_default();
        of.get(at).copied().unwrap_or_default()
    }

    /// A UUID of version 4, as if it were random.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let (variant, node) = (0x8000 | (low >> 48 & 0x3fff), low & 0xffff_ffff_ffff);
        format!("{:08x}-{:04x}-4{:03x}-{variant:04x}-{node:012x}", high >> 32, high >> 16 & 0xffff, high & 0xfff)
    }

    /// A UUID of version 7, as if its rest were random.
    pub(super) fn uuid_at(&mut self, at: Timestamp) -> String {
        let random: [u8; 10] = std::array::from_fn(|_| self.next().to_le_bytes()[0]);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.millis()).unwrap_or_default(), &random).into_uuid().to_string()
    }

    /// Bytes, as if they were random.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }

    /// Each with this probability, in their order.
    pub(super) fn some<T: Copy>(&mut self, of: impl Iterator<Item = T>, percent: u64) -> Vec<T> {
        of.filter(|_| self.percent(percent)).collect()
    }
}
