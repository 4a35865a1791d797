"""A dictionary of a few entries in the format of dictd."""

import gzip

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def number(value):
    """A number as the index has it."""
    digits = [BASE64[value % 64]]
    while value := value // 64:
        digits.append(BASE64[value % 64])
    return "".join(reversed(digits))


def write_dictionary(folder, name, entries):
    """Write an index and a text; entries are texts, found by the word that they begin with in lower case."""
    folder.mkdir(parents=True, exist_ok=True)
    text, lines = b"", []
    for entry in ["00-database-info\nA dictionary for tests\n", *entries]:
        head = "00databaseinfo" if entry.startswith("00-") else entry.split(" /")[0].lower()
        lines.append(f"{head}\t{number(len(text))}\t{number(len(entry.encode()))}\n")
        text += entry.encode()
    (folder / f"{name}.index").write_text("".join(sorted(lines)), encoding="utf-8")
    (folder / f"{name}.dict.dz").write_bytes(gzip.compress(text, mtime=0))
    return folder
