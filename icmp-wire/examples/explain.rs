//! Says what an ICMPv4 message says: reads it in hexadecimal from standard input.
//!
//! ```sh
//! echo '0303 2be5 0000 0000 4500 05d4 0001 4000 4011 b037 c000 02d6 c000 020a
//!       c350 0807 05c0 0000' | cargo run -p icmp-wire --example explain
//! ```

use core::error::Error;
use icmp_wire::v4::Message;
use std::io;

fn main() -> Result<(), Box<dyn Error>> {
    let text = io::read_to_string(io::stdin())?;
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = digits
        .chunks_exact(2)
        .map(|byte| u8::from_str_radix(&String::from_iter(byte), 16))
        .collect::<Result<Vec<u8>, _>>()?;

    let message = Message::parse(&bytes)?;
    println!("{}: {}", message.ty(), message.code_name().unwrap_or("no name for the code"));
    println!("checksum {:?}", message.checksum_status(bytes.len()));
    if let Some(quote) = message.quote()? {
        println!("from {} to {}", quote.source(), quote.destination());
        match quote.ports() {
            Ok(Some(ports)) => println!("from port {} to port {}", ports.source, ports.destination),
            Ok(None) => println!("without ports"),
            Err(error) => println!("the ports are missing: {error}"),
        }
    }
    if let Some(extensions) = message.extensions() {
        println!("with an extension structure, {:?}:", extensions.evidence());
        for object in extensions.objects() {
            println!("  {}: {:?}", object.class(), object.body());
        }
    }
    Ok(())
}
