//! The check value of a file: a comment near its head, computed from all that stands below it. It tells a file that
//! was damaged, or changed by hand, from one that is as the program wrote it. CRC-32 finds every flip of a bit.

/// Lines at the head of a file among which the check value is looked for.
const HEAD_LINES: usize = 5;
const START: &str = "// 確認用の値: ";
const REST: &str = "（ここより下の内容から計算した値です。手で直すときは、この行を消してください）";

/// Whether a file is as the program wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckValue {
    /// It fits: every character below it is as written.
    Fits,
    /// There is none: an older file, or its author took the line out.
    Absent,
    /// It does not fit: the file was changed by hand, or is damaged.
    Differs,
}

/// The comment line for what stands below it.
pub(super) fn line(below: &str) -> String {
    format!("{START}{}{REST}\n", of(below))
}

/// Looks at the check value of a text with `\n` line ends.
pub(super) fn check(text: &str) -> CheckValue {
    let mut rest = text;
    for _ in 0..HEAD_LINES {
        let Some((line, below)) = rest.split_once('\n') else { break };
        if let Some(value) = line.trim().strip_prefix(START.trim_end()) {
            let value: String = value.trim_start().chars().take_while(char::is_ascii_alphanumeric).collect();
            return if value.eq_ignore_ascii_case(&of(below)) { CheckValue::Fits } else { CheckValue::Differs };
        }
        rest = below;
    }
    CheckValue::Absent
}

/// Editors add and remove empty lines at the end: they do not count.
fn of(below: &str) -> String {
    format!("{:08x}", crc32fast::hash(below.trim_end().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_character_changes_the_value() {
        let below = "(\n    format: 1,\n)\n";
        let file = format!("// 頭\n{}{below}", line(below));
        assert_eq!(check(&file), CheckValue::Fits);
        assert_eq!(check(file.trim_end()), CheckValue::Fits);
        assert_eq!(check(&file.replace("format: 1", "format: 2")), CheckValue::Differs);
        assert_eq!(check(&file.replace(&of(below), "")), CheckValue::Differs);
        assert_eq!(check(below), CheckValue::Absent);
        assert_eq!(check(""), CheckValue::Absent);
    }
}
