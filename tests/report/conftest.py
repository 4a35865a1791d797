"""Files made once for all tests of the report."""

import pytest
import reports

from switchrank.report.inputs import read


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """All that a page may show."""
    return reports.files(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def inputs(files):
    """The same, read."""
    return read(files, reports.CONFIG)
