//! Two people on one document: what comes of their work, and that nothing of it is lost.

mod properties;
mod two_people;
