"""The rule reference: `doisoat rules`, `doisoat rules RULE`, and the page `RULES.md`.

python -m report.rules > RULES.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from normalise.register import Register, load_register
from reconcile.finding import Finding
from reconcile.reference import Example, Rule, findings, names, reference, rule
from report.catalogue import Catalogue, catalogue

USED_WRONGLY = 2
INTRODUCTION = """\
# Rules

What the program checks. Generated from the checks' docstrings, the wordings and the cases in `reconcile/cases`
by `python -m report.rules > RULES.md`; a test fails when this page is not current, and when an example below does not
behave as it says. An `error` is beyond rounding and beyond doubt about the reading; a `warning` wants a person's
look; `info` is worth knowing.
"""


def run(arguments: argparse.Namespace) -> int:
    """List the rules, or explain the one that is named; 2 when there is no such rule."""
    words = catalogue(arguments.lang)
    if arguments.rule is None:
        for name in names():
            print(f"{name:26} {words.name('rule', name)}")
        return 0
    if arguments.rule not in names():
        print(words.say("usage/no-rule", (("rule", arguments.rule),)), file=sys.stderr)
        return USED_WRONGLY
    register = load_register()
    print("\n".join(_lines(rule(arguments.rule, register), register, [words])))
    return 0


def page(register: Register) -> str:
    """The whole reference, messages in both languages."""
    words = [catalogue("vi"), catalogue("en")]
    parts = [INTRODUCTION]
    parts += ["\n".join(_lines(r, register, words)) for r in reference(register)]
    return "\n".join(parts) + "\n"


def _lines(one: Rule, register: Register, words: list[Catalogue]) -> Iterator[str]:
    yield f"## `{one.name}`"
    yield ""
    yield " / ".join(f"**{w.name('rule', one.name)}**" for w in words)
    yield ""
    yield f"Why: {one.why}"
    yield ""
    for text in one.decided:
        yield text
        yield ""
    yield f"Basis: {one.basis}"
    yield ""
    for example in one.examples:
        yield from _example(one.name, example, register, words)


def _example(
    name: str, example: Example, register: Register, words: list[Catalogue]
) -> Iterator[str]:
    yield f"- {'Fires' if example.fires else 'Silent'}: {example.says}."
    for finding in findings(example, register):
        if finding.rule == name:
            yield from (f"  - {finding.severity}: {_said(finding, w)}" for w in words)
    yield ""


def _said(finding: Finding, words: Catalogue) -> str:
    unit = f"{finding.unit}: " if finding.unit else ""
    return unit + words.say(finding.message, finding.facts)


if __name__ == "__main__":
    sys.stdout.write(page(load_register()))
