"""Whether the ground is prepared, department by department and quarter by quarter, and beside it what the crises show."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from metrics import culture
from metrics.estimate import Estimate, Status
from metrics.findings import culture as say
from metrics.words import percent
from reports.sections.base import Section
from reports.sections.culture import prepared
from reports.sections.scope import Portfolio

#: What is shown → the metric of shares or the kind of entry that it counts.
SHOWN = {
    "Training": "training_completion", "Policy": "policy_acknowledged", "Workshops": "workshop",
    "Ambassadors": "ambassador", "Recognitions": "recognition", "Check-ins": "check_in",
    "Feedback sessions": "feedback_session",
}  # fmt: skip
#: Quarters in a table; the latest.
_QUARTERS = 6
_CRISES = ["code", "title", "began", "category", "policy_section", "severity"]


def culture_page(of: Portfolio) -> Section:
    """`prepared`, with more frames: one for each of `SHOWN`, with a row a department and a column a quarter in words; and
    `crises`, newest first. Facts: what the crises show, in one sentence.
    """
    told = prepared(of)
    log = told.frames["activities"]
    tables = {name: _table(key, log) for name, key in SHOWN.items()}
    crises = _crises(of)
    shown = say.misconduct(crises["category"].tolist(), crises["policy_section"].tolist())
    return replace(told, frames={**told.frames, **tables, "crises": crises}, facts={"misconduct": shown})


def _table(key: str, log: pd.DataFrame) -> pd.DataFrame:
    if key in culture.COMPLETED:
        cells = {place: _share(found) for place, found in culture.by_department_and_quarter(key, log).items()}
        lacking = "not recorded"
    else:
        cells = {place: str(n) for place, n in culture.tally(key, log).items()}
        lacking = "0"
    quarters = list(dict.fromkeys(quarter for _, quarter in cells))[-_QUARTERS:]
    names = sorted({name for name, _ in cells}, key=lambda name: (name == culture.OTHERS, name.casefold()))
    rows = [[name, *(cells.get((name, quarter), lacking) for quarter in quarters)] for name in names]
    return pd.DataFrame(rows, columns=["Department", *quarters], dtype=object)


def _share(found: Estimate) -> str:
    if found.status is Status.SUPPRESSED:
        return "hidden"
    if found.number is None:
        return "not counted"
    return f"{percent(found.number)} of {found.n:,}"


def _crises(of: Portfolio) -> pd.DataFrame:
    rows = [(s.crisis["code"], s.crisis["title"], s.day0, *(s.crisis[name] for name in _CRISES[3:])) for s in of.each()]
    found = pd.DataFrame(rows, columns=_CRISES, dtype=object).astype({"began": "datetime64[us]", "severity": "float64"})
    return found.sort_values(["began", "code"], ascending=False, na_position="last").reset_index(drop=True)
