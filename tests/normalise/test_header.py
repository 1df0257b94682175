"""Headings to fields: each case is a header, and the field of each of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.document import Reader, Row
from normalise.header import place
from tests.normalise.build import CONTENT, DIGITAL, FIELDS_459, ONLINE, OPEN, SCORES_459, row, table

FIRST = (("STT",), ("Tên đơn vị",))
LAST = (("Điểm đạt được",), ("Tổng điểm quy đổi",), ("Xếp loại",))


def fields(
    paths: Sequence[Sequence[str]], *rows: Row, reader: Reader = "lines"
) -> list[str | None]:
    placement = place(table(paths, *rows, reader=reader))
    return [None if f is None else f.name for f in placement.fields]


def test_the_full_header_of_decision_459() -> None:
    assert fields(SCORES_459) == FIELDS_459


def test_typing_errors_and_wordings() -> None:
    paths = (
        ("TT",),
        ("Cơ quan, đơn vị",),
        ("Công khai, minh bạch", "Chỉ số 2 (5 điểm)"),
        ("Tiên độ, kết quả giải quyết", "tối đa 30"),
        ("Nhóm cung cấp DCTT", "Tỷ lệ nộp hồ sơ trực tuyến (10đ)"),
        ("Nhóm cung cấp DCTT", "Tỷ lệ thanh toán trực tuyến (10đ)"),
        ("Số hóa hồ sơ", "Chỉ số 1", "(5đ)"),
        ("Số hóa hồ sơ", "Chỉ số 2", "(10đ)"),
        ("Mức độ hài lòng", "Chỉ số 3 (5đ)"),
        ("Tổng điểm đạt được",),
        ("Điểm quy đổi",),
        ("Xếp hạng",),
        ("Ghi chú",),
    )
    rows = [row("1", "Xã Ta Ma", *["5"] * 9, "Tốt", "")] * 3
    assert fields(paths, *rows) == [
        "serial",
        "unit",
        "openness_2",
        "progress",
        "online_1",
        "online_2",
        "digitisation_1",
        "digitisation_2",
        "satisfaction_3",
        "total",
        "converted",
        "rank",
        "note",
    ]


def test_words_broken_by_narrow_columns() -> None:
    paths = (
        ("ST T",),
        ("TÊN CƠ QU AN, ĐƠN V Ị",),
        ("Ti ến độ, K Q giả i quy ết (3 0đ)",),
        ("Nhóm cu ng cấp DVT T", "C hỉ số 1 (1 0đ)"),
        ("Nhóm ho á hồ sơ số", "Ch ỉ số 2 (10đ )"),
        ("Nh óm mức độ hài lò ng", "Chỉ s ố 1 (5 đ)"),
        ("ĐI ỂM ĐẠ T ĐƯỢ C",),
        ("XẾ P LO ẠI",),
    )
    assert fields(paths) == [
        "serial",
        "unit",
        "progress",
        "online_1",
        "digitisation_2",
        "satisfaction_1",
        "total",
        "rank",
    ]


def test_words_tell_which_indicators_of_a_group_are_there() -> None:
    group = "Nhóm mức độ hài lòng"
    paths = (
        *SCORES_459[:10],
        (group, "Tiếp nhận, xử lý PAKN (tối đa 5đ)"),
        (group, "Hài lòng trong giải quyết TTHC (tối đa 5đ)"),
        *SCORES_459[13:],
    )
    assert fields(paths) == [f for f in FIELDS_459 if f != "satisfaction_3"]


TOTALS = [
    ((("Tổng điểm (80đ)",), ("Điểm quy đổi (thang điểm 10)",)), ["total", "converted"]),
    ((("Cộng",), ("Tổng điểm quy đổi (thang điểm 100)",)), ["total", "converted"]),
    ((("Tổng điểm trước quy đổi",), ("Quy đổi thang 100",)), ["total", "converted"]),
    ((("TỔNG ĐIỂM ĐẠT ĐƯỢC/ĐIỂM TỐI ĐA",), ("Tỷ lệ % đạt được",)), ["total", "converted"]),
    ((("ĐIỂM ĐẠT ĐƯỢC",), ("TỔNG ĐIỂM",)), ["total", "converted"]),
    ((("TỔNG ĐIỂM",),), ["total"]),
    ((("TỔNG ĐIỂM",), ("ĐIỂM QUY ĐỔI",)), ["total", "converted"]),
    ((("TỔNG ĐIỂM QUY ĐỔI",), ("ĐIỂM ĐẠT ĐƯỢC",)), ["converted", "total"]),
    ((("Điểm đạt được",), ("Điểm tối đa",), ("Quy đổi",)), ["total", None, "converted"]),
]


@pytest.mark.parametrize(("paths", "found"), TOTALS)
def test_which_column_is_the_total(
    paths: tuple[tuple[str, ...], ...], found: list[str | None]
) -> None:
    parts = SCORES_459[:13]
    assert fields((*parts, *paths, ("XẾP LOẠI",)))[13:-1] == found


OUTLINED = (
    ("TT",),
    ("Đơn vị được đánh giá",),
    ("1. Công khai, minh bạch", "CS1 (5đ)", "(1)"),
    ("1. Công khai, minh bạch", "CS2 (5đ)", "(2)"),
    ("1. Công khai, minh bạch", "CS3 (10đ)", "(3)"),
    ("2. Tiến độ giải quyết (30 điểm)", "(4)"),
    ("3. Cung cấp dịch vụ trực tuyến", "CS1 (10đ)", "(5)"),
    ("3. Cung cấp dịch vụ trực tuyến", "CS2 (10đ)", "(6)"),
    ("4. Số hóa hồ sơ", "Chỉ số 4.1 (5đ)", "(7)"),
    ("4. Số hóa hồ sơ", "Chỉ số 4.2 (10đ)", "(8)"),
    ("5. Mức độ hài lòng", "Chỉ số 5.1 (5đ)", "(9)"),
    ("5. Mức độ hài lòng", "Chỉ số 5.2 (5đ)", "(10)"),
    ("5. Mức độ hài lòng", "Chỉ số 5.3 (5đ)", "(11)"),
    ("Tổng điểm", "(12)"),
    ("Điểm quy đổi (thang 10)", "(13)"),
    ("Kết quả xếp loại", "(14)"),
)


def test_a_column_of_ranks_needs_no_heading() -> None:
    rows = [row("1", "Xã Ta Ma", *["5"] * 13, rank) for rank in ("Tốt", "Khá", "Xuất sắc", "Tốt")]
    assert fields([*SCORES_459[:-1], ()], *rows) == FIELDS_459


def test_a_column_cut_in_two_has_its_heading_once() -> None:
    doubled = [*OUTLINED[:9], OUTLINED[8], *OUTLINED[9:]]
    rows = [row("1", "Xã Ta Ma", *["5"] * 7, "", *["5"] * 6, "Khá")] * 4
    assert fields(doubled, *rows) == [*FIELDS_459[:9], None, *FIELDS_459[9:]]


def test_a_heading_cut_from_its_figures_goes_back_to_them() -> None:
    paths = [*SCORES_459[:6], (*SCORES_459[5], "Chỉ số 1"), *SCORES_459[6:]]
    rows = [row("1", "Xã Ta Ma", "5", "5", "5", "", "29,1", *["5"] * 9, "Khá")] * 4
    assert fields(paths, *rows) == [*FIELDS_459[:5], None, *FIELDS_459[5:]]


def test_an_indicator_left_blank_is_not_its_group_s_sum() -> None:
    paths = [*SCORES_459[:5], (OPEN, "Cộng"), *SCORES_459[5:]]
    rows = [row("1", "Xã Ta Ma", "5", "4,2", "", "9,2", *["5"] * 10, "Khá")] * 4
    assert fields(paths, *rows)[2:6] == ["openness_1", "openness_2", "openness_3", None]


def test_groups_in_an_outline_over_numbered_columns() -> None:
    assert fields(OUTLINED) == FIELDS_459


def test_a_total_out_of_the_maximum_is_no_converted_score() -> None:
    paths = (*SCORES_459[:13], ("Tổng điểm",), ("Kết quả cuối cùng",), ("Xếp loại",))
    rows = [row("1", "Xã Ta Ma", *["5"] * 11, "66,30/95", "6,98", "Khá")] * 4
    assert fields(paths, *rows)[13:] == ["total", None, "rank"]


UNMARKED = [(*path[:-1], path[-1].partition(" (")[0]) for path in SCORES_459]
MOST = ("5", "5", "10", "30", "10", "10", "5", "10", "5", "5", "5", "100", "100")


def test_maxima_on_a_line_of_their_own() -> None:
    labels = (None, "Điểm tối đa", *MOST, None)
    inside = [(*path, most) if most else path for path, most in zip(UNMARKED, labels, strict=True)]
    assert fields(inside) == FIELDS_459
    below = row("", "Điểm tối đa", *MOST, "")
    unit = row("1", "Xã Ta Ma", *["5"] * 13, "Tốt")
    assert fields(UNMARKED, below, unit) == FIELDS_459
    unnamed = row("", "", *MOST, "")
    assert fields(UNMARKED, unnamed, unit) == FIELDS_459


def test_column_numbers_may_stand_below_the_maxima() -> None:
    labels = (None, None, *MOST[:11], *[None] * 3)
    inside = [
        (*path, *([most] if most else []), str(column))
        for column, (path, most) in enumerate(zip(UNMARKED, labels, strict=True), 1)
    ]
    assert fields(inside) == FIELDS_459


STATISTICS = [
    (
        ("Chưa nộp phí, lệ phí / Hồ sơ", "unpaid_cases"),
        ("Chưa nộp phí, lệ phí / Số tiền (đồng)", "unpaid_fees"),
        ("Nộp trực tiếp / Hồ sơ", "direct_cases"),
        ("Nộp trực tiếp / Số tiền (đồng)", "direct_fees"),
        ("Nộp trực tuyến / Thủ tục", "online_procedures"),
        ("Nộp trực tuyến / Hồ sơ", "online_cases"),
        ("Nộp trực tuyến / Số tiền (đồng)", "online_fees"),
        ("Tổng cộng / Thủ tục", "total_procedures"),
        ("Tổng cộng / Hồ sơ", "total_cases"),
        ("Tổng cộng / Số tiền (đồng)", "total_fees"),
        ("Tỷ lệ thanh toán trực tuyến (%)", "online_rate"),
    ),
    (
        ("Số hóa hồ sơ đầu vào / Tổng hồ sơ tiếp nhận", "received"),
        ("Số hóa hồ sơ đầu vào / Hồ sơ đã số hóa thành phần", "received_digitised"),
        ("Số hóa hồ sơ đầu vào / Tỷ lệ số hóa (%)", "received_rate"),
        ("Số hóa hồ sơ đầu vào / Hồ sơ chưa số hóa", "received_pending"),
        ("Số hóa kết quả đầu ra / Tổng hồ sơ giải quyết", "resolved"),
        ("Số hóa kết quả đầu ra / Kết quả đã số hóa", "results_digitised"),
        ("Số hóa kết quả đầu ra / Tỷ lệ số hóa (%)", "results_rate"),
        ("Số hóa kết quả đầu ra / Kết quả chưa số hóa", "results_pending"),
    ),
    (
        ("Tiếp nhận / Tổng số HS tiếp nhận", "received"),
        ("Tiếp nhận / HS được số hóa", "received_digitised"),
        ("Tiếp nhận / Tỷ lệ %", "received_rate"),
        ("Tiếp nhận / HS chưa được số hóa", "received_pending"),
        ("Giải quyết / Tổng số HS giải quyết", "resolved"),
        ("Giải quyết / KQ được số hóa", "results_digitised"),
        ("Giải quyết / Tỷ lệ %", "results_rate"),
        ("Giải quyết / KQ chưa được số hóa", "results_pending"),
    ),
]


@pytest.mark.parametrize("columns", STATISTICS)
def test_other_words_over_statistics(columns: tuple[tuple[str, str], ...]) -> None:
    paths = [tuple(heading.split(" / ")) for heading, _ in columns]
    assert fields([*FIRST, *paths])[2:] == [field for _, field in columns]


def test_columns_in_another_order_are_placed_by_their_words() -> None:
    turned = (*SCORES_459[:2], *reversed(SCORES_459[2:]))
    assert fields(turned) == [*FIELDS_459[:2], *reversed(FIELDS_459[2:])]


def test_damaged_headings_are_placed_by_number_maximum_and_order() -> None:
    paths = (
        ("STIT",),
        ("TEN CO QUAN, DON VI",),
        ("DIEM CAC CHI SO", "miahbach", "Chi 56 | 1 (5a)"),
        ("DIEM CAC CHI SO", "miahbach", "Chi sé 2 (5d)"),
        ("DIEM CAC CHI SO", "miahbach", "Chi s6 3 (10a)"),
        ("DIEM CAC CHI SO", "KOwu quyét (30d)"),
        ("DIEM CAC CHI SO", "RDVIT", "Chi sé 1 (10d)"),
        ("DIEM CAC CHI SO", "RDVIT", "Chi s8 2 10a)"),
        ("DIEM CAC CHI SO", "bbew", "Chi s6 1 (5d)"),
        ("DIEM CAC CHI SO", "bbew", "Chi sé 2 (10d)"),
        ("DIEM CAC CHI SO", "W il", "Chi 1 (5d)"),
        ("DIEM CAC CHI SO", "W il", "Chi sé 2 (5@"),
        ("DIEM CAC CHI SO", "W il", "Chi s6 3 (5)"),
        ("PEMPAT DUGC",),
        ("TONG DIEM QUY DOI",),
        ("xip LOAI",),
    )
    cells = [
        "-",
        "5",
        "-",
        "30",
        "10",
        "10",
        "5",
        "10",
        "5",
        "5",
        "1,67",
        "60/60",
        "100",
        "Xuất sắc",
    ]
    assert fields(paths, *[row("1", "Thanh tra tinh", *cells)] * 5, reader="scan") == FIELDS_459


def test_the_nine_criteria() -> None:
    for heading in ("Tiêu chí {}", "Tiêu chí {} (2đ)", "{}"):
        criteria = [("ĐIỂM CÁC TIÊU CHÍ", heading.format(k)) for k in range(1, 10)]
        last = (("TỔNG ĐIỂM",), ("ĐTB CCVC, BP 1 CỬA",), ("PHÂN LOẠI",), ("Ghi chú",))
        names = [f"criterion_{k}" for k in range(1, 10)]
        assert fields((*FIRST, *criteria, *last)) == [
            "serial", "unit", *names, "total", "officer_average", "rank", "note",
        ]  # fmt: skip


def test_fees_and_digitisation() -> None:
    paid = "Đã thanh toán"
    fees = (
        ("Chưa thanh toán", "Số hồ sơ"),
        ("Chưa thanh toán", "Phí, lệ phí"),
        (paid, "Trực tiếp", "Số hồ sơ"),
        (paid, "Trực tiếp", "Phí, lệ phí"),
        (paid, "Trực tuyến", "Số TTHC"),
        (paid, "Trực tuyến", "Số hồ sơ"),
        (paid, "Trực tuyến", "Phí, lệ phí"),
        ("Tổng", "Tổng số TTHC"),
        ("Tổng", "Tổng số hồ sơ"),
        ("Tổng", "Tổng phí, lệ phí"),
        ("Tỷ lệ %",),
    )
    assert fields((*FIRST, *fees))[2:] == [
        "unpaid_cases",
        "unpaid_fees",
        "direct_cases",
        "direct_fees",
        "online_procedures",
        "online_cases",
        "online_fees",
        "total_procedures",
        "total_cases",
        "total_fees",
        "online_rate",
    ]
    received, results = "Số hóa hồ sơ TTHC khi Tiếp nhận", "Số hóa kết quả giải quyết TTHC"
    digital = (
        (received, "Số hồ sơ Tiếp nhận", "(1)"),
        (received, "Số hồ sơ có số hóa thành phần HS", "(2)"),
        (received, "Tỷ lệ số hồ sơ có số hóa đầy đủ thành phần HS", "(3)=(2)/(1)"),
        (received, "Số hồ sơ chưa số hóa TPHS", "(5)"),
        (results, "Số hồ sơ đã giải quyết", "(6)=(7)+(9)"),
        (results, "Số hồ sơ có số hóa kết quả", "(7)"),
        (results, "Tỷ lệ số hóa kết quả hồ sơ", "(8)=(7)/(6)"),
        (results, "Số hồ sơ chưa số hóa kết quả TTHC", "(9)"),
    )
    assert fields((*FIRST, *digital))[2:] == [
        "received",
        "received_digitised",
        "received_rate",
        "received_pending",
        "resolved",
        "results_digitised",
        "results_rate",
        "results_pending",
    ]


UNPLACED = [
    ("one heading over two fields", (OPEN, "Chỉ số (5đ)")),
    ("a maximum that the group has not", (ONLINE, "Chỉ số 1 (7đ)")),
    ("a number that the group has not", (DIGITAL, "Chỉ số 3 (10đ)")),
    ("words that no field has", ("Điểm thưởng",)),
    ("a group that decision 459 has not", ("Nhóm cải cách hành chính", "Chỉ số 1 (5đ)")),
    ("a blank heading", ()),
]


@pytest.mark.parametrize(("why", "path"), UNPLACED, ids=[why for why, _ in UNPLACED])
def test_what_no_field_fits_stays_unplaced(why: str, path: tuple[str, ...]) -> None:
    parts = ((CONTENT, "Chỉ số 1 (5đ)"), (CONTENT, "Chỉ số 2 (5đ)"), (CONTENT, "Chỉ số 3 (5đ)"))
    found = fields((*FIRST, path, *parts, *LAST))
    assert found[2] is None, why
    assert found[3:6] == ["satisfaction_1", "satisfaction_2", "satisfaction_3"]


def test_a_table_of_another_kind_has_only_serial_and_unit() -> None:
    rows = [row("1", "Xã Ta Ma", "1.200", "300"), row("2", "Xã Pú Xi", "1.300", "310")]
    placement = place(table((*FIRST, ("Dân số",), ("Số hộ",)), *rows))
    assert placement.layout is None
    assert [f and f.name for f in placement.fields] == ["serial", "unit", None, None]


def test_other_provinces_maxima_are_not_forced_into_our_fields() -> None:
    groups = (
        ("Công khai, minh bạch (18đ)",),
        ("Tiến độ giải quyết (20đ)",),
        ("Mức độ hài lòng (18đ)",),
    )
    assert place(table((*FIRST, *groups, *LAST))).layout is None


def test_letters_that_a_very_narrow_column_set_apart() -> None:
    criteria = [("Điểm các tiêu chí", f"Ti êu chí {k}") for k in range(1, 10)]
    last = (("T Ổ N G ĐI Ể M",), ("ĐT B C C V C, BP 1 C Ử A",), ("P H Â N L O ẠI",), ("Gh i ch ú",))
    found = fields((("S T T",), ("Tên đơn vị",), *criteria, *last))
    assert found[-4:] == ["total", "officer_average", "rank", "note"]


def test_a_group_heading_that_recognition_made_nonsense_of_is_as_if_it_were_not_there() -> None:
    paths = list(SCORES_459)
    paths[6] = ("0IX,344I546", "4-5947--4-%-40", "Chỉ số 1 (10đ)")
    paths[7] = ("6432321", "4-5947--4-%-40", "Chỉ số 2 (10đ)")
    assert fields(paths, reader="scan") == FIELDS_459


@pytest.mark.parametrize(
    ("spoilt", "reader", "placed"),
    [
        ("Tiêu chí ó", "scan", "criterion_6"),
        ("Tiêu chí ó", "lines", None),
        ("Điểm cộng thêm", "scan", None),
    ],
)
def test_a_spoilt_heading_between_two_others_leaves_one_field(
    spoilt: str, reader: Reader, placed: str | None
) -> None:
    names = [spoilt if k == 6 else f"Tiêu chí {k}" for k in range(1, 10)]
    paths = (*FIRST, *(("Điểm các tiêu chí", n) for n in names), ("TỔNG ĐIỂM",), ("PHÂN LOẠI",))
    rows = [row("1", "Xã Ta Ma", *["1,5"] * 9, "13,5", "Tốt")] * 3
    assert fields(paths, *rows, reader=reader)[7] == placed


def test_figures_broken_over_lines_are_figures() -> None:
    parts = tuple(("Mức độ hài lòng", f"Chỉ số {k} (5đ)") for k in (1, 2, 3))
    whole = row("1", "Xã Ta Ma", "5", "5", "4", "14,00/15", "93,3", "Tốt")
    cells = (replace(c, lines=("14,0", "0/15")) if c.column == 5 else c for c in whole.cells)
    broken = replace(whole, cells=tuple(cells))
    paths = (*FIRST, *parts, ("Cộn š",), *LAST[1:])
    assert fields(paths, *[broken] * 3, reader="scan")[5] == "total"


def test_spoilt_headings_side_by_side_leave_as_many_fields() -> None:
    names = [f"Tiêu chí {'ó' if k in (1, 7, 8) else k}" for k in range(1, 10)]
    paths = (*FIRST, *(("Điểm các tiêu chí", n) for n in names), ("TỔNG ĐIỂM",), ("PHÂN LOẠI",))
    rows = [row("1", "Xã Ta Ma", *["1,5"] * 9, "13,5", "Tốt")] * 3
    placed = fields(paths, *rows, reader="scan")[2:11]
    assert placed == [f"criterion_{k}" for k in range(1, 10)]


OPENNESS = ("ĐIỂM CÁC CHỈ SỐ", "Công khai, minh bạch")


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (
            ("Công khai TTHC (5đ)", "Công khai TTHC có đủ bộ phận tạo thành (5đ)", "Đồng bộ (10đ)"),
            ["openness_1", "openness_2", "openness_3"],
        ),
        (
            ("Công khai TTHC đầy đủ (5đ)", "Niêm yết tại trụ sở (5đ)", "Đồng bộ (10đ)"),
            ["openness_2", None, "openness_3"],
        ),
        (
            ("Công khai TTHC (5đ)", "Công khai TTHC có đủ bộ phận tạo thành (5đ)"),
            [None, None],
        ),
    ],
    ids=["a whole group in its order", "not in its order", "not the whole group"],
)
def test_headings_of_a_whole_group_are_its_fields_in_their_order(
    own: Sequence[str], expected: Sequence[str | None]
) -> None:
    paths = (*FIRST, *((*OPENNESS, heading) for heading in own), ("Tiến độ (30đ)",), *LAST)
    rows = [row("1", "Xã Ta Ma", *["5"] * (len(own) + 3), "Tốt")] * 3
    assert fields(paths, *rows)[2 : 2 + len(own)] == expected


FEES = (
    *FIRST,
    ("Chưa thanh toán", "Số hồ sơ"),
    ("Chưa thanh toán", "Phí, lệ phí"),
    ("Đã thanh toán", "Trực tiếp", "Số hồ sơ"),
    ("Đã thanh toán", "Trực tiếp", "Phí, lệ phí"),
)


@pytest.mark.parametrize(
    ("own", "rest", "expected"),
    [
        ("Số TTHC", ("Số hồ sơ", "Phí, lệ phí"), "online_procedures"),
        ("Lượt", ("Số hồ sơ", "Phí, lệ phí"), None),
        ("Số TTHC", ("Phí, lệ phí",), None),
    ],
    ids=["its name", "another name", "two fields left open"],
)
def test_a_column_whose_group_is_a_neighbours_is_told_by_its_name_between_its_neighbours(
    own: str, rest: Sequence[str], expected: str | None
) -> None:
    paths = (*FEES, ("Đã thanh toán", own), *(("Trực tuyến", name) for name in rest))
    rows = [row("1", "Xã Ta Ma", *["5"] * (len(paths) - 2))] * 3
    assert fields(paths, *rows, reader="words")[6] == expected


@pytest.mark.parametrize(("spoilt", "placed"), [("1ÿ lệ %", "online_rate"), ("Xếp hạng", None)])
def test_a_spoilt_heading_at_the_end_is_the_next_field(spoilt: str, placed: str | None) -> None:
    paid = ("Đã thanh toán",)
    paths = (
        *FIRST,
        *(("Chưa thanh toán", n) for n in ("Số hồ sơ", "Phí, lệ phí")),
        *((*paid, "Trực tiếp", n) for n in ("Số hồ sơ", "Phí, lệ phí")),
        *((*paid, "Trực tuyến", n) for n in ("Số TTHC", "Số hồ sơ", "Phí, lệ phí")),
        *(("Tổng", n) for n in ("Tổng số TTHC", "Tổng số hồ sơ", "Tổng phí, lệ phí")),
        (spoilt,),
    )
    figures = ["1", "10.000", "2", "20.000", "1", "3", "30.000", "4", "6", "60.000", "50,0"]
    rows = [row("1", "Xã Ta Ma", *figures)] * 3
    assert fields(paths, *rows, reader="scan")[-1] == placed


BARE = [(*above, own.replace("(", "[").replace("đ)", "]")) for *above, own in SCORES_459]
"""The headings with maxima in square brackets and nothing beside them: `[10]`."""


def test_a_scans_maximum_that_no_field_has_is_misread() -> None:
    """`[10]` read as `[9]` or `[19]`: the words beside it tell."""
    paths = [*BARE]
    paths[6] = (ONLINE, "Nộp hồ sơ trực tuyến [9]")
    paths[7] = (ONLINE, "Tỷ lệ thanh toán trực tuyến [19]")
    assert fields(paths, reader="scan") == FIELDS_459


def test_strange_maxima_all_along_are_another_tables() -> None:
    paths = [(*above, own.replace("5]", "7]").replace("0]", "9]")) for *above, own in BARE]
    assert fields(paths, reader="scan").count(None) > 6
