"""A server for the peers of the link bench: takes POST, and tus uploads, over TLS; keeps counts."""

import asyncio
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_TUS: Final = "Tus-Resumable: 1.0.0\r\n"


@dataclass(slots=True)
class Upload:
    """One tus upload: how long it is to be, and what has come."""

    size: int
    data: bytearray = field(default_factory=bytearray)


class Sink:
    """Listens on loopback in a thread of its own."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.whole = 0
        self._uploads: dict[str, Upload] = {}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _loop, _context: None)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context, limit=1 << 20)
        )
        self.port: int = server.sockets[0].getsockname()[1]
        threading.Thread(target=self._loop.run_forever, name="sink", daemon=True).start()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                method, path, _ = head.split(" ", 2)
                fields = {
                    line.partition(":")[0].lower(): line.partition(":")[2].strip()
                    for line in head.split("\r\n")[1:]
                    if line
                }
                size = int(fields.get("content-length", "0"))
                answer = await self._answer(method, path, fields, reader, size)
                writer.write(answer.encode())
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    async def _answer(
        self,
        method: str,
        path: str,
        fields: dict[str, str],
        reader: asyncio.StreamReader,
        size: int,
    ) -> str:
        if path != "/files" and not path.startswith("/files/"):
            await reader.readexactly(size)
            self.whole += 1
            return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        if method == "POST":
            name = f"/files/{len(self._uploads)}"
            self._uploads[name] = Upload(int(fields["upload-length"]))
            return f"HTTP/1.1 201 Created\r\n{_TUS}Location: {name}\r\nContent-Length: 0\r\n\r\n"
        upload = self._uploads[path]
        if method == "PATCH":
            await self._take(upload, reader, size)
        return (
            f"HTTP/1.1 {'204 No Content' if method == 'PATCH' else '200 OK'}\r\n{_TUS}"
            f"Upload-Offset: {len(upload.data)}\r\nUpload-Length: {upload.size}\r\n"
            "Content-Length: 0\r\n\r\n"
        )

    async def _take(self, upload: Upload, reader: asyncio.StreamReader, size: int) -> None:
        """Keep every byte that comes, also of a request that is cut: what tus servers do."""
        while size and (some := await reader.read(min(size, 65536))):
            upload.data += some
            size -= len(some)
        if size:
            raise ConnectionResetError
        if len(upload.data) == upload.size:
            self.whole += 1
