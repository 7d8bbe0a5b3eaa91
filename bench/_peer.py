"""Sends the link bench's load as others do: a loop of requests.post, or tuspy. Run on its own.

`python _peer.py post|tus URL PACKETS BYTES`: prints the seconds it took and how many arrived.
"""

import io
import os
import sys
import time
from collections.abc import Callable

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

Send = Callable[[bytes], None]


def main() -> int:
    """Send everything; whatever is lost for good is not counted."""
    kind, url, packets, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    send = post(url) if kind == "post" else tus(url)
    began, done = time.monotonic(), 0
    for _ in range(packets):
        try:
            send(os.urandom(size))
            done += 1
        except Exception as err:  # noqa: BLE001 - a packet that its sender gave up
            print(type(err).__name__, err, file=sys.stderr)
    print(f"{time.monotonic() - began:.2f} {done}")
    return 0


def post(url: str) -> Send:
    """A session that is kept, with urllib3's Retry switched on for POST."""
    session = requests.Session()
    retry = Retry(total=10, backoff_factor=0.5, allowed_methods=None, status_forcelist=(503,))
    session.mount("https://", HTTPAdapter(max_retries=retry))

    def send(data: bytes) -> None:
        session.post(url + "/packets", data=data, timeout=60).raise_for_status()

    return send


def tus(url: str) -> Send:
    """Tuspy as its documentation shows it, with retries."""
    # Only in the peers' environment.
    from tusclient.client import (  # type: ignore[import-not-found]  # noqa: PLC0415
        TusClient,
    )

    client = TusClient(url + "/files")

    def send(data: bytes) -> None:
        uploader = client.uploader(
            file_stream=io.BytesIO(data), chunk_size=len(data), retries=10, retry_delay=1
        )
        uploader.upload()

    return send


if __name__ == "__main__":
    sys.exit(main())
