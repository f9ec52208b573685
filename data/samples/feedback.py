"""Feedback surveys of customers and partners after two of the crises, in our own long layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.samples.dice import Dice
from data.samples.phrases_survey import CUSTOMER, PARTNER
from data.samples.texts import lines
from data.samples.writing import Row

HEADER = (
    "wave", "question", "answer", "audience", "opened_on", "closed_on", "invited", "respondent", "scale_min",
    "scale_max", "comment",
)  # fmt: skip

QUESTIONS = {
    "customers": (
        "We were told early enough",
        "What we were told was honest",
        "Our questions were answered",
        "I trust Larkfield after this",
    ),
    "partners": (
        "We were told early enough",
        "What we were told was honest",
        "We knew whom to call",
        "I would work with Larkfield again",
    ),
}
_COMMENTS = {"customers": CUSTOMER, "partners": PARTNER}


@dataclass(frozen=True, slots=True)
class Wave:
    """One survey: answers in, invitations out, and the mean answer of each question on 1 to 5."""

    name: str
    audience: str
    opened: str
    closed: str
    invited: int
    answered: int
    means: tuple[float, float, float, float]


WAVES = (
    Wave("2025-03 customer feedback", "customers", "2025-04-14", "2025-04-28", 420, 127, (2.3, 3.1, 2.9, 3.3)),
    Wave("2025-03 partner feedback", "partners", "2025-04-14", "2025-04-25", 58, 29, (2.2, 3.0, 2.4, 3.6)),
    Wave("2026-04 customer feedback", "customers", "2026-05-04", "2026-05-15", 440, 136, (4.0, 4.0, 3.8, 3.9)),
    Wave("2026-04 partner feedback", "partners", "2026-05-04", "2026-05-15", 61, 33, (4.1, 4.2, 3.7, 4.2)),
)


def rows(audience: str) -> list[Row]:
    """Return the surveys of one audience, header first; a respondent's comment stands beside the first answer."""
    found: list[Row] = [HEADER]
    for wave in WAVES:
        if wave.audience != audience:
            continue
        dice = Dice(f"feedback {wave.name}")
        dates = (date.fromisoformat(wave.opened), date.fromisoformat(wave.closed))
        for number in range(1, wave.answered + 1):
            leaning = dice.normal(0.0, 0.6)
            given = [min(5, max(1, round(mean + leaning + dice.normal(0.0, 0.8)))) for mean in wave.means]
            comment = _comment(dice, audience, given)
            for question, answer in zip(QUESTIONS[audience], given, strict=True):
                whose = f"{audience[0]}{number:03d}"
                found.append((wave.name, question, answer, audience, *dates, wave.invited, whose, 1, 5, comment))
                comment = None
    return found


def _comment(dice: Dice, audience: str, given: list[int]) -> str | None:
    if not dice.chance(0.3):
        return None
    mean = sum(given) / len(given)
    mood = "positive" if mean >= 3.75 else "negative" if mean < 2.75 else "neutral"
    return dice.pick(lines(_COMMENTS[audience][mood]))
