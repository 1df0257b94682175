"""Reading methodology files, and refusing one that contradicts itself, naming the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast, get_args

from normalise.submission import Rank, TableKind
from reconcile.methodology import (
    Band,
    Derivation,
    Label,
    Methodology,
    OfficerAverage,
    Part,
)

FOLDER = Path(__file__).parent / "methodologies"


class Refused(ValueError):
    """A methodology file that cannot be used; the text names file, line and reason."""


def load_folder(folder: Path) -> Mapping[str, Methodology]:
    """All methodologies of a folder, by id. Raises Refused for the first that cannot be used."""
    loaded: dict[str, Methodology] = {}
    for path in sorted(folder.glob("*.toml")):
        methodology = load_methodology(path)
        if methodology.id in loaded:
            raise Refused(f"{path.name}, line 1: id {methodology.id!r} is taken by another file")
        loaded[methodology.id] = methodology
    return loaded


def load_methodology(path: Path) -> Methodology:
    """One methodology from its file. Raises Refused."""
    text = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{path.name}: {error}") from None
    return _Reader(path.name, text, data).methodology()


class _Reader:
    """One file under way: its data, and its text for line numbers."""

    def __init__(self, name: str, text: str, data: dict[str, Any]) -> None:
        self.name = name
        self.lines = text.splitlines()
        self.data = data

    def methodology(self) -> Methodology:
        parts = tuple(self._part(i) for i in range(len(self._list("parts"))))
        converted = self.data.get("converted", {})
        found = Methodology(
            id=self._text("id"),
            title=self._text("title"),
            number=self._text("number"),
            date=self._date("date"),
            related=tuple(self.data.get("related", ())),
            valid_from=self._date("valid_from"),
            valid_to=self._date("valid_to") if "valid_to" in self.data else None,
            maximum=self._number("maximum"),
            parts=parts,
            scales=tuple(Decimal(s) for s in converted.get("scales", ())),
            ranked=self._one_of("ranking", "of", ("total", "converted")),
            rank_scale=self._number("scale", "ranking"),
            bands=tuple(self._band(i) for i in range(len(self._list("ranks")))),
            derivations=tuple(
                self._derivation(i) for i in range(len(self.data.get("derivations", ())))
            ),
            officer_average=self._officer_average(),
            unproven=tuple(self.data.get("unproven", ())),
        )
        self._agree(found)
        return found

    # What the pieces say.

    def _part(self, i: int) -> Part:
        at = ("parts", i)
        maximum = self._number("maximum", *at)
        if maximum <= 0:
            self._refuse("a maximum must be above 0", "maximum", *at)
        return Part(self._text("field", *at), maximum, self._label(*at), self._text("source", *at))

    def _band(self, i: int) -> Band:
        at = ("ranks", i)
        return Band(
            rank=cast(Rank, self._one_of("ranks", "rank", get_args(Rank), i)),
            low=self._number("from", *at),
            high=self._number("to", *at),
            low_included=self._flag("from_included", *at),
            boundary_proven=self._flag("boundary_proven", *at),
            label=self._label(*at),
            source=self._text("source", *at),
        )

    def _derivation(self, i: int) -> Derivation:
        at = ("derivations", i)
        standing = self._one_of("derivations", "standing", ("established", "doubtful"), i)
        return Derivation(
            field=self._text("field", *at),
            factor=self._number("factor", *at),
            numerator=self._text("numerator", *at),
            denominator=self._text("denominator", *at),
            table=cast(TableKind, self._one_of("derivations", "table", get_args(TableKind), i)),
            established=standing == "established",
            label=self._label(*at),
            source=self._text("source", *at),
        )

    def _officer_average(self) -> OfficerAverage | None:
        if "officer_average" not in self.data:
            return None
        values = self.data["officer_average"]
        return OfficerAverage(
            parts=tuple(values.get("parts", ())),
            certain=tuple(values.get("certain", ())),
            instead=tuple(values.get("instead", ())),
            label=self._label("officer_average"),
            source=self._text("source", "officer_average"),
        )

    # What must hold between them.

    def _agree(self, m: Methodology) -> None:
        self._parts_add_up(m)
        self._bands_meet(m)
        self._known_parts(m)
        if m.ranked == "converted" and not m.scales:
            self._refuse("ranks of the converted score, but no scales", "of", "ranking")
        if m.valid_to is not None and m.valid_to < m.valid_from:
            self._refuse("valid_to lies before valid_from", "valid_to")

    def _parts_add_up(self, m: Methodology) -> None:
        seen: set[str] = set()
        for i, part in enumerate(m.parts):
            if part.field in seen:
                self._refuse(f"{part.field} stands twice", "field", "parts", i)
            seen.add(part.field)
        total = sum((p.maximum for p in m.parts), Decimal(0))
        if total != m.maximum:
            self._refuse(f"the maxima add up to {total}, not {m.maximum}", "maximum")

    def _bands_meet(self, m: Methodology) -> None:
        top = m.rank_scale
        for i, band in enumerate(m.bands):
            if band.rank in {b.rank for b in m.bands[:i]}:
                self._refuse(f"rank {band.rank} stands twice", "rank", "ranks", i)
            if band.high < top:
                self._refuse(f"gap: {band.high} to {top} has no rank", "to", "ranks", i)
            if band.high > top:
                self._refuse(f"overlap: {top} to {band.high} has two ranks", "to", "ranks", i)
            if band.low >= band.high:
                self._refuse("a rank must begin below its end", "from", "ranks", i)
            top = band.low
        if top != 0:
            self._refuse(f"gap: 0 to {top} has no rank", "from", "ranks", len(m.bands) - 1)

    def _known_parts(self, m: Methodology) -> None:
        for i, derivation in enumerate(m.derivations):
            if derivation.field not in m.fields:
                self._refuse(f"unknown part {derivation.field}", "field", "derivations", i)
        average = m.officer_average
        if average is None:
            return
        for key in ("parts", "certain", "instead"):
            for field in getattr(average, key):
                if field not in m.fields:
                    self._refuse(f"unknown part {field}", key, "officer_average")
        if not set(average.certain) <= set(average.parts):
            self._refuse("a certain part that is not in parts", "certain", "officer_average")

    # Values, each refused with its line.

    def _list(self, key: str) -> list[Any]:
        values = self.data.get(key)
        if not isinstance(values, list) or not values:
            self._refuse(f"no [[{key}]]", key)
        return cast(list[Any], values)

    def _value(self, key: str, table: str | None, index: int | None) -> Any:
        holder: Any = self.data if table is None else self.data.get(table, {})
        if index is not None:
            holder = holder[index]
        if key not in holder:
            self._refuse(f"{key} is missing", key, table, index)
        return holder[key]

    def _text(self, key: str, table: str | None = None, index: int | None = None) -> str:
        value = self._value(key, table, index)
        if not isinstance(value, str) or not value.strip():
            self._refuse(f"{key} must be a text", key, table, index)
        return cast(str, value)

    def _date(self, key: str) -> str:
        value = self._value(key, None, None)
        if not isinstance(value, date):
            self._refuse(f"{key} must be a date", key)
        return cast(date, value).isoformat()

    def _number(self, key: str, table: str | None = None, index: int | None = None) -> Decimal:
        value = self._value(key, table, index)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._refuse(f"{key} must be a number", key, table, index)
        return Decimal(value)

    def _flag(self, key: str, table: str, index: int) -> bool:
        value = self._value(key, table, index)
        if not isinstance(value, bool):
            self._refuse(f"{key} must be true or false", key, table, index)
        return cast(bool, value)

    def _one_of(
        self, table: str, key: str, allowed: tuple[str, ...], index: int | None = None
    ) -> Any:
        value = self._value(key, table, index)
        if value not in allowed:
            self._refuse(f"{key} {value!r} is none of {', '.join(allowed)}", key, table, index)
        return value

    def _label(self, table: str, index: int | None = None) -> Label:
        return cast(Label, self._one_of(table, "label", get_args(Label), index))

    def _refuse(
        self, reason: str, key: str, table: str | None = None, index: int | None = None
    ) -> None:
        line = self._line(key, table, index)
        raise Refused(f"{self.name}, line {line}: {reason}")

    def _line(self, key: str, table: str | None, index: int | None) -> int:
        """Where a key stands; where it is missing, the line of its table's head."""
        head, start = 1, table is None
        count = -1
        for number, current, in_table in self._walk():
            if in_table == table and current.startswith("["):
                count += 1
            start = in_table == table and (index is None or count == index)
            if start and current.startswith("["):
                head = number
            if start and re.match(rf"{re.escape(key)}\s*=", current):
                return number
        return head

    def _walk(self) -> Iterator[tuple[int, str, str | None]]:
        """Line number, stripped line, and the table it stands in."""
        table: str | None = None
        for number, line in enumerate(self.lines, 1):
            stripped = line.strip()
            if found := re.match(r"\[+\s*([\w-]+)\s*\]+", stripped):
                table = found.group(1)
            yield number, stripped, table
