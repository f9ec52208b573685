"""Wave against wave, question by question: changes of favourable shares and of eNPS, and which of them are more than chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import ALPHA, Interval, Z, net_promoter_interval, newcombe, of_difference
from metrics.multiplicity import benjamini_hochberg, level_of_zero
from metrics.survey_rows import Row, blank, people_asked, question_key, text
from metrics.surveys import enps, favourable
from metrics.words import chance, plural

METRICS: tuple[Metric, ...] = (
    Metric(id="favourable_change", label="Change of favourable answers", unit="share", better=Better.HIGHER, definition="Favourable share of a question in one wave minus that in an earlier one. Among the same people where respondents are recognised across waves, else of two separate groups.", formula="p₁ − p₂. Separate groups: Newcombe's hybrid score interval, each Wilson part with n′ where the number invited is known; p is the level at which it touches 0. Same people: (b − c)/n, Bonett and Price's adjusted Wald interval, exact McNemar p. All p-values of one comparison of waves are adjusted together (Benjamini–Hochberg).", source="Newcombe, Statistics in Medicine 1998;17:873–890; McNemar, Psychometrika 1947;12:153–157; Bonett & Price, J. Educ. Behav. Stat. 2012;37:479–488; Benjamini & Hochberg 1995", edge_cases="Either share hidden or coded: so is the change. Another scale in the earlier wave: undefined. Paired counts that may not be shown: compared as separate groups, which widens the interval."),
    Metric(id="enps_change", label="Change of employee net promoter score", unit="enps", better=Better.HIGHER, definition="Net promoter score of one wave minus that of an earlier one, from −200 to 200.", formula="Difference; its interval is recovered from the adjusted Wald interval of each wave (MOVER), as of separate groups; p and its adjustment as for favourable answers.", source="Zou & Donner, Statistics in Medicine 2008;27:1693–1702; Rocks 2016", edge_cases="Either score hidden or not known: so is the change."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One question compared between two waves. `about` is what it is broken down by; `adjusted` the p-value after the
    correction over the family it was compared in (None: no p-value, or not yet declared).
    """

    metric: str
    about: Mapping[str, str]
    estimate: Estimate
    p: float | None = field(default=None)
    adjusted: float | None = field(default=None)

    @property
    def clear(self) -> bool:
        """Whether the change is more than normal variation, all comparisons of the family considered."""
        return self.adjusted is not None and self.adjusted < ALPHA


def favourable_change(now: Row, before: Row, pairs: Row | None = None) -> Estimate:
    """Change of one question's favourable share: `now` − `before`.

    Parameters
    ----------
    now, before : Mapping
        Rows of SURVEY.
    pairs : Mapping, optional
        Of those who answered in both waves: n, gained (favourable now, not before), lost (the reverse), withheld.
    """
    return _favourable(now, before, pairs)[0]


def enps_change(now: Row, before: Row) -> Estimate:
    """Change of the net promoter score of one question: `now` − `before`."""
    return _enps(now, before)[0]


def compared(now: pd.DataFrame, before: pd.DataFrame, pairs: pd.DataFrame | None = None) -> list[Change]:
    """Every question that two waves of one audience share, by its text; p-values still to be adjusted (`declared`).

    Parameters
    ----------
    now, before : DataFrame
        SURVEY rows of one wave each.
    pairs : DataFrame, optional
        Question by question what `favourable_change` takes as `pairs`.
    """
    ours, theirs = _by_question(now), _by_question(before)
    paired = {} if pairs is None else _by_question(pairs)
    found = []
    for key in sorted(ours.keys() & theirs.keys()):
        row, old = ours[key], theirs[key]
        asks_score = row["kind"] == "enps"
        estimate, p = _enps(row, old) if asks_score else _favourable(row, old, paired.get(key))
        metric = "enps_change" if asks_score else "favourable_change"
        found.append(Change(metric, {"question": str(row["question"])}, estimate, p))
    return found


def declared(changes: Sequence[Change], family: str) -> list[Change]:
    """The same changes with their p-values adjusted together; the basis of each names the family.

    Parameters
    ----------
    family : str
        What was compared, in words that follow a number of comparisons: ``"between May and March"``.
    """
    adjusted = iter(benjamini_hochberg([change.p for change in changes if change.p is not None]))
    count = sum(change.p is not None for change in changes)
    return [change if change.p is None else _adjusted(change, next(adjusted), count, family) for change in changes]


def _adjusted(change: Change, adjusted: float, count: int, family: str) -> Change:
    told = f"{chance(change.p or 0.0)}, adjusted {chance(adjusted)} over {plural(count, 'comparison')} {family}"
    estimate = replace(change.estimate, basis=f"{change.estimate.basis}; {told} (Benjamini–Hochberg)")
    return replace(change, estimate=estimate, adjusted=adjusted)


def _favourable(now: Row, before: Row, pairs: Row | None) -> tuple[Estimate, float | None]:
    kept = _not_comparable(now, before, favourable(now), favourable(before), "share")
    if kept is not None:
        return kept, None
    if pairs is not None and not blank(pairs["n"]) and text(pairs, "withheld") is None:
        return _of_the_same(now, before, pairs)
    (x1, n1), (x2, n2) = ((float(row["favourable"]), float(row["n"])) for row in (now, before))
    invited = {"population1": people_asked(now), "population2": people_asked(before)}

    def interval(z: float) -> Interval:
        return newcombe(x1, n1, x2, n2, **invited, z=z)

    value, (lo, hi) = x1 / n1 - x2 / n2, interval(Z)
    basis = f"{_of(now)} against {_of(before)}, as separate groups"
    n = int(n1 + n2)
    found = Estimate(value=value, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)
    return found, level_of_zero(value, interval)


def _of_the_same(now: Row, before: Row, pairs: Row) -> tuple[Estimate, float]:
    """McNemar: only those who changed their mind tell something."""
    from scipy.stats import binomtest

    n, gained, lost = int(pairs["n"]), int(pairs["gained"]), int(pairs["lost"])
    value = (gained - lost) / n
    lo, hi = paired_interval(gained, lost, n)
    p = 1.0 if gained == lost else float(binomtest(gained, gained + lost).pvalue)
    basis = (
        f"{plural(n, 'person', 'people')} who answered in both {now['wave']} and {before['wave']}: "
        f"{gained:,} became favourable, {lost:,} no longer were"
    )
    return Estimate(value=value, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER), p


def paired_interval(gained: float, lost: float, n: float) -> Interval:
    """Adjusted Wald interval for the change of a share among the same n people, (gained − lost)/n.

    Source: Bonett & Price, Journal of Educational and Behavioral Statistics 2012;37:479–488.
    """
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = Z * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    value = (gained - lost) / n
    return max(-1.0, min(value, up - down - half)), min(1.0, max(value, up - down + half))


def _enps(now: Row, before: Row) -> tuple[Estimate, float | None]:
    new, old = enps(now), enps(before)
    kept = _not_comparable(now, before, new, old, "enps")
    if kept is not None:
        return kept, None
    (p1, d1, n1), (p2, d2, n2) = (
        tuple(float(row[c]) for c in ("promoters", "detractors", "n")) for row in (now, before)
    )

    def interval(z: float) -> Interval:
        first, second = net_promoter_interval(p1, d1, n1, z=z), net_promoter_interval(p2, d2, n2, z=z)
        return of_difference((p1 - d1) / n1, first, (p2 - d2) / n2, second)

    value, (lo, hi) = (p1 - d1) / n1 - (p2 - d2) / n2, interval(Z)
    basis = f"{_of(now)} against {_of(before)}, as separate groups; interval recovered from that of each wave (MOVER)"
    n = int(n1 + n2)
    lo, hi = max(-200.0, 100 * lo), min(200.0, 100 * hi)
    found = Estimate(value=100 * value, lo=lo, hi=hi, unit="enps", n=n, basis=basis, better=Better.HIGHER)
    return found, level_of_zero(value, interval)


def _not_comparable(now: Row, before: Row, new: Estimate, old: Estimate, unit: str) -> Estimate | None:
    """Why two answers can't be compared, with the worse standing of the two; None where they can."""
    if any(text(now, end) != text(before, end) for end in ("scale_min", "scale_max")):
        reason = f"{before['wave']} asked on another scale than {now['wave']}"
        return absent(Status.UNDEFINED, reason, unit=unit, better=Better.HIGHER)
    for row, one in ((now, new), (before, old)):
        if one.status is not Status.OK:
            return absent(one.status, f"{row['wave']}: {one.reason}", unit=unit, better=Better.HIGHER)
    return None


def _of(row: Row) -> str:
    return f"{row['wave']} ({plural(int(row['n']), 'answer')})"


def _by_question(rows: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    """Rows by the text of their question, the same whatever their order."""
    ordered = rows.sort_values(["question", "n"], na_position="last", kind="stable").to_dict("records")
    return {question_key(row["question"]): row for row in reversed(ordered)}
