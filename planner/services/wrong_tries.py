"""By what are wrong passwords and codes counted? Never by an address or an e-mail as it is: by a keyed hash of it.

Kept in the database, so that several processes count together and a restart forgets nothing.
"""

import hashlib
import hmac
import ipaddress


def keyed(key: str, text: str) -> str:
    """key: of this installation; whoever has only the database cannot try addresses against it."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def household(address: str) -> str:
    """What one subscriber has: an IPv4 address, or 64 bits of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ipaddress.IPv6Network((int(known), 64), strict=False).network_address)
