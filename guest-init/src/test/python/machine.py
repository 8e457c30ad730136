"""A machine with init in it, in QEMU, from a distribution kernel and a root file system of busybox."""

import json
import os
import shutil
import struct
import subprocess
import tempfile
import time

import agent

MODULES = [
    "virtio_ring", "virtio", "virtio_mmio", "virtio_console", "virtio_blk", "failover", "net_failover", "virtio_net",
    "overlay",
]


def cpio(entries):
    """A newc archive; an entry is (name, mode, bytes)."""
    archive = bytearray()
    for number, (name, mode, data) in enumerate(entries + [("TRAILER!!!", 0, b"")], 1):
        name = name.encode() + b"\0"
        values = [number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0]
        archive += b"070701" + b"".join(b"%08x" % value for value in values) + name
        archive += bytes(-len(archive) % 4) + data
        archive += bytes(-len(archive) % 4)
    return bytes(archive)


class Kernel:
    """An unpacked kernel package."""

    def __init__(self, directory):
        self.image = next(
            os.path.join(directory, "boot", name)
            for name in sorted(os.listdir(os.path.join(directory, "boot")))
            if name.startswith("vmlinuz"))
        self.modules = {}
        for parent, _, names in os.walk(os.path.join(directory, "lib", "modules")):
            for name in names:
                if name.endswith(".ko"):
                    self.modules[name[:-3].replace("-", "_")] = os.path.join(parent, name)

    def initramfs(self, init):
        entries = [("modules", 0o040755, b"")]
        order = [name for name in MODULES if name in self.modules]
        for name in order:
            with open(self.modules[name], "rb") as file:
                entries.append((f"modules/{name}.ko", 0o100644, file.read()))
        entries.append(("modules/order", 0o100644, "".join(f"{name}.ko\n" for name in order).encode()))
        with open(init, "rb") as file:
            entries.append(("init", 0o100755, file.read()))
        return cpio(entries)


def tsc_khz():
    """Without KVM the kernel's own calibration fails when the host is busy, and the machine hangs."""
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("cpu MHz"):
                return int(float(line.split(":")[1]) * 1000)
    return 2000000


def make_ext4(path, tree, size="64M"):
    subprocess.run(
        ["mke2fs", "-q", "-F", "-t", "ext4", "-E", "root_owner=0:0", "-d", tree, path, size],
        check=True, stdout=subprocess.DEVNULL)


def elf_machine(path):
    with open(path, "rb") as file:
        return {62: "x86_64", 183: "aarch64"}[struct.unpack_from("<H", file.read(20), 18)[0]]


def make_tree(tree, busybox):
    """A small container image: busybox, its names, users, and what a hostile image may hold."""
    for name in ["bin", "etc", "tmp", "home/ann"]:
        os.makedirs(os.path.join(tree, name))
    shutil.copy(busybox, os.path.join(tree, "bin/busybox"))
    # The machine's own one knows the names too if the other is for another architecture.
    lister = busybox if os.uname().machine == elf_machine(busybox) else "/bin/busybox"
    for name in subprocess.run([lister, "--list"], check=True, capture_output=True, text=True).stdout.split():
        if name != "busybox":
            os.symlink("busybox", os.path.join(tree, "bin", name))
    os.chmod(os.path.join(tree, "tmp"), 0o1777)
    os.chown(os.path.join(tree, "home/ann"), 1000, 1000)
    files = {
        "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000:Ann:/home/ann:/bin/sh\nbroken\n:::\n",
        "etc/group": "root:x:0:\nann:x:1000:\nwheel:x:10:root,ann\nextra:x:2000:bob,ann\nnone:x:3000:anna\n",
        "etc/marker": "from the image\n",
        "bin/not-executable": "#!/bin/sh\n",
        "bin/garbage": "\x01\x02garbage",
        "bin/lost-interpreter": "#!/nowhere/sh\n",
    }
    for name, text in files.items():
        with open(os.path.join(tree, name), "w") as file:
            file.write(text)
    for name in ["garbage", "lost-interpreter"]:
        os.chmod(os.path.join(tree, "bin", name), 0o755)
    # Outside of the container's root there is nothing: the link ends inside.
    os.symlink("../../../../../../../proc/1/root", os.path.join(tree, "outside"))


class Monitor:
    """QEMU's control socket (QMP): one command at a time, events skipped."""

    def __init__(self, path):
        self.socket = agent.connect(path)
        self.socket.settimeout(60)
        self.lines = self.socket.makefile("rw")
        self.lines.readline()
        self.execute("qmp_capabilities")

    def execute(self, command, **arguments):
        self.lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.lines.flush()
        while True:
            line = self.lines.readline()
            if not line:
                raise RuntimeError(f"QEMU ended at {command}")
            answer = json.loads(line)
            if "error" in answer:
                raise RuntimeError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def leave_memory_out(self):
        self.execute("migrate-set-capabilities", capabilities=[{"capability": "x-ignore-shared", "state": True}])

    def await_status(self, command, wanted):
        deadline = time.monotonic() + 60
        while (status := self.execute(command).get("status")) != wanted:
            if status == "failed" or time.monotonic() > deadline:
                raise RuntimeError(f"{command}: {status}")
            time.sleep(0.01)

    def close(self):
        self.lines.close()
        self.socket.close()


class Machine:
    """Starts at once; the client connects when asked to.

    Its memory is a file and it has a control socket, so that it can be kept and go on from there as another process.
    """

    def __init__(self, kernel, init, disks, architecture="x86_64", network=False, memory="256", vcpus=1):
        self.directory = tempfile.mkdtemp(prefix="guest-")
        self.socket = os.path.join(self.directory, "agent")
        self.console = os.path.join(self.directory, "console")
        self.monitor = os.path.join(self.directory, "monitor")
        self.memory = os.path.join(self.directory, "memory")
        self.state = os.path.join(self.directory, "state")
        self.memory_bytes = int(memory) << 20
        initrd = os.path.join(self.directory, "initrd")
        with open(initrd, "wb") as file:
            file.write(kernel.initramfs(init))
        common = [
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-m", memory, "-smp", str(vcpus),
            "-accel", "tcg", "-chardev", f"file,id=console,path={self.console},append=on", "-serial", "chardev:console",
            "-global", "migration.store-global-state=off", "-qmp", f"unix:{self.monitor},server=on,wait=off",
            "-device", "virtio-serial-device,max_ports=2",
            "-chardev", f"socket,id=agent,path={self.socket},server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=dev.containertui.agent",
        ]
        for serial, path, read_only in disks:
            common += [
                "-drive", f"if=none,id={serial},file={path},format=raw,readonly={'on' if read_only else 'off'}",
                "-device", f"virtio-blk-device,drive={serial},serial={serial}",
            ]
        if network:
            common += ["-netdev", "user,id=net,restrict=on", "-device", "virtio-net-device,netdev=net"]
        if architecture == "x86_64":
            command = [
                "qemu-system-x86_64", "-M", "microvm,x-option-roms=off,rtc=on,memory-backend=ram", "-cpu", "max",
                "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04",
            ]
            boot = [
                "-append", f"console=ttyS0 quiet reboot=t panic=-1 tsc=reliable tsc_early_khz={tsc_khz()} no_timer_check",
            ]
        else:
            command = [
                "qemu-system-aarch64", "-M", "virt,memory-backend=ram", "-cpu", "cortex-a57",
            ]
            boot = ["-append", "console=ttyAMA0 quiet panic=-1"]
        self.command = command + common
        self._start(boot + ["-kernel", kernel.image, "-initrd", initrd], share="on")

    def _start(self, more, share):
        memory = f"memory-backend-file,id=ram,size={self.memory_bytes},mem-path={self.memory},share={share}"
        for path in [self.socket, self.monitor]:
            if os.path.exists(path):
                os.remove(path)
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command + ["-object", memory] + more, stdin=subprocess.DEVNULL)
        while not (os.path.exists(self.socket) and os.path.exists(self.monitor)):
            if self.process.poll() is not None or time.monotonic() > self.started + agent.DEADLINE_SECONDS:
                raise RuntimeError("QEMU did not start")
            time.sleep(0.01)

    def keep(self):
        """Stops the machine for ever; its disks stay as they are."""
        time.sleep(0.2)  # What the kernel does after an answer.
        monitor = Monitor(self.monitor)
        monitor.leave_memory_out()
        monitor.execute("stop")
        monitor.execute("migrate", uri=f"exec:cat > {self.state}")
        monitor.await_status("query-migrate", "completed")
        monitor.close()
        self.process.kill()
        self.process.wait()

    def restore(self):
        """Goes on from what was kept, with pages of its own for what it writes."""
        self._start(["-incoming", "defer"], share="off")
        monitor = Monitor(self.monitor)
        monitor.leave_memory_out()
        monitor.execute("migrate-incoming", uri=f"exec:cat {self.state}")
        monitor.await_status("query-status", "running")
        monitor.close()

    def console_text(self):
        with open(self.console, "rb") as file:
            return file.read().decode(errors="replace")

    def await_end(self, seconds=agent.DEADLINE_SECONDS):
        """The exit status of QEMU: 33 if init powered off cleanly (x86-64)."""
        return self.process.wait(seconds)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        shutil.rmtree(self.directory)
