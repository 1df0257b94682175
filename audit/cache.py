"""Results by content: a file that has not changed is not read twice.

An entry is named by everything the result depends on: the file's SHA-256, its shown path, the settings
and the edition of the program with its methodologies and register. It is written whole or not at all, and
carries a checksum: a damaged entry counts as none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import asdict, dataclass
from functools import cache, partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from audit.job import Job

T = TypeVar("T")

PROGRAM = Path(__file__).resolve().parent.parent
PACKAGES = ("extract", "normalise", "reconcile", "audit")
AFTER_MULTIPROCESSING = -200
"""multiprocessing removes its own temporary folder, inside ours, at -100."""

CHECKSUM = 64
"""Length of the hexadecimal SHA-256 that precedes an entry's JSON."""


def default_folder() -> Path:
    """Where results are kept: the user's cache folder by the XDG convention."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "doisoat"


@cache
def edition() -> str:
    """A digest of the program and its data: a changed methodology or reader makes old results void."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for file in sorted((PROGRAM / package).rglob("*")):
            if file.suffix in (".py", ".toml", ".csv", ".json", ".npz"):
                digest.update(str(file.relative_to(PROGRAM)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Store:
    """A folder of results."""

    folder: Path

    def path(self, job: Job) -> Path:
        """Where a job's result stands, whether it does yet or not."""
        parts = asdict(job) | {"path": ""}
        for given in ("register", "aliases"):
            if parts[given]:
                parts[given] = hashlib.sha256(Path(parts[given]).read_bytes()).hexdigest()
        return self.place(parts)

    def place(self, depends_on: Any) -> Path:
        """Where a result that depends on all of this, and on the edition, stands."""
        key = hashlib.sha256(edition().encode() + msgspec.json.encode(depends_on)).hexdigest()
        return self.folder / key[:2] / f"{key}.json"

    def load(self, path: Path, type: type[T]) -> T | None:
        """A kept result; None when there is none or it is damaged."""
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        body = kept[CHECKSUM:]
        if hashlib.sha256(body).hexdigest().encode() != kept[:CHECKSUM]:
            return None
        try:
            return msgspec.json.decode(body, type=type)
        except msgspec.DecodeError:
            return None

    def save(self, path: Path, result: object) -> None:
        """Keep a result under a temporary name, then rename it: another run sees all of it or nothing."""
        body = msgspec.json.encode(result)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_bytes(hashlib.sha256(body).hexdigest().encode() + body)
        unfinished.replace(path)

    def scratch(self) -> Path:
        """This process's folder for unfinished work; it goes when the process ends.

        Folders of processes that were killed are removed on the way.
        """
        for old in self.folder.glob("scratch-*"):
            if not Path(f"/proc/{old.name.removeprefix('scratch-')}").exists():
                shutil.rmtree(old, ignore_errors=True)
        folder = self.folder / f"scratch-{os.getpid()}"
        if not folder.exists():
            folder.mkdir(parents=True)
            remove = partial(shutil.rmtree, folder, ignore_errors=True)
            Finalize(None, remove, exitpriority=AFTER_MULTIPROCESSING)
        return folder

    def size(self) -> tuple[int, int]:
        """How many results are kept, and their bytes."""
        files = [f for f in self.folder.rglob("*.json") if f.is_file()]
        return len(files), sum(f.stat().st_size for f in files)

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
