"""A certificate authority of one deployment: who trusts its certificate trusts what it issued, and nothing else."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

YEARS = 5
"""How long a certificate holds; another one is made by removing the files."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Issues certificates as long as it is held; its key is kept nowhere, so that nobody issues one afterwards."""

    name: str
    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    @classmethod
    def make(cls, name: str) -> "Authority":
        """A new one."""
        key = generate_private_key(SECP256R1())
        usage = x509.KeyUsage(
            key_cert_sign=True,
            crl_sign=True,
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        made = (
            _certificate(name, name, key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(name, made, key)

    def write(self, path: Path) -> None:
        """Write what others need to trust it."""
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))

    def issue(self, path: Path, *hosts: str, mode: int = 0o600) -> None:
        """Write key and certificate (PEM, one file) of whoever answers, or asks, under these names or addresses."""
        key = generate_private_key(SECP256R1())
        names = x509.SubjectAlternativeName([_name(host) for host in hosts])
        made = (
            _certificate(hosts[0], self.name, key)
            .add_extension(names, critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(private + made.public_bytes(Encoding.PEM))


def _certificate(subject: str, issuer: str, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=366 * YEARS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
