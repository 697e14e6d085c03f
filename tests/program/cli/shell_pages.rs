//! `shell-pages`: what packages hold for the shells.

use super::Folder;

#[test]
fn the_pages_name_the_commands() {
    let folder = Folder::new();
    let ran = folder.run(&["shell-pages", "."]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(folder.names(), ["_hyoukasho", "hyoukasho.1", "hyoukasho.bash", "hyoukasho.fish"]);
    for name in folder.names() {
        let text = folder.text(&name);
        assert!(!text.contains("shell-pages"), "{name} offers what only packages need");
        for command in ["export", "shared", "guide"] {
            assert!(text.contains(command), "{name} does not name {command}");
        }
    }
    assert!(!folder.run(&["--help"]).out.contains("shell-pages"), "what only packages need is shown to users");
}

#[test]
fn the_licences_are_inside() {
    let ran = Folder::new().run(&["guide", "--licences"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in ["BIZ UDGothic", "- egui ", "- lopdf ", "Permission is hereby granted", "SIL OPEN FONT LICENSE"] {
        assert!(ran.out.contains(part), "{part}");
    }
}
