"""`doisoat explain ID`: one finding's arithmetic in full, from the last audit's `audit.json`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from report.catalogue import Catalogue, catalogue, when
from report.legible import legible

SHOWN = (
    "document",
    "page",
    "unit",
    "field",
    "printed",
    "expected",
    "difference",
    "basis",
    "likely",
)
USED_WRONGLY = 2


def run(arguments: argparse.Namespace) -> int:
    """Print the finding whose id begins with the one given; 2 when there is none or several."""
    words = catalogue(arguments.lang)
    file: Path = arguments.out / "audit.json"
    try:
        findings = json.loads(file.read_text("utf-8"))["findings"]
    except (OSError, ValueError, KeyError):
        print(words.say("usage/no-audit", (("path", str(file)),)), file=sys.stderr)
        return USED_WRONGLY
    found = [f for f in findings if f["id"].startswith(arguments.id)]
    if len({f["id"] for f in found}) != 1:
        key = "usage/no-finding" if not found else "usage/several-findings"
        facts = (("id", arguments.id), ("ids", ", ".join(f["id"] for f in found)))
        print(words.say(key, facts), file=sys.stderr)
        return USED_WRONGLY
    print("\n\n".join(legible("\n".join(lines(f, words))) for f in found))
    return 0


def lines(finding: dict[str, Any], words: Catalogue) -> Iterator[str]:
    """The finding as people read it: rule, message, place, figures, arithmetic."""
    severity = words.name("severity", finding["severity"])
    yield f"[{severity}] {words.name('rule', finding['rule'])} ({finding['rule']})"
    yield finding["message"][words.language]
    for key in SHOWN:
        value = finding[key]
        if value is not None:
            yield f"  {words.texts[f'column/{LABELS.get(key, key)}']}: {_value(key, value, words)}"
    for step in finding["steps"][words.language]:
        yield f"  • {step}"
    for key in finding["consequences"]:
        yield f"  → {consequence(key, words)}"


LABELS = {"field": "heading"}


def consequence(key: str, words: Catalogue) -> str:
    """A sentence of its own (`claims/repeats-table`), else the name of the rule that would speak."""
    if "/" in key and key in words.texts:
        return words.texts[key]
    return words.name("rule", key.split("/")[0])


def _value(key: str, value: Any, words: Catalogue) -> str:
    if key == "field":
        return words.name("field", value)
    if key == "likely":
        return words.texts.get(f"likely/{value}", value)
    if key == "printed":
        return when(value, words.language)
    if key in ("expected", "difference"):
        return words.value(value)
    return str(value)
