//! The 定型文 a new user begins with: neutral, and with ［　］ where only the office knows what to write.

use super::Phrase;

/// Title and text.
const STARTERS: &[(&str, &str)] = &[
    ("なし", "なし"),
    ("別添１を参照", "別添１を参照。"),
    ("別紙のとおり", "別紙［　］のとおり。"),
    ("上の欄と同じ", "上の欄と同じ。"),
    (
        "権限のある職員だけが使う",
        "［システム名］は、［承認する職］が使用を認めた職員だけが使う。使用を始めるときは、職員ごとの［認証の方法］で本人であることを確かめる。",
    ),
    (
        "異動・退職のとき",
        "職員が異動し、又は退職したときは、［担当］が［　］日以内に使用の権限を外し、外したことを記録する。",
    ),
    (
        "別の職員による確かめ",
        "入力した職員とは別の職員が、［照らし合わせる書類］と入力の結果を照らし合わせ、確かめたことを［記録の名称］に残す。",
    ),
    (
        "紙の書類の保管と廃棄",
        "［書類の名称］は、鍵の掛かる［場所］に保管する。保存する期間（［　］年）が過ぎた後は、［方法］により廃棄し、廃棄した日と担当者を記録する。",
    ),
    (
        "研修",
        "［対象の職員］に対し、［研修の名称］を年［　］回行い、受けた者を記録する。受けられなかった者には、［方法］により後日同じ内容を伝える。",
    ),
];

/// The 定型文 a new user begins with.
pub fn starters() -> Vec<Phrase> {
    let phrase = |(title, text): &(&str, &str)| Phrase {
        title: (*title).to_owned(),
        text: (*text).to_owned(),
        items: Vec::new(),
    };
    STARTERS.iter().map(phrase).collect()
}
