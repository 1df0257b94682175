"""Which unit a name in a letter means: the matcher of the tables is asked, for each name on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalise.candidates import field_of_letter
from normalise.channel import plain
from normalise.matching import match_within
from normalise.register import Register, day_of
from normalise.scope import PrintedName, Scope
from normalise.submission import UnitMatch
from normalise.text import fold

_UBND = re.compile(r"^\w?bnd ")
NEAR = 0.5
"""Share of letters alike: of 5,856 rendered and read names all but 9 (`SiYt` for Sở Y tế) have more."""


class Units:
    """Answers for one letter. `rows` are the units of its report's tables by their key, named there first."""

    def __init__(self, rows: Mapping[str, UnitMatch], scope: Scope, register: Register) -> None:
        self._rows = rows
        self._register = register
        self._field = field_of_letter(rows, register, scope.issuer, day_of(scope.when))
        self._forms = tuple(dict.fromkeys(form.folded for form in self._field.inside.forms))
        self._answers: dict[tuple[str, bool], UnitMatch | None] = {}

    def meant(self, text: str, ocr: bool) -> UnitMatch | None:
        """The unit, as its row in a table has it; None when no unit or several may be meant."""
        asked = (text, ocr)
        if asked not in self._answers:
            self._answers[asked] = self._ask(PrintedName(text, ocr=ocr))
        return self._answers[asked]

    def may_mean(self, text: str) -> bool:
        """Whether words of damaged prose are near enough to any name to ask which."""
        folded = _UBND.sub("", fold(plain(text)))
        return bool(
            process.extractOne(
                folded, self._forms, scorer=Levenshtein.normalized_similarity, score_cutoff=NEAR
            )
        )

    def _ask(self, name: PrintedName) -> UnitMatch | None:
        found = match_within([name], self._field, self._register)[0]
        if found.code is None or found.canonical is None:
            return None
        listed = self._rows.get(found.code)
        return listed or UnitMatch(found.canonical, found.canonical, found.code, "exact", 1.0)
