"""Which addresses may be called: those of everybody's internet, and those that the operator allows."""

from ipaddress import ip_address

import pytest

from joinery.adapters.addresses import AllowedHosts, InnerAddress, NoSuchHost, addresses_of, is_public

PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a00:1::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_everybody_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_however_they_are_written(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "::1", "0"])
def test_a_host_that_leads_inside_is_refused(host):
    with pytest.raises(InnerAddress):
        addresses_of(host, 80, AllowedHosts())


@pytest.mark.parametrize("host", ["", "a..b", "nowhere.invalid", "x" * 300])
def test_a_host_that_leads_nowhere_is_none(host):
    with pytest.raises((NoSuchHost, InnerAddress)):
        addresses_of(host, 80, AllowedHosts())


def test_an_allowed_host_may_be_inside_on_its_port_only():
    allowed = AllowedHosts.read("LOCALHOST:8443, 10.0.0.5, [::1]:9")
    assert "127.0.0.1" in addresses_of("localhost", 8443, allowed)
    assert allowed.allow("10.0.0.5", 1)
    assert allowed.allow("::1", 9)
    for host, port in (("localhost", 8444), ("::1", 8), ("10.0.0.6", 1), ("127.0.0.1", 8443)):
        assert not allowed.allow(host, port)


@pytest.mark.parametrize("text", ["http://erp", "erp:port", "erp:0", "erp:65536", "*.corp", "a b", "[::1"])
def test_a_list_of_hosts_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match=r"host|port"):
        AllowedHosts.read(text)
