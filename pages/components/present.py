"""Present: one section a screen, in large type, without the chrome; led by buttons and by a presenter's keys."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

#: How much larger letters and figures are than on the page; where many lines of text share a figure, only a little.
TYPE, DENSE = 1.4, 1.15
#: Pixels across that a figure may take of a screen of 1280×720.
WIDTH = 1120
#: Pixels that the finding, its sentence and the figure share there, and the most that a figure takes of them.
_ROOM, _HIGHEST = 508, 440
#: Characters on a line of the finding's type and of the sentence's, and the heights of the lines.
_FINDING, _SENTENCE = (60, 38.4), (112, 21.6)


def on() -> bool:
    """Whether the address asks for the presentation."""
    return st.query_params.get("present") == "1"


def height(finding: str, sentence: str = "") -> int:
    """The pixels that are left for a figure below a finding and a sentence."""
    taken = sum(-(-len(text) // across) * high for text, (across, high) in ((finding, _FINDING), (sentence, _SENTENCE)))
    return min(round(_ROOM - taken), _HIGHEST)


def button() -> None:
    """The way in."""
    st.button(
        "Present", type="primary", icon=":material/slideshow:", shortcut="P", on_click=_enter, key="enter_present"
    )


def bar(title: str, sections: Sequence[str], shown: str) -> None:
    """Which crisis this is, Previous, where we are, and Next, at the foot of the screen.

    Escape does not close the presentation: it also closes a calendar, a dialog and the editor of a cell.
    """
    at = list(sections).index(shown)
    with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button("Close", icon=":material/close:", type="tertiary", on_click=_leave, key="close_present")
        st.caption(title, width="content")
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
