"""Processes that a benchmark starts, and what is left of them at the end."""
import os, queue, select, signal, subprocess, threading, time


def output(*command, **more):
    """What a command prints."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    if done.returncode != 0:
        raise SystemExit("%s failed with %d: %s" % (" ".join(command), done.returncode, done.stderr.decode().strip()))
    return done.stdout.decode()


def milliseconds(command, good=(0,), **more):
    """How long a command takes from its start to its end."""
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          timeout=120, **more)
    took = 1000 * (time.perf_counter() - start)
    if done.returncode not in good:
        raise SystemExit("%s failed with %d: %s" % (command[0], done.returncode, done.stderr.decode().strip()))
    return took


def end(process, patience=15):
    """Ends a child of this process, one way or the other."""
    for stop in (process.terminate, process.kill):
        if process.poll() is None:
            stop()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                pass


class Dialogue:
    """A program that answers each line on its standard input with one line `name=value …`.

    In a session of its own, so that Ctrl-C reaches the benchmark alone, which then ends it in order."""

    def __init__(self, command, environment, errors):
        self.errors = errors
        with open(errors, "wb") as file:
            self.process = subprocess.Popen(command, env=environment, start_new_session=True, text=True, bufsize=1,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def ask(self, question, patience=180):
        try:
            self.process.stdin.write(question + "\n")
            self.process.stdin.flush()
            answer = self.lines.get(timeout=patience)
        except BrokenPipeError:
            answer = None
        except queue.Empty:
            raise SystemExit("no answer to '%s' within %d s" % (question, patience))
        if answer is None:
            with open(self.errors) as file:
                raise SystemExit("'%s' failed: %s" % (question, file.read().strip()))
        return dict(part.split("=", 1) for part in answer.split(" "))

    def close(self):
        """The end of its input ends it, after what it is doing."""
        try:
            self.process.stdin.close()
            self.process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            end(self.process)


def machines(directory):
    """The QEMU processes that have a file below `directory`, which only this benchmark uses."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as file:
                arguments = file.read().split(b"\0")
        except OSError:
            continue
        if b"qemu-system" in os.path.basename(arguments[0]) and (directory + "/").encode() in b" ".join(arguments):
            found.append(int(pid))
    return found


def end_machines(directory):
    """Machines outlive who started them; this ends those that have a file below `directory`."""
    for stop in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + 3
        while (left := machines(directory)) and time.monotonic() < deadline:
            for pid in left:
                # A handle taken before the second look means this process, not one that got its number since.
                try:
                    handle = os.pidfd_open(pid)
                except ProcessLookupError:
                    continue
                try:
                    if pid in machines(directory):
                        signal.pidfd_send_signal(handle, stop)
                        select.select([handle], [], [], 1)
                except ProcessLookupError:
                    pass
                finally:
                    os.close(handle)


def memory_bytes(pid):
    """Proportional set size of a process: all of it, and the anonymous part, which no other process shares."""
    with open("/proc/%d/smaps_rollup" % pid) as file:
        sizes = {line.split(":")[0]: 1024 * int(line.split()[1]) for line in file if line.endswith("kB\n")}
    return sizes["Pss"], sizes["Pss_Anon"]
