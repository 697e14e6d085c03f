//! The commands about one document, or about none: one file for each.
//! Never: looks into a folder of documents.

pub(super) mod check;
pub(super) mod convert;
pub(super) mod diff;
pub(super) mod export;
pub(super) mod fill;
pub(super) mod form;
pub(super) mod guide;
pub(super) mod import;
pub(super) mod manual;
pub(super) mod merge;
pub(super) mod new;
pub(super) mod renew;
pub(super) mod rows;
pub(super) mod shared;
pub(super) mod shell_pages;
