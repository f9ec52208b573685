"""What reading a file needs to know beside the file: how it was asked for, and what the database already holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

import pandas as pd

from data.enums import Audience, Stream
from data.keys import folded


@dataclass(frozen=True, slots=True)
class Options:
    """How the import was asked for: the options of ``python -m importers``."""

    kind: Stream | None = None
    sheet: str | None = None
    crisis: str | None = None
    wave: str | None = None
    audience: Audience | None = None
    source: str | None = None
    mapping: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal["comma", "point"] | None = None
    timezone: str | None = None
    strict: bool = False

    def as_dict(self) -> dict[str, Any]:
        """What was chosen, defaults left out; `strict` is about the call, not about what is stored."""
        chosen = {name: value for name, value in asdict(self).items() if value is not None and name != "strict"}
        return {name: str(value) for name, value in chosen.items()}

    def as_json(self) -> str:
        """A text that is the same for the same options; part of a batch's fingerprint."""
        return json.dumps(self.as_dict(), sort_keys=True)


@dataclass(slots=True)
class Context:
    """The options and what stands in the database. `crisis_zones` grows while a workbook's sheets are read."""

    options: Options
    company: str | None
    company_zone: str
    today: date
    k: int
    paired: bool
    crisis_zones: dict[str, str] = field(default_factory=dict)

    @property
    def file_zone(self) -> str:
        """The zone of timestamps without an offset whose crisis names none."""
        return self.options.timezone or self.company_zone

    def zones(self, raw: pd.DataFrame) -> str | pd.Series:
        """The zone of each raw row: its own, else its crisis's, else the file's."""
        zones = pd.Series(self.file_zone, index=raw.index, dtype=object)
        if "crisis" in raw:
            known = raw["crisis"].map(lambda code: self.crisis_zones.get(folded(str(code))))
            zones = known.fillna(zones).astype(object)
        if "timezone" in raw:
            own = raw["timezone"].map(lambda zone: str(zone).strip() if zone else None)
            zones = own.fillna(zones).astype(object)
        return zones if zones.nunique() > 1 else (zones.iloc[0] if len(zones) else self.file_zone)
