"""Words that lose their end before a vowel and are written together with the next word: French "l'arbre"."""

from switchrank.languages import base_language

# Without their apostrophe. The first parts of what is one word today (aujourd'hui, quelqu'un, prud'homme) are
# none.
_ELIDED = {
    "fr": "c ç d j l m n qu s t jusqu lorsqu puisqu quoiqu presqu entr",
    "it": "c ch d gl l m n s t v all coll dall dell nell pell sull agl dagl degl negl sugl un alcun ciascun "
    "nessun qualcun bell buon grand pover quell quest sant altr anch neanch com cos dev dov fors mezz nient "
    "qualcos quand quant tant tutt ultim senz sott sopr contr gliel vent trent quarant cinquant sessant "
    "settant ottant novant cent mill",
    "ca": "d l m n s t",
    "oc": "c d j l m n qu s t",
    "pt": "d n",
    "el": "σ μ τ κ θ ν απ γι αλλ παρ κατ μετ",
}
# What must follow some of them, as a regular expression; else they are the first part of one word
# (presqu'île, entr'acte, entr'aimer).
_FOLLOWED_BY = {"presqu": r"(?!(?:î|i\u0302?)les?\b)", "entr": r"(?=(?:eux|elles|autres)\b)"}

# These are words without an apostrophe too, before a consonant or in another sense.
_WHOLE_TOO = {
    "it": {"un", "alcun", "ciascun", "nessun", "qualcun", "buon", "cent", "grand", "ultim"},
    # With a blank behind the apostrophe, as Greek mostly has it, they are words by themselves.
    "el": set(_ELIDED["el"].split()),
}


def elided_words(language: str) -> frozenset[str]:
    """The elided words of a language, in lower case and without their apostrophe."""
    return frozenset(_ELIDED.get(base_language(language), "").split())


def follows_elided(word: str) -> str:
    """What must follow an elided word (without its apostrophe) beside a vowel: a regular expression."""
    return _FOLLOWED_BY.get(word, "")


def is_elided(word: str, language: str) -> bool:
    """Whether a normalised word is an elided one, with its apostrophe."""
    return word.endswith("'") and word[:-1] in elided_words(language)


def lacks_apostrophe(word: str, language: str) -> bool:
    """Whether a normalised word is an elided one whose apostrophe is left out, as in word lists."""
    return word in elided_words(language) - _WHOLE_TOO.get(base_language(language), set())
