//! What a CMap says: how many bytes a code has, and which characters codes stand for.
//!
//! Read leniently: only the lists between `begin…` and `end…` count, whatever stands around them.

use std::collections::BTreeMap;

/// Most codes of a font.
const MAX_CODES: usize = 1 << 17;

/// The lists of a CMap.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Code → the characters it stands for.
    pub text: BTreeMap<u32, String>,
    /// Code → the glyph's number, where the CMap says so.
    pub cids: BTreeMap<u32, u32>,
    /// Lowest and highest code, with the number of bytes.
    pub spaces: Vec<(u32, u32, usize)>,
}

enum Token<'a> {
    Hex(Vec<u8>),
    Number(u32),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CMap {
    /// Reads one.
    pub fn read(bytes: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut held: Vec<Token<'_>> = Vec::new();
        let mut rest = bytes;
        while let Some((token, behind)) = token(rest) {
            rest = behind;
            let Token::Word(word) = token else {
                held.push(token);
                continue;
            };
            match word {
                b"endcodespacerange" => cmap.spaces(&held),
                b"endbfchar" => cmap.characters(&held),
                b"endbfrange" => cmap.ranges(&held),
                b"endcidchar" => cmap.glyphs(&held, 1),
                b"endcidrange" => cmap.glyphs(&held, 2),
                _ => {}
            }
            held.clear();
        }
        cmap
    }

    fn spaces(&mut self, held: &[Token<'_>]) {
        for pair in held.chunks_exact(2) {
            if let [Token::Hex(low), Token::Hex(high)] = pair {
                self.spaces.push((number(low), number(high), low.len().clamp(1, 4)));
            }
        }
    }

    fn characters(&mut self, held: &[Token<'_>]) {
        for pair in held.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair {
                self.say(number(code), utf16(text));
            }
        }
    }

    fn ranges(&mut self, held: &[Token<'_>]) {
        let mut at = 0;
        while let [Token::Hex(low), Token::Hex(high), rest @ ..] = held.get(at..).unwrap_or_default() {
            let (low, high) = (number(low), number(high));
            at += 2;
            match rest.first() {
                Some(Token::Hex(first)) => {
                    at += 1;
                    let mut units: Vec<u16> = units(first);
                    for code in low..=high.min(low.saturating_add(0xFFFF)) {
                        self.say(code, String::from_utf16_lossy(&units));
                        if let Some(last) = units.last_mut() {
                            *last = last.wrapping_add(1);
                        }
                    }
                }
                Some(Token::Open) => {
                    at += 1;
                    let mut code = low;
                    while let Some(Token::Hex(text)) = held.get(at) {
                        self.say(code, utf16(text));
                        (code, at) = (code.saturating_add(1), at + 1);
                    }
                    // The bracket that closes the list.
                    at += 1;
                }
                _ => return,
            }
        }
    }

    fn glyphs(&mut self, held: &[Token<'_>], n_codes: usize) {
        for entry in held.chunks_exact(n_codes + 1) {
            match entry {
                [Token::Hex(code), Token::Number(cid)] => {
                    self.cids.insert(number(code), *cid);
                }
                [Token::Hex(low), Token::Hex(high), Token::Number(cid)] => {
                    let (low, high) = (number(low), number(high));
                    for code in low..=high.min(low.saturating_add(0xFFFF)) {
                        if self.cids.len() >= MAX_CODES {
                            return;
                        }
                        self.cids.insert(code, cid.saturating_add(code - low));
                    }
                }
                _ => {}
            }
        }
    }

    fn say(&mut self, code: u32, text: String) {
        if self.text.len() < MAX_CODES && !text.is_empty() {
            self.text.insert(code, text);
        }
    }
}

/// The number that bytes write.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(16).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes))
}

/// The next token and what follows it.
fn token(mut bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    loop {
        bytes = bytes.trim_ascii_start();
        match bytes {
            [] => return None,
            [b'%', ..] => {
                let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len());
                bytes = &bytes[end..];
            }
            [0, rest @ ..] => bytes = rest,
            [b'<', b'<', rest @ ..] | [b'>', b'>', rest @ ..] => return Some((Token::Word(b"<<"), rest)),
            [b'<', rest @ ..] => {
                let end = rest.iter().position(|byte| *byte == b'>')?;
                return Some((Token::Hex(hex(&rest[..end])), &rest[end + 1..]));
            }
            [b'[', rest @ ..] => return Some((Token::Open, rest)),
            [b']', rest @ ..] => return Some((Token::Close, rest)),
            [b'(' | b')' | b'>' | b'{' | b'}', rest @ ..] => return Some((Token::Word(b"("), rest)),
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"<>[](){}%\0".contains(byte);
                let end = bytes.iter().skip(1).position(is_end).map_or(bytes.len(), |end| end + 1);
                let (word, rest) = bytes.split_at(end);
                let number = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
                return Some((number.map_or(Token::Word(word), Token::Number), rest));
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_whatever_stands_around_them() {
        let cmap = CMap::read(
            b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0001><8A55> <0002> <D842DFB7>endbfchar % told\n 2 beginbfrange <0010> <0012> <3042>\n<0020> <0021> [<0041> <00420043>] endbfrange\n\
              1 begincidrange <20> <7e> 231 endcidrange endcmap",
        );
        assert_eq!(cmap.spaces, [(0, 0xFFFF, 2)]);
        assert_eq!((cmap.text[&1].as_str(), cmap.text[&2].as_str()), ("評", "𠮷"));
        assert_eq!((cmap.text[&0x12].as_str(), cmap.text[&0x21].as_str()), ("い", "BC"));
        assert_eq!(cmap.cids[&0x41], 264);
    }
}
