"""Which addresses of a model server are welcome, which need a yes, and which are none."""

from __future__ import annotations

import pytest

from steadily.coach.model_server import Server
from steadily.errors import UsageError


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:11434",
        "http://127.8.9.1",
        "HTTP://LOCALHOST:8080/v1",
        "https://localhost",
        "http://[::1]:8080",
        "http://10.1.2.3:1",
        "http://172.31.0.9",
        "http://192.168.1.20:65535/openai/v1",
        "http://[fd12::7]:8080",
    ],
)
def test_this_machine_and_ones_own_network_are_welcome(address: str) -> None:
    assert Server(address, "llama3.2").place.is_near


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "https://api.openai.com/v1",
        "http://8.8.8.8",
        "http://172.32.0.1",
        "http://100.64.0.1",
        "http://169.254.169.254",
        "http://0.0.0.0:8080",
        "http://[2001:db8::1]",
        "http://[::ffff:8.8.8.8]",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://notlocalhost",
        "http://127.1",
        "http://2130706433",
        "http://0x7f.0.0.1",
        "http://017700000001",
    ],
)
def test_what_may_be_elsewhere_needs_a_yes(address: str) -> None:
    with pytest.raises(UsageError, match="your draft would leave"):
        Server(address, "llama3.2")
    assert not Server(address, "llama3.2", anywhere=True).place.is_near


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:11434",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "unix:///run/server",
        "http://",
        "http:///v1",
        "http://user:word@127.0.0.1",
        "http://127.0.0.1@example.org",
        "http://127.0.0.1\\@example.org",
        "http://127.0.0.1#@example.org",
        "http://127.0.0.1?to=example.org",
        "http://127.0.0.1/v1?key=1",
        "http://127.0.0.1/../admin/%2e",
        "http://127.0.0.1:0",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:port",
        "http://127.0.0.1:",
        "http://[127.0.0.1]:x",
        "http://[::1",
        "http://[cafe]:80",
        "http://[fe80::1%25eth0]",
        "http://127.0.0.1 .example.org",
        "http://127.0.0.1\r\nX: y",
        "http://127.0.0.1\t:80",
        "http://127.0.0.１",
        "http://exämple.org",
        "http://localhost.",
    ],
)
@pytest.mark.parametrize("anywhere", [False, True])
def test_what_is_no_plain_address_is_refused_with_an_example(address: str, anywhere: bool) -> None:
    with pytest.raises(
        UsageError, match=r"begins with http://|cannot be used\. Give one like http://|no name and no password"
    ):
        Server(address, "llama3.2", anywhere=anywhere)


def test_a_refusal_says_what_is_wrong() -> None:
    with pytest.raises(UsageError, match="no name and no password"):
        Server("http://me:word@127.0.0.1:11434", "llama3.2")
    with pytest.raises(UsageError, match="begins with http:// or https://"):
        Server("127.0.0.1:11434", "llama3.2")
    with pytest.raises(UsageError, match="Give one like http://127"):
        Server("http://127.0.0.1:99999", "llama3.2")


@pytest.mark.parametrize("model", ["", "  ", "a\nb", "a\x00", "x" * 201])
def test_a_models_name_is_one_line(model: str) -> None:
    with pytest.raises(UsageError, match="model's name"):
        Server("http://127.0.0.1", model)


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "glm-4.6:cloud", "GLM:Cloud"])
def test_a_model_that_runs_at_a_service_needs_a_yes(model: str) -> None:
    with pytest.raises(UsageError, match="leave your machine"):
        Server("http://127.0.0.1:11434", model)
    assert Server("http://127.0.0.1:11434", model, anywhere=True).model == model


@pytest.mark.parametrize(
    ("address", "is_here"), [("http://127.0.0.1", True), ("http://[::1]", True), ("http://10.0.0.2", False)]
)
def test_it_can_be_told_whether_a_draft_stays_on_this_machine(address: str, is_here: bool) -> None:
    assert Server(address, "m").place.is_here is is_here
