"""What reading a file needs to know beside the file: how it was asked for, and what the database already holds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import available_timezones

import pandas as pd

from data.enums import Audience, Stream
from data.keys import folded
from data.term_rules import TermRule
from importers.values import text

if TYPE_CHECKING:
    from importers.mapping.model import Mapping
    from importers.streams.told import Told


@dataclass(frozen=True, slots=True)
class Options:
    """How the import was asked for: the options of ``python -m importers``.

    `mapping` is the name of a saved one, or one at hand. `over_hand`: the file wins over what was entered by hand.
    """

    kind: Stream | None = None
    sheet: str | None = None
    crisis: str | None = None
    wave: str | None = None
    audience: Audience | None = None
    source: str | None = None
    mapping: str | Mapping | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal["comma", "point"] | None = None
    timezone: str | None = None
    strict: bool = False
    over_hand: bool = False

    def as_dict(self) -> dict[str, Any]:
        """What was chosen, defaults left out; `strict` is about the call, not about what is stored."""
        chosen = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "strict"}
        if self.mapping is not None and not isinstance(self.mapping, str):
            chosen["mapping"] = self.mapping.name
        return {name: str(value) for name, value in chosen.items() if value is not None and value is not False}

    def as_json(self) -> str:
        """A text that is the same for the same options; part of a batch's fingerprint."""
        return json.dumps(self.as_dict(), sort_keys=True)


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones()}


def zone_name(said: str) -> str | None:
    """A time zone as the IANA database spells it; None if there is none of that name."""
    return _zones().get(said.casefold())


@dataclass(slots=True)
class Context:
    """The options and what stands in the database. `crisis_zones` grows while a workbook's sheets are read.

    `mapping` is the one that was asked for; `mappings` are saved ones made for a header of the file. `told` are the
    posts that earlier chunks of a sheet told without id, where it is read in chunks.
    """

    options: Options
    company: str | None
    company_zone: str
    today: date
    k: int
    paired: bool
    crisis_zones: dict[str, str] = field(default_factory=dict)
    mapping: Mapping | None = None
    mappings: tuple[Mapping, ...] = ()
    topics: dict[str, TermRule] = field(default_factory=dict)
    told: Told | None = None

    @property
    def file_zone(self) -> str:
        """The zone of timestamps without an offset whose crisis names none."""
        return zone_name(self.options.timezone or "") or self.company_zone

    def zones(self, raw: pd.DataFrame) -> str | pd.Series:
        """The zone of each raw row: its own if there is one of that name, else its crisis's, else the file's."""
        zones = pd.Series(self.file_zone, index=raw.index, dtype=object)
        if "crisis" in raw:
            known = [self.crisis_zones.get(folded(code or "")) for code in text(raw["crisis"]).values]
            zones = pd.Series(known, index=raw.index, dtype=object).fillna(zones)
        if "timezone" in raw:
            own = [zone_name(zone or "") for zone in text(raw["timezone"]).values]
            zones = pd.Series(own, index=raw.index, dtype=object).fillna(zones)
        distinct = set(zones)
        return zones if len(distinct) > 1 else next(iter(distinct), self.file_zone)
