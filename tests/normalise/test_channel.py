import math

import pytest

from normalise.channel import ALPHABET, Channel, bare, ocr, plain, typed
from normalise.strangers import log_chance


def cost(channel: Channel, true: str, read: str) -> float:
    return float(channel.costs([plain(true)], [plain(read)])[0])


def slow(channel: Channel, true: str, read: str) -> float:
    """The same, letter by letter, as the textbook has it."""
    other = len(channel.index)
    t = [channel.index.get(c, other) for c in true]
    r = [channel.index.get(c, other) for c in read]
    table = {(0, 0): 0.0}
    for i in range(len(t) + 1):
        for j in range(len(r) + 1):
            ways = [table[(0, 0)]] if i == j == 0 else []
            if i:
                ways.append(table[(i - 1, j)] + channel.lose[t[i - 1]])
            if j:
                ways.append(table[(i, j - 1)] + channel.add[r[j - 1]])
            if i and j:
                ways.append(table[(i - 1, j - 1)] + channel.change[t[i - 1], r[j - 1]])
            if i > 1 and j > 1 and t[i - 2] == r[j - 1] and t[i - 1] == r[j - 2]:
                ways.append(table[(i - 2, j - 2)] + channel.swap)
            table[(i, j)] = min(ways)
    return table[(len(t), len(r))]


@pytest.mark.parametrize("channel", [typed(), bare(), ocr("vie"), ocr("eng")], ids=lambda c: c.name)
def test_the_batch_agrees_with_the_textbook(channel: Channel) -> None:
    trues = ["huyện tuần giáo", "xã nà tòng", "", "ta ma", "xã pú xi", "sở nội vụ"]
    reads = ["huyén tuin gido", "xã nà tnòg", "x4", "", "xã pú xi", "s&nbi vu ☃"]
    found = channel.costs(trues, reads)
    for true, read, batch in zip(trues, reads, found, strict=True):
        assert batch == pytest.approx(slow(channel, true, read))


def test_a_slip_costs_more_the_rarer_it_is() -> None:
    right = cost(typed(), "Tênh Phông", "Tênh Phông")
    mark = cost(typed(), "Tênh Phông", "Tênh Phong")
    swap = cost(typed(), "Tênh Phông", "Tênh Phnôg")
    letter = cost(typed(), "Tênh Phông", "Tênh Pkông")
    assert right == 0 < mark
    assert max(mark, swap) < letter


def test_ocr_without_vietnamese_loses_marks_for_nothing() -> None:
    assert cost(ocr("eng"), "Chiềng", "Chiéng") < cost(ocr("vie"), "Chiềng", "Chiéng")
    assert cost(ocr("vie"), "Chiềng", "Chiềng") < cost(ocr("eng"), "Chiềng", "Chiềng")


@pytest.mark.parametrize("model", ["vie", "eng"])
def test_what_becomes_of_a_letter_adds_up_to_one(model: str) -> None:
    channel = ocr(model)
    for letter in "aễđgt":
        i = channel.index[letter]
        whole = sum(math.exp(-c) for c in channel.change[i]) + math.exp(-channel.lose[i])
        assert whole == pytest.approx(1.0, abs=0.02)


def test_letters_are_known_once() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND  Xã\u00a0Nà Sáy.", "ubnd xã nà sáy"),
        ("'UBND xã Ta Ma”", "ubnd xã ta ma"),
        ("Sở Lao động - Thương binh", "sở lao động thương binh"),
        ("A\u0302", "â"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_common_name_is_a_likelier_stranger_than_a_rare_one() -> None:
    names = ["xã tân bình", "xã quài tở", "xã xqwzk xqwzk"]
    chances = [log_chance(n, typed()) for n in names]
    assert chances == sorted(chances, reverse=True)
    assert log_chance("xa tan binh", bare()) > log_chance("xa tan binh", typed())
    assert log_chance("", typed()) == 0.0
