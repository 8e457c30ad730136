#include "watch.h"

#include <sys/epoll.h>
#include <unistd.h>

void watch(int epoll, struct source *source, uint32_t events) {
  if (source->fd < 0 || source->registered == events) return;
  struct epoll_event event = {.events = events, .data.u64 = (uint64_t)(uintptr_t)source};
  // Without events it must leave the set: epoll reports a hang-up in any case, again and again.
  int operation = events == 0 ? EPOLL_CTL_DEL : source->registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  if (epoll_ctl(epoll, operation, source->fd, &event) == 0) source->registered = events;
}

void source_close(int epoll, struct source *source) {
  if (source->fd < 0) return;
  // A descriptor whose file lives on elsewhere (in a child that has not yet executed) stays in the set if not removed.
  watch(epoll, source, 0);
  close(source->fd);
  *source = SOURCE_NONE;
}
