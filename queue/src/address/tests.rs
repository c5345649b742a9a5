//! Nothing private is reached, by any range, form or spelling; what an operator allows is, and nothing more.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use url::Url;

use super::*;

fn nothing_allowed() -> AddressPolicy {
    AddressPolicy::default()
}

fn allowing(entries: &[&str]) -> AddressPolicy {
    AddressPolicy::new(entries.iter().map(|entry| entry.parse().unwrap()).collect())
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// The ranges as the rules name them, written apart from the tables under test.
const RULED_OUT: [&str; 27] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "2001:db8::/32",
    "100::/64",
    "64:ff9b:1::/48",
    "2002::/16",
    "2001::/32",
];

fn successor(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V4(address) => address.to_bits().checked_add(1).map(|bits| Ipv4Addr::from_bits(bits).into()),
        IpAddr::V6(address) => address.to_bits().checked_add(1).map(|bits| Ipv6Addr::from_bits(bits).into()),
    }
}

fn predecessor(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V4(address) => address.to_bits().checked_sub(1).map(|bits| Ipv4Addr::from_bits(bits).into()),
        IpAddr::V6(address) => address.to_bits().checked_sub(1).map(|bits| Ipv6Addr::from_bits(bits).into()),
    }
}

/// The forms in which IPv6 carries an IPv4 address.
fn carriers(address: Ipv4Addr) -> Vec<Ipv6Addr> {
    let [a, b, c, d] = address.octets().map(u16::from);
    let (high, low) = (a << 8 | b, c << 8 | d);
    vec![
        Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, high, low),
        Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low),
        Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, high, low),
        Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
        Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, high, low),
        Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
        Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, !high, !low),
    ]
}

#[test]
fn every_ruled_out_range_is_refused_from_its_first_address_to_its_last() {
    let policy = nothing_allowed();
    for range in RULED_OUT {
        let range: IpNet = range.parse().unwrap();
        let middle = range.subnets(range.prefix_len().max(range.max_prefix_len().min(range.prefix_len() + 1))).unwrap();
        let starts = middle.map(|half| half.network());
        for address in starts.chain([range.network(), range.broadcast()]) {
            for port in [80, 443] {
                assert!(policy.permits(address, port).is_err(), "{address} of {range} at {port}");
            }
        }
    }
}

#[test]
fn the_neighbours_of_a_refused_range_are_permitted_unless_another_range_holds_them() {
    let policy = nothing_allowed();
    let ranges: Vec<IpNet> = RULED_OUT.iter().map(|range| range.parse().unwrap()).collect();
    let mut permitted = 0;
    for range in ranges.iter().filter(|range| range.addr().is_ipv4()) {
        for neighbour in [predecessor(range.network()), successor(range.broadcast())].into_iter().flatten() {
            let elsewhere = ranges.iter().any(|other| other.contains(&neighbour));
            assert_eq!(policy.permits(neighbour, 443).is_err(), elsewhere, "{neighbour} beside {range}");
            permitted += u32::from(!elsewhere);
        }
    }
    assert!(permitted > 20, "the ranges are not refused by refusing everything");
}

#[test]
fn public_addresses_are_permitted_at_the_ports_of_the_web_only() {
    let policy = nothing_allowed();
    for address in
        ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
    {
        assert_eq!(policy.permits(ip(address), 80), Ok(()), "{address}");
        assert_eq!(policy.permits(ip(address), 443), Ok(()), "{address}");
        for port in [0, 22, 25, 6379, 8080, 65_535] {
            assert!(matches!(policy.permits(ip(address), port), Err(AddressRefused::Port { .. })), "{address}:{port}");
        }
    }
}

#[test]
fn unassigned_ipv6_is_refused_although_no_range_names_it() {
    for address in ["4000::1", "1::1", "8000::1", "200::1", "fe00::1", "::ffff:0:7f00:1"] {
        assert!(nothing_allowed().permits(ip(address), 443).is_err(), "{address}");
    }
}

#[test]
fn no_carrier_brings_a_private_ipv4_address_past_the_rules() {
    let policy = nothing_allowed();
    for range in RULED_OUT {
        let Ok(range) = range.parse::<Ipv4Net>() else {
            continue;
        };
        for address in [range.network(), range.broadcast()] {
            for carrier in carriers(address) {
                assert!(policy.permits(carrier.into(), 80).is_err(), "{carrier} carries {address}");
            }
        }
    }
}

#[test]
fn every_spelling_of_a_private_address_in_a_url_is_refused() {
    let policy = nothing_allowed();
    for host in [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "2130706433",
        "0x7f000001",
        "0x7F.0.0.0x1",
        "0177.0.0.1",
        "017700000001",
        "00000177.1",
        "0x7f.1",
        "127.000.000.001",
        "１２７．０．０．１",
        "①②⑦.⓪.⓪.①",
        "127%2e0%2e0%2e1",
        "%31%32%37.1",
        "0",
        "0.0.0.0",
        "10.1",
        "0xa000001",
        "012.0.0.1",
        "169.254.169.254",
        "0xA9FEA9FE",
        "2852039166",
        "0251.0376.0251.0376",
        "169.254.43518",
        "172.31.255.255",
        "192.168.257",
        "3232235777",
        "100.100.100.200",
        "192.0.0.192",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000::0001]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::FFFF:a9fe:a9fe]",
        "[0:0:0:0:0:ffff:10.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::1.1.1.1]",
        "[2002:7f00:1::]",
        "[2002:a00:1::1]",
        "[2001::1]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[fec0::1]",
        "[ff02::1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "db.localhost",
        "ⓛocalhost",
    ] {
        for scheme in ["http", "https"] {
            let url = Url::parse(&format!("{scheme}://{host}/")).unwrap();
            assert!(matches!(policy.judge_url(&url), Err(AddressRefused::NotPublic { .. })), "{host} became {url}");
        }
    }
}

#[test]
fn a_named_host_passes_at_the_ports_of_the_web_or_at_one_that_is_allowed() {
    let url = |text: &str| Url::parse(text).unwrap();
    assert_eq!(nothing_allowed().judge_url(&url("http://example.org/")), Ok(()));
    assert_eq!(nothing_allowed().judge_url(&url("https://example.org:80/")), Ok(()));
    let odd = url("http://example.org:8081/");
    assert!(matches!(nothing_allowed().judge_url(&odd), Err(AddressRefused::Port { port: 8081, .. })));
    assert!(allowing(&["127.0.0.0/8"]).judge_url(&odd).is_err());
    assert!(allowing(&["127.0.0.1:8082"]).judge_url(&odd).is_err());
    assert_eq!(allowing(&["127.0.0.1:8081"]).judge_url(&odd), Ok(()));
    assert!(matches!(nothing_allowed().judge_url(&url("data:text/html,x")), Err(AddressRefused::NoHost { .. })));
}

#[test]
fn what_is_allowed_is_permitted_at_its_port_and_nothing_beside_it() {
    let policy = allowing(&["127.0.0.1:8081", "10.0.0.0/8", "[fd00::/8]:8080", "::1"]);
    for (address, port, permitted) in [
        ("127.0.0.1", 8081, true),
        ("::ffff:127.0.0.1", 8081, true),
        ("127.0.0.1", 80, false),
        ("127.0.0.2", 8081, false),
        ("10.9.8.7", 80, true),
        ("10.9.8.7", 443, true),
        ("10.9.8.7", 8081, false),
        ("11.0.0.1", 8081, false),
        ("fd12::1", 8080, true),
        ("fd12::1", 443, false),
        ("::1", 443, true),
        ("::1", 8080, false),
        ("::2", 443, false),
        ("64:ff9b::7f00:1", 8081, false),
        ("::7f00:1", 8081, false),
        ("1.1.1.1", 80, true),
        ("1.1.1.1", 8081, false),
    ] {
        assert_eq!(policy.permits(ip(address), port).is_ok(), permitted, "{address} at {port}");
    }
    let localhost = |url: &str| policy.judge_url(&Url::parse(url).unwrap());
    assert_eq!(localhost("http://localhost:8081/"), Ok(()));
    assert_eq!(localhost("http://localhost/"), Ok(()));
    assert!(localhost("http://localhost:9999/").is_err());
}

#[test]
fn a_refusal_names_the_address_the_range_and_what_would_allow_it() {
    let refused = |address: &str, port| nothing_allowed().permits(ip(address), port).unwrap_err().to_string();
    let message = refused("169.254.169.254", 80);
    for part in ["169.254.169.254", "169.254.0.0/16", "cloud metadata", "169.254.169.254:80"] {
        assert!(message.contains(part), "{message}");
    }
    assert!(refused("fe80::1", 443).contains("[fe80::1]:443"));
    assert!(refused("1.1.1.1", 8080).contains("8080"));
}

#[test]
fn allowed_addresses_are_written_as_they_are_read() {
    for text in [
        "127.0.0.1:8081",
        "127.0.0.1",
        "10.0.0.0/8",
        "10.0.0.0/8:8080",
        "::1",
        "[::1]:80",
        "fd00::/8",
        "[fd00::/8]:8080",
        "::/0",
    ] {
        assert_eq!(text.parse::<AllowedAddress>().unwrap().to_string(), text);
    }
    for (text, normal) in [
        ("[::1]", "::1"),
        ("[fd00::/8]", "fd00::/8"),
        ("127.0.0.1/32:80", "127.0.0.1:80"),
        ("[::ffff:10.0.0.0/104]:1", "10.0.0.0/8:1"),
        ("::FFFF:10.0.0.1", "10.0.0.1"),
    ] {
        assert_eq!(text.parse::<AllowedAddress>().unwrap().to_string(), normal);
    }
}

#[test]
fn what_cannot_be_allowed_says_what_to_write() {
    for (text, part) in [
        ("", "127.0.0.1:8081"),
        ("localhost", "not a name"),
        ("localhost:80", "not a name"),
        ("127.0.0.1:0", "1 to 65535"),
        ("127.0.0.1:", "1 to 65535"),
        ("127.0.0.1:+80", "1 to 65535"),
        ("127.0.0.1:65536", "1 to 65535"),
        ("10.0.0.0/33", "10.0.0.0/33"),
        ("10.1.2.3/8", "write 10.0.0.0/8"),
        ("fd00::1/8", "write fd00::/8"),
        ("[::1", "[::1]:80"),
        ("[::1]80", "[::1]:80"),
        ("[127.0.0.1]:80", "127.0.0.1:8081"),
        ("fd00::/8:8080", "[fd00::/8]:8080"),
        ("http://127.0.0.1", "127.0.0.1:8081"),
        ("127.1", "127.0.0.1"),
    ] {
        let message = text.parse::<AllowedAddress>().unwrap_err().to_string();
        assert!(message.contains(part), "{text}: {message}");
    }
}

/// What the standard library calls not public, as far as it does.
fn standard_library_refuses(address: Ipv4Addr) -> bool {
    address.is_unspecified()
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
}

#[test]
fn every_first_half_of_an_ipv4_address_agrees_with_the_standard_library() {
    let policy = nothing_allowed();
    for half in 0..=u16::MAX {
        for low in [0, 1, 0xfffe, 0xffff] {
            let address = Ipv4Addr::from_bits(u32::from(half) << 16 | low);
            if standard_library_refuses(address) {
                assert!(policy.permits(address.into(), 443).is_err(), "{address}");
            }
        }
    }
}

proptest! {
    #[test]
    fn a_carried_address_is_never_permitted_where_the_address_itself_is_not(bits in any::<u32>(), port in prop_oneof![Just(80), Just(443), any::<u16>()]) {
        let policy = allowing(&["1.1.1.1:8080"]);
        let address = Ipv4Addr::from_bits(bits);
        for carrier in carriers(address) {
            if policy.permits(carrier.into(), port).is_ok() {
                prop_assert!(policy.permits(address.into(), port).is_ok(), "{} carries {}", carrier, address);
            }
        }
    }

    #[test]
    fn a_literal_in_a_url_is_judged_as_its_address(bits in any::<u32>(), port in prop_oneof![Just(80), Just(443), any::<u16>()]) {
        let policy = nothing_allowed();
        let address = Ipv4Addr::from_bits(bits);
        for spelling in [address.to_string(), bits.to_string(), format!("0x{bits:x}"), format!("0{bits:o}"), format!("[::ffff:{address}]")] {
            let url = Url::parse(&format!("http://{spelling}:{port}/")).unwrap();
            prop_assert_eq!(policy.judge_url(&url).is_ok(), policy.permits(address.into(), port).is_ok(), "{}", spelling);
        }
    }

    #[test]
    fn reading_what_was_written_gives_the_same(bits in any::<u128>(), prefix in 0_u8..=128, port in proptest::option::of(1_u16..)) {
        let network = Ipv6Net::new(Ipv6Addr::from_bits(bits), prefix).unwrap().trunc();
        let text = match port { Some(port) => format!("[{network}]:{port}"), None => network.to_string() };
        let allowed: AllowedAddress = text.parse().unwrap();
        prop_assert_eq!(allowed.to_string().parse::<AllowedAddress>(), Ok(allowed));
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "[0-9a-f:./\\[\\]%]{0,24}|.*") {
        if let Ok(allowed) = text.parse::<AllowedAddress>() {
            prop_assert_eq!(allowed.to_string().parse::<AllowedAddress>(), Ok(allowed));
        }
    }
}
