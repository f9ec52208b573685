from __future__ import annotations

import pytest

from pages.components.tables import LEAST, row_height


@pytest.mark.parametrize(
    ("text", "across", "height"),
    [("short", 222, None), ("Harassing comments under a partner's video", 222, LEAST), ("W" * 200, 222, 114)],
)
def test_a_row_is_as_high_as_its_longest_text_needs(text: str, across: int, height: int | None) -> None:
    assert row_height(["a", text], across) == height
    assert LEAST > 64  # Streamlit breaks no line in a lower row


def test_a_table_without_rows_has_the_usual_ones() -> None:
    assert row_height([], 222) is None
