"""A report as an HTML page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from random import Random

from benchmarks.generator.content import NAME, SERIAL, Report, Table
from benchmarks.generator.grid import GridCell, body, header
from benchmarks.generator.layouts import Layout
from benchmarks.generator.typeset_office import letter_lines
from benchmarks.office.dress import Dress

SIZES = {"landscape": "297mm 210mm", "portrait": "210mm 297mm", "a3": "420mm 297mm"}
BASE = """
body{font-family:'Liberation Serif','Times New Roman',serif;font-size:13pt;margin:0}
table{border-collapse:collapse;width:100%;font-size:9pt} td,th{border:0.75pt solid #000;padding:1pt 2pt}
td.figure,td.mark,th{text-align:center} p{margin:3pt 0} p.middle{text-align:center;font-weight:bold}
td.section{font-weight:bold} .serial{width:22pt}
span.up{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-size:7pt}
"""
HYPHENS = ("–", "−", "‐", "‑", "-")


def page_of(report: Report, dress: Dress, rng: Random) -> str:
    """The whole document; letter and annexes on pages of their own sizes where the program can."""
    letter = "".join(
        f"<p{' class=middle' if middle else ''}>{_written(text, dress, rng)}</p>"
        for text, middle in letter_lines(report)
    )
    if dress.furniture:
        letter += (
            "<hr width=30% align=left><p><sup>1</sup> Ghi chú: số liệu đến ngày 15 hằng tháng.</p>"
        )
    annexes = [_annex(table, dress, rng) for table in report.tables]
    together = "".join(annexes) if dress.same_page else "</div><div class=annex>".join(annexes)
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Báo cáo</title><style>"
        f"{BASE}{_paging(dress)}{dress.css}</style></head><body><div class=letter>{letter}</div>"
        f"<div class=annex>{together}</div></body></html>"
    )


def _paging(dress: Dress) -> str:
    rows = "auto" if dress.break_rows else "avoid"
    heads = "table-header-group" if dress.repeat else "table-row-group"
    numbers = (
        "@bottom-center{content:'Trang ' counter(page) '/' counter(pages);font-size:9pt}"
        "@top-right{content:'Mẫu 05/BC';font-size:9pt}"
        if dress.furniture
        else ""
    )
    named = (
        f"@page{{size:210mm 297mm;margin:20mm 15mm {numbers}}}"
        f"@page annex{{size:{SIZES[dress.page]};margin:15mm 12mm {numbers}}}"
        ".annex{page:annex;break-before:page}"
    )
    whole = f"@page{{size:{SIZES[dress.page]};margin:15mm}} .annex{{page-break-before:always}}"
    paged = named if dress.producer in ("chromium", "cairo") else whole
    return f"{paged} tr{{break-inside:{rows}}} thead{{display:{heads}}}"


def _annex(table: Table, dress: Dress, rng: Random) -> str:
    titles = "".join(f"<p class=middle>{_written(t, dress, rng)}</p>" for t in table.title)
    notes = "".join(f"<p>{_written(n, dress, rng)}</p>" for n in table.notes)
    cells, depth = header(table)
    heads = [_row([c for c in cells if c.top == r], "th", dress, rng) for r in range(depth)]
    rows = [_row(list(_body(table, n, dress)), "td", dress, rng, n) for n in range(len(table.rows))]
    return (
        f"{titles}<table {dress.attributes}><thead>{''.join(heads)}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{notes}"
    )


def _body(table: Table, number: int, dress: Dress) -> Iterator[GridCell]:
    merged = dress.sections != "split"
    look = replace(
        Layout("office"),
        merged_sections=merged,
        sections="whole" if dress.sections == "whole" else "name",
    )
    yield from body(table, table.rows[number], look)


def _row(cells: list[GridCell], tag: str, dress: Dress, rng: Random, number: int = 0) -> str:
    shade = " bgcolor=#e8eef7" if dress.zebra and number % 2 else ""
    return f"<tr{shade}>{''.join(_cell(c, tag, dress, rng) for c in cells)}</tr>"


def _cell(cell: GridCell, tag: str, dress: Dress, rng: Random) -> str:
    wide = f" colspan={cell.last - cell.first + 1}" if cell.last > cell.first else ""
    deep = f" rowspan={cell.bottom - cell.top + 1}" if cell.bottom > cell.top else ""
    place = {0: SERIAL, 1: NAME}.get(cell.first, "") if not wide else ""
    text = _written(cell.text, dress, rng, tag == "th", cell.role == "figure")
    if tag == "th" and "vertical" in dress.changes and not wide and cell.first > 1:
        text = f"<span class=up>{text}</span>"
    return f'<{tag} class="{cell.role} {place}"{wide}{deep}>{text}</{tag}>'


def _written(text: str, dress: Dress, rng: Random, head: bool = False, figure: bool = False) -> str:
    changes = dress.changes
    if figure and text == "-" and "hyphens" in changes:
        text = rng.choice(HYPHENS)
    if "nfd" in changes:
        text = unicodedata.normalize("NFD", text)
    padded = figure and text and "nbsp" in changes
    words = [escape(word) for word in text.split()]
    if "spans" in changes and len(words) > 1:
        words = [f"<{t}>{w}</{t}>" for w in words for t in [rng.choice(["b", "i", "span", "em"])]]
    joints = ["<br>" if head and "breaks" in changes and rng.random() < 0.5 else " " for _ in words]
    whole = "".join(f"{j}{w}" for j, w in zip(joints, words, strict=True)).removeprefix("<br>")
    return whole.strip() + ("&nbsp;" * rng.randint(1, 3) if padded else "")
