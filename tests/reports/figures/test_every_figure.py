"""What holds for each figure: hostile text stays text, both grounds work, nothing breaks on little or no data."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import cycle

import pandas as pd
import plotly.graph_objects as go
import pytest

from metrics.estimate import Estimate
from reports.figures import style
from reports.figures.compare import curves
from reports.figures.conformance import planned_and_actual
from reports.figures.coverage import coverage_calendar
from reports.figures.incidents import every_interval, one_interval
from reports.figures.intervals import response_intervals
from reports.figures.morale import morale_trend
from reports.figures.path import statement_path
from reports.figures.paths import statement_paths
from reports.figures.plan_heat import plan_heat
from reports.figures.reaction import volume_and_sentiment
from reports.figures.reputation import reputation
from reports.figures.reputation_history import reputation_history
from reports.figures.timeline import timeline
from tests.reports.figures import frames
from tests.reports.figures.looking import colours, contrast, parts, shown, spec, visible

DAY0, END = pd.Timestamp("2026-03-03"), pd.Timestamp("2026-03-15")
MEDIAN = Estimate(value=5.0, lo=2.0, hi=9.0, unit="hours", n=6)
Draw = Callable[[pd.DataFrame], go.Figure]


def draw_reaction(days: pd.DataFrame) -> go.Figure:
    milestones, markers = frames.milestones(), frames.markers()
    return volume_and_sentiment(
        days, baseline=40, spread=6.3, day0=DAY0, end=END, milestones=milestones, markers=markers
    )


FIGURES: dict[str, tuple[Draw, pd.DataFrame]] = {
    "timeline": (lambda f: timeline(f, timezone=frames.ZONE, as_of=frames.utc("2026-04-02 12:00")), frames.events()),
    "intervals": (lambda f: response_intervals(f, frames.past_intervals()), frames.intervals()),
    "incidents": (lambda f: one_interval(f, MEDIAN), frames.incidents()),
    "every interval": (lambda f: every_interval(f, frames.incidents()), frames.incidents()),
    "curves": (
        lambda f: curves(frames.compared(), f, frames.compared_scores().head(len(f)), source="Index"),
        frames.compared_days(),
    ),
    "paths": (lambda f: statement_paths(frames.compared(), f), frames.compared_path()),
    "path": (statement_path, frames.path()),
    "reaction": (draw_reaction, frames.days()),
    "reputation": (
        lambda f: reputation(f, day0=DAY0, end=END, baselines={"Glassdoor": 72.0}, markers=frames.markers()),
        frames.scores(),
    ),
    "reputation history": (
        lambda f: reputation_history(f, frames.crises(), markers=frames.markers(), primary="Glassdoor"),
        frames.scores(),
    ),
    "morale": (lambda f: morale_trend(f, crises=frames.crises()), frames.waves()),
    "plan": (lambda f: planned_and_actual(f, frames.unplanned(), timezone=frames.ZONE), frames.plan_steps()),
    "coverage": (lambda f: coverage_calendar(f, crises=frames.crises()), frames.stored()),
    "plan heat": (lambda f: plan_heat(f, list(dict.fromkeys(f["section"]))), frames.plan_states()),
}
every = pytest.mark.parametrize(("draw", "frame"), FIGURES.values(), ids=FIGURES)


def hostile(values: pd.Series) -> list[str]:
    """Other words for a column: equal ones stay equal."""
    words = dict(zip(values.unique(), cycle(frames.HOSTILE), strict=False))
    return [words[v] for v in values]


@cache
def hostile_figures() -> dict[str, go.Figure]:
    """Each figure with hostile text wherever a user's text can stand."""
    events = frames.events([(f"2026-03-03 1{i}:00", "other", t, t, t) for i, t in enumerate(frames.HOSTILE)])
    events = events.assign(platform=list(frames.HOSTILE), detected_by=list(frames.HOSTILE))
    intervals = frames.intervals()
    past = frames.past_intervals()
    milestones = frames.milestones()
    markers = pd.DataFrame({"date": pd.date_range("2026-02-10", periods=5), "title": list(frames.HOSTILE)})
    scores = frames.scores()
    crises = frames.crises()
    return {
        "timeline": timeline(events, timezone=frames.ZONE),
        "intervals": response_intervals(
            intervals.assign(label=hostile(intervals["label"]), reason=hostile(intervals["id"])),
            past.assign(crisis=hostile(past["crisis"])),
        ),
        "incidents": one_interval(frames.incidents().assign(label=list(frames.HOSTILE)), MEDIAN),
        "every interval": every_interval(
            frames.incidents().assign(label=list(frames.HOSTILE)),
            frames.incidents().assign(crisis=list(frames.HOSTILE)),
        ),
        "curves": curves(
            frames.compared().assign(title=list(frames.HOSTILE)),
            frames.compared_days(),
            frames.compared_scores(),
            source=frames.SCRIPT,
        ),
        "paths": statement_paths(frames.compared().assign(title=list(frames.HOSTILE)), frames.compared_path()),
        "path": statement_path(frames.path().assign(label=list(frames.HOSTILE))),
        "reaction": volume_and_sentiment(
            frames.days(), milestones=milestones.assign(label=hostile(milestones["label"])), markers=markers
        ),
        "reputation": reputation(
            scores.assign(source=hostile(scores["source"]), company=hostile(scores["company"])),
            baselines={frames.SCRIPT: 70.0},
            markers=markers,
        ),
        "reputation history": reputation_history(
            scores.assign(source=hostile(scores["source"]), company=hostile(scores["company"])),
            crises.assign(label=hostile(crises["label"])),
            markers=markers,
        ),
        "morale": morale_trend(
            frames.waves().assign(wave=hostile(frames.waves()["wave"])),
            crises=crises.assign(label=hostile(crises["label"])),
            unit=frames.SCRIPT,
        ),
        "plan": planned_and_actual(
            frames.plan_steps().assign(step=hostile(frames.plan_steps()["step"]), reason=frames.SCRIPT),
            frames.unplanned().assign(description=frames.SCRIPT),
            timezone=frames.ZONE,
        ),
        "coverage": coverage_calendar(
            frames.stored().assign(name=hostile(frames.stored()["name"])),
            crises=crises.assign(label=hostile(crises["label"])),
        ),
        "plan heat": plan_heat(
            frames.plan_states().assign(
                section=hostile(frames.plan_states()["section"]),
                title=hostile(frames.plan_states()["title"]),
                failed=[tuple(frames.HOSTILE)] * len(frames.plan_states()),
            ),
            list(dict.fromkeys(hostile(frames.plan_states()["section"]))),
        ),
    }


@pytest.mark.parametrize("name", FIGURES)
def test_hostile_text_is_shown_as_text(name: str) -> None:
    texts = shown(hostile_figures()[name])
    whole = "\n".join(texts)
    assert "&lt;scri" in whole  # it is there …
    for text in texts:
        assert "<script" not in text
        assert "<b>x" not in text
        assert "$" not in text.replace("&#36;", "")
        assert "\u202e" not in text
        assert "\u0007" not in text


@pytest.mark.parametrize("name", FIGURES)
def test_no_template_that_text_could_fill(name: str) -> None:
    keys = {key for key, _ in parts(hostile_figures()[name])}
    assert not keys & {"hovertemplate", "texttemplate"}


@pytest.mark.parametrize("name", FIGURES)
def test_long_text_is_cut_in_labels(name: str) -> None:
    fig = hostile_figures()[name]
    lines = [visible(line) for a in fig.layout.annotations for line in a.text.split("<br>")]
    assert max(len(line) for line in lines) <= 50
    hovers = [visible(line) for text in shown(fig) for line in text.split("<br>")]
    assert max(len(line) for line in hovers) <= 300


@every
def test_legible_on_both_grounds(draw: Draw, frame: pd.DataFrame) -> None:
    fig = draw(frame)
    assert fig.layout.paper_bgcolor == fig.layout.plot_bgcolor == style.CLEAR
    fonts = [v for k, v in parts(fig) if "font" in k and isinstance(v, dict)]
    assert fonts
    assert not [f for f in fonts if "color" in f]
    used = colours(fig)
    assert used
    for colour in used:
        assert contrast(colour, "#ffffff") >= 3, colour
        assert contrast(colour, "#0e1117") >= 3, colour


@every
@pytest.mark.parametrize(("theme", "ground"), [("light", "#ffffff"), ("dark", "#0e1117")])
def test_ink_makes_all_text_legible(draw: Draw, frame: pd.DataFrame, theme: str, ground: str) -> None:
    plain = draw(frame)
    before = spec(plain)
    fig = style.inked(plain, theme)
    assert spec(plain) == before
    assert contrast(fig.layout.font.color, ground) >= 7
    for axis in [*fig.select_xaxes(), *fig.select_yaxes()]:
        assert contrast(axis.tickfont.color, ground) >= 7
        assert axis.tickfont.size == style.SMALL


def test_without_a_known_theme_the_page_decides() -> None:
    assert style.inked(statement_path(frames.path()), None).layout.font.color is None


@every
def test_says_its_finding_and_cannot_be_dragged(draw: Draw, frame: pd.DataFrame) -> None:
    fig = draw(frame)
    alt = style.alt(fig)
    assert len(alt) > 40
    assert alt.endswith(".")
    assert "nan" not in alt.lower()
    assert "None" not in alt
    assert fig.layout.dragmode is False
    assert all(axis.fixedrange for axis in [*fig.select_xaxes(), *fig.select_yaxes()])


@every
def test_empty_frame_says_what_is_missing(draw: Draw, frame: pd.DataFrame) -> None:
    fig = draw(frame.head(0))
    (note,) = fig.layout.annotations
    assert len(fig.data) == 0
    assert note.text.replace("<br>", " ") == style.alt(fig)


@every
def test_each_row_alone_can_be_drawn(draw: Draw, frame: pd.DataFrame) -> None:
    for i in range(min(len(frame), 12)):
        fig = draw(frame.iloc[[i]])
        assert style.alt(fig)
        assert not any("nan" in text.lower() for text in shown(fig))


@every
def test_inputs_are_not_changed(draw: Draw, frame: pd.DataFrame) -> None:
    before = frame.copy(deep=True)
    draw(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("name", ["timeline", "reaction", "reputation", "morale", "coverage"])
def test_row_order_is_irrelevant(name: str) -> None:
    draw, frame = FIGURES[name]
    assert spec(draw(frame.sample(frac=1, random_state=3))) == spec(draw(frame))


def test_the_key_cannot_be_clicked_away() -> None:
    legend = timeline(frames.events(), timezone=frames.ZONE).layout.legend
    assert legend.itemclick is False
    assert legend.itemdoubleclick is False
