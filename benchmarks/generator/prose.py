"""Letters in many manners of writing (`wordings*.toml`), with the truth of every claim in them.

For the makers of whole reports: `letter(rng, facts_of(report))` gives a letter whose every claim agrees with
the report's tables as printed; put its paragraphs before the tables. `slipped` gives one with one claim
made wrong, and the rule that must say so. Paragraphs are single strings without line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.generator.content import Issuer, Letter, Planted, Report, Row, Style, Table
from benchmarks.generator.letter import LEGAL, words
from benchmarks.generator.naming import name_of, names_of, one_stop
from benchmarks.generator.wordings import asides, wordings

Claim = tuple[str, str, str]
"""What `Letter.claims` holds: text, kind, verdict."""

SLIPS = {
    "count": "count-mismatch",
    "assessed": "count-mismatch",
    "dropped-name": "count-mismatch",
    "list": "list-mismatch",
    "figure": "quoted-figure-mismatch",
    "rate": "quoted-figure-mismatch",
    "component": "quoted-figure-mismatch",
    "threshold": "count-mismatch",
    "none": "list-mismatch",
    "best": "list-mismatch",
    "maxima": "count-mismatch",
    "all": "count-mismatch",
}
"""What can be made wrong in a letter, and the rule that says so."""
RANKS = ("excellent", "good", "fair", "average", "weak")
WORDS = "không một hai ba bốn năm sáu bảy tám chín mười".split()  # noqa: SIM905
MAXIMUM = {
    "openness_1": 5, "openness_2": 5, "openness_3": 10, "progress": 30, "online_1": 10, "online_2": 10,
    "digitisation_1": 5, "digitisation_2": 10, "satisfaction_1": 5, "satisfaction_2": 5,
    "satisfaction_3": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter may speak of. `period` is `2023-07` or `2022`; the tables are as printed."""

    issuer: Issuer
    period: str
    methodology: str
    style: Style
    tables: tuple[Table, ...]


def facts_of(report: Report) -> Facts:
    return Facts(report.issuer, report.period, report.methodology, report.style, report.tables)


def letter(rng: Random, facts: Facts, wording: dict[str, Any] | None = None) -> Letter:
    """A letter that says true things about the tables: title, paragraphs, claims (text, kind, verdict)."""
    chosen = wording or rng.choice([w for w in wordings() if not w.get("held_out")])
    return _Writer(rng, facts, chosen, None).write()


def slipped(
    rng: Random, facts: Facts, slip: str, wording: dict[str, Any]
) -> tuple[Letter, Planted] | None:
    """The same with one claim made wrong; None where this letter makes no such claim."""
    writer = _Writer(rng, facts, wording, slip)
    written = writer.write()
    if not writer.done:
        return None
    return written, Planted(slip, SLIPS[slip], "letter")


@dataclass
class _Group:
    """Units of one section. `said` is how the letter speaks of them."""

    said: str
    noun: str
    rows: list[Row]

    @property
    def scored(self) -> list[Row]:
        return [r for r in self.rows if r.cells.get("rank")]


@dataclass
class _Writer:
    rng: Random
    facts: Facts
    w: dict[str, Any]
    slip: str | None
    done: bool = False
    claims: list[Claim] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)

    def write(self) -> Letter:
        when, office = words(self.facts.period), self.facts.issuer.office
        title = f"Kết quả đánh giá chất lượng phục vụ người dân, doanh nghiệp {when} của {office}"
        basis = LEGAL[self.facts.methodology]
        self.say(f"Căn cứ {basis}, {office} báo cáo kết quả đánh giá {when} như sau:")
        self.say("1. Kết quả đánh giá, xếp loại")
        for group in self.groups():
            self.group(group)
            self.aside()
        self.say("(Chi tiết tại Phụ lục kèm theo)")
        self.say("2. Tồn tại, hạn chế")
        self.details()
        self.aside()
        self.say("3. Phương hướng, nhiệm vụ")
        self.say("Đề nghị các đơn vị tiếp tục thực hiện tốt công tác kiểm soát thủ tục hành chính.")
        self.say(f"Trên đây là báo cáo kết quả đánh giá {when} của {office}./.")
        return Letter(title, tuple(self.paragraphs), tuple(self.claims))

    def say(self, text: str) -> None:
        self.paragraphs.append(text[:1].upper() + text[1:])

    def aside(self) -> None:
        """A sentence with numbers that no table can confirm or contradict."""
        if "asides" not in self.w:
            return
        row = self.rng.choice(self.facts.tables[0].units())
        share = f"{self.rng.uniform(60, 99):.1f}".replace(".", self.facts.style.mark)
        a, b = self.n(self.rng.randint(1, 12)), str(self.rng.randint(101, 999))
        said = self.rng.choice(asides(self.w["asides"]))
        self.say(said.format(a=a, b=b, p=share, unit=self.name(row)))

    def claim(self, text: str, kind: str, right: bool = True) -> None:
        self.claims.append((text.strip(" .;:"), kind, "confirmed" if right else "contradicted"))

    def slips(self, kind: str) -> bool:
        """Whether this is the claim to make wrong; only one is."""
        if self.slip != kind or self.done:
            return False
        self.done = True
        return True

    # who is spoken of

    def groups(self) -> Iterator[_Group]:
        sections: dict[str | None, list[Row]] = {}
        for row in self.facts.tables[0].units():
            sections.setdefault(row.section, []).append(row)
        for rows in sections.values():
            yield _Group(*self.described(rows), rows)

    def described(self, rows: Sequence[Row]) -> tuple[str, str]:
        kinds = {row.unit.kind for row in rows if row.unit}
        if kinds <= {"xã", "phường", "thị trấn"}:
            listed = ", ".join(k for k in ("xã", "phường", "thị trấn") if k in kinds)
            return f"UBND các {listed}", self.rng.choice(["đơn vị", listed])
        if kinds <= {"huyện", "thị xã", "thành phố"}:
            return "UBND các huyện, thị xã, thành phố", "đơn vị"
        level = "tỉnh" if any(r.unit and r.unit.code.startswith("DB-") for r in rows) else "huyện"
        return f"các cơ quan chuyên môn thuộc UBND {level}", "cơ quan, đơn vị"

    def name(self, row: Row, form: str = "full") -> str:
        return name_of(self.rng, row, form)

    def names(self, rows: Sequence[Row]) -> str:
        return names_of(self.rng, rows, self.w["names"])

    def n(self, number: int) -> str:
        return f"{number:02d}" if self.w["pad"] else str(number)

    def rank(self, rank: str) -> str:
        label = {"excellent": "Xuất sắc", "good": "Tốt", "fair": "Khá", "average": "Trung bình"}
        said = label.get(rank, "Yếu")
        return said if self.w["capital"] else said.lower()

    def rank_of(self, row: Row) -> str:
        labels = {label: rank for rank, label in self.facts.style.ranks.items()}
        return labels[row.cells["rank"]]

    @property
    def result(self) -> str:
        return "total" if self.facts.methodology.endswith("1187-2019") else "converted"

    @property
    def scale(self) -> str:
        return "18" if self.result == "total" else str(self.facts.style.scale)

    def score(self, row: Row, field_name: str | None = None) -> str:
        return row.cells[field_name or self.result].split("/")[0].strip()

    # the group's results

    def group(self, group: _Group) -> None:
        if len(group.rows) == 1:
            self.unit(group.rows[0])
            return
        self.counts(group)
        if len(group.scored) > 2:
            self.ends(group)

    def counts(self, group: _Group) -> None:
        n, of = len(group.scored), len(group.rows)
        wrong = self.slips("assessed")
        stated = n - self.rng.choice([1, 2]) if wrong else n
        start = self.w["assessed"].format(
            n=self.n(stated), of=self.n(of), noun=group.noun, group=group.said
        )
        self.claim(_core(start, self.n(stated)), "count", not wrong)
        ranks = {r: [x for x in group.scored if self.rank_of(x) == r] for r in RANKS}
        ranks = {r: rows for r, rows in ranks.items() if rows}
        if "rank_lines" in self.w:
            self.lined(start, ranks)
        elif "names_under" in self.w or "rank_named" in self.w:
            self.listed(start, ranks, group)
        else:
            self.counted(start, ranks, group)
        self.cumulative(ranks, group)
        self.all_at_least(ranks, group)

    def counted(self, start: str, ranks: dict[str, list[Row]], group: _Group) -> None:
        items: list[str] = []
        template = self.w.get("rank_word") or self.w.get("rank_noun") or self.w["rank"]
        for rank, rows in ranks.items():
            wrong = self.slips("count")
            n = len(rows) + (self.rng.choice([-1, 1, 2]) if wrong else 0)
            share = f"{Decimal(100 * n) / len(group.scored):.1f}".replace(
                ".", self.facts.style.mark
            )
            last = len(items) > 0 and len(items) == len(ranks) - 1
            chosen = self.w["rest"] if last and "rest" in self.w else template
            item = chosen.format(
                n=self.n(n), rank=self.rank(rank), noun=group.noun, share=share,
                n_all=self.n(len(group.scored)), word=WORDS[n] if n <= 10 else self.n(n),
            )  # fmt: skip
            items.append(item)
            self.claim(item, "count", not wrong)
        absent = [r for r in RANKS if r not in ranks]
        more = ""
        if "none_rank" in self.w and absent:
            said = self.w["none_rank"].format(rank=self.rank(absent[-1]))
            self.claim(said, "count")
            more = " " + said
        self.say(start + self.w["join"].join(items) + "." + more)

    def listed(self, start: str, ranks: dict[str, list[Row]], group: _Group) -> None:
        shown = {rank: list(rows) for rank, rows in ranks.items()}
        wrong_list = self.move_name(shown)
        items: list[str] = []
        for rank, rows in shown.items():
            right = len(ranks[rank])
            items.append(self.listed_rank(rank, rows, right, rank != wrong_list, group))
        if self.w.get("bullets"):
            self.say(start)
            for item in items:
                self.say(item)
        else:
            self.say(start + self.w["join"].join(items) + ("" if items[-1].endswith(".") else "."))

    def lined(self, start: str, ranks: dict[str, list[Row]]) -> None:
        """A heading for each rank, and below it its units, one to a line."""
        shown = {rank: list(rows) for rank, rows in ranks.items()}
        wrong_list = self.move_name(shown)
        self.say(start)
        for rank, rows in shown.items():
            wrong = self.slips("count")
            n = len(ranks[rank]) + (self.rng.choice([-1, 1]) if wrong else 0)
            head = self.w["rank_lines"].format(n=self.n(n), rank=self.rank(rank))
            self.claim(head, "count", not wrong)
            self.claim(head, "list", rank != wrong_list)
            self.say(head)
            for row in rows:
                self.line(row)

    def line(self, row: Row) -> None:
        form = "kind" if self.w["names"] == "kind" else "full"
        score = self.score(row)
        if "{score}" in self.w["line"]:
            wrong = self.slips("figure")
            score = self.altered(score) if wrong else score
            self.claim(f"{self.name(row, form)} {score}", "figure", not wrong)
        self.say(self.w["line"].format(unit=self.name(row, form), score=score))

    def move_name(self, shown: dict[str, list[Row]]) -> str | None:
        """Put one unit under another rank; that rank is handed back."""
        if self.slip != "list" or self.done or len(shown) < 2:
            return None
        source, target = self.rng.sample(list(shown), 2)
        if len(shown[source]) < 2:
            return None
        self.done = True
        row = shown[source].pop(self.rng.randrange(len(shown[source])))
        shown[target].append(row)
        return target

    def listed_rank(
        self, rank: str, rows: list[Row], right: int, right_list: bool, group: _Group
    ) -> str:
        if "names_under" in self.w:
            item = self.w["names_under"].format(rank=self.rank(rank), names=self.names(rows))
            self.claim(item, "list", right_list)
            return str(item)
        wrong = self.slips("count")
        n = right + (self.rng.choice([-1, 1]) if wrong else 0)
        if n == right and len(rows) > 1 and self.slips("dropped-name"):
            wrong, rows = True, rows[:-1]
        item = self.w["rank_named"].format(
            n=self.n(n), rank=self.rank(rank), names=self.names(rows), noun=group.noun
        )
        bare = self.w["rank_named"].format(
            n=self.n(n), rank=self.rank(rank), names="|", noun=group.noun
        )
        counted = next(part for part in bare.split("|") if self.n(n) in part)
        self.claim(counted.strip(" :;.(),"), "count", not wrong)
        self.claim(item, "list", right_list)
        return str(item)

    def cumulative(self, ranks: dict[str, list[Row]], group: _Group) -> None:
        if "least" not in self.w or "good" not in ranks:
            return
        n = len(ranks.get("excellent", ())) + len(ranks["good"])
        said = self.w["least"].format(
            n=self.n(n), of=self.n(len(group.scored)), rank=self.rank("good")
        )
        self.claim(said, "count")
        self.say(said)

    def all_at_least(self, ranks: dict[str, list[Row]], group: _Group) -> None:
        """Every unit has at least the lowest rank that occurs; wrong when the next better is said."""
        lowest = list(ranks)[-1]
        if "all_least" not in self.w or lowest == "excellent":
            return
        wrong = self.slips("all")
        said = self.w["all_least"].format(
            rank=self.rank(RANKS[RANKS.index(lowest) - 1] if wrong else lowest),
            n_all=self.n(len(group.scored)),
        )
        self.claim(said, "count", not wrong)
        self.say(said)

    def unit(self, row: Row) -> None:
        wrong = self.slips("figure")
        score = self.altered(self.score(row)) if wrong else self.score(row)
        name = self.name(row)
        said = self.w["unit"].format(
            unit=name, score=score, rank=self.rank(self.rank_of(row)), scale=self.scale
        )
        self.claim(said, "figure", not wrong)
        self.claim(said, "list")
        self.say(said)

    def ends(self, group: _Group) -> None:
        """First and last place, where nobody shares it."""
        values = {r.name: _decimal(self.score(r)) for r in group.scored}
        ordered = sorted(group.scored, key=lambda r: -values[r.name])
        for key, row, next_row in (
            ("best", ordered[0], ordered[1]),
            ("worst", ordered[-1], ordered[-2]),
        ):
            if key not in self.w or values[row.name] == values[next_row.name]:
                continue
            wrong = self.slips("best")
            shown = next_row if wrong else row
            said = self.w[key].format(
                unit=self.name(shown), score=self.score(shown), scale=self.scale
            )
            self.claim(said, "extreme", not wrong)
            if "{score}" in self.w[key]:
                self.claim(said, "figure")
            self.say(said)
        if "scores" in self.w:
            top = ordered[:3]
            scored = "; ".join(f"{self.name(r)} ({self.score(r)} điểm)" for r in top)
            for row in top:
                self.claim(f"{self.name(row)} ({self.score(row)} điểm", "figure")
            self.say(self.w["scores"].format(scored=scored))

    # the statistics and components

    def details(self) -> None:
        fees, digital = self.table("fees"), self.table("digitisation")
        if fees:
            self.threshold(fees, "online_rate", "below", self.rng.choice([20, 25, 30, 40]), False)
            self.nothing(fees)
        if digital:
            at_least = self.w.get("digital_sense") == "at-least"
            self.threshold(
                digital, "results_rate", "digital", self.rng.choice([50, 60, 80]), at_least
            )
            self.rate(digital, fees)
        self.change()
        if self.result == "converted":
            self.full()
            self.progress()

    def table(self, kind: str) -> Table | None:
        return next((t for t in self.facts.tables if t.kind == kind), None)

    def threshold(self, table: Table, name: str, key: str, limit: int, at_least: bool) -> None:
        template = self.w.get(key) or self.w.get(f"{key}_named")
        rows = table.units()
        meets: Callable[[Decimal], bool] = lambda v: (v >= limit) if at_least else (v < limit)  # noqa: E731
        values = [_decimal(r.cells.get(name, "")) for r in rows]
        if template is None or any(abs(v - limit) < Decimal("0.1") for v in values):
            return
        met = [r for r, v in zip(rows, values, strict=True) if meets(v)]
        if not met or (f"{key}_named" in self.w and any(one_stop(r) for r in met)):
            return
        wrong = self.slips("threshold")
        n = len(met) + (self.rng.choice([-1, 1]) if wrong else 0)
        names = self.names(met)
        said = template.format(n=self.n(n), of=self.n(len(rows)), limit=limit, names=names)
        counted = said.split(names)[0] if "{names}" in template else said
        self.claim(counted if str(n) in counted else said, "threshold", not wrong)
        if "{names}" in template:
            self.claim(said, "list")
        self.say(said)

    def nothing(self, fees: Table) -> None:
        rows = [r for r in fees.units() if not one_stop(r)]
        none = [r for r in rows if r.cells.get("online_cases") in ("0", "-")]
        some = [r for r in rows if r not in none and _decimal(r.cells.get("online_cases", "")) > 0]
        if "none" not in self.w or not none:
            return
        wrong = bool(some) and self.slips("none")
        shown = [*none, self.rng.choice(some)] if wrong else none
        said = self.w["none"].format(names=self.names(shown))
        self.claim(said, "list", not wrong)
        self.say(said)

    def rate(self, digital: Table, fees: Table | None) -> None:
        if "rate" not in self.w:
            return
        row = self.rng.choice([r for r in digital.units() if not one_stop(r)])
        paid = next((r for r in fees.units() if r.unit == row.unit), row) if fees else row
        wrong = self.slips("rate")
        change = self.altered if wrong else (lambda text: text)
        said = self.w["rate"].format(
            unit=self.name(row),
            value=change(row.cells["results_rate"].rstrip("%").strip()),
            online=change(paid.cells.get("online_rate", "").rstrip("%").strip()),
        )
        self.claim(said, "figure", not wrong)
        self.say(said)

    def change(self) -> None:
        """A comparison with a period that is not at hand."""
        if "change" in self.w:
            row = self.rng.choice([r for r in self.facts.tables[0].units() if r.cells.get("rank")])
            value = f"{self.rng.uniform(0.2, 4):.2f}".replace(".", self.facts.style.mark)
            said = self.w["change"].format(unit=self.name(row), value=value)
            self.claims.append((said.strip(" .;:"), "change", "undecided"))
            self.say(said)

    def full(self) -> None:
        rows = [r for r in self.facts.tables[0].units() if r.cells.get("rank") and not one_stop(r)]
        if "full" not in self.w or not rows:
            return
        row = rows[0]
        parts = [k for k in MAXIMUM if _is_number(row.cells.get(k, ""))]
        at_most = [k for k in parts if _decimal(row.cells[k]) == MAXIMUM[k]]
        wrong = self.slips("maxima")
        n = (
            len(at_most) - 1
            if wrong and len(at_most) > 1
            else len(at_most) + 1
            if wrong
            else len(at_most)
        )
        said = self.w["full"].format(unit=self.name(row), n=n, of=len(parts))
        self.claim(said, "maxima", not wrong)
        self.say(said)

    def progress(self) -> None:
        rows = [r for r in self.facts.tables[0].units() if not one_stop(r)]
        known = [r for r in rows if _is_number(r.cells.get("progress", ""))]
        late = [r for r in known if _decimal(r.cells["progress"]) < 30][:3]
        if "late" in self.w and late:
            said = self.w["late"].format(names=self.names(late))
            self.claim(said, "late")
            self.say(said)
        if "component" in self.w and known:
            row = self.rng.choice(known)
            wrong = self.slips("component")
            value = self.score(row, "progress")
            said = self.w["component"].format(
                unit=self.name(row), value=self.altered(value) if wrong else value
            )
            self.claim(said, "figure", not wrong)
            self.say(said)

    def altered(self, printed: str) -> str:
        """The figure with one digit of its first two places changed: beyond any rounding."""
        digits = [i for i, c in enumerate(printed) if c.isdigit()][:2]
        place = digits[-1]
        other = self.rng.choice([d for d in "0123456789" if d != printed[place]])
        return printed[:place] + other + printed[place + 1 :]


def _core(text: str, n: str) -> str:
    """The counting words around a number."""
    start = text.index(n)
    return re.split(r"[,.;:(]", text[start:])[0]


def _is_number(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _decimal(text: str) -> Decimal:
    cleaned = text.split("/")[0].replace("%", "").replace(",", ".").strip()
    return Decimal(cleaned) if _is_number(cleaned) else Decimal(0)
