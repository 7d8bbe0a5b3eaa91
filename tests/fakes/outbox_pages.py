"""What somebody with the key of the store could read in its files, deleted things included."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from pos_client.outbox.store import DatabaseKey

PAGE = 8192
#: At the end of each page: 16 bytes of initialisation vector, 64 of HMAC.
RESERVED = 80
SALT = 16
LOG_HEADER = 32
FRAME_HEADER = 24


def decrypted(database: Path, key: DatabaseKey) -> bytes:
    """Return all pages of the database and of its write-ahead log as plain bytes."""
    data = database.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    log = database.with_name(database.name + "-wal")
    if log.exists():
        frames = log.read_bytes()[LOG_HEADER:]
        step = FRAME_HEADER + PAGE
        pages += [frames[at + FRAME_HEADER : at + step] for at in range(0, len(frames), step)]
    return b"".join(_plain(page, key) for page in pages if len(page) == PAGE)


def _plain(page: bytes, key: DatabaseKey) -> bytes:
    # The first page begins with the salt in clear.
    start = SALT if page[:SALT] == key.raw[-SALT:] else 0
    vector = page[-RESERVED : -RESERVED + 16]
    opener = Cipher(AES256(key.raw[:32]), CBC(vector)).decryptor()
    return opener.update(page[start:-RESERVED]) + opener.finalize()
