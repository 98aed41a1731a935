//! Drawings of networks, so that the demo needs no files.

use image::{DynamicImage, Rgb, RgbImage};

const PAPER: Rgb<u8> = Rgb([250, 250, 247]);
const LINE: Rgb<u8> = Rgb([110, 122, 140]);

/// A router, switches below it, and machines below each of them.
pub(super) fn network(switches: u32, machines: u32) -> DynamicImage {
    let mut image = RgbImage::from_pixel(960, 540, PAPER);
    let middle = 480;
    rectangle(&mut image, middle - 70, 40, 140, 60, Rgb([46, 97, 168]));
    for switch in 0..switches {
        let (left, right) = (switch * 960 / switches, (switch + 1) * 960 / switches);
        let x = left.midpoint(right);
        line(&mut image, (middle, 100), (x, 210));
        for machine in 0..machines {
            let at = left + (2 * machine + 1) * (right - left) / (2 * machines);
            line(&mut image, (x, 250), (at, 400));
            rectangle(&mut image, at.saturating_sub(22), 400, 44, 60, Rgb([74, 157, 122]));
        }
        rectangle(&mut image, x.saturating_sub(50), 210, 100, 40, Rgb([218, 141, 55]));
    }
    DynamicImage::ImageRgb8(image)
}

fn rectangle(image: &mut RgbImage, left: u32, top: u32, width: u32, height: u32, color: Rgb<u8>) {
    for y in top..top + height {
        for x in left..left + width {
            dot(image, x, y, color);
        }
    }
}

fn line(image: &mut RgbImage, from: (u32, u32), to: (u32, u32)) {
    let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
    for step in 0..=steps {
        let between = |from: u32, to: u32| (from * (steps - step) + to * step) / steps;
        let (x, y) = (between(from.0, to.0), between(from.1, to.1));
        dot(image, x, y, LINE);
        dot(image, x + 1, y, LINE);
    }
}

fn dot(image: &mut RgbImage, x: u32, y: u32, color: Rgb<u8>) {
    if let Some(pixel) = image.get_pixel_mut_checked(x, y) {
        *pixel = color;
    }
}
