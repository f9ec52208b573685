"""What the company decides for itself: hours, targets, anonymity, retention, topics; saved at once or not at all."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders, settings_fields, settings_saved, settings_tables

viewer = guard.open_page("settings")
version = loaders.version()
fields = settings_saved.begin(loaders.settings(version))

st.title("Settings")
settings_saved.said()
with st.form("settings", border=False, enter_to_submit=False):
    settings_fields.company(fields, loaders.reputation_sources(version))
    settings_fields.reviews(fields)
    settings_fields.surveys(fields)
    settings_fields.retention(fields)
    settings_tables.targets(fields)
    settings_tables.topics(fields)
    asked = st.form_submit_button("Save all settings", type="primary", icon=":material/save:", key="save_settings")
if asked:
    settings_saved.save(fields, viewer)
settings_saved.changes(version)
