"""Puts words to keys and facts, in Vietnamese or English.

`wording/<language>/*.toml` hold one table per message key with a `text`. Placeholders are the facts'
names; `{x:n}` writes a decimal string as the language writes numbers, `{x:field}` the name of a field,
`{x:rank}` the label of a rank, `{x:place}` a
place in a report. Lists of such values are separated by semicolons.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
FOLDER = Path(__file__).parent / "wording"


def number(text: str, language: Language) -> str:
    """A decimal string as the language writes it: `1234.5` is `1.234,5` in Vietnamese."""
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = digits.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()):
        return text
    grouped = f"{int(whole):,}"
    if language == "vi":
        return sign + grouped.replace(",", ".") + (f",{part}" if part else "")
    return sign + grouped + (f".{part}" if part else "")


class _Formatter(string.Formatter):
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in ("n", "field", "rank", "place"):
            parts = str(value).split(";")
            return "; ".join(self.one(part.strip(), format_spec) for part in parts)
        return str(super().format_field(value, format_spec))

    def one(self, value: str, spec: str) -> str:
        if spec == "n":
            return number(value, self.catalogue.language)
        return self.catalogue.name(spec, value)


@dataclass(frozen=True)
class Catalogue:
    """The wordings of one language, by message key."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, facts: Iterable[tuple[str, str]] = ()) -> str:
        """The message `key` with its facts filled in; KeyError for an unknown key or missing fact."""
        return _Formatter(self).vformat(self.texts[key], (), dict(facts))

    def value(self, text: str) -> str:
        """A value as people read it: numbers in the language's form, ranks by their labels."""
        parts = (self.name("rank", number(part.strip(), self.language)) for part in text.split(";"))
        return "; ".join(parts)

    def name(self, kind: str, value: str) -> str:
        """The name of a field, rank, rule ... (`kind.value` in the catalogue), else the value itself."""
        return self.texts.get(f"{kind}.{value}", value)


@cache
def catalogue(language: Language) -> Catalogue:
    """The catalogue of a language, read once; ValueError where two files use one key."""
    texts: dict[str, str] = {}
    for file in sorted((FOLDER / language).glob("*.toml")):
        for key, entry in tomllib.loads(file.read_text("utf-8")).items():
            if key in texts:
                raise ValueError(f"{file.name}: the key {key!r} stands in another file already")
            texts[key] = entry["text"]
    return Catalogue(language, texts)
