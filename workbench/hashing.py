"""One way to hash: for ids, versions and the keys of unchanged work."""

import hashlib


def digest(*parts: str | bytes) -> str:
    """SHA-256 over the parts, each preceded by its length, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()
