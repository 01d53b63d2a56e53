"""May this address try another code? Only wrong codes are counted: two hundred people behind one address all get in.

An address with thirty wrong codes in ten minutes is told to wait when its next is wrong too; a right one passes, since
a whole room shares the address with whoever guessed. When there have been a thousand wrong ones in an hour from all
addresses together, an address is listened to as long as it has fewer than thirty itself: a good code from where few
have typed wrongly is never refused, whatever others do. Of IPv6 the first 64 bits are one address, since one
subscriber has them all. Addresses are held in memory for ten minutes and are written nowhere.

The odds: there are 21⁹ = 7.9 · 10¹¹ codes. One address gets 180 tries an hour, so that ten thousand of them, all
evening (3 hours), with a hundred workshops open, find one of them with a chance of 0.07 %. Whoever has addresses
without end is held by the server itself: at 500 tries a second all evening, with one workshop open, 0.0007 %.
"""

import ipaddress
import threading
import time
from collections import deque
from collections.abc import Callable

OF_ONE, OF_ONE_SECONDS = 30, 600.0
OF_ALL, OF_ALL_SECONDS = 1000, 3600.0
MOST_ADDRESSES = 10_000


class WrongCodes:
    """The wrong codes of one running application."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._of_one: dict[str, deque[float]] = {}
        self._of_all: deque[float] = deque()

    def may_try(self, address: str) -> bool:
        """Whether a code from here is looked up at all."""
        with self._lock:
            self._forget()
            return len(self._of_all) < OF_ALL or len(self._of_one.get(household(address), ())) < OF_ONE

    def count(self, address: str) -> bool:
        """One more wrong code from here; True when it is one too many, and the answer is to wait."""
        address = household(address)
        with self._lock:
            self._forget()
            if address not in self._of_one and len(self._of_one) >= MOST_ADDRESSES:
                self._of_one.pop(next(iter(self._of_one)))
            own = self._of_one.setdefault(address, deque(maxlen=OF_ONE + 1))
            own.append(self._clock())
            if len(self._of_all) < OF_ALL:
                self._of_all.append(self._clock())
            return len(own) > OF_ONE

    def _forget(self) -> None:
        now = self._clock()
        while self._of_all and now - self._of_all[0] >= OF_ALL_SECONDS:
            self._of_all.popleft()
        for address, times in list(self._of_one.items()):
            while times and now - times[0] >= OF_ONE_SECONDS:
                times.popleft()
            if not times:
                del self._of_one[address]


def household(address: str) -> str:
    """What one subscriber has: an IPv4 address, or 64 bits of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ipaddress.IPv6Network((int(known), 64), strict=False).network_address)
