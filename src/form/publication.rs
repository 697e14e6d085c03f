//! Which items belong to one publication: 公表日, 実施日 and the results of hearing and inspection.

use super::{Form, Item, Kind};

impl Form {
    /// The answered items that are asked anew for every publication, in the order of the data.
    pub fn items_of_publication(&self) -> Vec<&Item> {
        let mut found = Vec::new();
        for item in self.sections.iter().flat_map(|section| &section.items) {
            collect(item, false, &mut found);
        }
        found
    }
}

fn collect<'a>(item: &'a Item, marked_above: bool, found: &mut Vec<&'a Item>) {
    let marked = marked_above || item.of_publication;
    if let Kind::Group { items } = &item.kind {
        items.iter().for_each(|inner| collect(inner, marked, found));
    } else if marked {
        found.push(item);
    } else {
        item.inner().iter().for_each(|inner| collect(inner, false, found));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::form::shipped;

    fn check(form: &str, expected: &[&str]) {
        let form = shipped::newest(form).unwrap();
        let ids: Vec<_> = form.items_of_publication().iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn the_dates_and_results_of_one_publication_are_marked() {
        check("youshiki2", &["cover.published_on"]);
        check(
            "youshiki3",
            &[
                "cover.published_on",
                "procedure.basic_assessment.date",
                "procedure.hearing.method",
                "procedure.hearing.period",
                "procedure.hearing.opinions",
                "procedure.third_party.date",
                "procedure.third_party.method",
                "procedure.third_party.result",
            ],
        );
        let form = shipped::newest("youshiki4").unwrap();
        let ids: Vec<_> = form.items_of_publication().iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids.len(), 13);
        assert!(ids.contains(&"cover.approved_on") && ids.contains(&"procedure.approval.review"));
    }
}
