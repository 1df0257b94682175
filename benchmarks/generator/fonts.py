"""The fonts that reports are set in, found where Debian's font packages put them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path("/usr/share/fonts")
FILES = {
    "serif": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    "sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "dejavu": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
}
LEGACY = {"tcvn3": (".VnTime", ".VnTimeH"), "vni": ("VNI-Times", "VNI-Times-Bold")}
"""Names that a legacy text layer's fonts bear; the glyphs are those of the serif font."""


@cache
def find(file: str) -> Path:
    """Raises FileNotFoundError naming the packages to install."""
    found = sorted(FONTS.rglob(file))
    if not found:
        raise FileNotFoundError(f"{file}: install fonts-liberation and fonts-dejavu-core")
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
