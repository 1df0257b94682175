from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reconcile.methodology import choose, load_methodologies
from reconcile.methodology_file import FOLDER, Refused, load_methodology

METHODOLOGIES = load_methodologies()


def test_the_two_decisions_are_known_with_their_maxima() -> None:
    assert {m.id: (len(m.parts), m.maximum) for m in METHODOLOGIES.values()} == {
        "dien-bien-459-2023": (11, Decimal(100)),
        "dien-bien-1187-2019": (9, Decimal(18)),
    }


@pytest.mark.parametrize(
    ("bases", "period", "expected"),
    [
        (["459/QĐ-UBND"], "2023-07", "dien-bien-459-2023"),
        (["459/qđ-ubnd"], None, "dien-bien-459-2023"),
        (["1187/QĐ-UBND", "459/QĐ-UBND"], "2022", "dien-bien-1187-2019"),
        (["1187/QĐ-UBND", "459/QĐ-UBND"], "2023-Q3", "dien-bien-459-2023"),
        (["766/QĐ-TTg"], "2024-11", "dien-bien-459-2023"),
        (["61/2018/NĐ-CP"], "2021", "dien-bien-1187-2019"),
        (["61/2018/NĐ-CP"], "2024-02", "dien-bien-459-2023"),
        ([], "2022", "dien-bien-1187-2019"),
        ([], "2018", None),
        ([], None, None),
    ],
)
def test_a_methodology_is_chosen_by_legal_basis_then_by_period(
    bases: list[str], period: str | None, expected: str | None
) -> None:
    found = choose(METHODOLOGIES, bases, period)
    assert (found.id if found else None) == expected


def test_the_user_overrules_the_choice() -> None:
    found = choose(METHODOLOGIES, ["459/QĐ-UBND"], "2023-07", override="dien-bien-1187-2019")
    assert found is METHODOLOGIES["dien-bien-1187-2019"]


def test_the_fields_of_the_tables_rule_a_methodology_out() -> None:
    found = choose(METHODOLOGIES, [], None, fields=["criterion_1", "total"])
    assert found is METHODOLOGIES["dien-bien-1187-2019"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("maximum = 30", "maximum = 31", "the maxima add up to 101, not 100"),
        ("from = 80\nto = 90", "from = 80\nto = 89", "gap: 89 to 90 has no rank"),
        ("from = 80\nto = 90", "from = 80\nto = 91", "overlap: 90 to 91 has two ranks"),
        ("from = 0\nto = 50", "from = 1\nto = 50", "gap: 0 to 1 has no rank"),
        ('field = "openness_2"', 'field = "openness_1"', "openness_1 stands twice"),
        ('field = "online_2"\nfactor', 'field = "online_9"\nfactor', "unknown part online_9"),
        ('label = "printed"', 'label = "guessed"', "label 'guessed' is none of"),
        ('source = "Public', 'sourse = "Public', "source is missing"),
        ("scales = [100, 10]", "scales = []", "ranks of the converted score, but no scales"),
        ("date = 2023-03-24", 'date = "yesterday"', "date must be a date"),
        ("maximum = 5\n", "maximum = 0\n", "a maximum must be above 0"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_naming_the_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = (FOLDER / "dien-bien-459-2023.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "m.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused, match=r"m\.toml, line \d+: .*" + reason):
        load_methodology(tmp_path / "m.toml")


def test_the_line_named_is_the_one_at_fault(tmp_path: Path) -> None:
    text = (FOLDER / "dien-bien-459-2023.toml").read_text(encoding="utf-8")
    text = text.replace("from = 70\nto = 80", "from = 70\nto = 79", 1)
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    line = text.splitlines().index("to = 79") + 1
    with pytest.raises(Refused, match=f"line {line}:"):
        load_methodology(tmp_path / "m.toml")


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('id = "x\n', encoding="utf-8")
    with pytest.raises(Refused, match="line 1"):
        load_methodologies(tmp_path)


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    text = (FOLDER / "dien-bien-459-2023.toml").read_text(encoding="utf-8")
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="is taken by another file"):
        load_methodologies(tmp_path)
