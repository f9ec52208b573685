"""The one shape in which every number leaves `metrics`: a value that knows how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What an estimate's value means; anything but ``ok`` carries a reason."""

    OK = "ok"
    LOWER_BOUND = "lower_bound"
    NOT_REACHED = "not_reached"
    INSUFFICIENT_N = "insufficient_n"
    UNDEFINED = "undefined"
    SUPPRESSED = "suppressed"
    CODED = "coded"
    INVALID_ORDER = "invalid_order"
    NOT_APPLICABLE = "not_applicable"


class Better(StrEnum):
    """In which direction an improvement of the metric goes."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its 95 % interval, unit, sample size and standing.

    Attributes
    ----------
    value : float, str or None
        A number in `unit`, an ISO date where `unit` is ``"date"``, or a letter where it is ``"rating"``; None where there
        is nothing to show.
    lo, hi : float or None
        The 95 % interval, or the bounds where `basis` says so.
    n : int
        How many observations stand behind the value.
    reason : str or None
        For a status other than ``ok``: why, in words a person can read.
    basis : str or None
        What was compared with what.

    Raises
    ------
    ValueError
        If a status other than ``ok`` has no reason, or an ``ok`` one has no value.
    """

    value: float | str | None = None
    lo: float | None = None
    hi: float | None = None
    unit: str
    n: int = 0
    status: Status = Status.OK
    reason: str | None = None
    basis: str | None = None
    better: Better = Better.NONE

    def __post_init__(self) -> None:
        if self.status is not Status.OK and not self.reason:
            raise ValueError(f"an estimate that is {self.status} needs a reason")
        if self.status is Status.OK and self.value is None:
            raise ValueError("an estimate that is ok needs a value")
        for number in (self.value, self.lo, self.hi):
            if isinstance(number, float) and number != number:
                raise ValueError("an estimate never holds NaN: use None and a reason")

    @property
    def number(self) -> float | None:
        """The value if it is a number, else None (dates, letters, withheld and undefined values)."""
        return None if self.value is None or isinstance(self.value, str) else float(self.value)


def absent(status: Status, reason: str, *, unit: str, better: Better = Better.NONE, n: int = 0) -> Estimate:
    """An estimate without a value, and why there is none."""
    return Estimate(unit=unit, status=status, reason=reason, better=better, n=n)
