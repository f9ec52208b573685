"""One question of one wave with its answers, as it goes into the decision of what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from data.enums import QuestionKind

Cut = Literal["department", "location", "tenure"]
CUTS: tuple[Cut, ...] = ("department", "location", "tenure")

#: Numbers of a figure.
NUMBERS = ("n", "favourable", "mean", "sd", "promoters", "detractors")
Figure = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One question of one wave with its answers, added up.

    `answers` has one row for each answer, group in every cut and batch: value, department, location, tenure, batch, n.
    `summary` is what a tool had added up for everybody instead: n, favourable (count) and mean.
    """

    question_id: int
    kind: str
    scale: tuple[float, float] | None
    favourable_from: float | None
    k: int
    answers: pd.DataFrame
    summary: Mapping[str, float | None] | None = None

    @property
    def by_group(self) -> bool:
        """Whether groups may be shown at all: of questions whose favourable answers are known one by one."""
        return self.summary is None and self.kind == QuestionKind.SCALE and self.favourable_from is not None

    @property
    def scale_told(self) -> str:
        """What is known of its scale, in one text."""
        return scale_told(self.scale, self.favourable_from)

    def until(self, batch: int) -> Asked:
        """The same question as it was answered when a batch had come in."""
        return replace(self, answers=self.answers[self.answers["batch"] <= batch])


def scale_told(scale: tuple[float, float] | None, favourable_from: float | None) -> str:
    """A scale in one text; empty where none is known."""
    ends = "" if scale is None else f"{scale[0]:g} to {scale[1]:g}"
    return ends if favourable_from is None else f"{ends}, {favourable_from:g} is favourable"


def figure(asked: Asked, cut: str = "", unit: str = "", **shown: Any) -> Figure:
    """A figure of one group, with nothing but what is said to be shown."""
    nothing = dict.fromkeys((*NUMBERS, "unusable"))
    place = {"question_id": asked.question_id, "cut": cut, "unit": unit, "scale": asked.scale_told}
    return place | nothing | shown
