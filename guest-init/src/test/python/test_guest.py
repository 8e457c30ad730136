"""What init does in a real machine. Each class boots one.

scripts/test-in-machines runs it. Needs, as environment variables: GUEST_ARCHITECTURE, GUEST_INIT (the binary), GUEST_KERNEL
(an unpacked kernel package) and GUEST_BUSYBOX (a static one). With GUEST_TEMPLATE=1 each machine is prepared, kept and
restored before a test has it, as engines start most of theirs.
"""

import hashlib
import os
import random
import re
import shutil
import struct
import subprocess
import tempfile
import time
import unittest

import agent
from agent import DEADLINE_SECONDS, Client, Refused
from machine import Kernel, Machine, make_ext4, make_tree

ENOENT, ESRCH, ENOEXEC, EACCES, EBUSY, EINVAL, ENODEV, EALREADY = 2, 3, 8, 13, 16, 22, 19, 114
DEFAULT_CAPABILITIES = "00000000a80425fb"


class GuestTest(unittest.TestCase):
    """A machine with the usual image, shared by the tests of a class."""

    network = False
    upper = True
    another_upper = False
    extra_setup = ()
    memory = "256"
    vcpus = 1
    main = ("sh", "-c", "trap 'exit 7' TERM; while :; do sleep 1000 & wait; done")
    start = True
    from_template = os.environ.get("GUEST_TEMPLATE", "0") == "1"

    @classmethod
    def change_tree(cls, tree):
        pass

    @classmethod
    def make_template(cls):
        ahead = [(agent.JOIN, 1), (agent.PROGRAM, "sh"), (agent.PROGRAM_PATH, "/sbin:/bin")]
        # A machine without a writable disk is a clone of one where nothing is joined.
        for extra in [[], ahead][:2 if cls.upper else 1]:
            client = Client(cls.machine.socket)
            client.prepare(extra, upper=cls.upper)
            client.close()
        cls.machine.keep()
        cls.machine.restore()

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="guest-test-")
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        tree = os.path.join(cls.directory, "tree")
        os.mkdir(tree)
        make_tree(tree, os.environ["GUEST_BUSYBOX"])
        cls.change_tree(tree)
        cls.root_image = os.path.join(cls.directory, "root.img")
        make_ext4(cls.root_image, tree)
        upper_tree = os.path.join(cls.directory, "upper")
        os.makedirs(os.path.join(upper_tree, "upper"))
        os.makedirs(os.path.join(upper_tree, "work"))
        cls.upper_image = os.path.join(cls.directory, "upper.img")
        make_ext4(cls.upper_image, upper_tree)
        disks = [("root", cls.root_image, True)]
        if cls.upper:
            disks.append(("upper", cls.upper_image, False))
        if cls.another_upper:
            cls.other_image = os.path.join(cls.directory, "other.img")
            make_ext4(cls.other_image, upper_tree)
            disks.append(("other", cls.other_image, False))
        cls.machine = Machine(
            Kernel(os.environ["GUEST_KERNEL"]), os.environ["GUEST_INIT"], disks,
            architecture=os.environ["GUEST_ARCHITECTURE"], network=cls.network, memory=cls.memory,
            vcpus=cls.vcpus)
        cls.addClassCleanup(cls.machine.close)
        if cls.from_template:
            cls.make_template()
        cls.handle = 1000
        if cls.start:
            cls.client = Client(cls.machine.socket)
            cls.addClassCleanup(lambda: cls.client.close())
            cls.client.setup(cls.extra_setup, upper=cls.upper)
            if cls.main:
                cls.main_process = cls.client.spawn(*cls.main, handle=1, role=0)

    def connect_after_end(self, process):
        """As the next client, once nothing but its end is left of a process; an attachment would hear that."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            client = Client(self.machine.socket, first=False)
            processes = [struct.unpack("<IIB", value) for tag, value in client.hello if tag == agent.PROCESS]
            if not any(handle == process.handle and alive for handle, _, alive in processes):
                break
            client.close()
            self.assertLess(time.monotonic(), deadline, "it does not end")
            time.sleep(0.2)
        type(self).client = client

    def next_handle(self):
        type(self).handle += 1
        return self.handle

    def run_in(self, *arguments, **options):
        return self.client.run(*arguments, handle=self.next_handle(), **options)

    def sh(self, script, **options):
        code, out, err = self.run_in("sh", "-c", script, **options)
        self.assertEqual((code, err), (0, b""), out)
        return out.decode().strip()

    def assert_refused(self, errno, text, *arguments, **options):
        with self.assertRaises(Refused) as raised:
            self.run_in(*arguments, **options)
        self.assertEqual(raised.exception.errno, errno, raised.exception.text)
        self.assertIn(text, raised.exception.text)


class ContainerTest(GuestTest):
    """Processes beside a main one."""

    network = True
    extra_setup = (
        (agent.ADDRESS, "10.0.2.15/24"), (agent.GATEWAY, "10.0.2.2"), (agent.NAMESERVER, "10.0.2.3"),
        (agent.SEARCH, "example.test"), (agent.HOST, "10.9.8.7 db database"), (agent.MTU, 1400),
        (agent.SHM_BYTES, agent.u64(1 << 20)),
    )

    def test_hello_tells_about_the_machine(self):
        hello = self.client.hello
        self.assertIn((agent.ARCH, os.environ["GUEST_ARCHITECTURE"].encode()), hello)
        stamps = [value[8:] for tag, value in hello if tag == agent.STAMP]
        self.assertEqual(stamps, [b"init", b"modules", b"channel"])

    def test_output_error_output_and_exit_code_arrive(self):
        self.assertEqual(self.run_in("sh", "-c", "echo out; echo err >&2; exit 42"), (42, b"out\n", b"err\n"))

    def test_a_killed_process_reports_the_signal(self):
        process = self.client.spawn("sleep", "1000", handle=self.next_handle())
        self.client.signal(process, 9)
        self.assertEqual(self.client.wait(process), 137)
        self.assertEqual(process.signal, 9)

    def test_signals_are_at_their_default(self):
        self.assertEqual(self.sh("grep -E 'Sig(Blk|Ign|Cgt)' /proc/self/status | cut -f 2 | sort -u"), "0" * 16)

    def test_a_megabyte_goes_through_cat_unchanged(self):
        data = random.Random(1).randbytes(1 << 20)
        process = self.client.spawn("cat", handle=self.next_handle(), stdin=True)
        self.client.write(process, data)
        self.client.close_input(process)
        self.assertEqual(self.client.wait(process), 0)
        self.assertEqual(hashlib.sha256(process.out).digest(), hashlib.sha256(data).digest())

    def test_without_standard_input_there_is_an_end_of_file(self):
        self.assertEqual(self.run_in("cat"), (0, b"", b""))

    def test_input_that_nobody_reads_blocks_nothing(self):
        process = self.client.spawn("sh", "-c", "exec <&-; read x < /dev/zero; sleep 1000", handle=self.next_handle(), stdin=True)
        self.client.write(process, bytes(300000))
        self.client.ping()
        self.client.signal(process, 9)
        self.client.wait(process)

    def test_no_more_is_sent_than_the_credit(self):
        self.client.automatic_credit = False
        try:
            process = self.client.spawn("head", "-c", "100000", "/dev/zero", handle=self.next_handle(), credit=1000)
            self.client.pump(lambda: len(process.out) == 1000)
            self.client.pump_for(0.3)
            self.assertEqual(len(process.out), 1000)
            self.client.ping()
            self.client.grant(process, 1, 99000)
            self.assertEqual(self.client.wait(process), 0)
            self.assertEqual(len(process.out), 100000)
        finally:
            self.client.automatic_credit = True

    def test_a_stalled_process_does_not_hold_up_another(self):
        self.client.automatic_credit = False
        try:
            stalled = self.client.spawn("yes", handle=self.next_handle(), credit=100)
            self.client.pump(lambda: len(stalled.out) == 100)
            self.assertEqual(self.run_in("sh", "-c", "head -c 60000 /dev/zero | wc -c"), (0, b"60000\n", b""))
            self.assertEqual(len(stalled.out), 100)
            self.client.signal(stalled, 9)
            # What the pipe still holds comes as credit allows, and only then the end.
            self.client.pump_for(0.3)
            self.assertIsNone(stalled.exit_code)
            self.client.grant(stalled, 1, 1 << 20)
            self.assertEqual(self.client.wait(stalled), 137)
        finally:
            self.client.automatic_credit = True

    def test_output_of_many_at_once_stays_apart(self):
        processes = [
            self.client.spawn("sh", "-c", f"yes {i} | head -c 200000", handle=self.next_handle()) for i in range(12)]
        for number, process in enumerate(processes):
            self.assertEqual(self.client.wait(process), 0)
            self.assertEqual(process.out, (f"{number}\n" * 200000).encode()[:200000])

    def test_an_end_is_not_held_up_by_a_descendant(self):
        process = self.client.spawn("sh", "-c", "sleep 1000 & echo done", handle=self.next_handle())
        self.assertEqual(self.client.wait(process), 0)
        self.assertEqual(process.out, b"done\n")
        self.sh("killall sleep; exit 0")

    def test_a_terminal_has_a_size_and_a_name(self):
        code, out, _ = self.run_in("sh", "-c", "tty; stty size; test -t 0 -a -t 1 -a -t 2", terminal=(81, 25))
        self.assertEqual(code, 0)
        self.assertRegex(out.decode(), r"^/dev/pts/\d+\r\n25 81\r\n$")

    def test_a_terminal_can_be_resized(self):
        script = "trap 'stty size; exit 3' WINCH; echo ready; while :; do sleep 0.1; done"
        process = self.client.spawn("sh", "-c", script, handle=self.next_handle(), terminal=(80, 24))
        self.client.pump(lambda: b"ready" in process.out)
        self.client.resize(process, 132, 50)
        self.assertEqual(self.client.wait(process), 3)
        self.assertIn(b"50 132", process.out)

    def test_a_terminal_takes_input_and_control_c(self):
        process = self.client.spawn("sh", handle=self.next_handle(), terminal=(80, 24))
        self.client.write(process, b"echo $((6 * 7))\n")
        self.client.pump(lambda: b"\n42\r" in process.out)
        self.client.write(process, b"sh -c 'echo runs-$((1 + 1)); exec sleep 1000'\n")
        # Before that the shell has the terminal, for which it is a key.
        self.client.pump(lambda: b"runs-2\r\n" in process.out)
        self.client.write(process, b"\x03")
        self.client.write(process, b"echo code $?\n")
        self.client.pump(lambda: b"code 130" in process.out)
        self.client.write(process, b"exit 5\n")
        self.assertEqual(self.client.wait(process), 5)

    def test_the_last_words_on_a_terminal_arrive(self):
        code, out, _ = self.run_in("sh", "-c", "seq 1 3000", terminal=(80, 24))
        self.assertEqual(code, 0)
        self.assertEqual(out.decode().split(), [str(i) for i in range(1, 3001)])

    def test_what_cannot_be_executed_says_why(self):
        self.assert_refused(ENOENT, "not found in PATH", "no-such-program")
        self.assert_refused(ENOENT, "/no/such/program", "/no/such/program")
        self.assert_refused(ENOENT, "interpreter", "/bin/lost-interpreter")
        self.assert_refused(ENOENT, "empty", "")
        self.assert_refused(EACCES, "cannot be executed", "not-executable")
        self.assert_refused(EACCES, "/etc", "/etc")
        self.assert_refused(ENOEXEC, "garbage", "/bin/garbage")

    def test_programs_are_found_in_the_path_given(self):
        self.assert_refused(ENOENT, "not found", "ls", env=["PATH=/etc:/home"])
        self.assertEqual(self.run_in("true", env=["PATH=/etc:/bin"])[0], 0)

    def test_the_environment_is_the_one_given(self):
        out = self.run_in("env", env=["A=1", "B=x=y", "EMPTY="])[1].decode().split("\n")
        self.assertEqual(out, ["A=1", "B=x=y", "EMPTY=", "HOME=/root", ""])

    def test_many_arguments_arrive(self):
        arguments = [str(i) * 10 for i in range(1000)]
        out = self.run_in("echo", *arguments)[1].decode()
        self.assertEqual(out.split(), arguments)

    def test_users_come_from_the_image(self):
        for user, expected in {
            "ann": "1000 1000 1000,10,2000 /home/ann", "1000": "1000 1000 1000,10,2000 /home/ann",
            "ann:wheel": "1000 10 10 /home/ann", "4711": "4711 0 0 /", "4711:42": "4711 42 42 /",
            "root": "0 0 0,10 /root", "ann:77": "1000 77 77 /home/ann",
        }.items():
            with self.subTest(user):
                out = self.sh("exec 2>/dev/null; echo $(id -u) $(id -g) $(id -G | tr ' ' ,) $HOME", extra=[(agent.USER, user)])
                self.assertEqual(out, expected)

    def test_unknown_and_hostile_users_are_refused(self):
        for user in ["bob", "ann:nobody", "4294967296", "99999999999999999999", "-1", ":", "ann:", ":0", "a" * 300, "0x0"]:
            with self.subTest(user):
                self.assert_refused(EINVAL, "user", "true", extra=[(agent.USER, user)])

    def test_another_user_can_open_its_streams_again(self):
        self.assertEqual(self.sh("echo again > /dev/stdout", extra=[(agent.USER, "ann")]), "again")
        self.assertEqual(
            self.run_in("sh", "-c", "echo again > /dev/tty", extra=[(agent.USER, "ann")], terminal=(80, 24))[1], b"again\r\n")

    def test_the_directory_is_used_and_must_exist(self):
        self.assertEqual(self.run_in("pwd", extra=[(agent.DIRECTORY, "/home/ann")])[1], b"/home/ann\n")
        self.assert_refused(EINVAL, "/no/where", "true", extra=[(agent.DIRECTORY, "/no/where")])
        self.assert_refused(EINVAL, "/etc/passwd", "true", extra=[(agent.DIRECTORY, "/etc/passwd")])

    def test_capabilities_are_the_default_set_or_the_one_given(self):
        script = "grep Cap /proc/self/status | cut -f 2 | tr '\\n' ' '"
        none, default = "0" * 16, DEFAULT_CAPABILITIES
        self.assertEqual(self.sh(script), f"{none} {default} {default} {default} {none}")
        self.assertEqual(self.sh(script, extra=[(agent.USER, "ann")]), f"{none} {none} {none} {default} {none}")
        some = "0000000000000021"
        out = self.sh(script, extra=[(agent.CAPABILITIES, agent.u64(0x21))])
        self.assertEqual(out, f"{none} {some} {some} {some} {none}")

    def test_limits_and_privileges_are_set(self):
        rlimit = struct.pack("<IIQQ", 7, 0, 100, 200)
        out = self.sh(
            "ulimit -Sn; ulimit -Hn; grep NoNewPrivs /proc/self/status",
            extra=[(agent.RLIMIT, rlimit), (agent.NO_NEW_PRIVILEGES, 1)])
        self.assertEqual(out.split(), ["100", "200", "NoNewPrivs:", "1"])

    def test_the_container_sees_only_itself(self):
        out = self.sh("ps -o pid,args")
        self.assertNotIn("init", out)
        self.assertIn("while :; do", out.split("\n")[1])
        self.assertEqual(self.sh("cat /proc/self/cgroup"), "0::/")
        self.assertEqual(self.sh("ls /sys/fs/cgroup/container 2>&1; true").split()[0], "ls:")

    def test_devices_are_only_the_usual_ones(self):
        expected = "fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero"
        self.assertEqual(self.sh("ls /dev").split(), expected.split())
        self.assertEqual(self.sh("df -k /dev/shm | tail -1 | awk '{print $2}'"), "1024")

    def test_processes_get_no_descriptor_of_inits(self):
        self.assertEqual(self.sh("ls /proc/self/fd | tr '\\n' ' '"), "0 1 2 3")
        self.assertEqual(self.sh("ls /proc/1/fd | tr '\\n' ' '"), "0 1 2")

    def test_what_belongs_to_the_machine_is_hidden_or_read_only(self):
        self.assertEqual(self.sh("cat /proc/kcore /proc/keys /proc/timer_list | wc -c"), "0")
        for path in ["/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/sys/kernel/uevent_helper"]:
            self.assertIn("Read-only", self.sh(f"(echo b > {path}) 2>&1; true"), path)

    def test_root_inside_cannot_lift_its_limits_or_mount(self):
        self.assertNotEqual(self.run_in("sh", "-c", "echo max > /sys/fs/cgroup/memory.max")[0], 0)
        self.assertNotEqual(self.run_in("mount", "-t", "tmpfs", "x", "/tmp")[0], 0)
        self.assertNotEqual(self.run_in("umount", "/proc/kcore")[0], 0)
        self.assertNotEqual(self.run_in("reboot", "-f")[0], 0)

    def test_the_port_is_busy_even_for_who_makes_its_node(self):
        out = self.sh("cat /sys/class/virtio-ports/*/dev")
        major, minor = out.split(":")
        self.sh(f"mknod /tmp/port c {major} {minor}")
        code, _, err = self.run_in("cat", "/tmp/port")
        self.assertNotEqual(code, 0)
        self.assertIn(b"usy", err)

    def test_all_capabilities_do_not_lead_to_init(self):
        everything = [(agent.CAPABILITIES, agent.u64((1 << 64) - 1))]
        script = """
            mkdir -p /tmp/p && mount -t proc proc /tmp/p && cat /tmp/p/[0-9]*/comm; umount /tmp/p
            ls /proc/1/root/ /proc/1/cwd/; kill -9 -- -1 2>/dev/null; echo gone"""
        # kill(-1) spares the sender and the PID namespace's first process, and reaches no further.
        out = self.sh(script, extra=everything).split()
        self.assertNotIn("init", out)
        self.assertNotIn("base", out)
        self.assertIn("gone", out)
        self.client.ping()
        self.assertEqual(self.sh("echo alive"), "alive")

    def test_the_usual_number_of_files_can_be_opened(self):
        self.assertEqual(self.sh("ulimit -Sn; ulimit -Hn").split(), ["1024", "524288"])

    def test_a_chroot_escape_ends_in_the_containers_root(self):
        self.assertEqual(self.sh("cd /tmp; mkdir -p j; cat ../../../../../../etc/marker"), "from the image")
        self.assertEqual(self.sh("cat /outside/etc/marker"), "from the image")
        self.assertEqual(self.run_in("sh", "-c", "ls /base /names /skeleton")[0], 1)

    def test_names_are_the_ones_given(self):
        self.assertEqual(self.sh("hostname; cat /etc/hostname").split(), ["guest", "guest"])
        hosts = self.sh("cat /etc/hosts")
        self.assertIn("10.0.2.15\tguest", hosts)
        self.assertIn("10.9.8.7 db database", hosts)
        self.assertEqual(self.sh("cat /etc/resolv.conf"), "nameserver 10.0.2.3\nsearch example.test")

    def test_the_network_is_up(self):
        self.assertIn("inet 10.0.2.15/24", self.sh("ip addr show eth0"))
        self.assertIn("mtu 1400", self.sh("ip addr show eth0"))
        self.assertIn("default via 10.0.2.2", self.sh("ip route"))
        self.assertIn("inet 127.0.0.1/8", self.sh("ip addr show lo"))

    def test_ipv6_is_on_loopback_alone(self):
        self.assertEqual(self.sh("cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6"), "1")
        self.assertNotIn("inet6", self.sh("ip addr show eth0"))
        self.assertIn("inet6 ::1/128", self.sh("ip addr show lo"))

    def test_upkeep_that_is_not_needed_does_not_wake_the_machine(self):
        self.assertEqual(self.sh("cat /proc/sys/vm/compaction_proactiveness"), "0")
        upper = self.sh("cd /sys/block; grep -lx upper */serial").split("/")[0]
        self.assertEqual(self.sh(f"cat /sys/block/{upper}/queue/wbt_lat_usec"), "0")

    def test_the_clock_is_set(self):
        self.assertLess(abs(int(self.sh("date +%s")) - time.time()), 300)

    def test_figures_are_plausible(self):
        figures = {tag: struct.unpack("<Q", value)[0] for tag, value in self.client.request(agent.STATS)}
        self.assertEqual(set(figures), set(range(96, 107)))
        self.assertGreater(figures[96] + figures[97], 0)
        self.assertGreater(figures[99], figures[98])
        self.assertGreater(figures[98], 0)
        self.assertGreaterEqual(figures[100], 1)
        self.assertGreater(figures[103], 0)
        self.assertEqual(figures[106], 0)

    def test_processes_are_listed(self):
        process = self.client.spawn("sh", "-c", "sleep 777 & wait", handle=self.next_handle(), extra=[(agent.USER, "ann")])
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            listed = {}
            for tag, value in self.client.request(agent.PROCESSES):
                self.assertEqual(tag, agent.PROCESS_INFO)
                pid, parent, uid, state, cpu, resident = struct.unpack_from("<IIIIQQ", value)
                listed[value[32:].decode()] = (pid, parent, uid, chr(state), resident)
            if "sleep 777" in listed:
                break
        self.assertEqual(listed[" ".join(self.main)][:3], (1, 0, 0))
        shell = listed["sh -c sleep 777 & wait"]
        self.assertEqual(listed["sleep 777"][1:3], (shell[0], 1000))
        self.assertIn(listed["sleep 777"][3], "RDS")
        self.assertGreaterEqual(shell[4], 4096)
        self.client.signal(process, 9)
        self.client.wait(process)
        self.sh("killall sleep; exit 0")

    def test_many_list_requests_at_once_are_all_answered(self):
        numbers = [self.client.send_request(agent.PROCESSES) for _ in range(10)]
        for number in numbers:
            self.assertTrue(agent.parse(self.client.await_answer(number)))

    def test_unknown_handles_are_refused(self):
        for kind, extra in [
                (agent.SIGNAL, [(agent.SIGNAL_NUMBER, 9)]), (agent.RESIZE, [(agent.COLUMNS, 1), (agent.ROWS, 1)]),
                (agent.ATTACH, [(agent.CREDIT_OUT, 1), (agent.CREDIT_ERR, 1)])]:
            with self.assertRaises(Refused) as raised:
                self.client.request(kind, [(agent.HANDLE, 999999)] + extra)
            self.assertEqual(raised.exception.errno, ESRCH)
        self.client.send_raw(agent.frame(agent.DATA_IN, 999999, b"for nobody"))
        self.client.send_raw(agent.frame(agent.CREDIT, 999999, struct.pack("<II", 1, 1)))
        self.client.ping()

    def test_what_may_be_done_once_is_refused_twice(self):
        with self.assertRaises(Refused) as raised:
            self.client.setup()
        self.assertEqual(raised.exception.errno, EALREADY)
        self.assert_refused(EALREADY, "main process", "true", role=0)

    def test_more_processes_than_there_are_handles_are_refused(self):
        processes = []
        with self.assertRaises(Refused) as raised:
            for _ in range(300):
                processes.append(self.client.spawn("sleep", "1000", handle=self.next_handle()))
        self.assertEqual(raised.exception.errno, 11)
        self.assertGreater(len(processes), 200)
        for process in processes:
            self.client.signal(process, 9)
        for process in processes:
            self.assertEqual(self.client.wait(process), 137)
            self.client.release(process)
        self.assertEqual(self.sh("echo well"), "well")


class ReconnectionTest(GuestTest):
    """A client goes and another one comes."""

    def reconnect(self, **options):
        self.client.close()
        type(self).client = Client(self.machine.socket, first=False, **options)

    def listed(self):
        return {
            struct.unpack("<IIB", value)[0]: struct.unpack("<IIB", value)[2]
            for tag, value in self.client.hello if tag == agent.PROCESS}

    def test_processes_go_on_and_can_be_attached_to(self):
        process = self.client.spawn("cat", handle=self.next_handle(), stdin=True)
        self.client.write(process, b"one\n")
        self.client.pump(lambda: process.out == b"one\n")
        self.reconnect()
        self.assertEqual(self.listed()[process.handle], 1)
        process = self.client.attach(process.handle)
        self.client.write(process, b"two\n")
        self.client.close_input(process)
        self.assertEqual(self.client.wait(process), 0)
        self.assertEqual(process.out, b"two\n")

    def test_an_end_while_nobody_is_there_is_reported_again_and_again(self):
        process = self.client.spawn("sh", "-c", "sleep 3; echo late; exit 9", handle=self.next_handle())
        time.sleep(1.2)  # A hang-up within a second of the HELLO is taken for that of the client before.
        self.client.close()
        time.sleep(2.5)
        for expected in [b"late\n", b""]:
            self.connect_after_end(process)
            self.assertEqual(self.listed()[process.handle], 0)
            attached = self.client.attach(process.handle)
            self.assertEqual(self.client.wait(attached), 9)
            self.assertEqual(attached.out, expected)
            self.client.close()
        type(self).client = Client(self.machine.socket, first=False)
        self.client.processes[process.handle] = process
        self.client.release(process)
        self.reconnect()
        self.assertNotIn(process.handle, self.listed())

    def test_a_client_cut_off_in_a_frame_disturbs_nobody(self):
        for cut in [b"\x10", agent.frame(agent.SPAWN, 5, bytes(60000))[:30000], agent.frame(agent.PING, 1, b"x" * 64)[:13]]:
            self.client.send_raw(cut)
            self.reconnect()
            self.client.ping()

    def test_rubbish_ends_the_connection_and_nothing_else(self):
        generator = random.Random(2)
        broken = [
            agent.frame(0, 0), agent.frame(99, 1), agent.frame(agent.HELLO_OK, 0), agent.frame(agent.PING, 0),
            agent.frame(agent.PING, 1 << 31), agent.frame(agent.PING, 1, bytes(65)), agent.frame(agent.DATA_IN, 1),
            agent.frame(agent.SPAWN, 1, b"abc"), agent.frame(agent.SIGNAL, 1), agent.frame(agent.CREDIT, 1, bytes(8)),
            agent.frame(agent.HELLO, 0), struct.pack("<IB3sI", 0, agent.PING, b"\1\0\0", 1),
            struct.pack("<IB3sI", 65537, agent.SPAWN, b"\0\0\0", 1), struct.pack("<IB3sI", 0xffffffff, 13, b"\0\0\0", 1),
            agent.frame(agent.SIGNAL, 1, agent.fields([(agent.HANDLE, 1), (agent.SIGNAL_NUMBER, 65)])),
            agent.frame(agent.SIGNAL, 1, agent.fields([(agent.HANDLE, 1), (agent.HANDLE, 1), (agent.SIGNAL_NUMBER, 9)])),
            agent.frame(agent.SPAWN, 1, agent.fields([(agent.HANDLE, 9), (agent.ROLE, 1), (agent.CREDIT_OUT, 1), (agent.CREDIT_ERR, 1)] + [(agent.ARGUMENT, "a")] * 1025)),
            agent.frame(agent.SPAWN, 1, agent.fields([(agent.HANDLE, 9), (agent.ROLE, 1), (agent.CREDIT_OUT, 1), (agent.CREDIT_ERR, 1), (agent.ARGUMENT, "a\0b")])),
        ]
        broken += [generator.randbytes(generator.randrange(1, 100000)) for _ in range(20)]
        for number, rubbish in enumerate(broken):
            with self.subTest(number):
                self.client.send_raw(rubbish)
                # What follows is not answered: the guest hunts for the next client's magic.
                self.client.send_raw(agent.frame(agent.PING, 77, b"unheard") if len(rubbish) < 1000 else b"")
                self.reconnect()
                self.assertNotIn(77, self.client.answers)
                self.client.ping()
                self.assertEqual(self.listed()[1], 1)

    def test_more_input_than_the_credit_ends_the_connection(self):
        process = self.client.spawn("sleep", "1000", handle=self.next_handle(), stdin=True)
        self.client.write(process, bytes(65536))
        self.client.ping()
        self.client.send_raw(agent.frame(agent.DATA_IN, process.handle, bytes(65536)) * 2)
        self.reconnect()
        process = self.client.attach(process.handle)
        self.client.signal(process, 9)
        self.client.wait(process)


class RetentionTest(GuestTest):
    """Clients that are killed lose nothing of a process that was started with RETAIN."""

    SCRIPT = "seq 1 300000 & seq 400000 700000 >&2 & wait; exit 33"
    EXPECTED = tuple("".join(f"{i}\n" for i in numbers).encode() for numbers in [range(1, 300001), range(400000, 700001)])

    def reconnect(self):
        self.client.close()
        type(self).client = Client(self.machine.socket, first=False)

    def alive(self, process):
        return {
            handle: bool(alive) for handle, _, alive in (
                struct.unpack("<IIB", value) for tag, value in self.client.hello if tag == agent.PROCESS)}[process.handle]

    def retained(self, script, **options):
        return self.client.spawn("sh", "-c", script, handle=self.next_handle(), extra=[(agent.RETAIN, 1)], **options)

    def test_many_killed_clients_see_each_byte_once(self):
        generator = random.Random(4)
        process = self.retained(self.SCRIPT)
        logs = (bytearray(), bytearray())
        connections = 1
        while True:
            # What was received before the cut is in the log, acknowledged or not.
            self.client.automatic_credit = generator.randrange(4) > 0
            goal = generator.choice([0, 0, 1, 5000, 100000, 300000])
            try:
                self.client.pump(
                    lambda: process.exit_code is not None or len(process.out) + len(process.err) >= goal,
                    seconds=DEADLINE_SECONDS if self.client.automatic_credit else 0.2)
            except TimeoutError:
                pass
            logs[0].extend(process.out)
            logs[1].extend(process.err)
            if process.exit_code is not None:
                break
            self.reconnect()
            connections += 1
            process = self.client.attach(
                process.handle, credit=generator.choice([10000, 65536, 400000]), offsets=[len(log) for log in logs])
        self.assertEqual(process.exit_code, 33)
        self.assertGreater(connections, 10)
        for log, expected in zip(logs, self.EXPECTED):
            self.assertEqual((len(log), hashlib.sha256(log).digest()), (len(expected), hashlib.sha256(expected).digest()))
        self.client.automatic_credit = True
        self.client.release(process)

    def test_the_end_of_a_process_waits_for_a_client(self):
        process = self.retained("sleep 2; seq 1 1000; echo err >&2; exit 9")
        time.sleep(1.2)
        self.client.close()
        time.sleep(2)
        for _ in range(3):
            self.connect_after_end(process)
            self.assertFalse(self.alive(process))
            self.client.automatic_credit = False
            attached = self.client.attach(process.handle)
            self.assertEqual(attached.offsets, (0, 0))
            self.assertEqual(self.client.wait(attached), 9)
            self.assertEqual(attached.out, "".join(f"{i}\n" for i in range(1, 1001)).encode())
            self.assertEqual(attached.err, b"err\n")
            self.client.close()
        type(self).client = Client(self.machine.socket, first=False)
        attached = self.client.attach(process.handle, offsets=(len(attached.out), 4))
        self.assertEqual(self.client.wait(attached), 9)
        self.assertEqual((attached.out, attached.err), (b"", b""))
        self.client.release(attached)
        self.reconnect()
        self.assertNotIn(process.handle, [struct.unpack_from("<I", v)[0] for t, v in self.client.hello if t == agent.PROCESS])

    def test_what_is_not_kept_is_refused_and_changes_nothing(self):
        process = self.retained("echo 0123456789; sleep 1000")
        self.client.automatic_credit = False
        self.client.pump(lambda: len(process.out) == 11)
        self.client.grant(process, 1, 4)
        self.client.ping()
        self.reconnect()
        for offsets in [(3, 0), (12, 0), (4, 1), (1 << 60, 0), (4, 1 << 63)]:
            with self.subTest(offsets), self.assertRaises(Refused) as raised:
                self.client.attach(process.handle, offsets=offsets)
            self.assertEqual(raised.exception.errno, EINVAL)
        self.client.automatic_credit = False
        attached = self.client.attach(process.handle)
        self.assertEqual(attached.offsets, (4, 0))
        self.client.pump(lambda: attached.out == b"456789\n")
        # More than was sent cannot be acknowledged: that ends the connection.
        self.client.send_raw(agent.frame(agent.CREDIT, process.handle, struct.pack("<II", 1, 8)))
        self.reconnect()
        attached = self.client.attach(process.handle, offsets=(4, 0))
        self.client.signal(attached, 9)
        self.assertEqual(self.client.wait(attached), 137)
        self.client.release(attached)

    def test_no_more_is_kept_than_there_is_room_for(self):
        process = self.retained("head -c 1000000 /dev/zero", credit=1 << 20)
        self.client.automatic_credit = False
        self.client.pump(lambda: len(process.out) == 131072)
        self.client.pump_for(0.3)
        self.assertEqual(len(process.out), 131072)
        self.client.grant(process, 1, 131072)
        self.client.automatic_credit = True
        self.assertEqual(self.client.wait(process), 0)
        self.assertEqual(len(process.out), 1000000)
        self.client.release(process)

    def test_a_terminals_output_is_kept_too(self):
        process = self.retained("read x; seq 1 3000; exit 4", terminal=(80, 24), stdin=True)
        self.client.write(process, b"\n")
        self.client.pump(lambda: len(process.out) > 2000)
        seen = bytes(process.out)
        self.reconnect()
        process = self.client.attach(process.handle, offsets=(len(seen), 0))
        self.assertEqual(self.client.wait(process), 4)
        self.assertEqual((seen + process.out).decode().split(), [str(i) for i in range(1, 3001)])
        self.client.release(process)

    def test_a_start_that_fails_without_its_client_is_reported_as_an_end(self):
        handle = self.next_handle()
        pairs = [(agent.HANDLE, handle), (agent.ROLE, 1), (agent.CREDIT_OUT, 9), (agent.CREDIT_ERR, 9)]
        # The broken frame behind it makes the guest forget its client before the child can have failed.
        self.client.send_raw(
            agent.frame(agent.SPAWN, 900, agent.fields(pairs + [(agent.ARGUMENT, "/etc/marker")])) + agent.frame(0, 0))
        self.reconnect()
        process = self.client.attach(handle)
        self.assertEqual(self.client.wait(process), 126)
        self.client.release(process)


class LifeTest(GuestTest):
    """What can be done with a container while it runs."""

    def refuse(self, errno, kind, pairs=()):
        with self.assertRaises(Refused) as raised:
            self.client.request(kind, pairs)
        self.assertEqual(raised.exception.errno, errno, raised.exception.text)

    def freeze(self, frozen=1):
        self.client.request(agent.FREEZE, [(agent.FROZEN, frozen)])

    def freeze_disk(self, frozen=1):
        self.client.request(agent.FREEZE_DISK, [(agent.FROZEN, frozen)])

    def counter(self):
        script = "trap 'exit 5' TERM; i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done"
        process = self.client.spawn("sh", "-c", script, handle=self.next_handle(), extra=[(agent.RETAIN, 1)])
        self.client.pump(lambda: process.out)
        return process

    def test_a_frozen_container_stands_still_and_goes_on(self):
        process = self.counter()
        self.freeze()
        self.client.pump_until_still(process)
        self.freeze()
        with self.assertRaises(Refused) as raised:
            self.run_in("true")
        self.assertEqual(raised.exception.errno, EBUSY)
        self.assertTrue(self.client.request(agent.STATS))
        self.assertTrue(self.client.request(agent.PROCESSES))
        self.client.signal(process, 15)
        self.client.pump_for(0.2)
        self.assertIsNone(process.exit_code)
        self.freeze(0)
        self.assertEqual(self.client.wait(process), 5)
        self.assertEqual(self.sh("echo well"), "well")
        self.freeze(0)

    def test_a_frozen_process_can_be_killed(self):
        process = self.counter()
        self.freeze()
        self.client.signal(process, 9)
        self.assertEqual(self.client.wait(process), 137)
        self.freeze(0)

    def test_a_container_stays_frozen_without_its_client(self):
        self.assertIn((agent.FROZEN, agent.u32(0)), self.client.hello)
        process = self.counter()
        self.freeze()
        self.client.pump_for(0.2)
        seen = len(process.out)
        self.client.close()
        type(self).client = Client(self.machine.socket, first=False)
        self.assertIn((agent.FROZEN, agent.u32(1)), self.client.hello)
        process = self.client.attach(process.handle, offsets=(seen, 0))
        self.freeze(0)
        self.client.pump(lambda: process.out)
        self.client.signal(process, 9)
        self.assertEqual(self.client.wait(process), 137)

    def test_limits_change_while_it_runs(self):
        cpu, memory = "cat /sys/fs/cgroup/cpu.max", "cat /sys/fs/cgroup/memory.max"
        self.client.request(agent.LIMITS, [(agent.CPU_QUOTA, 1500)])
        self.assertEqual(self.sh(cpu), "150000 100000")
        self.assertEqual(self.sh(memory), "max")
        self.client.request(agent.LIMITS, [(agent.MEMORY_LIMIT, agent.u64(100 << 20))])
        self.assertEqual(self.sh(cpu), "150000 100000")
        figures = {tag: struct.unpack("<Q", value)[0] for tag, value in self.client.request(agent.STATS)}
        self.assertEqual(figures[99], 100 << 20)
        self.client.request(agent.LIMITS, [(agent.CPU_QUOTA, 0), (agent.MEMORY_LIMIT, agent.u64(0))])
        self.assertEqual(self.sh(cpu), "max 100000")
        self.assertEqual(self.sh(memory), "max")
        self.client.request(agent.LIMITS)

    def test_a_disk_at_a_standstill_is_whole_and_goes_on(self):
        self.sh("seq 1 100000 > /counted")
        self.freeze_disk()
        # The journal is empty, and the file is there, while the container runs.
        copy = os.path.join(self.directory, "copy.img")
        shutil.copy(self.upper_image, copy)
        assert_clean(self, copy)
        seen = subprocess.run(["debugfs", "-R", "cat /upper/counted", copy], capture_output=True, check=True).stdout
        self.assertEqual(seen, "".join(f"{i}\n" for i in range(1, 100001)).encode())
        process = self.client.spawn("sh", "-c", "echo x > /late; echo written", handle=self.next_handle())
        self.client.pump_for(0.5)
        self.assertEqual((process.out, process.exit_code), (b"", None))
        self.assertEqual(self.sh("cat /etc/marker"), "from the image")
        self.refuse(EALREADY, agent.FREEZE_DISK, [(agent.FROZEN, 1)])
        self.freeze_disk(0)
        self.assertEqual(self.client.wait(process), 0)
        self.assertEqual(process.out, b"written\n")
        self.refuse(EINVAL, agent.FREEZE_DISK, [(agent.FROZEN, 0)])

    def test_a_disk_is_let_go_when_its_client_goes(self):
        for _ in range(3):
            self.freeze_disk()
            self.client.close()
            type(self).client = Client(self.machine.socket, first=False)
            self.assertEqual(self.sh("echo x > /gone; cat /gone"), "x")


class OverdrawnTest(GuestTest):
    def test_a_memory_limit_below_what_is_used_kills(self):
        script = "x=$(yes | head -c 30000000); echo ready; sleep 1000; echo $x"
        process = self.client.spawn("sh", "-c", script, handle=self.next_handle())
        self.client.pump(lambda: process.out == b"ready\n")
        self.client.request(agent.LIMITS, [(agent.MEMORY_LIMIT, agent.u64(20 << 20))])
        self.assertEqual(self.client.wait(process), 137)
        # It may have taken the main process too.
        self.client.ping()


class StandstillTest(GuestTest):
    """The end of a machine that stands still, in two ways."""

    FROZEN = True

    def test_it_ends_in_order(self):
        self.client.spawn("sh", "-c", "while :; do date > /written; done", handle=self.next_handle())
        self.sh("while ! test -s /written; do :; done")
        if self.FROZEN:
            self.client.request(agent.FREEZE, [(agent.FROZEN, 1)])
        self.client.request(agent.FREEZE_DISK, [(agent.FROZEN, 1)])
        self.client.pump_for(0.3)
        self.client.shutdown()
        clean_end(self)


class DiskStandstillTest(StandstillTest):
    """Here a process waits for the disk when the end comes."""

    FROZEN = False


class FuzzTest(GuestTest):
    """Frames that are nearly right, at a real init."""

    vcpus = 2

    def damaged(self, generator):
        shapes = [
            (agent.SETUP, [(agent.HOSTNAME, "x"), (agent.TIME, bytes(8)), (agent.ENTROPY, bytes(32)), (agent.ROOT_DISK, "r")]),
            (agent.SPAWN, [
                (agent.HANDLE, generator.randrange(1, 9)), (agent.ROLE, 1), (agent.ARGUMENT, "echo"),
                (agent.ARGUMENT, "x" * generator.randrange(3000)), (agent.CREDIT_OUT, generator.choice([0, 1, 1 << 30])),
                (agent.CREDIT_ERR, 5), (agent.STDIN, generator.randrange(2)), (agent.RETAIN, generator.randrange(2))]
             + ([(agent.TERMINAL, struct.pack("<II", 80, 24))] if generator.randrange(2) else [])),
            (agent.SIGNAL, [(agent.HANDLE, generator.randrange(2, 9)), (agent.SIGNAL_NUMBER, generator.randrange(1, 65))]),
            (agent.RESIZE, [(agent.HANDLE, generator.randrange(1, 9)), (agent.COLUMNS, 1), (agent.ROWS, 65535)]),
            (agent.ATTACH, [
                (agent.HANDLE, generator.randrange(2, 9)), (agent.CREDIT_OUT, 9), (agent.CREDIT_ERR, 9),
                (agent.OFFSET_OUT, agent.u64(generator.randrange(30)))]),
            (agent.STATS, []), (agent.PROCESSES, []), (agent.EOF_IN, []), (agent.RELEASE, []),
            (agent.FREEZE, [(agent.FROZEN, generator.randrange(2))]), (agent.FREEZE_DISK, [(agent.FROZEN, generator.randrange(2))]),
            (agent.LIMITS, [(agent.CPU_QUOTA, generator.randrange(1, 3000)), (agent.MEMORY_LIMIT, agent.u64(200 << 20))]),
        ]
        kind, pairs = generator.choice(shapes)
        payload = agent.fields(pairs)
        if generator.randrange(6) == 0:
            kind, payload = agent.DATA_IN, generator.randbytes(generator.randrange(1, 9000))
        if generator.randrange(6) == 0:
            kind, payload = agent.CREDIT, struct.pack("<II", generator.randrange(3), generator.randrange(1, 1 << 29))
        data = bytearray(agent.frame(kind, generator.randrange(1, 9), payload))
        for _ in range(generator.choice([0, 0, 0, 1, 1, 3])):
            data[generator.randrange(len(data))] ^= 1 << generator.randrange(8)
        if data[4] == agent.SHUTDOWN:
            data[4] = agent.STATS
        if generator.randrange(40) == 0:
            del data[generator.randrange(len(data)):]
        return bytes(data)

    def test_damaged_frames_leave_init_well(self):
        generator = random.Random(3)
        for number in range(25):
            client = Client(self.machine.socket, first=False) if number else self.client
            client.send_raw(b"".join(self.damaged(generator) for _ in range(40)))
            client.pump_for_bytes(0.05)
            client.close()
        client = Client(self.machine.socket, first=False)
        self.addCleanup(client.close)
        client.ping()
        self.assertNotIn("fatal", self.machine.console_text())
        for handle in range(2, 9):
            client.send_raw(agent.frame(agent.RELEASE, handle))
        client.request(agent.FREEZE, [(agent.FROZEN, 0)])
        # The main process was spared, so that the container must still be there.
        self.assertEqual(client.run("echo", "well", handle=5000), (0, b"well\n", b""))
        client.shutdown()
        clean_end(self)


class LeaseTest(GuestTest):
    main = None
    start = False

    def test_without_a_client_for_the_lease_the_machine_ends_itself(self):
        client = Client(self.machine.socket, lease_ms=600)
        client.setup()
        process = client.spawn("sh", "-c", "echo kept > /kept; sleep 1000", handle=1, role=0)
        time.sleep(1.5)
        client.ping()
        client.close()
        clean_end(self)


def clean_end(test):
    status = test.machine.await_end()
    if os.environ["GUEST_ARCHITECTURE"] == "x86_64":
        test.assertEqual(status, 33, test.machine.console_text())
    assert_clean(test, test.upper_image)


def assert_clean(test, image):
    check = subprocess.run(["e2fsck", "-fn", image], capture_output=True, text=True)
    test.assertEqual(check.returncode, 0, check.stdout)
    with open(image, "rb") as file:
        file.seek(1024 + 0x60)
        incompatible = struct.unpack("<I", file.read(4))[0]
    test.assertFalse(incompatible & 4, "the journal was left to be replayed")


class MainProcessTest(GuestTest):
    """The main process's own ways; with a terminal."""

    main = None

    def test_main_process_to_shutdown(self):
        client = self.client
        self.assert_refused(ESRCH, "not running", "true")
        # A main process that cannot be started may be tried again.
        self.assert_refused(ENOENT, "nothing", "nothing", role=0)
        self.assert_refused(EINVAL, "user", "true", role=0, extra=[(agent.USER, "bob")])
        main = client.spawn(
            "sh", "-c", "tty; ls -l /dev/console; pwd; read x; exit 11", handle=1, role=0, terminal=(80, 24),
            extra=[(agent.DIRECTORY, "/srv/new/deep")])
        client.pump(lambda: b"/srv/new/deep\r\n" in main.out)
        self.assertIn(b"/dev/pts/0\r\n", main.out)
        self.assertRegex(main.out, rb"crw.* 136, +0 .*/dev/console")
        beside = client.spawn("sh", "-c", "echo text > /written; sync; sleep 1000", handle=2)
        self.assertEqual(self.run_in("sh", "-c", "while ! test -s /written; do :; done")[0], 0)
        client.write(main, b"\n")
        self.assertEqual(client.wait(main), 11)
        # The kernel ends all others of the PID namespace.
        self.assertEqual(client.wait(beside), 137)
        self.assert_refused(ESRCH, "not running", "true")
        client.shutdown()
        clean_end(self)
        listing = subprocess.run(
            ["debugfs", "-R", "cat /upper/written", self.upper_image], capture_output=True, text=True, check=True)
        self.assertEqual(listing.stdout, "text\n")


class ReadOnlyTest(GuestTest):
    """No writable disk, and an image that lacks the directories to mount on."""

    upper = False

    def test_a_read_only_root_has_all_that_is_mounted(self):
        self.assertIn("Read-only", self.sh("(echo x > /etc/new) 2>&1; true"))
        self.assertEqual(self.sh("cat /etc/marker"), "from the image")
        self.assertEqual(self.sh("cat /etc/hostname"), "guest")
        self.assertIn("guest", self.sh("cat /etc/hosts"))
        self.assertEqual(self.sh("test -e /proc/1/stat && test -c /dev/null && test -d /sys/class && echo yes"), "yes")
        self.assertEqual(self.sh("echo x > /dev/shm/x && cat /dev/shm/x"), "x")

    def test_there_is_no_disk_to_bring_to_a_standstill(self):
        with self.assertRaises(Refused) as raised:
            self.client.request(agent.FREEZE_DISK, [(agent.FROZEN, 1)])
        self.assertEqual(raised.exception.errno, ENODEV)


class HostileImageTest(GuestTest):
    """An image that is out to get init."""

    extra_setup = ((agent.MEMORY_LIMIT, agent.u64(64 << 20)), (agent.CPU_QUOTA, 500))

    @classmethod
    def change_tree(cls, tree):
        path = lambda name: os.path.join(tree, name)
        os.remove(path("etc/passwd"))
        os.mkfifo(path("etc/passwd"))
        os.remove(path("etc/group"))
        with open(path("etc/group"), "w") as file:
            file.write("x" * (1 << 21) + "\nlate:x:5:\n")
        os.symlink("../../../../../../etc/marker", path("etc/resolv.conf"))
        os.symlink("/nowhere/at/all", path("etc/hosts"))
        os.mkdir(path("etc/hostname"))
        os.symlink("/../../../..", path("up"))

    def test_account_files_that_never_end_are_not_waited_for(self):
        self.assert_refused(EINVAL, "no such user", "true", extra=[(agent.USER, "ann")])
        self.assert_refused(EINVAL, "no such group", "true", extra=[(agent.USER, "0:late")])
        self.assertEqual(self.sh("id -u", extra=[(agent.USER, "12")]), "12")

    def test_account_files_are_not_read_from_devices(self):
        for target in ["/dev/zero", "/dev/tty", "/proc/self/mem", "/etc/group", "/sys"]:
            self.sh(f"rm -f /etc/passwd; ln -s {target} /etc/passwd")
            self.assert_refused(EINVAL, "no such user", "true", extra=[(agent.USER, "ann")])

    def test_names_are_mounted_inside_or_not_at_all(self):
        self.assertEqual(self.sh("cat /etc/marker"), "")
        self.assertIn("localhost", self.sh("cat /etc/hosts"))
        self.assertEqual(self.sh("ls -d /etc/hostname"), "/etc/hostname")
        self.assertEqual(self.sh("hostname"), "guest")

    def test_a_directory_through_a_link_stays_inside(self):
        out = self.run_in("pwd", extra=[(agent.DIRECTORY, "/up/tmp")])[1]
        self.assertEqual(out, b"/tmp\n")

    def test_the_limits_hold(self):
        figures = {tag: struct.unpack("<Q", value)[0] for tag, value in self.client.request(agent.STATS)}
        self.assertEqual(figures[99], 64 << 20)
        self.assertEqual(self.sh("cat /sys/fs/cgroup/cpu.max"), "50000 100000")
        process = self.client.spawn(
            "dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1", handle=self.next_handle())
        self.assertEqual(self.client.wait(process), 137)
        figures = {tag: struct.unpack("<Q", value)[0] for tag, value in self.client.request(agent.STATS)}
        self.assertGreaterEqual(figures[106], 1)
        self.client.ping()

    def test_a_fork_storm_leaves_init_alive(self):
        storm = "for i in 1 2 3 4 5 6 7 8 9; do (for j in 1 2 3 4 5 6 7 8 9 10; do sleep 100 & done; wait) & done; wait"
        process = self.client.spawn("sh", "-c", storm, handle=self.next_handle())
        self.client.pump_for(1)
        self.client.ping()
        self.client.signal(process, 9)
        self.client.wait(process)
        self.sh("killall -9 sleep; exit 0")


class BrokenSetupTest(GuestTest):
    main = None
    start = False

    def test_a_disk_that_is_not_there_is_named(self):
        client = Client(self.machine.socket)
        self.addCleanup(client.close)
        with self.assertRaises(Refused) as raised:
            client.spawn("true", handle=1, role=0)
        self.assertEqual(raised.exception.errno, EINVAL)
        with self.assertRaises(Refused) as raised:
            client.request(agent.SETUP, [
                (agent.HOSTNAME, "x"), (agent.TIME, agent.u64(time.time_ns())), (agent.ENTROPY, bytes(32)),
                (agent.ROOT_DISK, "elsewhere")])
        self.assertEqual(raised.exception.errno, ENODEV)
        self.assertIn("elsewhere", raised.exception.text)
        client.shutdown()
        clean_end(self)


if __name__ == "__main__":
    unittest.main()
