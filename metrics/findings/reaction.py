"""What people said, in sentences."""

from __future__ import annotations

import pandas as pd

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import CHANCE, cannot_tell, with_chance
from metrics.intervals import NARROW
from metrics.volume import VOLUME_ALONE
from metrics.words import date, days, number, opened, percent, plural, points, times

_PERIODS = {"during": "during the crisis", "after": "after the crisis"}


def peak(
    ratio: Estimate,
    at: tuple[pd.Timestamp, int] | None,
    day0: pd.Timestamp,
    half_life: Estimate | None = None,
    *,
    what: str = "mentions",
) -> str:
    """The peak of volume as a multiple of normal, and how fast it went.

    Parameters
    ----------
    at : (Timestamp, int) or None
        Day and posts of the peak, as `metrics.volume.peak` gives them.
    what : str
        What was counted: ``mentions`` or ``owned posts``.
    """
    if at is None:
        return cannot_tell(f"The peak of {what}", ratio)
    day, posts = at
    when = f"on day {(day - day0).days} ({date(day)})"
    if posts == 0:
        return f"There were no {what} during the crisis."
    if ratio.status is not Status.OK or ratio.number is None:
        return (
            f"{opened(what)} peaked at {posts:,} {when}; how many times normal that is can't be told: {ratio.reason}."
        )
    if round(ratio.number, 1) <= 1:
        return _no_peak(ratio.number, when, what)
    return f"{opened(what)} peaked at {times(ratio.number)} normal {when}{_fall(half_life)}."


def _no_peak(ratio: float, when: str, what: str) -> str:
    """Of a crisis whose busiest day was no busier than a normal one."""
    if round(ratio, 1) == 1:
        return f"{opened(what)} stayed at normal; the busiest day came {when}."
    return f"{opened(what)} stayed below normal; the busiest day, at {times(ratio)} normal, came {when}."


def _fall(half_life: Estimate | None) -> str:
    if half_life is None:
        return ""
    if half_life.status is Status.OK and half_life.number is not None:
        return f" and fell by half within {days(half_life.number)}"
    return " and have not fallen by half in the data so far" if half_life.status is Status.NOT_REACHED else ""


def sentiment(change: Estimate, period: str) -> str:
    """Change of net sentiment against before, with its interval; `period` is ``during`` or ``after``."""
    where = _PERIODS[period]
    if change.status is not Status.OK or change.number is None:
        return cannot_tell(f"The change of net sentiment {where}", change)
    if change.number == 0:
        return f"Net sentiment {where} was the same as before{with_chance(change)}."
    way = "lower" if change.number < 0 else "higher"
    return f"Net sentiment {where} was {points(change.number)} {way} than before{with_chance(change)}.{_narrow(change)}"


def rate_ratio(ratio: Estimate, *, what: str = "mentions") -> str | None:
    """How many times as many posts a day as before, weekday against weekday; None where it can't be told."""
    if ratio.number is None:
        return None
    if ratio.number == 0:
        return f"There were no {what} during the crisis, weekday for weekday."
    told = f"{opened(what)} a day came to {_near_one(ratio.number)} times those of the same weekdays before"
    if ratio.lo is None or ratio.hi is None:
        return f"{told}; too little to say whether that is more than normal variation."
    interval = f" ({_near_one(ratio.lo)} to {_near_one(ratio.hi)})"
    return f"{told}{interval}{f': {CHANCE}' if ratio.lo <= 1 <= ratio.hi else ''}.{_narrow(ratio)}"


def level_change(change: Estimate) -> str | None:
    """Whether net sentiment jumped on day 0, against the line through the days before; None where it can't be told."""
    if change.number is None:
        return None
    told = "Against its course before, net sentiment"
    if change.number == 0:
        return f"{told} did not jump on day 0{with_chance(change)}.{_narrow(change)}"
    way = "fell" if change.number < 0 else "rose"
    return f"{told} {way} by {points(change.number)} on day 0{with_chance(change)}.{_narrow(change)}"


def overlap(note: str | None) -> str | None:
    """That other crises run into the windows; `note` as `metrics.windows.overlap_note` gives it."""
    return (
        f"The time before, during or after {note}: what people said of one can't be told from the other."
        if note
        else None
    )


def _near_one(ratio: float) -> str:
    """A ratio with one decimal, or with as many as it takes for what is not 1 not to be shown as 1."""
    for decimals in range(1, 7):
        shown = number(ratio, decimals)
        if shown != "1" or ratio == 1:
            return shown
    return "just over 1" if ratio > 1 else "just under 1"


def _narrow(estimate: Estimate) -> str:
    return " The interval is likely too narrow." if NARROW in (estimate.basis or "") else ""


def over(over_on: Estimate, day0: pd.Timestamp) -> str:
    """When volume and sentiment were back to normal; volume alone, where no sentiment is known before."""
    alone = VOLUME_ALONE in (over_on.basis or "")
    what, was = ("Volume", "was") if alone else ("Volume and sentiment", "were")
    if over_on.status is Status.NOT_REACHED:
        return f"{what} {'is' if alone else 'are'} not back to normal: {over_on.reason}."
    if over_on.status is not Status.OK or not isinstance(over_on.value, str):
        return cannot_tell("When the crisis was over", over_on)
    passed = (pd.Timestamp(over_on.value) - day0).days
    if passed == 0:
        return f"{what} stayed within normal variation."
    return f"{what} {was} back to normal on {date(over_on.value)}, {plural(passed, 'day')} after the start."


def reignited(on: Estimate) -> str | None:
    """That the crisis flared up again, and when; None where it did not or can't be told."""
    return f"It flared up again on {date(on.value)}." if isinstance(on.value, str) else None


def scored(waiting: int, unscorable: int, lexicon: int, posts: int) -> str | None:
    """How the sentiment came about: posts that wait for the scorer, that none can score, and that the lexicon scored.

    None where every post brought its own sentiment.
    """
    of = f"of {plural(posts, 'post')}"
    parts = [f"{number(waiting)} {of} not scored yet"] if waiting else []
    parts += [f"the lexicon scored {percent(lexicon / posts)}{'' if waiting else ' ' + of}"] if lexicon else []
    parts += [f"{percent(unscorable / posts)} could not be scored (no text, or not in English)"] if unscorable else []
    return f"{opened('; '.join(parts))}." if parts else None


def corrected(share: Estimate | None) -> str | None:
    """The negative share after what people found of the lexicon; None where it can't be told or nobody labelled posts."""
    if share is None or share.number is None or share.lo is None or share.hi is None:
        return None
    return (
        f"Corrected for what the lexicon misreads, {percent(share.number)} of the posts it scored were negative "
        f"({percent(share.lo)} to {percent(share.hi)}; {plural(share.n, 'post')} labelled by hand)."
    )
