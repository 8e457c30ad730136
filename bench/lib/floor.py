"""The floor: what it takes this machine's QEMU to bring a kernel to its first process, and to end."""
import os, re, subprocess

from processes import output

# 0x10 at the port of isa-debug-exit is QEMU's exit status 33. Where a kernel refuses the port, a reset ends QEMU with 0, as a panic does:
# that is no floor, and ends the benchmark.
INIT = r"""
#include <sys/io.h>
#include <sys/reboot.h>
#include <unistd.h>
int main(void) {
  if (iopl(3) == 0) __asm__ volatile("outb %0, %1" : : "a"((unsigned char)0x10), "Nd"((unsigned short)0xf4));
  reboot(RB_AUTOBOOT);
  for (;;) pause();
}
"""
GOOD = (33,)


def initramfs(work):
    """An initramfs with nothing but an init that powers off at once."""
    directory = os.path.join(work, "initramfs")
    os.makedirs(directory)
    source = os.path.join(work, "init.c")
    with open(source, "w") as file:
        file.write(INIT)
    output("musl-gcc", "-Os", "-static", "-s", source, "-o", os.path.join(directory, "init"))
    path = os.path.join(work, "floor.cpio")
    with open(path, "wb") as file:
        subprocess.run("find . | cpio -o -H newc --quiet", shell=True, check=True, cwd=directory, stdout=file)
    return path


def command(pid, initramfs, work):
    """The command line of the machine `pid`, which booted, with another initramfs: in the foreground, with sockets and a disk of its own."""
    with open("/proc/%d/cmdline" % pid) as file:
        arguments = file.read().split("\0")[:-1]
    if "-kernel" not in arguments:
        raise SystemExit("this machine did not boot: %s" % " ".join(arguments))
    result, skip = [], False
    for argument in arguments:
        if skip:
            skip = False
        elif argument == "-pidfile":
            skip = True
        elif argument == "-initrd":
            result += ["-initrd", initramfs]
            skip = True
        elif argument != "-daemonize":
            result.append(argument)
    text = "\0".join(result)
    for path in sorted(set(re.findall(r'/[^\0,="]*', text)), key=len, reverse=True):
        name = os.path.basename(path)
        if re.search(r"sock|console|serial|\.log", name):
            text = text.replace(path, os.path.join(work, "floor-" + name))
        elif name == "upper.ext4":
            disk = os.path.join(work, "floor-disk.ext4")
            with open(disk, "wb") as file:
                file.truncate(os.path.getsize(path))
            text = text.replace(path, disk)
    return text.split("\0")
