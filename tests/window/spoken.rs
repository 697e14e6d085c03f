//! What a screen reader is told of each control.

use egui::accesskit::{Action, Node, Role};
use egui::{Context, FullOutput};

/// Looks at what each frame tells the screen reader; a control without role or name fails the test it is seen in.
pub struct Named;

impl egui::Plugin for Named {
    fn debug_name(&self) -> &'static str {
        "every control has role and name"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let Some(update) = &output.platform_output.accesskit_update else { return };
        let nameless: Vec<String> = update.nodes.iter().filter_map(|(_, node)| trouble(node)).collect();
        if !nameless.is_empty() {
            // Textures that nobody took would fail in their turn, and hide the reason.
            output.textures_delta.clear();
            panic!("controls without role or name: {nameless:#?}");
        }
    }
}

/// What a control lacks: it has the focus, or is pressed, and says not what it is or what it is called.
fn trouble(node: &Node) -> Option<String> {
    let is_reached = node.supports_action(Action::Focus) || is_control(node.role());
    if !is_reached {
        return None;
    }
    let place = node.bounds();
    if matches!(node.role(), Role::Unknown | Role::GenericContainer) {
        return Some(format!("what is at {place:?} has no role (its name: {:?})", node.label()));
    }
    let is_named = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    // What a label or a link shows is its value.
    let shows = matches!(node.role(), Role::Label | Role::Link) && is_named(node.value());
    let has_name = is_named(node.label()) || !node.labelled_by().is_empty() || shows;
    (!has_name).then(|| format!("{:?} at {place:?} has no name (its value: {:?})", node.role(), node.value()))
}

/// Whether it is something to press, choose or write in.
pub fn is_control(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::CheckBox
            | Role::ColorWell
            | Role::ComboBox
            | Role::Link
            | Role::ListBoxOption
            | Role::MenuItem
            | Role::MultilineTextInput
            | Role::ProgressIndicator
            | Role::RadioButton
            | Role::Slider
            | Role::SpinButton
            | Role::Switch
            | Role::Tab
            | Role::TextInput
    )
}
