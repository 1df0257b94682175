"""The headings of score tables, in the wordings and with the slips that reports have."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.generator.content import EMPTY, NAME, SERIAL, Head, Style
from benchmarks.generator.figures import CRITERIA, MAXIMA

GROUPS = {
    "openness": (
        "Nhóm chỉ số công khai, minh bạch",
        "Công khai, minh bạch",
        "Công khai, minh bạch trong giải quyết TTHC",
    ),
    "online": (
        "Nhóm cung cấp DVTT",
        "Nhóm cung cấp DCTT",
        "Nhóm cung cấp dịch vụ trực tuyến",
        "Cung cấp DVC trực tuyến",
    ),
    "digitisation": ("Nhóm số hoá hồ sơ", "Nhóm số hóa hồ sơ", "Số hóa hồ sơ", "Số hóa hồ sơ TTHC"),
    "satisfaction": (
        "Nhóm mức độ hài lòng",
        "Mức độ hài lòng",
        "Mức độ hài lòng của người dân, doanh nghiệp",
    ),
}
PROGRESS = ("Tiến độ, KQ giải quyết", "Tiên độ, KQ giải quyết", "Tiến độ, kết quả giải quyết")
TOTALS = (
    ("ĐIỂM ĐẠT ĐƯỢC", "TỔNG ĐIỂM QUY ĐỔI"),
    ("Điểm đạt được", "Tổng điểm quy đổi"),
    ("ĐIỂM ĐẠT ĐƯỢC", "TỔNG ĐIỂM"),
    ("Tổng điểm đạt được", "Điểm quy đổi"),
    ("Tổng điểm", "Điểm quy đổi (thang điểm {scale})"),
    ("Tổng điểm ({maximum}đ)", "Quy đổi về thang {scale}"),
    ("Cộng", "Tổng điểm quy đổi (thang {scale})"),
    ("Tổng điểm trước quy đổi", "Tổng điểm sau quy đổi"),
    ("Tổng số điểm", "Quy đổi"),
)
"""Total and converted score; in the third pair `TỔNG ĐIỂM` heads the converted score."""
INDICATORS = ("Chỉ số {n}", "Chỉ số {n}", "Chỉ số {g}.{n}", "CS{n}", "CS {n}", "Tiêu chí {n}")
"""The n-th indicator of the g-th group."""
OUTLINED = 0.2
"""Share of reports that number their groups."""
NUMBERS = {"openness": 1, "online": 3, "digitisation": 4, "satisfaction": 5}
RANKS = ("XẾP LOẠI", "Xếp loại", "Xếp hạng")
NAMES = ("TÊN CƠ QUAN, ĐƠN VỊ", "Tên đơn vị", "Tên cơ quan, đơn vị", "ĐƠN VỊ")


def score_heads(rng: Random, look: Style, trailing: int) -> tuple[Head, ...]:
    """The header tree of a table under decision 459, three or four lines deep."""
    unit = rng.choice(["đ", "đ", " điểm"])
    parts = [name for name in MAXIMA if name not in look.absent]
    outlined, indicator = rng.random() < OUTLINED, rng.choice(INDICATORS)

    def title(words: str, number: int) -> str:
        return f"{number}. {words}" if outlined else words

    groups: list[Head] = []
    for prefix, titles in GROUPS.items():
        inside = [name for name in parts if name.startswith(prefix)]
        number = NUMBERS[prefix]
        children = tuple(
            Head(f"{indicator.format(g=number, n=n[-1])} ({MAXIMA[n]}{unit})", n) for n in inside
        )
        if children:
            groups.append(Head(title(rng.choice(titles), number), None, children))
    words = f"{rng.choice(PROGRESS)} ({MAXIMA['progress']}{unit})"
    progress = Head(title(words, 2), "progress")
    opened = parts[0].startswith("openness")
    facts = {"scale": look.scale, "maximum": sum(MAXIMA[name] for name in parts)}
    return (
        *_first(rng),
        *_scored(rng, groups, progress, opened),
        *_last(rng, trailing, facts),
    )


def _scored(rng: Random, groups: list[Head], progress: Head, opened: bool) -> tuple[Head, ...]:
    """Progress stands after openness; without openness sometimes before the common heading."""
    over = rng.choice(["ĐIỂM CÁC CHỈ SỐ", "Điểm các chỉ số", ""])
    outer: tuple[Head, ...] = ()
    if not opened and rng.random() < 0.5:
        inner, outer = groups, (progress,)
    else:
        at = 1 if opened else 0
        inner = [*groups[:at], progress, *groups[at:]]
    return (*outer, Head(over, None, tuple(inner))) if over else (*outer, *inner)


def _first(rng: Random) -> tuple[Head, ...]:
    return (Head(rng.choice(["STT", "TT", "Số TT"]), SERIAL), Head(rng.choice(NAMES), NAME))


def _last(rng: Random, trailing: int, facts: dict[str, Decimal | int]) -> tuple[Head, ...]:
    total, converted = (heading.format(**facts) for heading in rng.choice(TOTALS))
    empty = tuple(Head("", EMPTY) for _ in range(trailing))
    return (
        Head(total, "total"),
        Head(converted, "converted"),
        Head(rng.choice(RANKS), "rank"),
        *empty,
    )


def criteria_heads(rng: Random) -> tuple[Head, ...]:
    """The header of a table under decision 1187."""
    over = rng.choice(["ĐIỂM CÁC TIÊU CHÍ", "Điểm các tiêu chí"])
    criteria = tuple(Head(f"Tiêu chí {name[-1]}", name) for name in CRITERIA)
    return (
        *_first(rng),
        Head(over, None, criteria),
        Head("TỔNG ĐIỂM", "total"),
        Head(rng.choice(["ĐTB CCVC, BP 1 CỬA", "ĐTB CCVC"]), "officer_average"),
        Head(rng.choice(["PHÂN LOẠI", "XẾP LOẠI"]), "rank"),
        Head("Ghi chú", "note"),
    )
