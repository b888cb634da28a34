"""A stream out of a compound file, which is what an .xls lies in (MS-CFB): chains of sectors, found by a table."""

from collections.abc import Sequence
from struct import error, unpack_from

from parsers.workbook.refusals import Unfit

_ENTRY = 128
_IN_HEADER = 109
#: The largest sector number that is one; those above say that a chain ends or that nothing is there.
_LAST = 0xFFFFFFFA
#: A stream shorter than this lies in small sectors of its own.
_SMALL = 4096
_SMALL_SECTOR = 64


def stream_of(content: bytes, names: Sequence[str]) -> bytes:
    """The first stream with one of these names. Raises `Unfit` (`broken`) where there is none, or no way to it."""
    try:
        return _Compound(content).stream(names)
    except (error, IndexError, ValueError) as found:
        raise Unfit("broken") from found


class _Compound:
    def __init__(self, content: bytes) -> None:
        self._content = content
        (shift,) = unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise ValueError("no such size of sectors")
        self._size = 1 << shift
        directory, _, _, small = unpack_from("<IIII", content, 48)
        self._table = self._whole_table()
        self._directory = self._chain(directory)
        self._small_table = _numbers(self._chain(small)) if small <= _LAST else []

    def stream(self, names: Sequence[str]) -> bytes:
        """The first stream with one of these names; ValueError where there is none."""
        for at in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            (length,) = unpack_from("<H", self._directory, at + 64)
            name = self._directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            if name in names:
                start, size = unpack_from("<II", self._directory, at + 116)
                return self._small(start, size) if size < _SMALL else self._chain(start)[:size]
        raise ValueError("no such stream")

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _whole_table(self) -> list[int]:
        sectors = list(unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        more, count = unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) // self._size)):
            *further, more = _numbers(self._sector(more))
            sectors += further
        return [each for number in sectors if number <= _LAST for each in _numbers(self._sector(number))]

    def _chain(self, number: int) -> bytes:
        found: list[bytes] = []
        # No chain is longer than the file: one that goes round in a circle ends here.
        while number <= _LAST and len(found) <= len(self._content) // self._size:
            found.append(self._sector(number))
            number = self._table[number]
        return b"".join(found)

    def _small(self, number: int, size: int) -> bytes:
        (root,) = unpack_from("<I", self._directory, 116)
        whole = self._chain(root)
        found: list[bytes] = []
        while number <= _LAST and len(found) * _SMALL_SECTOR < size:
            found.append(whole[number * _SMALL_SECTOR : (number + 1) * _SMALL_SECTOR])
            number = self._small_table[number]
        return b"".join(found)[:size]


def _numbers(sector: bytes) -> list[int]:
    return list(unpack_from(f"<{len(sector) // 4}I", sector))
