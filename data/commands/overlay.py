"""What a row makes of a record: the values it carries over those that are there.

Blank cells are not carried, so what they leave blank stays. But values that only mean something together go together.
"""

from __future__ import annotations

from typing import Any

from data.enums import ScoredBy

Values = dict[str, Any]
_SCORE = ("sentiment", "polarity", "scored_by")


def overlaid(record: str, present: Values, said: Values) -> Values:
    """The values of a record (named by its table) after a row said `said` of it; neither is changed."""
    after = present | said
    if record == "crisis" and "started_at" in said:
        after["started_on"] = said.get("started_on")
    elif record == "post":
        _settle_post(present, said, after)
    return after


def _settle_post(present: Values, said: Values, after: Values) -> None:
    if after.get("posted_at") is not None:
        after["posted_on"] = None  # the moment is the finer one, whichever file came first
    if present.get("scored_by") != ScoredBy.LEXICON:
        return
    if "polarity" in said:
        after["sentiment"] = said.get("sentiment")  # the lexicon's score does not stay beside the export's label
    elif after.get("text") != present.get("text"):
        after |= dict.fromkeys(_SCORE)


def still_scored(record: str, present: Values, after: Values) -> Values:
    """`after` with the lexicon's score of `present`, where its text is the same and no file scores it.

    No row carries what the scorer found, so folding rows would lose it.
    """
    scored = present.get("scored_by") == ScoredBy.LEXICON and after.get("text") == present.get("text")
    if record != "post" or not scored or after.get("polarity") is not None:
        return after
    return after | {name: present[name] for name in _SCORE} | {"language": after["language"] or present["language"]}
