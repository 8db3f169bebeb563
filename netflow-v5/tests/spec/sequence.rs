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
    assert_eq!((engine.see(0, 30), engine.see(30 + 0x7fff_ffff, 30)), (First, Doubtful));
    assert_eq!(engine.see(60 + 0x7fff_ffff, 30), Lost { flows: 0x7fff_ffff });
    let mut engine = Engine::new();
    assert_eq!((engine.see(0, 30), engine.see(30 + 0x8000_0000, 30)), (First, Doubtful));
    assert_eq!((engine.see(60 + 0x8000_0000, 30), engine.lost()), (Restarted, 0));
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
    assert_eq!((engine.see(0, 30), engine.see(2030, 30)), (First, Lost { flows: 2000 }));
    assert_eq!(engine.see(5000, 30), Lost { flows: 2940 });
    assert_eq!(engine.see(5030 - 4096, 30), Reordered { found: 30 });
    assert_eq!((engine.see(5030 - 4096, 30), engine.lost()), (Duplicate, 4910));
    assert_eq!((engine.see(5030 - 4097, 30), engine.lost()), (Doubtful, 4910));
    assert_eq!((engine.see(5030, 30), engine.lost()), (InOrder, 4910));
}

#[test]
fn a_loss_is_believed_at_once_within_the_window_only() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(0, 30), engine.see(30 + 4096, 30)), (First, Lost { flows: 4096 }));
    assert_eq!((engine.see(4156 + 4097, 30), engine.lost()), (Doubtful, 4096));
    assert_eq!((engine.see(4156, 30), engine.lost()), (InOrder, 4096));
}

/// Numbers just before the first wrap, and far from it.
const STARTS: [u32; 3] = [0, u32::MAX - 3000, u32::MAX - 5999];

/// An engine that has sent 200 packets of 30 without a loss, and its next number.
fn after_200(start: u32) -> (Engine, u32) {
    let mut engine = Engine::new();
    assert_eq!(engine.see(start, 30), First);
    for n in 1..200 {
        assert_eq!(engine.see(start.wrapping_add(30 * n), 30), InOrder);
    }
    (engine, start.wrapping_add(6000))
}

#[test]
fn a_duplicate_far_behind_loses_nothing() {
    for start in STARTS {
        let (mut engine, next) = after_200(start);
        assert_eq!((engine.see(start, 30), engine.lost()), (Doubtful, 0));
        for n in 0..100 {
            assert_eq!(engine.see(next.wrapping_add(30 * n), 30), InOrder);
        }
        assert_eq!(engine.lost(), 0);
    }
}

#[test]
fn a_packet_from_far_before_the_first_loses_nothing() {
    for start in STARTS {
        let (mut engine, next) = after_200(start);
        assert_eq!((engine.see(start.wrapping_sub(90), 30), engine.lost()), (Doubtful, 0));
        assert_eq!((engine.see(next, 30), engine.lost()), (InOrder, 0));
    }
}

#[test]
fn a_packet_that_149_have_overtaken_loses_itself_only() {
    for start in STARTS {
        let (mut engine, next) = after_200(start);
        assert_eq!(engine.see(next.wrapping_add(30), 30), Lost { flows: 30 });
        for n in 2..150 {
            assert_eq!(engine.see(next.wrapping_add(30 * n), 30), InOrder);
        }
        // It is late for more than the window. That it was not lost is not seen any more.
        assert_eq!((engine.see(next, 30), engine.lost()), (Doubtful, 30));
        assert_eq!((engine.see(next.wrapping_add(4500), 30), engine.lost()), (InOrder, 30));
    }
}

#[test]
fn a_number_that_was_garbage_loses_nothing() {
    for start in STARTS {
        for garbage in [0x4000_0000, 0x7fff_ffff, 0x8000_0000, 0xc000_0000, 4097] {
            let (mut engine, next) = after_200(start);
            assert_eq!(engine.see(next.wrapping_add(garbage), 30), Doubtful);
            assert_eq!((engine.see(next, 30), engine.lost()), (InOrder, 0));
            // What would have followed is as doubtful as the other was.
            assert_eq!(engine.see(next.wrapping_add(garbage + 30), 30), Doubtful);
            assert_eq!(engine.see(next.wrapping_add(60), 30), Lost { flows: 30 });
            assert_eq!(engine.see(next.wrapping_add(30), 30), Reordered { found: 30 });
            assert_eq!(engine.lost(), 0);
        }
    }
}

#[test]
fn a_great_loss_is_believed_when_it_is_confirmed() {
    for start in STARTS {
        for flows in [4097, 100_000, 0x4000_0000] {
            let (mut engine, next) = after_200(start);
            let next = next.wrapping_add(flows);
            assert_eq!((engine.see(next, 20), engine.lost()), (Doubtful, 0));
            assert_eq!(engine.see(next.wrapping_add(20), 30), Lost { flows });
            assert_eq!(
                (engine.see(next.wrapping_add(50), 30), engine.lost()),
                (InOrder, flows.into())
            );
            // Both were seen, and what is in front of them was not.
            assert_eq!(engine.see(next.wrapping_add(20), 30), Duplicate);
            assert_eq!(engine.see(next, 20), Duplicate);
            assert_eq!(engine.see(next.wrapping_sub(30), 40), Reordered { found: 30 });
            assert_eq!(engine.lost(), u64::from(flows) - 30);
        }
    }
}

#[test]
fn a_great_loss_is_confirmed_by_two_packets_without_a_gap() {
    let (mut engine, next) = after_200(0);
    for doubtful in [10_000, 10_060, 10_060, 10_089, 10_121] {
        assert_eq!((engine.see(next + doubtful, 30), engine.lost()), (Doubtful, 0));
    }
    // Those that stayed doubtful are not seen.
    assert_eq!((engine.see(next + 10_151, 30), engine.lost()), (Lost { flows: 10_121 }, 10_121));
    assert_eq!((engine.see(next + 10_089, 30), engine.lost()), (Reordered { found: 30 }, 10_091));
}

#[test]
fn a_restart_with_the_same_boot_is_believed_when_it_is_confirmed() {
    for start in STARTS {
        for behind in [6000, 4097, 0x7fff_ffff] {
            let (mut engine, next) = after_200(start);
            assert_eq!(engine.see(next.wrapping_add(30), 30), Lost { flows: 30 });
            let new = next.wrapping_add(60).wrapping_sub(behind);
            assert_eq!((engine.see(new, 30), engine.lost()), (Doubtful, 30));
            assert_eq!((engine.see(new.wrapping_add(30), 30), engine.lost()), (Restarted, 30));
            assert_eq!(engine.see(new.wrapping_add(61), 30), Lost { flows: 1 });
            // Both were seen. What was before them is neither known nor lost.
            assert_eq!(
                (engine.see(new.wrapping_add(30), 30), engine.see(new, 30)),
                (Duplicate, Duplicate)
            );
            assert_eq!(engine.see(new.wrapping_sub(30), 30), Reordered { found: 0 });
            assert_eq!(engine.lost(), 31);
        }
    }
}

#[test]
fn two_late_packets_that_follow_each_other_look_like_a_restart() {
    let (mut engine, next) = after_200(0);
    assert_eq!((engine.see(0, 30), engine.see(30, 30)), (Doubtful, Restarted));
    assert_eq!((engine.see(next, 30), engine.lost()), (Doubtful, 0));
    assert_eq!((engine.see(next + 30, 30), engine.lost()), (Lost { flows: 5940 }, 5940));
}

#[test]
fn of_two_exporters_that_take_turns_one_is_followed() {
    for start in STARTS {
        for apart in [4127, 1_000_000, 0x8000_0000, 0xffff_0000] {
            let mut engine = Engine::new();
            assert_eq!(engine.see(start, 30), First);
            for n in 0..300 {
                assert_eq!(engine.see(start.wrapping_add(apart + 30 * n), 30), Doubtful);
                assert_eq!(engine.see(start.wrapping_add(30 * n + 30), 30), InOrder);
            }
            assert_eq!(engine.lost(), 0);
        }
    }
}

#[test]
fn a_doubtful_packet_is_not_confirmed_by_its_copy() {
    for count in [0, 30] {
        let (mut engine, next) = after_200(0);
        for _ in 0..3 {
            assert_eq!(engine.see(next + 10_000, count), Doubtful);
        }
        assert_eq!((engine.see(next, 30), engine.lost()), (InOrder, 0));
    }
}

#[test]
fn a_packet_without_flows_confirms_but_is_not_confirmed() {
    let (mut engine, next) = after_200(0);
    assert_eq!((engine.see(next + 10_000, 0), engine.see(next + 10_000, 30)), (Doubtful, Doubtful));
    assert_eq!(engine.see(next + 10_030, 0), Lost { flows: 10_000 });
    assert_eq!((engine.see(next + 10_030, 30), engine.lost()), (InOrder, 10_000));
}

#[test]
fn a_doubtful_packet_is_confirmed_whatever_the_clocks_say() {
    for step in [5001, -5001, 1 << 31] {
        let (mut engine, next) = after_200(0);
        assert_eq!(engine.see(next + 9000, 30), Doubtful);
        engine.boot += step;
        assert_eq!(engine.see(next + 9030, 30), Lost { flows: 9000 }, "{step}");
    }
}

#[test]
fn an_exporter_without_a_clock_is_followed() {
    let mut engine = Engine::new();
    assert_eq!(engine.see(0, 30), First);
    for n in 0..100 {
        // What it sends every 20 seconds are uptimes, and always the same time.
        let verdicts = [60, 90, 120].map(|number| {
            engine.boot -= 21_000;
            engine.uptime += 20_000;
            engine.see(120 * n + number, 30)
        });
        assert_eq!(verdicts, [Doubtful, Restarted, InOrder]);
    }
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
fn a_packet_from_before_a_restart_changes_nothing() {
    let mut engine = Engine::new();
    assert_eq!((engine.see(1000, 30), engine.see(1030, 30)), (First, InOrder));
    let (boot, uptime) = (engine.boot, engine.uptime);
    (engine.boot, engine.uptime) = (boot + uptime, 0);
    assert_eq!((engine.see(0, 30), engine.see(30, 30)), (Restarted, InOrder));
    // Behind, and ahead by a few.
    for late in [1060, 90] {
        (engine.boot, engine.uptime) = (boot, uptime);
        assert_eq!((engine.see(late, 30), engine.lost()), (Doubtful, 0));
    }
    (engine.boot, engine.uptime) = (boot + uptime, 3000);
    assert_eq!((engine.see(60, 30), engine.lost()), (InOrder, 0));
}

#[test]
fn an_earlier_boot_is_a_restart_when_it_is_confirmed() {
    // A machine without a battery starts in 1970.
    for number in [0, 1060, 500_000] {
        let mut engine = Engine::new();
        assert_eq!((engine.see(1000, 30), engine.see(1090, 30)), (First, Lost { flows: 60 }));
        (engine.boot, engine.uptime) = (0, 1_500_000_000);
        engine.boot += (BOOT - 10_000_000) % (1 << 32);
        assert_eq!((engine.see(number, 30), engine.lost()), (Doubtful, 60));
        assert_eq!((engine.see(number + 30, 30), engine.lost()), (Restarted, 60));
        assert_eq!((engine.see(number + 61, 30), engine.lost()), (Lost { flows: 1 }, 61));
    }
}

#[test]
fn a_boot_is_later_by_less_than_half_a_wrap_of_the_uptime() {
    for (step, verdict) in [((1 << 31) - 1, Restarted), (1 << 31, Doubtful), (-1 << 31, Doubtful)] {
        let mut engine = Engine::new();
        assert_eq!(engine.see(0, 30), First);
        engine.boot += step;
        assert_eq!(engine.see(60, 30), verdict, "{step}");
    }
}

#[test]
fn clocks_are_believed_to_five_seconds() {
    for (step, verdict) in [
        (5000, Lost { flows: 1 }),
        (-5000, Lost { flows: 1 }),
        (5001, Restarted),
        (-5001, Doubtful),
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
    assert_eq!((engine.see(60, 30), engine.see(90, 30)), (Doubtful, Restarted));
    assert_eq!((engine.see(120, 30), engine.lost()), (InOrder, 0));
}

#[test]
fn a_tracker_is_small() {
    assert!(size_of::<Tracker>() <= 104);
    assert_eq!(Tracker::new(), Tracker::default());
}
