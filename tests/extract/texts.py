"""Makes texts of reports as other people's programs extract them: one report, many shapes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from random import Random

from benchmarks.generator.content import Report, Table
from benchmarks.generator.grid import header
from benchmarks.generator.typeset_office import letter_lines

Grid = list[list[str]]
Maker = Callable[[Table, Random], list[str]]


def text_of(report: Report, shape: str, rng: Random) -> str:
    """The report's letter and its tables in one of `SHAPES`."""
    lines = ["\n".join(line for line, _ in letter_lines(report)).replace("\n", "\n\n")]
    for table in report.tables:
        lines += [*table.title, *SHAPES[shape](table, rng), *table.notes]
    return "\n".join(lines) + "\n"


def head_grid(table: Table, repeat: bool = False) -> Grid:
    """The header's lines; merged cells stand once, or in each column and line that they cover."""
    cells, depth = header(table)
    grid = [[""] * len(table.columns) for _ in range(depth)]
    for cell in cells:
        for level in range(cell.top, cell.bottom + 1 if repeat else cell.top + 1):
            for column in range(cell.first, cell.last + 1 if repeat else cell.first + 1):
                grid[level][column] = cell.text
    return grid


def body_grid(table: Table) -> Grid:
    return [[table.text(row, column) for column in table.columns] for row in table.rows]


def _plain(mark: str) -> Maker:
    def make(table: Table, _: Random) -> list[str]:
        return [mark.join(row) for row in head_grid(table) + body_grid(table)]

    return make


def stripped(table: Table, _: Random) -> list[str]:
    """An editor has taken the white space off the lines' ends."""
    return [" | ".join(row).strip() for row in head_grid(table) + body_grid(table)]


def markdown(table: Table, _: Random) -> list[str]:
    """Outer bars, merged cells repeated, a rule below the first line."""
    grid = head_grid(table, repeat=True) + body_grid(table)
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in grid]
    return [lines[0], "|" + "---|" * len(table.columns), *lines[1:]]


def framed(table: Table, _: Random) -> list[str]:
    """Columns of one width, words wrapped inside their cells, a rule between the rows."""
    widths = [4, 18, *[9] * (len(table.columns) - 2)]
    lines = []
    rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    for row in head_grid(table) + body_grid(table):
        lines += [rule, *_wrapped(row, widths)]
    return [*lines, rule]


def wrapped(table: Table, _: Random) -> list[str]:
    """As `framed`, without rules and outer bars: names go on in lines of their own."""
    widths = [4, 16, *[12] * (len(table.columns) - 2)]
    rows = head_grid(table, repeat=False) + body_grid(table)
    return [
        line.strip("| ") if line[2] != " " else line[2:-2]
        for row in rows
        for line in _wrapped(row, widths)
    ]


def _wrapped(row: list[str], widths: list[int]) -> Iterator[str]:
    cells = [textwrap.wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
    for i in range(max(map(len, cells))):
        here = [cell[i] if i < len(cell) else "" for cell in cells]
        yield "| " + " | ".join(t.ljust(w) for t, w in zip(here, widths, strict=True)) + " |"


def broken(table: Table, rng: Random) -> list[str]:
    """Line ends inside names, headings and ranks break the rows."""
    lines = []
    for row in head_grid(table) + body_grid(table):
        cells = [
            text.replace(" ", "\n", 1) if i and len(text) > 8 and rng.random() < 0.4 else text
            for i, text in enumerate(row)
        ]
        lines += " | ".join(cells).split("\n")
    return lines


def paged(table: Table, _: Random) -> list[str]:
    """The header again, and a page number, after every seven rows."""
    head = [" | ".join(row) for row in head_grid(table)]
    body = [" | ".join(row) for row in body_grid(table)]
    lines = []
    for start in range(0, len(body), 7):
        lines += ["", str(start // 7 + 1), "", *head] if start else head
        lines += body[start : start + 7]
    return lines


def lossy(table: Table, rng: Random) -> list[str]:
    """Some rows have lost the marks of their blank cells."""
    lines = [" | ".join(row) for row in head_grid(table)]
    for row in body_grid(table):
        kept = [text for text in row if text] if rng.random() < 0.3 else row
        lines.append(" | ".join(kept))
    return lines


def listed(table: Table, _: Random) -> list[str]:
    """A spreadsheet's export: semicolons, words in quotation marks."""
    rows = head_grid(table) + body_grid(table)
    return [";".join(f'"{t}"' if " " in t or ";" in t else t for t in row) for row in rows]


def one_a_line_tight(table: Table, _: Random) -> list[str]:
    """Every cell on a line of its own; blank ones leave nothing."""
    return [text for row in head_grid(table) + body_grid(table) for text in row if text]


def one_a_line(table: Table, _: Random) -> list[str]:
    """Every cell on a line of its own; blank ones leave an empty line."""
    return [text for row in head_grid(table) + body_grid(table) for text in row]


def aligned(table: Table, _: Random) -> list[str]:
    """Columns kept apart by spaces alone, as on the page."""
    widths = [4, 26, *[11] * (len(table.columns) - 2)]
    cells, depth = header(table)
    head: list[str] = []
    for level in range(depth):
        here = {c.first: c for c in cells if c.top == level}
        head += _spaced(
            [here[n].text if n in here else "" for n in range(len(widths))],
            [
                _over(widths, here[n].first, here[n].last) if n in here else w
                for n, w in enumerate(widths)
            ],
            widths,
        )
    rows = [line for row in body_grid(table) for line in _spaced(row, widths, widths)]
    return [*head, *rows]


def _over(widths: list[int], first: int, last: int) -> int:
    return sum(widths[first : last + 1]) + 2 * (last - first)


def _spaced(row: list[str], room: list[int], widths: list[int]) -> list[str]:
    """Lines with each text wrapped in its room and put in its middle; names stand at the left."""
    starts = [sum(widths[:n]) + 2 * n for n in range(len(widths))]
    cells = [textwrap.wrap(text, width) for text, width in zip(row, room, strict=True)]
    lines = []
    for i in range(max(map(len, cells))):
        line = ""
        for n, cell in enumerate(cells):
            if i < len(cell):
                text = cell[i] if n == 1 else cell[i].center(room[n]).rstrip()
                line = line.ljust(starts[n]) + text
        lines.append(line)
    return lines


SHAPES: dict[str, Maker] = {
    "bars": _plain(" | "),
    "tight-bars": _plain("|"),
    "tabs": _plain("\t"),
    "stripped": stripped,
    "markdown": markdown,
    "framed": framed,
    "wrapped": wrapped,
    "broken": broken,
    "paged": paged,
    "lossy": lossy,
    "listed": listed,
    "one-a-line": one_a_line,
    "one-a-line-tight": one_a_line_tight,
    "aligned": aligned,
}
