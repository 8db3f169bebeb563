//! Writes `fuzz/seeds` anew: `cargo run -p testkit --example seeds`.

#[path = "../src/seeds.rs"]
mod seeds;

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    for (target, seeds) in seeds::all() {
        let directory = root.join(target);
        // Whole, so that no seed outlives the line that made it.
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        fs::create_dir_all(&directory)?;
        for (name, bytes) in &seeds.0 {
            fs::write(directory.join(name), bytes)?;
        }
        println!("{target}: {} seeds", seeds.0.len());
    }
    Ok(())
}
