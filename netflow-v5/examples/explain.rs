//! Says what a NetFlow v5 packet says: reads it in hexadecimal from standard input.
//!
//! ```sh
//! echo '0005 0001 0000 1b8b 6b02 4515 18e8 ffb8 0000 0344 0000 0000
//!       c633 6417 cb00 7150 0000 0000 0000 0000 0000 0001 0000 00d3
//!       0000 0fd2 0000 0fd2 a52b 01bb 0000 1100 0000 0000 0000 0000' |
//!     cargo run -p netflow-v5 --example explain
//! ```

use core::error::Error;
use netflow_v5::Packet;
use std::io;

fn main() -> Result<(), Box<dyn Error>> {
    let text = io::read_to_string(io::stdin())?;
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = digits
        .chunks_exact(2)
        .map(|byte| u8::from_str_radix(&String::from_iter(byte), 16))
        .collect::<Result<Vec<u8>, _>>()?;

    let (packet, error) = Packet::parse_lax(&bytes)?;
    let clock = packet.clock();
    println!("{} records are declared, {} are there", packet.count(), packet.records().len());
    println!("sent at {} ms since 1970, {:?}", clock.sent_millis(), packet.sampling());
    for record in packet {
        println!(
            "{}:{} to {}:{}, {}: {} packets, {} bytes, {} to {} ms since 1970",
            record.srcaddr(),
            record.srcport(),
            record.dstaddr(),
            record.dstport(),
            record.protocol(),
            record.packets(),
            record.octets(),
            clock.unix_millis(record.first()),
            clock.unix_millis(record.last()),
        );
    }
    if let Some(error) = error {
        println!("and it is not whole: {error}");
    }
    Ok(())
}
