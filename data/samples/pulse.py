"""Nine quarterly pulse surveys, each as Qualtrics exports it: three header rows, previews and unfinished rows left in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import NormalDist

from data.samples.company import HEADCOUNT, LOCATIONS, TENURES
from data.samples.dice import Dice
from data.samples.phrases_survey import EMPLOYEE
from data.samples.texts import MOODS, lines
from data.samples.writing import Cell, Row

QUESTIONS = (
    "I am proud to work here",
    "Leadership communicates openly",
    "I feel safe to speak up",
    "I trust how we handle misconduct",
    "I would stay for another year",
)
RECOMMEND = "How likely are you to recommend us as a place to work?"
COMMENT = "What should we know? (no names, please)"

#: column, title in the second header row, import id in the third
_FRAME = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    ("LocationLongitude", "Location Longitude", "locationLongitude"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
)
_ASKED = tuple((f"Q{n}", text, f"QID{n}") for n, text in enumerate((*QUESTIONS, RECOMMEND), start=1))
_COLUMNS = (
    *_FRAME,
    *_ASKED,
    ("Q7", COMMENT, "QID7_TEXT"),
    *((name, name, name) for name in ("Department", "Location", "Tenure")),
)


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave: the share favourable of each question in percent, promoters and detractors in percent."""

    name: str
    opened: str
    days: int
    favourable: tuple[int, int, int, int, int]
    recommend: tuple[int, int]
    #: how much further a department moved than the rest, on the scale of a respondent's mood
    moved: dict[str, float]


WAVES = (
    Wave("2024 Q4 pulse", "2024-11-25", 12, (71, 62, 66, 60, 70), (41, 17), {}),
    Wave("2025 Q1 pulse", "2025-02-03", 12, (72, 63, 66, 61, 71), (42, 16), {}),
    Wave("2025 Q2 pulse", "2025-04-22", 11, (65, 55, 61, 49, 66), (34, 24), {"Support": -0.55, "Engineering": 0.15}),
    Wave("2025 Q3 pulse", "2025-09-01", 12, (69, 60, 64, 55, 68), (38, 20), {"Support": -0.2}),
    Wave("2025 Q4 pulse", "2025-11-17", 12, (64, 54, 60, 46, 65), (33, 25), {"Support": -0.6, "Marketing": -0.1}),
    Wave("2026 Q1 pulse", "2026-02-09", 12, (68, 60, 63, 53, 68), (37, 21), {"Support": -0.2}),
    Wave("2026 Q2 pulse", "2026-05-11", 12, (64, 58, 60, 48, 63), (33, 23), {"Sales": -0.45, "Support": -0.1}),
    Wave("2026 Q3 pulse", "2026-09-07", 12, (69, 62, 64, 55, 68), (39, 19), {"Support": -0.1}),
    Wave("2026 Q4 pulse", "2026-11-17", 4, (64, 52, 60, 49, 65), (33, 25), {"Support": -0.3, "Sales": -0.15}),
)


@dataclass(slots=True)
class _Person:
    department: str
    location: str
    tenure: str
    mood: float


def rows(wave: Wave) -> list[Row]:
    """Return the export of one wave, its three header rows first."""
    dice = Dice(f"pulse {wave.name}")
    people = [person for department in HEADCOUNT for person in _people(dice, wave, department)]
    answers = _answers(dice, wave, people)
    whole = [
        _row(dice, wave, person, given, _comment(dice, given)) for person, given in zip(people, answers, strict=True)
    ]
    partial = [_unfinished(dice, wave, people) for _ in range(dice.integer(3, 6))]
    previews = [_preview(dice, wave) for _ in range(2)]
    body = sorted([*whole, *partial, *previews], key=lambda row: str(row[7]))
    imports = tuple(json.dumps({"ImportId": key}, separators=(",", ":")) for _, _, key in _COLUMNS)
    return [tuple(name for name, _, _ in _COLUMNS), tuple(title for _, title, _ in _COLUMNS), imports, *body]


def _people(dice: Dice, wave: Wave, department: str) -> list[_Person]:
    """Return those of a department who answer; nearly all do where only three or four work.

    Moods are spread evenly over a normal distribution, so that a department moves only as its story says.
    """
    first, last = HEADCOUNT[department]
    share = WAVES.index(wave) / (len(WAVES) - 1)
    size = round(first + (last - first) * share)
    count = size - dice.integer(0, size - 3) if size <= 4 else round(size * dice.uniform(0.67, 0.76))
    pull = wave.moved.get(department, 0.0) + (0.1 if department == "Engineering" else 0.0)
    return [
        _Person(
            department,
            dice.pick(tuple(LOCATIONS), tuple(LOCATIONS.values())),
            dice.pick(tuple(TENURES), tuple(TENURES.values())),
            NormalDist(pull).inv_cdf((number + dice.uniform(0.05, 0.95)) / count),
        )
        for number in range(count)
    ]


def _answers(dice: Dice, wave: Wave, people: list[_Person]) -> list[list[int]]:
    """Answer each question so that the company's share favourable is the story's, whoever gives the answers.

    Respondents are ranked by their mood and a little chance; the rank decides the answer.
    """
    columns: list[list[int]] = []
    for favourable in wave.favourable:
        top = favourable / 100
        cuts = (0.3 * (1 - top) * 0.4, 0.3 * (1 - top), 1 - top, 1 - top * 0.38)
        columns.append([1 + sum(rank >= cut for cut in cuts) for rank in _ranks(dice, people)])
    promoters, detractors = (share / 100 for share in wave.recommend)
    passive = 1 - promoters - detractors
    steps = (
        *(detractors * part for part in (0.03, 0.06, 0.12, 0.25, 0.42, 0.7, 1.0)),
        detractors + passive * 0.42,
        1 - promoters,
        1 - promoters * 0.45,
    )
    columns.append([sum(rank >= cut for cut in steps) for rank in _ranks(dice, people)])
    return [list(given) for given in zip(*columns, strict=True)]


def _ranks(dice: Dice, people: list[_Person]) -> list[float]:
    """Return each person's place between 0 and 1 for one question."""
    felt = [0.75 * person.mood + dice.normal(0.0, 0.65) for person in people]
    order = sorted(range(len(people)), key=lambda index: felt[index])
    places = [0.0] * len(people)
    for place, index in enumerate(order):
        places[index] = (place + 0.5) / len(people)
    return places


def _comment(dice: Dice, given: list[int]) -> str | None:
    """Return a comment in the tone of the answers; about a third write one."""
    if not dice.chance(0.34):
        return None
    mean = sum(given[:5]) / 5
    mood = "positive" if mean >= 4 else "negative" if mean < 3 else "neutral"
    if dice.chance(0.2):
        mood = dice.pick(MOODS)
    first, second = (dice.pick(lines(EMPLOYEE[part])) for part in (mood, "tail"))
    return f"{first} {second}" if dice.chance(0.45) else first


def _row(dice: Dice, wave: Wave, person: _Person, given: list[int], comment: str | None) -> Row:
    seconds = round(dice.lognormal(190.0, 0.5))
    frame = _frame(dice, _start(dice, wave), seconds, status=0, progress=100)
    return (*frame, *given, comment, person.department, person.location, person.tenure)


def _unfinished(dice: Dice, wave: Wave, people: list[_Person]) -> Row:
    """A respondent who left after two or three questions."""
    person = dice.pick(people[:-7])
    answered = dice.integer(2, 3)
    given: list[Cell] = [dice.integer(2, 4) if number < answered else None for number in range(6)]
    frame = _frame(dice, _start(dice, wave), round(dice.lognormal(70.0, 0.5)), status=0, progress=14 * answered + 1)
    return (*frame, *given, None, person.department, person.location, person.tenure)


def _preview(dice: Dice, wave: Wave) -> Row:
    """A test by the people who built the survey, an hour before it opened."""
    start = datetime.combine(date.fromisoformat(wave.opened), time(8)) + timedelta(minutes=dice.integer(1, 50))
    given = [dice.integer(1, 5) for _ in range(5)]
    frame = _frame(dice, start, dice.integer(20, 60), status=1, progress=100)
    return (*frame, *given, dice.integer(0, 10), "Test, please ignore.", "Marketing", "Lisbon", "Over 3 years")


def _start(dice: Dice, wave: Wave) -> datetime:
    """Draw a moment while the wave was open; most answer on the first two days, during the day."""
    day = date.fromisoformat(wave.opened) + timedelta(days=min(wave.days - 1, int(dice.lognormal(1.6, 0.9))))
    if day.weekday() > 4:
        day -= timedelta(days=2)
    return datetime.combine(day, time(9)) + timedelta(seconds=dice.integer(0, 8 * 3600))


def _frame(dice: Dice, start: datetime, seconds: int, *, status: int, progress: int) -> tuple[Cell, ...]:
    """The export's own seventeen columns; addresses lie in the range kept for documentation."""
    end = start + timedelta(seconds=seconds)
    recorded = end + (timedelta(seconds=1) if progress == 100 else timedelta(hours=2))
    alphabet = "0123456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
    identity = "R_" + "".join(dice.pick(alphabet) for _ in range(15))
    finished = int(progress == 100)
    return (
        start.isoformat(sep=" "), end.isoformat(sep=" "), status, f"192.0.2.{dice.integer(1, 254)}", progress, seconds,
        finished, recorded.isoformat(sep=" "), identity, None, None, "REDACTED", None, "38.7", "-9.1",
        "preview" if status else "anonymous", "EN",
    )  # fmt: skip
