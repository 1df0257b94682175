"""Both languages say the same things with the same facts."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import normalise.claims
from reconcile.slips import SHARES
from report.catalogue import FOLDER, LANGUAGES, Catalogue, catalogue, number, when


def _placeholders(text: str) -> list[tuple[str | None, str | None]]:
    return sorted(
        {(name, spec) for _, name, spec, _ in string.Formatter().parse(text) if name is not None},
        key=str,
    )


def test_languages_have_the_same_keys() -> None:
    vi, en = (set(catalogue(language).texts) for language in LANGUAGES)
    assert vi == en


def test_languages_have_the_same_files() -> None:
    names = [{f.name for f in (FOLDER / language).iterdir()} for language in LANGUAGES]
    assert names[0] == names[1]


@pytest.mark.parametrize("key", sorted(catalogue("vi").texts))
def test_languages_have_the_same_placeholders(key: str) -> None:
    vi, en = (catalogue(language).texts[key] for language in LANGUAGES)
    assert _placeholders(vi) == _placeholders(en)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("1234567.5", "1.234.567,5", "1,234,567.5"),
        ("0.0390", "0,0390", "0.0390"),
        ("-1234", "−1.234", "−1,234"),
        ("3", "3", "3"),
        ("Xuất sắc", "Xuất sắc", "Xuất sắc"),
        ("1.2.3", "1.2.3", "1.2.3"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(text: str, vi: str, en: str) -> None:
    assert (number(text, "vi"), number(text, "en")) == (vi, en)


def test_placeholders_of_numbers_ranks_and_lists() -> None:
    words = Catalogue("vi", {"k": "{x:n} – {r:rank} – {t}", "rank.good": "Tốt"})
    said = words.say("k", [("x", "1.5;2"), ("r", "good"), ("t", "{x}")])
    assert said == "1,5; 2 – Tốt – {x}"


def test_an_unknown_message_is_an_error_not_silence() -> None:
    with pytest.raises(KeyError):
        catalogue("vi").say("no-such-message")


def test_wordings_stand_in_toml(tmp_path: Path) -> None:
    assert all(f.suffix == ".toml" for language in LANGUAGES for f in (FOLDER / language).iterdir())


def test_every_slip_and_kind_of_claim_has_words() -> None:
    texts = catalogue("vi").texts
    claims = re.findall(r"^- `([a-z]+)`", normalise.claims.__doc__ or "", re.MULTILINE)
    assert len(claims) > 5 and all(f"claim.{kind}" in texts for kind in claims)
    assert all(f"likely/{slip}" in texts for slip in SHARES if slip != "other")


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("2023-07", "tháng 7/2023", "07/2023"),
        ("2023-Q1", "quý 1/2023", "Q1/2023"),
        ("2022", "năm 2022", "2022"),
        ("2022-12-18", "18/12/2022", "2022-12-18"),
        ("41,04/80", "41,04/80", "41,04/80"),
    ],
)
def test_days_and_periods(text: str, vi: str, en: str) -> None:
    assert (when(text, "vi"), when(text, "en")) == (vi, en)


def test_a_column_without_a_name_is_called_by_its_number() -> None:
    assert catalogue("vi").name("field", "column_14") == "cột thứ 14"
    said = Catalogue("vi", {"k": "{r:ranks}", "list/or": " hoặc ", "rank.good": "Tốt"})
    assert said.say("k", [("r", "good;fair")]) == "Tốt hoặc fair"
