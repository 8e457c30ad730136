"""PREPARE, and machines that are kept after it and go on as others. As test_guest.py; x86_64 alone."""

import os
import shutil
import subprocess
import time
import unittest

import agent
from agent import Client, Refused
from test_guest import EALREADY, EINVAL, ENODEV, GuestTest, assert_clean, clean_end


class UnpreparedTest(GuestTest):
    """A machine of its own for each test, not prepared yet."""

    another_upper = True
    main = None
    start = False
    from_template = False

    @classmethod
    def setUpClass(cls):
        pass

    def setUp(self):
        cls = type(self)
        super(UnpreparedTest, cls).setUpClass()
        self.addCleanup(cls.doClassCleanups)

    def connect(self, **options):
        client = Client(self.machine.socket, **options)
        self.addCleanup(client.close)
        return client

    def prepare(self, extra=(), upper=True, **options):
        client = Client(self.machine.socket, **options)
        client.prepare(extra, upper=upper)
        client.close()

    def use(self, client, **options):
        client.setup(**options)
        main = client.spawn("sh", "-c", "echo $(hostname) $(cat /etc/marker); echo kept > /kept", handle=1, role=0)
        self.assertEqual(client.wait(main), 0, main.err)
        self.assertEqual(main.out, b"guest from the image\n")
        client.shutdown()
        clean_end(self)

    def assert_answer(self, errno, request):
        with self.assertRaises(Refused) as raised:
            request()
        self.assertEqual(raised.exception.errno, errno, raised.exception.text)
        return raised.exception.text

    def read_while_starting(self, program, *ahead):
        """Bytes that a clone reads from its disks to start a program of the image."""
        self.prepare([(agent.JOIN, 1), *ahead])
        self.machine.keep()
        self.machine.restore()
        client = self.connect()
        client.setup()
        before = client.stats(103)
        self.assertEqual(client.wait(client.spawn(program, handle=1, role=0, env=["PATH=/bin"])), 0)
        return client.stats(103) - before


class PreparedTest(UnpreparedTest):
    def test_the_next_client_needs_no_preamble(self):
        self.prepare()
        self.use(self.connect())

    def test_the_next_client_may_come_at_once(self):
        """Its HELLO waits in the socket while the first one is answered still."""
        first = Client(self.machine.socket)
        first.send_request(agent.PREPARE, agent.fields([(agent.ROOT_DISK, "root"), (agent.UPPER_DISK, "upper")]))
        first.close()
        self.use(self.connect(first=False))

    def test_preparing_ends_the_connection(self):
        client = self.connect()
        client.prepare()
        number = client.send_request(agent.PING, b"unheard")
        client.pump_for(0.3)
        self.assertNotIn(number, client.answers)

    def test_the_root_may_be_joined_ahead(self):
        self.prepare([(agent.JOIN, 1)])
        self.use(self.connect())

    def test_the_root_may_be_joined_afterwards_once(self):
        self.prepare()
        self.prepare([(agent.JOIN, 1)])
        client = self.connect()
        self.assert_answer(EALREADY, lambda: client.prepare([(agent.JOIN, 1)]))
        client.close()
        self.use(self.connect())

    def test_it_can_be_done_once(self):
        self.prepare()
        client = self.connect()
        self.assertIn("prepared", self.assert_answer(EALREADY, client.prepare))

    def test_it_cannot_be_done_after_the_setup(self):
        client = self.connect()
        client.setup()
        self.assert_answer(EALREADY, client.prepare)
        # The client stays, for this is no template.
        client.ping()
        self.assertEqual(client.wait(client.spawn("true", handle=1, role=0)), 0)

    def test_what_breaks_the_rules_is_not_answered(self):
        for pairs in [[], [(agent.ROOT_DISK, "")], [(agent.ROOT_DISK, "root"), (agent.JOIN, 2)],
                      [(agent.ROOT_DISK, "root")] * 2, [(agent.ROOT_DISK, "root"), (agent.JOIN, b"1")]]:
            client = Client(self.machine.socket, first=False)
            number = client.send_request(agent.PREPARE, agent.fields(pairs))
            client.pump_for(0.2)
            self.assertNotIn(number, client.answers, pairs)
            client.close()
        self.use(self.connect(first=False))

    def test_a_disk_that_is_not_there_is_named(self):
        client = self.connect()
        text = self.assert_answer(
            ENODEV, lambda: client.request(agent.PREPARE, [(agent.ROOT_DISK, "root"), (agent.UPPER_DISK, "nowhere")]))
        self.assertIn("nowhere", text)
        client.close()
        self.use(self.connect(first=False))

    def test_the_setup_may_want_another_writable_disk(self):
        client = Client(self.machine.socket)
        client.request(agent.PREPARE, [(agent.ROOT_DISK, "root"), (agent.UPPER_DISK, "other"), (agent.JOIN, 1)])
        client.close()
        self.use(self.connect())
        assert_clean(self, self.other_image)
        for image, found in [(self.upper_image, True), (self.other_image, False)]:
            listing = subprocess.run(["debugfs", "-R", "stat /upper/kept", image], capture_output=True, text=True)
            self.assertEqual("Inode:" in listing.stdout, found, listing)

    def test_the_setup_may_want_no_writable_disk(self):
        self.prepare([(agent.JOIN, 1)])
        client = self.connect()
        client.setup(upper=False)
        main = client.spawn("sh", "-c", "(echo x > /new) 2>&1; cat /etc/marker", handle=1, role=0)
        self.assertEqual(client.wait(main), 0)
        self.assertRegex(main.out, rb"Read-only.*\nfrom the image\n")
        client.shutdown()
        clean_end(self)

    def test_the_setup_may_want_a_writable_disk_that_was_not_prepared(self):
        self.prepare([(agent.JOIN, 1)], upper=False)
        self.use(self.connect())

    def test_a_disk_given_up_takes_what_had_entered_its_root_along(self):
        self.prepare([(agent.JOIN, 1)])
        client = self.connect()
        client.request(agent.SETUP, [
            (agent.HOSTNAME, "guest"), (agent.TIME, agent.u64(time.time_ns())), (agent.ENTROPY, os.urandom(32)),
            (agent.ROOT_DISK, "root"), (agent.UPPER_DISK, "other")])
        # Unmounted for good: nothing keeps the disk busy.
        assert_clean(self, self.upper_image)
        main = client.spawn("sh", "-c", "cat /etc/hostname /etc/marker; echo kept > /kept", handle=1, role=0)
        self.assertEqual(client.wait(main), 0)
        self.assertEqual(main.out, b"guest\nfrom the image\n")
        client.shutdown()
        clean_end(self)
        assert_clean(self, self.other_image)

    def test_names_are_those_of_the_setup(self):
        self.prepare([(agent.JOIN, 1)])
        client = self.connect()
        client.setup([(agent.NAMESERVER, "10.0.2.3"), (agent.HOST, "10.9.8.7 db"), (agent.SHM_BYTES, agent.u64(1 << 20))])
        script = "hostname; cat /etc/hostname /etc/resolv.conf; grep -c db /etc/hosts; df -k /dev/shm | tail -1"
        main = client.spawn("sh", "-c", script, handle=1, role=0)
        self.assertEqual(client.wait(main), 0, main.err)
        self.assertRegex(main.out, rb"^guest\nguest\nnameserver 10.0.2.3\n1\nshm +1024 |^guest\nguest\nnameserver 10.0.2.3\n1\ntmpfs +1024 ")

    def test_a_program_is_read_ahead(self):
        self.assertLess(self.read_while_starting("true", (agent.PROGRAM, "true"), (agent.PROGRAM_PATH, "/nowhere:/bin")), 64 << 10)

    def test_what_is_not_read_ahead_is_read_later(self):
        self.assertGreater(self.read_while_starting("true"), 128 << 10)

    def test_what_is_read_ahead_is_bounded(self):
        for pairs in [[(agent.PROGRAM, "")], [(agent.PROGRAM, "x" * 4096)], [(agent.PROGRAM_PATH, "/" * 4096)]]:
            client = Client(self.machine.socket, first=False)
            number = client.send_request(
                agent.PREPARE, agent.fields([(agent.ROOT_DISK, "root"), (agent.UPPER_DISK, "upper"), (agent.JOIN, 1)] + pairs))
            client.pump_for(0.2)
            self.assertNotIn(number, client.answers, pairs)
            client.close()
        longest = [(agent.JOIN, 1), (agent.PROGRAM, "x" * 4095), (agent.PROGRAM_PATH, "/" * 4095)]
        client = Client(self.machine.socket, first=False)
        client.prepare(longest)
        client.close()
        self.use(self.connect(first=False))

    def test_nobody_comes_and_the_lease_ends_it(self):
        self.prepare(lease_ms=700)
        clean_end(self)

    def test_the_lease_goes_on_in_a_clone(self):
        self.prepare(lease_ms=6000)
        self.machine.keep()
        self.machine.restore()
        clean_end(self)

    def test_a_clone_is_not_ended_by_its_makers_lease(self):
        self.prepare(lease_ms=6000)
        self.machine.keep()
        time.sleep(7)
        self.machine.restore()
        self.use(self.connect())

    def test_clones_of_one_template_do_not_know_each_other(self):
        self.prepare()
        self.machine.keep()
        kept = self.upper_image + ".kept"
        shutil.copy(self.upper_image, kept)
        seen = []
        for _ in range(2):
            shutil.copy(kept, self.upper_image)
            self.machine.restore()
            client = Client(self.machine.socket)
            client.setup()
            script = "test -e /kept && echo old; head -c 16 /dev/urandom | od -A n -t x1; cat /proc/sys/kernel/random/boot_id"
            main = client.spawn("sh", "-c", script + "; echo x > /kept", handle=1, role=0)
            self.assertEqual(client.wait(main), 0)
            seen.append(bytes(main.out))
            client.shutdown()
            clean_end(self)
            client.close()
        self.assertNotIn(b"old", seen[1])
        self.assertFalse(set(seen[0].splitlines()) & set(seen[1].splitlines()), seen)


class HostileProgramTest(UnpreparedTest):
    """Programs that are to be read ahead, and are none."""

    @classmethod
    def change_tree(cls, tree):
        path = lambda name: os.path.join(tree, name)
        os.mkfifo(path("pipe"))
        os.mkdir(path("directory"))
        links = {"loop": "loop", "log": "/proc/kmsg", "memory": "/proc/self/mem", "zero": "/dev/zero", "tty": "/dev/tty",
                 "up": "../../../../../../../../bin/busybox", "self": "/proc/self/exe", "names": "/etc/hosts"}
        for name, target in links.items():
            os.symlink(target, path(name))
        scripts = {"recursive": "#!/recursive\n", "piped": "#!/pipe\n", "endless": "#!" + " " * 5000, "nameless": "#!"}
        for name, text in scripts.items():
            with open(path(name), "w") as file:
                file.write(text)
        with open("/bin/true", "rb") as file:
            elf = bytearray(file.read(4096))
        for name, at, value in [("offset", 32, b"\xff" * 8), ("count", 56, b"\xff\xff"), ("short", 0, b"")]:
            damaged = elf[:at] + value + elf[at + len(value):] if value else elf[:70]
            with open(path(name), "wb") as file:
                file.write(damaged)
        with open(path("interpreter"), "wb") as file:
            file.write(elf.replace(b"/lib64/ld-linux", b"/../../../../dev"))
        with open(path("large"), "wb") as file:
            file.truncate(20 << 20)

    def test_nothing_but_files_of_the_image_is_read_and_not_without_bound(self):
        names = ["pipe", "directory", "loop", "log", "memory", "zero", "tty", "up", "self", "names", "recursive", "piped",
                 "endless", "nameless", "offset", "count", "short", "interpreter", "large", "nowhere"]
        self.prepare()
        self.machine.keep()
        kept = self.upper_image + ".kept"
        shutil.copy(self.upper_image, kept)
        for name in names:
            with self.subTest(name):
                shutil.copy(kept, self.upper_image)
                self.machine.restore()
                self.prepare([(agent.JOIN, 1), (agent.PROGRAM, "/" + name)])
                client = Client(self.machine.socket)
                client.setup()
                self.assertLess(client.stats(105), 12 << 20)
                self.assertEqual(client.wait(client.spawn("true", handle=1, role=0)), 0)
                client.shutdown()
                clean_end(self)
                client.close()

    def test_a_limit_below_what_was_read_ahead_holds(self):
        self.prepare([(agent.JOIN, 1), (agent.PROGRAM, "/large")])
        self.machine.keep()
        self.machine.restore()
        client = self.connect()
        client.setup([(agent.MEMORY_LIMIT, agent.u64(6 << 20))])
        self.assertLessEqual(client.stats(98), 6 << 20)
        self.assertEqual(client.stats(106), 0)
        self.assertEqual(client.wait(client.spawn("true", handle=1, role=0)), 0)


class DynamicProgramTest(UnpreparedTest):
    """A program of the machine that the tests run on, with its linker and library where the distribution has them."""

    @classmethod
    def change_tree(cls, tree):
        program = "/bin/cat"
        needed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
        for file in [program] + [word for word in needed.split() if word.startswith("/")]:
            link = os.path.join(tree, file[1:])
            real = os.path.realpath(file)
            target = os.path.join(tree, real[1:])
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(real, target)
            if link != target:
                os.makedirs(os.path.dirname(link), exist_ok=True)
                if os.path.lexists(link):
                    os.remove(link)
                os.symlink(real, link)

    def test_its_linker_and_library_are_read_ahead_too(self):
        self.assertLess(self.read_while_starting("cat", (agent.PROGRAM, "cat"), (agent.PROGRAM_PATH, "/bin")), 128 << 10)

    def test_without_that_they_are_read_later(self):
        self.assertGreater(self.read_while_starting("cat"), 512 << 10)


class UnfitRootTest(UnpreparedTest):
    @classmethod
    def change_tree(cls, tree):
        with open(os.path.join(tree, "proc"), "w") as file:
            file.write("no directory")

    def test_a_root_that_cannot_be_entered_is_refused_at_each_step(self):
        client = self.connect()
        text = self.assert_answer(EINVAL, lambda: client.prepare([(agent.JOIN, 1)]))
        self.assertIn("/proc", text)
        client.close()
        client = self.connect(first=False)
        client.setup()
        text = self.assert_answer(EINVAL, lambda: client.spawn("true", handle=1, role=0))
        self.assertIn("/proc", text)
        client.shutdown()
        clean_end(self)
        assert_clean(self, self.upper_image)


if __name__ == "__main__":
    unittest.main()
