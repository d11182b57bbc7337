"""A time-stamping authority of the tests' own: RFC 3161 answers, signed under a root certificate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class Authority:
    """Answers requests. `asked` counts them; `refuses` makes it say no, `other` stamp something else."""

    refuses: bool = False
    other: bool = False
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._root_key, self._key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = self._certificate("Root", "Root", self._root_key.public_key(), ca=True)
        self.certificate = self._certificate("Stamps", "Root", self._key.public_key(), ca=False)

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def _certificate(
        self, whose: str, by: str, key: ec.EllipticCurvePublicKey, *, ca: bool
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(whose))
            .issuer_name(_name(by))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(AT - dt.timedelta(days=900))
            .not_valid_after(AT + dt.timedelta(days=9000))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._root_key.public_key()),
                critical=False,
            )
        )
        if not ca:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(self._root_key, hashes.SHA256())

    def post(self, address: str, request: bytes) -> bytes:
        """What the network would bring back."""
        self.asked.append(address)
        asked = tsp.TimeStampReq.load(request)
        if self.refuses:
            status = tsp.PKIStatusInfo({"status": "rejection", "status_string": ["not today"]})
            # The library insists on a token, which a refusal has not.
            return b"\x30" + bytes([len(status.dump())]) + bytes(status.dump())
        imprint = asked["message_imprint"]
        if self.other:
            imprint["hashed_message"] = b"\x07" * 32
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": imprint,
                "serial_number": 7,
                "gen_time": AT,
                "nonce": asked["nonce"].native,
            }
        ).dump()
        answer = {"status": tsp.PKIStatusInfo({"status": "granted"}), "time_stamp_token": self._signed(info)}
        return bytes(tsp.TimeStampResp(answer).dump())

    def _signed(self, info: bytes) -> cms.ContentInfo:
        certificate = asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        digest = hashes.Hash(hashes.SHA256())
        digest.update(info)
        own = hashes.Hash(hashes.SHA256())
        own.update(certificate.dump())
        signing = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": own.finalize()})]})
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [digest.finalize()]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [signing]}),
            ]
        )
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    "issuer_and_serial_number",
                    cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    ),
                ),
                "digest_algorithm": sha256,
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": self._key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
            }
        )
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [sha256],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(info),
                },
                "certificates": [certificate],
                "signer_infos": [signer],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})
