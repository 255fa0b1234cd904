"""Progress bars on standard error, drawn by rich: for one render, and for a batch."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column

_REST = Column(ratio=1, no_wrap=True, overflow="ellipsis")


def bars(*, markup: bool, refreshed_by_caller: bool = False) -> Progress:
    """Bars with a description, the time remaining and a note; they disappear at the end.

    *markup*: whether descriptions and notes contain rich's markup. With *refreshed_by_caller*
    they are drawn only when the caller asks for it.
    """
    return Progress(
        TextColumn("{task.description}", markup=markup),
        BarColumn(bar_width=24),
        TimeRemainingColumn(),
        # The note gets the rest of the line, and ends in … where that is too short.
        TextColumn("{task.fields[note]}", markup=markup, table_column=_REST),
        console=Console(stderr=True),
        auto_refresh=not refreshed_by_caller,
        transient=True,
        redirect_stdout=not refreshed_by_caller,
        expand=True,
    )
