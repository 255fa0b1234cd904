"""A frozen value is what a frozen, slotted dataclass is."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from psoas_audio.frozen import frozen


@frozen
class Value:
    """With every kind of field."""

    name: str
    length: int = 3
    more: tuple[int, ...] = ()
    values: dict[str, int] = field(default_factory=dict)

    @property
    def double(self) -> int:
        return 2 * self.length


@dataclass(frozen=True, slots=True)
class Standard:
    name: str
    length: int = 3
    more: tuple[int, ...] = ()
    values: dict[str, int] = field(default_factory=dict)


@frozen
class Other:
    """Of the same fields as another."""

    name: str


@frozen
class Same:
    """Of the same fields as another."""

    name: str


def test_it_is_made_as_a_dataclass_is() -> None:
    for given in ({"name": "a"}, {"name": "a", "length": 4, "values": {"b": 1}}):
        one, two = Value(**given), Standard(**given)  # type: ignore[arg-type]
        assert asdict(one) == asdict(two)
        assert repr(one) == repr(two).replace("Standard", "Value")
    assert Value("a").values is not Value("a").values
    assert [each.name for each in fields(Value)] == [each.name for each in fields(Standard)]
    with pytest.raises(TypeError, match="Value is made without 'name'"):
        Value(length=4)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Value has no place for 'size'"):
        Value("a", size=4)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Value has no place for 'name'"):
        Value("a", name="a")  # type: ignore[misc]
    with pytest.raises(TypeError, match="Value has no place for 5 values"):
        Value("a", 1, (), {}, 5)  # type: ignore[call-arg]


def test_it_is_equal_and_hashed_by_its_fields() -> None:
    assert Other("a") == Other("a") != Other("b")
    assert Other("a") != Same("a")
    assert Other("a") != "a"
    assert len({Other("a"), Other("a"), Other("b"), Same("a")}) == 3


def test_it_cannot_be_changed() -> None:
    one = Value("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del one.name
    with pytest.raises(FrozenInstanceError):
        one.unknown = 1  # type: ignore[attr-defined]
    assert not hasattr(one, "__dict__")


def test_it_is_replaced_copied_pickled_and_matched() -> None:
    one = replace(Value("a", 4), name="b")
    assert one == Value("b", 4)
    assert one.double == 8
    for twin in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert twin == one
        assert twin is not one
    match one:
        case Value(name, length):
            assert (name, length) == ("b", 4)
