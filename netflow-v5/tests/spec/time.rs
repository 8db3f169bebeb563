//! Absolute times.

use netflow_v5::Clock;

/// When the packet was sent: 1700000000.123 s.
const SENT: i64 = 1_700_000_000_123;

/// How far from the packet a time is.
fn after(sys_uptime: u32, uptime: u32) -> i64 {
    Clock::new(sys_uptime, 1_700_000_000, 123_456_789).unix_millis(uptime) - SENT
}

/// What nfdump 1.7.1 makes of First and Last (`Process_v5`): its output in the collection of
/// captures says the same.
fn nfdump(sys_uptime: u32, first: u32, last: u32) -> (i64, i64) {
    let (boot, wrap) = (-i64::from(sys_uptime), 1_i64 << 32);
    let start = boot + i64::from(first) - if first > last { wrap } else { 0 };
    let end = boot + i64::from(last);
    if last > sys_uptime && last - sys_uptime > 100_000 {
        (start - wrap, end - wrap)
    } else {
        (start, end)
    }
}

/// What goflow2 makes of an uptime.
fn goflow2(sys_uptime: u32, uptime: u32) -> i64 {
    -i64::from(sys_uptime.wrapping_sub(uptime))
}

const DAY: u32 = 86_400_000;

#[test]
fn times_of_uptime_count_from_the_packet() {
    let clock = Clock::new(3_600_000, 1_700_000_000, 123_456_789);
    assert_eq!(clock.sent_millis(), SENT);
    assert_eq!(clock.unix_millis(3_600_000), SENT);
    assert_eq!(clock.unix_millis(3_590_000), SENT - 10_000);
    assert_eq!(clock.unix_millis(0), SENT - 3_600_000);
}

#[test]
fn a_flow_from_before_the_wrap_of_its_packet_is_in_the_past() {
    // Both First and Last are greater than the packet's uptime.
    assert_eq!(after(1000, u32::MAX - 8999), -10_000);
    assert_eq!((after(1000, u32::MAX), after(1000, 500)), (-1001, -500));
}

#[test]
fn a_flow_that_began_before_the_wrap_began_before_it_ended() {
    // As an exporter has sent it: the flow began 1 ms before the uptime was 0.
    let [uptime, first, last] = [3381, 4_294_967_295, 2577];
    assert_eq!((after(uptime, first), after(uptime, last)), (-3382, -804));
    assert_eq!(nfdump(uptime, first, last), (-3382, -804));
}

#[test]
fn a_last_packet_shortly_after_the_export_is_there() {
    // Cisco's CSCei12353, nfdump's reason for 100 s.
    for late in [1, 50, 99_999, 100_000] {
        assert_eq!(after(5000, 5000 + late), i64::from(late));
        assert_eq!(nfdump(5000, 5000, 5000 + late).1, i64::from(late));
        // goflow2 has it 49.7 days before.
        assert_eq!(goflow2(5000, 5000 + late), i64::from(late) - (1 << 32));
    }
    // Also with the wrap in between, where nfdump has it 49.7 days before.
    assert_eq!(after(u32::MAX, 5), 6);
    assert_eq!(nfdump(u32::MAX, u32::MAX - 1, 5).1, 6 - (1 << 32));
}

#[test]
fn a_time_is_the_nearest_that_the_uptime_can_mean() {
    let half = 1_u32 << 31;
    assert_eq!(after(half, 0), -i64::from(half));
    assert_eq!(after(half - 1, u32::MAX), -i64::from(half));
    assert_eq!(after(0, half - 1), i64::from(half) - 1);
    assert_eq!(after(0, half), -i64::from(half));
    assert_eq!(after(DAY, DAY + half), -i64::from(half));
}

#[test]
fn nfdump_differs_where_the_documentation_says() {
    let wrap = 1_i64 << 32;
    // Last is over 100 s after the packet.
    let (first, last) = (5000 + 100_000, 5000 + 100_001);
    assert_eq!((after(5000, first), after(5000, last)), (100_000, 100_001));
    assert_eq!(nfdump(5000, first, last), (100_000 - wrap, 100_001 - wrap));
    // First is after Last and no wrap is between them.
    assert_eq!((after(5000, 4003), after(5000, 4000)), (-997, -1000));
    assert_eq!(nfdump(5000, 4003, 4000), (-997 - wrap, -1000));
    // First is over 24.9 days before the packet.
    let uptime = 30 * DAY;
    assert_eq!(nfdump(uptime, DAY, uptime), (-i64::from(29 * DAY), 0));
    assert_eq!(after(uptime, DAY), wrap - i64::from(29 * DAY));
    assert_eq!(goflow2(uptime, DAY), -i64::from(29 * DAY));
}

#[test]
fn nfdump_agrees_everywhere_else() {
    let steps = [0, 1, 804, 100_000, DAY, 24 * DAY];
    for uptime in [0, 3381, 100_001, DAY, 1 << 31, 40 * DAY, u32::MAX] {
        for length in steps {
            for age in steps {
                // No older than 24.9 days, and not after the packet.
                if length + age < 1 << 31 {
                    let last = uptime.wrapping_sub(age);
                    let first = last.wrapping_sub(length);
                    let ours = (after(uptime, first), after(uptime, last));
                    assert_eq!(ours, (-i64::from(age + length), -i64::from(age)));
                    assert_eq!(ours, nfdump(uptime, first, last), "{uptime} {first} {last}");
                }
            }
        }
    }
}

#[test]
fn nanoseconds_are_nanoseconds_unless_the_caller_says_so() {
    let sent = |nsecs| Clock::new(0, 2, nsecs).sent_millis();
    assert_eq!((sent(0), sent(999_999), sent(1_000_000)), (2000, 2000, 2001));
    assert_eq!(sent(999_999_999), 2999);
    // A second or more is taken as it is.
    assert_eq!((sent(1_000_000_000), sent(u32::MAX)), (3000, 6294));
    let sent = |micros| Clock::with_microseconds(0, 2, micros).sent_millis();
    assert_eq!((sent(999), sent(1000), sent(999_999)), (2000, 2001, 2999));
    assert_eq!(sent(u32::MAX), 4_296_967);
}

#[test]
fn the_ends_of_all_numbers_are_times() {
    let clock = Clock::new(0, u32::MAX, u32::MAX);
    assert_eq!(clock.sent_millis(), 4_294_967_295_000 + 4294);
    assert_eq!(Clock::new(0, 0, 0).unix_millis(1 << 31), -(1 << 31));
    assert_eq!(Clock::new(3_600_000, 0, 0).unix_millis(0), -3_600_000);
}
