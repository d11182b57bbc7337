"""A calendar of OpenTimestamps, and a chain of one block, both made up."""

from __future__ import annotations

from dataclasses import dataclass, field

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

URL = "https://calendar.example.org"
HEIGHT, MADE = 700_001, 1_707_000_000  # the block and its time, 2024-02-03T22:40:00Z


@dataclass
class Calendar:
    """Promises, and keeps its promise once it has `mined`. `asked` are the addresses that were asked for."""

    url: str = URL
    mined: bool = False
    asked: list[str] = field(default_factory=list)
    header: bytes = b""

    def __call__(self, address: str, data: bytes | None) -> bytes | None:
        self.asked.append(address)
        if data is not None:
            assert address == f"{self.url}/digest"
            assert len(data) == 32, "nothing but a hash is sent"
            stamp = Timestamp(data)
            promised = stamp.ops.add(OpAppend(b"nonce")).ops.add(OpSHA256())
            promised.attestations.add(PendingAttestation(self.url))
            return _packed(stamp)
        if not self.mined:
            return None
        stamp = Timestamp(bytes.fromhex(address.rpartition("/")[2]))
        root = stamp.ops.add(OpPrepend(b"neighbour")).ops.add(OpSHA256()).ops.add(OpSHA256())
        root.attestations.add(BitcoinBlockHeaderAttestation(HEIGHT))
        self.header = header(root.msg)
        return _packed(stamp)


def header(root: bytes) -> bytes:
    """The header of a block with this root."""
    return bytes(4) + bytes(32) + root + MADE.to_bytes(4, "little") + bytes(8)


def _packed(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    stamp.serialize(context)
    packed: bytes = context.getbytes()
    return packed
