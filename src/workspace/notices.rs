//! What the user should know about the open document, shown until closed.

use std::path::Path;

use crate::draft::visible;

/// What a notice is about, where it is taken back once that is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Anything that stays until it is closed.
    General,
    /// Another program holds the document; ours is beside it for the time being.
    HeldByProgram,
    /// A colleague changed the document; ours is beside it.
    ChangedByOther,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub words: String,
}

/// The notices of a document, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// Tells something, unless it is being told already.
    pub fn tell(&mut self, subject: Subject, words: impl Into<String>) {
        // A name in it may have been given by anybody.
        let words = visible(&words.into()).into_owned();
        let notice = Notice { subject, words };
        if !self.0.contains(&notice) {
            self.0.push(notice);
        }
    }

    /// Takes back what is settled.
    pub fn forget(&mut self, subject: Subject) {
        self.0.retain(|notice| notice.subject != subject);
    }

    /// Closes one of them.
    pub fn close(&mut self, index: usize) {
        if index < self.0.len() {
            self.0.remove(index);
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.0.iter()
    }

    /// Whether there is nothing to be told.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What all of them say, one a line.
    pub fn words(&self) -> String {
        self.0.iter().map(|notice| notice.words.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// Said where a file had other names, which lead to what it held before from now on.
pub fn of_other_names(path: &Path, other_names: u64) -> Option<String> {
    let n = (other_names > 0).then_some(other_names)?;
    Some(format!(
        "{} には、同じファイルを指す別の名前（ハードリンク）がほかに{n}個ありました。保存した内容が入ったのはこの名前のファイルだけで、\
         ほかの名前のファイルは前の内容のままです。ほかの名前でも同じ内容を使うときは、そのファイルを、このファイルへのショートカットかリンクに替えてください",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_is_taken_back_whatever_it_says() {
        let mut notices = Notices::default();
        notices.tell(Subject::HeldByProgram, "使用中");
        notices.tell(Subject::General, "使用中");
        notices.tell(Subject::General, "使用中");
        notices.forget(Subject::HeldByProgram);
        assert_eq!(notices.words(), "使用中");
        notices.close(0);
        notices.close(0);
        assert!(notices.is_empty());
    }
}
