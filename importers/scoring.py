"""The second step after an engagement import: giving a score to text that came without one.

Only English is scored. The language comes from the export, else it is recognised; text in another language stays
unscored and outside the denominator, and pages say how large its share is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from data.commands.scores import Scored, store_scores, unscored
from data.engine import reading, writing
from importers.streams.engagement import polarity
from metrics.lexicon import Scorer, Vader

_CHUNK = 5_000


def score_unscored(scorer: Scorer | None = None, progress: Callable[[int], None] | None = None) -> int:
    """Score every waiting post, a chunk per transaction, and return how many got a score.

    `progress` is told how many posts were looked at so far.
    """
    scorer = scorer or Vader()
    done = looked_at = 0
    after = ""
    while True:
        with reading() as session:
            waiting = unscored(session, after, _CHUNK)
        if not waiting:
            return done
        after = waiting[-1][0]
        scored = _scored(waiting, scorer)
        with writing() as session:
            store_scores(session, scored)
        done += sum(post.polarity is not None for post in scored)
        looked_at += len(waiting)
        if progress:
            progress(looked_at)


def _scored(waiting: list[tuple[str, str, str | None]], scorer: Scorer) -> list[Scored]:
    languages = [language or _language(text) for _, text, language in waiting]
    scores = iter(scorer.score([text for (_, text, _), lang in zip(waiting, languages, strict=True) if lang == "en"]))
    found = []
    for (key, _, _), language in zip(waiting, languages, strict=True):
        score = next(scores) if language == "en" else None
        found.append(Scored(key, language, score, None if score is None else polarity(score)))
    return found


def _language(text: str) -> str:
    """The ISO 639-1 code of a text's language, or "und" where it cannot be told."""
    language = _detector().detect_language_of(text)
    return "und" if language is None else language.iso_code_639_1.name.lower()


@lru_cache(maxsize=1)
def _detector() -> Any:
    from lingua import LanguageDetectorBuilder  # its models load when first used

    return LanguageDetectorBuilder.from_all_spoken_languages().with_low_accuracy_mode().build()
