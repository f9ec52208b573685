from __future__ import annotations

from datetime import date

import pytest

from data.commands import markers
from data.engine import reading, writing
from reports.figures import style
from reports.figures.one_clock import one_clock as draw
from reports.sections.base import Section
from reports.sections.one_clock import one_clock
from reports.sections.scope import portfolio
from tests.small import ADMIN, bring, crisis, log, moment, posts, survey

pytestmark = pytest.mark.usefixtures("small")
LOG = ("2026-03-02 08:00 posted", "2026-03-02 12:00 detected", "2026-03-03 12:00 statement audience=public", "2026-03-09 12:00 resolved")  # fmt: skip


def clocked(as_of: str = "2026-06-01 12:00") -> Section:
    with reading() as session:
        return one_clock(portfolio(session, ADMIN, moment(as_of)).find("thread"))


def everything() -> None:
    log("thread", *LOG)
    posts(
        "2026-03-02",
        dict.fromkeys(range(-28, 0), (2, 0)) | {0: (6, 3), 1: (9, 9), 2: (4, 2), **dict.fromkeys(range(3, 30), (2, 0))},
    )
    for day, score in (("2026-01-05", 70), ("2026-02-05", 70), ("2026-03-05", 60), ("2026-05-05", 70)):
        bring(f"{day}.csv", [{"date": day, "source": "Index", "score": score, "scale_min": 0, "scale_max": 100}])
    survey("Before", "2026-02-10", {"Proud?": [5, 4, 4, 4, 1] * 8})
    survey("After", "2026-04-10", {"Proud?": [5, 2, 2, 1, 1] * 8})


def test_all_streams_lie_on_days_since_detection_and_the_lags_are_said() -> None:
    everything()
    found = clocked()
    series, points = found.frames["series"], found.frames["points"].set_index("label")
    assert set(series["series"]) == {"volume", "sentiment", "reputation", "morale"}
    assert found.facts["anchor"] == "detection"
    volume = series[series["series"] == "volume"].set_index("day")["value"]
    assert volume[0.0] == 6, "noon of the day of detection, which was at noon"
    assert found.frames["milestones"].set_index("label")["day"].round(3).to_dict() == {
        "Posted": -0.167, "Detected": 0.0, "Statement": 1.0, "Resolved": 7.0,
    }  # fmt: skip
    assert points.loc["volume peak", ["day", "value"]].tolist() == [1.0, 9.0]
    assert points.loc["lowest reputation", ["day", "value"]].tolist() == [3.0, 60.0]
    assert points.loc["lowest morale", "day"] == 39.0
    assert found.findings[0] == "The first statement came on the day on which volume peaked."
    assert "lowest morale on day 39" in found.findings[1]


def test_the_figure_names_the_points_and_its_alternative_tells_them() -> None:
    everything()
    found = clocked()
    fig = draw(
        found.frames["series"], milestones=found.frames["milestones"], points=found.frames["points"], source="Index"
    )
    texts = [note.text for note in fig.layout.annotations]
    assert "peak" in texts
    assert "Days since detection" in texts
    assert any("Statement" in text for text in texts)
    assert style.alt(fig).startswith("Days since detection: volume peak on day 1; ")


@pytest.mark.parametrize("width", [style.WIDTH, 380, style.NARROW])
def test_what_is_missing_is_said_in_its_panel(width: int) -> None:
    log("thread", *LOG)
    survey("Before", "2026-02-10", {"Proud?": [5, 4, 4, 4, 1] * 8})
    found = clocked()
    fig = draw(
        found.frames["series"], milestones=found.frames["milestones"], points=found.frames["points"], width=width
    )
    assert [note.text for note in fig.layout.annotations].count("Not measured") == 3
    assert "not measured: posts a day, net sentiment, reputation" in style.alt(fig)
    assert found.findings[-1].startswith("Without a day: volume peak")


def test_a_crisis_without_a_start_or_without_data_is_said() -> None:
    crisis("thread")
    found = clocked()
    assert found.findings == ("Not measured: nobody recorded when the crisis began.",)
    assert "Nothing is measured around this crisis yet" in style.alt(draw(found.frames["series"]))


def test_where_nobody_recorded_the_detection_days_count_from_the_start() -> None:
    log("thread", "2026-03-02 08:00 posted")
    posts("2026-03-02", {0: (3, 0), 1: (1, 0)})
    found = clocked("2026-03-04 12:00")
    assert found.facts["anchor"] == "the start"
    volume = found.frames["series"].query("series == 'volume' and value > 0").set_index("day")["value"]
    assert volume.to_dict() == {0.5: 3.0, 1.5: 1.0}


def test_withheld_waves_are_not_drawn() -> None:
    log("thread", *LOG)
    survey("Before", "2026-02-10", {"Proud?": [5, 4, 3]})
    assert "morale" not in set(clocked().frames["series"]["series"])


def test_what_else_happened_lies_on_the_same_axis_as_of_then() -> None:
    everything()
    with writing() as session:
        for day, title in ((date(2026, 3, 4), "Outage"), (date(2026, 5, 20), "Launch")):
            markers.enter(session, ADMIN, {"happened_on": day, "title": title})
    known = clocked("2026-05-10 12:00").frames["markers"]
    assert known.to_dict("records") == [{"title": "Outage", "day": 2.0}]
    assert clocked().frames["markers"]["title"].tolist() == ["Outage", "Launch"]
