"""The paper's claims as claims.yaml beside this file states them: checked, and shared keys written out."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from switchrank.claims.verdicts import NONE
from switchrank.errors import UserError
from switchrank.settings import TEXT, load_yaml, mapping, validate

CLAIMS, PUBLISHED = (Path(__file__).with_name(name) for name in ("claims.yaml", "published.yaml"))

_NUMBER = {"type": "number"}
_TEXTS = {"type": "array", "minItems": 1, "items": TEXT}
_TERMS = {
    "type": "array",
    "minItems": 1,
    "items": mapping({"system": TEXT, "pairs": _TEXTS}, ["system", "pairs"]),
}
_TWO_SYSTEMS = {"system": TEXT, "than": TEXT, "pairs": _TEXTS}
_GAP = {"system": TEXT, "from": _TEXTS, "to": _TEXTS}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
# Kinds of tests → the schema of the key that only they have.
_KINDS = {
    "above": _NUMBER,
    "each_above": _NUMBER,
    "overlap_above": _NUMBER,
    "share_above": {"type": "number", "exclusiveMinimum": 0},
    "within": {"type": "array", "minItems": 2, "maxItems": 2, "items": _NUMBER},
    "cost": mapping({"system": TEXT, "than": TEXT, "beside": TEXT}, ["system", "than", "beside"]),
    "mix": mapping({"system": TEXT, "tolerance": _SHARE}, ["system", "tolerance"]),
    "borrowed": mapping({"system": TEXT, "control": TEXT, "share": _SHARE}, ["system", "control", "share"]),
}
_OF_TRAINING = ("cost", "mix", "borrowed")  # kinds that are not about effectiveness
_SYSTEMS = ("system", "than", "beside", "control")  # keys of theirs that name a system
# Kinds whose effect may be left out → how far it is from the bound then, in points or Spearman's correlation.
_EFFECTS = {"above": 1, "each_above": 1, "overlap_above": 0.05}
_TEST = _KINDS | {
    "what": TEXT,
    "because": TEXT,
    "compare": mapping(_TWO_SYSTEMS, _TWO_SYSTEMS),
    "plus": _TERMS,
    "minus": _TERMS,
    "effect": _NUMBER,
    "gap": mapping(_GAP, _GAP),
    "published_share": _SHARE,
}


@dataclass(frozen=True)
class Term:
    """A system's mean over some groups or pairs, and the sign that it has in a test."""

    sign: int
    system: str
    pairs: Sequence[str]


@dataclass(frozen=True)
class ClaimTest:
    """A test of a claim: its kind, what the key of that name asks for, and the terms that are compared."""

    what: str
    because: str
    kind: str
    asked: Any
    effect: float | None  # the true value that the power is given for, where there is one
    terms: Sequence[Term]  # none for kinds that are not about effectiveness
    gap: Sequence[Term] = ()  # what a share is of
    published_share: float | None = None  # at least so much of the gap is what the paper found
    none: float = NONE  # points that are no effect, either way, where there is a published share

    @property
    def margin(self) -> float | None:
        """The points that stand for a word of the claim ("much", "almost"); None where none do."""
        if self.kind == "within":
            return float(max(map(abs, self.asked)))
        return float(abs(self.asked)) if self.kind in ("above", "each_above") and self.asked else None

    def with_margin(self, margin: float) -> "ClaimTest":
        """The same test, had another margin been chosen."""
        if self.margin is None:
            return self
        if self.kind == "within":
            return replace(self, asked=[margin * (-1 if bound < 0 else bound > 0) for bound in self.asked])
        return replace(self, asked=margin if self.asked > 0 else -margin)

    def of(self, standing: Callable[[str], str]) -> "ClaimTest":
        """The same test of other systems, those that stand for the ones that it names."""
        terms, gap = (
            [replace(term, system=standing(term.system)) for term in given]
            for given in (self.terms, self.gap)
        )
        asked = self.asked
        if self.kind in _OF_TRAINING:
            asked = {key: standing(value) if key in _SYSTEMS else value for key, value in asked.items()}
        return replace(self, asked=asked, terms=terms, gap=gap)


@dataclass(frozen=True)
class Claim:
    """A claim of the paper; `published` has the paper's own figures, in words, or None.

    `former` are tests that judged it once and no longer do, `former_because` says why.
    """

    id: int
    statement: str
    published: str | None
    tests: Sequence[ClaimTest]
    former: Sequence[ClaimTest] = ()
    former_because: str | None = None


def digest(*paths: str | Path) -> str:
    """Twelve hexadecimal digits of what files hold: of claims.yaml and published.yaml unless named."""
    hashed = hashlib.sha256()
    for path in paths or (CLAIMS, PUBLISHED):
        hashed.update(Path(path).read_bytes())
    return hashed.hexdigest()[:12]


def load_claims(claims: str | Path = CLAIMS, published: str | Path = PUBLISHED) -> list[Claim]:
    """Read the claims and the paper's figures.

    Raises:
        UserError: a file is not what is expected, an id comes twice, or a published figure is unknown.
    """
    figures = load_yaml(published)
    validate(figures, {"type": "object", "additionalProperties": TEXT}, published)
    tests = {"type": "array", "minItems": 1, "items": mapping(_TEST)}
    properties = _TEST | {
        "id": {"type": "integer", "minimum": 1},
        "statement": TEXT,
        "published": {"type": "array", "items": {"enum": list(figures)}},
        "tests": tests,
        "former": mapping({"because": TEXT, "tests": tests}, ["because", "tests"]),
    }
    schema = mapping(properties, ["id", "statement", "tests"])
    stated = load_yaml(claims)
    validate(stated, {"type": "array", "minItems": 1, "items": schema}, claims)
    loaded: dict[int, Claim] = {}
    for claim in stated:
        where = f"{claims}: claim {claim['id']}"
        if claim["id"] in loaded:
            raise UserError(f"{where}: found twice, expected each id once")
        shared = {key: value for key, value in claim.items() if key in _TEST}
        tests = [
            _test(({"because": "as above"} if index else {}) | shared | test, f"{where}: tests[{index}]")
            for index, test in enumerate(claim["tests"])
        ]
        former = claim.get("former", {"because": None, "tests": []})
        dropped = [
            _test({"because": former["because"]} | test, f"{where}: former.tests[{index}]")
            for index, test in enumerate(former["tests"])
        ]
        text = "; ".join(figures[name] for name in claim.get("published", [])) or None
        loaded[claim["id"]] = Claim(claim["id"], claim["statement"], text, tests, dropped, former["because"])
    return list(loaded.values())


def _test(entry: dict[str, Any], where: str) -> ClaimTest:
    kind = next((kind for kind in _KINDS if kind in entry), "above")
    if kind in entry and kind in _EFFECTS:
        entry.setdefault("effect", entry[kind] + _EFFECTS[kind])
    keys = ["what", "because", kind]
    if kind not in _OF_TRAINING:
        keys += ["compare"] if "compare" in entry or kind == "each_above" else ["plus", "minus"]
    if kind in _EFFECTS or kind == "share_above":
        keys.append("effect")
    if kind == "share_above":
        keys.append("gap")
    elif kind in ("above", "each_above") and entry.keys() & {"gap", "published_share"}:
        keys += ["gap", "published_share"]
    validate(entry, mapping({key: {} for key in keys}, keys), where)
    plus, minus = entry.get("plus", []), entry.get("minus", [])
    if two := entry.get("compare"):
        plus, minus = ([{"system": two[key], "pairs": two["pairs"]}] for key in ("system", "than"))
    terms = [Term(sign, **term) for sign, side in ((1, plus), (-1, minus)) for term in side]
    gap = entry.get("gap")
    of_gap = [Term(sign, gap["system"], gap[end]) for sign, end in ((1, "from"), (-1, "to"))] if gap else ()
    return ClaimTest(
        entry["what"], entry["because"], kind, entry[kind], entry.get("effect"), terms, of_gap,
        entry.get("published_share"),
    )  # fmt: skip
