"""Made-up but realistic frames in the contracts' shapes, and the hostile ones, for the tests of figures."""

from __future__ import annotations

import pandas as pd

ZONE = "Europe/Berlin"
SCRIPT = '&<script>alert(1)</script><b>x</b> %{x} $a$ "q"'
LONG = "A very long title that somebody typed into a spreadsheet without ever thinking of a chart " * 3
RTL = "بيان عام للموظفين"
EMOJI = "👩‍💻🔥 Launch 🎉"
HOSTILE = (SCRIPT, LONG[:200], RTL, EMOJI, "line\none\u202etwo\u0007")


def utc(text: str) -> pd.Timestamp:
    """A Berlin wall-clock time as UTC."""
    return pd.Timestamp(text, tz=ZONE).tz_convert("UTC")


def events(rows: list[tuple[str | None, ...]] | None = None) -> pd.DataFrame:
    """EVENTS of a crisis of three weeks; a row is (local time or day, milestone, function, audience, description)."""
    records = []
    for number, (when, milestone, function, audience, description) in enumerate(_EVENTS if rows is None else rows, 1):
        day_only = len(str(when)) == 10
        start = utc(str(when))
        records.append(
            {
                "event_id": number,
                "milestone": milestone,
                "earliest": start,
                "latest": utc(str(pd.Timestamp(str(when)) + pd.Timedelta(days=1))) if day_only else start,
                "date_only": day_only,
                "function": function,
                "audience": audience,
                "platform": "X" if audience == "public" else None,
                "detected_by": "employee" if milestone == "detected" else None,
                "description": description,
            }
        )
    columns = ["event_id", "milestone", "earliest", "latest", "date_only"]
    columns += ["function", "audience", "platform", "detected_by", "description"]
    frame = pd.DataFrame(records, columns=columns)
    for name in ("earliest", "latest"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame


_EVENTS: list[tuple[str | None, ...]] = [
    ("2026-03-03 07:40", "posted", None, None, "Thread that mocks a customer's support request, with a screenshot"),
    ("2026-03-03 09:02", "detected", "Support", None, "A colleague forwards the thread to the support lead"),
    ("2026-03-03 09:30", "acknowledged", "PR", "employees", "PR confirms in the incident channel"),
    ("2026-03-03 10:12", "team_assembled", "PR", "employees", "PR, HR and Legal on one call"),
    ("2026-03-03 11:00", "assessed", "Security", None, "No customer data beyond the screenshot"),
    ("2026-03-03 12:32", "decision", "Leadership", None, "Apologise in public, remove the screenshot"),
    ("2026-03-03 14:05", "drafted", "PR", None, "First draft"),
    ("2026-03-03 17:20", "approved", "Legal", None, "Second draft approved"),
    ("2026-03-03 18:14", "statement", "PR", "public", "Apology on X"),
    ("2026-03-03 18:20", "statement", "PR", "public", "Apology on LinkedIn"),
    ("2026-03-03 18:54", "internal_message", "HR", "employees", "Note to all employees"),
    ("2026-03-04", "employee_contacted", "HR", None, "Private talk with the employee"),
    ("2026-03-04 10:00", "update", "PR", "public", "What we do next"),
    ("2026-03-05 16:30", "update", "Support", "customers", "Letter to the customer"),
    ("2026-03-06 11:00", "contained", "PR", None, "Mentions back to normal"),
    ("2026-03-14 15:00", "resolved", "Leadership", None, "Closed by the response team"),
    ("2026-03-27 10:00", "reviewed", "Leadership", "employees", "Review meeting"),
]

INTERVAL = ["id", "label", "value", "lo", "hi", "unit", "status", "target", "reason"]
NAN = float("nan")


def intervals() -> pd.DataFrame:
    """Nine intervals: before the public, met, late, known to the day, open, missed, not recorded, in days."""
    rows = [
        ("time_to_detect", "Time to detect", 0.0, None, None, "hours", "ok", 1.0, None),
        ("time_to_acknowledge", "Time to acknowledge", 0.47, None, None, "hours", "ok", 0.5, None),
        ("time_to_assemble", "Time to assemble", 1.17, None, None, "hours", "ok", 1.0, None),
        ("time_to_decision", "Time to decision", 3.5, None, None, "hours", "ok", None, None),
        ("time_to_first_statement", "Time to first statement", 9.2, None, None, "hours", "ok", 3.0, None),
        (
            "time_to_first_internal_message",
            "Time to first internal message",
            9.87,
            None,
            None,
            "hours",
            "ok",
            12.0,
            None,
        ),
        ("time_to_employee_contact", "Time to employee contact", 27.0, 15.0, 39.0, "hours", "ok", 24.0, None),
        ("time_to_contain", "Time to contain", NAN, None, None, "hours", "undefined", 72.0, "no contained recorded"),
        ("time_to_resolve", "Time to resolve", 270.0, None, None, "hours", "lower_bound", None, "still open"),
        ("time_to_review", "Time to review", 13.0, None, None, "days", "ok", 30.0, None),
    ]
    return pd.DataFrame(rows, columns=INTERVAL)


def past_intervals() -> pd.DataFrame:
    """The same intervals of four earlier crises."""
    rows = [
        (name, f"2025-0{crisis}-case", (target if target == target else 5.0) * factor)
        for name, target in zip(intervals()["id"], intervals()["target"].astype(float), strict=True)
        for crisis, factor in enumerate((0.4, 0.9, 1.6, 3.1), 1)
    ]
    return pd.DataFrame(rows, columns=["id", "crisis", "value"])


def path() -> pd.DataFrame:
    """Detected → first statement in five parts."""
    names = ["Assemble", "Decide", "Draft", "Approve", "Publish"]
    return pd.DataFrame({"label": names, "hours": [1.17, 2.33, 1.55, 3.25, 0.9]})


def days(count: int = 70, first: str = "2026-02-03") -> pd.DataFrame:
    """Seventy days with a crisis on day 28, weekends lower, two days not covered, sentiment that falls and returns."""
    dates = pd.date_range(first, periods=count, freq="D")
    rows = []
    for i, date in enumerate(dates):
        normal = 40 + (i * 7) % 11 - (14 if date.day_of_week > 4 else 0)
        surge = [190, 430, 310, 160, 120, 80, 60, 40, 20, 10]
        posts = float(normal + (surge[i - 28] if 28 <= i < 38 else 0))
        net = 0.18 + 0.04 * ((i * 5) % 7 - 3) / 3 - (0.75 * 0.86 ** (i - 28) if i >= 28 else 0)
        scored = posts * 0.9
        positive, negative = scored * (0.3 + net / 2), scored * (0.3 - net / 2)
        rows.append((date, posts, positive, scored - positive - negative, negative, posts - scored, net))
    frame = pd.DataFrame(
        rows, columns=["date", "posts", "positive", "neutral", "negative", "unscored", "net_sentiment"]
    )
    frame.loc[frame.index[10:12], frame.columns[1:]] = NAN
    return frame


def milestones() -> pd.DataFrame:
    """The crisis's public milestones, naive local times."""
    rows = [
        ("Posted", "2026-03-03 07:40"),
        ("Detected", "2026-03-03 09:02"),
        ("First statement", "2026-03-03 18:14"),
        ("Update", "2026-03-04 10:00"),
        ("Contained", "2026-03-06 11:00"),
        ("Resolved", "2026-03-14 15:00"),
        ("Reviewed", "2026-03-27 10:00"),
    ]
    return pd.DataFrame([(label, pd.Timestamp(at)) for label, at in rows], columns=["label", "at"])


def markers() -> pd.DataFrame:
    """Context: a launch before and an outage during."""
    rows = [(pd.Timestamp("2026-02-17"), "Launch of version 5"), (pd.Timestamp("2026-03-08"), "Outage in Europe")]
    return pd.DataFrame(rows, columns=["date", "title"])


def scores() -> pd.DataFrame:
    """Three sources: a weekly one with rivals, a monthly one with a rival, a quarterly one of ours alone."""
    rows = []
    for source, step, count, names in (
        ("Brandwatch index", 7, 52, ["Our company", "Rival One", "Rival Two Holding International"]),
        ("Glassdoor", 30, 12, ["Our company", "Rival One"]),
        ("RepTrak", 91, 4, ["Our company"]),
    ):
        for k, company in enumerate(names):
            for i in range(count):
                date = pd.Timestamp("2025-06-02") + pd.Timedelta(days=step * i)
                late = max((date - pd.Timestamp("2026-03-03")).days, 0)
                drop = 14 * 0.985**late if k == 0 and date >= pd.Timestamp("2026-03-03") else 0
                rows.append((date, source, company, k == 0, 71 - 4 * k + ((i * 3) % 5) / 2 - drop))
    return pd.DataFrame(rows, columns=["date", "source", "company", "ours", "points"])


def waves() -> pd.DataFrame:
    """Eight quarterly waves, one withheld, one coded."""
    values = [0.66, 0.68, 0.67, None, 0.64, 0.58, None, 0.63]
    rows = []
    for i, value in enumerate(values):
        status = "ok" if value is not None else ("suppressed" if i == 3 else "coded")
        lo, hi = (
            (value - 0.05, value + 0.05) if value is not None else ((0.95, 1.0) if status == "coded" else (None, None))
        )
        closed = pd.Timestamp("2024-09-20") + pd.DateOffset(months=3 * i)
        rows.append((f"Pulse {closed:%Y} Q{closed.quarter}", closed, value, lo, hi, status))
    frame = pd.DataFrame(rows, columns=["wave", "closed_on", "value", "lo", "hi", "status"])
    return frame.astype({"value": float, "lo": float, "hi": float})


def crises() -> pd.DataFrame:
    """Three crises, two of them close together, the last one open."""
    rows = [
        ("Leaked roadmap", pd.Timestamp("2025-02-03"), pd.Timestamp("2025-02-20")),
        ("Hateful thread", pd.Timestamp("2025-10-02"), pd.Timestamp("2025-10-24")),
        ("Support screenshot", pd.Timestamp("2025-11-20"), pd.NaT),
    ]
    return pd.DataFrame(rows, columns=["label", "start", "end"])


def stored() -> pd.DataFrame:
    """The calendar of two platforms, the log, a survey and a source of scores around a crisis in March."""
    days = [day for day in pd.date_range("2026-02-03", "2026-04-12") if not 9 <= day.day <= 11]
    cells = [("engagement", "X", "mention", day, 40 + 7 * day.day % 30) for day in days]
    cells += [("engagement", "Reddit", "mention", day, 2) for day in pd.date_range("2026-03-01", "2026-03-20")]
    cells += [("engagement", "X", "owned", day, 0) for day in days[::7]]
    cells += [
        ("incidents", "", "", pd.Timestamp("2026-03-03"), 14),
        ("incidents", "", "", pd.Timestamp("2026-03-04"), 3),
    ]
    cells += [("survey", "employees", "", day, 1) for day in pd.date_range("2026-02-10", "2026-02-14")]
    cells += [("reputation", "Glassdoor", "", day, 1) for day in pd.date_range("2026-02-01", "2026-04-01", freq="MS")]
    return pd.DataFrame(cells, columns=["stream", "name", "kind", "date", "n"])


def incidents() -> pd.DataFrame:
    """The first statement of as many crises as there are hostile texts: on time, late, open, to the day, missed."""
    values = [2.0, 9.0, 1.0, 12.0, None]
    status = ["ok", "ok", "lower_bound", "ok", "undefined"]
    reasons = [None, None, "still open", None, "missed"]
    return pd.DataFrame(
        {
            "id": "time_to_first_statement",
            "crisis": [f"crisis {n}" for n in range(5)],
            "label": [f"Crisis {n}" for n in range(5)],
            "began": pd.date_range("2026-01-05", periods=5, freq="30D", tz="UTC")[::-1],
            "value": values,
            "lo": [None, None, None, 0.0, None],
            "hi": [None, None, None, 24.0, None],
            "unit": "hours",
            "status": status,
            "target": [3.0, 3.0, 3.0, 3.0, 3.0],
            "reason": reasons,
            "better": "lower",
        }
    )


def compared() -> pd.DataFrame:
    """As many crises beside each other as there are hostile texts."""
    codes = [f"crisis {n}" for n in range(5)]
    return pd.DataFrame(
        {"code": codes, "title": [c.title() for c in codes], "detected": True, "statement": [0.0, 1, 2, None, 0]}
    )


def compared_days() -> pd.DataFrame:
    """Their days around detection, the last of them without any sentiment."""
    parts = [
        pd.DataFrame(
            {
                "crisis": f"crisis {n}",
                "day": range(-14, 43),
                "posts": 10.0,
                "times": [1.0 + max(9 - abs(day - 1), 0) for day in range(-14, 43)],
                "net_sentiment": None if n == 4 else 0.2,
            }
        )
        for n in range(5)
    ]
    return pd.concat(parts, ignore_index=True).astype({"net_sentiment": "float64"})


def compared_scores() -> pd.DataFrame:
    """The reputation of two of them against before."""
    return pd.DataFrame(
        {"crisis": ["crisis 0", "crisis 0", "crisis 1"], "day": [-7, 7, 9], "change": [0.5, -6.0, -2.5]}
    )


def compared_path() -> pd.DataFrame:
    """Where the time to the first statement went in four of them."""
    labels = ["to assemble", "to decide", "to draft", "to approve", "to publish"]
    rows = [(f"crisis {n}", label, label, 0.5 * (n + 1)) for n in range(4) for label in labels]
    return pd.DataFrame(rows, columns=["crisis", "segment", "label", "hours"])


def plan_steps() -> pd.DataFrame:
    """One step of each state; “Speak” is known only to the day, “Review” never became due."""
    rows = [
        ("Notice the post", "on_time", "on time", "2026-03-03 10:00", "2026-03-03 09:02", None, None),
        ("Assess", "missed", "missed", "2026-03-03 10:02", None, None, None),
        ("Decide", "out_of_order", "out of order", "2026-03-03 11:42", "2026-03-03 12:32", None, "done first"),
        ("Publish", "late", "late, 6 h 12 min", "2026-03-03 12:02", "2026-03-03 18:14", None, None),
        ("Speak", "unclear", "can't be told", "2026-03-04 17:02", "2026-03-04 00:00", "2026-03-05 00:00", "a day"),
        ("Contain", "not_due", "not yet due", "2026-03-08 09:02", None, None, None),
        ("Tell partners", "not_applicable", "does not apply", "2026-05-01 09:00", None, None, "optional"),
        ("Review", "not_applicable", "does not apply", None, None, None, "no resolved event recorded"),
    ]
    records = []
    for step, state, said, due, done, done_to, reason in rows:
        ends = [None if at is None else utc(at) for at in (due, due, done, done_to or done)]
        times = dict(zip(("due_from", "due", "done_from", "done"), ends, strict=True))
        records.append({"section": "Respond", "step": step, "required": step != "Tell partners", "state": state, "said": said, "reason": reason} | times)  # fmt: skip
    frame = pd.DataFrame(records)
    for name in ("due_from", "due", "done_from", "done"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame


def unplanned() -> pd.DataFrame:
    """Two events that fulfil no step."""
    return events([("2026-03-03 07:40", "posted", None, None, None), ("2026-03-03 13:00", "other", "PR", None, "Call")])


def plan_states() -> pd.DataFrame:
    """The sections of a plan in three crises, in every state that there is."""
    states = (
        ("Detect", "late", "held", "unclear"), ("Respond", "missed", "out_of_order", "held"),
        ("Follow up", "not_exercised", "held", "late"),
    )  # fmt: skip
    rows = [
        (section, code, title, pd.Timestamp(began), "v1", word, int(word == "held"), int(word != "not_exercised"), ("Speak",))
        for section, *words in states
        for (code, title, began), word in zip(_CASES, words, strict=True)
    ]  # fmt: skip
    names = ["section", "crisis", "title", "began", "plan", "state", "on_time", "tested", "failed"]
    return pd.DataFrame(rows, columns=names).sort_values("began", kind="stable", ignore_index=True)


_CASES = (
    ("2025-03-thread", "Thread", "2025-03-11"), ("2025-10-ticket", "Joke about a ticket", "2025-10-13"),
    ("2026-04-promotion", "Promotion", "2026-04-14"),
)  # fmt: skip
