"""A client of the agent protocol, written from PROTOCOL.md alone: the second implementation that init is tested against."""

import os
import select
import socket
import struct
import time

MAGIC = b"CTUI-AGENT-PRE\x01\x0a"

HELLO, HELLO_OK, OK, ERROR, SETUP, SPAWN, SIGNAL, RESIZE, STATS, PROCESSES, SHUTDOWN = range(1, 12)
EXITED, DATA_IN, DATA_OUT, DATA_ERR, EOF_IN, EOF_OUT, EOF_ERR, CREDIT, RELEASE, PING, ATTACH, PREPARE = range(12, 24)
FREEZE, LIMITS, FREEZE_DISK, MOUNT = range(24, 28)

VERSION, NONCE, LEASE, ARCH, KERNEL, CLOCK, STAMP, PROCESS, ERRNO, TEXT, PID, HANDLE = range(1, 13)
SIGNAL_NUMBER, COLUMNS, ROWS, EXIT_CODE, CREDIT_IN, CREDIT_OUT, CREDIT_ERR, OFFSET_OUT, OFFSET_ERR, FROZEN = range(13, 23)
(HOSTNAME, TIME, ENTROPY, ROOT_DISK, UPPER_DISK, ADDRESS, GATEWAY, NAMESERVER, SEARCH, HOST, SHM_BYTES, CPU_QUOTA,
 MEMORY_LIMIT, MTU) = range(32, 46)
JOIN, PROGRAM, PROGRAM_PATH = range(47, 50)
TARGET, DISK, READ_ONLY, COPY, FLAGS, OPTIONS = range(56, 62)
(ROLE, ARGUMENT, ENVIRONMENT, DIRECTORY, USER, TERMINAL, STDIN, CAPABILITIES, NO_NEW_PRIVILEGES,
 RLIMIT, RETAIN) = range(64, 75)
PROCESS_INFO = 112

DEADLINE_SECONDS = int(os.environ.get("GUEST_DEADLINE_SECONDS", "60"))


def u32(value):
    return struct.pack("<I", value)


def u64(value):
    return struct.pack("<Q", value)


def field(tag, value):
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, int):
        value = u32(value)
    return struct.pack("<HHI", tag, 0, len(value)) + value


def fields(pairs):
    return b"".join(field(tag, value) for tag, value in pairs)


def parse(payload):
    """All fields as a list of (tag, bytes)."""
    found = []
    while payload:
        tag, zero, length = struct.unpack_from("<HHI", payload)
        assert zero == 0 and 8 + length <= len(payload), payload[:64]
        found.append((tag, payload[8 : 8 + length]))
        payload = payload[8 + length :]
    return found


def frame(kind, number, payload=b""):
    return struct.pack("<IB3xI", len(payload), kind, number) + payload


def connect(path):
    """A connection to a socket of QEMU's, whose file is there a moment before QEMU listens."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(path)
            return connection
        except ConnectionRefusedError:
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


class Refused(Exception):
    """An ERROR answer."""

    def __init__(self, errno, text):
        super().__init__(f"errno {errno}: {text}")
        self.errno = errno
        self.text = text


class Process:
    """What a client knows of one process."""

    def __init__(self, handle, credit_in):
        self.handle = handle
        self.credit_in = credit_in
        self.granted = {1: 0, 2: 0}
        self.out = bytearray()
        self.err = bytearray()
        self.eof = set()
        self.exit_code = None
        self.signal = None


class Client:
    """One connection. Frames are read whenever something is awaited."""

    def __init__(self, path, first=True, lease_ms=0):
        self.socket = connect(path)
        self.buffer = bytearray()
        self.number = 0
        self.answers = {}
        self.processes = {}
        self.automatic_credit = True
        nonce = os.urandom(16)
        self.send_raw((b"" if first else bytes(65564)) + MAGIC)
        self.send_raw(frame(HELLO, 0, fields([(VERSION, 1), (NONCE, nonce), (LEASE, lease_ms)])))
        self.hello = self._await_hello(nonce)

    def close(self):
        self.socket.close()

    def send_raw(self, data):
        self.socket.sendall(data)

    def _await_hello(self, nonce):
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            self._fill(deadline)
            at = self.buffer.find(MAGIC)
            if at < 0 or len(self.buffer) < at + 28:
                continue
            length, kind = struct.unpack_from("<IB", self.buffer, at + 16)
            if len(self.buffer) < at + 28 + length:
                continue
            answer = parse(bytes(self.buffer[at + 28 : at + 28 + length]))
            if kind == HELLO_OK and (NONCE, nonce) in answer:
                del self.buffer[: at + 28 + length]
                return answer
            del self.buffer[: at + 1]

    def _fill(self, deadline):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the guest did not answer")
        self.socket.settimeout(left)
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the guest is gone")
        self.buffer += data

    def _take_frame(self):
        if len(self.buffer) < 12:
            return None
        length, kind, z0, z1, z2, number = struct.unpack_from("<IBBBBI", self.buffer)
        assert length <= 65536 and (z0, z1, z2) == (0, 0, 0), bytes(self.buffer[:12])
        if len(self.buffer) < 12 + length:
            return None
        payload = bytes(self.buffer[12 : 12 + length])
        del self.buffer[: 12 + length]
        return kind, number, payload

    def _handle(self, kind, number, payload):
        if kind in (OK, ERROR):
            assert number not in self.answers
            self.answers[number] = (kind, payload)
            return
        process = self.processes[number]
        assert process.exit_code is None or kind == EXITED, "a message after EXITED"
        if kind in (DATA_OUT, DATA_ERR):
            channel = kind - DATA_IN
            assert payload and channel not in process.eof
            process.granted[channel] -= len(payload)
            assert process.granted[channel] >= 0, "more than the credit"
            (process.out if channel == 1 else process.err).extend(payload)
            if self.automatic_credit:
                self.grant(process, channel, len(payload))
        elif kind in (EOF_OUT, EOF_ERR):
            process.eof.add(kind - EOF_IN)
        elif kind == CREDIT:
            channel, count = struct.unpack("<II", payload)
            assert channel == 0
            process.credit_in += count
            assert process.credit_in <= 65536
        elif kind == EXITED:
            assert process.eof == {1, 2}, "EXITED before the ends of output"
            answer = dict(parse(payload))
            process.exit_code = struct.unpack("<I", answer[EXIT_CODE])[0]
            if SIGNAL_NUMBER in answer:
                process.signal = struct.unpack("<I", answer[SIGNAL_NUMBER])[0]
        else:
            raise AssertionError(f"frame of type {kind}")

    def pump(self, condition, seconds=DEADLINE_SECONDS):
        """Reads frames until the condition holds."""
        deadline = time.monotonic() + seconds
        while not condition():
            taken = self._take_frame()
            if taken is None:
                self._fill(deadline)
            else:
                self._handle(*taken)

    def pump_for(self, seconds):
        """Reads what comes within a time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            taken = self._take_frame()
            if taken is not None:
                self._handle(*taken)
            elif select.select([self.socket], [], [], max(0, deadline - time.monotonic()))[0]:
                self._fill(time.monotonic() + 1)

    def pump_until_still(self, process, seconds=0.5):
        """Reads what is on its way yet, until nothing comes from a process for a time."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        before = -1
        while before != len(process.out):
            assert time.monotonic() < deadline, "the process goes on"
            before = len(process.out)
            self.pump_for(seconds)

    def pump_for_bytes(self, seconds):
        """Reads and forgets what comes within a time."""
        deadline = time.monotonic() + seconds
        while select.select([self.socket], [], [], max(0, deadline - time.monotonic()))[0]:
            if time.monotonic() > deadline or not self.socket.recv(1 << 20):
                return

    def send_request(self, kind, payload=b""):
        self.number += 1
        self.send_raw(frame(kind, self.number, payload))
        return self.number

    def await_answer(self, number):
        self.pump(lambda: number in self.answers)
        kind, payload = self.answers.pop(number)
        if kind == ERROR:
            answer = dict(parse(payload))
            raise Refused(struct.unpack("<I", answer[ERRNO])[0], answer[TEXT].decode())
        return payload

    def request(self, kind, pairs=()):
        return parse(self.await_answer(self.send_request(kind, fields(pairs))))

    def ping(self, payload=b"ping"):
        assert self.await_answer(self.send_request(PING, payload)) == payload

    def prepare(self, extra=(), upper=True):
        pairs = [(ROOT_DISK, "root")] + ([(UPPER_DISK, "upper")] if upper else [])
        return self.request(PREPARE, pairs + list(extra))

    def setup(self, extra=(), upper=True, hostname="guest"):
        pairs = [(HOSTNAME, hostname), (TIME, u64(time.time_ns())), (ENTROPY, os.urandom(32)), (ROOT_DISK, "root")]
        if upper:
            pairs.append((UPPER_DISK, "upper"))
        return self.request(SETUP, pairs + list(extra))

    def stats(self, tag):
        return struct.unpack("<Q", dict(self.request(STATS))[tag])[0]

    def spawn(self, *arguments, handle, role=1, stdin=False, terminal=None, credit=1 << 16, extra=(), env=()):
        pairs = [(HANDLE, handle), (ROLE, role), (CREDIT_OUT, credit), (CREDIT_ERR, credit), (STDIN, int(stdin))]
        pairs += [(ARGUMENT, argument) for argument in arguments]
        pairs += [(ENVIRONMENT, entry) for entry in env]
        if terminal:
            pairs.append((TERMINAL, struct.pack("<II", *terminal)))
        process = Process(handle, 0)
        process.granted = {1: credit, 2: credit}
        self.processes[handle] = process
        try:
            answer = self.request(SPAWN, pairs + list(extra))
        except Refused:
            del self.processes[handle]
            raise
        process.pid = struct.unpack("<I", dict(answer)[PID])[0]
        process.credit_in += struct.unpack("<I", dict(answer)[CREDIT_IN])[0]
        return process

    def attach(self, handle, credit=1 << 16, offsets=None):
        """With offsets it must go on from there."""
        process = Process(handle, 0)
        process.granted = {1: credit, 2: credit}
        self.processes[handle] = process
        pairs = [(HANDLE, handle), (CREDIT_OUT, credit), (CREDIT_ERR, credit)]
        if offsets:
            pairs += [(OFFSET_OUT, u64(offsets[0])), (OFFSET_ERR, u64(offsets[1]))]
        answer = dict(self.request(ATTACH, pairs))
        process.credit_in += struct.unpack("<I", answer[CREDIT_IN])[0]
        process.offsets = tuple(struct.unpack("<Q", answer[tag])[0] for tag in (OFFSET_OUT, OFFSET_ERR))
        assert not offsets or process.offsets == tuple(offsets)
        return process

    def grant(self, process, channel, count):
        process.granted[channel] += count
        self.send_raw(frame(CREDIT, process.handle, struct.pack("<II", channel, count)))

    def write(self, process, data):
        """Sends input as credit allows."""
        while data:
            self.pump(lambda: process.credit_in > 0)
            piece = data[: min(process.credit_in, 65536)]
            process.credit_in -= len(piece)
            self.send_raw(frame(DATA_IN, process.handle, piece))
            data = data[len(piece) :]

    def close_input(self, process):
        self.send_raw(frame(EOF_IN, process.handle))

    def wait(self, process):
        self.pump(lambda: process.exit_code is not None)
        return process.exit_code

    def release(self, process):
        self.send_raw(frame(RELEASE, process.handle))
        del self.processes[process.handle]

    def signal(self, process, number):
        self.request(SIGNAL, [(HANDLE, process.handle), (SIGNAL_NUMBER, number)])

    def resize(self, process, columns, rows):
        self.request(RESIZE, [(HANDLE, process.handle), (COLUMNS, columns), (ROWS, rows)])

    def run(self, *arguments, handle, **options):
        """Runs to the end: exit code, output, errors."""
        process = self.spawn(*arguments, handle=handle, **options)
        code = self.wait(process)
        self.release(process)
        return code, bytes(process.out), bytes(process.err)

    def shutdown(self):
        self.await_answer(self.send_request(SHUTDOWN))
