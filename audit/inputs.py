"""Which files an audit is about: every file of the given paths, each once, in a fixed order."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

MISLEADING = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories of signs that a name is shown without: they move the cursor, turn the direction of
writing or cannot be seen."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to audit. `shown` is its path relative to the folder searched, as reports name it.

    `problem` is the code of what is known to be wrong with it before it is opened.
    """

    path: Path
    shown: str
    problem: str = ""


class NoSuchPath(Exception):
    """A path given on the command line does not exist."""


def inputs(paths: Iterable[Path], without: Path | None = None) -> tuple[Input, ...]:
    """All files under `paths` but those under `without` (our own output), sorted by shown path.

    A link is followed only when it stays inside the folder searched; one that leads out and a folder that
    cannot be listed are inputs with a problem. Files shown alike keep apart by their given folder's name.
    """
    found: dict[Path, Input] = {}
    for given in paths:
        if not given.exists():
            raise NoSuchPath(str(given))
        for file in _files(given, without):
            found.setdefault(file.path.absolute(), file)
    by_name = sorted(found.values(), key=lambda i: (i.shown, os.fsencode(i.path)))
    return tuple(sorted(_told_apart(by_name), key=lambda i: i.shown))


def _files(given: Path, without: Path | None) -> Iterator[Input]:
    if not given.is_dir():
        yield Input(given, _shown(given.name))
        return
    root = given.resolve()
    skipped = without.resolve() if without else None
    unlisted: list[OSError] = []
    for folder, folders, names in os.walk(given, onerror=unlisted.append):
        here = Path(folder)
        linked = [f for f in folders if (here / f).is_symlink()]
        folders[:] = sorted(f for f in folders if (here / f).resolve() != skipped)
        for name in [*names, *linked]:
            file = here / name
            inside = not file.is_symlink() or _target(file).is_relative_to(root)
            if name in names or not inside:
                shown = _shown(str(file.relative_to(given)))
                yield Input(file, shown, "" if inside else "link-outside")
    for error in unlisted:
        closed = Path(error.filename)
        yield Input(closed, _shown(str(closed.relative_to(given))), "unreadable-file")


def _target(link: Path) -> Path:
    """Where a link leads in the end; for one that leads in circles, where it stands."""
    try:
        return link.resolve()
    except (OSError, RuntimeError):
        return link.parent.resolve() / link.name


def _shown(path: str) -> str:
    """A name that is the same everywhere and misleads nobody: letters in NFC, undecodable bytes as `\\xNN`
    and signs that cannot be seen as `\\uNNNN`."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    composed = unicodedata.normalize("NFC", text).replace(os.sep, "/")
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign) in MISLEADING else sign
        for sign in composed
    )


def _told_apart(found: Sequence[Input]) -> Iterator[Input]:
    """Names made unique: by the folder given, else by a number."""
    again = Counter(file.shown for file in found)
    longer = [
        replace(file, shown=_shown(str(file.path))) if again[file.shown] > 1 else file
        for file in found
    ]
    again = Counter(file.shown for file in longer)
    numbers: Counter[str] = Counter()
    for file in longer:
        numbers[file.shown] += 1
        number = f" ({numbers[file.shown]})" if again[file.shown] > 1 else ""
        yield replace(file, shown=file.shown + number)


def fingerprint(path: Path, most: int) -> tuple[str, str]:
    """The SHA-256 of a file's bytes in hexadecimal and "", or "" and the code of why it is not read.

    Pipes and devices are never opened; a file of more than `most` bytes is not read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "", "not-a-file"
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return "", "not-a-file" if error.errno == errno.ENXIO else "unreadable-file"
    with os.fdopen(handle, "rb") as file:
        return _hashed(file, most)


def _hashed(file: io.BufferedReader, most: int) -> tuple[str, str]:
    about = os.fstat(file.fileno())  # the path may have become another thing meanwhile
    if not stat.S_ISREG(about.st_mode):
        return "", "not-a-file"
    if about.st_size > most:
        return "", "too-large"
    try:
        return hashlib.file_digest(file, "sha256").hexdigest(), ""
    except OSError:
        return "", "unreadable-file"
