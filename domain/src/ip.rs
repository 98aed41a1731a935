//! IP restriction: which addresses an organisation's users may come from (docs/spec/tenancy.md, "IP restriction"; the API's `whiteListedIps`).

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// What a refused person reads, word for word (docs/spec/tenancy.md, "IP restriction").
pub const IP_REFUSAL: &str = "Your organization policies restrict you from accessing Tenantry from your current IP.";

/// Prefix length of IPv4-mapped IPv6 addresses: `::ffff:0:0/96`.
const MAPPED_PREFIX: u8 = 96;

/// More patterns than anyone maintains by hand.
const MAX_PATTERNS: usize = 500;

/// One entry of a list: a single address, a network in CIDR form, or an IPv4 address with `*` or `[0-50]` in place of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum IpPattern {
    /// `10.1.2.0/24`, `2001:db8::/32`, and single addresses.
    Network(IpNet),
    /// `10.1.2.*`, `10.1.3.[0-50]`: for each of the four numbers its lowest and highest value.
    Numbers([(u8, u8); 4]),
}

impl IpPattern {
    /// Whether the address fits. An IPv4 address inside an IPv6 one counts as IPv4.
    #[must_use]
    pub fn matches(&self, ip: IpAddr) -> bool {
        match (self, ip.to_canonical()) {
            (Self::Network(network), ip) => network.contains(&ip),
            (Self::Numbers(ranges), IpAddr::V4(ip)) => ip.octets().iter().zip(ranges).all(|(number, (low, high))| (low..=high).contains(&number)),
            (Self::Numbers(_), IpAddr::V6(_)) => false,
        }
    }
}

impl FromStr for IpPattern {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(ip) = text.parse::<IpAddr>() {
            return Ok(Self::Network(ip.to_canonical().into()));
        }
        if let Ok(network) = text.parse::<IpNet>() {
            return Ok(Self::Network(canonical_network(network)));
        }
        numbers(text).map(Self::Numbers).ok_or_else(|| {
            format!("“{text}” isn’t a valid IP address or range. Use 10.1.2.7, 10.1.2.*, 10.1.3.[0-50], 10.1.0.0/16 or 2001:db8::/32.")
        })
    }
}

/// What counts as one address where attempts and connections are counted: of IPv6 the /56 network, which providers give to one customer.
#[must_use]
pub fn customer_network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << (128 - 56)))),
        ip => ip,
    }
}

/// The network with its host bits cleared. IPv4-mapped networks become IPv4, as addresses do before comparison: `::ffff:10.1.0.0/112` is `10.1.0.0/16`.
#[must_use]
pub fn canonical_network(network: IpNet) -> IpNet {
    let mapped = match network {
        IpNet::V6(v6) if v6.prefix_len() >= MAPPED_PREFIX => v6.addr().to_ipv4_mapped().map(|ip| (ip, v6.prefix_len() - MAPPED_PREFIX)),
        _ => None,
    };
    mapped.and_then(|(ip, prefix)| IpNet::new(ip.into(), prefix).ok()).unwrap_or(network).trunc()
}

fn numbers(text: &str) -> Option<[(u8, u8); 4]> {
    let parts: Vec<_> = text.split('.').map(number).collect::<Option<_>>()?;
    parts.try_into().ok()
}

fn number(part: &str) -> Option<(u8, u8)> {
    if part == "*" {
        return Some((0, 255));
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten();
    match part.strip_prefix('[').and_then(|part| part.strip_suffix(']')) {
        Some(range) => {
            let (low, high) = range.split_once('-')?;
            let (low, high) = (digits(low.trim())?, digits(high.trim())?);
            (low <= high).then_some((low, high))
        }
        None => digits(part).map(|number| (number, number)),
    }
}

impl fmt::Display for IpPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(network) if network.prefix_len() == network.max_prefix_len() => network.addr().fmt(f),
            Self::Network(network) => network.fmt(f),
            Self::Numbers(ranges) => {
                for (at, (low, high)) in ranges.iter().enumerate() {
                    if at > 0 {
                        f.write_str(".")?;
                    }
                    match (low, high) {
                        (0, 255) => f.write_str("*")?,
                        (low, high) if low == high => low.fmt(f)?,
                        (low, high) => write!(f, "[{low}-{high}]")?,
                    }
                }
                Ok(())
            }
        }
    }
}

impl TryFrom<String> for IpPattern {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<IpPattern> for String {
    fn from(pattern: IpPattern) -> Self {
        pattern.to_string()
    }
}

/// The addresses an organisation allows. An empty list restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IpRestriction(Vec<IpPattern>);

impl IpRestriction {
    /// Reads a list whose entries are separated by commas, white space or line breaks.
    ///
    /// # Errors
    /// A sentence for every wrong entry, and one for too many.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let mut patterns = Vec::new();
        let mut wrong = Vec::new();
        for entry in text.split([',', ';', '\n', '\r', '\t', ' ']).filter(|entry| !entry.is_empty()) {
            match entry.parse() {
                Ok(pattern) if patterns.contains(&pattern) => {}
                // The rest is not read, so that each pattern is compared with few others.
                _ if patterns.len() + wrong.len() == MAX_PATTERNS => {
                    wrong.push(format!("Use at most {MAX_PATTERNS} addresses; a network such as 10.1.0.0/16 stands for many."));
                    break;
                }
                Ok(pattern) => patterns.push(pattern),
                Err(sentence) => wrong.push(sentence),
            }
        }
        if wrong.is_empty() { Ok(Self(patterns)) } else { Err(wrong) }
    }

    /// The restriction of a form with a switch: switched on it needs at least one address, switched off it is empty.
    ///
    /// # Errors
    /// A sentence for the list.
    pub(crate) fn when(on: bool, addresses: &str) -> Result<Self, String> {
        let parsed = Self::parse(addresses).map_err(|sentences| sentences.join(" "))?;
        match (on, parsed.is_empty()) {
            (true, true) => Err("Enter at least one address, or switch the restriction off.".to_owned()),
            (true, false) => Ok(parsed),
            (false, _) => Ok(Self::default()),
        }
    }

    /// Whether the restriction allows the address. An unknown address is on no list.
    #[must_use]
    pub fn allows(&self, ip: Option<IpAddr>) -> bool {
        self.0.is_empty() || ip.is_some_and(|ip| self.0.iter().any(|pattern| pattern.matches(ip)))
    }

    /// Whether nothing is restricted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for IpRestriction {
    /// Separated by commas, as the API's `whiteListedIps` and the database have it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, pattern) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            pattern.fmt(f)?;
        }
        Ok(())
    }
}

/// This machine, for the program's own actions. A request without a known address is [`Origin::unknown`](crate::Origin::unknown).
impl Default for crate::Origin {
    fn default() -> Self {
        Self { ip: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)), user_agent: String::new(), request: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_as_its_customer_s() {
        let cases = [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
            ("2001:db8:1:ff::1", "2001:db8:1::"),
            ("2001:db8:1:100::1", "2001:db8:1:100::"),
        ];
        for (ip, expected) in cases {
            assert_eq!(customer_network(ip.parse().unwrap()).to_string(), expected);
        }
    }

    #[test]
    fn no_more_of_a_list_is_read_than_it_may_hold() {
        let list = |count: u16| (0..count).map(|at| format!("10.1.{}.{} ", at >> 8, at & 255)).collect::<String>();
        assert_eq!(IpRestriction::parse(&format!("{0}{0}", list(500))).unwrap().0.len(), MAX_PATTERNS, "the same ones again");
        for rest in ["wrong", "10.2.0.0 wrong"] {
            let wrong = IpRestriction::parse(&format!("{}{rest}", list(500))).unwrap_err();
            assert_eq!((wrong.len(), wrong[0].contains("at most 500")), (1, true), "{rest}");
        }
        assert_eq!(IpRestriction::parse(&"wrong ".repeat(2000)).unwrap_err().len(), MAX_PATTERNS + 1);
    }

    #[test]
    fn patterns_match_what_they_say() {
        let cases = [
            ("10.1.2.*", "10.1.2.255", true),
            ("10.1.2.*", "10.1.3.1", false),
            ("10.1.3.[0-50]", "10.1.3.50", true),
            ("10.1.3.[0-50]", "10.1.3.51", false),
            ("10.*.[1-2].7", "10.200.2.7", true),
            ("10.1.0.0/16", "10.1.255.1", true),
            ("10.1.0.0/16", "10.2.0.0", false),
            ("10.1.2.7", "10.1.2.7", true),
            ("10.1.2.7", "::ffff:10.1.2.7", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::1", "2001:db8::2", false),
            ("10.1.2.*", "2001:db8::2", false),
        ];
        for (pattern, ip, expected) in cases {
            let parsed: IpPattern = pattern.parse().unwrap();
            assert_eq!(parsed.matches(ip.parse().unwrap()), expected, "{pattern} {ip}");
            assert_eq!(parsed.to_string(), pattern, "round trip");
        }
    }

    #[test]
    fn a_network_of_ipv4_inside_ipv6_matches_ipv4() {
        let cases = [
            ("::ffff:0:0/96", "0.0.0.0/0", "10.1.2.7", true),
            ("::ffff:127.0.0.0/104", "127.0.0.0/8", "127.0.0.1", true),
            ("::ffff:127.0.0.0/104", "127.0.0.0/8", "::ffff:127.0.0.1", true),
            ("::ffff:127.0.0.0/104", "127.0.0.0/8", "128.0.0.1", false),
            ("::ffff:10.1.2.7/128", "10.1.2.7", "10.1.2.7", true),
            ("::ffff:10.1.2.200/120", "10.1.2.0/24", "10.1.2.7", true),
            ("::ffff:0:0/96", "0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "::/0", "10.1.2.7", false),
            ("::fffe:0:0/96", "::fffe:0:0/96", "10.1.2.7", false),
        ];
        for (pattern, shown, ip, expected) in cases {
            let parsed: IpPattern = pattern.parse().unwrap();
            assert_eq!(parsed.to_string(), shown);
            assert_eq!(parsed.matches(ip.parse().unwrap()), expected, "{pattern} {ip}");
        }
    }

    #[test]
    fn a_network_larger_than_all_of_ipv4_inside_ipv6_stays_ipv6() {
        assert!(matches!(canonical_network("::ffff:0:0/90".parse().unwrap()), IpNet::V6(_)));
    }

    #[test]
    fn a_pattern_is_written_as_it_is_read() {
        assert_eq!(String::from("10.1.2.*".parse::<IpPattern>().unwrap()), "10.1.2.*");
    }

    #[test]
    fn a_list_has_its_limit() {
        let list = |count: usize| (0..count).map(|at| format!("10.0.{}.{}", at / 250, at % 250)).collect::<Vec<_>>().join(",");
        assert!(IpRestriction::parse(&list(MAX_PATTERNS)).is_ok());
        assert!(IpRestriction::parse(&list(MAX_PATTERNS + 1)).is_err());
        assert!(IpRestriction::parse(&list(MAX_PATTERNS + 2)).is_err());
    }

    #[test]
    fn an_unknown_address_is_on_no_list() {
        assert!(IpRestriction::default().allows(None), "where nothing is restricted, it is let in");
        assert!(!IpRestriction::parse("0.0.0.0/0, ::/0").unwrap().allows(None));
    }

    #[test]
    fn a_wrong_entry_is_named() {
        for wrong in ["10.1.2", "10.1.2.256", "10.1.2.[9-1]", "10.1.2.[1-300]", "10.1.0.0/33", "localhost", "10.1.2.+1", "10.1.2.[-5]"] {
            assert!(wrong.parse::<IpPattern>().is_err(), "{wrong}");
        }
        let wrong = IpRestriction::parse("10.1.2.*, nonsense\n10.9.9.999").unwrap_err();
        assert_eq!(wrong.len(), 2);
        assert!(wrong.first().is_some_and(|sentence| sentence.contains("“nonsense”")));
    }

    #[test]
    fn an_empty_list_restricts_nothing_and_doubles_are_dropped() {
        assert!(IpRestriction::default().allows("192.0.2.1".parse().ok()));
        let list = IpRestriction::parse("10.1.2.*,10.1.2.*  10.1.3.[0-50]").unwrap();
        assert_eq!(list.to_string(), "10.1.2.*,10.1.3.[0-50]");
        assert!(!list.allows("192.0.2.1".parse().ok()));
    }
}
