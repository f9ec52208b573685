"""What must not stop half-way when a page is drawn anew or left."""

from __future__ import annotations

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.work import Counted, Pace, Work


def test_a_task_goes_on_whoever_looks_at_it_and_gives_its_outcome_once_it_is_done() -> None:
    go_on, left = threading.Event(), []

    def task(pace: Pace) -> str:
        pace.step("Importing", 2)
        go_on.wait(10)
        left.append("stored")
        return "done"

    work = Work("asked", task)
    assert work.asked == "asked"
    assert left == []
    go_on.set()
    assert work.shown() == "done"
    assert (left, work.shown()) == (["stored"], "done")


def test_what_a_task_raises_is_raised_where_somebody_looks() -> None:
    def task(_: Pace) -> None:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        Work(None, task).shown()


def test_a_page_shows_how_far_a_long_task_is() -> None:
    def page() -> None:
        import threading

        import streamlit as st

        from pages.components.work import Work

        if "work" not in st.session_state:
            st.session_state.go_on = threading.Event()

            def task(pace: object) -> str:
                pace.step("Checking posts.csv", 400, "rows")  # type: ignore[attr-defined]  # a Pace
                pace.done = 100  # type: ignore[attr-defined]  # a Pace
                go_on.wait(10)
                return "done"

            go_on = st.session_state.go_on
            st.session_state.work = Work(None, task)
            threading.Timer(1.0, go_on.set).start()
        st.write(st.session_state.work.shown())

    shown = AppTest.from_function(page, default_timeout=20).run()
    assert not shown.exception
    assert [text.value for text in shown.markdown] == ["done"]
    assert not shown.get("progress")  # the bar goes when the work is done


def test_the_pace_tells_unit_share_and_time_left() -> None:
    pace = Pace()
    assert pace.told == "Starting…"
    pace.step("Checking", 400, "rows")
    assert (pace.share, pace.told) == (0.0, "Checking · rows: 0 of 400")
    pace.done, pace.began = 100, time.monotonic() - 10
    assert pace.share == 0.25
    assert pace.told == "Checking · rows: 100 of 400, about 30 s left"


def test_files_that_are_told_one_by_one_are_counted_in_rows() -> None:
    pace = Pace()
    tell = Counted(pace, "Checking", [("a.csv", 10), ("b.csv", 30), ("a.csv", 5)])
    tell("b.csv", 0, 3)
    assert (pace.done, pace.total, pace.what) == (0, 45, "Checking b.csv, file 1 of 3")
    tell("a.csv", 1, 3)
    assert pace.done == 30
    tell("a.csv", 2, 3)
    assert pace.done == 40


def test_the_rows_of_a_large_file_move_the_bar_inside_it() -> None:
    pace = Pace()
    tell = Counted(pace, "Importing", [("a.csv", 1_000), ("b.csv", 30)])
    tell("a.csv", 0, 2)
    tell.rows(200, 1_000)
    assert (pace.done, pace.total) == (200, 1_030)
    tell.rows(400, 800)  # it was looked through: its rows are counted now
    assert (pace.done, pace.total) == (400, 830)
    tell.rows(800, 800)
    tell("b.csv", 1, 2)
    assert (pace.done, pace.total) == (800, 830)
    tell.rows(30, 30)
    assert (pace.share, pace.done) == (1.0, 830)
