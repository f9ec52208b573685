"""Is the ground prepared? Training, policy, workshops, ambassadors, recognitions, check-ins; and what the crises show."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.choose import one_of
from pages.components.culture_tables import activity_table, crises_beside
from pages.components.empty import nothing_yet
from pages.components.loaders import learning
from pages.components.text import plain
from pages.components.where_from import footer
from reports.sections.culture_page import SHOWN

viewer = guard.open_page("culture")
version = loaders.version()
found = learning.culture(viewer.role, loaders.moment(version), version)

st.title("Culture")
if not found.measures:
    nothing_yet("No culture log is imported yet: trainings, workshops, ambassadors, recognitions, check-ins.")
else:
    st.subheader(plain(found.findings[0]), anchor=False)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.findings[1:-1]))
    st.subheader("By department and quarter", anchor=False)
    activity_table(found, one_of("What to see", list(SHOWN), "what"))
    st.caption(plain(found.findings[-1]))
    footer(found)

st.subheader("What the crises show", anchor=False)
crises_beside(found)
