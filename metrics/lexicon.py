"""Sentiment of English text from a lexicon: one interface, so that another scorer can stand in.

Source: VADER, Hutto & Gilbert, ICWSM 2014. Lexicon scores measure words, not stance.

Worker processes import this module and `metrics.language` alone of the app, so it loads only what it needs, when it needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from metrics.language import language_of

#: A text and its language (ISO 639-1), where that is known.
Text = tuple[str, str | None]
#: The language of a text, and its score unless it is in a language that is not scored.
Verdict = tuple[str, float | None]


class Scorer(Protocol):
    """Gives each text a score from −1 (most negative) to 1 (most positive)."""

    def score(self, texts: Iterable[str]) -> list[float]: ...


class Vader:
    """The VADER lexicon's compound score."""

    def score(self, texts: Iterable[str]) -> list[float]:
        analyzer = _analyzer()
        return [float(analyzer.polarity_scores(text)["compound"]) for text in texts]


def judge(scorer: Scorer, texts: Sequence[Text]) -> list[Verdict]:
    """Recognise the language of each text where it is not known, and score what is English."""
    languages = [language or language_of(text) for text, language in texts]
    english = [text for (text, _), language in zip(texts, languages, strict=True) if language == "en"]
    scores = iter(scorer.score(english))
    return [(language, next(scores) if language == "en" else None) for language in languages]


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # reads its lexicon when first used

    return SentimentIntensityAnalyzer()
