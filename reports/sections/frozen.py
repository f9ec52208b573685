"""The pack as a signature freezes it, and as it is read again, by this version or a later one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from metrics.catalogue import ALL
from metrics.estimate import Estimate, Status
from reports.sections.pack import pack_of
from reports.sections.scope import portfolio, shared

#: Of a definition, what changes what its number means.
_DEFINED = ("label", "unit", "definition", "formula", "edge_cases", "source")
_UNKNOWN = "recorded by another version of Aftermath"

Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a pack. `files` are the batches and sheets that it came from, with their rows; `survey` says that
    people's answers stand behind it.
    """

    id: str
    label: str
    group: Mapping[str, str]
    estimate: Estimate
    target: float | None
    files: Mapping[tuple[int | None, str | None], tuple[str, str | None]]
    survey: bool

    @property
    def key(self) -> Key:
        return self.id, tuple(sorted(self.group.items()))


def freeze(session: Session, viewer: Viewer, code: str, as_of: datetime) -> dict[str, Any]:
    """The pack of a crisis as all who may see the crisis see it, with the definition of each number and the settings.

    Raises
    ------
    reports.sections.scope.UnknownCrisis
        If the viewer may see no crisis with this code.
    """
    of = shared(portfolio(session, viewer, as_of), code)
    pack = pack_of(of.find(code))
    named = sorted({metric["id"] for metric in pack["metrics"]})
    return pack | {
        "definitions": {name: defined(name) for name in named},
        "settings": of.settings.as_dict(),
    }


def defined(metric: str) -> dict[str, str]:
    """What a metric means in this version."""
    about = ALL[metric]
    return {field: getattr(about, field) for field in _DEFINED}


def numbers(pack: Mapping[str, Any]) -> dict[Key, Number]:
    """The numbers of a pack, whichever version froze it: what it lacks is left out, what it has too many is not read."""
    found = (_number(metric) for metric in _list(pack.get("metrics")) if isinstance(metric, Mapping))
    return {number.key: number for number in found}


def part(pack: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A named part of a pack; empty where a version wrote none, or something else."""
    found = pack.get(name)
    return found if isinstance(found, Mapping) else {}


def seen_from(pack: Mapping[str, Any]) -> datetime | None:
    """The moment a pack is seen from, if it says one that can be read; in UTC unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(str(pack.get("as_of")))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def unsigned(pack: Mapping[str, Any], present: Mapping[str, Any]) -> list[str]:
    """The labels of the metrics that a pack made now holds and a signed one does not, in order."""
    signed = {number.id for number in numbers(pack).values()}
    return list(dict.fromkeys(one.label for one in numbers(present).values() if one.id not in signed))


def _number(metric: Mapping[str, Any]) -> Number:
    name = str(metric.get("id", "unnamed"))
    about, sources = ALL.get(name), part(metric, "sources")
    group = {str(k): str(v) for k, v in part(metric, "group").items()}
    return Number(
        name,
        str(metric.get("label") or (about.label if about else name)),
        group,
        _estimate(metric),
        _float(metric.get("target")),
        {
            (_whole(file.get("batch")), _text(file.get("sheet"))): (
                str(file.get("file", "a file")),
                _text(file.get("rows")),
            )
            for file in _list(sources.get("files"))
            if isinstance(file, Mapping)
        },
        survey="wave" in group or ("rows" in sources and sources["rows"] is None),
    )


def _estimate(metric: Mapping[str, Any]) -> Estimate:
    given, told = metric.get("value"), str(metric.get("status"))
    value = given if isinstance(given, str) else _float(given)
    known = told in set(Status)
    status = Status(told) if known and (told != Status.OK or value is not None) else Status.UNDEFINED
    return Estimate(
        value=value,
        lo=_float(metric.get("lo")),
        hi=_float(metric.get("hi")),
        unit=str(metric.get("unit") or ""),
        n=_whole(metric.get("n")) or 0,
        status=status,
        reason=_text(metric.get("reason")) or (None if status is Status.OK else _UNKNOWN),
        basis=_text(metric.get("basis")),
    )


def _float(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return float(value) if is_number else None


def _whole(value: Any) -> int | None:
    number = _float(value)
    return None if number is None else int(number)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
