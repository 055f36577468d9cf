"""A portal that fails is asked again with patience, its answer is kept if it can be read, and the token is nowhere."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from functools import partial
from pathlib import Path

import pytest

from paritrana.faults import Fault, InvalidInput
from paritrana.refresh.answers import json_of
from paritrana.refresh.cache import Answer
from paritrana.refresh.client import BLACK, Client, GivenUp, gathered
from tests.refresh.portal import QUICK, TODAY, Portal, Reply, told

TOKEN = "0123456789abcdef0123456789abcdef"
SLOW, FULL, OK = Reply(b"late", delay=0.6), Reply(b"busy", 503), told({"said": 1})


def read(answer: Answer) -> object:
    return json_of(answer.content, answer.address)


def sentence(client: Client, path: str = "/data") -> str:
    with pytest.raises(InvalidInput) as caught:
        client.get(path, {}, read)
    (fault,) = caught.value.faults
    return str(fault)


@pytest.mark.parametrize(
    "fault",
    [FULL, Reply(b"", 500), Reply(b"", 502), Reply(b"", 504), Reply(b"slow down", 429), SLOW, replace(OK, cut=4)],
    ids=["503", "500", "502", "504", "429", "no byte in time", "cut in the middle"],
)
def test_what_may_pass_is_tried_again(asked: Portal, tmp_path: Path, fault: Reply) -> None:
    asked.says("/data", fault, OK)
    assert asked.client(tmp_path).get("/data", {}, read) == {"said": 1}
    assert asked.asked == ["/data", "/data"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (FULL, "it answered with status 503; tried 3 times"),
        (SLOW, "tried 3 times"),
        (replace(OK, cut=4), "the connection failed (ChunkedEncodingError); tried 3 times"),
    ],
)
def test_what_does_not_pass_is_one_sentence_after_the_last_try(
    asked: Portal, tmp_path: Path, reply: Reply, expected: str
) -> None:
    asked.says("/data", reply)
    assert expected in sentence(asked.client(tmp_path))
    assert len(asked.asked) == 3


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            Reply(b"", 404),
            '"status 404" was found, expected an answer with data, but there is nothing of this address.',
        ),
        (Reply(b"", 403), '"status 403" was found, expected an answer with data, but it refuses this program'),
        (Reply(b"", 302, {"Location": "http://127.0.0.1:1/elsewhere"}), '"status 302" was found'),
        (Reply(b"", 429, {"Retry-After": "3600"}), "it asks to wait 3600 seconds: try again then"),
        (Reply(b"x" * (QUICK.most + 1)), "it is larger than 1048576 bytes"),
        (Reply(b"<!DOCTYPE html><html>maintenance</html>"), "expected JSON, but it is a page of HTML"),
        (Reply(b'{"a": 1'), "expected JSON to its end"),
    ],
    ids=["404", "403", "elsewhere", "an hour", "too large", "a page", "half"],
)
def test_what_will_not_pass_is_told_at_once_and_not_kept(
    asked: Portal, tmp_path: Path, reply: Reply, expected: str
) -> None:
    asked.says("/data", reply)
    assert expected in sentence(asked.client(tmp_path))
    assert len(asked.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_nobody_listens(tmp_path: Path) -> None:
    client = Portal("http://127.0.0.1:1").client(tmp_path)
    assert "the connection failed (ConnectionError); tried 3 times" in sentence(client)


def waits(asked: Portal, folder: Path, *replies: Reply) -> list[float]:
    """The seconds that a client waits between its tries."""
    found: list[float] = []
    asked.says("/data", *replies, OK)
    manners = replace(QUICK, tries=len(replies) + 1, back_off=0.5)
    asked.client(folder, manners, sleep=found.append).get("/data", {}, read)
    return [wait for wait in found if wait > 0]


def test_the_wait_doubles_from_try_to_try(asked: Portal, tmp_path: Path) -> None:
    assert waits(asked, tmp_path, FULL, FULL, FULL, FULL) == [0.5, 1, 2, 4]


def test_a_portal_is_waited_for_as_long_as_it_asks_where_that_is_longer(asked: Portal, tmp_path: Path) -> None:
    wishes = [Reply(b"", 429, {"Retry-After": wish}) for wish in ("0", "7", "soon", "60")]
    assert waits(asked, tmp_path, *wishes) == [0.5, 7, 2, 60]


def test_a_portal_may_ask_to_wait_until_a_date(asked: Portal, tmp_path: Path) -> None:
    until = formatdate(time.time() + 60, usegmt=True)
    (wait,) = waits(asked, tmp_path, Reply(b"", 503, {"Retry-After": until}))
    assert 30 < wait <= 60


def test_requests_keep_their_distance(asked: Portal, tmp_path: Path) -> None:
    client = asked.client(tmp_path, replace(QUICK, pause=0.1))
    for name in "abc":
        asked.says(f"/{name}", OK)
        client.get(f"/{name}", {}, read)
    assert asked.times[2] - asked.times[0] >= 0.19


def test_an_answer_that_drips_ends(asked: Portal, tmp_path: Path) -> None:
    asked.says("/data", Reply(b"x" * 2**18))
    client = asked.client(tmp_path, replace(QUICK, whole=0.0))
    assert "it did not end in time; tried 3 times" in sentence(client)


def questions(client: Client, names: str) -> list[Callable[[], object]]:
    return [partial(client.get, f"/{name}", {}, read) for name in names]


def test_what_was_fetched_is_not_fetched_again_and_faults_are_told_together(asked: Portal, tmp_path: Path) -> None:
    for name in "abcd":
        asked.says(f"/{name}", OK)
    asked.says("/b", Reply(b"<html>"))
    asked.says("/d", Reply(b"", 404))
    with pytest.raises(InvalidInput) as caught:
        gathered(questions(asked.client(tmp_path), "abcd"))
    assert [fault.file.removeprefix(asked.base) for fault in caught.value.faults] == ["/b", "/d"]
    asked.says("/b", OK)
    asked.says("/d", OK)
    asked.asked.clear()
    assert gathered(questions(asked.client(tmp_path), "abcd")) == [{"said": 1}] * 4
    assert asked.asked == ["/b", "/d"]


def test_an_interrupted_run_goes_on_where_it_ended(asked: Portal, tmp_path: Path) -> None:
    def end(address: str) -> None:
        if address.endswith("/c"):
            raise KeyboardInterrupt

    for name in "abcd":
        asked.says(f"/{name}", OK)
    with pytest.raises(KeyboardInterrupt):
        gathered(questions(asked.client(tmp_path, tell=end), "abcd"))
    assert len(gathered(questions(asked.client(tmp_path), "abcd"))) == 4
    assert asked.asked == ["/a", "/b", "/c", "/d"]


def test_a_portal_that_is_gone_is_not_asked_for_everything(asked: Portal, tmp_path: Path) -> None:
    asked.says("/a", OK)
    for name in "bcdef":
        asked.says(f"/{name}", FULL)
    with pytest.raises(InvalidInput) as caught:
        gathered(questions(asked.client(tmp_path), "abcdef"))
    assert len(caught.value.faults) == 3
    assert set(asked.asked) == {"/a", "/b", "/c", "/d"}


def test_a_portal_that_comes_back_between_two_faults_is_not_given_up(asked: Portal, tmp_path: Path) -> None:
    for name in "abcdef":
        asked.says(f"/{name}", OK if name in "ce" else FULL)
    with pytest.raises(InvalidInput) as caught:
        gathered(questions(asked.client(tmp_path), "abcdef"))
    assert not isinstance(caught.value, GivenUp) and len(caught.value.faults) == 4


def test_what_is_kept_is_asked_for_again_where_that_is_wanted_and_then_once(asked: Portal, tmp_path: Path) -> None:
    asked.says("/data", OK, told({"said": 2}))
    asked.client(tmp_path).get("/data", {}, read)
    again = asked.client(tmp_path, again=True)
    assert [again.get("/data", {}, read) for _ in range(2)] == [{"said": 2}] * 2
    assert len(asked.asked) == 2


def secret_client(asked: Portal, folder: Path, heard: list[str]) -> Client:
    return asked.client(folder, parameters={"key": TOKEN}, tell=heard.append)


@pytest.mark.parametrize(
    "reply",
    [
        OK,
        told({"status": "Error", "message": f"no such key {TOKEN}"}),
        Reply(TOKEN.encode()),
        FULL,
        Reply(b"", 403),
        Reply(b"", 302, {"Location": f"http://127.0.0.1:1/?key={TOKEN}"}),
        SLOW,
        replace(OK, cut=3),
    ],
    ids=["fine", "repeated", "nothing but it", "503", "403", "elsewhere", "late", "cut"],
)
def test_the_token_is_sent_and_stands_in_no_byte_of_what_is_kept_logged_or_told(
    asked: Portal, tmp_path: Path, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG)
    heard: list[str] = []
    client = secret_client(asked, tmp_path, heard)
    path = f"/data?key={TOKEN}"
    asked.says(path, reply)
    try:
        heard.append(repr(client.get("/data", {}, read)))
    except InvalidInput as error:
        heard += [str(error), repr(error), *(repr(cause) for cause in (error.__cause__, error.__context__) if cause)]
    assert asked.asked[0] == path
    assert caplog.records  # urllib3 tells of each request
    kept = b"".join(file.read_bytes() + file.name.encode() for file in tmp_path.rglob("*"))
    assert TOKEN not in "\n".join([*heard, caplog.text, repr(client)])
    assert TOKEN.encode() not in kept


def test_an_answer_that_repeats_the_token_is_kept_with_black_in_its_place(asked: Portal, tmp_path: Path) -> None:
    asked.says(f"/data?key={TOKEN}", told({"address": f"/data?key={TOKEN}"}))
    assert secret_client(asked, tmp_path, []).get("/data", {}, read) == {"address": f"/data?key={BLACK}"}


def test_two_tokens_share_what_is_kept(asked: Portal, tmp_path: Path) -> None:
    asked.says(f"/data?key={TOKEN}", OK)
    secret_client(asked, tmp_path, []).get("/data", {}, read)
    other = asked.client(tmp_path, parameters={"key": TOKEN[::-1]})
    assert other.get("/data", {}, read) == {"said": 1}
    assert len(asked.asked) == 1


def test_the_secrets_of_others_are_not_sent(asked: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    asked.says("/data", OK)
    asked.client(tmp_path / "cache").get("/data", {}, read)
    assert "Authorization" not in asked.headers[0]


def test_an_answer_says_when_it_was_given(asked: Portal, tmp_path: Path) -> None:
    asked.says("/data", OK)
    assert asked.client(tmp_path).get("/data", {}, lambda answer: answer.accessed) == TODAY


def test_faults_of_one_question_are_all_told() -> None:
    def broken() -> object:
        raise InvalidInput([Fault("a", None, None, None, "x"), Fault("b", None, None, None, "y")])

    with pytest.raises(InvalidInput) as caught:
        gathered([broken, broken])
    assert len(caught.value.faults) == 4
