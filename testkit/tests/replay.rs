//! What the fuzz targets start from and what they have found, held against the same oracles.

#[path = "../src/seeds.rs"]
mod seeds;

use std::{
    collections::BTreeMap,
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
};
use testkit::{bytes::model, icmp, ldif, netflow, pflog, ssh_key, tlsa};

/// Makes a test of each fuzz target, and a list of them.
macro_rules! replay {
    ($($target:ident: $oracle:expr,)+) => {
        const TARGETS: &[&str] = &[$(stringify!($target)),+];
        $(
            #[test]
            fn $target() {
                replay(stringify!($target), $oracle);
            }
        )+
    };
}

replay! {
    certificate: tlsa::check_certificate,
    icmp: icmp::check,
    icmp_model: |data| icmp::check_model(&model(data)),
    ldif: ldif::check,
    ldif_model: |data| ldif::check_model(&model(data)),
    netflow: netflow::check,
    netflow_model: |data| netflow::check_model(&model(data)),
    pflog: pflog::check,
    pflog_model: |data| pflog::check_model(&model(data)),
    ssh_key: ssh_key::check,
    tlsa: tlsa::check,
    tlsa_model: |data| tlsa::check_model(&model(data)),
}

fn replay(target: &str, oracle: fn(&[u8])) {
    let seeds = files(&fuzz("seeds").join(target));
    assert!(!seeds.is_empty(), "{target} has no seeds");
    // Without a find there is no directory.
    let regressions = fuzz("regressions").join(target);
    let regressions = if regressions.exists() { files(&regressions) } else { BTreeMap::new() };
    let failed: Vec<_> = seeds
        .into_iter()
        .chain(regressions)
        .filter(|(_, bytes)| catch_unwind(|| oracle(bytes)).is_err())
        .map(|(name, _)| name)
        .collect();
    assert!(failed.is_empty(), "{target} fails on {failed:?}");
}

#[test]
fn every_target_is_replayed() {
    let sources = files(&fuzz("fuzz_targets"));
    let names: Vec<_> = sources.keys().map(|name| name.trim_end_matches(".rs")).collect();
    assert_eq!(names, TARGETS);
}

#[test]
fn seeds_are_what_the_generator_makes() {
    for (target, made) in seeds::all() {
        let committed = files(&fuzz("seeds").join(target));
        let names = |seeds: &BTreeMap<String, _>| seeds.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&committed), names(&made.0), "{target}");
        for (name, bytes) in made.0 {
            assert_eq!(committed[&name], bytes, "{target}/{name}");
        }
    }
}

#[test]
fn model_seeds_differ_in_what_they_make() {
    let mut made = BTreeMap::new();
    for (name, bytes) in files(&fuzz("seeds/icmp_model")) {
        let model: icmp::Model = model(&bytes);
        if let Some(other) = made.insert((model.family as u8, model.encode()), name.clone()) {
            panic!("{name} makes the same as {other}");
        }
    }
    let mut made = BTreeMap::new();
    for (name, bytes) in files(&fuzz("seeds/netflow_model")) {
        if let Some(other) = made.insert(model::<netflow::Model>(&bytes).encode(), name.clone()) {
            panic!("{name} makes the same as {other}");
        }
    }
    let mut made = BTreeMap::new();
    for (name, bytes) in files(&fuzz("seeds/pflog_model")) {
        let model: pflog::Model = model(&bytes);
        if let Some(other) = made.insert((model.fields.is_big, model.encode()), name.clone()) {
            panic!("{name} makes the same as {other}");
        }
    }
    let mut made = BTreeMap::new();
    for (name, bytes) in files(&fuzz("seeds/ldif_model")) {
        if let Some(other) = made.insert(model::<ldif::Model>(&bytes).encode(), name.clone()) {
            panic!("{name} makes the same as {other}");
        }
    }
    let mut made = BTreeMap::new();
    for (name, bytes) in files(&fuzz("seeds/tlsa_model")) {
        let tlsa::Model(set) = model(&bytes);
        if let Some(other) = made.insert(format!("{set:?}"), name.clone()) {
            panic!("{name} makes the same as {other}");
        }
    }
}

/// A place in the directory of the fuzz targets.
fn fuzz(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").join(path)
}

fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |path: &Path| fs::read(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{directory:?}: {error}"))
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), read(&entry.path())))
        .collect()
}
