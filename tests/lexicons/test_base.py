"""What every kind of lexicon says of itself."""

import json
import subprocess
import sys

import pytest

from switchrank.lexicons.base import LEXICONS
from switchrank.settings import schema_of


@pytest.mark.parametrize("kind", LEXICONS)
def test_every_kind_says_what_it_needs_and_what_the_config_may_say(kind):
    assert LEXICONS[kind].needs <= {"vectors", "lexicon", "file"}
    json.dumps(schema_of(LEXICONS[kind].Settings))


def test_to_check_a_config_torch_is_not_loaded():
    code = (
        "import sys; from switchrank.lexicons.base import LEXICONS; dict(LEXICONS); "
        "sys.exit('torch' in sys.modules or 'wordfreq' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
