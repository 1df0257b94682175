from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Cell, Reading
from normalise.entry import Kind, entry_of, most_decimals, with_precision
from normalise.layout import Holds
from normalise.number import Mark
from tests.normalise.build import cell

CASES: list[tuple[str, Holds, Mark | None, str, str | None]] = [
    ("4,74", "score", ",", "as-read", "4.74"),
    ("", "score", ",", "blank", None),
    ("-", "score", ",", "not-applicable", None),
    ("'", "score", ",", "not-applicable", None),
    ("Không phát sinh TTHC", "score", ",", "not-applicable", None),
    ("0", "score", ",", "as-read", "0"),
    ("-", "money", ",", "as-read", "0"),
    ("−", "count", ",", "as-read", "0"),
    ("#REF!", "score", ",", "unreadable", None),
    ("####", "money", ",", "unreadable", None),
    ("4,7a", "score", ",", "unreadable", None),
    ("1.550.008", "money", ",", "as-read", "1550008"),
    ("1.234", "count", None, "as-read", "1234"),
    ("1.234", "score", ".", "as-read", "1.234"),
    ("1.234", "score", ",", "uncertain", "1.234"),
    ("81,55\n/85", "score", ",", "as-read", "81.55"),
    ("7.588.00\n0", "money", ",", "as-read", "7588000"),
    ("15\n2", "count", ",", "uncertain", "152"),
    ("78.13%", "rate", ",", "as-read", "78.13"),
    ("79,24/8", "score", ",", "uncertain", "79.24"),
    ("+0,84", "score", ",", "as-read", "0.84"),
    ("+ 1,5", "score", ",", "as-read", "1.5"),
    ("+,5", "score", ",", "unreadable", None),
]


BROKEN: list[tuple[str, str, str, str | None]] = [
    ("29,8\n2", "30", "as-read", "29.82"),
    ("10\n,0", "10", "as-read", "10.0"),
    ("95.4\n8", "100", "as-read", "95.48"),
    ("5\n5", "5", "uncertain", "55"),
    ("77,17\n80,77", "100", "unreadable", None),
]


@pytest.mark.parametrize(("text", "most", "status", "value"), BROKEN)
def test_figures_broken_over_lines(text: str, most: str, status: str, value: str | None) -> None:
    mark: Mark = "." if "." in text else ","
    entry = entry_of(cell(text, 3), Kind("field", "score", mark, Decimal(most)))
    assert entry.status == status
    assert entry.value == (None if value is None else Decimal(value))


def test_in_one_row_the_lines_of_a_cell_belong_together() -> None:
    entry = entry_of(cell("15\n2", 3), Kind("received", "count", ","), one_row=True)
    assert (entry.status, entry.value, entry.printed) == ("as-read", Decimal(152), "152")


@pytest.mark.parametrize(("text", "holds", "mark", "status", "value"), CASES)
def test_status_and_value(
    text: str, holds: Holds, mark: Mark | None, status: str, value: str | None
) -> None:
    entry = entry_of(cell(text, 3), Kind("field", holds, mark))
    assert entry.status == status
    assert entry.value == (None if value is None else Decimal(value))


def recognised(text: str, confidence: float) -> Cell:
    reading = Reading(text, confidence, "ocr")
    return replace(cell(text, 3, origin="ocr"), confidence=confidence, readings=(reading,))


@pytest.mark.parametrize(
    ("text", "confidence", "status"),
    [
        ("4,74", 0.9995, "as-read"),
        ("4,74", 0.9, "uncertain"),
        ("-", 0.9, "uncertain"),
        ("", 0.9, "uncertain"),
        ("4,7a", 0.9, "unreadable"),
    ],
)
def test_our_own_readings_are_sure_only_when_very_sure(
    text: str, confidence: float, status: str
) -> None:
    entry = entry_of(recognised(text, confidence), Kind("total", "score", ","))
    assert entry.status == status
    assert entry.confidence == confidence


def test_text_recognised_by_others_is_never_sure() -> None:
    assert (
        entry_of(cell("4,74", 3, origin="ocr"), Kind("total", "score", ",")).status == "uncertain"
    )


def test_a_spoilt_text_with_a_number_among_its_readings_is_uncertain() -> None:
    spoilt = replace(
        recognised("4,7a", 0.5), readings=(Reading("4,7a", 0.5, "ocr"), Reading("4,74", 0.4, "ocr"))
    )
    assert entry_of(spoilt, Kind("total", "score", ",")).status == "uncertain"


def test_rank_labels() -> None:
    rank = Kind("rank", "rank", None)
    assert entry_of(cell("Xuất Sắc", 3), rank).rank == "excellent"
    unknown = entry_of(cell("Trung bình khá", 3), rank)
    assert (unknown.status, unknown.rank) == ("as-read", None)
    half = entry_of(cell("XUẤT", 3), rank)
    assert (half.status, half.rank) == ("uncertain", "excellent")
    damaged = entry_of(recognised("Xuit sdc", 0.8), rank)
    assert (damaged.status, damaged.rank) == ("uncertain", "excellent")
    assert damaged.readings[0].text == "Xuất sắc"


def test_integers_take_the_precision_of_their_neighbours() -> None:
    kind = Kind("progress", "score", ",")
    entries = [entry_of(cell(text, 3), kind) for text in ("30", "29,82", "29,5")]
    most = most_decimals(entries)
    assert most == 2
    assert [with_precision(e, most).precision for e in entries] == [2, 2, 1]


@pytest.mark.parametrize(
    "texts",
    [["2,982", "29,5", "29,1"], ["2,982", "2,881", *["29,5"] * 20], ["29,82", "29,5", "29,1"]],
)
def test_few_misread_commas_give_no_precision(texts: list[str]) -> None:
    kind = Kind("progress", "score", ",")
    assert most_decimals([entry_of(recognised(text, 0.9), kind) for text in texts]) == 1
