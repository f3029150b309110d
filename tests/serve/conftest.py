"""The build that most tests of the server serve."""

from pathlib import Path

import pytest

from tests.serve.site import save


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the sample; it is only read."""
    return save(tmp_path_factory.mktemp("served") / "out")
