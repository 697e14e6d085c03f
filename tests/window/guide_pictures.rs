//! The pictures of the guide are cut out of those the screens are compared with (`tests/snapshots`), so neither grows old:
//! smaller, and in few colours, for they are inside the program. `UPDATE_SNAPSHOTS=1 scripts/pictures.sh` makes them anew.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use hyoukasho::guide;

/// Of which screen, where it is cut (x, y, width and height in points), and its name in the guide.
const CUTS: [(&str, [usize; 4], &str); 6] = [
    ("start", [108, 60, 1134, 630], "start"),
    ("form", [8, 57, 1026, 642], "writing"),
    ("preview", [8, 8, 1350, 690], "preview"),
    ("submission", [279, 57, 1077, 690], "submission"),
    ("source", [8, 8, 1350, 750], "source"),
    ("change_table", [279, 90, 1077, 666], "changes"),
];
/// Three points of a screen are two of the guide.
const FROM: usize = 3;
const TO: usize = 2;
const MOST_COLORS: usize = 32;
/// What all of them may weigh together, in bytes.
const MOST_BYTES: usize = 250_000;

type Color = [u8; 3];

/// A picture in few colours: width, the colours, and for each point the number of its colour.
#[derive(PartialEq, Eq)]
struct Reduced {
    width: usize,
    colors: Vec<Color>,
    points: Vec<u8>,
}

fn folder(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn decoder(path: &Path) -> png::Reader<BufReader<File>> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    png::Decoder::new(BufReader::new(file)).read_info().unwrap()
}

/// What is cut out of a screen, made smaller: each point is the mean of those it stands for.
fn cut(screen: &str, [x, y, width, height]: [usize; 4]) -> (usize, Vec<Color>) {
    let mut reader = decoder(&folder("tests/snapshots").join(format!("{screen}.png")));
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgba, png::BitDepth::Eight), "{screen}");
    let line = info.line_size;
    assert!(x + width <= info.width as usize && y + height <= info.height as usize, "{screen}");
    let (n_columns, n_rows) = (width * TO / FROM, height * TO / FROM);
    // In halves of a point: each new one is three wide, each old one two.
    let shares = |at: usize| {
        (at * FROM..(at + 1) * FROM).fold(BTreeMap::new(), |mut shares: BTreeMap<usize, usize>, half| {
            *shares.entry(half / TO).or_default() += 1;
            shares
        })
    };
    let mut points = Vec::with_capacity(n_columns * n_rows);
    for row in 0..n_rows {
        for column in 0..n_columns {
            let mut sums = [0; 3];
            for (old_row, tall) in shares(row) {
                for (old_column, wide) in shares(column) {
                    let at = (y + old_row) * line + (x + old_column) * 4;
                    assert_eq!(bytes[at + 3], 255, "{screen}: there is no window at {row} {column}");
                    (0..3).for_each(|part| sums[part] += usize::from(bytes[at + part]) * tall * wide);
                }
            }
            points.push(sums.map(|sum| u8::try_from(sum / (FROM * FROM)).unwrap()));
        }
    }
    (n_columns, points)
}

/// The colours of a picture in groups of those that are near each other, and the mean of each group.
fn reduced((width, points): (usize, Vec<Color>)) -> Reduced {
    let mut counts: BTreeMap<Color, usize> = BTreeMap::new();
    points.iter().for_each(|color| *counts.entry(*color).or_default() += 1);
    let mut groups: Vec<Vec<(Color, usize)>> = vec![counts.into_iter().collect()];
    while groups.len() < MOST_COLORS {
        // The group that says least about its colours: much spread, many points. Roots, so that small signs keep theirs.
        let of = |group: &Vec<(Color, usize)>| {
            let n: usize = group.iter().map(|(_, count)| count).sum();
            spread(group).0.pow(2) * n.isqrt().isqrt()
        };
        let Some(widest) = (0..groups.len()).filter(|at| groups[*at].len() > 1).max_by_key(|at| of(&groups[*at]))
        else {
            break;
        };
        let mut group = groups.swap_remove(widest);
        let part = spread(&group).1;
        group.sort_by_key(|(color, _)| color[part]);
        let (low, high) = (usize::from(group[0].0[part]), usize::from(group[group.len() - 1].0[part]));
        let at = group.partition_point(|(color, _)| usize::from(color[part]) * 2 <= low + high);
        let rest = group.split_off(at.clamp(1, group.len() - 1));
        groups.extend([group, rest]);
    }
    let mean = |group: &Vec<(Color, usize)>| {
        let n: usize = group.iter().map(|(_, count)| count).sum();
        let sum = |part: usize| group.iter().map(|(color, count)| usize::from(color[part]) * count).sum::<usize>();
        [0, 1, 2].map(|part| u8::try_from((sum(part) + n / 2) / n).unwrap())
    };
    let numbered = groups.iter().zip(0..).flat_map(|(group, n)| group.iter().map(move |(color, _)| (*color, n)));
    let numbers: BTreeMap<Color, u8> = numbered.collect();
    let colors = groups.iter().map(mean).collect();
    Reduced { width, colors, points: points.iter().map(|color| numbers[color]).collect() }
}

/// How far the colours of a group are apart, and in which part of them.
fn spread(group: &[(Color, usize)]) -> (usize, usize) {
    let far = |part: usize| {
        let values = || group.iter().map(|(color, _)| usize::from(color[part]));
        values().max().unwrap_or(0) - values().min().unwrap_or(0)
    };
    (0..3).map(|part| (far(part), part)).max().unwrap()
}

fn write(picture: &Reduced, path: &Path) {
    let (width, height) = (picture.width, picture.points.len() / picture.width);
    let mut encoder =
        png::Encoder::new(File::create(path).unwrap(), u32::try_from(width).unwrap(), u32::try_from(height).unwrap());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(picture.colors.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().unwrap().write_image_data(&picture.points).unwrap();
}

fn read(path: &Path) -> Reduced {
    let mut reader = decoder(path);
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(
        (info.color_type, info.bit_depth),
        (png::ColorType::Indexed, png::BitDepth::Eight),
        "{}",
        path.display()
    );
    let width = info.width as usize;
    let colors = reader.info().palette.as_ref().unwrap().chunks(3).map(|color| [color[0], color[1], color[2]]);
    let colors = colors.collect();
    bytes.truncate(info.buffer_size());
    Reduced { width, colors, points: bytes }
}

#[test]
fn the_pictures_of_the_guide_are_those_of_the_screens() {
    for (screen, place, name) in CUTS {
        let made = reduced(cut(screen, place));
        let path = folder("docs/guide/pictures").join(format!("{name}.png"));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            write(&made, &path);
        }
        let anew = "UPDATE_SNAPSHOTS=1 scripts/pictures.sh makes it anew";
        assert!(read(&path) == made, "{} is not cut out of the screen as it is now; {anew}", path.display());
    }
}

#[test]
fn every_picture_is_in_the_guide_and_they_are_small() {
    let shown: Vec<&str> = guide::chapters().iter().flat_map(guide::Chapter::pictures).collect();
    let mut cut: Vec<String> = CUTS.iter().map(|(_, _, name)| format!("pictures/{name}.png")).collect();
    let mut sorted = shown.clone();
    cut.sort();
    sorted.sort_unstable();
    assert_eq!(sorted, cut, "every picture once");
    let n_bytes: usize = shown.iter().map(|file| guide::picture(file).unwrap().len()).sum();
    assert!(n_bytes < MOST_BYTES, "{n_bytes} bytes");
}
