"""What a crisis's numbers are now, against those that were signed, and why they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

from data.queries.changes import Changes
from metrics.catalogue import ALL
from metrics.estimate import Estimate
from metrics.words import date, listed, plural
from reports.sections.frozen import Number, numbers, part, seen_from
from reports.sections.wording import interval, value, with_unit

Pack = Mapping[str, Any]
_TOO_NEAR = "not set beside it"


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that differs. `of` is what it is broken down by, `signed` and `present` are as a person reads them;
    `ran_on` says that no data changed: it counts on with time, as what is still open does.
    """

    label: str
    of: str | None
    signed: str
    present: str
    why: str
    ran_on: bool = False


def differences(signed: Pack, present: Pack, then: Callable[[], Pack], since: Changes, k: int) -> list[Difference]:
    """The signed numbers that are others now, those that only ran on last; what nobody signed is none.

    Parameters
    ----------
    signed, present
        The pack as it was signed, and the same made now.
    then
        Makes the pack of the present data as seen from the signed moment; asked only if something differs.
    since
        What was imported, undone and edited since the signature.
    k
        Least number of answers that must lie between two figures of a survey for both to be shown beside each other.
    """
    old, new = numbers(signed), numbers(present)
    moved = [key for key, number in old.items() if not _same(number, new.get(key))]
    if not moved:
        return []
    same_moment = seen_from(signed) in (None, seen_from(present))
    again = new if same_moment else numbers(then())
    causes = _Causes(signed, present, since)
    found = [_difference(old[key], new.get(key), again.get(key), causes, k) for key in moved]
    return sorted(found, key=lambda one: one.ran_on)


def headline(found: list[Difference]) -> str:
    """The state in one sentence: what only ran on with time is no difference from what was signed."""
    ran_on = sum(one.ran_on for one in found)
    count = len(found) - ran_on
    more = f"{plural(ran_on, 'number')} ran on with time"
    if not count:
        return "Every number is as it was signed." if not ran_on else f"Every number is as it was signed; {more}."
    told = f"{plural(count, 'number')} {'differs' if count == 1 else 'differ'} from those signed"
    return f"{told}; {ran_on} more ran on with time." if ran_on else f"{told}."


@dataclass(frozen=True, slots=True)
class _Causes:
    signed: Pack
    present: Pack
    since: Changes

    def of(self, old: Number, new: Number | None, then: Number | None) -> str:
        """Why a number differs: the first of time, rows, definition and settings that accounts for it."""
        if _ran_on(old, new, then):
            now, before = self._day(self.present), self._day(self.signed)
            return "time went on" if now == before else f"time went on: seen from {now}, not {before}"
        told = [*self._rows(old, new), *self._definition(old), *self._settings()]
        return "; ".join(told) or self._anything()

    @staticmethod
    def _day(pack: Pack) -> str:
        moment = seen_from(pack)
        return "another day" if moment is None else date(moment)

    def _rows(self, old: Number, new: Number | None) -> Iterator[str]:
        now = {} if new is None else new.files
        for (batch, sheet), (file, rows) in now.items():
            if batch is None and (None, sheet) not in old.files:
                yield "entered or corrected by hand"
            elif batch in self.since.imported:
                at = "" if rows is None else f", {'row' if rows.isdecimal() else 'rows'} {rows}"
                yield f"import {batch} ({file}{'' if sheet is None else f', sheet {sheet}'}{at})"
        for batch in dict.fromkeys(batch for batch, _ in old.files):
            if batch is not None and batch in self.since.undone:
                yield f"import {batch} ({self.since.undone[batch]}) was undone"

    def _definition(self, old: Number) -> Iterator[str]:
        if old.id not in ALL:
            yield "this version of Aftermath does not know the number"
            return
        then, now = (part(pack, "definitions").get(old.id) for pack in (self.signed, self.present))
        if then is not None and then != now:
            yield "it is defined otherwise in this version of Aftermath"

    def _settings(self) -> Iterator[str]:
        then, now = (part(pack, "settings") for pack in (self.signed, self.present))
        for name in sorted(then.keys() | now.keys()):
            if then and then.get(name) != now.get(name):
                yield f"setting {name} was {_setting(then.get(name))}, is {_setting(now.get(name))}"

    def _anything(self) -> str:
        """All that was changed since, where nothing says which change it was."""
        told = [f"import {batch} ({file})" for batch, file in self.since.imported.items()]
        told += [f"import {batch} ({file}) was undone" for batch, file in self.since.undone.items()]
        told += [f"{action} ({count} times)" if count > 1 else action for action, count in self.since.edits.items()]
        return f"one of the changes since: {listed(told)}" if told else "nobody recorded why"


def _ran_on(old: Number, new: Number | None, then: Number | None) -> bool:
    """Whether it is as it was signed when it is looked at from the signed moment."""
    return new is not None and _same(old, then)


def _setting(chosen: Any) -> str:
    if isinstance(chosen, bool):
        return "on" if chosen else "off"
    return "not set" if chosen is None else str(chosen)


def _difference(old: Number, new: Number | None, then: Number | None, causes: _Causes, k: int) -> Difference:
    why = causes.of(old, new, then)
    of = ", ".join(old.group.values()) or None
    if new is None:
        return Difference(old.label, of, read(old), "no longer measured", why)
    if _would_tell(old, new, k):
        return Difference(old.label, of, read(old), _TOO_NEAR, f"{why}; the two together could tell single answers")
    a, b = read(old), read(new)
    ran_on = _ran_on(old, new, then)
    if a == b:
        a, b = (f"{text} ({number.estimate.value})" for text, number in ((a, old), (b, new)))
    return Difference(old.label, of, a, b, why, ran_on)


def _would_tell(old: Number, new: Number, k: int) -> bool:
    """Whether fewer than k answers lie between two figures of a survey."""
    both = old.estimate.value is not None and new.estimate.value is not None
    return old.survey and both and new.estimate.n - old.estimate.n < k


def read(number: Number) -> str:
    """A number with its interval and target, as a person reads it."""
    e = number.estimate
    told = _value(e, number.id)
    if (around := interval(e, number.id)) is not None:
        told += f" ({around})"
    return told if number.target is None else f"{told}, target {with_unit(number.target, e.unit, number.id)}"


def _value(e: Estimate, metric: str) -> str:
    try:
        return value(e, metric)
    except ValueError:  # a date as another version wrote it
        return str(e.value)


def _same(old: Number, new: Number | None) -> bool:
    if new is None or old.estimate.status is not new.estimate.status:
        return False
    a, b = old.estimate, new.estimate
    return all(map(_close, (a.value, a.lo, a.hi, old.target), (b.value, b.lo, b.hi, new.target)))


def _close(a: float | str | None, b: float | str | None) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    return a == b
