//! The line in which a kernel logs that it holds responses back.

use super::{naive::line, view::View};
use arbitrary::{Arbitrary, Result, Unstructured};
use icmp_wire::{RateLimit, Response};

/// A line as plain fields.
#[derive(Clone, Debug)]
pub struct Line {
    /// What precedes the kernel's words.
    pub prefix: &'static str,
    /// What would have been sent.
    pub response: &'static str,
    /// What stands in front of each number.
    pub before: [&'static str; 2],
    /// The numbers, as they are written.
    pub numbers: [String; 2],
    /// The rest.
    pub end: &'static str,
    /// A byte that is changed to another.
    pub edit: Option<(u8, u8)>,
}

const PREFIXES: [&str; 8] = [
    "",
    "Nov 22 04:05:06 host kernel: ",
    "+",
    "Limiting ",
    "Limiting icmp unreach response fro",
    "Limiting icmp ping response",
    "LLLimiting udp response from 1 to 2 packets/sec ",
    "/kernel: \u{fffd}\0",
];
const NUMBERS: [&str; 8] = [
    "200",
    "0",
    "18446744073709551615",
    "18446744073709551616",
    "00",
    "",
    "1844674407370955161600",
    "-1",
];
const ENDS: [&str; 16] = [
    " packets/sec",
    " packets per second",
    " packets/sec\n",
    " packets per second \t\r\n\u{c}",
    "",
    " ",
    " packet",
    " packets",
    " packets ",
    " packets/se",
    " packets per secon",
    " packets/second",
    " packets/sec.",
    " packets/sec \u{b}",
    " packets per sec \n",
    " packets/sec  again  \n",
];

impl<'a> Arbitrary<'a> for Line {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let steer = usize::from(u8::arbitrary(u)?);
        let [numbers, shape, end] = <[u8; 3]>::arbitrary(u)?.map(usize::from);
        let responses = line::RESPONSES;
        let number = |choice: usize| match choice % 16 {
            choice @ 0..8 => NUMBERS[choice].to_string(),
            choice => (choice * numbers * 7).to_string(),
        };
        Ok(Self {
            prefix: PREFIXES[steer / 8 % 8],
            response: responses.get(steer % 8).copied().unwrap_or("udp unreach"),
            before: [
                [" response from ", " response from", " response from  ", " response "][shape % 4],
                [" to ", " to", "to ", " to  "][if shape < 0xe0 { 0 } else { shape / 4 % 4 }],
            ],
            numbers: [number(numbers % 16), number(numbers / 16)],
            end: ENDS[end % 16],
            edit: if steer >= 0xc0 { Some(u.arbitrary()?) } else { None },
        })
    }
}

impl Line {
    /// Writes the line.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Self { prefix, response, before, numbers, end, .. } = self;
        let [from, to] = before;
        let text =
            format!("{prefix}Limiting {response}{from}{}{to}{}{end}", numbers[0], numbers[1]);
        let mut line = text.into_bytes();
        if let Some((at, byte)) = self.edit {
            let at = usize::from(at) % line.len();
            line[at] = byte;
        }
        line
    }
}

/// Holds every promise of `RateLimit` against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check_line(data: &[u8]) {
    let view = View { data, is_thorough: true };
    let read = view.fine(RateLimit::parse(data));
    let seen =
        read.map(|read| read.map(|limit| (place(limit.response), limit.attempted, limit.limit)));
    assert_eq!(seen, line::decode(data), "{}", data.escape_ascii());
    if let Ok(Some(limit)) = read {
        let text = limit.to_string();
        let words = line::RESPONSES[place(limit.response)];
        assert_eq!((limit.response.name(), limit.response.to_string().as_str()), (words, words));
        let (attempted, allowed) = (limit.attempted, limit.limit);
        assert_eq!(
            text,
            format!("Limiting {words} response from {attempted} to {allowed} packets/sec")
        );
        for limit in [limit, RateLimit { limit: !attempted, attempted: !allowed, ..limit }] {
            assert_eq!(RateLimit::parse(limit.to_string().as_bytes()), Ok(Some(limit)));
        }
    }
}

fn place(response: Response) -> usize {
    match response {
        Response::IcmpUnreach => 0,
        Response::IcmpPing => 1,
        Response::IcmpTimestamp => 2,
        Response::ClosedPortRst => 3,
        Response::OpenPortRst => 4,
        Response::Icmp6Unreach => 5,
        Response::SctpOotb => 6,
        _ => panic!("nobody told the oracle of {response:?}"),
    }
}
