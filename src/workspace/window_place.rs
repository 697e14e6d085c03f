//! Where the window stood when it was closed, as one line of the settings. Lengths are points of a screen at 100 %.

/// A window at least so wide, and so much of its upper edge, is on the screen: it can be gripped.
const GRIP: i32 = 100;
/// So far above the lower edge of the screen is that of its title.
const TITLE: i32 = 40;
/// No screen is larger.
const MOST: u16 = 16_000;

/// Where the window stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowPlace {
    /// Its width and height, without its frame, while it did not fill the screen.
    pub size: [u16; 2],
    /// Whether it filled the screen.
    pub is_maximized: bool,
    /// Its left and upper edge, where the system tells.
    pub at: Option<[i32; 2]>,
}

impl WindowPlace {
    /// As the value of a line.
    pub fn write(&self) -> String {
        let [width, height] = self.size;
        let state = if self.is_maximized { "maximized" } else { "normal" };
        let at = self.at.map(|[x, y]| format!(",{x},{y}")).unwrap_or_default();
        format!("{width},{height},{state}{at}")
    }

    /// From the value of a line; `None` where it says no place.
    pub fn parse(value: &str) -> Option<Self> {
        let parts: Vec<&str> = value.split(',').map(str::trim).collect();
        let (size, state, at) = match parts.as_slice() {
            [width, height, state] => ([width, height], state, None),
            [width, height, state, x, y] => ([width, height], state, Some([x.parse().ok()?, y.parse().ok()?])),
            _ => return None,
        };
        let [width, height] = size.map(|length| length.parse().ok().filter(|length| (1..=MOST).contains(length)));
        let is_maximized = match *state {
            "maximized" => true,
            "normal" => false,
            _ => return None,
        };
        Some(Self { size: [width?, height?], is_maximized, at })
    }

    /// Its left and upper edge where it can be gripped on a screen of that size: that screen may be another one today.
    pub fn at_on(&self, screen: [i32; 2]) -> Option<[i32; 2]> {
        let [x, y] = self.at?;
        let is_beside = x + i32::from(self.size[0]) < GRIP || x > screen[0] - GRIP;
        let is_off = is_beside || y < 0 || y > screen[1] - TITLE;
        Some([x, y]).filter(|_| !is_off)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_written() {
        for (is_maximized, at) in [(false, Some([-8, 0])), (true, None)] {
            let place = WindowPlace { size: [1366, 720], is_maximized, at };
            assert_eq!(WindowPlace::parse(&place.write()), Some(place));
        }
        for wrong in ["", "1366,720", "1366,720,normal,4", "0,720,normal", "99999,1,normal", "1366,720,large"] {
            assert_eq!(WindowPlace::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_place_off_the_screen_is_none() {
        let on = |x, y| WindowPlace { size: [1366, 720], is_maximized: false, at: Some([x, y]) }.at_on([1920, 1080]);
        assert_eq!(on(100, 50), Some([100, 50]));
        assert_eq!(on(-8, 0), Some([-8, 0]), "a frame may stand out a little");
        for (x, y) in [(1900, 50), (5000, 50), (-1300, 50), (100, -400), (100, 1070)] {
            assert_eq!(on(x, y), None, "{x}, {y}");
        }
    }
}
