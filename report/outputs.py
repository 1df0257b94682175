"""Carries out an audit and writes what was asked for."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.cache import own_folder
from audit.fork import die_with
from audit.plan import Plan
from audit.run import PASSING, SEVERITIES, Audit, Watch, carry_out, exit_status
from report import audit_json, letters
from report.catalogue import Language
from report.finished import Audited, Counts, Outcome, Written, digest_of
from report.page import build as page
from report.pictures import take
from report.workbook import book as workbook

NAMES = {"json": "audit.json", "xlsx": "discrepancies.xlsx", "html": "report.html"}


@dataclass(frozen=True, slots=True)
class Order:
    """What the user wants written."""

    formats: Sequence[str]
    lang: Language
    letters: bool = False


def fulfil(plan: Plan, order: Order, place: Path, watch: Watch) -> Outcome:
    """Carry out a plan, write what is ordered, and keep the outcome at `place`.

    It is not kept where the next run may read a file that this one could not.
    """
    out = plan.settings.out
    result = carry_out(plan, watch)
    earlier = plan.store.load(place, Outcome)
    standing = earlier.standing(out) if earlier else frozenset()
    staged = stage(result, order, standing)
    written = [Written(name, digest_of(file) or "") for name, file in staged.items()]
    written += [w for w in earlier.written if w.name in standing] if earlier else []
    if order.letters:
        posted = letters.write(result, out / "letters")
        written += [Written(str(path.relative_to(out)), None) for path in posted]
    outcome = _outcome(result, written)
    if not any(k.problem and k.problem.code in PASSING for k in result.documents):
        plan.store.save(place, outcome)
    publish(staged, out)
    return outcome


def write_all(result: Audit, formats: Sequence[str], lang: Language) -> list[Path]:
    """Write the chosen outputs; returns their paths."""
    out = result.settings.out
    staged = stage(result, Order(formats, lang))
    publish(staged, out)
    return [out / name for name in staged]


def stage(result: Audit, order: Order, standing: Iterable[str] = ()) -> dict[str, Path]:
    """Write the outputs but those `standing` into a folder of this process; returns them by name."""
    out = result.settings.out
    wanted = [kind for kind in order.formats if NAMES[kind] not in standing]
    folder = own_folder(out, ".unfinished-")
    files = {kind: folder / NAMES[kind] for kind in wanted}
    begin = beside if result.settings.jobs > 1 else at_once
    ends = []
    if "json" in files:
        ends.append(begin(lambda: audit_json.write(result, files["json"])))
    if {"xlsx", "html"} & set(wanted):
        pictures = take(result)
        if "html" in files:
            ends.append(begin(lambda: page.write(result, files["html"], order.lang, pictures)))
        if "xlsx" in files:
            earlier = out / NAMES["xlsx"]
            workbook.write(result, files["xlsx"], earlier, order.lang, pictures)
    for end in ends:
        end()
    return {NAMES[kind]: file for kind, file in files.items()}


def beside(write: Callable[[], None]) -> Callable[[], None]:
    """Begin to write in a process of its own; returns what waits for its end.

    What failed there is done again here, where a full disk can be told.
    """
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            die_with(parent)
            write()
            os._exit(0)
        finally:
            os._exit(1)

    def end() -> None:
        if os.waitpid(child, 0)[1]:
            write()

    return end


def at_once(write: Callable[[], None]) -> Callable[[], None]:
    """Write here and now; nothing is left to wait for."""
    write()
    return lambda: None


def publish(staged: dict[str, Path], out: Path) -> None:
    """Give the outputs their names: no reader sees half a file, not even after a power cut."""
    for name, file in staged.items():
        _to_disk(file)
        file.replace(out / name)
        _to_disk(out)
    for folder in {file.parent for file in staged.values()}:
        shutil.rmtree(folder, ignore_errors=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _outcome(result: Audit, written: Sequence[Written]) -> Outcome:
    by_document: dict[str, Counter[str]] = {}
    for finding in result.findings:
        by_document.setdefault(finding.document, Counter())[finding.severity] += 1
    documents = tuple(
        Audited(
            kept.input.shown,
            kept.status,
            kept.problem,
            _counts(by_document.get(kept.input.shown, Counter())),
        )
        for kept in result.documents
    )
    total = _counts(Counter(f.severity for f in result.findings))
    order = {name: index for index, name in enumerate(NAMES.values())}
    in_order = sorted(written, key=lambda w: (order.get(w.name, len(order)), w.name))
    return Outcome(exit_status(result), documents, total, tuple(in_order))


def _counts(counts: Counter[str]) -> Counts:
    error, warning, info = (counts[severity] for severity in SEVERITIES)
    return error, warning, info
