"""Which words the comments of a wave hold, and how many people said each; never a comment.

A word that fewer than k people said, or all but fewer than k, does not leave here, nor how often. Counts are of one
wave, so that waves put together in different ways tell nothing by subtraction; words are single, so that none tells of
another by being part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.queries.frames import frame
from data.settings import load
from data.tables import Answer, Response, Wave
from data.terms import terms
from metrics.anonymity import K_FLOOR, withhold

_TYPES = {"wave_id": "int64", "k": "int64", "n": "float64", "words": "float64", "term": "text", "said": "float64", "withheld": "text"}  # fmt: skip


def comment_terms(session: Session, wave_ids: Collection[int]) -> pd.DataFrame:
    """The words of the comments of some waves, of each wave for itself.

    Parameters
    ----------
    wave_ids : collection of int
        A few waves; each is decided on its own, whatever others are asked for.

    Returns
    -------
    DataFrame
        wave_id, k (people that a word needs), n (people with a comment), words (different words of each, added up, to
        10), term, said (people who said it, k … n − k), withheld (None, or the reason; then without figures). The first
        row of a wave has no term.
    """
    least = int(load(session)["anonymity.comment_k"])
    numbers = sorted({int(number) for number in wave_ids})
    statement = (
        select(Wave.id, Wave.k, Response.id, sa.func.coalesce(Answer.batch_id, 0), Answer.comment)
        .join(Response, col(Response.wave_id) == col(Wave.id))
        .join(Answer, col(Answer.response_id) == col(Response.id))
        .where(col(Wave.id).in_(numbers), col(Answer.comment).is_not(None))
    )
    types = {"wave_id": "int64", "k": "int64", "response_id": "int64", "batch": "int64", "comment": "text"}
    found = frame(session, statement, types)
    rows = []
    for number in numbers:
        mine = found[found["wave_id"] == number]
        k = max(least, K_FLOOR, *mine["k"].head(1))
        mine = mine[mine["batch"] <= _until(mine, k)]
        rows += _published(
            number, k, [terms(" ".join(comments)) for _, comments in mine.groupby("response_id")["comment"]]
        )
    table = pd.DataFrame(rows, columns=list(_TYPES), dtype=object)
    return table.astype({name: kind for name, kind in _TYPES.items() if kind != "text"})


def _until(comments: pd.DataFrame, k: int) -> int:
    """The last batch of which comments are shown: each shown after another brings at least k people with comments more."""
    shown, last = 0, 0
    for batch in sorted(comments["batch"].unique()):
        people = comments.loc[comments["batch"] <= batch, "response_id"].nunique()
        if people >= k and people - shown >= k:
            shown, last = people, int(batch)
    return last


def _published(number: int, k: int, people: list[set[str]]) -> list[tuple[object, ...]]:
    spoke = [words for words in people if words]
    n, nan = len(spoke), float("nan")
    if withhold(n, k):
        return [(number, k, nan, nan, None, nan, f"fewer than {k} comments")]
    said = Counter(term for words in spoke for term in words)
    total = round(sum(said.values()), -1)  # exact, it would tell how much the one said who answered last
    shown = [(term, count) for term, count in sorted(said.items()) if k <= count <= n - k]
    return [(number, k, n, total, term, count, None) for term, count in [(None, nan), *shown]]
