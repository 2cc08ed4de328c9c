"""Short hashes of all that the translation of an archive's tweet depends on.

That is the row as it stands in the file, the handle in its address, how we translate; and
for the few tweets that have them, the files that the archive carries for it and the note
with its whole text.
"""

from __future__ import annotations

from hashlib import blake2b

TRANSLATION = "1"  # another number has every status told anew from the same bytes
SIZE = 16


class Fingerprints:
    def __init__(self, handle: str) -> None:
        told = f"{TRANSLATION} {handle}".encode()
        self._salt = blake2b(told, digest_size=blake2b.SALT_SIZE).digest()

    def of(self, row: bytes) -> str:
        return blake2b(row, digest_size=SIZE, salt=self._salt).hexdigest()


def with_more(fingerprint: str, *more: str) -> str:
    """What was read carefully has no fingerprint, and gets none."""
    if not fingerprint:
        return ""
    told = "\0".join((fingerprint, *more)).encode(errors="surrogatepass")
    return blake2b(told, digest_size=SIZE).hexdigest()
