//! What rules ask of citations, as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Article, Citation, Citations, LawKind, Place};
use crate::form::Pattern;

/// A citation that is looked for. What is not given may be anything; nothing marked 旧 or 改正前 ever fits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    /// Ids of laws (`laws.ron`), `条例` and `命令` for those without a name of their own.
    #[serde(default)]
    pub law: Vec<String>,
    /// Whether one without any law named before counts as of that law.
    #[serde(default)]
    pub unnamed: bool,
    /// Whether it is the law as such.
    #[serde(default)]
    pub title: bool,
    /// 条.
    #[serde(default)]
    pub article: Option<String>,
    /// 項 of the article.
    #[serde(default)]
    pub paragraph: Option<String>,
    /// 号, any of these.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// 号, none of these, but one.
    #[serde(default)]
    pub not_numbers: Vec<String>,
    /// 別表, any of these numbers; 0 is the one without number.
    #[serde(default)]
    pub schedules: Vec<u32>,
    /// Whether 項 of the 別表 must be listed.
    #[serde(default)]
    pub listed: bool,
}

/// A citation that a rule speaks about, and what must or must not stand around it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationPattern {
    /// The items looked at; empty = every text of the document.
    #[serde(default)]
    pub items: Vec<String>,
    /// Items not looked at.
    #[serde(default)]
    pub except: Vec<String>,
    /// The citation.
    pub cites: Cited,
    /// What an order must rest on.
    #[serde(default)]
    pub under: Option<Cited>,
    /// Must stand in the same sentence or line.
    #[serde(default)]
    pub sentence: Option<Pattern>,
    /// Must not stand in the same sentence or line.
    #[serde(default)]
    pub not_sentence: Option<Pattern>,
    /// Must follow at once.
    #[serde(default)]
    pub next: Option<Pattern>,
    /// Must not stand right before.
    #[serde(default)]
    pub not_after: Option<Pattern>,
    /// Must stand in the same item.
    #[serde(default)]
    pub with: Option<Pattern>,
    /// Must not stand in the same item.
    #[serde(default)]
    pub without: Option<Pattern>,
    /// One of these must be cited in the same item too.
    #[serde(default)]
    pub with_cited: Vec<Cited>,
    /// None of these may be cited in the same item.
    #[serde(default)]
    pub unless_cited: Vec<Cited>,
    /// Words for the message.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

impl Cited {
    /// Whether the citation is one of these.
    pub fn fits(&self, citation: &Citation) -> bool {
        let law = self.law.is_empty()
            || self.law.iter().any(|id| id == citation.law.id)
            || self.unnamed && citation.law.kind == LawKind::Unnamed;
        !citation.old && law && self.fits_place(&citation.place)
    }

    fn fits_place(&self, place: &Place) -> bool {
        let asks_article = self.article.is_some() || !self.numbers.is_empty() || !self.not_numbers.is_empty();
        match place {
            Place::Title => !asks_article && self.schedules.is_empty(),
            _ if self.title => false,
            Place::Article(article) | Place::Table(article, _) => {
                self.schedules.is_empty() && self.fits_article(article)
            }
            Place::Schedule(number, items) => {
                let any = !asks_article && self.schedules.is_empty();
                (any || self.schedules.contains(number)) && !(self.listed && items.is_empty())
            }
        }
    }

    /// Whether 条, 項 and 号 are those asked for.
    fn fits_article(&self, article: &Article) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|wanted| wanted == is);
        let number = &article.number;
        same(&self.article, &article.article)
            && same(&self.paragraph, &article.paragraph)
            && (self.numbers.is_empty()
                || self.numbers.iter().any(|wanted| wanted == number || wanted == "*" && !number.is_empty()))
            && (self.not_numbers.is_empty() || !number.is_empty() && !self.not_numbers.contains(number))
    }
}

impl CitationPattern {
    /// The citations of a text that the rule speaks about; `plain` is the text as it is searched for words.
    pub fn found<'c>(&'c self, citations: &'c Citations, plain: &'c str) -> impl Iterator<Item = &'c Citation> {
        let has = |wanted: &Option<Pattern>| wanted.as_ref().map(|wanted| wanted.is_match(plain));
        let cites = |wanted: &Cited| citations.iter().any(|citation| wanted.fits(citation));
        let in_text = citations.iter().any(|citation| self.cites.fits(citation))
            // What must stand in the sentence must stand in the text at all: one look instead of one for each place.
            && has(&self.sentence) != Some(false)
            && has(&self.with) != Some(false)
            && has(&self.without) != Some(true)
            && (self.with_cited.is_empty() || self.with_cited.iter().any(cites))
            && !self.unless_cited.iter().any(cites);
        citations.iter().filter(move |citation| in_text && self.fits(citations, citation))
    }

    fn fits(&self, citations: &Citations, citation: &Citation) -> bool {
        let under = |wanted: &Cited| citation.under.as_ref().is_some_and(|article| wanted.fits_article(article));
        let says = |wanted: &Option<Pattern>, words: &dyn Fn() -> String| {
            wanted.as_ref().map(|wanted| wanted.is_match(&words()))
        };
        self.cites.fits(citation)
            && self.under.as_ref().is_none_or(under)
            && says(&self.sentence, &|| citations.sentence(citation)) != Some(false)
            && says(&self.not_sentence, &|| citations.sentence(citation)) != Some(true)
            && says(&self.next, &|| citations.after(citation)) != Some(false)
            && says(&self.not_after, &|| citations.before(citation)) != Some(true)
    }
}
