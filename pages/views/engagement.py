"""What was said about one crisis: before, during and after, on each platform, and how it was counted and scored."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.choose import choose_crisis
from pages.components.context_markers import context_markers
from pages.components.empty import nothing_yet
from pages.components.engagement_detail import detail
from pages.components.figure import show, width
from pages.components.loaders import signals
from pages.components.text import plain
from reports.figures.reaction import volume_and_sentiment

viewer = guard.open_page("engagement")
version = loaders.version()
as_of = loaders.moment(version)
crises = loaders.crisis_list(viewer.role, version)

if crises.empty:
    st.title("Engagement & sentiment")
    nothing_yet("There is no crisis to look at yet.")
    st.stop()

crisis = choose_crisis(crises, viewer.role, as_of, version, title="Engagement & sentiment")
found = signals.engagement(crisis["code"], viewer.role, as_of, version)
st.subheader(plain(found.findings[0]))
if found.frames["platforms"].empty:
    nothing_yet("Import an engagement export, or the start of the crisis, to see what was said.")
    st.stop()

milestones = found.frames["milestones"]
facts = {name: found.facts[name] for name in ("baseline", "spread", "day0", "end")}
figure = volume_and_sentiment(
    found.frames["days"],
    milestones=milestones if len(milestones) else None,
    markers=found.frames["markers"],
    timezone=crisis["timezone"],
    periods=True,
    width=width(),
    **facts,
)
show(figure, key="engagement")
context_markers(viewer, version)
st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.findings[1:]))
detail(crisis["code"], viewer, as_of, version, found)
