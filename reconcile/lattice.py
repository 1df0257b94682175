"""Every way to read a row's components, summed up: forward and backward over sums and maxima.

A stage is a component's column. From each position (how far the row has been read) edges lead on,
one for each thing the cell may say. A state is (position, sum of the applicable maxima, whether a
cell was left unread) with a vector of weights over the sum of the values so far, all in `units`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconcile.candidates import Candidate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Position = Hashable
State = tuple[Position, int, bool]
FAINT = 1e-10
"""Weights this far below a stage's greatest are dropped: they are beyond any acceptance."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One reading of a cell: `units` its value (0 if not applicable), `maximum` what it adds to the
    applicable maxima. `candidate` is None for a cell that says something not considered."""

    target: Position
    candidate: Candidate | None
    units: int
    maximum: int
    weight: float
    source: str = ""


Stage = Mapping[Position, Sequence[Edge]]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The edges of one position that lead to the same target and maximum, as vectors."""

    target: Position
    maximum: int
    unread: bool
    numbers: tuple[int, ...]
    units: Ints
    weights: Floats

    def state(self, before: State) -> State:
        return self.target, before[1] + self.maximum, before[2] or self.unread


_Bundles = Mapping[Position, Sequence[_Bundle]]


def _bundled(edges: Sequence[Edge]) -> list[_Bundle]:
    groups: dict[tuple[Position, int, bool], list[int]] = defaultdict(list)
    for i, edge in enumerate(edges):
        groups[edge.target, edge.maximum, edge.candidate is None].append(i)
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
class Run:
    """The forward pass: `states[i]` before stage i, the last ones after all stages."""

    stages: Sequence[Stage]
    bundles: Sequence[_Bundles]
    states: Sequence[Mapping[State, Floats]]

    @property
    def final(self) -> Mapping[State, Floats]:
        return self.states[-1]


def forward(stages: Sequence[Stage], start: Position) -> Run:
    size = 1 + sum(max((e.units for es in s.values() for e in es), default=0) for s in stages)
    first = np.zeros(size)
    first[0] = 1.0
    states: list[Mapping[State, Floats]] = [{(start, 0, False): first}]
    bundles = [{place: _bundled(edges) for place, edges in stage.items()} for stage in stages]
    for stage in bundles:
        states.append(_pruned(_step(stage, states[-1], size)))
    return Run(stages, bundles, states)


def _step(stage: _Bundles, states: Mapping[State, Floats], size: int) -> dict[State, Floats]:
    after: dict[State, Floats] = defaultdict(lambda: np.zeros(size))
    for state, weights in states.items():
        sums = np.nonzero(weights)[0]
        for bundle in stage.get(state[0], ()):
            reached = (sums[:, None] + bundle.units).ravel()
            joint = (weights[sums][:, None] * bundle.weights).ravel()
            after[bundle.state(state)] += np.bincount(reached, joint, size)
    return after


def _pruned(states: Mapping[State, Floats]) -> dict[State, Floats]:
    greatest = max((float(weights.max()) for weights in states.values()), default=0.0)
    kept = {}
    for state, weights in states.items():
        weights[weights < FAINT * greatest] = 0.0
        if weights.any():
            kept[state] = weights
    return kept


def backward(run: Run, ends: Mapping[State, Floats]) -> list[dict[tuple[Position, int], float]]:
    """For each stage the joint weight of every edge, by (position, index of the edge there).

    `ends` gives the weight of ending in a final state with each sum.
    """
    behind: Mapping[State, Floats] = ends
    edges: list[dict[tuple[Position, int], float]] = []
    for stage, states in zip(reversed(run.bundles), reversed(run.states[:-1]), strict=True):
        before: dict[State, Floats] = {}
        found: dict[tuple[Position, int], float] = defaultdict(float)
        for state, weights in states.items():
            before[state] = _back(stage, state, weights, behind, found)
        edges.append(found)
        behind = before
    return edges[::-1]


def _back(
    stage: _Bundles,
    state: State,
    weights: Floats,
    behind: Mapping[State, Floats],
    found: dict[tuple[Position, int], float],
) -> Floats:
    sums = np.nonzero(weights)[0]
    back = np.zeros_like(weights)
    for bundle in stage.get(state[0], ()):
        ahead = behind.get(bundle.state(state))
        if ahead is None:
            continue
        joint = ahead[sums[:, None] + bundle.units] * bundle.weights
        back[sums] += joint.sum(axis=1)
        for number, weight in zip(bundle.numbers, weights[sums] @ joint, strict=True):
            found[state[0], number] += float(weight)
    return back
