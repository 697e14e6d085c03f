//! Lines of a picture → fewer and shorter ones: each pixel is the mean of those it stands for, on white.

use super::Bitmap;
use crate::pictures::Turn;

/// A picture on its way to fewer pixels.
pub(super) struct Shrink {
    /// Pixels of a line that comes, and lines that come.
    from: (usize, usize),
    /// Pixels of a line that stays, and lines that stay.
    to: (usize, usize),
    /// Lines that have come.
    n_lines: usize,
    /// Of each pixel that stays: the sums of its colours, and of how many pixels.
    sums: Vec<[u32; 4]>,
    rgb: Vec<u8>,
}

impl Shrink {
    /// To a picture none of whose sides is longer than `side`; one that is small enough stays as it is.
    pub fn new(width: u32, height: u32, side: u16) -> Self {
        let (width, height, side) = (width.max(1) as usize, height.max(1) as usize, usize::from(side.max(1)));
        let longest = width.max(height);
        let short = |length: usize| if longest <= side { length } else { (length * side / longest).max(1) };
        let to = (short(width), short(height));
        Self {
            from: (width, height),
            to,
            n_lines: 0,
            sums: vec![[0; 4]; to.0],
            rgb: Vec::with_capacity(3 * to.0 * to.1),
        }
    }

    /// Takes the next line: of each pixel one grey or three colours, and where the number is even how opaque it is.
    pub fn line(&mut self, line: &[u8], samples: usize) {
        let ((width, height), (new_width, new_height)) = (self.from, self.to);
        if self.n_lines >= height {
            return;
        }
        for (x, pixel) in line.chunks_exact(samples).take(width).enumerate() {
            let (colors, opacity) = match *pixel {
                [gray] => ([gray; 3], 255),
                [gray, opacity] => ([gray; 3], opacity),
                [red, green, blue] => ([red, green, blue], 255),
                [red, green, blue, opacity] => ([red, green, blue], opacity),
                _ => continue,
            };
            let sum = &mut self.sums[x * new_width / width];
            for (sum, color) in sum.iter_mut().zip(colors) {
                *sum += (u32::from(color) * u32::from(opacity) + 255 * u32::from(255 - opacity)) / 255;
            }
            sum[3] += 1;
        }
        self.n_lines += 1;
        let is_last = self.n_lines == height;
        if is_last || self.n_lines * new_height / height > (self.n_lines - 1) * new_height / height {
            self.put_line();
        }
    }

    fn put_line(&mut self) {
        for sum in &mut self.sums {
            let [red, green, blue, n] = std::mem::take(sum);
            // What did not come stays paper.
            let mean = |sum: u32| sum.checked_div(n).map_or(255, |mean| u8::try_from(mean).unwrap_or(255));
            self.rgb.extend([mean(red), mean(green), mean(blue)]);
        }
    }

    /// What came of it; lines that did not come are white.
    pub fn finish(mut self) -> Bitmap {
        let (width, height) = self.to;
        self.rgb.resize(3 * width * height, 255);
        let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        Bitmap { width: short(width), height: short(height), rgb: self.rgb }
    }
}

/// The picture as it is seen: mirrored, then turned clockwise.
pub(super) fn turned(bitmap: Bitmap, turn: Turn) -> Bitmap {
    if turn == Turn::default() {
        return bitmap;
    }
    let (width, height) = (usize::from(bitmap.width), usize::from(bitmap.height));
    let is_upright = turn.quarters.is_multiple_of(2);
    let (new_width, new_height) = if is_upright { (width, height) } else { (height, width) };
    let mut rgb = Vec::with_capacity(bitmap.rgb.len());
    for y in 0..new_height {
        for x in 0..new_width {
            // Where this pixel was before it was turned.
            let (mut x, y) = match turn.quarters {
                1 => (y, height - 1 - x),
                2 => (width - 1 - x, height - 1 - y),
                3 => (width - 1 - y, x),
                _ => (x, y),
            };
            if turn.mirrored {
                x = width - 1 - x;
            }
            rgb.extend_from_slice(
                bitmap.rgb.get(3 * (y * width + x)..).and_then(|rest| rest.get(..3)).unwrap_or(&[255; 3]),
            );
        }
    }
    let (width, height) = if is_upright { (bitmap.width, bitmap.height) } else { (bitmap.height, bitmap.width) };
    Bitmap { width, height, rgb }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_means_and_what_is_not_there_is_white() {
        let mut shrink = Shrink::new(4, 2, 2);
        shrink.line(&[0, 255, 100, 100], 1);
        shrink.line(&[0, 255, 100, 100], 1);
        assert_eq!(shrink.finish().rgb, [127, 127, 127, 100, 100, 100]);
        let mut shrink = Shrink::new(1, 2, 9);
        shrink.line(&[10, 20, 30, 0], 4);
        assert_eq!(shrink.finish(), Bitmap { width: 1, height: 2, rgb: vec![255; 6] });
    }

    /// A narrow strip keeps a pixel, and every length of lines comes out whole.
    #[test]
    fn all_sizes_come_out_whole() {
        for (width, height) in [(1, 1), (1, 5000), (5000, 1), (7, 3), (1201, 899), (600, 600)] {
            let mut shrink = Shrink::new(width, height, 600);
            (0..height).for_each(|_| shrink.line(&vec![9; 3 * width as usize], 3));
            let bitmap = shrink.finish();
            assert_eq!(bitmap.rgb.len(), 3 * usize::from(bitmap.width) * usize::from(bitmap.height));
            assert!(bitmap.rgb.iter().all(|value| *value == 9), "{width}×{height}");
        }
    }

    #[test]
    fn a_picture_is_turned_clockwise() {
        let bitmap = Bitmap { width: 2, height: 1, rgb: vec![1, 1, 1, 2, 2, 2] };
        let seen = |mirrored, quarters| {
            let turned = turned(bitmap.clone(), Turn { mirrored, quarters });
            (turned.width, turned.height, turned.rgb.chunks(3).map(|pixel| pixel[0]).collect::<Vec<_>>())
        };
        assert_eq!(seen(false, 1), (1, 2, vec![1, 2]));
        assert_eq!(seen(false, 2), (2, 1, vec![2, 1]));
        assert_eq!(seen(false, 3), (1, 2, vec![2, 1]));
        assert_eq!(seen(true, 0), (2, 1, vec![2, 1]));
        assert_eq!(seen(true, 1), (1, 2, vec![2, 1]));
    }
}
