//! 同僚の変更を取り込む: what a colleague and I wrote, item by item, and which of it is to stand.

use egui::{Button, CentralPanel, CollapsingHeader, Frame, RichText, ScrollArea, Ui};

use crate::changes;
use crate::draft::{Draft, Edit, Extent, State};
use crate::form::Form;
use crate::merge::{Changed, Choices, Merge, MergeChoice, MergeItem};
use crate::ui::state::theme;
use crate::ui::widgets::{below_head_ui, check_ui, choices_ui, contrast_ui, keep_focus_in_sight, scroll_by_keys};

/// Items of one kind shown at first, and as many more each time they are asked for.
const AT_ONCE: usize = 30;

/// Room for the scroll bar, which would stand over the text.
const SCROLL_BAR: f32 = 12.0;
/// Texts with more characters are shown without their unchanged paragraphs.
const LONG_CHARS: usize = 240;

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Back to the form; nothing is taken in yet.
    Later,
    /// Takes in what was chosen, and saves.
    TakeIn,
}

/// Whose work is taken in.
enum Colleague {
    Named(String),
    Unknown,
}

impl Colleague {
    fn of(name: &str) -> Self {
        match name.trim() {
            "" => Self::Unknown,
            name => Self::Named(name.to_owned()),
        }
    }

    /// As a label names them.
    fn word(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::Unknown => "相手",
        }
    }

    /// As a sentence names them.
    fn titled(&self) -> String {
        match self {
            Self::Named(name) => format!("{name} さん"),
            Self::Unknown => "同僚".to_owned(),
        }
    }
}

/// The screen, and what was chosen on it so far.
pub struct Comparison {
    form: &'static Form,
    base: Option<State>,
    mine: Draft,
    theirs: Draft,
    items: Vec<MergeItem>,
    choices: Choices,
    who: Colleague,
    /// Whether the two compare with different publications.
    other_publication: bool,
    /// What the user should know.
    pub message: Option<String>,
    /// How many items of each kind are shown.
    n_shown: [usize; 3],
    /// Whether long texts are shown whole.
    whole: bool,
}

impl Comparison {
    /// Compares the states of a document: last common one, where it is known, mine, and that of the colleague.
    /// An error says why they cannot be compared.
    pub fn new(
        form: &'static Form,
        base: Option<State>,
        mine: &Draft,
        theirs: Draft,
        who: &str,
    ) -> Result<Self, String> {
        let merge = Merge::new(form, base.as_ref(), mine, &theirs);
        let merge = merge.ok_or("様式が違うため取り込めません。同じ様式の評価書を選んでください")?;
        let (items, other_publication) = (merge.items(), merge.has_other_publication());
        let (mine, who) = (mine.clone(), Colleague::of(who));
        let (choices, n_shown) = (Choices::new(), [AT_ONCE; 3]);
        Ok(Self {
            form,
            base,
            mine,
            theirs,
            items,
            choices,
            who,
            other_publication,
            message: None,
            n_shown,
            whole: false,
        })
    }

    /// Takes over what was chosen before for things that are still the same.
    pub fn keep_choices(&mut self, before: &Comparison) {
        let same = |a: &MergeItem, b: &MergeItem| {
            (&a.place, &a.mine, &a.theirs, a.changed) == (&b.place, &b.mine, &b.theirs, b.changed)
        };
        for item in &self.items {
            let old = before.items.iter().find(|old| same(old, item));
            let choice = old.and_then(|old| before.choices.get(&old.id));
            self.choices.extend(choice.map(|choice| (item.id, *choice)));
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The one edit that takes in what was chosen.
    pub fn edit(&self) -> Option<Edit> {
        Some(Merge::new(self.form, self.base.as_ref(), &self.mine, &self.theirs)?.edit(&self.choices))
    }

    /// How many items come from the colleague, wholly or in part.
    pub fn n_taken(&self) -> usize {
        let from_them = |item: &&MergeItem| matches!(self.choice(item), Some(MergeChoice::Theirs | MergeChoice::Both));
        self.items.iter().filter(from_them).count()
    }

    fn choice(&self, item: &MergeItem) -> Option<MergeChoice> {
        self.choices.get(&item.id).copied().or(item.usual())
    }

    fn of(&self, changed: Changed) -> Vec<usize> {
        (0..self.items.len()).filter(|index| self.items[*index].changed == changed).collect()
    }

    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let mut ask = super::wants_back(ui.ctx()).then_some(Ask::Later);
        let asked = self.of(Changed::Both);
        let n_open = asked.iter().filter(|index| self.choice(&self.items[**index]).is_none()).count();
        let frame = Frame::new().fill(ui.visuals().window_fill).inner_margin(theme::PAGE_MARGIN);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let area = ScrollArea::vertical().id_salt("merge").auto_shrink(false);
            let head = |ui: &mut Ui, screen: &mut Self| {
                ask = screen.head_ui(ui, asked.len(), n_open).or(ask);
                ui.separator();
            };
            below_head_ui(ui, area, self, head, |ui, screen| {
                ui.set_width(ui.available_width() - SCROLL_BAR);
                if !asked.is_empty() {
                    let title =
                        if screen.base.is_some() { "両方で書き換えた項目" } else { "違いのある項目" };
                    heading_ui(ui, &format!("{title}　{}件。どちらにするか選んでください", asked.len()));
                    screen.all_ui(ui, &asked);
                    screen.list_ui(ui, &asked, 0);
                }
                screen.one_sided_ui(ui);
                keep_focus_in_sight(ui);
                scroll_by_keys(ui);
                ui.add_space(theme::END);
            });
        });
        ask
    }

    fn head_ui(&mut self, ui: &mut Ui, n_asked: usize, n_open: usize) -> Option<Ask> {
        let mut ask = None;
        ui.add_space(theme::S);
        ui.horizontal_wrapped(|ui| {
            ui.heading(format!("{}の変更を取り込む", self.who.titled()));
            if ui.add_enabled(n_open == 0, Button::new("取り込んで保存")).clicked() {
                ask = Some(Ask::TakeIn);
            }
            if ui.button("あとで（記入に戻る）").clicked() {
                ask = Some(Ask::Later);
            }
            let words = match (n_asked, n_open) {
                (0, _) => "選ぶ項目はありません".to_owned(),
                (_, 0) => "すべて選びました".to_owned(),
                (_, open) => format!("まだ選んでいない項目　{open}件"),
            };
            ui.label(RichText::new(words).family(theme::bold()));
            check_ui(ui, &mut self.whole, "変わらない段落も表示");
        });
        let words = if self.base.is_some() {
            "片方だけが書き換えた項目は、そのまま取り込みます。取り込んだあとも「元に戻す」で取り消せます。"
        } else {
            "元になった評価書が分からないため、違う項目をすべて確かめてください。取り込んだあとも「元に戻す」で取り消せます。"
        };
        ui.label(RichText::new(words).small());
        if self.other_publication {
            ui.label("変更箇所の基準になる前回の評価書が違います。自分の方を使います。");
        }
        if let Some(message) = &self.message {
            ui.label(RichText::new(message).color(theme::severity(ui.visuals(), crate::form::Severity::Warning)));
        }
        ui.add_space(theme::XS);
        ask
    }

    /// One answer to all questions.
    fn all_ui(&mut self, ui: &mut Ui, asked: &[usize]) {
        ui.horizontal(|ui| {
            for (words, choice) in
                [("すべて自分の記載にする", MergeChoice::Mine), ("すべて相手の記載にする", MergeChoice::Theirs)]
            {
                if ui.button(words).clicked() {
                    self.choices.extend(asked.iter().map(|index| (self.items[*index].id, choice)));
                }
            }
        });
    }

    fn one_sided_ui(&mut self, ui: &mut Ui) {
        let (theirs, mine, alike) = (self.of(Changed::Theirs), self.of(Changed::Mine), self.of(Changed::Alike));
        if !theirs.is_empty() {
            heading_ui(ui, &format!("{}だけが書き換えた項目　{}件。取り込みます", self.who.titled(), theirs.len()));
            self.list_ui(ui, &theirs, 1);
        }
        if !mine.is_empty() {
            let title = format!("自分だけが書き換えた項目　{}件。そのまま残ります", mine.len());
            let header = CollapsingHeader::new(RichText::new(title).family(theme::bold())).id_salt("only mine");
            header.show(ui, |ui| self.list_ui(ui, &mine, 2));
        }
        if !alike.is_empty() {
            ui.add_space(theme::S);
            let places: Vec<&str> = alike.iter().map(|index| self.items[*index].place.as_str()).collect();
            ui.label(format!("二人とも同じに書き換えた項目　{}件（{}）", alike.len(), places.join("、")));
        }
        if self.items.is_empty() {
            ui.label("違いはありません。");
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, indices: &[usize], kind: usize) {
        for index in indices.iter().take(self.n_shown[kind]) {
            ui.push_id(("item", *index), |ui| self.item_ui(ui, *index));
        }
        let left = indices.len().saturating_sub(self.n_shown[kind]);
        if left > 0
            && ui.push_id(("more", kind), |ui| ui.button(format!("続きを表示（残り {left}件）"))).inner.clicked()
        {
            self.n_shown[kind] += AT_ONCE;
        }
    }

    fn item_ui(&mut self, ui: &mut Ui, index: usize) {
        let Some(item) = self.items.get(index).cloned() else { return };
        ui.add_space(theme::S);
        let choice = self.choice(&item);
        ui.horizontal_wrapped(|ui| {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Warning);
            let place = RichText::new(&item.place).family(theme::bold());
            ui.label(if choice.is_none() { place.color(color) } else { place });
            if item.is_kept {
                ui.label(RichText::new("両方のコメントを残します").small());
            } else {
                self.choice_ui(ui, &item, choice);
            }
        });
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (base, mine, theirs) = (text(&item.base), text(&item.mine), text(&item.theirs));
        match item.changed {
            Changed::Both if self.base.is_some() => {
                self.side_ui(ui, &format!("前の記載 → 自分の記載{}", gone(&item.mine)), &base, &mine);
                let words = format!("前の記載 → {}の記載{}", self.who.word(), gone(&item.theirs));
                self.side_ui(ui, &words, &base, &theirs);
            }
            Changed::Both => {
                let words = format!("自分の記載{} → {}の記載{}", gone(&item.mine), self.who.word(), gone(&item.theirs));
                self.side_ui(ui, &words, &mine, &theirs);
            }
            Changed::Theirs => {
                let before = if item.is_kept { &mine } else { &base };
                self.side_ui(
                    ui,
                    &format!("前の記載 → {}の記載{}", self.who.word(), gone(&item.theirs)),
                    before,
                    &theirs,
                );
            }
            Changed::Mine | Changed::Alike => self.side_ui(ui, "前の記載 → 自分の記載", &base, &mine),
        }
        if let (Some(MergeChoice::Both), Some(combined)) = (choice, &item.combined) {
            let how = if combined.is_clean {
                "合わせるとこうなります"
            } else {
                "合わせるとこうなります（同じところを書き換えているため、並べました。あとで整えてください）"
            };
            self.side_ui(ui, how, &base, &combined.text);
        }
        ui.separator();
    }

    fn choice_ui(&mut self, ui: &mut Ui, item: &MergeItem, choice: Option<MergeChoice>) {
        let (mine, theirs) = match (&item.mine, &item.theirs) {
            (None, _) => ("自分のとおり（なし）", "相手の記載"),
            (_, None) => ("自分の記載", "相手のとおり（なし）"),
            _ => ("自分の記載", "相手の記載"),
        };
        let both = item.combined.is_some().then_some((Some(MergeChoice::Both), "両方を残す"));
        let offers: Vec<_> =
            [(Some(MergeChoice::Mine), mine), (Some(MergeChoice::Theirs), theirs)].into_iter().chain(both).collect();
        let mut chosen = choice;
        choices_ui(ui, &item.place, &offers, &mut chosen);
        if let Some(offer) = chosen.filter(|_| chosen != choice) {
            self.choices.insert(item.id, offer);
        }
    }

    fn side_ui(&self, ui: &mut Ui, words: &str, before: &str, after: &str) {
        ui.label(RichText::new(words).small());
        let is_long = before.chars().count().max(after.chars().count()) > LONG_CHARS;
        let (before, after) = match is_long && !self.whole {
            true => changes::cells(before, after, Extent::Changed),
            false => (before.to_owned(), after.to_owned()),
        };
        ui.push_id(words, |ui| contrast_ui(ui, &before, &after, changes::Differs::InWords));
    }
}

/// Said of a side that has nothing there.
fn gone(side: &Option<String>) -> &'static str {
    if side.is_none() { "（なし）" } else { "" }
}

fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(theme::S);
    ui.label(RichText::new(words).family(theme::bold()).size(theme::SECTION));
}

#[cfg(test)]
mod tests {
    use super::Colleague;

    #[test]
    fn a_colleague_is_known_or_not_whatever_the_name_is() {
        assert_eq!(Colleague::of(" 佐藤").titled(), "佐藤 さん");
        assert_eq!(Colleague::of("相手").titled(), "相手 さん");
        assert_eq!((Colleague::of(" ").titled().as_str(), Colleague::of("").word()), ("同僚", "相手"));
    }
}
