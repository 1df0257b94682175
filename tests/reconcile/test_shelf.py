"""Values set aside in a file: each comes back as it was, to a forked process too."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

from reconcile.shelf import Shelf


def test_every_value_comes_back_in_any_order(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    values = [("Mường Phăng", Decimal("84.69")), ("x" * 100_000, Decimal("0.10")), ("", Decimal(0))]
    places = [shelf.put(value) for value in values]
    for place, value in reversed(list(zip(places, values, strict=True))):
        assert place.take(tuple[str, Decimal]) == value
    assert not list(tmp_path.iterdir()), "the file has no name that a killed run could leave behind"


def test_a_forked_process_reads_beside_this_one(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first, second = shelf.put("a" * 5000), shelf.put("b" * 5000)
    child = os.fork()
    if child == 0:
        right = all(second.take(str) == "b" * 5000 for _ in range(200))
        os._exit(0 if right else 1)
    assert all(first.take(str) == "a" * 5000 for _ in range(200))
    assert os.waitpid(child, 0)[1] == 0
