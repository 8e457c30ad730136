"""The peer: podman with crun, which starts a process in namespaces and no machine.

It runs in a mount and a network namespace of its own, with its stores below the work directory: nothing of it is left on this host.
"""
import os, resource, shutil, subprocess, time

from processes import end, output

# What a namespace needs: /run and the network's state are its own; crun refuses control groups of both versions side by side.
NAMESPACE = """
set -e
ip link set lo up
mount -t tmpfs none /run
mkdir -p /var/lib/cni
mount -t tmpfs none /var/lib/cni
if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified; fi
echo ready
exec sleep infinity
"""


class Podman:
    """Which options it takes on this host is tried, those that change least first."""

    def __init__(self, work, layout):
        self.work, self.layout, self.holder, self.why = work, layout, None, ""
        self.rows = {}  # name: command
        self.groups = "/bench-%d" % os.getpid()

    def prepare(self):
        """Finds out how it runs; `why` says why not."""
        missing = [tool for tool in ("podman", "crun", "unshare", "nsenter") if not shutil.which(tool)]
        if missing:
            self.why = "not installed: " + ", ".join(missing)
            return
        self.holder = subprocess.Popen(["unshare", "--mount", "--net", "--propagation", "private", "sh", "-c", NAMESPACE],
                                       start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if self.holder.stdout.readline() != b"ready\n":
            self.why = "no namespaces: " + self.holder.stderr.read().decode().strip()
            return
        files, _ = (min(limit, 1 << 20) if limit > 0 else 1 << 20 for limit in resource.getrlimit(resource.RLIMIT_NOFILE))
        limits = ["--ulimit", "nofile=%d:%d" % (files, files), "--ulimit", "nproc=4096:4096"]
        for storage in ("overlay", "vfs"):
            try:
                image = output(*self._podman(storage), "pull", "-q", "oci:%s:b" % self.layout, timeout=120).strip()
            except (SystemExit, subprocess.TimeoutExpired) as e:
                self.why = str(e)
                continue
            for network in ("bridge", "none"):
                for options in ([], limits, limits + ["--cgroups=disabled"]):
                    groups = [] if "--cgroups=disabled" in options else ["--cgroup-parent=" + self.groups]
                    run = [*self._podman(storage), "run", "--rm", "--pull=never", "--network=" + network, *options, *groups, image]
                    tried = subprocess.run(run + ["sh", "-c", "exit 7"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.PIPE, timeout=60)
                    if tried.returncode == 7:
                        shown = " ".join(word for word in options if "cgroups" in word)
                        self.rows["podman run --rm (crun, %s, network %s%s)"
                                  % (storage, network, ", " + shown if shown else "")] = run + ["true"]
                        break
                    self.why = tried.stderr.decode().strip()
            if self.rows:
                return

    def _podman(self, storage):
        return ["nsenter", "--target", str(self.holder.pid), "--mount", "--net", "podman",
                "--root", os.path.join(self.work, "podman-" + storage), "--runroot", os.path.join(self.work, "podman-run-" + storage),
                "--tmpdir", os.path.join(self.work, "podman-tmp"), "--storage-driver", storage, "--runtime", "crun",
                "--cgroup-manager", "cgroupfs", "--events-backend", "none"]

    def close(self):
        if self.holder:
            end(self.holder, 5)
            self.holder.stdout.close()
            self.holder.stderr.close()
        time.sleep(0.2)  # its last control groups empty
        for controller in os.listdir("/sys/fs/cgroup"):
            top = "/sys/fs/cgroup/" + controller + self.groups
            for directory, _, _ in os.walk(top, topdown=False):
                try:
                    os.rmdir(directory)
                except OSError:
                    pass
