//! A colour profile for sRGB, made from the numbers of the standard.
//!
//! Sources: IEC 61966-2-1 (primaries, curve) brought to the D50 white of profiles by the Bradford method;
//! ICC.1:2004-10 (profile version 4.2) for the form of the bytes.

/// What the colour space is called.
pub(super) const NAME: &str = "sRGB IEC61966-2.1";

const LICENCE: &str = "CC0";
const HEADER_LEN: usize = 128;

/// The white of all profiles, D50.
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
const RED: [f64; 3] = [0.436_065_7, 0.222_488_4, 0.013_916_0];
const GREEN: [f64; 3] = [0.385_147_1, 0.716_873_2, 0.097_076_4];
const BLUE: [f64; 3] = [0.143_066_4, 0.060_607_9, 0.714_096_1];
/// From the white of sRGB (D65) to D50, row by row.
const ADAPTATION: [f64; 9] =
    [1.047_882, 0.022_919, -0.050_217, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076, 0.751_678];
/// Exponent and bounds of the curve: gamma, a, b, c, d.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// The bytes of the profile.
pub(super) fn profile() -> Vec<u8> {
    let curve = parametric(&CURVE);
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text(NAME)),
        (b"cprt", text(LICENCE)),
        (b"wtpt", numbers(b"XYZ ", &D50)),
        (b"rXYZ", numbers(b"XYZ ", &RED)),
        (b"gXYZ", numbers(b"XYZ ", &GREEN)),
        (b"bXYZ", numbers(b"XYZ ", &BLUE)),
        (b"chad", numbers(b"sf32", &ADAPTATION)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut offset = HEADER_LEN + 4 + 12 * tags.len();
    let (mut table, mut data, mut last) = (Vec::new(), Vec::new(), (Vec::new(), 0));
    for (name, bytes) in &tags {
        // The three curves are one.
        if last.0 != *bytes {
            last = (bytes.clone(), offset);
            data.extend_from_slice(bytes);
            offset += bytes.len();
        }
        table.extend_from_slice(*name);
        table.extend_from_slice(&u32_of(last.1));
        table.extend_from_slice(&u32_of(bytes.len()));
    }
    [&header(offset)[..], &u32_of(tags.len()), &table, &data].concat()
}

fn header(size: usize) -> [u8; HEADER_LEN] {
    let mut header = [0; HEADER_LEN];
    let mut put = |place: usize, bytes: &[u8]| header[place..place + bytes.len()].copy_from_slice(bytes);
    put(0, &u32_of(size));
    put(8, &[4, 0x20, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // A profile must have a date; that of the standard's amendment.
    put(24, &[0x07, 0xD3, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    put(36, b"acsp");
    put(68, &D50.map(fixed).concat());
    header
}

/// A text in English, the only one of its kind.
fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = [b"mluc\0\0\0\0".as_slice(), &u32_of(1), &u32_of(12), b"enUS", &u32_of(units.len()), &u32_of(28)];
    padded([&head.concat()[..], &units].concat())
}

fn numbers(kind: &[u8; 4], numbers: &[f64]) -> Vec<u8> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| fixed(*number)).collect();
    [&kind[..], &[0; 4], &bytes].concat()
}

/// Curve of type 3: a power above a bound, a straight line below it.
fn parametric(parameters: &[f64; 5]) -> Vec<u8> {
    let bytes: Vec<u8> = parameters.iter().flat_map(|number| fixed(*number)).collect();
    [b"para\0\0\0\0\0\x03\0\0".as_slice(), &bytes].concat()
}

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// A number with sixteen binary places.
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65_536.0).round() as i32).to_be_bytes()
}

fn u32_of(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or_default().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_says_its_length_and_its_tags_lie_inside() {
        let profile = profile();
        let at = |place: usize| {
            let bytes = [profile[place], profile[place + 1], profile[place + 2], profile[place + 3]];
            u32::from_be_bytes(bytes) as usize
        };
        assert_eq!(at(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..at(HEADER_LEN) {
            let entry = HEADER_LEN + 4 + 12 * tag;
            assert!(at(entry + 4) % 4 == 0 && at(entry + 4) + at(entry + 8) <= profile.len());
        }
    }

    #[test]
    fn primaries_add_up_to_white() {
        for axis in 0..3 {
            assert!((RED[axis] + GREEN[axis] + BLUE[axis] - D50[axis]).abs() < 1e-3);
        }
    }
}
