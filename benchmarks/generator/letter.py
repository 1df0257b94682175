"""A plain letter in our own words that says how many units were scored, of all, and their ranks."""

from __future__ import annotations

from collections import Counter

from benchmarks.generator.content import Issuer, Letter, Report, Row, Style

LEGAL = {
    "dien-bien-459-2023": "Quyết định số 459/QĐ-UBND ngày 24/3/2023 của UBND tỉnh Điện Biên",
    "dien-bien-1187-2019": "Quyết định số 1187/QĐ-UBND ngày 13/11/2019 của UBND tỉnh Điện Biên",
}


def words(period: str) -> str:
    """`2023-07` as `tháng 7 năm 2023`."""
    year, _, month = period.partition("-")
    return f"tháng {int(month)} năm {year}" if month else f"năm {year}"


def plain_letter(
    issuer: Issuer, period: str, methodology: str, look: Style, rows: list[Row]
) -> Letter:
    """Title, basis, the counts of units and ranks, closing sentence."""
    units = [row for row in rows if row.kind == "unit"]
    scored = [row for row in units if row.cells.get("rank")]
    counts = Counter(row.cells["rank"] for row in scored)
    parts = [
        f"{counts[label]:02d} đơn vị xếp loại {'trung bình' if label == 'TB' else label.lower()}"
        for label in dict.fromkeys(look.ranks.values())
        if counts[label]
    ]
    everyone = f"Đã chấm điểm {len(scored)}/{len(units)} đơn vị"
    title = f"Chất lượng phục vụ người dân, doanh nghiệp {words(period)} của {issuer.office}"
    claims = [(everyone, "count", "confirmed")] + [(part, "count", "confirmed") for part in parts]
    return Letter(
        title,
        (
            f"Căn cứ {LEGAL[methodology]}, {issuer.office} lập báo cáo này cho {words(period)}.",
            f"{everyone}, trong đó có {', '.join(parts)}.",
            "Điểm của từng đơn vị được ghi tại phụ lục gửi kèm.",
            f"Trên đây là báo cáo {words(period)} của {issuer.office}./.",
        ),
        tuple(claims),
    )


def plain_letter_of(report: Report) -> Letter:
    """The plain letter of a report's score table as printed."""
    rows = list(report.scores.rows)
    return plain_letter(report.issuer, report.period, report.methodology, report.style, rows)
