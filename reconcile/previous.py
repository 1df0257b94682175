"""This period against the one before: stated changes, and tables that were only copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalise.claims.names import key
from normalise.submission import Claim, UnitMatch
from reconcile.crosswise import Record
from reconcile.digest import Digest, Figure, UnitRow
from reconcile.finding import Finding, Judged, Verdict
from reconcile.interval import plain
from reconcile.letter.units import verdict
from reconcile.letter.view import is_one_stop

RULE = "previous-period-mismatch"
UNEVEN = 3
"""Figures with decimals that a table must have before its likeness to last month's is more than full marks twice."""


def period_before(period: str, year: bool = False) -> str | None:
    """The month, quarter, half year or year before; with `year` the same one a year earlier."""
    head, _, part = period.partition("-")
    if not head.isdigit():
        return None
    if not part or year:
        return "-".join(filter(None, (str(int(head) - 1), part)))
    letter, digits = (part[0], part[1:]) if part[0] in "QH" else ("", part)
    last = {"Q": 4, "H": 2, "": 12}[letter]
    number, written = (int(digits) - 1, int(head)) if int(digits) > 1 else (last, int(head) - 1)
    return f"{written}-{letter}{number}" if letter else f"{written}-{number:02}"


def changes(
    reports: Sequence[Digest], earlier: Sequence[Digest], record: Record
) -> dict[str, list[Judged]]:
    """A stated change against the period before is the difference of the two reports' figures.

    Compared as intervals. Where a column may be one of two, either may confirm; where the report spoken of is not
    at hand, the claim stays undecided. Handed back: verdicts by document.
    """
    known = {(r.issuer, r.methodology, r.period): r for r in (*earlier, *reports) if r.issuer}
    judged: dict[str, list[Judged]] = {}
    for report in reports:
        if report.issuer is None or report.period is None:
            continue
        for index, claim in report.changes:
            before = period_before(report.period, claim.get("against") == "year")
            previous = known.get((report.issuer, report.methodology, before))
            if previous is not None:
                said = _judge(report, previous, claim, record)
                judged.setdefault(report.path, []).append(Judged(index, said))
        last = known.get((report.issuer, report.methodology, period_before(report.period)))
        if last is not None:
            copied(report, last, record)
    return judged


def _judge(report: Digest, previous: Digest, claim: Claim, record: Record) -> Verdict:
    answers: list[bool | None] = []
    for unit in claim.units:
        tried = list(_moves(report, previous, claim, unit))
        fits = [_fits(claim, now, before) for _, now, before in tried]
        if True in fits:
            answers.append(True)
        elif not tried:
            answers.append(None)
        else:
            answers.append(False)
            record.add(_finding(report, previous, claim, *tried[0]))
    said = verdict(answers)
    record.passed[report.path, RULE] += said == "confirmed"
    record.failed[report.path, RULE] += said == "contradicted"
    record.undecided[report.path, RULE] -= said != "undecided"
    return said


def _moves(
    report: Digest, previous: Digest, claim: Claim, unit: UnitMatch
) -> Iterator[tuple[UnitRow, Figure, Figure]]:
    name = report.issuer if is_one_stop(unit) else key(unit)
    for field in (claim.get("fields") or "").split(";"):
        for row in report.rows:
            now = row.figure(field)
            if row.unit != name or now is None or now.value is None:
                continue
            for old in previous.rows:
                before = old.figure(field)
                if (
                    old.unit == name
                    and old.kind == row.kind
                    and before
                    and before.value is not None
                ):
                    yield row, now, before


def _fits(claim: Claim, now: Figure, before: Figure) -> bool:
    assert now.value is not None and before.value is not None
    moved, slack = now.value - before.value, now.half + before.half
    sign = -1 if claim.get("way") == "giam" else 1
    stated = claim.get("value")
    if stated is None:
        return moved * sign > -slack and moved != 0
    value = Decimal(stated)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return abs(moved - sign * value) <= slack + half


def _finding(
    report: Digest, previous: Digest, claim: Claim, row: UnitRow, now: Figure, before: Figure
) -> Finding:
    assert now.value is not None and before.value is not None
    moved = now.value - before.value
    stated = claim.get("value")
    signed = f"-{stated}" if stated and claim.get("way") == "giam" else stated
    way = "giảm" if claim.get("way") == "giam" else "tăng"
    doubtful = now.doubtful or before.doubtful or claim.origin == "ocr"
    return Finding(
        RULE, "warning" if doubtful else "error", report.path, RULE if stated else f"{RULE}/way",
        (
            ("text", claim.text), ("unit", row.name), ("field", now.field),
            ("stated", f"{way} {claim.get('printed')}" if stated else way),
            ("before", plain(before.value)), ("now", plain(now.value)), ("expected", plain(moved)),
            ("other", previous.path),
        ),
        page=claim.page, box=claim.box, table=row.table, row=row.index, unit=row.name,
        unit_code=row.code, field=now.field, printed=claim.get("printed"), expected=plain(moved),
        difference=plain(Decimal(signed) - moved) if signed else None,
        cause="reading" if doubtful else "report",
    )  # fmt: skip


def copied(report: Digest, last: Digest, record: Record) -> None:
    """The scores are the same as in the month before in every cell of every unit: perhaps an old table.

    Only said of tables with some uneven figures; full marks everywhere may well come twice.
    """
    old = {(r.kind, r.unit): r for r in last.rows}
    rows = [(r, old.get((r.kind, r.unit))) for r in report.rows if r.kind == "scores"]
    if not rows or any(o is None or not _alike(r, o) for r, o in rows):
        record.passed[report.path, "copied-table"] += bool(rows)
        return
    uneven = sum(f.value is not None and f.value % 1 != 0 for r, _ in rows for f in r.figures)
    if uneven < UNEVEN:
        record.passed[report.path, "copied-table"] += 1
        return
    record.failed[report.path, "copied-table"] += 1
    facts = (("other", last.path), ("units", str(len(rows))), ("period", last.period or ""))
    table = rows[0][0].table
    record.add(Finding("copied-table", "info", report.path, "copied-table", facts, table=table))


def _alike(row: UnitRow, old: UnitRow) -> bool:
    return [(f.field, f.value, f.rank) for f in row.figures] == [
        (f.field, f.value, f.rank) for f in old.figures
    ]
