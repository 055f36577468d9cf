"""Asks a portal: with patience, one question at a time, and without telling anyone the token.

The token goes into the request that is sent and nowhere else. Addresses in sentences, in the cache and in sources lack
it; errors of the libraries, which quote addresses, are put into words of our own; what urllib3 notes of a request is
blackened before any log has it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util.retry import Retry

from paritrana.faults import Fault, InvalidInput
from paritrana.refresh.cache import Answer, Cache

T = TypeVar("T")
AGENT = "paritrana-report-book"
TRANSIENT = (429, 500, 502, 503, 504)  # status codes that another try may not meet
MOST_LOST = 3  # requests in a row that failed in spite of all tries: the portal is not there
LONGEST_WAIT = 120.0  # seconds that a portal may ask to wait; beyond them the command ends
PIECE = 2**16
BLACK = "***"
LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry", "requests")


class GivenUp(InvalidInput):
    """The portal failed again and again: asking for more is of no use now."""


class Lost(Exception):  # noqa: N818 - reads as what it is where it is caught
    """One try failed and another may not; `wait` is what the portal asks for, in seconds."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True)
class Manners:
    """How a portal is asked: times in seconds, sizes in bytes."""

    tries: int = 5
    back_off: float = 1.0  # before the second try, doubled before each further one
    pause: float = 0.5  # at least between two requests
    connect: float = 10.0
    silence: float = 60.0  # without a byte
    whole: float = 300.0  # for one answer
    most: int = 32 * 2**20


@dataclass
class Client:
    """One portal; `parameters` go with each request and are secret, `tell` hears each address that is really asked."""

    base: str
    cache: Cache
    manners: Manners = field(default_factory=Manners)
    headers: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict, repr=False)
    again: bool = False  # ask for what is kept, too
    tell: Callable[[str], None] = lambda _: None
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.auth = _nothing  # else the secrets of a .netrc would be sent
        self._session.headers.update({"User-Agent": AGENT, **self.headers})
        self._last, self._lost = -self.manners.pause, 0
        self._fresh: set[str] = set()  # asked in this run
        self._blackening = _Blackening(tuple(filter(None, self.parameters.values())))

    def get(self, path: str, query: Mapping[str, str], read: Callable[[Answer], T]) -> T:
        """What `read` makes of the answer, kept or fresh; only an answer that could be read is kept.

        Raises InvalidInput where there is none or it cannot be read, GivenUp after several in a row.
        """
        address = self.base + path + (f"?{urlencode(query)}" if query else "")
        kept = None if self.again and address not in self._fresh else self.cache.find(address)
        if kept:
            return read(kept)
        answer = self._asked(address)
        found = read(answer)
        self.cache.keep(answer)
        self._fresh.add(address)
        return found

    def _asked(self, address: str) -> Answer:
        """A fresh answer, after as many tries as it takes."""
        tries = Retrying(
            stop=stop_after_attempt(self.manners.tries),
            wait=self._wait,
            retry=retry_if_exception_type(Lost),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            content = tries(self._once, address)
        except Lost as error:
            self._lost += 1
            kind = GivenUp if self._lost >= MOST_LOST else InvalidInput
            raise kind([_fault(address, f"{error}; tried {self.manners.tries} times")]) from None
        self._lost = 0
        return Answer(address, self._blackening.bytes(content), self.cache.today)

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next try: the portal's own wish, or twice as long as the time before."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, Lost) else 0.0
        return max(asked, self.manners.back_off * 2.0 ** (state.attempt_number - 1))

    def _once(self, address: str) -> bytes:
        """One try."""
        self.sleep(max(0.0, self._last + self.manners.pause - time.monotonic()))
        self.tell(address)
        try:
            with self._blackening, self._sent(address) as response:
                self._check(address, response)
                return self._content(address, response)
        except requests.Timeout:
            raise Lost("it did not answer in time") from None
        except (requests.RequestException, HTTPError) as error:
            raise Lost(f"the connection failed ({type(error).__name__})") from None
        finally:
            self._last = time.monotonic()

    def _sent(self, address: str) -> requests.Response:
        return self._session.get(
            address,
            params=dict(self.parameters),
            timeout=(self.manners.connect, self.manners.silence),
            stream=True,
            allow_redirects=False,  # to where the token should not go
        )

    def _check(self, address: str, response: requests.Response) -> None:
        """Raise Lost for a status that may pass, InvalidInput for one that will not."""
        status = response.status_code
        if status in TRANSIENT:
            wait = _retry_after(response.headers.get("Retry-After", ""))
            if wait > LONGEST_WAIT:
                raise InvalidInput([_fault(address, f"it asks to wait {wait:.0f} seconds: try again then", status)])
            raise Lost(f"it answered with status {status}", wait)
        if status in (401, 403):
            raise InvalidInput([_fault(address, "it refuses this program or its token", status)])
        if status != requests.codes.ok:
            raise InvalidInput([_fault(address, "there is nothing of this address", status)])

    def _content(self, address: str, response: requests.Response) -> bytes:
        """The bytes of an answer; raises Lost where they end early or come too slowly."""
        found, end = bytearray(), time.monotonic() + self.manners.whole
        for piece in response.iter_content(PIECE):
            found += piece
            if len(found) > self.manners.most:
                raise InvalidInput([_fault(address, f"it is larger than {self.manners.most} bytes")])
            if time.monotonic() > end:
                raise Lost("it did not end in time")
        return bytes(found)


class _Blackening(logging.Filter):
    """Puts black in the place of secrets: in what is logged while it is entered, and in bytes."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = tuple({form for secret in secrets for form in (secret, urlencode({"": secret})[1:])})

    def __enter__(self) -> None:
        for name in LOGGERS:
            logging.getLogger(name).addFilter(self)

    def __exit__(self, *_: object) -> None:
        for name in LOGGERS:
            logging.getLogger(name).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, without its secrets."""
        text = record.getMessage()
        for secret in self._secrets:
            text = text.replace(secret, BLACK)
        record.msg, record.args, record.exc_info = text, None, None
        return True

    def bytes(self, content: bytes) -> bytes:
        """A portal may repeat the address that it was asked for in its answer."""
        for secret in self._secrets:
            content = content.replace(secret.encode(), BLACK.encode())
        return content


def _nothing(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _retry_after(header: str) -> float:
    """Seconds that a header asks to wait: a number or a date; none where it says neither."""
    try:
        return float(Retry().parse_retry_after(header))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


def _fault(address: str, expected: str, status: int | None = None) -> Fault:
    value = None if status is None else f"status {status}"
    return Fault(address, None, None, value, f"expected an answer with data, but {expected}")


def gathered(questions: Iterable[Callable[[], T]]) -> list[T]:
    """What every question gives; raises InvalidInput with the faults of all that failed."""
    found: list[T] = []
    faults: list[Fault] = []
    for question in questions:
        try:
            found.append(question())
        except InvalidInput as error:
            faults += error.faults
            if isinstance(error, GivenUp):
                break
    if faults:
        raise InvalidInput(faults)
    return found
