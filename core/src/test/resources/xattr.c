// Sets an extended attribute: xattr FILE NAME VALUE. Or lists those of the files named on standard input.
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

int main(int argc, char **argv) {
  static char path[8192], names[65536], value[65536];
  if (argc == 4) {
    if (lsetxattr(argv[1], argv[2], argv[3], strlen(argv[3]), 0) == 0) return 0;
    perror(argv[1]);
    return 1;
  }
  while (fgets(path, sizeof path, stdin) != NULL) {
    path[strcspn(path, "\n")] = 0;
    ssize_t size = llistxattr(path, names, sizeof names);
    for (char *name = names; size > 0 && name < names + size; name += strlen(name) + 1) {
      ssize_t length = lgetxattr(path, name, value, sizeof value);
      printf("%s %s %.*s\n", path, name, (int)(length < 0 ? 0 : length), value);
    }
  }
  return 0;
}
