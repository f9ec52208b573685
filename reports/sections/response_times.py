"""One interval of the response over all crises, and all intervals beside each other, taken from `across`."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.queries.provenance import Sources, at_places, listed
from metrics import across as over
from metrics.estimate import Estimate, Status
from metrics.findings import across as say
from metrics.response import BUSINESS
from metrics.targets import verdict
from reports.sections.base import Measure, Section

#: What can be looked at: every interval that has no sign, so that a logarithmic axis can hold it.
INTERVALS = tuple(key for key in over.PLAIN if key in over.TRENDING)
_IN_BUSINESS = {plain: key for key, plain in BUSINESS.items()}
_ROW = ("value", "lo", "hi", "unit", "status", "target", "reason", "better")


def one_interval(whole: Section, interval: str, *, business: bool = False) -> Section:
    """One interval of every crisis, one of `INTERVALS`; `whole` as `across` returns it.

    Frames: `crises`, the newest first: id (of the metric), crisis, label (its title), began, value, lo, hi, unit,
    status, target, reason, better. Facts: `median` (an `Estimate`).
    """
    metric = _IN_BUSINESS[interval] if business else interval
    mine = [m for m in whole.measures if m.id == metric and "crisis" in m.group]
    if not mine:
        return Section("response_times", whole.findings)
    median, share = (_together(whole, f"{name}_{metric}") for name in ("median", "share_within_target"))
    answers = whole.frames["answers"]
    told = answers[answers["id"] == metric]
    test = over.trend(metric, told)[1] if metric in over.TRENDING else None
    targets = {m.target for m in mine} - {None}
    sentence = say.timing(
        metric,
        median.estimate,
        share=share.estimate,
        verdicts=[verdict(m.estimate, m.target) for m in mine],
        target=next(iter(targets)) if len(targets) == 1 else None,
        test=test,
    )
    rest = [m for m in whole.measures if "crisis" not in m.group and m.id.endswith(f"_{metric}")]
    return Section(
        "response_times",
        (sentence, *whole.facts["differences"].get(metric, ())),
        (*mine, *rest),
        {"crises": _crises(whole, mine)},
        median.sources,
        {"median": median.estimate},
    )


def every_interval(whole: Section, *, business: bool = False) -> Section:
    """The intervals that some crisis has a time or a target for: their medians and every crisis's time.

    Frames: `intervals` (id, label, value, lo, hi, unit, status, target, reason, better of the median), `crises` (the
    same of every crisis, with a column crisis).
    """
    keys = {(_IN_BUSINESS[key] if business else key): key for key in INTERVALS}
    medians = [m for m in whole.measures if m.group == {} and m.id.removeprefix("median_") in keys]
    medians = [m for m in medians if m.id.startswith("median_") and m.estimate.n]
    every = [m for m in whole.measures if m.id in keys and "crisis" in m.group]
    asked = {m.id for m in every if m.estimate.number is not None or m.target is not None}
    medians = [m for m in medians if m.id.removeprefix("median_") in asked]
    shown = {m.id.removeprefix("median_") for m in medians}
    each = [m for m in every if m.id in shown]
    said = say.medians({m.id.removeprefix("median_"): (m.estimate, m.target) for m in medians})
    noticed = [m for m in whole.measures if m.id in ("share_proactive", "share_detected_by")]
    labels = {m.id: m.label.removesuffix(" in business hours") for m in each}
    rows = [(metric, labels[metric], *_shown(m)) for m in medians for metric in [m.id.removeprefix("median_")]]
    dots = [(m.id, m.group["crisis"], labels[m.id], *_shown(m)) for m in each]
    return Section(
        "every_interval",
        tuple(sentence for sentence in (said, _noticed(whole)) if sentence),
        (*medians, *noticed),
        {
            "intervals": _typed(pd.DataFrame(rows, columns=["id", "label", *_ROW])),
            "crises": _typed(pd.DataFrame(dots, columns=["id", "crisis", "label", *_ROW])),
        },
        _behind([*medians, *noticed]),
    )


def _noticed(whole: Section) -> str | None:
    """Who noticed first, as `across` says it."""
    return whole.facts.get("noticed")


def _behind(measures: Sequence[Measure]) -> Sources:
    """The rows behind many numbers, each once."""
    files = {file for measure in measures for file in measure.sources.files}
    places = {(f.batch, f.file, f.sheet, row) for f in files if f.batch is not None for row in listed(f.rows or "")}
    return at_places(places)


def _together(whole: Section, metric: str) -> Measure:
    """The one number of all crises."""
    return next(m for m in whole.measures if m.id == metric and m.group == {})


def _crises(whole: Section, mine: Sequence[Measure]) -> pd.DataFrame:
    facts = whole.frames["crises"].set_index("code")
    rows = [
        (m.id, code, facts["title"][code], facts["began"][code], *_shown(m))
        for m in mine
        for code in [m.group["crisis"]]
    ]
    frame = _typed(pd.DataFrame(rows, columns=["id", "crisis", "label", "began", *_ROW]))
    return frame.sort_values(["began", "crisis"], ascending=[False, True], na_position="last", ignore_index=True)


def _shown(m: Measure) -> tuple[object, ...]:
    e: Estimate = m.estimate
    value = e.number if e.status in (Status.OK, Status.LOWER_BOUND) else None
    return value, e.lo, e.hi, e.unit, e.status.value, m.target, e.reason, e.better.value


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(("value", "lo", "hi", "target"), "float64"))
