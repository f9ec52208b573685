"""Morale: the mean favourable share of the questions that two waves have in common, and its change."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import Z, effective_n
from metrics.survey_rows import Row, blank, names, people_asked, question_key
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(id="morale_index", label="Morale", unit="share", better=Better.HIGHER, definition="Mean of the favourable shares of the questions asked in both waves compared.", formula="Mean of the shares; the interval adds the errors of the shares as if fully correlated, so that it is never too narrow.", edge_cases="No question in both waves: undefined. Questions that are hidden, coded or without a known scale are left out, and the basis says how many."),
    Metric(id="morale_vs_before", label="Morale against before the crisis", unit="share", better=Better.HIGHER, definition="Change of morale against the last wave before the crisis, over the questions asked in both.", formula="Difference of the two means, delta-method interval as for morale.", edge_cases="As for morale."),
)  # fmt: skip


def morale_index(wave: pd.DataFrame, other: pd.DataFrame) -> Estimate:
    """Mean favourable share of `wave` over the questions that `other` asked too; both SURVEY rows of one audience."""
    ours, _ = _shared(wave, other)
    if not ours:
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
    if not now:
        return _no_questions(wave, before)
    (value, se), (old, old_se) = _index(now), _index(then)
    change, half = value - old, Z * math.hypot(se, old_se)
    n = _n(now) + _n(then)
    basis = (
        f"{_said(now, wave)} against {names(before)}; interval by the delta method, questions taken as fully correlated"
    )
    lo, hi = max(-1.0, change - half), min(1.0, change + half)
    return Estimate(value=change, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)


def _shared(wave: pd.DataFrame, other: pd.DataFrame) -> tuple[list[Row], list[Row]]:
    """The rows of both waves whose question both asked and whose share both may show, in order of question."""
    a, b = _shown(wave), _shown(other)
    both = sorted(a.keys() & b.keys())
    return [a[key] for key in both], [b[key] for key in both]


def _shown(wave: pd.DataFrame) -> dict[str, Row]:
    """Question → its first row that may show a share."""
    found: dict[str, Row] = {}
    # Of a frame of a few rows and many columns, `to_dict` takes several times as long.
    cells = zip(*(wave[name].tolist() for name in wave.columns), strict=True)
    for row in (dict(zip(wave.columns, values, strict=True)) for values in cells):
        if row["kind"] == "scale" and not blank(row["favourable"]) and row["n"] > 0:
            found.setdefault(question_key(row["question"]), row)
    return found


def _index(rows: Sequence[Row]) -> tuple[float, float]:
    """Mean favourable share and the largest standard error it can have given those of its questions.

    The errors use (x + z²/2)/(n′ + z²), Wilson's centre, so that a share of none or all doesn't count as certain.
    """
    shares, errors = [], []
    for row in rows:
        share = row["favourable"] / row["n"]
        m = effective_n(row["n"], people_asked(row))
        centre = (share * m + Z**2 / 2) / (m + Z**2)
        shares.append(share)
        errors.append(math.sqrt(centre * (1 - centre) / (m + Z**2)))
    return math.fsum(shares) / len(shares), math.fsum(errors) / len(errors)


def _n(rows: Sequence[Row]) -> int:
    return int(max(row["n"] for row in rows))


def _said(rows: Sequence[Row], wave: pd.DataFrame) -> str:
    left_out = int((wave["kind"] == "scale").sum()) - len(rows)
    aside = f" ({left_out} left out: not in both waves, or not shown exactly)" if left_out else ""
    return f"{names(wave)}, {plural(len(rows), 'question')} asked in both waves{aside}"


def _no_questions(wave: pd.DataFrame, other: pd.DataFrame) -> Estimate:
    hidden = any(frame["withheld"].notna().any() or frame["coded"].notna().any() for frame in (wave, other))
    asked = (set(rows.loc[rows["kind"] == "scale", "question"].map(question_key)) for rows in (wave, other))
    if hidden:
        status, why = Status.SUPPRESSED, "no question of both waves may be shown exactly"
    elif set.intersection(*asked):
        status, why = Status.UNDEFINED, "no question of both waves has a known favourable share"
    else:
        status, why = Status.UNDEFINED, "no question was asked in both waves"
    return absent(status, why, unit="share", better=Better.HIGHER)
