"""How the sentiment of posts came about, in one sentence."""

from __future__ import annotations

import pytest

from metrics.findings.reaction import scored


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 0, 40), None),
        ((0, 0, 10, 40), "The lexicon scored 25 % of 40 posts."),
        ((0, 4, 10, 40), "The lexicon scored 25 % of 40 posts; 10 % could not be scored (no text, or not in English)."),
        ((12, 0, 10, 40), "12 of 40 posts not scored yet; the lexicon scored 25 %."),
        ((12, 0, 0, 40), "12 of 40 posts not scored yet."),
    ],
)
def test_what_waits_what_the_lexicon_scored_and_what_none_can(counts: tuple[int, ...], told: str | None) -> None:
    assert scored(*counts) == told
