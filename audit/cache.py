"""Results by content: a file that has not changed is not read twice.

An entry is named by everything the result depends on: the file's SHA-256, its shown path, the settings
and the edition of the program with its methodologies and register. It is written whole or not at all, and
carries a checksum: a damaged entry counts as none.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

PROGRAM = Path(__file__).resolve().parent.parent
READING = ("extract", "normalise", "reconcile", "audit")
"""The packages that a document's result depends on."""

DATA = (".py", ".toml", ".csv", ".json", ".npz", ".css", ".js", ".html")
AFTER_MULTIPROCESSING = -200
"""multiprocessing removes its own temporary folder, inside ours, at -100."""

CHECKSUM = 64
"""Length of the hexadecimal SHA-256 that precedes an entry's JSON."""

ABANDONED = 60.0
"""Seconds after which a folder of unfinished work that nobody holds is removed: whoever makes one takes
hold of it at once."""


def default_folder() -> Path:
    """Where results are kept: the user's cache folder by the XDG convention."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "doisoat"


@cache
def edition(packages: tuple[str, ...] = READING) -> str:
    """A digest of the program and its data: a changed methodology or reader makes old results void."""
    digest = hashlib.sha256()
    for package in packages:
        for folder, _, names in sorted(os.walk(PROGRAM / package)):
            for name in sorted(names):
                if name.endswith(DATA):
                    file = Path(folder) / name
                    digest.update(str(file.relative_to(PROGRAM)).encode())
                    digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Store:
    """A folder of results."""

    folder: Path

    def place(self, depends_on: Any) -> Path:
        """Where a result that depends on all of this, and on the edition, stands."""
        key = hashlib.sha256(edition().encode() + msgspec.json.encode(depends_on)).hexdigest()
        return self.folder / key[:2] / f"{key}.json"

    def load(self, path: Path, type: type[T]) -> T | None:
        """A kept result; None when there is none or it is damaged."""
        body = _body(path)
        if body is None:
            return None
        try:
            return msgspec.json.decode(body, type=type)
        except msgspec.DecodeError:
            return None

    def sound(self, path: Path) -> bool:
        """Whether a result is kept and undamaged."""
        return _body(path) is not None

    def save(self, path: Path, result: object) -> None:
        """Keep a result under a temporary name, then rename it: another run sees all of it or nothing.

        It need not outlive a power cut: the checksum tells.
        """
        body = msgspec.json.encode(result)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.scratch() / path.name
        unfinished.write_bytes(hashlib.sha256(body).hexdigest().encode() + body)
        unfinished.replace(path)

    def scratch(self) -> Path:
        """This process's folder for unfinished work; it goes when the process ends."""
        return _scratch(self.folder)

    def size(self) -> tuple[int, int]:
        """How many results are kept, and their bytes."""
        files = [f for f in self.folder.glob("??/*.json") if f.is_file()]
        return len(files), sum(f.stat().st_size for f in files)

    def clear(self) -> None:
        """Remove every result; what a run at work has not finished stays."""
        for folder in self.folder.glob("??"):
            shutil.rmtree(folder, ignore_errors=True)
        _remove_abandoned(self.folder, "scratch-")


def _body(path: Path) -> bytes | None:
    """A kept result's JSON; None when there is none or it is damaged."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    body = kept[CHECKSUM:]
    return body if hashlib.sha256(body).hexdigest().encode() == kept[:CHECKSUM] else None


@cache
def _scratch(parent: Path) -> Path:
    return own_folder(parent, "scratch-")


def own_folder(parent: Path, prefix: str) -> Path:
    """A new folder in `parent` that is removed when this process ends; a process that was killed leaves
    its folder, which the next one removes."""
    parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(parent, prefix)
    folder = Path(mkdtemp(prefix=prefix, dir=parent))
    held = os.open(folder / "held", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC)
    fcntl.flock(held, fcntl.LOCK_EX)
    remove = partial(shutil.rmtree, folder, ignore_errors=True)
    Finalize(None, remove, exitpriority=AFTER_MULTIPROCESSING)
    return folder


def _remove_abandoned(parent: Path, prefix: str) -> None:
    for folder in parent.glob(f"{prefix}*"):
        try:
            if time.time() - folder.stat().st_mtime > ABANDONED and not _held(folder):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # another run has removed it


def _held(folder: Path) -> bool:
    """Whether a process that lives works in the folder."""
    try:
        held = os.open(folder / "held", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(held)
    return False
