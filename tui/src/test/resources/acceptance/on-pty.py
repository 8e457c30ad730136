#!/usr/bin/env python3
"""Runs a command on a pseudo terminal and plays a scenario on it.

usage: on-pty.py SECONDS COLUMNSxROWS STEP... -- COMMAND...

Steps, in order:
  expect:REGEX   waits until the output since the last match matches
  send:TEXT      types TEXT (\\r, \\x03 … as in Python)
  resize:CxR     changes the size of the terminal
  signal:NAME    sends a signal to the command
  end            waits for the end of the command
Prints all output. Exit status: the command's (128 + n after signal n); 250 if a step did not come true in time; 251 if the
command left the terminal in raw mode.
"""
import codecs, fcntl, os, pty, re, select, signal, struct, sys, termios, time

limit = time.time() + float(sys.argv[1])
split = sys.argv.index("--")
steps, command = sys.argv[3:split], sys.argv[split + 1:]


def size(text):
    columns, rows = map(int, text.split("x"))
    return struct.pack("HHHH", rows, columns, 0, 0)


master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, size(sys.argv[2]))
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.close(master)
    # A shell that starts this in the background has it ignore Ctrl-C, and Java leaves that as it is.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execvp(command[0], command)

before = termios.tcgetattr(slave)
seen, mark, status = b"", 0, None


def pump(wait):
    global seen
    ready, _, _ = select.select([master], [], [], wait)
    if ready:
        data = os.read(master, 65536)
        seen += data
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def ended():
    global status
    if status is None:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
            status = 128 - status if status < 0 else status
    return status is not None


def fail(step):
    sys.stderr.write("on-pty: did not come true: %s\nlast output: %r\n" % (step, seen[-2000:]))
    if status is None:
        os.kill(pid, signal.SIGKILL)
    sys.exit(250)


for step in steps:
    kind, _, text = step.partition(":")
    text = codecs.decode(text, "unicode_escape") if kind == "send" else text
    if kind == "expect":
        while True:
            match = re.search(text.encode(), seen[mark:])
            if match:
                mark += match.end()
                break
            if time.time() > limit or (ended() and not select.select([master], [], [], 0)[0]):
                fail(step)
            pump(0.1)
    elif kind == "send":
        os.write(master, text.encode("latin-1"))
    elif kind == "resize":
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size(text))
    elif kind == "signal":
        os.kill(pid, getattr(signal, "SIG" + text))
    elif kind == "end":
        while not ended():
            if time.time() > limit:
                fail(step)
            pump(0.1)
        pump(0)
    else:
        sys.exit("unknown step " + step)

while not ended():
    if time.time() > limit:
        fail("end")
    pump(0.1)
after = termios.tcgetattr(slave)
if after[3] & (termios.ICANON | termios.ECHO | termios.ISIG) != before[3] & (termios.ICANON | termios.ECHO | termios.ISIG):
    sys.stderr.write("on-pty: the terminal was left in another mode\n")
    sys.exit(251)
sys.exit(status)
