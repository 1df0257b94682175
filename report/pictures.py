"""Pictures of the places that findings and doubtful cells point to, and of the pages they stand on.

Pages are rendered in forks of their own, like the reading: a page that hangs the renderer costs its
pictures and nothing else. Pictures are kept beside the results, by content.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import msgspec
import pypdfium2
from PIL import Image, ImageDraw, ImageSequence

from audit.fork import Watch, run_forks
from audit.run import Audit, Kept
from extract.document import Box
from reconcile.finding import Finding
from report.doubtful import CellPlace, doubtful

CROP_DPI = 150
"""Sharp enough to read 7 pt figures in a crop."""

PAGE_WIDTH = 1240
"""Pixels across a page picture: 150 dpi on upright A4; legible at full width of an office screen."""

PAGE_QUALITY = 45
"""WebP quality at which 8 pt figures stay legible; about 60 kB a page."""

CROP_AROUND = (190.0, 16.0)
"""Points shown beside and above a figure: its row's neighbours and the lines around it."""

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
    """A page as WebP, and its size in points, the unit of the boxes."""

    page: int
    width: float
    height: float
    webp: bytes


@dataclass(frozen=True, slots=True)
class Album:
    """One document's pictures: crops (PNG) by key, and pages."""

    crops: dict[str, bytes]
    pages: tuple[PagePicture, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken from one file."""

    path: str
    shown: str
    sha256: str
    crops: tuple[Wanted, ...]
    pages: tuple[int, ...]


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
    for order in _orders(audit):
        place = audit.store.place(order)
        places[order.shown] = place
        if not place.exists():
            todo.append(order)
    spool = audit.store.scratch()
    for ended in run_forks(todo, photograph, audit.settings.jobs, audit.settings.limits, spool):
        if ended.result is not None:
            album = msgspec.json.decode(ended.result, type=Album)
            audit.store.save(places[ended.task.shown], album)
    return Pictures(audit, places)


def _orders(audit: Audit) -> Iterable[Order]:
    findings: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        findings.setdefault(finding.document, []).append(finding)
    by_path = {k.input.shown: k for k in audit.documents}
    for examination in audit.examinations():
        kept = by_path[examination.submission.path]
        if kept.input.path.suffix.lower() not in PDF + PICTURES:
            continue
        wanted = [
            Wanted(f.id, f.page, f.box)
            for f in findings.get(kept.input.shown, [])
            if f.page is not None and f.box is not None
        ]
        wanted += [
            Wanted(cell_key(place), entry.page, entry.box)
            for place, entry in doubtful(examination)
            if entry.box is not None
        ]
        if wanted:
            yield _order(kept, examination.submission.sha256, wanted)


def _order(kept: Kept, sha256: str, wanted: list[Wanted]) -> Order:
    pages = tuple(sorted({w.page for w in wanted}))
    return Order(str(kept.input.path), kept.input.shown, sha256, tuple(wanted), pages)


def photograph(order: Order, watch: Watch) -> bytes:
    """In the fork: render the pages of an order and cut its crops out of them."""
    crops: dict[str, bytes] = {}
    pages: list[PagePicture] = []
    for number in order.pages:
        watch(number, "digital")
        page, width, height = _render(Path(order.path), number)
        for wanted in order.crops:
            if wanted.page == number:
                crops[wanted.key] = _crop(page, wanted.box, width)
        pages.append(PagePicture(number, width, height, _page(page)))
    return msgspec.json.encode(Album(crops, tuple(pages)))


def _render(path: Path, number: int) -> tuple[Image.Image, float, float]:
    """A page as a picture of CROP_DPI, and its size in points."""
    if path.suffix.lower() in PICTURES:
        return _frame(path, number)
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        picture = page.render(scale=CROP_DPI / 72).to_pil().convert("RGB")
    return picture, width, height


def _frame(path: Path, number: int) -> tuple[Image.Image, float, float]:
    with Image.open(path) as file:
        frames = ImageSequence.all_frames(file) if getattr(file, "n_frames", 1) > 1 else [file]
        picture = frames[number - 1].convert("RGB")
        dpi = float(file.info.get("dpi", (CROP_DPI, CROP_DPI))[0]) or CROP_DPI
    return picture, picture.width * 72 / dpi, picture.height * 72 / dpi


def _crop(page: Image.Image, box: Box, width: float) -> bytes:
    scale = page.width / width
    beside, above = CROP_AROUND
    area = (
        max(0, int((box.x0 - beside) * scale)),
        max(0, int((box.top - above) * scale)),
        min(page.width, int((box.x1 + beside) * scale)),
        min(page.height, int((box.bottom + above) * scale)),
    )
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
    picture.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _page(page: Image.Image) -> bytes:
    out = BytesIO()
    height = round(page.height * PAGE_WIDTH / page.width)
    page.resize((PAGE_WIDTH, height), Image.Resampling.LANCZOS).save(
        out, "WEBP", quality=PAGE_QUALITY
    )
    return out.getvalue()
