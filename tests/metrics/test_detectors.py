from __future__ import annotations

import pandas as pd

from metrics.detectors import DETECTORS, detected_by, share_detected_by, share_proactive
from metrics.estimate import Status
from metrics.intervals import wilson
from metrics.timeline import timeline
from tests.metrics.frames import clock, events, moment


def who(*names: str | None) -> pd.DataFrame:
    return pd.DataFrame({"crisis": [f"c{i}" for i in range(len(names))], "detected_by": list(names)}, dtype=object)


def test_the_company_itself_is_own_monitoring_and_employees() -> None:
    frame = who("own_monitoring", "employee", "press", "press", None)
    found = share_proactive(frame)
    assert (found.value, found.lo, found.hi, found.n) == (0.5, *wilson(2, 4), 4)
    assert found.basis == "2 of 4 crises; 1 that does not name a detector left out"
    shares = share_detected_by(frame)
    assert {word: one.value for word, one in shares.items()} == {
        "own_monitoring": 0.25, "employee": 0.25, "customer": 0, "press": 0.5, "public": 0, "other": 0,
    }  # fmt: skip
    assert share_proactive(who(None)).reason == "no crisis names who detected it"
    assert share_proactive(who()).status is Status.UNDEFINED


def test_the_earliest_detection_counts() -> None:
    later = ("detected", "2026-03-03 09:00", {"detected_by": "press"})
    unnamed = ("detected", "2026-03-03 08:00")
    together = ("detected", "2026-03-03 08:00", {"detected_by": "customer"})
    now = moment("2026-03-04 00:00")
    assert detected_by(timeline(events(later, unnamed), clock(), now)) is None
    assert detected_by(timeline(events(later, unnamed, together), clock(), now)) == "customer"
    assert detected_by(timeline(events(), clock(), now)) is None


def test_every_detector_is_known() -> None:
    from data.enums import Detector

    assert list(DETECTORS) == [str(word) for word in Detector]
