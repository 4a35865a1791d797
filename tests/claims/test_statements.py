"""The file that states the paper's claims, and what it may say."""

import re
import shutil
from dataclasses import replace

import configs
import pytest

from switchrank.claims.statements import CLAIMS, ClaimTest, Term, digest, load_claims
from switchrank.errors import UserError


def test_claims_name_systems_and_pairs_that_the_full_experiment_has():
    experiment = configs.checked(configs.full())
    for test in (test for claim in load_claims() for test in (*claim.tests, *claim.former)):
        named, terms = set(systems_of(test)), [*test.terms, *test.gap]
        assert named and named <= set(experiment.systems)
        assert {pair for term in terms for pair in term.pairs} <= {*experiment.groups, *experiment.pairs}


def test_a_test_of_other_systems_is_else_the_same():
    for claim in load_claims():
        for test in claim.tests:
            assert test.of(str) == replace(test, gap=list(test.gap))
            turned = test.of(lambda system: f"{system}-ce")
            assert turned != test and turned.what == test.what
            assert turned.of(lambda system: system.removesuffix("-ce")) == test.of(str)
            assert str(turned).count("-ce'") == len(systems_of(test))


def systems_of(test):
    """The systems that a test names, as often as it does."""
    keys = ("system", "than", "beside", "control")
    named = [term.system for term in (*test.terms, *test.gap)]
    return named or [test.asked[key] for key in keys if key in test.asked]


def test_claims_of_no_difference_are_equivalence_tests():
    tests = {claim.id: claim.tests for claim in load_claims()}
    assert {test.kind for test in tests[7]} == {"within"}
    assert tests[12][0].kind == "within"  # beside it: that there are gains at all
    assert {(test.kind, test.asked) for test in tests[8]} == {("above", -2)}  # on par is not worse


def test_what_judged_claim_14_once_is_told_with_what_was_taken_out():
    (claim,) = (claim for claim in load_claims() if claim.id == 14)
    assert {test.kind for test in claim.tests} == {"above"}
    assert [test.kind for test in claim.former] == ["overlap_above"] * 3
    assert claim.former[2].terms[1].system == "untrained"
    assert "taken out on 2026-11-24, after it had come out contradicted" in claim.former_because


def test_published_shares_are_the_papers_gains_over_the_largest_gap_that_it_can_have():
    """38.2 is above what its zero-shot can have reached in MoIR, on average."""
    shares = {}
    for test in (test for claim in load_claims() for test in claim.tests if test.published_share):
        shares.setdefault(test.published_share, set()).add(test.gap[1].pairs[0])
        assert test.gap[0].pairs == ["moir"]
    clir, mlir = 38.2 - 15.7, 38.2 - 16.6
    others = (15.7 * 9 - 7.7 - 7.1) / 7  # the seven other pairs of CLIR
    known = {5.1 / clir, 3.9 / mlir, 3.8 / mlir, 11.1 / clir, (others - 7.4) / clir}
    assert sorted(shares) == pytest.approx(sorted(known), abs=0.01)
    assert all(share <= published for share, published in zip(sorted(shares), sorted(known), strict=True))


def test_published_figures_are_those_known_and_no_others():
    published = [claim.published for claim in load_claims() if claim.published]
    figures = {figure for text in published for figure in re.findall(r": ([+\d./ ]+\d)", text)}
    known = ["15.7", "16.6", "7.7", "7.1", "15.6", "14.1", "+5.1", "+3.9", "+4", "+11.1"]
    assert figures == {*known, "+4.1 / +3.8", "+0.2 / +2.2"}


def test_a_test_has_its_claims_keys_and_the_defaults_written_out(tmp_path):
    (tmp_path / "claims.yaml").write_text("""
- id: 3
  statement: s
  above: 2
  tests:
    - {what: w, compare: {system: ml-cs, than: zero-shot, pairs: [clir]}, because: b, above: 4}
    - {what: v, compare: {system: bl-cs, than: zero-shot, pairs: [clir]}, effect: 7}
""")
    (claim,) = load_claims(tmp_path / "claims.yaml")
    first, second = claim.tests
    terms = [Term(1, "ml-cs", ["clir"]), Term(-1, "zero-shot", ["clir"])]
    assert first == ClaimTest("w", "b", "above", 4, 5, terms)
    others = [Term(1, "bl-cs", ["clir"]), terms[1]]
    assert second == ClaimTest("v", "as above", "above", 2, 7, others)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- id: 2\n", "- id: 1\n", "claim 1: found twice"),
        (
            "[zero-shot-clir, zero-shot-mlir]",
            "[zero-shot-clirr]",
            "'zero-shot-clirr' .* mean zero-shot-clir?",
        ),
        ("above: -1\n", "abov: -1\n", r"\[0\].tests\[2\].abov: unknown key; did you mean above?"),
        ("      above: -1\n", "", r"claim 1: tests\[2\]: above: this key is missing"),
        ("  within: [-1, 1]\n", "  within: [-1, 1]\n  share_above: 1\n", "claim 7: .*within: unknown key"),
        ("each_above: 0\n", "each_above: 0\n  overlap_above: 0\n", "overlap_above: unknown key"),
        ("cost: {system: ml-cs, ", "above: 0\n      cost: {system: ml-cs, ", "cost: unknown key"),
        (
            "plus: [{system: zero-shot, ",
            "compare: {system: a, than: b, pairs: [clir]}\n  plus: [{system: zero-shot, ",
            "minus: unknown key",
        ),
        ("effect: 0.24\n", "\n", "effect: this key is missing"),
        ("      published_share: 0.22\n", "", "published_share: this key is missing"),
        ("        overlap_above: 0\n", "", r"claim 14: former.tests\[0\]: above: this key is missing"),
    ],
)
def test_a_mistake_is_reported_in_one_line(tmp_path, old, new, said):
    text = CLAIMS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "claims.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=f"claims.yaml: .*{said}") as error:
        load_claims(path)
    assert "\n" not in str(error.value)


def test_the_digest_is_that_of_what_is_stated(tmp_path):
    shutil.copy(CLAIMS, tmp_path / "claims.yaml")
    before = digest(tmp_path / "claims.yaml")
    assert before != digest()  # which takes the published figures in
    with (tmp_path / "claims.yaml").open("a") as file:
        file.write("# another bound\n")
    assert digest(tmp_path / "claims.yaml") != before
    assert re.fullmatch("[0-9a-f]{12}", before)
