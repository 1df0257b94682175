"""The fonts that reports are set in, found where Debian's font packages put them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path("/usr/share/fonts")
FILES = {
    "serif": (("FreeSerif.ttf", "DejaVuSerif.ttf"), ("FreeSerifBold.ttf", "DejaVuSerif-Bold.ttf")),
    "sans": (("FreeSans.ttf", "DejaVuSans.ttf"), ("FreeSansBold.ttf", "DejaVuSans-Bold.ttf")),
    "carlito": (
        ("Carlito-Regular.ttf", "DejaVuSans.ttf"),
        ("Carlito-Bold.ttf", "DejaVuSans-Bold.ttf"),
    ),
    "dejavu": (("DejaVuSans.ttf",), ("DejaVuSans-Bold.ttf",)),
}
"""Regular and bold files of a family, the preferred ones first, DejaVu where those are not installed.
(Debian 12's Liberation has no Vietnamese.)"""
LEGACY = {"tcvn3": (".VnTime", ".VnTime,Bold"), "vni": ("VNI-Times", "VNI-Times,Bold")}
"""Names that a legacy text layer's fonts bear; the glyphs are those of the serif font."""


@cache
def find(files: tuple[str, ...]) -> Path:
    """The first of these files that is installed; raises FileNotFoundError naming the package."""
    found = [path for file in files for path in sorted(FONTS.rglob(file))]
    if not found:
        raise FileNotFoundError(f"{', '.join(files)}: install fonts-dejavu-core")
    return found[0]


@cache
def font(family: str, bold: bool, spelling: str = "nfc") -> str:
    """The registered name of a font. A legacy spelling gives it the legacy font's name."""
    name = f"{family}-{'bold' if bold else 'regular'}-{spelling if spelling in LEGACY else ''}"
    face = TTFont(name, str(find(FILES[family][bold])))
    if spelling in LEGACY:
        face.face.name = LEGACY[spelling][bold].encode()
    pdfmetrics.registerFont(face)
    return name


def width(text: str, name: str, size: float) -> float:
    """The width of a text in points."""
    return float(pdfmetrics.stringWidth(text, name, size))
