"""The culture log: headcounts, training, policy, check-ins, workshops, ambassadors and recognitions by department."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.samples.company import FIRST_DAY, HEADCOUNT, LAST_DAY, STORIES
from data.samples.dice import Dice
from data.samples.writing import Row

HEADER = ("date", "kind", "department", "assigned", "completed", "employees", "note")

#: first day of each quarter of the sample; the first is the one in which it begins
_QUARTERS = tuple(date(2024 + index // 4, 1 + 3 * (index % 4), 1) for index in range(3, 12))
#: share who complete the yearly course on social media, quarter by quarter
_COMPLETION = (0.71, 0.74, 0.84, 0.83, 0.88, 0.9, 0.93, 0.92, 0.9)
_AMBASSADORS = (
    ("2025-05-20", "Engineering"),
    ("2025-05-20", "Support"),
    ("2025-09-16", "Marketing"),
    ("2026-02-24", "Sales"),
    ("2026-02-24", "Support"),
)
_WORKSHOPS = (
    ("2025-04-03", "Support", 31, "How we speak about people we work with"),
    ("2025-06-11", "Engineering", 38, "How we speak about people we work with"),
    ("2025-11-06", "Support", 27, "Customer data in screenshots"),
    ("2026-01-27", "Marketing", 17, "Writing a first statement in an hour"),
    ("2026-04-29", "Sales", 29, "Side work and what to say about it"),
    ("2026-06-13", "", 14, "Drill on a Saturday"),
    ("2026-10-08", "Engineering", 33, "Posting as a private person"),
)
_FEEDBACK_SESSIONS = (
    ("2025-03-27", "Support", 24, "After the thread"),
    ("2025-10-29", "Support", 28, "After the ticket"),
    ("2026-04-30", "Sales", 22, "After the promotion"),
)


def rows() -> list[Row]:
    """Return the log, header first, by date and kind."""
    dice = Dice("culture")
    found = [*_quarterly(dice), *_check_ins(dice), *_recognitions(dice)]
    found += [(day, "ambassador", department, None, None, 1, None) for day, department in _AMBASSADORS]
    found += [
        (day, "workshop", department or None, None, None, heads, note) for day, department, heads, note in _WORKSHOPS
    ]
    found += [
        (day, "feedback_session", department, None, None, heads, note)
        for day, department, heads, note in _FEEDBACK_SESSIONS
    ]
    return [HEADER, *sorted(found, key=lambda row: tuple(str(cell) for cell in row[:3]))]


def _quarterly(dice: Dice) -> Iterator[Row]:
    """Headcount, training and acknowledgements: one row a department and quarter."""
    for index, quarter in enumerate(_QUARTERS):
        for department, (first, last) in HEADCOUNT.items():
            size = round(first + (last - first) * index / (len(_QUARTERS) - 1))
            counted = max(quarter, FIRST_DAY)
            yield (counted.isoformat(), "headcount", department, None, None, size, None)
            learned = sum(dice.chance(_COMPLETION[index]) for _ in range(size))
            closing = min(quarter + timedelta(days=75), LAST_DAY)
            yield (closing.isoformat(), "training", department, size, learned, None, "Social media, yearly course")
            if quarter.month in {1, 10}:
                signed = sum(dice.chance(0.8 + 0.02 * index) for _ in range(size))
                told = max(FIRST_DAY, quarter + timedelta(days=50))
                note = "Social media policy"
                yield (told.isoformat(), "policy_acknowledgement", department, size, signed, None, note)


def _check_ins(dice: Dice) -> Iterator[Row]:
    """Team check-ins: monthly in the large departments, weekly for a month after a crisis."""
    for department in ("Engineering", "Support", "Sales", "Marketing"):
        size = HEADCOUNT[department][0]
        day = FIRST_DAY + timedelta(days=dice.integer(5, 12))
        while day <= LAST_DAY:
            if day.weekday() < 5:
                yield (day.isoformat(), "check_in", department, None, None, round(size * dice.uniform(0.3, 0.6)), None)
            busy = any(0 <= (day - story.day).days < 30 for story in STORIES)
            day += timedelta(days=7 if busy else dice.integer(24, 32))


def _recognitions(dice: Dice) -> Iterator[Row]:
    """Recognitions given, one row each; they became more frequent after the second review."""
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=offset)
        if day.weekday() < 5 and dice.chance(0.13 if day < date(2025, 12, 1) else 0.24):
            department = dice.pick(tuple(HEADCOUNT), tuple(float(last) for _, last in HEADCOUNT.values()))
            reason = dice.pick(("Told us early", "Helped a colleague", "Calm under pressure", "Asked before posting"))
            yield (day.isoformat(), "recognition", department, None, None, 1, reason)
