"""How much of a table of groups is hidden, in words: a number would help to work out what is hidden."""

from __future__ import annotations

import pandas as pd

_WORDS = ((0.25, "A small part"), (0.5, "Less than half"), (1.0, "More than half"))


def hidden(groups: pd.DataFrame, what: str = "departments") -> str | None:
    """One sentence on what is hidden of GROUPS rows, of one wave or several; None where there are none.

    `what` names the groups, in the plural.
    """
    if groups.empty:
        return None
    share = float(groups["withheld"].notna().mean())
    banded = " Shares near none or all are shown as a band." if groups["coded"].notna().any() else ""
    if share == 0:
        return f"No {what} are hidden.{banded}"
    why = "because too few people answered, or because others could be worked out from them"
    if share == 1:
        return f"All {what} are hidden: {why}."
    if share == 0.5:
        return f"Half of what {what} answered is hidden, {why}.{banded}"
    part = next(words for most, words in _WORDS if share < most)
    return f"{part} of what {what} answered is hidden, {why}.{banded}"


def waits(wave: str) -> str:
    """That answers came which are not shown yet."""
    return (
        f"More answers came to {wave} after its numbers were first shown. They are kept back until enough have come that "
        "nobody's can be told from the difference."
    )
