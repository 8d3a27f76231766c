"""
Recovery codes: what a person prints and keeps somewhere safe, for the day on which the passphrase is forgotten.

Thirty letters and digits of Crockford's alphabet (150 bits) and two that tell a slip of the pen, in eight groups of four.
"""

from __future__ import annotations

import hashlib
import secrets

from steadily.errors import WrongCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
N_SIGNS, N_CHECKS, GROUP = 30, 2, 4


def new_code() -> str:
    """A random code, such as `7KQ2-…`."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(N_SIGNS))
    return _grouped(signs + _checks(signs))


def code_bytes(written: str) -> bytes:
    """
    The bytes of a code as somebody typed it; case, blanks and dashes do not matter, and O, I and L are read as 0, 1 and 1.

    Raises:
        WrongCode: It cannot be a code, since something in it was mistyped.
    """
    signs = "".join(written.upper().split()).replace("-", "").translate(ALIKE)
    if len(signs) != N_SIGNS + N_CHECKS:
        raise WrongCode(
            f"A recovery code has {N_SIGNS + N_CHECKS} letters and digits; this one has {len(signs)}. "
            "Look at the printed code again."
        )
    if signs[N_SIGNS:] != _checks(signs[:N_SIGNS]):
        raise WrongCode("Something in this recovery code was mistyped. Look at the printed code again.")
    return signs[:N_SIGNS].encode("ascii")


def _checks(signs: str) -> str:
    digest = hashlib.blake2b(signs.encode("utf-8"), person=b"code check", digest_size=N_CHECKS).digest()
    return "".join(ALPHABET[one % len(ALPHABET)] for one in digest)


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))
