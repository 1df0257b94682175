"""A whole audit: every file examined once, the checks across files, one ordered result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from audit.cache import Store
from audit.found import SEVERITIES, Found, in_order, joined
from audit.inputs import Input, fingerprint
from audit.job import Examination, Job, failed
from audit.plan import Plan, Planned, Settings, plan
from audit.sandbox import run_jobs
from extract.document import Problem, Status
from normalise.register import Register, load_register
from reconcile.across import Across, Digest, Matrix, across, digest, matrix
from reconcile.attribution import causes
from reconcile.check import add_tallies
from reconcile.finding import Tally
from reconcile.shelf import Shelf, Shelved

__all__ = ["SEVERITIES", "Audit", "Kept", "Settings", "Watch", "audit", "carry_out", "exit_status"]

Watch = Callable[[int, int, str], None]
"""Hears of progress: files done, files in all, the name of the one begun or done last."""

PASSING = frozenset({"timeout", "changed", "ocr-missing"})
"""Problems that may not be there the next time, so that such a file is read again."""

ANY_SIZE = 1 << 62
"""A file that has grown while it was read has changed, whatever its size."""

LIMITED = frozenset({"too-large", "crashed", "cut-short"})
"""Problems that other limits might not have shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the result of one input file stands, and what is needed of it across files: `found` are its own
    findings."""

    input: Input
    result: Path
    digest: Digest
    found: Shelved | None
    methodology: str | None
    status: Status
    problem: Problem | None
    undecided: tuple[Tally, ...]


@dataclass(frozen=True)
class Audit:
    """The result. Documents are read back one at a time: memory does not grow with what they hold."""

    settings: Settings
    store: Store
    documents: tuple[Kept, ...]
    across: Across
    matrix: Matrix
    findings: Found
    register: Register

    def examinations(self) -> Iterator[Examination]:
        """Every document's result in path order, what the other documents say of it included."""
        for kept in self.documents:
            examination = self.store.load(kept.result, Examination)
            if examination is None:
                raise OSError(f"{kept.result}: the kept result has gone")
            yield self._completed(examination)

    def _completed(self, examination: Examination) -> Examination:
        path = examination.submission.path
        examined = examination.examined
        tallies = [group for p, group in self.across.tallies if p == path]
        revised = {j.index: j for p, group in self.across.judged if p == path for j in group}
        judged = {j.index: j for j in examined.judged} | revised
        return replace(
            examination,
            examined=replace(
                examined,
                tallies=add_tallies([examined.tallies, *tallies]),
                judged=tuple(judged[i] for i in sorted(judged)),
            ),
        )

    def path_of(self, shown: str) -> Path | None:
        """The file behind a shown path."""
        return next((k.input.path for k in self.documents if k.input.shown == shown), None)


def audit(settings: Settings, watch: Watch = lambda done, of, name: None) -> Audit:
    """Examine every file of the settings' paths, then compare them with each other."""
    return carry_out(plan(settings), watch)


def carry_out(plan: Plan, watch: Watch = lambda done, of, name: None) -> Audit:
    """Do what was planned."""
    settings = plan.settings
    register = load_register(settings.register, settings.aliases)
    shelf = Shelf(plan.store.scratch())
    kept = _Run(plan, shelf, watch).examine_all()
    current, earlier = kept[: len(plan.current)], kept[len(plan.current) :]
    compared = across([k.digest for k in current], register, previous=[k.digest for k in earlier])
    own = Found({k.input.shown: k.found for k in current if k.found})
    findings = joined(own, *causes(compared.findings, own.of), shelf)
    received = matrix([k.digest for k in current], register)
    compared = replace(compared, findings=())  # they are among `findings`
    return Audit(settings, plan.store, current, compared, received, findings, register)


class _Run:
    """Examines what no kept result answers, and keeps the results."""

    def __init__(self, plan: Plan, shelf: Shelf, watch: Watch) -> None:
        self.plan = plan
        self.shelf = shelf
        self.store = plan.store
        self.files = (*plan.current, *plan.previous)
        self.watch = watch
        self.kept: dict[int, Kept] = {}

    def examine_all(self) -> tuple[Kept, ...]:
        todo: dict[Job, list[int]] = {}
        for index, planned in enumerate(self.files):
            if not self._known(index, planned):
                todo.setdefault(planned.job, []).append(index)
        settings = self.plan.settings
        spool = self.store.scratch()
        for job, read in run_jobs(todo, settings.jobs, settings.limits, spool, self._begun):
            for index in todo[job]:
                self._take(index, _unless_changed(self.files[index], read))
        return tuple(self.kept[index] for index in range(len(self.files)))

    def _known(self, index: int, planned: Planned) -> bool:
        """Whether no reading is needed: kept from an earlier run, or a file that cannot be opened."""
        if planned.job.problem:
            self._take(index, failed(planned.job, Problem(planned.job.problem)))
            return True
        for place in (planned.place, planned.limited):
            examination = self.store.load(place, Examination)
            if examination is not None and not _passing(examination):
                self._keep(index, place, examination)
                return True
        return False

    def _begun(self, job: Job) -> None:
        self.watch(len(self.kept), len(self.files), job.shown)

    def _take(self, index: int, examination: Examination) -> None:
        planned = self.files[index]
        place = planned.limited if _limited(examination) else planned.place
        self.store.save(place, examination)
        self._keep(index, place, examination)

    def _keep(self, index: int, place: Path, examination: Examination) -> None:
        file = self.files[index].input
        submission, examined = examination.submission, examination.examined
        self.kept[index] = Kept(
            file,
            place,
            digest(submission, self.shelf),
            in_order(examined.findings, self.shelf) if examined.findings else None,
            submission.methodology,
            submission.status,
            submission.problem,
            tuple(tally for tally in examined.tallies if tally.undecided),
        )
        self.watch(len(self.kept), len(self.files), file.shown)


def _passing(examination: Examination) -> bool:
    problem = examination.submission.problem
    if problem is None:
        return False
    return problem.code in PASSING or dict(problem.facts).get("reason") in PASSING


def _limited(examination: Examination) -> bool:
    problem = examination.submission.problem
    return problem is not None and problem.code in LIMITED


def _unless_changed(planned: Planned, examination: Examination) -> Examination:
    """A file that changed while it was read is said to have, and what was read of it is not used."""
    now, _ = fingerprint(planned.input.path, ANY_SIZE)
    return examination if now == planned.job.sha256 else failed(planned.job, Problem("changed"))


def exit_status(result: Audit) -> int:
    """The contract's exit status: 3 before 1 before 4 before 0."""
    severities = {f.severity for f in result.findings}
    if any(kept.status != "ok" for kept in result.documents):
        return 3
    if "error" in severities:
        return 1
    return 4 if "warning" in severities or _undecided(result) else 0


def _undecided(result: Audit) -> bool:
    across = dict(result.across.tallies)
    return any(
        tally.undecided
        for kept in result.documents
        for tally in add_tallies([kept.undecided, across.get(kept.input.shown, ())])
    )
