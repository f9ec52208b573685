"""Volume and sentiment, reputation, morale."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from reports.figures import style
from reports.figures.morale import morale_trend
from reports.figures.reaction import volume_and_sentiment
from reports.figures.reputation import reputation
from tests.reports.figures import frames
from tests.reports.figures.looking import box, named, overlaps, spec, trace

DAY0, END = pd.Timestamp("2026-03-03"), pd.Timestamp("2026-03-15")


def reaction(**how: object) -> go.Figure:
    usual = {"baseline": 40.0, "spread": 6.0, "day0": DAY0, "end": END}
    notes = {"milestones": frames.milestones(), "markers": frames.markers()}
    return volume_and_sentiment(frames.days(), **(usual | notes | how))


def windows(fig: go.Figure) -> list[tuple[str, str]]:
    return [(s.x0, s.x1) for s in fig.layout.shapes if s.type == "rect" and s.fillcolor == style.SHADE]


def test_days_not_covered_are_gaps_not_zeros() -> None:
    fig = reaction()
    bars, line = trace(fig, "Posts a day"), trace(fig, "Net sentiment")
    assert bars.y[10] is None
    assert line.y[10] is None
    assert line.connectgaps is False
    assert "Not covered" in bars.hovertext[10]


def test_panels_share_the_axis_and_volume_starts_at_zero() -> None:
    fig = reaction()
    assert fig.layout.xaxis.matches == "x2"
    assert fig.layout.yaxis.range[0] == 0
    assert fig.layout.yaxis.range[1] > max(v for v in trace(fig, "Posts a day").y if v is not None)
    low, high = fig.layout.yaxis2.range
    assert low == -high


def test_window_covers_whole_days_of_the_crisis_in_both_panels() -> None:
    assert windows(reaction()) == [("2026-03-02 12:00", "2026-03-14 12:00")] * 2
    assert windows(reaction(end=None)) == [("2026-03-02 12:00", "2026-04-13 12:00")] * 2
    assert windows(reaction(day0=None)) == []


def test_baseline_band_is_twice_the_spread() -> None:
    (band,) = [s for s in reaction().layout.shapes if s.fillcolor == style.NORMAL]
    assert (band.y0, band.y1) == (28, 52)
    assert not [s for s in reaction(baseline=None).layout.shapes if s.fillcolor == style.NORMAL]
    assert [a.text for a in named(reaction(), "baseline")] == ["Normal<br>40 a day"]


def test_milestones_of_a_day_share_a_name() -> None:
    assert "Posted, detected, first statement" in [a.text for a in named(reaction(), "milestone")]


@pytest.mark.parametrize("width", [980, 360])
def test_flags_do_not_collide(width: int) -> None:
    fig = reaction(width=width)
    first, last = (pd.Timestamp(end) for end in fig.layout.xaxis.range)
    room = width - fig.layout.margin.l - fig.layout.margin.r
    flags = named(fig, "milestone") + named(fig, "marker")
    boxes = [box(a, (pd.Timestamp(a.x) - first) / (last - first) * room, 0) for a in flags]
    assert len(named(fig, "milestone")) == 5
    assert overlaps(boxes) == []
    assert max(right for _, right, _, _ in boxes) <= room + fig.layout.margin.r
    assert -min(top for _, _, top, _ in boxes) <= fig.layout.margin.t


def test_what_finds_no_flag_is_in_the_hover_of_its_day() -> None:
    days = pd.date_range("2026-03-03", periods=20)
    many = pd.DataFrame({"label": [f"Milestone number {i}" for i in range(20)], "at": days})
    fig = reaction(milestones=many, markers=None)
    assert 0 < len(named(fig, "milestone")) < 20
    hovers = dict(zip(trace(fig, "Posts a day").x, trace(fig, "Posts a day").hovertext, strict=True))
    for i, day in enumerate(days):
        assert f"Milestone number {i}" in hovers[day.strftime("%Y-%m-%d %H:%M")]


def test_aware_milestones_count_in_the_crisis_days() -> None:
    late = pd.DataFrame({"label": ["Statement"], "at": [pd.Timestamp("2026-03-03 23:30", tz="UTC")]})
    (flag,) = named(reaction(milestones=late, timezone="Europe/Berlin"), "milestone")
    assert flag.x == "2026-03-04 00:00"
    with pytest.raises(ValueError, match="timezone"):
        reaction(milestones=late)


def test_context_is_drawn_apart_from_milestones() -> None:
    (launch, outage) = named(reaction(), "marker")
    assert {launch.text, outage.text} == {"<i>Launch of version 5</i>", "<i>Outage in Europe</i>"}
    assert launch.opacity < 1


def test_unscored_days_say_so() -> None:
    fig = volume_and_sentiment(frames.days().assign(net_sentiment=float("nan")))
    assert len(named(fig, "unscored")) == 1
    assert "no post has a sentiment score" in style.alt(fig)


def test_reaction_alt_tells_peak_and_trough() -> None:
    alt = style.alt(reaction())
    assert "peaked at 475 on 4 Mar 2026, 11.9 times the normal 40" in alt
    assert "on 3 Mar 2026" in alt


def test_one_day_gets_a_bar_of_a_day() -> None:
    fig = volume_and_sentiment(frames.days(1))
    assert trace(fig, "Posts a day").width == 0.8 * 86_400_000
    first, last = (pd.Timestamp(end) for end in fig.layout.xaxis.range)
    assert last - first == pd.Timedelta(days=14)


def scores(**how: object) -> go.Figure:
    return reputation(frames.scores(), day0=DAY0, end=END, baselines={"Glassdoor": 72.0}, **how)


def test_one_panel_a_source_on_one_scale() -> None:
    fig = scores()
    assert [a.text for a in named(fig, "source")] == ["<b>Brandwatch index</b>", "<b>Glassdoor</b>", "<b>RepTrak</b>"]
    assert len({tuple(axis.range) for axis in fig.select_yaxes()}) == 1
    assert len({tuple(axis.range) for axis in fig.select_xaxes()}) == 1


def test_ours_is_bold_on_top_and_others_thin() -> None:
    first = [t for t in scores().data if t.xaxis == "x"]
    assert [t.name for t in first][-1] == "Our company"
    assert [t.line.width for t in first] == [1.2, 1.2, 3]
    assert [t.line.color for t in first] == [style.OTHERS, style.OTHERS, style.OURS]


def test_sparse_sources_have_dots() -> None:
    modes = {t.xaxis: t.mode for t in scores().data if t.name == "Our company"}
    assert modes == {"x": "lines", "x2": "lines", "x3": "lines+markers"}


def test_baseline_only_where_there_is_one() -> None:
    dashed = [s for s in scores().layout.shapes if s.line.dash == "dash"]
    assert [(s.xref, s.y0, s.y1) for s in dashed] == [("x2 domain", 72, 72)]
    assert "before: 72" in [a.text for a in named(scores(), "line")]


def test_names_of_lines_keep_their_distance() -> None:
    frame = frames.scores().assign(points=50.0)
    fig = reputation(frame, baselines={"Brandwatch index": 50.0})
    low, high = fig.layout.yaxis.range
    first = sorted(a.y for a in named(fig, "line") if a.yref == "y")
    gap = (high - low) * 14 / (fig.layout.height - fig.layout.margin.t - 36)
    assert len(first) == 4
    assert min(b - a for a, b in pairwise(first)) >= gap


def test_panels_stack_on_a_narrow_screen() -> None:
    assert scores(width=style.NARROW).layout.height > scores().layout.height
    assert [tuple(axis.domain) for axis in scores(width=style.NARROW).select_xaxes()] == [(0, 1)] * 3


def test_reputation_alt_gives_before_lowest_and_latest() -> None:
    assert "Glassdoor: 72 before, lowest 61.5, latest 66.5" in style.alt(scores())


def test_scores_without_a_scale_are_left_out() -> None:
    fig = reputation(frames.scores().assign(points=float("nan")))
    assert "known scale" in style.alt(fig)


def morale(**how: object) -> go.Figure:
    return morale_trend(frames.waves(), **({"crises": frames.crises()} | how))


def test_dots_with_intervals_in_percent() -> None:
    dots = trace(morale(), "Waves")
    assert list(dots.y) == pytest.approx([66, 68, 67, 64, 58, 63])
    assert list(dots.error_y.array) == pytest.approx([5] * 6)
    assert [t.strip() for t in dots.text][:2] == ["66 %", "68 %"]
    assert morale().layout.yaxis.ticksuffix == " %"


def test_withheld_waves_are_hollow_and_carry_no_number() -> None:
    fig = morale(crises=None)
    hidden, coded = trace(fig, "Hidden"), trace(fig, "In this band")
    assert hidden.marker.symbol == coded.marker.symbol == "circle-open"
    assert hidden.x == ("2025-06-20",)
    assert hidden.hovertext[0].endswith("Hidden: too few answers to be shown")
    assert hidden.y[0] < fig.layout.yaxis.range[0] + 5
    assert list(coded.y) == pytest.approx([97.5])
    assert "Between 95 % and 100 %" in coded.hovertext[0]


def test_a_value_that_slipped_into_a_hidden_wave_is_not_drawn() -> None:
    waves = frames.waves()
    waves.loc[3, ["value", "lo", "hi"]] = [0.123, 0.1, 0.15]
    text = morale_trend(waves).to_json()
    assert "12.3" not in text
    assert "0.123" not in text
    assert spec(morale_trend(waves)) == spec(morale_trend(frames.waves()))


def test_the_line_breaks_at_a_withheld_wave() -> None:
    line = trace(morale(), "From wave to wave")
    assert line.y[3] is None
    assert line.y[6] is None
    assert line.connectgaps is False


def test_crises_are_named_bands_and_an_open_one_runs_to_the_end() -> None:
    fig = morale()
    assert [a.text for a in named(fig, "crisis")] == ["Leaked roadmap", "Hateful thread", "Support screenshot"]
    ends = [(s.x0, s.x1) for s in fig.layout.shapes if s.type == "rect"]
    assert ends[0] == ("2025-02-03", "2025-02-20")
    assert ends[2] == ("2025-11-20", fig.layout.xaxis.range[1][:10])


def test_units_say_themselves() -> None:
    shown = frames.waves().dropna(subset=["value"])
    enps = morale_trend(shown.assign(value=12.0, lo=-3.0, hi=27.0), unit="enps")
    assert trace(enps, "Waves").text[0].strip() == "+12"
    mean = morale_trend(shown.assign(value=3.9, lo=3.7, hi=4.1), unit="of 5")
    assert trace(mean, "Waves").text[0].strip() == "3.9 of 5"


def test_morale_alt_counts_what_is_hidden() -> None:
    alt = style.alt(morale())
    assert alt.startswith("Morale by survey wave: Pulse 2024 Q3 66 %")
    assert alt.endswith("2 waves hidden.")
