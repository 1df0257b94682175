"""Counts what became of scanned reports: cells, names, planted errors, false findings; and shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.alarms import about, brief, follows
from benchmarks.cells import Cells

SEVERITIES = ("error", "warning", "info")
Finding = dict[str, Any]


@dataclass
class Tally:
    """What became of the reports of one resolution. `cells` by kind of table; `planted` counts errors by
    how they were told of, `missed` the others by kind; `false` counts findings on clean reports by severity;
    `worker` is the most memory, in bytes, that a process took to read one."""

    reports: int = 0
    pages: int = 0
    cells: dict[str, Cells] = field(default_factory=lambda: defaultdict(Cells))
    planted: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    false: Counter[str] = field(default_factory=Counter)
    accused: int = 0
    faults: list[str] = field(default_factory=list)
    worker: int = 0

    def add(self, other: Tally) -> None:
        for name in ("reports", "pages", "clean", "accused", "faults"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for kind, cells in other.cells.items():
            self.cells[kind].add(cells)
        self.worker = max(self.worker, other.worker)
        self.planted.update(other.planted)
        self.missed.update(other.missed)
        self.false.update(other.false)

    @property
    def told(self) -> list[str]:
        """Everything that went wrong, findings first."""
        return [*self.faults, *(f for cells in self.cells.values() for f in cells.faults)]

    def judge(self, errors: list[dict[str, Any]], findings: list[Finding]) -> None:
        """The findings of one report against what was planted in it."""
        self.clean = int(not errors)
        for error in errors:
            self._look_for(error, [f for f in findings if about(f, error)])
        for finding in findings:
            if not errors and finding["severity"] != "info":
                self.false[finding["severity"]] += 1
                self.faults.append(f"false {brief(finding)}")
            elif finding["severity"] == "error" and not any(follows(finding, e) for e in errors):
                self.accused += 1
                self.faults.append(f"accused besides {errors[0]['kind']}: {brief(finding)}")

    def _look_for(self, error: dict[str, Any], near: list[Finding]) -> None:
        """By what severity of its rule an error was told of, else by another rule on its unit."""
        under = [f["severity"] for f in near if f["rule"] == error["rule"]]
        how = next((s for s in SEVERITIES if s in under), "other rule" if near else "missed")
        self.planted[how] += 1
        if not under:
            self.missed[error["kind"]] += not near
            place = f"{error['unit']} {error['right']!r}->{error['printed']!r}"
            self.faults.append(f"{how}: {error['rule']} {place} {[brief(f) for f in near]}")


def show(tallies: Mapping[str, Tally]) -> None:
    """One line a resolution for each question; then the kinds of error that were not found."""
    print(f"{'cells':9}{'tables':12}{'cells':>7}{'right %':>9}{'uncertain %':>13}{'missing':>9}"
          f"{'SILENT':>8}{'extra rows':>12}")  # fmt: skip
    for name, tally in tallies.items():
        for kind, cells in tally.cells.items():
            print(_cells(name, kind, cells.outcomes))
    print(f"{'names':9}{'names':>9}{'right %':>9}{'unmatched':>11}{'missing':>9}{'SILENT':>8}")
    for name, tally in tallies.items():
        print(_names(name, tally))
    print(f"{'findings':9}{'planted':>9}{'error':>7}{'warning':>9}{'info':>6}{'other rule':>12}{'missed':>8}"
          f"{'clean':>7}{'false errors':>14}{'warnings':>10}{'accused':>9}")  # fmt: skip
    for name, tally in tallies.items():
        print(_findings(name, tally))
    missed = tallies["all"].missed
    print(
        "missed:", ", ".join(f"{kind} {count}" for kind, count in sorted(missed.items()) if count)
    )


def _cells(name: str, kind: str, got: Counter[str]) -> str:
    total = sum(got[n] for n in ("right", "wrong", "doubtful", "missing")) or 1
    return (
        f"{name:9}{kind:12}{total:7}{100 * got['right'] / total:9.2f}"
        f"{100 * got['doubtful'] / total:13.2f}{got['missing']:9}{got['wrong']:8}"
        f"{got['extra rows']:12}"
    )


def _names(name: str, tally: Tally) -> str:
    got: Counter[str] = sum((c.names for c in tally.cells.values()), Counter())
    total = got.total() or 1
    return (
        f"{name:9}{total:9}{100 * got['right'] / total:9.2f}{got['unmatched']:11}"
        f"{got['missing']:9}{got['wrong']:8}"
    )


def _findings(name: str, tally: Tally) -> str:
    got = tally.planted
    total = sum(got[n] for n in (*SEVERITIES, "other rule", "missed"))
    return (
        f"{name:9}{total:9}{got['error']:7}{got['warning']:9}{got['info']:6}{got['other rule']:12}"
        f"{got['missed']:8}{tally.clean:7}{tally.false['error']:14}{tally.false['warning']:10}"
        f"{tally.accused:9}"
    )
