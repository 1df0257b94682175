from decimal import Decimal

import pytest

from normalise.number import Figure, Mark, decimal_mark, evidence, not_applicable, parse


@pytest.mark.parametrize(
    ("text", "mark", "counts", "value", "decimals"),
    [
        ("4,74", ",", False, "4.74", 2),
        ("   29,9  ", ",", False, "29.9", 1),
        ("72.00", ".", False, "72.00", 2),
        ("78.13%", ",", False, "78.13", 2),
        (".34", ".", False, "0.34", 2),
        (",5", ",", False, "0.5", 1),
        ("84 ,69", ",", False, "84.69", 2),
        ("84, 69", ",", False, "84.69", 2),
        ("30", ",", False, "30", 0),
        ("30 điểm", ",", False, "30", 0),
        ("'5", ",", False, "5", 0),
        ("−0,5", ",", False, "-0.5", 1),
        ("(8.000)", ",", True, "-8000", 0),
        ("1.550.008", ",", True, "1550008", 0),
        ("7 588 000", ",", True, "7588000", 0),
        ("813.000", ".", True, "813000", 0),
        ("813.000 đ", ",", True, "813000", 0),
        ("1.234.567,5", ",", True, "1234567.5", 1),
        ("1,527", ".", False, "1527", 0),
        ("0.125", ",", False, "0.125", 3),
    ],
)
def test_printed_numbers(text: str, mark: Mark, counts: bool, value: str, decimals: int) -> None:
    figure = parse(text, mark, counts=counts)
    assert figure is not None
    assert (figure.value, figure.decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("84,69/85", "84.69", "85"),
        ("84,69 /85", "84.69", "85"),
        ("84,69\n/85", "84.69", "85"),
        ("80/85", "80", "85"),
    ],
)
def test_a_total_over_its_denominator(text: str, value: str, whole: str) -> None:
    figure = parse(text, ",")
    assert figure is not None
    assert (figure.value, figure.denominator) == (Decimal(value), Decimal(whole))


@pytest.mark.parametrize(
    "text",
    ["", "-", "#REF!", "####", "4,7a", "12 5", "4,74 5", "1/2/3", "/85", "Tốt", "5,,0", "(5)"],
)
def test_what_is_no_number(text: str) -> None:
    assert parse(text, ",") is None


def test_three_digits_behind_a_mark_are_told_by_the_column() -> None:
    assert parse("1.234", ",") == Figure(Decimal(1234), other=Decimal("1.234"))
    assert parse("1.234", ".") == Figure(Decimal("1.234"), 3, other=Decimal(1234))
    assert parse("1.234", ".", counts=True) == Figure(Decimal(1234))


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["4,74", "5", "10,0"], ","),
        (["72.00", "9.00"], "."),
        (["1.550.008", "813.000"], ","),
        (["813.000", "54.000"], None),
        (["84,69/85"], ","),
        (["97,83", "99,35", "78.13%"], ","),
    ],
)
def test_the_mark_is_decided_by_all_texts_together(texts: list[str], mark: Mark | None) -> None:
    assert decimal_mark(evidence(texts)) == mark


@pytest.mark.parametrize("text", ["-", "−", "–", "'", "x", "Không phát sinh TTHC", "KPS"])
def test_signs_for_not_applicable(text: str) -> None:
    assert not_applicable(text)


def test_zero_is_a_number() -> None:
    assert not not_applicable("0")
    assert parse("0", ",") == Figure(Decimal(0))
