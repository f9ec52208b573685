"""Companies that are whole, that lack something, or that are odd: what every page must stay useful on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from data import schema
from tests.small import bring, crisis, log, posts, survey

#: The crisis that every company below has, if it has any.
CODE = "thread"
STREAMS = ("log", "posts", "survey", "scores")

_WORDS = "A company account answers a customer with a joke that nobody in the room found funny, and then explains it "
LONG = (_WORDS * 3)[:199] + "!"
ARABIC = "موظف يسخر من عميل على الشبكة الاجتماعية، والشركة تصمت يومين كاملين 🔥"
HEBREW = "עובד לועג ללקוח ברשת החברתית 😬 (Rant) והחברה שותקת"
EMOJI = "🧑🏽‍💻🔥 “Rant” in the 🏳️‍🌈 channel 👩‍👩‍👧‍👦 — 1️⃣st week ⚠️"
_MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04")
_LINES = (
    "02 08:00 posted platform=X", "02 09:00 detected function=PR", "02 09:40 team_assembled function=PR",
    "02 11:00 decision function=Legal", "02 12:30 statement function=PR audience=public platform=X",
    "02 13:10 internal_message function=HR audience=employees", "09 09:00 resolved function=PR",
)  # fmt: skip


def whole(without: str = "") -> None:
    """One crisis with all four streams, or without one of them."""
    if without == "log":
        crisis(CODE, started_at="2026-03-02 08:00", severity="3", platform="X")
    else:
        log(CODE, *(f"2026-03-{line}" for line in _LINES))
    if without != "posts":
        posts("2026-03-02", {day: (9, 6) if 0 <= day < 4 else (2, 1) for day in range(-20, 10)})
    if without != "survey":
        survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
        survey("Q2", "2026-04-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
    if without != "scores":
        scores("Trust index")


def scores(source: str) -> None:
    """Half a year of monthly scores, with a fall in March."""
    values = (71, 70, 72, 71, 60, 66)
    rows = zip(_MONTHS, values, strict=True)
    bring(
        "scores.csv",
        [{"date": f"{month}-05", "source": source, "score": s, "scale_min": 0, "scale_max": 100} for month, s in rows],
    )


def titles() -> None:
    """Five crises whose titles are long, without a blank, from right to left, or pictures; no survey was held."""
    named = {CODE: LONG, "a-rtl": ARABIC, "b-rtl": HEBREW, "c-emoji": EMOJI, "d-word": "Donaudampfschifffahrt" * 9}
    whole(without="survey")
    for number, (code, title) in enumerate(named.items()):
        crisis(code, title=title, summary=title, severity=str(number % 4 + 1), category=title[:80], platform="X")
        if code != CODE:
            day = date(2025, 9 - number, 3)
            lines = (line.replace("02 ", "", 1) for line in _LINES[:6])
            log(
                code,
                *(f"{day} {line}" for line in lines),
                f"{day + timedelta(7)} 10:00 resolved",
                name=f"{code}.log.csv",
            )
    bring(f"{LONG[:90]}.csv", [{"gap": f"G{n}", "title": title, "section": title[:60], "due_on": "2026-03-20", "crisis": code, "responsible_function": title[:60]} for n, (code, title) in enumerate(named.items())])  # fmt: skip


def without_start() -> None:
    """Nobody recorded when it began, or what happened."""
    crisis(CODE)
    scores("Trust index")
    posts("2026-03-02", dict.fromkeys(range(-20, 10), (2, 1)))


def one_event() -> None:
    log(CODE, "2026-03-02 09:00 detected")


def many() -> None:
    """300 crises, one a fortnight or so over twelve years."""
    rows = [
        {
            "crisis": f"c-{number:03}",
            "title": f"Crisis number {number}",
            "occurred_at": f"{date(2014, 1, 6) + timedelta(14 * number)} {hour:02}:00",
            "milestone": milestone,
            "audience": "public" if milestone == "statement" else "",
        }
        for number in range(300)
        for hour, milestone in ((8, "posted"), (9, "detected"), (10 + number % 9, "statement"), (20, "resolved"))
    ]
    titles_ = [{"crisis": row["crisis"], "title": row["title"]} for row in rows if row["milestone"] == "posted"]
    bring("crises.csv", titles_)
    bring("log.csv", [{name: value for name, value in row.items() if name != "title"} for row in rows])
    scores("Trust index")


def five_years() -> None:
    """It began in 2021, an update came each half year, and it was over in 2026."""
    updates = [f"{year}-{month:02}-02 10:00 update audience=public" for year in range(2021, 2026) for month in (4, 10)]
    log(
        CODE, "2021-03-02 08:00 posted", "2021-03-02 09:00 detected", "2021-03-03 09:00 statement audience=public",
        *updates, "2026-03-01 09:00 resolved",
    )  # fmt: skip
    posts("2021-03-02", dict.fromkeys(range(-28, 1825, 7), (1, 1)))
    survey("Q1", "2021-02-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
    survey("Q2", "2026-03-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
    scores("Trust index")


def unscored() -> None:
    """Posts without a sentiment and without a text that could be scored."""
    log(CODE, *(f"2026-03-{line}" for line in _LINES))
    posts("2026-03-02", dict.fromkeys(range(-20, 10), (2, 0)), sentiment_label="", text="")


def nothing() -> None:
    """An empty database."""


#: The crisis to look at where it has another code, and those to compare it with.
NEWEST = {"300 crises": "c-299"}
OTHERS = {"300 crises": ("c-298", "c-297"), "odd titles": ("a-rtl", "b-rtl", "c-emoji", "d-word")}

#: Name → what brings it into an empty database.
COMPANIES: Mapping[str, Callable[[], None]] = {
    "empty": nothing,
    "single": whole,
    **{f"without {stream}": partial(whole, stream) for stream in STREAMS},
    "without a start": without_start,
    "one event": one_event,
    "300 crises": many,
    "five years": five_years,
    "unscored posts": unscored,
    "odd titles": titles,
}


if __name__ == "__main__":  # `python -m tests.odd NAME` brings one of them into the configured database
    schema.create()
    COMPANIES[sys.argv[1]]()
