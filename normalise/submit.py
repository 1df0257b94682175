"""A document to a submission: all of its meaning, put together."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Box, Document, Line
from normalise.claims import find_claims
from normalise.layout import Layout, layouts
from normalise.letter import Letter, read_letter
from normalise.register import Register, Unit, day_of
from normalise.submission import FieldTable, Issuer, Submission, UnitMatch
from normalise.table import PlacedTable, document_mark, field_table, placed_tables
from normalise.text import tidy
from normalise.units import Scope, match_table
from normalise.zones import passages, title_above


def submit(document: Document, register: Register, methodology: str | None) -> Submission:
    """What a document says, with its meaning; `methodology` overrules the one it names."""
    placed = placed_tables(document)
    letter = read_letter(passages(document, [p.table for p in placed]), document.path, register)
    scope = Scope(_unit(letter.issuer, letter.period, register), letter.period)
    tables = _tables(document, placed, scope, register)
    return Submission(
        path=document.path,
        sha256=document.sha256,
        status=document.status,
        source=document.source,
        pages=len(document.pages),
        issuer=letter.issuer,
        period=letter.period,
        number=letter.number,
        date=letter.date,
        legal_bases=letter.legal_bases,
        methodology=methodology or _methodology(letter, placed),
        tables=tables,
        claims=find_claims(document, tables, scope, register),
        mentions=letter.mentions,
        unclaimed=tuple(_unclaimed(line) for line in document.unclaimed),
        problem=document.problem,
        turned=tuple((p.number, p.turned) for p in document.pages if p.turned),
    )


def _unclaimed(line: Line) -> tuple[str, int, Box | None]:
    return line.text, line.page, line.box


def _unit(issuer: Issuer | None, period: str | None, register: Register) -> Unit | None:
    if issuer is None or issuer.code is None:
        return None
    return register.find(issuer.code, period)


def _tables(
    document: Document, placed: Sequence[PlacedTable], scope: Scope, register: Register
) -> tuple[FieldTable, ...]:
    mark = document_mark(placed)
    return tuple(
        field_table(p, title_above(document, p.table), mark, _matches(p, scope, register))
        for p in placed
    )


def _matches(placed: PlacedTable, scope: Scope, register: Register) -> Sequence[UnitMatch]:
    """Units of the register for the rows; a table of another kind need not list units at all."""
    if placed.placement.layout is None:
        return [UnitMatch(tidy(n.text), None, None, "unmatched", 0.0) for n in placed.names]
    return match_table(placed.names, scope, register)


def _methodology(letter: Letter, placed: Sequence[PlacedTable]) -> str | None:
    """By the cited decision; where several or none are cited, by the columns and the period."""
    known = [layout for layout in layouts() if layout.methodology]
    cited = [layout for layout in known if layout.basis in letter.legal_bases]
    if len(cited) == 1:
        return cited[0].methodology
    printed = {p.placement.layout.id for p in placed if p.placement.layout}
    fitting = [layout for layout in cited or known if layout.id in printed]
    in_force = [layout for layout in fitting if _in_force(layout, letter.period)]
    return in_force[0].methodology if len(in_force) == 1 else None


def _in_force(layout: Layout, period: str | None) -> bool:
    """Whether the decision was made by the end of the period; a later one cannot have been used."""
    day = day_of(period)
    return day is None or layout.in_force is None or layout.in_force <= day
