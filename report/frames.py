"""Scores and findings of an audit as pandas data frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pandas as pd

from audit.run import Audit
from normalise.submission import Entry
from reconcile.finding import Finding
from report.catalogue import Language, catalogue

SHOWN = {"id", "severity", "rule", "document", "page", "unit", "unit_code", "field"}
SHOWN |= {"printed", "expected", "difference", "cause", "basis"}


def scores(audit: Audit) -> pd.DataFrame:
    """One row a unit of every score table; a column a field, floats, NaN where not known for certain."""
    return pd.DataFrame(list(_rows(audit)))


def _rows(audit: Audit) -> Iterator[dict[str, Any]]:
    for examination in audit.examinations():
        submission = examination.submission
        for table in submission.tables:
            for row in table.units() if table.kind == "scores" else ():
                yield {
                    "document": submission.path,
                    "issuer": submission.issuer.canonical if submission.issuer else None,
                    "period": submission.period,
                    "unit": row.unit.name,
                    "code": row.unit.code,
                } | {e.field: _value(e) for e in row.entries}


def _value(entry: Entry) -> float | str | None:
    if not entry.known:
        return entry.rank
    return None if entry.value is None else float(entry.value)


def findings(audit: Audit, lang: Language = "vi") -> pd.DataFrame:
    """One row a finding, worded in `lang`."""
    words = catalogue(lang)
    columns = [f.name for f in fields(Finding) if f.name in SHOWN]
    rows = [
        {name: getattr(f, name) for name in columns} | {"message": words.say(f.message, f.facts)}
        for f in audit.findings
    ]
    return pd.DataFrame(rows, columns=[*columns, "message"])
