"""Aftermath: page config, the viewer, navigation. The pages themselves lie in `pages/views`."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders, menu, present, sample

# An emoji is drawn by the browser itself; a Material icon here would be asked of another machine.
st.set_page_config(page_title="Aftermath", page_icon="🔎", layout="wide")

guard.refuse_proxies()
loaders.ready()
page = menu.navigation(guard.viewer(), hidden=present.on())
if not present.on():
    sample.notice()
page.run()
