"""Who single posts were for, where they were found, which drew most reactions, and which words came up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics.themes import Said, Theme
from metrics.words import listed, number, opened, percent, plural

#: Words that a sentence names on either side.
_NAMED = 5


def divided(posts: Mapping[str, float], unnamed: float, *, by: str, what: str) -> str:
    """Which audience or source carried most of the single posts during a crisis.

    Parameters
    ----------
    posts : mapping
        Audience or source → posts during the crisis.
    unnamed : float
        Posts that name none.
    by : str
        ``audience`` or ``source``.
    """
    total = sum(posts.values())
    article = "an" if by[0] in "aeiou" else "a"
    if not total:
        if not unnamed:
            return f"There are no single {what} during the crisis."
        return (
            f"None of the {number(unnamed, 0)} single {what} names {article} {by}; the template's column “{by}” would."
        )
    verb = "are for" if by == "audience" else "come from"
    most = max(sorted(posts), key=lambda name: posts[name])
    if posts[most] == total and not unnamed:
        return f"All {number(total, 0)} single {what} {verb} {most}."
    told = f"{percent(posts[most] / total)} of the {number(total, 0)} single {what} that name {article} {by}"
    rest = f"; {number(unnamed, 0)} more name none" if unnamed else ""
    return f"{opened(told)} {verb} {most}{rest}."


def top(drawn: float, total: float, negative: int, count: int, *, what: str) -> str | None:
    """How much of all reactions the first posts drew, and how many of them are negative; None where nobody counted."""
    if not count or not total:
        return None
    some = f"the {plural(count, what)}" if count > 1 else f"the {what}"
    tone = f"; {number(negative, 0)} of them {'is' if negative == 1 else 'are'} negative" if count > 1 else ""
    return (
        f"{opened(some)} with most reactions drew {percent(drawn / total)} of all {number(total, 0)} likes, comments "
        f"and shares during the crisis{tone}."
    )


def words(found: Sequence[Theme], before: Said, during: Said, *, what: str) -> str:
    """The words that differ most, those said more first."""
    read = f"{plural(during.n, 'post')} during and {number(before.n, 0)} before"
    more = [f"“{theme.term}”" for theme in found if theme.z > 0][:_NAMED]
    less = [f"“{theme.term}”" for theme in found if theme.z < 0][:_NAMED]
    if not found:
        return f"No word is clearly more or less frequent than before, in {read}."
    sides = [f"say {listed(more)} more"] if more else []
    sides += [f"{'' if more else 'say '}{listed(less)} less"] if less else []
    return f"{opened(what)} {' and '.join(sides)} often than before ({read})."


def no_words(*, before: bool, during: bool) -> str:
    """Why no words are compared: a period without any text."""
    lack = "before or during" if not (before or during) else "during" if before else "before"
    return f"Words can't be compared: no post with a text is stored {lack} the crisis."
