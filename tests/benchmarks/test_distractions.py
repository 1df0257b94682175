"""Sentences about other matters in letters that are right: no alarm, no verdict."""

from benchmarks.claims import measure_distracted


def test_sentences_about_other_matters_get_no_verdict() -> None:
    assert measure_distracted(documents=14, seed=20) == (0, [])
