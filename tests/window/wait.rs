//! Waiting for what another thread does, in the one way that lets the next click land.

use std::time::{Duration, Instant};

use egui_kittest::Harness;
use hyoukasho::ui::App;

/// As long as a slow disk on a busy computer may take.
const LONGEST: Duration = Duration::from_secs(60);

/// Frames until something holds – threads need their time – and then until nothing moves any more: what is clicked next
/// stands where it is seen. `false` where it never came.
pub fn comes<W>(
    window: &mut W,
    harness: impl Fn(&mut W) -> &mut Harness<'static, App>,
    mut holds: impl FnMut(&mut W) -> bool,
) -> bool {
    let start = Instant::now();
    while !holds(window) {
        if start.elapsed() > LONGEST {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
        harness(window).step();
    }
    harness(window).run_ok();
    true
}
