//! `guide`: the guide inside the program, as text and as a PDF.

use super::Folder;

#[test]
fn the_guide_is_shown_and_printed() {
    let folder = Folder::new();
    let shown = folder.run(&["guide"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.starts_with("# 評価書工房の手引\n") && shown.out.contains("# 情報政策課の方へ\n"));

    let printed = folder.run(&["guide", "手引.pdf"]);
    assert_eq!((printed.code, printed.out.as_str()), (0, ""));
    assert!(folder.read("手引.pdf").starts_with(b"%PDF-"));
    // Printed again it takes its own place, and has the same bytes.
    let first = folder.read("手引.pdf");
    assert_eq!(folder.run(&["guide", "手引.pdf"]).code, 0);
    assert_eq!(folder.read("手引.pdf"), first);
}

#[test]
fn the_guide_takes_no_foreign_place() {
    let folder = Folder::new();
    folder.write("手引.pdf", "別のもの");
    assert_eq!(folder.run(&["guide", "手引.pdf"]).code, 2);
    assert_eq!(folder.text("手引.pdf"), "別のもの");
    assert_eq!(folder.run(&["guide", "手引.pdf", "--force"]).code, 0);
    assert_eq!(folder.run(&["guide", "手引.txt"]).code, 2);
    assert_eq!(folder.run(&["guide", "--force"]).code, 2);
}
