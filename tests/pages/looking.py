"""What a page says and shows, taken from the elements that it sends to the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

#: Elements whose text the browser reads as Markdown, and the fields that hold it.
_MARKDOWN = {
    "title": ("body", "help"), "header": ("body", "help"), "subheader": ("body", "help"), "markdown": ("body", "help"),
    "caption": ("body", "help"), "metric": ("label", "help"), "button": ("label", "help"),
    "download_button": ("label", "help"), "page_link": ("label", "help"), "selectbox": ("label", "help"),
    "text_input": ("label", "help"), "info": ("body",), "warning": ("body",), "error": ("body",), "success": ("body",),
    "progress": ("text",), "toggle": ("label", "help"), "button_group": ("label", "help"),
}  # fmt: skip


def healthy(page: AppTest) -> AppTest:
    """The page, if nothing on it went wrong."""
    assert [error.message for error in page.exception] == []
    return page


def words(text: str) -> str:
    """What a person reads of Markdown whose special characters are escaped."""
    return re.sub(r"\\(.)", r"\1", text)


def title(page: AppTest) -> str:
    return words(page.title[0].value)


def alerts(page: AppTest) -> list[str]:
    return [words(alert.value) for kind in (page.error, page.warning, page.info, page.success) for alert in kind]


def said(page: AppTest) -> str:
    """Every heading, paragraph, caption and alert."""
    parts = [e.value for kind in (page.title, page.header, page.subheader, page.markdown, page.caption) for e in kind]
    return "\n".join([*(words(part) for part in parts), *alerts(page), *(e.value for e in page.text)])


def frames(page: AppTest) -> list[pd.DataFrame]:
    return [table.value for table in page.dataframe]


def markdown(page: AppTest) -> Iterator[str]:
    """Every text on the page that the browser reads as Markdown, as it is sent."""
    for kind, fields in _MARKDOWN.items():
        for element in page.get(kind):
            proto: Any = element.proto
            yield from (str(getattr(proto, field)) for field in fields if hasattr(proto, field))
    for table in page.table:
        yield from (str(cell) for line in table.value.to_numpy() for cell in line)
    for block in [*page.get("expander"), *page.get("popover"), *page.get("dialog")]:
        yield str(getattr(block.proto, "label", "") or getattr(block.proto, "title", ""))


def opened_popover(page: Any, key: str) -> Any:
    """The page after a click on a popover, which only then computes what it holds."""
    page.session_state[key] = True
    return healthy(page.run())


def click(page: Any, key: str) -> Any:
    """The page after a click on the button with this key."""
    return healthy(next(button for button in page.button if button.key == key).click().run())


def fill(page: Any, **values: Any) -> None:
    """Write into the widgets whose keys end so."""
    kinds = (page.text_input, page.text_area, page.date_input, page.selectbox, page.number_input)
    for ending, value in values.items():
        (widget,) = [w for kind in kinds for w in kind if w.key and w.key.endswith(f"_{ending}")]
        widget.set_value(value)


def buttons(page: Any) -> set[str]:
    return {button.label for button in page.button}
