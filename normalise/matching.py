"""A whole table's names to units at once: what is spelt right first, then the most probable."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date, timedelta

import numpy as np

from extract.syllables import is_syllable
from normalise.candidates import Field, field_of
from normalise.channel import Floats
from normalise.likelihood import Judgement, judge
from normalise.misread import misread_hardly, other_marks
from normalise.names import parse
from normalise.origin import issuer_by_names
from normalise.register import Register, Unit, day_of
from normalise.scope import PrintedName, Scope
from normalise.sections import levels_of
from normalise.spelling import briefly_known_as, known_as, spelt
from normalise.submission import UnitMatch
from normalise.text import fold

# So many bare names of one level beside it say of which level a bare name is.
LIKE_NAMED = 3
# Accept at this probability. Measured by `benchmarks/names.py` on 10,472 names of an issuer: 99.6 % accepted, none
# of them wrong; of 9,056 absent or strange names 0.29 % taken for another.
ACCEPT = 0.99
# A unit twice in one table: none in the 92 rows of the five reports, kept possible.
REPEAT = 0.003
# A row under a heading of another level: none in the five reports, kept possible.
OFF_SECTION = 0.02
# An accepted spelling of one unit that the report may name is that unit, slips onto it aside.
SURE = 0.9995
# A unit less probable than this is no rival worth naming.
RIVAL = 0.05
# From this probability a name is said to be that of a unit outside the report's reach.
ELSEWHERE = 0.9


def match_table(
    names: Sequence[PrintedName], scope: Scope, register: Register
) -> tuple[UnitMatch, ...]:
    """One match for each printed name, in order; a unit is given twice only when spelt so twice.

    When the issuer is unknown, the names themselves must agree on one, or none of them is accepted.
    """
    if not names:
        return ()
    day = day_of(scope.when)
    issuer = scope.issuer or issuer_by_names([n.text for n in names], register, day)
    field = field_of(register, issuer, day)
    return match_within(names, field, register, ACCEPT if issuer else 1.0)


def match_within(
    names: Sequence[PrintedName], field: Field, register: Register, accept: float = ACCEPT
) -> tuple[UnitMatch, ...]:
    """Match names to the candidates of a field; `accept` above SURE accepts none."""
    weights = np.array([_weights(n, field) for n in names]).reshape(len(names), -1)
    spelt_right = [_spelt_right(n, w, field) for n, w in zip(names, weights, strict=True)]
    sure = _by_their_like(names, spelt_right, field)
    judged = judge(
        [n for n, u in zip(names, sure, strict=True) if u is None], weights[_open(sure)], field
    )
    chances = _settle(judged.logs, {u for u in sure if u is not None})
    answers = iter(
        _kind_alone(names[i], field)
        or _probable(names[i], chances[n], judged, n, field, register, accept)
        for n, i in enumerate(_open(sure))
    )
    found = [
        next(answers) if unit is None else _certain(name, unit, field, accept)
        for name, unit in zip(names, sure, strict=True)
    ]
    taken = {match.code for match in found}
    for i, name in enumerate(names) if accept <= SURE else ():
        match = _beside_dirt(name, field, taken) if found[i].code is None else None
        if match is not None:
            found[i] = match
            taken.add(match.code)
    return tuple(found)


def _open(sure: Sequence[int | None]) -> list[int]:
    return [i for i, unit in enumerate(sure) if unit is None]


def _weights(name: PrintedName, field: Field) -> Floats:
    """How likely each unit is before the text is seen, under the section's heading; sums to 1."""
    levels = levels_of(name.section)
    weights = np.array(field.inside.weights)
    if levels:
        off = np.array([u.level not in levels for u in field.inside.units])
        weights = np.where(off, weights * OFF_SECTION, weights)
    return np.asarray(weights / weights.sum())


def _spelt_right(name: PrintedName, weights: Floats, field: Field) -> int | None:
    """The unit whose accepted spelling a typed name is, or a short one that was read; None when several
    may be meant."""
    hits = (briefly_known_as if name.ocr else known_as)(name.text, field.inside)
    if hits and hits[0][1] == "wrong-kind" and known_as(name.text, field.outside):
        return None
    shares = {i: weights[i] for i, _ in hits}
    best = max(shares, key=lambda i: shares[i], default=None)
    clear = best is not None and shares[best] >= ACCEPT * sum(shares.values())
    return best if clear else None


def _by_their_like(
    names: Sequence[PrintedName], sure: Sequence[int | None], field: Field
) -> list[int | None]:
    """The units, a bare name that a district and its commune share given to the level of all other bare names
    of its section."""
    units, found = field.inside.units, list(sure)
    bare = [i for i, name in enumerate(names) if name.text and not parse(name.text).kinds]
    for i in bare:
        alike = [sure[k] for k in bare if names[k].section == names[i].section]
        levels = [units[u].level for u in alike if u is not None]
        if sure[i] is None and len(levels) >= LIKE_NAMED and len(set(levels)) == 1:
            hits = [u for u, _ in known_as(names[i].text, field.inside) if u not in found]
            same = [u for u in hits if units[u].level == levels[0]]
            found[i] = same[0] if len(same) == 1 else None
    return found


def _settle(logs: Floats, taken: set[int]) -> Floats:
    """Probabilities by row (last column: none of them), each unit given to one row only.

    The best assignment of the whole table says who claims a unit; for every other row it then counts
    only as a repetition.
    """
    from scipy.special import softmax  # slow to load, and not needed to look at kept results

    if not len(logs):
        return np.zeros_like(logs)
    alone = softmax(logs, axis=1)
    claims = np.zeros_like(alone)
    for row, unit in _assignment(alone):
        claims[row, unit] = alone[row, unit]
    free = 1 - (claims.sum(axis=0) - claims) * (1 - REPEAT)
    free[:, list(taken)] = REPEAT
    free[:, -1] = 1.0
    return np.asarray(softmax(logs + np.log(free), axis=1))


def _assignment(chances: Floats) -> list[tuple[int, int]]:
    """Rows with the unit that the most probable one-to-one assignment gives them; rows without are left out."""
    from scipy.optimize import linear_sum_assignment  # slow to load

    with np.errstate(divide="ignore"):
        costs = -np.log(np.maximum(chances, 1e-300))
    units = chances.shape[1] - 1
    none = np.repeat(costs[:, -1:], len(chances), axis=1)
    rows, columns = linear_sum_assignment(np.hstack([costs[:, :-1], none]))
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if c < units]


def _certain(name: PrintedName, index: int, field: Field, accept: float) -> UnitMatch:
    unit = field.inside.units[index]
    if accept > SURE:
        return UnitMatch(name.text, None, None, "ambiguous", 0.0, (unit.name,), "issuer-unknown")
    spelling = spelt(name.text, index, field.inside, name.ocr)
    return UnitMatch(
        printed=name.text,
        canonical=unit.name,
        code=unit.code,
        match=spelling.match,
        score=SURE,
        note=spelling.note,
        note_facts=spelling.facts,
        ocr=name.ocr,
    )


def _kind_alone(name: PrintedName, field: Field) -> UnitMatch | None:
    """`xã` is what is left of a broken name and may be any; `UBND thị trấn` and `Thanh tra` are names."""
    parsed = parse(name.text)
    if parsed.office or parsed.core or not parsed.kinds or known_as(name.text, field.inside):
        return None
    return UnitMatch(name.text, None, None, "ambiguous", 0.0, ocr=name.ocr)


def _probable(
    name: PrintedName,
    chances: Floats,
    judged: Judgement,
    row: int,
    field: Field,
    register: Register,
    accept: float,
) -> UnitMatch:
    """The answer for a name that is not simply spelt right."""
    read = name.ocr or judged.read
    best = int(np.argmax(chances[:-1]))
    score = round(float(chances[best]), 4)
    if chances[best] >= accept:
        unit = field.inside.units[best]
        how = spelt(name.text, best, field.inside, read)
        note = how.note or (_as_read(name, best, field) if name.ocr else None)
        return UnitMatch(
            name.text, unit.name, unit.code, how.match, score, (), note, how.facts, read
        )
    if chances[:-1].sum() >= 0.5:
        order = np.argsort(-chances[:-1])
        rivals = [field.inside.units[i].name for i in order[:4] if chances[i] >= RIVAL]
        return UnitMatch(name.text, None, None, "ambiguous", score, tuple(rivals), ocr=read)
    if accept > SURE:
        return UnitMatch(name.text, None, None, "unmatched", score, (), "issuer-unknown", (), read)
    note, facts = _elsewhere(name.text, judged.elsewhere(row), field, register)
    return UnitMatch(name.text, None, None, "unmatched", score, (), note, facts, read)


def _as_read(name: PrintedName, index: int, field: Field) -> str | None:
    """What to say of a scanned name that differs from the register's by more than recognition makes of it."""
    if misread_hardly(name, index, field.inside):
        return "letters"
    return "marks" if other_marks(name, index, field.inside) else None


def _beside_dirt(name: PrintedName, field: Field, taken: Set[str | None]) -> UnitMatch | None:
    """The unit whose accepted spelling a scanned name is but for what no Vietnamese word is behind it, or stands
    before `UBND`: a seal beside it is read as `W4` or `|ÑÒ`. Only one that no other row is."""
    words = name.text.split()
    first = next((i for i, word in enumerate(words) if fold(word) == "ubnd"), 0)
    last = next((i for i in range(len(words), 0, -1) if is_syllable(words[i - 1])), 0)
    clean = " ".join(words[first:last])
    hits = known_as(clean, field.inside) if name.ocr and clean else ()
    units = [field.inside.units[i] for i, way in hits if way != "wrong-kind"]
    if clean == name.text or len(units) != 1 or units[0].code in taken:
        return None
    return UnitMatch(name.text, units[0].name, units[0].code, "variant", ACCEPT, ocr=True)


def _elsewhere(
    text: str, found: tuple[int, float], field: Field, register: Register
) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """What to say of a name that is spelt like a unit's outside the report's reach."""
    index, chance = found
    alike = [i for i, _ in known_as(text, field.outside)]
    if chance < ELSEWHERE or index not in alike:
        return None, ()
    # One that lives is meant before one of the same name that has ended.
    units = (field.outside.units[i] for i in (index, *alike))
    unit = next((u for u in units if u.exists(field.day)), field.outside.units[index])
    if not unit.exists(field.day):
        return "other-era", _era_facts(unit, register, field.day)
    parent = register.parent(unit)
    return "other-issuer", (("other", unit.name), ("parent", parent.name if parent else ""))


def _era_facts(unit: Unit, register: Register, day: date | None) -> tuple[tuple[str, str], ...]:
    """The unit, the day of the change (as written in Vietnam) and what became of it."""
    ended = unit.valid_to is not None and day is not None and unit.valid_to < day
    change = unit.valid_to + timedelta(days=1) if ended and unit.valid_to else unit.valid_from
    successor = register.successor(unit) if ended else None
    return (
        ("other", unit.name),
        ("day", f"{change:%d/%m/%Y}" if change else ""),
        ("successor", successor.name if successor else ""),
    )
