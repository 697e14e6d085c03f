//! Which contract of now is which of the version before, whatever was done to the list of them.

use std::sync::Arc;

use hyoukasho::changes::{Pairs, compare, rows};
use hyoukasho::draft::{Answer, Document, Draft, FilePart, Part};
use hyoukasho::form::{Form, shipped};
use proptest::prelude::*;

use crate::changes::properties::reconstructed;

/// Name, content and contractor of contracts that have nothing in common but what all contracts have.
const CONTRACTS: [[&str; 3]; 9] = [
    ["住民税システムの運用", "夜間のバッチ処理を実行し、結果を報告する。", "株式会社みどり情報"],
    ["通知書の封入及び封緘", "印刷した納税通知書を折り、窓あき封筒に入れて封をする。", "青空印刷株式会社"],
    ["申告書のデータ入力", "紙で届いた給与支払報告書を電子データにする。", "有限会社さくら計算"],
    ["コールセンターの受付", "納期限や納め方についての電話での問合せに答える。", "株式会社ひびき"],
    ["保存期間を過ぎた書類の溶解", "倉庫の書類を専用車で運び、製紙工場で溶かす。", "青嶺資源協同組合"],
    ["ガバメントクラウドの監視", "利用環境の設定を点検し、障害のときに一次対応をする。", "株式会社やまなみクラウド"],
    ["口座振替の伝送", "金融機関との間で引落しの結果を送受信する。", "北浜伝送センター"],
    ["家屋の実地調査", "新しく建った家を訪ね、図面と照らして写真を撮る。", "一般社団法人たてもの調査会"],
    ["窓口の番号案内", "来庁者に番号札を渡し、混み具合を見て案内する。", "株式会社おもてなし"],
];
const CONSENT: &str = "受託者が書面で申請し、市が再委託先の安全管理を確かめて承認したときに限る。";

/// What is done to one contract.
#[derive(Clone, Copy, Debug)]
enum Act {
    Keep,
    Remove,
    Rename,
    Append,
    NewContractor,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => Just(Act::Keep),
        2 => Just(Act::Remove),
        1 => Just(Act::Rename),
        1 => Just(Act::Append),
        1 => Just(Act::NewContractor),
    ]
}

fn contract(which: usize, act: Act) -> Part {
    let [name, content, contractor] = CONTRACTS[which];
    let name =
        if matches!(act, Act::Rename) { format!("{}ほか一式", &name[..name.len() - 6]) } else { name.to_owned() };
    let more = if matches!(act, Act::Append) { "令和8年度からは土曜日にも行う。" } else { "" };
    let contractor = if matches!(act, Act::NewContractor) { "未定（入札により決定）" } else { contractor };
    let text = |id: &str, text: String| (format!("overview.outsource.items.{id}"), Answer::Text(text));
    let answers = [
        text("name", name),
        text("content", format!("{content}{more}")),
        text("contractor", contractor.to_owned()),
        text("sub.consent", CONSENT.to_owned()),
    ];
    Part { answers: answers.into_iter().collect(), ..Part::default() }
}

fn document(contracts: Vec<Part>) -> Draft {
    let entries = contracts.into_iter().map(Arc::new).collect();
    let answers = [("overview.outsource.items".to_owned(), Answer::Repeat(entries))];
    let file = FilePart {
        name: "課税ファイル".to_owned(),
        part: Part { answers: answers.into_iter().collect(), ..Part::default() },
    };
    let (form, edition) = ("youshiki3".to_owned(), "r6-10".to_owned());
    Draft::from(Document { form, edition, files: vec![Arc::new(file)], ..Document::default() })
}

fn form() -> &'static Form {
    shipped::find("youshiki3", "r6-10").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Moved, removed, edited, renamed or given to others: each contract is paired with itself, and with no other.
    #[test]
    fn a_contract_is_paired_with_itself_alone(
        n_before in 1_usize..7, acts in prop::collection::vec(act(), 9), order in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(),
        old in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let (last, new) = old.split_at(n_before);
        let stays = |which: &&usize| !last.contains(which) && new.first() == Some(which) || last.contains(which) && !matches!(acts[**which], Act::Remove);
        let now: Vec<usize> = order.iter().filter(stays).copied().collect();
        let state = |which: usize| if last.contains(&which) { acts[which] } else { Act::Keep };
        let before = document(last.iter().map(|which| contract(*which, Act::Keep)).collect());
        let after = document(now.iter().map(|which| contract(*which, state(*which))).collect());
        let pairs = Pairs::of(form(), &before.state.document, &after.state.document);
        let found: Vec<(usize, usize)> = pairs.entries(Some(0), "overview.outsource.items").to_vec();
        let expected: Vec<(usize, usize)> = now.iter().enumerate().filter_map(|(index, which)| {
            Some((last.iter().position(|other| other == which)?, index))
        }).collect();
        prop_assert_eq!(&found, &expected);

        // Nothing that was there is told as if it had not been, and all is accounted for.
        let made = reconstructed(&before, &after);
        prop_assert_eq!(compare(form(), &made.state.document, &after.state.document), Vec::new());
        let rows = rows(form(), &before.state.document, &after.state);
        // A contract that moved and has another name has a row for each.
        let mut items: Vec<&str> =
            rows.iter().filter(|row| !row.after.ends_with("へ移動）")).map(|row| row.item.as_str()).collect();
        let n_rows = items.len();
        items.sort_unstable();
        items.dedup();
        prop_assert_eq!(items.len(), n_rows, "no two rows have one name");
        let n_new = now.len() - expected.len();
        let whole_entries = rows.iter().filter(|row| row.before == "（記載なし）").count();
        prop_assert_eq!(whole_entries, n_new);
    }
}
