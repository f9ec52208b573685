"""From typed rows to stored records, one module per kind of file."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin
from importers.context import Context
from importers.streams import engagement, incidents, learning, plans, reputation, surveys
from importers.streams.base import Outcome

#: What a row of a sheet is → how it is stored. The order is that in which sheets and files are stored.
STORE: dict[str, Callable[[Session, pd.DataFrame, Origin, Context], Outcome]] = {
    "crises": incidents.store_crises,
    "events": incidents.store_events,
    "posts": engagement.store_posts,
    "daily": engagement.store_daily,
    "scores": reputation.store_scores,
    "answers": surveys.store_answers,
    "steps": plans.store_steps,
    "gaps": learning.store_gaps,
    "lessons": learning.store_lessons,
    "activities": learning.store_culture,
}
