"""The key of a local stack that signs its journals; made once a state directory, beside the database and not in it."""

import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kinerja.stack.state import State


def ensure(state: State) -> None:
    """Make the key, and write its public half for whoever verifies."""
    if state.anchor_key.exists() and state.anchor_keys.exists():
        return
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(state.anchor_key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(private)
    with state.anchor_keys.open("ab") as file:  # after those before it: what they signed stays verifiable
        file.write(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
