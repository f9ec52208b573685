"""All who answered a question together: their number, favourable answers, mean and spread, as far as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.enums import QuestionKind
from data.queries.surveys.asked import Asked, Figure, figure
from metrics.anonymity import coded_side, shown_beside_hidden, withhold


def everybody(asked: Asked) -> Figure:
    """All together, without mean and spread."""
    counts = _counts(asked)
    n, favourable = int(counts["n"] or 0), counts["favourable"]
    if withhold(n, asked.k):
        return figure(asked, standing="hidden")
    outside = _outside(asked)
    if outside or favourable is None:  # nobody can tell whether all answered alike
        return figure(asked, standing="exact", n=n, unusable=outside)
    side = coded_side(round(favourable), n)
    found = figure(asked, standing=side or "exact", n=n)
    if asked.kind == QuestionKind.ENPS:  # favourable beside promoters and detractors would tell who answered 7 or 8
        return found | _promoters_and_detractors(asked, n)
    return found if side else found | {"favourable": round(favourable)}


def _counts(asked: Asked) -> Mapping[str, float | None]:
    if asked.summary is not None:
        return asked.summary
    values, n = asked.answers["value"], asked.answers["n"]
    total, mean = int(n.sum()), None
    if total:
        mean = float((values * n).sum()) / total
    liked = None if asked.favourable_from is None else int(n[values >= asked.favourable_from].sum())
    return {"n": total, "favourable": liked, "mean": mean}


def _outside(asked: Asked) -> str | None:
    """That answers don't fit the scale on which the question is known: it was corrected since, or is another's."""
    if asked.scale is None:
        return None
    lo, hi = asked.scale
    values = asked.answers["value"] if asked.summary is None else pd.Series([asked.summary["mean"]], dtype="float64")
    outside = bool(((values < lo) | (values > hi)).any())
    return f"answers lie outside the scale of {lo:g} to {hi:g}" if outside else None


def _promoters_and_detractors(asked: Asked, n: int) -> dict[str, int]:
    """Both, where they are known and neither they nor those between are near none or all; else neither."""
    if asked.summary is not None:
        return {}
    value, count = asked.answers["value"], asked.answers["n"]
    parts = {"promoters": int(count[value >= 9].sum()), "detractors": int(count[value <= 6].sum())}
    if any(coded_side(one, n) for one in (*parts.values(), n - sum(parts.values()))):
        return {}
    return parts


def with_moments(asked: Asked, company: Figure, *, hidden: bool) -> Figure:
    """With mean and standard deviation as far as they are known and may be shown; a mean on no known scale says nothing."""
    counts = _counts(asked)
    n, mean = company["n"], counts["mean"]
    told = company["standing"] == "exact" and company["unusable"] is None and counts["favourable"] is not None
    if not told or asked.scale is None or mean is None:
        return company
    if asked.summary is not None:
        return company | {"mean": round(mean, 2)}
    values, count = asked.answers["value"], asked.answers["n"]
    spread = max(float((values * values * count).sum()) - n * mean * mean, 0.0) / (n - 1)
    shown = {"mean": round(mean, 2), "sd": round(spread**0.5, 2)}
    if hidden:
        may = shown_beside_hidden(_given(asked), asked.scale, asked.favourable_from or 0.0)
        shown = {name: value for (name, value), allowed in zip(shown.items(), may, strict=True) if allowed}
    return company | shown


def _given(asked: Asked) -> dict[float, int]:
    """How often each answer was given."""
    counts = asked.answers.groupby("value")["n"].sum()
    return dict(zip(counts.index.astype(float).tolist(), counts.astype(int).tolist(), strict=True))
