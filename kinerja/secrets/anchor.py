"""The key that signs the ends of journals; beside the database and not in it."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


def ensure(private: Path, public: Path, *, mode: int = 0o600) -> bool:
    """Make the key unless it is there, and add its public half for whoever verifies; returns whether it was made."""
    if private.exists() and public.exists():
        return False
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(pem)
    with public.open("ab") as file:  # after those before it: what they signed stays verifiable
        file.write(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return True
