"""Time stamps of an authority (RFC 3161): that something existed at a time, on another's word than one's own.

The network is a function that is handed in: it posts a request and returns the response's bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oskil.errors import InputError

REQUEST_TYPE = "application/timestamp-query"
Post = Callable[[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Stamped:
    """When the authority saw it (UTC), and whether its certificate was traced to one that is trusted."""

    at: dt.datetime
    trusted: bool


def ask(data: bytes, authority: str, post: Post) -> bytes:
    """The authority's response (DER) for some data, which is only sent as a hash. Raises InputError."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    response = post(authority, builder.cert_request(cert_request=True).build().as_bytes())
    look(response, data, authority)
    return response


def look(response: bytes, data: bytes, where: str, roots: Sequence[bytes] = ()) -> Stamped:
    """When the data was stamped. Raises InputError for a refusal, a stamp of other data, or one that does not
    lead to one of the root certificates (PEM). Without roots the signature is not looked at.
    """
    import hashlib

    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        decoded = decode_timestamp_response(response)
    except ValueError as error:
        raise InputError("the authority's answer is no time stamp", where) from error
    if decoded.status not in (0, 1):
        said = " ".join(decoded.status_string or []) or f"status {decoded.status}"
        raise InputError(f"the authority refused: {said[:120]}", where)
    info = decoded.tst_info
    if info.message_imprint.message != hashlib.sha256(data).digest():
        raise InputError("the time stamp is of something else", where)
    for pem in roots:
        try:
            found = load_pem_x509_certificates(pem)
        except ValueError as error:
            raise InputError("no certificates in PEM", where) from error
        for root in found:
            try:
                if VerifierBuilder().add_root_certificate(root).build().verify_message(decoded, data):
                    return Stamped(info.gen_time, trusted=True)
            except (VerificationError, ValueError):
                continue
    if roots:
        raise InputError("the time stamp does not lead to a trusted certificate", where)
    return Stamped(info.gen_time, trusted=False)


def post(address: str, request: bytes) -> bytes:
    """The network: one request over HTTP(S), an answer of at most 1 MiB. Raises InputError."""
    import httpx

    headers = {"Content-Type": REQUEST_TYPE, "Accept": "application/timestamp-reply"}
    try:
        with httpx.stream("POST", address, content=request, headers=headers, timeout=20) as response:
            response.raise_for_status()
            data = b""
            for piece in response.iter_bytes():
                data += piece
                if len(data) > 2**20:
                    raise InputError("the authority's answer is too long", address)
            return data
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(f"the authority cannot be asked: {str(error)[:120]}", address) from error
