"""Pictures of pages: PNG, JPEG, and TIFF with one page or many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from .assemble import PageContent, assemble
from .document import Document, Unreadable, Watch, problem_of, unwatched
from .limits import MOST_PAGES, refuse_pixels, refuse_slivers

# Long side of A4 in points: what a page measures when the file does not say.
A4 = 841.89
# Resolutions that scanners write. Others (72 dpi, 1 dpi) are what programs put where they know none.
LEAST_DPI, MOST_DPI = 90.0, 1250.0
# Dots whose sides differ by less are square: machines round their resolutions.
UNEVEN = 0.03
FORMATS = ("PNG", "JPEG", "TIFF")


def read_image(
    path: Path, shown: str, watch: Watch = unwatched, pages: int | None = None
) -> Document:
    """The document in a picture file; `shown`, `watch` and `pages` as in `extract.read`.

    Where a later page cannot be read, those before it make a `partial` document.
    Raises Unreadable: `corrupt`, `too-large`, `ocr-missing`.
    """
    contents: list[PageContent] = []
    problem = None
    try:
        for number, image in _frames(path, pages):
            contents.append(_read(image, number, watch))
    except Exception as error:  # a later page's fault must not cost those before it
        if not contents:
            raise
        problem = problem_of(error)
    whole = assemble(contents)
    return Document(
        path=shown,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        status="partial" if problem else "ok",
        source="image",
        pages=tuple(content.page for content in contents),
        paragraphs=whole.paragraphs,
        tables=whole.tables,
        unclaimed=whole.unclaimed,
        problem=problem,
    )


def _frames(path: Path, pages: int | None) -> Iterator[tuple[int, Image.Image]]:
    """Numbers and upright-as-shown pictures of the pages; each is measured before it is decoded."""
    try:
        with Image.open(path, formats=FORMATS) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), 1):
                if pages is not None and number > pages:
                    return
                if number > MOST_PAGES:
                    raise Unreadable("too-large", pages=str(MOST_PAGES))
                refuse_pixels(frame.width, frame.height)
                yield number, ImageOps.exif_transpose(_squared(frame))
    except Image.DecompressionBombError as error:
        raise Unreadable("too-large", pixels="?") from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # Pillow fails on broken files in every way there is
        raise Unreadable("corrupt", reason=type(error).__name__) from error


def _squared(image: Image.Image) -> Image.Image:
    """The picture with as many dots down as across: fax machines send 204 across and 98 down."""
    across, down = (float(v) for v in image.info.get("dpi", (0, 0)))
    if not (_is_told(across) and _is_told(down)) or abs(across / down - 1) < UNEVEN:
        return image
    finest = max(across, down)
    size = round(image.width * finest / across), round(image.height * finest / down)
    refuse_pixels(*size)
    even = image.convert("L").resize(size, Image.Resampling.BICUBIC)
    even.info["dpi"] = (finest, finest)
    return even


def _is_told(dpi: float) -> bool:
    return LEAST_DPI <= dpi <= MOST_DPI


def _read(image: Image.Image, number: int, watch: Watch) -> PageContent:
    from .scan.page import read_page  # loads the recognition engine

    watch(number, "scan")
    dpi = resolution(image)
    refuse_slivers(image.width / dpi * 72, image.height / dpi * 72)
    return read_page(image, number, image.width / dpi * 72, image.height / dpi * 72)


def resolution(image: Image.Image) -> float:
    """Dots per inch as the file says, or as an A4 page would have."""
    told = image.info.get("dpi", (0, 0))[0]
    if _is_told(float(told)):
        return float(told)
    return max(image.width, image.height) / A4 * 72
