"""XML from anywhere, parsed within bounds: no document type, no entities, limited depth."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from psoas_audio.errors import PsoasError

_MAX_DEPTH = 200


def parse_xml(
    data: bytes | str,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    comment: Callable[[str, int], None] | None = None,
) -> None:
    """Calls *start*, *end*, *text* and *comment* for what is in *data*, of the file *name*.

    Names of elements keep their prefixes; a comment comes with its line. Raises ``PsoasError``
    where it isn't XML, or has a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opened(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise PsoasError(
                f"its elements are nested deeper than {_MAX_DEPTH} levels.",
                where=name,
                hint="Remove some.",
            )
        start(element, attributes)

    def closed(element: str) -> None:
        nonlocal depth
        depth -= 1
        end(element)

    def refuse(*_: object) -> None:
        raise PsoasError(
            "it has a DOCTYPE, which isn't accepted.", where=name, hint="Remove that line."
        )

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    if comment is not None:
        parser.CommentHandler = lambda words: comment(words, parser.CurrentLineNumber)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        reason = expat.errors.messages.get(fault.code, "damaged")
        raise PsoasError(
            f"its line {fault.lineno} isn't valid XML: {reason}.",
            where=name,
            hint="Correct that line.",
        ) from None
    except (ValueError, LookupError) as fault:
        raise PsoasError(
            f"it can't be read as XML: {fault}.", where=name, hint="Save it again as UTF-8."
        ) from None
