"""A tagging schema of a few names."""

from switchrank.files import write_json


def write_schema(folder, **languages):
    """Write the translations: code → tree of names."""
    for code, presets in languages.items():
        write_json(folder / "dist" / "translations" / f"{code}.json", {code: {"presets": presets}})
    return folder


def write_names(folder, **languages):
    """Write the translations: code → parallel names."""
    trees = {
        code: {"presets": {str(place): {"name": name} for place, name in enumerate(names)}}
        for code, names in languages.items()
    }
    return write_schema(folder, **trees)
