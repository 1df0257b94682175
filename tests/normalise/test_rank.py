import pytest

from normalise.rank import likely_ranks, rank_of


@pytest.mark.parametrize(
    ("label", "rank"),
    [
        ("Xuất sắc", "excellent"),
        ("Xuất Sắc", "excellent"),
        ("XUẤT\nSẮC", "excellent"),
        ("Tốt", "good"),
        ("khá.", "fair"),
        ("TB", "average"),
        ("Tr.bình", "average"),
        ("Loại Tốt", "good"),
        ("Yếu", "weak"),
        ("Trung bình khá", None),
        ("Hoàn thành tốt nhiệm vụ", None),
        ("Đạt", None),
        ("", None),
    ],
)
def test_labels(label: str, rank: str | None) -> None:
    assert rank_of(label) == rank


@pytest.mark.parametrize(
    ("label", "rank"),
    [("Xuit sdc", "excellent"), ("Xuét siic", "excellent"), ("Tét", "good"), ("Kha", "fair")],
)
def test_damaged_labels_have_a_most_likely_rank(label: str, rank: str) -> None:
    (best, reading), *_ = likely_ranks(label, "ocr")
    assert best == rank
    assert 0.3 < reading.weight <= 1


@pytest.mark.parametrize("label", ["Ghi chú", "4,74", "Phòng Y tế", ""])
def test_other_words_are_no_damaged_rank(label: str) -> None:
    assert likely_ranks(label, "ocr") == ()
