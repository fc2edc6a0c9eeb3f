"""One spelling for searching: full-width, traditional, capital and spaced are folded.

OpenCC's t2s turns characters and not words (檔案 becomes 档案 and never 文件), so that
what is found is what was written.
"""

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(4096)
def fold(text: str) -> str:
    """The text as it is searched: simplified, lower case, letters and digits only."""
    plain = _simplifier().convert(unicodedata.normalize("NFKC", text)).casefold()
    return "".join(character for character in plain if character.isalnum())
