"""What the exports of a company's own channels share: every row is its own, by the platform's own ids."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.enums import PostKind
from importers.context import Context
from importers.formats.combine import without
from importers.formats.native import native_ids
from importers.issues import Severity, issue
from importers.sheet import Sheet
from importers.table import Raw

Expand = Callable[[pd.DataFrame, Context], pd.DataFrame]


def own_posts(source: str, platform: str | None = None) -> Expand:
    """Posts of the company; without a platform, the rows name theirs."""

    def expand(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
        where = rows["platform"] if platform is None else pd.Series(platform, index=rows.index, dtype=object)
        return rows.assign(platform=where, post_id=native_ids(rows, where), kind=PostKind.OWNED.value, source=source)

    return expand


def own_days(source: str, platform: str | None = None) -> Expand:
    """Totals of a day of the company's posts; how many there were stays empty where the export doesn't say."""

    def expand(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
        where = rows["platform"] if platform is None else platform
        return rows.assign(platform=where, kind=PostKind.OWNED.value, source=source)

    return expand


def not_counted(raw: Raw, sheet: Sheet) -> Raw:
    """The raw table, with a word on it where it does not count posts."""
    if "posts" not in raw.cells:
        raw.issues.append(issue("posts-not-counted", severity=Severity.INFO, sheet=sheet.name))
    return raw


def dropping(expand: Expand, *fields: str) -> Expand:
    """As `expand`, without fields that only tell whether a row counts."""
    return lambda rows, context: without(expand(rows, context), *fields)
