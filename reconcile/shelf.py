"""Values put on a shelf: a file without a name, so that memory does not grow with what reports hold."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Shelf:
    """A file in `folder`, else in the system's folder for such, that goes with the process.

    It is read and written by place: a forked process may read from it beside this one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = TemporaryFile(buffering=0, dir=folder)  # noqa: SIM115 (it lives as long as the shelf)
        self._end = 0

    def put(self, value: object) -> Shelved:
        """Set a value aside. Raises OSError where the disk is full."""
        packed = zlib.compress(msgspec.msgpack.encode(value), 1)
        start = self._end
        while packed:
            written = os.pwrite(self._file.fileno(), packed, self._end)
            self._end += written
            packed = packed[written:]
        return Shelved(self, start, self._end - start)

    def read(self, start: int, length: int) -> bytes:
        """The bytes at a place of the file."""
        return os.pread(self._file.fileno(), length, start)


@dataclass(frozen=True, slots=True)
class Shelved:
    """Where a value stands on its shelf, in bytes."""

    shelf: Shelf
    start: int
    length: int

    def take(self, type: type[T]) -> T:
        """The value, which must have been of this type."""
        packed = self.shelf.read(self.start, self.length)
        return msgspec.msgpack.decode(zlib.decompress(packed), type=type)
