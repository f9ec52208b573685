"""What an audience says more, or less, than before the crisis."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.themes import Said, Theme
from metrics.words import listed, opened

#: Words that a sentence names on either side.
_NAMED = 5


def themes(audience: str, found: Sequence[Theme], before: Said, since: Said) -> str:
    """The words that differ most, those said more first."""
    more = [f"“{theme.term}”" for theme in found if theme.z > 0][:_NAMED]
    less = [f"“{theme.term}”" for theme in found if theme.z < 0][:_NAMED]
    if not found:
        return (
            f"{opened(audience)} said nothing clearly more or less than before, in the comments of {since.n} people "
            f"and {before.n} before."
        )
    sides = [f"say {listed(more)} more"] if more else []
    sides += [f"{listed(less)} less" if more else f"say {listed(less)} less"] if less else []
    return f"{opened(audience)} {' and '.join(sides)} than before."


def cannot(audience: str, *, before: bool, since: bool) -> str:
    """Why the words of an audience are not compared: a wave is missing, or its comments are too few to show."""
    if before and since:
        return f"What {audience} say more than before is hidden: too few wrote a comment."
    lack = "before" if since else "since" if before else "before or since"
    return f"What {audience} say more than before can't be told: nobody asked them {lack} the crisis."
