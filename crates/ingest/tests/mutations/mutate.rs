//! Damage to bytes, the same for the same seed.

/// Numbers that are random enough (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `end`; 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(bytes.len() + 1);
        // Short ones are the more likely.
        let longest = 1 << self.below(10);
        start..(start + self.below(longest) + 1).min(bytes.len())
    }
}

/// What means something in one of the formats.
const TOKENS: [&[u8]; 34] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b"\\",
    b"\n",
    b"\r\n",
    b"\t",
    b";",
    b"<",
    b">",
    b"&",
    b"&#x110000;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</p>",
    b"<item>",
    b"</entry>",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
    b"---\n",
    b"```",
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\xE0\xB8",
    b"\xED\xA0\x80",
    b"\\ud800",
];

pub(crate) fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        match random.below(10) {
            0 | 1 => {
                let at = random.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            2 => bytes.truncate(random.below(bytes.len() + 1)),
            3 => {
                let range = random.range(bytes);
                bytes.drain(range);
            }
            4 => {
                let range = random.range(bytes);
                let (part, at) = (bytes[range].to_vec(), random.below(bytes.len() + 1));
                bytes.splice(at..at, part);
            }
            5 => {
                let range = random.range(bytes);
                let part: Vec<u8> = bytes.drain(range).collect();
                let at = random.below(bytes.len() + 1);
                bytes.splice(at..at, part);
            }
            6 => {
                let at = random.below(bytes.len() + 1);
                let noise: Vec<u8> = (0..=random.below(8))
                    .map(|_| random.below(256) as u8)
                    .collect();
                bytes.splice(at..at, noise);
            }
            7 => {
                let at = random.below(bytes.len() + 1);
                let (token, times) = (TOKENS[random.below(TOKENS.len())], 1 << random.below(6));
                bytes.splice(at..at, token.repeat(times));
            }
            _ => {
                let (at, token) = (
                    random.below(bytes.len() + 1),
                    TOKENS[random.below(TOKENS.len())],
                );
                bytes.splice(at..at, token.iter().copied());
            }
        }
    }
}
