//! The tracker.

use super::PACKET;
use crate::call::call;

pub fn prove() {
    let mut tracker = call(|()| netflow_v5::Tracker::new(), ());
    while let Ok((packet, _)) = netflow_v5::Packet::parse_lax(core::hint::black_box(&PACKET)) {
        // Whatever it holds by now.
        tracker = core::hint::black_box(tracker);
        let verdict = call(
            |(tracker, packet)| netflow_v5::Tracker::observe(tracker, packet),
            (&mut tracker, &packet),
        );
        if verdict != netflow_v5::Verdict::First {
            break;
        }
    }
    call(netflow_v5::Tracker::lost, &tracker);
}
