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

static bool start_ethernet(int fd, const struct setup_request *request, struct failure *failure) {
  uint32_t address, mask, gateway;
  if (!network_parse(request->address, &address, &mask)) {
    fail(failure, EINVAL, "malformed address %s", request->address);
    return false;
  }
  if (request->gateway != NULL && !address_parse(request->gateway, &gateway)) {
    fail(failure, EINVAL, "malformed gateway %s", request->gateway);
    return false;
  }
  if (!uevents_await(present, NULL)) {
    fail(failure, ENODEV, "there is no network interface " INTERFACE);
    return false;
  }
  struct ifreq setting = {.ifr_name = INTERFACE};
  const char *step = "MAC address";
  bool done = true;
  if (request->mac.at != NULL) {
    setting.ifr_hwaddr.sa_family = ARPHRD_ETHER;
    memcpy(setting.ifr_hwaddr.sa_data, request->mac.at, MAC_BYTES);
    done = ioctl(fd, SIOCSIFHWADDR, &setting) == 0;
  }
  if (done && request->mtu != 0) {
    step = "MTU";
    setting.ifr_mtu = (int)request->mtu;
    done = ioctl(fd, SIOCSIFMTU, &setting) == 0;
  }
  if (done) {
    step = "address";
    set_address(&setting.ifr_addr, address);
    done = ioctl(fd, SIOCSIFADDR, &setting) == 0;
  }
  if (done) {
    set_address(&setting.ifr_netmask, mask);
    done = ioctl(fd, SIOCSIFNETMASK, &setting) == 0 && bring_up(fd, INTERFACE);
  }
  if (done && request->gateway != NULL) {
    step = "default route";
    char device[] = INTERFACE;
    struct rtentry route = {.rt_flags = RTF_UP | RTF_GATEWAY, .rt_dev = device};
    set_address(&route.rt_dst, 0);
    set_address(&route.rt_genmask, 0);
    set_address(&route.rt_gateway, gateway);
    done = ioctl(fd, SIOCADDRT, &route) == 0;
  }
  if (!done) fail(failure, errno, "network " INTERFACE ", %s: %s", step, strerror(errno));
  return done;
}

bool network_prepare(struct failure *failure) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || !bring_up(fd, "lo")) {
    fail(failure, errno, "network lo: %s", strerror(errno));
    if (fd >= 0) close(fd);
    return false;
  }
  // As container engines have it: ping and low ports need no privilege inside.
  file_write("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
  file_write("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
  close(fd);
  return true;
}

bool network_start(const struct setup_request *request, struct failure *failure) {
  if (request->address == NULL) return true;
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    fail(failure, errno, "network " INTERFACE ": %s", strerror(errno));
    return false;
  }
  bool done = start_ethernet(fd, request, failure);
  close(fd);
  return done;
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
