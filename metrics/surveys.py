"""One question of one wave: favourable share, mean and eNPS; and how many of those invited answered.

Rows are those of SURVEY: what is withheld or coded there stays so in the estimate.
"""

from __future__ import annotations

import pandas as pd

from metrics.anonymity import coded_band
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import net_promoter_interval, t_interval, wilson
from metrics.survey_rows import Row, blank, kept, people_asked, text
from metrics.words import percent, plural

METRICS: tuple[Metric, ...] = (
    Metric(id="favourable", label="Favourable answers", unit="share", better=Better.HIGHER, definition="Share of answers at the top of the scale: top 2 of 5 or 7, top 3 of 10 or 11. The interval is narrower where the number invited is known.", source="Wilson 1927, finite-population n′", formula="x/n; Wilson's score interval with n′ = n(N − 1)/(N − n) where N > n were invited.", edge_cases="No known scale, or answers outside it: undefined. So near to none or all that it would tell what single people answered: only the band."),
    Metric(id="favourable_bounds", label="Favourable answers if all had answered", unit="share", better=Better.HIGHER, definition="The favourable share with the bounds between which it would lie if all who kept silent had been against, or for.", formula="[r·p, r·p + 1 − r], with the favourable share p and the share r of those invited who answered this question. These are bounds, not an interval of chance.", source="Manski, American Economic Review 1990;80:319–323", edge_cases="Number invited not recorded, or fewer than answered: undefined."),
    Metric(id="mean_score", label="Mean score", unit="score", better=Better.HIGHER, definition="Mean on the question's own scale, with a t interval.", source="Student 1908", formula="Σx/n ± t(n − 1)·sd/√n, cut to the scale.", edge_cases="One answer, or all alike: no interval. No known scale, or answers outside it: undefined."),
    Metric(id="enps", label="Employee net promoter score", unit="enps", better=Better.HIGHER, definition="Share answering 9–10 minus share answering 0–6, from −100 to 100.", source="Rocks, The American Statistician 2016;70:365–372", formula="100·(promoters − detractors)/n; adjusted Wald interval: ¾ promoter, ¾ detractor and 3 answers more, cut to ±100.", edge_cases="A question that is not asked from 0 to 10: does not apply."),
    Metric(id="response_rate", label="Response rate", unit="share", better=Better.HIGHER, definition="Answers to the most answered question ÷ people invited.", edge_cases="Number invited not recorded, or fewer than answered: undefined."),
)  # fmt: skip


def favourable(row: Row) -> Estimate:
    """Share of favourable answers to one question of one wave.

    Parameters
    ----------
    row : Mapping
        One row of SURVEY.

    Returns
    -------
    Estimate
        ``suppressed`` with the reason of the data layer; ``coded`` with the band as lo and hi.
    """
    instead = kept(row, "share")
    if instead is not None:
        return instead
    n = int(row["n"])
    if not blank(row["coded"]):
        lo, hi = coded_band(n, row["coded"])
        told = f"at most {percent(hi)}" if row["coded"] == "low" else f"at least {percent(lo)}"
        reason = f"{told}: so near to none or all that only the band is shown"
        return Estimate(lo=lo, hi=hi, unit="share", n=n, status=Status.CODED, reason=reason, better=Better.HIGHER)
    if blank(row["favourable"]):
        return _unknown("favourable answers are not known", row, "share")
    count, invited = float(row["favourable"]), people_asked(row)
    lo, hi = wilson(count, n, invited)
    basis = f"{int(count):,} of {plural(n, 'answer')}"
    if invited is not None and invited > n:
        basis += f", {invited:,.0f} invited"
    return Estimate(value=count / n, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)


def mean_score(row: Row) -> Estimate:
    """Mean answer to one question, with a t interval where the spread may be known and the answers differ."""
    instead = kept(row, "score")
    if instead is not None:
        return instead
    n = int(row["n"])
    if blank(row["mean"]):
        return _unknown("the mean is not known", row, "score")
    mean, sd = float(row["mean"]), row["sd"]
    basis = f"{plural(n, 'answer')} on a scale of {row['scale_min']:g} to {row['scale_max']:g}"
    if n < 2 or blank(sd) or float(sd) == 0:
        return Estimate(value=mean, unit="score", n=n, basis=f"{basis}; no interval", better=Better.HIGHER)
    lo, hi = t_interval(mean, float(sd), n)
    lo, hi = max(lo, float(row["scale_min"])), min(hi, float(row["scale_max"]))
    return Estimate(value=mean, lo=lo, hi=hi, unit="score", n=n, basis=basis, better=Better.HIGHER)


def enps(row: Row) -> Estimate:
    """Employee net promoter score of one question asked from 0 to 10, from −100 to 100."""
    if row["kind"] != "enps":
        return absent(Status.NOT_APPLICABLE, "not asked from 0 to 10", unit="enps", better=Better.HIGHER)
    instead = kept(row, "enps")
    if instead is not None:
        return instead
    n = int(row["n"])
    if blank(row["promoters"]) or blank(row["detractors"]):
        return _unknown("promoters and detractors are not known, or not shown exactly", row, "enps")
    promoters, detractors = float(row["promoters"]), float(row["detractors"])
    lo, hi = (100 * end for end in net_promoter_interval(promoters, detractors, n))
    value = 100 * (promoters - detractors) / n
    basis = f"{int(promoters):,} promoters and {int(detractors):,} detractors among {plural(n, 'answer')}"
    # With one or two answers the adjustment may leave the score itself outside.
    lo, hi = min(lo, value), max(hi, value)
    return Estimate(value=value, lo=lo, hi=hi, unit="enps", n=n, basis=basis, better=Better.HIGHER)


def response_rate(wave: pd.DataFrame) -> Estimate:
    """Answers to the most answered question ÷ invited; the rows of SURVEY of one wave and audience."""
    answered, invited = wave["n"].max(), wave["invited"].max()
    if pd.isna(answered):
        reason = next((str(r) for r in wave["withheld"] if not blank(r)), "no answers")
        status = Status.SUPPRESSED if wave["withheld"].notna().any() else Status.UNDEFINED
        return absent(status, reason, unit="share", better=Better.HIGHER)
    n = int(answered)
    if pd.isna(invited) or invited <= 0:
        return absent(Status.UNDEFINED, "the number invited is not recorded", unit="share", better=Better.HIGHER, n=n)
    if answered > invited:
        return absent(Status.UNDEFINED, _too_many(n, invited), unit="share", better=Better.HIGHER, n=n)
    basis = f"{plural(n, 'answer')} of {invited:,.0f} invited"
    return Estimate(value=float(answered / invited), unit="share", n=n, basis=basis, better=Better.HIGHER)


def nonresponse_bounds(share: float, rate: float) -> tuple[float, float]:
    """Where a favourable share would lie if all who stayed silent were against, or for: [r·p, r·p + 1 − r]."""
    return rate * share, rate * share + 1 - rate


def favourable_bounds(row: Row) -> Estimate:
    """The favourable share of one question between what it would be had all the silent been against, and for.

    Source: Manski, American Economic Review 1990;80:319–323 (no assumption on who keeps silent).
    """
    share, asked = favourable(row), people_asked(row)
    if share.status not in (Status.OK, Status.CODED):
        return share
    n = share.n
    if asked is None or asked < n:
        why = "the number invited is not recorded" if asked is None else _too_many(n, asked)
        return absent(Status.UNDEFINED, why, unit="share", better=Better.HIGHER, n=n)
    if share.number is None:
        lo, hi = nonresponse_bounds(share.lo or 0.0, n / asked)[0], nonresponse_bounds(share.hi or 0.0, n / asked)[1]
        return Estimate(lo=lo, hi=hi, unit="share", n=n, status=share.status, reason=share.reason, better=Better.HIGHER)
    lo, hi = nonresponse_bounds(share.number, n / asked)
    basis = f"bounds, had the {plural(round(asked - n), 'other')} of {asked:,.0f} invited been against, or for"
    return Estimate(value=share.number, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)


def _too_many(n: int, asked: float) -> str:
    return f"{plural(n, 'answer')} but only {asked:,.0f} invited"


def _unknown(what: str, row: Row, unit: str) -> Estimate:
    """A number that can't be told; where no scale is known, that is why."""
    scaled = text(row, "scale_min") is not None and text(row, "scale_max") is not None
    why = what if scaled else "no scale is recorded for this question"
    return absent(Status.UNDEFINED, why, unit=unit, better=Better.HIGHER, n=int(row["n"]))
