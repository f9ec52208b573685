"""Looking for traps costs next to nothing beside reading the file."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from importers.check import Checked
from importers.context import Context, Options
from importers.formats.template_engagement import POSTS
from importers.identify import Match
from importers.sheet import Sheet
from importers.traps import warnings

ROWS = 100_000


def checked() -> Checked:
    draw = random.Random(1)
    names = ["posted_at", "platform", "post_id", "source", "topic", "text", "impressions", "likes"]
    begun = datetime(2026, 3, 1, tzinfo=UTC)
    said = ["people", "said", "never", "thread", "outage", "customers", "angry"]
    columns = {
        "posted_at": pd.to_datetime([begun + timedelta(seconds=draw.randrange(5_000_000)) for _ in range(ROWS)]),
        "platform": [draw.choice(["X", "Reddit"]) for _ in range(ROWS)],
        "post_id": [str(draw.randrange(10**18, 10**19)) for _ in range(ROWS)],
        "source": ["feed"] * ROWS,
        "topic": ["thread"] * ROWS,
        "text": [" ".join(draw.choices(said, k=8 if n % 10 else 1)) for n in range(ROWS)],
        "impressions": list(range(ROWS)),
        "likes": list(range(ROWS)),
    }
    rows = pd.DataFrame(columns, index=range(2, ROWS + 2))
    for name in ("platform", "post_id", "source", "topic", "text"):
        rows[name] = rows[name].astype(object)
    raw = [list(values) for values in rows.astype(object).itertuples(index=False, name=None)]
    return Checked(Match(Sheet(None, [names, *raw]), POSTS, 0), rows, ROWS)


def test_of_100_000_ordinary_posts_little_is_said() -> None:
    sheet = checked()
    context = Context(Options(), company=None, company_zone="UTC", today=date(2026, 11, 1), k=5, paired=False)
    assert len(warnings(sheet, context)) <= 6
