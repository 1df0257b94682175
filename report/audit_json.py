"""`audit.json`, the machine-readable result (the contract's shapes and names)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, TextIO

import msgspec

from audit.job import Examination
from audit.run import Audit
from audit.version import VERSION
from extract.document import Box, Problem
from normalise.submission import Entry, FieldTable, ScoredRow, UnitMatch
from reconcile.finding import Finding, Recomputed
from report.arithmetic import row_steps
from report.catalogue import LANGUAGES, catalogue

SCHEMA_VERSION = 1

Json = dict[str, Any]


def write(audit: Audit, file: Path) -> None:
    """Write the audit document by document, so that memory does not grow with their number."""
    head = {"schema_version": SCHEMA_VERSION, "tool": {"name": "doisoat", "version": VERSION}}
    with (
        file.open("w", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8", dir=file.parent) as later,
    ):
        out.write(_dump(head)[:-2] + ',\n "documents": [')
        documents, findings = _Items(out), _Items(later)
        for examination, found in _documents(audit):
            if examination is not None:
                documents.write(document(examination))
            arithmetic = Arithmetic(examination)
            for f in found:
                findings.write(finding(f, arithmetic))
        out.write('],\n "findings": [')
        later.seek(0)
        copyfileobj(later, out)
        out.write("]\n}\n")


def _documents(audit: Audit) -> Iterator[tuple[Examination | None, Sequence[Finding]]]:
    """Every document in path order with its findings; None for one that did not come."""
    here = {kept.input.shown for kept in audit.documents}
    examinations = audit.examinations()
    for path in sorted({*audit.findings.shelved, *here}):
        yield next(examinations) if path in here else None, audit.findings.of(path)


class _Items:
    """A JSON list being written."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.before = "\n"

    def write(self, item: Json) -> None:
        self.out.write(self.before + _dump(item))
        self.before = ",\n"


class Arithmetic:
    """The steps of the rows of one document, in both languages; none of no document."""

    def __init__(self, examination: Examination | None) -> None:
        self.examination = examination
        tables = examination.submission.tables if examination else ()
        self.rows = {(t.id, r.index): (t, r) for t in tables for r in t.rows}

    def of(self, f: Finding) -> Json:
        place = self.rows.get((f.table or "", -1 if f.row is None else f.row))
        if self.examination is None or place is None:
            return {language: [] for language in LANGUAGES}
        return {
            language: list(row_steps(self.examination, *place, catalogue(language)))
            for language in LANGUAGES
        }


def _dump(value: Json) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()


def document(examination: Examination) -> Json:
    """One document with its tables, claims, unclaimed numbers and what was checked."""
    s, examined = examination.submission, examination.examined
    verdicts = {j.index: j.verdict for j in examined.judged}
    recomputed = {(r.table, r.row): r for r in examined.recomputed}
    return {
        "path": s.path,
        "sha256": s.sha256,
        "status": s.status,
        "error": problem(s.problem),
        "source": s.source,
        "pages": s.pages,
        "issuer": _issuer(s.issuer),
        "period": s.period,
        "number": s.number,
        "date": s.date,
        "legal_bases": list(s.legal_bases),
        "methodology": s.methodology,
        "tables": [_table(t, recomputed) for t in s.tables],
        "claims": [
            {
                "text": c.text,
                "page": c.page,
                "kind": c.kind,
                "verdict": verdicts.get(i, "undecided"),
                "bbox": bbox(c.box),
                "units": [_unit(u) for u in c.units],
            }
            for i, c in enumerate(s.claims)
        ],
        "unclaimed": [{"text": t, "page": p, "bbox": bbox(b)} for t, p, b in s.unclaimed],
        "checks": {
            t.rule: {"passed": t.passed, "failed": t.failed, "undecided": t.undecided}
            for t in examined.tallies
        },
    }


def problem(found: Problem | None) -> Json | None:
    """Why a file could not be read, in both languages."""
    if found is None:
        return None
    key = f"problem/{found.code}"
    return {"code": found.code, "message": _said(key, dict(found.facts))}


def finding(f: Finding, arithmetic: Arithmetic) -> Json:
    """One finding, worded in both languages."""
    return {
        "id": f.id,
        "rule": f.rule,
        "severity": f.severity,
        "document": f.document,
        "page": f.page,
        "bbox": bbox(f.box),
        "table": f.table,
        "row": f.row,
        "unit": f.unit,
        "unit_code": f.unit_code,
        "field": f.field,
        "printed": f.printed,
        "expected": f.expected,
        "difference": f.difference,
        "cause": f.cause,
        "message": _said(f.message, dict(f.facts)),
        "basis": f.basis,
        "likely": f.likely,
        "consequences": list(f.consequences),
        "steps": arithmetic.of(f),
    }


def _said(key: str, facts: Mapping[str, str]) -> Json:
    return {language: catalogue(language).say(key, facts.items()) for language in LANGUAGES}


def bbox(box: Box | None) -> list[float] | None:
    """A box as the contract has it: [x0, top, x1, bottom] in points."""
    if box is None:
        return None
    return [round(v, 2) for v in (box.x0, box.top, box.x1, box.bottom)]


def _issuer(issuer: Any) -> Json | None:
    if issuer is None:
        return None
    return {"printed": issuer.printed, "canonical": issuer.canonical, "code": issuer.code}


def _table(table: FieldTable, recomputed: Mapping[tuple[str, int], Recomputed]) -> Json:
    return {
        "id": table.id,
        "page": table.page,
        "kind": table.kind,
        "title": table.title,
        "columns": [
            {"field": c.field, "heading": " / ".join(c.path), "maximum": _decimal(c.maximum)}
            for c in table.columns
        ],
        "rows": [_row(row, recomputed.get((table.id, row.index))) for row in table.rows],
    }


def _decimal(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _row(row: ScoredRow, recomputed: Recomputed | None) -> Json:
    return {
        "index": row.index,
        "kind": row.kind,
        "section": row.section,
        "page": row.page,
        "serial": row.serial,
        "unit": _unit(row.unit),
        "cells": {e.field: _cell(e) for e in row.entries},
        "recomputed": _recomputed(recomputed),
    }


def _unit(unit: UnitMatch) -> Json:
    return {
        "printed": unit.printed,
        "canonical": unit.canonical,
        "code": unit.code,
        "match": unit.match,
        "score": round(unit.score, 4),
        "rivals": list(unit.rivals),
    }


def _cell(e: Entry) -> Json:
    cell: Json = {
        "printed": e.printed,
        "value": _value(e),
        "status": e.status,
        "page": e.page,
        "bbox": bbox(e.box),
    }
    if e.denominator is not None:
        cell["denominator"] = _decimal(e.denominator)
    if e.rivals:
        cell["alternatives"] = list(e.rivals)
    if e.repaired_from is not None:
        cell["repaired"] = {"from": e.repaired_from, "by": e.repaired_by}
    if e.origin == "ocr":
        cell["confidence"] = round(e.confidence, 4)
    return cell


def _value(e: Entry) -> str | None:
    """A figure's value, a rank's canonical label; None while it is not known for certain."""
    if e.status not in ("as-read", "repaired"):
        return None
    return e.rank if e.rank is not None else _decimal(e.value)


def _recomputed(r: Recomputed | None) -> Json | None:
    if r is None:
        return None
    return {
        "applicable_max": r.applicable_max,
        "total": list(r.total) if r.total else None,
        "converted": list(r.converted) if r.converted else None,
        "rank": r.rank,
    }
