"""Frozen values: what ``dataclass(frozen=True, slots=True)`` makes, at a tenth of the cost.

A standard dataclass compiles seven methods of its own for each class: with a hundred classes that
takes a fifth of a command's start. Here all share theirs, and nothing is compiled. The tools
of :mod:`dataclasses` (``replace``, ``fields``, ``asdict``) work as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """The class *cls* as a frozen, slotted dataclass, equal and hashed by its fields."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__init__ = _init(made)
    made.__getstate__, made.__setstate__ = _getstate, _setstate
    made.__setattr__ = made.__delattr__ = _refuse
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _repr
    state = attrgetter(*made.__match_args__)

    def equal(self: object, other: object) -> Any:
        return state(self) == state(other) if type(self) is type(other) else NotImplemented

    made.__eq__, made.__hash__ = equal, lambda self: hash(state(self))
    return made  # type: ignore[no-any-return]


def _init(made: Any) -> Callable[..., None]:
    """``__init__`` of the fields of *made*: it writes to their slots, past ``__setattr__``."""
    places = {each.name: place for place, each in enumerate(fields(made))}
    writers = tuple(getattr(made, name).__set__ for name in places)
    defaults = tuple(each.default for each in fields(made))
    factories = {
        places[each.name]: each.default_factory
        for each in fields(made)
        if each.default_factory is not MISSING
    }

    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807
        values: Sequence[object] = given
        if named or len(given) != len(writers):
            values = completed(given, named)
        for write, value in zip(writers, values, strict=True):
            write(self, value)

    def completed(given: Sequence[object], named: dict[str, object]) -> Sequence[object]:
        values = [*given, *defaults[len(given) :]]
        for name in named:
            if places.get(name, -1) < len(given):
                raise TypeError(f"{made.__qualname__} has no place for {name!r}")
            values[places[name]] = named[name]
        if len(values) > len(writers):
            raise TypeError(f"{made.__qualname__} has no place for {len(values)} values")
        if len(given) + len(named) == len(writers):
            return values
        for place, value in enumerate(values):
            if value is MISSING:
                if place not in factories:
                    raise TypeError(f"{made.__qualname__} is made without {[*places][place]!r}")
                values[place] = factories[place]()
        return values

    return __init__


def _repr(self: Any) -> str:
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({told})"


def _refuse(self: object, name: str, *given: object) -> NoReturn:
    del self
    raise FrozenInstanceError(f"cannot {'assign to' if given else 'delete'} field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def _setstate(self: Any, state: Sequence[Any]) -> None:
    for name, part in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, part)
