import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.jobs.fingerprint import fingerprint

LIBRARY = Path(__file__).parents[2] / "workflow" / "switchrank"

MODULES = {
    "__init__": '"""A package."""\n',
    "alignment": "from pkg.vectors import load\nRATE = 0.5\n\ndef align(x):\n    return load(x) + 1\n",
    "vectors": "import numpy\n\ndef load(x):\n    from pkg.text import clean\n    return clean(x)\n",
    "text": "def clean(x):\n    return x.strip()\n",
    "retrieval": "K1 = 0.9\n",
    "rankers/__init__": "",
    "rankers/base": "class Ranker:\n    seed = 1\n",
    "rankers/kernel": "from pkg.rankers import base\nfrom pkg.vectors import load\n",
    "loop_a": "import pkg.loop_b\n",
    "loop_b": "import pkg.loop_a as a\n",
    "user": "from pkg import retrieval\n",
}


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "pkg"
    for name, source in MODULES.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return folder


def digest(package, *modules):
    """The fingerprint of a script that imports modules of the package."""
    script = package.parent / "script.py"
    script.write_text("".join(f"import pkg.{module}\n" for module in modules))
    return fingerprint(package, script)


def edited(package, module, old, new):
    path = package / f"{module}.py"
    source = path.read_text()
    assert old in source
    path.write_text(source.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("RATE = 0.5", "RATE = 0.5  # measured on dev"),
        ("RATE = 0.5", '"""What follows is the rate."""\nRATE = (0.5)'),
        ("def align(x):\n", 'def align(x):\n    """Align."""\n'),
        ("    return", "        \n    return"),
        ("load(x) + 1", "load( x )+1"),
    ],
)
def test_comments_docstrings_and_layout_do_not_count(package, old, new):
    before = digest(package, "alignment")
    edited(package, "alignment", old, new)
    assert digest(package, "alignment") == before


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("alignment", "0.5", "0.25"),
        ("alignment", "+ 1", "- 1"),
        ("alignment", "0.5", "'0.5'"),
        ("alignment", "0.5", "5"),
        ("vectors", "clean(x)", "clean(x, x)"),
        ("vectors", "import numpy", "import pandas"),
        ("text", "strip", "lstrip"),  # imported inside a function
        ("__init__", '"""A package."""', "ANSWER = 42"),  # importing a module runs its package
    ],
)
def test_an_edit_of_the_code_or_of_what_it_imports_counts(package, module, old, new):
    before = digest(package, "alignment")
    edited(package, module, old, new)
    assert digest(package, "alignment") != before


@pytest.mark.parametrize(("module", "old", "new"), [("retrieval", "0.9", "1.2"), ("rankers/base", "1", "2")])
def test_an_edit_of_another_module_does_not_count(package, module, old, new):
    before = digest(package, "alignment")
    edited(package, module, old, new)
    assert digest(package, "alignment") == before


@pytest.mark.parametrize(
    ("module", "imported", "old", "new"),
    [
        ("rankers.kernel", "rankers/base", "seed = 1", "seed = 2"),  # from pkg.rankers import base
        ("rankers.kernel", "text", "strip", "lstrip"),  # by way of vectors
        ("user", "retrieval", "0.9", "1.2"),  # from pkg import retrieval
        ("loop_a", "loop_b", "as a", "as b"),
    ],
)
def test_every_way_to_import_is_followed(package, module, imported, old, new):
    before = digest(package, module)
    edited(package, imported, old, new)
    assert digest(package, module) != before


def test_a_script_counts_with_what_it_imports(package, tmp_path):
    script = tmp_path / "script.py"
    script.write_text("from pkg.retrieval import K1\nprint(K1)\n")
    before = fingerprint(package, script)
    edited(package, "retrieval", "0.9", "1.2")
    after = fingerprint(package, script)
    assert after != before
    script.write_text("from pkg.retrieval import K1\nprint(K1)  # on the terminal\n")
    assert fingerprint(package, script) == after
    script.write_text("from pkg.retrieval import K1\nprint(-K1)\n")
    assert fingerprint(package, script) != after


def test_a_template_counts_byte_by_byte_wherever_it_lies(package, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    page, copy = tmp_path / "page.html", tmp_path / "elsewhere" / "page.html"
    page.write_text("<p>")
    copy.write_text("<p>")
    before = fingerprint(package, page)
    assert fingerprint(package, copy) == before
    page.write_text("<p> ")
    assert fingerprint(package, page) != before


def test_the_folder_of_the_package_does_not_count(package, tmp_path):
    moved = tmp_path / "elsewhere" / "pkg"
    moved.parent.mkdir()
    before = digest(package, "alignment")
    package.rename(moved)
    assert digest(moved, "alignment") == before


def test_a_broken_module_is_named(package):
    edited(package, "text", "def clean(x):", "def clean(x:")
    with pytest.raises(UserError, match=r"text\.py:1: "):
        digest(package, "alignment")


def test_a_missing_file_is_named(package, tmp_path):
    with pytest.raises(UserError, match=r"page\.html: No such file"):
        fingerprint(package, tmp_path / "page.html")


literals = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
values = st.recursive(literals, lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.sets(literals))


@given(first=values, other=values)
def test_two_literals_have_one_fingerprint_only_if_they_are_the_same(tmp_path_factory, first, other):
    folder = tmp_path_factory.mktemp("law") / "pkg"
    folder.mkdir()
    sources = [f"VALUE = {value!r}\n" for value in (first, other)]
    digests = []
    for source in sources:
        (folder / "script.py").write_text(source, encoding="utf-8", newline="")
        digests.append(fingerprint(folder, folder / "script.py"))
    same = ast.dump(ast.parse(sources[0])) == ast.dump(ast.parse(sources[1]))
    assert (digests[0] == digests[1]) == same


def test_the_library_has_the_same_fingerprints_in_another_process():
    program = (
        "import sys; from pathlib import Path; from switchrank.jobs.fingerprint import fingerprint;"
        "print(fingerprint(*map(Path, sys.argv[1:])))"
    )
    script = LIBRARY.parent / "scripts" / "rank.py"
    said = subprocess.run(
        [sys.executable, "-c", program, str(LIBRARY), str(script)],
        env={"PYTHONPATH": str(LIBRARY.parent), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == fingerprint(LIBRARY, script)
