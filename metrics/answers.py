"""What many crises answer to one question: which times have ended, which still run, which were missed.

ANSWERS is a frame with one row a crisis: crisis (its code), began (t₀ in UTC or NaT), value, lo, hi and target (in the
unit of the interval, NaN where there is none), status (of `metrics.estimate.Status`), missed (bool).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.estimate import Estimate, Status
from metrics.survival import Flags, Times
from metrics.targets import is_missed
from metrics.words import listed, plural

COLUMNS = {
    "crisis": "object",
    "began": "datetime64[us, UTC]",
    "value": "float64",
    "lo": "float64",
    "hi": "float64",
    "target": "float64",
    "status": "object",
    "missed": "bool",
}


def answers(rows: Iterable[tuple[str, pd.Timestamp | None, Estimate, float | None]]) -> pd.DataFrame:
    """ANSWERS from code, t₀, estimate and target of each crisis."""
    made = [
        (code, began, e.number, e.lo, e.hi, target, e.status.value, is_missed(e)) for code, began, e, target in rows
    ]
    return pd.DataFrame(made, columns=list(COLUMNS)).astype(COLUMNS)


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """The rows of ANSWERS that say something about a time, in no order.

    Attributes
    ----------
    rows : DataFrame
        ANSWERS of these crises.
    ended : array of bool
        Whether the time is over; the others are censored.
    left_out : int
        Crises of which the time can't be told: nobody recorded an end of it, or its ends contradict.
    """

    rows: pd.DataFrame
    ended: Flags
    left_out: int

    @property
    def running(self) -> int:
        return int((self.rows["status"] == Status.LOWER_BOUND).sum())

    @property
    def missed(self) -> int:
        return int(self.rows["missed"].sum())

    @property
    def to_the_day(self) -> int:
        """Those that have ended and are known only to the day."""
        return int((self.ended & (self.rows["lo"] < self.rows["hi"]).to_numpy()).sum())

    def times(self, end: str = "value") -> Times:
        """Their times, infinite where missed; `end` is lo or hi for the bounds of those known only to the day."""
        bounded = self.rows[end].where(self.ended & self.rows[end].notna(), self.rows["value"])
        return bounded.mask(self.rows["missed"], np.inf).to_numpy(dtype="float64")

    def readings(self) -> tuple[Times, ...]:
        """The times midway, and where some are known only to the day also as short and as long as they may be."""
        ends = ("value", "lo", "hi") if self.to_the_day else ("value",)
        return tuple(self.times(end) for end in ends)

    @property
    def counts(self) -> str:
        """What became of them: ``4 done, 1 still running, 1 missed``."""
        told = ((int(self.ended.sum()), "done"), (self.running, "still running"), (self.missed, "missed"))
        return ", ".join(f"{count} {word}" for count, word in told if count)

    def said(self) -> str:
        """Who is counted: ``6 crises: 4 done, 2 missed; 2 left out, with times missing or in the wrong order``."""
        told = f"{plural(len(self.rows), 'crisis', 'crises')}: {self.counts}"
        if self.left_out:
            told += f"; {self.left_out} left out, with times missing or in the wrong order"
        if self.to_the_day:
            told += f"; {self.to_the_day} known only to the day, midway in the value, at both bounds in the interval"
        return told


def observed(frame: pd.DataFrame, *, judged: bool = False) -> Observed:
    """Which crises of ANSWERS say something; with `judged` only those that have a target."""
    counts = frame["status"].isin([Status.OK, Status.LOWER_BOUND]) & frame["value"].notna()
    says = counts | frame["missed"]
    asked = frame["target"].notna() if judged else pd.Series(data=True, index=frame.index)
    rows = frame[says & asked].reset_index(drop=True)
    return Observed(rows, (rows["status"] == Status.OK).to_numpy(dtype=bool), int((~says & asked).sum()))


def clash(frame: pd.DataFrame) -> str | None:
    """Why crises can't be counted: codes that differ only in case, or the same one twice, stand for one crisis."""
    folded = frame["crisis"].astype(str).str.strip().str.casefold()
    twice = sorted({str(code) for code in frame.loc[folded.duplicated(keep=False), "crisis"]})
    return f"one code stands for several crises: {listed(twice)}" if twice else None
