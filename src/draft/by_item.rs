//! What stands at items, by their ids. Copies share it: whoever changes a value copies that value alone.

use std::collections::{BTreeMap, btree_map};
use std::mem::replace;
use std::ops::Index;
use std::sync::Arc;

/// Item id → what stands there, in the order of the ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByItem<T>(BTreeMap<Arc<str>, Arc<T>>);

impl<T> ByItem<T> {
    /// What stands at the item.
    pub fn get(&self, item: &str) -> Option<&T> {
        self.0.get(item).map(Arc::as_ref)
    }

    /// Whether anything stands at the item.
    pub fn contains_key(&self, item: &str) -> bool {
        self.0.contains_key(item)
    }

    /// Ids and what stands there.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.0.iter())
    }

    /// The ids.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(Arc::as_ref)
    }

    /// What stands there.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.values().map(Arc::as_ref)
    }

    /// How many items have something.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none has anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes everything away.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Leaves what `keep` says.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &T) -> bool) {
        self.0.retain(|item, value| keep(item, value));
    }
}

impl<T: Clone> ByItem<T> {
    /// What stands at the item, to be changed.
    pub fn get_mut(&mut self, item: &str) -> Option<&mut T> {
        self.0.get_mut(item).map(Arc::make_mut)
    }

    /// Puts a value at an item; returns what stood there.
    pub fn insert(&mut self, item: impl AsRef<str> + Into<Arc<str>>, value: T) -> Option<T> {
        let value = Arc::new(value);
        let old = match self.0.get_mut(item.as_ref()) {
            Some(place) => Some(replace(place, value)),
            None => self.0.insert(item.into(), value),
        };
        old.map(Arc::unwrap_or_clone)
    }

    /// Takes away what stands at the item.
    pub fn remove(&mut self, item: &str) -> Option<T> {
        self.0.remove(item).map(Arc::unwrap_or_clone)
    }

    /// Ids and what stands there, to be changed. Every value that is shared is copied.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        self.0.iter_mut().map(|(item, value)| (&**item, Arc::make_mut(value)))
    }

    /// What stands there, to be changed. Every value that is shared is copied.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.values_mut().map(Arc::make_mut)
    }
}

impl<T> Default for ByItem<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Index<&str> for ByItem<T> {
    type Output = T;

    /// What stands at an item that is known to have something.
    fn index(&self, item: &str) -> &T {
        &self.0[item]
    }
}

/// Ids and what stands there.
#[derive(Clone, Debug)]
pub struct Iter<'a, T>(btree_map::Iter<'a, Arc<str>, Arc<T>>);

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = (&'a str, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(item, value)| (&**item, &**value))
    }
}

impl<'a, T> IntoIterator for &'a ByItem<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, K: Into<Arc<str>>> FromIterator<(K, T)> for ByItem<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(item, value)| (item.into(), Arc::new(value))).collect())
    }
}

impl<T, K: Into<Arc<str>>> Extend<(K, T)> for ByItem<T> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, entries: I) {
        self.0.extend(entries.into_iter().map(|(item, value)| (item.into(), Arc::new(value))));
    }
}

impl<T, K: Into<Arc<str>>, const N: usize> From<[(K, T); N]> for ByItem<T> {
    fn from(entries: [(K, T); N]) -> Self {
        entries.into_iter().collect()
    }
}
