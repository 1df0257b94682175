from decimal import Decimal

import pytest

from extract.document import Cell, Heading, Reader, Row, Table
from normalise.column_numbers import number_row
from normalise.heading import Heads, heads_of, shared_out
from normalise.legible import mended


def over(*paths: tuple[str, ...], reader: Reader = "lines") -> tuple[Heads, ...]:
    """The headings of a table whose columns stand under the given paths, nothing merged."""
    header = tuple(_chain(path, column) for column, path in enumerate(paths))
    table = Table("t1", 0, 1, reader, len(paths), header, ())
    return heads_of(table, {}, {})


def _chain(path: tuple[str, ...], column: int) -> Heading:
    below = (_chain(path[1:], column),) if len(path) > 1 else ()
    return Heading(path[0], column, column, 1, children=below)


@pytest.mark.parametrize(
    ("text", "maximum", "indicator"),
    [
        ("Chỉ số 2 (10đ)", 10, 2),
        ("Chỉ số 1 (5 điểm)", 5, 1),
        ("Chỉ\nsố 3\n(5\nđiểm)", 5, 3),
        ("Ch ỉ số 2 (1 0đ)", 10, 2),
        ("Chỉ số 2 tối đa 10", 10, 2),
        ("Chỉ số 1, 5đ", 5, 1),
        ("Chi so 1 (5)", 5, 1),
        ("Chỉ số 2 (10 đi ểm)", 10, 2),
        ("Chỉ số 1 Điểm tối đa: 5", 5, 1),
        ("Ch ỉ số 2 Đi ểm t ối đ a: 10", 10, 2),
        ("Tiến độ, 10 điểm tối đa", 10, None),
        ("Tiêu chí 9", None, 9),
        ("Điểm đạt được", None, None),
    ],
)
def test_maximum_and_indicator(text: str, maximum: int | None, indicator: int | None) -> None:
    (heads,) = over(("Nhóm cung cấp DVTT", text))
    assert heads.maximum == (None if maximum is None else Decimal(maximum))
    assert heads.indicator == indicator


def test_the_maximum_may_stand_in_a_line_of_its_own() -> None:
    heads = over(("Nhóm", "Chỉ số 1", "(5đ)"), ("Tiến độ", "(30đ)"))
    assert [h.maximum for h in heads] == [Decimal(5), Decimal(30)]
    assert [h.own for h in heads] == ["", "tiendo"]


def test_the_maximum_of_a_group_is_not_that_of_its_columns() -> None:
    (heads,) = over(("Nhóm công khai (20đ)", "Chỉ số 1"))
    assert heads.maximum is None


def test_column_numbers_and_formulas_are_told_from_words() -> None:
    heads = over(("STT",), ("Số hồ sơ", "(1)"), ("Có", "(2)"), ("Tỷ lệ", "(3)=(2)/(1)"))
    assert [h.number for h in heads] == [None, "1", "2", "3"]
    assert heads[3].formula == "(2)/(1)"
    assert [h.own for h in heads] == ["stt", "sohoso", "co", "tyle"]


@pytest.mark.parametrize(
    ("text", "maximum", "indicator"),
    [
        ("Chỉ số 2 (104)", 10, 2),
        ("Cung cấp DVTT - Chỉ số 2 5đ)", 5, 2),
        ("Số hóa hồ sơ – CS 1 (10đ)", 10, 1),
        ("Nhóm chỉ số công khai, minh bạch CS 2 (5đ)", 5, 2),
        ("Chỉ số 1 (Sđ)", 5, 1),
        ("Tiêu chí 210 điểm)", 10, 2),
        ("Chỉ số 2 (10đ)", 10, 2),
        ("Chỉ số 31 (10đ)", 10, 1),
        ("CSI q0đ )", 10, 1),
        ('"Tiêu chí 2', None, 2),
        ("“Tiêu chí 4|", None, 4),
        ("Chỉ số 26 điểm)", 5, 2),
        ("Tiêu chí 3 (24)", 2, 3),
        ("Tiến độ, KQ giải quyết (230đ)", None, None),
        ("Tiến độ, KQ giải quyết (30đ)", 30, None),
        ("Chỉ số 3 q10 điể m)", 10, 3),
        ("CS 2 (5 .điểm)", 5, 2),
        ("CSI (§ điểm)", 5, 1),
        ("CS2 (l0 điểm)", 10, 2),
        ("€CSI (I điểm)", None, 1),
        ("Tiêu chí 3 0đ)", 10, 3),
        ("Tiêu chí 2104)", 10, 2),
        ("Tổng điểm (thang 10)", None, None),
        ("Tiếp nhận, xử lý PAKN (tối đa Sđ)", 5, None),
        ("Hài lòng trong giải quyết TTHC Điểm tối đa: Š", 5, None),
        ("Công khai TTHC (tối đa sáu điểm)", None, None),
    ],
)
def test_maximum_and_indicator_on_a_scan(
    text: str, maximum: int | None, indicator: int | None
) -> None:
    others = ("Mức độ hài lòng", "Chỉ số 5.1 (5đ)"), ("Mức độ hài lòng", "Chỉ số 5.2 (5đ)")
    heads, *_ = over(("Nhóm cung cấp DVTT", text), *others, reader="scan")
    assert heads.maximum == (None if maximum is None else Decimal(maximum))
    assert heads.indicator == indicator


def test_numbers_that_repeat_are_maxima() -> None:
    heads = over(("Chỉ số 1", "(5)"), ("Chỉ số 2", "(5)"), ("Chỉ số 3", "(10)"))
    assert [h.maximum for h in heads] == [Decimal(5), Decimal(5), Decimal(10)]


def test_lone_numbers_under_the_criteria_are_their_numbers() -> None:
    heads = over(("STT",), ("Đơn vị",), ("Tiêu chí", "1"), ("Tiêu chí", "2"), ("Tổng điểm",))
    assert [h.indicator for h in heads] == [None, None, 1, 2, None]


def test_lone_numbers_under_every_column_count_the_columns() -> None:
    heads = over(("STT", "1"), ("Đơn vị", "2"), ("Tổng", "3"), ("Tỷ lệ", "4=3/2"))
    assert [h.number for h in heads] == ["1", "2", "3", "4"]
    assert heads[3].formula == "3/2"
    heads = over(("STT",), ("Nhận", "Số hồ sơ", "1"), ("Nhận", "Số hóa", "2"), ("Tỷ lệ", "3=2/1"))
    assert [h.number for h in heads] == [None, "1", "2", "3"]


def test_column_numbers_below_scanned_headings_are_no_words_of_theirs() -> None:
    feet = ("1", "2", "(3)=(3)/(1)", "(4)=tÌ )-(2)", "(Ã)=(6)+(8)", "[Ôn", "(7i=t01/L5)", "tÑI")
    heads = over(("STT",), ("Đơn vị",), *(("Số hóa", f) for f in feet), reader="scan")
    assert [(h.own, h.number) for h in heads[2:5]] == [
        ("sohoa", "1"), ("sohoa", "2"), ("sohoa", None),
    ]  # fmt: skip
    assert heads[9].own == "sohoa"


def row(*texts: str) -> Row:
    return Row(tuple(Cell((t,) if t else (), 1, None, "docx", i) for i, t in enumerate(texts)), 1)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("", "", "(1)", "(2)", "(3)=(2)/(1)", "(5)", "(6)=(7)+(9)"), True),
        (("1", "2", "3", "4", "5"), True),
        (("A", "B", "1", "2", "3"), True),
        (("38", "8", "1", "2", "3", "4", "5", "6"), True),
        (("3", "Xã A", "1", "2", "3", "4", "5", "6"), False),
        (("1", "Xã Ta Ma", "5", "6", "7"), False),
        (("2", "5", "5", "10", "30"), False),
        (("", "", "48", "48", "100"), False),
    ],
)
def test_a_body_row_of_column_numbers(texts: tuple[str, ...], found: bool) -> None:
    assert (number_row(row(*texts)) is not None) is found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ("04 (2) 6 4 6 19 71 6 6 10 1 12 13 (14)", {3: "(4)", 13: "(14)"}),
        ("- - 710 2 (3)=@)/đ) 4 @)=(6)+(8) 6 (7)=(6)/(5) 8", {3: "(2)", 9: "(8)"}),
        ("- - 1 2 3=2/1 4=1-2 5 6 T=6/5 §=5-6", {3: "(2)", 6: "(5)"}),
        ("- - 1 2 (3)=(2)⁄(1) 5 (6)=(7)+(9) 7 (8)=(Œ7)/6) 9", {3: "(2)", 5: "(5)", 9: "(9)"}),
        ("- - 01 2 (3)=(2)/q) 5 (6)=Œ)+(9) 171 (8)=Œ)/(6) 00", {3: "(2)", 5: "(5)"}),
        ("- - 01 121 3)=@)/) (4)=(1)-(2) (5)=(6)+(8) 6 (7)=(6)/(5) 8", {7: "(6)", 9: "(8)"}),
        (
            "- - 111 121 (3)=@Ø)/(1) 151 (6)=(7)+@) 178 (8)=ŒX(6) 191",
            {3: "(2)", 5: "(5)", 9: "(9)"},
        ),
        ("1 Ta 111 121 30 80 151 10 171 45", None),
        ("1 - 5 5 10 30 10 10 5 10 5 5 5 100", None),
        ("1 - 2 30 4 5 10 7,5 8 5 14", None),
        ("1 Ta 2 3 4 5 6 Tốt", None),
    ],
)
def test_column_numbers_as_a_scan_shows_them(texts: str, found: dict[int, str] | None) -> None:
    seen = [Cell((t,) * (t != "-"), 1, None, "ocr", i, 1, 0.5) for i, t in enumerate(texts.split())]
    numbers = number_row(Row(tuple(seen), 1))
    assert (numbers and {c: numbers[c] for c in found or ()}) == found


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([("Nhóm A Chỉ số 1 Chỉ số 2",)] * 2, [("Nhóm A", "Chỉ số 1"), ("Nhóm A", "Chỉ số 2")]),
        (
            [("Điểm", "A CS1 CS2", "5"), ("Điểm", "A CS1 CS2", "10"), ("Điểm", "B", "5")],
            [("Điểm", "A", "CS1", "5"), ("Điểm", "A", "CS2", "10"), ("Điểm", "B", "5")],
        ),
        ([("Chỉ số 1 Chỉ số 2",)] * 2, [("Chỉ số 1",), ("Chỉ số 2",)]),
        ([("A Chỉ số 1 Chỉ số 3",)] * 2, [("A Chỉ số 1 Chỉ số 3",)] * 2),
        ([("A Chỉ số 1 Chỉ số 2",)] * 3, [("A Chỉ số 1 Chỉ số 2",)] * 3),
        ([("A Chỉ số 1",), ()], [("A Chỉ số 1",), ()]),
    ],
    ids=["a group", "in the middle", "no group", "another number", "a column more", "one column"],
)
def test_numbered_headings_that_a_lost_line_has_joined(
    paths: list[tuple[str, ...]], expected: list[tuple[str, ...]]
) -> None:
    assert shared_out(paths) == expected


def test_headings_of_two_columns_read_as_one_tell_no_number() -> None:
    (heads,) = over(("Số hóa hồ sơ", "Chỉ số 2 (10đ) Chỉ số 1 (5đ)"), reader="scan")
    assert (heads.indicator, heads.maximum, heads.legible) == (None, None, False)
    (heads,) = over(("Tổng điểm (chỉ số 1 + chỉ số 2)",), reader="scan")
    assert heads.legible


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        ("I 2 3 4 5 6 1 § 9", "1 2 3 4 5 6 7 8 9"),
        ("1 2 3 5 6", "1 2 3 5 6"),
        ("1 2 3 3 5", "1 2 3 4 5"),
        ("1 2 I § ?", "1 2 I § ?"),
        ("1 2 §", "1 2 §"),
    ],
    ids=["misread ones", "one left out", "a number twice", "mostly unread", "too few"],
)
def test_numbers_that_count_on_tell_what_stands_between_them(numbers: str, read: str) -> None:
    paths = [("Điểm các tiêu chí", f"Tiêu chí {number}") for number in numbers.split()]
    found = mended([("TT",), *paths, ("Tổng điểm",)])
    assert [path[-1].removeprefix("Tiêu chí ") for path in found[1:-1]] == read.split()
