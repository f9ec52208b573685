"""What crises did to the reputation: one crisis source by source, then all crises over the years."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.choose import choose_crisis, linked_selectbox
from pages.components.context_markers import context_markers
from pages.components.empty import nothing_yet
from pages.components.figure import show, width
from pages.components.loaders import sections, signals
from pages.components.reputation_table import reputation_table
from pages.components.text import plain
from pages.components.where_from import footer
from reports.figures.reputation import reputation
from reports.figures.reputation_history import reputation_history

viewer = guard.open_page("reputation")
version = loaders.version()
as_of = loaders.moment(version)
crises = loaders.crisis_list(viewer.role, version)
over_the_years = signals.reputation_history(viewer.role, as_of, version)

if over_the_years.frames["scores"].empty:
    st.title("Reputation")
    nothing_yet("No reputation scores are imported yet.")
    st.stop()

if crises.empty:
    st.title("Reputation")
else:
    crisis = choose_crisis(crises, viewer.role, as_of, version, title="Reputation")
    found = sections.section("reputation", crisis["code"], viewer.role, as_of, version)
    st.subheader(plain(found.findings[0]))
    if len(found.findings) > 1:
        st.markdown(plain(" ".join(found.findings[1:])))
    if len(found.frames["scores"]):
        facts = {name: found.facts.get(name) for name in ("baselines", "day0", "end", "primary")}
        markers = found.frames["markers"]
        show(reputation(found.frames["scores"], markers=markers, width=width(), **facts), key="reputation")
        footer(found)

st.subheader("Over the years")
st.markdown("\n".join(f"- {plain(sentence)}" for sentence in over_the_years.findings))
primary = over_the_years.facts["primary"]
known = over_the_years.frames
drawn = reputation_history(known["scores"], known["crises"], markers=known["markers"], primary=primary, width=width())
show(drawn, key="history")
context_markers(viewer, version)
sources = sorted({m.group["source"] for m in over_the_years.measures}, key=lambda name: (name != primary, name))
if sources:
    source = linked_selectbox("Source", dict(zip(sources, sources, strict=True)), "source", width=340)
    reputation_table(over_the_years, source or sources[0])
footer(over_the_years)
