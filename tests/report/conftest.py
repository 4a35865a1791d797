"""Results made once for all tests of the report; a test that changes them copies them first."""

import pytest
import reports


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """Cells, tables and tests alone."""
    folder = tmp_path_factory.mktemp("bare") / "tiny"
    reports.build(folder)
    return folder
