"""MOUNT: file systems in memory, and places where nothing can be mounted. As test_guest.py; the engine's tests have volumes."""

import errno
import os
import unittest

import agent
from agent import Refused
from test_guest import EALREADY, EINVAL, ENODEV, GuestTest


class MountTest(GuestTest):
    """A machine of its own for each test, without a main process."""

    main = None

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def change_tree(cls, tree):
        os.symlink("/tmp/behind", os.path.join(tree, "link"))
        os.makedirs(os.path.join(tree, "tmp/behind"))
        os.symlink("..", os.path.join(tree, "tmp/up"))

    def setUp(self):
        cls = type(self)
        super(MountTest, cls).setUpClass()
        self.addCleanup(cls.doClassCleanups)

    def mount(self, target, *more):
        self.client.request(agent.MOUNT, [(agent.TARGET, target), *more])

    def start_main(self, script="sleep 1000"):
        return self.client.spawn("sh", "-c", script, handle=1, role=0)

    def assert_answer(self, number, request):
        with self.assertRaises(Refused) as raised:
            request()
        self.assertEqual(raised.exception.errno, number, raised.exception.text)
        return raised.exception.text

    def test_it_is_there_for_all_processes(self):
        self.mount("/new/place", (agent.OPTIONS, "size=1m,mode=750"), (agent.FLAGS, 8))
        self.mount("/new/place/below", (agent.READ_ONLY, 1))
        self.mount("/link")
        self.start_main("echo x > /new/place/file; sleep 1000")
        self.assertEqual(self.sh("until [ -f /new/place/file ]; do :; done; stat -c %a /new/place"), "750")
        self.assertEqual(
            self.sh("grep ' /new/place ' /proc/mounts | grep -o 'noexec.*size=[0-9]*k'").split(",")[-1], "size=1024k")
        self.assertEqual(self.sh("touch /new/place/below/x 2>/dev/null || echo no"), "no")
        self.assertEqual(self.sh("grep -o ' /tmp/behind ' /proc/mounts"), "/tmp/behind")
        self.assert_answer(EALREADY, lambda: self.mount("/late"))

    def test_a_place_must_be_a_directory_of_the_containers_own(self):
        for target, text in [("/etc/passwd", "Not a directory"), ("/tmp/up", "root"), ("/proc/sys", "/proc"),
                             ("/outside/x", "/outside/x"), ("/sys/kernel", "/sys")]:
            self.doCleanups()
            self.setUp()
            self.mount(target)
            said = self.assert_answer(EINVAL, self.start_main)
            self.assertIn(text, said)

    def test_there_are_bounds(self):
        self.assert_answer(ENODEV, lambda: self.mount("/x", (agent.DISK, "nothing")))
        for number in range(16):
            self.mount("/" + "x" * 4000 + str(number)) if number < 15 else None
        self.assert_answer(errno.ENOSPC, lambda: self.mount("/" + "y" * 4094) or self.mount("/" + "z" * 4094))
        self.client.ping()


if __name__ == "__main__":
    unittest.main()
