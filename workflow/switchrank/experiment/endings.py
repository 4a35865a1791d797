"""The names of systems: the paper's two, and those that stand for a system with another ranker."""

MAIN, REFERENCE = "ml-cs", "zero-shot"  # the systems that the paper is about


def with_ending(system: str, ending: str | None) -> str:
    """The name of the system that stands for another one; without an ending it is that one itself."""
    return system if ending is None else f"{system}-{ending}"
