//! LDIF and the keys in it: `ldif-keys` against libldap, ssh-key, openssh-keys and floors.

#[path = "../contender.rs"]
mod contender;
mod entries;
mod keys;
mod libldap;

use contender::{Answer, Case, contender};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = entries::entries, keys::keys
}
criterion_main!(benches);

impl Answer for u64 {
    fn digest(self) -> u64 {
        self
    }
}
