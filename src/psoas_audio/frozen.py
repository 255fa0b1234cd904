"""Frozen values: what ``dataclass(frozen=True, slots=True)`` makes, at a third of the cost.

A standard dataclass compiles six methods of its own for each class. With a hundred classes
that was a fifth of every command's start; here only ``__init__`` is compiled, and all values share
the rest. The tools of :mod:`dataclasses` (``replace``, ``fields``, ``asdict``) work as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

_ABSENT = object()


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


def _init(made: Any) -> Any:
    """``__init__`` of the fields of *made*: it writes to the slots, past ``__setattr__``."""
    names: dict[str, Any] = {"absent": _ABSENT}
    asked, body = [], []
    for each in fields(made):
        name = each.name
        names[f"set_{name}"] = getattr(made, name).__set__
        given = name
        if each.default_factory is not MISSING:
            names[f"make_{name}"] = each.default_factory
            asked.append(f"{name}=absent")
            given = f"make_{name}() if {name} is absent else {name}"
        elif each.default is not MISSING:
            names[f"default_{name}"] = each.default
            asked.append(f"{name}=default_{name}")
        else:
            asked.append(name)
        body.append(f"\n    set_{name}(self, {given})")
    exec(f"def __init__(self, {', '.join(asked)}):{''.join(body)}", names)
    init = names["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


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
