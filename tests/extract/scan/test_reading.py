"""Characters, marks and trust: the parts that decide what a figure is and how sure it is."""

from __future__ import annotations

import csv
from importlib.resources import files

import numpy as np
import pytest

from benchmarks.sheets import draw_sheet
from benchmarks.train_digits import strips_of
from extract.document import Unreadable
from extract.scan import engine, trust
from extract.scan.marks import mark_of, with_marks_weighed
from extract.scan.numerals import Guess, read_numerals
from extract.scan.votes import PLAUSIBLE


def test_numerals_in_many_fonts_are_read_by_their_strokes() -> None:
    rng = np.random.default_rng(20_240)
    right = total = 0
    for _ in range(4):
        cells = [
            c for c in strips_of(draw_sheet(rng, 200)) if not any(x.isalpha() for x in c[0].text)
        ]
        for (written, _, _), guesses in zip(
            cells, read_numerals([c[1] for c in cells]), strict=True
        ):
            total += 1
            right += bool(guesses) and guesses[0].text == written.text
    assert total > 300
    assert right / total > 0.93


@pytest.mark.parametrize(
    "text", ["5", "-", "29,91", "1.550.008", "84,69/85", "78.13%", "100", "IV"]
)
def test_figures_of_these_tables_are_plausible(text: str) -> None:
    assert PLAUSIBLE.fullmatch(text)


@pytest.mark.parametrize("text", ["", "/5", "62,", "5-", "1..2", "I5"])
def test_what_no_table_prints_is_not(text: str) -> None:
    assert not PLAUSIBLE.fullmatch(text)


def test_a_doubtful_mark_follows_its_column_and_a_clear_one_does_not() -> None:
    comma = [(Guess("9,5", 0.9, 0.9, 0.9, (-3.0,)),) for _ in range(8)]
    doubtful = (Guess("8.5", 0.9, 0.9, 0.9, (0.5,)),)
    clear = (Guess("8.5", 0.9, 0.9, 0.9, (4.6,)),)
    found = with_marks_weighed([0] * 10, [*comma, doubtful, clear])
    assert [g[0].text for g in found[-2:]] == ["8,5", "8.5"]


def test_a_doubtful_one_among_figures_is_a_one_and_among_numbers_an_i() -> None:
    either = (Guess("1", 0.9, 0.9, 0.2), Guess("I", 0.7, 0.7, 0.7))
    figures = [(Guess("20", 0.9, 0.9, 0.9),) for _ in range(3)]
    found = with_marks_weighed([3] * 4 + [0], [*figures, either, either])
    assert [max(g, key=lambda h: h.probability).text for g in found[-2:]] == ["1", "I"]


def test_marks() -> None:
    assert [mark_of(t) for t in ("8,5", "1.550.008", "1.550,5", "12")] == [",", ".", None, None]


def test_every_pattern_was_counted_once() -> None:
    with (files("extract.scan") / "trust.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({r["pattern"] for r in rows}) == len(rows) > 10
    assert all(0 < trust.trust_in(r["pattern"]) < 1 for r in rows)


def test_rare_patterns_are_counted_together_with_weaker_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = {"2 same 2 2 ok": (9, 0), "1 other 1 - low": (989, 1), "2 none - 2 ok": (9, 0)}
    monkeypatch.setattr(trust, "_table", lambda: counts)
    trust.trust_in.cache_clear()
    found = [trust.trust_in(pattern) for pattern in counts]
    trust.trust_in.cache_clear()
    assert found == [1 - 1.35 / 1000, round(1 - 1.35 / 991, 6), 1 - 0.35 / 10]


def test_a_pattern_never_counted_is_trusted_little() -> None:
    assert trust.trust_in("never seen") < 0.5


def test_without_vietnamese_data_the_reader_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "PLACES", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    engine.data_folder.cache_clear()
    with pytest.raises(Unreadable) as raised:
        engine.data_folder()
    engine.data_folder.cache_clear()
    assert raised.value.problem.code == "ocr-missing"
    assert dict(raised.value.problem.facts) == {"missing": "vie.traineddata"}
