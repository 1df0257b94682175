"""The arithmetic as a witness: what it settles, what it must leave alone."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import Origin, Reading
from extract.textfile import read_text
from normalise.number import not_applicable, parse
from normalise.rank import rank_of
from normalise.register import load_register
from normalise.submission import (
    CellStatus,
    Column,
    Entry,
    FieldTable,
    LooseRow,
    ScoredRow,
    Submission,
    UnitMatch,
)
from normalise.submit import submit
from reconcile.candidates import choice_of
from reconcile.confusion import misreadings, wrong_digits
from reconcile.methodology import load_methodologies
from reconcile.witness import restore
from tests.reconcile.noise import honest_row, read_entry, slipped, table_of

SHARED = Path(__file__).parents[3] / "shared" / "reports"
METHODOLOGIES = load_methodologies()
INDICATORS = METHODOLOGIES["dien-bien-459-2023"]
FIELDS = [*(p.field for p in INDICATORS.parts), "total", "converted", "rank"]
RIGHT = "- 5 - 30 7,74 10 5 10 5 5 5 82,74 97,34 Xuất sắc"
ROWS = 1500


def submission(table: FieldTable) -> Submission:
    return Submission(
        "x.pdf", "0", "ok", "scan", 1, methodology="dien-bien-459-2023", tables=(table,)
    )


def restored(table: FieldTable) -> FieldTable:
    return restore(submission(table), METHODOLOGIES).tables[0]


def cells(text: str) -> dict[str, str]:
    return dict(zip(FIELDS, text.split(" ", len(FIELDS) - 1), strict=True))


def sure(field: str, text: str, confidence: float = 1 - 1e-6) -> Entry:
    if field == "rank":
        return Entry(field, text, "as-read", 1, None, "ocr", rank=rank_of(text), confidence=0.9999)
    if not_applicable(text):
        return Entry(field, text, "not-applicable", 1, None, "ocr", confidence=confidence)
    figure = parse(text, ",")
    if figure is None:
        return Entry(field, text, "unreadable", 1, None, "ocr", confidence=confidence)
    status: CellStatus = "as-read" if confidence >= 0.999 else "uncertain"
    decimals = figure.decimals
    return Entry(
        field, text, status, 1, None, "ocr", figure.value, decimals, decimals or 2,
        confidence=confidence,
    )  # fmt: skip


def one_row(changes: Mapping[str, Entry], printed: str = RIGHT) -> ScoredRow:
    row = [changes.get(f, sure(f, t)) for f, t in cells(printed).items()]
    others = [[sure(f, t) for f, t in cells(RIGHT).items()] for _ in range(3)]
    return restored(table_of([row, *others])).rows[0]


@pytest.mark.parametrize(
    ("ruled", "origin", "status"),
    [
        (True, "text-layer", "as-read"),
        (False, "text-layer", "uncertain"),
        (True, "ocr", "uncertain"),
    ],
)
def test_white_space_and_headings_read_are_not_trusted_where_most_totals_contradict(
    ruled: bool, origin: Origin, status: CellStatus
) -> None:
    """30 under the next indicator, 7,74 under the one after it, and so on: no row adds up."""
    shifted = "- 5 - 7,74 10 5 10 5 5 5 - 82,74 97,34 Xuất sắc"
    printed = [replace(sure(f, t), origin=origin) for f, t in cells(shifted).items()]
    table = replace(table_of([printed] * 5), ruled=ruled)
    assert {e.status for r in restored(table).rows for e in r.entries if e.field == "online_1"} == {
        status
    }


def test_rows_whose_unread_component_may_make_up_their_total_do_not_speak_against_the_table() -> (
    None
):
    """All rows lack one figure, a smear on the page: the columns are right nevertheless."""
    rows = [[sure(f, t) for f, t in cells(RIGHT).items()] for _ in range(5)]
    smeared = [
        [
            replace(e, value=None, status="unreadable", printed="~?")
            if e.field == "online_1"
            else e
            for e in row
        ]
        for row in rows
    ]
    found = restored(table_of(smeared))
    assert {e.status for r in found.rows for e in r.entries if e.field == "progress"} == {"as-read"}


def with_readings(field: str, *readings: tuple[str, float]) -> Entry:
    entry = sure(field, readings[0][0], readings[0][1])
    return replace(entry, readings=tuple(Reading(t, w, "ocr") for t, w in readings))


def test_a_doubtful_figure_that_the_row_confirms_becomes_sure() -> None:
    entry = one_row({"online_1": with_readings("online_1", ("7,74", 0.7))}).entry("online_1")
    assert entry is not None
    assert (entry.status, entry.value) == ("as-read", Decimal("7.74"))
    assert entry.confidence > 0.9995


@pytest.mark.parametrize(
    "readings",
    [
        [("774", 0.6)],
        [("1774", 0.6)],
        [("77,4", 0.6)],
        [("7,14", 0.5), ("7,74", 0.4)],
        [("3,74", 0.6), ("7,74", 0.3)],
        [("l7,74", 0.6)],
        [("7.,7 4", 0.6)],
    ],
)
def test_a_misreading_is_repaired_and_says_from_what(readings: list[tuple[str, float]]) -> None:
    entry = one_row({"online_1": with_readings("online_1", *readings)}).entry("online_1")
    assert entry is not None
    assert (entry.status, entry.value) == ("repaired", Decimal("7.74"))
    assert (entry.printed, entry.repaired_from) == ("7,74", readings[0][0])
    assert entry.repaired_by


@pytest.mark.parametrize(
    ("letter", "digit", "printed"),
    [
        ("l", "1", "- 5 1 30 7,74 10 5 10 5 5 5 83,74 93,04 Xuất sắc"),
        ("O", "0", "- 5 0 30 7,74 10 5 10 5 5 5 82,74 91,93 Xuất sắc"),
    ],
)
def test_a_letter_by_itself_is_the_digit_that_it_looks_like_where_the_row_agrees(
    letter: str, digit: str, printed: str
) -> None:
    read = replace(
        with_readings("openness_3", (letter, 0.6)), status="unreadable", value=None, printed=letter
    )
    entry = one_row({"openness_3": read}, printed).entry("openness_3")
    assert entry is not None
    assert (entry.status, entry.printed, entry.repaired_from) == ("repaired", digit, letter)


@pytest.mark.parametrize(
    "readings",
    [
        [("7,74", 0.38), ("7o74", 0.31), ("76,74", 0.27)],
        [("7,74", 0.38), ("7,744.", 0.55)],
        [("7o,74", 0.9)],
        [("7,74%", 0.9)],
    ],
    ids=["a sign more", "a sign more behind", "a letter among digits", "a share"],
)
def test_a_sign_that_arithmetic_would_leave_out_leaves_doubt(
    readings: list[tuple[str, float]],
) -> None:
    entry = one_row({"online_1": with_readings("online_1", *readings)}).entry("online_1")
    assert entry is not None
    assert entry.status == "uncertain"


def test_an_unreadable_cell_may_be_a_dash_so_its_neighbour_is_not_surely_blank() -> None:
    """A signature over both: `- N` where the dash stands, nothing read where the 5 does."""
    changes = {
        "openness_1": replace(sure("openness_1", "- N"), confidence=0.3),
        "openness_2": replace(sure("openness_2", ""), status="uncertain", confidence=0.3),
    }
    entry = one_row(changes).entry("openness_2")
    assert entry is not None
    assert entry.status == "uncertain"


def test_a_cell_in_which_nothing_was_read_is_blank_where_the_row_agrees() -> None:
    changes = {
        field: replace(sure(field, ""), status="uncertain", confidence=0.7)
        for field in ("openness_1", "openness_3")
    }
    row = one_row(changes)
    assert [e.status for e in row.entries if e.field in changes] == ["blank", "blank"]


def test_a_reading_that_is_no_number_leaves_room_for_others() -> None:
    """A 5 with a pen's stroke through it: a 3, or signs that say nothing."""
    struck = with_readings("satisfaction_1", ("3", 0.94), (",,-,9", 0.054), ("15,5", 0.0003))
    assert choice_of(struck, ",", Decimal(5)).other > 0.05
    letters = choice_of(with_readings("total", ("§2,74", 0.9)), ",", Decimal(100))
    assert {c.text: round(c.weight, 1) for c in letters.candidates[:2]} == {
        "82,74": 0.5,
        "52,74": 0.3,
    }


def test_a_mark_read_as_a_slash_makes_no_denominator() -> None:
    """`5/00` and `5/11` beside `5,00`: the maximum is 5, and no score is over what stands behind its slash."""
    read = with_readings("openness_2", ("5,00", 0.85), ("5/00", 0.09), ("5/11", 0.05))
    entry = one_row({"openness_2": read}).entry("openness_2")
    assert entry is not None
    assert (entry.status, entry.value, entry.rivals) == ("as-read", Decimal("5.00"), ())


def test_a_change_that_ocr_does_not_make_is_no_repair() -> None:
    changed = {"online_1": with_readings("online_1", ("2,31", 0.9))}
    entry = one_row(changed).entry("online_1")
    assert entry is not None
    assert entry.status == "uncertain"


def test_a_doubtful_total_that_cannot_be_reached_is_no_error_of_the_paper() -> None:
    entry = one_row({"total": with_readings("total", ("274", 0.99))}).entry("total")
    assert entry is not None
    assert entry.status == "uncertain"


@pytest.mark.parametrize(
    ("field", "printed"),
    [("total", "82,47"), ("converted", "93,74"), ("online_1", "4,77"), ("total", "28,74")],
)
def test_an_error_of_the_paper_survives(field: str, printed: str) -> None:
    row = one_row({field: sure(field, printed)})
    entry = row.entry(field)
    assert entry is not None
    assert (entry.status, entry.printed) == ("as-read", printed)
    assert all(e.status != "repaired" for e in row.entries)


def test_where_two_readings_fit_both_are_shown() -> None:
    changes = {
        "digitisation_1": with_readings("digitisation_1", ("4,3", 0.5), ("4,8", 0.5)),
        "digitisation_2": with_readings("digitisation_2", ("8,8", 0.5), ("8,3", 0.5)),
    }
    row = one_row(changes, "- 5 - 30 7,74 10 4,8 8,3 5 5 5 80,84 95,11 Xuất sắc")
    first = row.entry("digitisation_1")
    assert first is not None
    assert first.status == "uncertain"
    assert {first.printed, *first.rivals} >= {"4,3", "4,8"}


def test_figures_of_a_text_layer_are_never_touched() -> None:
    row = [replace(sure(f, t), origin="text-layer") for f, t in cells(RIGHT).items()]
    row[4] = replace(sure("online_1", "7,14"), origin="text-layer")
    table = table_of([row])
    assert restored(table) == table


def _wrong(entry: Entry, printed: str) -> bool:
    """Whether an entry claims something that is not printed."""
    if entry.field == "rank":
        return entry.status != "uncertain" and entry.rank != rank_of(printed)
    figure = None if not_applicable(printed) else parse(printed, ",")
    if entry.status in ("as-read", "repaired"):
        return figure is None or entry.value != figure.value
    return entry.status in ("not-applicable", "blank") and figure is not None


def test_of_twenty_thousand_noisy_cells_none_is_wrong_and_unmarked() -> None:
    rng = random.Random(20230731)
    texts = [honest_row(INDICATORS, rng) for _ in range(ROWS)]
    for text in rng.sample(texts, ROWS // 20):
        field = rng.choice([f for f in FIELDS[:-1] if text[f] != "-"])
        text[field] = slipped(text[field], rng)
    rows = [[read_entry(f, t, rng) for f, t in text.items()] for text in texts]
    found = restored(table_of(rows))
    pairs = [(e, t[e.field]) for row, t in zip(found.rows, texts, strict=True) for e in row.entries]
    assert len(pairs) > 20_000
    assert [(e.field, p, e.printed) for e, p in pairs if _wrong(e, p)] == []
    assert sum(e.status == "uncertain" for e, _ in pairs) < 0.02 * len(pairs)
    assert sum(e.status == "repaired" for e, _ in pairs) > 20


def _loose(texts: Sequence[str], gaps: tuple[int, ...]) -> FieldTable:
    unit = UnitMatch("UBND xã Ta Ma", "Xã Ta Ma", None, "exact", 1.0)
    figures = tuple(replace(sure("", t), origin="text-file", precision=0) for t in texts[:-1])
    rank = replace(sure("rank", texts[-1]), origin="text-file")
    row = ScoredRow(0, "unit", 1, None, "1", unit, (rank,))
    columns = tuple(Column(i, field, (field,)) for i, field in enumerate(FIELDS))
    loose = (LooseRow(0, figures, gaps),)
    return FieldTable("t1", "scores", 1, "", columns, (row,), loose=loose)


def test_white_space_and_maxima_place_the_figures_of_a_loose_row() -> None:
    texts = ["5", "29,2", "10,0", "7,7", "2,9", "10,0", "5", "5", "5", "79,81", "93,9"]
    row = restored(_loose([*texts, "Xuất sắc"], (1, 1, *[0] * 10))).rows[0]
    placed = {e.field: e.printed for e in row.entries}
    assert [placed[f] for f in FIELDS[:5]] == ["", "5", "", "29,2", "10,0"]
    statuses = Counter(e.status for e in row.entries)
    assert statuses == {"as-read": 12, "blank": 2}


def test_without_white_space_a_figure_is_not_put_in_a_wrong_column() -> None:
    texts = ["5", "29,2", "10,0", "7,7", "2,9", "10,0", "5", "5", "5", "79,81", "93,9"]
    row = restored(_loose([*texts, "Xuất sắc"], ())).rows[0]
    first = [row.entry(f) for f in ("openness_1", "openness_2")]
    assert all(e is not None and e.status == "uncertain" and e.value is None for e in first)
    progress = row.entry("progress")
    assert progress is not None and progress.value == Decimal("29.2")


def test_only_confusions_are_considered() -> None:
    assert "7,74" in misreadings("774")
    assert "2,74" in misreadings("7,74")
    assert {"84.000", "54.000"} <= set(misreadings("§4.000"))
    assert "279" in misreadings("\\ 279")
    assert "372" in misreadings("372 \\")
    assert "279" not in misreadings("- 279")
    assert "7,84" in misreadings("/7,84")
    assert "3,74" not in misreadings("7,74")
    assert "01" not in misreadings("1")
    assert sum(misreadings("7,74").values()) < 1
    assert all(0 < chance < 1 for chance in wrong_digits("363").values())


def _truth(name: str) -> list[dict[str, str]]:
    text = (SHARED / "truth" / f"{name}.json").read_text("utf-8")
    rows: list[dict[str, str]] = json.loads(text)["rows"]
    return rows


def _read_scores(name: str) -> list[ScoredRow]:
    path = SHARED / "text" / f"{name}.txt"
    read = submit(read_text(path, path.name), load_register(), None)
    table = next(t for t in restore(read, METHODOLOGIES).tables if t.kind == "scores")
    return [r for r in table.units() if (e := r.entry("total")) and e.status != "blank"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not at hand")
@pytest.mark.parametrize(
    ("name", "uncertain"),
    [
        ("tuan-giao-2023-07", 0),
        ("dien-bien-phu-2023-12", 0),
        ("tuan-giao-2022", 0),
        ("muong-lay-2024-11", 0),
        ("dien-bien-province-2023-07-ocr", 3),
    ],
)
def test_real_reports_as_text_are_restored(name: str, uncertain: int) -> None:
    rows = _read_scores(name)
    truth = _truth(name.removesuffix("-ocr"))
    assert len(rows) == len(truth)
    doubtful = []
    for row, printed in zip(rows, truth, strict=True):
        for field, text in printed.items():
            entry = row.entry(field)
            if field in ("name", "unit"):
                continue
            assert entry is not None, field
            assert not _wrong(entry, text.replace(".", ",") or "-"), (row.unit.printed, field)
            doubtful += [(row.index, field)] if entry.status == "uncertain" else []
    assert len(doubtful) == uncertain
    assert len({index for index, _ in doubtful}) <= 1


CRITERIA = "1,99 1,99 2 2 2 2 2 2 2 17,98 9,98 Xuất sắc"


@pytest.mark.parametrize(
    ("readings", "status"),
    [
        ((("9,98", 0.7),), "as-read"),
        ((("998", 0.6),), "repaired"),
        ((("8", 1 - 1e-6),), "as-read"),
        ((("8", 0.7),), "uncertain"),
    ],
)
def test_the_officers_average_is_weighed_by_its_criteria(
    readings: tuple[tuple[str, float], ...], status: str
) -> None:
    methodology = METHODOLOGIES["dien-bien-1187-2019"]
    fields = [*(p.field for p in methodology.parts), "total", "officer_average", "rank"]
    texts = dict(zip(fields, CRITERIA.split(" ", len(fields) - 1), strict=True))
    row = [sure(f, t) for f, t in texts.items()]
    row[0] = with_readings("criterion_1", ("1,99", 0.99))
    row[-2] = with_readings("officer_average", *readings)
    others = [[sure(f, t) for f, t in texts.items()] for _ in range(3)]
    read = replace(submission(table_of([row, *others])), methodology=methodology.id)
    entry = restore(read, METHODOLOGIES).tables[0].rows[0].entry("officer_average")
    assert entry is not None
    assert entry.status == status
