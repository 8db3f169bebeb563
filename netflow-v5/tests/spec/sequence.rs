//! What sequence numbers tell.

use netflow_v5::{Header, Packet, Tracker, Verdict, Verdict::*};

/// When the exporter was started, in milliseconds since 1970.
const BOOT: i64 = 1_700_000_000_000;

/// An engine that exports, and what is seen of it.
struct Engine {
    tracker: Tracker,
    boot: i64,
    uptime: i64,
}

impl Engine {
    fn new() -> Self {
        Self { tracker: Tracker::new(), boot: BOOT, uptime: 60_000 }
    }

    /// A packet with this sequence number and count arrives, a second after the last.
    fn see(&mut self, flow_sequence: u32, count: u16) -> Verdict {
        self.uptime += 1000;
        let now = self.boot + self.uptime;
        let header = Header {
            sys_uptime: self.uptime.rem_euclid(1 << 32).try_into().unwrap(),
            unix_secs: (now / 1000).try_into().unwrap(),
            unix_nsecs: (now % 1000 * 1_000_000).try_into().unwrap(),
            flow_sequence,
            ..Header::default()
        };
        // Only the header is looked at.
        let bytes = header.to_bytes(count);
        self.tracker.observe(&Packet::parse_lax(&bytes).unwrap().0)
    }

    fn lost(&self) -> u64 {
        self.tracker.lost()
    }
}

#[test]
fn the_first_packet_loses_nothing() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(824_700, 30), engine.lost()), (First, 0));
    // FreeBSD's exporter, 30 flows a packet.
    assert_eq!((engine.see(824_730, 30), engine.see(824_760, 30)), (InOrder, InOrder));
    assert_eq!(engine.lost(), 0);
}

#[test]
fn what_is_ahead_tells_how_many_flows_were_lost() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    assert_eq!((engine.see(90, 30), engine.lost()), (Lost { flows: 60 }, 60));
    assert_eq!((engine.see(121, 30), engine.lost()), (Lost { flows: 1 }, 61));
    assert_eq!(
        (engine.see(151, 1), engine.see(152, 0), engine.see(152, 5)),
        (InOrder, InOrder, InOrder)
    );
}

#[test]
fn numbers_wrap() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(u32::MAX - 29, 30), First);
    assert_eq!(engine.see(0, 30), InOrder);
    let mut engine = Engine::new();
    assert_eq!(engine.see(u32::MAX - 9, 30), First);
    assert_eq!(engine.see(50, 30), Lost { flows: 30 });
    assert_eq!((engine.see(20, 30), engine.lost()), (Reordered { found: 30 }, 0));
    assert_eq!(engine.see(u32::MAX - 9, 30), Duplicate);
}

#[test]
fn a_loss_is_less_than_half_of_all_numbers() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    assert_eq!(engine.see(30 + 0x7fff_ffff, 30), Lost { flows: 0x7fff_ffff });
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    assert_eq!(engine.see(30 + 0x8000_0000, 30), Restarted);
}

#[test]
fn what_was_overtaken_is_lost_no_more() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(0, 30), engine.see(60, 30)), (First, Lost { flows: 30 }));
    assert_eq!((engine.see(30, 30), engine.lost()), (Reordered { found: 30 }, 0));
    assert_eq!(engine.see(90, 30), InOrder);
    // And a second time it is a copy.
    assert_eq!((engine.see(30, 30), engine.lost()), (Duplicate, 0));
}

#[test]
fn several_that_were_overtaken_fill_their_gap_in_any_order() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(0, 10), engine.see(100, 10)), (First, Lost { flows: 90 }));
    assert_eq!((engine.see(50, 10), engine.lost()), (Reordered { found: 10 }, 80));
    assert_eq!((engine.see(10, 40), engine.lost()), (Reordered { found: 40 }, 40));
    assert_eq!((engine.see(50, 10), engine.lost()), (Duplicate, 40));
    // Half of it was seen already.
    assert_eq!((engine.see(55, 10), engine.lost()), (Reordered { found: 5 }, 35));
    assert_eq!((engine.see(60, 40), engine.lost()), (Reordered { found: 35 }, 0));
    assert_eq!((engine.see(0, 110), engine.lost()), (Duplicate, 0));
}

#[test]
fn what_comes_from_before_the_first_packet_was_never_lost() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(100, 10), engine.see(90, 10)), (First, Reordered { found: 0 }));
    assert_eq!((engine.see(110, 10), engine.lost()), (InOrder, 0));
    assert_eq!(engine.see(100, 10), Duplicate);
}

#[test]
fn a_late_packet_that_goes_further_moves_on() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(0, 30), engine.see(20, 30)), (First, Reordered { found: 0 }));
    assert_eq!((engine.see(50, 10), engine.lost()), (InOrder, 0));
}

#[test]
fn a_packet_is_late_within_the_window_only() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    assert_eq!(engine.see(5000, 30), Lost { flows: 4970 });
    assert_eq!(engine.see(5030 - 4096, 30), Reordered { found: 30 });
    assert_eq!(engine.see(5030 - 4096, 30), Duplicate);
    assert_eq!(engine.lost(), 4940);
    // One further back the exporter counts anew, and what was lost stays lost.
    assert_eq!((engine.see(5030 - 4097, 30), engine.lost()), (Restarted, 4940));
    assert_eq!(engine.see(5030 - 4067, 30), InOrder);
}

#[test]
fn eight_gaps_are_remembered() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 10), First);
    for n in 1..=9 {
        assert_eq!(engine.see(20 * n, 10), Lost { flows: 10 });
    }
    // The first of nine is forgotten: it stays lost.
    assert_eq!((engine.see(10, 10), engine.lost()), (Reordered { found: 0 }, 90));
    assert_eq!((engine.see(30, 10), engine.lost()), (Reordered { found: 10 }, 80));
    assert_eq!((engine.see(170, 10), engine.lost()), (Reordered { found: 10 }, 70));
    // What was seen behind the forgotten one is known, what was seen before it is not.
    assert_eq!((engine.see(20, 10), engine.see(0, 10)), (Duplicate, Reordered { found: 0 }));
}

#[test]
fn another_boot_is_a_restart() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(1000, 30), engine.see(1090, 30)), (First, Lost { flows: 60 }));
    engine.boot += engine.uptime;
    engine.uptime = 0;
    assert_eq!((engine.see(0, 30), engine.lost()), (Restarted, 60));
    assert_eq!((engine.see(30, 30), engine.see(61, 1)), (InOrder, Lost { flows: 1 }));
    // The gap before the restart is closed for good.
    assert_eq!((engine.see(1030, 30), engine.lost()), (Lost { flows: 968 }, 1029));
}

#[test]
fn clocks_are_believed_to_five_seconds() {
    for (step, verdict) in [
        (5000, Lost { flows: 1 }),
        (-5000, Lost { flows: 1 }),
        (5001, Restarted),
        (-5001, Restarted),
    ] {
        let mut engine = Engine::new();
        assert_eq!(engine.see(0, 30), First);
        engine.boot += step;
        assert_eq!(engine.see(31, 30), verdict, "{step}");
    }
}

#[test]
fn clocks_that_drift_apart_are_followed() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    for n in 1..100 {
        engine.boot += 4000;
        assert_eq!(engine.see(31 * n, 30), Lost { flows: 1 });
    }
}

#[test]
fn a_clock_that_was_set_is_no_restart_if_the_numbers_go_on() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    engine.boot += 3_600_000;
    assert_eq!((engine.see(30, 30), engine.see(61, 30)), (InOrder, Lost { flows: 1 }));
}

#[test]
fn an_uptime_that_wraps_is_no_restart() {
    let mut engine = Engine::new();
    engine.uptime = (1 << 32) - 2000;
    assert_eq!((engine.see(0, 30), engine.see(31, 30)), (First, Lost { flows: 1 }));
    assert_eq!(engine.see(62, 30), Lost { flows: 1 });
}

#[test]
fn a_count_that_was_garbage_is_forgotten_soon() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(0, 30), engine.see(30, 65535)), (First, InOrder));
    assert_eq!((engine.see(60, 30), engine.see(90, 30)), (Restarted, InOrder));
    assert_eq!(engine.lost(), 0);
}

#[test]
fn a_tracker_is_small() {
    assert!(size_of::<Tracker>() <= 96);
    assert_eq!(Tracker::new(), Tracker::default());
}
