//! What became of a document in another form, for the author to read.

use std::fmt;

/// What a document in another form has carried, kept, and what is to be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConvertReceipt {
    /// Form and edition before, in words.
    pub from: String,
    /// Form and edition after, in words.
    pub to: String,
    /// Answers that say something, those in entries included.
    pub n_answers: usize,
    /// Characters in them.
    pub n_chars: usize,
    /// Answers that stand at a place of the new form.
    pub n_carried: usize,
    /// Items of another section: name before and after.
    pub moved: Vec<(String, String)>,
    /// Items that would have moved and stay: the files differ, or something else is there.
    pub stayed: Vec<String>,
    /// Chosen options in other words: item, before and after.
    pub options: Vec<(String, String, String)>,
    /// Chosen options that the new form does not have: item and words, which are kept.
    pub lost_options: Vec<(String, String)>,
    /// Answers the new form has no place for.
    pub kept: Vec<KeptAnswer>,
    /// Items with another number or name: before and after.
    pub places: Vec<(String, String)>,
    /// Items whose change is a 重要な変更 in only one of the forms.
    pub stars: Vec<StarChange>,
    /// Mentions in texts that lead elsewhere now; they stay as written.
    pub mentions: Vec<FalseMention>,
    /// Headings with questions only the new form asks, and how many.
    pub new: Vec<(String, usize)>,
    /// Rows of the change table, which stay as they are.
    pub n_rows: usize,
    /// Those of them that belong to no publication yet.
    pub n_new_rows: usize,
    /// 公表日 of the publication before, where there is one.
    pub published_on: Option<String>,
}

/// An answer that the new form has no place for; it is kept under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Its name on the paper before.
    pub item: String,
    /// Its length in characters.
    pub n_chars: usize,
    /// Items of the new form to which it may belong.
    pub near: Vec<String>,
}

/// An item that has ※ in only one of the forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarChange {
    /// Its name in the new form.
    pub item: String,
    /// Whether it has ※ there.
    pub is_starred: bool,
}

/// A mention of an item that leads elsewhere in the new form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FalseMention {
    /// Where the text stands.
    pub item: String,
    /// The words of the mention.
    pub words: String,
    /// Where what it meant stands now; `None` where the new form does not have it.
    pub now: Option<String>,
}

/// Japanese lines, as true before as after: they are shown when nothing has happened yet.
impl fmt::Display for ConvertReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "様式: {} → {}", self.from, self.to)?;
        writeln!(f, "回答: {}件（{}文字）。すべて引き継ぎます", self.n_answers, self.n_chars)?;
        writeln!(f, "  新しい様式の欄に入る回答: {}件", self.n_carried)?;
        self.to_look_at(f)?;
        list(f, "別の場所に移る項目", &self.moved, |(before, after)| format!("{before} → {after}"))?;
        list(f, "番号や名前が変わる項目", &self.places, |(before, after)| format!("{before} → {after}"))?;
        list(f, "新しい様式だけにある項目（記入してください）", &self.new, |(heading, n)| {
            format!("{heading}: {n}件")
        })?;
        if self.n_rows > 0 {
            writeln!(f, "変更箇所: {}行。書き換えません", self.n_rows)?;
        }
        if self.n_new_rows > 0 {
            writeln!(
                f,
                "  うち{}行はまだ公表していない行です。項目の書き方と、提出時期（※の有無が変わります）を確かめてください",
                self.n_new_rows
            )?;
        }
        if let Some(day) = &self.published_on {
            let day = if day.trim().is_empty() { "公表日の記載なし" } else { day };
            writeln!(f, "前回の評価書（{day}）も同じように読み替えて、比べるための控えに残します")?;
        }
        Ok(())
    }
}

impl ConvertReceipt {
    /// What the author must decide, before what is only to be known.
    fn to_look_at(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(
            f,
            "選び直す項目（選んでいた内容は文字で残ります。印刷されません）",
            &self.lost_options,
            |(item, words)| format!("{item}: 「{words}」は新しい様式の選択肢にありません"),
        )?;
        list(
            f,
            "選択肢の文言が変わる項目（同じ内容の選択肢を選んだままにします。確かめてください）",
            &self.options,
            |it| format!("{}: {} → {}", it.0, it.1, it.2),
        )?;
        list(
            f,
            "新しい様式に欄がない回答（旧様式の欄として残ります。印刷されません）",
            &self.kept,
            |kept| {
                let near = if kept.near.is_empty() {
                    String::new()
                } else {
                    format!("。近い項目: {}", kept.near.join("、"))
                };
                format!("{}: {}文字{near}", kept.item, kept.n_chars)
            },
        )?;
        list(f, "移せなかった項目（ファイルにより記載が違うか、移す先に記載があります）", &self.stayed, String::clone)?;
        list(
            f,
            "記載の中の項目の引用で、指す先が変わるもの（書き換えません。直してください）",
            &self.mentions,
            |it| {
                let now =
                    it.now.as_ref().map_or("新しい様式にありません".to_owned(), |now| format!("→ {now}"));
                format!("{}: 「{}」{now}", it.item, it.words)
            },
        )?;
        list(
            f,
            "※の有無が変わる項目（変更するときは、重要な変更に当たるか判断し直してください）",
            &self.stars,
            |it| format!("{}: {}", it.item, if it.is_starred { "※が付きます" } else { "※が付きません" }),
        )
    }
}

/// A head with the number of lines, and the lines; nothing where there are none.
fn list<T>(f: &mut fmt::Formatter<'_>, head: &str, lines: &[T], words: impl Fn(&T) -> String) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "{head}: {}件", lines.len())?;
    lines.iter().try_for_each(|line| writeln!(f, "  {}", words(line)))
}
