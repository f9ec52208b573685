"""What employees may read of the lessons: summaries that somebody reviewed, of nobody and of no group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.lesson_paths import HELD
from data.queries import lessons as queries
from data.queries.protected import masker
from data.share_safe import problems
from metrics.findings import lessons as say
from reports.sections.lesson_board import in_full
from reports.sections.scope import Portfolio

#: Kind and status of a lesson → the heading under which employees find it, in their order.
HEADINGS = ("What worked, and what we keep doing", "What we do differently now", "What we are changing")


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson as employees read it; `reviewed_on` is a local day. Code and reviewer are for those who keep the digest."""

    text: str
    heading: str
    code: str
    reviewed_on: pd.Timestamp
    reviewed_by: str


@dataclass(frozen=True, slots=True)
class Digest:
    """The lines in the order of their headings; what approved lessons wait for: codes to be reviewed, codes without a
    summary. `finding` says so in one sentence.
    """

    company: str
    day: pd.Timestamp
    lines: tuple[Line, ...]
    waiting: tuple[str, ...]
    lacking: tuple[str, ...]
    finding: str

    def under(self, heading: str) -> list[Line]:
        return [line for line in self.lines if line.heading == heading]


def digest(of: Portfolio) -> Digest:
    """The digest of the lessons that were approved, as of the portfolio's moment.

    A lesson of a restricted or privileged crisis stays out whoever asks, and so does a summary that is another by now
    than the one that was reviewed, or that names a group.
    """
    found = in_full(of)
    held = found[found["status"].isin([status.value for status in HELD])]
    kept_back = int(held["withheld"].sum())
    held = held[~held["withheld"]]
    mask, groups = masker(of.session), queries.groups(of.session)
    lines, waiting, lacking = [], [], []
    for row in held.to_dict("records"):
        text = mask.text(" ".join((row["share_safe"] or "").split()))
        if not text:
            lacking.append(str(row["code"]))
        elif row["reviewed_summary"] != row["share_safe"] or problems(text, groups):
            waiting.append(str(row["code"]))
        else:
            lines.append(_line(of, row, text))
    lines.sort(key=lambda line: (HEADINGS.index(line.heading), line.code))
    finding = say.digest(len(lines), len(waiting), len(lacking), kept_back)
    company = str(of.settings["company.name"] or "")
    return Digest(mask.text(company), of.today, tuple(lines), tuple(waiting), tuple(lacking), finding)


def _line(of: Portfolio, row: dict[Any, Any], text: str) -> Line:
    later = HEADINGS[2] if row["status"] == "approved" else HEADINGS[1]
    heading = HEADINGS[0] if row["kind"] == "strength" else later
    day = row["reviewed_at"].tz_convert(of.settings.zone).tz_localize(None).normalize()
    return Line(text, heading, str(row["code"]), day, str(row["reviewed_by"]))
