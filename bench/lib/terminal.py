"""A program on a pseudo terminal, typed at and read from."""
import fcntl, os, pty, re, select, signal, struct, termios, time

ROWS, COLUMNS = 40, 120


class Terminal:
    """Starts the program at once, in a session of its own; times are counted from there."""

    def __init__(self, command, environment):
        self.text = b""
        self.began = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], command, environment)

    def send(self, keys):
        os.write(self.file, keys)

    def expect(self, pattern, patience=60):
        """Reads until the pattern has come, and forgets what came up to there; seconds since the start of the program."""
        deadline = time.perf_counter() + patience
        while not (found := re.search(pattern, self.text)):
            if not self._read(deadline - time.perf_counter()):
                raise SystemExit("never saw %r, but %r" % (pattern, self.text[-500:]))
        self.text = self.text[found.end():]
        return time.perf_counter() - self.began

    def rest(self, seconds):
        """Waits until nothing has come for so long, and forgets all that came."""
        while self._read(seconds):
            pass
        self.text = b""

    def _read(self, seconds):
        if seconds <= 0 or not select.select([self.file], [], [], seconds)[0]:
            return False
        try:
            read = os.read(self.file, 65536)
        except OSError:
            return False  # it has ended
        self.text += read
        return bool(read)

    def close(self):
        os.close(self.file)  # which hangs up
        for stop in (None, signal.SIGTERM, signal.SIGKILL):
            deadline = time.monotonic() + 5
            if stop:
                os.kill(self.pid, stop)
            while time.monotonic() < deadline:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return
                time.sleep(0.02)
