"""Sentiment of English text from a lexicon: one interface, so that another scorer can stand in.

Source: VADER, Hutto & Gilbert, ICWSM 2014. Lexicon scores measure words, not stance.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol


class Scorer(Protocol):
    """Gives each text a score from −1 (most negative) to 1 (most positive)."""

    def score(self, texts: Iterable[str]) -> list[float]: ...


class Vader:
    """The VADER lexicon's compound score."""

    def score(self, texts: Iterable[str]) -> list[float]:
        analyzer = _analyzer()
        return [float(analyzer.polarity_scores(text)["compound"]) for text in texts]


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # reads its lexicon when first used

    return SentimentIntensityAnalyzer()
