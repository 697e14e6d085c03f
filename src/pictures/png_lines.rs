//! The lines of a PNG: their filters undone (ISO/IEC 15948, 9.2), and the seven rounds of Adam7 put in order (8.2).

use std::io::{self, Read};

use super::png::PngHead;
use super::png_plate::line_bytes;

/// Undoes the filter of a line; `false` where there is no such filter.
pub(super) fn unfilter(filter: u8, line: &mut [u8], above: &[u8], head: PngHead) -> bool {
    let back = (head.color.n_samples() * usize::from(head.bits) / 8).max(1);
    for at in 0..line.len() {
        let left = if at >= back { line[at - back] } else { 0 };
        let up = above.get(at).copied().unwrap_or_default();
        let corner = if at >= back { above.get(at - back).copied().unwrap_or_default() } else { 0 };
        let guess = match filter {
            0 => 0,
            1 => left,
            2 => up,
            3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
            4 => paeth(left, up, corner),
            _ => return false,
        };
        line[at] = line[at].wrapping_add(guess);
    }
    filter <= 4
}

/// Whichever of the three is nearest to left + up − corner.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (to_left, to_up, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    match () {
        () if to_left <= to_up && to_left <= to_corner => left,
        () if to_up <= to_corner => up,
        () => corner,
    }
}

/// First column, first line, step across and step down of each round.
const ROUNDS: [(u32, u32, u32, u32); 7] =
    [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

/// A picture whose rounds have been put in order, whole.
pub(super) struct Adam7 {
    n_bytes: usize,
    pixels: Vec<u8>,
}

impl Adam7 {
    /// Reads all rounds.
    pub fn read(mut lines: impl Read, head: PngHead) -> io::Result<Self> {
        let n_bytes = line_bytes(head.width, head);
        let mut whole = Self { n_bytes, pixels: vec![0; n_bytes.saturating_mul(head.height as usize)] };
        let bits = head.color.n_samples() * usize::from(head.bits);
        for (first_x, first_y, across, down) in ROUNDS {
            let (columns, rows) = (steps(head.width, first_x, across), steps(head.height, first_y, down));
            if columns == 0 || rows == 0 {
                continue;
            }
            let n_bytes = line_bytes(columns, head);
            let (mut line, mut above) = (vec![0; n_bytes + 1], vec![0; n_bytes]);
            for row in 0..rows {
                lines.read_exact(&mut line)?;
                let filter = line[0];
                if !unfilter(filter, &mut line[1..], &above, head) {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                let y = (first_y + row * down) as usize;
                for column in 0..columns {
                    whole.set((first_x + column * across) as usize, y, &line[1..], column as usize, bits);
                }
                above.copy_from_slice(&line[1..]);
            }
        }
        Ok(whole)
    }

    /// The lines in order.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.n_bytes.max(1))
    }

    fn set(&mut self, x: usize, y: usize, from: &[u8], at: usize, bits: usize) {
        let line = &mut self.pixels[y * self.n_bytes..][..self.n_bytes];
        if bits >= 8 {
            let n = bits / 8;
            line[x * n..][..n].copy_from_slice(&from[at * n..][..n]);
        } else {
            let value = from[at * bits / 8] >> (8 - bits - at * bits % 8) & ((1 << bits) - 1);
            line[x * bits / 8] |= value << (8 - bits - x * bits % 8);
        }
    }
}

fn steps(length: u32, first: u32, step: u32) -> u32 {
    length.saturating_sub(first).div_ceil(step)
}
