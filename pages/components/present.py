"""Present: one section a screen, in large type, without the chrome; led by buttons and by a presenter's keys."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

#: How much larger type and figures are, and the figure's height that leaves room for two lines of text at 720 pixels.
TYPE = 1.4
HEIGHT = 440
#: Pixels beside which a figure is drawn before it is enlarged: 1,120 on a screen of 1280.
WIDTH = 800


def on() -> bool:
    """Whether the address asks for the presentation."""
    return st.query_params.get("present") == "1"


def button() -> None:
    """The way in."""
    st.button(
        "Present", type="primary", icon=":material/slideshow:", shortcut="P", on_click=_enter, key="enter_present"
    )


def current(sections: Sequence[str]) -> str:
    """The section in the address, else the first."""
    asked = st.query_params.get("section", sections[0])
    return asked if asked in sections else sections[0]


def bar(sections: Sequence[str], shown: str) -> None:
    """Previous, where we are, and Next, at the foot of the screen."""
    at = list(sections).index(shown)
    with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button(
            "Close", icon=":material/close:", shortcut="Esc", type="tertiary", on_click=_leave, key="close_present"
        )
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content"):
            _step("Previous", ":material/arrow_back:", "PageUp", sections, at - 1)
            st.markdown(f"{at + 1} of {len(sections)}", width="content")
            _step("Next", ":material/arrow_forward:", "PageDown", sections, at + 1)


def _step(label: str, icon: str, key: str, sections: Sequence[str], to: int) -> None:
    there = 0 <= to < len(sections)
    target = sections[to] if there else ""
    st.button(label, icon=icon, shortcut=key, disabled=not there, on_click=_show, args=(target,), key=f"present_{key}")


def _enter() -> None:
    st.query_params["present"] = "1"


def _show(section: str) -> None:
    st.query_params["section"] = section


def _leave() -> None:
    st.query_params.pop("present", None)
