"""The tool that unpacks into a container. As test_guest.py."""

import hashlib
import random
import struct
import subprocess
import unittest

import agent
from agent import Refused
from test_guest import EINVAL, ENOENT, GuestTest, clean_end

END, DIRECTORY, FILE, SYMBOLIC_LINK, HARD_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, DIRECTORY_TIME = range(9)
ENOTDIR = 20
TIME = (1000000000, 123456789)
LIBCAP = struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0)  # cap_net_bind_service=ep


def entry(kind, path, mode=0o644, uid=0, gid=0, time=TIME, target=b"", device=(0, 0), content=b"", attributes=(), size=None):
    path = path.encode() if isinstance(path, str) else path
    target = target.encode() if isinstance(target, str) else target
    size = len(content) if size is None else size
    data = struct.pack(
        "<BBHHHIIIIqIIQ", kind, 0, len(path), len(target), len(attributes), mode, uid, gid, time[1], time[0], *device, size)
    data += path + target + content
    for name, value in attributes:
        data += struct.pack("<HHI", len(name), 0, len(value)) + name.encode() + value
    return data


END_ENTRY = bytes(48)


class UnpackingTest(GuestTest):
    def start_unpacking(self, destination="/", *flags):
        return self.client.spawn("unpack", destination, *flags, handle=self.next_handle(), role=2, stdin=True)

    def unpack(self, data, destination="/", *flags, end=END_ENTRY):
        process = self.start_unpacking(destination, *flags)
        self.client.write(process, data + end)
        self.client.close_input(process)
        code = self.client.wait(process)
        self.client.release(process)
        self.assertEqual(process.out, b"")
        return code, bytes(process.err)

    def assert_unpacked(self, *arguments, **options):
        self.assertEqual(self.unpack(*arguments, **options), (0, b""))

    def assert_stopped(self, text, *arguments, **options):
        code, err = self.unpack(*arguments, **options)
        self.assertEqual(code, 1)
        self.assertEqual(err.count(b"\n"), 1, err)
        self.assertTrue(err.startswith(b"unpack: ") and err.endswith(b"\n"), err)
        self.assertIn(text.encode(), err)


class UnpackTest(UnpackingTest):
    """Beside a main process."""

    def test_every_kind_of_file_comes_out_as_it_was_sent(self):
        data = random.Random(5).randbytes(3_000_000)
        stream = b"".join([
            entry(DIRECTORY, "all", mode=0o2750, uid=1000, gid=10),
            entry(FILE, "all/setuid", mode=0o6755, uid=1000, gid=10, content=b"#!"),
            entry(FILE, "all/big", mode=0o600, content=data),
            entry(FILE, "all/empty", mode=0, time=(-1, 999999999)),
            entry(SYMBOLIC_LINK, "all/link", uid=5, gid=6, target="no/where//.."),
            entry(HARD_LINK, "all/hard", target="all/setuid"),
            entry(CHARACTER_DEVICE, "all/null", mode=0o666, device=(1, 3)),
            entry(BLOCK_DEVICE, "all/disk", mode=0o640, gid=6, device=(259, 70000)),
            entry(FIFO, "all/fifo", mode=0o622, uid=3),
            entry(FILE, "all/implied/parents/file", content=b"x"),
            entry(DIRECTORY_TIME, "all"),
            entry(DIRECTORY_TIME, "all/gone"),
            entry(DIRECTORY_TIME, "all/big/not"),
        ])
        self.assert_unpacked(stream, "/tmp")
        listed = self.sh("cd /tmp/all; stat -c '%n %f %u %g %Y %t:%T %s' . setuid empty link null disk fifo implied").split("\n")
        self.assertEqual(listed, [
            ". 45e8 1000 10 1000000000 0:0 1024", "setuid 8ded 1000 10 1000000000 0:0 2", "empty 8000 0 0 -1 0:0 0",
            "link a1ff 5 6 1000000000 0:0 12", "null 21b6 0 0 1000000000 1:3 0", "disk 61a0 0 6 1000000000 103:11170 0",
            "fifo 1192 3 0 1000000000 0:0 0", listed[7]])
        self.assertRegex(listed[7], "^implied 45ed 0 10 ")
        self.assertEqual(self.sh("sha256sum < /tmp/all/big").split()[0], hashlib.sha256(data).hexdigest())
        self.assertEqual(self.sh("readlink /tmp/all/link"), "no/where//..")
        self.assertEqual(self.sh("stat -c %i /tmp/all/hard"), self.sh("stat -c %i /tmp/all/setuid"))
        self.assertRegex(self.sh("stat -c %y /tmp/all/setuid"), r"00:46:40\.(123456789|000000000)|01:46:40\.123456789")

    def test_attributes_and_nanoseconds_are_on_the_disk(self):
        attributes = [("user.one", b"1"), ("security.capability", LIBCAP), ("user.empty", b""), ("user.big", b"x" * 300)]
        self.assert_unpacked(
            entry(FILE, "capable", mode=0o755, uid=7, content=b"x" * 100000, attributes=attributes)
            + entry(DIRECTORY, "marked", mode=0o755, attributes=[("user.dir", b"d")])
            + entry(SYMBOLIC_LINK, "refused", target="x", attributes=[("user.never", b"x")]))
        self.sh("sync")
        for path, name, value in [("capable", "user.one", b"1"), ("capable", "security.capability", LIBCAP),
                                  ("capable", "user.big", b"x" * 300), ("marked", "user.dir", b"d")]:
            found = subprocess.run(
                ["debugfs", "-R", f"ea_get -x /upper/{path} {name}", self.upper_image], capture_output=True, text=True).stdout
            self.assertIn(value.hex(" "), " ".join(found.split()), found)
        status = subprocess.run(["debugfs", "-R", "stat /upper/capable", self.upper_image], capture_output=True, text=True)
        self.assertIn(f"mtime: 0x{TIME[0]:08x}:{TIME[1] << 2:08x}", status.stdout)

    def test_what_is_there_is_replaced(self):
        self.sh("mkdir -p /r/dir/deep/er /r/kept; touch /r/dir/deep/er/f /r/kept/f; echo old > /r/file; ln -s file /r/link")
        self.assert_unpacked(
            entry(FILE, "dir", content=b"now a file") + entry(DIRECTORY, "kept", mode=0o711, uid=9)
            + entry(FILE, "link", content=b"not through the link") + entry(DIRECTORY, "file", mode=0o755), "/r")
        self.assertEqual(
            self.sh("cd /r; cat dir; ls kept; stat -c '%a %u' kept; cat link; ls -d file/").split("\n"),
            ["now a filef", "711 9", "not through the linkfile/"])

    def test_a_directory_and_another_thing_are_not_exchanged_if_that_is_forbidden(self):
        self.sh("mkdir -p /n/dir; echo old > /n/file; ln -s dir /n/link")
        flag = "no-overwrite"
        self.assert_stopped("directory with non-directory", entry(FILE, "dir", content=b"x"), "/n", flag)
        self.assert_stopped("non-directory with directory", entry(DIRECTORY, "file"), "/n", flag)
        self.assert_stopped("non-directory with directory", entry(DIRECTORY, "link"), "/n", flag)
        self.assert_unpacked(entry(FILE, "file", content=b"new") + entry(DIRECTORY, "dir"), "/n", flag)
        self.assertEqual(self.sh("cat /n/file"), "new")

    def test_links_on_the_way_end_in_the_containers_root(self):
        self.sh("mkdir -p /l/in /elsewhere; ln -s ../../../../../../elsewhere /l/up; ln -s /elsewhere /l/absolute; ln -s /l/in /into")
        self.assert_unpacked(entry(FILE, "up/a", content=b"a") + entry(FILE, "absolute/b", content=b"b"), "/l")
        self.assertEqual(self.sh("cat /elsewhere/a /elsewhere/b"), "ab")
        self.assert_unpacked(entry(FILE, "c", content=b"c"), "/into")
        self.assertEqual(self.sh("cat /l/in/c"), "c")
        self.assert_stopped("make a directory", entry(FILE, "outside/proc/1/x/y", content=b"x"), "/")

    def test_what_breaks_the_rules_is_refused(self):
        for path in ["/etc/x", "../x", "a/../../x", "a//b", "./a", "a/.", ".", "..", "a/", "a\0b"]:
            with self.subTest(path):
                self.assert_stopped("not a path", entry(FILE, path))
        self.assert_stopped("a??b", entry(FILE, "a\n\x1bb/.."))
        for bad in [
                entry(9, "a"), entry(FILE, ""), entry(FILE, "a", mode=0o10000), entry(FILE, "a", time=(0, 10**9)),
                entry(FILE, "a", target="b"), entry(SYMBOLIC_LINK, "a"), entry(FIFO, "a", content=b"x"),
                entry(FILE, "a", size=1 << 63), entry(FILE, "a", device=(1, 1)), entry(CHARACTER_DEVICE, "a", device=(4096, 0)),
                entry(HARD_LINK, "a", target="b", attributes=[("user.a", b"")]), entry(FILE, "a" * 4096),
                entry(FILE, "a", attributes=[("user.a", b"")] * 65), entry(FILE, "a", uid=0xffffffff),
                b"\0\1" + bytes(46), bytes(47) + b"\1", b"\1\1" + entry(DIRECTORY, "a")[2:]]:
            self.assert_stopped("rules", bad)
        self.assert_stopped("target", entry(HARD_LINK, "a", target="../b"))
        self.assert_stopped("target", entry(SYMBOLIC_LINK, "a", target="a\0b"))
        self.assert_stopped("attribute", entry(FILE, "a", attributes=[("", b"x")]))

    def test_a_stream_that_ends_early_is_an_error_at_every_byte(self):
        stream = entry(FILE, "cut", content=b"12345", attributes=[("user.a", b"abc")]) + END_ENTRY
        for cut in list(range(0, len(stream), 7)) + [len(stream) - 1]:
            self.assert_stopped("ends early", stream[:cut], end=b"")

    def test_random_bytes_end_it_and_nothing_else(self):
        generator = random.Random(6)
        for _ in range(30):
            data = bytearray(entry(FILE, "fuzz/f", content=b"1") + entry(DIRECTORY, "fuzz") + entry(SYMBOLIC_LINK, "fuzz/l", target="x"))
            for _ in range(generator.randrange(1, 5)):
                data[generator.randrange(len(data))] ^= 1 << generator.randrange(8)
            code, err = self.unpack(bytes(data), "/tmp")
            self.assertIn((code, err.count(b"\n")), [(0, 0), (1, 1)])
        self.client.ping()

    def test_a_destination_must_be_a_directory(self):
        for errno, arguments in [
                (ENOENT, ["unpack", "/no/where"]), (ENOTDIR, ["unpack", "/etc/passwd"]), (EINVAL, ["unpack", "tmp"]),
                (EINVAL, ["unpack"]), (EINVAL, ["unpack", "/", "quickly"]), (ENOENT, ["sh"])]:
            with self.assertRaises(Refused) as raised:
                self.client.spawn(*arguments, handle=self.next_handle(), role=2)
            self.assertEqual(raised.exception.errno, errno, arguments)
        with self.assertRaises(Refused) as raised:
            self.client.spawn("unpack", "/", handle=self.next_handle(), role=2, terminal=(80, 24))
        self.assertEqual(raised.exception.errno, EINVAL)

    def test_it_can_be_killed_and_is_not_seen_inside(self):
        process = self.start_unpacking()
        self.assertEqual(self.sh("ps -o comm | grep -c init; true"), "0")
        self.client.signal(process, 15)
        self.assertEqual(self.client.wait(process), 143)

    def test_it_works_in_a_frozen_container_and_what_is_mounted_there(self):
        self.client.request(agent.FREEZE, [(agent.FROZEN, 1)])
        self.assert_unpacked(entry(FILE, "shared", content=b"memory"), "/dev/shm")
        self.client.request(agent.FREEZE, [(agent.FROZEN, 0)])
        self.assertEqual(self.sh("cat /dev/shm/shared"), "memory")


class MachineForUnpackingTest(UnpackingTest):
    """Without a main process: the files are found on the disk afterwards."""

    main = None

    def test_files_are_made_without_a_main_process(self):
        self.assert_unpacked(entry(FILE, "etc/new", content=b"made\n"))
        main = self.client.spawn("sh", "-c", "cat /etc/new", handle=self.next_handle(), role=0)
        self.assertEqual(self.client.wait(main), 0)
        self.assertEqual(main.out, b"made\n")
        # And after its end.
        self.assert_unpacked(entry(FILE, "etc/last", content=b"last\n"))
        self.client.shutdown()
        clean_end(self)
        for name, text in [("new", "made\n"), ("last", "last\n")]:
            listing = subprocess.run(
                ["debugfs", "-R", f"cat /upper/etc/{name}", self.upper_image], capture_output=True, text=True, check=True)
            self.assertEqual(listing.stdout, text)


if __name__ == "__main__":
    unittest.main()
