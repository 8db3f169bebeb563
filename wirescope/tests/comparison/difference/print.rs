//! Where the lines of `unreach --print` differ.

use super::{Difference, Table};

pub(crate) const PRINT: Table = Table {
    section: "Where `--print` differs from tcpdump",
    differences: &[
        Difference {
            patterns: &[
                ("… In  *", "*"),
                ("… Out *", "*"),
                ("… B   *", "*"),
                ("… M   *", "*"),
                ("… P   *", "*"),
            ],
            because: "the name is that of the reading machine's interface",
        },
        Difference {
            patterns: &[("… ethertype 802.1Q-…, length …: ", "ethertype …")],
            because: "the tag is passed over as on Ethernet",
        },
        Difference {
            patterns: &[("IP: *", "*"), ("IP6: *", "*"), ("MPLS: *", "*")],
            because: "no other link header is named",
        },
        Difference {
            patterns: &[(
                "*truncated-ip6 - * bytes missing!*",
                "*truncated-ip6 - * bytes missing! *",
            )],
            because: "the space is missing",
        },
        Difference {
            patterns: &[("*RT6 (…) *", "**")],
            because: "the words are many, and not about the message",
        },
        Difference {
            patterns: &[("*AH(…): *", "**")],
            because: "the words are many, and not about the message",
        },
        Difference {
            patterns: &[("*RT6 (…(invalid)", "*ICMP6, …"), ("*RT6 (…(invalid)", "* [|icmp6]")],
            because: "the length of a routing header does not depend on its type",
        },
        Difference {
            patterns: &[("*frag (0|*) ", "*frag (0|*)  [|icmp6]")],
            because: "a message follows, and was cut off",
        },
        Difference { patterns: &[("IP bad-len …", "IP …")], because: "the message is there" },
        Difference {
            patterns: &[(
                "*ICMP6, destination unreachable, unknown unreach code (…)",
                "*ICMP6, destination unreachable, …",
            )],
            because: "RFC 4443 and IANA name them",
        },
        Difference {
            patterns: &[("*, unreachable port [|icmp6]", "*, unreachable port, …, length …")],
            because: "nothing is cut off",
        },
        Difference {
            patterns: &[
                (
                    "*ICMP * protocol * port … unreachable, length *",
                    "*ICMP * protocol * (no port) unreachable, length *",
                ),
                ("* [|icmp]", "*ICMP … (no port) unreachable, length …"),
            ],
            because: "the number is part of something else, such as an SPI",
        },
        Difference {
            patterns: &[
                (
                    "*ICMP * port … unreachable, length *",
                    "*ICMP * (later fragment) unreachable, length *",
                ),
                ("* [|icmp]", "*ICMP … (later fragment) unreachable, length …"),
            ],
            because: "a later fragment has no UDP header",
        },
        Difference {
            patterns: &[
                ("*ICMP … unreachable…, length *", "*ICMP …:…:… unreachable…, length *"),
                ("*ICMP redirect … to *", "*ICMP redirect …:…:… to *"),
                ("*ICMP … unreachable, length …", "* [|icmp]"),
            ],
            because: "the quoted header is not IPv4's",
        },
        Difference {
            patterns: &[("*ICMP6, …, length *", "*ICMP6, … ….….….…, length *")],
            because: "the quoted header is not IPv6's",
        },
        Difference {
            patterns: &[
                ("*ICMP …, length *", "*ICMP … (quoted IP…at byte …: …), length *"),
                ("*ICMP6, …", "*ICMP6, … (quoted IP…at byte …: …), length …"),
                ("* [|icmp]", "*ICMP … (quoted IP…at byte …: …), length …"),
            ],
            because: "there is no address to print, or no port",
        },
    ],
};
