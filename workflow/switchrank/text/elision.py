"""Words that lose their end before a vowel and are written together with the next word: French "l'arbre"."""

from switchrank.languages import base_language

# Without their apostrophe. The first parts of what is one word today (aujourd'hui, quelqu'un, presqu'île,
# prud'homme, entr'acte) are none.
_ELIDED = {
    "fr": "c d j l m n qu s t jusqu lorsqu puisqu quoiqu parcequ",
    "it": "c d gl l m n s t v all coll dall dell nell pell sull agl dagl degl negl sugl un alcun ciascun "
    "nessun qualcun bell buon grand pover quell quest sant altr anch neanch com cos dev dov fors mezz nient "
    "qualcos quand quant tant tutt ultim senz sott sopr contr gliel vent trent quarant cinquant sessant "
    "settant ottant novant cent",
    "ca": "d l m n s t",
    "oc": "c d j l m n qu s t",
    "pt": "d n",
}
# These are words without an apostrophe too, before a consonant or in another sense.
_WHOLE_TOO = {"it": {"un", "alcun", "ciascun", "nessun", "qualcun", "buon", "cent", "grand", "ultim"}}


def elided_words(language: str) -> frozenset[str]:
    """The elided words of a language, in lower case and without their apostrophe."""
    return frozenset(_ELIDED.get(base_language(language), "").split())


def is_elided(word: str, language: str) -> bool:
    """Whether a normalised word is an elided one, with its apostrophe or, as in word lists, without."""
    elided = elided_words(language)
    if word.endswith("'"):
        return word[:-1] in elided
    return word in elided - _WHOLE_TOO.get(base_language(language), set())
