"""Breaking text into lines that fit a width."""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], float]


def wrap(text: str, room: float, measure: Measure, break_words: bool) -> list[str]:
    """Lines no wider than `room`; a word wider than that is broken inside or stands over."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if measure(joined) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, room, measure) if break_words else [word]
        lines += whole
    return [*lines, line] if line else lines


def _broken(word: str, room: float, measure: Measure) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
