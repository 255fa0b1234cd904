import pytest
from session_example import DETAILS, example

from psoas_audio.deliver.details import Details
from psoas_audio.timeline.model import Timeline


@pytest.fixture
def timeline() -> Timeline:
    return example()


@pytest.fixture
def details() -> Details:
    return DETAILS
