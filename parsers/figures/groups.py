"""Groups from one age or number to another, as titles name them: "aged 19-21"."""

import re

_GROUP = re.compile(r"(?<![\d.,/])(\d{1,3}) ?(?:-|to) ?(\d{1,3})(?![\d.,%/])")


def is_of_another_group(title: str, sentence: str, text: str) -> bool:
    """Whether a sentence names another group than a title does, or the title's group is named in other sentences."""
    meant = set(_GROUP.findall(title))
    if not meant:
        return False
    here = set(_GROUP.findall(sentence))
    return not meant & here and bool(here or meant & set(_GROUP.findall(text)))
