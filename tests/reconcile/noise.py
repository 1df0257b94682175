"""Rows of a score table as an honest office prints them, slips planted, and as OCR would read them.

The readings' confidences are calibrated: a reading of confidence c is right in c of all cases, and where it
is wrong, another look at the cell has nearly always read what is right. Wrong readings come from the confusions
of `reconcile/confusions.toml`, and now and then from none of them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from extract.document import Reading
from normalise.number import not_applicable, parse
from normalise.rank import LABELS, rank_of
from normalise.submission import Column, Entry, FieldTable, ScoredRow, UnitMatch
from reconcile.confusion import data, misreadings
from reconcile.methodology import Methodology

OPTIONAL = ("openness_1", "openness_3", "online_1", "online_2", "digitisation_1", "satisfaction_3")
CONFIDENCES = ((1 - 1e-6, 0.8), (1 - 1e-5, 0.15), (0.999, 0.02), (0.99, 0.015), (0.8, 0.015))
SEEN = 0.9
Texts = dict[str, str]


def honest_row(methodology: Methodology, rng: random.Random) -> Texts:
    """A right row with up to three indicators that do not apply."""
    absent = set(rng.sample(OPTIONAL, rng.choice([0, 1, 2, 2, 3])))
    values: dict[str, Decimal | None] = {}
    for part in methodology.parts:
        drawn = Decimal(rng.uniform(0, float(part.maximum)))
        value = part.maximum if rng.random() < 0.45 else _rounded(drawn)
        values[part.field] = None if part.field in absent else value
    total = sum((v for v in values.values() if v is not None), Decimal(0))
    most = sum((p.maximum for p in methodology.parts if values[p.field] is not None), Decimal(0))
    converted = _rounded(100 * total / most)
    texts = {field: "-" if v is None else _printed(v) for field, v in values.items()}
    rank = next(b.rank for b in methodology.bands if converted >= b.low)
    return texts | {
        "total": _printed(total),
        "converted": _printed(converted),
        "rank": LABELS[rank],
    }


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _printed(value: Decimal) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def slipped(text: str, rng: random.Random) -> str:
    """A figure with two neighbouring digits swapped or one digit changed; the same if neither works."""
    at = [i for i, c in enumerate(text) if c.isdigit()]
    pairs = [(i, j) for i, j in pairwise(at) if text[i] != text[j]]
    letters = list(text)
    if pairs and rng.random() < 0.5:
        i, j = rng.choice(pairs)
        letters[i], letters[j] = letters[j], letters[i]
    else:
        i = rng.choice(at)
        letters[i] = rng.choice([d for d in "0123456789" if d != text[i]])
    changed = "".join(letters)
    return text if changed[0] == "0" and changed[1:2].isdigit() else changed


def misread(text: str, rng: random.Random) -> str:
    """A wrong reading: one that `text` explains as a confusion, else any other figure."""
    if rng.random() < data()["shares"]["other"]:
        return _printed(Decimal(rng.randrange(1000)) / 100)
    found = [r for r in misreadings(text) if text in misreadings(r)]
    return rng.choice(found) if found else "1"


def read_entry(field: str, text: str, rng: random.Random) -> Entry:
    """The entry of a cell as a calibrated reader gives it."""
    levels, shares = zip(*CONFIDENCES, strict=True)
    confidence = rng.choices(levels, shares)[0]
    if field == "rank":
        return Entry(field, text, "as-read", 1, None, "ocr", rank=rank_of(text), confidence=0.9999)
    got = text if rng.random() < confidence else misread(text, rng)
    seen = text if got != text and rng.random() < SEEN else misread(text, rng)
    readings = (
        Reading(got, confidence, "ocr"),
        Reading(seen, SEEN * (1 - confidence), "ocr-retry"),
    )
    entry = Entry(field, got, "uncertain", 1, None, "ocr", confidence=confidence, readings=readings)
    return _valued(entry)


def _valued(entry: Entry) -> Entry:
    sure = entry.confidence >= 0.999
    figure = parse(entry.printed, ",")
    if not_applicable(entry.printed):
        return _with(entry, status="not-applicable" if sure else "uncertain")
    if figure is None:
        return _with(entry, status="unreadable")
    return _with(
        entry,
        status="as-read" if sure else "uncertain",
        value=figure.value,
        decimals=figure.decimals,
        precision=figure.decimals or 2,
    )


def _with(entry: Entry, **changes: object) -> Entry:
    return replace(entry, **changes)  # type: ignore[arg-type]


def table_of(rows: Sequence[Sequence[Entry]]) -> FieldTable:
    """A score table of these rows."""
    unit = UnitMatch("UBND xã Pú Xi", "Xã Pú Xi", None, "exact", 1.0)
    columns = tuple(Column(i, e.field, (e.field,)) for i, e in enumerate(rows[0]))
    scored = [
        ScoredRow(i, "unit", 1, None, str(i + 1), unit, tuple(row)) for i, row in enumerate(rows)
    ]
    return FieldTable("t1", "scores", 1, "", columns, tuple(scored))
