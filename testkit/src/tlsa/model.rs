//! The compact generator: a few bytes choose a set and a peer near the limits of the rules.

use super::{
    der::Build,
    naive::{self, Set},
    view::see,
};
use arbitrary::{Arbitrary, Result, Unstructured};
use sha2::{Digest, Sha256, Sha512};

/// A set of records and a peer.
#[derive(Clone, Debug)]
pub struct Model(pub Set);

const USAGES: [u8; 8] = [3, 2, 1, 0, 3, 2, 4, 255];
const SELECTORS: [u8; 8] = [1, 0, 1, 0, 1, 0, 2, 255];
const MATCHING_TYPES: [u8; 8] = [1, 2, 0, 1, 2, 0, 3, 255];
const DIGESTS: [&[u8]; 8] = [&[2, 1], &[1, 2], &[2, 1], &[1], &[2, 1], &[2], &[2, 1], &[]];
const STATES: [&str; 8] =
    ["secure", "secure", "insecure", "secure", "secure", "indeterminate", "secure", "bogus"];

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [accepts, peer, count] = <[u8; 3]>::arbitrary(u)?;
        // Some keys are the same in two certificates, as after a renewal.
        let certificate = |n: u8| Build::new(n, &[n / 2; 4]).encode();
        let len = [2, 1, 3, 4, 0, 2, 3, 5][usize::from(peer % 8)];
        let first = peer / 8 % 4;
        let chain: Vec<Vec<u8>> = (first..first + len).map(certificate).collect();
        let raw_key = (peer / 32 == 7).then(|| Build::new(0, &[first / 2; 4]).key);
        let mut set = Set {
            records: Vec::new(),
            dnssec: STATES[usize::from(accepts / 32)],
            pkix: accepts & 1 == 0,
            end_entity_names: accepts & 2 != 0,
            digests: DIGESTS[usize::from(accepts / 4 % 8)].to_vec(),
            chain: if raw_key.is_some() { Vec::new() } else { chain },
            raw_key,
        };
        for _ in 0..count % 8 {
            set.records.push(record(u.arbitrary()?));
        }
        Ok(Self(set))
    }
}

/// Returns the RDATA of a record: of which kind, of which certificate, and what is wrong with it.
fn record([usage, kind, damage]: [u8; 3]) -> Vec<u8> {
    let selector = SELECTORS[usize::from(kind % 8)];
    let matching_type = MATCHING_TYPES[usize::from(kind / 8 % 8)];
    let build = Build::new(usage / 8 % 8, &[usage / 16 % 4; 4]);
    let selected = if selector == 0 { build.encode() } else { build.key };
    let mut rdata = vec![USAGES[usize::from(usage % 8)], selector, matching_type];
    match matching_type {
        1 => rdata.extend(Sha256::digest(selected)),
        2 => rdata.extend(Sha512::digest(selected)),
        _ => rdata.extend(selected),
    }
    let len = rdata.len();
    match damage {
        200..=209 => rdata.truncate(len - 1),
        210..=219 => rdata.push(0),
        220..=229 => rdata[len - 1] ^= 1,
        230..=234 => rdata.truncate(3),
        235..=239 => rdata.truncate(usize::from(damage - 235) % 3),
        240..=244 => rdata[3] ^= 0x10,
        245..=249 => rdata.truncate(35),
        _ => {}
    }
    rdata
}

/// Demands that a set says of a peer what the naive matcher has it say, whatever the order of its
/// records.
///
/// # Panics
///
/// If it does not.
pub fn check_model(model: &Model) {
    let set = &model.0;
    let seen = see(set);
    assert_eq!(seen, naive::see(set));

    let mut reversed = set.clone();
    reversed.records.reverse();
    let other = see(&reversed);
    assert_eq!(other.verdict, seen.verdict);
    assert_eq!(other.matches.len(), seen.matches.len());
    let standings: Vec<_> = other.standings.into_iter().rev().collect();
    assert_eq!(standings, seen.standings);

    // A record that cannot be used changes nothing about the others.
    let mut with_another = set.clone();
    with_another.records.push(vec![3, 1]);
    let other = see(&with_another);
    assert_eq!(
        (other.matches, &other.standings[..set.records.len()]),
        (seen.matches, &seen.standings[..])
    );
}
