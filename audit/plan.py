"""What an audit is to do: its settings, its files, and where the result of each stands or will stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from audit.cache import Store, own_folder
from audit.inputs import Input, fingerprint, inputs
from audit.job import Job
from audit.limits import Limits
from normalise.register import load_register


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
class Planned:
    """A file and where its result stands: `place`, or `limited` when it depends on what a file may cost."""

    input: Input
    job: Job
    place: Path
    limited: Path


@dataclass(frozen=True)
class Plan:
    """Everything an audit reads, before it is read. `previous` are the reports of an earlier period."""

    settings: Settings
    store: Store
    current: tuple[Planned, ...]
    previous: tuple[Planned, ...]


def plan(settings: Settings) -> Plan:
    """Look at every file of the settings' paths. The folder for output is made.

    Raises NoSuchPath, RegisterError and OSError (where nothing can be written).
    """
    settings.out.mkdir(parents=True, exist_ok=True)
    load_register(settings.register, settings.aliases)
    store = Store(settings.keep or own_folder(settings.out, ".doisoat-"))
    planner = _Planner(settings, store)
    before = inputs(settings.previous, settings.out) if settings.previous else ()
    return Plan(
        settings, store, planner.all(inputs(settings.paths, settings.out)), planner.all(before)
    )


class _Planner:
    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.data = [_digest(path) for path in (settings.register, settings.aliases)]

    def all(self, files: Iterable[Input]) -> tuple[Planned, ...]:
        return tuple(self._planned(file) for file in files)

    def _planned(self, file: Input) -> Planned:
        job = self._job(file)
        depends_on = asdict(replace(job, path="", register=None, aliases=None)) | {
            "data": self.data
        }
        limits = asdict(self.settings.limits)
        place, limited = self.store.place(depends_on), self.store.place([depends_on, limits])
        return Planned(file, job, place, limited)

    def _job(self, file: Input) -> Job:
        sha256, problem = "", file.problem
        if not problem:
            sha256, problem = fingerprint(file.path, self.settings.limits.resident)
        return Job(
            path=str(file.path),
            shown=file.shown,
            sha256=sha256,
            methodology=self.settings.methodology,
            register=_text(self.settings.register),
            aliases=_text(self.settings.aliases),
            problem=problem,
        )


def _digest(path: Path | None) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else None


def _text(path: Path | None) -> str | None:
    return str(path) if path else None
