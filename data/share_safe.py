"""Whether a summary may go to all employees: it names no person and no group, as far as a machine can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.masking import WITHHELD

_ADDRESS = re.compile(r"(?<!\w)@\w+|\S+@\S+\.\w+|https?://")


def problems(text: str, groups: Iterable[str]) -> list[str]:
    """What stands against showing it to everybody, in words; whoever reviews it judges the rest.

    Parameters
    ----------
    groups : iterable of str
        Departments and locations. Any is too much, whatever its size: to pass only the large ones would tell the small.
    """
    found = []
    if WITHHELD in text:
        found.append("a protected name stands in it")
    if _ADDRESS.search(text):
        found.append("an address or a handle stands in it")
    named = sorted(name for name in set(groups) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    found += [f"it names the group “{name}”" for name in named]
    return found
