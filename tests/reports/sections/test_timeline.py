from __future__ import annotations

import pytest

from tests.small import crisis, log, section, setting

pytestmark = pytest.mark.usefixtures("small")


def test_it_says_who_noticed_and_how_much_is_recorded() -> None:
    log(
        "thread",
        "2026-03-02 08:00 posted",
        "2026-03-02 09:12 detected detected_by=customer",
        "2026-03-04 12:00 statement audience=public function=PR",
        "2026-03-04 13:00 decision function=Legal",
    )
    setting("targets.time_to_detect", "1")
    found = section("timeline", "thread", "2026-04-01 12:00")
    assert found.findings == (
        "A customer noticed the post 1 h 12 min after it went up, 12 min over the 1 h target.",
        "Four events recorded from 2 March 2026 to 4 March 2026, by two functions.",
    )
    assert [(f.file, f.rows) for f in found.sources.files] == [("log.csv", "2–5")]
    assert found.frames["events"]["milestone"].tolist() == ["posted", "detected", "statement", "decision"]


def test_as_of_the_past_later_events_are_neither_shown_nor_counted() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-09 09:00 resolved")
    found = section("timeline", "thread", "2026-03-02 08:30")
    assert found.findings[1] == "One event recorded on 2 March 2026."
    assert found.findings[0] == "No detection yet, 30 min after the post."
    assert [f.rows for f in found.sources.files] == ["2"]


def test_one_event_is_enough() -> None:
    log("thread", "2026-03-02 other")
    found = section("timeline", "thread", "2026-04-01 12:00")
    assert found.findings == (
        "The time to detection can't be told: no posted event recorded.",
        "One event recorded on 2 March 2026.",
    )


def test_a_crisis_without_events_says_so() -> None:
    crisis("thread", started_at="2026-03-02 08:00")
    found = section("timeline", "thread", "2026-04-01 12:00")
    assert found.findings == ("Nothing is recorded of this crisis yet.",)
    assert found.frames["events"].empty
    assert found.sources.files == ()
