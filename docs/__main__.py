"""``python -m docs``: write the documents that say what the code declares; with ``--pictures``, the screenshots too."""

from __future__ import annotations

import argparse
import sys

from docs.written import FOLDER, WRITTEN


def main(arguments: list[str] | None = None) -> int:
    """Run one call and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m docs", description="Write the documents that repeat the code.")
    parser.add_argument("--pictures", action="store_true", help="also take the screenshots; needs Chromium")
    asked = parser.parse_args(arguments)
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
