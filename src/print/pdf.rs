//! Pages → PDF bytes; the one file that knows the PDF library.
