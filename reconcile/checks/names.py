"""Checks of the units' names in tables: unknown, misspelt, twice, missing.

A name that OCR read is called unknown only with `cause: reading`; how it is spelt is for `read_names`. A name that
could be several units counts as undecided, and so does every name of a report whose issuer is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from normalise.names import parse
from normalise.register import Register, Unit, day_of
from normalise.submission import Claim, FieldTable, ScoredRow, Submission
from reconcile.check import Failure, Place, Subject, check, place_of
from reconcile.methodology import Methodology

# A table that repeats more of its units than this lists them by month or by subject on purpose.
REPEATING = 0.25
# Chance from which a typed name is rather a unit's than nobody's: it is said, though not joined to the unit.
LIKELY = 0.6
# Communes are claimed complete only from this number on: `03/03` is the smallest in the five reports.
FEWEST = 3
# A table that lists less of a level than this is not about that level; the five reports list all or none.
MOST_LISTED = 0.6


def name_place(table: FieldTable, row: ScoredRow) -> Place:
    """The place of a unit's name as printed."""
    return replace(place_of(table.id, row, None), printed=row.unit.printed)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row and its unit; `earlier` is a row above with the same unit."""

    table: FieldTable
    row: ScoredRow
    earlier: ScoredRow | None

    @property
    def ready(self) -> bool:
        unit = self.row.unit
        told = unit.match != "ambiguous" and unit.note != "issuer-unknown"
        return told and bool(unit.printed.strip())

    @property
    def place(self) -> Place:
        return name_place(self.table, self.row)


class MatchedRow(NamedRow):
    """A row whose unit is known."""

    @property
    def ready(self) -> bool:
        return self.row.unit.code is not None


class LikelyRow(NamedRow):
    """A row whose typed name comes near to one unit only, too far to be taken for it."""

    @property
    def ready(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ExpectedUnit:
    """A unit of the register that the report says it has assessed, with all others of its level."""

    unit: Unit
    claim: Claim
    table: FieldTable
    listed: bool
    doubtful: bool

    @property
    def ready(self) -> bool:
        return self.listed or not self.doubtful

    @property
    def place(self) -> Place:
        return Place(
            page=self.table.page,
            table=self.table.id,
            unit=self.unit.name,
            unit_code=self.unit.code,
            printed=self.claim.text,
        )


def subjects(
    submission: Submission, methodology: Methodology | None, register: Register
) -> Iterable[Subject]:
    """Every row of every recognised table, and every unit where the report claims them all."""
    for table in submission.tables:
        if table.kind != "other":
            yield from _rows(table)
    yield from _expected(submission, register)


def _rows(table: FieldTable) -> Iterator[Subject]:
    seen: dict[str, ScoredRow] = {}
    count = Counter(row.unit.code for row in table.units() if row.unit.code)
    repeated = sum(n - 1 for n in count.values())
    by_unit = repeated <= max(1, REPEATING * sum(count.values()))
    for row in table.units():
        code = row.unit.code
        if code is None:
            yield NamedRow(table, row, None)
            if _is_likely(row):
                yield LikelyRow(table, row, None)
        else:
            yield MatchedRow(table, row, seen.get(code) if by_unit else None)
            seen.setdefault(code, row)


def _is_likely(row: ScoredRow) -> bool:
    unit = row.unit
    return (
        unit.match == "ambiguous" and len(unit.rivals) == 1 and unit.score > LIKELY and not unit.ocr
    )


def _expected(submission: Submission, register: Register) -> Iterator[Subject]:
    scores = [t for t in submission.tables if t.kind == "scores"]
    issuer = submission.issuer
    if not scores or issuer is None or issuer.code is None:
        return
    day = day_of(submission.period)
    head = register.find(issuer.code, day)
    head = register.parent(head) if head and head.level == "provincial_department" else head
    for level in ("district", "commune"):
        children = register.children(head) if head else ()
        units = [u for u in children if u.level == level and u.exists(day)]
        claim = _claim_of_all(submission.claims, units, scores)
        if claim is not None:
            yield from _each(units, claim, scores)


def _claim_of_all(
    claims: Iterable[Claim], units: list[Unit], tables: list[FieldTable]
) -> Claim | None:
    """The sentence that says that all were assessed: its number is reached by listing everyone.

    `19/19 đơn vị` may count the communes alone, or the district's own office with them.
    """
    codes = {u.code for u in units}
    listed = {row.unit.code for table in tables for row in table.units()} & codes
    rows = sum(row.kind == "unit" for table in tables for row in table.rows)
    missing = len(codes - listed)
    if len(codes) < FEWEST or len(listed) < MOST_LISTED * len(codes):
        return None
    for claim in claims:
        stated = {claim.get("n"), claim.get("of")} - {None, ""}
        of_units = claim.get("what") == "assessed" and claim.get("level") != "agency"
        if claim.kind == "count" and of_units and stated <= {str(len(codes)), str(rows + missing)}:
            return claim if len(stated) == 1 else None
    return None


def _each(units: list[Unit], claim: Claim, tables: list[FieldTable]) -> Iterator[Subject]:
    rows = [row for table in tables for row in table.units()]
    listed = {row.unit.code for row in rows}
    doubtful = any(_in_doubt(table) for table in tables)
    codes = {u.code for u in units}
    table = max(tables, key=lambda t: sum(r.unit.code in codes for r in t.units()))
    for unit in units:
        yield ExpectedUnit(unit, claim, table, unit.code in listed, doubtful)


def _in_doubt(table: FieldTable) -> bool:
    """Whether a row's unit is unknown, or stands twice: then a missing unit may be that row's."""
    codes = [row.unit.code for row in table.units()]
    return None in codes or len(set(codes)) < len(codes)


@check("unit-unknown", over=NamedRow)
def no_unit_comes_near(s: NamedRow) -> Failure | None:
    """The register has no unit that the name could be: none at all, or only one of another issuer or era."""
    unit = s.row.unit
    if unit.match != "unmatched":
        return None
    facts = (("printed", unit.printed), *unit.note_facts)
    variant = unit.note if unit.note in ("other-issuer", "other-era") else None
    if variant == "other-era" and not dict(unit.note_facts).get("successor"):
        variant = "ended"
    return Failure(
        severity="warning",
        facts=facts,
        variant="reading" if unit.ocr else variant,
        cause="reading" if unit.ocr else "report",
    )


@check("unit-misspelt", over=MatchedRow)
def spelt_otherwise_than_registered(s: MatchedRow) -> Failure | None:
    """The unit is clear, but its name differs from the register's by more than an accepted variant. Marks are
    compared in typed text only."""
    unit = s.row.unit
    if unit.match != "misspelt" or unit.ocr:
        return None
    return Failure(
        severity="warning",
        facts=(("printed", unit.printed), ("name", unit.name), *unit.note_facts),
        expected=unit.canonical,
        variant="kind" if unit.note == "kind" else None,
    )


@check("unit-misspelt", over=LikelyRow)
def spelt_nearly_as_registered(s: LikelyRow) -> Failure:
    """The name comes near to one unit only, but not near enough to be sure that it is meant: a person is asked."""
    unit = s.row.unit
    facts = (("printed", unit.printed), ("name", unit.rivals[0]))
    return Failure(severity="warning", facts=facts, expected=unit.rivals[0], variant="perhaps")


@check("unit-duplicate", over=MatchedRow)
def unit_listed_twice(s: MatchedRow) -> Failure | None:
    """A unit has two rows in one table."""
    if s.earlier is None or _by_office(s.row) != _by_office(s.earlier):
        return None
    read = s.row.unit.ocr or s.earlier.unit.ocr
    facts = (
        ("name", s.row.unit.name),
        ("first", s.earlier.serial or str(s.earlier.index + 1)),
        ("second", s.row.serial or str(s.row.index + 1)),
    )
    return Failure(severity="error", facts=facts, cause="reading" if read else "report")


def _by_office(row: ScoredRow) -> tuple[str, ...]:
    """The kind word by which an alias names a unit: a town's one-stop office may stand beside the town."""
    kinds = parse(row.unit.printed).kinds
    return kinds if row.unit.note == "alias" and kinds != parse(row.unit.name).kinds else ()


@check("unit-missing", over=ExpectedUnit)
def unit_not_in_table(s: ExpectedUnit) -> Failure | None:
    """The report says that it assessed all units of a level; one of them is in none of its score tables. On a
    scan its row may be one that was not read."""
    if s.listed:
        return None
    read = any(row.unit.ocr for row in s.table.units())
    facts = (("name", s.unit.name), ("claim", s.claim.text))
    return Failure(severity="error", facts=facts, cause="reading" if read else "report")
