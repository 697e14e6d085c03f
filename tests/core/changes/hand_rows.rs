//! Rows that people wrote in their own words: what they tell gets no second row, and what they do not tell is missing.

use std::sync::Arc;

use hyoukasho::changes::{overview, rows, unlisted, update};
use hyoukasho::draft::{Answer, Base, ChangeRow, Draft, Edit};
use hyoukasho::form::FieldPath;

use super::made::{aomine, form};

/// This year's draft: the answers at these places changed, and these rows written (項目, 変更前, 変更後).
fn this_year(changed: &[(FieldPath, &str)], rows: &[[&str; 3]]) -> Draft {
    let last = aomine();
    let base = Base { state: last.state.clone(), published_on: "令和8年3月27日".to_owned(), taken_on: None };
    let mut draft = Draft { base: Some(Arc::new(base)), ..last };
    for (at, text) in changed {
        let answer = Some(Answer::Text((*text).to_owned()));
        draft.apply(Edit::Answer { at: at.clone(), answer }).unwrap();
    }
    for row in rows {
        let [item, before, after] = row.map(str::to_owned);
        let row = ChangeRow { item, before, after, timing: "事後".to_owned(), ..ChangeRow::default() };
        let index = draft.state.document.rows.len();
        draft.apply(Edit::InsertRow { index, row }).unwrap();
    }
    draft
}

/// How many changes no row tells of; the button adds so many, and nothing when it is pressed again.
fn n_missing(draft: &Draft) -> usize {
    let (form, last) = (form(draft), &draft.base.as_ref().unwrap().state.document);
    let missing = unlisted(form, last, &draft.state).len();
    let n_rows = draft.state.document.rows.len();
    let mut after = draft.clone();
    after.apply(Edit::Many(update(form, last, &draft.state))).unwrap();
    assert_eq!(after.state.document.rows.len(), n_rows + missing);
    assert!(draft.state.document.rows.iter().all(|row| after.state.document.rows.contains(row)), "no word is touched");
    assert!(unlisted(form, last, &after.state).is_empty());
    assert_eq!(update(form, last, &after.state), Vec::new(), "twice is once");
    assert_eq!(overview(form, last, &after.state).n_behind(), 0, "the table shows what the button does");
    missing
}

fn head() -> FieldPath {
    FieldPath::document("basic.department.head_title")
}

fn contractor(file: usize, entry: usize) -> FieldPath {
    FieldPath::in_file(file, "overview.outsource.items.contractor").entry(entry)
}

#[test]
fn an_item_is_known_in_any_spelling() {
    for item in [
        "Ⅰ６②　所属長の役職名",
        "I-6②所属長の役職名",
        "Ⅰ 基本情報\n6. 評価実施機関における担当部署\n②所属長の役職名",
        "Ⅰ　基本情報　６．評価実施機関における担当部署　②所属長の役職名（誤記）",
        "②所属長の役職名",
        "所属長の役職名",
        "Ⅰ６②　所属長の役職名　修正①",
        "Ⅰ　６．評価実施機関における担当部署",
    ] {
        for cells in [
            ["税務課長", "資産税課長"],
            ["税務課長", "資　産　税　課　長"],
            ["（略）税務課長", "（略）資産税課長"],
            ["", ""],
            ["修正前のとおり", "修正後のとおり"],
        ] {
            let [before, after] = cells;
            assert_eq!(
                n_missing(&this_year(&[(head(), "資産税課長")], &[[item, before, after]])),
                0,
                "{item} {cells:?}"
            );
        }
    }
}

#[test]
fn another_change_or_another_item_excuses_nothing() {
    let changed = [(head(), "資産税課長")];
    assert_eq!(n_missing(&this_year(&changed, &[])), 1);
    for row in [
        ["Ⅰ６②　所属長の役職名", "総務課長", "市民課長"],
        ["Ⅰ６①　部署", "税務課長", "資産税課長"],
        ["Ⅰ７　他の評価実施機関", "なし", "青嶺県"],
    ] {
        assert_eq!(n_missing(&this_year(&changed, &[row])), 1, "{row:?}");
    }
}

#[test]
fn a_row_that_names_a_file_or_an_entry_tells_of_that_one() {
    let changed = [(contractor(0, 0), "株式会社新あおね")];
    let cells =
        |item: &'static str| [item, "株式会社あおねデータサービス（プロポーザルにより選定）", "株式会社新あおね"];
    let missing = |item| n_missing(&this_year(&changed, &[cells(item)]));
    assert_eq!(missing("Ⅱ４　委託事項1 ⑥委託先名（課税情報ファイル）"), 0);
    assert_eq!(missing("Ⅱ ファイルの概要（課税情報ファイル） ４ 委託事項１ ⑥委託先名"), 0);
    assert_eq!(missing("Ⅱ４　⑥委託先名"), 0);
    assert_eq!(missing("Ⅱ４　委託事項1 ⑥委託先名（収納滞納情報ファイル）"), 1);
    assert_eq!(missing("Ⅱ４　委託事項2 ⑥委託先名（課税情報ファイル）"), 1);
    for short in ["（課税情報Ｆ）", "(課税情報F)", "【課税】", "［課税情報］", "　課税情報Ｆ", "（課税情報ﾌｧｲﾙ）"]
    {
        assert_eq!(missing(format!("Ⅱ４　委託事項1 ⑥委託先名{short}").leak()), 0, "{short}");
    }
    for short in ["（収納滞納情報Ｆ）", "【収納滞納】", "（収納）"] {
        assert_eq!(missing(format!("Ⅱ４　委託事項1 ⑥委託先名{short}").leak()), 1, "{short}");
    }
}

/// One row for the heading that tells the whole of a new entry tells how many there are now; a row that names the entry
/// alone does not, nor does a heading that tells another entry.
#[test]
fn a_heading_that_tells_its_new_entry_tells_their_number() {
    let mut last = aomine();
    let gone = |draft: &mut Draft| {
        for item in ["overview.outsource.count", "overview.outsource.items"] {
            draft.apply(Edit::Answer { at: FieldPath::in_file(1, item), answer: None }).unwrap();
        }
    };
    gone(&mut last);
    let base = Base { state: last.state, published_on: "令和8年3月27日".to_owned(), taken_on: None };
    let now = Draft { base: Some(Arc::new(base)), ..aomine() };
    let made = rows(form(&now), &now.base.as_ref().unwrap().state.document, &now.state);
    let entries = made.into_iter().filter(|row| row.item.contains("委託事項"));
    let entries: Vec<String> = entries.map(|row| row.after).collect();
    assert_eq!(entries.len(), 2);
    let missing = |item: &str, after: &str| {
        let mut now = now.clone();
        let row = ChangeRow {
            item: item.to_owned(),
            after: after.to_owned(),
            timing: "事後".to_owned(),
            ..ChangeRow::default()
        };
        now.apply(Edit::InsertRow { index: now.state.document.rows.len(), row }).unwrap();
        n_missing(&now)
    };
    let heading = "Ⅱ　特定個人情報ファイルの概要（収納滞納情報ファイル）\n４．特定個人情報ファイルの取扱いの委託";
    assert_eq!(missing(heading, &entries.join("\n")), 0);
    assert_eq!(missing(heading, &entries[0]), 2, "the other entry and the number");
    assert_eq!(missing("Ⅱ４　委託事項1（収納滞納情報ファイル）", &entries.join("\n")), 2);
    // An entry is told by its number or its name too.
    assert_eq!(missing(heading, "委託事項1、委託事項2を追加"), 1, "the number");
    assert_eq!(missing(heading, "委託事項2を追加"), 2, "the other entry and the number");
    let name = entries[1].lines().next().unwrap().split_once('　').unwrap().1;
    assert_eq!(missing("Ⅱ４　委託事項2（収納滞納情報ファイル）", &format!("{name}（①～⑥を追加）")), 2);
    assert_eq!(missing("Ⅱ４　委託事項2（課税情報ファイル）", name), 3, "another file");
}

/// A row whose 変更前 is empty says nothing of what was taken out.
#[test]
fn words_that_were_only_added_do_not_tell_of_words_taken_out() {
    let at = FieldPath::document("basic.affairs.content");
    let last = aomine();
    let text = last.state.document.common.answers["basic.affairs.content"].as_text().unwrap();
    let shorter = text.trim_end().rsplit_once('\n').unwrap().0;
    let changed = [(at, shorter)];
    let item = "Ⅰ１②　事務の内容";
    assert_eq!(n_missing(&this_year(&changed, &[[item, "", "新しい端末で申告を受け付ける。"]])), 1);
    assert_eq!(n_missing(&this_year(&changed, &[[item, "", "（略）"]])), 0);
}

#[test]
fn a_long_text_is_told_by_the_sentences_that_changed() {
    let at = FieldPath::document("basic.affairs.content");
    let last = aomine();
    let text = last.state.document.common.answers["basic.affairs.content"].as_text().unwrap().to_owned();
    let added = "なお、令和8年度から、申告の受付を電子申請の窓口でも行う。";
    let changed = [(at, format!("{text}\n{added}"))];
    let changed: Vec<(FieldPath, &str)> = changed.iter().map(|(at, text)| (at.clone(), text.as_str())).collect();
    let item = "Ⅰ１②　事務の内容";
    assert_eq!(n_missing(&this_year(&changed, &[[item, "（記載なし）", added]])), 0);
    assert_eq!(
        n_missing(&this_year(
            &changed,
            &[[item, "（略）", "（略）\n※\u{3000}なお、令和８年度から、申告の受付を電子申請の窓口でも行う。"]]
        )),
        0
    );
    // The item is named wrongly, but nothing else says this.
    assert_eq!(n_missing(&this_year(&changed, &[["事務の概要書", "", added]])), 0);
    assert_eq!(n_missing(&this_year(&changed, &[[item, "納税通知書を郵送する。", "納税通知書を電子で送る。"]])), 1);
}

fn unit() -> FieldPath {
    FieldPath::document("basic.department.unit")
}

/// One row may name several items; it tells of each whose words it holds, and of no other.
#[test]
fn a_row_tells_of_each_item_it_names() {
    let changed = [(unit(), "財務部資産税課"), (head(), "資産税課長")];
    let (both, one) = (["財務部税務課\n税務課長", "財務部資産税課\n資産税課長"], ["財務部税務課", "財務部資産税課"]);
    let missing = |item: &str, [before, after]: [&str; 2]| n_missing(&this_year(&changed, &[[item, before, after]]));
    for item in ["Ⅰ６①、②", "Ⅰ６①部署及び②所属長の役職名", "Ⅰ６①～②", "Ⅰ-6-①、Ⅰ-6-②", "Ⅰ６①②"]
    {
        assert_eq!(missing(item, both), 0, "{item}");
        assert_eq!(missing(item, one), 1, "{item}");
    }
    assert_eq!(missing("Ⅰ６①", both), 1);
    assert_eq!(missing("Ⅰ５①、②", both), 2);
}

/// Words that are written together change together; a row quotes of them what it likes.
#[test]
fn a_row_may_quote_a_part_of_the_words_that_changed() {
    let changed = [(unit(), "財務部資産税課")];
    let missing = |before: &str, after: &str| n_missing(&this_year(&changed, &[["Ⅰ６①　部署", before, after]]));
    for (before, after) in
        [("税務課", "資産税課"), ("「税務課」", "「資産税課」に変更"), ("－", "「税務課」を「資産税課」に改める。")]
    {
        assert_eq!(missing(before, after), 0, "{before} {after}");
    }
    for (before, after) in
        [("総務課", "総務企画課"), ("財務部", "財務部"), ("－", "「総務課」を「総務企画課」に改める。")]
    {
        assert_eq!(missing(before, after), 1, "{before} {after}");
    }
}

/// A row by the label above an indented item tells of it where it says its words.
#[test]
fn a_row_for_the_label_above_tells_of_what_stands_below_it() {
    let at = FieldPath::in_file(0, "risk.use.misuse.auth_method");
    let last = aomine();
    let text = last.state.document.files[0].part.answers["risk.use.misuse.auth_method"].as_text().unwrap().to_owned();
    let text = text.replace("手のひらの静脈とパスワード", "顔の画像とパスワード");
    let changed = [(at, text.as_str())];
    let missing = |item: &str, before: &str, after: &str| n_missing(&this_year(&changed, &[[item, before, after]]));
    let (before, after) = ("手のひらの静脈とパスワードを組み合わせて", "顔の画像とパスワードを組み合わせて");
    assert_eq!(missing("Ⅲ-3リスク2 ユーザ認証の管理（課税情報ファイル）", before, after), 0);
    assert_eq!(missing("Ⅲ-3リスク2 ユーザ認証の管理（収納滞納情報ファイル）", before, after), 1);
    assert_eq!(missing("Ⅲ-3リスク2 ユーザ認証の管理（課税情報ファイル）", "行っていない", "行っている"), 1);
    assert_eq!(missing("Ⅲ-3リスク2 リスクへの対策は十分か（課税情報ファイル）", before, after), 1);
}

/// A row for the whole document tells of all that is nothing but its words put in the place of others.
#[test]
fn a_row_for_the_whole_document_tells_of_a_word_everywhere() {
    let department = FieldPath::in_file(0, "overview.base.department");
    let changed = [(unit(), "財務部資産税課"), (head(), "資産税課長"), (department.clone(), "財務部資産税課")];
    let missing = |item: &str, before: &str, after: &str| n_missing(&this_year(&changed, &[[item, before, after]]));
    assert_eq!(missing("評価書全般", "税務課", "資産税課"), 0);
    assert_eq!(missing("全体（組織改正）", "税務課", "資産税課"), 0);
    assert_eq!(missing("Ⅰ６①　部署", "財務部税務課", "財務部資産税課（以下同じ）"), 1, "the head has no 財務部");
    assert_eq!(missing("Ⅰ６①　部署", "税務課", "資産税課（以下同じ。）"), 0);
    assert_eq!(missing("Ⅰ６①　部署", "税務課", "資産税課"), 2);
    assert_eq!(missing("評価書全般", "納税課", "収納課"), 3);
    let more = [(head(), "市民税課長"), (department, "財務部資産税課、市民部市民課")];
    assert_eq!(n_missing(&this_year(&more, &[["評価書全般", "税務課", "資産税課"]])), 2, "more was changed");
}

#[test]
fn as_above_is_the_cell_above() {
    let changed = [(unit(), "財務部資産税課"), (FieldPath::in_file(0, "overview.base.department"), "財務部資産税課")];
    let first = ["Ⅰ６①　部署", "財務部税務課", "財務部資産税課"];
    let second = |cell| ["Ⅱ２⑥　事務担当部署（課税情報ファイル）", cell, cell];
    assert_eq!(n_missing(&this_year(&changed, &[first, second("同上")])), 0);
    assert_eq!(n_missing(&this_year(&changed, &[first, second("〃")])), 0);
    assert_eq!(n_missing(&this_year(&changed, &[second("同上"), first])), 1);
}

/// What came is told by its own words, also where these quote, and stand in brackets.
#[test]
fn a_text_that_quotes_is_told_as_it_is() {
    let at = FieldPath::document("basic.affairs.content");
    let text = aomine().state.document.common.answers["basic.affairs.content"].as_text().unwrap().to_owned();
    let item = "Ⅰ１②　事務の内容";
    for added in [
        "「統合宛名システム」から所得に関する情報を取得し、申告の内容と突き合わせる。",
        "条例第3条中「市長」を「教育委員会」に読み替え、就学の援助の事務に個人番号を利用する。",
        "「市長」を「教育委員会」に読み替え、就学の援助の事務に個人番号を利用する。",
        "（申告の内容を更新したときは、課税の担当の職員が、その日のうちに端末の画面と見比べて確かめる。）",
        "青嶺市税条例（以下同じ。）に基づき減免の申請を審査する。",
    ] {
        let now = format!("{text}\n{added}");
        let changed = [(at.clone(), now.as_str())];
        assert_eq!(n_missing(&this_year(&changed, &[[item, "", added]])), 0, "{added}");
        let other = "「証明書」の交付を、コンビニエンスストアの端末でも行う。";
        assert_eq!(n_missing(&this_year(&changed, &[[item, "", other]])), 1, "{added}");
    }
}

/// What stands in brackets is words as others are, if it is no remark.
#[test]
fn words_in_brackets_may_tell_another_change() {
    let changed = [(unit(), "財務部資産税課")];
    let missing = |before: &str, after: &str| n_missing(&this_year(&changed, &[["Ⅰ６①　部署", before, after]]));
    assert_eq!(missing("（前回の内容）", "（今回の内容）"), 0);
    assert_eq!(missing("（総務課）", "（総務企画課）"), 1);
    let long =
        "（窓口の受付を総務課の職員が補うときは、あらかじめ担当の課長の許しを得て、その日の記録を残して更新する。）";
    assert_eq!(missing("", long), 1);
}

/// A row for a heading that only mentions a new entry tells another change.
#[test]
fn a_text_that_mentions_a_new_entry_does_not_tell_of_it() {
    let now = aomine();
    let mut last = now.clone();
    let list = FieldPath::in_file(1, "overview.outsource.items");
    last.apply(Edit::Answer { at: list, answer: None }).unwrap();
    let base = Base { state: last.state, published_on: "令和8年3月27日".to_owned(), taken_on: None };
    let now = Draft { base: Some(Arc::new(base)), ..now };
    let missing = |after: &str| {
        let item = "Ⅱ４　特定個人情報ファイルの取扱いの委託（収納滞納情報ファイル）".to_owned();
        let row = ChangeRow { item, after: after.to_owned(), timing: "事後".to_owned(), ..ChangeRow::default() };
        let mut now = now.clone();
        now.apply(Edit::InsertRow { index: now.state.document.rows.len(), row }).unwrap();
        n_missing(&now)
    };
    assert_eq!(missing("委託事項2の受託者と連携して封入する。"), missing("新しい端末で申告を受け付ける。"));
    assert_eq!(missing("委託事項2を追加") + 1, missing("新しい端末で申告を受け付ける。"));
}
