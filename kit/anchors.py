"""Anchors: the ends of a journal's chains as they were at a moment, signed, in an append-only file outside the database.

The chain alone proves nothing against whoever owns the database: the whole of it can be computed again. An anchor cannot
be made without the key, and it holds everything before it: a row that changes changes every hash after it.
Each line is a JWS (RFC 7515) and names the hash of the line before it, so that no line is taken out of the middle.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from jwt.api_jws import PyJWS
from pydantic import BaseModel, ValidationError

GENESIS = "0" * 64
"""What the first line of a file points back to."""
_ALGORITHM = "EdDSA"
_END = b"-----END PUBLIC KEY-----"
_jws = PyJWS()

Heads = Mapping[str, tuple[int, str]]
"""By city: the last position of its chain, and that row's hash."""


class Anchor(BaseModel):
    """What one line says."""

    service: str
    at: datetime
    """By the wall's clock, whatever the business clock says: this is evidence for people outside."""
    heads: dict[str, tuple[int, str]]
    """Of the cities whose chain has grown since the line before."""
    previous: str


class Forged(Exception):
    """A line of a file of anchors that does not hold; says which one."""


def file_of(directory: Path, service: str) -> Path:
    """Where the anchors of a service lie."""
    return directory / f"{service}.anchors"


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file (``openssl genpkey -algorithm ed25519``); raises ValueError for any other."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is no Ed25519 key: make one with `openssl genpkey -algorithm ed25519 -out {path}`")  # noqa: TRY004
    return key


def trusted_keys(path: Path) -> dict[str, Ed25519PublicKey]:
    """The public keys of a file of one or more PEM blocks, by their names; an old key stays in it after a new one."""
    blocks = [block + _END for block in path.read_bytes().split(_END)[:-1]]
    keys = [load_pem_public_key(block) for block in blocks]
    return {name_of(key): key for key in keys if isinstance(key, Ed25519PublicKey)}


def name_of(key: Ed25519PublicKey) -> str:
    """A key's name: the first half of the SHA-256 of its 32 bytes, in hexadecimal."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:32]


def append(path: Path, service: str, heads: Heads, key: Ed25519PrivateKey) -> int:
    """Sign the heads that have grown since they were last anchored, and append the line; returns how many.

    Holds the file meanwhile, and is on the disk when it returns: several workers of a service may share a file.
    """
    with _held(path) as file:
        lines = file.read().splitlines()
        known = _latest(lines)
        grown = {city: head for city, head in heads.items() if known.get(city, (0, ""))[0] < head[0]}
        if grown:
            anchor = Anchor(service=service, at=datetime.now(UTC), heads=grown, previous=_hash_of_last(lines))
            headers = {"kid": name_of(key.public_key())}
            line = _jws.encode(anchor.model_dump_json().encode(), key, algorithm=_ALGORITHM, headers=headers)
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return len(grown)


def read(path: Path, keys: Mapping[str, Ed25519PublicKey], service: str) -> list[Anchor]:
    """Every anchor of the file, in order; raises Forged for the first line that does not hold."""
    previous, found = GENESIS, []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        anchor = _verified(line, keys, f"{path.name}:{number}")
        if anchor.previous != previous or anchor.service != service:
            raise Forged(f"{path.name}:{number}: lines before this one are missing or were replaced")
        found.append(anchor)
        previous = hashlib.sha256(line).hexdigest()
    return found


def latest(path: Path) -> dict[str, tuple[int, str]]:
    """By city, what was anchored last; not verified: who signs only asks whether the journal still goes on from there."""
    return _latest(path.read_bytes().splitlines()) if path.exists() else {}


def _verified(line: bytes, keys: Mapping[str, Ed25519PublicKey], where: str) -> Anchor:
    try:
        name = _jws.get_unverified_header(line).get("kid")
        if not isinstance(name, str) or name not in keys:
            raise Forged(f"{where}: signed with a key that is not among the trusted ones: {name}")
        return Anchor.model_validate_json(_jws.decode(line, keys[name], algorithms=[_ALGORITHM]))
    except (jwt.PyJWTError, ValidationError) as error:
        raise Forged(f"{where}: not what was signed: {error}") from error


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file


def _latest(lines: list[bytes]) -> dict[str, tuple[int, str]]:
    known: dict[str, tuple[int, str]] = {}
    for line in lines:
        payload = _jws.decode_complete(line, options={"verify_signature": False})["payload"]
        known |= {city: (position, hashed) for city, (position, hashed) in json.loads(payload)["heads"].items()}
    return known


def _hash_of_last(lines: list[bytes]) -> str:
    return hashlib.sha256(lines[-1]).hexdigest() if lines else GENESIS
