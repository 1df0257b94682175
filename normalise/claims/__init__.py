"""Claims: what a report's letter says that its tables can confirm or contradict.

A claim's `kind` and what its `detail` holds (all text; fields separated by `;`, the likeliest first):

- `count`: `what` `assessed` or `rank`, `n` (a number, or `all`), `of`, `ranks`, `level` (`commune`,
  `district`, `agency`: who is counted), `assessed` (the number assessed that was stated just before),
  `named` and `strange` (how many names follow, and how many of the items are no known unit;
  `listed`: units without a result may be counted too; `share` in percent, of `stated` units `out` of so
  many; `rest`: of those left; `spared`: units not meant)
- `threshold`: the same under a condition: `what` `below`, `above`, `at-least`, `at-most`, `equal` (with
  `limit`, `percent`), `from-to`, `from-below`, `above-to`, `above-below` (`limit` and `upper`), `none`,
  `some`, `full` and `short` (of the maximum); `fields`; `vague` when no limit is set
- `list`: the units named under a rank or a condition (`what` as above)
- `figure`: `value`, `printed`, `fields`, `of`, `percent`; `parts`: it may be an indicator's;
  `what` `sum`: a total of statistics, `beside`: the totals quoted with it (`received=4042`); `mean`, `spread`: of
  the results of all
- `maxima`: `n` of `of` indicators at their maximum
- `late`: `what` `late` (units with files overdue) or `never`
- `extreme`: `what` `highest` or `lowest`, `fields`; among all, or those of `ranks`; `among`: of some only
- `change`: `way` `tang` or `giam`, `value` (none: only the way is said), `fields`, `percent`,
  `against` (`year`: the same period a year earlier)

Any of them may have a `mood`: `ask` (said in a request), `before` (of another period than the
report's) or `other` (of another matter).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from extract.document import Document
from normalise.claims.assessed import assessed_claims
from normalise.claims.changes import change_claims
from normalise.claims.conditions import condition_claims
from normalise.claims.extremes import extreme_claims
from normalise.claims.figures import figure_claims
from normalise.claims.indicators import Columns
from normalise.claims.items import with_items
from normalise.claims.maxima import maxima_claims
from normalise.claims.names import Names, names_of
from normalise.claims.overall import overall_claims
from normalise.claims.overdue import late_claims
from normalise.claims.passage import Passage
from normalise.claims.phrases import phrases
from normalise.claims.prose import Block, blocks, joined
from normalise.claims.ranks import rank_claims
from normalise.claims.sentences import passages
from normalise.claims.totals import total_claims
from normalise.register import Register
from normalise.submission import Claim, FieldTable
from normalise.units import Scope

__all__ = ["find_claims"]


def find_claims(
    document: Document, tables: tuple[FieldTable, ...], scope: Scope, register: Register
) -> tuple[Claim, ...]:
    """Every checkable statement of the letter, in reading order."""
    if not tables:
        return ()
    names, columns = names_of(tables, scope, register), Columns(tables)
    found: list[Claim] = []
    raws = list(with_items(joined(document.paragraphs), names.alone))
    for block in blocks(raws, _vocabulary() | names.words, scope.when):
        found += _of_block(block, names, columns, found)
    return tuple(found)


@cache
def _vocabulary() -> frozenset[str]:
    """The words of the phrases that claims are made of, for mending OCR prose."""
    text = (
        str({sort: words for sort, words in phrases().items() if sort not in _UNREAD}) + _MORE_WORDS
    )
    return frozenset(w for w in re.findall(r"[a-z]{2,}", text) if w not in ("words", "level"))


_UNREAD = ("moods", "clauses", "totals")
"""Words of which no claim is made."""
_MORE_WORDS = (
    " don vi xep loai cham diem danh gia thuc hien trong do ubnd cac gom dat thang truoc quy doi chi so"
    " diem toi da tro len xuong doi voi cap tang giam them deu so truoc nay tru ngoai con lai phan dau"
    " ngay nam muc tieu phai can se du kien yeu cau de nghi giao nhom chi hien"
)


def _of_block(block: Block, names: Names, columns: Columns, before: Sequence[Claim]) -> list[Claim]:
    found: list[Claim] = []
    item = partial(names.item, damaged=block.damaged)
    for passage in passages(block, names.find(block.prose, block.damaged), item):
        for claim in _of_sentence(passage, columns, _assessed([*before, *found])):
            told = _counted([*before, *found], claim) if claim.get("n") == "rest" else claim
            found += [told] if told else []
    return found


def _counted(before: Sequence[Claim], claim: Claim) -> Claim | None:
    """`Các đơn vị còn lại xếp loại Tốt` with their number: those assessed without those of the other ranks."""
    since = max((i for i, c in enumerate(before) if c.get("what") == "assessed"), default=None)
    if since is None:
        return None
    others = [c for c in before[since + 1 :] if c.kind == "count" and c.get("n")]
    ranks = [rank for c in (*others, claim) for rank in (c.get("ranks") or "").split(";")]
    numbers = [c.get("n") or "" for c in (before[since], *others)]
    if not others or len(set(ranks)) < len(ranks) or not all(n.isdigit() for n in numbers):
        return None
    left = int(numbers[0]) - sum(int(n) for n in numbers[1:])
    detail = tuple((k, str(left) if k == "n" else v) for k, v in claim.detail)
    return replace(claim, detail=(*detail, ("rest", "1")))


def _assessed(claims: Sequence[Claim]) -> Claim | None:
    """The number of units assessed that was stated last."""
    return next((c for c in reversed(claims) if c.get("what") == "assessed"), None)


def _of_sentence(passage: Passage, columns: Columns, group: Claim | None) -> list[Claim]:
    by_rank, used = rank_claims(passage, group)
    assessed = list(assessed_claims(passage, used))
    if assessed:
        group = assessed[-1]
        by_rank, _ = rank_claims(passage, group)
    used |= {c.start for c in passage.counts() if _matches(passage, c.start, assessed)}
    found = [
        *assessed,
        *by_rank,
        *figure_claims(passage, columns),
        *extreme_claims(passage, columns),
        *maxima_claims(passage),
        *condition_claims(passage, columns, used, group.get("n") if group else None),
        *late_claims(passage),
        *change_claims(passage, columns),
        *total_claims(passage, columns),
        *overall_claims(passage, columns),
    ]
    return [c for c in found if c.get("mood") != "wish"]


def _matches(passage: Passage, start: int, claims: list[Claim]) -> bool:
    return any(c.text == passage.block.prose.text(start, start + len(c.text)) for c in claims)
