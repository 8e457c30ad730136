"""A machine with init in it, in QEMU, from a distribution kernel and a root file system of busybox."""

import os
import shutil
import struct
import subprocess
import tempfile
import time

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


class Machine:
    """Starts at once; the client connects when asked to."""

    def __init__(self, kernel, init, disks, architecture="x86_64", network=False, memory="256", vcpus=1):
        self.directory = tempfile.mkdtemp(prefix="guest-")
        self.socket = os.path.join(self.directory, "agent")
        self.console = os.path.join(self.directory, "console")
        initrd = os.path.join(self.directory, "initrd")
        with open(initrd, "wb") as file:
            file.write(kernel.initramfs(init))
        common = [
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-m", memory, "-smp", str(vcpus),
            "-accel", "tcg", "-kernel", kernel.image, "-initrd", initrd, "-serial", f"file:{self.console}",
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
                "qemu-system-x86_64", "-M", "microvm,x-option-roms=off,rtc=on", "-cpu", "max",
                "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04",
                "-append", f"console=ttyS0 quiet reboot=t panic=-1 tsc=reliable tsc_early_khz={tsc_khz()} no_timer_check",
            ]
        else:
            command = [
                "qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a57",
                "-append", "console=ttyAMA0 quiet panic=-1",
            ]
        self.started = time.monotonic()
        self.process = subprocess.Popen(command + common, stdin=subprocess.DEVNULL)
        while not os.path.exists(self.socket):
            if self.process.poll() is not None or time.monotonic() > self.started + 30:
                raise RuntimeError("QEMU did not start")
            time.sleep(0.01)

    def console_text(self):
        with open(self.console, "rb") as file:
            return file.read().decode(errors="replace")

    def await_end(self, seconds=30):
        """The exit status of QEMU: 33 if init powered off cleanly (x86-64)."""
        return self.process.wait(seconds)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        shutil.rmtree(self.directory)
