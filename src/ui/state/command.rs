//! Every command of the program: name, explanation, shortcut. Menus, keys and the F1 page are made from this list.

use egui::{Event, Key, KeyboardShortcut, Modifiers};

/// What the user can have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begins a new document.
    New,
    /// Opens a document of any kind.
    Open,
    /// Takes over a document that another program wrote.
    TakeOver,
    /// Takes over what was copied out of another program.
    TakePasted,
    /// Looks, size and name.
    Settings,
    /// Finds a command by its name.
    Palette,
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
    /// Shows what the draft and the other document of its 事務 both say.
    Shared,
    /// Writes a copy for a colleague.
    HandOver,
    /// Takes in the copy that a colleague worked on.
    TakeIn,
    /// Shows the documents of a folder.
    City,
    /// Shows the folder of the draft.
    Place,
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
    /// Writes a row for each change that has none, and brings rows up to date.
    WriteRows,
    /// Compares with the publication before.
    Compare,
    /// Shows what still stops the submission.
    Submission,
    /// Shows help for the item.
    Guide,
    /// Shows the print-out, or takes it away.
    Preview,
    /// Shows the document it was taken over from, or takes it away.
    Source,
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
    /// Shows the chapter of the guide for those who collect the documents of others.
    Collecting,
    /// Shows on which terms the program and what is in it may be used.
    Licences,
}

/// The menus of the menu bar, and in them all commands: the one table that menus, keys, the palette and the help are made
/// from. Their order and words are those that users of Windows look for.
pub const MENUS: &[Menu] = &[
    Menu {
        title: "ファイル",
        letter: Key::F,
        groups: &[
            &[
                row(
                    Command::New,
                    "新しく作る…",
                    "様式を選んで、白紙から書きます",
                    Some((Modifiers::COMMAND, Key::N)),
                    Needs::Nothing,
                ),
                row(
                    Command::Open,
                    "開く…",
                    "下書き、Excel、PDF、Word、JSON を開きます。窓に落としても開けます",
                    Some((Modifiers::COMMAND, Key::O)),
                    Needs::Nothing,
                ),
            ],
            &[
                row(
                    Command::Renew,
                    "今年の見直しを始める…",
                    "前年度の評価書をもとに今年の下書きを作ります",
                    Some((Modifiers::COMMAND, Key::R)),
                    Needs::Nothing,
                ),
                row(
                    Command::TakeOver,
                    "公表済みの評価書を取り込む…",
                    "公表済みの Excel、PDF、Word、JSON を開いて、下書きか今年の見直しにします",
                    None,
                    Needs::Nothing,
                ),
                row(
                    Command::TakePasted,
                    "貼り付けた文章から取り込む…",
                    "Excel や Word、PDF から写した文章や表を貼り付けて、下書きか今年の見直しにします",
                    None,
                    Needs::Nothing,
                ),
                row(
                    Command::TakeIn,
                    "同僚が直した写しを取り込む…",
                    "同僚が直したファイルとの違いを項目ごとに確かめて、下書きに取り込みます",
                    None,
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Save,
                    "保存",
                    "今すぐ保存します。何もしなくても数秒以内に自動で保存されます",
                    Some((Modifiers::COMMAND, Key::S)),
                    Needs::Draft,
                ),
                row(
                    Command::SaveAs,
                    "名前を付けて保存…",
                    "別のファイルに保存し、以後はそのファイルに書きます",
                    Some((Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S)),
                    Needs::Draft,
                ),
                row(Command::Versions, "以前の版…", "自動で残した版を見て、違いを確かめ、戻します", None, Needs::Draft),
            ],
            &[
                row(
                    Command::ExportPdf,
                    "PDF を書き出す…",
                    "公式の様式どおりの PDF を作ります",
                    Some((Modifiers::COMMAND, Key::P)),
                    Needs::Draft,
                ),
                row(
                    Command::HandOver,
                    "引渡し用に書き出す…",
                    "同僚に渡すファイルを作ります。直したものが返ってきたら項目ごとに取り込めます",
                    None,
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Edition,
                    "様式の版を移す…",
                    "新しい版の様式へ移し、何が変わるかを示します。書いた内容は失われません",
                    None,
                    Needs::Draft,
                ),
                row(
                    Command::Convert,
                    "別の様式の評価書にする…",
                    "ほかの様式（基礎・重点・全項目評価書）の下書きを作り、何を引き継ぐかを示します。この評価書はそのまま残ります",
                    None,
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Start,
                    "評価書の一覧へ",
                    "最初の画面へ移ります。今の評価書は保存され、続きに戻れます",
                    None,
                    Needs::Draft,
                ),
                row(
                    Command::Settings,
                    "設定…",
                    "画面の明るさと大きさ、動き、コメントに付ける名前を決めます",
                    None,
                    Needs::Nothing,
                ),
            ],
            &[row(Command::Quit, "終了", "保存してから終了します", Some((Modifiers::COMMAND, Key::Q)), Needs::Nothing)],
        ],
    },
    Menu {
        title: "編集",
        letter: Key::E,
        groups: &[
            &[
                row(
                    Command::Undo,
                    "元に戻す",
                    "直前の変更を取り消します",
                    Some((Modifiers::COMMAND, Key::Z)),
                    Needs::Draft,
                ),
                row(
                    Command::Redo,
                    "やり直す",
                    "取り消した変更をもう一度行います",
                    Some((Modifiers::COMMAND, Key::Y)),
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Find,
                    "検索",
                    "文書全体から文字を探します",
                    Some((Modifiers::COMMAND, Key::F)),
                    Needs::Draft,
                ),
                row(
                    Command::Replace,
                    "置換",
                    "文書全体の文字を探して置き換えます",
                    Some((Modifiers::COMMAND, Key::H)),
                    Needs::Draft,
                ),
                row(
                    Command::FindNext,
                    "次の検索結果へ",
                    "探した文字の次の場所へ移ります",
                    Some((Modifiers::NONE, Key::F3)),
                    Needs::Draft,
                ),
                row(
                    Command::FindPrevious,
                    "前の検索結果へ",
                    "探した文字の前の場所へ移ります",
                    Some((Modifiers::SHIFT, Key::F3)),
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Phrases,
                    "定型文を入れる…",
                    "定型文を入力中の欄に入れます。定型文の追加や手直しもここで行います",
                    Some((Modifiers::COMMAND, Key::T)),
                    Needs::Draft,
                ),
                row(
                    Command::Elsewhere,
                    "他のファイルの記載を写す…",
                    "入力中の欄について、他の特定個人情報ファイルの記載を右側に表示します",
                    None,
                    Needs::Draft,
                ),
            ],
        ],
    },
    Menu {
        title: "点検",
        letter: Key::T,
        groups: &[
            &[
                row(
                    Command::NextFinding,
                    "次の指摘へ",
                    "次の指摘がある欄へ移ります",
                    Some((Modifiers::NONE, Key::F8)),
                    Needs::Draft,
                ),
                row(
                    Command::PreviousFinding,
                    "前の指摘へ",
                    "前の指摘がある欄へ移ります",
                    Some((Modifiers::SHIFT, Key::F8)),
                    Needs::Draft,
                ),
                row(
                    Command::Findings,
                    "指摘の一覧",
                    "書き漏れと誤りの一覧を右側に表示します",
                    Some((Modifiers::NONE, Key::F7)),
                    Needs::Draft,
                ),
                row(
                    Command::NextComment,
                    "次のコメントへ",
                    "済になっていないコメントがある欄へ移ります",
                    None,
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Changes,
                    "変更箇所",
                    "変更箇所の表へ移ります。入力中の欄の行があれば、その行へ移ります",
                    Some((Modifiers::NONE, Key::F5)),
                    Needs::Draft,
                ),
                row(
                    Command::WriteRows,
                    "まとめて書き入れる",
                    "変更箇所に、行のない変更の行を加え、本文と合わない行を今の本文に合わせます",
                    None,
                    Needs::Draft,
                ),
                row(
                    Command::Compare,
                    "前回の評価書と比べる…",
                    "前回公表した評価書を読み込み、変わった項目を見つけます",
                    None,
                    Needs::Draft,
                ),
            ],
            &[row(
                Command::Submission,
                "提出前の点検",
                "提出・公表の段階になったものとして点検し、残っている指摘を表示します",
                Some((Modifiers::NONE, Key::F10)),
                Needs::Draft,
            )],
        ],
    },
    Menu {
        title: "表示",
        letter: Key::V,
        groups: &[
            &[
                row(
                    Command::Guide,
                    "記載の要点",
                    "入力中の欄に何を書くかを右側に表示します",
                    Some((Modifiers::NONE, Key::F6)),
                    Needs::Draft,
                ),
                row(
                    Command::Contrast,
                    "新旧対照",
                    "前回の評価書、以前の版、ほかの評価書との違いを、左右に並べて表示します。もう一度押すと記入に戻ります",
                    Some((Modifiers::NONE, Key::F4)),
                    Needs::Draft,
                ),
                row(
                    Command::Shared,
                    "共通の記載",
                    "同じ事務の基礎項目評価書と、重点・全項目評価書の、共通の記載を左右に並べて表示し、違いをこの文書に写します。もう一度押すと記入に戻ります",
                    None,
                    Needs::Draft,
                ),
                row(
                    Command::Preview,
                    "印刷の見え方",
                    "印刷したときのページを右側に表示します。もう一度押すと閉じます",
                    Some((Modifiers::NONE, Key::F9)),
                    Needs::Draft,
                ),
                row(
                    Command::Source,
                    "もとの文書",
                    "取り込んだ元の Excel や PDF を右側に並べ、どこから入ったかを示します。もう一度押すと閉じます",
                    None,
                    Needs::Draft,
                ),
            ],
            &[
                row(
                    Command::Larger,
                    "大きく表示",
                    "画面全体を拡大します（200％まで）",
                    Some((Modifiers::COMMAND, Key::Plus)),
                    Needs::Nothing,
                ),
                row(
                    Command::Smaller,
                    "小さく表示",
                    "画面全体を縮小します（80％まで）",
                    Some((Modifiers::COMMAND, Key::Minus)),
                    Needs::Nothing,
                ),
                row(
                    Command::NormalSize,
                    "標準の大きさ",
                    "画面全体を100％に戻します",
                    Some((Modifiers::COMMAND, Key::Num0)),
                    Needs::Nothing,
                ),
                row(Command::Theme, "明るい・暗い表示の切り替え", "画面の明るさを切り替えます", None, Needs::Nothing),
            ],
            &[
                row(
                    Command::City,
                    "フォルダーの評価書…",
                    "フォルダーに集めた評価書を、番号・部署・段階・公表日・指摘の件数の表にします。押すと開きます",
                    None,
                    Needs::Nothing,
                ),
                row(Command::Place, "保存場所を開く", "下書きのあるフォルダーを表示します", None, Needs::Draft),
            ],
        ],
    },
    Menu {
        title: "ヘルプ",
        letter: Key::H,
        groups: &[
            &[row(
                Command::Help,
                "ヘルプを表示",
                "この欄に何を書くか、年間の流れ、キーの一覧を表示します",
                Some((Modifiers::NONE, Key::F1)),
                Needs::Nothing,
            )],
            &[row(
                Command::Collecting,
                "まとめて見る方への手引",
                "フォルダーの評価書の一覧、計画管理書（様式1）の一覧の書き出し、まとめての点検・印刷・置換のしかたを表示します",
                None,
                Needs::Nothing,
            )],
            &[row(
                Command::Palette,
                "コマンドを探す…",
                "することの名前の一部を書いて選びます",
                Some((Modifiers::COMMAND, Key::K)),
                Needs::Nothing,
            )],
            &[row(
                Command::Licences,
                "ライセンス",
                "評価書工房と、中に入っているほかの方の著作物の使用条件を表示します",
                None,
                Needs::Nothing,
            )],
        ],
    },
];

/// A menu: its title, the letter that opens it together with Alt, and its commands in groups.
#[derive(Debug)]
pub struct Menu {
    /// The title.
    pub title: &'static str,
    /// The letter.
    pub letter: Key,
    /// The commands.
    pub groups: &'static [&'static [CommandRow]],
}

/// What is known of a command.
#[derive(Debug)]
pub struct CommandRow {
    /// The command.
    pub command: Command,
    name: &'static str,
    hint: &'static str,
    key: Option<(Modifiers, Key)>,
    needs: Needs,
}

/// What a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    Draft,
}

const fn row(
    command: Command,
    name: &'static str,
    hint: &'static str,
    key: Option<(Modifiers, Key)>,
    needs: Needs,
) -> CommandRow {
    CommandRow { command, name, hint, key, needs }
}

impl Command {
    /// All commands in the order of the menus.
    pub fn all() -> impl Iterator<Item = Command> {
        rows().map(|row| row.command)
    }

    fn row(self) -> Option<&'static CommandRow> {
        rows().find(|row| row.command == self)
    }

    /// The name on menus and buttons.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// What it does, in one sentence.
    pub fn explanation(self) -> &'static str {
        self.row().map_or("", |row| row.hint)
    }

    /// Its key, where it has one.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = self.row()?.key?;
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
        self.row().is_none_or(|row| row.needs == Needs::Draft)
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

fn rows() -> impl Iterator<Item = &'static CommandRow> {
    MENUS.iter().flat_map(|menu| menu.groups).copied().flatten()
}

/// The menu whose letter was pressed together with Alt; the key is taken out, and what it would have written.
pub fn menu_pressed(ctx: &egui::Context) -> Option<usize> {
    let is_pressed = |menu: &Menu| {
        ctx.input_mut(|input| {
            let pressed = input.consume_key(Modifiers::ALT, menu.letter);
            let is_it =
                |event: &Event| matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(menu.letter.name()));
            input.events.retain(|event| !pressed || !is_it(event));
            pressed
        })
    };
    MENUS.iter().position(is_pressed)
}

/// Keys that are no command: key, what it does.
pub const KEYS: &[(&str, &str)] = &[
    ("Tab", "次の欄へ"),
    ("Shift+Tab", "前の欄へ"),
    ("↑ ↓ ← →", "選択肢を選ぶ"),
    ("Space", "選ぶ・チェックする"),
    ("Enter", "ボタンを押す・決定する"),
    ("Esc", "開いた画面を閉じる"),
    ("Alt+F・E・T・V・H", "ファイル・編集・点検・表示・ヘルプのメニューを開く"),
    ("PageUp・PageDown", "画面を上下に送る"),
    ("Shift+F10", "欄のメニューを開く"),
];

/// Signs used on the screens: sign, meaning.
pub const SIGNS: &[(&str, &str)] = &[
    ("○ 未着手", "その節にまだ何も書いていません"),
    ("◐ 途中", "まだ書いていない欄が残っています"),
    ("✓ 済", "書き漏れも指摘もありません"),
    ("! 確認", "書き終えましたが、指摘が残っています"),
    ("― 記載なし", "書くことがなければ、このままで構いません"),
    ("未記入", "必ず書く欄で、まだ書いていません"),
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
