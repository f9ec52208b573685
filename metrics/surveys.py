"""Morale and feedback: favourable shares, means, eNPS, response rate, and change between waves.

Rows are those of SURVEY: what is withheld or coded there stays so in the estimate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from metrics.anonymity import coded_band
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import Z, effective_n, net_promoter_interval, t_interval, wilson
from metrics.words import listed, percent, plural

Phase = Literal["before", "during", "after", "none"]

METRICS: tuple[Metric, ...] = (
    Metric(id="favourable", label="Favourable answers", unit="share", better=Better.HIGHER, definition="Share of answers at the top of the scale: top 2 of 5 or 7, top 3 of 10 or 11. The interval is narrower where the number invited is known.", source="Wilson 1927, finite-population n′"),
    Metric(id="mean_score", label="Mean score", unit="score", better=Better.HIGHER, definition="Mean on the question's own scale, with a t interval.", source="Student 1908"),
    Metric(id="enps", label="Employee net promoter score", unit="enps", better=Better.HIGHER, definition="Share answering 9–10 minus share answering 0–6, from −100 to 100.", source="Rocks, The American Statistician 2016;70:365–372"),
    Metric(id="response_rate", label="Response rate", unit="share", better=Better.HIGHER, definition="Answers to the most answered question ÷ people invited."),
    Metric(id="morale_index", label="Morale", unit="share", better=Better.HIGHER, definition="Mean of the favourable shares of the questions asked in both waves compared."),
    Metric(id="morale_vs_before", label="Morale against before the crisis", unit="share", better=Better.HIGHER, definition="Change of morale against the last wave before the crisis, over the questions asked in both."),
)  # fmt: skip

AFTER_DAYS = 365
Row = Mapping[Any, Any]


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
    kept = _kept(row, "share")
    if kept is not None:
        return kept
    n = int(row["n"])
    if not _blank(row["coded"]):
        lo, hi = coded_band(n, row["coded"])
        told = f"at most {percent(hi)}" if row["coded"] == "low" else f"at least {percent(lo)}"
        reason = f"{told}: so near to none or all that only the band is shown"
        return Estimate(lo=lo, hi=hi, unit="share", n=n, status=Status.CODED, reason=reason, better=Better.HIGHER)
    if _blank(row["favourable"]):
        return absent(Status.UNDEFINED, "favourable answers are not known", unit="share", better=Better.HIGHER, n=n)
    count, invited = float(row["favourable"]), _invited(row)
    lo, hi = wilson(count, n, invited)
    basis = f"{int(count):,} of {plural(n, 'answer')}"
    if invited is not None and invited > n:
        basis += f", {invited:,.0f} invited"
    return Estimate(value=count / n, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)


def mean_score(row: Row) -> Estimate:
    """Mean answer to one question, with a t interval where the spread may be known and the answers differ."""
    kept = _kept(row, "score")
    if kept is not None:
        return kept
    n = int(row["n"])
    if _blank(row["mean"]):
        return absent(Status.UNDEFINED, "the mean is not known", unit="score", better=Better.HIGHER, n=n)
    mean, sd = float(row["mean"]), row["sd"]
    basis = f"{plural(n, 'answer')} on a scale of {row['scale_min']:g} to {row['scale_max']:g}"
    if n < 2 or _blank(sd) or float(sd) == 0:
        return Estimate(value=mean, unit="score", n=n, basis=f"{basis}; no interval", better=Better.HIGHER)
    lo, hi = t_interval(mean, float(sd), n)
    lo, hi = max(lo, float(row["scale_min"])), min(hi, float(row["scale_max"]))
    return Estimate(value=mean, lo=lo, hi=hi, unit="score", n=n, basis=basis, better=Better.HIGHER)


def enps(row: Row) -> Estimate:
    """Employee net promoter score of one question asked from 0 to 10, from −100 to 100."""
    if row["kind"] != "enps":
        return absent(Status.NOT_APPLICABLE, "not asked from 0 to 10", unit="enps", better=Better.HIGHER)
    kept = _kept(row, "enps")
    if kept is not None:
        return kept
    n = int(row["n"])
    if _blank(row["promoters"]) or _blank(row["detractors"]):
        return absent(
            Status.UNDEFINED, "promoters and detractors are not known", unit="enps", better=Better.HIGHER, n=n
        )
    promoters, detractors = float(row["promoters"]), float(row["detractors"])
    lo, hi = net_promoter_interval(promoters, detractors, n)
    value = 100 * (promoters - detractors) / n
    basis = f"{int(promoters):,} promoters and {int(detractors):,} detractors among {plural(n, 'answer')}"
    return Estimate(value=value, lo=100 * lo, hi=100 * hi, unit="enps", n=n, basis=basis, better=Better.HIGHER)


def response_rate(wave: pd.DataFrame) -> Estimate:
    """Answers to the most answered question ÷ invited; the rows of SURVEY of one wave and audience."""
    answered, invited = wave["n"].max(), wave["invited"].max()
    if pd.isna(answered):
        reason = next((str(r) for r in wave["withheld"] if not _blank(r)), "no answers")
        status = Status.SUPPRESSED if wave["withheld"].notna().any() else Status.UNDEFINED
        return absent(status, reason, unit="share", better=Better.HIGHER)
    n = int(answered)
    if pd.isna(invited) or invited <= 0:
        return absent(Status.UNDEFINED, "the number invited is not recorded", unit="share", better=Better.HIGHER, n=n)
    if answered > invited:
        reason = f"{plural(n, 'answer')} but only {invited:,.0f} invited"
        return absent(Status.UNDEFINED, reason, unit="share", better=Better.HIGHER, n=n)
    basis = f"{plural(n, 'answer')} of {invited:,.0f} invited"
    return Estimate(value=float(answered / invited), unit="share", n=n, basis=basis, better=Better.HIGHER)


def nonresponse_bounds(share: float, rate: float) -> tuple[float, float]:
    """Where a favourable share would lie if all who stayed silent were against, or for: [r·p, r·p + 1 − r]."""
    return rate * share, rate * share + 1 - rate


def morale_index(wave: pd.DataFrame, other: pd.DataFrame) -> Estimate:
    """Mean favourable share of `wave` over the questions that `other` asked too; both SURVEY rows of one audience."""
    ours, _ = _shared(wave, other)
    if ours.empty:
        return _no_questions(wave, other)
    value, se = _index(ours)
    basis = _said(ours, wave)
    lo, hi = max(0.0, value - Z * se), min(1.0, value + Z * se)
    return Estimate(value=value, lo=lo, hi=hi, unit="share", n=_n(ours), basis=basis, better=Better.HIGHER)


def morale_vs_before(wave: pd.DataFrame, before: pd.DataFrame) -> Estimate:
    """Change of the morale index between two waves: `wave` − `before`.

    The interval is a delta-method one: the errors of the shares of one wave are added as if fully correlated, because
    one person answers all questions and only the margins are known, so it is never narrower than the truth (house).
    """
    now, then = _shared(wave, before)
    if now.empty:
        return _no_questions(wave, before)
    (value, se), (old, old_se) = _index(now), _index(then)
    change, half = value - old, Z * math.hypot(se, old_se)
    n = _n(now) + _n(then)
    basis = f"{_said(now, wave)} against {_names(before)}; interval by the delta method, questions taken as fully correlated"
    lo, hi = max(-1.0, change - half), min(1.0, change + half)
    return Estimate(value=change, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)


def wave_phase(
    opened_on: pd.Timestamp | None,
    closed_on: pd.Timestamp | None,
    day0s: Sequence[pd.Timestamp],
    ends: Sequence[pd.Timestamp],
) -> list[Phase]:
    """The phase of one wave relative to each crisis, in the order given.

    Parameters
    ----------
    opened_on, closed_on : Timestamp or None
        Local days of the wave; one stands in for the other where it is missing.
    day0s, ends : sequences of Timestamp
        Day 0 of each crisis and the first day after it.
    """
    opened = closed_on if _blank(opened_on) else opened_on
    closed = opened if _blank(closed_on) else closed_on
    if opened is None or closed is None or pd.isna(opened):
        return ["none"] * len(day0s)
    return [
        _phase(opened, closed, day0, end, min((d for d in day0s if d > day0), default=pd.Timestamp.max))
        for day0, end in zip(day0s, ends, strict=True)
    ]


def _phase(
    opened: pd.Timestamp, closed: pd.Timestamp, day0: pd.Timestamp, end: pd.Timestamp, following: pd.Timestamp
) -> Phase:
    if closed < day0:
        return "before"
    if opened < max(end, day0):
        return "during"
    return "after" if opened < following and opened - end <= pd.Timedelta(days=AFTER_DAYS) else "none"


def _shared(wave: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of both waves whose question both asked and whose share both may show, in order of question."""
    a, b = _shown(wave), _shown(other)
    both = a.index.intersection(b.index).sort_values()
    return a.loc[both], b.loc[both]


def _shown(wave: pd.DataFrame) -> pd.DataFrame:
    rows = wave[(wave["kind"] == "scale") & wave["favourable"].notna() & (wave["n"] > 0)]
    return rows.assign(_key=rows["question"].str.strip().str.casefold()).drop_duplicates("_key").set_index("_key")


def _index(rows: pd.DataFrame) -> tuple[float, float]:
    """Mean favourable share and the largest standard error it can have given those of its questions.

    The errors use (x + z²/2)/(n′ + z²), Wilson's centre, so that a share of none or all doesn't count as certain.
    """
    shares, errors = [], []
    for row in rows.to_dict("records"):
        share = row["favourable"] / row["n"]
        m = effective_n(row["n"], _invited(row))
        centre = (share * m + Z**2 / 2) / (m + Z**2)
        shares.append(share)
        errors.append(math.sqrt(centre * (1 - centre) / (m + Z**2)))
    return math.fsum(shares) / len(shares), math.fsum(errors) / len(errors)


def _n(rows: pd.DataFrame) -> int:
    return int(rows["n"].max())


def _said(rows: pd.DataFrame, wave: pd.DataFrame) -> str:
    left_out = int((wave["kind"] == "scale").sum()) - len(rows)
    aside = f" ({left_out} left out: not in both waves, or not shown exactly)" if left_out else ""
    return f"{_names(wave)}, {plural(len(rows), 'question')} asked in both waves{aside}"


def _names(wave: pd.DataFrame) -> str:
    return listed(sorted(str(name) for name in wave["wave"].dropna().unique()))


def _no_questions(wave: pd.DataFrame, other: pd.DataFrame) -> Estimate:
    hidden = any(frame["withheld"].notna().any() or frame["coded"].notna().any() for frame in (wave, other))
    status = Status.SUPPRESSED if hidden else Status.UNDEFINED
    why = "no question of both waves may be shown exactly" if hidden else "no question was asked in both waves"
    return absent(status, why, unit="share", better=Better.HIGHER)


def _kept(row: Row, unit: str) -> Estimate | None:
    """What stands in for a number that is withheld or without answers."""
    if not _blank(row["withheld"]):
        return absent(Status.SUPPRESSED, str(row["withheld"]), unit=unit, better=Better.HIGHER)
    if _blank(row["n"]) or row["n"] <= 0:
        return absent(Status.UNDEFINED, "no answers", unit=unit, better=Better.HIGHER)
    return None


def _invited(row: Row) -> float | None:
    return None if _blank(row["invited"]) else float(row["invited"])


def _blank(value: object) -> bool:
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]  # scalars only
