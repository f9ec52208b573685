"""`methods.md`: every number that is computed, from the declarations in `metrics`."""

from __future__ import annotations

from docs.markdown import document, table
from metrics.catalogue import GROUPS
from metrics.definition import Metric

_INTRODUCTION = """\
Every number leaves the app with its unit, its 95 % interval or bounds where it has any, how many observations stand
behind it, and its standing. Where there is no number there is a word and a reason instead; a number is never guessed.

**Day 0** is the local day on which the crisis started. A time known only to its day gives bounds instead of a number. A
source that says “house” is a choice of this project, made where no publication settles it.

**Business hours** lie between the settings `company.opens` and `company.closes` on the working days of the country in
`company.holidays` (without one: Monday to Friday), on the crisis's own clock. A time in business hours is the sum over
local days of its overlap with them; without any overlap it is 0."""

_STANDINGS = (
    ("ok", "a value", "as computed"),
    ("lower_bound", "at least …", "still running: the value grows until the step is recorded"),
    ("not_reached", "not yet", "the step has not come, and may still"),
    ("insufficient_n", "too few", "not enough observations for a number"),
    ("undefined", "not recorded", "what the number is made of was never recorded; “missed” once the crisis is over"),
    ("suppressed", "hidden", "so few people answered that one of them could be recognised"),
    ("coded", "at most … or at least …", "nearly all or nearly none answered so; the exact share would give them away"),
    ("invalid_order", "times contradict", "the recorded times run backwards"),
    ("not_applicable", "does not apply", "the question makes no sense here"),
)
_BETTER = {"lower": "lower", "higher": "higher", "none": "neither"}


def text() -> str:
    """The document."""
    return document(
        "# Methods",
        _INTRODUCTION,
        "## What stands where a number would",
        table(["Standing", "Shown as", "Means"], [(f"`{status}`", *words) for status, *words in _STANDINGS]),
        "A target of a metric is that of the crisis plan in force, else the company's:\n"
        "`python -m data set targets.time_to_first_statement 3`, in the unit given here.",
        *(part for title, group in GROUPS.items() for part in (f"## {title}", _group(group))),
    )


def _group(metrics: tuple[Metric, ...]) -> str:
    return table(
        ["Metric", "Is", "Unit", "Better", "Source"],
        [
            (f"{metric.label}<br>`{metric.id}`", _said(metric), metric.unit, _BETTER[metric.better], metric.source)
            for metric in metrics
        ],
    )


def _said(metric: Metric) -> str:
    return "<br>".join(part for part in (metric.definition, metric.formula, metric.edge_cases) if part)
