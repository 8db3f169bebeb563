use core::fmt;

/// The type of a resource record.
///
/// Displayed by its name in the registry, or as in `TYPE65280` (RFC 3597 §5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type(pub u16);

impl Type {
    /// An alias, which leads to the records of another name.
    pub const CNAME: Self = Self(5);
    /// A certificate (RFC 4398). Its name is that of a selector, too.
    pub const CERT: Self = Self(37);
    /// A signature over records.
    pub const RRSIG: Self = Self(46);
    /// For TLS servers (RFC 6698).
    pub const TLSA: Self = Self(52);
    /// For S/MIME (RFC 8162), with the same RDATA.
    pub const SMIMEA: Self = Self(53);

    /// Returns the name in IANA's registry.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        let mut names = NAMES;
        while let [(number, name), rest @ ..] = names {
            if *number == self.0 {
                return Some(name);
            }
            names = rest;
        }
        None
    }

    /// Returns the type of a name, in any case.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        let mut names = NAMES.iter();
        let known = names.find(|(_, known)| name.eq_ignore_ascii_case(known.as_bytes()));
        known.map(|(number, _)| Self(*number))
    }
}

impl From<u16> for Type {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl From<Type> for u16 {
    fn from(ty: Type) -> Self {
        ty.0
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "TYPE{}", self.0),
        }
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Type({self})")
    }
}

// https://www.iana.org/assignments/dns-parameters#dns-parameters-4
const NAMES: &[(u16, &str)] = &[
    (1, "A"),
    (2, "NS"),
    (3, "MD"),
    (4, "MF"),
    (5, "CNAME"),
    (6, "SOA"),
    (7, "MB"),
    (8, "MG"),
    (9, "MR"),
    (10, "NULL"),
    (11, "WKS"),
    (12, "PTR"),
    (13, "HINFO"),
    (14, "MINFO"),
    (15, "MX"),
    (16, "TXT"),
    (17, "RP"),
    (18, "AFSDB"),
    (19, "X25"),
    (20, "ISDN"),
    (21, "RT"),
    (22, "NSAP"),
    (23, "NSAP-PTR"),
    (24, "SIG"),
    (25, "KEY"),
    (26, "PX"),
    (27, "GPOS"),
    (28, "AAAA"),
    (29, "LOC"),
    (30, "NXT"),
    (31, "EID"),
    (32, "NIMLOC"),
    (33, "SRV"),
    (34, "ATMA"),
    (35, "NAPTR"),
    (36, "KX"),
    (37, "CERT"),
    (38, "A6"),
    (39, "DNAME"),
    (40, "SINK"),
    (41, "OPT"),
    (42, "APL"),
    (43, "DS"),
    (44, "SSHFP"),
    (45, "IPSECKEY"),
    (46, "RRSIG"),
    (47, "NSEC"),
    (48, "DNSKEY"),
    (49, "DHCID"),
    (50, "NSEC3"),
    (51, "NSEC3PARAM"),
    (52, "TLSA"),
    (53, "SMIMEA"),
    (55, "HIP"),
    (56, "NINFO"),
    (57, "RKEY"),
    (58, "TALINK"),
    (59, "CDS"),
    (60, "CDNSKEY"),
    (61, "OPENPGPKEY"),
    (62, "CSYNC"),
    (63, "ZONEMD"),
    (64, "SVCB"),
    (65, "HTTPS"),
    (66, "DSYNC"),
    (67, "HHIT"),
    (68, "BRID"),
    (99, "SPF"),
    (100, "UINFO"),
    (101, "UID"),
    (102, "GID"),
    (103, "UNSPEC"),
    (104, "NID"),
    (105, "L32"),
    (106, "L64"),
    (107, "LP"),
    (108, "EUI48"),
    (109, "EUI64"),
    (128, "NXNAME"),
    (249, "TKEY"),
    (250, "TSIG"),
    (251, "IXFR"),
    (252, "AXFR"),
    (253, "MAILB"),
    (254, "MAILA"),
    (255, "ANY"),
    (256, "URI"),
    (257, "CAA"),
    (258, "AVC"),
    (259, "DOA"),
    (260, "AMTRELAY"),
    (261, "RESINFO"),
    (262, "WALLET"),
    (263, "CLA"),
    (264, "IPN"),
    (32768, "TA"),
    (32769, "DLV"),
];

#[cfg(test)]
mod tests {
    use super::Type;
    use alloc::{format, string::ToString};

    extern crate alloc;

    /// The registry by its runs: the first number of each, and the names from there on.
    const REGISTRY: [(u16, &str); 7] = [
        (
            1,
            "A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP \
             NSAP-PTR SIG KEY PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT \
             APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA",
        ),
        (
            55,
            "HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS DSYNC HHIT BRID",
        ),
        (99, "SPF UINFO UID GID UNSPEC NID L32 L64 LP EUI48 EUI64"),
        (128, "NXNAME"),
        (249, "TKEY TSIG IXFR AXFR MAILB MAILA ANY"),
        (256, "URI CAA AVC DOA AMTRELAY RESINFO WALLET CLA IPN"),
        (32768, "TA DLV"),
    ];

    #[test]
    fn names_are_the_registrys() {
        for number in 0..=u16::MAX {
            let mut names = REGISTRY.iter().filter_map(|(first, names)| {
                names.split(' ').nth(usize::from(number.checked_sub(*first)?))
            });
            let (name, ty) = (names.next(), Type(number));
            assert_eq!(ty.name(), name, "{number}");
            assert_eq!(name.and_then(|name| Type::from_name(name.as_bytes())), name.map(|_| ty));
            let shown = name.map_or_else(|| format!("TYPE{number}"), ToString::to_string);
            assert_eq!(ty.to_string(), shown);
        }
    }
}
