//! Says what a TLSA record says: reads zone lines, or what `dig +short` prints, from standard input.
//!
//! ```sh
//! echo '_25._tcp.mail.example.com. 3600 IN TLSA 3 1 1 d746e9055933bb6ca8438da3ebc0ef01 (
//!           d43b6b8369ff2eb6c6fb9ad67ba6beca )' |
//!     cargo run -p tlsa-match --example explain
//! ```

use core::error::Error;
use std::io;
use tlsa_match::{Entry, Lines, Profile, Type};

fn main() -> Result<(), Box<dyn Error>> {
    let text = io::read_to_string(io::stdin())?;
    for line in Lines::new(text.as_bytes()) {
        let entry = Entry::parse(line)?;
        if entry.ty.is_some_and(|ty| ty != Type::TLSA) {
            continue;
        }
        let mut buf = vec![0; line.len()];
        let record = entry.record(&mut buf)?;
        match record.unusable(&Profile::DEFAULT) {
            Some(reason) => println!("{}: unusable, {reason}", record.mnemonics()),
            None => println!("{}", record.mnemonics()),
        }
    }
    Ok(())
}
