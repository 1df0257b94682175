"""Which files an audit is about: every file of the given paths, each once, in a fixed order."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Input:
    """A file to audit. `shown` is its path relative to the folder searched, as reports name it."""

    path: Path
    shown: str


class NoSuchPath(Exception):
    """A path given on the command line does not exist."""


def inputs(paths: Iterable[Path], without: Path | None = None) -> tuple[Input, ...]:
    """All files under `paths` but those under `without` (our own output), sorted by shown path.

    A link is followed only when it stays inside the folder searched. Files shown alike (given from two
    folders) keep apart by their given folder's name.
    """
    found: dict[Path, Input] = {}
    for given in paths:
        if not given.exists():
            raise NoSuchPath(str(given))
        for file in _files(given, without):
            found.setdefault(file.path.absolute(), file)
    return tuple(sorted(_told_apart(tuple(found.values())), key=lambda i: (i.shown, str(i.path))))


def _files(given: Path, without: Path | None) -> Iterator[Input]:
    if not given.is_dir():
        yield Input(given, _shown(given.name))
        return
    root = given.resolve()
    skipped = without.resolve() if without else None
    for folder, folders, names in os.walk(given):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if (here / f).resolve() != skipped)
        for name in names:
            file = here / name
            if not file.is_symlink() or file.resolve().is_relative_to(root):
                yield Input(file, _shown(str(file.relative_to(given))))


def _shown(path: str) -> str:
    """Undecodable bytes of a name become `\\xNN`, letters NFC: the same name everywhere and in JSON."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text).replace(os.sep, "/")


def _told_apart(found: tuple[Input, ...]) -> Iterator[Input]:
    counts: dict[str, int] = {}
    for file in found:
        counts[file.shown] = counts.get(file.shown, 0) + 1
    for file in found:
        if counts[file.shown] > 1:
            yield Input(file.path, _shown(str(file.path)))
        else:
            yield file


def is_regular(path: Path) -> bool:
    """Whether a path is a plain file (after links): pipes and devices are never opened."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
