"""A whole audit: every file examined once, the checks across files, one ordered result."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp

from audit.cache import Store
from audit.inputs import Input, inputs, is_regular, sha256
from audit.job import Examination, Job, failed
from audit.limits import Limits
from audit.sandbox import run_jobs
from extract.document import Problem
from normalise.register import Register, load_register
from reconcile.across import Across, Digest, Matrix, across, digest, matrix
from reconcile.check import add_tallies
from reconcile.finding import Finding, Severity

Watch = Callable[[int, int, str], None]
"""Hears of progress: files done, files in all, the name of the one just done."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user asked for. `jobs` files are read side by side; `keep` is the folder of results."""

    paths: tuple[Path, ...]
    out: Path
    previous: tuple[Path, ...] = ()
    methodology: str | None = None
    register: Path | None = None
    aliases: Path | None = None
    jobs: int = 1
    keep: Path | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the result of one input file stands, and what is needed of it across files."""

    input: Input
    result: Path
    digest: Digest
    findings: tuple[Finding, ...]
    methodology: str | None


@dataclass(frozen=True)
class Audit:
    """The result. Documents are read back one at a time: memory does not grow with what they hold."""

    settings: Settings
    store: Store
    documents: tuple[Kept, ...]
    across: Across
    matrix: Matrix
    findings: tuple[Finding, ...]
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
    settings.out.mkdir(parents=True, exist_ok=True)
    register = load_register(settings.register, settings.aliases)
    store = Store(settings.keep or _own_folder(settings.out))
    files = inputs(settings.paths, settings.out)
    before = inputs(settings.previous, settings.out) if settings.previous else ()
    kept = _examine_all((*files, *before), settings, store, watch)
    current, earlier = kept[: len(files)], kept[len(files) :]
    compared = across([k.digest for k in current], register, previous=[k.digest for k in earlier])
    findings = [f for k in current for f in k.findings] + list(compared.findings)
    received = matrix([k.digest for k in current], register)
    return Audit(settings, store, current, compared, received, _ordered(findings), register)


def discard(result: Audit) -> None:
    """Remove results that were not to be kept."""
    if result.settings.keep is None:
        shutil.rmtree(result.store.folder, ignore_errors=True)


def _own_folder(out: Path) -> Path:
    return Path(mkdtemp(prefix=".doisoat-", dir=out))


def _examine_all(
    files: tuple[Input, ...], settings: Settings, store: Store, watch: Watch
) -> tuple[Kept, ...]:
    store.folder.mkdir(parents=True, exist_ok=True)
    jobs = [_job(file, settings) for file in files]
    places = [store.path(job) for job in jobs]
    kept: dict[int, Kept] = {}
    todo: dict[Job, list[int]] = {}
    for index, (file, job, place) in enumerate(zip(files, jobs, places, strict=True)):
        known = _known(store, job, file, place)
        if known is None:
            todo.setdefault(job, []).append(index)
        else:
            kept[index] = _keep(file, place, known)
            watch(len(kept), len(files), file.shown)
    for job, read in run_jobs(list(todo), settings.jobs, settings.limits, store.scratch()):
        for index in todo[job]:
            examination = _unless_changed(files[index], job, read)
            store.save(places[index], examination)
            kept[index] = _keep(files[index], places[index], examination)
            watch(len(kept), len(files), files[index].shown)
    return tuple(kept[index] for index in range(len(files)))


def _known(store: Store, job: Job, file: Input, place: Path) -> Examination | None:
    """A result that needs no reading: kept from an earlier run, or of a file that cannot be opened."""
    if not job.sha256:
        unopened = _unopened(job, file.path)
        store.save(place, unopened)
        return unopened
    kept = store.load(place, Examination)
    return None if kept is None or _worth_another_try(kept) else kept


def _worth_another_try(examination: Examination) -> bool:
    problem = examination.submission.problem
    return problem is not None and problem.code in ("timeout", "changed")


def _job(file: Input, settings: Settings) -> Job:
    try:
        digest_of_content = sha256(file.path) if is_regular(file.path) else ""
    except OSError:
        digest_of_content = ""
    return Job(
        path=str(file.path),
        shown=file.shown,
        sha256=digest_of_content,
        methodology=settings.methodology,
        register=str(settings.register) if settings.register else None,
        aliases=str(settings.aliases) if settings.aliases else None,
    )


def _unopened(job: Job, path: Path) -> Examination:
    code = "unreadable-file" if is_regular(path) or not path.exists() else "not-a-file"
    return failed(job, Problem(code))


def _unless_changed(file: Input, job: Job, examination: Examination) -> Examination:
    """A file that changed while it was read is said to have, and what was read of it is not used."""
    try:
        same = sha256(file.path) == job.sha256
    except OSError:
        same = False
    return examination if same else failed(job, Problem("changed"))


def _keep(file: Input, place: Path, examination: Examination) -> Kept:
    submission = examination.submission
    findings = examination.examined.findings
    return Kept(file, place, digest(submission), findings, submission.methodology)


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                f.document,
                SEVERITIES.index(f.severity),
                f.page or 0,
                f.table or "",
                -1 if f.row is None else f.row,
                f.rule,
                f.field or "",
                f.id,
            ),
        )
    )


def exit_status(result: Audit) -> int:
    """The contract's exit status: 3 before 1 before 4 before 0."""
    undecided = False
    for examination in result.examinations():
        if examination.submission.status != "ok":
            return 3
        undecided = undecided or any(t.undecided for t in examination.examined.tallies)
    severities = {f.severity for f in result.findings}
    if "error" in severities:
        return 1
    return 4 if undecided or "warning" in severities else 0
