"""Puts words to keys and facts, in Vietnamese or English.

`wording/<language>/*.toml` hold one table per message key with a `text`. Placeholders are the facts'
names; `{x:n}` writes a decimal string as the language writes numbers, `{x:when}` a day or a period,
`{x:field}` the name of a field, `{x:rank}` the label of a rank, `{x:place}` a place in a report. Lists
of such values are separated by semicolons; `{x:ranks}` and `{x:fields}` join them with "or".
"""

from __future__ import annotations

import re
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


def when(text: str, language: Language) -> str:
    """A day, month, quarter or year of ISO form as people write it; other texts stay as they are."""
    forms = WHEN[language]
    for pattern, form in forms.items():
        if found := re.fullmatch(pattern, text):
            return form.format(*(int(part) for part in found.groups()))
    return text


WHEN: Mapping[Language, Mapping[str, str]] = {
    "vi": {
        r"(\d{4})-(\d\d)-(\d\d)": "{2:02}/{1:02}/{0}",
        r"(\d{4})-(\d\d)": "tháng {1}/{0}",
        r"(\d{4})-Q(\d)": "quý {1}/{0}",
        r"((?:19|20)\d\d)": "năm {0}",
    },
    "en": {
        r"(\d{4})-(\d\d)-(\d\d)": "{0}-{1:02}-{2:02}",
        r"(\d{4})-(\d\d)": "{1:02}/{0}",
        r"(\d{4})-Q(\d)": "Q{1}/{0}",
    },
}
"""How days, months, quarters and years are written."""

CHOICES = {"ranks": "rank", "fields": "field"}
"""Lists of which one holds."""


class _Formatter(string.Formatter):
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in CHOICES:
            names = [self.catalogue.name(CHOICES[format_spec], v.strip()) for v in value.split(";")]
            return self.catalogue.texts["list/or"].join(names)
        if format_spec in ("n", "field", "rank", "place", "when"):
            parts = str(value).split(";")
            return "; ".join(self.one(part.strip(), format_spec) for part in parts)
        return str(super().format_field(value, format_spec))

    def one(self, value: str, spec: str) -> str:
        if spec == "n":
            return number(value, self.catalogue.language)
        if spec == "when":
            return when(value, self.catalogue.language)
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
        """A value as people read it: numbers and days in the language's form, ranks by their labels."""
        return "; ".join(self._one_value(part.strip()) for part in text.split(";"))

    def _one_value(self, text: str) -> str:
        if re.fullmatch(r"\d{4}-.+", text):
            return when(text, self.language)
        return self.name("rank", number(text, self.language))

    def name(self, kind: str, value: str) -> str:
        """The name of a field, rank, rule ... (`kind.value` in the catalogue), else the value itself."""
        if kind == "field" and (column := re.fullmatch(r"column_(\d+)", value)):
            return self.texts["field/unplaced"].format(number=column[1])
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
