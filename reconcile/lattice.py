"""Every way to read a row's components, summed up: forward and backward over sums and maxima.

A stage is a component's column. From each position (how far the row has been read) edges lead on,
one for each thing the cell may say. A state is (position, sum of the applicable maxima, number of odd
edges, whether a cell was left unread) with a vector of weights over the sum of the values so far, all
in `units`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconcile.candidates import Candidate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Position = Hashable
State = tuple[Position, int, int, bool]
FAINT = 1e-9
"""Weights this far below a stage's greatest are dropped: they are beyond any acceptance."""

MOST_WORK = 20_000_000
"""Pairs of sum and edge followed in one row or column: a quarter of a second where sums lie close together;
rows of real scans and of OCR text take less than a tenth of it."""
MOST_AT_ONCE = 4_000_000
"""Pairs of which the sums are held at once: 100 MB."""
DENSE = 200_000
"""Units between the least and the greatest sum up to which counting is faster than sorting; a score
table's sums lie within 10 000 hundredths or 100 000 thousandths."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One reading of a cell: `units` its value (0 if not applicable), `maximum` what it adds to the
    applicable maxima. `candidate` is None for a cell that says something not considered; `odd` is 1 for
    readings of which a row has only a few, if any."""

    target: Position
    candidate: Candidate | None
    units: int
    maximum: int
    weight: float
    source: str = ""
    odd: int = 0


Stage = Mapping[Position, Sequence[Edge]]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The edges of one position that lead to the same target and maximum, as vectors."""

    target: Position
    maximum: int
    odd: int
    unread: bool
    numbers: tuple[int, ...]
    units: Ints
    weights: Floats

    def state(self, before: State) -> State:
        _, maximum, odd, unread = before
        return self.target, maximum + self.maximum, odd + self.odd, unread or self.unread


_Bundles = Mapping[Position, Sequence[_Bundle]]


def _bundled(edges: Sequence[Edge]) -> list[_Bundle]:
    groups: dict[tuple[Position, int, int, bool], list[int]] = defaultdict(list)
    for i, edge in enumerate(edges):
        groups[edge.target, edge.maximum, edge.odd, edge.candidate is None].append(i)
    return [
        _Bundle(
            *key,
            tuple(numbers),
            np.array([edges[i].units for i in numbers]),
            np.array([edges[i].weight for i in numbers]),
        )
        for key, numbers in groups.items()
    ]


@dataclass(frozen=True, slots=True)
class Spread:
    """Weights over sums; `sums` are in order, each once."""

    sums: Ints
    weights: Floats

    def at(self, sums: Ints) -> Floats:
        """The weights of given sums, 0 for those it does not have."""
        low, high = int(self.sums[0]), int(self.sums[-1])
        if high - low < DENSE:
            dense = np.zeros(high - low + 2)
            dense[self.sums - low] = self.weights
            within = np.where((sums >= low) & (sums <= high), sums - low, high - low + 1)
            here: Floats = dense[within]
            return here
        places = np.minimum(np.searchsorted(self.sums, sums), self.sums.size - 1)
        found: Floats = np.where(self.sums[places] == sums, self.weights[places], 0.0)
        return found


@dataclass(frozen=True, slots=True)
class Run:
    """The forward pass: `states[i]` before stage i, the last ones after all stages."""

    stages: Sequence[Stage]
    bundles: Sequence[_Bundles]
    states: Sequence[Mapping[State, Spread]]

    @property
    def final(self) -> Mapping[State, Spread]:
        return self.states[-1]


def forward(
    stages: Sequence[Stage], start: Position, most_odd: int, goals: Collection[Position]
) -> Run | None:
    """All readings with at most so many odd edges that end at one of the `goals`, stage by stage.

    None when there are too many to follow: then arithmetic tells nothing.
    """
    nothing = Spread(np.zeros(1, dtype=np.int64), np.ones(1))
    states: list[Mapping[State, Spread]] = [{(start, 0, 0, False): nothing}]
    known = {id(stage): stage for stage in stages}
    made = {i: {place: _bundled(e) for place, e in stage.items()} for i, stage in known.items()}
    bundles = [
        _leading_to(made[id(s)], g) for s, g in zip(stages, _ways(made, stages, goals), strict=True)
    ]
    work = 0
    for stage in bundles:
        most, whole = _work(stage, states[-1])
        work += whole
        if most > MOST_AT_ONCE or work > MOST_WORK:
            return None
        states.append(_pruned(_step(stage, states[-1], most_odd)))
    return Run(stages, bundles, states)


def _ways(
    made: Mapping[int, _Bundles], stages: Sequence[Stage], goals: Collection[Position]
) -> list[Collection[Position]]:
    """For each stage the positions behind it from which a goal can still be reached."""
    behind: list[Collection[Position]] = [goals]
    for stage in reversed(stages[1:]):
        leading = _leading_to(made[id(stage)], behind[-1])
        behind.append({place for place, bundles in leading.items() if bundles})
    return behind[::-1]


def _leading_to(stage: _Bundles, goals: Collection[Position]) -> _Bundles:
    return {place: [b for b in found if b.target in goals] for place, found in stage.items()}


def _work(stage: _Bundles, states: Mapping[State, Spread]) -> tuple[int, int]:
    """The most pairs of sum and edge that a step takes at once, and all of them."""
    sizes = [
        spread.sums.size * bundle.units.size
        for state, spread in states.items()
        for bundle in stage.get(state[0], ())
    ]
    return max(sizes, default=0), sum(sizes)


def _step(stage: _Bundles, states: Mapping[State, Spread], most_odd: int) -> dict[State, Spread]:
    parts: dict[State, list[tuple[Ints, Floats]]] = defaultdict(list)
    for state, before in states.items():
        for bundle in stage.get(state[0], ()):
            if state[2] + bundle.odd <= most_odd:
                spread = _moved(before, bundle)
                parts[bundle.state(state)].append((spread.sums, spread.weights))
    return {state: _joined(found) for state, found in parts.items()}


def _moved(before: Spread, bundle: _Bundle) -> Spread:
    """The sums that the edges of a bundle lead to."""
    reached = (before.sums[:, None] + bundle.units).ravel()
    joint = (before.weights[:, None] * bundle.weights).ravel()
    return _joined([(reached, joint)])


def _joined(parts: Sequence[tuple[Ints, Floats]]) -> Spread:
    """Weights of the same sum added up: by counting where sums lie close together, else by sorting."""
    every = np.concatenate([sums for sums, _ in parts])
    weights = np.concatenate([weights for _, weights in parts])
    low = int(every.min())
    if int(every.max()) - low < DENSE:
        counted = np.bincount(every - low, weights)
        places = np.flatnonzero(counted)
        return Spread(places + low, counted[places].astype(np.float64))
    sums, places = np.unique(every, return_inverse=True)
    return Spread(sums, np.bincount(places, weights, sums.size).astype(np.float64))


def _pruned(states: Mapping[State, Spread]) -> dict[State, Spread]:
    greatest = max((float(spread.weights.max()) for spread in states.values()), default=0.0)
    kept = {}
    for state, spread in states.items():
        strong = spread.weights >= FAINT * greatest
        if strong.any():
            kept[state] = Spread(spread.sums[strong], spread.weights[strong])
    return kept


def backward(run: Run, ends: Mapping[State, Spread]) -> list[dict[tuple[Position, int], float]]:
    """For each stage the joint weight of every edge, by (position, index of the edge there).

    `ends` gives the weight of ending in a final state with each sum.
    """
    behind: Mapping[State, Spread] = ends
    edges: list[dict[tuple[Position, int], float]] = []
    for stage, states in zip(reversed(run.bundles), reversed(run.states[:-1]), strict=True):
        before: dict[State, Spread] = {}
        found: dict[tuple[Position, int], float] = defaultdict(float)
        for state, spread in states.items():
            back = _back(stage, state, spread, behind, found)
            if back is not None:
                before[state] = back
        edges.append(found)
        behind = before
    return edges[::-1]


def _back(
    stage: _Bundles,
    state: State,
    spread: Spread,
    behind: Mapping[State, Spread],
    found: dict[tuple[Position, int], float],
) -> Spread | None:
    """The weights of all ways on from a state; None where there is none."""
    back: Floats | None = None
    for bundle in stage.get(state[0], ()):
        ahead = behind.get(bundle.state(state))
        if ahead is None:
            continue
        joint = ahead.at(spread.sums[:, None] + bundle.units) * bundle.weights
        back = joint.sum(axis=1) if back is None else back + joint.sum(axis=1)
        for number, weight in zip(bundle.numbers, spread.weights @ joint, strict=True):
            found[state[0], number] += float(weight)
    return None if back is None else Spread(spread.sums, back)
