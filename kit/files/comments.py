"""Finds the comment at the end of each line of a YAML text; which words in it mean something is not known here."""

import yaml


def trailing_comments(text: str) -> dict[int, str]:
    """By line number from 1: what follows ``#`` after something else on the line; lines of comment alone are prose."""
    if "#" not in text:
        return {}
    ends: dict[int, int] = {}
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if token.end_mark.index > token.start_mark.index:
            ends[token.end_mark.line] = token.end_mark.column
    # The characters that YAML breaks lines at are fewer than those of str.splitlines.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = {number + 1: lines[number][end:].strip() for number, end in ends.items() if number < len(lines)}
    return {number: rest.lstrip("#").strip() for number, rest in found.items() if rest.startswith("#")}
