"""The record of how a session was made, for its timeline."""

from __future__ import annotations

import json
from collections.abc import Mapping

from psoas_audio._version import __version__
from psoas_audio.deliver.details import Details, details_as_json
from psoas_audio.provenance.versions import versions


def provenance_record(details: Details, files: Mapping[str, str]) -> dict[str, object]:
    """What a timeline has under ``made``; *files* are the digests of the session's files."""
    return {
        "version": __version__,
        "with": versions(),
        "variant": details.variant,
        "script": details.digest,
        "about": details_as_json(details),
        "files": dict(files),
        **json.loads(details.made),
    }
