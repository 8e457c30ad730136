"""An image with one program, as an OCI layout and in a registry on loopback."""
import os, shutil, socket, subprocess, time

from processes import output


def archive(work):
    """A tar file with a root file system: sh, true and sleep in /bin."""
    root = os.path.join(work, "root", "bin")
    os.makedirs(root)
    shutil.copy("/bin/busybox", root)
    for applet in ("sh", "true", "sleep"):
        os.symlink("busybox", os.path.join(root, applet))
    file = os.path.join(work, "layer.tar")
    output("tar", "-C", os.path.join(work, "root"), "-cf", file, ".")
    return file


def busybox(work):
    """An OCI layout with the image `b`: sh, true and sleep."""
    archive(work)
    layout = os.path.join(work, "layout")
    output("umoci", "init", "--layout", layout)
    output("umoci", "new", "--image", layout + ":b")
    output("umoci", "raw", "add-layer", "--image", layout + ":b", os.path.join(work, "layer.tar"))
    return layout


def registry(work):
    """The distribution's registry server on a free port: its process and `host:port`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = os.path.join(work, "registry.yml")
    with open(config, "w") as file:
        file.write("version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s/registry}}\n"
                   "http: {addr: 127.0.0.1:%d}\n" % (work, port))
    return subprocess.Popen(["docker-registry", "serve", config], start_new_session=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL), "127.0.0.1:%d" % port


def push(layout, server):
    host, port = server.split(":")
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection((host, int(port)), 1).close()
            break
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit("the registry does not come up")
            time.sleep(0.05)
    reference = server + "/busybox"
    output("skopeo", "copy", "-q", "--dest-tls-verify=false", "oci:%s:b" % layout, "docker://" + reference)
    return reference
