//! Says what an entry of pf's log says: reads it in hexadecimal from standard input.
//!
//! ```sh
//! echo '4502 0100 656d 3000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000
//!       0000 0003 ffff ffff ffff ffff a086 0100 0000 0000 0000 0000 0100 0000 3ade 68b1 0000 0000
//!       4500 0030' |
//!     cargo run -p pflog-wire --example explain
//! ```

use core::error::Error;
use pflog_wire::{ByteOrder, Entry, LinkType};
use std::io;

fn main() -> Result<(), Box<dyn Error>> {
    let text = io::read_to_string(io::stdin())?;
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = digits
        .chunks_exact(2)
        .map(|byte| u8::from_str_radix(&String::from_iter(byte), 16))
        .collect::<Result<Vec<u8>, _>>()?;

    let (entry, error) = Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little)?;
    println!("the layout of {}, written by {}", entry.layout(), entry.systems());
    println!(
        "{} on {}: {}, {} bytes of {}",
        entry.action_names(),
        entry.interface(),
        entry.reason_names(),
        entry.payload().len(),
        entry.family(),
    );
    println!("{entry:#?}");
    if let Some(error) = error {
        println!("and it is not whole: {error}");
    }
    Ok(())
}
