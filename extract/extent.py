"""Which lines of a page make a table without (enough) ruling lines: its header, its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .columns import CELL_GAP, FIGURES, Column, Word, borders, columns_of
from .headers import is_column_numbers, is_number, is_numeral, says_maxima
from .node import segments, text_of
from .stack import PITCH

LEAST_COLUMNS = 4
"""Serial number, name and two figures: less is a list, not a table of scores."""
FAR = 9.0
"""Font sizes between two figure lines that part two tables: a row with a remark of six lines fits."""
HEADED = 0.4
"""Share of the columns over which a line of the header has text; wrapped names and remarks reach two
or three columns only."""
COVERED = 0.5
"""Share of the columns over which a header has text in all."""
HEADER_PITCH = 3.2
"""Font sizes between two lines of a header: spreadsheets make rows three lines high."""
FIRST_ROW = 6.0
"""Font sizes down from the header to the first row, whose name may be of several lines."""
TOP_HEADING = 2.0
"""Font sizes from a heading over the middle of the table down to the next; titles keep further off."""
TITLE_WORDS = re.compile(r"báo cáo|(tháng|quý|năm) \d", re.IGNORECASE)
"""What titles name and headings do not: the report, the period."""
_OUTLINE = re.compile(r"\d{1,2}(\.\d)?")
BLANK = 2
"""Outer columns without figures, of remarks or nothing, that may have headings."""
ROW_TEXTS = 3
"""Name, rank and remark: what a row has besides figures."""
TITLE = 0.4
"""Share of the table's width from which one text above it is a title: headings are wrapped."""
ROW_PITCH = 2.6
"""Font sizes down to a row without figures: its own line and the room cells leave."""

GROUPS = 3
"""Fewest groups whose indicators are counted; rows of scores that are low and rise by one so often are none."""
WORDED = 4
"""A row has words for a serial number, a name, a rank and a remark at most."""

Line = list[Word]


def cores(figures: Sequence[Line], lines: Sequence[Line]) -> list[list[Line]]:
    """Figure lines grouped by table."""
    heads = _numbered_heads(lines)
    figures = [line for line in figures if not _is_numbering(line) and _is_far(line, heads)]
    cores: list[list[Line]] = []
    for line in figures:
        if cores and not _parted(cores[-1], line, lines):
            cores[-1].append(line)
        else:
            cores.append([line])
    return [core for core in cores if len(columns_of(core)) >= LEAST_COLUMNS]


def _is_far(line: Line, heights: Sequence[float]) -> bool:
    return all(abs(height(line) - other) > 0.1 for other in heights)


def _numbered_heads(lines: Sequence[Line]) -> list[float]:
    """The heights of the lines of figures that a line of column numbers ends: the second lines of `Chỉ số` / `1`,
    the maxima. No word stands among them, as in each row."""
    found: list[float] = []
    head: Line | None = None
    for line in reversed(lines):
        texts = [text_of(s) for s in segments(line)]
        near = head and height(head) - height(line) <= HEADER_PITCH * line[0].size
        above = near and all(map(is_number, texts))
        head = line if above or is_column_numbers(texts) else None
        found += [height(line)] if above else []
    return found


def _is_numbering(line: Line) -> bool:
    """Column numbers, `(1) (2) (3)=(2)/(1)`, the maxima, or the second line of headings `Tiêu chí` / `1`, `Chỉ` /
    `số 1` beside `Chỉ số` / `1`."""
    texts = [text_of(s) for s in segments(line)]
    if says_maxima(texts):
        return True
    figures = [text for text in texts if is_number(text)]
    rising = [str(i) for i in range(1, len(figures) + 1)]
    if is_column_numbers(texts) or (len(figures) > FIGURES and figures == rising):
        return True
    if (is_number(texts[0]) and _is_outline(figures)) or _counts_by_group(figures):
        return True
    return len(texts) - len(figures) >= max(WORDED, len(figures))


def _counts_by_group(figures: Sequence[str]) -> bool:
    """The numbers of indicators within their groups, `1 2 3 1 2 1 2 1 2 3`: each counts on, or begins again.
    Before them may stand the end of another heading, `thang điểm` / `100`."""
    if len(figures) <= FIGURES or not all(text.isdecimal() for text in figures):
        return False
    numbers = [*map(int, figures)]
    steps = all(b in (1, a + 1) for a, b in pairwise(numbers))
    return steps and numbers.count(1) >= GROUPS and 2 in numbers


def _is_outline(figures: Sequence[str]) -> bool:
    """The numbers of indicators, `1.1 1.2 1.3 2 3.1`: scores seldom rise from column to column."""
    if len(figures) <= FIGURES or not all(_OUTLINE.fullmatch(text) for text in figures):
        return False
    numbers = [tuple(map(int, text.split("."))) for text in figures]
    rising = all(a < b for a, b in pairwise(numbers))
    return rising and numbers[0] == (1, 1)


def height(line: Sequence[Word]) -> float:
    return sum(w.y for w in line) / len(line)


def _parted(core: Sequence[Line], line: Line, lines: Sequence[Line]) -> bool:
    """Whether another table begins between a core's last line and `line`."""
    columns = columns_of(core)
    between = [other for other in lines if height(core[-1]) < height(other) < height(line)]
    if any(_is_title(other, columns) or is_header_line(other, columns) for other in between):
        return True
    rows = all(_is_bare_row(other, columns) or _is_wrapped(other, columns) for other in between)
    far = height(line) - height(core[-1]) > FAR * line[0].size
    return far and not (rows and between)


def _is_title(line: Line, columns: Sequence[Column]) -> bool:
    """One text in the middle of the table, over several columns, that starts in none of the first."""
    parts = segments(line)
    x0, x1 = parts[0][0].x0, parts[-1][-1].x1
    middle = (columns[0].x0 + columns[-1].x1) / 2
    centred = abs((x0 + x1) / 2 - middle) < 1.5 * line[0].size
    over = sum(x0 < c.x1 and c.x0 < x1 for c in columns)
    return len(parts) == 1 and centred and over >= 2 and x0 > columns[1].x0 + line[0].size


def is_header_line(line: Line, columns: Sequence[Column]) -> bool:
    texts = [s for s in segments(line) if not is_number(text_of(s))]
    over = {i for s in texts for i, c in enumerate(columns) if s[0].x0 < c.x1 and c.x0 < s[-1].x1}
    return len(texts) >= 3 and len(over) >= max(3.0, HEADED * len(columns))


def extent(
    core: Sequence[Line],
    lines: Sequence[Line],
    columns: Sequence[Column],
    ys: Sequence[float],
    goes_on: bool = False,
) -> tuple[list[Line], list[Line]]:
    """(header lines, body lines) of the table about a core.

    `ys` are the heights of dividers. When the table `goes_on` from the page before, whatever stands
    above its rows within single columns is the rest of a row broken over the page end.
    """
    top, bottom = height(core[0]), height(core[-1])
    above = [line for line in lines if height(line) < top - 0.1]
    below = [line for line in lines if height(line) > bottom + 0.1]
    body = [line for line in lines if top - 0.1 <= height(line) <= bottom + 0.1]
    body += _following(body, below, columns)
    header, first_rows = _leading(body[0], above, columns, ys)
    if not header:
        first_rows = _leading_rows(body[0], above, columns, FAR if goes_on else PITCH)
    return header, [*first_rows, *body]


def _following(
    body: Sequence[Line], below: Sequence[Line], columns: Sequence[Column]
) -> list[Line]:
    """Lines below the last figures that still belong: rows without figures, wrapped texts."""
    found: list[Line] = []
    last = body[-1]
    serial = next((n for line in reversed(body) if (n := _serial(line, columns)) is not None), None)
    for i, line in enumerate(below):
        near = (
            height(line) - height(last)
            < (ROW_PITCH if _is_bare_row(line, columns) else PITCH) * line[0].size
        )
        near = near or _counts_on(below[i:], last, serial, columns)
        if not near or not (_is_bare_row(line, columns) or _is_wrapped(line, columns)):
            break
        found.append(line)
        last, serial = line, _serial(line, columns) or serial
    return found


def _counts_on(
    lines: Sequence[Line], last: Line, serial: int | None, columns: Sequence[Column]
) -> bool:
    """Whether a line not far below the `last` begins the row with the next serial number: a name or remark of two
    lines begins above its row, and rows with such remarks stand further apart."""
    row = next((i for i, line in enumerate(lines) if _serial(line, columns) is not None), None)
    if row is None or serial is None or _serial(lines[row], columns) != serial + 1:
        return False
    if not row and not _is_bare_row(lines[0], columns):
        return False  # a lone number, that of a page
    near = height(lines[0]) - height(last) < FAR * lines[0][0].size
    return near and all(_is_wrapped(line, columns) for line in lines[:row])


def _serial(line: Line, columns: Sequence[Column]) -> int | None:
    """The serial number with which a row begins."""
    first = min(line, key=lambda w: w.x0)
    text = first.run.text.strip(".) ")
    return int(text) if text.isdecimal() and first.x0 < columns[0].x1 + 1 else None


def _is_bare_row(line: Line, columns: Sequence[Column]) -> bool:
    """A serial number in the first column with a name after it."""
    words = sorted(line, key=lambda w: w.x0)
    serial = is_numeral(words[0].run.text) and words[0].x0 < columns[0].x1 + 1
    return (
        serial
        and len(words) > 1
        and words[0].x1 > columns[0].x0 - 1
        and (len(columns) < 3 or words[1].x0 < columns[2].x0)
    )


def _is_wrapped(line: Line, columns: Sequence[Column]) -> bool:
    """Every text within one column (known by its widest line, so a little over is allowed), or in
    or beyond the last one, where remarks stand."""
    frame = [*borders(columns)[:-1], float("inf")]
    return all(
        any(a - 2 <= s[0].x0 and s[-1].x1 <= b + 2 for a, b in pairwise(frame))
        for s in segments(line)
    )


def _leading(
    first: Line, above: Sequence[Line], columns: Sequence[Column], ys: Sequence[float]
) -> tuple[list[Line], list[Line]]:
    """(header lines, body lines) above the first figures."""
    start = next(
        (i for i, line in enumerate(above) if _starts_rows(above[i:], columns)), len(above)
    )
    rows = [*above[start:], first]
    block = _header_block(above[:start], rows[0], columns)
    if len(_headed(block, columns)) < COVERED * len(columns):
        return [], []
    cut = len(block) - _wrapped_above(block, rows[0], columns, ys)
    return block[:cut], [*block[cut:], *above[start:]]


def _starts_rows(lines: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether a row begins here and no line below is a header's."""
    return _is_bare_row(lines[0], columns) and not any(
        is_header_line(line, columns) or _is_numbering(line) for line in lines
    )


def _header_block(above: Sequence[Line], row: Line, columns: Sequence[Column]) -> list[Line]:
    """The lines right above the rows that can be headings, from the top."""
    block: list[Line] = []
    for i, line in reversed([*enumerate(above)]):
        begun = any(len(segments(own)) > ROW_TEXTS for own in block)
        reach = HEADER_PITCH if begun else FIRST_ROW
        below = block[0] if block else row
        near = _apart(line, below) <= reach * below[0].size
        close = bool(block) and height(below) - height(line) <= TOP_HEADING * below[0].size
        alone = _is_page_number(line) and not _has_close_above(line, above[:i])
        if not near or alone or not _is_heading_line(line, columns, close):
            break
        block.insert(0, line)
    return block


def _apart(line: Line, below: Line) -> float:
    """How far two lines are from each other in points, less what words beyond their own size reach: headings that
    run up the page."""
    return height(below) - height(line) - _reach(line) - _reach(below)


def _reach(line: Line) -> float:
    return max(0.0, *((w.run.box.bottom - w.run.box.top) / 2 - w.size for w in line))


def _has_close_above(line: Line, above: Sequence[Line]) -> bool:
    """Whether a line follows another at the pitch of one cell's lines: page numbers stand apart."""
    return any(height(line) - height(other) <= PITCH * line[0].size for other in above)


def _headed(lines: Iterable[Line], columns: Sequence[Column]) -> set[int]:
    """The columns over which the lines have words."""
    return {
        i
        for line in lines
        for s in segments(line)
        for i, c in enumerate(columns)
        if s[0].x0 < c.x1 and c.x0 < s[-1].x1 and not is_number(text_of(s))
    }


def _wrapped_above(
    block: Sequence[Line], row: Line, columns: Sequence[Column], ys: Sequence[float]
) -> int:
    """How many of the block's lowest lines belong to the first row: the upper half of a wrapped name.

    They stand nearer to the row than to the header, in few columns, and on the row's side of a
    divider.
    """
    ruled = [y for y in ys if block and height(block[0]) < y < height(row)]
    if ruled and any(height(line) > ruled[-1] for line in block):
        return sum(height(line) > ruled[-1] for line in block)
    count = 0
    for line, below in zip(reversed(block), [row, *reversed(block)], strict=False):
        few = len(segments(line)) <= 3 and not _is_numbering(line)
        if (
            not few
            or height(below) - height(line) > 1.3 * line[0].size
            or not _like_row(line, row, block)
        ):
            break
        count += 1
    return count


def _like_row(line: Line, row: Line, block: Sequence[Line]) -> bool:
    """Set in the row's weight where the header is in another."""
    header, body = block[0][0].run.bold, row[-1].run.bold
    return header != body and all(w.run.bold == body for w in line)


def _leading_rows(
    first: Line, above: Sequence[Line], columns: Sequence[Column], reach: float
) -> list[Line]:
    found: list[Line] = []
    for line in reversed(above):
        bare = _is_bare_row(line, columns)
        near = height(first) - height(line) < max(reach, ROW_PITCH * bare) * line[0].size
        if not near or not (bare or _is_wrapped(line, columns)) or _is_page_number(line):
            break
        found.insert(0, line)
        first = line
    return found


def _is_page_number(line: Line) -> bool:
    return len(line) == 1 and line[0].run.text.strip("-– ").isdigit()


def _is_heading_line(line: Line, columns: Sequence[Column], close: bool) -> bool:
    """Whether a line above the rows holds headings over some columns, no title; one text in the
    middle of the table is a heading only `close` to the header's next line."""
    size = line[0].size
    if TITLE_WORDS.search(text_of(line)):
        return False
    if _outside(line, columns) > (BLANK if close or is_header_line(line, columns) else 0):
        return False
    middle = (columns[0].x0 + columns[-1].x1) / 2
    parts = segments(line)
    own = (parts[0][0].x0 + parts[-1][-1].x1) / 2
    over = sum(parts[0][0].x0 < c.x1 and c.x0 < parts[0][-1].x1 for c in columns)
    wide = parts[0][-1].x1 - parts[0][0].x0 > TITLE * (columns[-1].x1 - columns[0].x0)
    return len(parts) > 1 or ((close or abs(own - middle) > size or over <= 1) and not wide)


def _outside(line: Line, columns: Sequence[Column]) -> int:
    """How many texts of a line stand further out than the outer columns are wide."""
    room = max(3 * line[0].size, columns[-1].x0 - columns[-2].x0)
    start, end = columns[0].x0 - 3 * line[0].size, columns[-1].x1 + room
    return sum(s[0].x0 < start or s[-1].x1 > end for s in segments(line))


def wrapped_columns(
    core: Sequence[Line], lines: Sequence[Line], columns: Sequence[Column]
) -> list[Column]:
    """The columns with those added that only wrapped lines reach: a remark or a rank of two lines
    stands above and below the line of its row's figures."""
    reach = PITCH * core[0][0].size
    top, bottom = height(core[0]) - reach, height(core[-1]) + reach
    found = list(columns)
    for line in lines:
        heading = is_header_line(line, columns) or _is_numbering(line)
        if not top < height(line) < bottom or heading:
            continue
        for part in segments(line):
            new = Column(part[0].x0, part[-1].x1)
            room = CELL_GAP * part[0].size
            touched = [c for c in found if c.x0 - room < new.x1 and new.x0 < c.x1 + room]
            if all(c not in columns for c in touched):
                ends = (new, *touched)
                whole = Column(min(c.x0 for c in ends), max(c.x1 for c in ends))
                found = [c for c in found if c not in touched] + [whole]
    return sorted(found, key=lambda c: c.x0)
