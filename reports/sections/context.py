"""What else happened: the context markers that every time axis draws."""

from __future__ import annotations

import pandas as pd

from data.queries import markers
from reports.sections.scope import Portfolio


def context(of: Portfolio) -> pd.DataFrame:
    """Columns date and title, oldest first, up to the day looked from; read once a portfolio."""
    if not of.noted:
        found = markers.markers(of.session, of.viewer, of.today.date())
        of.noted.append(found[["date", "title"]])
    return of.noted[0]
