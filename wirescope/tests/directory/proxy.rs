//! A directory whose connections break.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    thread,
};

/// Where an answer is cut.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cut {
    /// Behind so many messages.
    Messages(usize),
    /// Behind so many messages, and in the middle of the next.
    Inside(usize),
}

/// Passes connections on to a server, and cuts them off; returns where.
pub(super) fn start(server: SocketAddr, cut: Cut) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for client in listener.incoming() {
            let client = client.unwrap();
            let server = TcpStream::connect(server).unwrap();
            let mut requests = (client.try_clone().unwrap(), server.try_clone().unwrap());
            let copy = thread::spawn(move || std::io::copy(&mut requests.0, &mut requests.1));
            answer(server, &client, cut);
            client.shutdown(Shutdown::Both).ok();
            copy.join().unwrap().ok();
        }
    });
    address
}

fn answer(mut server: TcpStream, mut client: &TcpStream, cut: Cut) {
    let (count, is_inside) = match cut {
        Cut::Messages(count) => (count, false),
        Cut::Inside(count) => (count, true),
    };
    for _ in 0..count {
        let Some(message) = message(&mut server) else { return };
        client.write_all(&message).unwrap();
    }
    if let Some(message) = message(&mut server).filter(|_| is_inside) {
        client.write_all(&message[..message.len() / 2]).unwrap();
    }
    server.shutdown(Shutdown::Both).ok();
}

/// Reads a message: a tag, a length and so many bytes (RFC 4511 §5.1).
fn message(server: &mut TcpStream) -> Option<Vec<u8>> {
    let mut message = vec![0; 2];
    server.read_exact(&mut message).ok()?;
    let mut len = usize::from(message[1]);
    if len >= 0x80 {
        let mut bytes = vec![0; len & 0x7f];
        server.read_exact(&mut bytes).unwrap();
        len = bytes.iter().fold(0, |len, byte| len << 8 | usize::from(*byte));
        message.extend(bytes);
    }
    let start = message.len();
    message.resize(start + len, 0);
    server.read_exact(&mut message[start..]).unwrap();
    Some(message)
}
