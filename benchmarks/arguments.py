"""The command line of a benchmark."""

from __future__ import annotations

import argparse


def parser_of(docstring: str | None) -> argparse.ArgumentParser:
    """A parser whose ``--help`` shows the *docstring* of a benchmark as it is written."""
    return argparse.ArgumentParser(
        description=docstring, formatter_class=argparse.RawDescriptionHelpFormatter
    )
