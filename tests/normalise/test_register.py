from datetime import date
from pathlib import Path

import pytest

from normalise.collisions import collisions
from normalise.register import Register, RegisterError, Unit, day_of, load_register

HEADER = (
    "code,official_name,short_name,kind,level,parent_code,valid_from,valid_to,merged_into,source\n"
)
PROVINCE = "99,Tỉnh Mẫu,Mẫu,tỉnh,province,,,,,made up\n"


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


def unit(register: Register, code: str, when: str) -> Unit:
    found = register.find(code, when)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("when", "level", "count"),
    [
        ("2025-06", "district", 10),
        ("2025-06", "commune", 129),
        ("2025-07", "district", 0),
        ("2025-07", "commune", 45),
        ("2023-07", "provincial_department", 19),
    ],
)
def test_the_register_counts_what_the_resolutions_count(
    register: Register, when: str, level: str, count: int
) -> None:
    assert sum(u.level == level for u in register.on(when).units) == count


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2022", date(2022, 12, 31)),
        ("2023-Q1", date(2023, 3, 31)),
        ("2025-H1", date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-07-01", date(2025, 7, 1)),
        ("2024-13", None),
        ("tháng 7", None),
        (None, None),
    ],
)
def test_a_period_stands_for_its_last_day(when: str | None, day: date | None) -> None:
    assert day_of(when) == day


def test_one_code_is_two_units_in_two_eras(register: Register) -> None:
    old, new = unit(register, "03217", "2025-06"), unit(register, "03217", "2025-07")
    assert (old.name, new.name) == ("Thị trấn Tủa Chùa", "Xã Tủa Chùa")
    assert register.find("03217") == new
    assert register.successor(old) == new
    assert {u.name for u in register.predecessors(new)} == {
        "Thị trấn Tủa Chùa",
        "Xã Mường Báng",
        "Xã Nà Tòng",
    }


def test_every_commune_of_before_has_become_another(register: Register) -> None:
    before = [u for u in register.on("2025-06").units if u.level == "commune"]
    assert all(register.successor(u) for u in before)
    made_of = [len(register.predecessors(u)) for u in register.on("2025-07").units]
    assert sum(made_of) == len(before)


def test_communes_report_to_their_district_then_to_the_province(register: Register) -> None:
    district, province = unit(register, "099", "2023"), unit(register, "11", "2026")
    assert sum(u.level == "commune" for u in register.children(district)) == 19
    assert register.parent(unit(register, "03253", "2023")) == district
    assert register.parent(unit(register, "03253", "2026")) == province


def test_an_alias_of_a_reused_code_stays_with_its_unit(register: Register) -> None:
    old, new = unit(register, "03370", "2024"), unit(register, "03370", "2026")
    assert [a.alias for a in register.aliases_of(old)] == ["Pu Nhi"]
    assert register.aliases_of(new) == ()


def commune(code: str, begin: str = "", end: str = "", into: str = "", parent: str = "99") -> str:
    return f"{code},Xã Một,Một,xã,commune,{parent},{begin},{end},{into},made up\n"


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        (commune("1") + commune("1"), 4, "stands twice"),
        (commune("1") + commune("1", "2024-01-01"), 3, "at the same time"),
        (commune("1", parent="98"), 3, "no parent 98"),
        (commune("1", parent=""), 3, "has no parent"),
        (commune("1", "2024-01-01", "2023-01-01"), 3, "ends before it begins"),
        (commune("1", "", "2024-06-30", "2"), 3, "no unit 2 begins"),
        (commune("1", "", "2024-06-30", "2") + commune("2", "2024-07-02"), 3, "no unit 2 begins"),
        (commune("1", into="2") + commune("2"), 3, "no last day"),
        (commune("1", "yesterday"), 3, "not a date"),
        (commune("1").replace("commune", "village"), 3, "unknown level"),
        ("1,Xã Một\n", 3, "wrong number of fields"),
        (commune("1").replace("Xã Một,", ",", 1), 3, "official_name is empty"),
    ],
)
def test_a_register_that_contradicts_itself_is_refused(
    tmp_path: Path, rows: str, line: int, reason: str
) -> None:
    file = tmp_path / "units.csv"
    file.write_text(HEADER + PROVINCE + rows, encoding="utf-8")
    with pytest.raises(RegisterError, match=reason) as error:
        load_register(file)
    assert f"{file}, line {line}:" in str(error.value)


def test_a_file_that_is_no_register_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="column missing: code"):
        load_register(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RegisterError):
        load_register(file)
    with pytest.raises(RegisterError):
        load_register(tmp_path / "none.csv")


def test_a_file_extends_the_register_and_replaces_units(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    renamed = "03263,Xã Nà Tòng Mới,Nà Tòng Mới,xã,commune,099,,2025-06-30,03217,made up\n"
    file.write_text(HEADER + PROVINCE + commune("1") + renamed, encoding="utf-8")
    own = load_register(file)
    assert unit(own, "03263", "2024").name == "Xã Nà Tòng Mới"
    assert unit(own, "1", "2024").parent_code == "99"
    assert len(own.units) == len(load_register().units) + 2


def test_a_contradiction_with_the_built_in_register_is_shown_in_the_own_file(
    tmp_path: Path,
) -> None:
    file = tmp_path / "units.csv"
    file.write_text(HEADER + commune("03127", begin="2025-08-01", parent="11"), encoding="utf-8")
    with pytest.raises(RegisterError) as error:
        load_register(file)
    assert f"{file}, line 2: code 03127 belongs to" in str(error.value)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("00000,Xã Nà Tòng,Na Toong,", "no unit 00000"),
        ("03263,Xã Na Tông,Na Toong,", "no unit 03263 Xã Na Tông"),
        ("03263,Xã Nà Tòng,,", "alias is empty"),
    ],
)
def test_an_alias_of_nobody_is_refused(tmp_path: Path, row: str, reason: str) -> None:
    file = tmp_path / "aliases.csv"
    file.write_text(f"code,official_name,alias,note\n{row}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=f"line 2: {reason}"):
        load_register(None, file)


def test_names_that_coincide_without_marks_are_found(register: Register) -> None:
    pairs = {
        (c.first.name, c.second.name): c.letters for c in collisions(register.on("2023").units)
    }
    assert pairs[("Xã Nà Tòng", "Xã Na Tông")] == 0
    assert pairs[("Phường Thanh Bình", "Xã Thanh Minh")] == 1
    assert ("Xã Sín Thầu", "Xã Sín Thầu") not in pairs
