"""Makes picture files that are odd, damaged, or made to do harm; every seed makes the same ones."""

import io
import random
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from PIL import Image


# -- honest files to begin with ---------------------------------------------------------------
def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def honest() -> dict[str, bytes]:
    """One small file of each kind that people have: modes, packings, pages, turns."""
    rng = np.random.default_rng(5)
    noise = Image.fromarray(rng.integers(0, 255, (48, 64, 3), np.uint8))
    deep = Image.fromarray(rng.integers(0, 65535, (48, 64), np.uint16))
    exif = noise.getexif()
    exif[0x0112] = 6
    exif[0x010E] = "x" * 200
    clear = noise.convert("RGBA")
    clear.putalpha(Image.fromarray(rng.integers(0, 255, (48, 64), np.uint8)))
    pages = [noise.rotate(turn) for turn in (0, 90, 180)]
    return {
        "jpeg": _saved(noise, "JPEG", quality=80, exif=exif.tobytes()),
        "jpeg progressive": _saved(noise, "JPEG", progressive=True),
        "jpeg cmyk": _saved(noise.convert("CMYK"), "JPEG"),
        "jpeg grey": _saved(noise.convert("L"), "JPEG"),
        "png": _saved(noise, "PNG"),
        "png alpha": _saved(clear, "PNG"),
        "png palette": _saved(noise.convert("P"), "PNG", transparency=3),
        "png one bit": _saved(noise.convert("1"), "PNG"),
        "png 16 bit": _saved(deep, "PNG"),
        "apng": _saved(noise, "PNG", save_all=True, append_images=pages),
        "webp": _saved(noise, "WEBP"),
        "webp lossless": _saved(clear, "WEBP", lossless=True),
        "webp animated": _saved(noise, "WEBP", save_all=True, append_images=pages),
        "tiff": _saved(noise, "TIFF"),
        "tiff lzw": _saved(noise, "TIFF", compression="tiff_lzw"),
        "tiff deflate": _saved(noise, "TIFF", compression="tiff_adobe_deflate"),
        "tiff jpeg": _saved(noise, "TIFF", compression="jpeg"),
        "tiff 16 bit": _saved(deep, "TIFF"),
        "tiff float": _saved(Image.fromarray(rng.random((48, 64), np.float32)), "TIFF"),
        "tiff cmyk": _saved(noise.convert("CMYK"), "TIFF"),
        "tiff pages": _saved(noise, "TIFF", save_all=True, append_images=pages),
        "gif": _saved(noise.convert("P"), "GIF"),
        "gif animated": _saved(noise.convert("P"), "GIF", save_all=True, append_images=pages),
        "bmp": _saved(noise, "BMP"),
        "bmp palette": _saved(noise.convert("P"), "BMP"),
    }


# -- bombs ------------------------------------------------------------------------------------
def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


def _zeros(size: int) -> bytes:
    """So many zeros, packed by zlib; put together from one packed megabyte, to be made quickly."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(size & 0xFFFFF)) + packer.flush()
    total = (size % 65521) << 16 | 1  # Adler-32 of zeros
    return b"\x78\x9c" + megabyte * (size >> 20) + rest + struct.pack(">I", total)


def _many_scans() -> bytes:
    """A progressive JPEG whose last scan comes again and again: little to send, long to do."""
    whole = _saved(Image.new("RGB", (3000, 3000), (90, 120, 150)), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    scan = whole[last:-2]
    return whole[:-2] + scan * min(1000, (20 << 20) // max(1, len(scan))) + b"\xff\xd9"


def _looping_tiff() -> bytes:
    entries = struct.pack("<HHII", 256, 3, 1, 8) + struct.pack("<HHII", 257, 3, 1, 8)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) + entries + struct.pack("<I", 8)


def _tag_tiff() -> bytes:
    entry = struct.pack("<HHII", 270, 2, 0x7FFFFFFF, 8)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 60000) + entry * 60000 + bytes(4)


def _long_gif() -> bytes:
    pages = [Image.new("P", (8, 8), at % 256) for at in range(2000)]
    return _saved(pages[0], "GIF", save_all=True, append_images=pages[1:], optimize=False)


def bombs() -> dict[str, bytes]:
    """Files that are small and want to become large, or lie about what they are."""
    row = _zeros(40 << 20)
    big_bmp = struct.pack("<2sIHHI", b"BM", 54, 0, 0, 54) + struct.pack(
        "<IiiHHIIiiII", 40, 0x7FFFFFF0, 0x7FFFFFF0, 1, 24, 0, 0, 0, 0, 0, 0
    )
    return {
        "png 60,000 x 60,000": _png(60000, 60000, 1, 0, _chunk(b"IDAT", row)),
        "png 2^31 - 1 wide": _png(0x7FFFFFFF, 1, 8, 2, _chunk(b"IDAT", row)),
        "png 0 x 0": _png(0, 0, 8, 2, _chunk(b"IDAT", _zeros(100))),
        "png just under the limit": _png(7000, 7000, 8, 6, _chunk(b"IDAT", _zeros(7000 * 28001))),
        "png 16 bit under the limit": _png(
            7000, 7000, 16, 6, _chunk(b"IDAT", _zeros(7000 * 56001))
        ),
        "png text bomb": _png(8, 8, 8, 2, _chunk(b"zTXt", b"k\0\0" + _zeros(300 << 20))),
        "png profile bomb": _png(8, 8, 8, 2, _chunk(b"iCCP", b"k\0\0" + _zeros(300 << 20))),
        "png more pixels than told": _png(8, 8, 8, 2, _chunk(b"IDAT", _zeros(300 << 20))),
        "bmp 2^31 x 2^31": big_bmp,
        "jpeg of a thousand scans": _many_scans(),
        "tiff that points at itself": _looping_tiff(),
        "tiff of 60,000 long tags": _tag_tiff(),
        "gif of 2,000 pictures": _long_gif(),
        "html": b"<html><script>alert(1)</script>" * 1000,
        "zip": b"PK\x03\x04" + bytes(3000),
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n" + b"0 0 moveto\n" * 1000,
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "empty": b"",
        "one byte": b"\xff",
    }


# -- mutants ----------------------------------------------------------------------------------
_NASTY: Final = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def _bit(out: bytearray, at: int, rng: random.Random, _others: Sequence[bytes]) -> None:
    if out:
        out[at] ^= 1 << rng.randrange(8)


def _byte(out: bytearray, at: int, rng: random.Random, _others: Sequence[bytes]) -> None:
    if out:
        out[at] = rng.randrange(256)


def _long(out: bytearray, at: int, rng: random.Random, _others: Sequence[bytes]) -> None:
    out[at : at + 4] = struct.pack(rng.choice("<>") + "I", rng.choice(_NASTY))


def _short(out: bytearray, at: int, rng: random.Random, _others: Sequence[bytes]) -> None:
    out[at : at + 2] = struct.pack(">H", rng.choice(_NASTY) & 0xFFFF)


def _gap(out: bytearray, at: int, rng: random.Random, _others: Sequence[bytes]) -> None:
    del out[at : at + rng.randint(1, 64)]


def _again(out: bytearray, at: int, rng: random.Random, _others: Sequence[bytes]) -> None:
    out[at:at] = out[at : at + rng.randint(1, 256)] * rng.randint(1, 20)


def _end(out: bytearray, at: int, _rng: random.Random, _others: Sequence[bytes]) -> None:
    del out[at:]


def _graft(out: bytearray, at: int, rng: random.Random, others: Sequence[bytes]) -> None:
    other = rng.choice(others)
    begin = rng.randrange(max(1, len(other)))
    out[at : at + rng.randint(1, 200)] = other[begin : begin + rng.randint(1, 200)]


_DAMAGES: Final = (_bit, _byte, _long, _short, _gap, _again, _end, _graft)


def mutated(data: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """Damage a file: bits, bytes, lengths, order, ends; sometimes a part of another file."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(max(1, len(out)))
        rng.choice(_DAMAGES)(out, at, rng, others)
    # Most damage of a PNG is found by its sums at once; mend them, so that it gets further in.
    return _mended(bytes(out)) if out[:4] == b"\x89PNG" and rng.random() < 0.7 else bytes(out)


def _mended(data: bytes) -> bytes:
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        length = min(length, len(data) - at - 12)
        out += _chunk(data[at + 4 : at + 8], data[at + 8 : at + 8 + length])
        at += 12 + length
    return bytes(out)


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield (class, file): all bombs and honest files first, then mutants of them."""
    begin, bad = honest(), bombs()
    yield from (("odd", each) for each in begin.values())
    yield from (("bomb", each) for each in bad.values())
    sources = [*begin.values(), *(each for each in bad.values() if len(each) < 50_000)]
    for number in range(count - len(begin) - len(bad)):
        rng = random.Random(f"hostile {seed} {number}")
        yield "mutant", mutated(rng.choice(sources), rng, sources)
