import os

import pytest
from tiny_transformers import KINDS, write_tiny

os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"  # of the weights that are loaded
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")  # on the processor, unless a GPU is named


@pytest.fixture(scope="session")
def tiny_folders(tmp_path_factory):
    """A tiny transformer of each kind: kind → folder."""
    folder = tmp_path_factory.mktemp("pretrained")
    return {kind: write_tiny(folder / kind, kind) for kind in KINDS}


@pytest.fixture(params=KINDS)
def tiny(request, tiny_folders):
    """The folder of a tiny transformer, of each kind in turn; not to be written into."""
    return tiny_folders[request.param]


@pytest.fixture
def bert(tiny_folders):
    """The folder of a tiny BERT; not to be written into."""
    return tiny_folders["bert"]
