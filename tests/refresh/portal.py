"""A portal on this machine: it answers what it is told to, and remembers what it was asked."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from paritrana.refresh.cache import Cache
from paritrana.refresh.client import Client, Manners

TODAY = date(2026, 11, 28)
QUICK = Manners(tries=3, back_off=0.01, pause=0.0, connect=2.0, silence=0.3, whole=1.0, most=2**20)


@dataclass(frozen=True)
class Reply:
    """One answer: `delay` is waited before it, and the connection ends after `cut` bytes of it."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int | None = None


def told(content: object) -> Reply:
    """An answer in JSON."""
    return Reply(json.dumps(content).encode())


class Portal:
    """Replies by path with query; of several the next one each time, the last one from then on."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.headers: list[Mapping[str, str]] = []

    def says(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def reply(self, path: str) -> Reply:
        waiting = self.replies.get(path, [Reply(b"nothing", 404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def client(self, folder: Path, manners: Manners = QUICK, **given: object) -> Client:
        """A client of this portal with its cache in a folder."""
        return Client(self.base, Cache(folder, TODAY), manners, **given)  # type: ignore[arg-type]


@contextmanager
def portal() -> Iterator[Portal]:
    """A portal for as long as the test runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.times.append(time.monotonic())
            found.headers.append(dict(self.headers))
            reply = found.reply(self.path)
            time.sleep(reply.delay)
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut])
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Portal(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()
