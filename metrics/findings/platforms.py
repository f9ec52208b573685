"""Where it was said, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.words import listed, number, opened, percent, times


def carried(posts: Mapping[str, float], rise: Mapping[str, float], *, what: str = "mentions") -> str | None:
    """Which platform carried most of what was said during a crisis, and where volume rose most.

    Parameters
    ----------
    posts : mapping
        Platform → posts during the crisis.
    rise : mapping
        Platform → posts a day during as a multiple of those before; only where both are known.
    """
    total = sum(posts.values())
    if not total:
        return None
    if len(posts) == 1:
        return f"All {number(total, 0)} {what} during the crisis were on {next(iter(posts))}."
    most = max(sorted(posts), key=lambda name: posts[name])
    told = f"{most} carried {percent(posts[most] / total)} of the {number(total, 0)} {what} during the crisis"
    grown = {name: factor for name, factor in rise.items() if factor > 1}
    if not grown:
        return f"{told}."
    first = max(sorted(grown), key=lambda name: grown[name])
    where = "they also rose most there" if first == most else f"they rose most on {first}"
    return f"{told}; {where}, to {times(grown[first])} the level before."


def grains(single: float, totals: float, mixed: list[str], *, what: str = "mentions") -> str:
    """How many were counted from single posts and how many from daily totals; where a platform has both, which won."""
    if not totals:
        return f"All {what} shown are single posts."
    if not single:
        return f"All {what} shown were counted from daily totals; single posts would tell more."
    told = f"{percent(totals / (single + totals))} of the {what} shown were counted from daily totals, the others one by one"
    if not mixed:
        return f"{told}."
    return f"{told}; on days for which {listed(mixed)} {'has' if len(mixed) == 1 else 'have'} both, the single posts count."


def periods(rule: str | None, note: str | None, overlap: str | None) -> str | None:
    """What set the end of the crisis on the time axis, and what a reader must know of the series."""
    parts = [f"during ends where {rule}" if rule else "", note or "", overlap or ""]
    kept = "; ".join(part for part in parts if part)
    return f"{opened(kept)}." if kept else None
