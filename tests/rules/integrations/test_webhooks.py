"""The rules of webhooks: which addresses, when again, and how secrets are kept."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from contracts.base import new_id
from kinerja.secrets import webhooks
from kit.errors import Invalid, NotReady
from services.integrations.deliveries.rules.retries import ATTEMPTS, SCHEDULE, asked_for, wait_after
from services.integrations.deliveries.rules.signing import headers
from services.integrations.endpoints.rules.addresses import is_public, target
from services.integrations.endpoints.rules.giving_up import FAILING_FOR, is_given_up
from services.integrations.endpoints.rules.sealing import Seal, new_key, new_secret

NOW = datetime(2027, 1, 4, 3, tzinfo=UTC)
INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254",
    "198.18.0.1", "192.0.0.8", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:7f00:1::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_leads_inside_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "103.10.66.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_that_leads_out_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_an_address_is_taken_apart() -> None:
    found = target("https://Hooks.Example.go.id/kinerja?a=1")
    assert (found.host, found.port, found.path) == ("hooks.example.go.id", 443, "/kinerja?a=1")
    assert target("https://dinas.contoh.id:443").path == "/"
    assert target("https://büro.example").host == "xn--bro-hoa.example"
    assert target("http://127.0.0.1:9000/x", local=True).local


@pytest.mark.parametrize(
    "url",
    [
        "http://example.go.id/", "https://example.go.id:8443/", "https://a:b@example.go.id/", "https://example.go.id/#x",
        "ftp://example.go.id/", "https://", "//example.go.id", "https://127.0.0.1/", "https://[::1]/",
        "https://example.go.id/a b", "https://example.go.id/\r\nx: y", "https://example.go.id:x/", "http://127.0.0.1:9000/",
        "https://" + "a" * 2_000,
    ],
)  # fmt: skip
def test_what_is_no_address_for_webhooks_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        target(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:9000/", "http://127.0.0.2/", "http://10.0.0.1/", "http://u@127.0.0.1/"]
)
def test_the_local_flag_permits_this_machine_alone(url: str) -> None:
    with pytest.raises(Invalid):
        target(url, local=True)


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    assert ATTEMPTS == 10
    waits = [wait_after(number, chance=0.5) for number in range(1, ATTEMPTS)]
    assert waits == [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert wait_after(ATTEMPTS) is None
    assert timedelta(hours=70) < timedelta(seconds=sum(SCHEDULE)) < FAILING_FOR
    assert [wait_after(2, chance=drawn) for drawn in (0, 1)] == [270, 330]


def test_whoever_asks_for_more_time_gets_it_up_to_a_day() -> None:
    assert wait_after(1, asked=900, chance=0.5) == 900
    assert wait_after(1, asked=1e9, chance=0.5) == 86_400
    assert asked_for(429, "120", NOW) == 120
    assert asked_for(503, "Mon, 04 Jan 2027 03:05:00 GMT", NOW) == 300
    assert [asked_for(500, "120", NOW), asked_for(429, "soon", NOW), asked_for(429, None, NOW)] == [None] * 3


def test_an_endpoint_is_given_up_when_it_says_so_or_after_days() -> None:
    assert is_given_up(410, None, NOW)
    assert is_given_up(500, NOW - FAILING_FOR, NOW)
    assert not is_given_up(500, NOW - FAILING_FOR + timedelta(seconds=1), NOW)


def test_every_valid_secret_signs() -> None:
    secrets, now = [new_secret(), new_secret()], datetime.now(UTC)
    said = headers(message_id="one", body='{"a":1}', secrets=secrets, at=now, replay=2)
    assert [Webhook(secret).verify('{"a":1}', said) for secret in secrets] == [{"a": 1}] * 2
    assert said["webhook-replay"] == "2"


def test_a_sealed_secret_is_opened_by_the_keys_of_now_and_before_and_for_its_endpoint_alone(tmp_path: Path) -> None:
    file, endpoint, secret = tmp_path / "keys", new_id(), new_secret()
    assert webhooks.ensure(file)
    assert not webhooks.ensure(file)
    stored = Seal.of(str(file)).sealed(secret, endpoint)
    file.write_text(f"{new_key()}\n{file.read_text()}")
    assert Seal.of(str(file)).opened(stored, endpoint) == secret
    with pytest.raises(ValueError, match="no key"):
        Seal.of(str(file)).opened(stored, new_id())
    file.write_text(new_key())
    with pytest.raises(ValueError, match="no key"):
        Seal.of(str(file)).opened(stored, endpoint)
    with pytest.raises(NotReady):
        Seal.of("")
    file.write_text("c2hvcnQ=")
    with pytest.raises(ValueError, match="32 bytes"):
        Seal.of(str(file))
