"""A generated report with what is known of it, and its JSON form."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.generator.content import Report, Row, Table


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    """A file and the report it shows; `pdf` is its content, `suffix` its ending (`.pdf` but for DOCX
    and text)."""

    name: str
    layout: str
    seed: int
    pdf: bytes
    report: Report
    suffix: str = ".pdf"

    @property
    def truth(self) -> dict[str, Any]:
        """`rows` as in hand-keyed truth files; `statistics` the other tables; `errors` the planted ones."""
        report = self.report
        return {
            "seed": f"{self.seed:03d}",
            "layout": self.layout,
            "period": report.period,
            "issuer": {"name": report.issuer.name, "code": report.issuer.code},
            "number": report.number,
            "date": report.date,
            "methodology": report.methodology,
            "denom": report.style.denominator or None,
            "rows": _rows(report.scores),
            "statistics": {t.kind: _rows(t) for t in report.tables if t.kind != "scores"},
            "claims": [list(claim) for claim in report.letter.claims],
            "errors": [asdict(planted) for planted in report.planted],
        }

    def truth_json(self) -> str:
        return json.dumps(self.truth, ensure_ascii=False, indent=1)


def _rows(table: Table) -> list[dict[str, str]]:
    return [_row(row) for row in table.rows if row.kind != "section"]


def _row(row: Row) -> dict[str, str]:
    """`name` is the official one ("" in a totals row), `unit` as printed; then the cells by field."""
    return {
        "name": row.unit.name if row.unit else "",
        "code": row.unit.code if row.unit else "",
        "unit": row.name,
        "serial": row.serial,
        **({"section": row.section} if row.section else {}),
        **row.cells,
    }
