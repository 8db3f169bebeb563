//! Where the lines of `pflog` differ, beside those of ICMP messages.

use super::{Difference, Table};

pub(crate) const PFLOG: Table = Table {
    section: "Where `pflog` differs from tcpdump",
    differences: &[
        Difference {
            patterns: &[
                (" [|pflog]", "…damaged entry: …"),
                ("[pflog: invalid header length!]", "…damaged entry: …"),
                ("rule … on *: …", "rule … on *: damaged entry: header length at byte 0: …"),
                ("", "damaged entry: header length at byte 0: …"),
            ],
            because: "what is wrong is said, and where",
        },
        Difference {
            patterns: &[("rule 4294967295*", "rule def*")],
            because: "the default rule has no number",
        },
        Difference {
            patterns: &[("rule */*", "rule *.….…/*")],
            because: "the anchor is told whether or not the rule in it has a number",
        },
        Difference {
            patterns: &[("rule *..16777216/*", "rule */*")],
            because: "FreeBSD 9 to 10.1 meant -1",
        },
        Difference {
            patterns: &[("*/unkn(3): *", "*/3(short): *"), ("*/3(short): *", "*/4(normalize): *")],
            because: "4.99.2 to 4.99.4 take one for the other",
        },
        Difference {
            patterns: &[
                ("*/unkn(15)*", "*/15(translate)*"),
                ("*/unkn(16)*", "*/16(no-route)*"),
                ("*/unkn(15)*", "*/15(dummynet)*"),
                ("*/unkn(16)*", "*/16(invalid-port)*"),
                ("*/unkn(15)*", "*/15(map-failed)*"),
                ("*/unkn(15)*", "*/15(translate|map-failed)*"),
                ("*/unkn(15)*", "*/15(map-failed|state-locked|translate|dummynet)*"),
                ("*/unkn(16)*", "*/16(no-route|invalid-port)*"),
            ],
            because: "names are those of the systems that may have written the entry",
        },
        Difference {
            patterns: &[
                ("*): unkn(3) *", "*): noscrub *"),
                ("*): unkn(11) *", "*): defer *"),
                ("*): unkn(12) *", "*): match *"),
                ("*): unkn(13) *", "*): divert *"),
                ("*): unkn(14) *", "*): rt *"),
                ("*): unkn(15) *", "*): afrt *"),
                ("*): unkn(11) *", "*): defer|dummynet *"),
                ("*): unkn(12) *", "*): match|nodummynet *"),
                ("*): unkn(13) *", "*): divert|nat64 *"),
                ("*): unkn(14) *", "*): rt|nonat64 *"),
            ],
            because: "names are those of the systems that may have written the entry",
        },
        Difference {
            patterns: &[("* unkn(3) on *", "* fwd on *")],
            because: "names are those of the systems that may have written the entry",
        },
        Difference {
            patterns: &[
                ("* unkn(…) on *", "* in on *"),
                ("* in on *", "* unkn(255) on *"),
                ("* unkn(…) on *", "* out on *"),
                ("* in/out on *", "* in on *"),
                ("* in/out on *", "* out on *"),
            ],
            because: "the direction is in the header, and not at byte 60",
        },
        Difference {
            patterns: &[
                ("* on *: ", "* on *: …"),
                ("* on *: IP6, wrong link-layer encapsulation (invalid)", "* on *: [family …"),
                ("* on *: version error: 4 != 6", "* on *: [family …"),
                ("* on *:  [|ip6]", "* on *: [family …"),
            ],
            because: "the packet says what it is",
        },
        Difference {
            patterns: &[
                ("*on *:  [|ip]", "*on *: damaged packet: IP… at byte 0: …"),
                ("*on *:  [|ip6]", "*on *: damaged packet: IP… at byte 0: …"),
                ("*on *: bad-len …", "*on *: damaged packet: IPv4 header at byte 0: …"),
                ("*on *: bad-hlen …", "*on *: damaged packet: IPv4 header length at byte 0: …"),
                ("*on *: IP… (invalid)", "*on *: damaged packet: IP header at byte 0: …"),
            ],
            because: "what is wrong is said, and where",
        },
        Difference {
            patterns: &[("*on *: bad-len …", "*on *: … > …: …")],
            because: "the datagram is there",
        },
        Difference {
            patterns: &[
                ("*on *: * > …: [|tcp]", "*on *: *.… > ….…: Flags […] [bad hdr length …"),
                ("*on *: * > …:  [|udp]", "*on *: *.… > ….…: truncated-udp 0"),
                ("*HBH [No valid Jumbo Payload Hop-by-Hop option found] (invalid)", "*HBH …"),
                ("* [|ip6]", "* length 0 (invalid)"),
            ],
            because: "the datagram is there",
        },
        Difference {
            patterns: &[
                ("*on *: * > *: RT6 (…(invalid)", "*on *: * > *: …"),
                ("*RT6…[|rt6]", "* [|rt6]"),
                ("* [|ip6]", "* [|rt6]"),
            ],
            because: "the words are many, and not about the datagram",
        },
        Difference {
            patterns: &[("*AH… [|ah]", "* [|ah]")],
            because: "the words are many, and not about the datagram",
        },
        Difference {
            patterns: &[("*frag (0|*) ", "*frag (0|*) …"), ("*frag (…)…", "* [|frag6]")],
            because: "something was cut off",
        },
        Difference {
            patterns: &[(
                "*frag (0|*) * > *: UDP, length *",
                "*frag (0|*) * > *: UDP, bad length * > …",
            )],
            because: "no other fragment follows",
        },
        Difference {
            patterns: &[
                ("*HBH (…) [|hbhopt]", "*HBH …"),
                ("*[The Hop-by-Hop Options header …] (invalid)", "* ip-proto-0 …"),
            ],
            because: "options are not read",
        },
        Difference {
            patterns: &[
                ("*on *: …", "*on *: …:  ip-proto-4 …"),
                ("*on *: …", "*on *: …:  ip-proto-33 …"),
                ("*on *: …", "*on *: …:  ip-proto-41 …"),
                ("*on *: …", "*on *: …:  ip-proto-47 …"),
                ("*on *: …", "*on *: …:  ip-proto-89 …"),
                ("*on *: …", "*on *: …:  ip-proto-103 …"),
                ("*on *: …", "*on *: …:  ip-proto-112 …"),
                ("*on *: …", "*on *: …:  ip-proto-132 …"),
                ("*[ICMPv6 requires IPv6] (invalid)", "* ip-proto-58 …"),
                ("*[ICMP requires IPv4] (invalid)", "* ip-proto-1 …"),
            ],
            because: "TCP, UDP, ICMP, IGMP and ESP have words of their own",
        },
        Difference {
            patterns: &[
                ("* > *: NTPv…", "* > *: UDP, length …"),
                ("* > *: … 0/0/0 (…)", "* > *: UDP, length …"),
                ("* > *: SYSLOG …", "* > *: UDP, length …"),
                ("* > *: … (invalid)", "* > *: UDP, length …"),
                ("* > *:  [|…]", "* > *: UDP, length …"),
            ],
            because: "what is in a datagram is not decoded",
        },
        Difference {
            patterns: &[("*, length *: …", "*, length *"), ("*, length * [|…]", "*, length *")],
            because: "what is in a segment is not decoded",
        },
        Difference {
            patterns: &[
                ("*md5 …", "*md5 0x…"),
                ("*mptcp …", "*mptcp 0x…"),
                ("*tfo …", "*tfo…"),
                ("*exp…", "*exp 0x…"),
                ("*uto …", "*uto 0x…"),
                ("*tcp-ao …", "*tcp-ao 0x…"),
                ("*scps …", "*scps 0x…"),
            ],
            because: "the bytes are shown as they are",
        },
        Difference {
            patterns: &[
                ("*ICMP6, router renumbering…", "*ICMP6, router renumbering, length …"),
                ("*ICMP6, who-are-you …", "*ICMP6, node information …"),
                ("*ICMP6, RPL…", "*ICMP6, RPL, length …"),
            ],
            because: "what is in these messages is not decoded",
        },
        Difference {
            patterns: &[
                ("* > *: igmp dvmrp…", "* > *: igmp dvmrp"),
                ("* > *: igmp pimv1…", "* > *: igmp pimv1"),
            ],
            because: "what is in these messages is not decoded",
        },
    ],
};
