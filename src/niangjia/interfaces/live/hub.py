"""Who listens, and what waits to be told to them."""

import asyncio
from collections import defaultdict
from typing import Final
from uuid import UUID

MOST_EACH: Final = 4  # streams of one person: a phone, a desk, and one that has not noticed that its line is gone
AGAIN: Final = "all all"  # something may have been missed: look everywhere


class Stream:
    """One open connection. Words that wait are told once, however often they came: they only say "look again"."""

    def __init__(self) -> None:
        self._words: dict[str, None] = {}
        self._wake = asyncio.Event()
        self.over = False

    def put(self, word: str) -> None:
        self._words[word] = None
        self._wake.set()

    def close(self) -> None:
        self.over = True
        self._wake.set()

    async def take(self, *, patience: float) -> list[str]:
        """What waits; [] when nothing came for so many seconds."""
        try:
            await asyncio.wait_for(self._wake.wait(), patience)
        except TimeoutError:
            return []
        self._wake.clear()
        words, self._words = list(self._words), {}
        return words


class Hub:
    """Every stream, by the person it belongs to."""

    def __init__(self) -> None:
        self._streams: dict[UUID, list[Stream]] = defaultdict(list)

    def __len__(self) -> int:
        return sum(map(len, self._streams.values()))

    def open(self, person_id: UUID) -> Stream:
        """A new stream; the oldest makes room when one person has too many."""
        mine = self._streams[person_id]
        while len(mine) >= MOST_EACH:
            mine.pop(0).close()
        stream = Stream()
        mine.append(stream)
        return stream

    def leave(self, person_id: UUID, stream: Stream) -> None:
        mine = self._streams.get(person_id, [])
        if stream in mine:
            mine.remove(stream)
        if not mine:
            self._streams.pop(person_id, None)

    def hear(self, payload: str) -> None:
        """One notification: the person, and what is told to them."""
        key, _space, word = payload.partition(" ")
        for stream in self._streams.get(UUID(key), ()):
            stream.put(word)

    def tell_all(self, word: str) -> None:
        for streams in self._streams.values():
            for stream in streams:
                stream.put(word)
