//! Every command of the program: name, explanation, shortcut. Menus, keys and the F1 page are made from this list.

use egui::{Key, KeyboardShortcut, Modifiers};

/// What the user can have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Goes to the start screen.
    Start,
    /// Begins this year's draft from last year's document.
    Renew,
    /// Moves the draft to another edition of its form.
    Edition,
    /// Makes a draft of another form from the draft.
    Convert,
    /// Saves the draft now.
    Save,
    /// Saves the draft under another name.
    SaveAs,
    /// Shows what was kept of the draft.
    Versions,
    /// Shows the draft beside the publication before, or another version.
    Contrast,
    /// Writes a copy for a colleague.
    HandOver,
    /// Takes in the copy that a colleague worked on.
    TakeIn,
    /// Shows the folder of the draft.
    Place,
    /// Shows the documents of a folder.
    City,
    /// Writes the PDF.
    ExportPdf,
    /// Ends the program.
    Quit,
    /// Takes the last step back.
    Undo,
    /// Makes it again.
    Redo,
    /// Finds a text in the document.
    Find,
    /// Finds a text and puts another in its place.
    Replace,
    /// Goes to the next hit.
    FindNext,
    /// Goes to the hit before.
    FindPrevious,
    /// Puts a standard paragraph into the cell.
    Phrases,
    /// Shows what the other files say to the item.
    Elsewhere,
    /// Goes to the next finding.
    NextFinding,
    /// Goes to the finding before.
    PreviousFinding,
    /// Goes to the next item with a remark that is not settled.
    NextComment,
    /// Shows the list of findings.
    Findings,
    /// Shows the change table.
    Changes,
    /// Compares with the publication before.
    Compare,
    /// Shows what still stops the submission.
    Submission,
    /// Shows help for the item.
    Guide,
    /// Shows the print-out, or takes it away.
    Preview,
    /// Makes everything larger.
    Larger,
    /// Makes everything smaller.
    Smaller,
    /// Back to the normal size.
    NormalSize,
    /// Changes between light and dark.
    Theme,
    /// Shows keys and symbols.
    Help,
}

/// The menus of the menu bar: title, commands.
pub const MENUS: &[(&str, &[Command])] = &[
    (
        "ファイル",
        &[
            Command::Start,
            Command::Renew,
            Command::Edition,
            Command::Convert,
            Command::Save,
            Command::SaveAs,
            Command::Versions,
            Command::HandOver,
            Command::TakeIn,
            Command::ExportPdf,
            Command::Quit,
        ],
    ),
    (
        "編集",
        &[
            Command::Undo,
            Command::Redo,
            Command::Find,
            Command::Replace,
            Command::FindNext,
            Command::FindPrevious,
            Command::Phrases,
            Command::Elsewhere,
        ],
    ),
    (
        "点検",
        &[
            Command::NextFinding,
            Command::PreviousFinding,
            Command::Findings,
            Command::NextComment,
            Command::Changes,
            Command::Compare,
            Command::Submission,
        ],
    ),
    (
        "表示",
        &[
            Command::Guide,
            Command::Contrast,
            Command::Preview,
            Command::Larger,
            Command::Smaller,
            Command::NormalSize,
            Command::Theme,
            Command::Place,
            Command::City,
        ],
    ),
    ("ヘルプ", &[Command::Help]),
];

impl Command {
    /// All commands in the order of the menus.
    pub fn all() -> impl Iterator<Item = Command> {
        MENUS.iter().flat_map(|(_, commands)| commands.iter().copied())
    }

    /// The name on menus and buttons.
    pub fn name(self) -> &'static str {
        match self {
            Command::Start => "最初の画面",
            Command::Renew => "今年の見直しを始める…",
            Command::Edition => "様式の版を移す…",
            Command::Convert => "別の様式の評価書にする…",
            Command::Save => "保存",
            Command::SaveAs => "名前を付けて保存…",
            Command::Versions => "以前の版…",
            Command::Contrast => "新旧対照",
            Command::HandOver => "引渡し用に書き出す…",
            Command::TakeIn => "同僚が直した写しを取り込む…",
            Command::Place => "保存場所を開く",
            Command::City => "フォルダーの評価書…",
            Command::ExportPdf => "PDF を書き出す…",
            Command::Quit => "終了",
            Command::Undo => "元に戻す",
            Command::Redo => "やり直す",
            Command::Find => "検索",
            Command::Replace => "置換",
            Command::FindNext => "次の検索結果へ",
            Command::FindPrevious => "前の検索結果へ",
            Command::Phrases => "定型文を入れる…",
            Command::Elsewhere => "他のファイルの記載を写す…",
            Command::NextFinding => "次の指摘へ",
            Command::PreviousFinding => "前の指摘へ",
            Command::NextComment => "次のコメントへ",
            Command::Findings => "指摘の一覧",
            Command::Changes => "変更箇所",
            Command::Compare => "前回の評価書と比べる…",
            Command::Submission => "提出前の点検",
            Command::Guide => "記載の要点",
            Command::Preview => "印刷の見え方",
            Command::Larger => "大きく表示",
            Command::Smaller => "小さく表示",
            Command::NormalSize => "標準の大きさ",
            Command::Theme => "明るい・暗い表示の切り替え",
            Command::Help => "操作の説明",
        }
    }

    /// What it does, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Command::Start => "新しく作る、開く、記入例を見る画面へ移ります",
            Command::Renew => "前年度の評価書をもとに今年の下書きを作ります",
            Command::Edition => "新しい版の様式へ移し、何が変わるかを示します。書いた内容は失われません",
            Command::Convert => {
                "重点項目評価書から全項目評価書などの下書きを作り、何が変わるかを示します。この評価書はそのまま残ります"
            }
            Command::Save => "今すぐ保存します。何もしなくても数秒以内に自動で保存されます",
            Command::SaveAs => "別のファイルに保存し、以後はそのファイルに書きます",
            Command::Versions => "自動で残した版を見て、違いを確かめ、戻します",
            Command::Contrast => {
                "前回の評価書、以前の版、ほかの評価書との違いを、左右に並べて表示します。もう一度押すと記入に戻ります"
            }
            Command::HandOver => "同僚に渡すファイルを作ります。直したものが返ってきたら項目ごとに取り込めます",
            Command::TakeIn => "同僚が直したファイルとの違いを項目ごとに確かめて、下書きに取り込みます",
            Command::Place => "下書きのあるフォルダーを表示します",
            Command::City => {
                "フォルダーに集めた評価書を、番号・部署・段階・公表日・指摘の件数の表にします。押すと開きます"
            }
            Command::ExportPdf => "公式の様式どおりの PDF を作ります",
            Command::Quit => "保存してから終了します",
            Command::Undo => "直前の変更を取り消します",
            Command::Redo => "取り消した変更をもう一度行います",
            Command::Find => "文書全体から文字を探します",
            Command::Replace => "文書全体の文字を探して置き換えます",
            Command::FindNext => "探した文字の次の場所へ移ります",
            Command::FindPrevious => "探した文字の前の場所へ移ります",
            Command::Phrases => "定型文を入力中の欄に入れます。定型文の追加や手直しもここで行います",
            Command::Elsewhere => "入力中の欄について、他の特定個人情報ファイルの記載を右側に表示します",
            Command::NextFinding => "次の指摘がある欄へ移ります",
            Command::PreviousFinding => "前の指摘がある欄へ移ります",
            Command::NextComment => "済になっていないコメントがある欄へ移ります",
            Command::Findings => "書き漏れと誤りの一覧を右側に表示します",
            Command::Changes => "変更箇所の表へ移ります。入力中の欄の行があれば、その行へ移ります",
            Command::Compare => "前回公表した評価書を読み込み、変わった項目を見つけます",
            Command::Submission => "提出・公表の段階になったものとして点検し、残っている指摘を表示します",
            Command::Guide => "入力中の欄に何を書くかを右側に表示します",
            Command::Preview => "印刷したときのページを右側に表示します。もう一度押すと閉じます",
            Command::Larger => "画面全体を拡大します（200％まで）",
            Command::Smaller => "画面全体を縮小します（80％まで）",
            Command::NormalSize => "画面全体を100％に戻します",
            Command::Theme => "画面の明るさを切り替えます",
            Command::Help => "キーと記号の一覧を表示します",
        }
    }

    /// Its key, where it has one.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = match self {
            Command::Start => (Modifiers::COMMAND, Key::O),
            Command::Renew => (Modifiers::COMMAND, Key::R),
            Command::Save => (Modifiers::COMMAND, Key::S),
            Command::SaveAs => (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S),
            Command::ExportPdf => (Modifiers::COMMAND, Key::P),
            Command::Quit => (Modifiers::COMMAND, Key::Q),
            Command::Undo => (Modifiers::COMMAND, Key::Z),
            Command::Redo => (Modifiers::COMMAND, Key::Y),
            Command::Find => (Modifiers::COMMAND, Key::F),
            Command::Replace => (Modifiers::COMMAND, Key::H),
            Command::FindNext => (Modifiers::NONE, Key::F3),
            Command::FindPrevious => (Modifiers::SHIFT, Key::F3),
            Command::Phrases => (Modifiers::COMMAND, Key::T),
            Command::NextFinding => (Modifiers::NONE, Key::F8),
            Command::PreviousFinding => (Modifiers::SHIFT, Key::F8),
            Command::Findings => (Modifiers::NONE, Key::F7),
            Command::Changes => (Modifiers::NONE, Key::F5),
            Command::Submission => (Modifiers::NONE, Key::F10),
            Command::Guide => (Modifiers::NONE, Key::F6),
            Command::Contrast => (Modifiers::NONE, Key::F4),
            Command::Preview => (Modifiers::NONE, Key::F9),
            Command::Larger => (Modifiers::COMMAND, Key::Plus),
            Command::Smaller => (Modifiers::COMMAND, Key::Minus),
            Command::NormalSize => (Modifiers::COMMAND, Key::Num0),
            Command::Help => (Modifiers::NONE, Key::F1),
            Command::Elsewhere
            | Command::Theme
            | Command::Versions
            | Command::Place
            | Command::City
            | Command::Compare
            | Command::HandOver
            | Command::TakeIn
            | Command::NextComment
            | Command::Convert
            | Command::Edition => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// The key as people write it, e.g. `Ctrl+Shift+S`.
    pub fn key_name(self) -> String {
        let Some(shortcut) = self.shortcut() else { return String::new() };
        let modifiers = shortcut.modifiers;
        let mut parts = Vec::new();
        if modifiers.command || modifiers.ctrl {
            parts.push("Ctrl");
        }
        if modifiers.shift {
            parts.push("Shift");
        }
        parts.push(match shortcut.logical_key {
            Key::Plus => "＋",
            Key::Minus => "－",
            key => key.name(),
        });
        parts.join("+")
    }

    /// Whether the command needs an open draft.
    pub fn needs_draft(self) -> bool {
        !matches!(
            self,
            Command::Renew
                | Command::City
                | Command::Quit
                | Command::Larger
                | Command::Smaller
                | Command::NormalSize
                | Command::Theme
                | Command::Help
        )
    }

    /// The commands whose keys were pressed in this frame; the keys are taken out, so that no widget sees them.
    ///
    /// Keys with more modifiers come first: `Ctrl+S` also matches `Ctrl+Shift+S`.
    pub fn pressed(ctx: &egui::Context) -> Vec<Command> {
        let mut commands: Vec<(Command, KeyboardShortcut)> =
            Command::all().filter_map(|command| Some((command, command.shortcut()?))).collect();
        commands.push((Command::Redo, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z)));
        commands.push((Command::Larger, KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals)));
        commands.push((Command::Larger, KeyboardShortcut::new(Modifiers::COMMAND, Key::Semicolon)));
        commands.sort_by_key(|(_, shortcut)| !shortcut.modifiers.shift);
        // A key alone is not the key with Shift, which opens the menu of a cell.
        let plain = |shortcut: &KeyboardShortcut, held: Modifiers| !shortcut.modifiers.is_none() || held.is_none();
        let taken = |shortcut: &KeyboardShortcut| {
            ctx.input_mut(|input| plain(shortcut, input.modifiers) && input.consume_shortcut(shortcut))
        };
        commands.iter().filter(|(_, shortcut)| taken(shortcut)).map(|(command, _)| *command).collect()
    }
}

/// Keys that are no command: key, what it does.
pub const KEYS: &[(&str, &str)] = &[
    ("Tab", "次の欄へ"),
    ("Shift+Tab", "前の欄へ"),
    ("↑ ↓ ← →", "選択肢を選ぶ"),
    ("Space", "選ぶ・チェックする"),
    ("Enter", "ボタンを押す・決定する"),
    ("Esc", "開いた画面を閉じる"),
    ("PageUp・PageDown", "画面を上下に送る"),
    ("Shift+F10", "欄のメニューを開く"),
];

/// Signs used on the screens: sign, meaning.
pub const SIGNS: &[(&str, &str)] = &[
    ("○ 未確認", "その節にまだ何も書いていません"),
    ("◐ 途中", "まだ書いていない欄が残っています"),
    ("✓ 済", "書き漏れも指摘もありません"),
    ("! 確認", "書き終えましたが、指摘が残っています"),
    ("未入力", "必ず書く欄で、まだ書いていません"),
    ("※", "変更すると重要な変更に当たる欄です（変更前に評価の再実施が必要です）"),
    ("◎ ○ △", "説明の確かさ（◎ 法令や手引きで確認、○ 公表された資料が一致、△ 実務の知識）"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_given_twice_and_every_command_is_explained() {
        let mut keys: Vec<String> = Command::all().map(Command::key_name).filter(|key| !key.is_empty()).collect();
        let n_keys = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), n_keys);
        assert!(Command::all().all(|command| !command.name().is_empty() && !command.explanation().is_empty()));
    }

    #[test]
    fn keys_are_named_as_people_write_them() {
        assert_eq!(Command::SaveAs.key_name(), "Ctrl+Shift+S");
        assert_eq!(Command::PreviousFinding.key_name(), "Shift+F8");
        assert_eq!(Command::Theme.key_name(), "");
    }
}
