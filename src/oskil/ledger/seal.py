"""A signed statement of the ledger's last entry: who held it, up to which entry, with which hash.

The chain alone cannot show that its end was cut off or rewritten; a seal that was given away can. It is JSON:

    {"oskil-seal": 1, "entries": N, "head": HASH, "recorded_at": ..., "sealed_at": ...,
     "public_key": HEX, "signature": HEX, "timestamp": BASE64 or absent}

The signature is Ed25519 (RFC 8032) over the canonical JSON of all fields but `signature` and `timestamp`. The
time stamp (RFC 3161) is over the SHA-256 of that JSON with the signature in it.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from oskil.errors import InputError, LedgerError
from oskil.ledger.chain import stamp
from oskil.ledger.codec import canonical, sha256
from oskil.ledger.stored import LogEntry

MARK = "oskil-seal"
VERSION = 1
_FIELDS = ("entries", "head", "recorded_at", "sealed_at", "public_key")
# How much of the hash of a public key people compare.
_FINGERPRINT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A statement, its signature, and the response of a time-stamping authority to it (DER), if any."""

    entries: int
    head: str
    recorded_at: str
    sealed_at: str
    public_key: str
    signature: str = ""
    timestamp: bytes | None = None

    @property
    def fingerprint(self) -> str:
        """The signer's key in short: the beginning of the SHA-256 of the public key."""
        return sha256(bytes.fromhex(self.public_key))[:_FINGERPRINT]

    @property
    def stated(self) -> bytes:
        """What is signed."""
        return canonical({MARK: VERSION, **{name: getattr(self, name) for name in _FIELDS}}).encode()

    @property
    def signed(self) -> bytes:
        """What is stamped: the statement with its signature."""
        fields = {name: getattr(self, name) for name in (*_FIELDS, "signature")}
        return canonical({MARK: VERSION, **fields}).encode()

    def text(self) -> str:
        """The seal as it is written to a file."""
        record: dict[str, Any] = json.loads(self.signed)
        if self.timestamp is not None:
            record["timestamp"] = base64.b64encode(self.timestamp).decode()
        return json.dumps(record, indent=2) + "\n"


def make(last: LogEntry, key_file: Path, now: dt.datetime) -> Seal:
    """Sign the last entry with the key in a file, which is made if it is not there. Raises LedgerError."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = _key(key_file)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    seal = Seal(
        entries=last.seq,
        head=last.sha256,
        recorded_at=stamp(last.recorded_at),
        sealed_at=stamp(now),
        public_key=public,
    )
    return replace(seal, signature=key.sign(seal.stated).hex())


def read(text: str, where: str) -> Seal:
    """The seal that a text holds, its signature proved. Raises InputError for what is none."""
    try:
        record = json.loads(text)
        if not isinstance(record, dict) or record.get(MARK) != VERSION:
            raise InputError("not a seal, or of a newer Oskil", where)
        given = record.get("timestamp")
        seal = Seal(
            entries=int(record["entries"]),
            signature=str(record["signature"]),
            timestamp=None if given is None else base64.b64decode(given, validate=True),
            **{name: str(record[name]) for name in _FIELDS if name != "entries"},
        )
        bytes.fromhex(seal.public_key + seal.signature)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise InputError(f"not a seal: {str(error)[:80]}", where) from error
    if not _is_signed(seal):
        raise InputError("its signature is wrong: the seal was changed", where)
    return seal


def _is_signed(seal: Seal) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.public_key))
        key.verify(bytes.fromhex(seal.signature), seal.stated)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(path: Path) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        if not path.exists():
            _make_key(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise LedgerError("others may read this key; `chmod 600` it, or make a new one", str(path))
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise LedgerError(f"the key cannot be kept or read: {error.strerror}", str(path)) from error
    except (ValueError, TypeError) as error:
        raise LedgerError("not a private key without a password", str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError("not an Ed25519 key", str(path))
    return key


def _make_key(path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
