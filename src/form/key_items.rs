//! The items that the program itself must know, and where names stand: said by each form.

use serde::Deserialize;

/// The items that the program itself must know; an id that is empty stands for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyItems {
    /// 評価書番号.
    pub number: String,
    /// 評価書名.
    pub name: String,
    /// 評価実施機関名.
    pub agency: String,
    /// 公表日.
    pub published_on: String,
    /// The day on which the 基礎項目評価 was made, from which the five years count.
    #[serde(default)]
    pub assessed_on: String,
    /// 評価実施機関における担当部署: the 部署.
    #[serde(default)]
    pub department: String,
    /// 事務の名称.
    #[serde(default)]
    pub affairs: String,
    /// 個人のプライバシー等の権利利益の保護の宣言.
    #[serde(default)]
    pub declaration: String,
    /// 問合せ: 連絡先.
    #[serde(default)]
    pub inquiry: String,
    /// 主な記録項目, in an appendix.
    #[serde(default)]
    pub records: String,
    /// しきい値判断結果: of 様式2 itself, and where the other forms ask it again.
    #[serde(default)]
    pub threshold_result: String,
    /// 提出する特定個人情報保護評価書の種類, in 様式2.
    #[serde(default)]
    pub submitted: String,
    /// 特定個人情報ファイル名, all of them in one answer: 様式2 has no part for each.
    #[serde(default)]
    pub file_names: String,
}

/// A kind of name that stands in a document more than once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameKind {
    /// What the names are names of, in the words of the office.
    pub kind: String,
    /// Where they are written: ids of items, or `item#box` for the （　） of a box.
    pub places: Vec<String>,
}

impl KeyItems {
    /// The ids that are said.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let Self {
            number,
            name,
            agency,
            published_on,
            assessed_on,
            department,
            affairs,
            declaration,
            inquiry,
            records,
            threshold_result,
            submitted,
            file_names,
        } = self;
        let cover = [number, name, agency, published_on, declaration];
        let further = [assessed_on, department, affairs, inquiry, records, threshold_result, submitted, file_names];
        cover.into_iter().chain(further).map(String::as_str).filter(|id| !id.is_empty())
    }
}

impl NameKind {
    /// Item and box of each place; the box is empty where there is none.
    pub(super) fn items(&self) -> impl Iterator<Item = (&str, &str)> {
        self.places.iter().map(|place| place.split_once('#').unwrap_or((place, "")))
    }
}
