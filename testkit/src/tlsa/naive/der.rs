//! Certificates, by a tree of elements.

use std::ops::Range;

/// An element: its tag, where it stands, and where its contents do.
struct Node {
    tag: u8,
    whole: Range<usize>,
    contents: Range<usize>,
}

/// Returns where the key of a certificate stands.
#[must_use]
pub fn certificate(data: &[u8]) -> Option<Range<usize>> {
    let parts = only(data, 0x30)?;
    let [tbs, algorithm, signature] = &parts[..] else { return None };
    if (tbs.tag, algorithm.tag, signature.tag) != (0x30, 0x30, 3) || !is_octets(data, signature) {
        return None;
    }
    let mut fields = &children(data, &tbs.contents)?[..];
    if fields.first()?.tag == 0xa0 {
        let version = children(data, &fields[0].contents)?;
        let [version] = &version[..] else { return None };
        let octets = &data[version.contents.clone()];
        let (last, zeros) = octets.split_last()?;
        if version.tag != 2 || *last > 2 || zeros.iter().any(|octet| *octet != 0) {
            return None;
        }
        fields = &fields[1..];
    }
    let tags: Vec<u8> = fields.iter().map(|field| field.tag).collect();
    if tags.len() < 6 || tags[..6] != [2, 0x30, 0x30, 0x30, 0x30, 0x30] {
        return None;
    }
    // What follows is there or not, and in this order.
    let mut expected = [0x81, 0x82, 0xa3].iter();
    if !tags[6..].iter().all(|tag| expected.any(|other| other == tag)) {
        return None;
    }
    key(data, &fields[5])
}

/// Returns where the key of a request stands.
#[must_use]
pub fn request(data: &[u8]) -> Option<Range<usize>> {
    let parts = only(data, 0x30)?;
    let [information, algorithm, signature] = &parts[..] else { return None };
    let tags = (information.tag, algorithm.tag, signature.tag);
    if tags != (0x30, 0x30, 3) || !is_octets(data, signature) {
        return None;
    }
    let fields = children(data, &information.contents)?;
    let tags: Vec<u8> = fields.iter().map(|field| field.tag).collect();
    if tags != [2, 0x30, 0x30] && tags != [2, 0x30, 0x30, 0xa0] {
        return None;
    }
    let version = &data[fields[0].contents.clone()];
    if version.is_empty() || version.iter().any(|octet| *octet != 0) {
        return None;
    }
    key(data, &fields[2])
}

/// Returns whether this is a key.
#[must_use]
pub fn public_key(data: &[u8]) -> Option<Range<usize>> {
    let whole = children(data, &(0..data.len()))?;
    let [whole] = &whole[..] else { return None };
    if whole.tag != 0x30 {
        return None;
    }
    key(data, whole)
}

fn key(data: &[u8], node: &Node) -> Option<Range<usize>> {
    let parts = children(data, &node.contents)?;
    let [algorithm, bits] = &parts[..] else { return None };
    if (algorithm.tag, bits.tag) != (0x30, 3) || !is_octets(data, bits) {
        return None;
    }
    let algorithm = children(data, &algorithm.contents)?;
    let identifier = algorithm.first()?;
    let is_known = identifier.tag == 6 && !identifier.contents.is_empty() && algorithm.len() <= 2;
    is_known.then(|| node.whole.clone())
}

fn is_octets(data: &[u8], bits: &Node) -> bool {
    data[bits.contents.clone()].first() == Some(&0)
}

/// The children of the element that all of the data is.
fn only(data: &[u8], tag: u8) -> Option<Vec<Node>> {
    let whole = children(data, &(0..data.len()))?;
    let [whole] = &whole[..] else { return None };
    if whole.tag != tag {
        return None;
    }
    children(data, &whole.contents)
}

fn children(data: &[u8], range: &Range<usize>) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let node = node(data, at, range.end)?;
        at = node.whole.end;
        nodes.push(node);
    }
    Some(nodes)
}

fn node(data: &[u8], start: usize, end: usize) -> Option<Node> {
    let tag = data[start];
    // No tag that is looked for has more than one octet.
    if tag & 0x1f == 0x1f || start + 1 >= end {
        return None;
    }
    let first = data[start + 1];
    let mut at = start + 2;
    let mut len = usize::from(first);
    if first >= 0x80 {
        let octets = usize::from(first - 0x80);
        if octets == 0 || octets > 4 || at + octets > end {
            return None;
        }
        len = 0;
        for octet in &data[at..at + octets] {
            len = len * 256 + usize::from(*octet);
        }
        at += octets;
        let shortest = if len < 0x80 { 0 } else { (1..).find(|n| len >> (8 * n) == 0)? };
        if octets != shortest {
            return None;
        }
    }
    if end - at < len {
        return None;
    }
    Some(Node { tag, whole: start..at + len, contents: at..at + len })
}
