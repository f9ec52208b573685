"""What the server runs: `app.py` as an ASGI application."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# Streamlit takes a folder called pages for its old way of navigation until `app.py` has run once; the first visitor of
# a fresh server who follows a link would be told that the page does not exist.
PagesManager.uses_pages_directory = False

app = st.App("app.py")
