"""A slow line: so many bits a second, so long a way, and now and then everything on it is cut."""

import asyncio
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Final

#: What a router holds back at most; a late wake-up of this program is made up for, not more.
_BURST_S: Final = 0.2
_STEP: Final = 4096
_BUFFER: Final = 32 * 1024


@dataclass(slots=True)
class Way:
    """One direction of the line; `passed` counts bytes that went through the narrow place."""

    rate: float
    passed: int = 0
    free_at: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, size: int) -> None:
        """Wait until so many bytes went through."""
        loop = asyncio.get_running_loop()
        async with self.turn:
            self.free_at = max(self.free_at, loop.time() - _BURST_S) + size / self.rate
            if (wait := self.free_at - loop.time()) > 0:
                await asyncio.sleep(wait)
            self.passed += size


class ShapedLine:
    """Passes TCP on to `port` on loopback, `bits` a second each way, with `rtt_s` there and back.

    Connecting takes a round trip as well. Every `cut_every_s` all connections are reset and what
    is on its way is lost.
    """

    def __init__(self, port: int, bits: float, rtt_s: float, cut_every_s: float | None) -> None:
        self._to = port
        self._delay_s = rtt_s / 2
        self._cut_every_s = cut_every_s
        self.up, self.down = Way(bits / 8), Way(bits / 8)
        self.cuts = self.connections = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._sock = socket.socket()
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._sock.bind(("127.0.0.1", 0))
        self._sock.listen(64)
        self.port: int = self._sock.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="shaped-line", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda _loop, _context: None)
        self._loop.run_until_complete(asyncio.start_server(self._serve, sock=self._sock))
        if self._cut_every_s is not None:
            self._cutting = self._loop.create_task(self._cut(self._cut_every_s))
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    async def _cut(self, every_s: float) -> None:
        while True:
            await asyncio.sleep(every_s)
            if self._writers:
                self.cuts += 1
            for writer in tuple(self._writers):
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        await asyncio.sleep(2 * self._delay_s)
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        pair = {writer, back}
        self._writers |= pair
        try:
            await asyncio.gather(
                self._pass_on(reader, back, self.up), self._pass_on(there, writer, self.down)
            )
        except OSError:
            pass
        finally:
            self._writers -= pair
            for each in pair:
                each.close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way
    ) -> None:
        """Let bytes through at the line's rate; each arrives half a round trip later."""
        loop = asyncio.get_running_loop()
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            while True:
                at, data = await on_the_way.get()
                if (wait := at - loop.time()) > 0:
                    await asyncio.sleep(wait)
                if not data:
                    writer.close()
                    return
                writer.write(data)
                await writer.drain()

        arriving = asyncio.ensure_future(arrive())
        try:
            while data := await reader.read(_STEP):
                await way.take(len(data))
                on_the_way.put_nowait((loop.time() + self._delay_s, data))
            on_the_way.put_nowait((loop.time() + self._delay_s, b""))
            await arriving
        finally:
            arriving.cancel()
