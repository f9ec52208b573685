"""Why a case is like another, and in what it differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metrics.findings.response import DETECTORS
from metrics.similarity import Match
from metrics.words import listed, opened, percent

_CURVE_ALIKE = 0.7
_SAME = {"category": "category", "platform": "platform", "detected_by": "detection"}
_UNKNOWN = {**_SAME, "severity": "severity", "curve": "posts a day"}


def likest(title: str, match: Match | None) -> str:
    """The case that comes first."""
    if match is None or match.estimate.number is None:
        return "No other case has enough in common with it to be compared."
    return f"Most like it is {title}, {percent(match.estimate.number)} alike."


def because(reasons: str) -> str:
    """The reasons as a sentence."""
    return f"{opened(reasons or 'nothing is the same')}."


def alike(match: Match, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What the two have in common, in words; empty without anything."""
    told = (_alike(name, likeness, mine, other) for name, likeness in match.features.items())
    return "; ".join(text for text in told if text)


def different(match: Match, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """In what they differ, and what is not known of both; empty without anything."""
    found = (_different(name, likeness, mine, other) for name, likeness in match.features.items())
    told = [text for text in found if text]
    lacking = [words for name, words in _UNKNOWN.items() if name not in match.features]
    if lacking:
        told.append(f"{listed(lacking)} not recorded in both")
    return "; ".join(told)


def _alike(name: str, likeness: float, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    if name == "curve":
        return f"posts rose and fell alike ({percent(likeness)} overlap)" if likeness >= _CURVE_ALIKE else None
    if name == "severity":
        return _near(likeness, mine, other) if likeness > 0.5 else None
    if not likeness:
        return None
    return f"detected by {_word(mine[name])} too" if name == "detected_by" else f"same {_SAME[name]} ({mine[name]})"


def _different(name: str, likeness: float, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    if name == "curve":
        return f"posts rose and fell differently ({percent(likeness)} overlap)" if likeness < _CURVE_ALIKE else None
    if name == "severity":
        return _severities(mine, other) if likeness <= 0.5 else None
    if likeness:
        return None
    if name == "detected_by":
        return f"detected by {_word(other[name])}, not by {_word(mine[name])}"
    return f"{_SAME[name]} {other[name]}, not {mine[name]}"


def _near(likeness: float, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    if likeness == 1:
        return f"same severity ({mine['severity']:.0f})"
    return f"near in severity ({other['severity']:.0f}, here {mine['severity']:.0f})"


def _severities(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    return f"severity {other['severity']:.0f}, here {mine['severity']:.0f}"


def _word(detector: Any) -> str:
    return "others" if detector == "other" else DETECTORS.get(str(detector), str(detector))
