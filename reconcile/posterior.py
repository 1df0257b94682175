"""The posterior of a row: for each of its cells, what it may say and how probable that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from normalise.submission import Rank
from reconcile.candidates import Candidate, Choice
from reconcile.lattice import Position, Run, Spread, Stage, State, backward, forward
from reconcile.tail import Witness
from reconcile.term import ANY_VALUE, Term, spread_over, unread, weigh

MOST_ODD = 2
"""Odd readings in one row that are followed up: three wrong digits in a row of OCR whose digits are
wrong once in a hundred cells are rarer than anything else that is weighed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing a cell may say. `source` is the text it was read from in a loose row."""

    candidate: Candidate | None
    probability: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Posterior:
    """`cells[i]`: answers for component i, best first; None among them stands for anything else.

    `honest` is the probability that the paper has no slip in this row.
    """

    cells: tuple[tuple[Answer, ...], ...]
    total: tuple[Answer, ...]
    converted: tuple[Answer, ...]
    ranks: tuple[tuple[Rank | None, float], ...]
    honest: float


def solve(
    stages: Sequence[Stage],
    start: Position,
    finals: Mapping[Position, float],
    witness: Witness,
    most_odd: int = MOST_ODD,
) -> Posterior | None:
    """All readings of a row weighed; `finals` are the positions where a reading may end, with weights.

    `most_odd` limits the odd edges of a reading. None when no reading is possible at all, or
    too many are.
    """
    run = forward(stages, start, most_odd, finals)
    if run is None:
        return None
    ended = {state: finals[state[0]] for state in run.final if state[0] in finals}
    by_maximum = {m: list(witness.terms(m, len(stages))) for m in {s[1] for s in ended}}
    terms = {state: _terms(state, by_maximum[state[1]]) for state in ended}
    ends = {s: _end(run.final[s], terms[s], w) for s, w in ended.items()}
    whole = sum(float(run.final[state].weights @ end.weights) for state, end in ends.items())
    if whole <= 0.0:
        return None
    cells = _cells(run, ends, whole)
    weights = _term_weights(run.final, ended, terms)
    return Posterior(
        cells,
        _answers([(t.total, w / whole) for t, w in weights], witness.tail.total),
        _answers([(t.converted, w / whole) for t, w in weights], witness.tail.converted),
        _ranks(witness, [(t, w / whole) for t, w in weights]),
        sum(w for t, w in weights if t.honest) / whole,
    )


def _end(spread: Spread, terms: Sequence[Term], weight: float) -> Spread:
    end = spread_over(spread.sums, terms)
    return Spread(end.sums, weight * end.weights)


def _terms(state: State, terms: Sequence[Term]) -> Sequence[Term]:
    return [unread(term) for term in terms] if state[3] else terms


def _cells(run: Run, ends: Mapping[State, Spread], whole: float) -> tuple[tuple[Answer, ...], ...]:
    found = []
    for stage, weights in zip(run.stages, backward(run, ends), strict=True):
        answers = []
        for (position, i), weight in _implied(stage, weights).items():
            edge = stage[position][i]
            answers.append((edge.candidate, weight / whole, edge.source))
        found.append(_merged(answers))
    return tuple(found)


def _implied(
    stage: Stage, weights: Mapping[tuple[Position, int], float]
) -> dict[tuple[Position, int], float]:
    """What an unread cell must say for the row to agree may be one of its candidates: then it is that
    candidate's weight, not a rival's."""
    shared = dict(weights)
    for position, edges in stage.items():
        unseen = [i for i, edge in enumerate(edges) if edge.candidate is None]
        for i, edge in enumerate(edges):
            if not (unseen and edge.candidate and edge.weight > 0 and (position, i) in weights):
                continue
            alike = (u for u in unseen if edges[u].maximum == edge.maximum)
            other = next(alike, unseen[0])
            ratio = edges[other].weight * ANY_VALUE / edge.weight
            moved = min(weights[position, i] * ratio, shared.get((position, other), 0.0))
            shared[position, i] += moved
            shared[position, other] = shared.get((position, other), 0.0) - moved
    return shared


def _term_weights(
    final: Mapping[State, Spread],
    ended: Mapping[State, float],
    terms: Mapping[State, Sequence[Term]],
) -> list[tuple[Term, float]]:
    return [
        (term, weight * joint)
        for state, weight in ended.items()
        for term, joint in zip(terms[state], weigh(final[state], terms[state]), strict=True)
    ]


def _answers(
    pairs: Sequence[tuple[Candidate | None, float]], choice: Choice | None
) -> tuple[Answer, ...]:
    """As for the components; what an unread total or score must say may be one of its candidates."""
    found = [(c, w) for c, w in pairs if c is not None]
    left = sum(w for c, w in pairs if c is None)
    unseen = choice.other * ANY_VALUE if choice else 0.0
    moved = [min(w * unseen / c.weight, left) if c.weight > 0 else 0.0 for c, w in found]
    shared = [(c, w + m, "") for (c, w), m in zip(found, moved, strict=True)]
    return _merged([*shared, (None, max(0.0, left - sum(moved)), "")])


def _merged(found: Sequence[tuple[Candidate | None, float, str]]) -> tuple[Answer, ...]:
    """Answers that mean the same made one; the likeliest text and source stand for them."""
    weights: dict[Hashable, float] = defaultdict(float)
    best: dict[Hashable, tuple[float, Candidate | None, str]] = {}
    for candidate, weight, source in found:
        key = candidate.key if candidate else "other"
        weights[key] += weight
        if key not in best or weight > best[key][0]:
            best[key] = (weight, candidate, source)
    answers = [Answer(best[key][1], weight, best[key][2]) for key, weight in weights.items()]
    return tuple(sorted(answers, key=lambda answer: -answer.probability))


def _ranks(
    witness: Witness, weights: Sequence[tuple[Term, float]]
) -> tuple[tuple[Rank | None, float], ...]:
    by_converted = witness.methodology.ranked == "converted"
    scores: dict[Candidate | None, float] = defaultdict(float)
    for term, weight in weights:
        scores[term.converted if by_converted else term.total] += weight
    ranks: dict[Rank | None, float] = defaultdict(float)
    for score, weight in scores.items():
        having = witness.ranks_with(score) if score else []
        whole = sum(w for _, w in having) + witness.rank_other
        for rank, w in having:
            ranks[rank] += weight * w / whole
        ranks[None] += weight * witness.rank_other / whole
    return tuple(sorted(ranks.items(), key=lambda pair: -pair[1]))
