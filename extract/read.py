"""A file to a document: the reader is chosen by what the file is, not only by its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from .document import Document, Unreadable, Watch, unwatched

_READERS = {
    ".pdf": ("pdf", "read_pdf"),
    ".docx": ("docx", "read_docx"),
    ".txt": ("textfile", "read_text"),
    ".md": ("textfile", "read_text"),
    ".png": ("image", "read_image"),
    ".jpg": ("image", "read_image"),
    ".jpeg": ("image", "read_image"),
    ".tif": ("image", "read_image"),
    ".tiff": ("image", "read_image"),
}
"""Modules are loaded when first needed: recognition and PDF engines are slow to load."""

READABLE = frozenset(_READERS)
"""Suffixes, in small letters, of the files that can be read."""


_PAGED = frozenset({".pdf", ".tif", ".tiff"})
"""Files that are read page by page."""


def read(path: Path, shown: str, watch: Watch = unwatched, pages: int | None = None) -> Document:
    """The document in a file; `shown` is the path to print.

    `watch` hears of every page begun; `pages` is how many are read, all by default.
    Raises Unreadable with the reason when nothing can be made of it.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable("corrupt", reason=type(error).__name__) from error
    if size == 0:
        raise Unreadable("empty")
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise Unreadable("unsupported", kind=suffix.lstrip(".") or "?")
    module, function = _READERS[suffix]
    reader = getattr(import_module(f".{module}", __package__), function)
    paged = (watch, pages) if suffix in _PAGED else ()
    document: Document = reader(path, shown, *paged)
    return document
