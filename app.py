"""Aftermath: page config, the viewer, navigation. The pages themselves lie in `pages/views`."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders, menu, sample

st.set_page_config(page_title="Aftermath", page_icon=":material/troubleshoot:", layout="wide")

guard.refuse_proxies()
loaders.ready()
page = menu.navigation(guard.viewer())
sample.notice()
page.run()
