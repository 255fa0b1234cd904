"""What a dry run says of requests to a speech server: how many characters, and their price."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

import click

from psoas_audio.speech.engines.endpoint.settings import endpoint_settings
from psoas_audio.speech.server_costs import ServerCosts


def joined_costs(costs: Iterable[ServerCosts]) -> ServerCosts:
    """The costs of several sessions together."""
    return reduce(or_, costs, ServerCosts())


def costs_as_json(costs: ServerCosts) -> dict[str, Any]:
    """*costs* as JSON values, with ``cost`` and ``currency`` where the user has set a price."""
    plain: dict[str, Any] = {"requests": costs.requests, "characters": costs.characters}
    if (price := _price(costs)) is not None:
        plain |= {"cost": price[0], "currency": price[1]}
    return plain


def print_costs(costs: ServerCosts) -> None:
    """Print the number of characters, and what they would cost; nothing if none would be sent."""
    if not costs.requests:
        return
    told = f"{costs.characters:,} characters would be sent to the speech server"
    if (price := _price(costs)) is not None:
        told += f", for about {price[0]:,.2f} {price[1]}".rstrip()
    click.echo(f"{told}.")


def _price(costs: ServerCosts) -> tuple[float, str] | None:
    """The sum and its currency; ``None`` where the user has set no price."""
    if not costs.requests:
        return None
    settings = endpoint_settings()
    if not settings.price:
        return None
    return round(costs.characters * settings.price / 1e6, 4), settings.currency
