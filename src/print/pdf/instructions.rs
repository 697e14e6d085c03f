//! The bytes of a content stream: numbers and shown text in their shortest form.

/// A content stream in the making.
#[derive(Default)]
pub(super) struct Instructions(pub(super) Vec<u8>);

/// What the open showing instruction ends in.
pub(super) enum Shown {
    Nothing,
    Numbers,
    Text,
}

impl Instructions {
    pub(super) fn show(&mut self, cid: u16, open: &mut Shown) {
        match open {
            Shown::Nothing => self.put("[("),
            Shown::Numbers => self.put("("),
            Shown::Text => {}
        }
        for byte in cid.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.0.extend([b'\\', byte]),
                b'\r' => self.put("\\r"),
                b'\n' => self.put("\\n"),
                _ => self.0.push(byte),
            }
        }
        *open = Shown::Text;
    }

    pub(super) fn adjust(&mut self, step: i32, open: &mut Shown) {
        match open {
            Shown::Nothing => self.put("["),
            Shown::Numbers => self.put(" "),
            Shown::Text => self.put(")"),
        }
        self.integer(i64::from(step));
        *open = Shown::Numbers;
    }

    pub(super) fn close(&mut self, open: &mut Shown) {
        match open {
            Shown::Nothing => {}
            Shown::Numbers => self.put("]TJ\n"),
            Shown::Text => self.put(")]TJ\n"),
        }
        *open = Shown::Nothing;
    }

    pub(super) fn put(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn integer(&mut self, value: i64) {
        if value < 0 {
            self.0.push(b'-');
        }
        let (mut digits, mut n, mut rest) = ([0_u8; 20], 0, value.unsigned_abs());
        loop {
            digits[n] = b'0' + (rest % 10) as u8;
            (n, rest) = (n + 1, rest / 10);
            if rest == 0 {
                break;
            }
        }
        self.0.extend(digits[..n].iter().rev());
    }

    /// Numbers given in hundredths, each with a space behind it.
    pub(super) fn numbers(&mut self, values: &[i64]) {
        for value in values {
            if *value < 0 {
                self.0.push(b'-');
            }
            let value = value.unsigned_abs();
            if value >= 100 || value == 0 {
                self.integer((value / 100) as i64);
            }
            let (tenth, hundredth) = ((value / 10 % 10) as u8, (value % 10) as u8);
            match (tenth, hundredth) {
                (0, 0) => {}
                (_, 0) => self.0.extend([b'.', b'0' + tenth]),
                (_, _) => self.0.extend([b'.', b'0' + tenth, b'0' + hundredth]),
            }
            self.0.push(b' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl Fn(&mut Instructions), expected: &str) {
        let mut instructions = Instructions::default();
        write(&mut instructions);
        assert_eq!(String::from_utf8_lossy(&instructions.0), expected);
    }

    #[test]
    fn numbers_are_as_short_as_can_be() {
        check(|it| it.numbers(&[0, 5, -5, 50, 100, -123, 1050, 59_528]), "0 .05 -.05 .5 1 -1.23 10.5 595.28 ");
        check(|it| it.integer(-1020), "-1020");
    }

    #[test]
    fn codes_that_look_like_signs_are_escaped() {
        let show = |it: &mut Instructions| {
            let mut open = Shown::Nothing;
            it.show(0x2829, &mut open);
            it.show(0x5C0D, &mut open);
            it.adjust(-500, &mut open);
            it.show(0x4142, &mut open);
            it.close(&mut open);
        };
        check(show, "[(\\(\\)\\\\\\r)-500(AB)]TJ\n");
    }
}
