"""The pack as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def text(pack: Mapping[str, Any]) -> str:
    """The document as INTERFACES describes it.

    Raises
    ------
    ValueError
        If a number in the pack is not finite: JSON has no word for it.
    """
    return json.dumps(pack, ensure_ascii=False, indent=1, allow_nan=False)
