"""Both languages say the same things with the same facts."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from report.catalogue import FOLDER, LANGUAGES, Catalogue, catalogue, number


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
