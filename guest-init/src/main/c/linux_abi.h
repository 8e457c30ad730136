// The few kernel interfaces that musl has no wrapper or constant for, so that no kernel headers are needed.
#pragma once

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// clone(2), sched.h
#define ABI_CLONE_NEWNS 0x00020000u
#define ABI_CLONE_NEWCGROUP 0x02000000u
#define ABI_CLONE_NEWUTS 0x04000000u
#define ABI_CLONE_NEWIPC 0x08000000u
#define ABI_CLONE_NEWPID 0x20000000u
#define ABI_CLONE_PIDFD 0x00001000u
#define ABI_CLONE_INTO_CGROUP 0x200000000ull

struct clone3_args {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

static inline long sys_clone3(struct clone3_args *args) { return syscall(SYS_clone3, args, sizeof *args); }

static inline int sys_close_range(unsigned first, unsigned last) {
  return (int)syscall(SYS_close_range, first, last, 0);
}

static inline int sys_pivot_root(const char *new_root, const char *put_old) {
  return (int)syscall(SYS_pivot_root, new_root, put_old);
}

static inline int sys_finit_module(int fd, const char *parameters) {
  return (int)syscall(SYS_finit_module, fd, parameters, 0);
}

// mount.h
#define ABI_OPEN_TREE_CLONE 1u
#define ABI_AT_RECURSIVE 0x8000u
#define ABI_MOVE_MOUNT_F_EMPTY_PATH 0x00000004u
#define ABI_MOVE_MOUNT_T_SYMLINKS 0x00000010u
#define ABI_MOVE_MOUNT_T_EMPTY_PATH 0x00000040u

static inline int sys_open_tree(int directory, const char *path, unsigned flags) {
  return (int)syscall(SYS_open_tree, directory, path, flags);
}

static inline int sys_move_mount(int from, const char *from_path, int to, const char *to_path, unsigned flags) {
  return (int)syscall(SYS_move_mount, from, from_path, to, to_path, flags);
}

// fs.h
#define ABI_FIFREEZE _IOWR('X', 119, int)
#define ABI_FITHAW _IOWR('X', 120, int)

// openat2.h
#define ABI_RESOLVE_NO_XDEV 0x01u
#define ABI_RESOLVE_NO_MAGICLINKS 0x02u
#define ABI_RESOLVE_IN_ROOT 0x10u
struct open_how {
  uint64_t flags, mode, resolve;
};

static inline int sys_openat2(int directory, const char *path, const struct open_how *how) {
  return (int)syscall(SYS_openat2, directory, path, how, sizeof *how);
}

// A process that may have been reaped: its number may be another one's.
static inline int sys_pidfd_send_signal(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

// random.h
#define ABI_RNDADDENTROPY _IOW('R', 0x03, int[2])
#define ABI_RNDRESEEDCRNG _IO('R', 0x07)

// capability.h, version 3
#define ABI_CAPABILITY_VERSION 0x20080522u
struct capability_header {
  uint32_t version;
  int pid;
};
struct capability_data {
  uint32_t effective, permitted, inheritable;
};

// netlink.h
#define ABI_NETLINK_KOBJECT_UEVENT 15
struct netlink_address {
  uint16_t family, pad;
  uint32_t port, groups;
};

// vm_sockets.h
#define ABI_VSOCK_ANY 0xffffffffu
#define ABI_VSOCK_LOCAL 1u
#define ABI_VSOCK_GET_LOCAL_CID _IO(7, 0xb9)
struct vsock_address {
  uint16_t family, reserved;
  uint32_t port, cid;
  uint8_t flags, zero[3];
};

// tty
#define ABI_TIOCGPTPEER _IO('T', 0x41)
