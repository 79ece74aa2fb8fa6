"""The played mini-program shell: into the app with a ticket, never with a token."""

import json
import threading
from collections.abc import Iterator

import pytest

from niangjia.providers.shell import PATH, ShellPage
from niangjia.providers.simulation import Mode, Reply, Request, Server, json_reply


class App:
    """Our API as the shell sees it."""

    def __init__(self) -> None:
        self.known = False
        self.authorization = ""

    def answer(self, request: Request) -> tuple[Reply, Mode]:
        self.authorization = request.headers.get("authorization", "")
        if request.path == "/api/v1/bridge/ticket":
            return json_reply({"ticket": "t&1"}), Mode.OK
        assert json.loads(request.body)["code"].startswith("alice.")
        known = {"state": "signed_in", "token": "secret"}
        return json_reply(known if self.known else {"state": "phone_needed", "bind_ticket": "b1"}), Mode.OK


@pytest.fixture
def app() -> Iterator[tuple[App, str]]:
    played = App()
    server = Server(("127.0.0.1", 0), played.answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield played, server.origin
    server.shutdown()
    server.server_close()
    thread.join()


def enter(origin: str, form: str) -> Reply:
    return ShellPage(app_origin=origin).enter(Request("POST", PATH, PATH, {}, {}, form.encode()))


@pytest.mark.parametrize("platform", ["wechat", "alipay"])
def test_a_newcomer_ties_a_phone_and_a_known_one_goes_over_the_bridge(app: tuple[App, str], platform: str) -> None:
    played, origin = app
    form = f"who=alice&platform={platform}"
    assert dict(enter(origin, form).headers)["Location"] == f"{origin}/#/bind?ticket=b1"
    played.known = True
    assert dict(enter(origin, form).headers)["Location"] == f"{origin}/#/bridge?ticket=t%261"
    assert played.authorization == "Bearer secret"


@pytest.mark.parametrize(
    "form", ["", "who=alice", "who=alice&platform=x", "who=../x&platform=wechat", "who=&platform=wechat"]
)
def test_a_form_that_makes_no_sense_is_shown_again(form: str) -> None:
    assert enter("http://127.0.0.1:1", form).status == 400


def test_an_app_that_is_away_is_a_clear_page() -> None:
    reply = enter("http://127.0.0.1:1", "who=alice&platform=wechat")
    assert reply.status == 502
    assert "没有应答" in reply.body.decode()
