#!/usr/bin/env -S container-tui repl
// The shortest script that does something: one container in a virtual machine of its own.
//   container-tui repl hello.jsh [image]
//
// It needs, once:
//   - a guest kernel:   container-tui kernel install    (container-tui doctor says what else is missing)
//   - an image that has the commands below, echo, uname and a shell: busybox, alpine, debian, … It is pulled from its
//     registry if it is not here. Without a network, one that somebody saved comes out of a file:
//         container-tui load -i busybox.tar             (docker save and podman save write such files)
//     and a directory with a root file system becomes one, as this host's own static busybox (Debian: busybox-static):
//         mkdir -p root/bin && cp /bin/busybox root/bin/ && for c in sh echo uname; do ln -s busybox root/bin/$c; done
//         tar -C root -c . | container-tui import --change 'CMD ["/bin/sh"]' - busybox:latest

// What follows the script's name on the command line.
var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";

// run() describes a container; text() starts it, waits, gives what it printed, and removes it.
// An image that is not here is pulled before; if that fails, the message says why.
print(run(image, "echo", "hello from a virtual machine").text());

// detach() lets it run on and gives a handle. A shell without input would end at once; because no
// command is given, its input stays open, and so does the container.
var c = run(image).detach();
try {
  // exec() runs a command beside the main process; text() fails if that one's exit code is not 0.
  print("kernel  " + c.exec("uname", "-sr").text());
  print("address " + c.address().orElse("none"));
  print(c.processes()); // print() shows lists as tables
} finally {
  c.rm(); // also if something above has failed, and after Ctrl-C
}
