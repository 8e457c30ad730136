// Prints all by which one machine could be told from another, or must not be taken for it: what is random in it, where
// its programs lie, its addresses and its clock. One NAME=VALUE per line.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { RANDOM_BYTES = 1024, TCP_SYN = 2, TCP_ACK = 16 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void hex(const char *name, const unsigned char *bytes, size_t count) {
  printf("%s=", name);
  for (size_t i = 0; i < count; i++) printf("%02x", bytes[i]);
  putchar('\n');
}

static void line_of(const char *name, const char *path) {
  char text[256] = "";
  int fd = open(path, O_RDONLY);
  ssize_t count = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (count < 0) fail(path);
  text[strcspn(text, "\n")] = 0;
  printf("%s=%s\n", name, text);
  close(fd);
}

static uint64_t realtime_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// The number that a TCP connection begins with is a secret of the machine, mixed with the ports and addresses, plus a
// clock that counts 64 ns (RFC 6528). Ports and addresses are the same everywhere, so without the clock it is the secret.
static void tcp_secret(void) {
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(4000)};
  struct sockaddr_in client = {.sin_family = AF_INET, .sin_port = htons(4001)};
  server.sin_addr.s_addr = client.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_TCP);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  int caller = socket(AF_INET, SOCK_STREAM, 0);
  if (raw < 0 || bind(listener, (void *)&server, sizeof server) < 0 || listen(listener, 1) < 0) fail("listen");
  if (bind(caller, (void *)&client, sizeof client) < 0) fail("bind");
  uint64_t now = realtime_ns();
  if (connect(caller, (void *)&server, sizeof server) < 0) fail("connect");
  while (1) {
    unsigned char packet[2048];
    ssize_t count = recv(raw, packet, sizeof packet, 0);
    if (count < 0) fail("recv");
    const unsigned char *tcp = packet + (packet[0] & 15) * 4;
    if (count < tcp + 20 - packet || (tcp[13] & (TCP_SYN | TCP_ACK)) != TCP_SYN) continue;
    uint32_t number;
    memcpy(&number, tcp + 4, sizeof number);
    printf("isn=%u\ntcp-secret=%u\n", ntohl(number), (uint32_t)(ntohl(number) - (uint32_t)(now >> 6)));
    return;
  }
}

int main(void) {
  unsigned char random[RANDOM_BYTES];
  int urandom = open("/dev/urandom", O_RDONLY);
  if (urandom < 0 || read(urandom, random, sizeof random) != sizeof random) fail("/dev/urandom");
  hex("urandom", random, sizeof random);
  if (getrandom(random, 32, 0) != 32) fail("getrandom");
  hex("getrandom", random, 32);
  hex("at-random", (const unsigned char *)getauxval(AT_RANDOM), 16);
  line_of("uuid", "/proc/sys/kernel/random/uuid");
  line_of("boot-id", "/proc/sys/kernel/random/boot_id");
  line_of("mac", "/sys/class/net/eth0/address");
  line_of("hostname", "/proc/sys/kernel/hostname");
  printf("stack=%p\n", (void *)random);
  printf("mapping=%p\n", mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  printf("vdso=%p\n", (void *)getauxval(AT_SYSINFO_EHDR));
  printf("heap=%p\n", sbrk(0));
  printf("realtime-ns=%llu\n", (unsigned long long)realtime_ns());
  tcp_secret();
  return 0;
}
