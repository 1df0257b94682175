"""Turns a clean page picture into what a scanner makes of it.

Every function takes and gives 8-bit RGB arrays (height, width, 3) on a page of `dpi` dots per inch;
lengths inside are given in points and scaled, so that a damage looks the same at each resolution.
`scan_page` also returns where each point of the clean page went: a 2x3 matrix from points of the clean
page to points of the scan as shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]
Matrix = NDArray[np.float64]
Mode = Literal["gray", "colour", "bilevel"]


@dataclass(frozen=True, slots=True)
class Damage:
    """What happens to a page. Strengths run from 0 (none) to 1 (hard, but a person still reads it).

    `skew` is in degrees clockwise, `turn` a clockwise turn of the finished page (0, 90, 180, 270),
    `jpeg` a quality (None: kept without loss), `threshold` the level that bilevel fax cuts at.
    """

    dpi: int = 200
    mode: Mode = "gray"
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.3
    noise: float = 0.2
    fade: float = 0.0
    shadow: float = 0.0
    specks: float = 0.0
    broken: float = 0.0
    thickness: float = 0.0
    stamp: bool = False
    ink: bool = False
    holes: bool = False
    staple: bool = False
    border: float = 0.0
    streaks: int = 0
    paper: float = 0.0
    through: float = 0.0
    folds: int = 0
    jpeg: int | None = 75
    threshold: int = 150


CLEAN = Damage(blur=0.0, noise=0.0, jpeg=None)
"""Only rendered at its resolution."""


def draw_damage(rng: np.random.Generator, dpi: int | None = None) -> Damage:
    """A random page's damage: a usual scan with one or two heavier faults on it."""
    usual = Damage(
        dpi=dpi or int(rng.choice([150, 200, 300])),
        mode=str(rng.choice(["gray", "gray", "colour", "bilevel"])),  # type: ignore[arg-type]
        skew=float(rng.normal(0, 0.6)),
        blur=float(rng.uniform(0.1, 0.5)),
        noise=float(rng.uniform(0.1, 0.5)),
        jpeg=int(rng.integers(55, 90)),
        threshold=int(rng.integers(120, 185)),
    )
    for fault in rng.choice(len(FAULTS), size=int(rng.integers(0, 3)), replace=False):
        usual = FAULTS[int(fault)](usual, rng)
    return usual


FAULTS: tuple[Callable[[Damage, np.random.Generator], Damage], ...] = (
    lambda d, r: replace(d, skew=float(r.uniform(-3, 3))),
    lambda d, r: replace(d, turn=int(r.choice([90, 180, 270]))),
    lambda d, r: replace(d, fade=float(r.uniform(0.3, 0.9))),
    lambda d, r: replace(d, shadow=float(r.uniform(0.3, 1.0))),
    lambda d, r: replace(d, specks=float(r.uniform(0.2, 1.0))),
    lambda d, r: replace(d, broken=float(r.uniform(0.2, 1.0))),
    lambda d, r: replace(d, thickness=float(r.uniform(-0.7, 1.0))),
    lambda d, r: replace(d, stamp=True, mode="colour" if r.random() < 0.7 else d.mode),
    lambda d, r: replace(d, ink=True, mode="colour" if r.random() < 0.7 else d.mode),
    lambda d, r: replace(d, holes=True, staple=True),
    lambda d, r: replace(d, jpeg=int(r.integers(25, 50))),
    lambda d, r: replace(d, noise=float(r.uniform(0.5, 1.0))),
    lambda d, r: replace(d, border=float(r.uniform(0.2, 1.0))),
    lambda d, r: replace(d, streaks=int(r.integers(1, 4))),
    lambda d, r: replace(d, paper=float(r.uniform(0.3, 1.0))),
    lambda d, r: replace(d, through=float(r.uniform(0.3, 1.0))),
    lambda d, r: replace(d, folds=int(r.integers(1, 3))),
)


def scan_page(clean: Image.Image, damage: Damage, seed: int) -> tuple[Image.Image, Matrix]:
    """Damages a page rendered at `damage.dpi`; gives the scan and the matrix in points."""
    rng = np.random.default_rng(seed)
    picture: Picture = np.asarray(clean.convert("RGB"))
    unit = damage.dpi / 72
    if damage.thickness:
        picture = _thicken(picture, damage.thickness, unit)
    if damage.broken:
        picture = _break_lines(picture, damage.broken, unit, rng)
    if damage.fade:
        picture = _fade(picture, damage.fade, unit, rng)
    if damage.ink:
        picture = _ink(picture, unit, rng)
    if damage.stamp:
        picture = _stamp(picture, unit, rng)
    if damage.through:
        picture = _through(picture, damage.through, unit)
    if damage.paper:
        picture = _paper(picture, damage.paper, unit, rng)
    if damage.folds:
        picture = _folds(picture, damage.folds, unit, rng)
    picture, matrix = _skew(picture, damage.skew)
    if damage.holes:
        picture = _holes(picture, unit)
    if damage.staple:
        picture = _staple(picture, unit, rng)
    if damage.shadow:
        picture = _shadow(picture, damage.shadow, rng)
    if damage.border:
        picture = _border(picture, damage.border, unit, rng)
    if damage.streaks:
        picture = _streaks(picture, damage.streaks, unit, rng)
    picture = _optics(picture, damage, unit, rng)
    if damage.specks:
        picture = _specks(picture, damage.specks, unit, rng)
    picture, matrix = _turn(picture, matrix, damage.turn)
    points = matrix.copy()
    points[:, 2] /= unit
    return _finish(picture, damage), points


def blank_page(width_pt: float, height_pt: float, damage: Damage, seed: int) -> Image.Image:
    """The empty back of a sheet, scanned along."""
    unit = damage.dpi / 72
    size = (round(width_pt * unit), round(height_pt * unit))
    return scan_page(Image.new("RGB", size, "white"), damage, seed)[0]


def _thicken(picture: Picture, strength: float, unit: float) -> Picture:
    """Strokes grown (toner spread) or thinned by up to a quarter of a point."""
    amount = abs(strength) * 0.25 * unit
    side = int(np.ceil(amount)) * 2 + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    changed = cv2.erode(picture, kernel) if strength > 0 else cv2.dilate(picture, kernel)
    share = amount / np.ceil(amount)
    # Thinning all the way would wipe out hairlines, which a scanner only pales.
    share = share if strength > 0 else min(share, 0.6)
    return cv2.addWeighted(picture, 1 - share, changed, share, 0).astype(np.uint8)


def _break_lines(
    picture: Picture, strength: float, unit: float, rng: np.random.Generator
) -> Picture:
    """Gaps in the ruling lines: strips in which long thin runs are wiped out."""
    dark = (picture.min(axis=2) < 160).astype(np.uint8)
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, int(24 * unit)), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((int(16 * unit), 1), np.uint8))
    lines = np.asarray(across, bool) | np.asarray(down, bool)
    coarse = rng.random(
        (picture.shape[0] // int(3 * unit) + 1, picture.shape[1] // int(3 * unit) + 1)
    )
    gaps = cv2.resize(
        (coarse < 0.22 * strength).astype(np.uint8), picture.shape[1::-1], interpolation=0
    )
    out = picture.copy()
    out[lines & gaps.astype(bool)] = 255
    return out


def _fade(picture: Picture, strength: float, unit: float, rng: np.random.Generator) -> Picture:
    """Toner running out: paler ink in soft vertical bands, with grain."""
    width = picture.shape[1]
    bands = np.interp(np.arange(width), np.linspace(0, width, 9), rng.uniform(0.3, 1, 9))
    grain = _cloud(picture.shape[:2], 0.7 * unit, rng)
    left = 1 - strength * (0.45 * bands[None, :] + 0.25 * grain)
    return (
        (255 - (255 - picture.astype(np.float32)) * left[..., None]).clip(0, 255).astype(np.uint8)
    )


def _cloud(shape: tuple[int, ...], size: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Smooth random field in 0..1 with features about `size` pixels wide."""
    step = max(1.0, size)
    coarse = rng.random((int(shape[0] / step) + 2, int(shape[1] / step) + 2)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0])), np.float32)


def _multiply(picture: Picture, layer: Picture) -> Picture:
    """Transparent ink over the page."""
    return (picture.astype(np.uint16) * layer // 255).astype(np.uint8)


def _stamp(picture: Picture, unit: float, rng: np.random.Generator) -> Picture:
    """A round red seal, 36 mm across, anywhere on the lower two thirds."""
    height, width = picture.shape[:2]
    layer = np.full_like(picture, 255)
    radius = 51 * unit
    centre = (int(rng.uniform(0.25, 0.8) * width), int(rng.uniform(0.35, 0.8) * height))
    red = tuple(
        int(c) for c in (rng.integers(190, 235), rng.integers(50, 90), rng.integers(60, 100))
    )
    for share, thick in ((1.0, 2.2), (0.93, 0.8), (0.62, 0.8)):
        cv2.circle(
            layer, centre, int(radius * share), red, max(1, round(thick * unit)), cv2.LINE_AA
        )
    _seal_text(layer, centre, radius, red, unit)
    worn = 0.55 + 0.45 * _cloud(picture.shape[:2], 1.2 * unit, rng)
    layer = (255 - (255 - layer) * worn[..., None]).astype(np.uint8)
    return _multiply(picture, layer)


def _seal_text(
    layer: Picture, centre: tuple[int, int], radius: float, red: tuple[int, ...], unit: float
) -> None:
    """Letters round the rim and a star in the middle."""
    for index, letter in enumerate("UY BAN NHAN DAN * HUYEN TUAN GIAO * "):
        angle = index / 36 * 2 * np.pi
        x = centre[0] + 0.78 * radius * np.sin(angle) - 2.5 * unit
        y = centre[1] - 0.78 * radius * np.cos(angle) + 3 * unit
        cv2.putText(layer, letter, (int(x), int(y)), cv2.FONT_HERSHEY_SIMPLEX, 0.3 * unit,
                    red, max(1, round(0.8 * unit)), cv2.LINE_AA)  # fmt: skip
    angles = np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2 == 0, 0.45, 0.18) * radius
    star = np.stack(
        [centre[0] + reach * np.sin(angles), centre[1] - reach * np.cos(angles)], axis=1
    )
    cv2.fillPoly(layer, [star.astype(np.int32)], red, cv2.LINE_AA)


def _ink(picture: Picture, unit: float, rng: np.random.Generator) -> Picture:
    """A signature's loops and two pen ticks in blue."""
    height, width = picture.shape[:2]
    layer = np.full_like(picture, 255)
    blue = (int(rng.integers(30, 70)), int(rng.integers(50, 90)), int(rng.integers(150, 210)))
    thick = max(1, round(1.1 * unit))
    start = np.array([rng.uniform(0.2, 0.7) * width, rng.uniform(0.35, 0.8) * height])
    time = np.linspace(0, 1, 200)[:, None]
    waves = sum(
        rng.normal(0, 20 / k, 2) * unit * np.sin(2 * np.pi * k * time + rng.uniform(0, 6, 2))
        for k in (1, 2, 3, 5)
    )
    path = start + waves + time * np.array([90 * unit, 0])
    cv2.polylines(layer, [path.astype(np.int32)], False, blue, thick, cv2.LINE_AA)
    for _ in range(2):
        x, y = rng.uniform(0.3, 0.9) * width, rng.uniform(0.3, 0.8) * height
        tick = np.array([[x, y], [x + 4 * unit, y + 6 * unit], [x + 14 * unit, y - 10 * unit]])
        cv2.polylines(layer, [tick.astype(np.int32)], False, blue, thick, cv2.LINE_AA)
    return _multiply(picture, layer)


def _through(picture: Picture, strength: float, unit: float) -> Picture:
    """A sheet printed on both sides: a page like this one seen through it, mirrored, soft and pale."""
    back = cv2.GaussianBlur(picture[:, ::-1], (0, 0), 0.5 * unit).astype(np.float32)
    back = np.roll(back, int(9 * unit), axis=0)
    seen = 1 - 0.22 * strength * (1 - back / 255)
    return np.asarray(picture * seen, np.uint8)


def _paper(picture: Picture, strength: float, unit: float, rng: np.random.Generator) -> Picture:
    """Yellowed or gray paper with fibres and stains."""
    tint = 1 - strength * np.array(
        [(0.02, 0.06, 0.22), (0.10, 0.10, 0.10)][int(rng.integers(2))], np.float32
    )
    shape = picture.shape[:2]
    fibres = 0.06 * _cloud(shape, 1.0 * unit, rng) + 0.07 * _cloud(shape, 6 * unit, rng)
    stains = 0.12 * np.clip(_cloud(shape, 90 * unit, rng) - 0.6, 0, 1)
    return np.asarray(picture * tint * (1 - strength * (fibres + stains))[..., None], np.uint8)


def _folds(picture: Picture, count: int, unit: float, rng: np.random.Generator) -> Picture:
    """A sheet folded across: a dark and a pale edge beside each other, toner cracked off in between."""
    out = picture.astype(np.float32)
    width = picture.shape[1]
    for place in rng.uniform(0.2, 0.9, count):
        y = int(place * picture.shape[0])
        edge = max(1, round(0.8 * unit))
        out[y - 3 * edge : y] *= np.linspace(1, rng.uniform(0.75, 0.9), 3 * edge)[:, None, None]
        cracked = np.repeat(rng.random(width // edge + 1) < 0.3, edge)[:width]
        crease = out[y : y + edge]
        crease[:, cracked] = np.maximum(crease[:, cracked], 215)
    return out.astype(np.uint8)


def _skew(picture: Picture, degrees: float) -> tuple[Picture, Matrix]:
    height, width = picture.shape[:2]
    around = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    matrix: Matrix = np.asarray(around, np.float64)
    if not degrees:
        return picture, matrix
    white = (255, 255, 255)
    turned = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white
    )
    return np.asarray(turned, np.uint8), matrix


def _holes(picture: Picture, unit: float) -> Picture:
    """Two punch holes, 80 mm apart, 12 mm from the left edge: dark, as a scanner's lid shows."""
    out = picture.copy()
    middle = picture.shape[0] // 2
    for offset in (-113, 113):
        cv2.circle(
            out, (int(34 * unit), int(middle + offset * unit)), int(8 * unit), (40, 40, 40), -1
        )
    return out


def _staple(picture: Picture, unit: float, rng: np.random.Generator) -> Picture:
    out = picture.copy()
    start = np.array([rng.uniform(25, 45), rng.uniform(25, 45)]) * unit
    end = start + np.array([26, -rng.uniform(5, 20)]) * unit
    for shift, shade in ((1.5, (150, 150, 150)), (0.0, (70, 70, 70))):
        a, b = (start + shift * unit).astype(int), (end + shift * unit).astype(int)
        cv2.line(out, a.tolist(), b.tolist(), shade, max(1, int(1.6 * unit)), cv2.LINE_AA)
    return out


def _shadow(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """The dark gutter of an open binding on one side and a soft gradient over the page."""
    height, width = picture.shape[:2]
    x, y = np.linspace(0, 1, width)[None, :], np.linspace(0, 1, height)[:, None]
    angle = rng.uniform(0, 2 * np.pi)
    slope = 0.5 + 0.5 * (np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5)) * 1.4
    gutter = np.exp(-(x if rng.random() < 0.5 else 1 - x) / 0.06)
    light = 1 - strength * (0.3 * slope + 0.45 * gutter)
    return np.asarray(picture * light.clip(0.2, 1)[..., None], np.uint8)


def _border(picture: Picture, strength: float, unit: float, rng: np.random.Generator) -> Picture:
    """The scanner's dark lid beside the sheet, on one to four sides, up to 8 mm wide and a little ragged: it lies
    straight however the sheet does."""
    out = picture.copy()
    shade = int(rng.integers(5, 100))
    for turn in rng.permutation(4)[: rng.integers(1, 5)].tolist():
        side = np.rot90(out, turn)
        height, width = side.shape[:2]
        ragged = rng.normal(0, 0.4, height // 20 + 1).repeat(20)[:height]
        depth = (rng.uniform(0.4, 1.0) * strength * 23 + ragged) * unit
        side[np.arange(width) < depth[:, None]] = shade
    return out


def _streaks(picture: Picture, count: int, unit: float, rng: np.random.Generator) -> Picture:
    """Dust on a feeder's glass: dark lines of half a point, straight down the whole picture."""
    out = picture.astype(np.float32)
    for place in rng.uniform(0.1, 0.9, count):
        x = int(place * picture.shape[1])
        out[:, x : x + max(1, round(0.5 * unit))] *= rng.uniform(0.35, 0.65)
    return out.astype(np.uint8)


def _optics(picture: Picture, damage: Damage, unit: float, rng: np.random.Generator) -> Picture:
    """The lens's blur and the sensor's noise."""
    out = picture.astype(np.float32)
    if damage.blur:
        width = 0.15 + damage.blur * 0.45 * unit / (200 / 72)
        out = np.asarray(cv2.GaussianBlur(out, (0, 0), width), np.float32)
    if damage.noise:
        grain = rng.normal(0, 22 * damage.noise, out.shape[:2]).astype(np.float32)
        out += (cv2.GaussianBlur(grain, (0, 0), 0.6) * 1.6)[..., None]
    return out.clip(0, 255).astype(np.uint8)


def _specks(picture: Picture, strength: float, unit: float, rng: np.random.Generator) -> Picture:
    """Dust: dark dots of up to a point across, at worst 1500 on a page."""
    out = picture.copy()
    height, width = out.shape[:2]
    for _ in range(int(1500 * strength)):
        place = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        shade = int(rng.integers(0, 150))
        size = rng.exponential(0.22) * unit
        cv2.circle(out, place, int(min(size, 0.5 * unit)), (shade, shade, shade), -1)
    return out


def _turn(picture: Picture, matrix: Matrix, turn: int) -> tuple[Picture, Matrix]:
    height, width = picture.shape[:2]
    steps = {
        0: np.array([[1, 0, 0], [0, 1, 0]], float),
        90: np.array([[0, -1, height], [1, 0, 0]], float),
        180: np.array([[-1, 0, width], [0, -1, height]], float),
        270: np.array([[0, 1, 0], [-1, 0, width]], float),
    }[turn]
    full = np.vstack([matrix, [0, 0, 1]])
    return np.ascontiguousarray(np.rot90(picture, -turn // 90)), steps @ full


def _finish(picture: Picture, damage: Damage) -> Image.Image:
    """The scanner's output: colour, gray or fax, through JPEG where it is lossy."""
    if damage.mode == "bilevel":
        gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        return Image.fromarray(np.where(gray > damage.threshold, 255, 0).astype(np.uint8)).convert(
            "1"
        )
    out = picture if damage.mode == "colour" else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if damage.jpeg:
        bgr = out[..., ::-1] if out.ndim == 3 else out
        data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg])[1]
        how = cv2.IMREAD_COLOR if out.ndim == 3 else cv2.IMREAD_GRAYSCALE
        out = np.asarray(cv2.imdecode(data, how), np.uint8)
        out = out[..., ::-1] if out.ndim == 3 else out
    return Image.fromarray(np.ascontiguousarray(out))
