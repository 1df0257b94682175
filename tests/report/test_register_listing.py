from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from report.register_listing import add_arguments, kept_aliases, run

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def register(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(words))


def test_units_of_a_parent_on_a_day(capsys: Capture) -> None:
    assert register("--parent", "095", "--on", "2024-11") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[:2] for line in lines[:-1]] == [
        ["03148", "Phường Sông Đà"],
        ["03151", "Phường Na Lay"],
        ["03184", "Xã Lay Nưa"],
    ]
    assert lines[-1] == "3 đơn vị"


def test_options_stand_before_or_after_the_action(capsys: Capture) -> None:
    register("--on", "2025-07", "--lang", "en", "list")
    before = capsys.readouterr().out
    register("list", "--on", "2025-07", "--lang", "en")
    assert capsys.readouterr().out == before
    assert before.endswith("units\n")


def test_a_unit_shows_what_became_of_it(capsys: Capture) -> None:
    assert register("show", "03263", "--on", "2024", "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "merged into: Xã Tủa Chùa (03217)" in out
    assert "belongs to: Huyện Tuần Giáo (099)" in out


def test_a_unit_shows_what_it_was_made_of(capsys: Capture) -> None:
    assert register("show", "03217", "--on", "2026", "--lang", "en") == 0
    assert "made of: Thị trấn Tủa Chùa (03217); Xã Mường Báng (03250)" in capsys.readouterr().out


def test_names_that_collide(capsys: Capture) -> None:
    assert register("collisions", "--on", "2024", "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "coincide without marks: Xã Nà Tòng (03263)" in out
    assert "Xã Thanh Luông (03328), Huyện Điện Biên / Xã Thanh Xương (03334)" in out


def test_an_alias_is_kept_and_shown(capsys: Capture) -> None:
    assert kept_aliases() is None
    assert register("alias", "Khối phố", "03253", "--on", "2024") == 0
    assert register("alias", "Khối, phố", "03253", "--on", "2024") == 0
    kept = kept_aliases()
    assert kept is not None
    assert kept.read_text("utf-8").splitlines() == [
        "code,official_name,alias,note",
        "03253,Thị trấn Tuần Giáo,Khối phố,",
        '03253,Thị trấn Tuần Giáo,"Khối, phố",',
    ]
    capsys.readouterr()
    register("show", "03253", "--on", "2024")
    assert "do cơ quan đặt: Khối, phố" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "99999"), "99999"),
        (("list", "--parent", "99999"), "99999"),
        (("alias", "x", "99999"), "99999"),
        (("alias", "x", "03253"), "Xã Tuần Giáo (03253)"),
        (("alias", " ", "03263"), "trống"),
        (("list", "--register", "none.csv"), "none.csv"),
    ],
)
def test_wrong_use_is_said_and_writes_nothing(
    words: tuple[str, ...], said: str, capsys: Capture
) -> None:
    assert register(*words) == 2
    assert said in capsys.readouterr().err
    assert kept_aliases() is None


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(SystemExit):
        register("list", "--on", "hôm qua")
