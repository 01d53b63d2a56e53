"""What are our cookies called? Behind TLS the name itself binds them to this host.

A browser takes a cookie named `__Host-…` only from the host itself, over TLS and for all its addresses: no neighbour
under the same domain can plant one. `__Secure-…` asks for TLS alone, and leaves the path to us.
"""

SESSION = "malrett"
LANGUAGE = "malrett_language"
SEAT = "malrett_seat"
SIGNIN = "malrett_signin"


def name(word: str, secure: bool, *, of_one_path: bool = False) -> str:
    """The cookie's name on this installation. of_one_path: it is sent to a part of the addresses only."""
    if not secure:
        return word
    return f"__Secure-{word}" if of_one_path else f"__Host-{word}"
