//! Packets that are written.

use super::PACKET;
use crate::call::call;

pub fn prove() {
    let header = call(|()| <netflow_v5::Header as Default>::default(), ());
    let flow = call(|()| <netflow_v5::Flow as Default>::default(), ());
    call(|(header, count)| netflow_v5::Header::to_bytes(header, count), (&header, 1));
    call(netflow_v5::Flow::to_bytes, &flow);

    let flows = [flow; 2];
    let mut build =
        call(|(header, flows)| netflow_v5::Build::new(header, flows), (header, &flows[..]));
    build.max_count = core::hint::black_box(build.max_count);
    call(netflow_v5::Build::encoded_len, &build);
    call(|(build, out)| netflow_v5::Build::encode(build, out), (&build, &mut [0; 120][..]));

    let Ok((packet, _)) = call(netflow_v5::Packet::parse_lax, &PACKET[..]) else { return };
    call(<netflow_v5::Header as From<netflow_v5::Packet>>::from, packet);
    if let Some(record) = packet.record(0) {
        call(<netflow_v5::Flow as From<netflow_v5::Record>>::from, record);
    }
}
