"""``python -m docs``: write the documents that say what the code declares; with ``--pictures``, the screenshots too.

``--screens`` takes pictures of every page instead, to be looked at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.written import FOLDER, WRITTEN


def main(arguments: list[str] | None = None) -> int:
    """Run one call and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m docs", description="Write the documents that repeat the code.")
    parser.add_argument("--pictures", action="store_true", help="also take the screenshots; needs Chromium")
    parser.add_argument(
        "--screens", nargs="?", type=Path, const=FOLDER.parent / "build" / "screens", metavar="FOLDER",
        help="take every page at every size in both themes instead, into build/screens unless told otherwise",
    )  # fmt: skip
    parser.add_argument("--company", action="append", help="of --screens: the sample, or one that lacks something")
    parser.add_argument("--size", action="append", help="of --screens: 1440, 1280 or 390 pixels across")
    parser.add_argument("--scheme", action="append", help="of --screens: light or dark")
    parser.add_argument("--page", action="append", help="of --screens: the address of a page, such as overview")
    asked = parser.parse_args(arguments)
    if asked.screens:
        from docs import screens

        known = {"company": screens.COMPANIES, "size": tuple(screens.SIZES), "scheme": screens.SCHEMES}
        for name, values in known.items():
            if wrong := set(getattr(asked, name) or ()) - set(values):
                parser.error(f"there is no {name} {', '.join(sorted(wrong))}; there are {', '.join(values)}")
        chosen = {"companies": asked.company, "sizes": asked.size, "schemes": asked.scheme, "paths": asked.page}
        for path in screens.take(asked.screens, **{name: value for name, value in chosen.items() if value}):
            print(path, file=sys.stderr)
        return 0
    for name, text in WRITTEN.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")
        print(FOLDER / name, file=sys.stderr)
    if asked.pictures:
        from docs import screenshots

        for path in screenshots.take(FOLDER / "pictures"):
            print(path, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
