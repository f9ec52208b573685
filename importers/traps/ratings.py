"""Ratings outside the scale of the others, and ratings of 0 where 0 means that there was none."""

from __future__ import annotations

import re

import pandas as pd

from importers.issues import Issue
from importers.traps.seen import Finding, Seen

_RATING = re.compile(r"\b(rating|ratings|stars|star rating|note|bewertung)\b")
_FEWEST = 5


def odd_ratings(seen: Seen) -> list[Issue]:
    """Of scores by source; in other files of the columns that a heading calls ratings or stars."""
    if seen.private:
        return []
    if seen.record == "scores":
        return [issue for issues in _by_source(seen) for issue in issues]
    return [issue for title, values in rated(seen).items() for issue in odd(seen, title, values, None)]


def rated(seen: Seen) -> dict[str, pd.Series]:
    """The numbers of the columns that a heading calls ratings or stars, by heading."""
    places = [at for at, name in enumerate(seen.headings) if _RATING.search(name)]
    return {seen.title(at): pd.to_numeric(seen.raw(at), errors="coerce") for at in places}


def _by_source(seen: Seen) -> list[list[Issue]]:
    rows = seen.rows
    found = []
    for _, own in rows.groupby("source", sort=False):
        lo, hi = (own[name].dropna() if name in own else pd.Series(dtype=float) for name in ("scale_min", "scale_max"))
        scale = (float(lo.iloc[0]), float(hi.iloc[0])) if len(lo) and len(hi) else None
        found.append(odd(seen, seen.shown("score"), own["score"].astype(float), scale))
    return found


def odd(seen: Seen, title: str, values: pd.Series, scale: tuple[float, float] | None) -> list[Issue]:
    """What looks wrong in ratings, by spreadsheet row; `scale` is the one that the file states."""
    known = values.dropna()
    others = known[known != 0]
    if len(known) < _FEWEST or others.empty:
        return []
    scale = scale or _five(others)
    issues: list[Issue] = []
    zeros = int((known == 0).sum())
    if zeros and zeros * 2 < len(known) and others.min() >= 1 and not (scale and scale[0] <= 0):
        facts = {"n": f"{zeros:,}", "all": f"{len(known):,}", "lo": f"{others.min():g}", "hi": f"{others.max():g}"}
        issues.append(seen.column("rating-zero", title, first=int(known.index[known == 0][0]), **facts))
    if scale:
        outside = others[(others < scale[0]) | (others > scale[1])]
        bounds = {"lo": f"{scale[0]:g}", "hi": f"{scale[1]:g}"}
        issues += seen.told(
            Finding(row, title, "rating-outside", f"{value:g}", bounds)
            for row, value in zip(outside.index.tolist(), outside.tolist(), strict=True)
        )
    return issues


def _five(values: pd.Series) -> tuple[float, float] | None:
    """One to five, where at least nine in ten ratings lie there."""
    return (1.0, 5.0) if values.between(1, 5).mean() >= 0.9 else None
