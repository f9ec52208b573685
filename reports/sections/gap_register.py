"""The register as the Plan gaps page shows it: every gap with its age, its deadlines and what became of its fixes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from metrics.ageing import ageing
from reports.sections.base import Section
from reports.sections.gaps import allowed, gaps_of_all
from reports.sections.scope import Portfolio


def gap_register(of: Portfolio) -> Section:
    """As `reports.sections.gaps.gaps_of_all`, with the columns of `metrics.ageing.ageing` in `gaps`, found_in (the title
    of its crisis, or None), back_in (what the crises are called in which it came back) and is_overdue. Frame `tries` as
    there.
    """
    section = gaps_of_all(of)
    gaps = section.frames["gaps"]
    gaps = pd.concat([gaps, ageing(gaps, of.today, allowed(of))], axis="columns")
    titles = {crisis["code"]: crisis["title"] for crisis in of.crises}
    found_in = pd.Series([titles.get(code) for code in gaps["crisis"]], index=gaps.index, dtype=object)
    back_in = gaps["came_back_in"].map(lambda codes: [of.names[code] for code in codes])
    gaps = gaps.assign(found_in=found_in, back_in=back_in, is_overdue=gaps["due_in_days"] < 0)
    return replace(section, name="gap_register", frames={**section.frames, "gaps": gaps})
