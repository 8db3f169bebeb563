#!/bin/bash
#
# Makes every capture file in this folder from nothing, with real tools.
#
#   sudo captures/make.sh            make all files
#   sudo captures/make.sh reject     make only reject.pcap (see the list of
#                                    functions "make_..." below)
#
# Runs as root on Debian 12 and needs these packages:
#
#   apt-get install --no-install-recommends \
#       bind9-dnsutils bsdutils ethtool iproute2 iputils-ping kmod nfdump \
#       nftables nmap procps python3 softflowd tcpdump traceroute tshark zstd
#
# No packet is written by hand: every ICMP message in the files comes from the
# Linux kernel, which refuses datagrams that programs send through ordinary
# sockets. All of it happens inside network namespaces, which are removed when
# the script ends. These four are always there:
#
#   ws-inside     198.51.100.23 (and .31 .47 .62), 2001:db8:1::23
#      |          clients; default route through the border router
#   ws-border     inside0  198.51.100.1   2001:db8:1::1
#      |          outside0 203.0.113.1    2001:db8:2::1
#      |          lan0     192.0.2.214    2001:db8::d6
#      |\         the border router: forwards, and exports NetFlow
#      | ws-outside  203.0.113.80 (and .53 .123), 2001:db8:2::80
#      |             servers
#   ws-collector  192.0.2.10, 2001:db8::a
#                 a host on the LAN where no port is open
#
# Unlike the defaults of Linux, the namespaces do not limit the rate of ICMP
# errors, so every refused datagram is answered.
#
# A file that needs a kind of network device that the kernel does not have is
# passed over with a message, and the exit status is then 1.

set -euo pipefail

OUT=$(cd "$(dirname "$0")" && pwd)
readonly OUT
readonly NAMESPACES=(ws-inside ws-border ws-outside ws-collector)

# Captures keep UDP and the ICMP errors, and drop neighbor discovery.
readonly FILTER='icmp or udp or icmp6[0] < 128'
# What counts as a destination unreachable message.
readonly UNREACHABLE='icmp[0] = 3 or icmp6[0] = 1'

created=()
jobs_started=()
modules_before=
skipped=0
WORK=

# ---------------------------------------------------------------------------
# Housekeeping

die() {
    echo "make.sh: $*" >&2
    exit 1
}

cleanup() {
    local pid ns module
    for pid in "${jobs_started[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${jobs_started[@]}"; do
        wait "$pid" 2>/dev/null || true
    done
    for ns in "${created[@]}"; do
        ip netns del "$ns" || true
    done
    # These modules give every namespace a device, even the first one.
    if [[ -n $modules_before ]]; then
        for module in ip_gre ipip sit; do
            if loaded "$module" && [[ $modules_before != *" $module "* ]]; then
                modprobe -r "$module" 2>/dev/null || true
            fi
        done
    fi
    if [[ -n $WORK ]]; then
        rm -rf "$WORK"
    fi
}

loaded() {
    grep -q "^$1 " /proc/modules 2>/dev/null
}

# kernel_makes ARGUMENT...: whether "ip link add" can make such a device.
kernel_makes() {
    ip -n ws-border link add name probe0 "$@" 2>/dev/null &&
        ip -n ws-border link del dev probe0
}

# pass_over FILE TYPE: says that FILE is not made.
pass_over() {
    echo "make.sh: $1 not made: this kernel has no $2 devices" >&2
    skipped=1
}

# wait_until SECONDS WHAT COMMAND...: polls COMMAND until it succeeds.
wait_until() {
    local limit=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        ((SECONDS < limit)) || die "gave up waiting for $what"
        sleep 0.05
    done
}

in_ns() {
    local ns=$1
    shift
    ip netns exec "$ns" "$@"
}

# start NS LOG COMMAND...: runs COMMAND in the background. Its pid is in
# $started; "ip netns exec" replaces itself by the command, so the pid is the
# command's own.
start() {
    local ns=$1 log=$2
    shift 2
    : >"$log"
    ip netns exec "$ns" "$@" </dev/null >"$log" 2>&1 &
    started=$!
    jobs_started+=("$started")
}

# finish PID [SIGNAL]: stops (or just awaits) a background command.
finish() {
    local pid=$1 status=0 kept=() other
    if [[ -n ${2:-} ]]; then
        kill "-$2" "$pid"
    fi
    wait "$pid" || status=$?
    for other in "${jobs_started[@]}"; do
        [[ $other = "$pid" ]] || kept+=("$other")
    done
    jobs_started=("${kept[@]}")
    return "$status"
}

# ---------------------------------------------------------------------------
# Network

# link NS1 IF1 MAC1 NS2 IF2 MAC2: an Ethernet cable between two namespaces.
link() {
    ip link add name "$2" address "$3" netns "$1" type veth \
        peer name "$5" address "$6" netns "$4"
    local ns dev
    for ns in "$1 $2" "$4 $5"; do
        read -r ns dev <<<"$ns"
        # Without this, captures and quotes hold unfinished UDP checksums.
        in_ns "$ns" ethtool --offload "$dev" tx off tso off gso off gro off >/dev/null
        in_ns "$ns" ip link set dev "$dev" up
    done
}

namespace() {
    ip netns add "$1" || die "namespace $1 is in the way"
    created+=("$1")
    # "-e" passes over what the kernel does not have in a namespace.
    in_ns "$1" sysctl -qe \
        net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_ratemask=0 \
        net.ipv4.icmp_msgs_per_sec=1000000 net.ipv4.icmp_msgs_burst=1000000 \
        net.ipv6.icmp.ratelimit=0 net.ipv6.icmp.ratemask='' \
        net.ipv6.conf.default.accept_dad=0 \
        net.ipv6.conf.default.accept_ra=0 \
        net.ipv6.conf.default.router_solicitations=0
    in_ns "$1" ip link set dev lo up
}

make_network() {
    local ns
    for ns in "${NAMESPACES[@]}"; do
        namespace "$ns"
    done

    link ws-border lan0 02:00:00:00:00:d6 ws-collector lan0 02:00:00:00:00:0a
    link ws-border inside0 02:00:00:00:01:01 ws-inside inside0 02:00:00:00:01:23
    link ws-border outside0 02:00:00:00:02:01 ws-outside outside0 02:00:00:00:02:80

    ip -n ws-border address add 192.0.2.214/24 dev lan0
    ip -n ws-border address add 2001:db8::d6/64 dev lan0 nodad
    ip -n ws-border address add 198.51.100.1/25 dev inside0
    ip -n ws-border address add 2001:db8:1::1/64 dev inside0 nodad
    ip -n ws-border address add 203.0.113.1/25 dev outside0
    ip -n ws-border address add 2001:db8:2::1/64 dev outside0 nodad
    in_ns ws-border sysctl -q net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1

    ip -n ws-collector address add 192.0.2.10/24 dev lan0
    ip -n ws-collector address add 2001:db8::a/64 dev lan0 nodad
    ip -n ws-collector route add default via 192.0.2.214
    ip -n ws-collector route add default via 2001:db8::d6

    local host
    for host in 23 31 47 62; do
        ip -n ws-inside address add "198.51.100.$host/25" dev inside0
    done
    ip -n ws-inside address add 2001:db8:1::23/64 dev inside0 nodad
    ip -n ws-inside route add default via 198.51.100.1
    ip -n ws-inside route add default via 2001:db8:1::1

    for host in 80 53 123; do
        ip -n ws-outside address add "203.0.113.$host/25" dev outside0
    done
    ip -n ws-outside address add 2001:db8:2::80/64 dev outside0 nodad
    ip -n ws-outside route add default via 203.0.113.1
    ip -n ws-outside route add default via 2001:db8:2::1
}

# ---------------------------------------------------------------------------
# Programs that send (Python, standard library only)

write_helper() {
    cat >"$WORK/traffic.py" <<'PYTHON'
import argparse
import contextlib
import fcntl
import os
import random
import select
import socket
import struct
import subprocess
import sys
import threading
import time


def numbers(text):
    """'0-3,7,9' means 0 1 2 3 7 9."""
    found = []
    for part in text.split(','):
        first, _, last = part.partition('-')
        found.extend(range(int(first), int(last or first) + 1))
    return found


def pattern(size):
    return bytes(i & 0xff for i in range(size))


def family_of(address):
    return socket.AF_INET6 if ':' in address else socket.AF_INET


def udp_socket(address, source, sport):
    family = family_of(address)
    sock = socket.socket(family, socket.SOCK_DGRAM)
    if source or sport:
        any_address = '::' if family == socket.AF_INET6 else '0.0.0.0'
        sock.bind((source or any_address, sport))
    return sock


# Socket options that make the kernel add an IP option which another kernel
# then objects to.
OPTIONS = {
    # A record route option with room for one address and two bytes more: the
    # sender fills the one, and the next router finds half a place left.
    'half-route': [(socket.IPPROTO_IP, socket.IP_OPTIONS, bytes([7, 9, 4] + [0] * 9))],
    # A destination option that nobody knows (0x9e, for experiments), whose
    # first two bits ask for an answer.
    'unknown': [(socket.IPPROTO_IPV6, socket.IPV6_DSTOPTS, bytes([0, 0, 0x9e, 4, 0, 0, 0, 0]))],
    # A hop-by-hop option that announces a jumbogram of 100 bytes.
    'small-jumbo': [(socket.IPPROTO_IPV6, socket.IPV6_HOPOPTS, bytes([0, 0, 0xc2, 4, 0, 0, 0, 100]))],
}


def udp(args):
    """Sends one datagram for each port (times each size), at a steady pace.

    With --step, port and size advance together instead. The socket is not
    connected, so refusals are not reported to it and it never gives up.
    """
    ports, sizes = numbers(args.ports), numbers(args.sizes)
    if args.step:
        plan = list(zip(ports, sizes))
    else:
        plan = [(port, size) for size in sizes for port in ports]
    sock = udp_socket(args.address, args.source, args.sport)
    if args.hops and sock.family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, args.hops)
    elif args.hops:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, args.hops)
    for level, name, value in OPTIONS.get(args.option, []):
        sock.setsockopt(level, name, value)
    due = time.monotonic()
    for port, size in plan * args.rounds:
        time.sleep(max(0, due - time.monotonic()))
        sock.sendto(pattern(size), (args.address, port))
        due += args.gap


def tcp(args):
    """Tries to connect to each port once, and gives up soon."""
    for port in numbers(args.ports):
        with socket.socket(family_of(args.address), socket.SOCK_STREAM) as sock:
            sock.settimeout(0.2)
            with contextlib.suppress(OSError):
                sock.connect((args.address, port))


def protocol(args):
    """One packet of an IP protocol that no host has."""
    with socket.socket(family_of(args.address), socket.SOCK_RAW, args.number) as sock:
        sock.sendto(pattern(24), (args.address, 0))


def snmp(args):
    """Asks for sysUpTime.0 (SNMPv1, community "public"); retries each second."""
    oid = bytes([0x06, 0x08, 0x2b, 6, 1, 2, 1, 1, 3, 0])
    binding = bytes([0x30, len(oid) + 2]) + oid + bytes([5, 0])
    bindings = bytes([0x30, len(binding)]) + binding
    request = bytes([2, 1, 1, 2, 1, 0, 2, 1, 0]) + bindings
    pdu = bytes([0xa0, len(request)]) + request
    body = bytes([2, 1, 0, 4, 6]) + b'public' + pdu
    sock = udp_socket(args.address, args.source, 0)
    for _ in range(args.rounds):
        sock.sendto(bytes([0x30, len(body)]) + body, (args.address, 161))
        time.sleep(1)


def sip(args):
    """SIP OPTIONS, repeated after 0.5, 1, 2, 4 seconds as RFC 3261 says."""
    text = '\r\n'.join([
        'OPTIONS sip:ping@example.com SIP/2.0',
        f'Via: SIP/2.0/UDP {args.source}:5060;branch=z9hG4bK2055',
        'Max-Forwards: 70',
        f'From: <sip:ping@{args.source}>;tag=1',
        'To: <sip:ping@example.com>',
        f'Call-ID: 1@{args.source}',
        'CSeq: 1 OPTIONS',
        'Content-Length: 0', '', ''])
    sock = udp_socket(args.address, args.source, 5060)
    for pause in (0.5, 1, 2, 4, 0):
        sock.sendto(text.encode(), (args.address, 5060))
        time.sleep(pause)


UDP_SERVERS = [('203.0.113.53', 53), ('203.0.113.123', 123), ('203.0.113.80', 443)]
TCP_SERVERS = [('203.0.113.80', 80), ('203.0.113.80', 443)]
CLIENTS = ['198.51.100.23', '198.51.100.31', '198.51.100.47', '198.51.100.62']


def serve(_args):
    """UDP and TCP servers that answer each request with three times as much."""
    def answer(sock):
        while True:
            data, peer = sock.recvfrom(2048)
            sock.sendto(data * 3, peer)

    def accept(sock):
        while True:
            conn, _ = sock.accept()
            with conn:
                conn.sendall(conn.recv(2048) * 3)

    for kind, servers, work in ((socket.SOCK_DGRAM, UDP_SERVERS, answer),
                                (socket.SOCK_STREAM, TCP_SERVERS, accept)):
        for server in servers:
            sock = socket.socket(socket.AF_INET, kind)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(server)
            if kind == socket.SOCK_STREAM:
                sock.listen(64)
            threading.Thread(target=work, args=(sock,), daemon=True).start()
    print('ready', flush=True)
    threading.Event().wait()


def flows(args):
    """Many short exchanges with the servers, each from a new source port."""
    chance = random.Random(5)
    begin = time.monotonic()
    for i in range(args.count):
        time.sleep(max(0, begin + i * args.seconds / args.count - time.monotonic()))
        stream = chance.random() < 0.2
        kind = socket.SOCK_STREAM if stream else socket.SOCK_DGRAM
        with socket.socket(socket.AF_INET, kind) as sock:
            sock.settimeout(2)
            sock.bind((chance.choice(CLIENTS), 0))
            sock.connect(chance.choice(TCP_SERVERS if stream else UDP_SERVERS))
            sock.send(pattern(chance.randrange(24, 300)))
            sock.recv(2048)


def late(_args):
    """A DNS and an NTP server that answer each request 1.5 seconds later."""
    def dns(request):
        flags = struct.unpack('!H', request[2:4])[0] | 0x8080
        return request[:2] + struct.pack('!H', flags) + request[4:]

    def ntp(request):
        return bytes([request[0] & 0x38 | 4, 2]) + request[2:]

    waiting = {}
    for address, port, answer in (('203.0.113.53', 53, dns), ('203.0.113.123', 123, ntp)):
        sock = udp_socket(address, address, port)
        waiting[sock] = answer
    print('ready', flush=True)
    while True:
        for sock in select.select(waiting, [], [])[0]:
            request, peer = sock.recvfrom(2048)
            threading.Timer(1.5, sock.sendto, (waiting[sock](request), peer)).start()


def ntp(args):
    """Asks for the time (NTPv4) from a new port each time; does not wait long."""
    for _ in range(args.rounds):
        with udp_socket(args.address, args.source, 0) as sock:
            sock.sendto(bytes([0x23]) + bytes(47), (args.address, 123))
            time.sleep(0.1)


def tunnel(args):
    """Carries packets between two tun devices, each in its own namespace."""
    ends = []
    for name, namespace in (args.here, args.there):
        end = os.open('/dev/net/tun', os.O_RDWR)
        iff_tun, iff_no_pi, tunsetiff = 0x0001, 0x1000, 0x400454ca
        fcntl.ioctl(end, tunsetiff, struct.pack('16sH22x', name.encode(), iff_tun | iff_no_pi))
        subprocess.run(['ip', 'link', 'set', 'dev', name, 'netns', namespace], check=True)
        ends.append(end)
    print('ready', flush=True)
    while True:
        for end in select.select(ends, [], [])[0]:
            try:
                packet = os.read(end, 65536)
                os.write(ends[1 - ends.index(end)], packet)
            except OSError as error:
                print(error, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser('udp')
    command.set_defaults(run=udp)
    command.add_argument('address')
    command.add_argument('ports')
    command.add_argument('sizes')
    command.add_argument('--step', action='store_true')
    command.add_argument('--source')
    command.add_argument('--sport', type=int, default=0)
    command.add_argument('--gap', type=float, default=0.02)
    command.add_argument('--rounds', type=int, default=1)
    command.add_argument('--hops', type=int)
    command.add_argument('--option', choices=OPTIONS)

    command = commands.add_parser('tcp')
    command.set_defaults(run=tcp)
    command.add_argument('address')
    command.add_argument('ports')

    command = commands.add_parser('protocol')
    command.set_defaults(run=protocol)
    command.add_argument('address')
    command.add_argument('number', type=int)

    command = commands.add_parser('snmp')
    command.set_defaults(run=snmp)
    command.add_argument('source')
    command.add_argument('address')
    command.add_argument('--rounds', type=int, default=6)

    command = commands.add_parser('sip')
    command.set_defaults(run=sip)
    command.add_argument('source')
    command.add_argument('address')

    command = commands.add_parser('ntp')
    command.set_defaults(run=ntp)
    command.add_argument('source')
    command.add_argument('address')
    command.add_argument('--rounds', type=int, default=1)

    command = commands.add_parser('late')
    command.set_defaults(run=late)

    command = commands.add_parser('serve')
    command.set_defaults(run=serve)

    command = commands.add_parser('flows')
    command.set_defaults(run=flows)
    command.add_argument('count', type=int)
    command.add_argument('seconds', type=float)

    command = commands.add_parser('tunnel')
    command.set_defaults(run=tunnel)
    command.add_argument('--here', nargs=2, metavar=('DEVICE', 'NAMESPACE'))
    command.add_argument('--there', nargs=2, metavar=('DEVICE', 'NAMESPACE'))

    args = parser.parse_args()
    args.run(args)


main()
PYTHON
}

# traffic NS SUBCOMMAND...: runs the helper inside a namespace.
traffic() {
    local ns=$1
    shift
    in_ns "$ns" python3 "$WORK/traffic.py" "$@"
}

# ---------------------------------------------------------------------------
# Captures

# capture NS DEVICE FILE FILTER [OPTION...]: starts tcpdump and returns once it
# listens.
capture() {
    local ns=$1 dev=$2 filter=$4
    capture_file=$WORK/$3
    shift 4
    start "$ns" "$WORK/tcpdump.log" \
        tcpdump -i "$dev" -n -U --immediate-mode -s 0 -Z root "$@" -w "$capture_file" "$filter"
    capture_pid=$started
    wait_until 10 "tcpdump on $dev" grep -q '^tcpdump: listening on\|^listening on' "$WORK/tcpdump.log"
}

# count FILE FILTER: number of packets that match.
count() {
    tcpdump --count -nr "$1" "$2" 2>/dev/null | cut -d ' ' -f 1
}

at_least() {
    (($(count "$1" "$2") >= $3))
}

# capture_end NUMBER [FILTER]: waits for NUMBER destination unreachable messages
# (those that match FILTER), stops tcpdump, and puts the file into place.
capture_end() {
    local filter=${2:-$UNREACHABLE}
    wait_until 20 "$1 unreachables in ${capture_file##*/}" at_least "$capture_file" "$filter" "$1"
    capture_stop
    keep "$capture_file" "$filter"
}

# capture_stop: stops tcpdump.
capture_stop() {
    finish "$capture_pid" INT || die "tcpdump failed: $(<"$WORK/tcpdump.log")"
    grep -q '^0 packets dropped by kernel' "$WORK/tcpdump.log" ||
        die "${capture_file##*/}: $(<"$WORK/tcpdump.log")"
}

# keep FILE [FILTER]: puts a file into place.
keep() {
    capinfos "$1" >/dev/null || die "${1##*/} is damaged"
    place "$1" "$(count "$1" '')" "$(count "$1" "${2:-$UNREACHABLE}")"
}

# place FILE PACKETS UNREACHABLES
place() {
    local name=${1##*/}
    install -m 644 "$1" "$OUT/$name"
    printf '%-20s %7d bytes %5d packets %5d unreachables\n' "$name" \
        "$(stat -c %s "$1")" "$2" "$3"
}

# softflowd gets packets from the kernel one full buffer at a time, so the flows
# of the last, partly filled buffer are never exported. All others are.
all_exported() {
    softflowctl -c "$WORK/softflowd.ctl" statistics |
        grep -q '^Number of active flows: 0$'
}

# As many refusals as datagrams.
all_refused() {
    local sent
    sent=$(count "$capture_file" udp)
    ((sent > 0)) && at_least "$capture_file" "$UNREACHABLE" "$sent"
}

# A NetFlow exporter whose collector is down, and others who knock.
make_collector_down() {
    local servers exporter snmp sip syslog
    start ws-outside "$WORK/serve.log" python3 "$WORK/traffic.py" serve
    servers=$started
    wait_until 10 'the servers' grep -q ready "$WORK/serve.log"

    capture ws-border lan0 collector-down.pcap "$FILTER"

    # The exporter of the border router. The timeouts are far shorter than the
    # usual ones, so that flows are exported within seconds.
    start ws-border "$WORK/softflowd.log" \
        softflowd -d -i inside0 -v 5 -n 192.0.2.10:2055 \
        -t udp=1 -t tcp.fin=1 -t tcp.rst=1 -t tcp=2 -t icmp=1 -t general=1 -t expint=2 \
        -p "$WORK/softflowd.pid" -c "$WORK/softflowd.ctl" \
        'host 203.0.113.53 or host 203.0.113.80 or host 203.0.113.123'
    exporter=$started
    wait_until 10 softflowd grep -q '^Exporting flows' "$WORK/softflowd.log"

    # Others who knock at the same host.
    start ws-inside "$WORK/snmp.log" \
        python3 "$WORK/traffic.py" snmp 198.51.100.23 192.0.2.10
    snmp=$started
    start ws-inside "$WORK/sip.log" \
        python3 "$WORK/traffic.py" sip 198.51.100.23 192.0.2.10
    sip=$started
    # shellcheck disable=SC2016  # expanded by the inner shell
    start ws-border "$WORK/syslog.log" bash -c '
        for second in 1 2 3 4 5 6 7 8 9 10; do
            echo "second $second of the capture"
            sleep 1
        done | logger --udp --server 2001:db8::a --port 514 --tag border --rfc5424=notq,nohost'
    syslog=$started

    traffic ws-inside flows 1300 12

    finish "$snmp"
    finish "$sip"
    finish "$syslog"
    wait_until 20 'the last export' all_exported
    finish "$exporter" TERM || true
    finish "$servers" TERM || true
    wait_until 10 'the last refusal' all_refused
    capture_end 1
}

# UDP over IPv4: the kernel quotes as much as fits into an ICMP packet of 576
# bytes, that is 520 bytes of UDP payload.
make_udp4() {
    capture ws-border lan0 udp4-small.pcap "$FILTER"
    traffic ws-border udp --step 192.0.2.10 40000-40032 0-32
    capture_end 33

    capture ws-border lan0 udp4-large.pcap "$FILTER"
    traffic ws-border udp --step 192.0.2.10 41000-41010 \
        256,500,519,520,521,548,576,1000,1400,1471,1472
    capture_end 11
}

# UDP over IPv6: the limit is 1280 bytes, that is 1184 bytes of UDP payload.
make_udp6() {
    capture ws-border lan0 udp6-small.pcap "$FILTER"
    traffic ws-border udp --step 2001:db8::a 40000-40032 0-32
    capture_end 33

    capture ws-border lan0 udp6-large.pcap "$FILTER"
    traffic ws-border udp --step 2001:db8::a 41000-41010 \
        500,548,1000,1183,1184,1185,1232,1280,1400,1451,1452
    capture_end 11
}

# 1000 empty datagrams, one every 2 ms, to 100 ports in turn.
make_burst() {
    capture ws-border lan0 burst.pcap "$FILTER"
    traffic ws-border udp 192.0.2.10 20000-20099 0 --rounds 10 --gap 0.002
    capture_end 1000
}

# The refusing host captures on all devices: LAN and loopback.
make_any() {
    local type name
    for type in LINUX_SLL LINUX_SLL2; do
        name=any-${type,,}
        capture ws-collector any "${name/linux_/}.pcap" "$FILTER" -y "$type"
        traffic ws-border udp 192.0.2.10 9,514,2055,5060 32
        traffic ws-inside udp 192.0.2.10 161,5060 32
        traffic ws-border udp 2001:db8::a 9,514,2055 32
        traffic ws-inside udp 2001:db8::a 514 32
        traffic ws-collector udp 192.0.2.10 8125 32
        traffic ws-collector udp 2001:db8::a 8125 32
        capture_end 12
    done
}

# A tunnel between the border router and the host, made of two tun devices.
# Packets on such a device begin with the IP header.
make_raw() {
    local tunnel
    start ws-border "$WORK/tunnel.log" python3 "$WORK/traffic.py" tunnel \
        --here tun0 ws-border --there tun1 ws-collector
    tunnel=$started
    wait_until 10 'the tunnel' grep -q ready "$WORK/tunnel.log"
    ip -n ws-border address add 198.51.100.129/32 peer 198.51.100.130 dev tun0
    ip -n ws-border address add 2001:db8:3::1/64 dev tun0 nodad
    ip -n ws-border link set dev tun0 up
    ip -n ws-collector address add 198.51.100.130/32 peer 198.51.100.129 dev tun1
    ip -n ws-collector address add 2001:db8:3::2/64 dev tun1 nodad
    ip -n ws-collector link set dev tun1 up

    capture ws-border tun0 raw-ip.pcap "$FILTER"
    traffic ws-border udp 198.51.100.130 161,514,2055,4739 0,48,700
    traffic ws-border udp 2001:db8:3::2 161,514,2055,4739 0,48,700
    capture_end 24
    finish "$tunnel" TERM || true
}

# dumpcap writes pcapng, here from two interfaces of the border router.
make_pcapng() {
    local file=$WORK/udp4-small.pcapng dumpcap
    start ws-border "$WORK/dumpcap.log" dumpcap -q -n -s 0 \
        -f "$FILTER" -i lan0 -i inside0 -w "$file"
    dumpcap=$started
    wait_until 10 dumpcap grep -q '^File: ' "$WORK/dumpcap.log"
    traffic ws-border udp 192.0.2.10 2055,9995 0,1,24,120
    traffic ws-border udp 198.51.100.23 161,514 32
    # Through the border router, and so seen on both interfaces.
    traffic ws-inside udp 192.0.2.10 514,5060 64
    traffic ws-border udp 2001:db8::a 2055,9995 0,1,24,120
    traffic ws-border udp 2001:db8:1::23 161,514 32
    traffic ws-inside udp 2001:db8::a 514,5060 64
    wait_until 10 '28 unreachables in udp4-small.pcapng' at_least "$file" "$UNREACHABLE" 28
    finish "$dumpcap" INT || die "dumpcap failed: $(<"$WORK/dumpcap.log")"
    keep "$file"
}

# 64 bytes hold the Ethernet, IP and ICMP headers, the quoted IP header, and
# the first two bytes of the quoted UDP header.
make_snaplen() {
    capture ws-border lan0 snaplen.pcap "$FILTER" -s 64
    traffic ws-border udp 192.0.2.10 161,514,2055,5060,9995,9996 0,4,200
    capture_end 18
}

# The border router refuses to forward, for many reasons.
make_reject() {
    local code port proto

    # Rules: port 17000 up are refused for IPv4, port 18000 up for IPv6. The
    # order is that of the ICMP codes.
    {
        echo 'add table inet border'
        echo 'add chain inet border forward { type filter hook forward priority filter; }'
        port=17000
        for code in net-unreachable host-unreachable prot-unreachable port-unreachable \
            net-prohibited host-prohibited admin-prohibited; do
            for proto in udp tcp; do
                echo "add rule inet border forward meta nfproto ipv4 $proto dport $port reject with icmp type $code"
            done
            port=$((port + 1))
        done
        port=18000
        for code in no-route admin-prohibited addr-unreachable port-unreachable \
            policy-fail reject-route; do
            for proto in udp tcp; do
                echo "add rule inet border forward meta nfproto ipv6 $proto dport $port reject with icmpv6 type $code"
            done
            port=$((port + 1))
        done
    } >"$WORK/reject.nft"
    in_ns ws-border nft -f "$WORK/reject.nft"

    # Routes that refuse.
    ip -n ws-border route add unreachable 203.0.113.160/28
    ip -n ws-border route add prohibit 203.0.113.176/28
    ip -n ws-border route add unreachable 2001:db8:2:a::/64
    ip -n ws-border route add prohibit 2001:db8:2:b::/64
    # A link too small for 1400 bytes.
    ip -n ws-border link set dev outside0 mtu 1280
    ip -n ws-outside link set dev outside0 mtu 1280

    capture ws-border inside0 reject.pcap "udp or tcp or icmp or icmp6[0] < 128 or ip proto 253"

    traffic ws-inside udp 192.0.2.10 17000-17006 24
    traffic ws-inside tcp 192.0.2.10 17000-17006
    traffic ws-inside udp 2001:db8::a 18000-18005 24
    traffic ws-inside tcp 2001:db8::a 18000-18005

    # Routes: code 1 and 13; no route at all: code 0.
    traffic ws-inside udp 203.0.113.161 17100 24
    traffic ws-inside udp 203.0.113.177 17101 24
    traffic ws-inside udp 203.0.113.200 17102 24
    # The same for IPv6: code 0, 1, 0.
    traffic ws-inside udp 2001:db8:2:a::1 18100 24
    traffic ws-inside udp 2001:db8:2:b::1 18101 24
    traffic ws-inside udp 2001:db8:2:c::1 18102 24

    # Nobody has these addresses: after three seconds without an answer from
    # ARP or neighbor discovery come code 1 and, for IPv6, code 3.
    traffic ws-inside udp 192.0.2.77 17103 24
    traffic ws-inside udp 2001:db8::77 18103 24

    # Too large for the next link: code 4. The IPv6 counterpart is a message
    # of its own, packet too big, which is not a destination unreachable.
    traffic ws-inside udp 203.0.113.80 17104 1372
    traffic ws-inside udp 2001:db8:2::80 18104 1352

    # A protocol that the host does not have: code 2, from the host itself.
    traffic ws-inside protocol 192.0.2.10 253

    # 14 + 12 by rules, 6 by routes, 2 by absent hosts, 1 by size, 1 by protocol.
    capture_end 36

    in_ns ws-border nft delete table inet border
}

# A host that refuses 200 times a second and no more. The limit is a rule,
# because the kernel's own limit for ICMP (icmp_msgs_per_sec) is not even: it
# counts each message as none, one, or two, at random.
make_limited() {
    in_ns ws-collector nft -f - <<'RULES'
add table ip limited
add chain ip limited output { type filter hook output priority filter; }
add rule ip limited output icmp type destination-unreachable icmp code port-unreachable limit rate 200/second burst 5 packets accept
add rule ip limited output icmp type destination-unreachable icmp code port-unreachable drop
RULES
    capture ws-collector lan0 limited.pcap "$FILTER"
    traffic ws-border udp 192.0.2.10 2055 4 --sport 40055 --rounds 3600 --gap 0.002222222
    capture_end 1600
}

# One client asks one host on many ports; another asks many hosts on one port.
make_scan() {
    local host
    for host in {101..130}; do
        ip -n ws-collector address add "192.0.2.$host/24" dev lan0
    done
    capture ws-border lan0 scan.pcap "$FILTER"
    in_ns ws-inside nmap -sU -n -Pn --send-ip -g 50123 --top-ports 120 --max-retries 0 \
        192.0.2.10 >"$WORK/nmap.log"
    in_ns ws-inside nmap -sU -n -Pn --send-ip -e inside0 -S 198.51.100.31 -g 50161 -p 161 \
        --max-retries 0 192.0.2.101-130 >>"$WORK/nmap.log"
    wait_until 10 'the last refusal' all_refused
    capture_end 150
}

# As many ICMP errors as datagrams.
all_answered() {
    local sent
    sent=$(count "$capture_file" udp)
    ((sent > 0)) && at_least "$capture_file" 'icmp or icmp6' "$sent"
}

# The border router is the first hop, the host the second and last.
make_traceroute() {
    capture ws-border inside0 traceroute.pcap "$FILTER"
    in_ns ws-inside traceroute -n 192.0.2.10 >"$WORK/traceroute.log"
    in_ns ws-inside traceroute -6 -n 2001:db8::a >>"$WORK/traceroute.log"
    wait_until 10 'the last answer' all_answered
    capture_end 2
}

# Servers answer when the clients have given up and closed their sockets.
make_late_answers() {
    local servers name clients=() client
    start ws-outside "$WORK/late.log" python3 "$WORK/traffic.py" late
    servers=$started
    wait_until 10 'the servers' grep -q ready "$WORK/late.log"

    capture ws-border inside0 late-answers.pcap "$FILTER"
    for name in host{01..20}.example.com; do
        start ws-inside "$WORK/dig.log" \
            dig +time=1 +tries=1 @203.0.113.53 -b 198.51.100.23 "$name" A
        clients+=("$started")
        sleep 0.05
    done
    traffic ws-inside ntp 198.51.100.31 203.0.113.123 --rounds 4
    for client in "${clients[@]}"; do
        # The status of dig for "no reply" is 9.
        finish "$client" || (($? == 9)) || die "dig failed: $(<"$WORK/dig.log")"
    done
    capture_end 24
    finish "$servers" TERM || true
}

# The border router captures on all devices: whatever it forwards comes in on
# one and goes out on another.
make_any_forwarded() {
    capture ws-border any any-forwarded.pcap "$FILTER" -y LINUX_SLL2
    traffic ws-inside udp 192.0.2.10 9,161,514,2055,5060 32
    traffic ws-inside udp 2001:db8::a 9,161,514,2055,5060 32
    capture_end 20
}

# subinterface NS1 DEVICE ID NS2 [PROTOCOL]: makes a VLAN device in NS2 on top of
# DEVICE, which is in NS1.
subinterface() {
    ip -n "$1" link add link "$2" name "$2.$3" netns "$4" type vlan \
        protocol "${5:-802.1Q}" id "$3"
    ip -n "$4" link set dev "$2.$3" up
}

# A capture on all devices has each packet twice: from the VLAN device and from
# the device below it. The tag of the latter is only in the older header.
make_any_vlan() {
    local tagged
    if ! kernel_makes link lan0 type vlan id 1; then
        pass_over 'any-vlan.pcap, any-vlan-sll2.pcap' vlan
        return
    fi
    subinterface ws-border lan0 10 ws-border
    subinterface ws-collector lan0 10 ws-collector
    ip -n ws-border address add 198.51.100.133/30 dev lan0.10
    ip -n ws-border address add 2001:db8:10::1/64 dev lan0.10 nodad
    ip -n ws-collector address add 198.51.100.134/30 dev lan0.10
    ip -n ws-collector address add 2001:db8:10::2/64 dev lan0.10 nodad

    # With the tag put back, the IP header begins at byte 20, not 16.
    tagged='link[14:2] = 0x8100'
    tagged="$UNREACHABLE or ($tagged and link[18:2] = 0x0800 and link[40] = 3) \
        or ($tagged and link[18:2] = 0x86dd and link[60] = 1)"
    capture ws-collector any any-vlan.pcap "$FILTER" -y LINUX_SLL
    traffic ws-border udp 198.51.100.134 9,514,2055,5060 32
    traffic ws-border udp 2001:db8:10::2 514,2055 32
    capture_end 12 "$tagged"

    capture ws-collector any any-vlan-sll2.pcap "$FILTER" -y LINUX_SLL2
    traffic ws-border udp 198.51.100.134 9,514,2055,5060 32
    traffic ws-border udp 2001:db8:10::2 514,2055 32
    capture_end 12
}

# One trunk between two hosts carries three networks, which all use the same
# addresses and ports: VLAN 10, VLAN 20, and VLAN 10 inside service VLAN 30.
make_vlan() {
    local id dev
    if ! kernel_makes link lan0 type vlan id 1; then
        pass_over vlan.pcap vlan
        return
    fi
    for id in 10 20 30; do
        namespace "ws-near-$id"
        namespace "ws-far-$id"
    done
    for id in 10 20; do
        subinterface ws-border lan0 "$id" "ws-near-$id"
        subinterface ws-collector lan0 "$id" "ws-far-$id"
    done
    subinterface ws-border lan0 30 ws-border 802.1ad
    subinterface ws-border lan0.30 10 ws-near-30
    subinterface ws-collector lan0 30 ws-collector 802.1ad
    subinterface ws-collector lan0.30 10 ws-far-30
    for id in 10 20 30; do
        dev=lan0.$id
        ((id != 30)) || dev=lan0.30.10
        ip -n "ws-near-$id" address add 192.0.2.214/24 dev "$dev"
        ip -n "ws-near-$id" address add 2001:db8::d6/64 dev "$dev" nodad
        ip -n "ws-far-$id" address add 192.0.2.10/24 dev "$dev"
        ip -n "ws-far-$id" address add 2001:db8::a/64 dev "$dev" nodad
    done

    # Each "vlan" in a filter moves the rest of it behind one more tag.
    capture ws-border lan0 vlan.pcap "vlan and (($FILTER) or (vlan and ($FILTER)))"
    for id in 10 20 30; do
        traffic "ws-near-$id" udp 192.0.2.10 514,2055 24 --sport 40010
        traffic "ws-near-$id" udp 2001:db8::a 2055 24 --sport 40010
    done
    capture_end 9 "vlan and ($UNREACHABLE or (vlan and ($UNREACHABLE)))"
}

# The border router changes the destination of refusals, and nothing inside
# them, so that the host they reach is not the one that they quote.
make_nat() {
    ip -n ws-inside address add 2001:db8:1::31/64 dev inside0 nodad
    in_ns ws-border nft -f - <<'RULES'
add table inet border
add chain inet border prerouting { type filter hook prerouting priority raw; }
add rule inet border prerouting icmp type destination-unreachable ip daddr 198.51.100.23 notrack ip daddr set 198.51.100.31
add rule inet border prerouting icmpv6 type destination-unreachable ip6 daddr 2001:db8:1::23 notrack ip6 daddr set 2001:db8:1::31
RULES
    capture ws-border inside0 nat.pcap "$FILTER"
    traffic ws-inside udp 192.0.2.10 161,514,2055,5060 32 --source 198.51.100.23
    traffic ws-inside udp 2001:db8::a 161,514,2055,5060 32 --source 2001:db8:1::23
    # Not translated.
    traffic ws-inside udp 192.0.2.10 162,515 32 --source 198.51.100.47
    capture_end 10
}

# tunnel TYPE DEVICE ADDRESS1 ADDRESS2 [OPTION...]: a tunnel between the border
# router (ADDRESS1) and the host (ADDRESS2).
tunnel() {
    local type=$1 dev=$2 near=$3 far=$4 nodad=()
    shift 4
    [[ $near != *:* ]] || nodad=(nodad)
    ip -n ws-border link add name "$dev" type "$type" "$@" local 192.0.2.214 remote 192.0.2.10
    ip -n ws-collector link add name "$dev" type "$type" "$@" local 192.0.2.10 remote 192.0.2.214
    ip -n ws-border link set dev "$dev" up
    ip -n ws-collector link set dev "$dev" up
    ip -n ws-border address add "$near" dev "$dev" "${nodad[@]}"
    ip -n ws-collector address add "$far" dev "$dev" "${nodad[@]}"
}

# Datagrams and refusals inside four kinds of tunnels, captured on the link that
# carries them.
make_tunnel() {
    local type datagrams refusals
    modules_before=" $(cut -d ' ' -f 1 /proc/modules 2>/dev/null | tr '\n' ' ' || true) "
    for type in gre ipip sit 'vxlan id 1 dstport 4789'; do
        # shellcheck disable=SC2086  # several words
        if ! kernel_makes type $type local 192.0.2.214 remote 192.0.2.10; then
            pass_over tunnel.pcap "${type%% *}"
            return
        fi
    done
    tunnel gre gre1 198.51.100.129/30 198.51.100.130/30
    ip -n ws-border address add 2001:db8:3::1/64 dev gre1 nodad
    ip -n ws-collector address add 2001:db8:3::2/64 dev gre1 nodad
    tunnel ipip ipip1 198.51.100.133/30 198.51.100.134/30
    tunnel sit sit1 2001:db8:4::1/64 2001:db8:4::2/64
    tunnel vxlan vxlan1 198.51.100.137/30 198.51.100.138/30 id 42 dstport 4789
    ip -n ws-border address add 2001:db8:5::1/64 dev vxlan1 nodad
    ip -n ws-collector address add 2001:db8:5::2/64 dev vxlan1 nodad

    # By the bytes of the inner headers. After the outer IP header (20), the
    # inner one begins at byte 24 (GRE), 20 (IPIP and 6in4), or 50 (VXLAN, after
    # the headers of UDP, VXLAN, and Ethernet).
    datagrams='(ip proto 47 and ip[22:2] = 0x0800 and ip[33] = 17)
        or (ip proto 47 and ip[22:2] = 0x86dd and ip[30] = 17)
        or (ip proto 4 and ip[29] = 17)
        or (ip proto 41 and ip[26] = 17)
        or (udp port 4789 and ip[48:2] = 0x0800 and ip[59] = 17)
        or (udp port 4789 and ip[48:2] = 0x86dd and ip[56] = 17)'
    refusals='(ip proto 47 and ip[22:2] = 0x0800 and ip[33] = 1 and ip[44] = 3)
        or (ip proto 47 and ip[22:2] = 0x86dd and ip[30] = 58 and ip[64] = 1)
        or (ip proto 4 and ip[29] = 1 and ip[40] = 3)
        or (ip proto 41 and ip[26] = 58 and ip[60] = 1)
        or (udp port 4789 and ip[48:2] = 0x0800 and ip[59] = 1 and ip[70] = 3)
        or (udp port 4789 and ip[48:2] = 0x86dd and ip[56] = 58 and ip[90] = 1)'
    capture ws-border lan0 tunnel.pcap "$datagrams or $refusals"
    traffic ws-border udp 198.51.100.130 161 24
    traffic ws-border udp 2001:db8:3::2 161 24
    traffic ws-border udp 198.51.100.134 161,514 24
    traffic ws-border udp 2001:db8:4::2 161,514 24
    traffic ws-border udp 198.51.100.138 161 24
    traffic ws-border udp 2001:db8:5::2 161 24
    capture_end 8 "$refusals"
}

# What else the kernel has to say, about packets from the host.
make_errors() {
    # Fragments lose all but the first, and the receiver waits for one second.
    in_ns ws-inside sysctl -q net.ipv4.ipfrag_time=1 net.ipv6.ip6frag_time=1
    in_ns ws-border nft -f - <<'RULES'
add table inet border
add chain inet border forward { type filter hook forward priority filter; }
add rule inet border forward ip frag-off & 0x1fff != 0 drop
add rule inet border forward exthdr frag exists frag frag-off != 0 drop
RULES
    # A better way than the border router, on the same link. It is the host
    # itself, which drops what comes back.
    ip -n ws-collector address add 192.0.2.11/24 dev lan0
    ip -n ws-border route add 198.51.100.192/26 via 192.0.2.11
    ip -n ws-border route add 2001:db8:9::/64 via fe80::ff:fe00:a dev lan0
    # A link too small for 1400 bytes.
    ip -n ws-border link set dev outside0 mtu 1280
    ip -n ws-outside link set dev outside0 mtu 1280

    # UDP behind extension headers, protocol 253, and the redirect of IPv6.
    capture ws-border lan0 errors.pcap "$FILTER or (ip6 proto 0 and ip6[40] = 17)
        or ip6 proto 60 or ip6 proto 253 or icmp6[0] = 137"

    # Time exceeded: in transit; for the other fragments.
    traffic ws-collector udp 198.51.100.23 33001 24 --hops 1
    traffic ws-collector udp 2001:db8:1::23 33001 24 --hops 1
    traffic ws-collector udp 198.51.100.23 33002 2000
    traffic ws-collector udp 2001:db8:1::23 33002 2000
    # Redirect.
    traffic ws-collector udp 198.51.100.200 33003 24 --source 192.0.2.10
    traffic ws-collector udp 2001:db8:9::1 33003 24
    # Parameter problem: an option without room for the next address; for IPv6
    # code 0, 1, 2.
    traffic ws-collector udp 198.51.100.23 33004 24 --option half-route
    traffic ws-collector udp 2001:db8::d6 33004 24 --option small-jumbo
    traffic ws-collector protocol 2001:db8::d6 253
    traffic ws-collector udp 2001:db8::d6 33005 24 --option unknown
    # Too large for the next link.
    traffic ws-collector udp 203.0.113.80 33006 1372
    traffic ws-collector udp 2001:db8:2::80 33006 1352

    # Those for the fragments come last, and only one of all is an unreachable.
    wait_until 10 'the last error' at_least "$capture_file" 'icmp or icmp6' 12
    capture_end 1
}

# Time stamps in nanoseconds.
make_nano() {
    capture ws-border lan0 nano.pcap "$FILTER" --time-stamp-precision=nano
    traffic ws-border udp 192.0.2.10 161,514,2055 24
    traffic ws-border udp 2001:db8::a 161,514,2055 24
    capture_end 6
}

# An existing file, compressed.
make_compressed() {
    local file=$OUT/udp4-small.pcap packets unreachables
    [[ -e $file ]] || die 'udp4-small.pcap is missing (make.sh udp4)'
    packets=$(count "$file" '')
    unreachables=$(count "$file" "$UNREACHABLE")
    gzip -9 -n <"$file" >"$WORK/udp4-small.pcap.gz"
    zstd -q -19 <"$file" >"$WORK/udp4-small.pcap.zst"
    place "$WORK/udp4-small.pcap.gz" "$packets" "$unreachables"
    place "$WORK/udp4-small.pcap.zst" "$packets" "$unreachables"
}

# count_any FILE DISPLAY-FILTER: like count, for files with several link types,
# which tcpdump does not read.
count_any() {
    tshark -n -r "$1" -Y "$2" 2>/dev/null | wc -l
}

at_least_any() {
    (($(count_any "$1" "$2") >= $3))
}

# Two link types in one file: Ethernet, and what nftables logs.
make_mixed() {
    local file=$WORK/mixed.pcapng dumpcap unreachable='icmp.type == 3 || icmpv6.type == 1'
    in_ns ws-border nft -f - <<'RULES'
add table inet border
add chain inet border input { type filter hook input priority filter; }
add chain inet border output { type filter hook output priority filter; }
add rule inet border input iifname inside0 icmp type destination-unreachable log group 5 queue-threshold 1
add rule inet border input iifname inside0 icmpv6 type destination-unreachable log group 5 queue-threshold 1
add rule inet border output oifname inside0 meta l4proto udp log group 5 queue-threshold 1
RULES
    start ws-border "$WORK/dumpcap.log" dumpcap -q -n -s 0 \
        -i lan0 -f "$FILTER" -i nflog:5 -w "$file"
    dumpcap=$started
    wait_until 10 dumpcap grep -q '^File: ' "$WORK/dumpcap.log"
    traffic ws-border udp 192.0.2.10 161,514,2055 24        # Ethernet
    traffic ws-border udp 198.51.100.23 161,514,2055 24     # nflog
    traffic ws-border udp 2001:db8::a 161,514 24            # Ethernet
    traffic ws-border udp 2001:db8:1::23 161,514 24         # nflog
    wait_until 10 '10 unreachables in mixed.pcapng' at_least_any "$file" "$unreachable" 10
    finish "$dumpcap" INT || die "dumpcap failed: $(<"$WORK/dumpcap.log")"
    capinfos "$file" >/dev/null || die 'mixed.pcapng is damaged'
    place "$file" "$(count_any "$file" frame)" "$(count_any "$file" "$unreachable")"
}

# The same datagram again and again. IPv6 has no identification, so the bytes
# are the same, and so are those of the refusals.
make_repeat() {
    capture ws-border lan0 repeat.pcap "$FILTER"
    traffic ws-border udp 2001:db8::a 2055 24 --sport 40055 --rounds 5 --gap 0.001
    traffic ws-border udp 2001:db8::a 2055 24 --sport 40055 --rounds 5 --gap 0.3
    capture_end 10
}

# exports FILE: how many exports there are, and how many flows they declare.
exports() {
    tshark -n -r "$1" -d udp.port==2055,cflow -T fields -e cflow.count 2>/dev/null |
        awk '{ flows += $1 } END { print NR, flows + 0 }'
}

# collect FILE: starts a collector on the host, and a capture of what comes to it.
collect() {
    mkdir "$WORK/flows"
    start ws-collector "$WORK/nfcapd.log" \
        env TZ=UTC nfcapd -b 192.0.2.10 -p 2055 -t 86400 -w "$WORK/flows"
    collector=$started
    wait_until 10 nfcapd grep -q '^Startup nfcapd' "$WORK/nfcapd.log"
    capture ws-collector lan0 "$1" 'udp dst port 2055'
}

# collect_end EXPORTS: waits for so many, stops both, and puts into place the
# capture, the flows as nfdump reads them, and what nfcapd had to say.
collect_end() {
    local name=${capture_file##*/} packets flows
    name=${name%.pcap}
    wait_until 10 "$1 exports in $name.pcap" at_least "$capture_file" '' "$1"
    capture_stop
    read -r packets flows < <(exports "$capture_file")
    # Time to read what it has got; whether it was enough is seen below.
    sleep 0.5
    finish "$collector" INT || die "nfcapd failed: $(<"$WORK/nfcapd.log")"
    grep -q "^Ident: 'none' Flows: $flows, " "$WORK/nfcapd.log" ||
        die "nfcapd did not get $flows flows: $(<"$WORK/nfcapd.log")"
    # Not the time of receipt, which is the only thing that is not in the capture.
    TZ=UTC nfdump -R "$WORK/flows" -o json | sed '/^\t"received" : /d' >"$WORK/$name.nfdump.json"
    # Not the folder, which is another each time.
    sed '/^Add flow source: /d' "$WORK/nfcapd.log" >"$WORK/$name.nfcapd.log"
    install -m 644 "$WORK/$name.nfdump.json" "$WORK/$name.nfcapd.log" "$OUT"
    keep "$capture_file"
    echo "    $packets exports with $flows flows"
    rm -r "$WORK/flows"
}

# replay NS FILE OPTION...: exports the flows of FILE. How many exports that took is
# in $replayed.
replay() {
    local ns=$1 file=$2
    shift 2
    in_ns "$ns" softflowd -r "$file" -n 192.0.2.10:2055 -v 5 "$@" \
        >"$WORK/softflowd.log" 2>"$WORK/softflowd.err" ||
        die "softflowd failed: $(<"$WORK/softflowd.err")"
    replayed=$(sed -n 's/^Flows exported: .* in \([0-9]*\) packets (0 failures)$/\1/p' \
        "$WORK/softflowd.log")
    [[ -n $replayed ]] || die "softflowd failed: $(<"$WORK/softflowd.log")"
}

# The flows of a scan. The exporter has just been started when it reads what was
# long ago: its uptime is zero, and the flows were before that.
make_netflow_scan() {
    [[ -e $OUT/scan.pcap ]] || die 'scan.pcap is missing (make.sh scan)'
    collect netflow-scan.pcap
    replay ws-border "$OUT/scan.pcap"
    collect_end "$replayed"
}

# A little of everything, with a clock that goes by the packets (-a).
make_netflow_mixed() {
    local servers
    start ws-outside "$WORK/serve.log" python3 "$WORK/traffic.py" serve
    servers=$started
    wait_until 10 'the servers' grep -q ready "$WORK/serve.log"

    # What the exporter reads, and nobody else.
    capture ws-border inside0 traffic.pcap ip
    traffic ws-inside flows 60 2
    in_ns ws-inside ping -n -q -c 3 -i 0.2 -Q 0x48 203.0.113.80 >"$WORK/ping.log"
    in_ns ws-inside ping -n -q -c 2 -i 0.2 -s 1200 192.0.2.10 >>"$WORK/ping.log"
    traffic ws-inside udp 192.0.2.10 161,514 24         # type 3, code 3
    traffic ws-inside udp 192.0.2.10 33434 24 --hops 1  # type 11, code 0
    traffic ws-inside tcp 192.0.2.10 22,23              # reset
    traffic ws-inside protocol 192.0.2.10 253           # type 3, code 2
    wait_until 10 'the last refusal' at_least "$capture_file" 'icmp[0] = 3 and icmp[1] = 2' 1
    capture_stop
    finish "$servers" TERM || true

    collect netflow-mixed.pcap
    replay ws-border "$WORK/traffic.pcap" -a
    collect_end "$replayed"
}

# One packet of seven, which is every seventh.
make_netflow_sampled() {
    [[ -e $OUT/burst.pcap ]] || die 'burst.pcap is missing (make.sh burst)'
    collect netflow-sampled.pcap
    replay ws-border "$OUT/burst.pcap" -s 7
    collect_end "$replayed"
}

# The exporter is behind the border router, which drops three of twelve exports.
make_netflow_lossy() {
    local servers exporter ping before before_file=$WORK/before.pcap sent dropped
    start ws-outside "$WORK/serve.log" python3 "$WORK/traffic.py" serve
    servers=$started
    wait_until 10 'the servers' grep -q ready "$WORK/serve.log"
    in_ns ws-border nft -f - <<'RULES'
add table ip border
add chain ip border forward { type filter hook forward priority filter; }
add rule ip border forward udp dport 2055 numgen inc mod 12 { 4, 5, 9 } counter drop
RULES

    # What is sent, before any of it is lost.
    start ws-border "$WORK/before.log" tcpdump -i inside0 -n -U --immediate-mode -s 0 -Z root \
        -w "$before_file" 'udp dst port 2055'
    before=$started
    wait_until 10 'tcpdump on inside0' grep -q 'listening on' "$WORK/before.log"
    collect netflow-lossy.pcap

    start ws-inside "$WORK/softflowd.log" \
        softflowd -d -i 7:inside0 -C 1500 -v 5 -n 192.0.2.10:2055 \
        -t udp=1 -t tcp.fin=1 -t tcp.rst=1 -t tcp=2 -t icmp=1 -t general=1 -t expint=0 \
        -p "$WORK/softflowd.pid" -c "$WORK/softflowd.ctl" \
        'host 203.0.113.53 or host 203.0.113.80 or host 203.0.113.123'
    exporter=$started
    wait_until 10 softflowd grep -q '^Exporting flows' "$WORK/softflowd.log"
    # Large packets besides, since softflowd waits for full buffers.
    start ws-inside "$WORK/ping.log" ping -n -q -i 0.008 -s 1400 203.0.113.80
    ping=$started
    traffic ws-inside flows 400 24
    finish "$ping" INT || die "ping failed: $(<"$WORK/ping.log")"
    wait_until 20 'the last export' all_exported
    finish "$exporter" TERM || true
    finish "$servers" TERM || true

    finish "$before" INT || die "tcpdump failed: $(<"$WORK/before.log")"
    sent=$(exports "$before_file")
    case $(((${sent% *} - 1) % 12)) in
    4 | 5 | 9) die 'the last export was lost, which nothing behind it shows' ;;
    esac
    dropped=$(in_ns ws-border nft list chain ip border forward |
        sed -n 's/.* counter packets \([0-9]*\) .*/\1/p')
    collect_end "$((${sent% *} - dropped))"
    echo "    of ${sent/ / exports with } flows, $dropped exports dropped"
}

# ---------------------------------------------------------------------------

[[ $EUID -eq 0 ]] || die 'must run as root'
for tool in capinfos dig dumpcap ethtool ip logger modprobe nfcapd nfdump nft nmap ping python3 \
    softflowctl softflowd sysctl tcpdump traceroute tshark zstd; do
    command -v "$tool" >/dev/null || die "$tool is not installed"
done

targets=("$@")
if ((${#targets[@]} == 0)); then
    targets=(collector_down udp4 udp6 burst any raw pcapng snaplen reject limited scan
        traceroute late_answers any_forwarded any_vlan vlan nat tunnel errors nano
        compressed mixed repeat netflow_scan netflow_mixed netflow_sampled netflow_lossy)
fi
for target in "${targets[@]}"; do
    [[ $(type -t "make_$target") = function && $target != network ]] || die "cannot make $target"
done

trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
WORK=$(mktemp -d)
write_helper
# Each target gets a fresh network, so that neither routes nor learned path
# MTUs carry over.
for target in "${targets[@]}"; do
    make_network
    "make_$target"
    for ns in "${created[@]}"; do
        ip netns del "$ns"
    done
    created=()
done
((skipped == 0))
