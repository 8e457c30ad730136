#define _GNU_SOURCE
#include "network.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "files.h"
#include "uevents.h"

#define INTERFACE "eth0"
#define IPV6_OFF "/proc/sys/net/ipv6/conf/" INTERFACE "/disable_ipv6"

static bool present(void *context) {
  (void)context;
  return access("/sys/class/net/" INTERFACE, F_OK) == 0;
}

static void set_address(struct sockaddr *target, uint32_t address) {
  struct sockaddr_in value = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
  memcpy(target, &value, sizeof value);
}

static bool bring_up(int fd, const char *interface) {
  struct ifreq request = {0};
  strcpy(request.ifr_name, interface);
  if (ioctl(fd, SIOCGIFFLAGS, &request) < 0) return false;
  request.ifr_flags |= IFF_UP;
  return ioctl(fd, SIOCSIFFLAGS, &request) == 0;
}

// What an address in a request says.
struct setting {
  uint32_t address, mask, gateway;
  bool routed;
  uint32_t mtu;
};

static struct setting current;
static bool up;

static bool parse(const struct ethernet *request, struct setting *setting, struct failure *failure) {
  memset(setting, 0, sizeof *setting);
  if (!network_parse(request->address, &setting->address, &setting->mask)) {
    fail(failure, EINVAL, "malformed address %s", request->address);
    return false;
  }
  setting->routed = request->gateway != NULL;
  if (setting->routed && !address_parse(request->gateway, &setting->gateway)) {
    fail(failure, EINVAL, "malformed gateway %s", request->gateway);
    return false;
  }
  setting->mtu = request->mtu;
  return true;
}

static bool set_hardware_address(int fd, const struct bytes *mac) {
  struct ifreq setting = {.ifr_name = INTERFACE};
  setting.ifr_hwaddr.sa_family = ARPHRD_ETHER;
  memcpy(setting.ifr_hwaddr.sa_data, mac->at, MAC_BYTES);
  return ioctl(fd, SIOCSIFHWADDR, &setting) == 0;
}

static const char *configure(int fd, const struct setting *wanted) {
  struct ifreq setting = {.ifr_name = INTERFACE};
  if (wanted->mtu != 0) {
    setting.ifr_mtu = (int)wanted->mtu;
    if (ioctl(fd, SIOCSIFMTU, &setting) < 0) return "MTU";
  }
  set_address(&setting.ifr_addr, wanted->address);
  if (ioctl(fd, SIOCSIFADDR, &setting) < 0) return "address";
  set_address(&setting.ifr_netmask, wanted->mask);
  if (ioctl(fd, SIOCSIFNETMASK, &setting) < 0 || !bring_up(fd, INTERFACE)) return "address";
  if (wanted->routed) {
    char device[] = INTERFACE;
    struct rtentry route = {.rt_flags = RTF_UP | RTF_GATEWAY, .rt_dev = device};
    set_address(&route.rt_dst, 0);
    set_address(&route.rt_genmask, 0);
    set_address(&route.rt_gateway, wanted->gateway);
    if (ioctl(fd, SIOCADDRT, &route) < 0) return "default route";
  }
  return NULL;
}

// Takes everything away that has been set, routes included.
static bool take_down(int fd) {
  struct ifreq setting = {.ifr_name = INTERFACE};
  set_address(&setting.ifr_addr, 0);
  return ioctl(fd, SIOCSIFADDR, &setting) == 0 && ioctl(fd, SIOCSIFFLAGS, &setting) == 0;
}

static bool start_ethernet(int fd, const struct ethernet *request, struct failure *failure) {
  struct setting wanted;
  if (!parse(request, &wanted, failure)) return false;
  if (!up && !uevents_await(present, NULL)) {
    fail(failure, ENODEV, "there is no network interface " INTERFACE);
    return false;
  }
  bool kept = up && memcmp(&wanted, &current, sizeof wanted) == 0;
  const char *wrong = NULL;
  if (!kept) {
    // As container engines have it, unless they are asked for it. Nothing answers there, and to look for neighbours and
    // routers that are not there takes a guest longer than all else that it does in its first seconds.
    file_write(IPV6_OFF, "1");
    if (up && !take_down(fd)) wrong = "reset";
  }
  if (wrong == NULL && request->mac.at != NULL && !set_hardware_address(fd, &request->mac)) wrong = "MAC address";
  if (wrong == NULL && !kept) wrong = configure(fd, &wanted);
  if (wrong != NULL) {
    fail(failure, errno, "network " INTERFACE ", %s: %s", wrong, strerror(errno));
    return false;
  }
  current = wanted;
  return up = true;
}

static bool prepare_loopback(int fd, struct failure *failure) {
  if (!bring_up(fd, "lo")) {
    fail(failure, errno, "network lo: %s", strerror(errno));
    return false;
  }
  // As container engines have it: ping and low ports need no privilege inside.
  file_write("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
  file_write("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
  return true;
}

bool network_start(const struct ethernet *request, struct failure *failure) {
  // Stays open: a clone need not make one.
  static int fd = -1;
  static bool loopback;
  if (fd < 0 && (fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0) {
    fail(failure, errno, "network: %s", strerror(errno));
    return false;
  }
  if (!loopback && !(loopback = prepare_loopback(fd, failure))) return false;
  return request->address == NULL || start_ethernet(fd, request, failure);
}

static bool counter(const char *path, uint64_t *value) {
  char text[32];
  if (file_read(path, text, sizeof text) <= 0) return false;
  *value = strtoull(text, NULL, 10);
  return true;
}

bool network_bytes(uint64_t *received, uint64_t *sent) {
  return counter("/sys/class/net/" INTERFACE "/statistics/rx_bytes", received)
      && counter("/sys/class/net/" INTERFACE "/statistics/tx_bytes", sent);
}
