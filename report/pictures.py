"""Pictures of the places that findings and doubtful cells point to, and of the pages they stand on.

Pages are rendered in forks of their own, like the reading: a page that hangs the renderer costs its
pictures and nothing else. Pictures are kept beside the results, by content.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import msgspec
import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from audit.fork import Watch, run_forks
from audit.job import Examination
from audit.run import Audit, Kept
from extract.document import Box
from extract.image import FORMATS, resolution
from extract.limits import refuse_pixels
from normalise.submission import Submission
from reconcile.finding import Finding
from report.doubtful import CellPlace, doubtful
from report.turning import upright_box, upright_picture, upright_size

CROP_DPI = 150
"""Sharp enough to read 7 pt figures in a crop."""

PAGE_WIDTH = 1240
"""Pixels across a page picture: 150 dpi on upright A4; legible at full width of an office screen."""

LONGEST = 4000
"""Pixels of the longest side of a rendered page; A3 at CROP_DPI has 2480."""

PAGE_QUALITY = 45
"""WebP quality at which 8 pt figures stay legible; about 60 kB a page."""

CROP_AROUND = (90.0, 14.0)
"""Points shown beside and above a figure: its neighbours and the lines around it."""

CROP_WIDEST = 330.0
"""Points: of a row or a sentence its beginning, or the letters get too small for a cell of the workbook."""

CROP_COLOURS = 16
"""Enough for grey letters and a red frame; a scan's crop takes a third of what 32 dithered ones take."""

FRAME = "#C00000"
PDF, PICTURES = (".pdf",), (".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A crop around a box of a page. `key` names it: a finding's id, or table, row and field."""

    key: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as WebP, upright. `width` and `height` are the upright page's, in points.

    `turned` is the clockwise turn that set it upright: boxes must be turned likewise (`place`).
    """

    page: int
    width: float
    height: float
    turned: int
    webp: bytes

    def place(self, box: Box) -> Box:
        """Where a box of the page as the file has it lies on the picture, in points."""
        shown = upright_size(self.width, self.height, self.turned)
        return upright_box(box, *shown, self.turned)


@dataclass(frozen=True, slots=True)
class Album:
    """One document's pictures: crops (PNG) by key, and pages."""

    crops: dict[str, bytes]
    pages: tuple[PagePicture, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken from one file; `pages` are numbers and the turns that set them upright."""

    path: str
    shown: str
    sha256: str
    crops: tuple[Wanted, ...]
    pages: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Pictures:
    """The albums of an audit, read back one document at a time."""

    audit: Audit
    places: Mapping[str, Path]

    def album(self, shown: str) -> Album:
        place = self.places.get(shown)
        kept = self.audit.store.load(place, Album) if place else None
        return kept or Album({}, ())


def cell_key(place: CellPlace) -> str:
    """The key of a cell's crop."""
    return f"{place[0]}/{place[1]}/{place[2]}"


def take(audit: Audit) -> Pictures:
    """Take every picture that the workbook and the page need, keeping those already kept."""
    places: dict[str, Path] = {}
    todo: deque[Order] = deque()
    manner = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    for order in _orders(audit):
        place = audit.store.place((manner, replace(order, path="")))
        places[order.shown] = place
        if not audit.store.sound(place):
            todo.append(order)
    spool = audit.store.scratch()
    for ended in run_forks(todo, photograph, audit.settings.jobs, audit.settings.limits, spool):
        if ended.result is not None:
            album = msgspec.json.decode(ended.result, type=Album)
            audit.store.save(places[ended.task.shown], album)
    return Pictures(audit, places)


def _orders(audit: Audit) -> Iterable[Order]:
    by_path = {k.input.shown: k for k in audit.documents}
    for examination in audit.examinations():
        kept = by_path[examination.submission.path]
        if kept.input.path.suffix.lower() not in PDF + PICTURES:
            continue
        mine = audit.findings.of(kept.input.shown)
        crops = tuple(_wanted(examination, mine))
        numbers = {w.page for w in crops} | {f.page for f in mine if f.page is not None}
        if numbers:
            yield _order(kept, examination.submission, crops, sorted(numbers))


def _wanted(examination: Examination, findings: Sequence[Finding]) -> Iterable[Wanted]:
    for finding in findings:
        if finding.page is not None and finding.box is not None:
            yield Wanted(finding.id, finding.page, finding.box)
    for place, entry in doubtful(examination):
        if entry.box is not None:
            yield Wanted(cell_key(place), entry.page, entry.box)


def _order(
    kept: Kept, submission: Submission, crops: tuple[Wanted, ...], numbers: list[int]
) -> Order:
    turned = dict(submission.turned)
    pages = tuple((number, turned.get(number, 0)) for number in numbers)
    return Order(str(kept.input.path), kept.input.shown, submission.sha256, crops, pages)


def photograph(order: Order, watch: Watch) -> bytes:
    """In the fork: render the pages of an order and cut its crops out of them."""
    crops: dict[str, bytes] = {}
    pages: list[PagePicture] = []
    for number, turned in order.pages:
        watch(number, "digital")
        picture, width, height = _render(Path(order.path), number)
        upright = upright_picture(picture, turned)
        size = upright_size(width, height, turned)
        page = PagePicture(number, *size, turned, _page(upright))
        for wanted in order.crops:
            if wanted.page == number:
                crops[wanted.key] = _crop(upright, page.place(wanted.box), page.width)
        pages.append(page)
    return msgspec.json.encode(Album(crops, tuple(pages)))


def _render(path: Path, number: int) -> tuple[Image.Image, float, float]:
    """A page as the file has it, at CROP_DPI, coarser where it is no sheet of paper; its size in points."""
    if path.suffix.lower() in PICTURES:
        return _frame(path, number)
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(CROP_DPI / 72, LONGEST / max(width, height))
        picture = page.render(scale=scale).to_pil().convert("RGB")
    return picture, width, height


def _frame(path: Path, number: int) -> tuple[Image.Image, float, float]:
    with Image.open(path, formats=FORMATS) as file:
        file.seek(number - 1)
        refuse_pixels(file.width, file.height)
        shown = ImageOps.exif_transpose(file)
        dpi = resolution(shown)
        width, height = shown.width * 72 / dpi, shown.height * 72 / dpi
        picture = shown.convert("RGB")
    picture.thumbnail((round(width * CROP_DPI / 72), round(height * CROP_DPI / 72)))
    return picture, width, height


def _crop(page: Image.Image, box: Box, width: float) -> bytes:
    scale = page.width / width
    beside, above = CROP_AROUND
    left = max(0.0, box.x0 - beside)
    x0, y0 = int(left * scale), int(max(0.0, box.top - above) * scale)
    x1 = int(min(box.x1 + beside, left + CROP_WIDEST, width) * scale)
    y1 = min(page.height, int((box.bottom + above) * scale))
    area = (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))
    picture = page.crop(area)
    frame = [
        int(box.x0 * scale) - area[0] - 2,
        int(box.top * scale) - area[1] - 2,
        int(box.x1 * scale) - area[0] + 2,
        int(box.bottom * scale) - area[1] + 2,
    ]
    ImageDraw.Draw(picture).rectangle(frame, outline=FRAME, width=2)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    few = picture.quantize(CROP_COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def _page(page: Image.Image) -> bytes:
    out = BytesIO()
    height = round(page.height * PAGE_WIDTH / page.width)
    page.resize((PAGE_WIDTH, height), Image.Resampling.LANCZOS).save(
        out, "WEBP", quality=PAGE_QUALITY
    )
    return out.getvalue()
