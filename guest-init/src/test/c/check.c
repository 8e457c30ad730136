// Unit tests of the protocol's core, built for the host with sanitizers. Usage: check SCRATCH_DIRECTORY
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address.h"
#include "bytes.h"
#include "entry.h"
#include "inbox.h"
#include "requests.h"
#include "ring.h"
#include "users.h"

static int failures;
static const char *scratch;

#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) {                                              \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      failures++;                                                    \
    }                                                                \
  } while (0)

static struct inbox inbox;

// A payload being made by a test, with the spare byte that a parser may write to.
static uint8_t payload[FRAME_PAYLOAD_MAX + 1];
static uint32_t payload_length;

static void add(uint16_t tag, const void *bytes, uint32_t length) {
  put_u16(payload + payload_length, tag);
  put_u16(payload + payload_length + 2, 0);
  put_u32(payload + payload_length + 4, length);
  memcpy(payload + payload_length + 8, bytes, length);
  payload_length += 8 + length;
}

static void add_string(uint16_t tag, const char *text) { add(tag, text, (uint32_t)strlen(text)); }

static void add_u32(uint16_t tag, uint32_t value) {
  uint8_t bytes[4];
  put_u32(bytes, value);
  add(tag, bytes, 4);
}

static struct frame made(void) { return (struct frame){.length = payload_length, .payload = payload}; }

static void hunting_finds_the_magic_wherever_it_is_cut(void) {
  uint8_t stream[100] = {'C', 'T', 'U', 'C', 'C', 'T', 'U', 'I', '-', 'C'};
  memcpy(stream + 10, MAGIC, MAGIC_BYTES);
  for (size_t cut = 0; cut <= 26; cut++) {
    struct frame frame;
    size_t taken, first;
    inbox_hunt(&inbox);
    enum inbox_event event = inbox_feed(&inbox, stream, cut, &first, &frame);
    CHECK(first == cut);
    CHECK((event == INBOX_MAGIC) == (cut == 26));
    if (cut == 26) continue;
    event = inbox_feed(&inbox, stream + cut, 40 - cut, &taken, &frame);
    CHECK(event == INBOX_MAGIC);
    CHECK(cut + taken == 26);
  }
}

static void a_preamble_of_zeros_ends_any_half_frame(void) {
  static uint8_t zeros[FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX + 16];
  uint8_t begun[FRAME_HEADER_BYTES + 1];
  frame_header_write(begun, FRAME_SPAWN, 7, FRAME_PAYLOAD_MAX);
  begun[FRAME_HEADER_BYTES] = 1;
  for (size_t cut = 0; cut <= sizeof begun; cut++) {
    struct frame frame;
    size_t taken;
    inbox_hunt(&inbox);
    inbox_feed(&inbox, (const uint8_t *)MAGIC, MAGIC_BYTES, &taken, &frame);
    inbox_feed(&inbox, begun, cut, &taken, &frame);
    for (size_t at = 0; at < sizeof zeros; at += taken) {
      inbox_feed(&inbox, zeros + at, sizeof zeros - at, &taken, &frame);
    }
    CHECK(inbox.hunting);
    CHECK(inbox_feed(&inbox, (const uint8_t *)MAGIC, MAGIC_BYTES, &taken, &frame) == INBOX_MAGIC);
  }
}

static void frames_arrive_whole_byte_by_byte(void) {
  uint8_t stream[FRAME_HEADER_BYTES + 5];
  frame_header_write(stream, FRAME_DATA_IN, 3, 5);
  memcpy(stream + FRAME_HEADER_BYTES, "hello", 5);
  struct frame frame;
  size_t taken;
  inbox.hunting = false;
  inbox.have = 0;
  for (size_t i = 0; i < sizeof stream; i++) {
    enum inbox_event event = inbox_feed(&inbox, stream + i, 1, &taken, &frame);
    CHECK(event == (i == sizeof stream - 1 ? INBOX_FRAME : INBOX_MORE));
  }
  CHECK(frame.type == FRAME_DATA_IN && frame.id == 3 && frame.length == 5);
  CHECK(memcmp(frame.payload, "hello", 5) == 0);
}

static bool header_allowed(uint32_t length, uint32_t type, uint32_t id) {
  uint8_t header[FRAME_HEADER_BYTES];
  struct frame frame;
  put_u32(header, length);
  put_u32(header + 4, type);
  put_u32(header + 8, id);
  return frame_header_read(header, &frame);
}

static void headers_are_held_to_the_rules(void) {
  CHECK(header_allowed(0, FRAME_HELLO, 0));
  CHECK(!header_allowed(0, FRAME_HELLO, 1));
  CHECK(header_allowed(FRAME_PAYLOAD_MAX, FRAME_DATA_IN, ID_MAX));
  CHECK(!header_allowed(FRAME_PAYLOAD_MAX + 1, FRAME_DATA_IN, 1));
  CHECK(!header_allowed(0, FRAME_DATA_IN, 1));
  CHECK(!header_allowed(1, FRAME_DATA_IN, 0));
  CHECK(!header_allowed(1, FRAME_DATA_IN, 0x80000000u));
  CHECK(!header_allowed(0, 0, 0));
  CHECK(!header_allowed(0, 28, 1));
  CHECK(!header_allowed(0, FRAME_PING | 0x100, 1));
  CHECK(!header_allowed(65, FRAME_PING, 1));
  CHECK(!header_allowed(7, FRAME_CREDIT, 1));
  CHECK(!header_allowed(1, FRAME_STATS, 1));
  const uint8_t from_guest[] = {FRAME_HELLO_OK, FRAME_OK, FRAME_ERROR, FRAME_EXITED, FRAME_DATA_OUT, FRAME_EOF_ERR};
  for (size_t i = 0; i < sizeof from_guest; i++) CHECK(!header_allowed(0, from_guest[i], 1));
}

static void a_ring_keeps_bytes_in_order_around_its_end(void) {
  uint8_t memory[16];
  struct ring ring = {.bytes = memory, .size = sizeof memory};
  uint8_t next_in = 0, next_out = 0;
  for (int round = 0; round < 1000; round++) {
    uint8_t some[5];
    size_t count = (size_t)(round % 6);
    for (size_t i = 0; i < count; i++) some[i] = (uint8_t)(next_in + i);
    if (ring_put(&ring, some, count)) next_in = (uint8_t)(next_in + count);
    const uint8_t *front;
    size_t run = ring_front(&ring, &front);
    if (run > (size_t)(round % 4)) run = (size_t)(round % 4);
    for (size_t i = 0; i < run; i++) CHECK(front[i] == next_out++);
    ring_drop(&ring, run);
    CHECK(ring.length <= ring.size);
  }
  CHECK(!ring_put(&ring, memory, ring_room(&ring) + 1));
  CHECK(!ring_put_frame(&ring, FRAME_OK, 1, memory, 8));
}

static void begin_spawn(void) {
  payload_length = 0;
  add_u32(TAG_HANDLE, 5);
  add_u32(TAG_ROLE, ROLE_BESIDE);
  add_u32(TAG_CREDIT_OUT, 10);
  add_u32(TAG_CREDIT_ERR, CREDIT_MAX);
}

static struct spawn_request spawn;

static bool spawn_ok(void) {
  struct frame frame = made();
  return spawn_parse(&frame, &spawn);
}

static void a_spawn_is_read_as_it_was_written(void) {
  begin_spawn();
  add_string(TAG_ARGUMENT, "ls");
  add_string(TAG_ENVIRONMENT, "A=b");
  add_string(TAG_ARGUMENT, "");
  add(999, "unknown", 7);
  add_string(TAG_ARGUMENT, "-l");
  add_string(TAG_USER, "ann");
  uint8_t terminal[8] = {80, 0, 0, 0, 24, 0, 0, 0};
  add(TAG_TERMINAL, terminal, 8);
  add_string(TAG_DIRECTORY, "/home");
  CHECK(spawn_ok());
  CHECK(spawn.handle == 5 && spawn.role == ROLE_BESIDE);
  CHECK(spawn.argument_count == 3 && spawn.arguments[3] == NULL);
  CHECK(strcmp(spawn.arguments[0], "ls") == 0);
  CHECK(strcmp(spawn.arguments[1], "") == 0);
  CHECK(strcmp(spawn.arguments[2], "-l") == 0);
  CHECK(spawn.environment_count == 1 && strcmp(spawn.environment[0], "A=b") == 0);
  CHECK(strcmp(spawn.user, "ann") == 0 && strcmp(spawn.directory, "/home") == 0);
  CHECK(spawn.terminal && spawn.columns == 80 && spawn.rows == 24);
  CHECK(spawn.capabilities == 0xa80425fb);
}

static void a_spawn_against_the_rules_is_refused(void) {
  begin_spawn();
  CHECK(!spawn_ok());  // no argument
  begin_spawn();
  add(TAG_ARGUMENT, "a\0b", 3);
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  add_u32(TAG_HANDLE, 6);
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  add_string(TAG_DIRECTORY, "relative");
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  add(TAG_STDIN, "\1\0", 2);
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  uint8_t terminal[8] = {0, 0, 1, 0, 24, 0, 0, 0};
  add(TAG_TERMINAL, terminal, 8);
  CHECK(!spawn_ok());
  begin_spawn();
  for (int i = 0; i < ARGUMENTS_MAX; i++) add_string(TAG_ARGUMENT, "a");
  CHECK(spawn_ok());
  begin_spawn();
  for (int i = 0; i <= ARGUMENTS_MAX; i++) add_string(TAG_ARGUMENT, "a");
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  for (int i = 0; i <= ENVIRONMENT_MAX; i++) add_string(TAG_ENVIRONMENT, "A=1");
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  put_u32(payload + payload_length - 5, 2);  // longer than the payload
  CHECK(!spawn_ok());
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  put_u32(payload + payload_length - 5, 0xfffffff8u);
  CHECK(!spawn_ok());
}

static void every_truncation_is_refused(void) {
  begin_spawn();
  add_string(TAG_ARGUMENT, "a");
  uint32_t whole = payload_length;
  for (uint32_t cut = 0; cut < whole; cut++) {
    begin_spawn();
    add_string(TAG_ARGUMENT, "a");
    payload_length = cut;
    CHECK(!spawn_ok());
  }
}

static void a_setup_line_brings_no_second_one(void) {
  static struct setup_request setup;
  for (int trick = 0; trick < 3; trick++) {
    payload_length = 0;
    uint8_t entropy[32] = {0}, time[8] = {0};
    add_string(TAG_HOSTNAME, trick == 1 ? "a\nb" : "host");
    add(TAG_TIME, time, 8);
    add(TAG_ENTROPY, entropy, 32);
    add_string(TAG_ROOT_DISK, "root");
    add_string(TAG_HOST, trick == 2 ? "1.2.3.4 a\n5.6.7.8 b" : "1.2.3.4 a");
    struct frame frame = made();
    CHECK(setup_parse(&frame, &setup) == (trick == 0));
  }
  CHECK(setup.shm_bytes == 64 << 20);
}

static bool mount_ok(const char *target, uint32_t read_only, uint32_t flags) {
  static struct mount_request mount;
  payload_length = 0;
  add_string(TAG_TARGET, target);
  add_u32(TAG_READ_ONLY, read_only);
  add_u32(TAG_FLAGS, flags);
  struct frame frame = made();
  return mount_parse(&frame, &mount) && mount.disk == NULL && mount.read_only == read_only && mount.flags == flags;
}

static void a_mount_is_held_to_the_rules(void) {
  CHECK(mount_ok("/a", READ_WRITE, 0));
  CHECK(mount_ok("/a", READ_ONLY_DISK, 2 | 4 | 8));
  CHECK(!mount_ok("a/b", READ_WRITE, 0));
  CHECK(!mount_ok("/", READ_WRITE, 0));
  CHECK(!mount_ok("/a", READ_ONLY_DISK + 1, 0));
  CHECK(!mount_ok("/a", READ_WRITE, 1));
  CHECK(!mount_ok("/a", READ_WRITE, 16));
}

static void what_is_not_said_stays_as_it_is(void) {
  struct limits_request limits;
  struct attach_request attach;
  uint8_t bytes[8];
  payload_length = 0;
  struct frame frame = made();
  CHECK(limits_parse(&frame, &limits));
  CHECK(limits.cpu_quota_millis == CPU_QUOTA_SAME && limits.memory_limit_bytes == MEMORY_LIMIT_SAME);
  add_u32(TAG_CPU_QUOTA, 0);
  put_u64(bytes, 1 << 20);
  add(TAG_MEMORY_LIMIT, bytes, 8);
  frame = made();
  CHECK(limits_parse(&frame, &limits));
  CHECK(limits.cpu_quota_millis == 0 && limits.memory_limit_bytes == 1 << 20);
  payload_length = 0;
  add_u32(TAG_HANDLE, 5);
  add_u32(TAG_CREDIT_OUT, 1);
  add_u32(TAG_CREDIT_ERR, 1);
  add(TAG_OFFSET_ERR, bytes, 8);
  frame = made();
  CHECK(attach_parse(&frame, &attach));
  CHECK(attach.offset_out == OFFSET_NONE && attach.offset_err == 1 << 20);
}

static void answers_never_overflow(void) {
  static struct answer answer;
  static uint8_t big[FRAME_PAYLOAD_MAX];
  answer_clear(&answer);
  answer_bytes(&answer, 1, big, FRAME_PAYLOAD_MAX - 8);
  CHECK(!answer.overflow && answer.length == FRAME_PAYLOAD_MAX);
  answer_u32(&answer, 2, 1);
  CHECK(answer.overflow && answer.length == FRAME_PAYLOAD_MAX);
  answer_clear(&answer);
  answer_bytes(&answer, 1, big, FRAME_PAYLOAD_MAX - 7);
  CHECK(answer.overflow && answer.length == 0);
}

static const char *in_scratch(const char *name, char path[512]) {
  snprintf(path, 512, "%s/%s", scratch, name);
  return path;
}

static void write_file(const char *name, const char *text, size_t repeat) {
  char path[512];
  unlink(in_scratch(name, path));
  FILE *file = fopen(path, "w");
  while (repeat-- > 0) fputs(text, file);
  fclose(file);
}

static struct identity identity;

static const char *look_up(const char *user) {
  char passwd[512], group[512];
  return identity_find(user, in_scratch("passwd", passwd), in_scratch("group", group), &identity);
}

static void users_are_found_as_container_engines_do(void) {
  write_file("passwd", "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1001::/home/ann:/bin/sh\n2000:x:7:7::/seven:\n", 1);
  write_file("group", "ann:x:1001:\nwheel:x:10:bob,ann\nwheels:x:11:annabel\nself:x:1001:ann\n", 1);
  CHECK(look_up(NULL) == NULL && identity.uid == 0 && identity.gid == 0 && strcmp(identity.home, "/root") == 0);
  CHECK(look_up("ann") == NULL && identity.uid == 1000 && identity.gid == 1001);
  CHECK(identity.group_count == 1 && identity.groups[0] == 10);
  CHECK(look_up("2000") == NULL && identity.uid == 7);
  CHECK(look_up("3000") == NULL && identity.uid == 3000 && identity.gid == 0 && strcmp(identity.home, "/") == 0);
  CHECK(look_up("ann:wheel") == NULL && identity.gid == 10 && identity.group_count == 0);
  CHECK(look_up("2147483647") == NULL && identity.uid == 2147483647);
  const char *const wrong[] = {"2147483648", "4294967296", "18446744073709551616", "bob", "ann:bob", "", ":", "0:", "-1", " 1"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) CHECK(look_up(wrong[i]) != NULL);
}

static void hostile_account_files_end(void) {
  char path[512];
  write_file("passwd", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 100000);  // one line of 3 MB
  CHECK(look_up("ann") != NULL);
  write_file("passwd", "::::::\n:x::::\nann:x:99999999999:0::/:\nann:x:-1:0::/:\nann:x:1\nann\n\n\n", 1);
  CHECK(look_up("ann") != NULL);
  write_file("passwd", "ann:x:5:5:::", 1);  // no line end, no home
  CHECK(look_up("ann") == NULL && identity.uid == 5 && strcmp(identity.home, "/") == 0);
  unlink(in_scratch("passwd", path));
  CHECK(look_up("ann") != NULL && look_up("5") == NULL);
  mkfifo(path, 0600);
  CHECK(look_up("ann") != NULL);
  unlink(path);
  CHECK(symlink("/dev/zero", path) == 0);
  CHECK(look_up("ann") != NULL);
  unlink(path);
  write_file("passwd", "ann:x:5:5::/home:", 1);
  write_file("group", "g:x:6:ann\n", 2000);  // more memberships than fit
  CHECK(look_up("ann") == NULL && identity.group_count == GROUPS_MAX);
}

static void addresses_are_parsed_strictly(void) {
  uint32_t address, mask;
  CHECK(address_parse("10.0.2.15", &address) && address == 0x0a00020f);
  CHECK(network_parse("192.168.1.1/24", &address, &mask) && mask == 0xffffff00);
  CHECK(network_parse("1.2.3.4/0", &address, &mask) && mask == 0);
  CHECK(network_parse("1.2.3.4/32", &address, &mask) && mask == 0xffffffff);
  const char *const wrong[] = {
      "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1..2.3", "1.2.3.4 ", "a.b.c.d", "99999999999.1.1.1", "1.2.3.4/24"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) CHECK(!address_parse(wrong[i], &address));
  CHECK(!network_parse("1.2.3.4/33", &address, &mask));
  CHECK(!network_parse("1.2.3.4/", &address, &mask));
  CHECK(!network_parse("1.2.3.4", &address, &mask));
}

static bool entry_ok(uint8_t type, size_t at, uint32_t value, size_t size) {
  uint8_t header[ENTRY_HEADER_BYTES] = {type, 0, 3};
  struct entry entry;
  if (type == ENTRY_SYMBOLIC_LINK || type == ENTRY_HARD_LINK) header[4] = 2;
  for (size_t i = 0; i < size; i++) header[at + i] = (uint8_t)(value >> 8 * i);
  return entry_parse(header, &entry);
}

static void entries_are_held_to_the_rules(void) {
  static const uint8_t nothing[ENTRY_HEADER_BYTES];
  struct entry entry;
  CHECK(entry_parse(nothing, &entry) && entry.type == ENTRY_END);
  for (uint8_t type = ENTRY_DIRECTORY; type < ENTRY_TYPES; type++) CHECK(entry_ok(type, 8, 07777, 4));
  CHECK(!entry_ok(ENTRY_END, 0, 0, 0) && !entry_ok(ENTRY_TYPES, 0, 0, 0));
  CHECK(!entry_ok(ENTRY_FILE, 1, 1, 1));
  CHECK(!entry_ok(ENTRY_FILE, 2, 0, 2) && entry_ok(ENTRY_FILE, 2, 4095, 2) && !entry_ok(ENTRY_FILE, 2, 4096, 2));
  CHECK(!entry_ok(ENTRY_FILE, 4, 1, 2) && !entry_ok(ENTRY_HARD_LINK, 4, 0, 2) && !entry_ok(ENTRY_SYMBOLIC_LINK, 4, 4096, 2));
  CHECK(entry_ok(ENTRY_FILE, 6, 64, 2) && !entry_ok(ENTRY_FILE, 6, 65, 2) && !entry_ok(ENTRY_HARD_LINK, 6, 1, 2));
  CHECK(!entry_ok(ENTRY_FILE, 8, 010000, 4));
  CHECK(!entry_ok(ENTRY_FILE, 12, UINT32_MAX, 4) && !entry_ok(ENTRY_FILE, 16, UINT32_MAX, 4));
  CHECK(entry_ok(ENTRY_FILE, 20, 999999999, 4) && !entry_ok(ENTRY_FILE, 20, 1000000000, 4));
  CHECK(entry_ok(ENTRY_BLOCK_DEVICE, 32, 4095, 4) && !entry_ok(ENTRY_BLOCK_DEVICE, 32, 4096, 4));
  CHECK(!entry_ok(ENTRY_FIFO, 36, 1, 4) && !entry_ok(ENTRY_CHARACTER_DEVICE, 36, 1 << 20, 4));
  CHECK(entry_ok(ENTRY_FILE, 44, 0x7fffffff, 4) && !entry_ok(ENTRY_FILE, 44, 0x80000000u, 4));
  CHECK(!entry_ok(ENTRY_DIRECTORY, 40, 1, 4));
  const char *const right[] = {"a", "a/b", "...", "a/.../b", ".a", "a.", "..a"};
  const char *const wrong[] = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/..", "../a", "a/../b"};
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) CHECK(entry_path_allowed(right[i], (uint32_t)strlen(right[i])));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) CHECK(!entry_path_allowed(wrong[i], (uint32_t)strlen(wrong[i])));
  CHECK(!entry_path_allowed("a\0b", 3));
  struct attribute attribute;
  CHECK(attribute_parse((const uint8_t[]){255, 0, 0, 0, 0, 0, 1, 0}, &attribute) && attribute.value_length == 65536);
  CHECK(!attribute_parse((const uint8_t[]){255, 0, 0, 0, 1, 0, 1, 0}, &attribute));
  CHECK(!attribute_parse((const uint8_t[]){0, 0, 0, 0, 1, 0, 0, 0}, &attribute));
  CHECK(!attribute_parse((const uint8_t[]){0, 1, 0, 0, 1, 0, 0, 0}, &attribute));
  CHECK(!attribute_parse((const uint8_t[]){5, 0, 1, 0, 1, 0, 0, 0}, &attribute));
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  scratch = arguments[1];
  hunting_finds_the_magic_wherever_it_is_cut();
  a_preamble_of_zeros_ends_any_half_frame();
  frames_arrive_whole_byte_by_byte();
  headers_are_held_to_the_rules();
  a_ring_keeps_bytes_in_order_around_its_end();
  a_spawn_is_read_as_it_was_written();
  a_spawn_against_the_rules_is_refused();
  every_truncation_is_refused();
  a_setup_line_brings_no_second_one();
  a_mount_is_held_to_the_rules();
  what_is_not_said_stays_as_it_is();
  answers_never_overflow();
  users_are_found_as_container_engines_do();
  hostile_account_files_end();
  addresses_are_parsed_strictly();
  entries_are_held_to_the_rules();
  if (failures > 0) fprintf(stderr, "%d checks failed\n", failures);
  return failures == 0 ? 0 : 1;
}
